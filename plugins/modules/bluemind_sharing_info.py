#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_sharing_info
short_description: Read who may use mailboxes and calendars of a BlueMind
version_added: 0.1.0
description:
  - Reads the rights on one container, or on those that an owner has, as M(workplace.onboarding.bluemind_sharing) accepts them. Giving
    them back changes nothing. Rights of the owner, and what other rights imply, are left out.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.bluemind
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.bluemind
options:
  container:
    description:
      - Uid of the container, such as V(calendar:Default:u-coral) or that of a further calendar. It stands for O(kind), O(owner) and
        O(domain).
    type: str
  kind:
    description: Which of the owner's containers; by default all of them is meant.
    type: str
    choices: [mailbox, calendar, contacts, todolist]
  owner:
    description:
      - Whose it is. A user by login, address or uid; for V(mailbox) also a mailshare and for V(calendar) also a resource, by name,
        address or uid; for V(contacts) also the domain itself, by its name.
    type: str
  domain:
    description: Domain of the O(owner), by its name, one of its aliases or its uid.
    type: str
seealso:
  - module: workplace.onboarding.bluemind_sharing
"""

EXAMPLES = r"""
- name: Read who may use anything of a leaver
  workplace.onboarding.bluemind_sharing_info:
    domain: example.org
    owner: coral
  register: shared
"""

RETURN = r"""
containers:
  description: The containers, each with the options of M(workplace.onboarding.bluemind_sharing).
  returned: success
  type: list
  elements: dict
  sample: [{container: 'mailbox:acls-u-coral', kind: mailbox, owner: coral, domain: example.org, entries: [{subject: gus, verb: Read}]}]
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.sharing import INFO
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
