# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people get because of who they are: rules as data, and what they mean for somebody who moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

from .people import PeopleError, Person, named, records, same, show
from .texts import Field, whole_field

Rule = Mapping[str, Any]
Grants = dict[str, Any]

_KEYS = ("name", "when", "not_when", "grant")


def entitled(
    people: Sequence[Person],
    rules: Sequence[Rule],
    backend: str | None = None,
    present: Mapping[str, Mapping[str, Any]] | None = None,
    ignore_case: bool = False,
) -> dict[str, Grants]:
    """What each person gets.

    Args:
        people: person records.
        rules: maps of when, not_when and grant: {backend: {option: value}}.
        backend: the one to look at; without it, everything is keyed by backend.
        present: login → options of the accounts that exist on this backend. With it, every list that any rule may grant becomes
            complete: what is present and nobody's to manage, then what is granted.
        ignore_case: whether this backend takes Staff and staff for one name.

    Returns:
        login → option → value, or login → backend → option → value.

    Raises:
        PeopleError: with everything that is wrong.
    """
    _refuse(check_rules(rules), "entitled")
    listed = records(people, "entitled", "login")
    if present is None:
        every = {str(person["login"]): grants_of(person, rules) for person in listed}
        return every if backend is None else {login: grants.get(backend, {}) for login, grants in every.items()}
    if backend is None or not isinstance(present, Mapping):
        raise PeopleError(["present goes with the name of one backend, and is a map of login: options"], "The input of entitled")
    lists = {option: managed(rules, backend, option) for option in granted_lists(rules, backend)}
    accounts = {same(login): options for login, options in present.items()}
    result, errors = {}, []
    for number, person in enumerate(listed, start=1):
        grants = grants_of(person, rules).get(backend, {})
        account = accounts.get(same(str(person["login"])))
        for option, values in lists.items():
            held: Any = [] if account is None else account.get(option) if isinstance(account, Mapping) else None
            if isinstance(held, (str, Mapping)) or not isinstance(held, Sequence):
                errors.append(f"{named(number, person)}: present does not list the {option} of this account")
                continue
            grants[option] = wanted(held, values, grants.get(option, ()), ignore_case)
        result[str(person["login"])] = grants
    _refuse(errors, "entitled")
    return result


def managed_values(rules: Sequence[Rule], backend: str, option: str) -> list[Any]:
    """What managed() gives, of rules that are checked first. Raises PeopleError."""
    _refuse(check_rules(rules), "managed")
    return managed(rules, backend, option)


def grants_of(person: Person, rules: Sequence[Rule]) -> dict[str, Grants]:
    """What one person gets, by backend, of rules that were checked.

    A rule holds for somebody for whom everything in when holds, unless everything in not_when does. Lists of several rules are
    joined in the order of the rules without repetitions; of other values the last rule decides.
    """
    grants: dict[str, Grants] = {}
    for rule in rules:
        excluded = "not_when" in rule and _holds(rule["not_when"], person)
        if excluded or not _holds(rule["when"], person):
            continue
        for backend, options in rule["grant"].items():
            mine = grants.setdefault(backend, {})
            for option, value in options.items():
                mine[option] = _once([*mine.get(option, []), *value]) if isinstance(value, list) else value
    return grants


def managed(rules: Sequence[Rule], backend: str, option: str) -> list[Any]:
    """Everything that any rule may grant in a list option, in the order of the rules."""
    granted = [rule["grant"].get(backend, {}).get(option) for rule in rules]
    return _once(value for values in granted if isinstance(values, list) for value in values)


def wanted(present: Iterable[Any], managed: Iterable[Any], entitled: Iterable[Any], ignore_case: bool = False) -> list[Any]:
    """What somebody is to have: what is present and not managed, then what is granted; each once."""

    def key(value: Any) -> Any:
        if isinstance(value, str):
            return same(value) if ignore_case else value
        return (repr(value),)

    granted = list(entitled)
    away = {key(value) for value in [*managed, *granted]}
    return [*_once(value for value in present if key(value) not in away), *_once(granted)]


def check_rules(rules: object) -> list[str]:
    """What is wrong with rules, each by its number."""
    if isinstance(rules, (str, Mapping)) or not isinstance(rules, Sequence):
        return [f"the rules are {show(rules)}: give a list"]
    errors = []
    kinds: dict[tuple[str, str], tuple[bool, str]] = {}
    for number, rule in enumerate(rules, start=1):
        if not isinstance(rule, Mapping):
            errors.append(f"rule {number} is {show(rule)}: give a map of when and grant")
            continue
        place = f"rule {number} ({rule['name']})" if rule.get("name") else f"rule {number}"
        errors += [f"{place} has {show(key)}; a rule has {', '.join(_KEYS)}" for key in rule if key not in _KEYS]
        errors += [f"{place} has no {key}" + ("; {} is everybody" if key == "when" else "") for key in ("when", "grant") if key not in rule]
        for key in ("when", "not_when"):
            errors += [f"{place}: {error}" for error in _check_conditions(key, rule.get(key, {}))]
        if "not_when" in rule and not rule["not_when"]:
            errors.append(f"{place}: an empty not_when is everybody, so the rule would hold for nobody")
        errors += [f"{place}: {error}" for error in _check_grant(rule.get("grant", {}), place, kinds)]
    return errors


def _check_conditions(key: str, conditions: object) -> list[str]:
    if not isinstance(conditions, Mapping):
        return [f"{key} is {show(conditions)}: give a map of field: patterns"]
    errors = []
    for name, patterns in conditions.items():
        try:
            whole_field(name)
        except ValueError as error:
            errors.append(f"{key} names {show(name)}, but {error}")
        listed = patterns if isinstance(patterns, list) else [patterns]
        boolean = name == "on_leave"
        odd = [each for each in listed if not isinstance(each, bool if boolean else (str, type(None)))]
        if odd:
            kind = "true or false" if boolean else "a text (in quotes), a list of texts, or null for what is unknown"
            errors.append(f"{key} compares {name} with {show(odd[0])}: give {kind}")
        if isinstance(patterns, list) and not patterns:
            errors.append(f"{key} compares {name} with an empty list, which nothing is like")
    return errors


def _check_grant(grant: object, place: str, kinds: dict[tuple[str, str], tuple[bool, str]]) -> list[str]:
    if not isinstance(grant, Mapping) or not all(isinstance(options, Mapping) for options in grant.values()):
        return [f"grant is {show(grant)}: give a map of backend: {{option: value}}"]
    errors = []
    for backend, options in grant.items():
        for option, value in options.items():
            is_list = isinstance(value, list)
            former, where = kinds.setdefault((backend, option), (is_list, place))
            if value is None:
                errors.append(f"{option} of {backend} is null: leave it out")
            elif former != is_list:
                errors.append(
                    f"{option} of {backend} is {'a list' if is_list else 'no list'} here and {'a list' if former else 'none'} in {where}"
                )
    return errors


def granted_lists(rules: Sequence[Rule], backend: str) -> list[str]:
    """The list options that any rule grants."""
    return _once(option for rule in rules for option, value in rule["grant"].get(backend, {}).items() if isinstance(value, list))


def _holds(conditions: Mapping[str, Any], person: Person) -> bool:
    return all(
        any(_like(whole_field(name), pattern, person) for pattern in (patterns if isinstance(patterns, list) else [patterns]))
        for name, patterns in conditions.items()
    )


def _like(of: Field, pattern: str | bool | None, person: Person) -> bool:
    value = of.value(person)
    if isinstance(value, str) and isinstance(pattern, str):
        return _like_text(value, pattern)
    return value is pattern


@lru_cache(maxsize=20_000)  # thousands of people, few departments
def _like_text(value: str, pattern: str) -> bool:
    return fnmatchcase(same(value), same(pattern))


def _once(values: Iterable[Any]) -> list[Any]:
    """Each value once, in order; values may be maps."""
    result: list[Any] = []
    for value in values:
        if value not in result:
            result.append(value)
    return result


def _refuse(errors: Sequence[str], what: str) -> None:
    if errors:
        raise PeopleError(errors, f"The input of {what}")
