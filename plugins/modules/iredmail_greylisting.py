#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_greylisting
short_description: Manage greylisting of iRedMail
version_added: 0.1.0
description:
  - Switches greylisting on or off for everybody, for a domain or for an account, or leaves it to the next level. The setting of an account goes
    before that of its domain, which goes before the global one.
  - The domain must be hosted here. Whether an account exists is not asked.
  - Needs release SQL 2.7 or LDAP 2.9.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.iredmail
  - workplace.onboarding.bulk
  - workplace.onboarding.bulk.prune
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.iredmail
notes:
  - The O(prune_scope) of settings is V(all), or a map with C(domain) for those of a domain and of its accounts.
options:
  account:
    description: V(global) for everybody, a domain, or the address of an account.
    type: str
  state:
    description: Whether greylisting is on or off for the account. V(absent) leaves it to the next level.
    type: str
    choices: [enabled, disabled, absent]
    default: enabled
  greylisting_settings:
    description: The settings to manage in one call.
    type: list
    elements: dict
    suboptions:
      account:
        description: V(global) for everybody, a domain, or the address of an account.
        type: str
        required: true
      state:
        description: Whether greylisting is on or off for the account. Default is the value beside the list.
        type: str
        choices: [enabled, disabled, absent]
seealso:
  - module: workplace.onboarding.iredmail_greylisting_whitelist
  - module: workplace.onboarding.iredmail_greylisting_spf_domains
  - module: workplace.onboarding.iredmail_policy_info
"""

EXAMPLES = r"""
- name: Greylisting for all
  workplace.onboarding.iredmail_greylisting:
    account: global
    state: enabled

- name: But not for the help desk, and for this domain as for all
  workplace.onboarding.iredmail_greylisting:
    greylisting_settings:
      - {account: helpdesk@example.org, state: disabled}
      - {account: example.net, state: absent}
"""

RETURN = r"""
greylisting_settings:
  description:
    - The settings that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them, and
      always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Account of the setting., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: str, returned: when the server gave one}
  sample: [{name: global, action: create, changed: true, failed: false}]
summary:
  description: Counts of the settings by what became of them.
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.greylisting import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
