# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What users, groups and roles have in common: properties that are set in one call, and memberships, each written by itself (chapter 6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable, Mapping, Optional, Sequence

from ..core.errors import BackendError, NotFound
from ..core.plan import Change
from ..core.spec import CREATE, DELETE, UPDATE, Field, Part, Raw, Resource, Want
from ..core.task import InfoTask, Result, one_way
from . import directory
from .client import MicetroClient, ref_path

NAME = Field("name", clean=directory.object_name, norm=str.casefold)


@dataclass(frozen=True)
class Link:
    """A membership. There is one route for each pair: group to user, user to role, group to role (chapter 6.2)."""

    field: Field
    collection: str  # of the others
    inner: bool  # whether the others come second in the path

    def path(self, own: str, other: str) -> str:
        first, second = (own, other) if self.inner else (other, own)
        return ref_path(first) + ref_path(second)


def link(name: str, collection: str, *, inner: bool, api: str = "", protected: tuple[str, ...] = ()) -> Link:
    """Creations are not trusted to take memberships, so they are written afterwards."""
    names = Field(
        name,
        type="list",
        elements="str",
        api=api,
        mode="add",
        send=(UPDATE,),
        protected=protected,
        clean=directory.object_name,
        decode=lambda members: [member["name"] for member in members],
        norm=str.casefold,
    )
    return Link(names, collection, inner)


class Member(Part):
    """A user, a group or a role, read as a whole."""

    few = 3
    collection = ""
    properties: tuple[Field, ...] = ()
    links: tuple[Link, ...] = ()

    def get(self, client: MicetroClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        found = directory.find(client, self.collection, want.values[NAME.name])
        return found and self.whole(client, found)

    def list(self, client: MicetroClient, scope: Mapping[str, Any]) -> Iterable[Raw]:
        return self.rows(client)

    def rows(self, client: MicetroClient, **query: Any) -> Iterable[Raw]:
        return (self.whole(client, row) for row in directory.rows(client, self.collection, **query))

    def whole(self, client: MicetroClient, raw: Raw) -> Raw:
        """With what an answer leaves out while it is empty (chapter 12.3), and with the name of each member: only its reference is certain."""
        out = {**{item.wire_name: "" for item in self.properties}, **raw}
        for each in self.links:
            members = out.get(each.field.wire_name) or []
            out[each.field.wire_name] = [member if member.get("name") else self._named(client, each, member) for member in members]
        return out

    @staticmethod
    def _named(client: MicetroClient, each: Link, member: Raw) -> Raw:
        known = client.listed.get(each.collection) or directory.everything(client, each.collection)
        return {**member, "name": next((row["name"] for row in known.values() if row["ref"] == member["ref"]), member["ref"])}

    def create(self, client: MicetroClient, change: Change) -> None:
        body = {NAME.name: change.want.values[NAME.name], **change.wire(CREATE, self)}
        client.post(f"/{self.collection}", **{directory.SINGULAR[self.collection]: body})

    def update(self, client: MicetroClient, change: Change) -> None:
        """The properties in one call, then each list of members; one refusal does not stop the others."""
        sending = change.sending(UPDATE, self)
        properties = [item for item in sending if item in self.properties]
        for items in [properties, *([each.field] for each in self.links if each.field in sending)]:
            if not items:
                continue
            try:
                if items is properties:
                    client.put(self.path(change), properties={item.wire_name: self.value(change, item) for item in items})
                else:
                    self.move(client, change, next(each for each in self.links if each.field in items))
            except BackendError as exc:
                if exc.fatal or exc.uncertain:
                    raise
                for item in items:
                    change.refuse(item, exc)
            else:
                change.sent |= {item.name for item in items}

    def value(self, change: Change, item: Field) -> Any:
        return item.encode(change.goals[item.name])

    def move(self, client: MicetroClient, change: Change, each: Link) -> None:
        """Who joins first, then who leaves; by reference."""
        added, removed = change.difference(each.field)
        own, known = (change.raw or {})["ref"], directory.look_up(client, each.collection, added)
        for name in added:
            if name.casefold() not in known:
                raise NotFound(f"{name} is gone")
            client.put(each.path(own, known[name.casefold()]["ref"]))
            change.written = True
        for ref in references(change.raw, each.field, removed):
            client.delete(each.path(own, ref))
            change.written = True

    def delete(self, client: MicetroClient, change: Change) -> None:
        try:
            client.delete(self.path(change))
        except NotFound:
            return  # somebody else was faster

    @staticmethod
    def path(change: Change) -> str:
        """By the reference that was read, never by what was asked for."""
        return ref_path((change.raw or {})["ref"])


def references(raw: Optional[Raw], item: Field, names: Iterable[str]) -> list[str]:
    """The references of those members of an object that have these names."""
    folded = {name.casefold() for name in names}
    return [member["ref"] for member in (raw or {}).get(item.wire_name) or () if member["name"].casefold() in folded]


class MemberResource(Resource):
    """A resource whose first part is a Member."""

    identities = ((NAME,),)

    @property
    def member(self) -> Member:
        part = self.parts[0]
        assert isinstance(part, Member)
        return part

    @property
    def links(self) -> tuple[Link, ...]:
        return self.member.links

    def resolve(self, client: MicetroClient, wants: Sequence[Want]) -> None:
        client.administrators = None
        for each in self.links:
            directory.resolve(client, wants, each.field, each.collection)

    @staticmethod
    def leaving(change: Change, each: Link) -> list[str]:
        """References of those who are no longer in this list afterwards: all of them, if the object goes."""
        if change.action == DELETE:
            return [member["ref"] for member in (change.raw or {}).get(each.field.wire_name) or ()]
        if change.action != UPDATE or each.field.name not in change.goals:
            return []
        return references(change.raw, each.field, change.difference(each.field)[1])


class MemberInfo(InfoTask):
    """Objects by name, in the further ways that a subclass knows, or all of them."""

    resource: MemberResource
    ways: tuple[str, ...] = ("name",)

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        one_way(params, *self.ways)

    def rows(self, client: MicetroClient, params: Mapping[str, Any]) -> Sequence[Raw]:
        part = self.resource.member
        if params["name"] is None:
            return list(part.rows(client, **self.query(client, params)))
        found = part.get(client, Want(params["name"], "", "present", {"name": params["name"]}, {}), None)
        return [found] if found else []

    def query(self, client: MicetroClient, params: Mapping[str, Any]) -> dict[str, Any]:
        """What narrows the listing."""
        return {}

    def more(self, rows: Sequence[Raw], params: Mapping[str, Any]) -> Result:
        return {"details": [{"name": raw["name"], "ref": raw["ref"], **self.details(raw)} for raw in rows]}

    def details(self, raw: Raw) -> Result:
        return {"built_in": directory.flag(raw.get("builtIn"))}
