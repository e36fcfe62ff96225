#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_resource_type
short_description: Manage types of resources of a BlueMind
version_added: 0.1.0
description:
  - Creates, changes and deletes types of resources, such as rooms and cars. Resources themselves are managed with
    M(workplace.onboarding.bluemind_resource).
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
  - The O(prune_scope) of resource types is V(all), or a map with C(domain).
  - A type that resources belong to cannot be deleted, and the type C(default) of a domain never.
options:
  label:
    description: Name of the type. Together with the O(identifier) of a type it is its new name.
    type: str
  domain:
    description:
      - Domain that the type belongs to, by its name, one of its aliases or its uid. May stand beside the list, for the entries that do
        not give it.
    type: str
  identifier:
    description:
      - Identifier of the type. It finds one whatever its label, and is given to a new one. By default a new type gets one made of its
        label.
    type: str
  state:
    description: Whether the type must exist.
    type: str
    choices: [present, absent]
    default: present
  properties_mode:
    description: Whether the listed O(properties) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  <<: &fields
    properties:
      description: What resources of this type tell about themselves.
      type: list
      elements: dict
      suboptions:
        id:
          description: Id of the property. The values of the resources belong to it, so it stays the same for ever.
          type: str
          required: true
        label:
          description: What people see. By default the O(properties[].id).
          type: str
        type:
          description: Kind of its values. By default V(String).
          type: str
          choices: [String, Number, Boolean]
    templates:
      description:
        - Text by language that is put into an invitation. In it the label of a property stands for its value, between C(${) and C(}). Only the
          languages that are given are managed; an empty text removes one.
      type: dict
    rename_from:
      description: Former label. Where an object is found under it, it gets the new one and keeps everything else.
      type: str
  resource_types:
    description: The resource types to manage in one call.
    type: list
    elements: dict
    suboptions:
      label:
        description: Name of the type. Together with the O(identifier) of a type it is its new name.
        type: str
      domain:
        description: Domain that the type belongs to, by its name, one of its aliases or its uid. Default is the value beside the list.
        type: str
      identifier:
        description:
          - Identifier of the type. It finds one whatever its label, and is given to a new one. By default a new type gets one made of its
            label.
        type: str
      state:
        description: Whether the type must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      properties_mode:
        description:
          - Whether the listed O(properties) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.bluemind_resource_type_info
  - module: workplace.onboarding.bluemind_resource
"""

EXAMPLES = r"""
- name: Rooms have seats and perhaps a screen
  workplace.onboarding.bluemind_resource_type:
    domain: example.org
    identifier: room
    label: Room
    properties:
      - id: seats
        label: Seats
        type: Number
      - id: screen
        label: Screen
        type: Boolean
    templates:
      en: 'A room with ${Seats} seats'
"""

RETURN = r"""
resource_types:
  description:
    - The types that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them, and
      always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Label of the type and name of its domain; no address., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    id: {description: 'Label, domain and identifier of it.', type: dict, returned: when it is known}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: str, returned: when the server gave one}
  sample: [{name: Room@example.org, action: create, changed: true, failed: false}]
summary:
  description: Counts of the types by what became of them.
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.resource_type import TASK
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
