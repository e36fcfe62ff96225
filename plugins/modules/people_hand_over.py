# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# What it does is in the action plugin of this name.

from __future__ import annotations

DOCUMENTATION = r"""
module: people_hand_over
short_description: Who was given their first passwords, when, by whom and how
version_added: 0.1.0
author:
  - Workplace Team (@workplace)
description:
  - Keeps one small record per person beside the files of M(workplace.onboarding.people_secrets). It holds no password and hands nothing
    over; the playbook C(workplace.onboarding.hand_over) does, with your own tasks.
  - The record is begun before a password leaves and ended after, so that nobody is given theirs twice, not even when a run is killed in
    between. Such a record stays V(begun) until somebody decides.
  - Works on the controller, whatever host the task is for, and without its connection.
extends_documentation_fragment:
  - workplace.onboarding.attributes.on_controller
attributes:
  check_mode:
    description: Records nothing.
    support: full
  diff_mode:
    description: A record has no earlier state worth showing.
    support: none
  idempotent:
    description: Reading is. A record is begun once, and a second time only when O(again) asks for it.
    support: partial
options:
  path:
    description:
      - The directory of the records, usually that of the passwords. Modes and places are judged as by
        M(workplace.onboarding.people_secrets).
    type: path
    required: true
  state:
    description:
      - V(due) only reads.
      - V(begun) records that the passwords of O(login) are about to be handed over. It fails when they were, or when another run is at it.
      - V(done) and V(failed) end what was begun.
    type: str
    choices: [due, begun, done, failed]
    default: due
  logins:
    description: For O(state=due), whom to tell of. By default everybody with a file of passwords in the directory.
    type: list
    elements: str
  login:
    description: The person, for all states but V(due).
    type: str
  again:
    description:
      - Logins that are due again whatever the record says, or one of the words V(unfinished) (what was begun or failed) and V(all).
    type: list
    elements: str
    default: []
  by:
    description: Who does it. By default the account that Ansible runs under.
    type: str
  means:
    description: How, in your words, such as V(letter).
    type: str
    default: not said
  systems:
    description: The systems whose passwords are handed over.
    type: list
    elements: str
    default: []
seealso:
  - module: workplace.onboarding.people_secrets
"""

EXAMPLES = r"""
- name: See who has not been given a password yet
  workplace.onboarding.people_hand_over:
    path: "{{ secrets_folder }}"
  register: handing

- name: Note that Coral is about to get hers
  workplace.onboarding.people_hand_over:
    path: "{{ secrets_folder }}"
    login: coral
    state: begun
    means: letter
  when: "'coral' in handing.due"

- name: Note that she got it
  workplace.onboarding.people_hand_over:
    path: "{{ secrets_folder }}"
    login: coral
    state: done
  when: "'coral' in handing.due"
"""

RETURN = r"""
due:
  description: The logins whose passwords are to be handed over.
  returned: with O(state=due)
  type: list
  elements: str
done:
  description: The records of those who were given theirs.
  returned: with O(state=due)
  type: list
  elements: dict
  contains: &record
    login:
      description: The person.
      type: str
    state:
      description: V(begun), V(done) or V(failed).
      type: str
    at:
      description: When, in UTC.
      type: str
    by:
      description: Who did it.
      type: str
    means:
      description: How.
      type: str
    systems:
      description: The systems whose passwords were handed over.
      type: list
      elements: str
unfinished:
  description: The records of those who may or may not have been given theirs, because it was only begun, or failed.
  returned: with O(state=due)
  type: list
  elements: dict
  contains: *record
record:
  description: The record that was written.
  returned: with the other states, but not in check mode
  type: dict
  contains: *record
"""
