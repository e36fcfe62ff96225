# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from ..backend import Backend
from . import demo
from .addresses import number_of
from .app import MicetroApp
from .auth import Sessions
from .dates import shown_date
from .ipam_view import state_of
from .kinds import CHANGE_REQUESTS, DHCP_RESERVATIONS, IPAM_RECORDS, USERS
from .knobs import Knobs
from .rights import ALL_USERS, BUILT_IN_ROLES, SUPER_ROLE
from .seeding import Seeder
from .store import Hold, Obj, Store


class Login(NamedTuple):
    username: str
    password: str


class Micetro(Backend):
    """A simulated Micetro 26.1, seen through its REST API v2."""

    name = "micetro"
    knobs_class = Knobs

    username = "administrator"
    password = "lab-only-administrator-passw0rd"
    delegated = Login("deputy", "lab-only-deputy-passw0rd")  # may administer users, and nothing else
    viewer = Login("viewer", "lab-only-viewer-passw0rd")  # may look at DNS, and nothing else

    def __init__(self, clock):
        super().__init__(clock)
        self.app = MicetroApp(self)
        self.populate(fresh=False)

    # State

    def populate(self, fresh: bool) -> None:
        self.store = Store()
        self.random = random.Random(26)  # tokens and random addresses are the same in every run
        self.sessions = Sessions(self)
        self._used: tuple[tuple, dict[int, list[int]]] = ((), {})
        self.seed(
            address_spaces=[{"name": "<default>"}],
            groups=[{"name": ALL_USERS, "builtIn": True}],
            roles=[{"name": name, "builtIn": True, "access": access} for name, access in BUILT_IN_ROLES.items()],
            users=[{"name": self.username, "password": self.password, "roles": [SUPER_ROLE]}],
            definitions={"ranges": [{"name": "Title", "system": True}, {"name": "Description", "system": True}]},
        )
        if not fresh:
            self.seed(
                users=[
                    {"name": self.delegated.username, "password": self.delegated.password, "roles": ["User Administrators (built-in)"]},
                    {"name": self.viewer.username, "password": self.viewer.password, "roles": ["DNS Viewers (built-in)"]},
                ]
            )

    def seed(
        self,
        *,
        remove_users=(),
        remove_groups=(),
        remove_roles=(),
        remove_definitions=None,
        next_ids=None,
        definitions=None,
        roles=(),
        groups=(),
        users=(),
        address_spaces=(),
        folders=(),
        dns_servers=(),
        zones=(),
        records=(),
        ranges=(),
        addresses=(),
        dhcp_servers=(),
        scopes=(),
        reservations=(),
        leases=(),
        failovers=(),
        devices=(),
        access=(),
        holds=(),
        events=(),
        alive=None,
        settings=None,
        sessions=None,
    ) -> None:
        """Put things in place behind the API's back; the README lists what each argument takes. Nothing is logged or noted."""
        seeder = Seeder(self)
        removals = (("users", remove_users), ("groups", remove_groups), ("roles", remove_roles))
        for collection, names in removals:
            for name in names:
                seeder.remove(seeder.kind(collection), name)
        seeder.remove_definitions(remove_definitions or {})
        seeder.next_ids(next_ids or {})
        seeder.definitions(definitions or {})
        for put, entries in (
            (seeder.role, roles),
            (seeder.group, groups),
            (seeder.user, users),
            (seeder.address_space, address_spaces),
            (seeder.folder, folders),
            (seeder.dns_server, dns_servers),
            (seeder.zone, zones),
            (seeder.record, records),
            (seeder.range, ranges),
            (seeder.address, addresses),
            (seeder.dhcp_server, dhcp_servers),
            (seeder.scope, scopes),
            (seeder.reservation, reservations),
            (seeder.lease, leases),
            (seeder.failover, failovers),
            (seeder.device, devices),
            (seeder.access, access),
            (seeder.held, holds),
            (seeder.event, events),
        ):
            for entry in entries:
                put(**({"name": entry} if isinstance(entry, str) else entry))
        if alive is not None:
            self.store.alive = set(alive)
        self.store.settings.update(settings or {})
        for token, login in (sessions or {}).items():
            self.sessions.start(seeder.there(USERS, login), token)

    def seed_named(self, name: str) -> None:
        if name != "demo":
            raise ValueError(f"no data set is called {name!r}")
        self.seed(
            roles=demo.ROLES,
            groups=demo.GROUPS,
            users=demo.USERS,
            definitions=demo.DEFINITIONS,
            dns_servers=demo.DNS_SERVERS,
            zones=demo.ZONES,
            ranges=demo.RANGES,
            dhcp_servers=demo.DHCP_SERVERS,
            scopes=demo.SCOPES,
        )

    def state(self) -> dict:
        return self.store.as_json()

    def restore(self, state: dict) -> None:
        self.store = Store.from_json(state)
        self.sessions.end_all()

    # Helpers of the handlers

    def now(self) -> str:
        return shown_date(self.clock.now())

    def ipam_record(self, address: str) -> Obj:
        """The record of an address, made when first looked at."""
        known = self.store.address(address)
        if known is None:
            fields = {name: field.empty for name, field in IPAM_RECORDS.fields.items()}
            defaults = {
                name: definition["defaultValue"]
                for name, definition in self.store.definitions.get(IPAM_RECORDS.collection, {}).items()
                if definition["defaultValue"]
            }
            known = self.store.add(IPAM_RECORDS, fields | {"address": address}, defaults)
        return known

    state_of = staticmethod(state_of)

    def hold(self, address: str, seconds: float, username: str) -> None:
        self.store.holds[address] = Hold(self.clock.now() + seconds, username)

    def hold_on(self, address: str) -> Hold | None:
        found = self.store.holds.get(address)
        if found is not None and found.expires <= self.clock.now():
            del self.store.holds[address]
            return None
        return found

    def is_requested(self, address: str) -> bool:
        """Does a pending change request want it?"""
        for request in self.store.table(CHANGE_REQUESTS):
            if request.fields["state"] == "Pending":
                for change in request.fields["dnsRecordChanges"]:
                    if (change.get("dnsRecordAfter") or {}).get("data") == address:
                        return True
        return False

    def used_numbers(self, version: int) -> list[int]:
        """Claimed and assigned addresses, in order."""
        state = (id(self.store), self.store.version, len(self.store.leases))
        if self._used[0] != state:
            found: dict[int, set[int]] = {4: set(), 6: set()}
            addresses = [record.fields["address"] for record in self.store.table(IPAM_RECORDS) if record.fields["claimed"]]
            addresses += self.store.host_addresses()
            addresses += [lease["address"] for lease in self.store.leases]
            for reservation in self.store.table(DHCP_RESERVATIONS):
                addresses += reservation.fields["addresses"]
            for address in addresses:
                address_version, number = number_of(address)
                found[address_version].add(number)
            self._used = (state, {key: sorted(numbers) for key, numbers in found.items()})
        return self._used[1][version]

    def held_numbers(self, version: int) -> list[int]:
        held = [number_of(address) for address in list(self.store.holds) if self.hold_on(address)]
        return [number for address_version, number in held if address_version == version]

    def used_addresses(self, obj: Obj) -> int:
        version, first, last = self.store.bounds(obj)
        numbers = self.used_numbers(version)
        return bisect_right(numbers, last) - bisect_left(numbers, first)

    # Addresses and credentials

    def describe(self) -> dict:
        return {
            "url": self.url,
            "username": self.username,
            "password": self.password,
            "delegated": self.delegated._asdict(),
            "viewer": self.viewer._asdict(),
        }

    def exports(self) -> dict[str, str]:
        return {"MICETRO_URL": self.url, "MICETRO_USERNAME": self.username, "MICETRO_PASSWORD": self.password}
