#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: micetro_ip_reservation
short_description: Claim IP addresses in Micetro
version_added: 0.1.0
description:
  - Claims one address, or all of a list in one call, and gives them custom properties; or releases them.
  - An address is named by O(address); or it is found by a key of yours, the value O(key) of the custom property O(key_property), among the
    addresses of O(range). Where none has that key, the next free address is claimed and gets it, and the next run finds it again.
  - Releasing ends the claim and, where the address was found by its key, clears the key. Nothing else that is known of the address is
    removed.
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
  - The O(prune_scope) of reservations is a map with C(range), and with C(key_property) where only addresses that have such a key may be
    released.
  - While a new address is claimed it is held for a minute, so that no other program gets it too.
  - The server refuses DNS records for an address that is claimed already, see M(workplace.onboarding.micetro_dns_record).
options:
  address:
    description: The address. With O(range) it must be in that range, and many addresses of one range are read by one listing.
    type: str
  range:
    description: The range, by its block such as V(192.0.2.0/24), or by its reference where several address spaces have that block.
    type: str
  key_property:
    description: Name of the custom property of addresses that holds the keys. It must be defined, see
      M(workplace.onboarding.micetro_custom_property).
    type: str
  key:
    description: What the address is for, in a word of yours that no other address of the range has. The name of a host, for example.
    type: str
  state:
    description: Whether the address must be claimed.
    type: str
    choices: [present, absent]
    default: present
  <<: &fields
    custom_properties:
      description: Values of custom properties, by name. Others are left alone, and an empty text clears a value.
      type: dict
    exclude_dhcp:
      description: Whether the next free address must not be in a pool of a DHCP scope.
      type: bool
    ping:
      description: Whether the server pings the next free address and passes it over if it answers.
      type: bool
    start_address:
      description: Where in the range to begin looking for the next free address.
      type: str
  reservations:
    description: The addresses to manage in one call.
    type: list
    elements: dict
    suboptions:
      address:
        description: The address.
        type: str
      range:
        description: The range, by its block or its reference.
        type: str
      key_property:
        description: Name of the custom property of addresses that holds the keys.
        type: str
      key:
        description: What the address is for.
        type: str
      state:
        description: Whether the address must be claimed. Default is the value beside the list.
        type: str
        choices: [present, absent]
      <<: *fields
seealso:
  - module: workplace.onboarding.micetro_ip_reservation_info
  - module: workplace.onboarding.micetro_custom_property
  - plugin: workplace.onboarding.micetro_free_ip
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: The next free address for a printer, the same one each time
  workplace.onboarding.micetro_ip_reservation:
    range: 192.0.2.0/24
    key_property: Owner
    key: printer-1
    exclude_dhcp: true
  register: printer

- name: Say which one it is
  ansible.builtin.debug:
    msg: "{{ printer.reservations[0].id.address }}"

- name: Certain addresses
  workplace.onboarding.micetro_ip_reservation:
    reservations:
      - address: 192.0.2.30
        custom_properties:
          Owner: Gus Sample
      - address: 192.0.2.31
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
    id: {description: 'Its C(address), V((assigned by the server\)) before it has one, and its key.', type: dict, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: int, returned: when the server gave one}
  sample: [{name: 192.0.2.0/24/Owner/printer-1, action: create, changed: true, failed: false, id: {address: 192.0.2.1}}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.ip_reservation import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
