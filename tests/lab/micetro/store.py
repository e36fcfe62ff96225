# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .addresses import number_of
from .kinds import (
    BY_COLLECTION,
    DHCP_EXCLUSIONS,
    DHCP_POOLS,
    DHCP_RESERVATIONS,
    DHCP_SCOPES,
    DNS_RECORDS,
    DNS_VIEWS,
    DNS_ZONES,
    INTERFACES,
    IPAM_RECORDS,
    KINDS,
    RANGES,
    Kind,
)
from .names import absolute_data


class Obj:
    """One stored object."""

    __slots__ = ("acl", "custom", "extra", "fields", "id", "kind", "ref", "roles")

    def __init__(self, kind: Kind, id: int, fields: dict, custom: dict | None = None):
        self.kind = kind
        self.id = id
        self.ref = f"{kind.collection}/{id}"
        self.fields = fields
        self.custom = custom or {}
        self.acl: dict[str, dict[str, str]] = {}  # identity: {permission: access}
        self.roles: dict[str, None] = {}  # specific roles attached to this object
        self.extra: dict = {}  # options, masters, and what else is no property

    @property
    def name(self) -> str:
        return self.fields.get("name") or self.fields.get("address") or ""

    def as_json(self) -> dict:
        return {
            "id": self.id,
            "fields": self.fields,
            "custom": self.custom,
            "acl": self.acl,
            "roles": list(self.roles),
            "extra": self.extra,
        }


class Table:
    def __init__(self, kind: Kind):
        self.kind = kind
        self.rows: dict[int, Obj] = {}
        self.last = 0

    def __iter__(self) -> Iterator[Obj]:
        return iter(self.rows.values())


class Relation:
    """Members of containers, both ways, in the order of joining."""

    def __init__(self):
        self.right: dict[str, dict[str, None]] = {}
        self.left: dict[str, dict[str, None]] = {}

    def has(self, left: str, right: str) -> bool:
        return right in self.right.get(left, ())

    def add(self, left: str, right: str) -> None:
        self.right.setdefault(left, {})[right] = None
        self.left.setdefault(right, {})[left] = None

    def remove(self, left: str, right: str) -> None:
        self.right.get(left, {}).pop(right, None)
        self.left.get(right, {}).pop(left, None)

    def of_left(self, left: str) -> list[str]:
        return list(self.right.get(left, ()))

    def of_right(self, right: str) -> list[str]:
        return list(self.left.get(right, ()))

    def forget(self, ref: str) -> None:
        for other in self.of_left(ref):
            self.remove(ref, other)
        for other in self.of_right(ref):
            self.remove(other, ref)

    def pairs(self) -> list[list[str]]:
        return [[left, right] for left, rights in self.right.items() for right in rights]


def target_of(fields: dict, zone: str) -> str:
    """The host that a record points at."""
    return absolute_data(fields["type"], fields["data"], zone).rpartition("\t")[2]


@dataclass
class Hold:
    """A temporary claim (contract 9)."""

    expires: float
    username: str


@dataclass
class Store:
    """The database of the simulated server."""

    definitions: dict[str, dict[str, dict]] = field(default_factory=dict)  # by collection, then name
    holds: dict[str, Hold] = field(default_factory=dict)  # by address
    alive: set[str] = field(default_factory=set)  # addresses that answer a ping
    leases: list[dict] = field(default_factory=list)
    failovers: list[dict] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    events: list[dict] = field(default_factory=list)

    def __post_init__(self):
        self.tables = {kind.collection: Table(kind) for kind in KINDS}
        self.group_users = Relation()  # groups left, users right
        self.user_roles = Relation()  # users left, roles right
        self.group_roles = Relation()  # groups left, roles right
        self._index: dict[tuple, dict[str, Obj]] = {}
        self._events: dict[str, list[dict]] = {}
        self._bounds: dict[str, tuple[int, int, int]] = {}  # of ranges: IP version, first, last
        self.version = 0  # grows with every change

    # Objects

    def table(self, kind: Kind) -> Table:
        return self.tables[kind.collection]

    def all(self, kind: Kind) -> list[Obj]:
        return list(self.table(kind))

    def get(self, ref: str) -> Obj | None:
        collection, _unused, number = ref.partition("/")
        kind = BY_COLLECTION.get(collection.lower())
        return self.table(kind).rows.get(int(number)) if kind and number.isdecimal() else None

    def add(self, kind: Kind, fields: dict, custom: dict | None = None, id: int | None = None) -> Obj:
        table = self.table(kind)
        obj = Obj(kind, id or table.last + 1, fields, custom)
        table.last = max(table.last, obj.id)
        table.rows[obj.id] = obj
        self._enter(obj)
        return obj

    def change(self, obj: Obj, fields: dict) -> None:
        self._leave(obj)
        obj.fields.update(fields)
        self._enter(obj)

    def renumber(self, obj: Obj) -> None:
        """The same object under a new reference."""
        self.remove(obj)
        fresh = self.add(obj.kind, obj.fields, obj.custom)
        fresh.acl, fresh.roles, fresh.extra = obj.acl, obj.roles, obj.extra

    def remove(self, obj: Obj) -> None:
        self._leave(obj)
        del self.table(obj.kind).rows[obj.id]
        for relation in (self.group_users, self.user_roles, self.group_roles):
            relation.forget(obj.ref)

    # Indexes

    def find(self, *key: str) -> list[Obj]:
        return list(self._index.get(key, {}).values())

    def named(self, kind: Kind, name: str) -> list[Obj]:
        return self.find("name", kind.collection, name.casefold())

    def _keys(self, obj: Obj) -> list[tuple]:
        fields, kind = obj.fields, obj.kind
        keys: list[tuple] = [("name", kind.collection, obj.name.casefold())]
        if kind is DNS_RECORDS:
            zone = fields["dnsZoneRef"]
            keys += [("zone", zone), ("owner", zone, fields["name"].casefold())]
            if fields["type"] in ("A", "AAAA"):
                keys.append(("host", fields["data"]))
            elif fields["type"] in ("CNAME", "MX"):
                keys.append(("target", target_of(fields, self.get(zone).name)))
        elif kind is DHCP_RESERVATIONS:
            keys += [("reservations", fields["ownerRef"]), *(("reserved", address) for address in fields["addresses"])]
        elif kind is DHCP_SCOPES:
            keys += [("scopes", fields["rangeRef"]), ("scopes", fields["dhcpServerRef"])]
        elif kind in (DHCP_POOLS, DHCP_EXCLUSIONS):
            keys.append((kind.collection, fields["dhcpScopeRef"]))
        elif kind is RANGES:
            keys.append(("children", fields["parentRef"]))
        elif kind is DNS_ZONES:
            keys.append(("zones", fields["dnsViewRef"]))
        elif kind is DNS_VIEWS:
            keys.append(("views", fields["dnsServerRef"]))
        elif kind is INTERFACES:
            keys.append(("interfaces", fields["deviceRef"]))
        return keys

    def _enter(self, obj: Obj) -> None:
        self.version += 1
        for key in self._keys(obj):
            self._index.setdefault(key, {})[obj.ref] = obj
        if obj.kind is RANGES:
            version, first = number_of(obj.fields["from"])
            self._bounds[obj.ref] = (version, first, number_of(obj.fields["to"])[1])

    def _leave(self, obj: Obj) -> None:
        self.version += 1
        for key in self._keys(obj):
            entries = self._index[key]
            del entries[obj.ref]
            if not entries:
                del self._index[key]
        self._bounds.pop(obj.ref, None)

    # Addresses

    def bounds(self, obj: Obj) -> tuple[int, int, int]:
        return self._bounds[obj.ref]

    def ranges_with(self, address: str) -> list[Obj]:
        """The ranges around an address, the smallest first."""
        version, number = number_of(address)
        found = [(last - first, ref) for ref, (v, first, last) in self._bounds.items() if v == version and first <= number <= last]
        return [self.get(ref) for _size, ref in sorted(found)]

    def host_addresses(self) -> list[str]:
        """The addresses that A and AAAA records name."""
        return [key[1] for key in self._index if key[0] == "host"]

    def address(self, address: str) -> Obj | None:
        """The record of an address, if anybody has ever asked for it."""
        found = self.named(IPAM_RECORDS, address)
        return found[0] if found else None

    # History

    def note(self, event: dict) -> None:
        event["id"] = len(self.events) + 1
        self.events.append(event)
        self._events.setdefault(event["objRef"], []).append(event)

    def events_of(self, ref: str) -> list[dict]:
        return self._events.get(ref, [])

    # The state file

    def as_json(self) -> dict:
        return {
            "tables": {name: {"last": table.last, "rows": [obj.as_json() for obj in table]} for name, table in self.tables.items()},
            "group_users": self.group_users.pairs(),
            "user_roles": self.user_roles.pairs(),
            "group_roles": self.group_roles.pairs(),
            "definitions": self.definitions,
            "holds": {address: vars(hold) for address, hold in self.holds.items()},
            "alive": sorted(self.alive),
            "leases": self.leases,
            "failovers": self.failovers,
            "settings": self.settings,
            "events": self.events,
        }

    @classmethod
    def from_json(cls, state: dict) -> Store:
        store = cls(
            definitions=state["definitions"],
            holds={address: Hold(**hold) for address, hold in state["holds"].items()},
            alive=set(state["alive"]),
            leases=state["leases"],
            failovers=state["failovers"],
            settings=state["settings"],
        )
        for name, part in state["tables"].items():
            for row in part["rows"]:
                obj = store.add(BY_COLLECTION[name.lower()], row["fields"], row["custom"], row["id"])
                obj.acl, obj.roles, obj.extra = row["acl"], dict.fromkeys(row["roles"]), row["extra"]
            store.tables[name].last = part["last"]
        for name in ("group_users", "user_roles", "group_roles"):
            for left, right in state[name]:
                getattr(store, name).add(left, right)
        for event in state["events"]:
            store.note(event)
        return store
