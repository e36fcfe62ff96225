# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: micetro_free_ip
short_description: Free IP addresses of a range of Micetro
version_added: 0.1.0
author:
  - Workplace Team (@workplace)
description:
  - Gives the next free address of each range, or several different ones. Nothing is claimed or held, so the next lookup gives the same ones,
    and so do others.
  - To claim an address, and get the same one each time, use the module P(workplace.onboarding.micetro_ip_reservation#module).
extends_documentation_fragment:
  - workplace.onboarding.lookup.micetro
options:
  _terms:
    description: The ranges, each by its block such as V(192.0.2.0/24) or its reference.
    required: true
    type: list
    elements: str
  count:
    description: How many addresses of each range. Fewer free ones are an error.
    type: int
    default: 1
  start_address:
    description: Where in the range to begin.
    type: str
  exclude_dhcp:
    description: Whether addresses in pools of DHCP scopes are passed over.
    type: bool
    default: false
  ping:
    description: Whether the server pings an address and passes it over if it answers.
    type: bool
    default: false
seealso:
  - module: workplace.onboarding.micetro_ip_reservation
  - plugin: workplace.onboarding.micetro_ip_info
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Show a free address
  ansible.builtin.debug:
    msg: "{{ lookup('workplace.onboarding.micetro_free_ip', '192.0.2.0/24') }}"

- name: Show three free addresses outside of the DHCP pools
  ansible.builtin.debug:
    msg: "{{ query('workplace.onboarding.micetro_free_ip', '192.0.2.0/24', count=3, exclude_dhcp=true) }}"
"""

RETURN = r"""
_raw:
  description: The addresses, those of the first range first.
  type: list
  elements: str
"""

from ansible_collections.workplace.onboarding.plugins.module_utils.core.errors import InvalidInput, NotFound
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro import addresses, names
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.client import MicetroClient
from ansible_collections.workplace.onboarding.plugins.plugin_utils.micetro_lookup import MicetroLookup


class LookupModule(MicetroLookup):
    def find(self, client: MicetroClient, term: str) -> list[str]:
        count, start = self.get_option("count"), self.get_option("start_address")
        if count < 1:
            raise InvalidInput("count must be at least 1")
        found = addresses.find_range(client, names.network(term))
        if found is None:
            raise NotFound(f"no range is called {term}")
        if start is not None:
            start = names.address(str(start))
            if not addresses.in_range(start, found):
                raise InvalidInput(f"start_address {start} is not in the range {term}")
        query = {"excludeDHCP": self.get_option("exclude_dhcp"), "ping": self.get_option("ping")}
        return list(addresses.several_free(client, found, count, start, **query))
