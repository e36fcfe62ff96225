# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts with fields of a person in them, such as "{given_name} {family_name}".

The whole language is {field}, {field[0]} for its first character, and {extra[Header]}. It is not Python's: nothing can be
reached but the values of the record, and those of the manager that with_managers() found in the list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple, cast

from .people import FIELDS, MANAGER, Person, show

_KNOWN = (*FIELDS[:-1], *MANAGER)
_PLACE = re.compile(r"\{([^{}]*)\}")
_FIELD = re.compile(r"([a-z_]+)(\[0\])?")
_EXTRA = re.compile(r"extra\[([^\[\]{}]+)\](\[0\])?")


class Field(NamedTuple):
    """One value of a person, or its first character."""

    name: str
    header: str | None = None
    first: bool = False

    def __str__(self) -> str:
        return (f"extra[{self.header}]" if self.header is not None else self.name) + ("[0]" if self.first else "")

    def value(self, person: Person) -> str | bool | None:
        if self.header is not None:
            return person["extra"].get(self.header)
        return cast("str | bool | None", cast("dict[str, object]", person).get(self.name))


@lru_cache(maxsize=1000)
def field(text: str) -> Field:
    """The field that a text names. Raises ValueError with a sentence when there is none."""
    found = _EXTRA.fullmatch(text)
    if found:
        return Field("extra", found[1], bool(found[2]))
    found = _FIELD.fullmatch(text)
    if found and found[1] in _KNOWN:
        return Field(found[1], None, bool(found[2]))
    raise ValueError(f"{show(text)} is no field; there are {', '.join(_KNOWN)} and extra[Header], each also with [0] behind it")


def whole_field(text: object) -> Field:
    """The field that a text names, which is to be compared. Raises ValueError with a sentence."""
    named = field(str(text))
    if named.first:
        raise ValueError(f"{show(text)} is a character only; name the whole field")
    return named


@lru_cache(maxsize=1000)
def parse(text: str) -> tuple[str | Field, ...]:
    """Split a text into what stands there as it is and what is a field. Raises ValueError with a sentence."""
    pieces: list[str | Field] = []
    for index, piece in enumerate(_PLACE.split(text)):
        if index % 2:
            pieces.append(field(piece))
        elif "{" in piece or "}" in piece:
            raise ValueError(f"the braces of {show(text)} do not match")
        elif piece:
            pieces.append(piece)
    return tuple(pieces)


def fill(pieces: Sequence[str | Field], person: Person, change: Callable[[str], str] = str) -> str | bool | None:
    """The text for one person; None when the person lacks what it needs.

    One field alone gives its value, on_leave a boolean. Fields with nothing but spaces between them are the known ones among
    them, so that one name alone is a full name. Any other text needs all its fields.
    """
    values: list[str | bool | None] = []
    for piece in pieces:
        value = piece.value(person) if isinstance(piece, Field) else piece
        if isinstance(piece, Field) and isinstance(value, str):
            value = change(value)
            value = (value[:1] if piece.first else value) or None
        values.append(value)
    if len(pieces) == 1:
        return values[0]
    if not pieces:
        return ""
    if all(isinstance(piece, Field) or piece.isspace() for piece in pieces):
        known = [_words(value) for piece, value in zip(pieces, values) if isinstance(piece, Field) and value is not None]
        if len(known) < sum(isinstance(piece, Field) for piece in pieces):
            return " ".join(known) or None
    elif None in values:
        return None
    return "".join(_words(value) for value in values)


def _words(value: str | bool | None) -> str:
    return str(value).lower() if isinstance(value, bool) else value or ""
