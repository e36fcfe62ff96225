# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""DNS records, one by one and many at once (contract 8)."""

from __future__ import annotations

from .answer import created, done, ok
from .crud import RULES, Rules, create, note, offer, set_properties
from .dns import readable_zone, zone_of
from .errors import BAD_REQUEST, DUPLICATE, INVALID_VALUE, Refusal, not_found
from .ipam_view import related_records
from .kinds import DNS_RECORDS, DNS_ZONES
from .listing import listing
from .names import TYPES, absolute_data, good_data, good_name, relative_name
from .refs import resolve
from .rights import EDIT, LIST, require
from .routes import router
from .store import Obj
from .view import view

FAILED = "unknown/0"


def check_record(call, fields: dict, obj: Obj | None = None) -> None:
    """`fields` are complete; `obj` is the record that is being changed."""
    zone = call.store.get(fields["dnsZoneRef"])
    label = fields["name"] or zone.name
    fields["name"] = relative_name(fields["name"], zone.name)
    if fields["type"] not in TYPES:
        raise Refusal(INVALID_VALUE, f"Record '{label}': invalid type '{fields['type']}'.")
    if not good_name(fields["name"]):
        raise Refusal(INVALID_VALUE, f"Record '{label}': invalid name.")
    if not good_data(fields["type"], fields["data"]):
        raise Refusal(INVALID_VALUE, f"Record '{label}': invalid data '{fields['data']}'.")
    if fields["ttl"] and not fields["ttl"].isdecimal():
        raise Refusal(INVALID_VALUE, f"Record '{label}': invalid TTL '{fields['ttl']}'.")
    others = [other for other in call.store.find("owner", zone.ref, fields["name"].casefold()) if other is not obj]
    data = absolute_data(fields["type"], fields["data"], zone.name)
    for other in others:
        if other.fields["type"] == fields["type"] and absolute_data(fields["type"], other.fields["data"], zone.name) == data:
            raise Refusal(DUPLICATE, f"Record '{label}': the record already exists.")
    check_conflict(call, fields, others, label)
    check_address(call, fields, obj, label)


def check_conflict(call, fields: dict, others: list[Obj], label: str) -> None:
    if not call.knobs.naming_conflict_check or call.flag("forceOverrideOfNamingConflictCheck"):
        return
    if others and "CNAME" in (fields["type"], *(other.fields["type"] for other in others)):
        raise Refusal(DUPLICATE, f"Record '{label}': naming conflict with an existing record.")


def check_address(call, fields: dict, obj: Obj | None, label: str) -> None:
    """A claimed address blocks a record for it."""
    if fields["type"] not in ("A", "AAAA") or (obj is not None and obj.fields["data"] == fields["data"]):
        return
    known = call.store.address(fields["data"])
    if known is not None and known.fields["claimed"]:
        raise Refusal(INVALID_VALUE, f"Record '{label}': the address {fields['data']} is claimed.")


def change_record(call, obj: Obj, fields: dict) -> None:
    complete = obj.fields | fields
    check_record(call, complete, obj)
    if "name" in fields:
        fields["name"] = complete["name"]


def record_changed(call, obj: Obj) -> None:
    if call.knobs.record_refs_change:
        call.store.renumber(obj)


RULES[DNS_RECORDS] = Rules(check_record, change=change_record, changed=record_changed)
offer(DNS_RECORDS, "GET", "DELETE")


@router.add("PUT", "dnsRecords/{record}")
def change(call, record):
    # The documentation carries the properties of a record in the query too.
    return set_properties(call, DNS_RECORDS, record)


@router.add("GET", "dnsZones/{zone}/dnsRecords")
def list_records(call, zone):
    obj = readable_zone(call, zone)
    return listing(call, DNS_RECORDS, call.store.find("zone", obj.ref))


@router.add("POST", "dnsZones/{zone}/dnsRecords")
def add_record(call, zone):
    obj = zone_of(call, zone)
    require(call, EDIT, obj.kind, obj)
    return created({"ref": create(call, DNS_RECORDS, call.part("dnsRecord"), {"dnsZoneRef": obj.ref}).ref})


@router.add("POST", "dnsRecords")
def add_records(call):
    """Each for itself: what fails leaves `unknown/0` and a message, and the answer is 201 all the same."""
    records = call.args.get("dnsRecords")
    if not isinstance(records, list):
        raise Refusal(BAD_REQUEST, "Missing argument 'dnsRecords'.")
    refs, errors = [], []
    for record in records:
        try:
            if not isinstance(record, dict):
                raise Refusal(BAD_REQUEST, "Invalid record.")
            zone = zone_of(call, record.get("dnsZoneRef") or call.args.get("dnsZoneRef"))
            require(call, EDIT, zone.kind, zone)
            refs.append(create(call, DNS_RECORDS, record, {"dnsZoneRef": zone.ref}).ref)
        except Refusal as refusal:
            refs.append(FAILED)
            errors.append(refusal.message)
    return created({"objRefs": refs, "errors": errors})


@router.add("GET", "dnsRecords/{record}/relatedDnsRecords")
def related(call, record):
    obj = resolve(call, DNS_RECORDS, record)
    require(call, LIST, DNS_RECORDS, obj)
    return ok({"dnsRecords": [view(call, other) for other in related_records(call, obj)]})


@router.add("GET", "dnsZones/{zone}/generateDirectives")
def list_directives(call, zone):
    obj = readable_zone(call, zone)
    return ok({"dnsGenerateDirectives": obj.extra.get("directives", []), "totalResults": len(obj.extra.get("directives", []))})


@router.add("POST", "dnsZones/{zone}/generateDirectives")
def add_directive(call, zone):
    obj = zone_of(call, zone)
    require(call, EDIT, obj.kind, obj)
    directives = obj.extra.setdefault("directives", [])
    ref = f"generateDirectives/{obj.id}{len(directives) + 1:03}"
    directives.append({"ref": ref} | call.part("dnsGenerateDirective"))
    note(call, "Modification", obj, "Added a generate directive")
    return created({"ref": ref})


def found_directive(call, text: str, permission: str) -> tuple[Obj, dict]:
    wanted = f"generateDirectives/{text.rpartition('/')[2]}"
    for zone in call.store.table(DNS_ZONES):
        for entry in zone.extra.get("directives", ()):
            if entry["ref"] == wanted:
                require(call, permission, DNS_ZONES, zone)
                return zone, entry
    raise not_found(text)


@router.add("GET", "dnsZones/generateDirectives/{directive}")
def read_directive(call, directive):
    return ok({"dnsGenerateDirective": found_directive(call, directive, LIST)[1]})


@router.add("DELETE", "dnsZones/generateDirectives/{directive}")
def remove_directive(call, directive):
    zone, entry = found_directive(call, directive, EDIT)
    zone.extra["directives"].remove(entry)
    note(call, "Modification", zone, "Removed a generate directive")
    return done()
