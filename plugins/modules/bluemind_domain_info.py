#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_domain_info
short_description: Read the domains of a BlueMind
version_added: 0.1.0
description:
  - Returns domains as M(workplace.onboarding.bluemind_domain) accepts them, without secret properties. Giving them back changes nothing.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.bluemind
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.bluemind
options:
  domain:
    description: Only the domain with this name or alias.
    type: str
  gather:
    description: What to read besides the domain itself, each with one request per domain.
    type: list
    elements: str
    choices: [servers, settings]
    default: [servers, settings]
seealso:
  - module: workplace.onboarding.bluemind_domain
"""

EXAMPLES = r"""
- name: Read all domains
  workplace.onboarding.bluemind_domain_info:
  register: mail

- name: Only its names
  workplace.onboarding.bluemind_domain_info:
    domain: example.org
    gather: []
"""

RETURN = r"""
domains:
  description: The domains by their names, as M(workplace.onboarding.bluemind_domain) accepts them. Settings include those of the server.
  returned: success
  type: list
  elements: dict
  sample:
    - domain: example.org
      uid: 18fb0c2a9b1.internal
      label: Example Town
      aliases: [example.com]
      default_alias: example.org
      servers: ["bm-master:mail/imap"]
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.domain import INFO
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
