# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mailshares, and the shared mailboxes of 5.7 (contract 10)."""

from __future__ import annotations

from . import defaults, emails, quotas, vcards
from .documents import MAILSHARE, SHARED_MAILBOX
from .errors import dereferenced, invalid, not_found
from .lookup import directory
from .rights import check
from .routes import VOID, router
from .servers import data_location
from .store import Domain, Entry, Item
from .tasks import Failed, action, start
from .users import check_routing, demand_free


def sanitize(server, domain: Domain, value: dict | None, old: Entry | None = None) -> dict:
    if value is None:
        raise dereferenced("mailshare")
    if value["emails"] is None:
        raise dereferenced("mailshare.emails")
    if value["card"] is None and old is not None:
        value["card"] = old.value["card"]
    card = value["card"] = vcards.complete(value["card"] or vcards.VCARD.make(), value["name"])
    card["identification"]["photo"] = bool(old and old.photo)
    value["dataLocation"] = data_location(server.store, domain, value["dataLocation"])
    if old is None:
        value["quota"] = quotas.default(domain, value["quota"], "publicfolder")
    return value


def validate(domain: Domain, uid: str, value: dict) -> None:
    name = value["name"] or ""
    if not emails.LOCAL_PART.fullmatch(name):
        raise invalid(f"Mailshare.name ({value['name']}) is not mailbox compatible")
    if value["routing"] is None:
        raise invalid("Mailshare.routing must be set")
    check_routing(domain, value)
    quotas.check(domain, uid, value["quota"], "publicfolder")
    emails.validate(domain, uid, name, value["emails"])


def add(server, domain: Domain, uid: str, value: dict, by: str, external_id: str | None = None) -> Entry:
    item = Item(server.store.number(), external_id=external_id, display_name=value["name"])
    entry = domain.add(Entry(uid, "MAILSHARE", value, item), by, server.now_ms())
    defaults.create(server.store, domain, entry)
    return entry


@router.add("PUT", "/mailshares/{domainUid}/{uid}", returns=VOID, write=True, stores="entry")
def create(call, domain_name: str, uid: str):
    domain = directory(call, domain_name, reader=False)
    value = call.body(MAILSHARE)
    check(call, "manageMailshare", domain=domain, unit=(value or {}).get("orgUnitUid"))
    # A card that is not given is null here, as that of an update.
    if isinstance(call.json(), dict) and "card" not in call.json():
        value["card"] = None
    value = sanitize(call.server, domain, value)
    validate(domain, uid, value)
    demand_free(domain, uid)
    add(call.server, domain, uid, value, call.actor)


@router.add("POST", "/mailshares/{domainUid}/{uid}", returns=VOID, write=True, stores="entry")
def update(call, domain_name: str, uid: str):
    domain = directory(call, domain_name, reader=False)
    entry = domain.get("MAILSHARE", uid)
    check(call, "manageMailshare", domain=domain, entry=entry)
    if entry is None:
        raise not_found(f"mailshare {uid} not found")
    value = call.body(MAILSHARE, entry.value)
    if isinstance(call.json(), dict) and "card" not in call.json():
        value["card"] = None
    value = sanitize(call.server, domain, value, entry)
    validate(domain, uid, value)
    domain.replace(entry, value, call.actor, call.server.now_ms())
    entry.item.display_name = value["name"]


@router.add("DELETE", "/mailshares/{domainUid}/{uid}", write=True, stores="entry")
def delete(call, domain_name: str, uid: str):
    domain = directory(call, domain_name, reader=False)
    check(call, "manageMailshare", domain=domain, entry=domain.get("MAILSHARE", uid))
    return start_deletion(call, domain, uid)


def start_deletion(call, domain: Domain, uid: str, kind: str = "MAILSHARE") -> dict:
    return start(call, "delete-mailshare", log=[f"Deleting mailshare {uid}@{domain.uid}"], domain=domain.uid, uid=uid, kind=kind)


@action("delete-mailshare")
def deleted(server, _task, domain: str, uid: str, kind: str) -> str:
    found = server.store.domains.get(domain)
    entry = found.get(kind, uid) if found else None
    if entry is None:
        raise Failed(f"mailshare {uid} not found")
    server.remove_entry(found, entry)
    return "Mailshare deleted"


@router.add("GET", "/mailshares/{domainUid}/_complete")
def listing(call, domain_name: str):
    return call.items(MAILSHARE, directory(call, domain_name).of("MAILSHARE"))


@router.add("GET", "/mailshares/{domainUid}/{uid}/complete")
def complete(call, domain_name: str, uid: str):
    return call.item(MAILSHARE, directory(call, domain_name).get("MAILSHARE", uid))


@router.add("GET", "/mailshares/{domainUid}/_byemail", since=50)
def by_email(call, domain_name: str):
    entry = directory(call, domain_name).by_address(call.query.get("email", "").lower())
    return call.item(MAILSHARE, entry) if entry and entry.kind == "MAILSHARE" else None


# Shared mailboxes: nobody outside knows how one is made, so only the seed does


def _shared(call, domain_name: str, uid: str) -> Entry | None:
    return directory(call, domain_name).get("SHARED_MAILBOX", uid)


@router.add("GET", "/shared_mailboxes/{domainUid}/_alluids", since=57)
def shared_uids(call, domain_name: str):
    return [entry.uid for entry in directory(call, domain_name).of("SHARED_MAILBOX")]


def shared(call, domain_name: str, uid: str):
    return call.item(SHARED_MAILBOX, _shared(call, domain_name, uid))


router.add("GET", "/shared_mailboxes/{domainUid}/{uid}/complete", since=57)(shared)
router.add("GET", "/shared_mailboxes/{domainUid}/{uid}/light", since=57)(shared)


@router.add("GET", "/shared_mailboxes/{domainUid}/byEmail/{email}", since=57)
def shared_by_email(call, domain_name: str, address: str):
    entry = directory(call, domain_name).by_address(address.lower())
    return call.item(SHARED_MAILBOX, entry) if entry and entry.kind == "SHARED_MAILBOX" else None


@router.add("GET", "/shared_mailboxes/{domainUid}/byName/{login}", since=57)
def shared_by_name(call, domain_name: str, name: str):
    entry = directory(call, domain_name).with_mailbox_name(name)
    return call.item(SHARED_MAILBOX, entry) if entry and entry.kind == "SHARED_MAILBOX" else None


@router.add("GET", "/shared_mailboxes/{domainUid}/{uid}/vcard", since=57)
def shared_card(call, domain_name: str, uid: str):
    entry = _shared(call, domain_name, uid)
    return vcards.VCARD.write(entry.value["contactInfos"], call.view) if entry else None


@router.add("DELETE", "/shared_mailboxes/{domainUid}/{uid}", since=57, write=True, stores="entry")
def delete_shared(call, domain_name: str, uid: str):
    domain = directory(call, domain_name, reader=False)
    check(call, "manageMailshare", domain=domain, entry=domain.get("SHARED_MAILBOX", uid))
    return start_deletion(call, domain, uid, "SHARED_MAILBOX")
