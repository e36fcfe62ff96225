# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all types have in common: list, read, create, change, remove, and the history of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .answer import Reply, created, done, ok
from .dates import shown_date
from .errors import DUPLICATE, Refusal
from .kinds import KINDS, Kind
from .listing import listing
from .properties import as_map, changes_of, given_custom, given_fields
from .refs import resolve
from .rights import DELETE, EDIT, LIST, require
from .routes import router
from .store import Obj
from .view import view


def nothing(*_anything) -> None:
    pass


@dataclass
class Rules:
    """What one type adds. Each may refuse."""

    create: Callable = nothing  # call, fields: check and complete
    created: Callable = nothing  # call, obj, given
    change: Callable = nothing  # call, obj, fields: check and complete
    changed: Callable = nothing  # call, obj
    remove: Callable = nothing  # call, obj: check, and remove what hangs on it
    own: tuple[str, ...] = ()  # names in a creation that are no fields


RULES: dict[Kind, Rules] = {kind: Rules() for kind in KINDS}


def note(call, event_type: str, obj: Obj, text: str) -> None:
    call.store.note(
        {
            "eventType": event_type,
            "objType": obj.kind.obj_type,
            "objRef": obj.ref,
            "objName": obj.name,
            "timestamp": shown_date(call.server.clock.now()),
            "username": call.user.name,
            "userClient": "REST",
            "userAddress": call.client[0],
            "saveComment": call.comment,
            "eventText": text,
            "undoable": False,
        }
    )


def check_unique(call, kind: Kind, name: str, obj: Obj | None = None) -> None:
    if kind.unique and any(other is not obj for other in call.store.named(kind, name)):
        raise Refusal(DUPLICATE, f"An object with the name '{name}' already exists.")


def create(call, kind: Kind, given: dict, more: dict | None = None) -> Obj:
    """A new object of what the body says; `more`: what the path says."""
    given = given | (more or {})
    rules = RULES[kind]
    fields = given_fields(kind, given, rules.own)
    custom = given_custom(call, kind, given.get("customProperties"))
    rules.create(call, fields)
    check_unique(call, kind, fields.get("name", ""))
    for name in call.dropped:
        if name in fields and not kind.fields[name].required:
            fields[name] = kind.fields[name].empty
    now = shown_date(call.server.clock.now())
    fields.update({stamp: now for stamp in ("created", "lastModified", "creationDate") if stamp in kind.fields})
    obj = call.store.add(kind, fields, custom)
    rules.created(call, obj, given)
    note(call, "Creation", obj, f"Created {kind.obj_type} {obj.name}")
    return obj


def read(call, kind: Kind, text: str) -> Reply:
    obj = resolve(call, kind, text)
    require(call, LIST, kind, obj)
    return ok({kind.singular: view(call, obj)})


def targets(call, kind: Kind, text: str) -> list[Obj]:
    """What a SetProperties is about: the references in the body win over the path (contract 4)."""
    refs = call.args.get("refs")
    if isinstance(refs, list) and refs:
        return [resolve(call, kind, ref) for ref in refs]
    return [resolve(call, kind, call.args.get("ref") or text)]


def set_properties(call, kind: Kind, text: str) -> Reply:
    """All or nothing."""
    objs = targets(call, kind, text)
    properties = as_map(call.args.get("properties"))
    planned = []
    for obj in objs:
        require(call, EDIT, kind, obj)
        fields, custom = changes_of(call, obj, properties, call.flag("deleteUnspecified"))
        RULES[kind].change(call, obj, fields)
        if "name" in fields:
            check_unique(call, kind, fields["name"], obj)
        planned.append((obj, fields, custom))
    for obj, fields, custom in planned:
        if "lastModified" in kind.fields:
            fields["lastModified"] = shown_date(call.server.clock.now())
        call.store.change(obj, fields)
        obj.custom.update(custom)
        for name in [name for name, value in obj.custom.items() if value == ""]:
            del obj.custom[name]
        RULES[kind].changed(call, obj)
        note(call, "Modification", obj, f"Modified {kind.obj_type} {obj.name}: {', '.join(properties)}")
    return done()


def remove(call, kind: Kind, text: str) -> Reply:
    obj = resolve(call, kind, text)
    require(call, DELETE, kind, obj)
    RULES[kind].remove(call, obj)
    if not call.drops(kind.singular):
        note(call, "Deletion", obj, f"Removed {kind.obj_type} {obj.name}")
        call.store.remove(obj)
    return done()


def make(call, kind: Kind) -> Reply:
    require(call, EDIT, kind)
    return created({"ref": create(call, kind, call.part(kind.singular)).ref})


def offer(kind: Kind, *verbs: str) -> None:
    """The routes of a type, as far as it has them: LIST, POST, GET, PUT, DELETE."""
    path = kind.collection
    if "LIST" in verbs:
        router.add("GET", path)(lambda call: listing(call, kind, call.store.all(kind)))
    if "POST" in verbs:
        router.add("POST", path)(lambda call: make(call, kind))
    if "GET" in verbs:
        router.add("GET", path + "/{ref}")(lambda call, ref: read(call, kind, ref))
    if "PUT" in verbs:
        router.add("PUT", path + "/{ref}")(lambda call, ref: set_properties(call, kind, ref))
    if "DELETE" in verbs:
        router.add("DELETE", path + "/{ref}")(lambda call, ref: remove(call, kind, ref))


ALL = ("LIST", "POST", "GET", "PUT", "DELETE")
