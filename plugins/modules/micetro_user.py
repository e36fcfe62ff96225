#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: micetro_user
short_description: Manage users of a Micetro
version_added: 0.1.0
description:
  - Creates, changes and deletes one user, or all users of a list in one call, with their groups and roles.
  - Only the options that are given are managed. Groups and roles that are not given are left as they are.
  - Micetro cannot suspend a user. Who must not log in any more loses all groups and roles, or is deleted.
  - The server does not rename users, so neither does this module.
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
  - The O(prune_scope) of users is V(all), or a map with the name of a C(group), whose members are then looked at.
  - Every user is in the group V(All users), which no mode removes. The same goes for the groups that a directory fills.
  - The user V(administrator) is never edited or deleted. The account that the task works with is not deleted and keeps its groups, its
    roles and its password. Nobody takes the role V(Administrators (built-in\)) from the last who has it.
  - Whether a password is the wanted one cannot be asked, so V(when_changed) of O(update_password) leaves it alone and says so.
options:
  name:
    description: Login name. Its letter case does not matter.
    type: str
  state:
    description: Whether the user must exist.
    type: str
    choices: [present, absent]
    default: present
  update_password:
    description:
      - When to send O(password). V(on_create) with a new user only, V(always) each time (and reports a change each time), V(when_changed)
        never for an existing user, since the server does not tell whether it would change.
    type: str
    choices: [on_create, when_changed, always]
    default: on_create
  groups_mode:
    description: Whether the listed O(groups) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  roles_mode:
    description: Whether the listed O(roles) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  <<: &fields
    full_name:
      description: Full name.
      type: str
    description:
      description: What others should know of the user.
      type: str
    email:
      description: E-mail address.
      type: str
    authentication_type:
      description:
        - Where the password is checked. A new user is V(Internal) unless this is given. The password of every other type is managed
          elsewhere.
      type: str
      choices: [Internal, AD, ADGroup, RADIUS, External]
    external_id:
      description: What the user is called elsewhere, for example the distinguished name in the directory.
      type: str
    password:
      description:
        - Password, for a user of type V(Internal) only; a new one needs it. The server asks for 12 characters or more since 25.1.
      type: str
    groups:
      description: Names of groups that the user belongs to. They must exist.
      type: list
      elements: str
    roles:
      description: Names of roles that are given to the user directly. They must exist. Roles by way of a group are not among them.
      type: list
      elements: str
  users:
    description: The users to manage in one call.
    type: list
    elements: dict
    suboptions:
      name:
        description: Login name. Its letter case does not matter.
        type: str
        required: true
      state:
        description: Whether the user must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      update_password:
        description: When to send O(password). Default is the value beside the list.
        type: str
        choices: [on_create, when_changed, always]
      groups_mode:
        description: Whether the listed O(groups) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      roles_mode:
        description: Whether the listed O(roles) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.micetro_group
  - module: workplace.onboarding.micetro_role
  - module: workplace.onboarding.micetro_user_info
"""

EXAMPLES = r"""
- name: A new colleague who looks at DNS
  workplace.onboarding.micetro_user:
    name: coral
    full_name: Coral Example
    email: coral@example.org
    password: "{{ initial_passwords.coral }}"
    groups: [staff]
    roles: [DNS Viewers (built-in)]

- name: Somebody whose password is in the directory
  workplace.onboarding.micetro_user:
    name: basil
    full_name: Basil Example
    authentication_type: AD
    external_id: CN=Basil Example,OU=Staff,DC=example,DC=org

- name: Moved to the school, and to nothing else
  workplace.onboarding.micetro_user:
    name: hazel
    groups: [school]
    groups_mode: set

- name: On leave, without any right
  workplace.onboarding.micetro_user:
    name: sage
    groups: []
    groups_mode: set
    roles: []
    roles_mode: set

- name: Exactly these temps, and no more than five of the others are deleted
  workplace.onboarding.micetro_user:
    users:
      - name: olive
        groups: [temps]
      - name: fern
        state: absent
    prune: true
    prune_scope:
      group: temps
    prune_limit: "5"
    keep: [svc-*]
"""

RETURN = r"""
users:
  description:
    - The users that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them, and
      always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Name of the user., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: int, returned: when the server gave one}
  sample: [{name: coral, action: create, changed: true, failed: false}]
summary:
  description: Counts of the users by what became of them.
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
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.user import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
