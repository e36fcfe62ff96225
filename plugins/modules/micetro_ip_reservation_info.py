#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: micetro_ip_reservation_info
short_description: Read claimed IP addresses of Micetro
version_added: 0.1.0
description:
  - Reads one claimed address, those of a range, or those that have a key, as M(workplace.onboarding.micetro_ip_reservation) accepts them.
    Giving them back changes nothing.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.micetro
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.micetro
options:
  address:
    description: The address. It cannot be combined with the other options, and it or O(range) must be given.
    type: str
  range:
    description: The range, by its block such as V(192.0.2.0/24) or its reference.
    type: str
  key_property:
    description: Only addresses for which this custom property has a value.
    type: str
  key:
    description: Only addresses for which O(key_property) has this value.
    type: str
seealso:
  - plugin: workplace.onboarding.micetro_ip_info
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Read who has which address
  workplace.onboarding.micetro_ip_reservation_info:
    range: 192.0.2.0/24
    key_property: Owner
  register: claimed
"""

RETURN = r"""
reservations:
  description: The claimed addresses, each with options of M(workplace.onboarding.micetro_ip_reservation), sorted as the server sorts them.
  returned: success
  type: list
  elements: dict
  sample: [{address: 192.0.2.30, custom_properties: {Owner: Gus Sample}}]
addresses:
  description: What is known of the same addresses.
  returned: success
  type: list
  elements: dict
  contains:
    address: {description: The address., type: str}
    ref: {description: What the server calls it., type: str}
    state: {description: 'V(Free), V(Claimed), V(Assigned), V(Held) or V(Pending).', type: str}
    claimed: {description: Whether it is claimed., type: bool}
    custom_properties: {description: Values of custom properties., type: dict}
    dns_records: {description: 'Records that point at it, each with C(name), C(type) and C(data).', type: list, elements: dict}
    dhcp_reservations: {description: 'Reservations of it, each with C(name) and C(client_identifier).', type: list, elements: dict}
    dhcp_leases: {description: 'Leases of it, each with C(name), C(mac) and C(state).', type: list, elements: dict}
    last_seen: {description: 'When it was last seen, in the words of the server.', type: str}
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
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.ip_reservation import INFO


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
