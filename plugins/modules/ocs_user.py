#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ocs_user
short_description: Manage accounts of a Nextcloud
version_added: 0.1.0
description:
  - Creates, updates, disables and deletes one account, or all accounts of a list in one call.
  - Only options that are given are managed. An empty text or list clears.
  - After writing, every account is read again and compared. What the server accepted and did not store fails the task by name.
  - Nextcloud allows 50 edits of accounts in ten minutes. The edits that a task needs are counted before the first write; see O(rate_limit).
    Creating, deleting, enabling and memberships are not counted, and as much as possible is sent with the creation.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.ocs
  - workplace.onboarding.bulk
  - workplace.onboarding.bulk.unreadable
  - workplace.onboarding.bulk.prune
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.ocs
notes:
  - A O(prune_scope) is V(all) or a map with the key C(group), the id of a group whose members are looked at.
options:
  userid:
    description:
      - Login of the account. The server ignores its letter case.
    type: str
    aliases: [name]
  state:
    description: Whether the account must exist.
    type: str
    choices: [present, absent]
    default: present
  update_password:
    description:
      - When O(password) is sent. V(on_create) only with a new account, V(always) each time (and the person gets a mail each time),
        V(when_changed) when the server says that it is not the password yet. The server counts wrong answers against the address, so no
        more are asked for after five of them; then, or when it cannot be told, the password is left alone and a warning says so.
      - V(always) cannot be combined with O(rate_limit=defer).
    type: str
    choices: [on_create, when_changed, always]
    default: on_create
  groups_mode:
    description: Whether the listed O(groups) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  subadmin_groups_mode:
    description: Whether the listed O(subadmin_groups) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  additional_emails_mode:
    description: Whether the listed O(additional_emails) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  <<: &fields
    groups:
      description: Ids of the groups that the account belongs to. They must exist.
      type: list
      elements: str
    subadmin_groups:
      description: Ids of the groups whose members the account may manage.
      type: list
      elements: str
    email:
      description:
        - Main e-mail address; an empty text clears it. A new account with an address and without O(password) gets an invitation by mail, and
          the person chooses the password. The server tells the person when the address of an existing account changes.
      type: str
    additional_emails:
      description: Further e-mail addresses. The server asks each of them for confirmation.
      type: list
      elements: str
    notify_email:
      description: The one of O(additional_emails) that gets the notifications, instead of O(email). It is marked as confirmed. Empty for O(email).
      type: str
    display_name:
      description: Name that others see, up to 64 characters.
      type: str
    quota:
      description:
        - Space, as V(none) for no limit, V(default) for the default of the server, a number of bytes, or a number with V(B), V(KB), V(MB), V(GB),
          V(TB) or V(PB) (powers of 1024). The server keeps one decimal, V(1.26 GB) becomes V(1.3 GB).
        - What the server would misread is refused, V(1 GiB) (one byte there) or V(Default) (zero there), for example.
        - V(default) counts as unchanged while the account has as much as the default; that needs an account that may read app settings.
      type: str
    language:
      description: Language of the account as the server spells it, V(fr) or V(pt_BR), for example.
      type: str
    locale:
      description: Regional formats, V(fr_FR), for example. It can be changed and not cleared.
      type: str
    timezone:
      description: Time zone by its exact IANA name, V(Europe/Paris), for example. It can be changed and not cleared.
      type: str
    manager:
      description: Id of the account of the manager; the server does not check it.
      type: str
    phone:
      description: Telephone number in international form. Spaces are removed.
      type: str
    address:
      description: Postal address.
      type: str
    website:
      description: Web address with its scheme.
      type: str
    twitter:
      description: Handle on Twitter or X.
      type: str
    bluesky:
      description: Handle on Bluesky.
      type: str
    fediverse:
      description: Handle in the Fediverse, V(zoe@social.example.org), for example.
      type: str
    organisation:
      description: Organisation.
      type: str
    role:
      description: Job title.
      type: str
    headline:
      description: Headline of the profile.
      type: str
    biography:
      description: About the person.
      type: str
    pronouns:
      description: Pronouns.
      type: str
    profile_enabled:
      description: Whether the profile page is shown.
      type: bool
    password:
      description: Password, sent when O(update_password) says so. Write it into a vault or an environment, never literally into a playbook.
      type: str
    enabled:
      description: Whether the account may log in. Left alone when not given, so V(present) never re-enables a disabled account.
      type: bool
  users:
    description:
      - The accounts to manage in one call. Up to 20 are read one by one, more by the listing of the server.
    type: list
    elements: dict
    suboptions:
      userid:
        description: Login of the account.
        type: str
        required: true
        aliases: [name]
      state:
        description: Whether the account must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      update_password:
        description: When the password is sent. Default is the value beside the list.
        type: str
        choices: [on_create, when_changed, always]
      groups_mode:
        description: Whether the listed O(groups) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      subadmin_groups_mode:
        description: Whether the listed O(subadmin_groups) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      additional_emails_mode:
        description: Whether the listed O(additional_emails) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
  rate_limit:
    description:
      - What to do when the task needs more edits than the server allows now. V(wait) waits, up to O(max_wait); V(fail) refuses before the
        first write; V(defer) writes what fits now and reports the rest as C(deferred), for the next run.
    type: str
    choices: [wait, fail, defer]
    default: wait
  max_wait:
    description: Seconds that O(rate_limit=wait) may wait in all. A task that would need longer is refused before the first write.
    type: int
    default: 900
seealso:
  - module: workplace.onboarding.ocs_group
  - module: workplace.onboarding.ocs_user_info
  - module: workplace.onboarding.ocs_user_action
"""

EXAMPLES = r"""
- name: Invite Zoe, who chooses a password herself
  workplace.onboarding.ocs_user:
    userid: zoe
    display_name: Zoe Parable
    email: zoe@example.org
    groups: [staff]
    quota: 5 GB
    language: fr

- name: Move her to IT, out of every other group
  workplace.onboarding.ocs_user:
    userid: zoe
    groups: [it]
    groups_mode: set
    quota: 20 GB
    role: System administrator

- name: Suspend an account; what it holds stays
  workplace.onboarding.ocs_user:
    userid: basil
    enabled: false

- name: Many accounts in one call, with passwords that are looked up and never shown
  workplace.onboarding.ocs_user:
    users:
      - userid: coral
        email: coral@example.org
        password: "{{ initial_passwords['coral'] }}"
      - userid: gus
        email: gus@example.org
        groups: [school]
        state: present
      - userid: former.colleague
        state: absent
    rate_limit: defer

- name: Delete the members of a group that the list does not name, three at most
  workplace.onboarding.ocs_user:
    users:
      - userid: gus
      - userid: hazel
    prune: true
    prune_scope: {group: school}
    prune_limit: "3"
    keep: ["svc-*"]
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
    name: {description: Name of the account., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    deferred: {description: What waits for a later run because the budget of edits is used up., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: int, returned: when the server gave one}
  sample: [{name: zoe, action: update, changed: true, failed: false, fields: [groups, quota]}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.ocs.user import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
