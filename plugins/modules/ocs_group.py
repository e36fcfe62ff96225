#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ocs_group
short_description: Manage groups of a Nextcloud
version_added: 0.1.0
description:
  - Creates, names, fills and deletes one group, or all groups of a list in one call. Deleting a group leaves the accounts alone.
  - The ids of groups are compared with their letter case. Names over 64 characters, or with spaces around them, are refused since the
    server would store something else.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.ocs
  - workplace.onboarding.bulk
  - workplace.onboarding.bulk.prune
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.ocs
notes:
  - The O(prune_scope) of groups is V(all).
options:
  groupid:
    description: Id of the group.
    type: str
    aliases: [name]
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
  subadmins_mode:
    description: Whether the listed O(subadmins) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  <<: &fields
    display_name:
      description: Name that others see.
      type: str
    members:
      description: Ids of the accounts that belong to the group. They must exist.
      type: list
      elements: str
    subadmins:
      description: Ids of the accounts that may manage the members.
      type: list
      elements: str
  groups:
    description: The groups to manage in one call.
    type: list
    elements: dict
    suboptions:
      groupid:
        description: Id of the group.
        type: str
        required: true
        aliases: [name]
      state:
        description: Whether the group must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      members_mode:
        description: Whether the listed O(members) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      subadmins_mode:
        description: Whether the listed O(subadmins) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.ocs_user
  - module: workplace.onboarding.ocs_group_info
"""

EXAMPLES = r"""
- name: A group for the school
  workplace.onboarding.ocs_group:
    groupid: school
    display_name: The school

- name: Exactly these members, one of whom manages the others
  workplace.onboarding.ocs_group:
    groupid: it
    members: [coral, gus]
    members_mode: set
    subadmins: [coral]

- name: Several groups in one call
  workplace.onboarding.ocs_group:
    groups:
      - groupid: staff
        display_name: Staff
      - groupid: temps
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
  sample: [{name: school, action: create, changed: true, failed: false}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.ocs.group import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
