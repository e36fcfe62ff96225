#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_info
short_description: Read what a BlueMind says of itself
version_added: 0.1.0
description:
  - Reads the version and the state, which the server tells without a login, so that a play can wait until it runs. What O(gather) names
    needs an account that may see it.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.bluemind
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.bluemind
options:
  gather:
    description: What else to read. Without it no login is made, and no credentials are needed.
    type: list
    elements: str
    choices: [subscription, servers, domains]
    default: []
seealso:
  - module: workplace.onboarding.bluemind_domain_info
"""

EXAMPLES = r"""
- name: Wait until the server runs
  workplace.onboarding.bluemind_info:
  register: server
  until: server is success and server.state == 'running'
  retries: 10
  delay: 5

- name: Read where everything is
  workplace.onboarding.bluemind_info:
    gather: [servers, domains]
  register: server
"""

RETURN = r"""
version:
  description: Version of the software.
  returned: success
  type: str
  sample: 5.7.3268
release:
  description: Name of the release.
  returned: success
  type: str
  sample: '5.7'
state:
  description: State of the server, such as V(running), V(starting), V(maintenance), V(upgrade) or V(stopping).
  returned: success
  type: str
  sample: running
url:
  description: Address of the server.
  returned: success
  type: str
  sample: https://mail.example.org
subscription:
  description: Kind of the subscription.
  returned: when it was asked for
  type: dict
  contains:
    kind: {description: 'V(NONE), V(FREE), V(TRIAL), V(PROD) or V(HOST).', type: str}
    productive: {description: Whether it is valid for production., type: bool}
  sample: {kind: PROD, productive: true}
servers:
  description: The machines, sorted by uid.
  returned: when they were asked for
  type: list
  elements: dict
  contains:
    uid: {description: 'Its uid, which names it everywhere else.', type: str}
    name: {description: Its name., type: str}
    fqdn: {description: Its name in the DNS., type: str}
    ip: {description: Its address., type: str}
    tags: {description: What it is there for., type: list, elements: str}
  sample: [{uid: bm-master, name: bm-master, fqdn: mail.example.org, ip: 192.0.2.10, tags: [bm/core, mail/imap]}]
domains:
  description: The domains, sorted by uid, without the management domain C(global.virt).
  returned: when they were asked for
  type: list
  elements: dict
  contains:
    uid: {description: What the server calls it., type: str}
    default_alias: {description: The main name of the domain., type: str}
    aliases: {description: All its names., type: list, elements: str}
    label: {description: Its label., type: str}
  sample: [{uid: 18fb0c2a9b1.internal, default_alias: example.org, aliases: [example.org], label: example.org}]
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.info import INFO
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
