# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter people_plan."""

from __future__ import annotations

DOCUMENTATION = r"""
name: people_plan
author: Workplace Team (@workplace)
version_added: 0.1.0
short_description: Decide what is to happen to the accounts of people
description:
  - From people, what is remembered of them, and the accounts that exist, to what the modules are to do today. It asks nobody and writes nothing.
  - Before the first day an account is made and closed, or not made yet where it cannot be closed; then it is open, with what the rules
    grant; on leave it is closed; after the last day it is closed and loses what the rules can grant; after the days of grace it is deleted.
  - An account that somebody else closed stays closed.
notes:
  - Made for the role P(workplace.onboarding.people#role), and the same from a playbook of your own.
positional: _input, state, seen
options:
  _input:
    description: Person records, each with a login.
    type: list
    elements: dict
    required: true
  state:
    description: What the last run remembered; an empty map at first.
    type: dict
    required: true
  seen:
    description: By backend, a map from the names of the accounts that exist to what the info module returned of each.
    type: dict
    required: true
  backends:
    description: The backends to decide for.
    type: list
    elements: str
    required: true
  kinds:
    description: By backend, what can be done to an account and how. The role has these in its C(vars/main.yml).
    type: dict
    required: true
  maps:
    description: By backend, option to text, as P(workplace.onboarding.to_accounts#filter) takes it.
    type: dict
    required: true
  leaving:
    description: By backend, further options of somebody who has left, like O(maps). C({manager_email}) is that of the manager.
    type: dict
    default: {}
  policy:
    description:
      - What the organisation decided. C(phases) with C(preboarding_days) and C(grace_days); C(rules) as
        P(workplace.onboarding.entitled#filter) takes them; C(missing), V(report) or V(suspend); the patterns C(protected); the logins
        C(only), C(now) and C(back), each a list or a text with commas; and C(handled), the phases to act on.
    type: dict
    required: true
  today:
    description: The day, as C(YYYY-MM-DD) or a date.
    type: raw
    required: true
"""

EXAMPLES = r"""
- name: Show what would happen today
  ansible.builtin.debug:
    msg: >-
      {{ people | workplace.onboarding.people_plan({}, {'ocs': {}}, backends=['ocs'], today='2026-09-01', policy={'phases': {}},
      kinds={'ocs': {'key': 'userid', 'closed': {'enabled': false}, 'open': {'enabled': true}}}, maps={'ocs': {'userid': '{login}'}}) }}
  vars:
    people: "{{ [{'login': 'zoe.fable', 'start_date': '2026-09-04'}] | workplace.onboarding.people }}"
"""

RETURN = r"""
_value:
  description:
    - C(entries) for the modules, by backend, and C(further) for other modules of it. C(lines), one for each person and backend, with what is to be
      done and why.
      C(state), what to remember. C(warnings), sentences. C(secrets), by login the backends for which somebody needs a secret, and C(owners),
      by login whose these are, as O(workplace.onboarding.people_secrets#module:owners) takes it.
  type: dict
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.lifecycle import plan
from ansible_collections.workplace.onboarding.plugins.plugin_utils.lifecycle_model import Backend, Policy
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people import PeopleError, show
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_filter import people_filter
from ansible_collections.workplace.onboarding.plugins.plugin_utils.phases import POLICY


def people_plan(
    people: Sequence[Any],
    state: Mapping[str, Any],
    seen: Mapping[str, Mapping[str, Any]],
    *,
    backends: Sequence[str],
    kinds: Mapping[str, Mapping[str, Any]],
    maps: Mapping[str, Mapping[str, Any]],
    leaving: Mapping[str, Mapping[str, Any]] | None = None,
    policy: Mapping[str, Any],
    today: object,
) -> dict[str, Any]:
    """See DOCUMENTATION."""
    errors = [f"nothing is known of {name}: the backends are {', '.join(kinds)}" for name in backends if name not in kinds]
    errors += [f"there is no map from a person to an account of {name}" for name in backends if name not in maps]
    granted = {name for rule in policy.get("rules") or () for name in rule.get("grant") or ()}
    errors += [
        f"a rule grants something on {name}, which is no backend: there are {', '.join(kinds)}" for name in sorted(granted - set(kinds))
    ]
    known = {each.name for each in fields(Policy)}
    errors += [f"policy has {name}; there are {', '.join(sorted(known))}" for name in policy if name not in known]
    if errors:
        raise PeopleError(errors, "The input of people_plan")
    left = leaving or {}
    made = [Backend(name=name, map=maps[name], leaving=left.get(name, {}), **{**kinds[name], **_tuples(kinds[name])}) for name in backends]
    logins = {name: _logins(policy[name]) for name in ("only", "now", "back") if name in policy}
    decided = Policy(**{**policy, **logins, "phases": {**POLICY, **policy.get("phases", {})}})
    return asdict(plan(people, state, seen, made, decided, _day(today)))


def _logins(value: Any) -> list[str]:
    """Logins, of a list, or of a text as extra variables give it."""
    return [each.strip() for each in value.split(",") if each.strip()] if isinstance(value, str) else list(value)


def _day(value: object) -> date:
    try:
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise PeopleError([f"today is {show(value)}: give the day as YYYY-MM-DD"], "The input of people_plan") from None


def _tuples(kind: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) for name, value in kind.items() if isinstance(value, list)}


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"people_plan": people_filter(people_plan)}
