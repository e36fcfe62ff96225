#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ocs_info
short_description: Read what a Nextcloud says of itself
version_added: 0.1.0
description:
  - Reads the version, the state of the brute-force guard for this address, and what O(gather) names. A first check of address and credentials.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.ocs
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.ocs
options:
  gather:
    description:
      - What else to read. V(account) is the account that the task works with, V(capabilities) are those of the server, V(quota) is the default
        quota, V(apps) are the apps by state, V(users) and V(groups) are counts. V(quota) and V(apps) need a full administrator.
    type: list
    elements: str
    choices: [capabilities, account, quota, apps, users, groups]
    default: [account]
"""

EXAMPLES = r"""
- name: Check the address and the credentials
  workplace.onboarding.ocs_info:
  register: nextcloud

- name: Say what was found
  ansible.builtin.debug:
    msg: Nextcloud {{ nextcloud.version }}, as {{ nextcloud.account.userid }}
"""

RETURN = r"""
version:
  description: Version of the server.
  returned: success
  type: str
  sample: 32.0.1
url:
  description: The address that was asked.
  returned: success
  type: str
  sample: https://cloud.example.org
brute_force:
  description: Delay in milliseconds for this address, and whether it is on the allow list.
  returned: success
  type: dict
  sample: {delay: 0, allow_listed: false}
account:
  description: The account that the task works with.
  returned: when gathered
  type: dict
  sample: {userid: admin, groups: [admin], full_administrator: true}
capabilities:
  description: What the server says that it can do.
  returned: when gathered
  type: dict
quota:
  description: The default quota, as O(workplace.onboarding.ocs_user#module:quota) writes it.
  returned: when gathered
  type: dict
  sample: {default: 5 GB}
apps:
  description: Ids of the apps by state.
  returned: when gathered
  type: dict
  sample: {enabled: [activity], disabled: [admin_audit], always_enabled: [files]}
users:
  description: How many accounts there are.
  returned: when gathered
  type: dict
  sample: {count: 120}
groups:
  description: How many groups there are.
  returned: when gathered
  type: dict
  sample: {count: 7}
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
from ansible_collections.workplace.onboarding.plugins.module_utils.ocs.info import INFO


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
