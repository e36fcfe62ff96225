# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logins for people who have none yet: the same whatever the order of the file, and never that of somebody else."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from .ascii_names import Unwritable, to_login
from .people import PeopleError, Person, named, records, same, show
from .texts import Field, fill, parse

PATTERN = "{given_name}.{family_name}"
_LITERAL = re.compile(r"[a-z0-9._-]*")
_SHORTEST = 4
_MOST = 100_000  # homonyms


def logins(
    people: Sequence[Person],
    pattern: str = PATTERN,
    assigned: Mapping[str, str] | None = None,
    taken: Sequence[str] = (),
    max_length: int = 64,
    replace: Mapping[str, str] | None = None,
    held: Mapping[str, str] | None = None,
) -> list[Person]:
    """Fill in the logins that are missing.

    A login of the file stays as it is. Who has an assigned one gets it. The others get the first that is free of what the pattern
    makes of them, that with a 2 behind it, a 3 and so on, in the order of their employee numbers. Free is what nobody has and
    nobody had: what is in the file, among the assigned or among the taken is not, letter case aside.

    Args:
        people: person records.
        pattern: of fields such as {given_name} or {given_name[0]}, and of a-z, 0-9, dots, hyphens and underscores.
        assigned: employee number → login, of everybody who ever got one.
        taken: logins, or patterns of such, that are nobody's here, such as those of service accounts.
        max_length: how long a login may be, its number included.
        replace: small letters that are not to be written as usual, such as ü: ue.
        held: login → employee number, of accounts that exist. Who has that number gets that login, and nobody else is made one.

    Returns:
        The people in the same order.

    Raises:
        PeopleError: with all who cannot get a login, and why.
    """
    people = records(people, "logins")
    pieces, errors = _check(pattern, assigned, taken, max_length, replace)
    if held is not None and not (isinstance(held, Mapping) and all(isinstance(each, str) for pair in held.items() for each in pair)):
        errors.append(f"held is {show(held)}: give a map of login: employee number, both texts")
    if errors:
        raise PeopleError(errors, "The input of logins")
    owners = {same(login): number for number, login in (assigned or {}).items()}
    used = {same(login) for login in [*taken, *owners]}
    patterns = [login for login in used if set(login) & set("*?[")]
    chosen: dict[int, str] = {}
    waiting: list[int] = []
    reached: dict[str, int] = {}
    for index, person in enumerate(people):
        number, login = person["employee_number"], person["login"]
        if login:
            owner = owners.get(same(login))
            if owner is not None and number is not None and owner != number:
                errors.append(
                    f"{named(index + 1, person)}: the login {show(login)} is assigned to employee {show(owner)}, and stays theirs"
                )
            used.add(same(login))
        elif not number:
            errors.append(f"{named(index + 1, person)}: without a login and an employee_number nobody can get a lasting login")
        elif number in (assigned or {}):
            chosen[index] = (assigned or {})[number]
        else:
            waiting.append(index)
    by_number = {number: login for login, number in (held or {}).items()}
    for index in [index for index in waiting if same(by_number.get(people[index]["employee_number"] or "", "")) not in {*used, ""}]:
        chosen[index] = by_number[str(people[index]["employee_number"])]
        waiting.remove(index)
    used |= {same(login) for login in held or {}}
    for index in sorted(waiting, key=lambda index: natural(people[index]["employee_number"] or "")):
        base = _base(named(index + 1, people[index]), people[index], pieces, replace, errors)
        if base:
            chosen[index], reached[base] = _first_free(base, used, patterns, max_length, reached.get(base, 1))
            used.add(chosen[index])
    seen: dict[str, int] = {}
    for index, person in enumerate(people):
        own = chosen.get(index, person["login"])
        if own and seen.setdefault(same(own), index) != index:
            errors.append(
                f"{named(index + 1, person)}: the login {show(own)} is already that of {named(seen[same(own)] + 1, people[seen[same(own)]])}"
            )
    if errors:
        raise PeopleError(errors, "The input of logins")
    return [{**person, "login": chosen.get(index, person["login"])} for index, person in enumerate(people)]


def _check(pattern: Any, assigned: Any, taken: Any, max_length: Any, replace: Any) -> tuple[Sequence[str | Field], list[str]]:
    """The pattern in pieces, and what is wrong with the arguments."""
    errors = []
    pieces: Sequence[str | Field] = ()
    try:
        pieces = parse(pattern) if isinstance(pattern, str) else ()
        if not any(isinstance(piece, Field) for piece in pieces):
            errors.append(f"pattern is {show(pattern)}: give a text with fields, such as {PATTERN}")
        odd = [piece for piece in pieces if isinstance(piece, str) and not _LITERAL.fullmatch(piece)]
        if odd:
            errors.append(f"pattern holds {show(odd[0])}: between fields there may be a-z, 0-9, dots, hyphens and underscores")
    except ValueError as error:
        errors.append(f"pattern: {error}")
    if assigned is not None and not isinstance(assigned, Mapping):
        errors.append(f"assigned is {show(assigned)}: give a map of employee number: login")
    owners: dict[str, str] = {}
    for number, login in assigned.items() if isinstance(assigned, Mapping) else ():
        if not isinstance(number, str) or not isinstance(login, str) or not number or not login:
            errors.append(f"assigned maps {show(number)} to {show(login)}: both must be texts, put them in quotes")
        elif owners.setdefault(same(login), number) != number:
            errors.append(f"assigned gives the login {show(login)} to the employees {show(owners[same(login)])} and {show(number)}")
    if isinstance(taken, (str, Mapping)) or not isinstance(taken, Sequence) or not all(isinstance(login, str) for login in taken):
        errors.append(f"taken is {show(taken)}: give a list of logins")
    if isinstance(max_length, bool) or not isinstance(max_length, int) or max_length < _SHORTEST:
        errors.append(f"max_length is {show(max_length)}: give a number from {_SHORTEST} on")
    if replace is not None and not isinstance(replace, Mapping):
        errors.append(f"replace is {show(replace)}: give a map such as {{'ü': 'ue'}}")
    for letter, other in replace.items() if isinstance(replace, Mapping) else ():
        if not isinstance(letter, str) or len(letter) != 1 or not isinstance(other, str) or not re.fullmatch("[a-z0-9-]*", other):
            errors.append(f"replace maps {show(letter)} to {show(other)}: give one letter, and a-z, 0-9 or hyphens for it")
    return pieces, errors


def _base(place: str, person: Person, pieces: Sequence[str | Field], replace: Mapping[str, str] | None, errors: list[str]) -> str | None:
    """What the pattern makes of a person; why nothing joins the errors."""
    try:
        base = fill(pieces, person, lambda value: to_login(value, replace))
    except Unwritable as error:
        errors.append(f"{place}: no login can be made, {show(str(error))} is no Latin letter; give a login in the file or in assigned")
        return None
    if isinstance(base, str):
        return base
    lacking = [
        str(piece) for piece in pieces if isinstance(piece, Field) and not fill([piece], person, lambda value: to_login(value, replace))
    ]
    errors.append(f"{place}: no login can be made without {' and '.join(lacking)}; give a login in the file or in assigned")
    return None


def _first_free(base: str, used: set[str], patterns: Sequence[str], max_length: int, first: int) -> tuple[str, int]:
    """The first login that nobody has, and its number; those below the first one are known to be used."""
    for number in range(first, _MOST):
        suffix = str(number) if number > 1 else ""
        login = base[: max_length - len(suffix)].rstrip("._-") + suffix
        if login and login not in used and not any(fnmatchcase(login, pattern) for pattern in patterns):
            return login, number
    raise PeopleError([f"taken leaves no login for {base}"], "The input of logins")


def natural(text: str) -> list[tuple[bool, int, str]]:
    """A key that sorts 9 before 10."""
    return [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in re.split("([0-9]+)", text) if part]
