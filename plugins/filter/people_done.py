# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter people_done."""

from __future__ import annotations

DOCUMENTATION = r"""
name: people_done
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: What to remember of people after a run
description:
  - The state of a plan after its lines were carried out. What worked is not pending any more. It is written after the run, and the state of the
    plan before it, so that a run that is killed at any moment is completed by the next one.
notes:
  - Made for the role P(workplace.onboarding.people#role), and the same from a playbook of your own.
positional: _input, lines
options:
  _input:
    description: The C(state) of the plan.
    type: dict
    required: true
  lines:
    description: What P(workplace.onboarding.people_outcome#filter) returned of the run.
    type: list
    elements: dict
    required: true
"""

EXAMPLES = r"""
- name: Remember
  ansible.builtin.copy:
    content: "{{ people_plan.state | workplace.onboarding.people_done(people_lines) | to_nice_json }}"
    dest: people.json
    mode: "0600"
"""

RETURN = r"""
_value:
  description: The state.
  type: dict
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.lifecycle import done
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter


def people_done(state: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """See DOCUMENTATION."""
    return done(state, lines)


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"people_done": people_filter(people_done)}
