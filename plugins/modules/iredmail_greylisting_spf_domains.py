#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_greylisting_spf_domains
short_description: Manage domains whose mail servers pass greylisting of iRedMail
version_added: 0.1.0
description:
  - Manages the domains whose SPF records a job of the server resolves, so that their mail servers pass greylisting everywhere.
  - The server does not show this list. So it is sent each time, which does no harm, and O(unreadable_fields) says whether that counts as a
    change. Only the senders that the job has found show, some time later, that a domain is on the list.
  - Needs release SQL 2.7 or LDAP 2.9.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.iredmail
  - workplace.onboarding.attributes.operation
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.iredmail
options:
  domains:
    description: The domains. An empty list with O(domains_mode=set) removes all.
    type: list
    elements: str
    required: true
  domains_mode:
    description: Whether the listed O(domains) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  unreadable_fields:
    description:
      - Whether sending the list counts as a change. V(always) reports one each time, V(always_quiet) never.
    type: str
    choices: [always, always_quiet]
    default: always_quiet
seealso:
  - module: workplace.onboarding.iredmail_greylisting
  - module: workplace.onboarding.iredmail_greylisting_whitelist
"""

EXAMPLES = r"""
- name: Servers of large providers need not try again
  workplace.onboarding.iredmail_greylisting_spf_domains:
    domains: [example.com, example.net]

- name: A provider that is no longer trusted
  workplace.onboarding.iredmail_greylisting_spf_domains:
    domains: [example.net]
    domains_mode: remove
"""

RETURN = r"""
domains:
  description: The domains that were sent (in check mode that would be).
  returned: success
  type: list
  elements: str
  sample: [example.com, example.net]
unverified:
  description: Those of RV(domains) of which nothing shows that they are as wanted.
  returned: success
  type: list
  elements: str
  sample: [example.net]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.greylisting_spf_domains import SPF_DOMAINS


def main() -> None:
    run(SPF_DOMAINS)


if __name__ == "__main__":
    main()
