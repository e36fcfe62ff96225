#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_wblist
short_description: Manage whitelists and blacklists of iRedMail
version_added: 0.1.0
description:
  - Manages whose mail is always or never accepted, or to whom it is always or never sent, for everybody, for a domain or for an account.
  - In one direction an address stands in one of the two lists of an account at most. What stands in the other list is refused,
    unless O(move) takes it from there.
  - The domain must be hosted here. Whether an account exists is not asked.
  - Needs release SQL 3.6 or LDAP 3.8.
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
  direction:
    description: V(inbound) is mail that the account receives, V(outbound) mail that it sends.
    type: str
    choices: [inbound, outbound]
  list:
    description: Which of the two lists.
    type: str
    choices: [whitelist, blacklist]
  state:
    description: With V(absent) the whole list is emptied, and O(addresses) cannot be given.
    type: str
    choices: [present, absent]
    default: present
  addresses_mode:
    description: Whether the listed O(addresses) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  <<: &fields
    addresses:
      description:
        - Each is an IP address, a network such as V(192.0.2.0/24), an address, V(@example.com) for a domain, or V(@.example.com) for it and all its subdomains. V(@.) is
          everybody.
      type: list
      elements: str
    move:
      description: Whether addresses that stand in the other list are removed there first.
      type: bool
  wblists:
    description: The lists to manage in one call.
    type: list
    elements: dict
    suboptions:
      account:
        description: V(global) for everybody, a domain, or the address of an account.
        type: str
        required: true
      direction:
        description: V(inbound) is mail that the account receives, V(outbound) mail that it sends.
        type: str
        choices: [inbound, outbound]
        required: true
      list:
        description: Which of the two lists.
        type: str
        choices: [whitelist, blacklist]
        required: true
      state:
        description: With V(absent) the whole list is emptied. Default is the value beside the list.
        type: str
        choices: [present, absent]
      addresses_mode:
        description: Whether the listed O(addresses) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.iredmail_spam_policy
  - module: workplace.onboarding.iredmail_policy_info
"""

EXAMPLES = r"""
- name: Always accept mail of a partner, who was blacklisted by mistake
  workplace.onboarding.iredmail_wblist:
    account: example.org
    direction: inbound
    list: whitelist
    addresses: ["@partner.example.com", 192.0.2.10]
    move: true

- name: Pupils write to nobody outside, and one of them receives nothing from a stalker
  workplace.onboarding.iredmail_wblist:
    wblists:
      - account: pupils.example.org
        direction: outbound
        list: blacklist
        addresses: ["@."]
      - account: coral@example.org
        direction: inbound
        list: blacklist
        addresses: [stalker@example.net]
      - account: coral@example.org
        direction: outbound
        list: whitelist
        state: absent
"""

RETURN = r"""
wblists:
  description:
    - The lists that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them, and
      always the one of the single form. In the order of the input. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Account, direction and colour of the list., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: str, returned: when the server gave one}
  sample: [{name: example.org/inbound/whitelist, action: update, changed: true, failed: false, fields: [addresses]}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.wblist import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
