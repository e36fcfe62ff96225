#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: micetro_dns_record_info
short_description: Read DNS records of Micetro
version_added: 0.1.0
description:
  - Reads the record sets of a zone, as M(workplace.onboarding.micetro_dns_record) accepts them. Giving them back changes nothing.
  - The SOA record, whose serial number changes by itself, is only read where O(type) names it. What differs between the records of one set
    is left out.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.micetro
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.micetro
options:
  zone:
    description: Name of the zone, with or without a dot at its end. It must be given.
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
    description: Type of the records.
    type: str
"""

EXAMPLES = r"""
- name: Read the mail servers
  workplace.onboarding.micetro_dns_record_info:
    zone: example.org
    name: "@"
    type: MX
  register: mail
"""

RETURN = r"""
records:
  description: The record sets, each with the options of M(workplace.onboarding.micetro_dns_record), sorted by name and type.
  returned: success
  type: list
  elements: dict
  sample: [{zone: example.org., name: intranet, type: A, data: [192.0.2.20], ttl: "3600", comment: "", enabled: true}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.micetro.dns_record import INFO


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
