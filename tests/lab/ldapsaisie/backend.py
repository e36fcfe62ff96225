# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import random
from typing import NamedTuple

from ..backend import Backend
from . import demo, seeding
from . import dn as names
from .app import LdapsaisieApp
from .auth import LOGIN_TYPES
from .directory import Directory, Entry, text_key
from .kinds import Reference
from .knobs import Knobs
from .schema import LdapServer, Type, fill
from .sessions import Sessions
from .store import Store
from .types import BASE, CONTAINER_CLASSES, SERVERS, fresh_types
from .types.accounts import DEFAULT_POLICY


class Login(NamedTuple):
    username: str
    password: str


POLICIES = [
    {
        "type": "pwdPolicy",
        "attributes": {
            "cn": name,
            "pwdAllowUserChange": False,
            "pwdSafeModify": False,
            "pwdInHistory": 3,
            "pwdCheckQuality": 1,
            "pwdMinLength": shortest,
            "pwdMaxAge": 0,
            "pwdMinAge": 0,
            "pwdExpireWarning": 0,
            "pwdGraceAuthNLimit": 0,
            "pwdLockout": False,
            "pwdMaxFailure": 0,
            "pwdMaxRecordedFailure": 0,
            "pwdLockoutDuration": 0,
            "pwdFailureCountInterval": 0,
            "pwdMustChange": False,
        },
    }
    for name, shortest in (("default", 8), (names.rdn_value(DEFAULT_POLICY), 12))
]


class Ldapsaisie(Backend):
    """A simulated LdapSaisie 4.0, seen through its JSON API."""

    name = "ldapsaisie"
    knobs_class = Knobs

    username = "ansible"
    password = "lab-only-ansible-passw0rd"
    account_dn = f"uid={username},ou=sysaccounts,{BASE}"
    plain = Login("guest", "Lab-0nly")  # without the admin profile
    base = BASE

    def __init__(self, clock):
        super().__init__(clock)
        self.app = LdapsaisieApp(self)
        self.servers: tuple[LdapServer, ...] = SERVERS
        self.populate(fresh=False)

    # State

    def populate(self, fresh: bool) -> None:
        self._start()
        for container in ("people", "groups", "dyngroups", "sysaccounts", "ppolicies", "companies", "lab"):
            self.make_parents(f"ou={container},{BASE}")
        self.seed(
            objects=[*POLICIES, {"type": "LSsysaccount", "attributes": {"uid": self.username, "userPassword": self.password}}],
            admins=[self.account_dn],
        )
        if not fresh:
            person = {
                "uid": self.plain.username,
                "cn": "Gail Guest",
                "givenName": "Gail",
                "sn": "Guest",
                "mail": "guest@lab.test",
                "userPassword": self.plain.password,
                "gidNumber": 102001,
            }
            self.seed(
                objects=[
                    {"type": "LSgroup", "attributes": {"cn": "members", "gidNumber": 102001}},
                    {"type": "LSpeople", "attributes": person},
                ]
            )

    def _start(self) -> None:
        self.random = random.Random(4)  # invented ids and salts are the same in every run
        self.types = fresh_types()
        self._compared: dict[str, object] = {}
        self.sessions = Sessions(self.random)
        self.store = Store(Directory(self.compared))
        self.store.directory.add(BASE, ("top", "organization"), {})

    def seed(self, *, objects=(), remove=(), counters=None, admins=None, attributes=None) -> None:
        """Put things in place behind the API's back; the README lists what each argument takes. Nothing is logged or mailed."""
        for kind, more in (attributes or {}).items():
            for name, options in more.items():
                self._add_attribute(kind, name, options)
        for dn in remove:
            if entry := self.store.directory.find(dn):
                self.store.directory.remove(entry)
        for wanted in objects:
            seeding.put(self, **wanted)
        self.store.counters.update(counters or {})
        if admins is not None:
            self.store.admins = [*admins]

    def _add_attribute(self, kind: str, name: str, options: dict) -> None:
        seeding.add_attribute(self.types[kind], name, **options)
        self.store.attributes.setdefault(kind, {})[name] = options

    def seed_named(self, name: str) -> None:
        if name != "demo":
            raise ValueError(f"no data set is called {name!r}")
        self.seed(objects=demo.OBJECTS)

    def state(self) -> dict:
        return self.store.as_json()

    def restore(self, state: dict) -> None:
        self._start()
        for kind, more in state["attributes"].items():
            for name, options in more.items():
                self._add_attribute(kind, name, options)
        for entry in state["entries"]:
            if not self.store.directory.find(entry["dn"]):
                self.store.directory.add(entry["dn"], entry["classes"], entry["attributes"])
        self.store.counters = dict(state["counters"])
        self.store.admins = list(state["admins"])

    # Helpers of the handlers

    def compared(self, attribute: str):
        """How the directory compares an attribute that it has an index for: names and references."""
        if attribute not in self._compared:
            known = [kind.attributes[attribute] for kind in self.types.values() if attribute in kind.attributes]
            references = [one.kind.compared for one in known if isinstance(one.kind, Reference) and one.kind.compared]
            named = any(attribute in LOGIN_TYPES.get(kind.name, ()) or attribute == kind.rdn for kind in self.types.values())
            plain = text_key if named or any(one.unique for one in known) else None
            self._compared[attribute] = references[0] if references else plain
        return self._compared[attribute]

    def is_of_type(self, entry: Entry, name: str) -> bool:
        return self.types[name].class_set <= entry.classes

    def type_of(self, entry: Entry, candidates) -> Type | None:
        return next((self.types[name] for name in candidates if self.is_of_type(entry, name)), None)

    def display(self, kind: Type, attributes: dict[str, list[str]], template: str | None = None) -> str:
        return fill(template or kind.display, attributes)

    def levels(self, server: LdapServer) -> dict[str, str]:
        """The levels of a directory: name by DN."""
        if server.levels_type is None:
            return {}
        kind = self.types[server.levels_type]
        return {entry.dn: kind.name_of(entry.attributes) for entry in self.store.directory.with_classes(kind.class_set)}

    def make_parents(self, dn: str) -> None:
        """Containers are made when they are first needed."""
        if dn and not self.store.directory.find(dn):
            self.make_parents(names.parent(dn))
            self.store.directory.add(dn, CONTAINER_CLASSES, {"ou": [names.rdn_value(dn)]})

    # Addresses and credentials

    def describe(self) -> dict:
        return {
            "url": self.url,
            "username": self.username,
            "password": self.password,
            "base": self.base,
            "plain": self.plain._asdict(),
        }

    def exports(self) -> dict[str, str]:
        return {"LDAPSAISIE_URL": self.url, "LDAPSAISIE_USERNAME": self.username, "LDAPSAISIE_PASSWORD": self.password}
