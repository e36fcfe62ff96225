#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: micetro_object_access
short_description: Manage roles on single objects of a Micetro
version_added: 0.1.0
description:
  - Gives roles on one object, such as a zone or a range, or takes them from it; or on all objects of a list in one call.
  - Roles that are not listed are left as they are, unless O(roles_mode) is V(set). Roles of type V(General) hold for all objects anyway
    and are not looked at.
  - An object is named by its O(ref), or by its O(object_type) and O(name).
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.micetro
  - workplace.onboarding.bulk
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.micetro
options:
  <<: &keys
    ref:
      description: Reference of the object, such as V(dnsZones/31), as other modules return it.
      type: str
    object_type:
      description: Type of the object called O(name).
      type: str
      choices: [address_space, cloud_network, device, dhcp_scope, dhcp_server, dns_server, dns_view, dns_zone, folder, range]
    name:
      description: Name of the object. If several of that type have it, they are refused and O(ref) is needed.
      type: str
    roles:
      description: Names of roles of type V(Specific). They must exist.
      type: list
      elements: str
  state:
    description: An object is not created here, so this can only be V(present).
    type: str
    choices: [present]
    default: present
  roles_mode:
    description: Whether the listed O(roles) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  objects:
    description: The objects to manage in one call.
    type: list
    elements: dict
    suboptions:
      <<: *keys
      state:
        description: As beside the list.
        type: str
        choices: [present]
      roles_mode:
        description: Whether the listed O(roles) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
seealso:
  - module: workplace.onboarding.micetro_role
  - module: workplace.onboarding.micetro_object_access_info
"""

EXAMPLES = r"""
- name: The editors may edit this zone
  workplace.onboarding.micetro_object_access:
    object_type: dns_zone
    name: example.org.
    roles: [Zone editors]

- name: Exactly these roles on several objects
  workplace.onboarding.micetro_object_access:
    roles_mode: set
    objects:
      - object_type: range
        name: 192.0.2.0/24
        roles: [Range editors]
      - object_type: dns_zone
        name: example.net.
        roles: []
"""

RETURN = r"""
objects:
  description:
    - The objects that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them, and
      always the one of the single form. In the order of the input. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Name of the object., type: str, returned: always}
    action: {description: 'What it needed: V(update) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    id: {description: 'The O(ref), O(object_type) and O(name) of the object.', type: dict, returned: when it was found}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: int, returned: when the server gave one}
  sample: [{name: dns_zone/example.org., action: update, changed: true, failed: false, fields: [roles]}]
summary:
  description: Counts of the objects by what became of them.
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
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.object_access import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
