#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: micetro_user_info
short_description: Read users of a Micetro
version_added: 0.1.0
description:
  - Reads one user, those of a group or of a role, or all users, as M(workplace.onboarding.micetro_user) accepts them. Giving them back
    changes nothing. O(name), O(group) and O(role) cannot be combined.
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
    description: Login name of the user to read.
    type: str
  group:
    description: Name of a group whose users are read.
    type: str
  role:
    description: Name of a role; the users who have it directly are read.
    type: str
"""

EXAMPLES = r"""
- name: Read who is in IT
  workplace.onboarding.micetro_user_info:
    group: it
  register: it

- name: Read one user
  workplace.onboarding.micetro_user_info:
    name: coral
"""

RETURN = r"""
users:
  description: The users, each with the options of M(workplace.onboarding.micetro_user), sorted by name.
  returned: success
  type: list
  elements: dict
  sample:
    - name: coral
      full_name: Coral Example
      description: ''
      email: coral@example.org
      authentication_type: Internal
      external_id: ''
      groups: [All users, it]
      roles: [DNS Viewers (built-in)]
details:
  description: What is known of the same users and cannot be written.
  returned: success
  type: list
  elements: dict
  contains:
    name: {description: Login name., type: str}
    ref: {description: Reference on the server., type: str}
    last_login: {description: "Date of the last login as the server writes it, in its own time zone; empty if there was none.", type: str}
    group_roles: {description: Names of the roles that groups give to the user., type: list, elements: str}
  sample: [{name: coral, ref: users/31, last_login: '', group_roles: []}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.user import INFO


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
