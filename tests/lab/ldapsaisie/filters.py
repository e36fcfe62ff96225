# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""LDAP filters: what the configuration uses, and the simple ones that a search takes."""

from __future__ import annotations

import re
from collections.abc import Callable

from . import dn as names
from .directory import Entry, text_key

SIMPLE = re.compile(r"\(([A-Za-z][\w-]*)(~=|>=|<=|=)([^()]*)\)")
ESCAPED = re.compile(r"\\([0-9a-fA-F]{2})")

Test = Callable[[dict[str, list[str]]], bool]


def simple(text: str) -> tuple[str, str, str] | None:
    """The one form that a search takes: attribute, operator and value in parentheses (contract 3.1)."""
    found = SIMPLE.fullmatch(text)
    return found.groups() if found else None


def parse(text: str) -> Test:
    test, rest = _parse(text)
    if rest:
        raise ValueError(f"not a filter: {text}")
    return test


def attributes_of(text: str) -> set[str]:
    return {found[1] for found in SIMPLE.finditer(text)}


def _parse(text: str) -> tuple[Test, str]:
    if text[:2] in ("(&", "(|", "(!"):
        parts, rest = [], text[2:]
        while rest.startswith("("):
            part, rest = _parse(rest)
            parts.append(part)
        if not rest.startswith(")") or not parts:
            raise ValueError(f"not a filter: {text}")
        if text[1] == "!":
            return (lambda attributes: not parts[0](attributes)), rest[1:]
        together = all if text[1] == "&" else any
        return (lambda attributes: together(part(attributes) for part in parts)), rest[1:]
    found = SIMPLE.match(text)
    if not found:
        raise ValueError(f"not a filter: {text}")
    return condition(*found.groups()), text[found.end() :]


def condition(attribute: str, operator: str, value: str) -> Test:
    matches = _matcher(operator, value)
    return lambda attributes: any(matches(stored) for stored in attributes.get(attribute, ()))


def _matcher(operator: str, value: str) -> Callable[[str], bool]:
    if operator == "~=":
        wanted = sound(_plain(value))
        return lambda stored: any(wanted == sound(word) for word in stored.split()) or wanted == sound(stored)
    if operator in (">=", "<="):
        return lambda stored: _ordered(stored, _plain(value), operator)
    if value == "*":
        return lambda stored: True
    if "*" in value:
        pattern = re.compile(".*".join(re.escape(text_key(_plain(part))) for part in value.split("*")), re.DOTALL)
        return lambda stored: pattern.fullmatch(text_key(stored)) is not None
    wanted, as_dn = text_key(_plain(value)), names.key(_plain(value))
    return lambda stored: text_key(stored) == wanted or ("=" in stored and names.key(stored) == as_dn)


def _plain(value: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)


def _ordered(stored: str, wanted: str, operator: str) -> bool:
    if stored.isdigit() and wanted.isdigit():
        one, other = int(stored), int(wanted)
    else:
        one, other = text_key(stored), text_key(wanted)
    return one >= other if operator == ">=" else one <= other


def sound(text: str) -> str:
    """Roughly how a word sounds: its first letter and the consonants after it."""
    letters = re.sub(r"[^a-z]", "", text.lower())
    return re.sub(r"(.)\1+", r"\1", letters[:1] + re.sub(r"[aeiouyhw]", "", letters[1:]))


def contains(entry: Entry, keywords: tuple[str, ...], pattern: str, approximate: bool) -> bool:
    """The keyword search."""
    if approximate:
        return any(condition(name, "~=", pattern)(entry.attributes) for name in keywords)
    wanted = text_key(pattern)
    return any(wanted in text_key(value) for name in keywords for value in entry.attributes.get(name, ()))
