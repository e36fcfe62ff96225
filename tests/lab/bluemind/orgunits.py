# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Org units and who administers them (contract 12)."""

from __future__ import annotations

from .documents import ORG_UNIT, ORG_UNIT_QUERY
from .errors import dereferenced, exists, invalid, not_found
from .lookup import directory
from .model import TEXT, Listing, Unique
from .rights import check
from .routes import VOID, router
from .store import Domain, Entry, Item, plain_text
from .tasks import start


def find(domain: Domain, uid: str) -> Entry:
    entry = domain.get("ORG_UNIT", uid)
    if entry is None:
        raise not_found(f"ou {uid} not found")
    return entry


def path(domain: Domain, uid: str | None) -> dict | None:
    """The unit within those above it."""
    chain = domain.unit_chain(uid)
    found = None
    for above in reversed(chain):
        found = {"uid": above, "name": domain.entries[above].value["name"], "parent": found}
    return found


def children(domain: Domain, uid: str) -> list[Entry]:
    return [unit for unit in domain.of("ORG_UNIT") if unit.value["parentUid"] == uid]


def validate(domain: Domain, uid: str, value: dict) -> None:
    name, parent = value["name"] or "", value["parentUid"]
    if not name.strip() or "/" in name:
        raise invalid("Invalid parameter" if not name.strip() else "ou name can not contain /")
    if parent is not None and domain.get("ORG_UNIT", parent) is None:
        raise not_found(f"ou parent {parent} not found")
    if any(unit.value["name"] == name and unit.uid != uid and unit.value["parentUid"] == parent for unit in domain.of("ORG_UNIT")):
        above = domain.entries[parent].value["name"] if parent else ""
        raise exists(f"ou {above}/ {name} already exists")


def add(server, domain: Domain, uid: str, value: dict, by: str) -> Entry:
    entry = Entry(uid, "ORG_UNIT", value, Item(server.store.number(), display_name=value["name"]))
    return domain.add(entry, by, server.now_ms())


@router.add("PUT", "/directory/_ou/{domain}/{uid}", returns=VOID, write=True, stores="entry")
def create(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    value = call.body(ORG_UNIT)
    check(call, "manageOU", domain=domain, unit=(value or {}).get("parentUid"))
    if value is None:
        raise dereferenced("orgUnit")
    validate(domain, uid, value)
    if uid in domain.entries:
        raise exists(f"entry[{uid} - 0]@{domain.uid} already exists (duplicate key)")
    add(call.server, domain, uid, value, call.actor)


@router.add("POST", "/directory/_ou/{domain}/{uid}", returns=VOID, write=True, stores="entry")
def update(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    entry = find(domain, uid)
    check(call, "manageOU", domain=domain, unit=uid)
    value = call.body(ORG_UNIT, entry.value)
    if value is None:
        raise dereferenced("orgUnit")
    if value["parentUid"] != entry.value["parentUid"]:
        raise invalid("Parent change is not allowed")
    validate(domain, uid, value)
    domain.replace(entry, value, call.actor, call.server.now_ms())
    entry.item.display_name = value["name"]


@router.add("DELETE", "/directory/_ou/{domain}/{uid}", returns=VOID, write=True, stores="entry")
def delete(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    check(call, "manageOU", domain=domain, unit=uid)
    entry = find(domain, uid)
    name = entry.value["name"]
    if children(domain, uid):
        raise invalid(f"ou {name} has children")
    if any(other.value.get("orgUnitUid") == uid for other in domain.entries.values()):
        raise invalid(f"ou {name} has members")
    if any(entry.administrators.values()):
        raise invalid(f"ou {name} has administrators")
    call.server.remove_entry(domain, entry)


@router.add("GET", "/directory/_ou/{domain}/{uid}/complete")
def complete(call, domain_name: str, uid: str):
    return call.item(ORG_UNIT, directory(call, domain_name).get("ORG_UNIT", uid))


@router.add("GET", "/directory/_ou/{domain}/{uid}/path")
def read_path(call, domain_name: str, uid: str):
    return path(directory(call, domain_name), uid)


@router.add("GET", "/directory/_ou/{domain}/{uid}/_children")
def read_children(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    find(domain, uid)
    return call.items(ORG_UNIT, children(domain, uid))


@router.add("POST", "/directory/_ou/{domain}/_search")
def search(call, domain_name: str):
    domain = directory(call, domain_name)
    query = call.body(ORG_UNIT_QUERY) or ORG_UNIT_QUERY.make()
    part = plain_text(query["query"] or "")
    found = [path(domain, unit.uid) for unit in domain.of("ORG_UNIT") if part in plain_text(unit.value["name"])]
    first, size = query["from"], query["size"]
    # The end is not moved along with the beginning.
    return found[first:size] if size > 0 else found[first:]


# Administrators


@router.add("POST", "/directory/_ou/{domain}/{uid}/{dirUid}/_set", returns=VOID, write=True, stores="administrators")
def set_roles(call, domain_name: str, uid: str, entry_uid: str):
    domain = directory(call, domain_name)
    unit = find(domain, uid)
    check(call, "manageOU", domain=domain, unit=uid)
    if entry_uid not in domain.entries:
        raise not_found("direntry not found ")
    unit.administrators.pop(entry_uid, None)
    if roles := call.body(Unique(TEXT)):
        unit.administrators[entry_uid] = roles
    domain.touch(unit.item, call.actor, call.server.now_ms())


@router.add("POST", "/directory/_ou/{domain}/{uid}/{dirUid}")
def roles(call, domain_name: str, uid: str, entry_uid: str):
    unit = find(directory(call, domain_name), uid)
    groups = call.body(Listing(TEXT))
    if groups is None:
        raise dereferenced("groups")
    found = [role for subject in (entry_uid, *groups) for role in unit.administrators.get(subject, ())]
    return call.server.as_set(list(dict.fromkeys(found)))


@router.add("GET", "/directory/_ou/{domain}/{uid}/_administrators")
def administrators(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    find(domain, uid)
    units = domain.unit_chain(uid) if call.flag("hierarchical") else [uid]
    return call.server.as_set(list(dict.fromkeys(subject for unit in units for subject in domain.entries[unit].administrators)))


@router.add("POST", "/directory/_ou/{domain}/_byAdmin")
def administered(call, domain_name: str):
    domain = directory(call, domain_name)
    groups = call.body(Listing(TEXT))
    if groups is None:
        raise dereferenced("groups")
    subjects = {call.query.get("administrator"), *groups}
    return [path(domain, unit.uid) for unit in domain.of("ORG_UNIT") if subjects & unit.administrators.keys()]


@router.add("DELETE", "/directory/_ou/{domain}/_deleteadmin", returns=VOID, write=True, stores="administrators")
def remove_administrator(call, domain_name: str):
    domain = directory(call, domain_name)
    check(call, "manageOU", domain=domain)
    for unit in domain.of("ORG_UNIT"):
        if unit.administrators.pop(call.query.get("administrator", ""), None) is not None:
            domain.touch(unit.item, call.actor, call.server.now_ms())


@router.add("GET", "/directory/_ou/{domain}/{uid}/features", since=57)
def features(call, domain_name: str, uid: str):
    return call.server.as_set(find(directory(call, domain_name), uid).value.get("features", []))


@router.add("POST", "/directory/_ou/{domain}/{uid}/features", since=57, write=True, stores="features")
def set_features(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    find(domain, uid)
    check(call, "manageOU", domain=domain, unit=uid)
    return start(call, "set-features", domain=domain.uid, uid=uid, features=call.json() or [])
