# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How maps, as JSON and YAML give them, become a list of people under the same rules as an HR file."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from .people import FIELDS, PeopleError, Person, show
from .people_rules import Place, Problem, check_required, check_together, make_record, refuse
from .people_values import DATE_FORMATS, DATES, REREAD, DateForms, is_secret, loosely, wrongly_decoded

_NUMBER = "is a number, and YAML reads 0042 as 34: put it in quotes, or say numbers_as_text"
_OTHER_WORDS = {
    "firstname": "given_name",
    "forename": "given_name",
    "lastname": "family_name",
    "surname": "family_name",
    "fullname": "display_name",
    "name": "display_name",
    "mail": "email",
    "mobile": "phone",
    "title": "job_title",
    "location": "site",
}


def people_from_list(
    entries: Sequence[Mapping[str, Any]],
    required: Sequence[str] = ("login",),
    date_formats: Sequence[str] = DATE_FORMATS,
    numbers_as_text: bool = False,
) -> list[Person]:
    """Make person records of maps from field to value.

    Args:
        entries: the maps. Values are texts; dates may be dates, on_leave may be a boolean, extra is a map. What is absent,
            null or empty is unknown.
        required: fields that every person must have.
        date_formats: how dates are written, such as DD/MM/YYYY.
        numbers_as_text: take a number for a text.

    Returns:
        One record per map, in the same order. A record that is given back gives itself.

    Raises:
        PeopleError: with everything that is wrong, by number and login.
    """
    dates = DateForms(date_formats)
    errors = check_required(required)
    if isinstance(entries, (str, Mapping)) or not isinstance(entries, Sequence):
        errors.append(f"give a list of maps, one for each person, not a {type(entries).__name__}")
    elif not entries:
        errors.append("the list is empty")
    if errors:
        raise PeopleError(errors)
    people: list[tuple[Place, Person]] = []
    problems: list[Problem] = []
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, Mapping):
            problems.append(Problem(Place("entry", number), f"this is {show(entry)}, not a map of field: value"))
            continue
        login = entry.get("login")
        place = Place("entry", number, login.strip() or None if isinstance(login, str) else None)
        found = _unknown_keys(place, entry)
        values = {}
        unsound = []
        for field in FIELDS[:-1]:
            values[field], why = _text(field, entry.get(field), numbers_as_text)
            if why:
                unsound.append(field)
                found.append(Problem(place, f"the {field}", why, show(entry[field])))
        person, wrong = make_record(place, values, required, dates, unsound)
        person["extra"] = _extra(place, entry.get("extra"), numbers_as_text, found)
        problems += found + wrong
        people.append((place, person))
    refuse([*problems, *check_together(people)], len(entries))
    return [person for _place, person in people]


def _unknown_keys(place: Place, entry: Mapping[Any, Any]) -> list[Problem]:
    problems = []
    for key in entry:
        if key in FIELDS:
            continue
        if is_secret(str(key)):
            problems.append(Problem(place, f"{show(key)} looks like a secret; a person record holds none"))
            continue
        name = loosely(str(key))
        near = difflib.get_close_matches(name, [*_OTHER_WORDS, *map(loosely, FIELDS)], 1, 0.6)
        field = near and (_OTHER_WORDS.get(near[0]) or next(each for each in FIELDS if loosely(each) == near[0]))
        hint = f", did you mean {field}? If not," if field else ","
        problems.append(Problem(place, f"{show(key)} is no field{hint} put what is yours below extra"))
    return problems


def _extra(place: Place, given: object, numbers_as_text: bool, problems: list[Problem]) -> dict[str, str | None]:
    """The own values of a person; what is wrong with them joins the problems."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        problems.append(Problem(place, "extra", "is not a map", show(given)))
        return {}
    extra: dict[str, str | None] = {}
    for key, value in given.items():
        if not isinstance(key, str) or not key.strip():
            problems.append(Problem(place, f"extra has the key {show(key)}: a key is a text"))
        elif is_secret(key):
            problems.append(Problem(place, f"{show(key)} in extra looks like a secret; a person record holds none"))
        else:
            extra[key], why = _text("extra", value, numbers_as_text)
            if why:
                problems.append(Problem(place, f"extra[{key}]", why, show(value)))
    return extra


def _text(field: str, value: object, numbers_as_text: bool) -> tuple[str | None, str]:
    """A value as the text that a file would hold, and why it is none."""
    if value is None:
        return None, ""
    if isinstance(value, str):
        text = value.strip() or None
        return (None, f"was decoded wrongly; {REREAD}") if text and wrongly_decoded(text) else (text, "")
    if isinstance(value, bool):
        return (str(value).lower(), "") if field in ("on_leave", "extra") else (None, "is a boolean, not a text: put it in quotes")
    if field == "on_leave" and value in (0, 1):
        return str(value), ""
    if isinstance(value, datetime):
        return None, "is a date with a time; give the day alone"
    if isinstance(value, date):
        return (value.isoformat(), "") if field in (*DATES, "extra") else (None, "is a date")
    if isinstance(value, (int, float)):
        return (str(value), "") if numbers_as_text else (None, _NUMBER)
    return None, "is not a text"
