# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Domains: what a mail system is divided into (contract 4)."""

from __future__ import annotations

import re

from . import defaults, domainproperties
from .documents import DOMAIN, GROUP, USER
from .errors import ServerFault, dereferenced, exists, invalid
from .model import TEXT, Unique
from .rights import ADMIN_PROFILE, USER_PROFILE, check
from .routes import STRING, VOID, router
from .store import INSTALLATION, Container, Domain, Entry, Item
from .tasks import Failed, action, start
from .vcards import VCARD, complete

USABLE = re.compile(r"[a-z0-9]([a-z0-9\-.]*[a-z0-9])?\.[a-z][a-z0-9\-]*", re.IGNORECASE)
COUNTED = ("USER", "GROUP", "RESOURCE", "MAILSHARE", "SHARED_MAILBOX", "EXTERNALUSER", "ORG_UNIT")


def unknown() -> ServerFault:
    return ServerFault("NOT_FOUND", "Domain UID doesnt exists", "DomainNotFoundException")


def find(call, uid: str) -> Domain:
    domain = call.store.domains.get(uid)
    if domain is None:
        raise unknown()
    return domain


def item(call, domain: Domain | None):
    if domain is None:
        return None
    found = call.item(DOMAIN, domain)
    caller = call.caller
    if not (caller.system or "manageDomain" in caller.roles or (caller.domain == domain.uid and "admin" in caller.roles)):
        found["value"]["properties"] = {}
        if call.generation >= 50:
            found |= {"internalId": 0, "version": 0, "created": 0, "updated": 0}
    return found


# Creation


def sanitize(value: dict | None) -> dict:
    if value is None:
        raise dereferenced("domain")
    if value["aliases"] is None:
        raise dereferenced("domain.aliases")
    if value["properties"] is None:
        raise dereferenced("domain.properties")
    value["name"] = (value["name"] or "").lower()
    value["aliases"] = [(alias or "").lower() for alias in value["aliases"]]
    first = next(iter(value["aliases"]), value["name"])
    value["defaultAlias"] = (value["defaultAlias"] or first).lower()
    return value


def validate(call, uid: str, value: dict) -> None:
    if value["name"] != uid:
        raise invalid("domain name should be equals to domain uid")
    if not (value["label"] or "").strip() or not value["name"]:
        raise invalid("Invalid parameter")
    check_names(call, uid, [value["name"], *value["aliases"]])
    if value["defaultAlias"] not in (value["name"], *value["aliases"]):
        raise invalid(f"Default alias {value['defaultAlias']} is not an alias of domain {uid}")


def check_names(call, uid: str, names: list[str]) -> None:
    for name in names:
        if not USABLE.fullmatch(name or ""):
            raise ServerFault("INVALID_DOMAIN_NAME", f"Invalid domain name: {name}")
        holder = call.store.domain(name)
        if holder is not None and holder.uid != uid:
            raise ServerFault("INVALID_DOMAIN_NAME", f"alias {name} conflict with domain: {holder.uid}")


@router.add("PUT", "/domains/{uid}", returns=VOID, write=True, stores="domain")
def create(call, uid: str):
    check(call, "manageDomain")
    value = sanitize(call.body(DOMAIN))
    validate(call, uid, value)
    value["properties"] = domainproperties.checked(call, value["properties"], {})
    if uid in call.store.domains:
        raise exists(f"entry[{uid} - 0]@domains_{INSTALLATION} already exists (duplicate key)")
    add(call.server, uid, value | {"global": False}, call.actor)


def add(server, uid: str, value: dict, by: str = "system") -> Domain:
    """Store a checked document, with all that comes with a domain."""
    now = server.now_ms()
    item = Item(server.store.number(), created=now, created_by=by)
    domain = server.store.domains[uid] = Domain(uid, value, item)
    server.touch(item, by)
    root = Entry(uid, "DOMAIN", {"hidden": True, "system": True}, Item(server.store.number(), display_name=value["label"]))
    domain.add(root, by, now)
    if value["global"]:
        return domain
    book = defaults.domain_book(uid)
    server.store.add_container(Container(book, value["label"], book, "addressbook", uid, acl=[[uid, "Read"]]))
    hidden = {"hidden": False, "system": True, "orgUnitUid": None}
    domain.add(Entry(book, "ADDRESSBOOK", hidden, Item(server.store.number(), display_name=value["label"])), by, now)
    domain.resource_types["default"] = {"label": "default", "properties": [], "templates": {}}
    domain.settings["ssl_certif_engine"] = "DISABLED"
    for name, roles in (("user", USER_PROFILE), ("admin", ADMIN_PROFILE)):
        group = GROUP.make(name=name, hidden=True, hiddenMembers=True, properties={"is_profile": "true"})
        entry = Entry(f"{uid}_{name}_group", "GROUP", group, Item(server.store.number(), display_name=name), roles=list(roles))
        defaults.create(server.store, domain, domain.add(entry, by, now))
    if server.knobs.generation < 50:
        hidden_admin(server, domain, by)
    return domain


def hidden_admin(server, domain: Domain, by: str) -> None:
    """4.x makes a system user in each domain."""
    card = VCARD.make()
    card["identification"]["name"]["familyNames"] = "bmhiddensysadmin"
    value = USER.make(login="bmhiddensysadmin", hidden=True, system=True, routing="none", contactInfos=complete(card))
    item = Item(server.store.number(), display_name="bmhiddensysadmin")
    domain.add(Entry("bmhiddensysadmin", "USER", value, item), by, server.now_ms())


# Update


@router.add("POST", "/domains/{uid}", returns=VOID, write=True, stores="domain")
def update(call, uid: str):
    domain = find(call, uid)
    check(call, "manageDomain", "admin", domain=domain)
    value, old = call.body(DOMAIN, domain.value), domain.value
    if value is None or value["aliases"] is None or value["properties"] is None:
        raise dereferenced("domain.aliases")
    if value["name"] != old["name"]:
        raise invalid("Domain name can't be changed")
    if value["global"] != old["global"]:
        raise invalid("Domain global flag can't be changed")
    if set(value["aliases"]) != set(old["aliases"]):
        raise invalid("Domain aliases should be modified via setAliases method")
    if value["defaultAlias"] != old["defaultAlias"]:
        raise invalid("Domain default alias should be modified via setDefaultAliases method")
    if not (value["label"] or "").strip():
        raise invalid("Invalid parameter")
    value["properties"] = domainproperties.checked(call, value["properties"], old["properties"])
    domain.value = value
    call.server.touch(domain.item, call.actor)
    root = domain.entries[uid]
    root.item.display_name = value["label"]
    domain.touch(root.item, call.actor, call.server.now_ms())


@router.add("POST", "/domains/{uid}/_aliases", write=True, stores="aliases")
def set_aliases(call, uid: str):
    domain = find(call, uid)
    check(call, "manageDomain", domain=domain)
    aliases = call.body(Unique(TEXT))
    if aliases is None:
        raise dereferenced("aliases")
    check_names(call, uid, aliases)
    if domain.value["defaultAlias"] not in (domain.value["name"], *aliases):
        raise invalid(f"Default alias {domain.value['defaultAlias']} must be kept")
    return start(call, "set-aliases", log=[f"Updating aliases of {uid}"], domain=uid, aliases=aliases)


@action("set-aliases")
def aliases_set(server, task, domain: str, aliases: list[str]) -> str:
    found = server.store.domains.get(domain)
    if found is None:
        raise Failed("Domain UID doesnt exists")
    for lost in sorted(set(found.value["aliases"]) - set(aliases)):
        places = (email["address"] for entry in found.entries.values() for email in entry.value.get("emails") or ())
        if any(address.endswith(f"@{lost}") for address in places):
            raise Failed(f"Alias {lost} is still in use")
    found.value = found.value | {"aliases": aliases}
    server.touch(found.item, task["actor"])
    return "Aliases updated"


@router.add("POST", "/domains/{uid}/_default_alias", returns=VOID, write=True, stores="defaultAlias")
def set_default_alias(call, uid: str):
    domain = find(call, uid)
    check(call, "manageDomain", domain=domain)
    alias = call.text()
    if alias not in domain.names:
        raise invalid(f"Default alias {alias} is not an alias of domain {uid}")
    domain.value = domain.value | {"defaultAlias": alias}
    call.server.touch(domain.item, call.actor)


@router.add("POST", "/domains/{uid}/_secondary_domains", since=57, returns=VOID, write=True)
def set_secondary_domains(call, uid: str):
    check(call, "manageDomain", domain=find(call, uid))


# Deletion


@router.add("DELETE", "/domains/{uid}/_items", write=True, stores="items")
def delete_items(call, uid: str):
    domain = find(call, uid)
    check(call, "manageDomain", domain=domain)
    return start(call, "delete-items", log=[f"Deleting items of {uid}"], domain=uid)


@action("delete-items")
def items_deleted(server, _task, domain: str) -> str:
    found = server.store.domains.get(domain)
    if found is None:
        raise Failed("Domain UID doesnt exists")
    for kind in COUNTED:
        for entry in found.of(kind):
            server.remove_entry(found, entry)
    found.resource_types.clear()
    return "Domain items deleted"


@router.add("DELETE", "/domains/{uid}", returns=VOID, write=True, stores="domain")
def delete(call, uid: str):
    domain = find(call, uid)
    check(call, "manageDomain", domain=domain)
    if domain.value["global"] or any(entry.kind in COUNTED for entry in domain.entries.values()):
        raise ServerFault("UNKNOWN", "Domain is not empty, use deleteDomainItems before call delete")
    call.server.remove_domain(domain)


# Reading


@router.add("GET", "/domains/{uid}")
def read(call, uid: str):
    return item(call, call.store.domains.get(uid))


@router.add("GET", "/domains/_lookup")
def lookup(call):
    return item(call, call.store.domain(call.query.get("name", "")))


@router.add("GET", "/domains")
def listing(call):
    caller = call.caller
    everything = caller.system or "manageDomain" in caller.roles
    return [item(call, domain) for domain in call.store.domains.values() if everything or domain.uid == caller.domain]


@router.add("GET", "/domains/{uid}/externalurl", since=57, returns=STRING)
def external_url(call, uid: str):
    return find(call, uid).settings.get("external_url")


@router.add("GET", "/domains/{uid}/roles")
def roles(call, uid: str):
    return call.server.as_set(find(call, uid).roles)


@router.add("POST", "/domains/{uid}/roles", returns=VOID, write=True, stores="roles")
def set_roles(call, uid: str):
    domain = find(call, uid)
    check(call, "manageDomain", domain=domain)
    domain.roles = call.body(Unique(TEXT)) or []
