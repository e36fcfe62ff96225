#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: micetro_dns_zone_info
short_description: Read DNS zones of Micetro
version_added: 0.1.0
description:
  - Reads the zones of a name, those of a server or a view, or all zones, as M(workplace.onboarding.micetro_dns_zone) accepts them. Giving
    them back changes nothing.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.micetro
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.micetro
options:
  name:
    description: Name of the zones to read, with or without a dot at its end.
    type: str
  server:
    description: Name of the DNS server whose zones are read.
    type: str
  view:
    description: Name of the view whose zones are read.
    type: str
"""

EXAMPLES = r"""
- name: Read the zones of a server
  workplace.onboarding.micetro_dns_zone_info:
    server: ns1.example.org
  register: served

- name: Name them
  ansible.builtin.debug:
    msg: "{{ served.zones | map(attribute='name') }}"
"""

RETURN = r"""
zones:
  description: The zones, each with the options of M(workplace.onboarding.micetro_dns_zone), sorted by name.
  returned: success
  type: list
  elements: dict
  sample: [{name: school.example.org., server: ns1.example.org., type: Primary, dynamic: false, custom_properties: {Owner: Coral Sample}}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.dns_zone import INFO


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
