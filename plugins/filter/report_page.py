# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter report_page."""

from __future__ import annotations

DOCUMENTATION = r"""
name: report_page
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: A report as one self-contained HTML page
description:
  - People by backends, what changed and why, drift, orphans and missing accounts, to filter, search, sort and print, in English and French.
  - The page holds its data, style and script, and its policy forbids it any network. It may be opened from a disk or sent by mail.
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
"""

EXAMPLES = r"""
- name: Write it
  ansible.builtin.copy:
    content: "{{ lines | workplace.onboarding.report_page(head) }}"
    dest: report.html
    mode: "0600"
  vars:
    head: {kind: audit, run: "2026-11-02", at: "2026-11-02T02:00:00+01:00", people: 1, organisation: Town of Exampleville}
    lines:
      - {person: {login: zoe.fable, phase: active}, backend: ocs, account: zoe.fable, action: update, changed: true, fields: [groups], drift: true}
"""

RETURN = r"""
_value:
  description: The page.
  type: str
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter
from ansible_collections.workplace.onboarding.plugins.plugin_utils.report.page import to_page


def report_page(lines: Sequence[Mapping[str, Any]], head: Mapping[str, Any]) -> str:
    """See DOCUMENTATION."""
    return to_page(head, lines)


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"report_page": people_filter(report_page)}
