#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_throttle
short_description: Manage throttles of iRedMail
version_added: 0.1.0
description:
  - Limits how much mail everybody, a domain or an account may send or receive in a period. The limits of an account go before those of
    its domain, which go before the global ones.
  - A positive limit counts. V(0) is no limit, whatever the next level says, and V(-1) leaves it to the next level, which is also what a limit
    is that is not given for a new throttle.
  - The domain must be hosted here. Whether an account exists is not asked.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.iredmail
  - workplace.onboarding.bulk
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.iredmail
notes:
  - No call deletes a throttle. One that must be absent is overwritten with zeros, and such a row counts as absent.
options:
  account:
    description: V(global) for everybody, a domain, or the address of an account.
    type: str
  direction:
    description: Whether it limits what the account receives or what it sends.
    type: str
    choices: [inbound, outbound]
  state:
    description: Whether the account must have a throttle of its own in this direction.
    type: str
    choices: [present, absent]
    default: present
  <<: &fields
    period:
      description: Seconds for which the mails and their size are added up. A new throttle needs it.
      type: int
    max_message_size:
      description: Size of one mail, in bytes.
      type: int
    max_messages:
      description: Number of mails in a period.
      type: int
    max_total_size:
      description: Size of all mails in a period, in bytes.
      type: int
  throttles:
    description: The throttles to manage in one call.
    type: list
    elements: dict
    suboptions:
      account:
        description: V(global) for everybody, a domain, or the address of an account.
        type: str
        required: true
      direction:
        description: Whether it limits what the account receives or what it sends.
        type: str
        choices: [inbound, outbound]
        required: true
      state:
        description: Whether the account must have a throttle of its own in this direction. Default is the value beside the list.
        type: str
        choices: [present, absent]
      <<: *fields
seealso:
  - module: workplace.onboarding.iredmail_policy_info
"""

EXAMPLES = r"""
- name: Nobody sends more than 200 mails an hour
  workplace.onboarding.iredmail_throttle:
    account: global
    direction: outbound
    period: 3600
    max_messages: 200

- name: The newsletter may, and no longer has a limit for what it receives
  workplace.onboarding.iredmail_throttle:
    throttles:
      - account: news@example.org
        direction: outbound
        period: 3600
        max_messages: 0
        max_message_size: 10485760
      - account: news@example.org
        direction: inbound
        state: absent
"""

RETURN = r"""
throttles:
  description:
    - The throttles that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them, and
      always the one of the single form. In the order of the input. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Account and direction of the throttle., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: str, returned: when the server gave one}
  sample: [{name: global/outbound, action: create, changed: true, failed: false}]
summary:
  description: Counts of the throttles by what became of them.
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.throttle import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
