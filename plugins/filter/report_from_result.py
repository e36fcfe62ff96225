# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter report_from_result."""

from __future__ import annotations

DOCUMENTATION = r"""
name: report_from_result
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: Lines of a report out of what a module returned
description:
  - One line for each person, and one for each account of the result that is nobody's. A module that failed as a whole failed for everybody.
notes:
  - Values before and after are there when the task had C(diff=true) or the play ran with C(--diff).
positional: _input, people, backend
options:
  _input:
    description: What the module returned.
    type: dict
    required: true
  people:
    description: The people for whom this backend was asked, as P(workplace.onboarding.people#filter) returns them.
    type: list
    elements: dict
    required: true
  backend:
    description: The name of the backend.
    type: str
    required: true
  kind:
    description: What the report is. In an audit every difference is drift, and an account to be created is missing.
    type: str
    choices: [plan, run, audit]
    default: run
  plural:
    description: The key of the result that holds the objects.
    type: str
    default: users
  instance:
    description: A label of the server. Without it the O(ignore:instance) that the module was given.
    type: str
  accounts:
    description: Login to name of the account there. Without it the login is the name.
    type: dict
  phases:
    description: Login to phase.
    type: dict
  reasons:
    description: Login to why, C(phase preboarding -> active) for example.
    type: dict
  signs:
    description: What an update really is. The first entry whose C(field) changed, to C(value) where that is given, names the C(action).
    type: list
    elements: dict
    default: []
  means:
    description: Action to how it is done there, in words.
    type: dict
  refused:
    description: Login to why nothing may be done to this person.
    type: dict
  steady:
    description: Logins of people whose record and phase are as they were the last time. What has to be changed for them is drift.
    type: list
    elements: str
    default: []
  orphans:
    description: Names of further accounts that were found there and belong to nobody.
    type: list
    elements: str
    default: []
  at:
    description: The time, as ISO 8601.
    type: str
"""

EXAMPLES = r"""
- name: Show what became of whom
  ansible.builtin.debug:
    msg: "{{ result | workplace.onboarding.report_from_result(people, 'ocs', signs=signs) | map(attribute='action') }}"
  vars:
    people:
      - {login: zoe.fable, display_name: Zoe Fable}
    signs:
      - {field: enabled, value: false, action: suspend}
    result:
      changed: true
      users:
        - {name: zoe.fable, action: update, changed: true, failed: false, fields: [enabled]}
      diff:
        - {before_header: zoe.fable, after_header: zoe.fable, before: {enabled: true}, after: {enabled: false}}
"""

RETURN = r"""
_value:
  description: The lines for P(workplace.onboarding.report_page#filter), P(workplace.onboarding.report_csv#filter) and
    P(workplace.onboarding.report_lines#filter).
  type: list
  elements: dict
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter
from ansible_collections.workplace.onboarding.plugins.plugin_utils.report.lines import lines_of


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"report_from_result": people_filter(lines_of)}
