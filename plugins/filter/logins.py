# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter: logins for people who have none yet."""

from __future__ import annotations

DOCUMENTATION = r"""
name: logins
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: Give logins to people who have none
description:
  - Fills in the logins that are missing. A login of the file stays, and whoever has an assigned one keeps it.
  - The others get what the pattern makes of their names. When that is not free, it is the same with V(2) behind it, then V(3), and so on.
    Homonyms are numbered in the order of their employee numbers, whatever their order in the file.
  - Free is a login that nobody has or had, letter case aside. So nobody gets the login of somebody who left, as long as that is among
    O(assigned) or O(taken).
  - Whoever has no login needs an employee number, because nothing else says in the next run who that is.
  - In names, letters lose case and marks (C(É) is C(e), C(ç) is C(c)), and C(œ) is C(oe), C(æ) is C(ae), C(ß) is C(ss), C(ø) is C(o),
    C(ł) is C(l), C(ı) is C(i), C(đ) is C(d), C(þ) is C(th). Hyphens stay. Spaces, apostrophes, dots and other signs go, so that
    C(Jean-Pierre) is C(jean-pierre), C(d'Arc) is C(darc), C(de la Tour) is C(delatour) and C(O'Neil) is C(oneil).
  - A name in another script than the Latin one is refused, because it would have to be guessed. Give such people a login in the file.
positional: _input
options:
  _input:
    description: Person records, as P(workplace.onboarding.from_hr_csv#filter) and P(workplace.onboarding.people#filter) return them.
    type: list
    elements: dict
    required: true
  pattern:
    description:
      - How a login is made. C({field}) is the value of a field, C({field[0]}) its first letter, C({extra[Header]}) a value of another column.
      - Besides there may be C(a-z), C(0-9), dots, hyphens and underscores.
    type: str
    default: "{given_name}.{family_name}"
  assigned:
    description: A map from employee number to login, of everybody who ever got one.
    type: dict
    default: {}
  taken:
    description:
      - Logins that nobody may get, such as those of service accounts and those that people had before they were renamed. They may be
        patterns, such as V(admin*).
    type: list
    elements: str
    default: []
  max_length:
    description: How long a login may be, the number of a homonym included. What is longer is cut.
    type: int
    default: 64
  replace:
    description: Letters that are to be written in another way than the usual one, such as C(ü) as V(ue).
    type: dict
    default: {}
  held:
    description:
      - Of accounts that exist, login to employee number, as P(workplace.onboarding.people_numbers#filter) gives them. Who has that number gets that
        login, and nobody else is made one.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- name: Give logins to those who have none, and keep those of before
  ansible.builtin.set_fact:
    people: "{{ people | workplace.onboarding.logins(assigned=assigned, taken=['root', 'admin*']) }}"
  vars:
    assigned:
      "0101": zoe.fable
      "0102": zoe.fable2

- name: A letter and the family name, German letters as two, all in twenty characters
  ansible.builtin.debug:
    msg: "{{ people | workplace.onboarding.logins(pattern='{given_name[0]}{family_name}', replace=german, max_length=20) }}"
  vars:
    german: {ä: ae, ö: oe, ü: ue}

- name: Take what was assigned from a list of all who ever were here
  ansible.builtin.debug:
    msg: "{{ people | workplace.onboarding.logins(assigned=everybody | items2dict(key_name='employee_number', value_name='login')) }}"
  vars:
    everybody:
      - {employee_number: "0001", login: basil.inkwell}
      - {employee_number: "0101", login: zoe.fable}
"""

RETURN = r"""
_value:
  description: The same people in the same order, each with a login.
  type: list
  elements: dict
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.logins import logins
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"logins": people_filter(logins)}
