# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter: what became of people since the last time."""

from __future__ import annotations

DOCUMENTATION = r"""
name: people_changes
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: Compare people with what is remembered of them
description:
  - Tells who is new, missing, renamed or back, and who has the login of somebody else. Nothing is decided here.
  - Somebody is the same person by the employee number, or by the login where the file or the memory has no number. Who is gone, and had a
    number, is not taken for the same person by the login alone.
positional: _input, remembered
options:
  _input:
    description: Person records, each with a login.
    type: list
    elements: dict
    required: true
  remembered:
    description:
      - What is remembered. A list of maps, a map of maps, or a map that has them under C(people).
      - Each has a C(login), and C(former_logins), C(employee_number), C(display_name), C(given_name), C(family_name), C(email), C(end_date)
        and C(phase) as far as they were known.
    type: raw
    required: true
  phases:
    description: What P(workplace.onboarding.phases#filter) returns, to tell who is back.
    type: dict
    default: {}
seealso:
  - plugin: workplace.onboarding.phases
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Say what became of people
  ansible.builtin.debug:
    msg: "{{ (found.missing + found.renamed + found.returned + found.warnings) | map(attribute='text') }}"
  vars:
    found: "{{ people | workplace.onboarding.people_changes(remembered) }}"
    remembered:
      - {login: zoe.tale, employee_number: "0101", display_name: Zoé Tale, phase: active}
      - {login: fern.storybook, employee_number: "0007", display_name: Fern Storybook, phase: active}

- name: Stop when somebody has the login of somebody else
  ansible.builtin.assert:
    that: found.errors | length == 0
    fail_msg: "{{ found.errors | map(attribute='text') | join('; ') }}"
  vars:
    found: "{{ people | workplace.onboarding.people_changes([{'login': 'zoe.tale', 'employee_number': '0101'}]) }}"
"""

RETURN = r"""
_value:
  description:
    - Lists of maps. Each map has C(login), C(employee_number) and a sentence in C(text).
  type: dict
  contains:
    joined:
      description: People who are not remembered.
      type: list
      elements: dict
    missing:
      description: People who are remembered and no longer in the list, with the C(end_date) and C(phase) that are remembered.
      type: list
      elements: dict
    renamed:
      description: People with another login, name or e-mail address than before, with C(fields), a map from field to before and after.
      type: list
      elements: dict
    returned:
      description: People who were leaving or gone and are not now, with C(former_phase) and C(phase).
      type: list
      elements: dict
    errors:
      description: People whose login is or was that of somebody else. A run must stop.
      type: list
      elements: dict
    warnings:
      description: People whose manager is nobody in the list.
      type: list
      elements: dict
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_changes import changes
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"people_changes": people_filter(changes)}
