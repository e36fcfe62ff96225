# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Put things in place behind the API's back: no checks, no history, no log."""

from __future__ import annotations

from .addresses import block_of, canonical
from .kinds import (
    ADDRESS_SPACES,
    BY_COLLECTION,
    DEVICES,
    DHCP_POOLS,
    DHCP_RESERVATIONS,
    DHCP_SCOPES,
    DHCP_SERVERS,
    DNS_RECORDS,
    DNS_SERVERS,
    DNS_VIEWS,
    DNS_ZONES,
    FOLDERS,
    GROUPS,
    INTERFACES,
    RANGES,
    ROLES,
    USERS,
    Kind,
)
from .objects import DEFINITION
from .ranges import adopt, parent_of
from .store import Hold, Obj


class Seeder:
    """Objects are named by their name or by their reference; people, groups and roles that are missing are made."""

    def __init__(self, server):
        self.server = server
        self.store = server.store

    # Objects

    def known(self, kind: Kind, text: str) -> Obj | None:
        found = self.store.get(text) or next(iter(self.store.named(kind, text)), None)
        return found if found is not None and found.kind is kind else None

    def there(self, kind: Kind, text: str) -> Obj:
        found = self.known(kind, text)
        if found is None:
            raise ValueError(f"no {kind.singular} is called {text!r}")
        return found

    def put(self, kind: Kind, name: str, id: int | None, fields: dict, obj: Obj | None = None) -> Obj:
        """Make it, or change what is given of it."""
        unknown = fields.keys() - kind.fields.keys() - {"custom"}
        if unknown:
            raise ValueError(f"a {kind.singular} has no {', '.join(sorted(unknown))}")
        fields = dict(fields)
        custom = fields.pop("custom", None)
        if obj is None and id is not None:
            obj = self.store.get(f"{kind.collection}/{id}")
        if obj is None:
            obj = self.store.add(kind, {key: field.empty for key, field in kind.fields.items()} | {"name": name} | fields, {}, id)
        else:
            self.store.change(obj, fields)
        if custom is not None:
            obj.custom = dict(custom)
        return obj

    def remove(self, kind: Kind, text: str) -> None:
        if obj := self.known(kind, text):
            self.store.remove(obj)

    # People

    def member(self, kind: Kind, name: str) -> Obj:
        make = {GROUPS: self.group, ROLES: self.role, USERS: self.user}[kind]
        return self.known(kind, name) or make(name=name)

    def user(self, name: str, id: int | None = None, groups=None, roles=None, **fields) -> Obj:
        before = self.known(USERS, name)
        fields = ({} if before else {"authenticationType": "Internal"}) | fields
        obj = self.put(USERS, name, id, fields, before)
        everybody = self.member(GROUPS, "All users")
        self.store.group_users.add(everybody.ref, obj.ref)
        if groups is not None:
            for ref in self.store.group_users.of_right(obj.ref):
                if ref != everybody.ref:
                    self.store.group_users.remove(ref, obj.ref)
            for group in groups:
                self.store.group_users.add(self.member(GROUPS, group).ref, obj.ref)
        if roles is not None:
            self._only(self.store.user_roles, obj, roles)
        return obj

    def group(self, name: str, id: int | None = None, roles=None, members=(), **fields) -> Obj:
        obj = self.put(GROUPS, name, id, fields, self.known(GROUPS, name))
        if roles is not None:
            self._only(self.store.group_roles, obj, roles)
        for member in members:
            self.store.group_users.add(obj.ref, self.member(USERS, member).ref)
        return obj

    def _only(self, relation, obj: Obj, roles) -> None:
        for ref in relation.of_left(obj.ref):
            relation.remove(obj.ref, ref)
        for role in roles:
            relation.add(obj.ref, self.member(ROLES, role).ref)

    def role(self, name: str, id: int | None = None, **fields) -> Obj:
        """`access` may be short: {object type: {permission: access}}."""
        access = fields.get("access")
        if isinstance(access, dict):
            fields["access"] = [
                {"objType": kind, "accessEntries": [{"name": bit, "access": value} for bit, value in bits.items()]}
                for kind, bits in access.items()
            ]
        return self.put(ROLES, name, id, fields, self.known(ROLES, name))

    # DNS

    def dns_server(self, name: str, id: int | None = None, views=("",), **fields) -> Obj:
        before = self.known(DNS_SERVERS, name)
        obj = self.put(DNS_SERVERS, name, id, ({} if before else {"type": "BIND"}) | fields, before)
        there = {view.name for view in self.store.find("views", obj.ref)}
        for view in views:
            if view not in there:
                self.store.add(DNS_VIEWS, {"name": view, "dnsServerRef": obj.ref})
        return obj

    def zone(
        self, name: str, id: int | None = None, server: str = "", view: str = "", records=(), records_unavailable: bool = False, **fields
    ) -> Obj:
        place = self._view(server, view)
        before = next((zone for zone in self.store.named(DNS_ZONES, name) if zone.fields["dnsViewRef"] == place.ref), None)
        known = {
            "type": "Primary",
            "dnsViewRef": place.ref,
            "authority": self.store.get(place.fields["dnsServerRef"]).name,
            "displayName": name,
            "created": self.server.now(),
            "lastModified": self.server.now(),
        }
        obj = self.put(DNS_ZONES, name, id, ({} if before else known) | fields, before)
        obj.extra["records_unavailable"] = records_unavailable
        for record in records:
            self.record(zone=obj.ref, **record)
        return obj

    def _view(self, server: str, view: str) -> Obj:
        if not self.store.table(DNS_SERVERS).rows:
            self.dns_server(server or "ns1.example.org.")
        owner = self.there(DNS_SERVERS, server) if server else self.store.all(DNS_SERVERS)[0]
        found = [place for place in self.store.find("views", owner.ref) if place.name == view]
        return found[0] if found else self.store.add(DNS_VIEWS, {"name": view, "dnsServerRef": owner.ref})

    def record(self, zone: str, name: str, type: str, data: str, id: int | None = None, **fields) -> Obj:
        place = self.there(DNS_ZONES, zone)
        if id is None:
            alike = self.store.find("owner", place.ref, name.casefold())
            id = next((other.id for other in alike if (other.fields["type"], other.fields["data"]) == (type, data)), None)
        return self.put(DNS_RECORDS, name, id, fields | {"type": type, "data": data, "dnsZoneRef": place.ref})

    # Addresses

    def range(self, name: str, id: int | None = None, addresses_unavailable: bool = False, **fields) -> Obj:
        before = self.known(RANGES, name)
        if before is None:
            first, last = block_of(name)
            fields = {
                "from": first,
                "to": last,
                "subnet": "/" in name and not fields.get("isContainer"),
                "created": self.server.now(),
            } | fields
        obj = self.put(RANGES, name, id, fields, before)
        if before is None:
            call = _Silent(self.store)
            self.store.change(obj, {"parentRef": parent_of(call, *self.store.bounds(obj))})
            adopt(call, obj)
        obj.extra["addresses_unavailable"] = addresses_unavailable
        return obj

    def address(self, address: str, custom=None, **fields) -> Obj:
        obj = self.server.ipam_record(canonical(address))
        self.store.change(obj, fields)
        if custom is not None:
            obj.custom = dict(custom)
        return obj

    # DHCP

    def dhcp_server(self, name: str, id: int | None = None, **fields) -> Obj:
        before = self.known(DHCP_SERVERS, name)
        return self.put(DHCP_SERVERS, name, id, ({} if before else {"type": "ISC"}) | fields, before)

    def scope(self, name: str, range: str = "", server: str = "", id: int | None = None, pools=(), options=None, **fields) -> Obj:
        before = self.known(DHCP_SCOPES, name)
        if range:
            fields["rangeRef"] = self.there(RANGES, range).ref
        if server or before is None:
            fields["dhcpServerRef"] = (self.there(DHCP_SERVERS, server) if server else self.store.all(DHCP_SERVERS)[0]).ref
        obj = self.put(DHCP_SCOPES, name, id, fields, before)
        there = {(pool.fields["from"], pool.fields["to"]) for pool in self.store.find(DHCP_POOLS.collection, obj.ref)}
        for first, last in (pool for pool in pools if tuple(pool) not in there):
            self.put(DHCP_POOLS, f"{first} - {last}", None, {"from": first, "to": last, "dhcpScopeRef": obj.ref})
        if options is not None:
            obj.extra["options"] = list(options)
        return obj

    def reservation(self, scope: str, addresses, id: int | None = None, name: str = "", **fields) -> Obj:
        owner = self.there(DHCP_SCOPES, scope)
        return self.put(DHCP_RESERVATIONS, name, id, fields | {"addresses": list(addresses), "ownerRef": owner.ref})

    def lease(self, scope: str, address: str, name: str = "", state: str = "Active", **more) -> None:
        self.store.leases.append(
            {"name": name, "address": address, "state": state, "dhcpScopeRef": self.there(DHCP_SCOPES, scope).ref} | more
        )

    def failover(self, name: str, primary: str, secondary: str) -> None:
        first, second = self.there(DHCP_SERVERS, primary), self.there(DHCP_SERVERS, secondary)
        self.store.failovers.append(
            {
                "name": name,
                "primaryServer": first.name,
                "secondaryServer": second.name,
                "primaryServerRef": first.ref,
                "secondaryServerRef": second.ref,
                "failoverMode": "LoadBalance",
            }
        )

    # The rest

    def device(self, name: str, id: int | None = None, interfaces=(), **fields) -> Obj:
        obj = self.put(DEVICES, name, id, fields, self.known(DEVICES, name))
        for interface in interfaces:
            self.put(
                INTERFACES,
                interface["name"],
                None,
                {key: value for key, value in interface.items() if key != "name"} | {"deviceRef": obj.ref},
            )
        return obj

    def folder(self, name: str, contentType: str, id: int | None = None, **fields) -> Obj:
        return self.put(FOLDERS, name, id, fields | {"contentType": contentType}, self.known(FOLDERS, name))

    def address_space(self, name: str, id: int | None = None, **fields) -> Obj:
        return self.put(ADDRESS_SPACES, name, id, fields, self.known(ADDRESS_SPACES, name))

    def definitions(self, wanted: dict) -> None:
        for collection, entries in wanted.items():
            kept = self.store.definitions.setdefault(self.kind(collection).collection, {})
            for entry in entries:
                entry = {"name": entry} if isinstance(entry, str) else entry
                kept[entry["name"]] = DEFINITION | entry

    def remove_definitions(self, wanted: dict) -> None:
        for collection, names in wanted.items():
            for name in names:
                self.store.definitions.get(self.kind(collection).collection, {}).pop(name, None)

    def access(self, object: str, roles=(), acl=None) -> None:
        obj = self.store.get(object)
        if obj is None:
            raise ValueError(f"no object {object!r}")
        obj.roles.update({self.member(ROLES, role).ref: None for role in roles})
        for identity, bits in (acl or {}).items():
            found = self.known(USERS, identity) or self.known(GROUPS, identity) or self.there(ROLES, identity)
            obj.acl[found.ref] = dict(bits)

    def held(self, address: str, seconds: float = 60, username: str = "somebody") -> None:
        self.store.holds[canonical(address)] = Hold(self.server.clock.now() + seconds, username)

    def event(self, object: str, **more) -> None:
        obj = self.store.get(object)
        if obj is None:
            raise ValueError(f"no object {object!r}")
        known = {
            "eventType": "Modification",
            "objType": obj.kind.obj_type,
            "objRef": obj.ref,
            "objName": obj.name,
            "timestamp": self.server.now(),
            "username": self.server.username,
            "userClient": "REST",
            "userAddress": "192.0.2.10",
            "saveComment": "",
            "eventText": f"Modified {obj.name}",
            "undoable": False,
        }
        self.store.note(known | more)

    def next_ids(self, wanted: dict) -> None:
        for collection, number in wanted.items():
            self.store.table(self.kind(collection)).last = number - 1

    def kind(self, collection: str) -> Kind:
        return BY_COLLECTION[collection.lower()]


class _Silent:
    """As much of a call as the placing of ranges needs."""

    def __init__(self, store):
        self.store = store
