# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: micetro_ip_info
short_description: What Micetro knows of IP addresses
version_added: 0.1.0
author:
  - Workplace Team (@workplace)
description:
  - Gives what is known of each address, claimed or not. An address that no range holds is an error.
extends_documentation_fragment:
  - workplace.onboarding.lookup.micetro
options:
  _terms:
    description: The addresses.
    required: true
    type: list
    elements: str
seealso:
  - module: workplace.onboarding.micetro_ip_reservation_info
  - plugin: workplace.onboarding.micetro_free_ip
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Show whether an address is claimed
  ansible.builtin.debug:
    msg: "{{ lookup('workplace.onboarding.micetro_ip_info', '192.0.2.30').claimed }}"

- name: Show the states of some addresses
  ansible.builtin.debug:
    msg: "{{ query('workplace.onboarding.micetro_ip_info', '192.0.2.30', '192.0.2.31') | map(attribute='state') }}"
"""

RETURN = r"""
_raw:
  description: One map for each address; a lookup of one address gives the map itself.
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
"""

from typing import Any

from ansible_collections.workplace.onboarding.plugins.module_utils.core.errors import NotFound
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro import addresses, names
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.client import MicetroClient
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.ip_reservation import facts
from ansible_collections.workplace.onboarding.plugins.plugin_utils.micetro_lookup import MicetroLookup


class LookupModule(MicetroLookup):
    def find(self, client: MicetroClient, term: str) -> list[dict[str, Any]]:
        found = addresses.record(client, names.address(term))
        if found is None:
            raise NotFound(f"no range holds the address {term}")
        return [facts(found)]
