#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: micetro_dhcp_reservation
short_description: Manage DHCP reservations in Micetro
version_added: 0.1.0
description:
  - Creates, changes and deletes the reservation of one client in a DHCP scope, or all reservations of a list in one call.
  - A reservation is found by O(client_identifier). Hardware addresses are compared whatever their separators and letter case.
  - Where both servers of a failover pair have a scope for the same addresses, O(dhcp_server) says whose is meant, or O(all_scopes) has the
    same reservation kept in each.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.micetro
  - workplace.onboarding.bulk
  - workplace.onboarding.bulk.prune
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.micetro
notes:
  - The O(prune_scope) of reservations is a map with C(scope), and with C(dhcp_server) or C(all_scopes) where several scopes are called so.
  - Other O(addresses) take another reservation, so the old one is deleted and a new one made. If the server refuses that, the old one is
    put back.
options:
  scope:
    description: The scope, by its name, its block such as V(192.0.2.0/24), or its reference.
    type: str
  dhcp_server:
    description: Name of the DHCP server of the scope, where several have one.
    type: str
  client_identifier:
    description: The hardware address, or another identifier, of the client.
    type: str
    aliases: [mac]
  state:
    description: Whether the reservation must exist.
    type: str
    choices: [present, absent]
    default: present
  addresses_mode:
    description: Whether the reserved addresses become exactly O(addresses), or those are added to the others, or removed from them.
    type: str
    choices: [add, set, remove]
    default: set
  <<: &fields
    addresses:
      description: What the client gets. A new reservation needs it.
      type: list
      elements: str
    name:
      description: Name of the reservation.
      type: str
    reservation_method:
      description: What O(client_identifier) is. A new reservation is made for a hardware address unless said otherwise.
      type: str
      choices: [HardwareAddress, ClientIdentifier]
    type:
      description: For which protocol. Only on Microsoft servers.
      type: str
      choices: [DHCP, BOOTP, BOTH]
    description:
      description: Description. Only on Microsoft servers.
      type: str
    ddns_host_name:
      description: Host name for dynamic DNS. Only on ISC servers.
      type: str
    filename:
      description: Boot file. Only on ISC servers.
      type: str
    server_name:
      description: Name of the boot server. Only on ISC servers.
      type: str
    next_server:
      description: Address of the boot server. Only on ISC servers.
      type: str
    all_scopes:
      description: Whether every scope that O(scope) names must have the reservation. Otherwise O(scope) and O(dhcp_server) must name one.
      type: bool
  reservations:
    description: The reservations to manage in one call.
    type: list
    elements: dict
    suboptions:
      scope:
        description: The scope, by its name, its block or its reference.
        type: str
        required: true
      dhcp_server:
        description: Name of the DHCP server of the scope, where several have one.
        type: str
      client_identifier:
        description: The hardware address, or another identifier, of the client.
        type: str
        required: true
        aliases: [mac]
      state:
        description: Whether the reservation must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      addresses_mode:
        description: Whether the reserved addresses become exactly O(addresses), or those are added to the others, or removed from them.
          Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.micetro_dhcp_reservation_info
"""

EXAMPLES = r"""
- name: A fixed address for a printer
  workplace.onboarding.micetro_dhcp_reservation:
    scope: Desks
    mac: 00:00:5E:00:53:01
    addresses: [192.0.2.140]
    name: printer-1

- name: The same on both servers of a failover pair
  workplace.onboarding.micetro_dhcp_reservation:
    scope: 198.51.100.0/24
    mac: 00-00-5e-00-53-02
    addresses: [198.51.100.40]
    name: printer-2
    all_scopes: true

- name: Several reservations in one call
  workplace.onboarding.micetro_dhcp_reservation:
    reservations:
      - scope: Desks
        mac: 0000.5e00.5303
        addresses: [192.0.2.141]
        name: scanner
      - scope: Desks
        mac: 00:00:5e:00:53:04
        state: absent
"""

RETURN = r"""
reservations:
  description:
    - The reservations that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them,
      and always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Name of the reservation., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: int, returned: when the server gave one}
  sample: [{name: 'Desks/00:00:5e:00:53:01', action: create, changed: true, failed: false}]
summary:
  description: Counts of the reservations by what became of them.
  returned: when the server could be asked
  type: dict
  sample: {total: 10, created: 2, updated: 1, deleted: 0, unchanged: 7, failed: 0, dropped: 0, unverified: 0, deferred: 0}
requests:
  description: How many requests were sent, by what they do.
  returned: always
  type: dict
  contains:
    reads: {description: Requests that change nothing., type: int}
    writes: {description: Requests that change something., type: int}
  sample: {reads: 4, writes: 0}
instance:
  description: The O(instance) given.
  returned: when it was given
  type: str
"""

from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.dhcp_reservation import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
