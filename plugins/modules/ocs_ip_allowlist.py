#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ocs_ip_allowlist
short_description: Manage the addresses that a Nextcloud never blocks
version_added: 0.1.0
description:
  - Manages the allow list of the brute-force guard (app C(bruteforcesettings)), one network or several in one call.
  - With O(apply_to_rate_limit) the limit of 50 edits in ten minutes does not apply to these addresses either. Put the address of your
    controller there and set O(edit_limit=0) to manage thousands of accounts without waiting.
  - Needs a full administrator.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.ocs
  - workplace.onboarding.bulk
  - workplace.onboarding.bulk.prune
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.ocs
notes:
  - The O(prune_scope) is V(all).
options:
  ip:
    description: Address of the network, IPv4 or IPv6.
    type: str
  mask:
    description: Length of its prefix, V(24), for example. By default the one address is meant.
    type: int
  state:
    description: Whether the network must be on the list.
    type: str
    choices: [present, absent]
    default: present
  <<: &fields
    apply_to_rate_limit:
      description: Whether the list also lifts the limits of calls. This is one switch for the whole list.
      type: bool
  networks:
    description: The networks to manage in one call.
    type: list
    elements: dict
    suboptions:
      ip:
        description: Address of the network.
        type: str
        required: true
      mask:
        description: Length of its prefix.
        type: int
      state:
        description: Whether the network must be on the list. Default is the value beside the list.
        type: str
        choices: [present, absent]
      <<: *fields
"""

EXAMPLES = r"""
- name: Let the controller work without limits
  workplace.onboarding.ocs_ip_allowlist:
    ip: 192.0.2.10
    apply_to_rate_limit: true

- name: Two networks, and one address that is no longer needed
  workplace.onboarding.ocs_ip_allowlist:
    networks:
      - {ip: 198.51.100.0, mask: 24}
      - {ip: "2001:db8::", mask: 32}
      - {ip: 203.0.113.7, state: absent}
"""

RETURN = r"""
networks:
  description:
    - The networks that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them, and
      always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Name of the network., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: int, returned: when the server gave one}
  sample: [{name: 192.0.2.10/32, action: create, changed: true, failed: false}]
summary:
  description: Counts of the networks by what became of them.
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
from ansible_collections.workplace.onboarding.plugins.module_utils.ocs.ip_allowlist import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
