# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter: the CSV export of an HR tool as a list of person records."""

from __future__ import annotations

DOCUMENTATION = r"""
name: from_hr_csv
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: Read people from the CSV file of an HR tool
description:
  - Turns the text of a CSV file into a list of person records, the form in which this collection handles people.
  - Every row is checked before anything is returned. What is wrong is reported at once, in one message, with row numbers
    as a spreadsheet shows them (the header is row 1). The same fault in four or more rows is one sentence. A file with one bad row
    yields nothing.
  - Refused are missing logins; a login, employee number or e-mail address that two people have (C(Zoe) and C(zoe) are the
    same); malformed e-mail addresses; dates that are none; an end before the start; people who are, over some steps, their own
    managers; words that are no answer in C(on_leave); rows with more or fewer columns than the header, unbalanced quotes, repeated
    headers; text that was decoded with the wrong encoding; columns that look like passwords; a file without header or people.
  - Columns in each other's place are noticed where their values show it, such as an e-mail address or a date where none belongs,
    a digit in a name, no e-mail address where there should be one, or telephone numbers most of which have no digit.
  - A manager who is not in the file is no fault. P(workplace.onboarding.people_changes#filter) tells who is meant.
positional: _input
options:
  _input:
    description:
      - The text of the file, in UTF-8, with or without a byte order mark.
      - Its first row that holds anything is the header. Rows without any value are left out, and spaces around a value are removed.
    type: str
    required: true
  delimiter:
    description:
      - The one character between two cells.
      - With V(auto), the one of comma, semicolon, tab and bar that makes most fields of the header.
    type: str
    default: ","
  columns:
    description:
      - A dictionary from header to field, for headers that are not named like their field.
      - Headers are compared without regard to letter case, spaces, hyphens and underscores, so that C(Given name) needs
        no mapping. A header that is named here and absent from the file is an error.
      - A column that is neither mapped nor named like a field goes to C(extra), under its header. Mapping a header to
        V(extra) sends it there although it is named like a field.
    type: dict
    default: {}
  required:
    description: The fields that every person must have. A list of your own replaces the default, so name C(login) in it too.
    type: list
    elements: str
    default: [login]
  date_formats:
    description:
      - How dates are written. A form is made of C(YYYY), C(MM) and C(DD), each with all its digits, and what stands between them.
      - V(YYYY-MM-DD) is always understood. Forms that could read one date in two ways, such as V(DD/MM/YYYY) and V(MM/DD/YYYY), are
        refused together.
    type: list
    elements: str
    default: [YYYY-MM-DD, DD/MM/YYYY]
notes:
  - Yes is V(yes), V(y), V(true), V(1), V(oui), V(o), V(vrai) or V(x), no is V(no), V(n), V(false), V(0), V(non), V(faux) or an
    empty cell, in any letter case.
  - A person record holds no secrets. A column that looks like a password is refused, wherever it is mapped.
  - P(ansible.builtin.file#lookup) reads a file as UTF-8. For another encoding, read it with M(ansible.builtin.slurp) and name the
    encoding in P(ansible.builtin.b64decode#filter), such as V(cp1252) for what Excel saves as plain CSV in Western Europe, and
    V(utf-16) for its Unicode text (with tabs).
seealso:
  - plugin: workplace.onboarding.people
    plugin_type: filter
  - plugin: ansible.builtin.file
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Show who is in the file, whose headers are named like the fields
  ansible.builtin.debug:
    msg: "{{ lookup('ansible.builtin.file', 'people.csv') | workplace.onboarding.from_hr_csv | map(attribute='display_name') }}"

- name: Show who works where, from a file with semicolons and French headers
  ansible.builtin.debug:
    msg: "{{ item.display_name }} works in {{ item.department }}"
  loop: "{{ lookup('ansible.builtin.file', 'effectifs.csv') | workplace.onboarding.from_hr_csv(delimiter=';', columns=headers) }}"
  loop_control:
    label: "{{ item.login }}"
  vars:
    headers:
      Identifiant: login
      Prénom: given_name
      Nom: family_name
      Courriel: email
      Service: department

- name: Fetch a file that Excel saved on Windows
  ansible.builtin.slurp:
    src: "{{ playbook_dir }}/effectifs-excel.csv"
  register: hr_file
  delegate_to: localhost

- name: Read it
  ansible.builtin.set_fact:
    people: >-
      {{ hr_file.content | ansible.builtin.b64decode(encoding='cp1252')
      | workplace.onboarding.from_hr_csv(delimiter='auto', columns={'Identifiant': 'login', 'Prénom': 'given_name', 'Nom': 'family_name',
      'Matricule': 'employee_number', 'Arrivée': 'start_date', 'Départ': 'end_date', 'Absence longue': 'on_leave'}) }}

- name: Refuse a file in which somebody has no e-mail address to be invited at
  ansible.builtin.set_fact:
    people: "{{ lookup('ansible.builtin.file', 'people.csv') | workplace.onboarding.from_hr_csv(required=['login', 'email']) }}"
"""

RETURN = r"""
_value:
  description:
    - One record for each row, in the order of the file.
    - A record always has every key below, so that a template can name any of them for any person. What is unknown is V(null).
  type: list
  elements: dict
  contains:
    login:
      description: The name of the account.
      type: str
    employee_number:
      description: The number of the person in the HR tool, as text, leading zeros included.
      type: str
    given_name:
      description: The given name.
      type: str
    family_name:
      description: The family name.
      type: str
    display_name:
      description: The name to show. The given and the family name where the file has none.
      type: str
    email:
      description: The address at work.
      type: str
    private_email:
      description: The private address.
      type: str
    phone:
      description: The telephone number, as written in the file.
      type: str
    department:
      description: The department.
      type: str
    site:
      description: The place of work.
      type: str
    job_title:
      description: The job title.
      type: str
    manager:
      description: The manager, as written in the file, by login, e-mail address or employee number.
      type: str
    start_date:
      description: The first day, as C(YYYY-MM-DD).
      type: str
    end_date:
      description: The last day, as C(YYYY-MM-DD).
      type: str
    on_leave:
      description: Whether the person is on long leave. Never V(null), since a condition must be true or false. An empty cell is V(false).
      type: bool
    language:
      description: The language, as written in the file.
      type: str
    extra:
      description: The values of all other columns by header, V(null) where a cell is empty.
      type: dict
  sample:
    - login: zoe.fable
      employee_number: "0101"
      given_name: Zoé
      family_name: Fable
      display_name: Zoé Fable
      email: zoe.fable@example.org
      private_email: null
      phone: "+33199001101"
      department: staff
      site: town-hall
      job_title: Registrar
      manager: basil.inkwell
      start_date: "2026-09-01"
      end_date: null
      on_leave: false
      language: fr
      extra:
        Badge: "7"
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_csv import people_from_csv
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"from_hr_csv": people_filter(people_from_csv)}
