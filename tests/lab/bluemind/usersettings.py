# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings of users: global ones, overlaid by the domain's, overlaid by the user's (contract 6)."""

from __future__ import annotations

from .errors import not_found
from .lookup import container_domain
from .model import Map
from .rights import check_self_or
from .routes import STRING, VOID, router
from .store import Domain, Entry

MAP = Map()


def domain_values(call, domain: Domain) -> dict[str, str]:
    return call.store.global_settings | domain.settings


def merged(call, domain: Domain, entry: Entry | None) -> dict[str, str]:
    return domain_values(call, domain) | (entry.settings if entry else {})


def writable(call, container: str, uid: str) -> tuple[Domain, Entry]:
    domain = container_domain(call, container)
    entry = domain.get("USER", uid)
    if entry is None:
        raise not_found(f"User {uid} not found in domain {domain.uid}")
    check_self_or(call, "selfChangeSettings", "managerUserSettings", domain=domain, entry=entry)
    return domain, entry


def store(call, domain: Domain, entry: Entry, values: dict) -> None:
    inherited = domain_values(call, domain)
    entry.settings = {key: value for key, value in values.items() if value is not None and inherited.get(key) != value}
    domain.touch(entry.item, call.actor, call.server.now_ms())


@router.add("GET", "/users/{containerUid}/{uid}/_settings")
def read(call, container: str, uid: str):
    domain = container_domain(call, container)
    return merged(call, domain, domain.get("USER", uid))


@router.add("POST", "/users/{containerUid}/{uid}/_settings", returns=VOID, write=True, stores="settings")
def replace(call, container: str, uid: str):
    domain, entry = writable(call, container, uid)
    store(call, domain, entry, call.body(MAP, entry.settings) or {})


@router.add("PUT", "/users/{containerUid}/{uid}/_settings_multiple", since=57, returns=VOID, write=True, stores="settings")
def merge(call, container: str, uid: str):
    domain, entry = writable(call, container, uid)
    store(call, domain, entry, entry.settings | (call.body(MAP, entry.settings) or {}))


@router.add("GET", "/users/{containerUid}/{uid}/_setting/{name}", returns=STRING)
def read_one(call, container: str, uid: str, name: str):
    domain = container_domain(call, container)
    return merged(call, domain, domain.get("USER", uid)).get(name)


@router.add("POST", "/users/{containerUid}/{uid}/_setting/{name}", returns=VOID, write=True, stores="settings")
def write_one(call, container: str, uid: str, name: str):
    domain, entry = writable(call, container, uid)
    if name not in call.dropped:
        store(call, domain, entry, entry.settings | {name: call.text()})
