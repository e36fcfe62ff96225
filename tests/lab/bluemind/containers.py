# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Containers: descriptors, rights, settings (contract 13)."""

from __future__ import annotations

from . import acl
from .directory import path_of
from .documents import ACL_ENTRY, CONTAINER, CONTAINER_CHANGE, CONTAINER_QUERY, VERB
from .errors import ServerFault, dereferenced, exists, not_found
from .model import TEXT, Listing, Map
from .rights import check, denied
from .routes import VOID, router
from .store import Container, Domain

BASE = "/containers/_manage"
ENTRIES = Listing(ACL_ENTRY)
QUERY_VERBS = Listing(VERB)


def find(call, uid: str) -> Container:
    container = call.store.containers.get(uid)
    if container is None:
        raise not_found(f"container {uid} not found")
    return container


def domain_of(call, container: Container) -> Domain | None:
    return call.store.domains.get(container.domain)


def demand(call, container: Container, verb: str) -> None:
    if verb not in acl.verbs_of(call, container):
        raise denied(call, (verb,), f"on container {container.uid}@{container.domain} ")


def descriptor(call, container: Container, user=None) -> dict:
    """As the caller sees it, or as `user` does."""
    domain = domain_of(call, container)
    owner = domain.entries.get(container.owner) if domain else None
    verbs = acl.verbs_of(call, container)
    of = (user or (domain.entries.get(call.caller.uid) if domain else None)) or owner
    subscription = of.subscriptions.get(container.uid) if of else None
    value = {
        "uid": container.uid,
        "name": container.name,
        "owner": container.owner,
        "type": container.type,
        "defaultContainer": container.default,
        "readOnly": False,
        "domainUid": container.domain,
        "ownerDisplayname": owner.item.display_name if owner else None,
        "ownerDirEntryPath": path_of(domain, owner) if owner else None,
        "settings": container.settings,
        "deleted": False,
        "datalocation": None,
        "internalId": container.internal_id,
        "writable": "Write" in verbs,
        "verbs": shortest(call, verbs),
        "offlineSync": bool(subscription and subscription["offlineSync"]),
        "automount": bool(subscription is None or subscription["automount"]),
        "subscribed": subscription is not None,
    }
    return CONTAINER.write(value, call.view)


def shortest(call, verbs: set[str]) -> list[str]:
    """Without what others imply."""
    return [verb for _unused, verb in acl.compacted([["", verb] for verb in sorted(verbs)], call.generation)]


def matching(call, query: dict, containers: list[Container]) -> list[Container]:
    wanted = set(query["verb"] or ())
    found = []
    for container in containers:
        if query["type"] not in (None, container.type) or query["owner"] not in (None, container.owner):
            continue
        if query["name"] and query["name"].lower() not in container.name.lower():
            continue
        if wanted and not wanted & acl.verbs_of(call, container):
            continue
        found.append(container)
    return found[: query["size"]] if query["size"] else found


def visible(call, containers) -> list[Container]:
    return [container for container in containers if acl.verbs_of(call, container)]


# Many


@router.add("POST", f"{BASE}/_list")
def listing(call):
    query = call.body(CONTAINER_QUERY) or CONTAINER_QUERY.make()
    if query["owner"] and call.caller.domain in call.store.domains:
        domains = [call.caller.domain] if not call.caller.system else call.store.domains
        candidates = [container for domain in domains for container in call.store.owned(domain, query["owner"])]
    else:
        candidates = list(call.store.containers.values())
    return [descriptor(call, container) for container in matching(call, query, visible(call, candidates))]


@router.add("POST", f"{BASE}/_listforuser")
def listing_for_user(call):
    domain = call.store.domain(call.query.get("domainUid", ""))
    if domain is None:
        raise not_found(f"domain {call.query.get('domainUid')} not found")
    check(call, "admin", "manageUserSharings", domain=domain)
    user = domain.get("USER", call.query.get("userUid"))
    if user is None:
        return []
    subjects = {user.uid, *(group.uid for group in domain.ancestors(user.uid))}
    query = call.body(CONTAINER_QUERY) or CONTAINER_QUERY.make()
    reachable = [
        container
        for container in call.store.containers.values()
        if container.domain == domain.uid and (container.owner == user.uid or acl.granted(container, subjects, call.generation))
    ]
    return [descriptor(call, container, user) for container in matching(call, query, reachable)]


@router.add("POST", f"{BASE}/_mget")
def several(call):
    found = [call.store.containers.get(uid) for uid in call.body(Listing(TEXT)) or ()]
    return [descriptor(call, container) for container in visible(call, filter(None, found))]


@router.add("POST", f"{BASE}/_macl", since=57)
def several_acls(call):
    found = {}
    for uid in call.body(Listing(TEXT)) or ():
        if container := call.store.containers.get(uid):
            demand(call, container, "Manage")
            found[uid] = call.server.as_set(acl.shown(domain_of(call, container), container, call.generation))
    return found


# One


@router.add("GET", f"{BASE}/_exists", since=57)
def present(call):
    return call.text() in call.store.containers


@router.add("GET", f"{BASE}/_forUser")
def for_user(call):
    container = find(call, call.query.get("uid", ""))
    domain = call.store.domain(call.query.get("domainUid", ""))
    return descriptor(call, container, domain.get("USER", call.query.get("userUid")) if domain else None)


@router.add("GET", f"{BASE}/_ifPresent/{{uid}}")
def if_present(call, uid: str):
    container = call.store.containers.get(uid)
    return descriptor(call, container) if container else None


@router.add("GET", f"{BASE}/{{uid}}")
@router.add("GET", f"{BASE}/{{containerUid}}/_descriptor")
def read(call, uid: str):
    container = find(call, uid)
    if not acl.verbs_of(call, container):
        raise denied(call, ("Read",), f"on container {uid}@{container.domain} ")
    return descriptor(call, container)


def _create(call, uid: str):
    value = call.body(CONTAINER)
    if value is None:
        raise dereferenced("descriptor")
    domain = call.store.domain(value["domainUid"] or call.caller.domain)
    if domain is None:
        raise not_found(f"domain {value['domainUid']} not found")
    owner = value["owner"] or call.caller.uid
    if not (call.caller.system or owner == call.caller.uid):
        check(call, "admin", domain=domain)
    if uid in call.store.containers:
        raise exists(f"container {uid} already exists")
    container = Container(
        uid, value["name"] or uid, owner, value["type"] or "", domain.uid, value["defaultContainer"], settings=value["settings"] or {}
    )
    call.store.add_container(container)
    return descriptor(call, container)


router.add("PUT", f"{BASE}/{{uid}}", until=49, returns=VOID, write=True, stores="container")(_create)
router.add("PUT", f"{BASE}/{{uid}}", since=50, write=True, stores="container")(_create)


@router.add("POST", f"{BASE}/{{uid}}", returns=VOID, write=True, stores="container")
@router.add("POST", f"{BASE}/{{containerUid}}/_descriptor", returns=VOID, write=True, stores="container")
def update(call, uid: str):
    container = find(call, uid)
    demand(call, container, "Manage")
    value = call.body(CONTAINER_CHANGE, {"name": container.name, "defaultContainer": container.default}) or CONTAINER_CHANGE.make()
    container.name, container.default = value["name"] or container.name, value["defaultContainer"]


@router.add("DELETE", f"{BASE}/{{uid}}", returns=VOID, write=True, stores="container")
def delete(call, uid: str):
    """Of an unknown one: nothing happens."""
    container = call.store.containers.get(uid)
    if container is not None:
        demand(call, container, "Manage")
        del call.store.containers[uid]


# Rights


@router.add("GET", f"{BASE}/{{containerUid}}/_acl")
def read_acl(call, uid: str):
    container = find(call, uid)
    demand(call, container, "Manage")
    return call.server.as_set(acl.shown(domain_of(call, container), container, call.generation))


@router.add("PUT", f"{BASE}/{{containerUid}}/_acl", returns=VOID, write=True, stores="acl")
@router.add("POST", f"{BASE}/{{uid}}/_acl", returns=VOID, write=True, stores="acl")
def write_acl(call, uid: str):
    container = find(call, uid)
    demand(call, container, "Manage")
    entries = call.body(ENTRIES)
    if entries is None:
        raise dereferenced("accessControlEntries")
    domain = domain_of(call, container)
    if domain is None:
        raise ServerFault("UNKNOWN", f"domain {container.domain} not found")
    acl.store(domain, container, entries, call.generation)


@router.add("POST", f"{BASE}/{{containerUid}}/_canAccess")
def can_access(call, uid: str):
    wanted = set(call.body(QUERY_VERBS) or ())
    return bool(wanted & acl.verbs_of(call, find(call, uid)))


@router.add("POST", f"{BASE}/{{containerUid}}/_canAccessVerbs", since=50)
def can_access_verbs(call, uid: str):
    verbs = acl.verbs_of(call, find(call, uid))
    wanted = call.body(QUERY_VERBS) or []
    return {"verbs": [verb for verb in wanted if verb in verbs], "can": any(verb in verbs for verb in wanted)}


# Settings, items, offline use


@router.add("GET", f"{BASE}/{{containerUid}}/_settings")
def read_settings(call, uid: str):
    return find(call, uid).settings


@router.add("PUT", f"{BASE}/{{containerUid}}/_settings", returns=VOID, write=True, stores="settings")
def write_settings(call, uid: str):
    container = find(call, uid)
    demand(call, container, "Manage")
    container.settings = call.body(Map(), container.settings) or {}


@router.add("PUT", f"{BASE}/{{containerUid}}/_settings/{{key}}", since=50, returns=VOID, write=True, stores="settings")
def write_setting(call, uid: str, key: str):
    container = find(call, uid)
    demand(call, container, "Manage")
    container.settings = container.settings | {key: call.text()}


@router.add("GET", f"{BASE}/{{containerUid}}/_itemCount")
def count(call, uid: str):
    find(call, uid)
    return {"total": 0}


@router.add("GET", f"{BASE}/{{containerUid}}/_subscription")
def subscribers(call, uid: str):
    container = find(call, uid)
    domain = domain_of(call, container)
    return [entry.uid for entry in domain.of("USER") if uid in entry.subscriptions] if domain else []


def _offline(call, uid: str, subject: str, wanted: bool) -> None:
    container = find(call, uid)
    domain = domain_of(call, container)
    user = domain.get("USER", subject) if domain else None
    if user and uid in user.subscriptions:
        user.subscriptions[uid]["offlineSync"] = wanted


@router.add("PUT", f"{BASE}/{{containerUid}}/{{subject}}/offlineSync", returns=VOID, write=True, stores="subscriptions")
def allow_offline(call, uid: str, subject: str):
    _offline(call, uid, subject, True)


@router.add("DELETE", f"{BASE}/{{containerUid}}/{{subject}}/offlineSync", returns=VOID, write=True, stores="subscriptions")
def disallow_offline(call, uid: str, subject: str):
    _offline(call, uid, subject, False)
