#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ocs_user_action
short_description: Send the welcome mail to accounts of a Nextcloud, or wipe their devices
version_added: 0.1.0
description:
  - O(action=welcome) sends the welcome mail again. O(action=wipe) ends all sessions and app passwords of an account and asks its devices to
    delete their files. It is the only call that ends app passwords; a new password does not.
  - Neither leaves a state that could be compared, so each run is a change.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.ocs
  - workplace.onboarding.attributes.operation
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.ocs
options:
  userid:
    description: Login of the account.
    type: str
    aliases: [name]
  users:
    description: Logins of several accounts.
    type: list
    elements: str
  action:
    description: What to do.
    type: str
    choices: [welcome, wipe]
    required: true
  on_error:
    description: Whether the other accounts are attempted after one has failed.
    type: str
    choices: [continue, stop]
    default: continue
"""

EXAMPLES = r"""
- name: Invite again who has not chosen a password yet
  workplace.onboarding.ocs_user_action:
    users: [zoe, gus]
    action: welcome

- name: A laptop was stolen
  workplace.onboarding.ocs_user_action:
    userid: coral
    action: wipe
"""

RETURN = r"""
users:
  description: The accounts in the order of the input.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Login of the account., type: str, returned: always}
    action: {description: What was done., type: str, returned: always}
    changed: {description: Whether it was done (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether it failed., type: bool, returned: always}
    msg: {description: Why it failed., type: str, returned: when it failed}
  sample: [{name: zoe, action: welcome, changed: true, failed: false}]
summary:
  description: Counts of the accounts.
  returned: when the server could be asked
  type: dict
  sample: {total: 2, done: 2, failed: 0}
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
from ansible_collections.workplace.onboarding.plugins.module_utils.ocs.user_action import ACTION


def main() -> None:
    run(ACTION)


if __name__ == "__main__":
    main()
