# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter report_csv."""

from __future__ import annotations

DOCUMENTATION = r"""
name: report_csv
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: A report as CSV
description:
  - One row for each person and backend, in UTF-8 with the byte order mark that Excel needs.
  - A text that a spreadsheet would take for a formula gets an apostrophe in front.
  - An unknown key, a value of another type and a missing one are refused, all of them in one message. What stands under the name of a
    secret in C(before), C(after) and C(policy) is hidden.
positional: _input, head
options:
  _input:
    description: The lines, as P(workplace.onboarding.people_report#filter) returns them.
    type: list
    elements: dict
    required: true
  head:
    description:
      - What the report is about. C(kind) (V(plan), V(run) or V(audit)), C(run), C(at) (ISO 8601; the clock is never asked) and C(people) (how many)
        must be there; C(organisation), C(instances) (backend to label, in the order of the columns), C(awx_job), C(policy) (name to value),
        C(language) (V(en) or V(fr)) and C(notes) (list of texts) may be.
    type: dict
    required: true
  delimiter:
    description: The character between two cells. Excel in French wants V(;).
    type: str
    choices: [",", ";", "\t"]
    default: ","
"""

EXAMPLES = r"""
- name: Write it
  ansible.builtin.copy:
    content: "{{ lines | workplace.onboarding.report_csv(head, delimiter=';') }}"
    dest: report.csv
    mode: "0600"
  vars:
    head: {kind: audit, run: "2026-11-02", at: "2026-11-02T02:00:00+01:00", people: 1, organisation: Town of Exampleville}
    lines:
      - {person: {login: zoe.fable, phase: active}, backend: ocs, account: zoe.fable, action: update, changed: true, fields: [groups], drift: true}
"""

RETURN = r"""
_value:
  description: The text.
  type: str
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter
from ansible_collections.workplace.onboarding.plugins.plugin_utils.report.table import to_csv


def report_csv(lines: Sequence[Mapping[str, Any]], head: Mapping[str, Any], delimiter: str = ",") -> str:
    """See DOCUMENTATION."""
    return to_csv(head, lines, delimiter)


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"report_csv": people_filter(report_csv)}
