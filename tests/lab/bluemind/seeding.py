# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Putting things in place behind the API's back: nothing is checked, logged or asked (README)."""

from __future__ import annotations

import copy

from . import dataprotect, domains, externalusers, groups, mailshares, orgunits, passwords, resources, servers, users
from .documents import DEVICE, DOMAIN, EXTERNAL_USER, GROUP, MAILSHARE, ORG_UNIT, RESOURCE, RESOURCE_TYPE, SERVER, USER
from .emails import address
from .model import Record
from .store import Container, Domain, Entry, Session
from .vcards import VCARD

KINDS = ("USER", "GROUP", "EXTERNALUSER", "MAILSHARE", "RESOURCE", "ORG_UNIT", "SHARED_MAILBOX")
PROFILES = ("user", "admin")
BESIDE = ("roles", "settings", "filter", "photo", "used", "subscriptions", "accounts")


class Seeder:
    def __init__(self, server):
        self.server = server
        self.store = server.store

    def plant(self, **things) -> None:
        """In the order in which things need each other."""
        for name in ("remove_domains", "remove", "servers", "domains", "resource_types", "org_units", "groups", "users"):
            for thing in things.pop(name, None) or ():
                getattr(self, name)(thing)
        for name in ("external_users", "mailshares", "shared_mailboxes", "resources", "containers", "devices", "api_keys", "generations"):
            for thing in things.pop(name, None) or ():
                getattr(self, name)(thing)
        for name in ("members", "administrators", "acls", "sessions", "tasks"):
            for key, value in (things.pop(name, None) or {}).items():
                getattr(self, name)(key, value)
        self.store.global_settings.update(things.pop("global_settings", None) or {})
        self.store.system_conf.update(things.pop("system_conf", None) or {})
        if (maintenance := things.pop("maintenance", None)) is not None:
            self.store.maintenance = maintenance
        if things:
            raise TypeError(f"seed() takes no {', '.join(sorted(things))}")

    def domain_of(self, thing: dict) -> Domain:
        """The named one, or the first that is not global.virt."""
        name = thing.pop("domain", None)
        if name is None:
            return next(domain for domain in self.store.domains.values() if not domain.value["global"])
        domain = self.store.domain(name)
        if domain is None:
            raise ValueError(f"no domain is called {name}")
        return domain

    def read(self, kind: Record, thing: dict) -> dict:
        known = {name: copy.deepcopy(value) for name, value in thing.items() if name in kind.fields}
        unknown = thing.keys() - kind.fields.keys()
        if unknown:
            raise TypeError(f"unknown in a seed: {', '.join(sorted(unknown))}")
        if "emails" in known:
            known["emails"] = [_email(email, number == 0) for number, email in enumerate(known["emails"])]
        return kind.read(known, 99)

    # Installation

    def servers(self, thing: dict | str) -> None:
        thing = {"uid": thing} if isinstance(thing, str) else dict(thing)
        uid = thing.pop("uid")
        servers.put(self.server, uid, SERVER.make(ip="192.0.2.10", fqdn=f"{uid}.example.test", name=uid, tags=list(servers.TAGS)) | thing)

    def domains(self, thing: dict | str) -> None:
        thing = {"name": thing} if isinstance(thing, str) else dict(thing)
        settings, roles, numbers = thing.pop("settings", None), thing.pop("roles", None), thing.pop("item", None)
        assigned = thing.pop("servers", [list(pair) for pair in self._everywhere()])
        uid = thing.pop("uid", None) or thing["name"]
        value = self.read(DOMAIN, {"label": thing["name"], "aliases": [], "properties": {}} | thing | {"name": uid})
        # The mail domain is an alias where the uid is another name: the style of the console (contract 4.1).
        if thing["name"] != uid and thing["name"] not in value["aliases"]:
            value["aliases"] = [thing["name"], *value["aliases"]]
        value["defaultAlias"] = value["defaultAlias"] or next(iter(value["aliases"]), uid)
        domain = self.store.domains.get(uid)
        if domain is None:
            domain = domains.add(self.server, uid, value)
            domain.assignments = assigned
            for name in PROFILES:
                domain.entries[f"{uid}_{name}_group"].value["dataLocation"] = next(
                    (host for host, tag in assigned if tag == servers.MAIL), None
                )
        else:
            domain.value = value
        domain.settings |= settings or {}
        domain.roles = roles if roles is not None else domain.roles
        _number(domain.item, numbers)

    def _everywhere(self):
        return [(uid, tag) for uid, host in self.store.servers.items() for tag in host.value["tags"]]

    # Entries

    def _put(self, thing: dict, kind: str, record: Record, make, **defaults) -> tuple[Domain, Entry, dict]:
        """Make an entry, or give an existing one other values; what is beside its document is given back."""
        thing = dict(thing)
        domain = self.domain_of(thing)
        beside = {name: thing.pop(name) for name in (*BESIDE, "groups", "item", "external_id", "members") if name in thing}
        uid = thing.pop("uid")
        old = domain.get(kind, uid)
        if old is None:
            entry = make(domain, uid, self.read(record, defaults | thing))
        else:
            entry = old
            merged = copy.deepcopy(old.value) | self.read(record, thing)
            value = {name: merged[name] if name in thing else old.value.get(name) for name in record.fields}
            domain.replace(entry, value, "system", self.server.now_ms())
        for name in BESIDE:
            if name in beside:
                setattr(entry, name, copy.deepcopy(beside[name]))
        if "external_id" in beside:
            domain.set_external_id(entry, beside["external_id"], "system", self.server.now_ms())
        for group in beside.get("groups", ()):
            self._join(domain, entry, group)
        _number(entry.item, beside.get("item"))
        return domain, entry, beside

    def _join(self, domain: Domain, entry: Entry, name: str) -> None:
        uid = f"{domain.uid}_{name}_group" if name in PROFILES else name
        group = domain.get("GROUP", uid) or domain.group_named(name)
        if group is None:
            self.groups({"domain": domain.uid, "uid": f"g-{name}", "name": name})
            group = domain.group_named(name)
        kinds = {"USER": "user", "GROUP": "group", "EXTERNALUSER": "external_user"}
        domain.set_members(group, group.members | {entry.uid: kinds[entry.kind]}, "system", self.server.now_ms())

    def users(self, thing: dict) -> None:
        thing = dict(thing)
        thing.setdefault("uid", f"u-{thing['login']}")
        card = _card(thing)
        domain = self.store.domain(thing["domain"]) if "domain" in thing else self.domain_of({})
        if domain.get("USER", thing["uid"]) is None or card:
            known = domain.get("USER", thing["uid"])
            base = copy.deepcopy(known.value["contactInfos"]) if known else VCARD.make()
            if known and card.get("identification", {}).get("name"):
                base["identification"]["formatedName"]["value"] = None
            thing["contactInfos"] = _merged(base, card)
        has_password, password = "password" in thing, thing.pop("password", None)
        thing.setdefault("groups", [])
        if profile := thing.pop("profile", None):
            thing["groups"] = [*thing["groups"], profile]

        def make(domain: Domain, uid: str, value: dict) -> Entry:
            value, outside = users.sanitize(self.server, domain, uid, value)
            return users.add(self.server, domain, uid, value, outside, "system")

        _domain, entry, _beside = self._put(thing, "USER", USER, make, login=thing["uid"].removeprefix("u-"))
        if "contactInfos" in thing:
            value, _unused = users.sanitize(self.server, domain, entry.uid, copy.deepcopy(entry.value), entry)
            entry.value["contactInfos"] = value["contactInfos"]
            entry.item.display_name = value["contactInfos"]["identification"]["formatedName"]["value"]
        if has_password:
            passwords.store(entry, password, self.server.now_ms())

    def groups(self, thing: dict | str) -> None:
        thing = {"name": thing} if isinstance(thing, str) else dict(thing)
        thing.setdefault("uid", f"g-{thing.get('name')}")

        def make(domain: Domain, uid: str, value: dict) -> Entry:
            return groups.add(self.server, domain, uid, groups.sanitize(self.server, domain, value), "system")

        domain, entry, beside = self._put(thing, "GROUP", GROUP, make)
        entry.item.display_name = entry.value["name"]
        for member in beside.get("members", ()):
            if member in domain.entries:
                self._join(domain, domain.entries[member], entry.uid)
            else:
                raise ValueError(f"no entry {member} to be a member of {entry.uid}")

    def external_users(self, thing: dict) -> None:
        thing = dict(thing)
        thing["contactInfos"] = _merged(VCARD.make(), _card(thing))

        def make(domain: Domain, uid: str, value: dict) -> Entry:
            return externalusers.add(self.server, domain, uid, externalusers.sanitize(domain, value), "system")

        self._put(thing, "EXTERNALUSER", EXTERNAL_USER, make)

    def mailshares(self, thing: dict) -> None:
        def make(domain: Domain, uid: str, value: dict) -> Entry:
            return mailshares.add(self.server, domain, uid, mailshares.sanitize(self.server, domain, value), "system")

        self._put({"card": None} | thing, "MAILSHARE", MAILSHARE, make, routing="internal")

    def shared_mailboxes(self, thing: dict) -> None:
        thing = dict(thing)
        thing["contactInfos"] = _merged(VCARD.make(), _card(thing))

        def make(domain: Domain, uid: str, value: dict) -> Entry:
            value, _unused = users.sanitize(self.server, domain, uid, value)
            entry = users.add(self.server, domain, uid, value | {"loginCaps": False}, [], "system")
            domain._leave(entry)
            entry.kind = "SHARED_MAILBOX"
            domain._enter(entry)
            return entry

        self._put(thing, "SHARED_MAILBOX", USER, make)

    def resources(self, thing: dict) -> None:
        def make(domain: Domain, uid: str, value: dict) -> Entry:
            return resources.add(self.server, domain, uid, resources.sanitize(self.server, domain, value), "system")

        self._put(thing, "RESOURCE", RESOURCE, make, typeIdentifier="default")

    def resource_types(self, thing: dict) -> None:
        thing = dict(thing)
        domain, uid = self.domain_of(thing), thing.pop("uid")
        domain.resource_types[uid] = RESOURCE_TYPE.read(thing, 99)

    def org_units(self, thing: dict) -> None:
        def make(domain: Domain, uid: str, value: dict) -> Entry:
            return orgunits.add(self.server, domain, uid, value, "system")

        self._put(thing, "ORG_UNIT", ORG_UNIT, make)

    # What hangs on them

    def members(self, group: str, uids: list[str]) -> None:
        """The exact members of a group."""
        for domain in self.store.domains.values():
            if entry := domain.get("GROUP", group):
                domain.set_members(entry, {}, "system", self.server.now_ms())
                for uid in uids:
                    self._join(domain, domain.entries[uid], group)

    def administrators(self, unit: str, roles: dict[str, list[str]]) -> None:
        for domain in self.store.domains.values():
            if entry := domain.get("ORG_UNIT", unit):
                entry.administrators = copy.deepcopy(roles)

    def acls(self, container: str, entries: list) -> None:
        self.store.containers[container].acl = [
            list(entry) if not isinstance(entry, dict) else [entry["subject"], entry["verb"]] for entry in entries
        ]

    def containers(self, thing: dict) -> None:
        thing = dict(thing)
        domain = self.domain_of(thing)
        self.store.add_container(Container(domain=domain.uid, **({"default": False} | thing)))

    def sessions(self, sid: str, login: str | None) -> None:
        """`login@domain`, or none to end it."""
        self.store.sessions.pop(sid, None)
        if login is not None:
            domain, entry = self._account(login)
            self.store.sessions[sid] = Session(entry.uid, domain.uid, self.server.clock.now())

    def api_keys(self, thing: dict) -> None:
        thing = dict(thing)
        domain, entry = self._account(thing.pop("login"))
        key = {"uid": f"key-{len(self.store.api_keys) + 1}", "displayName": "lab"} | thing
        self.store.api_keys[key["sid"]] = key | {"subject": entry.uid, "domainUid": domain.uid}

    def _account(self, login: str) -> tuple[Domain, Entry]:
        local, _unused, place = login.rpartition("@")
        domain = self.store.domain(place)
        entry = domain.with_mailbox_name(local) if domain else None
        if entry is None:
            raise ValueError(f"nobody is called {login}")
        return domain, entry

    def devices(self, thing: dict) -> None:
        thing = dict(thing)
        domain, user = self.domain_of(thing), thing.pop("user")
        value = DEVICE.make(owner=user, hasPartnership=True) | {"wiped": False, "identifier": thing["uid"], "type": "Phone"}
        domain.entries[user].devices.append(value | thing)

    def generations(self, thing: dict) -> None:
        """`id`, `at` (ms) and `outcome` as in the knob `backup`."""
        at = thing.get("at", self.server.now_ms())
        self.store.generations.append(dataprotect.make(self.server, at, at + 600_000, thing.get("outcome", "ok"), thing.get("id")))

    def tasks(self, task_id: str, thing: dict) -> None:
        """A task in some state: `state`, `last`, `log`, `looks`, `steps`, `progress`, `result`."""
        ended = thing.get("state") in ("Success", "InError")
        now = self.server.clock.now()
        plain = {
            "id": task_id,
            "action": "nothing",
            "arguments": {},
            "actor": "system",
            "self": None,
            "failure": None,
            "log": [],
            "steps": 0.0,
        }
        plain |= {
            "begun": 0.0,
            "progress": 0.0,
            "began": now,
            "looks": 0,
            "state": "NotStarted",
            "last": None,
            "result": '""' if ended else None,
        }
        self.store.tasks[task_id] = plain | {"ended": now if ended else None} | thing

    def remove(self, thing) -> None:
        """A uid, or [domain, uid]."""
        name, uid = (None, thing) if isinstance(thing, str) else thing
        for domain in [self.store.domain(name)] if name else list(self.store.domains.values()):
            if domain and uid in domain.entries and domain.entries[uid].kind in KINDS:
                self.server.remove_entry(domain, domain.entries[uid])

    def remove_domains(self, name: str) -> None:
        if domain := self.store.domain(name):
            self.server.remove_domain(domain)


def _email(email: dict | str, first: bool) -> dict:
    return address(email, default=first) if isinstance(email, str) else {"allAliases": False, "isDefault": False} | email


def _card(thing: dict) -> dict:
    """The parts of a card that a seed names in short."""
    name = {long: thing.pop(short) for short, long in (("first_name", "givenNames"), ("last_name", "familyNames")) if short in thing}
    card = {"identification": {"name": name}} if name else {}
    return _merged(card, thing.pop("contactInfos", {}))


def _merged(base: dict, more: dict) -> dict:
    merged = dict(base)
    for key, value in more.items():
        merged[key] = _merged(base[key], value) if isinstance(value, dict) and isinstance(base.get(key), dict) else value
    return merged


def _number(item, numbers: dict | None) -> None:
    for name, value in (numbers or {}).items():
        setattr(item, name, value)
