#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_subscription
short_description: Manage what users of a BlueMind have subscribed to
version_added: 0.1.0
description:
  - Subscribes users to mailboxes, calendars, address books and lists of tasks, and ends subscriptions, one or all of a list in one call.
    Without a subscription nobody sees what M(workplace.onboarding.bluemind_sharing) shares with them; with one and without the right they
    see nothing either.
  - Subscriptions to what is the user's own by default cannot be ended.
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
  - The O(prune_scope) of subscriptions is a map with both C(domain) and C(user).
options:
  container:
    description: Uid of the container, such as V(calendar:Default:u-coral) or that of a further calendar. It stands for O(kind) and O(owner).
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
    description: Who subscribes, by login, address or uid. May stand beside the list, for the entries that do not give it.
    type: str
  domain:
    description:
      - Domain of the O(user) and the O(owner), by its name, one of its aliases or its uid. May stand beside the list, for the entries
        that do not give it.
    type: str
  state:
    description: Whether the subscription must exist.
    type: str
    choices: [present, absent]
    default: present
  <<: &fields
    offline_sync:
      description: Whether programs keep a copy for the time without a connection. Not, by default, for a new subscription.
      type: bool
    automount:
      description: Whether it appears by itself in the programs of the user, as a new subscription does by default. BlueMind 5 only.
      type: bool
  subscriptions:
    description: The subscriptions to manage in one call.
    type: list
    elements: dict
    suboptions:
      container:
        description:
          - Uid of the container, such as V(calendar:Default:u-coral) or that of a further calendar. It stands for O(kind) and O(owner).
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
        description: Who subscribes, by login, address or uid. Default is the value beside the list.
        type: str
      domain:
        description:
          - Domain of the O(user) and the O(owner), by its name, one of its aliases or its uid. Default is the value beside the list.
        type: str
      state:
        description: Whether the subscription must exist. Default is the value beside the list.
        type: str
        choices: [present, absent]
      <<: *fields
seealso:
  - module: workplace.onboarding.bluemind_subscription_info
  - module: workplace.onboarding.bluemind_sharing
"""

EXAMPLES = r"""
- name: Show the mailbox of the office to a user
  workplace.onboarding.bluemind_subscription:
    domain: example.org
    user: coral
    kind: mailbox
    owner: office
    offline_sync: true

- name: Show it to others, and a calendar no longer
  workplace.onboarding.bluemind_subscription:
    domain: example.org
    subscriptions:
      - user: gus
        kind: mailbox
        owner: office
      - user: hazel
        kind: mailbox
        owner: office
      - user: gus
        kind: calendar
        owner: olive
        state: absent
"""

RETURN = r"""
subscriptions:
  description:
    - The subscriptions that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of
      them, and always the one of the single form. In the order of the input, then what was pruned. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: 'What it is, whose, and for whom.', type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    id: {description: 'Container, user and domain of it.', type: dict, returned: when it is known}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: str, returned: when the server gave one}
  sample: [{name: mailbox of office for coral, action: create, changed: true, failed: false}]
summary:
  description: Counts of the subscriptions by what became of them.
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.subscription import TASK
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
