# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users (contract 5)."""

from __future__ import annotations

import re

from . import defaults, emails, filters, passwords, quotas, vcards
from .documents import ACCOUNT_TYPE, PASSWORD_CHANGE, USER
from .errors import ServerFault, dereferenced, exists, invalid, not_found
from .lookup import directory
from .model import TEXT, Unique
from .rights import DELEGABLE, check, check_self_or, denied, resolved
from .routes import STRING, VOID, router
from .servers import data_location
from .store import Domain, Entry, Item
from .tasks import Failed, action, start

LOGIN = re.compile(r"[a-z0-9][a-z0-9\-._]{0,63}")
VIDEO = "hasSimpleVideoconferencing"
LIMITS = {"FULL": "domain_max_users", "SIMPLE": "domain_max_basic_account", "FULL_AND_VISIO": "domain_max_fullvisio_accounts"}
NO_LAST_NAME = "A user should have a last name."


def find(domain: Domain, uid: str) -> Entry:
    entry = domain.get("USER", uid)
    if entry is None:
        raise not_found(f"User {uid} not found in domain {domain.uid}")
    return entry


# Making a document fit to be stored


def sanitize(server, domain: Domain, uid: str, value: dict, old: Entry | None = None) -> tuple[dict, list[str]]:
    """The document as the server completes it, and the addresses to forward to (contract 5.1 to 5.3)."""
    vcards.check_references(value["contactInfos"])
    value["accountType"] = old.value["accountType"] if old else value["accountType"] or "FULL"
    value["properties"] = value["properties"] or {}
    value["features"] = value["features"] or []
    outside: list[str] = []
    if value["routing"] != "external":
        found = emails.sanitized(domain, value["login"] or "", value["emails"], old.value["login"] if old else None)
        if value["routing"] in (None, "none"):
            found, outside = emails.move_outside(domain, found)
            if not any(email["isDefault"] for email in found):
                found = emails.sanitized(domain, value["login"] or "", found)
        value["routing"], value["emails"] = "internal", found
    value["dataLocation"] = data_location(server.store, domain, value["dataLocation"])
    if old is None:
        value["quota"] = quotas.default(domain, value["quota"], "user")
    old_photo = old.value["contactInfos"]["identification"]["photo"] if old else False
    card = value["contactInfos"] = vcards.complete(value["contactInfos"])
    card["identification"]["photo"] = old_photo
    card["kind"], card["source"] = "individual", f"bm://{domain.uid}/users/{uid}"
    card["communications"]["emails"] = vcards.addresses(value["emails"], domain.mail_domains)
    return value, outside


def validate(domain: Domain, uid: str, value: dict) -> None:
    if not LOGIN.fullmatch(value["login"] or ""):
        raise invalid("Login is invalid")
    vcards.demand_family_name(value["contactInfos"], NO_LAST_NAME)


def check_routing(domain: Domain, value: dict) -> None:
    if value["routing"] == "external" and not domain.settings.get("mail_routing_relay"):
        raise ServerFault("INVALID_HOST_NAME", "Routing is external but no split relay is defined")


def check_limit(domain: Domain, account_type: str) -> None:
    limit = domain.settings.get(LIMITS[account_type])
    if limit is None and account_type != "FULL":
        raise ServerFault("UNKNOWN", f"Unable to create {account_type} account for domain {domain.uid}")
    if not limit:
        return
    same = sum(user.value["accountType"] == account_type and not user.value["system"] for user in domain.of("USER"))
    if same >= int(limit):
        raise ServerFault("FORBIDDEN", f"Maximum {account_type} accounts allowed ({limit}) for domain {domain.uid}")


def add(
    server, domain: Domain, uid: str, value: dict, outside: list[str], by: str, external_id: str | None = None, bare: bool = False
) -> Entry:
    """Store a checked document, with all that comes with a user. `bare`: without, as when hooks fail."""
    password = value["password"]
    value["password"] = None
    item = Item(server.store.number(), external_id=external_id, display_name=vcards.shown_name(value["contactInfos"]))
    entry = Entry(uid, "USER", value, item)
    passwords.store(entry, password, server.now_ms())
    domain.add(entry, by, server.now_ms())
    if not value["system"] and not bare:
        defaults.create(server.store, domain, entry)
    add_video(entry)
    forward(entry, outside)
    return entry


def add_video(entry: Entry) -> None:
    if entry.value["accountType"] != "SIMPLE" and not entry.value["system"] and VIDEO not in entry.roles:
        entry.roles = [*entry.roles, VIDEO]


def forward(entry: Entry, outside: list[str]) -> None:
    if outside:
        entry.filter = filters.of(entry) | {"forwarding": {"enabled": True, "localCopy": True, "emails": outside}}


# Create, update, delete


@router.add("PUT", "/users/{domainUid}/{uid}", returns=VOID, write=True, stores="entry")
def create(call, domain_name: str, uid: str, external_id: str | None = None):
    domain = directory(call, domain_name, reader=False)
    value = call.body(USER)
    check(call, "manageUser", domain=domain, unit=(value or {}).get("orgUnitUid"))
    if value is None:
        raise dereferenced("user")
    value, outside = sanitize(call.server, domain, uid, value)
    validate(domain, uid, value)
    if value["password"] is not None:
        passwords.check(call, value["password"])
    same = domain.with_mailbox_name(value["login"])
    if same is not None and same.kind == "USER":
        raise exists(f"user with login {value['login']} already exists")
    check_limit(domain, value["accountType"])
    check_routing(domain, value)
    quotas.check(domain, uid, value["quota"], "user")
    emails.validate(domain, uid, value["login"], value["emails"])
    demand_free(domain, uid)
    add(call.server, domain, uid, value, outside, call.actor, external_id, bare="containers" in call.dropped)


def demand_free(domain: Domain, uid: str) -> None:
    if uid in domain.entries:
        raise exists(f"entry[{uid} - 0]@{domain.uid} already exists (duplicate key)")


@router.add("PUT", "/users/{domainUid}/{uid}/{extid}/createwithextid", returns=VOID, write=True, stores="entry")
def create_with_external_id(call, domain_name: str, uid: str, external_id: str):
    create(call, domain_name, uid, external_id)


@router.add("POST", "/users/{domainUid}/{uid}", returns=VOID, write=True, stores="entry")
def update(call, domain_name: str, uid: str):
    domain = directory(call, domain_name, reader=False)
    entry = domain.get("USER", uid)
    check(call, "manageUser", domain=domain, entry=entry)
    entry = find(domain, uid)
    value = call.body(USER, entry.value)
    if value is None:
        raise dereferenced("user")
    value, outside = sanitize(call.server, domain, uid, value, entry)
    validate(domain, uid, value)
    check_routing(domain, value)
    quotas.check(domain, uid, value["quota"], "user")
    emails.validate(domain, uid, value["login"], value["emails"])
    was_archived = entry.value["archived"]
    value |= {"password": None, "passwordLastChange": entry.value["passwordLastChange"], "system": entry.value["system"]}
    domain.replace(entry, value, call.actor, call.server.now_ms())
    entry.item.display_name = vcards.shown_name(value["contactInfos"])
    add_video(entry)
    forward(entry, outside)
    if value["archived"] and not was_archived and call.knobs.suspension_ends_sessions:
        call.server.close_sessions(domain.uid, uid)


@router.add("DELETE", "/users/{domainUid}/{uid}", write=True, stores="entry")
def delete(call, domain_name: str, uid: str):
    domain = directory(call, domain_name, reader=False)
    check(call, "manageUser", domain=domain, entry=domain.get("USER", uid))
    return start_deletion(call, domain, uid)


def start_deletion(call, domain: Domain, uid: str) -> dict:
    log = [f"Deleting user {uid}@{domain.uid}", "Deleting user mailbox ..."]
    return start(call, "delete-user", log=log, steps=2.0, progress=3.0, domain=domain.uid, uid=uid)


@action("delete-user")
def deleted(server, task, domain: str, uid: str) -> str:
    if task["self"] == f"{uid}@{domain}":
        raise Failed("Cannot delete myself")
    found = server.store.domains.get(domain)
    entry = found.get("USER", uid) if found else None
    if entry is None:
        return f"no user for {uid}"
    server.remove_entry(found, entry)
    return "User deleted"


# Reading


@router.add("GET", "/users/{domainUid}/_alluids")
def all_uids(call, domain_name: str):
    return [user.uid for user in directory(call, domain_name).of("USER")]


@router.add("GET", "/users/{domainUid}/{uid}/complete")
def complete(call, domain_name: str, uid: str):
    return call.item(USER, directory(call, domain_name).get("USER", uid))


@router.add("GET", "/users/{domainUid}/{uid}/light", since=57)
def light(call, domain_name: str, uid: str):
    return complete(call, domain_name, uid)


@router.add("GET", "/users/{domainUid}/byEmail/{email}")
def by_email(call, domain_name: str, address: str):
    entry = directory(call, domain_name).by_address(address.lower())
    return call.item(USER, entry) if entry and entry.kind == "USER" else None


@router.add("GET", "/users/{domainUid}/byLogin/{login}")
def by_login(call, domain_name: str, login: str):
    entry = directory(call, domain_name).with_mailbox_name(login.partition("@")[0])
    return call.item(USER, entry) if entry and entry.kind == "USER" else None


@router.add("GET", "/users/{domainUid}/byExtId/{extid}")
def by_external_id(call, domain_name: str, external_id: str):
    return call.item(USER, directory(call, domain_name).with_external_id("USER", external_id))


@router.add("POST", "/users/{domainUid}/_mgetvcardonly", since=57)
def cards(call, domain_name: str):
    domain = directory(call, domain_name)
    found = [domain.get("USER", uid) for uid in call.body(Unique(TEXT)) or ()]
    return call.items(USER, [entry for entry in found if entry])


@router.add("GET", "/users/{domainUid}/{uid}/vcard")
def card(call, domain_name: str, uid: str):
    entry = directory(call, domain_name).get("USER", uid)
    return vcards.VCARD.write(entry.value["contactInfos"], call.view) if entry else None


@router.add("POST", "/users/{domainUid}/{uid}/vcard", returns=VOID, write=True, stores="card")
def update_card(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    entry = find(domain, uid)
    check_self_or(call, "selfManageVCard", "manageUserVCard", domain=domain, entry=entry)
    wanted = call.body(vcards.VCARD, entry.value["contactInfos"])
    vcards.check_references(wanted)
    vcards.demand_family_name(wanted, NO_LAST_NAME)
    value, _unused = sanitize(call.server, domain, uid, entry.value | {"contactInfos": wanted}, entry)
    domain.replace(entry, value, call.actor, call.server.now_ms())
    entry.item.display_name = vcards.shown_name(value["contactInfos"])


# Password, account type, external id, roles, groups


@router.add("POST", "/users/{domainUid}/{uid}/password_", returns=VOID, write=True, stores="password")
def set_password(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    entry = find(domain, uid)
    change = call.body(PASSWORD_CHANGE) or PASSWORD_CHANGE.make()
    current = change["currentPassword"]
    if current is None:
        check(call, "manageUserPassword", domain=domain, entry=entry)
    else:
        check_self_or(call, "selfChangePassword", "manageUserPassword", domain=domain, entry=entry)
        if not passwords.is_right(entry, current):
            call.auth, call.login = "password", False
            old = call.generation < 50
            raise ServerFault("AUTHENTICATION_FAIL", f"password is not valid {uid}" if old else f"Invalid password for user: {uid}")
    new = change["newPassword"] or ""
    passwords.check(call, new)
    if new == current:
        raise invalid("New password must be different from the current one")
    value = entry.value | {"passwordMustChange": False}
    domain.replace(entry, value, call.actor, call.server.now_ms())
    passwords.store(entry, new, call.server.now_ms())


@router.add("POST", "/users/{domainUid}/_updateAccountType/{uid}", returns=VOID, write=True, stores="accountType")
def update_account_type(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    entry = domain.get("USER", uid)
    check(call, "manageUser", domain=domain, entry=entry)
    if entry is None:
        raise ServerFault("UNKNOWN", f"User {uid} not found in domain {domain.uid}")
    wanted = call.body(ACCOUNT_TYPE)
    if wanted == "SIMPLE" and call.generation >= 50:
        return  # silently ignored
    domain.replace(entry, entry.value | {"accountType": wanted or "FULL"}, call.actor, call.server.now_ms())


@router.add("POST", "/users/{domainUid}/{uid}/_extId", returns=VOID, write=True, stores="externalId")
def set_external_id(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    entry = find(domain, uid)
    check(call, "manageUser", domain=domain, entry=entry)
    domain.set_external_id(entry, call.text(), call.actor, call.server.now_ms())


@router.add("GET", "/users/{domainUid}/{uid}/roles")
def roles(call, domain_name: str, uid: str):
    entry = directory(call, domain_name).get("USER", uid)
    return call.server.as_set(entry.roles) if entry else []


@router.add("POST", "/users/{domainUid}/{uid}/roles", returns=VOID, write=True, stores="roles")
def set_roles(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    entry = find(domain, uid)
    check(call, "manageUser", domain=domain, entry=entry)
    wanted = call.body(Unique(TEXT)) or []
    if entry.value["accountType"] == "SIMPLE":
        raise ServerFault("FORBIDDEN", f"Cannot set role for user {uid}")
    demand_grantable(call, domain, entry, wanted)
    entry.roles = wanted
    domain.touch(entry.item, call.actor, call.server.now_ms())


def demand_grantable(call, domain: Domain, entry: Entry, wanted: list[str]) -> None:
    """Who is not the system grants delegable roles, or those it holds."""
    if call.caller.system:
        return
    missing = [role for role in wanted if role not in DELEGABLE and role not in call.caller.roles and role not in entry.roles]
    if missing:
        raise denied(call, tuple(missing), f"on dirEntry {entry.uid}@{domain.uid} ")


@router.add("GET", "/users/{domainUid}/{uid}/roles_resolved")
def resolved_roles(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    return call.server.as_set(resolved(domain, find(domain, uid)))


@router.add("POST", "/users/{domainUid}/_roleusers")
def users_with_roles(call, domain_name: str):
    domain = directory(call, domain_name)
    wanted = set(call.body(Unique(TEXT)) or ())
    return call.server.as_set([user.uid for user in domain.of("USER") if wanted & set(resolved(domain, user))])


@router.add("GET", "/users/{domainUid}/{uid}/groups")
def groups(call, domain_name: str, uid: str):
    from .groups import items

    domain = directory(call, domain_name)
    find(domain, uid)
    return items(call, domain, domain.ancestors(uid))


@router.add("GET", "/users/{domainUid}/{uid}/groupUids")
def group_uids(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    find(domain, uid)
    return [group.uid for group in domain.ancestors(uid)]


# Only in later generations


@router.add("GET", "/users/{domainUid}/{uid}/features", since=57)
def features(call, domain_name: str, uid: str):
    return call.server.as_set(find(directory(call, domain_name), uid).value["features"])


@router.add("POST", "/users/{domainUid}/{uid}/features", since=57, returns=VOID, write=True, stores="features")
def set_features(call, domain_name: str, uid: str):
    domain = directory(call, domain_name)
    entry = find(domain, uid)
    check(call, "manageUser", domain=domain, entry=entry)
    value = entry.value | {"features": call.body(USER.fields["features"].kind) or []}
    domain.replace(entry, value, call.actor, call.server.now_ms())


@router.add("GET", "/users/{domainUid}/{uid}/locale", since=57, returns=STRING)
def locale(call, domain_name: str, uid: str):
    from .usersettings import merged

    domain = directory(call, domain_name)
    return merged(call, domain, find(domain, uid)).get("lang")


@router.add("POST", "/users/{domainUid}/{userUid}/_logging/{endpoint}", since=50, returns=VOID, write=True)
def per_user_log(call, domain_name: str, uid: str, _endpoint: str):
    domain = directory(call, domain_name)
    check(call, "manageUser", domain=domain, entry=find(domain, uid))
