#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: micetro_dns_zone
short_description: Manage DNS zones in Micetro
version_added: 0.1.0
description:
  - Creates, changes and deletes one DNS zone, or all zones of a list in one call. Deleting a zone deletes its records.
  - One name may exist on several servers and in several views. O(server) and O(view) say which zone is meant; without them it is the
    primary one, and where several are primary the task fails and names them.
  - A zone keeps its name, its server, its view, its O(type) and whether it is O(dynamic). Asking for another type is refused.
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
  - The O(prune_scope) of zones is V(all), or a map with C(server), with C(view), or with both.
  - The root hints of a server are never deleted.
options:
  name:
    description: Name of the zone, with or without a dot at its end.
    type: str
  server:
    description:
      - Name of the DNS server that holds the zone. A new zone needs it.
      - A zone that Active Directory holds is found by each of its servers, and as V([Active Directory]).
    type: str
  view:
    description: Name of the view of O(server) that holds the zone. Not needed where the server has only one.
    type: str
  state:
    description: Whether the zone must exist.
    type: str
    choices: [present, absent]
    default: present
  masters_mode:
    description: Whether the listed O(masters) become exactly the list, are added, or removed.
    type: str
    choices: [add, set, remove]
    default: set
  <<: &fields
    type:
      description: What the server does with the zone. A new zone is V(Primary) unless said otherwise.
      type: str
      choices: [Primary, Secondary, Stub, Forward, Hint, Static-stub, Private]
    dynamic:
      description: Whether hosts may update the zone by themselves. It can only be chosen when the zone is created.
      type: bool
    ad_integrated:
      description: Whether Active Directory holds the zone.
      type: bool
    ad_replication_type:
      description: To which servers Active Directory copies the zone, in the words of the server.
      type: str
    ad_partition:
      description: Partition of Active Directory that holds the zone.
      type: str
    enabled:
      description: Whether the server answers for the zone. Only on BIND.
      type: bool
    folder:
      description: Folder of the zone in Micetro, by its path such as V(Council/Schools), its name where there is only one of it, or its
        reference. An empty text takes it out of its folder.
      type: str
    custom_properties:
      description: Values of custom properties, by name. Others are left alone, and an empty text clears a value.
      type: dict
    masters:
      description: Addresses of the servers that the zone is fetched from or forwarded to. Zones of the types V(Secondary), V(Stub) and
        V(Forward) need them.
      type: list
      elements: str
  zones:
    description: The zones to manage in one call.
    type: list
    elements: dict
    suboptions:
      name:
        description: Name of the zone, with or without a dot at its end.
        type: str
        required: true
      server:
        description: Name of the DNS server that holds the zone.
        type: str
      view:
        description: Name of the view that holds the zone.
        type: str
      state:
        description: Whether the zone must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      masters_mode:
        description: Whether the listed O(masters) become exactly the list, are added, or removed. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.micetro_dns_zone_info
  - module: workplace.onboarding.micetro_dns_record
  - module: workplace.onboarding.micetro_custom_property
"""

EXAMPLES = r"""
- name: A zone for the school
  workplace.onboarding.micetro_dns_zone:
    name: school.example.org
    server: ns1.example.org
    folder: Council/Schools
    custom_properties:
      Owner: Coral Sample

- name: A copy of it on another server
  workplace.onboarding.micetro_dns_zone:
    name: school.example.org
    server: ns2.example.org
    type: Secondary
    masters: [192.0.2.53]

- name: Several zones in one call
  workplace.onboarding.micetro_dns_zone:
    zones:
      - name: library.example.org
        server: ns1.example.org
      - name: old.example.org
        state: absent
"""

RETURN = r"""
zones:
  description:
    - The zones that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them,
      and always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Name of the zone., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: int, returned: when the server gave one}
  sample: [{name: school.example.org./ns1.example.org, action: create, changed: true, failed: false}]
summary:
  description: Counts of the zones by what became of them.
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
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.dns_zone import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
