# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`object/[type]/[dn]/remove` (contract 3.5): with everything below, and with the references that relations hold."""

from __future__ import annotations

from . import dn as names
from .answer import Answer
from .auth import profiles
from .show import locate
from .texts import DELETED


def remove(call, type_name: str, dn: str):
    located = locate(call, type_name, dn)
    if isinstance(located, Answer):
        return located
    kind, entry = located
    if kind.rdn not in kind.writable(profiles(call, entry, dn)):
        return call.refused("LSsession_11")
    name = kind.name_of(entry.attributes)
    body = {"dn": dn, "type": kind.name, "name": name, "success": True}
    yield
    directory = call.store.directory
    if call.half or directory.entries.get(entry.key) is not entry:
        call.error("LSldapObject_15", name)
        return call.reply(body | {"success": False})
    if "object" not in call.dropped:
        for relation in kind.relations.values():
            for other in directory.equal(relation.attribute, entry.dn):
                kept = [value for value in other.attributes[relation.attribute] if names.key(value) != entry.key]
                directory.replace(other, {relation.attribute: kept})
        directory.remove(entry)
    call.session.purge(kind.name)
    call.messages.append(call.say(DELETED, name))
    return call.reply(body)
