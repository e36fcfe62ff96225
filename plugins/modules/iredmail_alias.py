#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_alias
short_description: Manage the mail aliases of an iRedMail server
version_added: 0.1.0
description:
  - Creates, renames, fills, disables and deletes one alias account, or all of a list in one call. Mail to it goes to its members. The further addresses of
    one user are an option of M(workplace.onboarding.iredmail_user).
  - Only options that are given are managed. An empty text or list clears. After writing, every alias is read again and compared. What the server accepted and
    did not store fails the task by name.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.iredmail
  - workplace.onboarding.bulk
  - workplace.onboarding.bulk.unreadable
  - workplace.onboarding.bulk.prune
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.iredmail
notes:
  - A O(prune_scope) is V(all) or a map with the key C(domain).
options:
  address:
    description: Address of the alias.
    type: str
  state:
    description: Whether the alias must exist.
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
      description: Name that others see. The LDAP edition does not clear it.
      type: str
    enabled:
      description: Whether the alias is active. Left alone when not given, so V(present) never re-enables a disabled alias.
      type: bool
    access_policy:
      description:
        - Who may write to it. V(public) is everybody, V(domain) the domain, V(subdomain) the domain and those below it, V(membersonly) the members,
          V(moderatorsonly) the moderators, and V(membersandmoderatorsonly) both. In the SQL edition. The moderators cannot be managed.
      type: str
      choices: [public, domain, subdomain, membersonly, moderatorsonly, membersandmoderatorsonly]
    members:
      description: Addresses that get the mail, here or elsewhere.
      type: list
      elements: str
    rename_from:
      description: Address that the alias has now, in the same domain. Nothing happens if it has the new address already.
      type: str
  aliases:
    description: The aliases to manage in one call. Up to five of a domain are read one by one, more by the listing of the server.
    type: list
    elements: dict
    suboptions:
      address:
        description: Address of the alias.
        type: str
        required: true
      state:
        description: Whether the alias must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      members_mode:
        description: Whether the listed O(members) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.iredmail_alias_info
  - module: workplace.onboarding.iredmail_user
  - module: workplace.onboarding.iredmail_mailing_list
"""

EXAMPLES = r"""
- name: An address for the office
  workplace.onboarding.iredmail_alias:
    address: office@example.org
    name: The office
    members: [coral@example.org, gus@example.org]

- name: Exactly these members
  workplace.onboarding.iredmail_alias:
    address: office@example.org
    members: [coral@example.org]
    members_mode: set

- name: Give it another address
  workplace.onboarding.iredmail_alias:
    address: reception@example.org
    rename_from: front.desk@example.org
    members: [gus@example.org]

- name: Several aliases in one call
  workplace.onboarding.iredmail_alias:
    aliases:
      - address: info@example.org
        members: [coral@example.org]
      - address: fax@example.org
        state: absent
"""

RETURN = r"""
aliases:
  description:
    - The aliases that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them,
      and always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Address of the alias., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The words of the server for why., type: str, returned: when the server gave one}
  sample: [{name: staff@example.org, action: update, changed: true, failed: false, fields: [members]}]
summary:
  description: Counts of the aliases by what became of them.
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.alias import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
