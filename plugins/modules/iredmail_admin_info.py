#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_admin_info
short_description: Read an administrator of an iRedMail server that has no mailbox
version_added: 0.1.0
description:
  - Reads one administrator, as M(workplace.onboarding.iredmail_admin) accepts it. Giving it back changes nothing. The server has no listing of its
    administrators.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.iredmail
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.iredmail
options:
  email:
    description: Address of the administrator to read. Required.
    type: str
seealso:
  - module: workplace.onboarding.iredmail_admin
"""

EXAMPLES = r"""
- name: Read an administrator
  workplace.onboarding.iredmail_admin_info:
    email: admin@lab.test
  register: found
"""

RETURN = r"""
admins:
  description:
    - The administrators, each with the options of M(workplace.onboarding.iredmail_admin), sorted by name. What the server does not show is left out.
  returned: success
  type: list
  elements: dict
  sample: [{email: ops@admins.example, name: Operations, enabled: true, max_users: 100}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.admin import INFO


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
