#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_domain_admins
short_description: Manage the administrators of domains of iRedMail
version_added: 0.1.0
description:
  - Manages which accounts administer a domain. They must exist, as mail users or as administrators without a mailbox. Making
    a mail user an administrator of a domain also lets it log in to the panel.
  - The LDAP edition shows the administrators of a domain. The SQL edition does not, so each named account is asked what it manages.
  - A global administrator manages every domain. It counts as an administrator where it is to be one, and is otherwise left alone.
  - The account that the task works with is never removed.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.iredmail
  - workplace.onboarding.bulk
  - workplace.onboarding.bulk.unreadable
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.iredmail
notes:
  - On the SQL edition before release 2.8, and where the profiles do not show it, what an administrator manages cannot be read.
options:
  domain:
    description: Name of the domain.
    type: str
  state:
    description: Domains are managed with M(workplace.onboarding.iredmail_domain); here each must exist.
    type: str
    choices: [present]
    default: present
  admins_mode:
    description: Whether the listed O(admins) are added, removed, or become exactly the list. For V(set), see O(candidates).
    type: str
    choices: [add, set, remove]
    default: add
  <<: &fields
    admins:
      description: Addresses of the administrators.
      type: list
      elements: str
    candidates:
      description:
        - Addresses of all who may have to be removed when O(admins) become exactly the list. The SQL edition needs it there, since
          it shows nobody else; the LDAP edition ignores it.
      type: list
      elements: str
  domains:
    description: The domains to manage in one call.
    type: list
    elements: dict
    suboptions:
      domain:
        description: Name of the domain.
        type: str
        required: true
      state:
        description: Domains are managed with M(workplace.onboarding.iredmail_domain); here each must exist.
        type: str
        choices: [present]
      admins_mode:
        description: Whether the listed O(admins) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.iredmail_domain
  - module: workplace.onboarding.iredmail_admin
  - module: workplace.onboarding.iredmail_user
"""

EXAMPLES = r"""
- name: Coral administers two domains
  workplace.onboarding.iredmail_domain_admins:
    domains:
      - domain: example.org
        admins: [coral@example.org]
      - domain: example.net
        admins: [coral@example.org]

- name: Nobody but Coral
  workplace.onboarding.iredmail_domain_admins:
    domain: example.org
    admins: [coral@example.org]
    admins_mode: set
    candidates: [coral@example.org, gus@example.org, former.colleague@example.com]

- name: Gus has left
  workplace.onboarding.iredmail_domain_admins:
    domain: example.net
    admins: [gus@example.org]
    admins_mode: remove
"""

RETURN = r"""
domains:
  description:
    - The domains that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them, and
      always the one of the single form. In the order of the input. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Name of the domain., type: str, returned: always}
    action: {description: 'What it needed: V(update) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: str, returned: when the server gave one}
  sample: [{name: example.org, action: update, changed: true, failed: false, fields: [admins]}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.domain_admins import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
