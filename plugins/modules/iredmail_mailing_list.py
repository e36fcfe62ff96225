#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_mailing_list
short_description: Manage the mailing lists of an iRedMail server
version_added: 0.1.0
description:
  - Creates, updates, disables and deletes one mailing list that people subscribe to, or all of a list in one call. Who is subscribed is managed by
    M(workplace.onboarding.iredmail_mailing_list_subscribers).
  - Only options that are given are managed. An empty text or list clears. After writing, every mailing list is read again and compared. What the server
    accepted and did not store fails the task by name. A new list has the defaults of the server.
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
  - Mailing lists need mlmmjadmin on the server, and iRedAdmin-Pro SQL 2.9 or LDAP 3.1 or later.
options:
  address:
    description: Address of the list. It cannot be renamed.
    type: str
  state:
    description: Whether the mailing list must exist.
    type: str
    choices: [present, absent]
    default: present
  subscription_moderators_mode:
    description: Whether the listed O(subscription_moderators) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  extra_addresses_mode:
    description: Whether the listed O(extra_addresses) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  owners_mode:
    description: Whether the listed O(owners) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  moderators_mode:
    description: Whether the listed O(moderators) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  custom_headers_mode:
    description: Whether the listed O(custom_headers) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  remove_headers_mode:
    description: Whether the listed O(remove_headers) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  <<: &fields
    name:
      description: Name that others see. The LDAP edition does not clear it.
      type: str
    enabled:
      description: Whether the list is active. Left alone when not given, so V(present) never re-enables a disabled list.
      type: bool
    access_policy:
      description:
        - Who may write to it. V(public) is everybody, V(domain) the domain, V(subdomain) the domain and those below it, V(membersonly) the members,
          V(moderatorsonly) the moderators.
      type: str
      choices: [public, domain, subdomain, membersonly, moderatorsonly]
    is_newsletter:
      description: Whether people can subscribe on a web page.
      type: bool
    newsletter_description:
      description: What that page says about the list.
      type: str
    close_list:
      description: Whether nobody can subscribe or unsubscribe by mail.
      type: bool
    only_moderator_can_post:
      description:
        - Whether only moderators may write. V(true) also sets O(access_policy) to V(moderatorsonly), and the server then moderates the list and lets others
          than subscribers write to the moderators. Prefer O(access_policy).
      type: bool
    only_subscriber_can_post:
      description: Whether only subscribers may write. V(true) also sets O(access_policy) to V(membersonly), unless it is so already. Prefer O(access_policy).
      type: bool
    disable_subscription:
      description: Whether nobody can subscribe; unsubscribing still works.
      type: bool
    disable_subscription_confirm:
      description: Whether a subscription needs no confirmation.
      type: bool
    disable_digest_subscription:
      description: Whether nobody can subscribe to digests.
      type: bool
    disable_digest_text:
      description: Whether digests have no text part.
      type: bool
    disable_nomail_subscription:
      description: Whether nobody can subscribe without receiving mail.
      type: bool
    moderated:
      description: Whether messages wait for a moderator, or an owner where there is none.
      type: bool
    moderate_non_subscriber_post:
      description: Whether messages of others than subscribers wait for a moderator, instead of being refused.
      type: bool
    disable_retrieving_old_posts:
      description: Whether old messages cannot be asked for.
      type: bool
    only_subscriber_can_get_old_posts:
      description: Whether only subscribers can ask for old messages.
      type: bool
    disable_retrieving_subscribers:
      description: Whether owners cannot ask for the list of subscribers by mail.
      type: bool
    disable_send_copy_to_sender:
      description: Whether who writes gets no copy of the own message.
      type: bool
    notify_owner_when_sub_unsub:
      description: Whether owners are told of subscriptions and their end.
      type: bool
    notify_sender_when_moderated:
      description: Whether who writes is told that the message waits for a moderator.
      type: bool
    disable_archive:
      description: Whether messages are not archived.
      type: bool
    moderate_subscription:
      description: Whether subscriptions wait for a moderator. V(false) also removes O(subscription_moderators).
      type: bool
    subscription_moderators:
      description: Addresses that decide on subscriptions. Naming any switches O(moderate_subscription) on; without any the owners decide.
      type: list
      elements: str
    extra_addresses:
      description: Further addresses of the list.
      type: list
      elements: str
    owners:
      description: Addresses of the owners, at least one. A new list has the postmaster of its domain.
      type: list
      elements: str
    moderators:
      description: Addresses of the moderators. A new list has the postmaster of its domain.
      type: list
      elements: str
    max_message_size:
      description: Largest message in bytes. V(0) is no limit.
      type: int
    subject_prefix:
      description: Text before each subject, V([news]), for example.
      type: str
    custom_headers:
      description:
        - Headers that are added to each message, as V(Name: value). Those that the server adds by itself are left alone.
      type: list
      elements: str
    remove_headers:
      description: Names of headers that are removed from each message. Those that the server removes by itself are left alone.
      type: list
      elements: str
    footer_text:
      description: Text below each message.
      type: str
    footer_html:
      description: The same for messages in HTML.
      type: str
    keep_archive:
      description: Whether the archive of a deleted list is kept, as it is by default. Beside the list it also holds for what is pruned.
      type: bool
  mailing_lists:
    description: The mailing lists to manage in one call. Up to five of a domain are read one by one, more by the listing of the server.
    type: list
    elements: dict
    suboptions:
      address:
        description: Address of the list. It cannot be renamed.
        type: str
        required: true
      state:
        description: Whether the mailing list must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      subscription_moderators_mode:
        description: Whether the listed O(subscription_moderators) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      extra_addresses_mode:
        description: Whether the listed O(extra_addresses) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      owners_mode:
        description: Whether the listed O(owners) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      moderators_mode:
        description: Whether the listed O(moderators) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      custom_headers_mode:
        description: Whether the listed O(custom_headers) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      remove_headers_mode:
        description: Whether the listed O(remove_headers) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.iredmail_mailing_list_subscribers
  - module: workplace.onboarding.iredmail_mailing_list_info
  - module: workplace.onboarding.iredmail_alias
"""

EXAMPLES = r"""
- name: News that only the office writes
  workplace.onboarding.iredmail_mailing_list:
    address: news@example.org
    name: News of the council
    access_policy: moderatorsonly
    owners: [coral@example.org]
    moderators: [coral@example.org, gus@example.org]
    subject_prefix: "[news]"

- name: A footer, and nothing above a megabyte
  workplace.onboarding.iredmail_mailing_list:
    address: news@example.org
    footer_text: "News of the council, https://www.example.org"
    max_message_size: 1048576

- name: Several lists in one call
  workplace.onboarding.iredmail_mailing_list:
    mailing_lists:
      - address: teachers@example.org
        access_policy: membersonly
      - address: old.news@example.org
        state: absent
        keep_archive: false
"""

RETURN = r"""
mailing_lists:
  description:
    - The mailing lists that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them,
      and always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Address of the mailing list., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The words of the server for why., type: str, returned: when the server gave one}
  sample: [{name: news@example.org, action: create, changed: true, failed: false}]
summary:
  description: Counts of the mailing lists by what became of them.
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.mailing_list import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
