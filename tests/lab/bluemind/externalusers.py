# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""External users: people known here by one address elsewhere (contract 9)."""

from __future__ import annotations

from . import emails, vcards
from .documents import EXTERNAL_USER
from .errors import ServerFault, dereferenced, exists, invalid, not_found
from .groups import items
from .lookup import directory
from .rights import check
from .routes import VOID, router
from .store import Domain, Entry, Item
from .users import demand_free


def find(domain: Domain, uid: str) -> Entry:
    entry = domain.get("EXTERNALUSER", uid)
    if entry is None:
        raise not_found(f"External user {uid} not found in domain {domain.uid}")
    return entry


def sanitize(domain: Domain, value: dict | None) -> dict:
    if value is None:
        raise dereferenced("externalUser")
    vcards.check_references(value["contactInfos"])
    if value["emails"] is None:
        raise dereferenced("externalUser.emails")
    card = value["contactInfos"] = vcards.complete(value["contactInfos"])
    of_card = [email["value"] for email in card["communications"]["emails"] if email["value"]]
    if of_card:
        value["emails"] = [emails.address(address, default=True) for address in of_card]
    elif default := emails.default_address(value["emails"]):
        card["communications"]["emails"] = [vcards.address(default, True)]
    return value


def validate(domain: Domain, uid: str, value: dict) -> None:
    vcards.demand_family_name(value["contactInfos"], "An external user should have a last name.")
    if len(value["emails"]) != 1:
        raise invalid("An external user should have exactly one email.")
    address = value["emails"][0]["address"] or ""
    if not emails.WELL_FORMED.fullmatch(address):
        raise ServerFault("INVALID_EMAIL", f"Invalid email address: '{address}'")
    if domain.by_address(address) is not None:
        raise ServerFault("EMAIL_ALREADY_USED", f"Email address {address} is already used")
    others = (other for other in domain.of("EXTERNALUSER") if other.uid != uid)
    if any(email["address"] == address for other in others for email in other.value["emails"]):
        raise exists(f"Email address {address} is already used")


def add(server, domain: Domain, uid: str, value: dict, by: str, external_id: str | None = None) -> Entry:
    item = Item(server.store.number(), external_id=external_id, display_name=vcards.shown_name(value["contactInfos"]))
    return domain.add(Entry(uid, "EXTERNALUSER", value, item), by, server.now_ms())


@router.add("PUT", "/externaluser/{domainUid}/{uid}", returns=VOID, write=True, stores="entry")
def create(call, domain_name: str, uid: str, external_id: str | None = None):
    domain = directory(call, domain_name, reader=False)
    value = call.body(EXTERNAL_USER)
    check(call, "manageExternalUser", domain=domain, unit=(value or {}).get("orgUnitUid"))
    value = sanitize(domain, value)
    validate(domain, uid, value)
    demand_free(domain, uid)
    add(call.server, domain, uid, value, call.actor, external_id)


@router.add("PUT", "/externaluser/{domainUid}/{uid}/{extid}/createwithextid", returns=VOID, write=True, stores="entry")
def create_with_external_id(call, domain_name: str, uid: str, external_id: str):
    create(call, domain_name, uid, external_id)


@router.add("POST", "/externaluser/{domainUid}/{uid}", returns=VOID, write=True, stores="entry")
def update(call, domain_name: str, uid: str):
    domain = directory(call, domain_name, reader=False)
    check(call, "manageExternalUser", domain=domain, entry=domain.get("EXTERNALUSER", uid))
    entry = find(domain, uid)
    value = sanitize(domain, call.body(EXTERNAL_USER, entry.value))
    validate(domain, uid, value)
    domain.replace(entry, value, call.actor, call.server.now_ms())
    entry.item.display_name = vcards.shown_name(value["contactInfos"])


@router.add("DELETE", "/externaluser/{domainUid}/{uid}", returns=VOID, write=True, stores="entry")
def delete(call, domain_name: str, uid: str):
    """At once, not as a task; an unknown one is a 500."""
    domain = directory(call, domain_name, reader=False)
    entry = domain.get("EXTERNALUSER", uid)
    check(call, "manageExternalUser", domain=domain, entry=entry)
    if entry is None:
        raise ServerFault("UNKNOWN", f"Invalid user UID: {uid}")
    call.server.remove_entry(domain, entry)


@router.add("GET", "/externaluser/{domainUid}/{uid}/complete")
def complete(call, domain_name: str, uid: str):
    return call.item(EXTERNAL_USER, directory(call, domain_name).get("EXTERNALUSER", uid))


@router.add("GET", "/externaluser/{domainUid}/byExtId/{extid}")
def by_external_id(call, domain_name: str, external_id: str):
    return call.item(EXTERNAL_USER, directory(call, domain_name).with_external_id("EXTERNALUSER", external_id))


@router.add("GET", "/externaluser/{domainUid}/{uid}/groups")
def groups(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    find(domain, uid)
    return items(call, domain, domain.ancestors(uid))


@router.add("GET", "/externaluser/{domainUid}/{uid}/groupUids")
def group_uids(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    find(domain, uid)
    return [group.uid for group in domain.ancestors(uid)]
