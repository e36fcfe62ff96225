# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter: maps, as JSON and YAML give them, as a list of person records."""

from __future__ import annotations

DOCUMENTATION = r"""
name: people
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: Make person records of maps, as JSON or YAML give them
description:
  - Turns a list of maps into a list of person records, the form in which this collection handles people, by the same rules as
    P(workplace.onboarding.from_hr_csv#filter).
  - Every entry is checked before anything is returned. What is wrong is reported at once, in one message, with the number and login
    of each entry. The same fault in four or more entries is one sentence.
  - Records that were made before come back as they are.
positional: _input
options:
  _input:
    description:
      - The maps. Their keys are the fields of a record, and are written exactly so. A key of any other name is refused; values of your
        own go below C(extra).
      - Values are texts. C(start_date) and C(end_date) may be YAML dates, and C(on_leave) a boolean. What is left out, V(null) or
        empty is unknown.
    type: list
    elements: dict
    required: true
  required:
    description: The fields that every person must have. A list of your own replaces the default, so name C(login) in it too.
    type: list
    elements: str
    default: [login]
  date_formats:
    description: How dates are written, as in P(workplace.onboarding.from_hr_csv#filter).
    type: list
    elements: str
    default: [YYYY-MM-DD, DD/MM/YYYY]
  numbers_as_text:
    description:
      - Whether a number counts as a text. YAML reads the employee number C(0042) as 34, so numbers are refused unless you know where
        they come from, such as a JSON file.
    type: bool
    default: false
seealso:
  - plugin: workplace.onboarding.from_hr_csv
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Check people who are written in the playbook
  ansible.builtin.set_fact:
    people: "{{ listed | workplace.onboarding.people }}"
  vars:
    listed:
      - login: zoe.fable
        employee_number: "0101"
        given_name: Zoé
        family_name: Fable
        start_date: 2026-09-01
        extra:
          Badge: "7"
      - login: basil.inkwell
        on_leave: true

- name: Check the people of a JSON file, whose employee numbers are numbers
  ansible.builtin.set_fact:
    people: >-
      {{ lookup('ansible.builtin.file', 'people.json') | ansible.builtin.from_json
      | workplace.onboarding.people(required=['login', 'employee_number'], numbers_as_text=true) }}
"""

RETURN = r"""
_value:
  description: One record for each map, in the same order, with the keys that P(workplace.onboarding.from_hr_csv#filter) lists.
  type: list
  elements: dict
  sample:
    - login: zoe.fable
      employee_number: "0101"
      given_name: Zoé
      family_name: Fable
      display_name: Zoé Fable
      email: null
      private_email: null
      phone: null
      department: null
      site: null
      job_title: null
      manager: null
      start_date: "2026-09-01"
      end_date: null
      on_leave: false
      language: null
      extra:
        Badge: "7"
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_list import people_from_list


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"people": people_filter(people_from_list)}
