#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_ldap_list
short_description: Manage the unsubscribable lists of an iRedMail server with LDAP
version_added: 0.1.0
description:
  - Creates, fills and deletes one list that nobody can subscribe to, or all of a list in one call. Only the LDAP edition has them, and they cannot be
    disabled, renamed or listed; prefer M(workplace.onboarding.iredmail_mailing_list) for new ones.
  - Only options that are given are managed. An empty text or list clears. After writing, every list is read again and compared. What the server accepted and
    did not store fails the task by name.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.iredmail
  - workplace.onboarding.bulk
  - workplace.onboarding.bulk.unreadable
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.iredmail
options:
  address:
    description: Address of the list.
    type: str
  state:
    description: Whether the list must exist.
    type: str
    choices: [present, absent]
    default: present
  members_mode:
    description: Whether the listed O(members) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  <<: &fields
    name:
      description: Name that others see. It cannot be cleared.
      type: str
    access_policy:
      description:
        - Who may write to it. V(public) is everybody, V(domain) the domain, V(subdomain) the domain and those below it, V(membersonly) the members,
          V(moderatorsonly) the moderators, and V(membersandmoderatorsonly) both.
      type: str
      choices: [public, domain, subdomain, membersonly, moderatorsonly, membersandmoderatorsonly]
    members:
      description:
        - Addresses of the users who get the mail. Whom the server does not know it does not store. Some servers do not show the members; see
          O(unreadable_fields).
      type: list
      elements: str
  ldap_lists:
    description: The lists to manage in one call, read one by one.
    type: list
    elements: dict
    suboptions:
      address:
        description: Address of the list.
        type: str
        required: true
      state:
        description: Whether the list must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      members_mode:
        description: Whether the listed O(members) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.iredmail_mailing_list
  - module: workplace.onboarding.iredmail_alias
"""

EXAMPLES = r"""
- name: A list of everybody
  workplace.onboarding.iredmail_ldap_list:
    address: all@example.org
    name: Everybody
    access_policy: domain
    members: [coral@example.org, gus@example.org]

- name: Several lists in one call
  workplace.onboarding.iredmail_ldap_list:
    ldap_lists:
      - address: it@example.org
        members: [gus@example.org]
        members_mode: set
      - address: former@example.org
        state: absent
"""

RETURN = r"""
ldap_lists:
  description:
    - The lists that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them,
      and always the one of the single form. In the order of the input. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Address of the list., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The words of the server for why., type: str, returned: when the server gave one}
  sample: [{name: all@example.org, action: create, changed: true, failed: false}]
summary:
  description: Counts of the lists by what became of them.
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.ldap_list import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
