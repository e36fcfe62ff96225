# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules that people obey, whatever they are read from: values become records, and every fault is named by its place."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from .people import FIELDS, MANAGER, PeopleError, Person, same, show
from .people_values import BOOLEANS, DATES, DateForms, wrong

UNIQUE = ("login", "employee_number", "email")
_MANY = 4  # from so many on, one sentence says the same fault of all


class Place(NamedTuple):
    """Where in the input somebody stands."""

    noun: str  # row or entry, as the plural ends
    number: int
    who: str | None = None

    def __str__(self) -> str:
        return f"{self.noun} {self.number}" + (f" ({self.who})" if self.who else "")


class Problem(NamedTuple):
    """What is wrong in one place: "the email" "'zoe@'" "is not an e-mail address", and what holds only here."""

    place: Place
    what: str
    why: str = ""
    value: str = ""
    detail: str = ""
    misplaced: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {' '.join(filter(None, (self.what, self.value, self.why, self.detail)))}"


def check_required(required: object) -> list[str]:
    """What is wrong with the list of fields that nobody may lack."""
    if isinstance(required, str) or not isinstance(required, Sequence):
        return [f"required is {show(required)}: give a list of fields"]
    known = FIELDS[:-1]
    return [
        f"required names {show(field)}, which is no field; the fields are {', '.join(known)}" for field in required if field not in known
    ]


def make_record(
    place: Place, values: Mapping[str, str | None], required: Iterable[str], dates: DateForms, unsound: Iterable[str] = ()
) -> tuple[Person, list[Problem]]:
    """Make one record of texts by field, and say all that is wrong with it.

    Args:
        place: where it stands.
        values: trimmed texts; what is unknown is None, empty or absent. extra is not looked at.
        required: the fields that it may not lack.
        dates: how dates are written.
        unsound: fields of which it is known already that they are wrong.
    """
    problems: list[Problem] = []
    record: dict[str, Any] = {field: values.get(field) or None for field in FIELDS}
    record["extra"] = {}
    spoilt = set(unsound)
    for field in FIELDS[:-1]:
        found = wrong(field, record[field] or "", dates) if field not in spoilt else None
        if found:
            spoilt.add(field)
            problems.append(Problem(place, f"the {field}", found.why, show(record[field]), misplaced=found.misplaced))
    problems += [
        Problem(place, f"the {field}", "is missing") for field in dict.fromkeys(required) if record[field] is None and field not in spoilt
    ]
    record.update(dict.fromkeys(spoilt))  # so that what is wrong already is compared with nothing
    for field in DATES:
        record[field] = dates.read(record[field] or "")
    if record["start_date"] and record["end_date"] and record["end_date"] < record["start_date"]:
        detail = record["start_date"]
        problems.append(Problem(place, "the end_date", "is before the start_date", record["end_date"], detail, misplaced=True))
    record["on_leave"] = BOOLEANS.get((record["on_leave"] or "no").casefold(), False)
    record["display_name"] = record["display_name"] or " ".join(filter(None, (record["given_name"], record["family_name"]))) or None
    return cast("Person", record), problems


def check_together(people: Sequence[tuple[Place, Person]]) -> list[Problem]:
    """What is wrong only when people are seen side by side."""
    return [*_repeated(people), *_circles(people), *_misplaced(people)]


def _repeated(people: Iterable[tuple[Place, Person]]) -> list[Problem]:
    """Find what two people share and may not."""
    problems = []
    for field in UNIQUE:
        first: dict[str, Place] = {}
        for place, person in people:
            value = cast("str | None", person[field])  # type: ignore[literal-required]
            if value and (owner := first.setdefault(same(value), place)) != place:
                problems.append(Problem(place, f"the {field}", f"is already that of {owner}", show(value)))
    return problems


def manager_finder(people: Iterable[Person]) -> dict[str, Person]:
    """By what a manager may be named: login, else e-mail address, else employee number, as compared by same()."""
    found: dict[str, Person] = {}
    listed = list(people)
    for field in ("login", "email", "employee_number"):
        for person in listed:
            value = person[field]
            if value:
                found.setdefault(same(value), person)
    return found


def with_managers(people: Sequence[Person], away: Container[str] = ()) -> list[Person]:
    """The people with the login, address and name of the manager, whatever the manager is named by; None for who is not in the list.

    :param away: logins of those who are nobody's manager any more: theirs takes their place.
    """
    known = manager_finder(people)

    def above(person: Person) -> Person | None:
        return known.get(same(person["manager"])) if person["manager"] else None

    result = []
    for person in people:
        manager = above(person)
        while manager and manager["login"] in away:
            manager = above(manager)
        of_manager = (manager["login"], manager["email"], manager["display_name"]) if manager else (None, None, None)
        result.append(cast("Person", {**person, **dict(zip(MANAGER, of_manager))}))
    return result


def _circles(people: Sequence[tuple[Place, Person]]) -> list[Problem]:
    """Find people who are, over some steps, their own managers."""
    places = {id(person): place for place, person in people}
    known = manager_finder(person for _place, person in people)
    problems = []
    done: set[int] = set()
    for _place, person in people:
        path: dict[int, Person] = {}
        current: Person | None = person
        while current is not None and id(current) not in done and id(current) not in path:
            path[id(current)] = current
            current = known.get(same(current["manager"])) if current["manager"] else None
        if current is not None and id(current) in path:
            circle = list(path.values())[list(path).index(id(current)) :]
            start = min(range(len(circle)), key=lambda index: places[id(circle[index])].number)
            circle = circle[start:] + circle[:start]
            names = " → ".join(str(each["login"] or each["employee_number"]) for each in [*circle, circle[0]])
            detail = f"({names}); leave the manager of the topmost person empty"
            problems.append(
                Problem(places[id(circle[0])], "the manager", "leads back to the same person", show(circle[0]["manager"]), detail)
            )
        done.update(path)
    return problems


def _misplaced(people: Sequence[tuple[Place, Person]]) -> list[Problem]:
    """Find columns most of whose values, each possible by itself, cannot be what the column is for."""
    problems = []
    for field, what, odd in (
        ("login", "holds white space", lambda value: any(character.isspace() for character in value)),
        ("employee_number", "holds white space", lambda value: any(character.isspace() for character in value)),
        ("phone", "holds no digit", lambda value: not any(character.isdigit() for character in value)),
    ):
        values = [(place, person[field]) for place, person in people if person[field]]  # type: ignore[literal-required]
        odds = [(place, value) for place, value in values if odd(value)]
        different = {same(value) for _place, value in odds}  # a word for "none" stands in many places
        if len(odds) > 1 and 2 * len(odds) > len(values) and 2 * len(different) > len(odds):
            place, value = odds[0]
            problems.append(Problem(place, f"the {field}", f"{what}, like most others; is another column in its place?", show(value)))
    return problems


def refuse(problems: Iterable[Problem], people: int) -> None:
    """Raise a PeopleError when there are problems, in the order of the input; a fault of many people becomes one sentence.

    Args:
        problems: what was found.
        people: how many people the input has.
    """
    ordered = sorted(problems, key=lambda problem: problem.place.number)
    together: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in ordered:
        together.setdefault((problem.place.noun, problem.what, problem.why), []).append(problem)
    errors = []
    for problem in ordered:
        alike = together[problem.place.noun, problem.what, problem.why]
        if len(alike) < _MANY:
            errors.append(str(problem))
        elif alike[0] is problem:
            errors.append(_of_many(alike, people))
    if errors:
        raise PeopleError(errors)


def _of_many(alike: Sequence[Problem], people: int) -> str:
    first = alike[0]
    numbers = sorted({problem.place.number for problem in alike})
    text = f"{_plural(first.place.noun)} {ranges(numbers)}: {first.what} {first.why}"
    if first.value:
        text += f", such as {first.value}" + (f" ({first.detail})" if first.detail else "")
    if first.misplaced and 2 * len(numbers) >= people:
        text += "; is another column in its place?"
    return text


def ranges(numbers: Sequence[int], limit: int = 12) -> str:
    """Ascending numbers in few words: 2-9, 12 and 15."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    shown = ["-".join(map(str, run)) for run in runs[:limit]]
    if len(runs) > limit:
        rest = sum(run[-1] - run[0] + 1 for run in runs[limit:])
        return f"{', '.join(shown)} and {rest} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def _plural(noun: str) -> str:
    return {"entry": "entries"}.get(noun, f"{noun}s")
