# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter: the phase of each person on a day."""

from __future__ import annotations

DOCUMENTATION = r"""
name: phases
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: Tell in which phase each person is on a day
description:
  - The phase follows from the record, the day and the policy, and from nothing else, so it needs no memory.
  - V(future) is more than C(preboarding_days) before the C(start_date), V(preboarding) the days from then to the C(start_date),
    V(active) from the C(start_date) to the C(end_date), both included, and V(suspended) the same for somebody who is C(on_leave).
    V(leaving) is up to C(grace_days) after the C(end_date), V(gone) whatever is later.
  - Without a C(start_date) somebody has started already, and without an C(end_date) nobody leaves.
positional: _input, today
options:
  _input:
    description: Person records, each with a login.
    type: list
    elements: dict
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
  - plugin: workplace.onboarding.in_phase
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Show who is in which phase today
  ansible.builtin.debug:
    msg: "{{ people | workplace.onboarding.phases(today=now(fmt='%Y-%m-%d'), policy={'grace_days': 60}) }}"
"""

RETURN = r"""
_value:
  description: A map from login to phase.
  type: dict
  sample:
    zoe.fable: active
    basil.inkwell: leaving
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter
from ansible_collections.workplace.onboarding.plugins.plugin_utils.phases import phases


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"phases": people_filter(phases)}
