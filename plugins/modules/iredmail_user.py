#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_user
short_description: Manage the mail users of an iRedMail server
version_added: 0.1.0
description:
  - Creates, renames, updates, disables and deletes one mail user, or all users of a list in one call.
  - Only options that are given are managed. An empty text or list clears. After writing, every user is read again and compared. What the server accepted and
    did not store fails the task by name.
  - A list is compared with one listing of each domain. Only users of whom a managed option is missing there are read one by one as well. That is
    O(forwarding), O(keep_local_copy), O(aliases) and the BCC options in the SQL edition, and O(language), O(transport), O(given_name), O(surname), the
    telephone numbers, the BCC options, and where and how the mailbox is stored in the LDAP edition.
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
  - The account that the task works with is never disabled, deleted, renamed or stripped of its rights.
options:
  email:
    description: Address of the user. The server has no way to addresses with V(+) and other signs that are rare before the V(@), so they are refused.
    type: str
  state:
    description: Whether the user must exist.
    type: str
    choices: [present, absent]
    default: present
  update_password:
    description:
      - When the password is sent. V(on_create) only with a new user, V(always) each time, V(when_changed) when the server says that it is not the password
        yet, which takes one request a user and a global administrator.
      - The SQL edition cannot tell for a disabled user. What cannot be told is left alone, and a warning says so. Of O(password_hash) it can only be told
        where the panel was set up to show hashes.
    type: str
    choices: [on_create, when_changed, always]
    default: on_create
  forwarding_mode:
    description: Whether the listed O(forwarding) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  aliases_mode:
    description: Whether the listed O(aliases) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  services_mode:
    description:
      - Whether the listed O(services) are added, removed, or become exactly the list. As the LDAP edition keeps services of its own there, V(set) is refused
        if it would remove any, unless O(force_services) is given.
    type: str
    choices: [add, set, remove]
    default: add
  telephone_numbers_mode:
    description: Whether the listed O(telephone_numbers) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  mobiles_mode:
    description: Whether the listed O(mobiles) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  <<: &fields
    password:
      description:
        - Password. ASCII characters only, and as the policy of the server wants it. Write it into a vault or an environment, never literally into a playbook.
      type: str
    password_hash:
      description:
        - Hash of the password with its scheme in front, V({SSHA512}...), for example, and V({CRYPT}$2y$...) for bcrypt. It is not held to the policy. Cannot
          be combined with O(password).
      type: str
    name:
      description: Name that others see. The LDAP edition does not clear it.
      type: str
    given_name:
      description: Given name, in the LDAP edition.
      type: str
    surname:
      description: Family name, in the LDAP edition.
      type: str
    quota_mb:
      description: Size of the mailbox in MB. V(0) is no limit. A new user for whom none is given has the default of the domain.
      type: int
    enabled:
      description: Whether the account is active. Left alone when not given, so V(present) never re-enables a disabled user.
      type: bool
    language:
      description: Language of the panel as the server spells it, V(fr_FR), for example.
      type: str
    employee_id:
      description: Number of the person in other systems.
      type: str
    transport:
      description: How mail of the user is delivered. Empty for that of the domain.
      type: str
    global_admin:
      description: Whether the user may administer the whole server.
      type: bool
    forwarding:
      description:
        - Addresses to which mail is forwarded. As V(set) the list is exact and without the own address no copy is kept here, unless O(keep_local_copy) says
          so.
      type: list
      elements: str
    keep_local_copy:
      description: Whether forwarded mail is kept here as well. It is the same as the own address in O(forwarding).
      type: bool
    sender_bcc:
      description: Address that gets a copy of all mail that the user sends. The SQL edition may not show it; see O(unreadable_fields).
      type: str
    recipient_bcc:
      description: Address that gets a copy of all mail that the user receives. The SQL edition may not show it; see O(unreadable_fields).
      type: str
    aliases:
      description:
        - Further addresses of the user, in the domain of the user unless the server allows others. The SQL edition may not show it; see O(unreadable_fields).
      type: list
      elements: str
    services:
      description:
        - Services that the user may use. V(smtp), V(smtpsecured), V(smtptls), V(pop3), V(pop3secured), V(pop3tls), V(imap), V(imapsecured), V(imaptls),
          V(managesieve), V(managesievesecured), V(managesievetls), V(deliver) and V(sogo); the LDAP edition takes others too. Those that the server needs
          inside are never removed.
      type: list
      elements: str
    mailbox_format:
      description: How the mailbox is stored. The LDAP edition does not show it.
      type: str
      choices: [maildir, mdbox, sdbox]
    mailbox_folder:
      description: Folder within the mailbox, up to 20 letters and digits whose case counts. The LDAP edition does not show it.
      type: str
    maildir:
      description: Path of the mailbox. The server stores it in lower case. Without it the server chooses one.
      type: str
    telephone_numbers:
      description: Telephone numbers, in the LDAP edition.
      type: list
      elements: str
    mobiles:
      description: Mobile numbers, in the LDAP edition.
      type: list
      elements: str
    keep_mailbox_days:
      description:
        - Days after which the mailbox of a deleted user is deleted from the disk; without it, and with V(0), it stays. Beside the list it also holds for what
          is pruned.
      type: int
    force_services:
      description:
        - Whether O(services_mode=set) may remove services in the LDAP edition, among them perhaps such as the server needs and this module does not know.
      type: bool
    rename_from:
      description:
        - Address that the user has now, in the same domain. Mailbox, memberships and forwardings stay. Nothing happens if the user has the new address
          already.
      type: str
  users:
    description: The users to manage in one call. Up to five of a domain are read one by one, more by the listing of the server.
    type: list
    elements: dict
    suboptions:
      email:
        description: Address of the user. The server has no way to addresses with V(+) and other signs that are rare before the V(@), so they are refused.
        type: str
        required: true
      state:
        description: Whether the user must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      update_password:
        description: When the password is sent. Default is the value beside the list.
        type: str
        choices: [on_create, when_changed, always]
      forwarding_mode:
        description: Whether the listed O(forwarding) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      aliases_mode:
        description: Whether the listed O(aliases) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      services_mode:
        description: Whether the listed O(services) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      telephone_numbers_mode:
        description: Whether the listed O(telephone_numbers) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      mobiles_mode:
        description: Whether the listed O(mobiles) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.iredmail_user_info
  - module: workplace.onboarding.iredmail_domain
  - module: workplace.onboarding.iredmail_alias
"""

EXAMPLES = r"""
- name: A mailbox for Coral
  workplace.onboarding.iredmail_user:
    email: coral.fable@example.org
    password: "{{ initial_passwords['coral'] }}"
    name: Coral Fable
    quota_mb: 5120
    aliases: [c.fable@example.org]

- name: Give Basil another name
  workplace.onboarding.iredmail_user:
    email: basil.parable@example.org
    rename_from: basil@example.org
    name: Basil Parable

- name: Forward mail while somebody is away, and keep a copy
  workplace.onboarding.iredmail_user:
    email: gus@example.org
    forwarding: [coral@example.org]
    keep_local_copy: true

- name: No more POP3
  workplace.onboarding.iredmail_user:
    email: gus@example.org
    services: [pop3, pop3secured, pop3tls]
    services_mode: remove

- name: Many users in one call; who has left keeps the mail on the disk for 90 days
  workplace.onboarding.iredmail_user:
    users:
      - email: coral@example.org
        name: Coral
        employee_id: E042
      - email: gus@example.org
        enabled: false
      - email: former.colleague@example.org
        state: absent
    keep_mailbox_days: 90

- name: Delete the users of a domain that the list does not name, three at most
  workplace.onboarding.iredmail_user:
    users:
      - email: coral@example.org
      - email: gus@example.org
    prune: true
    prune_scope: {domain: example.org}
    prune_limit: "3"
    keep: ["postmaster@*", "*.fable@*"]
"""

RETURN = r"""
users:
  description:
    - The users that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them,
      and always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Address of the user., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The words of the server for why., type: str, returned: when the server gave one}
  sample: [{name: zoe@example.org, action: update, changed: true, failed: false, fields: [forwarding, quota_mb]}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.user import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
