# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The open maps of an object: attributes by name, their values as their kind says, and images."""

from __future__ import annotations

import base64
import hashlib
from typing import Any, Mapping

from ..core.spec import EMPTY, UNREADABLE, Field, NotAllowed, Raw
from . import kinds
from .kinds import Kind, listed

MASK = "********"  # stands for every password, and must never be sent (chapter 3.8)
HASHED = "hashed_password"  # a component of the history of passwords
TYPES = "attribute_types"
MAPS = ("attributes", "create_attributes")


def secret(value: Any) -> bool:
    """Whether what was read is a mask, or holds hashes of passwords."""
    return any(each == MASK or (isinstance(each, dict) and HASHED in each) for each in listed(value))


def kind_of(values: Mapping[str, Any], name: str) -> Kind:
    """The kind of an attribute, as the options of the object tell."""
    given = next((values[each][name] for each in MAPS if name in values.get(each, ())), "")
    return kinds.kind_of(name, given, values.get(TYPES) or {})


def normal(values: dict[str, Any]) -> None:
    """Spell all given values as they are compared and sent. :raises ValueError: with a sentence."""
    types = values[TYPES] = kinds.declared(values.get(TYPES) or {})
    for option in MAPS:
        for name, value in dict(values.get(option) or {}).items():
            if MASK in listed(value):
                raise ValueError(f"{option}.{name}: {MASK} stands for a secret and is no value")
            try:
                spelled = kinds.kind_of(name, value, types).given(value)
            except ValueError as exc:
                raise ValueError(f"{option}.{name} {value!r}: {exc}") from None
            values[option] = {**values[option], name: spelled}


class Attributes(Field):
    """Attributes by name. What a reading of the whole object lacks may not be written (chapter 6.5)."""

    def entry(self, key: str, values: Mapping[str, Any]) -> Field:
        return kind_of(values, key)

    def readings(self, raw: Raw, want: Any) -> dict[str, Any]:
        return {f"{self.name}.{name}": self.reading(raw, name, value) for name, value in want.items()}

    @staticmethod
    def reading(raw: Raw, name: str, want: Any) -> Any:
        if name not in raw["attributes"]:
            # A row of a search holds only what was asked for.
            return UNREADABLE if raw.get("listed") else NotAllowed("the type has no such attribute, or the account may not read it")
        have = raw["attributes"][name]
        if secret(have):
            return NotAllowed("it is a secret, so it belongs into passwords")
        if len(listed(want)) > 1 and not isinstance(have, list):
            return NotAllowed("it holds one value only")
        return have


class Picture(str):
    """An image, described by a text."""

    content: bytes

    @classmethod
    def of(cls, content: bytes) -> Picture:
        out = cls(f"image of {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()[:16]}")
        out.content = content
        return out


def pictures(value: Mapping[str, Any]) -> dict[str, str]:
    """Images by attribute, read from the given files; an empty path clears."""
    out: dict[str, str] = {}
    for name, path in value.items():
        if path in EMPTY:
            out[name] = ""
            continue
        try:
            with open(str(path), "rb") as stream:
                out[name] = Picture.of(stream.read())
        except OSError as exc:
            raise ValueError(f"{name}: {path} cannot be read: {exc.strerror}") from None
    return out


class Images(Attributes):
    """Images by attribute, compared by their content."""

    def entry(self, key: str, values: Mapping[str, Any]) -> Field:
        return self

    def same(self, have: Any, want: Any) -> bool:
        return str(have or "") == str(want or "")

    @staticmethod
    def reading(raw: Raw, name: str, want: Any) -> Any:
        have = Attributes.reading(raw, name, want)
        if not isinstance(have, str):
            return have
        try:
            return str(Picture.of(base64.b64decode(have, validate=True)))
        except ValueError:
            return NotAllowed("it holds no image")
