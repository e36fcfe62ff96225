# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter people_doubts."""

from __future__ import annotations

DOCUMENTATION = r"""
name: people_doubts
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: Whether a file of people can be what it claims to be
description:
  - Sentences that say why a file is not to be believed; none means that it is. An export that was cut off must not close everybody's accounts.
notes:
  - Made for the role P(workplace.onboarding.people#role), and the same from a playbook of your own.
positional: _input, before, fewest, shrinkage_percent
options:
  _input:
    description: How many people are in the file.
    type: int
    required: true
  before:
    description: How many there were in the last run, 0 at first.
    type: int
    default: 0
  fewest:
    description: How many there must be.
    type: int
    default: 1
  shrinkage_percent:
    description: How many of those before may be missing, in percent.
    type: int
    default: 10
"""

EXAMPLES = r"""
- name: Refuse half a file
  ansible.builtin.assert:
    that: people | length | workplace.onboarding.people_doubts(before=120) | length == 0
"""

RETURN = r"""
_value:
  description: Sentences.
  type: list
  elements: str
"""

from collections.abc import Callable
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.brakes import of_the_file
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter


def people_doubts(count: int, before: int = 0, fewest: int = 1, shrinkage_percent: int = 10) -> list[str]:
    """See DOCUMENTATION."""
    return of_the_file(int(count), int(before), int(fewest), int(shrinkage_percent))


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"people_doubts": people_filter(people_doubts)}
