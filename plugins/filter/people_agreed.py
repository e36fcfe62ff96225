# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter people_agreed."""

from __future__ import annotations

DOCUMENTATION = r"""
name: people_agreed
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: What of a plan is to be carried out after its rehearsal
description:
  - The plan of P(workplace.onboarding.people_plan#filter) with what would change something, and without what failed in the rehearsal. The brakes judge a
    rehearsal, so what it could not ask about must not be written.
notes:
  - Made for the role P(workplace.onboarding.people#role), and the same from a playbook of your own.
positional: _input, lines
options:
  _input:
    description: The plan.
    type: dict
    required: true
  lines:
    description: The lines of the rehearsal, as P(workplace.onboarding.people_outcome#filter) gives them.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Go on with what the rehearsal found to do
  ansible.builtin.set_fact:
    people_plan: "{{ people_plan | workplace.onboarding.people_agreed(people_lines) }}"
"""

RETURN = r"""
_value:
  description: The plan.
  type: dict
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.outcome import agreed
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter


def people_agreed(plan: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """See DOCUMENTATION."""
    return agreed(plan, [dict(line) for line in lines])


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"people_agreed": people_filter(people_agreed)}
