# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""DNS zones (chapter 8 of the Micetro contract)."""

from __future__ import annotations

from itertools import groupby, product
from typing import Any, Iterator, Mapping, Optional, Sequence

from ..core.errors import InvalidInput, Refused
from ..core.plan import Change
from ..core.spec import CREATE, DELETE, UPDATE, Field, Part, Raw, Resource, Want
from ..core.task import InfoTask, ResourceTask
from . import names, properties, zones
from .client import MicetroClient, ref_path
from .directory import flag
from .properties import CUSTOM
from .zones import ZONES

AT_FIRST = (CREATE,)  # what cannot be changed later
UNSET = {"dynamic": False, "adIntegrated": False, "adReplicationType": "", "adPartition": "", "enabled": True, "customProperties": {}}
NEEDS_MASTERS = ("Secondary", "Stub", "Forward")

NAME = Field("name", clean=names.zone_name)
SERVER = Field("server", source="authority", required=False, norm=names.server_name)
VIEW = Field("view", required=False, norm=str.casefold)
TYPE = Field(
    "type",
    choices=("Primary", "Secondary", "Stub", "Forward", "Hint", "Static-stub", "Private"),
    send=AT_FIRST,
    decode=zones.zone_type,
    clearable=False,
)
FOLDER = Field("folder")
MASTERS = Field("masters", type="list", elements="str", clean=names.address)


class Zone(Part):
    """The zone itself."""

    fields = (
        TYPE,
        Field("dynamic", type="bool", send=AT_FIRST, decode=flag),
        Field("ad_integrated", type="bool", api="adIntegrated", decode=flag),
        Field("ad_replication_type", api="adReplicationType", clearable=False),
        Field("ad_partition", api="adPartition", clearable=False),
        Field("enabled", type="bool", decode=flag),
        FOLDER,
        CUSTOM,
    )

    def get(self, client: MicetroClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        name, server, view = (want.values.get(item.name) or "" for item in DNS_ZONE.key)
        rows = described(client, zones.called(client, name))
        return zones.choose(client, rows, name, server, view)

    def list(self, client: MicetroClient, scope: Mapping[str, Any]) -> Iterator[Raw]:
        server, view = (str(scope.get(item.name) or "") for item in (SERVER, VIEW))
        for name, rows in groupby(zones.every(client), lambda row: str(row["name"]).casefold()):
            for row in described(client, list(rows)):
                if zones.choose(client, [row], name, server, view):
                    yield row

    def create(self, client: MicetroClient, change: Change) -> None:
        zone = {
            "name": change.want.values[NAME.name],
            "type": "Primary",
            "dnsViewRef": view_for(client, change),
            **sent(client, change, CREATE),
        }
        masters = {MASTERS.name: change.goals[MASTERS.name]} if MASTERS.name in change.goals else {}
        client.post(f"/{ZONES}", dnsZone=zone, **masters)

    def update(self, client: MicetroClient, change: Change) -> None:
        wire = sent(client, change, UPDATE)
        custom = wire.pop(CUSTOM.wire_name, {})
        client.put(path(change), properties={**wire, **custom})

    def delete(self, client: MicetroClient, change: Change) -> None:
        client.delete(path(change))


class Masters(Part):
    """Where a zone that is no primary one comes from: one of its options, all of which an update replaces."""

    fields = (MASTERS,)

    def get(self, client: MicetroClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        return masters_of(client, raw or {})

    def update(self, client: MicetroClient, change: Change) -> None:
        options = {**(change.raw or {})["options"], MASTERS.name: change.goals[MASTERS.name]}
        client.put(f"{path(change)}/options", dnsZoneOptions=options)


def path(change: Change) -> str:
    return ref_path((change.raw or {})["ref"])


def masters_of(client: MicetroClient, row: Raw) -> Raw:
    options = client.one(f"{ref_path(row['ref'])}/options", "dnsZoneOptions")
    return {"options": options, MASTERS.name: options.get(MASTERS.name) or []}


def sent(client: MicetroClient, change: Change, call: str) -> dict[str, Any]:
    """The fields of a call, the folder by its reference."""
    wire = change.wire(call, DNS_ZONE.parts[0])
    if FOLDER.name in wire:
        wire["folderRef"] = next((ref for ref, name in folders(client).items() if name == wire[FOLDER.name]), "")
        del wire[FOLDER.name]
    return wire


def described(client: MicetroClient, rows: Sequence[Raw]) -> list[Raw]:
    """The zones of one name, with their view, and all the identities that each of them answers to."""
    out: list[Raw] = []
    for row in rows:
        views = zones.views_of(client, row)
        more: Raw = {"view": views[0]["name"] if len(views) == 1 else "", "answers": []}
        if "all folders" in client.listed:
            more[FOLDER.name] = folders(client).get(row.get("folderRef") or "", "")
        out.append({**UNSET, **row, "name": row["name"].casefold(), **more})
    for row in out:
        row["answers"].append(DNS_ZONE.identify({item.name: item.read(row) for item in DNS_ZONE.keys})[0])
    servers = {names.server_name(server): server for row in out for server in zones.servers_of(client, row)}
    views_too = {view["name"].casefold() for row in out for view in zones.views_of(client, row)}
    for server, view in product(("", *servers) if out else (), ("", *sorted(views_too))):
        values = {"name": out[0]["name"], "server": server, "view": view}
        identity = DNS_ZONE.identify(values)[0]
        try:
            chosen = zones.choose(client, out, *values.values())
        except Refused:  # an identity of several zones: whoever asks by it hears so
            chosen, several = None, [row for row in out if zones.choose(client, [row], *values.values())]
        else:
            several = [chosen] if chosen else []
        for row in several:
            if identity not in row["answers"]:
                row["answers"].append(identity)
    return out


def folders(client: MicetroClient) -> dict[str, str]:
    """The folders of zones: reference and path, such as ``Council/Schools``."""
    rows = zones.all_of(client, "folders")

    def named(row: Raw) -> str:
        parent = rows.get(row.get("parentRef") or "")
        return f"{named(parent)}/{row['name']}" if parent and parent is not row else str(row["name"])

    return {ref: named(row) for ref, row in rows.items() if row.get("contentType") == "DNSZone"}


def view_for(client: MicetroClient, change: Change) -> str:
    """The reference of the view that a new zone goes to."""
    server, wanted = change.want.values[SERVER.name], change.want.values.get(VIEW.name)
    servers = [
        ref for ref, row in zones.all_of(client, "dnsServers").items() if names.server_name(row["name"]) == names.server_name(server)
    ]
    if not servers:
        raise Refused(f"no DNS server is called {server}")
    views = {ref: row["name"] for ref, row in zones.all_of(client, "dnsViews").items() if row["dnsServerRef"] == servers[0]}
    found = [ref for ref, name in views.items() if not wanted or name.casefold() == wanted.casefold()]
    if len(found) != 1:
        known = ", ".join(sorted(filter(None, views.values()))) or "one without a name"
        raise Refused(f"{f'no view {wanted}' if wanted else 'which view'} of {server}? It has {known}: give view")
    return found[0]


class DnsZone(Resource):
    kind, plural = "DNS zone", "zones"
    identities = ((NAME, SERVER, VIEW),)
    parts = (Zone(), Masters())
    created_by = ("server",)
    prune_scope = ("server", "view")

    def identify_raw(self, raw: Raw) -> list[tuple[int, tuple[Any, ...]]]:
        return list(raw["answers"])

    def resolve(self, client: MicetroClient, wants: Sequence[Want]) -> None:
        zones.all_of(client, "dnsViews")
        for want in wants:
            wanted = want.values.get(FOLDER.name)
            if wanted and want.state == "present":
                found = folders(client)
                hits = [each for ref, each in found.items() if wanted in (ref, each)] or [
                    each
                    for each in found.values()
                    if each.casefold() == wanted.casefold() or each.casefold().endswith("/" + wanted.casefold())
                ]
                if len(hits) != 1:
                    why = f"{' and '.join(hits)} are both meant by" if hits else "no folder of zones is called"
                    want.error = Refused(f"{why} {wanted}")
                else:
                    want.values[FOLDER.name] = hits[0]
            elif wanted is not None:
                folders(client)
        properties.resolve(client, wants, ZONES, "zones")

    def guard(self, client: MicetroClient, change: Change) -> None:
        if change.action == DELETE and zones.zone_type((change.raw or {})["type"]) == "Hint":
            raise Refused("the root hints of a server cannot be deleted")
        if change.action == CREATE:
            view_for(client, change)
            if change.value(TYPE.name) in NEEDS_MASTERS and not change.value(MASTERS.name):
                raise Refused(f"masters must be given to create a zone of the type {change.value(TYPE.name)}")


DNS_ZONE = DnsZone()
TASK = ResourceTask(DNS_ZONE, MicetroClient)


class DnsZoneInfo(InfoTask):
    """Zones by name, server and view, or all of them."""

    def rows(self, client: MicetroClient, params: Mapping[str, Any]) -> Sequence[Raw]:
        name, server, view = (params[item.name] or "" for item in DNS_ZONE.key)
        try:
            name = names.zone_name(name)
        except ValueError as exc:
            raise InvalidInput(f"name {name!r}: {exc}") from None
        found = zones.called(client, name) if name else zones.every(client)
        if any(row.get("folderRef") for row in found):
            folders(client)
        rows = [row for _name, group in groupby(found, lambda row: row["name"].casefold()) for row in described(client, list(group))]
        rows = [row for row in rows if zones.choose(client, [row], row["name"], server, view)]
        for row in rows:
            if zones.zone_type(row["type"]) in NEEDS_MASTERS:
                row.update(masters_of(client, row))
        return rows


INFO = DnsZoneInfo(DNS_ZONE, MicetroClient)
