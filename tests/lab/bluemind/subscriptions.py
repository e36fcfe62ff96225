# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a user has subscribed to (contract 13)."""

from __future__ import annotations

from .directory import path_of
from .documents import SUBSCRIBED, SUBSCRIPTION
from .errors import dereferenced, not_found
from .lookup import container_domain
from .model import TEXT, Listing
from .rights import check
from .routes import VOID, router
from .store import Domain, Entry

BASE = "/users/{domainUid}/subscriptions"
WANTED = Listing(SUBSCRIPTION)


def find(call, domain_name: str, uid: str) -> tuple[Domain, Entry]:
    domain = container_domain(call, domain_name)
    entry = domain.get("USER", uid)
    if entry is None:
        raise not_found(f"User {uid} not found in domain {domain.uid}")
    if call.caller.uid != uid or call.caller.domain != domain.uid:
        check(call, "manageUserSubscriptions", domain=domain, entry=entry)
    return domain, entry


@router.add("GET", f"{BASE}/{{subject}}")
def listing(call, domain_name: str, uid: str):
    domain, entry = find(call, domain_name, uid)
    kind = call.query.get("type")
    found = []
    for name, chosen in entry.subscriptions.items():
        container = call.store.containers.get(name)
        if container is None or kind not in (None, container.type):
            continue
        owner = domain.entries.get(container.owner)
        value = {
            "containerUid": name,
            "offlineSync": chosen["offlineSync"],
            "containerType": container.type,
            "owner": container.owner,
            "defaultContainer": container.default,
            "name": container.name,
            "ownerDisplayName": owner.item.display_name if owner else None,
            "ownerDirEntryPath": path_of(domain, owner) if owner else None,
            "automount": chosen["automount"],
        }
        found.append(SUBSCRIBED.write(value, call.view))
    return call.server.as_set(found)


def _wanted(call, kind) -> list:
    wanted = call.body(kind)
    if wanted is None or None in wanted:
        raise dereferenced("subscriptions")
    return wanted


@router.add("POST", f"{BASE}/{{subject}}/_subscribe", returns=VOID, write=True, stores="subscriptions")
def subscribe(call, domain_name: str, uid: str):
    _domain, entry = find(call, domain_name, uid)
    wanted = _wanted(call, WANTED)
    for subscription in wanted:
        if subscription["containerUid"] not in call.store.containers:
            raise not_found(f"Failed to subscribe. Container not found : {subscription['containerUid']}")
    for subscription in wanted:
        entry.subscriptions[subscription["containerUid"]] = {name: subscription[name] for name in ("offlineSync", "automount")}


@router.add("POST", f"{BASE}/{{subject}}/_unsubscribe", returns=VOID, write=True, stores="subscriptions")
def unsubscribe(call, domain_name: str, uid: str):
    _domain, entry = find(call, domain_name, uid)
    for name in _wanted(call, Listing(TEXT)):
        container = call.store.containers.get(name)
        # One's own default containers stay, without a word.
        if container is None or not (container.default and container.owner == uid):
            entry.subscriptions.pop(name, None)


@router.add("POST", f"{BASE}/{{subject}}/_automount", since=50, returns=VOID, write=True, stores="subscriptions")
def automount(call, domain_name: str, uid: str):
    _domain, entry = find(call, domain_name, uid)
    for subscription in _wanted(call, WANTED):
        if chosen := entry.subscriptions.get(subscription["containerUid"]):
            chosen["automount"] = subscription["automount"]


@router.add("GET", f"{BASE}/_subscribers/{{containerUid}}")
def subscribers(call, domain_name: str, container: str):
    domain = container_domain(call, domain_name)
    return [entry.uid for entry in domain.of("USER") if container in entry.subscriptions]
