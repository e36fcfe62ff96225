#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: micetro_dns_record
short_description: Manage DNS records in Micetro
version_added: 0.1.0
description:
  - Manages sets of records. A set is all records of one O(name) and O(type) in one zone. By default O(data) is the whole of it, so that
    other data of that name and type is replaced.
  - New sets are sent together, up to 1000 records in one request for each zone. A record whose data changes stays the same record.
  - Data is compared by what it means. Letter case, spaces, quotes, leading zeros, and whether a host is written relative to the zone or
    with a dot at its end make no difference; letter case and spaces within a text do.
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
  - The O(prune_scope) of records is a map with C(zone), and with C(types), C(server) and C(view) where they are needed. The SOA record is
    never deleted, and the NS records of the zone itself only where C(types) names V(NS).
  - The server refuses a record for an address that is claimed, see M(workplace.onboarding.micetro_ip_reservation). Add the record first.
options:
  zone:
    description: Name of the zone, with or without a dot at its end.
    type: str
  server:
    description: Name of the DNS server, where several hold a zone of this name. Without it the primary zone is meant.
    type: str
  view:
    description: Name of the view, where a server has several.
    type: str
  name:
    description: Name of the records within the zone, or with a dot at its end the whole name. V(@) is the zone itself.
    type: str
  type:
    description: Type of the records, V(A) or V(MX) for example.
    type: str
  state:
    description: Whether the set must exist. V(absent) removes all records of the name and type and takes no O(data).
    type: str
    choices: [present, absent]
    default: present
  data_mode:
    description: Whether the records become exactly those of O(data), or those are added to the others, or removed from them.
    type: str
    choices: [add, set, remove]
    default: set
  <<: &fields
    data:
      description:
        - Data of the records, each as one text with its fields in the order of a zone file. For example V(10 mail.example.org.) for a
          record of the type V(MX).
        - Hosts without a dot at their end are relative to the zone. The text of a V(TXT) record may be given with or without quotes.
      type: list
      elements: str
    ttl:
      description: Time to live in seconds, of each record of the set. An empty text takes the default of the zone.
      type: str
    comment:
      description: Comment of each record of the set. Zones that are dynamic have none.
      type: str
    enabled:
      description: Whether the server answers with the records of the set.
      type: bool
    force_naming_conflict:
      description: Whether records are added although other records of that name forbid it, such as a V(CNAME) beside others.
      type: bool
  records:
    description: The sets to manage in one call.
    type: list
    elements: dict
    suboptions:
      zone:
        description: Name of the zone, with or without a dot at its end.
        type: str
        required: true
      server:
        description: Name of the DNS server, where several hold a zone of this name.
        type: str
      view:
        description: Name of the view, where a server has several.
        type: str
      name:
        description: Name of the records within the zone, or with a dot at its end the whole name. V(@) is the zone itself.
        type: str
        required: true
      type:
        description: Type of the records.
        type: str
        required: true
      state:
        description: Whether the set must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      data_mode:
        description: Whether the records become exactly those of O(data), or those are added to the others, or removed from them. Default is
          the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.micetro_dns_record_info
  - module: workplace.onboarding.micetro_dns_zone
"""

EXAMPLES = r"""
- name: One address
  workplace.onboarding.micetro_dns_record:
    zone: example.org
    name: intranet
    type: A
    data: 192.0.2.20
    ttl: 3600

- name: Several records in one call
  workplace.onboarding.micetro_dns_record:
    records:
      - zone: example.org
        name: "@"
        type: MX
        data:
          - 10 mail.example.org.
          - 20 mail.example.net.
      - zone: example.org
        name: "@"
        type: TXT
        data: v=spf1 mx -all
      - zone: example.org
        name: desk-12
        type: CNAME
        data: intranet
        comment: Coral Sample
      - zone: example.org
        name: desk-11
        type: CNAME
        state: absent

- name: One more name server, whatever others there are
  workplace.onboarding.micetro_dns_record:
    zone: example.org
    name: school
    type: NS
    data: ns1.example.net.
    data_mode: add

- name: No other aliases than these
  workplace.onboarding.micetro_dns_record:
    records:
      - {zone: example.org, name: desk-12, type: CNAME, data: intranet}
      - {zone: example.org, name: desk-13, type: CNAME, data: intranet}
    prune: true
    prune_scope:
      zone: example.org
      types: [CNAME]
    prune_limit: 10
"""

RETURN = r"""
records:
  description:
    - The record sets that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them,
      and always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Name of the record set., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: int, returned: when the server gave one}
  sample: [{name: intranet.example.org. A, action: create, changed: true, failed: false}]
summary:
  description: Counts of the record sets by what became of them.
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
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.dns_record import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
