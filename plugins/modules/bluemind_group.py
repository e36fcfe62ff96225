#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_group
short_description: Manage groups of a BlueMind
version_added: 0.1.0
description:
  - Creates, updates, fills and deletes one group, or all groups of a list in one call. Deleting a group leaves its members alone.
  - Only options that are given are managed. An empty text or list clears. After writing, every group is read again and compared. What the server
    accepted and did not store fails the task by name.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.bluemind
  - workplace.onboarding.bulk
  - workplace.onboarding.bulk.prune
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.bluemind
notes:
  - The O(prune_scope) of groups is V(all), or a map with C(domain), or with C(domain) and C(org_unit).
  - Profiles, which give users their roles, are neither deleted nor renamed.
  - The account that the task works with neither leaves a group nor takes roles from one that it is in, by itself or through another group, and
    such a group is not deleted while it gives roles.
options:
  state:
    description: Whether the group must exist.
    type: str
    choices: [present, absent]
    default: present
  emails_mode:
    description: Whether the listed O(emails) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  roles_mode:
    description: Whether the listed O(roles) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  members_mode:
    description: Whether the listed O(members) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  member_groups_mode:
    description: Whether the listed O(member_groups) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  external_members_mode:
    description: Whether the listed O(external_members) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  <<: &fields
    name:
      description: Name of the group, unique in the domain whatever its letter case.
      type: str
    domain:
      description: Name of the domain, or any alias of it. Beside the list it holds for every entry that names none.
      type: str
    uid:
      description: Uid of the group, by which it is found whatever its name. A new group gets one made of name and domain where none is given.
      type: str
    external_id:
      description: Identifier in another directory, by which the group is found as well.
      type: str
    rename_from:
      description: Former name. A group of that name gets O(name) instead, and keeps its members.
      type: str
    description:
      description: Description.
      type: str
    email:
      description: Default address, at which the group receives mail for its members. Empty for none.
      type: str
    emails:
      description:
        - All addresses, the default one among them. An address without a domain, such as V(zoe), holds in every name of the domain.
        - With O(emails_mode=set) and no O(email), the first one becomes the default where the present default is not listed.
      type: list
      elements: str
    hidden:
      description: Whether address books leave the group out.
      type: bool
    hidden_members:
      description: Whether the members are hidden.
      type: bool
    mail_archived:
      description: Whether mail to the group is archived.
      type: bool
    data_location:
      description: Uid of the mail server of the group. It can only be chosen when the group is created.
      type: str
    org_unit:
      description: Unit of the delegated administration, by its path such as V(Town/School) or by its uid. Empty for none.
      type: str
    properties:
      description: Free properties by name. Only those that are given are managed, and an empty text removes one.
      type: dict
    roles:
      description: Roles that the group gives its members.
      type: list
      elements: str
    members:
      description: Logins, addresses or uids of users who belong to the group. They must exist.
      type: list
      elements: str
    member_groups:
      description: Names of groups that belong to the group. They must exist.
      type: list
      elements: str
    external_members:
      description: Addresses of external users who belong to the group. They must exist.
      type: list
      elements: str
  groups:
    description: The groups to manage in one call.
    type: list
    elements: dict
    suboptions:
      state:
        description: Whether the group must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      emails_mode:
        description: Whether the listed O(emails) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      roles_mode:
        description: Whether the listed O(roles) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      members_mode:
        description: Whether the listed O(members) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      member_groups_mode:
        description: Whether the listed O(member_groups) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      external_members_mode:
        description: Whether the listed O(external_members) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.bluemind_group_info
  - module: workplace.onboarding.bluemind_user
"""

EXAMPLES = r"""
- name: A group for the school, with an address
  workplace.onboarding.bluemind_group:
    domain: example.org
    name: school
    description: Everybody at the school
    email: school@example.org
    members: [coral, gus]

- name: Exactly these members, and another group among them
  workplace.onboarding.bluemind_group:
    domain: example.org
    name: it
    members: [coral]
    members_mode: set
    member_groups: [temps]

- name: Several groups in one call
  workplace.onboarding.bluemind_group:
    domain: example.org
    groups:
      - name: council
        emails: [council]
        hidden: false
      - name: former
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
    name: {description: Name and domain of the group., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    id: {description: 'Name, domain, uid and external identifier.', type: dict, returned: when it has one}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: str, returned: when the server gave one}
  sample: [{name: school@example.org, action: create, changed: true, failed: false}]
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.group import TASK
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
