# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of people since the last time: who is new, missing, renamed, back, or has somebody else's login.

What is remembered of somebody is a map with at least the login; where they were known also former_logins, employee_number,
display_name, given_name, family_name, email, end_date and phase. Whatever else is in it does not matter here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from .logins import natural
from .people import PeopleError, Person, named, records, same, show
from .people_rules import manager_finder

Remembered = Mapping[str, Any]
Change = dict[str, Any]

_KEPT = ("login", "employee_number", "given_name", "family_name", "display_name", "email", "start_date", "end_date")
_NAMES = ("login", "given_name", "family_name", "display_name", "email")
_OUT = ("leaving", "gone")


def changes(people: Sequence[Person], remembered: object, phases: Mapping[str, str] | None = None) -> dict[str, list[Change]]:
    """Compare people with what is remembered of them.

    Somebody is the same person by the employee number, or by the login where the file or the memory has no number. Who is gone, and had
    a number, is not taken for the same person by the login alone.

    Args:
        people: person records, each with a login.
        remembered: a list of maps, a map of them, or such under the key people, as the state file has it.
        phases: login → phase today, to tell who is back.

    Returns:
        Lists of maps with login, employee_number and a sentence in text:
        joined: not remembered. missing: remembered and no longer in the file; with the end_date and phase that were known.
        renamed: another login, name or address; with fields: {name: [before, after]}. returned: had left and has not now; with
        former_phase and phase. errors: has the login of somebody else, present or past; a run must stop. warnings: has a manager
        who is nobody in the list.

    Raises:
        PeopleError: when the arguments are no such things.
    """
    listed = records(people, "people_changes", "login")
    entries = _entries(remembered, phases)
    result: dict[str, list[Change]] = {"joined": [], "missing": [], "renamed": [], "returned": [], "errors": [], "warnings": []}
    met: set[int] = set()
    for number, (person, before, owner) in enumerate(_matched(listed, entries, phases or {}), start=1):
        if owner is not None and owner is not before:
            result["errors"].append(_change(person, _changed_hands(named(number, person), person, owner)))
        elif before is None:
            result["joined"].append(_change(person, f"{_who(person)} is new"))
        if before is not None:
            met.add(id(before))
            _compare(person, before, (phases or {}).get(str(person["login"])), result)
    for entry in entries:
        if id(entry) not in met and entry.get("phase") != "gone":
            until = f", whose last day is {entry['end_date']}," if entry.get("end_date") else ", of whom no last day is known,"
            known = {"end_date": entry.get("end_date"), "phase": entry.get("phase")}
            result["missing"].append({**_change(entry, f"{_who(entry)}{until} is not in the file any more"), **known})
    present = manager_finder(listed)
    for number, person in enumerate(listed, start=1):
        if person["manager"] and same(person["manager"]) not in present:
            text = f"{named(number, person)}: the manager {show(person['manager'])} is nobody in the list"
            result["warnings"].append(_change(person, text))
    return result


def remember(people: Sequence[Person], remembered: object, phases: Mapping[str, str] | None = None) -> list[Change]:
    """What is to be remembered now, as a list in a lasting order: everybody of the file, and whoever was remembered before.

    Nobody is forgotten, so that no login is given twice. Other keys of an entry stay.

    Raises:
        PeopleError: as changes(), and with its errors.
    """
    found = changes(people, remembered, phases)
    if found["errors"]:
        raise PeopleError([each["text"] for each in found["errors"]])
    entries = _entries(remembered)
    result: list[Change] = []
    met: set[int] = set()
    for person, matched, _owner in _matched(people, entries, phases or {}):
        before = matched or {}
        met.add(id(before))
        now = {name: value for name, value in person.items() if name in _KEPT}
        now["employee_number"] = person["employee_number"] or before.get("employee_number")
        former = [
            login
            for login in (*(before.get("former_logins") or ()), before.get("login"))
            if login and same(login) != same(str(person["login"]))
        ]
        now["former_logins"] = list(dict.fromkeys(former))
        result.append({**before, **now, "phase": (phases or {}).get(str(person["login"]), before.get("phase"))})
    result += [dict(entry) for entry in entries if id(entry) not in met]
    return sorted(result, key=lambda entry: (natural(entry.get("employee_number") or ""), same(entry["login"])))


def accounts_of(entry: Mapping[str, Any]) -> set[str]:
    """The backends on which somebody is remembered to have an account."""
    return {backend for backend, known in (entry.get("accounts") or {}).items() if known.get("name")}


def assigned(remembered: object) -> dict[str, str]:
    """Employee number → login of everybody who is remembered, as logins() wants it. Raises PeopleError."""
    return {entry["employee_number"]: entry["login"] for entry in _entries(remembered) if entry.get("employee_number")}


def taken(remembered: object) -> list[str]:
    """Every login that somebody has or had, as logins() wants it. Raises PeopleError."""
    return [login for entry in _entries(remembered) for login in (entry["login"], *(entry.get("former_logins") or ()))]


def _entries(remembered: Any, phases: Any = None) -> list[Remembered]:
    """The maps of what is remembered, checked."""
    if isinstance(remembered, Mapping):
        inner = remembered["people"] if isinstance(remembered.get("people"), (Mapping, list)) else remembered
        remembered = list(inner.values()) if isinstance(inner, Mapping) else inner
    if isinstance(remembered, str) or not isinstance(remembered, Sequence):
        raise PeopleError([f"what is remembered is {show(remembered)}: give a list or map of maps"], "The input of people_changes")
    errors = []
    seen: dict[tuple[str, str], str] = {}
    for number, entry in enumerate(remembered, start=1):
        if not isinstance(entry, Mapping) or not isinstance(entry.get("login"), str) or not entry["login"]:
            errors.append(f"remembered entry {number} is {show(entry)}: it needs a login")
            continue
        place = f"remembered entry {number} ({entry['login']})"
        for field in ("login", "employee_number"):
            value = entry.get(field)
            if value is not None and not isinstance(value, str):
                errors.append(f"{place}: the {field} {show(value)} is not a text")
            elif value and seen.setdefault((field, same(value)), place) != place:
                errors.append(f"{place}: the {field} {show(value)} is already that of {seen[field, same(value)]}")
        former = entry.get("former_logins") or []
        if not isinstance(former, Sequence) or isinstance(former, str) or not all(isinstance(login, str) for login in former):
            errors.append(f"{place}: former_logins is {show(former)}: give a list of logins")
    if phases is not None and not isinstance(phases, Mapping):
        errors.append(f"phases is {show(phases)}: give what the filter phases returns")
    if errors:
        raise PeopleError(errors, "The input of people_changes")
    return cast("list[Remembered]", list(remembered))


def _matched(
    people: Sequence[Person], entries: Sequence[Remembered], phases: Mapping[str, str]
) -> list[tuple[Person, Remembered | None, Remembered | None]]:
    """Each person, what is remembered of them, and of whom the login is or was."""
    by_number = {entry["employee_number"]: entry for entry in entries if entry.get("employee_number")}
    by_login = {same(login): entry for entry in entries for login in entry.get("former_logins") or ()}
    by_login.update({same(entry["login"]): entry for entry in entries})
    numbered = [by_number.get(person["employee_number"] or "") for person in people]
    claimed = {id(entry) for entry in numbered if entry is not None}
    result = []
    for person, entry in zip(people, numbered):
        owner = by_login.get(same(str(person["login"])))
        if entry is None and owner is not None and id(owner) not in claimed:
            # Without a second number nothing says that these are two; but a login may have been given again after its owner was gone.
            numbered_too = bool(person["employee_number"]) or _is_over(owner) and phases.get(str(person["login"])) != "gone"
            entry = None if owner.get("employee_number") and numbered_too else owner
            claimed.add(id(entry))
        result.append((person, entry, owner))
    return result


def _compare(person: Person, before: Remembered, phase: str | None, result: dict[str, list[Change]]) -> None:
    """What differs of one person."""
    now = cast("Mapping[str, Any]", person)
    fields = {name: [before[name], now[name]] for name in _NAMES if before.get(name) and now[name] and before[name] != now[name]}
    if fields:
        said = ", ".join(f"the {name} {show(old)} became {show(new)}" for name, (old, new) in fields.items())
        result["renamed"].append({**_change(person, f"{_who(person)}: {said}"), "fields": fields})
    if before.get("phase") in _OUT and phase and phase not in _OUT:
        text = f"{_who(person)} is back, was {before['phase']} and is {phase}"
        result["returned"].append({**_change(person, text), "former_phase": before["phase"], "phase": phase})


def _changed_hands(place: str, person: Person, owner: Remembered) -> str:
    text = f"{place}: the login {show(person['login'])} is or was that of {_who(owner)}"
    if owner.get("employee_number") and not person["employee_number"] and _is_over(owner):
        return text + ", who is gone, so this may be another person: give the employee number"
    if owner.get("display_name") and owner["display_name"] == person["display_name"]:
        text += "; they have one name: give the person the former employee number again if they are one"
    return text


def _is_over(entry: Remembered) -> bool:
    """Whether somebody is gone, or all their accounts were deleted."""
    return entry.get("phase") == "gone" or bool(entry.get("life", 1) > 1 and not accounts_of(entry))


def _change(person: Mapping[str, Any], text: str) -> Change:
    return {"login": person["login"], "employee_number": person.get("employee_number"), "text": text}


def _who(person: Mapping[str, Any]) -> str:
    name = person.get("display_name") or person["login"]
    number = person.get("employee_number")
    return f"{name} (employee {number})" if number else f"{name} ({person['login']})"
