# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter people_brakes."""

from __future__ import annotations

DOCUMENTATION = r"""
name: people_brakes
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: Why a plan must not be carried out
description:
  - Sentences that say why the lines of a rehearsal, as P(workplace.onboarding.people_outcome#filter) gives them, are too much for one day,
    or more than was approved. None means go on.
notes:
  - Made for the role P(workplace.onboarding.people#role), and the same from a playbook of your own.
positional: _input
options:
  _input:
    description: The lines of a rehearsal.
    type: list
    elements: dict
    required: true
  count:
    description: How many people are in the file.
    type: int
    required: true
  limits:
    description:
      - For V(suspend) and V(delete), how many people it may concern, as C(count), C(percent), or both, and then the smaller one.
      - What is left out is 20 people and 5 percent. V({}) is no limit.
    type: dict
    default: {}
  approved:
    description: The lines of an approved plan. What they do not hold is refused.
    type: list
    elements: dict
"""

EXAMPLES = r"""
- name: Stop before too many accounts are closed
  ansible.builtin.assert:
    that: rehearsed | workplace.onboarding.people_brakes(count=people | length, limits=limits) | length == 0
  vars:
    limits:
      suspend: {count: 5}
"""

RETURN = r"""
_value:
  description: Sentences.
  type: list
  elements: str
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.brakes import not_approved, of_the_plan
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter


def people_brakes(
    lines: Sequence[Mapping[str, Any]],
    count: int,
    limits: Mapping[str, Mapping[str, int]] | None = None,
    approved: Sequence[Mapping[str, Any]] | None = None,
) -> list[str]:
    """See DOCUMENTATION."""
    return of_the_plan(lines, int(count), limits or {}) + ([] if approved is None else not_approved(lines, approved))


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"people_brakes": people_filter(people_brakes)}
