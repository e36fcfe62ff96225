# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fields of objects that the SQL and the LDAP edition show in different words (contract 5).

SQL shows flat rows; a key that is not there says nothing, but in the settings it stands for the default. LDAP shows attributes, each a list
of texts; one that is not there is empty, but in a row of a listing, which holds some attributes only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Mapping, Optional, Sequence

from ..core.spec import UNREADABLE, Field, NotAllowed, Raw
from .client import LDAP, SQL
from .values import settings

NAMES = {SQL: "SQL", LDAP: "LDAP"}


@dataclass(frozen=True)
class Shown:
    """Where an edition shows a field: the first key that is there counts, ``settings.key`` stands within the settings."""

    read: Callable[[Any], Any]
    keys: tuple[str, ...]
    listed: bool = True  # whether rows of a listing hold it
    sure: bool = True  # whether the key is known; else it is one of several guesses, or not shown at all
    known: Optional[bool] = None  # whether a key that is missing in a whole profile means that the field is empty; by default so in LDAP


def at(read: Callable[[Any], Any], *keys: str, listed: bool = True, sure: bool = True, known: Optional[bool] = None) -> Shown:
    return Shown(read, keys, listed, sure, known)


@dataclass(frozen=True, eq=False)
class Item(Field):
    """One option, and where each edition shows it: nowhere by default."""

    sql: Optional[Shown] = None
    ldap: Optional[Shown] = None
    alike: Optional[Shown] = None  # where both show it in the same way
    only: str = ""  # the edition that has it, where the other has not
    adds: str = ""  # parameter that adds to a list
    removes: str = ""  # parameter that removes from a list
    resets: bool = True  # whether a parameter with the name on the wire replaces the list

    @property
    def path(self) -> list[str]:
        return [self.name]  # what was read is translated as a whole: see ``translated``

    def shown(self, edition: str) -> Optional[Shown]:
        return self.alike or (self.ldap if edition == LDAP else self.sql)


def elsewhere(item: Field, edition: str) -> bool:
    """Whether only the other edition has this field."""
    return isinstance(item, Item) and item.only not in ("", edition)


def unsure(item: Field, edition: str) -> bool:
    """Whether nobody knows if this edition shows the field."""
    shown = item.shown(edition) if isinstance(item, Item) else None
    return isinstance(item, Item) and not item.secret and not (shown and shown.sure)


def row_of(payload: Any) -> Raw:
    """The profile in an answer; LDAP may wrap it as ``[dn, attributes]`` or as ``ldif``."""
    if isinstance(payload, (list, tuple)) and len(payload) == 2 and isinstance(payload[1], dict):
        payload = payload[1]
    if isinstance(payload, dict) and isinstance(payload.get("ldif"), dict):
        payload = payload["ldif"]
    return payload if isinstance(payload, dict) else {}


def rows_of(payload: Any) -> list[tuple[str, Raw]]:
    """What a collection holds, name and profile: a list of profiles, of pairs, of names, or an object by name (contract 11, no. 3).

    The profile is empty where only the name is shown, and the name where only the profile is.
    """
    if isinstance(payload, dict):
        return [(str(name), row_of(profile)) for name, profile in payload.items()]
    return [(each, {}) if isinstance(each, str) else ("", row_of(each)) for each in payload or ()]


def translated(fields: Sequence[Field], row: Mapping[str, Any], edition: str, *, listed: bool = False) -> Raw:
    """A profile by the names of the options: values, ``UNREADABLE``, and ``NotAllowed`` for what only the other edition has.

    :param listed: whether it is a row of a listing.
    """
    out: Raw = {}
    for item in fields:
        if elsewhere(item, edition):
            out[item.name] = NotAllowed(f"only the {NAMES[LDAP if edition == SQL else SQL]} edition of iRedMail has it")
        elif isinstance(item, Item) and not item.secret:
            shown = item.shown(edition)
            out[item.name] = _reading(shown, row, edition, listed) if shown and row else UNREADABLE
    return out


def _reading(shown: Shown, row: Mapping[str, Any], edition: str, listed: bool) -> Any:
    default = UNREADABLE
    for key in shown.keys:
        holder, _dot, name = key.rpartition(".")
        if holder and (holder in row or edition == LDAP):
            place: Mapping[str, Any] = settings(row.get(holder))
            default = shown.read(None)
        else:
            place = {} if holder else row
        if name in place:
            value = shown.read(place[name])
            if value is not UNREADABLE:
                return value
    known = edition == LDAP and shown.sure if shown.known is None else shown.known
    if known and (not listed or (shown.listed and edition == LDAP)):
        return shown.read(None)
    return default
