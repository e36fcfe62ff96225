#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_admin
short_description: Manage the administrators of an iRedMail server that have no mailbox
version_added: 0.1.0
description:
  - Creates, updates, disables and deletes one administrator, or all of a list in one call. Their addresses are in domains that are not hosted on the server.
    A mail user becomes an administrator with O(workplace.onboarding.iredmail_user#module:global_admin) or with
    M(workplace.onboarding.iredmail_domain_admins).
  - Only options that are given are managed. An empty text or list clears. After writing, every administrator is read again and compared. What the server
    accepted and did not store fails the task by name.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.iredmail
  - workplace.onboarding.bulk
  - workplace.onboarding.bulk.unreadable
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.iredmail
notes:
  - The account that the task works with is never disabled, deleted or stripped of its rights.
  - The server has no listing of its administrators, so each is read by itself and none can be pruned.
options:
  email:
    description: Address of the administrator.
    type: str
  state:
    description: Whether the administrator must exist.
    type: str
    choices: [present, absent]
    default: present
  update_password:
    description:
      - When the password is sent. V(on_create) only with a new administrator, V(always) each time, V(when_changed) when the server says that it is not the
        password yet.
      - The SQL edition cannot tell for a disabled account. What cannot be told is left alone, and a warning says so.
    type: str
    choices: [on_create, when_changed, always]
    default: on_create
  <<: &fields
    password:
      description:
        - Password, needed to create one. ASCII characters only, and as the policy of the server wants it. Write it into a vault or an environment, never
          literally into a playbook.
      type: str
    name:
      description: Name of the person. The LDAP edition does not clear it.
      type: str
    enabled:
      description: Whether the account is active. Left alone when not given, so V(present) never re-enables a disabled account.
      type: bool
    language:
      description: Language of the panel as the server spells it, V(fr_FR), for example.
      type: str
    global_admin:
      description: Whether the account may administer the whole server. The options below do not apply to such an account and are ignored with V(true).
      type: bool
    max_domains:
      description: How many domains the account may create. V(0) is no limit, V(-1) is none at all.
      type: int
    max_quota:
      description:
        - Space for all its domains together, as a number with V(MB), V(GB) or V(TB), such as V(2TB). V(0) is no limit. Some servers do not show the unit; see
          O(unreadable_fields).
      type: str
    max_users:
      description: How many users all its domains may have together. V(0) is no limit, V(-1) is none at all.
      type: int
    max_aliases:
      description: How many aliases all its domains may have together. V(0) is no limit, V(-1) is none at all.
      type: int
    max_lists:
      description: How many lists all its domains may have together. V(0) is no limit, V(-1) is none at all.
      type: int
    view_mail_log:
      description: Whether the account may read the mail log.
      type: bool
    manage_quarantine:
      description: Whether the account may manage quarantined mail.
      type: bool
  admins:
    description: The administrators to manage in one call.
    type: list
    elements: dict
    suboptions:
      email:
        description: Address of the administrator.
        type: str
        required: true
      state:
        description: Whether the administrator must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      update_password:
        description: When the password is sent. Default is the value beside the list.
        type: str
        choices: [on_create, when_changed, always]
      <<: *fields
seealso:
  - module: workplace.onboarding.iredmail_admin_info
  - module: workplace.onboarding.iredmail_domain_admins
  - module: workplace.onboarding.iredmail_user
"""

EXAMPLES = r"""
- name: An administrator who may create five domains
  workplace.onboarding.iredmail_admin:
    email: coral@admins.example
    password: "{{ initial_passwords['coral'] }}"
    name: Coral Fable
    max_domains: 5
    max_quota: 2TB
    view_mail_log: false

- name: Several administrators in one call
  workplace.onboarding.iredmail_admin:
    admins:
      - email: coral@admins.example
        max_users: 500
      - email: former@admins.example
        state: absent
"""

RETURN = r"""
admins:
  description:
    - The administrators that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them,
      and always the one of the single form. In the order of the input. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Address of the administrator., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The words of the server for why., type: str, returned: when the server gave one}
  sample: [{name: ops@admins.example, action: update, changed: true, failed: false, fields: [max_users]}]
summary:
  description: Counts of the administrators by what became of them.
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.admin import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
