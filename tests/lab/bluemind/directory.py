# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The directory: all entries of a domain as one list (contract 14)."""

from __future__ import annotations

import json

from . import emails, pictures
from .documents import DIR_ENTRY, DIR_QUERY
from .errors import Crash, dereferenced, invalid, not_found
from .lookup import directory
from .model import TEXT, Listing, Unique
from .rights import allowed, check, resolved
from .routes import BYTES, router
from .store import Domain, Entry, plain_text
from .tasks import action, start

SEGMENTS = {
    "USER": "users",
    "GROUP": "groups",
    "RESOURCE": "resources",
    "MAILSHARE": "mailshares",
    "SHARED_MAILBOX": "shared_mailboxes",
    "ADDRESSBOOK": "addressbooks",
    "CALENDAR": "calendars",
    "ORG_UNIT": "ous",
    "EXTERNALUSER": "externaluser",
}
ROLES = {
    "USER": "manageUser",
    "GROUP": "manageGroup",
    "RESOURCE": "manageResource",
    "MAILSHARE": "manageMailshare",
    "SHARED_MAILBOX": "manageMailshare",
    "EXTERNALUSER": "manageExternalUser",
    "ORG_UNIT": "manageOU",
}


def path_of(domain: Domain, entry: Entry) -> str:
    return domain.uid if entry.kind == "DOMAIN" else f"{domain.uid}/{SEGMENTS[entry.kind]}/{entry.uid}"


def document(call, domain: Domain, entry: Entry) -> dict:
    from .orgunits import path

    value = entry.value
    unit = value.get("orgUnitUid")
    return DIR_ENTRY.write(
        {
            "displayName": entry.item.display_name,
            "entryUid": entry.uid,
            "accountType": value.get("accountType"),
            "kind": entry.kind,
            "features": value.get("features") or [],
            "path": path_of(domain, entry),
            "email": emails.default_address(value.get("emails")),
            "hidden": value.get("hidden", False),
            "system": value.get("system", False),
            "archived": value.get("archived", False),
            "emails": None,  # never filled
            "orgUnitUid": unit,
            "orgUnitPath": path(domain, unit) if unit else None,
            "dataLocation": value.get("dataLocation"),
            "deleted": False,
            "minId": 0,
        },
        call.view,
    )


def documents(call, domain: Domain, entries: list[Entry]) -> list[dict]:
    return [item(call, domain, entry) for entry in entries]


def item(call, domain: Domain, entry: Entry) -> dict:
    from .call import item_value

    return item_value(entry.uid, entry.item, document(call, domain, entry))


# Searching


def found_by(call, domain: Domain, query: dict) -> list[Entry]:
    """All that match, in order."""
    if query["entries"] is not None:
        return [domain.entries[uid] for uid in query["entries"] if uid in domain.entries]
    tests = list(_tests(call, domain, query))
    found = [entry for entry in domain.entries.values() if all(test(entry) for test in tests)]
    order = query["order"] or {"by": "displayname", "dir": "asc"}
    by_kind = order["by"] == "kind"
    found.sort(
        key=lambda entry: (entry.kind if by_kind else "", plain_text(entry.item.display_name or ""), entry.uid),
        reverse=order["dir"] == "desc",
    )
    return found


def _tests(call, domain: Domain, query: dict):
    if query["hiddenFilter"]:
        yield lambda entry: not entry.value.get("hidden", False)
    if query["systemFilter"]:
        yield lambda entry: not entry.value.get("system", False)
    if query["kindsFilter"]:
        kinds = frozenset(query["kindsFilter"])
        yield lambda entry: entry.kind in kinds
    if query["stateFilter"] in ("Archived", "Active"):
        archived = query["stateFilter"] == "Archived"
        yield lambda entry: entry.value.get("archived", False) is archived
    if query["nameFilter"]:
        name = plain_text(query["nameFilter"])
        yield lambda entry: name in plain_text(entry.item.display_name or "")
    if query["emailFilter"]:
        yield _email_test(domain, query["emailFilter"])
    if query["nameOrEmailFilter"]:
        part = plain_text(query["nameOrEmailFilter"])
        yield (
            lambda entry: (
                part in plain_text(entry.item.display_name or "") or part in (emails.default_address(entry.value.get("emails")) or "")
            )
        )
    if query["accountTypeFilter"]:
        yield lambda entry: entry.value.get("accountType") == query["accountTypeFilter"]
    if query["entryUidFilter"]:
        uids = frozenset(query["entryUidFilter"])
        yield lambda entry: entry.uid in uids
    if query["dataLocation"]:
        yield lambda entry: entry.value.get("dataLocation") == query["dataLocation"]
    if query["onlyManagable"]:
        yield lambda entry: allowed(call.caller, (ROLES.get(entry.kind, "admin"),), domain, entry)
        if query["orgUnitIds"]:
            units = {unit.uid for unit in domain.of("ORG_UNIT") if unit.item.internal_id in query["orgUnitIds"]}
            yield lambda entry: entry.value.get("orgUnitUid") in units


def _email_test(domain: Domain, address: str):
    address = address.lower()
    if not emails.WELL_FORMED.fullmatch(address):
        raise invalid("emailFilter is not valid ")
    if address.partition("@")[2] not in {domain.uid, *domain.mail_domains}:
        return lambda _entry: False
    return lambda entry: (emails.default_address(entry.value.get("emails")) or "").lower() == address


def _page(call, domain_name: str) -> tuple[Domain, list[Entry], int]:
    domain = directory(call, domain_name)
    query = call.body(DIR_QUERY)
    if query is None:
        raise dereferenced("query")
    found = found_by(call, domain, query)
    if query["entries"] is not None or query["size"] <= 0:
        return domain, found[query["from"] :] if query["entries"] is None else found, len(found)
    return domain, found[query["from"] : query["from"] + query["size"]], len(found)


@router.add("POST", "/directory/{domain}/_search")
def search(call, domain_name: str):
    domain, page, total = _page(call, domain_name)
    return {"values": documents(call, domain, page), "total": total}


@router.add("POST", "/directory/{domain}/_searchUids", since=50)
def search_uids(call, domain_name: str):
    _domain, page, total = _page(call, domain_name)
    return {"values": [entry.uid for entry in page], "total": total}


# Reading


@router.add("GET", "/directory/{domain}")
def root(call, domain_name: str):
    domain = directory(call, domain_name)
    return document(call, domain, domain.entries[domain.uid])


@router.add("GET", "/directory/{domain}/entry-uid/{entryUid}")
def by_uid(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    return document(call, domain, domain.entries[uid]) if uid in domain.entries else None


@router.add("GET", "/directory/{domain}/item-value-uid/{entryUid}", since=50)
def item_by_uid(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    return item(call, domain, domain.entries[uid]) if uid in domain.entries else None


@router.add("GET", "/directory/{domain}/_byEmail/{email}")
def by_email(call, domain_name: str, address: str):
    domain = directory(call, domain_name)
    entry = domain.by_address(address.lower())
    return document(call, domain, entry) if entry else None


def several(call, domain_name: str):
    domain = directory(call, domain_name)
    wanted = call.body(Listing(TEXT))
    if wanted is None:
        raise dereferenced("uids")
    return call.server.as_set(documents(call, domain, [domain.entries[uid] for uid in wanted if uid in domain.entries]))


router.add("POST", "/directory/{domain}/_mget")(several)
router.add("POST", "/directory/{domain}/_mgetlight", since=57)(several)


def _by_path(domain: Domain, path: str | None) -> Entry | None:
    uid = (path or "").rpartition("/")[2]
    entry = domain.entries.get(uid)
    return entry if entry and path_of(domain, entry) == path else None


@router.add("POST", "/directory/{domain}/_childs")
def below(call, domain_name: str):
    domain = directory(call, domain_name)
    prefix = (call.text() or "").rstrip("/") + "/"
    return [document(call, domain, entry) for entry in domain.entries.values() if path_of(domain, entry).startswith(prefix)]


@router.add("POST", "/directory/{domain}/_entry")
def by_path(call, domain_name: str):
    domain = directory(call, domain_name)
    entry = _by_path(domain, call.text())
    return document(call, domain, entry) if entry else None


@router.add("GET", "/directory/{domain}/{uid}/_vcard")
def card(call, domain_name: str, uid: str):
    from .vcards import VCARD

    entry = directory(call, domain_name).entries.get(uid)
    found = entry and (entry.value.get("contactInfos") or entry.value.get("card"))
    return call.item(VCARD, entry, found) if found else None


@router.add("POST", "/directory/{domain}/_byroles")
def by_roles(call, domain_name: str):
    domain = directory(call, domain_name)
    wanted = set(call.body(Unique(TEXT)) or ())
    return documents(call, domain, [user for user in domain.of("USER") if wanted & set(resolved(domain, user))])


@router.add("GET", "/directory/{domain}/entry-uid/{entryUid}/rolesfor_")
def roles_for(call, domain_name: str, uid: str):
    """What the caller may do with an entry."""
    domain = directory(call, domain_name)
    entry = domain.entries.get(uid)
    names = sorted({*ROLES.values(), "manageUserPassword", "manageUserVCard", "manageMailbox"})
    return [name for name in names if entry and allowed(call.caller, (name,), domain, entry)]


@router.add("GET", "/directory/{domain}/ou-uid/{ouUid}/rolesfor_")
def roles_for_unit(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    return [name for name in sorted(set(ROLES.values())) if allowed(call.caller, (name,), domain, None, uid)]


@router.add("GET", "/directory/{domain}/_changeset")
def changes(call, domain_name: str):
    domain = directory(call, domain_name)
    since = call.number("since") or 0
    created = [entry.uid for entry in domain.entries.values() if entry.item.born > since]
    updated = [entry.uid for entry in domain.entries.values() if entry.item.born <= since < entry.item.version]
    gone = [uid for version, uid in domain.deleted if version > since and uid not in domain.entries]
    return {"created": created, "updated": updated, "deleted": list(dict.fromkeys(gone)), "version": domain.version}


@router.add("GET", "/directory/{domain}/_changelog", until=50)
def changelog(call, domain_name: str):
    found = changes(call, domain_name)
    entries = [
        {
            "version": found["version"],
            "itemUid": uid,
            "itemExtId": None,
            "author": "system",
            "type": kind,
            "date": call.server.now_ms(),
            "origin": "bm-core",
            "internalId": 0,
            "weightSeed": 0,
        }
        for kind, key in (("Created", "created"), ("Updated", "updated"), ("Deleted", "deleted"))
        for uid in found[key]
    ]
    return {"entries": entries}


def _picture(call, domain_name: str, uid: str):
    entry = directory(call, domain_name).entries.get(uid)
    return (entry and entry.photo) or pictures.DEFAULT


router.add("GET", "/directory/{domain}/entry-uid/{entryUid}/icon", returns=BYTES)(_picture)
router.add("GET", "/directory/{domain}/entry-uid/{entryUid}/photo", returns=BYTES)(_picture)


@router.add("GET", "/directory/{domain}/_icon/{path}", returns=BYTES)
def icon_by_path(call, domain_name: str, path: str):
    return _picture(call, domain_name, path.rpartition("/")[2])


# Deleting, moving, repairing


def _delete(call, domain: Domain, entry: Entry | None, name: str) -> dict:
    from . import groups, mailshares, resources, users

    if entry is None:
        raise not_found(f"entry {name} not found")
    check(call, ROLES.get(entry.kind, "admin"), domain=domain, entry=entry)
    if entry.kind == "USER":
        return users.start_deletion(call, domain, entry.uid)
    if entry.kind == "GROUP":
        return groups.start_deletion(call, domain, entry.uid)
    if entry.kind == "RESOURCE":
        return resources.start_deletion(call, domain, entry.uid)
    if entry.kind in ("MAILSHARE", "SHARED_MAILBOX"):
        return mailshares.start_deletion(call, domain, entry.uid, entry.kind)
    return start(call, "delete-entry", domain=domain.uid, uid=entry.uid)


@action("delete-entry")
def deleted(server, _task, domain: str, uid: str) -> str:
    found = server.store.domains[domain]
    if uid in found.entries:
        server.remove_entry(found, found.entries[uid])
    return "Entry deleted"


@router.add("DELETE", "/directory/{domain}/_byentryuid/{entryUid}", write=True, stores="entry")
def delete(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    return _delete(call, domain, domain.entries.get(uid), uid)


@router.add("DELETE", "/directory/{domain}/{path}", write=True, stores="entry")
def delete_by_path(call, domain_name: str, path: str):
    domain = directory(call, domain_name)
    return _delete(call, domain, _by_path(domain, path), path)


@router.add("POST", "/directory/{domain}/_xfer/{entryUid}/{serverUid}", until=50, write=True, stores="dataLocation")
def move(call, domain_name: str, uid: str, server: str):
    domain = directory(call, domain_name)
    entry = domain.entries.get(uid)
    if entry is None:
        raise not_found(f"entry {uid} not found")
    check(call, "manageUser", domain=domain, entry=entry)
    return start(call, "move", id=f"xfer-{uid}@{domain.uid}", log=["Transferring"], domain=domain.uid, uid=uid, to=server)


@action("move")
def moved(server, task, domain: str, uid: str, to: str) -> str:
    found = server.store.domains[domain]
    entry = found.entries[uid]
    found.replace(entry, entry.value | {"dataLocation": to}, task["actor"], server.now_ms())
    return "Transfer done"


@router.add("GET", "/directory/{domain}/{entryUid}/mgmt/_maintenance")
def operations(call, domain_name: str, _uid: str):
    directory(call, domain_name)
    return [{"identifier": "mailboxAcls", "description": "Check mailbox ACL container"}]


@router.add("POST", "/directory/{domain}/{entryUid}/mgmt/_maintenance/repair", write=True)
def repair(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    check(call, "manageUser", domain=domain, entry=domain.entries.get(uid))
    if not isinstance(call.json(), dict):
        raise Crash("repair needs a configuration")
    return start(call, "repair", log=[json.dumps(call.json().get("opIdentifiers"))])


@action("repair")
def repaired(_server, _task) -> str:
    return "Repair finished"
