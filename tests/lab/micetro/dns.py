# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""DNS servers, views and zones (contract 8)."""

from __future__ import annotations

from .answer import created, done, ok
from .crud import ALL, RULES, Rules, create, note, offer
from .errors import DUPLICATE, MISSING_VALUE, RECORDS_UNAVAILABLE, Refusal, not_found
from .kinds import DNS_RECORDS, DNS_SERVERS, DNS_VIEWS, DNS_ZONES, FOLDERS
from .listing import listing
from .refs import resolve
from .rights import EDIT, LIST, require
from .routes import router
from .store import Obj

NEW_TYPES = {"Master": "Primary", "Slave": "Secondary"}
NEEDS_MASTERS = ("Secondary", "Stub", "Forward")


def server_created(call, obj: Obj, given: dict) -> None:
    """Every server has a view; a single one is nameless."""
    call.store.add(DNS_VIEWS, {"name": "", "dnsServerRef": obj.ref})


def remove_server(call, obj: Obj) -> None:
    for view in call.store.find("views", obj.ref):
        for zone in call.store.find("zones", view.ref):
            remove_zone(call, zone)
            call.store.remove(zone)
        call.store.remove(view)


def check_zone(call, fields: dict) -> None:
    fields["name"] = fields["name"] if fields["name"].endswith(".") else fields["name"] + "."
    fields["type"] = NEW_TYPES.get(fields["type"], fields["type"])
    wanted = fields["dnsViewRef"] or (fields["dnsViewRefs"] or [""])[0]
    views = call.store.all(DNS_VIEWS)
    if not wanted and not views:
        raise Refusal(MISSING_VALUE, "'dnsViewRef' is required.")
    view = resolve(call, DNS_VIEWS, wanted) if wanted else views[0]
    fields["dnsViewRef"] = view.ref
    if fields["type"] in NEEDS_MASTERS and not call.args.get("masters"):
        raise Refusal(MISSING_VALUE, "'masters' is required.")
    if any(zone.fields["dnsViewRef"] == view.ref for zone in call.store.named(DNS_ZONES, fields["name"])):
        raise Refusal(DUPLICATE, f"An object with the name '{fields['name']}' already exists.")
    if fields["folderRef"]:
        fields["folderRef"] = resolve(call, FOLDERS, fields["folderRef"]).ref
    fields["authority"] = "[Active Directory]" if fields["adIntegrated"] else call.store.get(view.fields["dnsServerRef"]).name
    fields["displayName"] = fields["displayName"] or fields["name"]


def zone_created(call, obj: Obj, given: dict) -> None:
    obj.extra = {"masters": list(call.args.get("masters") or ()), "options": call.args.get("zoneOptions") or {}}
    if obj.fields["type"] != "Primary":
        return
    server = obj.fields["authority"] if obj.fields["authority"].endswith(".") else f"{obj.fields['authority']}."
    soa = "\t".join((server, f"hostmaster.{server}", "1", "28800", "7200", "604800", "86400"))
    for kind, data in (("SOA", soa), ("NS", server)):
        empty = {name: field.empty for name, field in DNS_RECORDS.fields.items()}
        call.store.add(DNS_RECORDS, empty | {"name": "", "type": kind, "data": data, "dnsZoneRef": obj.ref})


def change_zone(call, obj: Obj, fields: dict) -> None:
    if "type" in fields:
        fields["type"] = NEW_TYPES.get(fields["type"], fields["type"])


def remove_zone(call, obj: Obj) -> None:
    for record in call.store.find("zone", obj.ref):
        call.store.remove(record)


RULES[DNS_SERVERS] = Rules(created=server_created, remove=remove_server)
RULES[DNS_ZONES] = Rules(check_zone, zone_created, change_zone, remove=remove_zone, own=("genericType", "providerProperties", "rpz"))

offer(DNS_SERVERS, *ALL)
offer(DNS_VIEWS, "GET")
offer(DNS_ZONES, "GET", "PUT", "DELETE")


@router.add("GET", "dnsViews")
def list_views(call):
    views = call.store.all(DNS_VIEWS)
    if wanted := call.text("dnsServerRef"):
        views = call.store.find("views", resolve(call, DNS_SERVERS, wanted).ref)
    return listing(call, DNS_VIEWS, views)


@router.add("GET", "dnsServers/{server}/dnsViews")
def views_of_server(call, server):
    return listing(call, DNS_VIEWS, call.store.find("views", resolve(call, DNS_SERVERS, server).ref))


def zones_of_server(call, text: str) -> list[Obj]:
    views = call.store.find("views", resolve(call, DNS_SERVERS, text).ref)
    return [zone for view in views for zone in call.store.find("zones", view.ref)]


@router.add("GET", "dnsZones")
def list_zones(call):
    zones = call.store.all(DNS_ZONES)
    if wanted := call.text("dnsServerRef"):
        zones = zones_of_server(call, wanted)
    if wanted := call.text("dnsViewRef"):
        view = resolve(call, DNS_VIEWS, wanted)
        zones = [zone for zone in zones if zone.fields["dnsViewRef"] == view.ref]
    if wanted := call.text("folderRef"):
        folder = resolve(call, FOLDERS, wanted)
        zones = [zone for zone in zones if zone.fields["folderRef"] == folder.ref]
    return listing(call, DNS_ZONES, zones)


@router.add("GET", "dnsViews/{view}/dnsZones")
def zones_of_view(call, view):
    return listing(call, DNS_ZONES, call.store.find("zones", resolve(call, DNS_VIEWS, view).ref))


@router.add("GET", "dnsServers/{server}/dnsZones")
def list_zones_of_server(call, server):
    return listing(call, DNS_ZONES, zones_of_server(call, server))


@router.add("POST", "dnsZones")
def add_zone(call):
    require(call, EDIT, DNS_ZONES)
    given = call.part("dnsZone")
    views = [resolve(call, DNS_VIEWS, text) for text in call.args.get("secondaries") or ()]
    made = {"ref": create(call, DNS_ZONES, given).ref}
    if views:
        call.args.setdefault("masters", [made["ref"]])
        copies = [create(call, DNS_ZONES, given | {"type": "Secondary", "dnsViewRef": view.ref}) for view in views]
        made["secondaryZoneRefs"] = [zone.ref for zone in copies]
    return created(made)


@router.add("GET", "dnsZones/{zone}/options")
def zone_options(call, zone):
    obj = resolve(call, DNS_ZONES, zone)
    require(call, LIST, DNS_ZONES, obj)
    options = {"zonetype": obj.fields["type"], "masters": obj.extra.get("masters", [])} | obj.extra.get("options", {})
    return ok({"dnsZoneOptions": options})


@router.add("PUT", "dnsZones/{zone}/options")
def set_zone_options(call, zone):
    obj = resolve(call, DNS_ZONES, zone)
    require(call, EDIT, DNS_ZONES, obj)
    options = dict(call.part("dnsZoneOptions"))
    if not call.drops("dnsZoneOptions"):
        obj.extra["masters"] = options.pop("masters", obj.extra.get("masters", []))
        obj.extra["options"] = options
    note(call, "Modification", obj, f"Modified options of {obj.name}")
    return done()


@router.add("GET", "dnsServers/{server}/options")
def server_options(call, server):
    obj = resolve(call, DNS_SERVERS, server)
    require(call, LIST, DNS_SERVERS, obj)
    return ok({"dnsServerOptions": {"serverType": obj.fields["type"]} | obj.extra.get("options", {})})


@router.add("PUT", "dnsServers/{server}/options")
def set_server_options(call, server):
    obj = resolve(call, DNS_SERVERS, server)
    require(call, EDIT, DNS_SERVERS, obj)
    if not call.drops("dnsServerOptions"):
        obj.extra["options"] = dict(call.part("dnsServerOptions"))
    note(call, "Modification", obj, f"Modified options of {obj.name}")
    return done()


def readable_zone(call, text: str) -> Obj:
    zone = resolve(call, DNS_ZONES, text)
    require(call, LIST, DNS_ZONES, zone)
    if zone.extra.get("records_unavailable"):
        raise Refusal(RECORDS_UNAVAILABLE, "The records of the zone are not available.")
    return zone


def zone_of(call, text: object) -> Obj:
    if not text:
        raise not_found("")
    return resolve(call, DNS_ZONES, text)
