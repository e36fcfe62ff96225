# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How types of objects are described; `types/` holds those of the server (contract 10)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from .kinds import Kind, Text

PLACEHOLDER = re.compile(r"%\{(\w+)(?::[^}]*)?\}")

READ, WRITE = "r", "w"
ADMIN = {"admin": WRITE}
ADMIN_READS = {"admin": READ}


def fill(template: str, attributes: dict[str, list[str]]) -> str:
    return PLACEHOLDER.sub(lambda found: (attributes.get(found[1]) or [""])[0], template)


@dataclass
class Attribute:
    name: str
    label: str = ""
    kind: Kind = field(default_factory=Text)
    multiple: bool = False
    mandatory: bool = False
    default: list[str] | None = None  # stored values of a missing mandatory attribute
    generate: Callable | str | None = None  # a function of (server, attributes), or a template
    generated_by: str | None = None  # the pool of numbers it takes the next one from
    dependants: tuple[str, ...] = ()  # generated anew when this one changes
    create: bool = False  # writable in the form of a creation
    modify: bool = False  # ... and in that of a modification
    rights: dict[str, str] = field(default_factory=lambda: ADMIN)
    rules: tuple[Callable, ...] = ()
    unique: bool = False
    not_unique: str | None = None  # the text for it, else the default one

    def __post_init__(self):
        self.label = self.label or self.name


@dataclass
class Relation:
    name: str
    type: str  # of the related objects
    attribute: str  # of the related objects, holding our DN
    writable: bool = True


@dataclass
class IoFormat:
    name: str
    delimiter: str
    columns: dict[str, str]  # column name: attribute
    generated: dict[str, str] = field(default_factory=dict)  # attribute: template


@dataclass
class EntryForm:
    """A data entry form: the attributes it shows, and the values it imposes."""

    shown: tuple[str, ...]
    defaults: dict[str, list[str]]


@dataclass
class Type:
    name: str
    rdn: str
    container: str
    classes: tuple[str, ...]
    display: str
    attributes: dict[str, Attribute]
    keywords: tuple[str, ...] = ()
    recursive: bool = False
    per_page: int = 30
    sort: str | None = None
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)  # id: (label, template)
    predefined: tuple[str, ...] = ()
    relations: dict[str, Relation] = field(default_factory=dict)
    io_formats: dict[str, IoFormat] = field(default_factory=dict)
    entry_forms: dict[str, EntryForm] = field(default_factory=dict)
    rdn_order: bool = False  # the directory walks the container, shortest names first

    def __post_init__(self):
        self._allowed: dict[tuple, frozenset[str]] = {}

    @cached_property
    def class_set(self) -> frozenset[str]:
        return frozenset(self.classes)

    def add(self, attribute: Attribute) -> None:
        self.attributes[attribute.name] = attribute
        self._allowed.clear()

    def name_of(self, attributes: dict[str, list[str]]) -> str:
        return fill(self.display, attributes)

    def readable(self, profiles: frozenset[str]) -> frozenset[str]:
        return self._with_right(profiles, (READ, WRITE))

    def writable(self, profiles: frozenset[str]) -> frozenset[str]:
        return self._with_right(profiles, (WRITE,))

    def _with_right(self, profiles: frozenset[str], rights: tuple[str, ...]) -> frozenset[str]:
        if (profiles, rights) not in self._allowed:
            self._allowed[profiles, rights] = frozenset(
                name for name, attribute in self.attributes.items() if any(attribute.rights.get(profile) in rights for profile in profiles)
            )
        return self._allowed[profiles, rights]


@dataclass
class LdapServer:
    """One of the directories that a login can choose (contract 1.6)."""

    base: str
    types: tuple[str, ...]
    levels_type: str | None = None  # its objects are the levels
    levels_label: str = ""


def by_name(*things) -> dict:
    return {thing.name: thing for thing in things}
