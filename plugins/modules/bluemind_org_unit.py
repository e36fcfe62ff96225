#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_org_unit
short_description: Manage org units of a BlueMind and who administers them
version_added: 0.1.0
description:
  - Creates, renames and deletes org units, one or all of a list in one call, from the top down (and deletes them from the bottom up), and
    gives roles on them.
  - A unit stays below the unit in which it was created.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.bluemind
  - workplace.onboarding.bulk
  - workplace.onboarding.bulk.prune
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.bluemind
notes:
  - The O(prune_scope) of org units is V(all), or a map with C(domain).
  - A unit that holds anybody or other units cannot be deleted. Its administrators do not hold it back, they lose their roles on it;
    only the account that the task works with keeps what it administers.
options:
  path:
    description:
      - Path of the unit, the names from the top with slashes between them, such as V(Town/School). Units above it must exist, or stand in
        the same list. Together with the O(uid) of a unit its last name is the new name of that unit.
    type: str
  domain:
    description:
      - Domain that the unit belongs to, by its name, one of its aliases or its uid. May stand beside the list, for the entries that do
        not give it.
    type: str
  uid:
    description:
      - Uid of the unit. It finds one whatever its name, and is given to a new one. By default a new unit gets one made of its path.
    type: str
  state:
    description: Whether the unit must exist.
    type: str
    choices: [present, absent]
    default: present
  <<: &fields
    administrators:
      description:
        - Roles on the unit, a list for each user or group. Users are given by login, address or uid, groups by name or uid. Only those
          that are given are managed, each with exactly these roles; an empty list takes all of them away.
      type: dict
    rename_from:
      description:
        - Former path; only its last name can differ from the new one. Where an object is found under it, it gets the new one and keeps
          everything else.
      type: str
  org_units:
    description: The org units to manage in one call.
    type: list
    elements: dict
    suboptions:
      path:
        description:
          - Path of the unit, the names from the top with slashes between them, such as V(Town/School). Units above it must exist, or
            stand in the same list. Together with the O(uid) of a unit its last name is the new name of that unit.
        type: str
      domain:
        description: Domain that the unit belongs to, by its name, one of its aliases or its uid. Default is the value beside the list.
        type: str
      uid:
        description:
          - Uid of the unit. It finds one whatever its name, and is given to a new one. By default a new unit gets one made of its path.
        type: str
      state:
        description: Whether the unit must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      <<: *fields
seealso:
  - module: workplace.onboarding.bluemind_org_unit_info
  - module: workplace.onboarding.bluemind_user
"""

EXAMPLES = r"""
- name: Two units, the second one within the first
  workplace.onboarding.bluemind_org_unit:
    domain: example.org
    org_units:
      - path: Town
      - path: Town/School

- name: Let the school manage its own people
  workplace.onboarding.bluemind_org_unit:
    domain: example.org
    path: Town/School
    administrators:
      coral: [manageUser, manageUserPassword, manageGroup]
"""

RETURN = r"""
org_units:
  description:
    - The units that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them, and
      always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Path of the unit., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    id: {description: 'Path, domain and uid of it.', type: dict, returned: when it is known}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: str, returned: when the server gave one}
  sample: [{name: Town/School, action: create, changed: true, failed: false}]
summary:
  description: Counts of the units by what became of them.
  returned: when the server could be asked
  type: dict
  sample: {total: 10, created: 2, updated: 1, deleted: 0, unchanged: 7, failed: 0, dropped: 0, unverified: 0, deferred: 0}
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.org_unit import TASK
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
