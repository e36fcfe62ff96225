# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the server makes besides an entry: its containers and their rights (contract 5.3, 10, 11, 13)."""

from __future__ import annotations

from .store import Container, Domain, Entry, Store

OF_USER = {
    "calendar:Default:{uid}": ("calendar", None),
    "freebusy:{uid}": ("freebusy", "Free/busy"),
    "calendarview:{uid}": ("calendarview", "Views"),
    "book:Contacts_{uid}": ("addressbook", "My contacts"),
    "book:CollectedContacts_{uid}": ("addressbook", "Collected contacts"),
    "todolist:default_{uid}": ("todolist", "My tasks"),
    "notes:default_{uid}": ("notes", "My notes"),
    "device:{uid}": ("device", "Devices"),
    "tags_{uid}": ("tags", "Tags"),
    "webappdata:{uid}": ("webappdata", "Web application data"),
}
SUBSCRIBED = (
    *("calendar:Default:{uid}", "book:Contacts_{uid}", "book:CollectedContacts_{uid}"),
    *("todolist:default_{uid}", "notes:default_{uid}"),
)


def mailbox_container(uid: str) -> str:
    return f"mailbox:acls-{uid}"


def domain_book(domain_uid: str) -> str:
    return f"addressbook_{domain_uid}"


def create(store: Store, domain: Domain, entry: Entry) -> None:
    uid, shown = entry.uid, entry.item.display_name or entry.uid
    store.add_container(Container(mailbox_container(uid), shown, uid, "mailboxacl", domain.uid))
    if entry.kind == "RESOURCE":
        for kind in ("calendar", "freebusy"):
            store.add_container(Container(f"{kind}:{uid}", shown, uid, kind, domain.uid, acl=[[domain.uid, "Read"]]))
    if entry.kind == "USER":
        for pattern, (kind, name) in OF_USER.items():
            rights = _rights(domain, entry, kind)
            store.add_container(Container(pattern.format(uid=uid), name or shown, uid, kind, domain.uid, acl=rights))
        own = [pattern.format(uid=uid) for pattern in SUBSCRIBED]
        entry.subscriptions = {name: {"offlineSync": True, "automount": True} for name in [*own, domain_book(domain.uid)]}


def _rights(domain: Domain, entry: Entry, kind: str) -> list[list[str]]:
    if kind == "calendar":
        public = [[domain.uid, "Invitation"]] if entry.value["accountType"] != "SIMPLE" else []
        return [[entry.uid, "All"], *public]
    if kind == "freebusy":
        return [[entry.uid, "All"], [domain.uid, "Read"]]
    return [[entry.uid, "Write"]]


def remove(store: Store, domain: Domain, entry: Entry) -> None:
    for container in store.owned(domain.uid, entry.uid):
        del store.containers[container.uid]
    store._owned().pop((domain.uid, entry.uid), None)
    for container in store.containers.values():
        if container.acl and container.domain == domain.uid:
            container.acl = [pair for pair in container.acl if pair[0] != entry.uid]


def is_own_default(domain: Domain, container: Container, uid: str) -> bool:
    return container.default and container.owner == uid
