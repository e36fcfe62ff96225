#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: micetro_role_info
short_description: Read roles of a Micetro
version_added: 0.1.0
description:
  - Reads one role or all roles, as M(workplace.onboarding.micetro_role) accepts them, with what they allow; permissions that are unset
    are left out. Giving them back changes nothing.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.micetro
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.micetro
notes:
  - Needs the permission C(access_adminUser). Since 25.1 the server asks for it even for reading, unless a setting of its own says
    otherwise.
options:
  name:
    description: Name of the role to read.
    type: str
"""

EXAMPLES = r"""
- name: Read what a role allows and who has it
  workplace.onboarding.micetro_role_info:
    name: DNS Viewers (built-in)
  register: viewers
"""

RETURN = r"""
roles:
  description: The roles, each with the options of M(workplace.onboarding.micetro_role), sorted by name.
  returned: success
  type: list
  elements: dict
  sample:
    - name: Zone editors
      type: Specific
      description: ''
      access: {DNSZone: {access_list: allow, access_delete: deny}}
      users: []
      groups: [it]
details:
  description: What is known of the same roles and cannot be written.
  returned: success
  type: list
  elements: dict
  contains:
    name: {description: Name of the role., type: str}
    ref: {description: Reference on the server., type: str}
    built_in: {description: Whether it belongs to the system., type: bool}
  sample: [{name: helpdesk, ref: roles/31, built_in: false}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.role import INFO


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
