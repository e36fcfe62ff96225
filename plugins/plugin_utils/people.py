# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The person record, and the one error of everything that handles people.

Whatever the input, a record always has every key of Person. Unknown is None, so that a template can name any field of any
person; only on_leave is always true or false, because Ansible refuses None as a condition. A person record holds no secrets.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, cast


class Person(TypedDict):
    """One person, as every filter, role and report of this collection knows them. Dates are ISO strings (YYYY-MM-DD)."""

    login: str | None
    employee_number: str | None
    given_name: str | None
    family_name: str | None
    display_name: str | None
    email: str | None
    private_email: str | None
    phone: str | None
    department: str | None
    site: str | None
    job_title: str | None
    manager: str | None
    start_date: str | None
    end_date: str | None
    on_leave: bool
    language: str | None
    extra: dict[str, str | None]


FIELDS: tuple[str, ...] = tuple(Person.__annotations__)
#: What with_managers() adds to the records of people whose manager is in the list.
MANAGER = ("manager_login", "manager_email", "manager_name")

_SHOWN = 20


class PeopleError(ValueError):
    """Why people, or what is to be done with them, cannot be used.

    errors holds every reason, in the order of the input; the text of the exception is one message with all of them.
    """

    def __init__(self, errors: Sequence[str], what: str = "The list of people") -> None:
        self.errors = list(errors)
        lines = [f"  {error}" for error in self.errors[:_SHOWN]]
        if len(self.errors) > _SHOWN:
            lines.append(f"  and {len(self.errors) - _SHOWN} more")
        count = "1 error" if len(self.errors) == 1 else f"{len(self.errors)} errors"
        super().__init__("\n".join([f"{what} has {count}, nothing was taken from it:", *lines]))


def records(people: object, what: str, needs: str | None = None) -> list[Person]:
    """The people given to a function that works with whole records.

    Args:
        people: what was given.
        what: the name of the function, for the error.
        needs: a field that nobody may lack.

    Raises:
        PeopleError: when these are no person records.
    """
    if isinstance(people, (str, Mapping)) or not isinstance(people, Sequence):
        raise PeopleError([f"give a list of people, not a {type(people).__name__}"], f"The input of {what}")
    errors = []
    for number, person in enumerate(people, start=1):
        if not isinstance(person, Mapping):
            errors.append(f"entry {number} is {show(person)}: this is no person record")
            continue
        lacking = [field for field in FIELDS if field not in person]
        if lacking:
            errors.append(f"entry {number} has no {lacking[0]}: make a person record of it by workplace.onboarding.people first")
        elif not isinstance(person["extra"], Mapping):
            errors.append(f"entry {number} has {show(person['extra'])} for extra: this is no person record")
        elif needs and not person[needs]:
            errors.append(f"{named(number, cast('Person', person))}: the {needs} is missing")
    if errors:
        raise PeopleError(errors, f"The input of {what}")
    return cast("list[Person]", list(people))


def named(number: int, person: Person) -> str:
    """The place of a person in a list, for an error."""
    who = person["login"] or person["employee_number"] or person["display_name"]
    return f"entry {number} ({who})" if who else f"entry {number}"


def same(text: str) -> str:
    """What of a name counts when two are compared: the systems behind do not tell Zoe from zoe."""
    return unicodedata.normalize("NFC", text).casefold()


def show(value: Any) -> str:
    """A value as an error names it."""
    text = repr(str(value) if isinstance(value, str) else value)
    return text if len(text) <= 80 else f"{text[:76]}...{text[-1]}"
