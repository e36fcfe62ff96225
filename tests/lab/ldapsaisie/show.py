# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`object/[type]/[dn]` (contract 3.2), and how every route finds its object."""

from __future__ import annotations

from .answer import Answer
from .auth import in_menu, profiles
from .directory import Entry
from .schema import Relation, Type


def locate(call, type_name: str, dn: str) -> tuple[Type, Entry] | Answer:
    """The object of a path, or the refusal."""
    kind = call.type(type_name)
    if kind is None:
        return call.unknown_type()
    if not in_menu(call, kind):
        return call.refused("LSsession_11")
    entry = call.store.directory.find(dn)
    if entry is None or not kind.class_set <= entry.classes:
        return call.not_found()
    return kind, entry


def show(call, type_name: str, dn: str) -> Answer:
    located = locate(call, type_name, dn)
    if isinstance(located, Answer):
        return located
    kind, entry = located
    readable = kind.readable(profiles(call, entry, dn))
    if not readable:
        return call.refused("LSsession_11")
    detailed = call.switch("details")
    shown = {}
    for name, attribute in kind.attributes.items():
        if name in readable:
            show_it = attribute.kind.detail if detailed else attribute.kind.show
            shown[name] = show_it(call, attribute, entry.attributes.get(name, []))
    body = {
        "success": True,
        "dn": dn,
        "type": kind.name,
        "name": kind.name_of(entry.attributes),
        "details": detailed,
        "attributes": call.map(shown),
        # Whatever the caller's rights.
        "relations": call.map({relation.name: call.map(_names(call, relation, entry)) for relation in kind.relations.values()}),
    }
    return call.reply(body)


def related(call, relation: Relation, entry: Entry) -> list[Entry]:
    return call.store.directory.equal(relation.attribute, entry.dn, call.server.types[relation.type].class_set)


def _names(call, relation: Relation, entry: Entry) -> dict[str, str]:
    kind = call.server.types[relation.type]
    return {other.dn: kind.name_of(other.attributes) for other in related(call, relation, entry)}
