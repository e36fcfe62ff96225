#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: micetro_object_access_info
short_description: Read roles on single objects of a Micetro
version_added: 0.1.0
description:
  - Reads which roles are given on one object, or on each object of a type, as M(workplace.onboarding.micetro_object_access) accepts them.
    Giving them back changes nothing. Roles of type V(General), which hold for all objects, are left out.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.micetro
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.micetro
options:
  ref:
    description: Reference of the object, such as V(dnsZones/31). Cannot be combined with O(object_type).
    type: str
  object_type:
    description: Type of the object called O(name). Without O(name) all objects of the type are read, with a request for each.
    type: str
    choices: [address_space, cloud_network, device, dhcp_scope, dhcp_server, dns_server, dns_view, dns_zone, folder, range]
  name:
    description: Name of the object.
    type: str
"""

EXAMPLES = r"""
- name: Read the roles on a zone
  workplace.onboarding.micetro_object_access_info:
    object_type: dns_zone
    name: example.org.
  register: zone
"""

RETURN = r"""
objects:
  description: The objects, each with the options of M(workplace.onboarding.micetro_object_access).
  returned: success
  type: list
  elements: dict
  sample: [{ref: dnsZones/31, object_type: dns_zone, name: example.org., roles: [Zone editors]}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.object_access import INFO


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
