# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The calls for vacation, forwarding and rules (contract 7)."""

from __future__ import annotations

from . import filters
from .errors import ServerFault, dereferenced, not_found
from .lookup import directory
from .mailboxes import demand, find
from .rights import check, check_self_or
from .routes import VOID, router
from .store import Domain, Entry


def writable(call, domain_name: str, uid: str) -> tuple[Domain, Entry]:
    domain = directory(call, domain_name)
    entry = demand(domain, uid)
    check_self_or(call, "selfChangeMailboxFilter", "manageMailboxFilter", domain=domain, entry=entry)
    return domain, entry


def readable(call, domain_name: str, uid: str) -> Entry:
    """Reading an unknown one is a crash, writing it a 404."""
    entry = find(directory(call, domain_name), uid)
    if entry is None:
        raise ServerFault("UNKNOWN", f"mailbox {uid} not found")
    return entry


def store(call, domain: Domain, entry: Entry, part: dict) -> None:
    entry.filter = filters.of(entry) | part
    domain.touch(entry.item, call.actor, call.server.now_ms())


def wanted(call, kind, current: dict) -> dict:
    value = call.body(kind, current)
    if value is None:
        raise dereferenced("filter")
    return value


@router.add("GET", "/mailboxes/{domainUid}/{mailboxUid}/_filter")
def read(call, domain_name: str, uid: str):
    return filters.FILTER.write(filters.of(readable(call, domain_name, uid)), call.view)


@router.add("POST", "/mailboxes/{domainUid}/{mailboxUid}/_filter", returns=VOID, write=True, stores="filter")
def write(call, domain_name: str, uid: str):
    domain, entry = writable(call, domain_name, uid)
    store(call, domain, entry, filters.checked(call, domain, entry, wanted(call, filters.FILTER, filters.of(entry))))


@router.add("GET", "/mailboxes/{domainUid}/_filter")
def read_of_domain(call, domain_name: str):
    return filters.FILTER.write(directory(call, domain_name).filter or filters.FILTER.make(), call.view)


@router.add("POST", "/mailboxes/{domainUid}/_filter", returns=VOID, write=True, stores="filter")
def write_of_domain(call, domain_name: str):
    domain = directory(call, domain_name)
    check(call, "manageMailboxFilter", domain=domain)
    domain.filter = filters.checked(call, domain, None, wanted(call, filters.FILTER, domain.filter or filters.FILTER.make()))


# One part each, from 5.x on; their validation is skipped there


@router.add("GET", "/mailboxes/{domainUid}/{mailboxUid}/_vacation", since=50)
def read_vacation(call, domain_name: str, uid: str):
    return filters.of(readable(call, domain_name, uid))["vacation"]


@router.add("POST", "/mailboxes/{domainUid}/{mailboxUid}/_vacation", since=50, returns=VOID, write=True, stores="vacation")
def write_vacation(call, domain_name: str, uid: str):
    domain, entry = writable(call, domain_name, uid)
    value = wanted(call, filters.VACATION, filters.of(entry)["vacation"])
    store(call, domain, entry, {"vacation": filters.kept_vacation(call.generation, value)})


@router.add("GET", "/mailboxes/{domainUid}/{mailboxUid}/_forwarding", since=50)
def read_forwarding(call, domain_name: str, uid: str):
    return filters.FORWARDING.write(filters.of(readable(call, domain_name, uid))["forwarding"], call.view)


@router.add("POST", "/mailboxes/{domainUid}/{mailboxUid}/_forwarding", since=50, returns=VOID, write=True, stores="forwarding")
def write_forwarding(call, domain_name: str, uid: str):
    domain, entry = writable(call, domain_name, uid)
    value = wanted(call, filters.FORWARDING, filters.of(entry)["forwarding"])
    store(call, domain, entry, {"forwarding": filters.lowered(value)})


@router.add("GET", "/mailboxes/{domainUid}/{mailboxUid}/_delegationRule", since=50)
def read_delegation(call, domain_name: str, uid: str):
    entry = readable(call, domain_name, uid)
    return entry.delegation or filters.DELEGATION.make(delegatorUid=uid)


@router.add("POST", "/mailboxes/{domainUid}/{mailboxUid}/_delegationRule", since=50, returns=VOID, write=True, stores="delegation")
def write_delegation(call, domain_name: str, uid: str):
    domain, entry = writable(call, domain_name, uid)
    entry.delegation = wanted(call, filters.DELEGATION, entry.delegation or {})
    domain.touch(entry.item, call.actor, call.server.now_ms())


# Single rules, of a mailbox or of the domain


class Rules:
    """The rules of one owner, and how they are stored again."""

    def __init__(self, call, domain_name: str, uid: str | None):
        self.call = call
        writing = call.match.route.write
        if uid is None:
            self.domain, self.entry = directory(call, domain_name), None
            if writing:
                check(call, "manageMailboxFilter", domain=self.domain)
        elif writing:
            self.domain, self.entry = writable(call, domain_name, uid)
        else:
            self.domain, self.entry = directory(call, domain_name), readable(call, domain_name, uid)
        self.filter = (filters.of(self.entry) if self.entry else self.domain.filter) or filters.FILTER.make()
        self.rules = list(self.filter["rules"])

    def place(self, rule_id: str) -> int:
        for place, rule in enumerate(self.rules):
            if str(rule["id"]) == rule_id:
                return place
        raise not_found(f"rule {rule_id} not found")

    def read(self) -> dict:
        return filters.kept_rule(self.call, wanted(self.call, filters.RULE, {}))

    def save(self) -> None:
        if self.entry:
            store(self.call, self.domain, self.entry, {"rules": self.rules})
        else:
            self.domain.filter = self.filter | {"rules": self.rules}

    def shown(self, rule: dict) -> dict:
        return filters.RULE.write(rule, self.call.view)


def list_rules(call, domain_name: str, uid: str | None = None):
    rules = Rules(call, domain_name, uid)
    client = call.query.get("client")
    return [rules.shown(rule) for rule in rules.rules if client is None or rule["client"] == client]


def read_rule(call, domain_name: str, *where: str):
    *owner, rule_id = where
    rules = Rules(call, domain_name, owner[0] if owner else None)
    found = [rule for rule in rules.rules if str(rule["id"]) == rule_id]
    return rules.shown(found[0]) if found else None


def add_rule(call, domain_name: str, uid: str | None = None, position: str = "", anchor: str = ""):
    rules = Rules(call, domain_name, uid)
    rule = rules.read() | {"id": call.store.number()}
    place = len(rules.rules) if not anchor else rules.place(anchor) + (position.lower() == "after")
    rules.rules.insert(place, rule)
    rules.save()
    return rule["id"]


def update_rule(call, domain_name: str, *where: str):
    *owner, rule_id = where
    rules = Rules(call, domain_name, owner[0] if owner else None)
    place = rules.place(rule_id)
    rules.rules[place] = rules.read() | {"id": rules.rules[place]["id"]}
    rules.save()


def delete_rule(call, domain_name: str, *where: str):
    *owner, rule_id = where
    rules = Rules(call, domain_name, owner[0] if owner else None)
    del rules.rules[rules.place(rule_id)]
    rules.save()


def move_rule(call, domain_name: str, uid: str, rule_id: str, direction: str, anchor: str = ""):
    rules = Rules(call, domain_name, uid)
    place = rules.place(rule_id)
    rule = rules.rules.pop(place)
    if anchor:
        place = rules.place(anchor) + (direction.lower() == "after")
    else:
        place = {"top": 0, "bottom": len(rules.rules), "up": max(place - 1, 0), "down": place + 1}.get(direction.lower(), place)
    rules.rules.insert(place, rule)
    rules.save()


for base in ("/mailboxes/{domainUid}", "/mailboxes/{domainUid}/{mailboxUid}"):
    router.add("GET", f"{base}/_rules", since=50)(list_rules)
    router.add("PUT", f"{base}/_rules", since=50, write=True, stores="rules")(add_rule)
    router.add("GET", f"{base}/_rules/{{id}}", since=50)(read_rule)
    router.add("POST", f"{base}/_rules/{{id}}", since=50, returns=VOID, write=True, stores="rules")(update_rule)
    router.add("DELETE", f"{base}/_rules/{{id}}", since=50, returns=VOID, write=True, stores="rules")(delete_rule)
router.add("GET", "/mailboxes/{domainUid}/{mailboxUid}/_rulesByClient", since=50)(list_rules)
router.add("PUT", f"{base}/_rules/{{position}}/{{anchorId}}", since=50, write=True, stores="rules")(add_rule)
router.add("POST", f"{base}/_rules/{{id}}/{{direction}}", since=50, returns=VOID, write=True, stores="rules")(move_rule)
router.add("POST", f"{base}/_rules/{{id}}/{{position}}/{{anchorId}}", since=50, returns=VOID, write=True, stores="rules")(move_rule)
