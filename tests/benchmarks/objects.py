# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The people that are made on each backend, by the module that a newcomer would take first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

HERE = "example.org"


@dataclass(frozen=True)
class Kind:
    """What a backend is measured with."""

    name: str  # of the backend, for people
    module: str
    plural: str  # the option of the list
    make: Callable[[int], dict]  # the n-th object
    ground: dict = field(default_factory=dict)  # what the server is seeded with, before any object
    seeded: Callable[[dict], dict] | None = None  # an object as the lab is seeded with it, and under which word
    knobs: dict = field(default_factory=dict)

    def objects(self, count: int) -> list[dict]:
        return [self.make(number) for number in range(count)]

    def world(self, objects: list[dict]) -> dict:
        """The server with these objects on it."""
        return {**self.ground, "users": [self.seeded(each) for each in objects]} if objects else self.ground

    def task(self) -> dict:
        return {self.module: {self.plural: "{{ objects }}"}}


def ocs(number: int) -> dict:
    name = f"user{number:05}"
    return {
        "userid": name,
        "email": f"{name}@{HERE}",
        "display_name": f"User {number}",
        "groups": ["staff"],
        "quota": "5 GB",
        "language": "en",
    }


def ocs_seeded(person: dict) -> dict:
    stored = {"userid": "id", "display_name": "displayname"}
    return {stored.get(name, name): value for name, value in person.items()}


def bluemind(number: int) -> dict:
    name = f"user{number:05}"
    return {
        "login": name,
        "domain": HERE,
        "given_name": "User",
        "family_name": f"Number {number}",
        "email": f"{name}@{HERE}",
        "job_title": "Clerk",
    }


def iredmail(number: int) -> dict:
    name = f"user{number:05}"
    return {
        "email": f"{name}@{HERE}",
        "name": f"User {number}",
        "password": f"Made-for-n{number:05}",
        "quota_mb": 1024,
        "language": "en_US",
    }


def ldapsaisie(number: int) -> dict:
    name = f"user{number:05}"
    person = {"givenName": "User", "sn": f"Number {number}", "cn": f"User {number}", "mail": f"{name}@{HERE}", "gidNumber": 102001}
    return {
        "type": "LSpeople",
        "dn": f"uid={name},ou=people,o=ls",
        "attributes": person,
        "passwords": {"userPassword": "M4de-by-us"},
    }


def micetro(number: int) -> dict:
    name = f"user{number:05}"
    return {
        "name": name,
        "password": f"Passw0rd-of-{number:05}",
        "full_name": f"User {number}",
        "email": f"{name}@{HERE}",
        "groups": ["staff"],
    }


KINDS = {
    "ocs": Kind("Nextcloud", "workplace.onboarding.ocs_user", "users", ocs, {"groups": ["staff"]}, ocs_seeded),
    "bluemind": Kind(
        "BlueMind",
        "workplace.onboarding.bluemind_user",
        "users",
        bluemind,
        {"domains": [{"uid": "18fb0c2a9b1.internal", "name": HERE}]},
        knobs={"dialect": 5},
    ),
    "iredmail": Kind(
        "iRedMail", "workplace.onboarding.iredmail_user", "users", iredmail, {"domains": [{"domain": HERE}]}, knobs={"edition": "mysql"}
    ),
    "micetro": Kind("Micetro", "workplace.onboarding.micetro_user", "users", micetro, {"groups": ["staff"]}),
    "ldapsaisie": Kind(
        "LdapSaisie",
        "workplace.onboarding.ldapsaisie_object",
        "objects",
        ldapsaisie,
        {"objects": [{"type": "LSgroup", "attributes": {"cn": "staff", "gidNumber": 102001}}]},
    ),
}
