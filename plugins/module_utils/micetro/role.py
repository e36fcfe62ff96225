# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles of Micetro: what they allow, and who has them (chapters 6 and 7 of the contract)."""

from __future__ import annotations

import re
from typing import Any, Mapping, Sequence

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import DELETE, UPDATE, Field, Part, Raw
from ..core.task import ResourceTask
from . import rights
from .client import MicetroClient
from .group import rename, spare_built_in
from .member import Member, MemberInfo, MemberResource, link

WORDS = {"allow": "Allow", "deny": "Deny", "unset": "Unspecified"}
UNSET = "unset"


def flat(value: Mapping[str, Any]) -> dict[str, str]:
    """Types of objects, each with its permissions, as one map: "DNSZone.access_list"."""
    out = {}
    for kind, permissions in value.items():
        if not isinstance(permissions, dict):
            raise ValueError(f"{kind} must be a map of permissions")
        for permission, word in permissions.items():
            if not re.fullmatch(r"\w+", str(kind)) or not re.fullmatch(r"\w+", str(permission)):
                raise ValueError(f"{kind}, {permission}: these are no names of an object type and of a permission")
            if word not in WORDS:
                raise ValueError(f"{kind}, {permission}: it must be {', '.join(WORDS)}")
            out[f"{kind}.{permission}"] = word
    return out


def flat_read(access: Sequence[Raw]) -> dict[str, str]:
    return {
        f"{part['objType']}.{entry['name']}": next((word for word, wire in WORDS.items() if wire == entry["access"]), UNSET)
        for part in access or ()
        for entry in part.get("accessEntries") or ()
    }


def on_the_wire(access: Mapping[str, str]) -> list[Raw]:
    parts: dict[str, Raw] = {}
    for label, word in access.items():
        kind, _dot, permission = label.partition(".")
        part = parts.setdefault(kind, {"objType": kind, "accessEntries": []})
        part["accessEntries"].append({"name": permission, "access": WORDS[word]})
    return list(parts.values())


ACCESS = Field("access", type="dict", clean=flat, decode=flat_read, encode=on_the_wire, unset=UNSET)
USERS = link("users", "users", inner=False)
GROUPS = link("groups", "groups", inner=False)


class Role(Member):
    collection = "roles"
    properties = (
        Field("type", choices=("General", "Specific", "Legacy"), clearable=False),
        Field("description"),
        ACCESS,
    )
    links = (USERS, GROUPS)
    fields = (*properties, USERS.field, GROUPS.field)

    def value(self, change: Change, item: Field) -> Any:
        """All of the access, since nobody knows whether the server would keep what is not sent."""
        if item is ACCESS:
            return on_the_wire({**ACCESS.read(change.raw or {}), **change.goals[ACCESS.name]})
        return super().value(change, item)


class RoleResource(MemberResource):
    kind, plural = "role", "roles"
    parts = (Role(),)
    renames = True

    def export(self, raw: Raw, parts: Sequence[Part]) -> dict[str, Any]:
        """The access by type of object, without what is unset."""
        out = super().export(raw, parts)
        access: dict[str, dict[str, str]] = {}
        for label, word in out.get(ACCESS.name, {}).items():
            kind, _dot, permission = label.partition(".")
            if word != UNSET:
                access.setdefault(kind, {})[permission] = word
        return {**out, ACCESS.name: access}

    def guard(self, client: MicetroClient, change: Change) -> None:
        if change.action not in (UPDATE, DELETE):
            return
        spare_built_in(change, Role)
        raw, users, groups = change.raw or {}, self.leaving(change, USERS), self.leaving(change, GROUPS)
        if change.action == DELETE or users or groups or ACCESS.name in change.goals:
            self._spare_own(client, change, users, groups)
        if raw["name"] != rights.SUPER_ROLE:
            return
        if any(user["ref"] in users for user in raw["users"] if user["name"].casefold() == rights.SUPER_USER):
            raise Refused(f"the user {rights.SUPER_USER} keeps the role {rights.SUPER_ROLE}")
        if users or groups:
            rights.keep_an_administrator(client, lambda grant: grant[0] in groups if grant[0] else grant[1] in users)

    @staticmethod
    def _spare_own(client: MicetroClient, change: Change, users: Sequence[str], groups: Sequence[str]) -> None:
        """The acting account keeps what this role gives it."""
        own, ref = rights.own(client), (change.raw or {})["ref"]
        if ref not in {role["ref"] for name in ("roles", "groupRoles") for role in own.get(name) or ()}:
            return
        have, goal = ACCESS.read(change.raw or {}), change.goals.get(ACCESS.name, {})
        less = sorted(label for label, word in goal.items() if word != "allow" and have.get(label, UNSET) != word)
        leaves = own["ref"] in users or {group["ref"] for group in own.get("groups") or ()} & set(groups)
        if change.action == DELETE or leaves or less:
            lost = f", with {', '.join(less)}" if less else ""
            raise Refused(f"the account that the task works with has this role, which may give it its rights: it keeps it{lost}")

    def rename(self, client: MicetroClient, change: Change) -> None:
        rename(client, change)


ROLE = RoleResource()
TASK = ResourceTask(ROLE, MicetroClient)
INFO = MemberInfo(ROLE, MicetroClient)
