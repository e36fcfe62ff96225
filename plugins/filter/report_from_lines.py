# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter report_from_lines."""

from __future__ import annotations

DOCUMENTATION = r"""
name: report_from_lines
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: The lines of a run, as a report holds them
description:
  - Takes the lines of P(workplace.onboarding.people_outcome#filter), leaves out what only the work needs, and puts their notes into the message.
  - In an audit, an account that exists and that a run would change is marked as drift.
positional: _input, kind
options:
  _input:
    description: The lines.
    type: list
    elements: dict
    required: true
  kind:
    description: What the report is.
    type: str
    choices: [plan, run, audit]
    default: run
"""

EXAMPLES = r"""
- name: Show which accounts differ from the rules
  ansible.builtin.debug:
    msg: "{{ lines | workplace.onboarding.report_from_lines('audit') | selectattr('drift') | map(attribute='account') }}"
  vars:
    lines:
      - {person: {login: zoe.fable, phase: active}, backend: ocs, account: zoe.fable, action: update, changed: true, entry: 0}
"""

RETURN = r"""
_value:
  description: The lines for P(workplace.onboarding.report_page#filter), P(workplace.onboarding.report_csv#filter) and
    P(workplace.onboarding.report_lines#filter).
  type: list
  elements: dict
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter
from ansible_collections.workplace.onboarding.plugins.plugin_utils.report.lines import from_lines


def report_from_lines(lines: Sequence[Mapping[str, Any]], kind: str = "run") -> list[dict[str, Any]]:
    """See DOCUMENTATION."""
    return from_lines(lines, kind)


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"report_from_lines": people_filter(report_from_lines)}
