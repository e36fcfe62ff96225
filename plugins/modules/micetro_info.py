#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: micetro_info
short_description: Read what a Micetro says of itself
version_added: 0.1.0
description:
  - Reads the version, and what O(gather) names. A first check of address and credentials.
  - The version is told to anybody. With an empty O(gather) nobody logs in and no credentials are needed.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.micetro
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.micetro
options:
  gather:
    description:
      - What else to read. V(account) is the account that the task works with, V(address_spaces) are those that it sees, V(capabilities)
        is what it may list, found out by trying, and V(system) is what only administrators are told.
      - Since 25.1 the server may show users, groups and roles only to who has the permission C(access_adminUser); V(capabilities) tells.
    type: list
    elements: str
    choices: [account, address_spaces, capabilities, system]
    default: [account]
"""

EXAMPLES = r"""
- name: Check the address and the credentials
  workplace.onboarding.micetro_info:
    gather: [account, capabilities]
  register: micetro

- name: Say what was found
  ansible.builtin.debug:
    msg: Micetro {{ micetro.version }}, as {{ micetro.account.username }}

- name: Ask for the version only, without logging in
  workplace.onboarding.micetro_info:
    gather: []
"""

RETURN = r"""
version:
  description: Version of the server.
  returned: success
  type: str
  sample: 26.1.0
url:
  description: The address that was asked.
  returned: success
  type: str
  sample: https://micetro.example.org
account:
  description: The account that the task works with. What it may not read of itself is empty.
  returned: when gathered
  type: dict
  contains:
    username: {description: Login name; empty for a token without O(api_username)., type: str}
    readable: {description: Whether the account may read itself. If not the lists are empty., type: bool}
    groups: {description: Names of its groups., type: list, elements: str}
    roles: {description: Names of its roles., type: list, elements: str}
    group_roles: {description: Names of the roles that its groups give it., type: list, elements: str}
  sample:
    username: automation
    readable: true
    groups: [All users]
    roles: [User Administrators (built-in)]
    group_roles: []
address_spaces:
  description: The address spaces.
  returned: when gathered
  type: list
  elements: dict
  contains:
    ref: {description: Reference on the server., type: str}
    name: {description: Name., type: str}
    description: {description: Description., type: str}
  sample: [{ref: addressSpaces/1, name: <default>, description: ''}]
capabilities:
  description: What the account may do.
  returned: when gathered
  type: dict
  contains:
    may_list:
      description: For each kind of object whether the account may list it. Who may not list users, groups and roles cannot manage them.
      type: dict
  sample:
    may_list: {users: true, groups: true, roles: true, dns_servers: true, dns_zones: true, ranges: true, dhcp_servers: false}
system:
  description: What the server tells administrators of itself, as it tells it.
  returned: when gathered
  type: dict
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
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.info import INFO


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
