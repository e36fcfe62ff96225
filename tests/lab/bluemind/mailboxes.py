# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mailboxes, which belong to entries: reading, quota, access rights (contract 7)."""

from __future__ import annotations

from . import acl, defaults
from .documents import ACL_ENTRY, MAILBOX, MAILBOX_QUOTA
from .errors import ServerFault, dereferenced, not_found
from .lookup import directory
from .model import TEXT, Listing
from .rights import check
from .routes import VOID, router
from .store import MAILBOXES, Domain, Entry, mailbox_name
from .tasks import action, start


def document(entry: Entry) -> dict:
    value = entry.value
    routing = value.get("routing") or ("internal" if value["emails"] else "none")
    return {
        "name": mailbox_name(entry),
        "system": value["system"],
        "hidden": value["hidden"],
        "archived": value["archived"],
        "type": MAILBOXES[entry.kind],
        "routing": routing,
        "emails": value["emails"],
        "dataLocation": value["dataLocation"],
        "quota": value.get("quota"),
        "deleted": False,
    }


def find(domain: Domain, uid: str) -> Entry | None:
    entry = domain.entries.get(uid)
    return entry if entry and entry.kind in MAILBOXES and not (entry.kind == "USER" and entry.value["system"]) else None


def demand(domain: Domain, uid: str) -> Entry:
    entry = find(domain, uid)
    if entry is None:
        raise not_found(f"mailbox {uid} not found")
    return entry


def item(call, entry: Entry | None):
    return call.item(MAILBOX, entry, document(entry)) if entry else None


def all_of(domain: Domain) -> list[Entry]:
    return [entry for uid in domain.entries if (entry := find(domain, uid))]


def managed(call, domain_name: str) -> Domain:
    domain = directory(call, domain_name)
    check(call, "manageMailbox", domain=domain)
    return domain


@router.add("GET", "/mailboxes/{domainUid}/_listUids")
def uids(call, domain_name: str):
    return [entry.uid for entry in all_of(managed(call, domain_name))]


@router.add("GET", "/mailboxes/{domainUid}/_list")
def listing(call, domain_name: str):
    return [item(call, entry) for entry in all_of(managed(call, domain_name))]


@router.add("POST", "/mailboxes/{domainUid}/_mget")
def several(call, domain_name: str):
    domain = managed(call, domain_name)
    wanted = call.body(Listing(TEXT))
    if wanted is None:
        raise dereferenced("uids")
    return [item(call, entry) for uid in wanted if (entry := find(domain, uid))]


@router.add("GET", "/mailboxes/{domainUid}/{uid}/complete")
def complete(call, domain_name: str, uid: str):
    return item(call, find(directory(call, domain_name), uid))


@router.add("GET", "/mailboxes/{domainUid}/_byemail")
def by_email(call, domain_name: str):
    entry = directory(call, domain_name).by_address(call.query.get("email", "").lower())
    return item(call, entry)


@router.add("GET", "/mailboxes/{domainUid}/_byname")
def by_name(call, domain_name: str):
    return item(call, directory(call, domain_name).with_mailbox_name(call.query.get("name", "")))


@router.add("GET", "/mailboxes/{domainUid}/_byRouting")
def by_routing(call, domain_name: str):
    """The query is called `email`, and holds a routing."""
    domain = managed(call, domain_name)
    return [entry.uid for entry in all_of(domain) if document(entry)["routing"] == call.query.get("email")]


@router.add("GET", "/mailboxes/{domainUid}/_byType", until=49)
def by_type(call, domain_name: str):
    domain = managed(call, domain_name)
    return [entry.uid for entry in all_of(domain) if MAILBOXES[entry.kind] == call.query.get("email")]


@router.add("GET", "/mailboxes/{domainUid}/_unread")
def unread(call, domain_name: str):
    directory(call, domain_name)
    return 0


@router.add("GET", "/mailboxes/{domainUid}/{uid}/_config")
def config(call, domain_name: str, uid: str):
    entry = demand(directory(call, domain_name), uid)
    return {"quota": entry.value.get("quota"), "messageMaxSize": 10 * 1024}


def quota_of(call, entry: Entry) -> dict:
    return MAILBOX_QUOTA.write({"used": entry.used, "quota": entry.value.get("quota"), "uid": entry.uid}, call.view)


@router.add("GET", "/mailboxes/{domainUid}/{uid}/_quota")
def quota(call, domain_name: str, uid: str):
    return quota_of(call, demand(directory(call, domain_name), uid))


@router.add("POST", "/mailboxes/{domainUid}/_quotas", since=57)
def several_quotas(call, domain_name: str):
    domain = managed(call, domain_name)
    return [quota_of(call, entry) for uid in call.body(Listing(TEXT)) or () if (entry := find(domain, uid))]


# Access rights: those of the container mailbox:acls-UID


@router.add("GET", "/mailboxes/{domainUid}/{mailboxUid}/_acls")
def read_acl(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    demand(domain, uid)
    return call.server.as_set(acl.shown(domain, call.store.containers[defaults.mailbox_container(uid)], call.generation))


@router.add("POST", "/mailboxes/{domainUid}/{mailboxUid}/_acls", returns=VOID, write=True, stores="acl")
def write_acl(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    demand(domain, uid)
    container = call.store.containers[defaults.mailbox_container(uid)]
    if "Manage" not in acl.verbs_of(call, container):
        check(call, "manageMailbox", domain=domain, entry=domain.entries[uid])
    entries = call.body(Listing(ACL_ENTRY))
    if entries is None:
        raise dereferenced("accessControlEntries")
    acl.store(domain, container, entries, call.generation)


# Checks and repairs


def _checking(call, domain_name: str, uid: str | None = None):
    domain = managed(call, domain_name)
    if uid is not None and find(domain, uid) is None:
        raise ServerFault("NOT_FOUND", f"mailbox {uid} not found")
    return start(call, "check-mailboxes", log=["Checking"])


@action("check-mailboxes")
def checked(_server, _task) -> str:
    return "Mailboxes checked"


router.add("POST", "/mailboxes/{domainUid}/_check-all", until=49)(_checking)
router.add("POST", "/mailboxes/{domainUid}/_check-and-repair-all", until=49, write=True)(_checking)
router.add("POST", "/mailboxes/{domainUid}/{uid}/_check", until=49)(_checking)
router.add("POST", "/mailboxes/{domainUid}/{uid}/_check-and-repair", until=49, write=True)(_checking)


def _managing(call, domain_name: str, _uid: str | None = None):
    managed(call, domain_name)
    return start(call, "check-mailboxes", log=["Working"])


router.add("POST", "/mgmt/mailbox/{domainUid}/_consolidate", write=True)(_managing)
for verb in ("_consolidate", "_move_index", "_reset"):
    router.add("POST", f"/mgmt/mailbox/{{domainUid}}/{{mailboxUid}}/{verb}", write=True)(_managing)
router.add("POST", "/mgmt/mailbox/{domainUid}/{mailboxUid}/_respawn", write=True, since=50)(_managing)
