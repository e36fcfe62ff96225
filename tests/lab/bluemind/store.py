# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

MAILBOXES = {"USER": "user", "GROUP": "group", "MAILSHARE": "mailshare", "RESOURCE": "resource", "SHARED_MAILBOX": "user"}
INSTALLATION = "bluemind-noid"


@dataclass(slots=True)
class Item:
    """The numbers of an ItemValue (contract 1.5)."""

    internal_id: int = 0
    version: int = 0
    born: int = 0  # the version at its creation
    created: int = 0
    updated: int = 0
    created_by: str = "system"
    updated_by: str = "system"
    external_id: str | None = None
    display_name: str | None = None


@dataclass(slots=True)
class Entry:
    """One entry of a directory, of whatever kind."""

    uid: str
    kind: str
    value: dict
    item: Item = field(default_factory=Item)
    password: str | None = None
    hashed: bool = False  # what was set looked like a hash and is one now (contract 5.4)
    roles: list[str] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    photo: str | None = None  # base64
    filter: dict | None = None  # vacation, forwarding, rules
    delegation: dict | None = None
    members: dict[str, str] = field(default_factory=dict)  # of a group: uid -> type
    administrators: dict[str, list[str]] = field(default_factory=dict)  # of an org unit: uid -> roles
    subscriptions: dict[str, dict] = field(default_factory=dict)
    used: int = 0  # KiB
    devices: list[dict] = field(default_factory=list)
    accounts: list[dict] = field(default_factory=list)  # external ones


@dataclass(slots=True)
class Server:
    uid: str
    value: dict
    item: Item = field(default_factory=Item)


@dataclass(slots=True)
class Container:
    uid: str
    name: str
    owner: str
    type: str
    domain: str
    default: bool = True
    internal_id: int = 0
    acl: list[list[str]] = field(default_factory=list)  # [subject, verb]
    settings: dict[str, str] = field(default_factory=dict)
    no_offline: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Session:
    uid: str
    domain: str
    used: float
    limited: bool = False  # the password has expired: it may only be changed


@dataclass
class Domain:
    uid: str
    value: dict
    item: Item = field(default_factory=Item)
    version: int = 0  # of its directory; grows with every write
    entries: dict[str, Entry] = field(default_factory=dict)
    deleted: list[list] = field(default_factory=list)  # [version, uid]
    settings: dict[str, str] = field(default_factory=dict)
    roles: list[str] = field(default_factory=list)
    assignments: list[list[str]] = field(default_factory=list)  # [server, tag]
    resource_types: dict[str, dict] = field(default_factory=dict)
    filter: dict | None = None
    turn: int = 0  # round-robin of servers

    def __post_init__(self):
        self.index()

    @property
    def mail_domains(self) -> list[str]:
        """What may stand after the @ of an address with `allAliases`."""
        return list(dict.fromkeys([*self.value["aliases"], self.value["defaultAlias"]]))

    @property
    def names(self) -> list[str]:
        return [self.value["name"], *self.value["aliases"]]

    # Lookups

    def index(self) -> None:
        self._addresses: dict[str, str] = {}
        self._local_parts: dict[str, str] = {}  # of addresses with allAliases
        self._mailbox_names: dict[str, str] = {}
        self._group_names: dict[str, str] = {}  # lower case
        self._external_ids: dict[tuple[str, str], str] = {}
        self._parents: dict[str, dict[str, None]] = {}
        for entry in self.entries.values():
            self._enter(entry)

    def _enter(self, entry: Entry) -> None:
        if name := mailbox_name(entry):
            self._mailbox_names[name] = entry.uid
            for email in entry.value["emails"]:
                self._addresses[email["address"]] = entry.uid
                if email["allAliases"]:
                    self._local_parts[email["address"].partition("@")[0]] = entry.uid
        if entry.kind == "GROUP":
            self._group_names[entry.value["name"].lower()] = entry.uid
            for uid in entry.members:
                self._parents.setdefault(uid, {})[entry.uid] = None
        if entry.item.external_id is not None:
            self._external_ids[entry.kind, entry.item.external_id] = entry.uid

    def _leave(self, entry: Entry) -> None:
        if name := mailbox_name(entry):
            self._mailbox_names.pop(name, None)
            for email in entry.value["emails"]:
                self._addresses.pop(email["address"], None)
                self._local_parts.pop(email["address"].partition("@")[0], None)
        if entry.kind == "GROUP":
            self._group_names.pop(entry.value["name"].lower(), None)
            for uid in entry.members:
                self._parents.get(uid, {}).pop(entry.uid, None)
        self._external_ids.pop((entry.kind, entry.item.external_id or ""), None)

    def get(self, kind: str, uid: str | None) -> Entry | None:
        entry = self.entries.get(uid or "")
        return entry if entry and entry.kind == kind else None

    def of(self, kind: str) -> Iterator[Entry]:
        return (entry for entry in list(self.entries.values()) if entry.kind == kind)

    def by_address(self, address: str) -> Entry | None:
        """Also by what an address with `allAliases` covers."""
        uid = self._addresses.get(address)
        if uid is None:
            local, _unused, place = address.partition("@")
            if place in self.mail_domains:
                uid = self._local_parts.get(local)
        return self.entries.get(uid or "")

    def address_owner(self, email: dict) -> str | None:
        """Which entry stands in the way of an address."""
        local, _unused, place = email["address"].partition("@")
        places = [place, *self.mail_domains] if email["allAliases"] else [place]
        for candidate in places:
            if owner := self._addresses.get(f"{local}@{candidate}"):
                return owner
        return self._local_parts.get(local) if email["allAliases"] or place in self.mail_domains else None

    def with_mailbox_name(self, name: str) -> Entry | None:
        return self.entries.get(self._mailbox_names.get(name, ""))

    def group_named(self, name: str) -> Entry | None:
        """Whatever its case."""
        return self.entries.get(self._group_names.get(name.lower(), ""))

    def with_external_id(self, kind: str, external_id: str) -> Entry | None:
        return self.entries.get(self._external_ids.get((kind, external_id), ""))

    def parents(self, uid: str) -> list[Entry]:
        """The groups which hold it themselves."""
        return [self.entries[group] for group in sorted(self._parents.get(uid, ()))]

    def ancestors(self, uid: str) -> list[Entry]:
        """The groups which hold it, also through other groups."""
        found: dict[str, Entry] = {}
        waiting = self.parents(uid)
        while waiting:
            group = waiting.pop()
            if group.uid not in found:
                found[group.uid] = group
                waiting += self.parents(group.uid)
        return [found[group] for group in sorted(found)]

    def unit_chain(self, uid: str | None) -> list[str]:
        """An org unit and those above it."""
        chain: list[str] = []
        while uid and uid in self.entries and uid not in chain:
            chain.append(uid)
            uid = self.entries[uid].value.get("parentUid")
        return chain

    # Changes

    def touch(self, item: Item, by: str, now: int) -> None:
        self.version += 1
        item.version, item.updated, item.updated_by = self.version, now, by

    def add(self, entry: Entry, by: str, now: int) -> Entry:
        self.touch(entry.item, by, now)
        entry.item.born, entry.item.created, entry.item.created_by = self.version, now, by
        self.entries[entry.uid] = entry
        self._enter(entry)
        if entry.kind in MAILBOXES:
            self.turn += 1
        return entry

    def replace(self, entry: Entry, value: dict, by: str, now: int) -> None:
        self._leave(entry)
        entry.value = value
        self._enter(entry)
        self.touch(entry.item, by, now)

    def set_members(self, group: Entry, members: dict[str, str], by: str, now: int) -> None:
        for uid in group.members.keys() - members.keys():
            self._parents.get(uid, {}).pop(group.uid, None)
        for uid in members.keys() - group.members.keys():
            self._parents.setdefault(uid, {})[group.uid] = None
        group.members = members
        self.touch(group.item, by, now)

    def set_external_id(self, entry: Entry, external_id: str | None, by: str, now: int) -> None:
        self._leave(entry)
        entry.item.external_id = external_id
        self._enter(entry)
        self.touch(entry.item, by, now)

    def remove(self, entry: Entry) -> None:
        self._leave(entry)
        for group in self.parents(entry.uid):
            del group.members[entry.uid]
        self._parents.pop(entry.uid, None)
        for unit in self.of("ORG_UNIT"):
            unit.administrators.pop(entry.uid, None)
        del self.entries[entry.uid]
        self.version += 1
        self.deleted.append([self.version, entry.uid])


@dataclass
class Store:
    """The database of the simulated server."""

    domains: dict[str, Domain] = field(default_factory=dict)
    servers: dict[str, Server] = field(default_factory=dict)
    containers: dict[str, Container] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    api_keys: dict[str, dict] = field(default_factory=dict)  # by sid
    tasks: dict[str, dict] = field(default_factory=dict)
    global_settings: dict[str, str] = field(default_factory=dict)
    system_conf: dict[str, str] = field(default_factory=dict)
    generations: list[dict] = field(default_factory=list)  # of backups
    retention: dict = field(default_factory=lambda: {"daily": 1, "weekly": None, "monthly": None})
    jobs: list[dict] = field(default_factory=list)  # started ones
    contacts: list[str] = field(default_factory=list)
    subscription: str | None = None
    logo: str | None = None
    maintenance: bool = False
    numbers: int = 0
    versions: int = 0  # of what is in no domain

    def number(self) -> int:
        self.numbers += 1
        return self.numbers

    def domain(self, name: str) -> Domain | None:
        """By uid, or by name or alias."""
        if found := self.domains.get(name):
            return found
        return next((domain for domain in self.domains.values() if name in domain.names), None)

    def owned(self, domain: str, owner: str) -> list[Container]:
        return [self.containers[uid] for uid in self._owned().get((domain, owner), ()) if uid in self.containers]

    def add_container(self, container: Container) -> Container:
        container.internal_id = self.number()
        self.containers[container.uid] = container
        self._owned().setdefault((container.domain, container.owner), {})[container.uid] = None
        return container

    def _owned(self) -> dict[tuple[str, str], dict[str, None]]:
        if "_index" not in self.__dict__:
            self._index: dict = {}
            for container in self.containers.values():
                self._index.setdefault((container.domain, container.owner), {})[container.uid] = None
        return self._index

    # The state file

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, state: dict) -> Store:
        domains = {}
        for uid, domain in state["domains"].items():
            entries = {key: Entry(**entry | {"item": Item(**entry["item"])}) for key, entry in domain["entries"].items()}
            domains[uid] = Domain(**domain | {"item": Item(**domain["item"]), "entries": entries})
        return cls(
            **state
            | {
                "domains": domains,
                "servers": {uid: Server(**server | {"item": Item(**server["item"])}) for uid, server in state["servers"].items()},
                "containers": {uid: Container(**container) for uid, container in state["containers"].items()},
                "sessions": {sid: Session(**session) for sid, session in state["sessions"].items()},
            }
        )


def mailbox_name(entry: Entry) -> str | None:
    """Unique in a domain, over all kinds of mailboxes."""
    if entry.kind in ("USER", "SHARED_MAILBOX"):
        return entry.value["login"]
    if entry.kind == "GROUP":
        return "_" + normalised(entry.value["name"])
    if entry.kind == "MAILSHARE":
        return entry.value["name"]
    if entry.kind == "RESOURCE":
        return entry.uid.lower()
    return None


def plain_text(text: str) -> str:
    """Lower case, without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(letter))


def normalised(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-._" else "_" for letter in plain_text(name))
