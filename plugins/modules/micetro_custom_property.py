#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: micetro_custom_property
short_description: Manage definitions of custom properties of a Micetro
version_added: 0.1.0
description:
  - Defines, changes and removes one custom property of a type of objects, or all of a list in one call. Removing a definition removes its
    value from all objects.
  - Users, groups, roles and folders have no custom properties, and neither have scopes, pools and groups of DHCP.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.micetro
  - workplace.onboarding.bulk
  - workplace.onboarding.bulk.prune
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.micetro
notes:
  - Needs an administrator of the whole system.
  - The O(prune_scope) of properties is V(all), or a map with an C(object_type).
  - Properties that are defined by the system or by a cloud provider are left alone.
options:
  object_type:
    description: Type of the objects that have the property. Required, unless O(properties) is given.
    type: str
    choices: [change_request, cloud_account, cloud_network, device, dhcp_server, dns_record, dns_server, dns_zone, interface, ip_address,
      range]
  name:
    description: Name of the property. Its letter case matters.
    type: str
  state:
    description: Whether the property must be defined.
    type: str
    choices: [present, absent]
    default: present
  list_items_mode:
    description: Whether the O(list_items) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: set
  <<: &fields
    type:
      description: Type of its values. A new property is a V(String) unless this is given.
      type: str
      choices: [String, HexStr, Boolean, IPAddress, Integer, IPOrHostname]
    mandatory:
      description: Whether each object must have a value.
      type: bool
    read_only:
      description: Whether only the API may change values.
      type: bool
    multi_line:
      description: Whether a value may have several lines.
      type: bool
    default_value:
      description: Value of a new object. Of a V(Boolean) it is V(true) or V(false), which the server keeps as V(1) and V(0).
      type: str
    list_items:
      description: The values to choose from, in this order. For a V(String) only, and not for V(ip_address).
      type: list
      elements: str
    parent_property:
      description: Name of the property that this one depends on.
      type: str
  properties:
    description: The definitions to manage in one call.
    type: list
    elements: dict
    suboptions:
      object_type:
        description: Type of the objects that have the property.
        type: str
        required: true
        choices: [change_request, cloud_account, cloud_network, device, dhcp_server, dns_record, dns_server, dns_zone, interface,
          ip_address, range]
      name:
        description: Name of the property. Its letter case matters.
        type: str
        required: true
      state:
        description: Whether the property must be defined. Default is the value beside the list.
        type: str
        choices: [present, absent]
      list_items_mode:
        description: Whether the O(list_items) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.micetro_custom_property_info
"""

EXAMPLES = r"""
- name: Who a zone belongs to
  workplace.onboarding.micetro_custom_property:
    object_type: dns_zone
    name: Owner
    mandatory: false
    list_items: [School, Town hall]

- name: Several properties in one call
  workplace.onboarding.micetro_custom_property:
    properties:
      - object_type: ip_address
        name: Monitored
        type: Boolean
        default_value: "false"
      - object_type: range
        name: Room
        state: absent
"""

RETURN = r"""
properties:
  description:
    - The properties that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them,
      and always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Name of the property., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: int, returned: when the server gave one}
  sample: [{name: dns_zone/Owner, action: create, changed: true, failed: false}]
summary:
  description: Counts of the properties by what became of them.
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

from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.custom_property import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
