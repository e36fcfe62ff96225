# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import copy
import random
import time
from typing import NamedTuple

from ..backend import Backend
from . import demo, greylisting, mlmmj, passwords
from .app import IredmailApp
from .knobs import Knobs
from .objects import Admin, Alias, Domain, LdapList, MailingList, User
from .policies import key_of
from .readings import READINGS
from .sessions import Sessions
from .spampolicy import FLAGS
from .store import Store
from .throttle import NUMBERS
from .user_edit import storage
from .users import NEW_SERVICES

#: Attributes that the store keeps an index of, with what changes them.
REMOVALS = {
    "users": Store.remove_user,
    "aliases": Store.remove_alias,
    "lists": Store.remove_list,
    "ldap_lists": Store.remove_ldap_list,
    "domains": Store.remove_domain,
}


class Login(NamedTuple):
    username: str
    password: str


class Iredmail(Backend):
    """A simulated iRedAdmin-Pro, seen through its RESTful API."""

    name = "iredmail"
    knobs_class = Knobs

    username = "admin@lab.test"
    password = "Lab-only-4dmin-password"
    delegated = Login("delegate@lab.test", "Lab-only-delegate-passw0rd")  # a normal admin
    delegated_domain = "delegated.example"
    readings = READINGS

    def __init__(self, clock):
        super().__init__(clock)
        self.app = IredmailApp(self)
        self.populate(fresh=False)

    @property
    def api_url(self) -> str:
        """What a client calls the URL of this backend: with the panel's prefix."""
        return f"{self.url}{self.knobs.prefix}/api"

    # State

    def reset(self, fresh: bool = False, edition: str | None = None) -> None:
        """As for every backend; `edition` is the one to go on with."""
        super().reset(fresh)
        if edition is not None:
            self.knobs.edition = edition

    def populate(self, fresh: bool) -> None:
        self.store = Store()
        self.random = random.Random(2)  # salts are the same in every run
        self.sessions = Sessions(self)
        self.seed(admins=[{"mail": self.username, "name": "Lab", "password": self.password, "is_global_admin": True}])
        if not fresh:
            self.seed(
                domains=[{"domain": self.delegated_domain, "name": "Delegated", "admins": [self.delegated.username]}],
                admins=[{"mail": self.delegated.username, "name": "Delegate", "password": self.delegated.password}],
            )

    def seed(
        self,
        *,
        domains=(),
        admins=(),
        users=(),
        aliases=(),
        lists=(),
        ldap_lists=(),
        remove=None,
        spam_policies=None,
        throttle=None,
        wblist=None,
        greylisting_settings=None,
        greylisting_whitelists=None,
        spf_domains=None,
        spf_cron=None,
        confirm=None,
    ) -> None:
        """Put things in place behind the API's back; the README lists what each argument takes. Nothing is logged or mailed."""
        for kind, names in (remove or {}).items():
            self._remove(kind, names)
        for domain in domains:
            self._seed_domain(**domain)
        for admin in admins:
            self._seed_admin(**admin)
        for user in users:
            self._seed_user(**user)
        for alias in aliases:
            self._seed_alias(**alias)
        for mailing_list in lists:
            self._seed_list(**mailing_list)
        for ldap_list in ldap_lists:
            self._seed_ldap_list(**ldap_list)
        for account, policy in (spam_policies or {}).items():
            self._set(self.store.spam_policies, account, policy and dict(FLAGS) | policy)
        for account, directions in (throttle or {}).items():
            rows = {direction: dict.fromkeys(NUMBERS, 0) | row for direction, row in (directions or {}).items()}
            self._set(self.store.throttle, account, rows or None)
        for account, directions in (wblist or {}).items():
            self._set(self.store.wblist, account, directions)
        for account, active in (greylisting_settings or {}).items():
            self._set(self.store.greylisting, account, active)
        for account, senders in (greylisting_whitelists or {}).items():
            self._set(self.store.greylisting_whitelists, account, senders)
        if spf_domains is not None:
            self.store.spf_domains = list(spf_domains)
        if spf_cron is not None:
            greylisting.run_cron(self.store, spf_cron)
        for mail, addresses in (confirm or {}).items():
            self._confirm(self.store.lists[mail], addresses)

    def _remove(self, kind: str, names) -> None:
        accounts = getattr(self.store, kind)
        for name in names:
            if name in accounts and kind in REMOVALS:
                REMOVALS[kind](self.store, accounts[name])
            else:
                accounts.pop(name, None)

    @staticmethod
    def _set(rows: dict, account: str, value) -> None:
        """None removes."""
        key = account if account.startswith("@") else key_of(account)
        if value is None:
            rows.pop(key, None)
        else:
            rows[key] = copy.deepcopy(value)

    def _dated(self, account, fields: dict):
        """Set what was given, and what a new account of its kind has anyway."""
        for name, value in fields.items():
            if name == "password":
                value = value if passwords.HASH.fullmatch(value) else passwords.hashed(value, self.random.randbytes(8))
            if not hasattr(account, name):
                raise ValueError(f"{type(account).__name__} has no {name!r}")
            setattr(account, name, copy.deepcopy(value))
        account.created = account.created or self.timestamp()
        if hasattr(account, "password_changed"):
            account.password_changed = account.password_changed or account.created
        return account

    def _seed_domain(self, domain: str, **fields) -> None:
        found = self.store.domains.get(domain) or Domain(domain, transport=self.knobs.default_transport)
        self.store.add_domain(self._dated(found, fields))

    def _seed_admin(self, mail: str, **fields) -> None:
        self.store.admins[mail] = self._dated(self.store.admins.get(mail) or Admin(mail), fields)

    def _seed_user(self, mail: str, maildir: str | None = None, **fields) -> None:
        user = self.store.users.get(mail)
        if user is None:
            if mail.rpartition("@")[2] not in self.store.domains:
                self._seed_domain(mail.rpartition("@")[2])
            user = self.store.add_user(User(mail, services=list(NEW_SERVICES), storage=self.storage_of(mail)))
        if "quota" in fields:
            self.store.set_quota(user, fields.pop("quota"))
        if "aliases" in fields:
            self.store.set_aliases(user, list(fields.pop("aliases")))
        if maildir is not None:
            user.storage = storage(maildir)
        self._dated(user, fields)
        self.store.touch(user)

    def _seed_alias(self, mail: str, **fields) -> None:
        self.store.add_alias(self._dated(self.store.aliases.get(mail) or Alias(mail), fields))

    def _seed_list(self, mail: str, **fields) -> None:
        found = self.store.lists.get(mail)
        if found is None:
            postmaster = f"postmaster@{mail.rpartition('@')[2]}"
            found = MailingList(mail, owner=[postmaster], moderators=[postmaster], mlid=str(self.random.getrandbits(64)))
            found.flags = dict(mlmmj.FLAGS)
        flags = fields.pop("flags", {})
        found.flags |= flags
        self.store.leave(found.extra_addresses)
        self.store.add_list(self._dated(found, fields))

    def _seed_ldap_list(self, mail: str, members=None, **fields) -> None:
        found = self.store.ldap_lists.get(mail) or LdapList(mail)
        for name, value in fields.items():
            setattr(found, name, value)
        self.store.add_ldap_list(found)
        if members is not None:
            self.store.set_list_members(found, members)

    @staticmethod
    def _confirm(found: MailingList, addresses) -> None:
        """These people have answered their confirmation mail."""
        for address in addresses:
            if kind := found.unconfirmed.pop(address, None):
                found.subscribers.setdefault(kind, []).append(address)

    def seed_named(self, name: str) -> None:
        if name != "demo":
            raise ValueError(f"no data set is called {name!r}")
        self.seed(domains=demo.DOMAINS, users=demo.USERS, aliases=demo.ALIASES, lists=demo.LISTS)

    def state(self) -> dict:
        return self.store.as_json()

    def restore(self, state: dict) -> None:
        self.store = Store.from_json(state)

    # Helpers of the handlers

    def timestamp(self) -> str:
        return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(self.clock.now()))

    def storage_of(self, mail: str) -> list[str]:
        """Where a new mailbox is: base directory, node, and a directory of its own."""
        local, _unused, domain = mail.partition("@")
        hashes = "/".join(letter if letter.isalnum() else "_" for letter in (local + local[-1] * 2)[:3])
        stamp = time.strftime("%Y.%m.%d.%H.%M.%S", time.gmtime(self.clock.now()))
        return [self.knobs.storage_base, self.knobs.storage_node, f"{domain}/{hashes}/{local}-{stamp}/"]

    def managed_domains(self, mail: str) -> list[str]:
        return [name for name, domain in sorted(self.store.domains.items()) if mail in domain.admins]

    def keep_mailbox(self, user: User, by: str | None, due: float | None) -> None:
        """The mail of a removed account stays on disk until a cron job's day comes; None: forever."""
        self.store.deleted_mailboxes.append({"mail": user.mail, "path": "/".join(user.storage), "by": by, "due": due})

    # Addresses and credentials

    def describe(self) -> dict:
        return {
            "url": self.url,
            "api_url": self.api_url,
            "username": self.username,
            "password": self.password,
            "delegated": self.delegated._asdict(),
        }

    def exports(self) -> dict[str, str]:
        return {"IREDMAIL_URL": self.api_url, "IREDMAIL_USERNAME": self.username, "IREDMAIL_PASSWORD": self.password}
