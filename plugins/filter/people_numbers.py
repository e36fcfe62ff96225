# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter people_numbers."""

from __future__ import annotations

DOCUMENTATION = r"""
name: people_numbers
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: The logins of accounts that hold an employee number
description:
  - Of all accounts that exist, those that hold an employee number, as P(workplace.onboarding.logins#filter) takes them. Of an address the part before
    the C(@) is the login. Where two backends differ, the first decides.
notes:
  - Made for the role P(workplace.onboarding.people#role), and the same from a playbook of your own.
positional: _input, kinds
options:
  _input:
    description: By backend the accounts that exist, by name, as the info modules return them.
    type: dict
    required: true
  kinds:
    description: By backend what can be done there, as P(workplace.onboarding.people_plan#filter) takes it. Its C(number) names the option.
    type: dict
    required: true
"""

EXAMPLES = r"""
- name: Nobody is given the login of an account of somebody else
  ansible.builtin.set_fact:
    everybody: "{{ people | workplace.onboarding.logins(held=seen | workplace.onboarding.people_numbers(kinds)) }}"
  vars:
    seen: {bluemind: {zoe: {login: zoe, external_id: "0012"}}}
    kinds: {bluemind: {number: external_id}}
"""

RETURN = r"""
_value:
  description: Login to employee number.
  type: dict
"""

from collections.abc import Callable, Mapping
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.outcome import numbers_of
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"people_numbers": people_filter(people_numbers)}


def people_numbers(seen: Mapping[str, Mapping[str, Any]], kinds: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """See DOCUMENTATION."""
    return numbers_of(seen, {name: str(kind.get("number") or "") for name, kind in kinds.items()})
