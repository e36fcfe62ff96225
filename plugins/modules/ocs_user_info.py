#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ocs_user_info
short_description: Read accounts of a Nextcloud
version_added: 0.1.0
description:
  - Reads one account, the members of a group, a search, or all accounts, as M(workplace.onboarding.ocs_user) accepts them. Giving them back
    changes nothing. O(userid), O(group) and O(search) cannot be combined.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.ocs
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.ocs
options:
  userid:
    description: Login of the account to read.
    type: str
    aliases: [name]
  group:
    description: Id of the group whose members are read.
    type: str
  search:
    description: Text that the id, the name or an address of the account holds, in any letter case.
    type: str
  enabled:
    description: Only accounts that may, or may not, log in.
    type: bool
"""

EXAMPLES = r"""
- name: Read everybody in the school
  workplace.onboarding.ocs_user_info:
    group: school
  register: school

- name: Find the suspended accounts at an address of the school
  workplace.onboarding.ocs_user_info:
    search: "@example.org"
    enabled: false

- name: Say who is suspended
  ansible.builtin.debug:
    msg: "{{ school.users | rejectattr('enabled') | map(attribute='userid') }}"
"""

RETURN = r"""
users:
  description:
    - The accounts, each with the options of M(workplace.onboarding.ocs_user) that the server shows, sorted by id. Passwords are not shown.
      Options that cannot be cleared are left out where they are unset.
  returned: success
  type: list
  elements: dict
  sample: [{userid: zoe, display_name: Zoe Parable, email: zoe@example.org, groups: [staff], quota: 5 GB, enabled: true}]
usage:
  description: What is known of the same accounts and cannot be written.
  returned: success
  type: list
  elements: dict
  contains:
    userid: {description: Login of the account., type: str}
    first_login: {description: Unix time of the first login; 0 for never., type: int}
    last_login: {description: Unix time of the last login; 0 for never., type: int}
    used_bytes: {description: Space that is used., type: int}
    free_bytes: {description: Space that is left., type: int}
    backend: {description: Where the account comes from., type: str}
  sample: [{userid: zoe, first_login: 0, last_login: 0, used_bytes: 0, free_bytes: 5368709120, backend: Database}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.ocs.user import INFO


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
