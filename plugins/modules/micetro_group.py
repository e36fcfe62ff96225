#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: micetro_group
short_description: Manage groups of a Micetro
version_added: 0.1.0
description:
  - Creates, names, fills and deletes one group, or all groups of a list in one call. Deleting a group leaves its users alone.
  - Only the options that are given are managed. Members and roles that are not given are left as they are.
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
  - The O(prune_scope) of groups is V(all).
  - A group cannot contain groups. The members of V(All users), and of a group that a directory fills, are not managed here.
  - Built-in groups are never deleted, renamed or edited. The account that the task works with stays in its groups, and they keep their
    roles. Nobody takes the role V(Administrators (built-in\)) from the last who has it.
options:
  name:
    description: Name of the group. Its letter case does not matter.
    type: str
  rename_from:
    description: Former name. A group that has it gets the new O(name); if there is none, the group is looked up by O(name) as always.
    type: str
  state:
    description: Whether the group must exist.
    type: str
    choices: [present, absent]
    default: present
  members_mode:
    description: Whether the listed O(members) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  roles_mode:
    description: Whether the listed O(roles) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  <<: &fields
    description:
      description: What the group is for.
      type: str
    ad_integrated:
      description: Whether its members come from Active Directory.
      type: bool
    external_id:
      description: What the group is called elsewhere, for example its distinguished name in the directory.
      type: str
    members:
      description: Login names of users in the group. They must exist.
      type: list
      elements: str
    roles:
      description: Names of roles that everybody in the group has. They must exist.
      type: list
      elements: str
  groups:
    description: The groups to manage in one call.
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the group. Its letter case does not matter.
        type: str
        required: true
      rename_from:
        description: Former name.
        type: str
      state:
        description: Whether the group must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      members_mode:
        description: Whether the listed O(members) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      roles_mode:
        description: Whether the listed O(roles) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.micetro_user
  - module: workplace.onboarding.micetro_role
  - module: workplace.onboarding.micetro_group_info
"""

EXAMPLES = r"""
- name: A group that looks at DNS
  workplace.onboarding.micetro_group:
    name: helpdesk
    description: First line
    roles: [DNS Viewers (built-in)]

- name: Exactly these members
  workplace.onboarding.micetro_group:
    name: it
    members: [coral, gus]
    members_mode: set

- name: Several groups in one call
  workplace.onboarding.micetro_group:
    groups:
      - name: staff
        rename_from: everybody
      - name: temps
        state: absent
"""

RETURN = r"""
groups:
  description:
    - The groups that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them, and
      always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Name of the group., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: int, returned: when the server gave one}
  sample: [{name: helpdesk, action: create, changed: true, failed: false}]
summary:
  description: Counts of the groups by what became of them.
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
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.group import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
