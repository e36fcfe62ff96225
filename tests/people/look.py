# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the simulated servers really hold, read behind their APIs and told in one form."""

from __future__ import annotations

from typing import Any

from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.lab.iredmail import passwords as iredmail_passwords
from ansible_collections.workplace.onboarding.tests.lab.ldapsaisie import passwords as ldapsaisie_passwords
from ansible_collections.workplace.onboarding.tests.lab.micetro.kinds import USERS

Account = dict[str, Any]

BUILT_IN = {  # there before the first person
    "ocs": {"admin", "delegate"},
    "bluemind": set(),
    "iredmail": set(),
    "micetro": {"administrator", "deputy", "viewer"},
    "ldapsaisie": {"guest"},
}


def accounts(lab: Lab) -> dict[str, dict[str, Account]]:
    """By backend and name: ``open``, ``groups`` and what else there is."""
    found = {
        "ocs": _ocs(lab),
        "bluemind": _bluemind(lab),
        "iredmail": _iredmail(lab),
        "micetro": _micetro(lab),
        "ldapsaisie": _ldapsaisie(lab),
    }
    return {backend: {name: each for name, each in there.items() if name not in BUILT_IN[backend]} for backend, there in found.items()}


def _ocs(lab: Lab) -> dict[str, Account]:
    return {
        each.id: {
            "open": each.enabled,
            "groups": sorted(each.groups),
            "name": each.displayname,
            "email": each.email,
            "quota": each.quota,
            "phone": each.properties.get("phone", ""),
            "job": each.properties.get("role", ""),
        }
        for each in lab.ocs.store.accounts.values()
    }


def _domain(lab: Lab) -> Any:
    return next(each for each in lab.bluemind.store.domains.values() if "example.org" in each.names)


def _bluemind(lab: Lab) -> dict[str, Account]:
    domain = _domain(lab)
    out = {}
    for each in domain.of("USER"):
        card, found = each.value["contactInfos"], (each.filter or {}).get("forwarding") or {}
        out[each.value["login"]] = {
            "open": not each.value["archived"],
            "groups": sorted(group.value["name"] for group in domain.parents(each.uid) if group.value["name"] not in ("user", "admin")),
            "name": (card["identification"]["name"]["givenNames"], card["identification"]["name"]["familyNames"]),
            "email": [email["address"] for email in each.value["emails"] if email["isDefault"]],
            "job": card["organizational"].get("title") or "",
            "department": (card["organizational"].get("org") or {}).get("department") or "",
            "number": each.item.external_id,
            "forwarding": sorted(found.get("emails") or []) if found.get("enabled") else [],
            "keeps a copy": bool(found.get("localCopy")) if found.get("enabled") else None,
        }
    return out


def _iredmail(lab: Lab) -> dict[str, Account]:
    return {
        mail: {
            "open": each.active,
            "groups": [],
            "name": each.name,
            "number": each.employee_id,
            "forwarding": sorted(target for target in each.forwarding if target != mail),
        }
        for mail, each in lab.iredmail.store.users.items()
    }


def _micetro(lab: Lab) -> dict[str, Account]:
    store = lab.micetro.store
    out = {}
    for each in store.all(USERS):
        groups = sorted(store.get(ref).name for ref in store.group_users.of_right(each.ref))
        roles = sorted(store.get(ref).name for ref in store.user_roles.of_left(each.ref))
        out[each.name] = {
            "groups": [name for name in groups if not name.startswith("All users")],
            "roles": roles,
            "name": each.fields["fullName"],
            "email": each.fields["email"],
            "job": each.fields["description"],
        }
    return out


def _ldapsaisie(lab: Lab) -> dict[str, Account]:
    directory, kinds = lab.ldapsaisie.store.directory, lab.ldapsaisie.types
    groups: dict[str, list[str]] = {}
    for group in directory.with_classes(kinds["LSgroup"].class_set):
        for member in group.attributes.get("uniqueMember", []):
            entry = directory.find(member)
            assert entry, f"{group.dn} still names {member}"
            groups.setdefault(entry.dn, []).append(group.attributes["cn"][0])
    out = {}
    for each in directory.with_classes(kinds["LSpeople"].class_set):
        one = {name: values[0] for name, values in each.attributes.items()}
        out[one["uid"]] = {
            "open": one.get("shadowExpire") != "0",
            "groups": sorted(groups.get(each.dn, [])),
            "name": (one.get("givenName"), one.get("sn"), one.get("cn")),
            "email": one.get("mail"),
            "dn": each.dn,
        }
    return out


# What lies behind their backs is changed by hand here, as an administrator would by clicking.


def join(lab: Lab, backend: str, name: str, group: str) -> None:
    if backend == "ocs":
        lab.ocs.store.join(lab.ocs.store.account(name), group)
    elif backend == "bluemind":
        domain = _domain(lab)
        found = domain.group_named(group)
        user = next(each for each in domain.of("USER") if each.value["login"] == name)
        domain.set_members(found, {**found.members, user.uid: "user"}, "system", lab.bluemind.now_ms())
    elif backend == "micetro":
        store = lab.micetro.store
        found = next(each for each in store.all(lab.micetro.store.tables["groups"].kind) if each.name == group)
        store.group_users.add(found.ref, store.named(USERS, name)[0].ref)
    elif backend == "ldapsaisie":
        directory = lab.ldapsaisie.store.directory
        found = next(each for each in directory.with_classes(lab.ldapsaisie.types["LSgroup"].class_set) if each.attributes["cn"] == [group])
        person = next(
            each for each in directory.with_classes(lab.ldapsaisie.types["LSpeople"].class_set) if each.attributes["uid"] == [name]
        )
        directory.replace(found, {"uniqueMember": [*found.attributes.get("uniqueMember", []), person.dn]})


def close(lab: Lab, backend: str, name: str, closed: bool = True) -> None:
    if backend == "ocs":
        lab.ocs.store.account(name).enabled = not closed
    elif backend == "bluemind":
        next(each for each in _domain(lab).of("USER") if each.value["login"] == name).value["archived"] = closed
    elif backend == "iredmail":
        user = lab.iredmail.store.users[name]
        user.active = not closed
        lab.iredmail.store.touch(user)


# Passwords


def lets_in(lab: Lab, backend: str, name: str, secret: str) -> bool:
    """Whether this is the password of an account, open or not."""
    if backend == "bluemind":
        user = next(each for each in _domain(lab).of("USER") if each.value["login"] == name)
        return bool(user.password == secret and not user.hashed)
    if backend == "iredmail":
        return iredmail_passwords.matches(lab.iredmail.store.users[name].password, secret)
    if backend == "micetro":
        return bool(lab.micetro.store.named(USERS, name)[0].fields["password"] == secret)
    if backend == "ldapsaisie":
        directory = lab.ldapsaisie.store.directory
        people = directory.with_classes(lab.ldapsaisie.types["LSpeople"].class_set)
        person = next(each for each in people if each.attributes["uid"] == [name])
        return ldapsaisie_passwords.is_right(person.attributes["userPassword"], secret)
    raise ValueError(backend)
