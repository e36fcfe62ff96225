#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_subscription_info
short_description: Read what users of a BlueMind have subscribed to
version_added: 0.1.0
description:
  - Reads what a user has subscribed to, or who has subscribed to a container, as M(workplace.onboarding.bluemind_subscription) accepts
    it. Giving it back changes nothing.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.bluemind
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.bluemind
options:
  container:
    description: Uid of the container, such as V(calendar:Default:u-coral) or that of a further calendar. It stands for O(kind), O(owner).
    type: str
  kind:
    description: Which of the owner's containers is meant.
    type: str
    choices: [mailbox, calendar, contacts, todolist]
  owner:
    description:
      - Whose it is. A user by login, address or uid; for V(mailbox) also a mailshare and for V(calendar) also a resource, by name,
        address or uid; for V(contacts) also the domain itself, by its name.
    type: str
  user:
    description: Whose subscriptions to read, by login, address or uid.
    type: str
  domain:
    description: Domain of the O(user) and the O(owner), by its name, one of its aliases or its uid. It must be given.
    type: str
seealso:
  - module: workplace.onboarding.bluemind_subscription
"""

EXAMPLES = r"""
- name: Read what a leaver saw
  workplace.onboarding.bluemind_subscription_info:
    domain: example.org
    user: coral
  register: seen

- name: Read who looks at a mailshare
  workplace.onboarding.bluemind_subscription_info:
    domain: example.org
    kind: mailbox
    owner: office
  register: readers
"""

RETURN = r"""
subscriptions:
  description:
    - The subscriptions, each with the options of M(workplace.onboarding.bluemind_subscription), sorted by user.
    - What is the owner's by default has C(kind) and C(owner), anything else, such as a further address book, only C(container).
  returned: success
  type: list
  elements: dict
  sample: [{container: 'mailbox:acls-office', kind: mailbox, owner: office, user: coral, domain: example.org, offline_sync: true}]
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.subscription import INFO
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
