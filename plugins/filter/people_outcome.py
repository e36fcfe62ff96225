# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter people_outcome."""

from __future__ import annotations

DOCUMENTATION = r"""
name: people_outcome
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: What became of a plan, one line for each person and backend
description:
  - The lines of P(workplace.onboarding.people_plan#filter) with what the modules reported of each account. For a rehearsal, with results of check mode,
    they tell what would happen.
notes:
  - Made for the role P(workplace.onboarding.people#role), and the same from a playbook of your own.
positional: _input, results
options:
  _input:
    description: The plan.
    type: dict
    required: true
  results:
    description:
      - By backend, a map with C(accounts), what the module returned for all entries of the plan with O(ignore:return_all=true), and
        the same of each further module, by what it is for.
    type: dict
    required: true
  at:
    description: The time, as ISO 8601.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Keep what happened
  ansible.builtin.set_fact:
    people_lines: "{{ people_plan | workplace.onboarding.people_outcome({'ocs': {'accounts': result}}, at=now(utc=true, fmt='%Y-%m-%dT%H:%M:%SZ')) }}"
"""

RETURN = r"""
_value:
  description: The lines, with C(changed), C(failed), C(fields), C(dropped), C(unverified), C(msg) and C(at).
  type: list
  elements: dict
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.outcome import outcome
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter


def people_outcome(plan: Mapping[str, Any], results: Mapping[str, Any], at: str) -> list[dict[str, Any]]:
    """See DOCUMENTATION."""
    return outcome(plan, results, at)


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"people_outcome": people_filter(people_outcome)}
