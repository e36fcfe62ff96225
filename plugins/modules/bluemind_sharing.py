#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_sharing
short_description: Manage who may use mailboxes and calendars of a BlueMind
version_added: 0.1.0
description:
  - Manages the rights of users and groups on a mailbox, a calendar, an address book or a list of tasks of somebody, of one or of all of a
    list in one call.
  - Rights imply others, V(Write) for example V(Read). What is implied need not be given. Removing a right also removes those that imply it.
  - The delegate sees nothing of it without a subscription, which M(workplace.onboarding.bluemind_subscription) makes.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.bluemind
  - workplace.onboarding.bulk
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.bluemind
notes:
  - On BlueMind 5 who may write to a mailshare may send as it, too.
options:
  container:
    description:
      - Uid of the container, such as V(calendar:Default:u-coral) or that of a further calendar. It stands for O(kind), O(owner) and O(domain).
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
  domain:
    description:
      - Domain of the O(owner), by its name, one of its aliases or its uid. May stand beside the list, for the entries that do not give
        it.
    type: str
  state:
    description: Rights are managed on what exists, so this is V(present).
    type: str
    choices: [present]
    default: present
  entries_mode:
    description: Whether the listed O(entries) are added, removed, or become exactly the list.
    type: str
    choices: [add, set, remove]
    default: add
  <<: &fields
    entries:
      description: The rights. Those of the owner are never touched and need not be given.
      type: list
      elements: dict
      suboptions:
        subject:
          description:
            - Who has the right. A user by login, address or uid, a group by name, address or uid, or the domain by any of its names for
              everybody in it. Where a user and a group have the same name, the user is meant.
          type: str
          required: true
        verb:
          description:
            - What the subject may do. With O(entries_mode=remove) it may be left out, and all rights of the subject are removed.
            - V(Visible), V(SendAs) and V(ReadExtended) need BlueMind 5, and V(Visible) release 5.7.
          type: str
          choices: [Visible, Invitation, Freebusy, SendOnBehalf, SendAs, Read, ReadExtended, Write, Manage, All]
  containers:
    description: The containers to manage in one call.
    type: list
    elements: dict
    suboptions:
      container:
        description:
          - Uid of the container, such as V(calendar:Default:u-coral) or that of a further calendar. It stands for O(kind), O(owner) and
            O(domain).
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
      domain:
        description: Domain of the O(owner), by its name, one of its aliases or its uid. Default is the value beside the list.
        type: str
      state:
        description: Rights are managed on what exists, so this is V(present).
        type: str
        choices: [present]
      entries_mode:
        description: Whether the listed O(entries) are added, removed, or become exactly the list. Default is the value beside the list.
        type: str
        choices: [add, set, remove]
      <<: *fields
seealso:
  - module: workplace.onboarding.bluemind_sharing_info
  - module: workplace.onboarding.bluemind_subscription
  - module: workplace.onboarding.bluemind_mailshare
"""

EXAMPLES = r"""
- name: The office works in its mailbox
  workplace.onboarding.bluemind_sharing:
    domain: example.org
    kind: mailbox
    owner: office
    entries:
      - subject: staff
        verb: Write
      - subject: coral
        verb: Manage

- name: Exactly these people see a calendar, everybody else only when it is free
  workplace.onboarding.bluemind_sharing:
    domain: example.org
    kind: calendar
    owner: hazel
    entries:
      - subject: gus@example.org
        verb: Read
      - subject: example.org
        verb: Freebusy
    entries_mode: set

- name: Take everything away from a leaver
  workplace.onboarding.bluemind_sharing:
    domain: example.org
    entries_mode: remove
    containers:
      - kind: mailbox
        owner: office
        entries:
          - subject: olive
      - kind: calendar
        owner: hazel
        entries:
          - subject: olive
"""

RETURN = r"""
containers:
  description:
    - The containers that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them,
      and always the one of the single form. In the order of the input. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: 'What it is and whose, or its uid.', type: str, returned: always}
    action: {description: 'What it needed: V(update) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    id: {description: 'Container, kind, owner and domain of it.', type: dict, returned: when it is known}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: str, returned: when the server gave one}
  sample: [{name: mailbox of office, action: update, changed: true, failed: false, fields: [entries]}]
summary:
  description: Counts of the containers by what became of them.
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.sharing import TASK
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
