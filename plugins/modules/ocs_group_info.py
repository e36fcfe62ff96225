#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ocs_group_info
short_description: Read groups of a Nextcloud
version_added: 0.1.0
description:
  - Reads one group, a search, or all groups, as M(workplace.onboarding.ocs_group) accepts them. Giving them back changes nothing.
    O(groupid) and O(search) cannot be combined.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.ocs
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.ocs
options:
  groupid:
    description: Id of the group to read.
    type: str
    aliases: [name]
  search:
    description: Text that the id or the name of the group holds, in any letter case.
    type: str
  members:
    description: Whether to read also who belongs to each group and who manages it, which takes two requests a group.
    type: bool
    default: false
"""

EXAMPLES = r"""
- name: Read who belongs to IT
  workplace.onboarding.ocs_group_info:
    groupid: it
    members: true
  register: it
"""

RETURN = r"""
groups:
  description: The groups, each with the options of M(workplace.onboarding.ocs_group), sorted by id.
  returned: success
  type: list
  elements: dict
  sample: [{groupid: it, display_name: IT, members: [coral, gus], subadmins: [coral]}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.ocs.group import INFO


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
