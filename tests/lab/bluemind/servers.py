# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers, their tags, and which domain uses them (contract 3)."""

from __future__ import annotations

from .documents import SERVER
from .errors import ServerFault, dereferenced, exists, invalid, not_found
from .model import TEXT, Listing
from .rights import check
from .routes import VOID, router
from .store import INSTALLATION, Domain, Item, Server, Store
from .tasks import action, start

BASE = "/servers/{containerUid}"
MAIL = "mail/imap"
TAGS = (
    *("mail/imap", "mail/smtp", "bm/core", "bm/es", "bm/pgsql", "bm/pgsql-data"),
    *("bm/nginx", "bm/webmail", "bm/cal", "bm/contact", "filehosting/data"),
)


def data_location(store: Store, domain: Domain, wanted: str | None) -> str:
    """The given server, or the next one for mail in turn."""
    assigned = [uid for uid, tag in domain.assignments if tag == MAIL]
    if wanted:
        if wanted not in store.servers or wanted not in assigned:
            raise invalid(f"Server {wanted} is not assigned as {MAIL} to domain {domain.uid}")
        return wanted
    if not assigned:
        raise invalid("Datalocation must be set")
    return assigned[domain.turn % len(assigned)]


def demand_container(name: str) -> None:
    if name not in ("default", INSTALLATION):
        raise not_found(f"container {name} not found")


def find(call, container: str, uid: str) -> Server:
    demand_container(container)
    server = call.store.servers.get(uid)
    if server is None:
        raise not_found(f"server {uid} not found")
    return server


def domain_of(call, uid: str) -> Domain:
    domain = call.store.domains.get(uid)
    if domain is None:
        raise not_found(f"domain {uid} not found")
    return domain


@router.add("GET", f"{BASE}/_complete")
def listing(call, container: str):
    demand_container(container)
    return call.items(SERVER, call.store.servers.values())


@router.add("GET", f"{BASE}/{{uid}}/complete")
def complete(call, container: str, uid: str):
    demand_container(container)
    return call.item(SERVER, call.store.servers.get(uid))


@router.add("GET", f"{BASE}/{{domainUid}}/assignments")
def assignments(call, container: str, domain_uid: str):
    demand_container(container)
    return call.server.as_set(
        [{"domainUid": domain_uid, "serverUid": uid, "tag": tag} for uid, tag in domain_of(call, domain_uid).assignments]
    )


@router.add("GET", f"{BASE}/{{domainUid}}/byAssignment")
def by_assignment(call, container: str, domain_uid: str):
    demand_container(container)
    return [uid for uid, tag in domain_of(call, domain_uid).assignments if tag == call.query.get("tag")]


@router.add("GET", f"{BASE}/{{uid}}/serverAssignments")
def server_assignments(call, container: str, uid: str):
    demand_container(container)
    return [
        {"domainUid": domain.uid, "serverUid": uid, "tag": tag}
        for domain in call.store.domains.values()
        for other, tag in domain.assignments
        if other == uid
    ]


@router.add("POST", f"{BASE}/{{domainUid}}/assignments/{{serverUid}}/_assign", returns=VOID, write=True, stores="assignments")
def assign(call, container: str, domain_uid: str, uid: str):
    check(call, "manageServer", domain=None)
    server, domain, tag = find(call, container, uid), domain_of(call, domain_uid), call.query.get("tag")
    if tag not in server.value["tags"]:
        raise invalid(f"server {uid} is not tagged with {tag}")
    if [uid, tag] not in domain.assignments:
        domain.assignments.append([uid, tag])
    if tag == MAIL:
        for name in ("user", "admin"):
            if (group := domain.entries.get(f"{domain.uid}_{name}_group")) and group.value["dataLocation"] is None:
                group.value["dataLocation"] = uid


@router.add("POST", f"{BASE}/{{domainUid}}/assignments/{{serverUid}}/_unassign", returns=VOID, write=True, stores="assignments")
def unassign(call, container: str, domain_uid: str, uid: str):
    check(call, "manageServer", domain=None)
    find(call, container, uid)
    domain = domain_of(call, domain_uid)
    domain.assignments = [pair for pair in domain.assignments if pair != [uid, call.query.get("tag")]]


def _demand_tags_kept(call, uid: str, tags: list[str]) -> None:
    for domain in call.store.domains.values():
        for other, tag in domain.assignments:
            if other == uid and tag not in tags:
                raise invalid(f"server is tagged for  ({domain.uid},{tag})")


@router.add("PUT", f"{BASE}/{{uid}}", write=True, stores="server")
def create(call, container: str, uid: str):
    check(call, "manageServer", domain=None)
    demand_container(container)
    value = call.body(SERVER)
    if value is None:
        raise dereferenced("server")
    if uid != uid.lower() or "_" in uid:
        raise invalid(f"server uid {uid} must be lower case and without _")
    if uid in call.store.servers:
        raise exists(f"entry[{uid} - 0]@{INSTALLATION} already exists (duplicate key)")
    return start(call, "store-server", uid=uid, value=value | {"tags": value["tags"] or []})


@router.add("POST", f"{BASE}/{{uid}}", write=True, stores="server")
def update(call, container: str, uid: str):
    check(call, "manageServer", domain=None)
    server = find(call, container, uid)
    value = call.body(SERVER, server.value)
    if value is None or value["tags"] is None:
        raise dereferenced("server.tags")
    _demand_tags_kept(call, uid, value["tags"])
    return start(call, "store-server", uid=uid, value=value)


@router.add("POST", f"{BASE}/{{uid}}/tags", write=True, stores="tags")
def set_tags(call, container: str, uid: str):
    check(call, "manageServer", domain=None)
    server = find(call, container, uid)
    tags = call.body(Listing(TEXT))
    if tags is None:
        raise dereferenced("tags")
    _demand_tags_kept(call, uid, tags)
    return start(call, "store-server", uid=uid, value=server.value | {"tags": tags})


@action("store-server")
def stored(server, task, uid: str, value: dict) -> str:
    put(server, uid, value, task["actor"])
    return "Server updated"


def put(server, uid: str, value: dict, by: str = "system") -> Server:
    now = server.now_ms()
    found = server.store.servers.get(uid)
    if found is None:
        item = Item(server.store.number(), created=now, created_by=by)
        found = server.store.servers[uid] = Server(uid, value, item)
    found.value = value
    found.item.display_name = value["fqdn"] or value["name"]
    server.touch(found.item, by)
    return found


@router.add("DELETE", f"{BASE}/{{uid}}", returns=VOID, write=True, stores="server")
def delete(call, container: str, uid: str):
    check(call, "manageServer", domain=None)
    find(call, container, uid)
    if any(other == uid for domain in call.store.domains.values() for other, _tag in domain.assignments):
        raise ServerFault("UNKNOWN", f"server {uid} is still assigned")
    del call.store.servers[uid]
