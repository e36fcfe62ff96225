#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: micetro_custom_property_info
short_description: Read definitions of custom properties of a Micetro
version_added: 0.1.0
description:
  - Reads one custom property of a type of objects, or all of that type, as M(workplace.onboarding.micetro_custom_property) accepts them.
    Giving them back changes nothing.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.micetro
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.micetro
options:
  object_type:
    description: Type of the objects that have the property.
    type: str
    required: true
    choices: [change_request, cloud_account, cloud_network, device, dhcp_server, dns_record, dns_server, dns_zone, interface, ip_address,
      range]
  name:
    description: Name of the property to read.
    type: str
"""

EXAMPLES = r"""
- name: Read what is kept about zones
  workplace.onboarding.micetro_custom_property_info:
    object_type: dns_zone
  register: zones
"""

RETURN = r"""
properties:
  description: The definitions, each with the options of M(workplace.onboarding.micetro_custom_property).
  returned: success
  type: list
  elements: dict
  sample:
    - object_type: dns_zone
      name: Owner
      type: String
      mandatory: false
      read_only: false
      multi_line: false
      default_value: ''
      list_items: [School, Town hall]
      parent_property: ''
details:
  description: What is known of the same definitions and cannot be written.
  returned: success
  type: list
  elements: dict
  contains:
    object_type: {description: Type of the objects., type: str}
    name: {description: Name of the property., type: str}
    system: {description: Whether the system or a provider defined it., type: bool}
  sample: [{object_type: dns_zone, name: Owner, system: false}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.custom_property import INFO


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
