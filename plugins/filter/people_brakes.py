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
    not about the people of the last run, or more than was approved. None means go on.
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
      - How many people it may concern, as C(count), C(percent), or both, and then the smaller one. V({}) is no limit.
      - V(suspend) is closing, V(delete) deleting, V(create) making accounts for somebody who has none anywhere, V(move) taking groups or roles away,
        V(rename) another login or name.
      - What is left out is 20 people and 5 percent for V(suspend), V(delete) and V(rename), 100 and 20 percent for V(create), 50 and 20 percent for
        V(move). A percentage of few people is 1 at least for the first two, 5 for the others.
    type: dict
    default: {}
  before:
    description: How many people were in the file of the last run.
    type: int
    default: 0
  plan:
    description:
      - The plan, as P(workplace.onboarding.people_plan#filter) gives it. It knows who of the last file is not in this one, whose accounts were found
        without anything being remembered, and how many have one. As long as most have none, V(create) has no limit.
    type: dict
    default: {}
  shrinkage_percent:
    description: How many percent of the people of the last file may be missing.
    type: int
    default: 10
  adopt:
    description: Whether accounts of people may be found though nothing is remembered.
    type: bool
    default: false
  approved:
    description: The report of an approved plan, its head and lines. What they do not hold is refused.
    type: list
    elements: dict
  organisation:
    description: Whose plan the approved one has to be.
    type: str
    default: ""
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

from ansible_collections.workplace.onboarding.plugins.plugin_utils.brakes import not_approved, of_the_memory, of_the_plan
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter


def people_brakes(
    lines: Sequence[Mapping[str, Any]],
    count: int,
    limits: Mapping[str, Mapping[str, int]] | None = None,
    before: int = 0,
    plan: Mapping[str, Any] | None = None,
    shrinkage_percent: int = 10,
    adopt: bool = False,
    approved: Sequence[Mapping[str, Any]] | None = None,
    organisation: str = "",
) -> list[str]:
    """See DOCUMENTATION."""
    vanished, adopted = ((plan or {}).get(each, []) for each in ("vanished", "adopted"))
    return [
        *of_the_memory(vanished, adopted, int(before), int(shrinkage_percent), adopt),
        *of_the_plan(lines, int(count), limits or {}, int((plan or {}).get("known", 0))),
        *([] if approved is None else not_approved(lines, approved, organisation)),
    ]


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"people_brakes": people_filter(people_brakes)}
