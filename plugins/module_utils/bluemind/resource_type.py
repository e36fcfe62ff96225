# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Kinds of resources, and the properties that resources of a kind have (chapter 11 of the BlueMind contract)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, Dict, Iterable, List, Mapping, Optional

from ..core.errors import AlreadyThere, Refused
from ..core.plan import Change
from ..core.spec import CREATE, DELETE, Field, Raw, Want
from ..core.task import ResourceTask
from ..core.transport import segment
from . import values
from .client import BluemindClient
from .directory import DOMAIN, Entry, InDomain, new_uid
from .whole import EntryInfo

BUILT_IN = "default"
TYPES = ("String", "Number", "Boolean")


def types_of(client: BluemindClient, domain: str) -> Dict[str, str]:
    """The labels of all types of a domain, by identifier."""

    def ask() -> Dict[str, str]:
        found = client.call("GET", f"/resources/{segment(client.domain(domain))}/type") or ()
        return {str(each["identifier"]): values.text(each.get("label")) for each in found}

    return client.look_up(f"resource types of {client.domain(domain)}", ask)


def described(client: BluemindClient, domain: str, identifier: str) -> Optional[Raw]:
    found: Optional[Raw] = client.call("GET", f"/resources/{segment(client.domain(domain))}/type/{segment(identifier)}")
    return found


def identified(client: BluemindClient, domain: str, given: str) -> str:
    """The identifier of a type by its identifier or its label. :raises Refused: where there is none."""
    known = types_of(client, domain)
    found = given if given in known else next((identifier for identifier, label in known.items() if label == given), None)
    if found is None:
        raise Refused(f"there is no resource type {given}: create it first, for example with bluemind_resource_type")
    return found


@dataclass(frozen=True, eq=False)
class Properties(Field):
    """Properties are told apart by their ids: one that is given takes the place of the one that is there."""

    def goal(self, have: Any, want: Any, mode: str, keep: Iterable[Any] = ()) -> Any:
        if mode == "set":
            return want
        given = {each["id"]: each for each in want}
        rest = [each for each in have or () if each["id"] not in given]
        return rest if mode == "remove" else rest + list(given.values())


def property_of(value: Mapping[str, Any]) -> Dict[str, str]:
    identifier = values.name(value["id"])
    return {"id": identifier, "label": values.line(value.get("label") or identifier), "type": value.get("type") or TYPES[0]}


def properties(value: Any) -> List[Dict[str, str]]:
    return [{name: values.text(each.get(name)) for name in ("id", "label", "type")} for each in value or ()]


LABEL = Field("label", source="value.label", clean=values.name)
IDENTIFIER = Field("identifier", clean=values.uid)
PROPERTIES = Properties(
    "properties",
    type="list",
    elements="dict",
    suboptions={
        "id": {"type": "str", "required": True},
        "label": {"type": "str"},
        "type": {"type": "str", "choices": list(TYPES)},
    },
    source="value.properties",
    clean=property_of,
    decode=properties,
    norm=lambda value: (value["id"], value["label"], value["type"]),
)


class Type(Entry):
    """A type; the listing holds identifiers and labels only."""

    route = "resources"
    partial = True
    few = 5
    fields = (LABEL, PROPERTIES, Field("templates", type="dict", source="value.templates", clean=values.words, unset=""))

    def path(self, client: BluemindClient, domain: str, uid: str) -> str:
        return f"/{self.route}/{segment(client.domain(domain))}/type/{segment(uid)}"

    def of(self, client: BluemindClient, change: Change) -> str:
        raw = change.raw or {}
        return self.path(client, raw[DOMAIN.name], raw[IDENTIFIER.name])

    def get(self, client: BluemindClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        given, domain = raw or want.values, str(want.values[DOMAIN.name])
        identifier = given.get(IDENTIFIER.name)
        if not identifier:
            rows = client.call("GET", f"/resources/{segment(client.domain(domain))}/type") or ()
            identifier = next((row["identifier"] for row in rows if row["label"] == want.values[LABEL.name]), None)
        found = described(client, domain, str(identifier)) if identifier else None
        return {DOMAIN.name: domain, IDENTIFIER.name: identifier, "label": found["label"], "value": found} if found else None

    def list(self, client: BluemindClient, scope: Mapping[str, Any]) -> Iterable[Raw]:
        for domain in self.places(client, scope):
            for row in client.call("GET", f"/resources/{segment(client.domain(domain))}/type") or ():
                value = {"label": row["label"]}
                yield {DOMAIN.name: domain, IDENTIFIER.name: row["identifier"], "label": row["label"], "value": value}

    def create(self, client: BluemindClient, change: Change) -> None:
        """Where a type that got another label since has the identifier that is made of this one, with another."""
        domain, document = str(change.want.values[DOMAIN.name]), change.merged(self, CREATE)["value"]
        try:
            client.call("PUT", self.path(client, domain, change.after[IDENTIFIER.name]), json=document)
        except AlreadyThere:
            other = described(client, domain, change.after[IDENTIFIER.name])
            if change.want.values.get(IDENTIFIER.name) or other is None or other.get("label") == document["label"]:
                raise
            change.after[IDENTIFIER.name] = str(uuid.uuid4())
            client.call("PUT", self.path(client, domain, change.after[IDENTIFIER.name]), json=document)

    def update(self, client: BluemindClient, change: Change) -> None:
        fresh = self.get(client, change.want, change.raw)
        if fresh is None:
            raise Refused("it is gone")
        change.raw = fresh
        value = change.merged(self)["value"]
        for name, text in (change.goals.get("templates") or {}).items():
            if not text:
                value["templates"].pop(name)
        client.call("POST", self.of(client, change), repeat=True, json=value)

    def delete(self, client: BluemindClient, change: Change) -> None:
        client.call("DELETE", self.of(client, change))


class ResourceType(InDomain):
    kind, plural = "resource type", "resource_types"
    identities = ((LABEL, DOMAIN), (IDENTIFIER, DOMAIN))
    parts = (Type(),)
    created_by = ("label",)
    renames = True
    prune_scope = ("domain",)

    def finish(self, want: Want) -> None:
        super().finish(want)
        ids = [each["id"] for each in want.values.get(PROPERTIES.name, ())]
        if len(set(ids)) < len(ids):
            raise ValueError(f"{', '.join(sorted({each for each in ids if ids.count(each) > 1}))} stands twice in properties")

    def rename(self, client: BluemindClient, change: Change) -> None:
        self.parts[0].update(client, change)

    def guard(self, client: BluemindClient, change: Change) -> None:
        if change.action == DELETE and (change.raw or {}).get(IDENTIFIER.name) == BUILT_IN:
            raise Refused("every domain has this type, and keeps it")
        if change.action == CREATE:
            given, label = change.want.values.get(IDENTIFIER.name), change.want.values[LABEL.name]
            change.after[IDENTIFIER.name] = given or new_uid(self.kind, change.want.values[DOMAIN.name], label)


RESOURCE_TYPE = ResourceType()
TASK = ResourceTask(RESOURCE_TYPE, BluemindClient)
INFO = EntryInfo(RESOURCE_TYPE, BluemindClient)
