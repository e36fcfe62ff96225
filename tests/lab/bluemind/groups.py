# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups and their members (contract 8)."""

from __future__ import annotations

from . import defaults, emails
from .documents import GROUP, GROUP_QUERY, MEMBER
from .errors import ServerFault, dereferenced, exists, invalid, not_found
from .lookup import directory
from .model import TEXT, Listing, Unique
from .rights import check
from .routes import VOID, router
from .servers import data_location
from .store import Domain, Entry, Item, mailbox_name
from .tasks import action, start
from .users import demand_free, demand_grantable

KINDS = {"user": "USER", "group": "GROUP", "external_user": "EXTERNALUSER"}
WORDS = {"user": "user", "group": "group", "external_user": "external user"}
MEMBERS = Listing(MEMBER)


def find(domain: Domain, uid: str) -> Entry:
    entry = domain.get("GROUP", uid)
    if entry is None:
        raise not_found(f"Group uid:{uid} doesn't exist !")
    return entry


def expanded(domain: Domain, group: Entry, seen: set[str] | None = None) -> dict[str, str]:
    """Users and external users, also of groups within."""
    seen = seen if seen is not None else set()
    seen.add(group.uid)
    found: dict[str, str] = {}
    for uid, kind in group.members.items():
        if kind != "group":
            found[uid] = kind
        elif uid not in seen and uid in domain.entries:
            found |= expanded(domain, domain.entries[uid], seen)
    return found


def value_of(domain: Domain, group: Entry) -> dict:
    return group.value | {"memberCount": len(expanded(domain, group))}


def item(call, domain: Domain, group: Entry | None):
    return call.item(GROUP, group, value_of(domain, group)) if group else None


def items(call, domain: Domain, groups: list[Entry]) -> list[dict]:
    return [item(call, domain, group) for group in groups]


def shown_members(members: dict[str, str]) -> list[dict]:
    return [{"type": kind, "uid": uid} for uid, kind in sorted(members.items(), key=lambda member: (member[1], member[0]))]


# Create, update, delete


def sanitize(server, domain: Domain, value: dict | None) -> dict:
    if value is None:
        raise dereferenced("group")
    if value["emails"] is None:
        raise dereferenced("group.emails")
    value["emails"] = emails.lowered(value["emails"])
    value["properties"] = value["properties"] or {}
    wanted = value["dataLocation"]
    assigned = [name for name, tag in domain.assignments if tag == "mail/imap"]
    value["dataLocation"] = data_location(server.store, domain, wanted) if wanted or assigned else None
    if value["mailArchived"] and value["dataLocation"] is None:
        raise invalid("Datalocation must be set")
    if not (value["name"] or "").strip():
        raise invalid("Invalid parameter")
    return value


def demand_free_name(domain: Domain, uid: str, name: str) -> None:
    other = domain.group_named(name)
    if other is not None and other.uid != uid:
        raise exists(f"Group name: {name} already used")


def add(server, domain: Domain, uid: str, value: dict, by: str, external_id: str | None = None) -> Entry:
    entry = Entry(uid, "GROUP", value, Item(server.store.number(), external_id=external_id, display_name=value["name"]))
    domain.add(entry, by, server.now_ms())
    defaults.create(server.store, domain, entry)
    return entry


@router.add("PUT", "/groups/{domainUid}/{uid}", returns=VOID, write=True, stores="entry")
def create(call, domain_name: str, uid: str, external_id: str | None = None):
    domain = directory(call, domain_name, reader=False)
    value = call.body(GROUP)
    check(call, "manageGroup", domain=domain, unit=(value or {}).get("orgUnitUid"))
    value = sanitize(call.server, domain, value)
    demand_free_name(domain, uid, value["name"])
    _validate(domain, uid, value)
    demand_free(domain, uid)
    add(call.server, domain, uid, value, call.actor, external_id)


def _validate(domain: Domain, uid: str, value: dict) -> None:
    emails.validate(domain, uid, mailbox_name(Entry(uid, "GROUP", value)), value["emails"])


@router.add("PUT", "/groups/{domainUid}/{uid}/{extid}/createwithextid", returns=VOID, write=True, stores="entry")
def create_with_external_id(call, domain_name: str, uid: str, external_id: str):
    create(call, domain_name, uid, external_id)


@router.add("POST", "/groups/{domainUid}/{uid}", returns=VOID, write=True, stores="entry")
def update(call, domain_name: str, uid: str):
    domain = directory(call, domain_name, reader=False)
    check(call, "manageGroup", domain=domain, entry=domain.get("GROUP", uid))
    entry = find(domain, uid)
    value = sanitize(call.server, domain, call.body(GROUP, entry.value))
    demand_free_name(domain, uid, value["name"])
    _validate(domain, uid, value)
    domain.replace(entry, value, call.actor, call.server.now_ms())
    entry.item.display_name = value["name"]


@router.add("DELETE", "/groups/{domainUid}/{uid}", write=True, stores="entry")
def delete(call, domain_name: str, uid: str):
    domain = directory(call, domain_name, reader=False)
    check(call, "manageGroup", domain=domain, entry=domain.get("GROUP", uid))
    return start_deletion(call, domain, uid)


def start_deletion(call, domain: Domain, uid: str) -> dict:
    return start(call, "delete-group", log=[f"Deleting group {uid}@{domain.uid}"], domain=domain.uid, uid=uid)


@action("delete-group")
def deleted(server, _task, domain: str, uid: str) -> str:
    found = server.store.domains.get(domain)
    entry = found.get("GROUP", uid) if found else None
    if entry is None:
        return f"no group for {uid}"
    server.remove_entry(found, entry)
    return "Group deleted"


# Reading


@router.add("GET", "/groups/{domainUid}/_alluids")
def all_uids(call, domain_name: str):
    return [group.uid for group in directory(call, domain_name).of("GROUP")]


@router.add("GET", "/groups/{domainUid}/{uid}/complete")
def complete(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    return item(call, domain, domain.get("GROUP", uid))


@router.add("GET", "/groups/{domainUid}/{uid}/light", since=57)
def light(call, domain_name: str, uid: str):
    return complete(call, domain_name, uid)


@router.add("GET", "/groups/{domainUid}/{uid}", since=50)
def read(call, domain_name: str, _segment: str):
    """The uid is read from the body: a slip of the declaration."""
    domain = directory(call, domain_name)
    group = domain.get("GROUP", call.text())
    return GROUP.write(value_of(domain, group), call.view) if group else None


@router.add("GET", "/groups/{domainUid}/byName/{name}")
def by_name(call, domain_name: str, name: str):
    """Case-sensitive, although names that differ by case only are refused."""
    domain = directory(call, domain_name)
    group = domain.group_named(name)
    return item(call, domain, group) if group and group.value["name"] == name else None


@router.add("GET", "/groups/{domainUid}/byEmail/{email}")
def by_email(call, domain_name: str, address: str):
    domain = directory(call, domain_name)
    group = domain.by_address(address.lower())
    return item(call, domain, group) if group and group.kind == "GROUP" else None


@router.add("GET", "/groups/{domainUid}/_extid/{extid}")
def by_external_id(call, domain_name: str, external_id: str):
    domain = directory(call, domain_name)
    return item(call, domain, domain.with_external_id("GROUP", external_id))


@router.add("POST", "/groups/{domainUid}/_search")
def search(call, domain_name: str):
    domain = directory(call, domain_name)
    query = call.body(GROUP_QUERY) or GROUP_QUERY.make()
    part = (query["name"] or "").lower()
    wanted = list((query["properties"] or {}).items())[:1]
    found = [
        group
        for group in domain.of("GROUP")
        if part in group.value["name"].lower() and all(group.value["properties"].get(key) == value for key, value in wanted)
    ]
    return items(call, domain, found)


# Members


@router.add("GET", "/groups/{domainUid}/{uid}/members")
def members(call, domain_name: str, uid: str):
    return shown_members(find(directory(call, domain_name), uid).members)


@router.add("GET", "/groups/{domainUid}/{uid}/expandedmembers")
def expanded_members(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    return shown_members(expanded(domain, find(domain, uid)))


@router.add("GET", "/groups/{domainUid}/{uid}/expandedusersmembers")
def expanded_users(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    found = expanded(domain, find(domain, uid))
    return shown_members({uid: kind for uid, kind in found.items() if kind == "user"})


def _named(call, domain_name: str, uid: str) -> tuple[Domain, Entry, list[dict]]:
    """The group and the members of the body, which have to exist."""
    domain = directory(call, domain_name)
    group = domain.get("GROUP", uid)
    check(call, "manageGroupMembers", "manageGroup", domain=domain, entry=group)
    wanted = call.body(MEMBERS)
    if wanted is None:
        raise dereferenced("members")
    group = find(domain, uid)
    if any(member is None or not member["type"] or not member["uid"] for member in wanted):
        raise invalid("Invalid member")
    unknown = [member for member in wanted if domain.get(KINDS[member["type"]], member["uid"]) is None]
    if unknown:
        raise invalid("".join(f"No {WORDS[member['type']]} with uid {member['uid']} found\r\n" for member in unknown))
    return domain, group, wanted


@router.add("PUT", "/groups/{domainUid}/{uid}/members", returns=VOID, write=True, stores="members")
def add_members(call, domain_name: str, uid: str):
    domain, group, wanted = _named(call, domain_name, uid)
    above = {group.uid, *(parent.uid for parent in domain.ancestors(group.uid))}
    if any(member["type"] == "group" and member["uid"] in above for member in wanted):
        raise ServerFault("INCLUSION_GROUP_LOOP", "Group loop detected")
    new = {member["uid"]: member["type"] for member in wanted if member["uid"] not in group.members}
    if wanted and not new and call.generation < 50:
        raise invalid(f"Group uid: {uid} all users are already in the group.")
    if new:
        domain.set_members(group, group.members | new, call.actor, call.server.now_ms())


@router.add("DELETE", "/groups/{domainUid}/{uid}/members", returns=VOID, write=True, stores="members")
def remove_members(call, domain_name: str, uid: str):
    domain, group, wanted = _named(call, domain_name, uid)
    gone = {member["uid"] for member in wanted}
    kept = {member: kind for member, kind in group.members.items() if member not in gone}
    if wanted:
        domain.set_members(group, kept, call.actor, call.server.now_ms())


@router.add("GET", "/groups/{domainUid}/{uid}/groups")
def member_of(call, domain_name: str, uid: str):
    """Direct ones only, unlike the same call for users."""
    domain = directory(call, domain_name)
    find(domain, uid)
    return items(call, domain, domain.parents(uid))


@router.add("GET", "/groups/{domainUid}/{uid}/groupUids")
def member_of_uids(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    find(domain, uid)
    return [group.uid for group in domain.parents(uid)]


@router.add("GET", "/groups/{domainUid}/{uid}/parents")
def parents(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    find(domain, uid)
    return items(call, domain, domain.ancestors(uid))


# Roles and the rest


@router.add("GET", "/groups/{domainUid}/{uid}/roles")
def roles(call, domain_name: str, uid: str):
    group = directory(call, domain_name).get("GROUP", uid)
    return call.server.as_set(group.roles) if group else []


@router.add("POST", "/groups/{domainUid}/{uid}/roles", returns=VOID, write=True, stores="roles")
def set_roles(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    group = find(domain, uid)
    check(call, "manageGroup", domain=domain, entry=group)
    wanted = call.body(Unique(TEXT)) or []
    demand_grantable(call, domain, group, wanted)
    group.roles = wanted
    domain.touch(group.item, call.actor, call.server.now_ms())


@router.add("POST", "/groups/{domainUid}/_rolegroups")
def groups_with_roles(call, domain_name: str):
    wanted = set(call.body(Unique(TEXT)) or ())
    return call.server.as_set([group.uid for group in directory(call, domain_name).of("GROUP") if wanted & set(group.roles)])


@router.add("POST", "/groups/{domainUid}/{uid}/_extId", returns=VOID, write=True, stores="externalId")
def set_external_id(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    group = find(domain, uid)
    check(call, "manageGroup", domain=domain, entry=group)
    domain.set_external_id(group, call.text(), call.actor, call.server.now_ms())


@router.add("POST", "/groups/{domainUid}/{uid}/_touch", returns=VOID, write=True)
def touch(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    group = find(domain, uid)
    check(call, "manageGroup", domain=domain, entry=group)
    domain.touch(group.item, call.actor, call.server.now_ms())


@router.add("GET", "/groups/{domainUid}/{uid}/features", since=57)
def features(call, domain_name: str, uid: str):
    return call.server.as_set(find(directory(call, domain_name), uid).value.get("features", []))


@router.add("POST", "/groups/{domainUid}/{uid}/features", since=57, write=True, stores="features")
def set_features(call, domain_name: str, uid: str):
    """A task, where the same call for users is not."""
    domain = directory(call, domain_name)
    group = find(domain, uid)
    check(call, "manageGroup", domain=domain, entry=group)
    return start(call, "set-features", domain=domain.uid, uid=uid, features=call.json() or [])


@action("set-features")
def features_set(server, task, domain: str, uid: str, features: list) -> str:
    found = server.store.domains[domain]
    entry = found.entries[uid]
    found.replace(entry, entry.value | {"features": features}, task["actor"], server.now_ms())
    return "Features set"
