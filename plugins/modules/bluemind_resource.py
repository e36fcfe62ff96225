#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_resource
short_description: Manage resources of a BlueMind
version_added: 0.1.0
description:
  - Creates, changes, renames and deletes resources that can be invited and booked, such as rooms, one or all of a list in one call.
  - Names need not be unique on the server. Where two resources have the same one, O(uid) says which is meant.
  - Who manages a resource is set with M(workplace.onboarding.bluemind_sharing) on its calendar.
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
  - The O(prune_scope) of resources is V(all), or a map with C(domain) and, if wanted, C(org_unit).
options:
  name:
    description: Name of the resource. Together with the O(uid) of a resource it is its new name.
    type: str
  domain:
    description:
      - Domain that the resource belongs to, by its name, one of its aliases or its uid. May stand beside the list, for the entries that
        do not give it.
    type: str
  uid:
    description:
      - Uid of the resource. It finds one whatever its name, and is given to a new one. By default a new resource gets one made of its
        name.
    type: str
  state:
    description: Whether the resource must exist.
    type: str
    choices: [present, absent]
    default: present
  emails_mode:
    description: Whether the listed O(emails) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  <<: &fields
    email:
      description: Main address. It is one of O(emails); a new resource needs one.
      type: str
    emails:
      description:
        - All addresses, the main one too. One that is given without a domain holds in every name of the domain.
      type: list
      elements: str
    type:
      description: Type of the resource, by its identifier or its label. A new one is V(default). It cannot be changed later.
      type: str
    description:
      description: What people should know about it.
      type: str
    reservation_policy:
      description:
        - Whether its managers answer requests (V(OWNER_MANAGED)), free times are granted and the rest is left to them (V(AUTO_ACCEPT)),
          or the rest is declined (V(AUTO_ACCEPT_REFUSE), which a new one has).
      type: str
      choices: [OWNER_MANAGED, AUTO_ACCEPT, AUTO_ACCEPT_REFUSE]
    properties:
      description: Values by the id of a property of its type. Only those that are given are managed; an empty text removes one.
      type: dict
    org_unit:
      description: Org unit that it belongs to, by its uid or its path such as V(Town/School). An empty text takes it out.
      type: str
    hidden:
      description: Whether address books leave it out.
      type: bool
    rename_from:
      description: Former name. Where an object is found under it, it gets the new one and keeps everything else.
      type: str
  resources:
    description: The resources to manage in one call.
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the resource. Together with the O(uid) of a resource it is its new name.
        type: str
      domain:
        description:
          - Domain that the resource belongs to, by its name, one of its aliases or its uid. Default is the value beside the list.
        type: str
      uid:
        description:
          - Uid of the resource. It finds one whatever its name, and is given to a new one. By default a new resource gets one made of its
            name.
        type: str
      state:
        description: Whether the resource must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      emails_mode:
        description: Whether the listed O(emails) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.bluemind_resource_info
  - module: workplace.onboarding.bluemind_resource_type
  - module: workplace.onboarding.bluemind_sharing
"""

EXAMPLES = r"""
- name: A room
  workplace.onboarding.bluemind_resource:
    domain: example.org
    name: Library
    email: library@example.org
    type: Room
    properties:
      seats: 24

- name: Two more in one call, and one less
  workplace.onboarding.bluemind_resource:
    domain: example.org
    resources:
      - name: Music room
        email: music.room@example.org
        reservation_policy: OWNER_MANAGED
      - name: Minibus
        email: minibus@example.org
      - name: Old projector
        state: absent
"""

RETURN = r"""
resources:
  description:
    - The resources that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them,
      and always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Name of the resource and of its domain; no address., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    id: {description: 'Name, domain and uid of it.', type: dict, returned: when it is known}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: str, returned: when the server gave one}
  sample: [{name: Library@example.org, action: create, changed: true, failed: false}]
summary:
  description: Counts of the resources by what became of them.
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.resource import TASK
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
