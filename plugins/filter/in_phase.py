# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter: the people who are in certain phases on a day."""

from __future__ import annotations

DOCUMENTATION = r"""
name: in_phase
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: Choose the people who are in certain phases on a day
description:
  - See P(workplace.onboarding.phases#filter) for what the phases are.
positional: _input, phases, today
options:
  _input:
    description: Person records, as P(workplace.onboarding.from_hr_csv#filter) and P(workplace.onboarding.people#filter) return them.
    type: list
    elements: dict
    required: true
  phases:
    description: One or several of V(future), V(preboarding), V(active), V(suspended), V(leaving) and V(gone).
    type: raw
    required: true
  today:
    description: The day to judge by, as C(YYYY-MM-DD) or as a date. The clock is never asked.
    type: raw
    required: true
  policy:
    description: Days by the names C(preboarding_days), which is V(7), and C(grace_days), which is V(30) where it is not given.
    type: dict
    default: {}
seealso:
  - plugin: workplace.onboarding.phases
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Show who has an account today
  ansible.builtin.debug:
    msg: "{{ people | workplace.onboarding.in_phase(['preboarding', 'active'], today='2026-09-01') | map(attribute='display_name') }}"

- name: Show who can be deleted, with ninety days of grace
  ansible.builtin.debug:
    msg: "{{ people | workplace.onboarding.in_phase('gone', today=now(), policy={'grace_days': 90}) | map(attribute='login') }}"
"""

RETURN = r"""
_value:
  description: Those of the people who are in one of the phases, in the same order.
  type: list
  elements: dict
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter
from ansible_collections.workplace.onboarding.plugins.plugin_utils.phases import in_phase


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"in_phase": people_filter(in_phase)}
