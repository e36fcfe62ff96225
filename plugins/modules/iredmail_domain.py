#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_domain
short_description: Manage the mail domains of an iRedMail server
version_added: 0.1.0
description:
  - Creates, updates, disables and deletes one domain, or all domains of a list in one call. Deleting a domain deletes all accounts in it; see
    O(keep_mailbox_days).
  - Only options that are given are managed. An empty text or list clears. After writing, every domain is read again and compared. What the server accepted
    and did not store fails the task by name.
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
  - The O(prune_scope) of domains is V(all). Pruning a domain deletes all its accounts.
  - The domain of the account that the task works with is never disabled or deleted.
options:
  domain:
    description: Name of the domain; an international one in its ASCII form.
    type: str
  state:
    description: Whether the domain must exist.
    type: str
    choices: [present, absent]
    default: present
  catchall_mode:
    description: Whether the listed O(catchall) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  alias_domains_mode:
    description: Whether the listed O(alias_domains) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  services_mode:
    description: Whether the listed O(services) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  disabled_domain_profiles_mode:
    description: Whether the listed O(disabled_domain_profiles) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  disabled_user_profiles_mode:
    description: Whether the listed O(disabled_user_profiles) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  disabled_user_preferences_mode:
    description: Whether the listed O(disabled_user_preferences) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  <<: &fields
    name:
      description: Name of the organisation, or a short description.
      type: str
    enabled:
      description: Whether the domain is active. Left alone when not given, so V(present) never re-enables a disabled domain.
      type: bool
    quota_mb:
      description: Space that all mailboxes of the domain may be given together, in MB. V(0) is no limit.
      type: int
    language:
      description: Language of new users as the server spells it, V(fr_FR), for example.
      type: str
    transport:
      description:
        - How mail of the domain is delivered, V(lmtp:unix:private/dovecot-lmtp), for example. An empty text means the default of the server, which is taken
          to be V(dovecot); where it is another one, name it. Cannot be combined with O(backup_mx=true).
      type: str
    default_user_quota_mb:
      description: Quota of new users, in MB.
      type: int
    max_user_quota_mb:
      description: The most that one user may have, in MB. V(0) is no limit.
      type: int
    max_users:
      description: How many users the domain may have. V(0) is no limit, V(-1) is none at all.
      type: int
    max_aliases:
      description: How many alias accounts the domain may have. V(0) is no limit, V(-1) is none at all.
      type: int
    max_lists:
      description: How many mailing lists the domain may have, in the LDAP edition. It can only be chosen when the domain is created.
      type: int
    min_password_length:
      description: Least number of characters in a password. V(0) leaves it to the server.
      type: int
    max_password_length:
      description: Most characters in a password. V(0) leaves it to the server.
      type: int
    sender_bcc:
      description: Address that gets a copy of all mail that users of the domain send. The SQL edition may not show it; see O(unreadable_fields).
      type: str
    recipient_bcc:
      description: Address that gets a copy of all mail that users of the domain receive. The SQL edition may not show it; see O(unreadable_fields).
      type: str
    backup_mx:
      description: Whether the server only passes mail of the domain on to its primary mail server.
      type: bool
    primary_mx:
      description:
        - The primary mail server, as a host or an address, with V(:port) where it is not 25. A name in brackets is not looked up as a mail exchanger. Empty
          for what the DNS says. Needs a domain that is a backup MX.
      type: str
    catchall:
      description: Addresses that get the mail for unknown addresses of the domain.
      type: list
      elements: str
    outbound_relay:
      description:
        - Where mail of users of the domain is sent through, as V(smtp:[relay.example.org]:587). The SQL edition may not show it; see O(unreadable_fields).
      type: str
    alias_domains:
      description: Other names of the domain. They must not be domains of their own here. The SQL edition may not show it; see O(unreadable_fields).
      type: list
      elements: str
    services:
      description:
        - Services of the domain. V(self-service), and in the LDAP edition V(mail) (without which nothing is delivered), V(domainalias), V(senderbcc) and
          V(recipientbcc).
      type: list
      elements: str
    disabled_domain_profiles:
      description:
        - What administrators of the domain do not see of it in the panel. V(bcc), V(relay), V(catchall), V(aliases), V(throttle), V(greylisting), V(wblist),
          V(spampolicy), V(backupmx), V(password_policies) or V(advanced).
      type: list
      elements: str
    disabled_user_profiles:
      description:
        - What administrators of the domain do not see of its users in the panel. V(bcc), V(forwarding), V(relay), V(aliases), V(throttle), V(greylisting),
          V(wblist) or V(spampolicy).
      type: list
      elements: str
    disabled_user_preferences:
      description:
        - What users of the domain cannot change themselves. V(personal_info), V(forwarding), V(wblist), V(quarantine), V(rcvd_mails) or V(spampolicy).
      type: list
      elements: str
    keep_mailbox_days:
      description:
        - Days after which the mailboxes of a deleted domain are deleted from the disk; without it, and with V(0), they stay. Beside the list it also holds
          for what is pruned.
      type: int
  domains:
    description: The domains to manage in one call. Up to five are read one by one, more by the listing of the server.
    type: list
    elements: dict
    suboptions:
      domain:
        description: Name of the domain; an international one in its ASCII form.
        type: str
        required: true
      state:
        description: Whether the domain must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      catchall_mode:
        description: Whether the listed O(catchall) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      alias_domains_mode:
        description: Whether the listed O(alias_domains) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      services_mode:
        description: Whether the listed O(services) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      disabled_domain_profiles_mode:
        description: Whether the listed O(disabled_domain_profiles) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      disabled_user_profiles_mode:
        description: Whether the listed O(disabled_user_profiles) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      disabled_user_preferences_mode:
        description: Whether the listed O(disabled_user_preferences) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.iredmail_domain_admins
  - module: workplace.onboarding.iredmail_domain_info
  - module: workplace.onboarding.iredmail_user
"""

EXAMPLES = r"""
- name: A domain with limits
  workplace.onboarding.iredmail_domain:
    domain: school.example
    name: Example School
    quota_mb: 102400
    default_user_quota_mb: 1024
    max_user_quota_mb: 10240
    max_users: 200
    language: fr_FR

- name: Catch all mail, and hide the tab for it from the administrators of the domain
  workplace.onboarding.iredmail_domain:
    domain: example.org
    catchall: [coral@example.org]
    disabled_domain_profiles: [catchall]
    disabled_domain_profiles_mode: add

- name: Be the backup of somebody else's mail server
  workplace.onboarding.iredmail_domain:
    domain: backup.example
    backup_mx: true
    primary_mx: "[mx.example.net]:25"

- name: Several domains in one call
  workplace.onboarding.iredmail_domain:
    domains:
      - domain: council.example
        alias_domains: [town.example]
      - domain: former.example
        state: absent
        keep_mailbox_days: 90
"""

RETURN = r"""
domains:
  description:
    - The domains that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them,
      and always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Name of the domain., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The words of the server for why., type: str, returned: when the server gave one}
  sample: [{name: example.org, action: update, changed: true, failed: false, fields: [quota_mb]}]
summary:
  description: Counts of the domains by what became of them.
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.domain import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
