# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Callable, Iterable

from . import dn as names


class Entry:
    """One object. `attributes` is replaced and never changed in place, so that whoever holds it has a snapshot."""

    __slots__ = ("attributes", "classes", "dn", "id", "key")

    def __init__(self, id: int, dn: str, classes: Iterable[str], attributes: dict[str, list[str]]):
        self.id = id
        self.dn = dn
        self.key = names.key(dn)
        self.classes = frozenset(classes)
        self.attributes = attributes


def text_key(value: str) -> str:
    """Directory strings are compared without case and with single spaces."""
    return " ".join(value.split()).lower()


class Directory:
    """The LDAP server: entries in the order of their ids, with equality indexes."""

    def __init__(self, indexed: Callable[[str], Callable[[str], str] | None]):
        self._indexed = indexed  # attribute name -> how its values are compared, or None
        self.entries: dict[str, Entry] = {}
        self._by_classes: dict[frozenset[str], dict[int, Entry]] = {}
        self._index: dict[tuple[str, str], dict[frozenset[str], dict[int, Entry]]] = {}
        self._children: dict[str, int] = {}  # how many, by the key of the parent
        self._last_id = 0

    def find(self, dn: str) -> Entry | None:
        return self.entries.get(names.key(dn))

    def with_classes(self, classes: frozenset[str]) -> list[Entry]:
        """Entries that have all these object classes (contract 3.1)."""
        return _gathered(self._by_classes, classes)

    def equal(self, attribute: str, value: str, classes: frozenset[str] = frozenset()) -> list[Entry]:
        """Entries that hold the value of an indexed attribute, and have all these object classes."""
        return sorted(_gathered(self._index.get((attribute, self._indexed(attribute)(value)), {}), classes), key=_by_id)

    def below(self, base_key: str) -> list[Entry]:
        if not self._children.get(base_key):
            return [self.entries[base_key]] if base_key in self.entries else []
        return [entry for entry in self.entries.values() if names.is_below(entry.key, base_key)]

    def add(self, dn: str, classes: Iterable[str], attributes: dict[str, list[str]]) -> Entry:
        self._last_id += 1
        entry = Entry(self._last_id, dn, classes, attributes)
        self._place(entry)
        self._by_classes.setdefault(entry.classes, {})[entry.id] = entry
        self._note(entry, attributes, present=True)
        return entry

    def replace(self, entry: Entry, changes: dict[str, list[str]]) -> None:
        """Set attributes; an empty list removes one."""
        merged = entry.attributes | changes
        self._note(entry, {name: entry.attributes.get(name, []) for name in changes}, present=False)
        entry.attributes = {name: values for name, values in merged.items() if values}
        self._note(entry, changes, present=True)

    def move(self, entry: Entry, dn: str) -> None:
        """Rename, with all that is below."""
        old_key, old_dn = entry.key, entry.dn
        for moved in self.below(old_key):
            self._take_away(moved)
            moved.dn = dn if moved is entry else moved.dn[: len(moved.dn) - len(old_dn)] + dn
            moved.key = names.key(moved.dn)
            self._place(moved)

    def remove(self, entry: Entry) -> None:
        """Delete, with all that is below."""
        for gone in self.below(entry.key):
            self._take_away(gone)
            del self._by_classes[gone.classes][gone.id]
            self._note(gone, gone.attributes, present=False)

    def _place(self, entry: Entry) -> None:
        self.entries[entry.key] = entry
        above = names.parent(entry.key)
        self._children[above] = self._children.get(above, 0) + 1

    def _take_away(self, entry: Entry) -> None:
        del self.entries[entry.key]
        self._children[names.parent(entry.key)] -= 1

    def _note(self, entry: Entry, attributes: dict[str, list[str]], present: bool) -> None:
        for name, values in attributes.items():
            compared = self._indexed(name)
            if compared is None:
                continue
            for value in values:
                place = (name, compared(value))
                if present:
                    self._index.setdefault(place, {}).setdefault(entry.classes, {})[entry.id] = entry
                else:
                    self._index.get(place, {}).get(entry.classes, {}).pop(entry.id, None)

    # The state file

    def as_json(self) -> list[dict]:
        ordered = sorted(self.entries.values(), key=_by_id)
        return [{"dn": entry.dn, "classes": sorted(entry.classes), "attributes": entry.attributes} for entry in ordered]


def _gathered(groups: dict[frozenset[str], dict[int, Entry]], classes: frozenset[str]) -> list[Entry]:
    found = [group for known, group in groups.items() if classes <= known]
    if len(found) == 1:
        return list(found[0].values())
    return sorted((entry for group in found for entry in group.values()), key=_by_id)


def _by_id(entry: Entry) -> int:
    return entry.id
