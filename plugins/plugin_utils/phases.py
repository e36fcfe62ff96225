# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where somebody stands between the first and the last day: a function of the record, the day and the policy, of nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from .people import PeopleError, Person, records, show
from .people_values import DateForms

#: In the order of a working life; suspended and active take turns.
PHASES = FUTURE, PREBOARDING, ACTIVE, SUSPENDED, LEAVING, GONE = "future", "preboarding", "active", "suspended", "leaving", "gone"
#: How many days before the first day somebody counts as preboarding, and after the last one as leaving.
POLICY = {"preboarding_days": 7, "grace_days": 30}


def phase(person: Person, today: date, policy: Mapping[str, int] | None = None) -> str:
    """The phase of one person.

    The start_date is the first day of work and the end_date the last: both are active. on_leave suspends between them. Without a
    start_date somebody has started, without an end_date nobody leaves.

    Args:
        person: a person record.
        today: the day to judge by.
        policy: days by the names of POLICY, which has those that are not given.
    """
    days = {**POLICY, **(policy or {})}
    start, end = person["start_date"], person["end_date"]
    if end and (over := (today - date.fromisoformat(end)).days) > 0:
        return LEAVING if over <= days["grace_days"] else GONE
    if start and (until := (date.fromisoformat(start) - today).days) > 0:
        return PREBOARDING if until <= days["preboarding_days"] else FUTURE
    return SUSPENDED if person["on_leave"] else ACTIVE


def phases(people: Sequence[Person], today: object, policy: Mapping[str, int] | None = None) -> dict[str, str]:
    """The phase of each person, by login. Raises PeopleError."""
    day, days = _check(today, policy, "phases")
    return {str(person["login"]): phase(person, day, days) for person in records(people, "phases", "login")}


def in_phase(people: Sequence[Person], phases: str | Sequence[str], today: object, policy: Mapping[str, int] | None = None) -> list[Person]:
    """The people who are in one of these phases, in the same order. Raises PeopleError."""
    day, days = _check(today, policy, "in_phase")
    names = [phases] if isinstance(phases, str) else phases
    if isinstance(names, Mapping) or not isinstance(names, Sequence) or not set(map(str, names)) <= set(PHASES):
        raise PeopleError([f"the phases are {', '.join(PHASES)}, not {show(phases)}"], "The input of in_phase")
    return [person for person in records(people, "in_phase") if phase(person, day, days) in names]


def _check(today: object, policy: Any, what: str) -> tuple[date, dict[str, int]]:
    """The day and the whole policy."""
    errors = []
    day = today.date() if isinstance(today, datetime) else today
    if isinstance(day, str):
        read = DateForms(()).read(day)
        day = date.fromisoformat(read) if read else None
    if not isinstance(day, date):
        errors.append(f"today is {show(today)}: give the day as YYYY-MM-DD")
    days = dict(POLICY)
    if policy is not None and not isinstance(policy, Mapping):
        errors.append(f"policy is {show(policy)}: give a map with {' and '.join(POLICY)}")
    for name, value in policy.items() if isinstance(policy, Mapping) else ():
        if name not in POLICY:
            errors.append(f"policy has {show(name)}; there are {' and '.join(POLICY)}")
        elif isinstance(value, bool) or not isinstance(value, int) or value < 0:
            errors.append(f"{name} is {show(value)}: give a number of days")
        else:
            days[name] = value
    if errors or not isinstance(day, date):
        raise PeopleError(errors, f"The input of {what}")
    return day, days
