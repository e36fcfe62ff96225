# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Definitions of custom properties, one set for each type of object (chapter 7 of the Micetro contract)."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Sequence

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import CREATE, DELETE, UPDATE, Field, Part, Raw, Resource, Want
from ..core.task import InfoTask, ResourceTask, Result
from ..core.transport import segment
from . import directory
from .client import MicetroClient

#: Users, groups, roles, folders, scopes and groups of DHCP refuse definitions, although the paths exist.
COLLECTIONS = {
    "change_request": "changeRequests",
    "cloud_account": "cloudServiceAccounts",
    "cloud_network": "cloudNetworks",
    "device": "devices",
    "dhcp_server": "dhcpServers",
    "dns_record": "dnsRecords",
    "dns_server": "dnsServers",
    "dns_zone": "dnsZones",
    "interface": "interfaces",
    "ip_address": "ipamRecords",
    "range": "ranges",
}
BOOLEANS = {"true": "1", "yes": "1", "false": "0", "no": "0"}

OBJECT_TYPE = Field("object_type", choices=tuple(COLLECTIONS))
NAME = Field("name", clean=directory.object_name)
TYPE = Field("type", choices=("String", "HexStr", "Boolean", "IPAddress", "Integer", "IPOrHostname"), clearable=False)
DEFAULT = Field("default_value", api="defaultValue")
ITEMS = Field("list_items", type="list", elements="str", api="listItems", ordered=True)


def switch(name: str, api: str) -> Field:
    return Field(name, type="bool", api=api, decode=directory.flag)


class Definition(Part):
    """One definition; the listing of a type costs as much as reading one."""

    fields = (
        TYPE,
        switch("mandatory", "mandatory"),
        switch("read_only", "readOnly"),
        switch("multi_line", "multiLine"),
        DEFAULT,
        ITEMS,
        Field("parent_property", api="parentProperty"),
    )
    few = 0

    def scope(self, want: Want) -> Mapping[str, Any]:
        return {OBJECT_TYPE.name: want.values[OBJECT_TYPE.name]}

    def list(self, client: MicetroClient, scope: Mapping[str, Any]) -> Iterable[Raw]:
        kinds = [scope[OBJECT_TYPE.name]] if scope else list(COLLECTIONS)
        empty = {item.wire_name: [] if item.is_list else "" for item in self.fields}
        for kind in kinds:
            for row in client.one(path(kind), "propertyDefinitions"):
                yield {**empty, **row, OBJECT_TYPE.name: kind}

    def create(self, client: MicetroClient, change: Change) -> None:
        values = change.want.values
        body = {NAME.name: values[NAME.name], TYPE.wire_name: "String", **change.wire(CREATE, self)}
        client.post(path(values[OBJECT_TYPE.name]), propertyDefinition=body)

    def update(self, client: MicetroClient, change: Change) -> None:
        """The whole definition; only where there is a list of values, the server takes one."""
        merged, names = change.merged(self), (NAME, *self.fields)
        body = {
            item.wire_name: merged[item.wire_name]
            for item in names
            if item is not ITEMS or ITEMS.name in change.goals or merged["listItems"]
        }
        client.put(self.path(change), propertyDefinition=body)

    def delete(self, client: MicetroClient, change: Change) -> None:
        client.discard(self.path(change))

    @staticmethod
    def path(change: Change) -> str:
        raw = change.raw or {}
        return f"{path(raw[OBJECT_TYPE.name])}/{segment(raw[NAME.name])}"


def path(kind: str) -> str:
    """The reference in the middle is a placeholder: definitions are per type."""
    return f"/{COLLECTIONS[kind]}/1/propertyDefinitions"


class CustomProperty(Resource):
    kind, plural = "custom property", "properties"
    identities = ((OBJECT_TYPE, NAME),)
    parts = (Definition(),)
    prune_scope = (OBJECT_TYPE.name,)

    def clean_scope(self, scope: Mapping[str, Any]) -> Mapping[str, Any]:
        kind = scope.get(OBJECT_TYPE.name, OBJECT_TYPE.choices[0])
        if kind not in OBJECT_TYPE.choices:
            raise ValueError(f"{kind!r} is no {OBJECT_TYPE.name}, which is one of {', '.join(OBJECT_TYPE.choices)}")
        return scope

    def refine(self, values: dict[str, Any], state: str) -> None:
        kind = values.get(TYPE.name)
        if values.get(ITEMS.name):
            if values.get(OBJECT_TYPE.name) == "ip_address":
                raise ValueError("list_items: the server takes none for properties of ip_address")
            if kind not in (None, "String"):
                raise ValueError(f"list_items: only a String has them, and {values.get(NAME.name)} is a {kind}")
        if kind == "Boolean" and values.get(DEFAULT.name):
            word = str(values[DEFAULT.name]).casefold()
            values[DEFAULT.name] = BOOLEANS.get(word, word)
            if values[DEFAULT.name] not in BOOLEANS.values():
                raise ValueError(f"default_value {word!r}: it is no boolean; true and false are")

    def guard(self, client: MicetroClient, change: Change) -> None:
        if change.action in (UPDATE, DELETE) and by_system(change.raw or {}):
            raise Refused("it is defined by the system or by a provider, so it is left alone")


def by_system(raw: Raw) -> bool:
    return directory.flag(raw.get("system")) or bool(raw.get("definedBy"))


CUSTOM_PROPERTY = CustomProperty()


TASK = ResourceTask(CUSTOM_PROPERTY, MicetroClient)


class CustomPropertyInfo(InfoTask):
    """One definition of a type of objects, or all of them."""

    def rows(self, client: MicetroClient, params: Mapping[str, Any]) -> Sequence[Raw]:
        found = CUSTOM_PROPERTY.parts[0].list(client, {OBJECT_TYPE.name: params[OBJECT_TYPE.name]}) or ()
        return [row for row in found if params[NAME.name] in (None, row[NAME.name])]

    def more(self, rows: Sequence[Raw], params: Mapping[str, Any]) -> Result:
        return {"details": [{**{name: row[name] for name in (OBJECT_TYPE.name, NAME.name)}, "system": by_system(row)} for row in rows]}


INFO = CustomPropertyInfo(CUSTOM_PROPERTY, MicetroClient, **{OBJECT_TYPE.name: {**OBJECT_TYPE.option(), "required": True}})
