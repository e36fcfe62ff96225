# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import random
import uuid
from typing import NamedTuple

from ..backend import Backend
from . import defaults, demo
from .app import BluemindApp
from .documents import USER
from .domains import add as add_domain
from .emails import address
from .knobs import Knobs
from .model import View
from .passwords import store as store_password
from .rights import ADMIN0, GLOBAL, SELF
from .seeding import Seeder
from .settings import GLOBAL_DEFAULTS
from .store import Domain, Entry, Item, Store
from .vcards import VCARD, complete


class Login(NamedTuple):
    username: str
    password: str


class Bluemind(Backend):
    """A simulated BlueMind 4.x or 5.x, seen through its HTTP API."""

    name = "bluemind"
    knobs_class = Knobs

    username = "admin0@global.virt"
    password = "admin"
    core_token = "lab-only-core-token-000000000000"
    api_key = "lab-only-api-key-of-admin0-00000"
    domain = "lab.test"
    domain_uid = "1a1c0ffee00.internal"
    delegated = Login("delegate@lab.test", "lab-only-delegate-passw0rd")  # an administrator of that domain

    def __init__(self, clock):
        super().__init__(clock)
        self.app = BluemindApp(self)
        self.populate(fresh=False)

    @property
    def api(self) -> str:
        """What the clients are given as address."""
        return f"{self.url}/api"

    # State

    def populate(self, fresh: bool) -> None:
        self.random = random.Random(32)  # invented ids are the same in every run
        self.shuffler = random.Random(5)
        self.store = Store(global_settings=dict(GLOBAL_DEFAULTS))
        self._installation()
        if not fresh:
            self.seed(
                domains=[{"uid": self.domain_uid, "name": self.domain}],
                users=[
                    {
                        "domain": self.domain,
                        "login": "delegate",
                        "password": self.delegated.password,
                        "first_name": "Del",
                        "last_name": "Egate",
                        "emails": [self.delegated.username],
                        "profile": "admin",
                    }
                ],
                api_keys=[{"sid": self.api_key, "uid": "key-admin0", "login": self.username}],
            )

    def _installation(self) -> None:
        """One server, and the management domain with its administrator."""
        self.seed(servers=["bm-master"], system_conf={"message_size_limit": "10485760"})
        value = {"label": GLOBAL, "name": GLOBAL, "description": "Global domain", "properties": {}, "global": True}
        domain = add_domain(self, GLOBAL, value | {"aliases": [], "defaultAlias": GLOBAL})
        card = VCARD.make()
        card["identification"]["name"] |= {"familyNames": "admin0", "givenNames": "admin0"}
        card["source"] = f"bm://{GLOBAL}/users/{ADMIN0}"
        user = USER.make(login="admin0", emails=[address(self.username, default=True)], system=True, contactInfos=complete(card))
        item = Item(self.store.number(), display_name="admin0 admin0")
        entry = Entry(ADMIN0, "USER", user, item, roles=["systemManagement", *SELF])
        store_password(entry, self.password, self.now_ms())
        domain.add(entry, "system", self.now_ms())

    def seed(self, **things) -> None:
        """Put things in place behind the API's back; the README lists what each argument takes. Nothing is logged."""
        Seeder(self).plant(**things)

    def seed_named(self, name: str) -> None:
        if name != "demo":
            raise ValueError(f"no data set is called {name!r}")
        self.seed(**demo.THINGS)

    def state(self) -> dict:
        return self.store.as_json()

    def restore(self, state: dict) -> None:
        self.store = Store.from_json(state)

    # Helpers of the handlers

    def now_ms(self) -> int:
        return int(self.clock.now() * 1000)

    def invented(self) -> str:
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def view(self) -> View:
        """How documents are written now."""
        generation = None if self.knobs.superset else self.knobs.generation
        return View(generation, self.shuffler if self.knobs.shuffle_sets else None)

    def as_set(self, items: list) -> list:
        """A list whose order means nothing."""
        return self.shuffler.sample(items, len(items)) if self.knobs.shuffle_sets else items

    def touch(self, item: Item, by: str) -> None:
        """A write to something that is in no directory."""
        self.store.versions += 1
        item.version, item.updated, item.updated_by = self.store.versions, self.now_ms(), by

    def remove_entry(self, domain: Domain, entry: Entry) -> None:
        """With all that hangs on it."""
        domain.remove(entry)
        defaults.remove(self.store, domain, entry)
        if entry.kind == "USER":
            self.store.api_keys = {
                sid: key for sid, key in self.store.api_keys.items() if (key["subject"], key["domainUid"]) != (entry.uid, domain.uid)
            }

    def remove_domain(self, domain: Domain) -> None:
        del self.store.domains[domain.uid]
        for uid in [uid for uid, container in self.store.containers.items() if container.domain == domain.uid]:
            del self.store.containers[uid]
        self.store.api_keys = {sid: key for sid, key in self.store.api_keys.items() if key["domainUid"] != domain.uid}

    def close_sessions(self, domain_uid: str, uid: str) -> None:
        sessions = self.store.sessions
        self.store.sessions = {sid: session for sid, session in sessions.items() if (session.domain, session.uid) != (domain_uid, uid)}

    # Addresses and credentials

    def describe(self) -> dict:
        return {
            "url": self.url,
            "api": self.api,
            "username": self.username,
            "password": self.password,
            "core_token": self.core_token,
            "api_key": self.api_key,
            "domain": self.domain,
            "domain_uid": self.domain_uid,
            "delegated": self.delegated._asdict(),
        }

    def exports(self) -> dict[str, str]:
        return {"BLUEMIND_URL": self.api, "BLUEMIND_TOKEN": self.api_key}
