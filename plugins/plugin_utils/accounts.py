# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From people to the accounts of one backend: a map of options as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .people import PeopleError, Person, records, same, show
from .people_rules import with_managers
from .texts import Field, fill, parse, whole_field

_CHOICE = ("from", "values", "default")


def to_accounts(
    people: Sequence[Person], options: Mapping[str, Any], entitlements: Mapping[str, Mapping[str, Any]] | None = None
) -> list[dict[str, Any]]:
    """One map of module options for each person.

    Args:
        people: person records.
        options: see account().
        entitlements: login → further options. Lists are joined, other values replace those of the map.

    Raises:
        PeopleError: with everything that is wrong in the map.
    """
    errors = check_map(options)
    if entitlements is not None and not (
        isinstance(entitlements, Mapping) and all(isinstance(each, Mapping) for each in entitlements.values())
    ):
        errors.append(f"the entitlements are {show(entitlements)}: give what entitled returns for one backend")
    if errors:
        raise PeopleError(errors, "The input of to_accounts")
    listed = with_managers(records(people, "to_accounts", "login" if entitlements is not None else None))
    granted = {same(login): more for login, more in (entitlements or {}).items()}
    return [_joined(account(person, options), granted.get(same(person["login"] or ""), {})) for person in listed]


def account(person: Person, options: Mapping[str, Any]) -> dict[str, Any]:
    """The module options for one person, of a map that was checked.

    An option is a text with fields, a number or boolean, a list or map of such, or a choice {from: field, values: {value: option},
    default: option}. What is unknown of somebody leaves the option out, so that nothing is None and the server's value stays.

    Args:
        person: a person record, with what with_managers() adds if the map names it.
        options: name → how to make it.
    """
    made = ((name, _make(option, person)) for name, option in options.items())
    return {name: value for name, value in made if value is not None}


def check_map(options: object) -> list[str]:
    """What is wrong with the map of a backend."""
    return _check("", options) if isinstance(options, Mapping) else [f"the map is {show(options)}: give a map of option: value"]


def named_fields(value: Any) -> Iterator[Field]:
    """The fields that a map, which was checked, names."""
    if isinstance(value, str):
        yield from (piece for piece in parse(value) if isinstance(piece, Field))
    elif isinstance(value, Mapping) and "from" in value:
        yield whole_field(value["from"])
        yield from named_fields([*value["values"].values(), value.get("default")])
    elif isinstance(value, (Mapping, list, tuple)):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from named_fields(each)


def _joined(made: dict[str, Any], granted: Mapping[str, Any]) -> dict[str, Any]:
    for name, value in granted.items():
        before = made.get(name)
        if isinstance(before, list) and isinstance(value, list):
            made[name] = [*before, *(each for each in value if each not in before)]
        elif value is not None:
            made[name] = value
    return made


def _check(place: str, value: Any) -> list[str]:
    """What is wrong with the map or a part of it."""
    if isinstance(value, str):
        try:
            parse(value)
        except ValueError as error:
            return [f"{place}: {error}"]
    elif isinstance(value, Mapping):
        if "from" in value:
            return _check_choice(place, value)
        dot = f"{place}." if place else ""
        return [error for name, option in value.items() for error in _check(f"{dot}{name}", option)]
    elif isinstance(value, (list, tuple)):
        return [error for number, each in enumerate(value, start=1) for error in _check(f"{place}[{number}]", each)]
    elif value is None:
        return [f"{place} is null: leave it out, or give '' to clear it"]
    elif not isinstance(value, (bool, int, float)):
        return [f"{place} is {show(value)}: give a text, a number, true or false, a list or a map"]
    return []


def _check_choice(place: str, value: Mapping[Any, Any]) -> list[str]:
    errors = [f"{place} has {show(key)}; a choice has {', '.join(_CHOICE)}" for key in value if key not in _CHOICE]
    try:
        whole_field(value["from"])
    except ValueError as error:
        errors.append(f"{place}: from {error}")
    values = value.get("values")
    if not isinstance(values, Mapping):
        errors.append(f"{place}: values is {show(values)}: give a map of value: option")
        values = {}
    for key, option in [*((f"values.{key}", option) for key, option in values.items()), ("default", value.get("default"))]:
        errors += _check(f"{place}.{key}", option) if option is not None else []
    return errors


def _make(value: Any, person: Person) -> Any:
    """The option for one person; None leaves it out."""
    if isinstance(value, str):
        return fill(parse(value), person)
    if isinstance(value, Mapping) and "from" in value:
        found = whole_field(value["from"]).value(person)
        chosen = [option for key, option in value["values"].items() if found is not None and _word(key) == _word(found)]
        return _make(chosen[0] if chosen else value.get("default"), person)
    if isinstance(value, Mapping):
        return account(person, value) or (None if value else {})
    if isinstance(value, (list, tuple)):
        known = [each for each in (_make(each, person) for each in value) if each is not None]
        return [each for number, each in enumerate(known) if each not in known[:number]] if known or not value else None
    return value


def _word(value: Any) -> str:
    """A value of a person, or the key of a choice, as compared: YAML reads true and 12 where HR wrote texts."""
    return str(value).lower() if isinstance(value, bool) else same(str(value))
