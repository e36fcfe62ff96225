#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: micetro_dhcp_reservation_info
short_description: Read DHCP reservations of Micetro
version_added: 0.1.0
description:
  - Reads the reservations of a scope, as M(workplace.onboarding.micetro_dhcp_reservation) accepts them. Giving them back changes nothing.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.micetro
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.micetro
options:
  scope:
    description: The scope, by its name, its block such as V(192.0.2.0/24), or its reference. It must be given.
    type: str
  dhcp_server:
    description: Name of the DHCP server of the scope, where several have one.
    type: str
  client_identifier:
    description: The hardware address, or another identifier, of the client whose reservation is read.
    type: str
    aliases: [mac]
"""

EXAMPLES = r"""
- name: Read the reservations of the desks
  workplace.onboarding.micetro_dhcp_reservation_info:
    scope: Desks
  register: desks
"""

RETURN = r"""
reservations:
  description: The reservations, each with the options of M(workplace.onboarding.micetro_dhcp_reservation), in the order of the server.
  returned: success
  type: list
  elements: dict
  sample: [{scope: Desks, client_identifier: '00:00:5e:00:53:01', addresses: [192.0.2.140], name: printer-1}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.dhcp_reservation import INFO


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
