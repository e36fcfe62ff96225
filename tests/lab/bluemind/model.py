# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the server reads and writes documents (contract 1.3): the rules of its JSON library, and kinds of values.

Generations are numbers: 49 is 4.9, 50 is 5.0, 57 is 5.7. What is stored holds the keys of all of them.
"""

from __future__ import annotations

import copy
import json
import random
from dataclasses import dataclass, field

from .errors import Unreadable


@dataclass(slots=True)
class View:
    """For whom a document is written: the keys of one generation (None: of all), and whether sets are shuffled."""

    generation: int | None
    random: random.Random | None = None


class Kind:
    """Values that are stored as they were read."""

    plain = True  # needs nothing when written

    def read(self, value, generation: int):
        return value

    def write(self, value, view: View):
        return value

    def default(self):
        return None


class Text(Kind):
    def read(self, value, generation):
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, (bool, int, float)):
            return json.dumps(value)
        raise Unreadable


class Flag(Kind):
    """A primitive: null is false."""

    def __init__(self, default: bool = False):
        self._default = default

    def read(self, value, generation):
        if isinstance(value, str) and value.lower() in ("true", "false", ""):
            return value.lower() == "true"
        if value is None or isinstance(value, (bool, int)):
            return bool(value)
        raise Unreadable

    def default(self):
        return self._default


class Number(Kind):
    def __init__(self, default: int | None = None, primitive: bool = False):
        self._default = 0 if primitive and default is None else default
        self._primitive = primitive

    def read(self, value, generation):
        if value is None or value == "":
            return 0 if self._primitive else None
        if isinstance(value, bool):
            raise Unreadable
        try:
            return int(value)
        except (TypeError, ValueError):
            raise Unreadable from None

    def default(self):
        return self._default


class Choice(Kind):
    """A constant name, case-sensitive. `later` maps constants of later generations to their first."""

    def __init__(self, *names: str, later: dict[str, int] | None = None, default: str | None = None):
        self._since = dict.fromkeys(names, 0) | (later or {})
        self._default = default

    def read(self, value, generation):
        if value is None:
            return None
        if not isinstance(value, str) or self._since.get(value, 99) > generation:
            raise Unreadable
        return value

    def default(self):
        return self._default


class Listing(Kind):
    plain = False

    def __init__(self, of: Kind, unordered: bool = False, default: object = ()):
        self._of = of
        self._unordered = unordered
        self._default = default

    def read(self, value, generation):
        if value is None:
            return None
        if not isinstance(value, list):
            raise Unreadable
        return [self._of.read(item, generation) for item in value]

    def write(self, value, view):
        if not value:
            return value
        items = value if self._of.plain else [self._of.write(item, view) for item in value]
        if self._unordered and view.random:
            items = view.random.sample(items, len(items))
        return items

    def default(self):
        return None if self._default is None else []


class Unique(Listing):
    """A set: no particular order, nothing twice."""

    def __init__(self, of: Kind, default: object = ()):
        super().__init__(of, unordered=True, default=default)

    def read(self, value, generation):
        items = super().read(value, generation)
        return items if items is None else list(dict.fromkeys(items))


class Map(Kind):
    """A map to strings; booleans and numbers become text, null stays."""

    def __init__(self, of: Kind | None = None):
        self._of = of or TEXT

    def read(self, value, generation):
        if value is None:
            return None
        if not isinstance(value, dict):
            raise Unreadable
        return {key: self._of.read(item, generation) for key, item in value.items()}

    def default(self):
        return {}


@dataclass(slots=True)
class Field:
    kind: Kind
    since: int = 0
    until: int = 99


@dataclass
class Record(Kind):
    """A nested object. Unknown keys are ignored, missing ones take the default, null replaces it."""

    fields: dict[str, Kind | Field]
    nullable: bool = False  # missing is null rather than an object
    keep: bool = False  # unknown keys are kept
    plain = False
    _plans: dict[int | None, list] = field(default_factory=dict)

    def __post_init__(self):
        self.fields = {name: kind if isinstance(kind, Field) else Field(kind) for name, kind in self.fields.items()}

    def read(self, value, generation):
        if value is None:
            return None
        if not isinstance(value, dict):
            raise Unreadable
        document = dict(value) if self.keep else {}
        for name, entry in self.fields.items():
            known = name in value and entry.since <= generation <= entry.until
            document[name] = entry.kind.read(value[name], generation) if known else entry.kind.default()
        return document

    def write(self, value, view):
        if value is None:
            return None
        plan = self._plans.get(view.generation)
        if plan is None:
            plan = self._plans[view.generation] = [
                (name, None if entry.kind.plain else entry.kind)
                for name, entry in self.fields.items()
                if view.generation is None or entry.since <= view.generation <= entry.until
            ]
        document = {name: value.get(name) if kind is None else kind.write(value.get(name), view) for name, kind in plan}
        return {**value, **document} if self.keep else document

    def default(self):
        return None if self.nullable else self.make()

    def make(self, **values) -> dict:
        return {name: entry.kind.default() for name, entry in self.fields.items()} | values

    def filled(self, value: dict | None) -> dict:
        """The same with nulls made defaults where the default is an object or a list: what a database gives back."""
        document = self.make()
        for name, entry in self.fields.items():
            old = (value or {}).get(name)
            if isinstance(entry.kind, Record) and not entry.kind.nullable:
                document[name] = entry.kind.filled(old)
            elif old is not None:
                document[name] = copy.deepcopy(old)
        return document


TEXT = Text()
FLAG = Flag()
NUMBER = Number()
DATE = NUMBER
