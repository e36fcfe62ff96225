#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_mailing_list_subscribers
short_description: Manage the subscribers of mailing lists of iRedMail
version_added: 0.1.0
description:
  - Manages who receives a mailing list that people can subscribe to, and in which way. The list must exist.
  - Needs release SQL 3.2 or LDAP 3.4.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.iredmail
  - workplace.onboarding.bulk
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.iredmail
options:
  address:
    description: Address of the list.
    type: str
  state:
    description: Lists are managed with M(workplace.onboarding.iredmail_mailing_list); here each must exist.
    type: str
    choices: [present]
    default: present
  subscribers_mode:
    description: Whether the listed O(subscribers) are added, removed (in whichever way they are subscribed), or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  <<: &fields
    subscribers:
      description: Addresses, in any domain.
      type: list
      elements: str
    subscription:
      description:
        - V(normal) receives each mail, V(digest) a summary from time to time, V(nomail) nothing.
        - Where it is given, the listed O(subscribers) who are subscribed in another way are moved. Where it is not, they are left as they are, and
          new ones become V(normal).
      type: str
      choices: [normal, digest, nomail]
    require_confirm:
      description:
        - Whether new subscribers are asked by mail, and are subscribed only when they answer. Until then they count as missing, so
          each run sends such a mail again, reports a change, and names O(subscribers) as C(unverified). By default they are subscribed at once.
      type: bool
  mailing_lists:
    description: The lists to manage in one call.
    type: list
    elements: dict
    suboptions:
      address:
        description: Address of the list.
        type: str
        required: true
      state:
        description: Lists are managed with M(workplace.onboarding.iredmail_mailing_list); here each must exist.
        type: str
        choices: [present]
      subscribers_mode:
        description:
          - Whether the listed O(subscribers) are added, removed (in whichever way they are subscribed), or become exactly the list. Default
            is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.iredmail_mailing_list
"""

EXAMPLES = r"""
- name: The new colleague receives the news
  workplace.onboarding.iredmail_mailing_list_subscribers:
    address: news@example.org
    subscribers: [coral@example.org]

- name: The board receives a summary, and nobody else does
  workplace.onboarding.iredmail_mailing_list_subscribers:
    address: minutes@example.org
    subscribers: [hazel@example.com, basil@example.net]
    subscribers_mode: set
    subscription: digest

- name: Gus has left
  workplace.onboarding.iredmail_mailing_list_subscribers:
    subscribers_mode: remove
    mailing_lists:
      - address: news@example.org
        subscribers: [gus@example.org]
      - address: minutes@example.org
        subscribers: [gus@example.org]
"""

RETURN = r"""
mailing_lists:
  description:
    - The lists that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them, and
      always the one of the single form. In the order of the input. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Address of the list., type: str, returned: always}
    action: {description: 'What it needed: V(update) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: str, returned: when the server gave one}
  sample: [{name: news@example.org, action: update, changed: true, failed: false, fields: [subscribers]}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.mailing_list_subscribers import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
