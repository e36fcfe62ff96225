# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import random
from typing import NamedTuple

from ..backend import Backend
from . import demo
from .app import OcsApp
from .apps import fresh_apps, fresh_config
from .auth import BruteForce
from .knobs import Knobs
from .limits import Limits
from .store import PROPERTIES, Account, Group, Store, Token


class Login(NamedTuple):
    username: str
    password: str


class Ocs(Backend):
    """A simulated Nextcloud 32, seen through its OCS provisioning API."""

    name = "ocs"
    knobs_class = Knobs

    username = "admin"
    password = "lab-only-admin-passw0rd"
    app_password = "LabOnlyAppPassword".ljust(72, "0")
    delegated = Login("delegate", "lab-only-delegate-passw0rd")
    delegated_group = "delegates"

    def __init__(self, clock):
        super().__init__(clock)
        self.app = OcsApp(self)
        self.populate(fresh=False)

    # State

    def populate(self, fresh: bool) -> None:
        apps = fresh_apps()
        self.store = Store(apps=apps, config=fresh_config(apps))
        self.random = random.Random(32)  # invented ids are the same in every run
        self.limits = Limits(self.clock)
        self.brute_force = BruteForce(self)
        self.seed(users=[{"id": self.username, "password": self.password, "email": "admin@lab.test", "groups": ["admin"]}])
        if not fresh:
            self.seed(
                users=[{"id": self.delegated.username, "password": self.delegated.password, "groups": [self.delegated_group]}],
                delegated_groups=[self.delegated_group],
                tokens={self.app_password: {"account": self.username, "login": self.username}},
            )

    def seed(
        self,
        *,
        users=(),
        groups=(),
        remove_users=(),
        remove_groups=(),
        config=None,
        remove_config=None,
        apps=None,
        tokens=None,
        delegated_groups=(),
        orphan_directories=(),
        allow_list=None,
        statuses=None,
        failures: int | None = None,
        edits=None,
        collection_edits=None,
    ) -> None:
        """Put things in place behind the API's back; the README lists what each argument takes. Nothing is logged or mailed."""
        for user_id in remove_users:
            if account := self.store.account(user_id):
                self.store.remove(account)
        for group_id in remove_groups:
            if group_id in self.store.groups:
                self.store.remove_group(group_id)
        for group in groups:
            wanted = {"id": group} if isinstance(group, str) else group
            self._seed_group(**wanted)
        for user in users:
            self._seed_user(**user)
        for app, keys in (remove_config or {}).items():
            for key in keys:
                self.store.config.get(app, {}).pop(key, None)
        for app, values in (config or {}).items():
            self.store.config.setdefault(app, {}).update(values)
        self.store.apps.update(apps or {})
        for secret, token in (tokens or {}).items():
            self.store.tokens[secret] = Token(**token)
        self.store.delegated_groups += [group for group in delegated_groups if group not in self.store.delegated_groups]
        self.store.orphan_directories += orphan_directories
        if allow_list is not None:
            self.store.allow_list = {str(number): entry for number, entry in enumerate(allow_list, 1)}
            self.store.allow_list_last = len(allow_list)
        self.store.statuses.update(statuses or {})
        if failures is not None:
            self.brute_force.failures.clear()
            for _unused in range(failures):
                self.brute_force.record("127.0.0.1", None)
        for kind, counts in (("edit", edits), ("collection", collection_edits)):
            for account_id, count in (counts or {}).items():
                self.limits.fill(kind, account_id, count)

    def _seed_group(self, id: str, displayname: str | None = None) -> None:
        group = self.store.groups.setdefault(id, Group(id, displayname or id))
        group.displayname = displayname or group.displayname

    def _seed_user(self, id: str, groups=None, subadmin=None, email: str | None = "", displayname: str | None = "", **fields) -> None:
        account = self.store.account(id) or self.store.add(Account(id))
        if email != "":
            self.store.set_email(account, email and email.lower())
        if displayname != "":
            self.store.set_displayname(account, displayname)
        if groups is not None:
            for group_id in list(account.groups):
                self.store.leave(account, group_id)
            for group_id in groups:
                self._seed_group(group_id)
                self.store.join(account, group_id)
        if subadmin is not None:
            account.subadmin = dict.fromkeys(subadmin)
        for name, value in fields.items():
            if name in PROPERTIES:
                account.properties[name] = value
            else:
                setattr(account, name, value)

    def seed_named(self, name: str) -> None:
        if name != "demo":
            raise ValueError(f"no data set is called {name!r}")
        self.seed(users=demo.USERS, groups=demo.GROUPS)

    def state(self) -> dict:
        return self.store.as_json()

    def restore(self, state: dict) -> None:
        self.store = Store.from_json(state)

    # Helpers of the handlers

    def resolve(self, user_id: str) -> Account | None:
        """The account of an id in a path; an e-mail address finds its first owner (contract 0, point 3)."""
        account = self.store.account(user_id)
        if account is None and self.knobs.email_fallback:
            account = self.store.first_with_email(user_id)
        return account

    def mail(self, kind: str, account: Account, to: str, **details) -> None:
        self.mails.append({"kind": kind, "account": account.id, "to": to, "language": account.language, **details})

    # Addresses and credentials

    def describe(self) -> dict:
        return {
            "url": self.url,
            "username": self.username,
            "password": self.password,
            "app_password": self.app_password,
            "delegated": self.delegated._asdict(),
        }

    def exports(self) -> dict[str, str]:
        return {"OCS_URL": self.url, "OCS_USERNAME": self.username, "OCS_PASSWORD": self.app_password}
