# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`object/[type]/[dn]/relation/[relation]` (contract 3.6), with its odd way to check several objects."""

from __future__ import annotations

from urllib.parse import unquote_plus

from . import dn as names
from .answer import Answer
from .auth import profiles
from .directory import Entry
from .schema import Relation
from .show import locate, related

NO_CHANGES = "No changes done."
UPDATED = "Objects in relation updated."
PROBLEMS = "Some problems detected on requested changes."
FAILED = "Fail to update objects in relation"


def relate(call, type_name: str, dn: str, relation_name: str):
    located = locate(call, type_name, dn)
    if isinstance(located, Answer):
        return located
    kind, entry = located
    relation = kind.relations.get(relation_name)
    if relation is None:
        if call.knobs.strict_status:
            return call.not_found()
        return call.fatal("An exception occured :\n#1 - LSlog :: exception()\n## routes.php : Call to undefined method LSlog::log_error()")
    added, removed = _wanted(call, "add"), _wanted(call, "remove")
    # Reading is not checked at all.
    if (added is not None or removed is not None) and not (relation.writable and "admin" in profiles(call, entry, dn)):
        return call.refused("LSsession_11")
    before = [other.dn for other in related(call, relation, entry)]
    wanted, warnings = _checked(call, relation, before, added or [])
    for gone in removed or []:
        if gone in wanted:
            wanted.remove(gone)
    body = {
        "dn": dn,
        "type": kind.name,
        "name": kind.name_of(entry.attributes),
        "relation": relation.name,
        "success": True,
        "relatedObjects": wanted,
    }
    if warnings:
        call.plain_error(PROBLEMS)
        return call.reply(body | {"success": False, "warnings": warnings})
    if wanted == before:
        call.messages.append(NO_CHANGES)
        return call.reply(body)
    done = yield from _carry_out(call, relation, entry, before, wanted)
    call.session.purge(relation.type)
    if not done:
        call.plain_error(FAILED)
        return call.reply(body | {"success": False})
    call.messages.append(UPDATED)
    return call.reply(body)


def _wanted(call, name: str) -> list[str] | None:
    """The values, decoded a second time."""
    values = call.request_list(name)
    return None if values is None else [unquote_plus(value) for value in values]


def _checked(call, relation: Relation, before: list[str], added: list[str]) -> tuple[list[str], list[str]]:
    """The requested list and the warnings: the verdict on the first new object is that on all of them."""
    wanted, warnings, verdict = list(before), [], None
    for dn in added:
        if dn in wanted:
            continue
        if verdict is None:
            verdict = _exists(call, relation, dn)
        if not verdict:
            warnings.append(f"No {relation.type} found for DN {dn}")
        wanted.append(dn)
    return wanted, warnings


def _exists(call, relation: Relation, dn: str) -> bool:
    if dn and not names.is_below(names.key(dn), names.key(call.directory_server.base)):
        call.error("LSsearch_02", dn)
    return _find(call, relation, dn) is not None


def _find(call, relation: Relation, dn: str) -> Entry | None:
    other = call.store.directory.find(dn)
    return other if other and call.server.is_of_type(other, relation.type) else None


def _carry_out(call, relation: Relation, entry: Entry, before: list[str], wanted: list[str]):
    """A generator: each related object is read, then written with one value more or less. False where one is not there."""
    changes = [(dn, True) for dn in wanted if dn not in before] + [(dn, False) for dn in before if dn not in wanted]
    done = not call.half
    for dn, present in changes if done else changes[:1]:
        other = _find(call, relation, dn)
        if other is None:
            done = False
            continue
        values = other.attributes.get(relation.attribute, [])
        yield
        if relation.name in call.dropped:
            continue
        kept = [value for value in values if names.key(value) != entry.key]
        if not present:
            call.store.directory.replace(other, {relation.attribute: kept})
        elif kept == values:
            call.store.directory.replace(other, {relation.attribute: [*values, entry.dn]})
    return done
