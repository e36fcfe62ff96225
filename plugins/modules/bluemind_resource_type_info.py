#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_resource_type_info
short_description: Read types of resources of a BlueMind
version_added: 0.1.0
description:
  - Reads one type, all types of a domain, or all of the server, as M(workplace.onboarding.bluemind_resource_type) accepts them. Giving
    them back changes nothing. Each type takes a request.
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
  label:
    description: Label of the type to read.
    type: str
  identifier:
    description: Identifier of the type to read.
    type: str
seealso:
  - module: workplace.onboarding.bluemind_resource_type
"""

EXAMPLES = r"""
- name: Read which types there are
  workplace.onboarding.bluemind_resource_type_info:
    domain: example.org
  register: types
"""

RETURN = r"""
resource_types:
  description: The types, each with the options of M(workplace.onboarding.bluemind_resource_type), sorted by domain and label.
  returned: success
  type: list
  elements: dict
  sample: [{label: Room, domain: example.org, identifier: room, properties: [{id: seats, label: Seats, type: Number}], templates: {}}]
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.resource_type import INFO
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
