#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_greylisting_whitelist
short_description: Manage senders that pass greylisting of iRedMail
version_added: 0.1.0
description:
  - Manages the senders that need not try again, for everybody, for a domain or for an account.
  - On the global list stand also the senders that a job of the server finds by the SPF records of some domains, see
    M(workplace.onboarding.iredmail_greylisting_spf_domains). They are neither compared nor removed, unless they are named.
  - The domain must be hosted here. Whether an account exists is not asked.
  - Needs release SQL 2.7 or LDAP 2.9.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.iredmail
  - workplace.onboarding.bulk
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.iredmail
options:
  account:
    description: V(global) for everybody, a domain, or the address of an account.
    type: str
  state:
    description: With V(absent) the whole list is emptied, and O(senders) cannot be given.
    type: str
    choices: [present, absent]
    default: present
  senders_mode:
    description: Whether the listed O(senders) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  <<: &fields
    senders:
      description:
        - Each is an IP address, a network such as V(192.0.2.0/24), an address, V(@example.com) for a domain, or V(@.example.com) for it and all its subdomains.
      type: list
      elements: str
    force:
      description:
        - Whether the global list may lose senders that are not named although the server does not show which of them its own job wrote. They
          come back with its next run, so that such a task has something to change each time.
      type: bool
  greylisting_whitelists:
    description: The lists to manage in one call.
    type: list
    elements: dict
    suboptions:
      account:
        description: V(global) for everybody, a domain, or the address of an account.
        type: str
        required: true
      state:
        description: With V(absent) the whole list is emptied. Default is the value beside the list.
        type: str
        choices: [present, absent]
      senders_mode:
        description: Whether the listed O(senders) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.iredmail_greylisting
  - module: workplace.onboarding.iredmail_policy_info
"""

EXAMPLES = r"""
- name: A partner's servers need not try again
  workplace.onboarding.iredmail_greylisting_whitelist:
    account: global
    senders:
      - 192.0.2.0/24
      - "2001:db8::/32"
      - "@.example.com"

- name: Exactly these senders for a domain, and none for an account
  workplace.onboarding.iredmail_greylisting_whitelist:
    greylisting_whitelists:
      - account: example.org
        senders: [alerts@example.net]
        senders_mode: set
      - account: coral@example.org
        state: absent
"""

RETURN = r"""
greylisting_whitelists:
  description:
    - The lists that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them, and
      always the one of the single form. In the order of the input. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Account of the list., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: str, returned: when the server gave one}
  sample: [{name: global, action: update, changed: true, failed: false, fields: [senders]}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.greylisting_whitelist import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
