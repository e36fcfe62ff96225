# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resources and their types (contract 11)."""

from __future__ import annotations

from . import defaults, emails, pictures
from .documents import RESOURCE, RESOURCE_TYPE
from .errors import ServerFault, dereferenced, exists, invalid, not_found
from .lookup import container_domain, directory
from .rights import check
from .routes import BYTES, VOID, router
from .servers import data_location
from .store import Domain, Entry, Item
from .tasks import Failed, action, start
from .users import demand_free

# Types


@router.add("GET", "/resources/{domainUid}/type")
def types(call, domain_name: str):
    domain = container_domain(call, domain_name)
    return [{"identifier": name, "label": kind["label"]} for name, kind in domain.resource_types.items()]


@router.add("GET", "/resources/{domainUid}/type/{uid}")
def read_type(call, domain_name: str, name: str):
    kind = container_domain(call, domain_name).resource_types.get(name)
    return RESOURCE_TYPE.write(kind, call.view) if kind else None


def checked_type(call, domain: Domain, name: str, value: dict | None) -> dict:
    if value is None:
        raise dereferenced("resourceType")
    if not (value["label"] or "").strip():
        raise invalid("Invalid parameter")
    if any(other["label"] == value["label"] for key, other in domain.resource_types.items() if key != name):
        raise exists(f"resource type {value['label']} already exists")
    for entry in value["properties"] or ():
        entry["id"] = entry["id"] or call.server.invented()
    return value | {"properties": value["properties"] or [], "templates": value["templates"] or {}}


@router.add("PUT", "/resources/{domainUid}/type/{identifier}", returns=VOID, write=True, stores="type")
def create_type(call, domain_name: str, name: str):
    domain = container_domain(call, domain_name)
    check(call, "manageResourceType", domain=domain)
    value = checked_type(call, domain, name, call.body(RESOURCE_TYPE))
    if name in domain.resource_types:
        raise exists(f"resource type {name} already exists")
    domain.resource_types[name] = value


@router.add("POST", "/resources/{domainUid}/type/{uid}", returns=VOID, write=True, stores="type")
def update_type(call, domain_name: str, name: str):
    domain = container_domain(call, domain_name)
    check(call, "manageResourceType", domain=domain)
    if name not in domain.resource_types:
        raise not_found(f"resource type {name} not found")
    domain.resource_types[name] |= checked_type(call, domain, name, call.body(RESOURCE_TYPE, domain.resource_types[name]))


@router.add("DELETE", "/resources/{domainUid}/type/{uid}", returns=VOID, write=True, stores="type")
def delete_type(call, domain_name: str, name: str):
    domain = container_domain(call, domain_name)
    check(call, "manageResourceType", domain=domain)
    if name not in domain.resource_types:
        raise not_found(f"resource type {name} not found")
    for entry in domain.of("RESOURCE"):
        if entry.value["typeIdentifier"] == name:
            raise ServerFault("UNKNOWN", f"Resource type is still referenced by Resource {entry.value['label']}")
    del domain.resource_types[name]


@router.add("GET", "/resources/{domainUid}/type/{uid}/icon", returns=BYTES)
def type_icon(call, domain_name: str, name: str):
    return container_domain(call, domain_name).resource_types.get(name, {}).get("icon") or pictures.DEFAULT


@router.add("POST", "/resources/{domainUid}/type/{uid}/icon", returns=VOID, write=True, stores="icon")
def set_type_icon(call, domain_name: str, name: str):
    domain = container_domain(call, domain_name)
    check(call, "manageResourceType", domain=domain)
    if name not in domain.resource_types:
        raise not_found(f"resource type {name} not found")
    domain.resource_types[name]["icon"] = pictures.encoded(call.bytes())


# Resources


def sanitize(server, domain: Domain, value: dict | None, old: Entry | None = None) -> dict:
    if value is None:
        raise dereferenced("resource")
    if value["emails"] is None:
        raise dereferenced("resource.emails")
    value["reservationMode"] = value["reservationMode"] or "AUTO_ACCEPT_REFUSE"
    value["properties"] = value["properties"] or []
    value["dataLocation"] = data_location(server.store, domain, value["dataLocation"])
    return value


def validate(domain: Domain, uid: str, value: dict, old: Entry | None = None) -> None:
    if not (value["label"] or "").strip() or not value["typeIdentifier"]:
        raise invalid("Invalid parameter")
    if old and old.value["typeIdentifier"] != value["typeIdentifier"]:
        raise invalid("type of resource can't be modified")
    kind = domain.resource_types.get(value["typeIdentifier"])
    if kind is None:
        raise ServerFault("UNKNOWN", f"type descriptor {value['typeIdentifier']} not found")
    types_of = {entry["id"]: entry["type"] for entry in kind["properties"]}
    for entry in value["properties"]:
        text = entry["value"] or ""
        number = types_of.get(entry["propertyId"]) == "Number" and not text.lstrip("-").isdigit()
        flag = types_of.get(entry["propertyId"]) == "Boolean" and text not in ("true", "false")
        if number or flag:
            raise invalid(f"Invalid value {text} of property {entry['propertyId']}")
    if not value["emails"]:
        raise invalid("Invalid parameter")
    emails.validate(domain, uid, uid.lower(), value["emails"])


def add(server, domain: Domain, uid: str, value: dict, by: str, external_id: str | None = None) -> Entry:
    item = Item(server.store.number(), external_id=external_id, display_name=value["label"])
    entry = domain.add(Entry(uid, "RESOURCE", value, item), by, server.now_ms())
    defaults.create(server.store, domain, entry)
    return entry


@router.add("PUT", "/resources/{domainUid}/{uid}", returns=VOID, write=True, stores="entry")
def create(call, domain_name: str, uid: str):
    domain = directory(call, domain_name, reader=False)
    value = call.body(RESOURCE)
    check(call, "manageResource", domain=domain, unit=(value or {}).get("orgUnitUid"))
    value = sanitize(call.server, domain, value)
    validate(domain, uid, value)
    demand_free(domain, uid)
    add(call.server, domain, uid, value, call.actor)


@router.add("POST", "/resources/{domainUid}/{uid}", returns=VOID, write=True, stores="entry")
def update(call, domain_name: str, uid: str):
    domain = directory(call, domain_name, reader=False)
    entry = domain.get("RESOURCE", uid)
    check(call, "manageResource", domain=domain, entry=entry)
    if entry is None:
        raise not_found(f"Resource {uid} doesnt exists")
    value = sanitize(call.server, domain, call.body(RESOURCE, entry.value), entry)
    validate(domain, uid, value, entry)
    domain.replace(entry, value, call.actor, call.server.now_ms())
    entry.item.display_name = value["label"]


@router.add("DELETE", "/resources/{domainUid}/{uid}", write=True, stores="entry")
def delete(call, domain_name: str, uid: str):
    domain = directory(call, domain_name, reader=False)
    check(call, "manageResource", domain=domain, entry=domain.get("RESOURCE", uid))
    return start_deletion(call, domain, uid)


def start_deletion(call, domain: Domain, uid: str) -> dict:
    return start(call, "delete-resource", log=[f"Deleting resource {uid}@{domain.uid}"], domain=domain.uid, uid=uid)


@action("delete-resource")
def deleted(server, _task, domain: str, uid: str) -> str:
    found = server.store.domains.get(domain)
    entry = found.get("RESOURCE", uid) if found else None
    if entry is None:
        raise Failed(f"Resource {uid} doesnt exists")
    server.remove_entry(found, entry)
    return "Resource deleted"


@router.add("GET", "/resources/{domainUid}/{uid}")
def read(call, domain_name: str, uid: str):
    """The bare descriptor, not an item."""
    entry = directory(call, domain_name).get("RESOURCE", uid)
    return RESOURCE.write(entry.value, call.view) if entry else None


@router.add("GET", "/resources/{domainUid}/byEmail/{email}")
def by_email(call, domain_name: str, address: str):
    entry = directory(call, domain_name).by_address(address.lower())
    return call.item(RESOURCE, entry) if entry and entry.kind == "RESOURCE" else None


@router.add("GET", "/resources/{domainUid}/byType/{type}")
def by_type(call, domain_name: str, name: str):
    return [entry.uid for entry in directory(call, domain_name).of("RESOURCE") if entry.value["typeIdentifier"] == name]


@router.add("GET", "/resources/{domainUid}/{uid}/icon", returns=BYTES)
def icon(call, domain_name: str, uid: str):
    entry = directory(call, domain_name).get("RESOURCE", uid)
    return (entry and entry.photo) or pictures.DEFAULT


@router.add("POST", "/resources/{domainUid}/{uid}/icon", returns=VOID, write=True, stores="icon")
def set_icon(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    entry = domain.get("RESOURCE", uid)
    check(call, "manageResource", domain=domain, entry=entry)
    if entry is None:
        raise not_found(f"Resource {uid} doesnt exists")
    entry.photo = pictures.encoded(call.bytes())
    domain.touch(entry.item, call.actor, call.server.now_ms())
