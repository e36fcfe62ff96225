#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: micetro_role
short_description: Manage roles of a Micetro
version_added: 0.1.0
description:
  - Creates, changes and deletes one role, or all roles of a list in one call; what it allows, and who has it.
  - Only the options that are given are managed. Users and groups that are not given keep the role.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.micetro
  - workplace.onboarding.bulk
  - workplace.onboarding.bulk.prune
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.micetro
notes:
  - Needs the permission C(access_adminUser). Since 25.1 the server asks for it even for reading, unless a setting of its own says
    otherwise.
  - The O(prune_scope) of roles is V(all).
  - Built-in roles are never deleted, renamed or edited; who has them is managed. The account that the task works with keeps what its
    roles give it. The user V(administrator) and the last who has it keep the role V(Administrators (built-in\)).
options:
  name:
    description: Name of the role. Its letter case does not matter.
    type: str
  rename_from:
    description: Former name. A role that has it gets the new O(name); if there is none, the role is looked up by O(name) as always.
    type: str
  state:
    description: Whether the role must exist.
    type: str
    choices: [present, absent]
    default: present
  users_mode:
    description: Whether the listed O(users) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  groups_mode:
    description: Whether the listed O(groups) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  <<: &fields
    type:
      description:
        - Whether the role holds for all objects (V(General)), or for those on which it is given (V(Specific)), see
          M(workplace.onboarding.micetro_object_access). A new role is V(General) unless this is given.
      type: str
      choices: [General, Specific, Legacy]
    description:
      description: What the role is for.
      type: str
    access:
      description:
        - What the role allows. Types of objects, each with its permissions, and for each of these V(allow), V(deny) or V(unset). Only the
          permissions that are given are managed. A V(deny) wins over every V(allow) of other roles, and V(unset) does not.
        - Types are spelled as the API spells them, such as C(DNSZone), C(Range) and C(DHCPScope), and so are permissions, such as
          C(access_list).
      type: dict
    users:
      description: Login names of users who have the role directly. They must exist.
      type: list
      elements: str
    groups:
      description: Names of groups whose members have the role. They must exist.
      type: list
      elements: str
  roles:
    description: The roles to manage in one call.
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the role. Its letter case does not matter.
        type: str
        required: true
      rename_from:
        description: Former name.
        type: str
      state:
        description: Whether the role must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      users_mode:
        description: Whether the listed O(users) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      groups_mode:
        description: Whether the listed O(groups) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.micetro_object_access
  - module: workplace.onboarding.micetro_user
  - module: workplace.onboarding.micetro_role_info
"""

EXAMPLES = r"""
- name: Editors of some zones
  workplace.onboarding.micetro_role:
    name: Zone editors
    type: Specific
    access:
      DNSZone:
        access_list: allow
        access_editOther: allow
        access_delete: deny
    groups: [it]

- name: No longer for gus
  workplace.onboarding.micetro_role:
    name: DNS Viewers (built-in)
    users: [gus]
    users_mode: remove

- name: Several roles in one call
  workplace.onboarding.micetro_role:
    roles:
      - name: Range viewers
        access:
          Range:
            access_list: allow
      - name: Unused
        state: absent
"""

RETURN = r"""
roles:
  description:
    - The roles that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them, and
      always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Name of the role., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: int, returned: when the server gave one}
  sample: [{name: Zone editors, action: update, changed: true, failed: false, fields: [access.DNSZone.access_delete]}]
summary:
  description: Counts of the roles by what became of them.
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
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.role import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
