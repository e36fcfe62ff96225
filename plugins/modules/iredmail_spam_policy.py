#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_spam_policy
short_description: Manage spam policies of iRedMail
version_added: 0.1.0
description:
  - Sets what is done with spam, viruses, forbidden attachments and broken headers, for everybody, for a domain or for an account; or
    removes the policy, so that the next level applies. That of an account goes before that of its domain, which goes before the global one.
  - The server takes a policy as a whole. What is not given keeps its value, and in a new policy it has the default of the server, which is
    named with each option.
  - The domain must be hosted here. Whether an account exists is not asked.
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
    description: Whether the account must have a policy of its own.
    type: str
    choices: [present, absent]
    default: present
  banned_rules_mode:
    description: Whether the listed O(banned_rules) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  <<: &fields
    bypass_spam_checks:
      description: Whether mail is not checked for spam. In a new policy it is.
      type: bool
    bypass_virus_checks:
      description: Whether mail is not checked for viruses. In a new policy it is.
      type: bool
    bypass_banned_checks:
      description: Whether mail is not checked for forbidden attachments. In a new policy it is.
      type: bool
    bypass_header_checks:
      description: Whether mail is not checked for broken headers. In a new policy it is.
      type: bool
    quarantine_spam:
      description: Whether spam is quarantined. In a new policy it is not.
      type: bool
    quarantine_virus:
      description: Whether mail with a virus is quarantined. In a new policy it is.
      type: bool
    quarantine_banned:
      description: Whether mail with a forbidden attachment is quarantined. In a new policy it is not.
      type: bool
    quarantine_bad_header:
      description: Whether mail with a broken header is quarantined. In a new policy it is not.
      type: bool
    prefix_spam_in_subject:
      description: Whether the subject of spam is marked. In a new policy it is not.
      type: bool
    always_insert_x_spam_headers:
      description: Whether all mail shows its score in its headers. In a new policy it does not.
      type: bool
    spam_score:
      description:
        - Score from which mail is spam, such as V(4.5). An empty text returns to that of the system, and removes the policy for a moment,
          since nothing else clears a number.
      type: str
    banned_rules:
      description: Names of rules for forbidden attachments, as the configuration of the content filter spells them. Needs release SQL 4.9 or LDAP 5.0.
      type: list
      elements: str
  spam_policies:
    description: The policies to manage in one call.
    type: list
    elements: dict
    suboptions:
      account:
        description: V(global) for everybody, a domain, or the address of an account.
        type: str
        required: true
      state:
        description: Whether the account must have a policy of its own. Default is the value beside the list.
        type: str
        choices: [present, absent]
      banned_rules_mode:
        description: Whether the listed O(banned_rules) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.iredmail_policy_info
  - module: workplace.onboarding.iredmail_wblist
"""

EXAMPLES = r"""
- name: A school keeps spam away from its pupils
  workplace.onboarding.iredmail_spam_policy:
    account: example.org
    quarantine_spam: true
    spam_score: 4.5

- name: The mailbox that collects samples takes everything
  workplace.onboarding.iredmail_spam_policy:
    account: samples@example.org
    bypass_spam_checks: true
    always_insert_x_spam_headers: true

- name: Several policies in one call
  workplace.onboarding.iredmail_spam_policy:
    spam_policies:
      - account: global
        prefix_spam_in_subject: true
      - account: coral@example.org
        state: absent
"""

RETURN = r"""
spam_policies:
  description:
    - The policies that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them, and
      always the one of the single form. In the order of the input. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Account of the policy., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: str, returned: when the server gave one}
  sample: [{name: example.org, action: create, changed: true, failed: false}]
summary:
  description: Counts of the policies by what became of them.
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.spam_policy import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
