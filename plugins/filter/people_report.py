# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter people_report."""

from __future__ import annotations

DOCUMENTATION = r"""
name: people_report
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: What to tell people of a run
description:
  - The lines of P(workplace.onboarding.people_outcome#filter) in the form of the filters P(workplace.onboarding.report_page#filter),
    P(workplace.onboarding.report_csv#filter) and P(workplace.onboarding.report_lines#filter), and in a few words.
notes:
  - Made for the role P(workplace.onboarding.people#role), and the same from a playbook of your own.
positional: _input, kind
options:
  _input:
    description: The lines.
    type: list
    elements: dict
    required: true
  kind:
    description: What the report is of. In an audit everything that a run would do is drift, or a missing account.
    type: str
    choices: [plan, run, audit]
    required: true
"""

EXAMPLES = r"""
- name: Say what happened
  ansible.builtin.debug:
    msg: "{{ (people_lines | workplace.onboarding.people_report('run')).said }}"
"""

RETURN = r"""
_value:
  description: C(lines) for the reports. C(said), one sentence for each backend. C(rerun), the logins of those for whom something failed.
  type: dict
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.outcome import report
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter


def people_report(lines: Sequence[dict[str, Any]], kind: str) -> Mapping[str, Any]:
    """See DOCUMENTATION."""
    return report(lines, kind)


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"people_report": people_filter(people_report)}
