#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_group_info
short_description: Read groups of a BlueMind
version_added: 0.1.0
description:
  - Returns groups as M(workplace.onboarding.bluemind_group) accepts them. Giving them back changes nothing.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.bluemind
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.bluemind
options:
  domain:
    description: Only groups of the domain with this name or alias.
    type: str
  name:
    description: Only the group with this name; needs O(domain).
    type: str
  uid:
    description: Only the group with this uid; needs O(domain).
    type: str
  external_id:
    description: Only the group with this external identifier; needs O(domain).
    type: str
  gather:
    description: What to read besides the group itself, each with one request per group or more.
    type: list
    elements: str
    choices: [members, roles]
    default: [members]
seealso:
  - module: workplace.onboarding.bluemind_group
"""

EXAMPLES = r"""
- name: All groups with their members
  workplace.onboarding.bluemind_group_info:
    domain: example.org
  register: town

- name: One group by its name
  workplace.onboarding.bluemind_group_info:
    domain: example.org
    name: staff
    gather: [members, roles]
"""

RETURN = r"""
groups:
  description: The groups in the order of their names, as M(workplace.onboarding.bluemind_group) accepts them.
  returned: success
  type: list
  elements: dict
  sample:
    - name: staff
      domain: example.org
      uid: g-staff
      members: [coral, gus]
      member_groups: []
      external_members: []
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.group import INFO
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
