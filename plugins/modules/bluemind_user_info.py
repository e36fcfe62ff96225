#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_user_info
short_description: Read users of a BlueMind
version_added: 0.1.0
description:
  - Returns users as M(workplace.onboarding.bluemind_user) accepts them, without passwords and photos. Giving them back changes nothing.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.bluemind
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.bluemind
notes:
  - Users of the server itself are left out.
options:
  domain:
    description: Only users of the domain with this name or alias.
    type: str
  login:
    description: Only the user with this login; needs O(domain).
    type: str
  uid:
    description: Only the user with this uid; needs O(domain).
    type: str
  external_id:
    description: Only the user with this external identifier; needs O(domain).
    type: str
  org_unit:
    description: Only users of this unit, by its path or its uid; needs O(domain).
    type: str
  archived:
    description: Only users who are suspended, or only those who are not.
    type: bool
  gather:
    description:
      - What to read. V(details) is the address card, the properties and what concerns passwords; V(mail) forwarding and vacation. Each takes one
        request per user, V(groups) one per group of the domain.
      - With an empty list two requests per domain return logins, addresses, quotas, units and states.
    type: list
    elements: str
    choices: [details, roles, settings, mail, groups]
    default: [details]
seealso:
  - module: workplace.onboarding.bluemind_user
"""

EXAMPLES = r"""
- name: Everybody of the school, with their groups
  workplace.onboarding.bluemind_user_info:
    domain: example.org
    org_unit: Town/School
    gather: [details, groups]
  register: school

- name: Who is suspended
  workplace.onboarding.bluemind_user_info:
    archived: true
    gather: []
"""

RETURN = r"""
users:
  description: The users in the order of their logins, as M(workplace.onboarding.bluemind_user) accepts them.
  returned: success
  type: list
  elements: dict
  sample:
    - login: coral
      domain: example.org
      uid: 4f0c7b7e-9d1c-5b0e-8a55-0b1f3c7f8e11
      email: coral@example.org
      emails: [coral@example.org]
      archived: false
      quota: 5 GB
about:
  description: What is worth knowing about each of them and cannot be written, in the same order.
  returned: success
  type: list
  elements: dict
  contains:
    login: {description: Login., type: str, returned: always}
    domain: {description: Domain., type: str, returned: always}
    uid: {description: Uid., type: str, returned: always}
    display_name: {description: Name that others see., type: str, returned: always}
    password_changed: {description: When the password was set last., type: str, returned: with details}
    has_photo: {description: Whether there is a photo., type: bool, returned: with details}
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.user_info import INFO
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
