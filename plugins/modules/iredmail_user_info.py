#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_user_info
short_description: Read the mail users of an iRedMail server
version_added: 0.1.0
description:
  - Reads one user, the users of a domain, or all, as M(workplace.onboarding.iredmail_user) accepts them. Giving them back changes nothing. O(email) and
    O(domain) cannot be combined.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.iredmail
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.iredmail
options:
  email:
    description: Address of the user to read.
    type: str
  domain:
    description: Domain whose users are read.
    type: str
  names_only:
    description: Whether to read the addresses only.
    type: bool
    default: false
  disabled_only:
    description: Whether to read disabled users only.
    type: bool
    default: false
  full:
    description:
      - Whether to read each user by itself as well, which takes one more request for each. Without it, options that the listing of the server does not hold
        are left out.
    type: bool
    default: false
seealso:
  - module: workplace.onboarding.iredmail_user
"""

EXAMPLES = r"""
- name: Read one user
  workplace.onboarding.iredmail_user_info:
    email: coral@example.org
  register: coral

- name: Read who is disabled
  workplace.onboarding.iredmail_user_info:
    domain: example.org
    disabled_only: true
    names_only: true
"""

RETURN = r"""
users:
  description:
    - The users, each with the options of M(workplace.onboarding.iredmail_user), sorted by name. What the server does not show is left out.
  returned: success
  type: list
  elements: dict
  sample: [{email: zoe@example.org, name: Zoe Parable, quota_mb: 2048, enabled: true}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.user import INFO


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
