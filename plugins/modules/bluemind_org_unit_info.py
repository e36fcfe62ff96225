#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_org_unit_info
short_description: Read org units of a BlueMind
version_added: 0.1.0
description:
  - Reads one unit, all units of a domain, or all of the server, as M(workplace.onboarding.bluemind_org_unit) accepts them. Giving them
    back changes nothing. Each unit takes a request, and each of its administrators another one.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.bluemind
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.bluemind
options:
  domain:
    description: Domain to read, by its name, one of its aliases or its uid. By default all domains.
    type: str
  path:
    description: Path of the unit to read, such as V(Town/School).
    type: str
  uid:
    description: Uid of the one to read.
    type: str
seealso:
  - module: workplace.onboarding.bluemind_org_unit
"""

EXAMPLES = r"""
- name: Read all units of a domain
  workplace.onboarding.bluemind_org_unit_info:
    domain: example.org
  register: units
"""

RETURN = r"""
org_units:
  description: The units, each with the options of M(workplace.onboarding.bluemind_org_unit), sorted by domain and path.
  returned: success
  type: list
  elements: dict
  sample: [{path: Town/School, domain: example.org, uid: 0f6d2a7e-52fe-4b44-9c43-000000000001, administrators: {coral: [manageUser]}}]
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.org_unit import INFO
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
