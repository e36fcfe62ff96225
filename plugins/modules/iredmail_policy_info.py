#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_policy_info
short_description: Read mail policies of iRedMail
version_added: 0.1.0
description:
  - Reads all that is set for everybody, for domains and for accounts, each kind as the module accepts it that writes it. Giving it back changes
    nothing.
  - Spam policies, greylisting and its lists take a request for each account, throttles two, whitelists and blacklists four.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.iredmail
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.iredmail
options:
  accounts:
    description: V(global) for everybody, domains, and addresses of accounts.
    type: list
    elements: str
    required: true
  gather:
    description: Which kinds of policies to read. A server that is too old for one of them fails with its name.
    type: list
    elements: str
    choices: [spam_policies, throttles, greylisting_settings, greylisting_whitelists, wblists]
    default: [spam_policies, throttles, greylisting_settings, greylisting_whitelists, wblists]
seealso:
  - module: workplace.onboarding.iredmail_spam_policy
  - module: workplace.onboarding.iredmail_throttle
  - module: workplace.onboarding.iredmail_greylisting
  - module: workplace.onboarding.iredmail_greylisting_whitelist
  - module: workplace.onboarding.iredmail_wblist
"""

EXAMPLES = r"""
- name: Read what is set for everybody and for a domain
  workplace.onboarding.iredmail_policy_info:
    accounts: [global, example.org]
  register: policies

- name: Read only who is limited
  workplace.onboarding.iredmail_policy_info:
    accounts: [coral@example.org, gus@example.org]
    gather: [throttles]
"""

RETURN = r"""
spam_policies:
  description: Spam policies of O(accounts), each with the options of M(workplace.onboarding.iredmail_spam_policy). What is not set is left out.
  returned: when O(gather) names it
  type: list
  elements: dict
  sample: [{account: example.org, bypass_spam_checks: false, quarantine_spam: true, spam_score: "4.5"}]
throttles:
  description: Throttles of O(accounts), each with the options of M(workplace.onboarding.iredmail_throttle). What is not set is left out.
  returned: when O(gather) names it
  type: list
  elements: dict
  sample: [{account: global, direction: outbound, period: 3600, max_message_size: -1, max_messages: 200, max_total_size: -1}]
greylisting_settings:
  description: Greylisting settings of O(accounts), each with the options of M(workplace.onboarding.iredmail_greylisting). What is not set is left out.
  returned: when O(gather) names it
  type: list
  elements: dict
  sample: [{account: global, state: enabled}]
greylisting_whitelists:
  description: Lists of senders that pass greylisting of O(accounts), each with the options of M(workplace.onboarding.iredmail_greylisting_whitelist). What is not set is left out, and so is what a job of the server added to a global list.
  returned: when O(gather) names it
  type: list
  elements: dict
  sample: [{account: global, senders: [192.0.2.0/24]}]
wblists:
  description: Whitelists and blacklists of O(accounts), each with the options of M(workplace.onboarding.iredmail_wblist). What is not set is left out.
  returned: when O(gather) names it
  type: list
  elements: dict
  sample: [{account: example.org, direction: inbound, list: whitelist, addresses: ["@example.com"]}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.policy_info import INFO


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
