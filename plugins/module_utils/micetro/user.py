# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users of Micetro (chapter 6 of the contract). The server has no switch to suspend one, and no way to rename one."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Sequence

from ..core.errors import InvalidInput, Refused
from ..core.plan import Change
from ..core.spec import CREATE, DELETE, Field, Raw, Want
from ..core.task import ResourceTask, Result
from . import directory
from .client import MicetroClient
from .member import NAME, Member, MemberInfo, MemberResource, link
from .rights import ALL_USERS, SUPER_USER, has_super_role, keep_an_administrator

INTERNAL = "Internal"
TYPE = Field("authentication_type", api="authenticationType", choices=(INTERNAL, "AD", "ADGroup", "RADIUS", "External"), clearable=False)
PASSWORD = Field("password", secret=True)
GROUPS = link("groups", "groups", inner=False, protected=(ALL_USERS,))
ROLES = link("roles", "roles", inner=True)


class Account(Member):
    collection = "users"
    properties = (
        Field("full_name", api="fullName"),
        Field("description"),
        Field("email"),
        TYPE,
        Field("external_id", api="externalID"),
        PASSWORD,
    )
    links = (GROUPS, ROLES)
    fields = (*properties, GROUPS.field, ROLES.field)

    def list(self, client: MicetroClient, scope: Mapping[str, Any]) -> Iterable[Raw]:
        return self.rows(client, groupRef=reference(client, "groups", scope["group"])) if scope else self.rows(client)

    def create(self, client: MicetroClient, change: Change) -> None:
        body = {NAME.name: change.value(NAME.name), TYPE.wire_name: INTERNAL, **change.wire(CREATE, self)}
        client.post("/users", user=body)


def reference(client: MicetroClient, collection: str, name: Any) -> str:
    found = directory.look_up(client, collection, [str(name)]).get(str(name).casefold())
    if not found:
        raise InvalidInput(f"no {directory.SINGULAR[collection]} is called {name}")
    return str(found["ref"])


class User(MemberResource):
    kind, plural = "user", "users"
    parts = (Account(),)
    prune_scope = ("group",)

    def refine(self, values: dict[str, Any], state: str) -> None:
        kind = values.get(TYPE.name, INTERNAL)
        if kind != INTERNAL and PASSWORD.name in values:
            raise ValueError(f"password: a user of authentication_type {kind} has it elsewhere")

    def resolve(self, client: MicetroClient, wants: Sequence[Want]) -> None:
        super().resolve(client, wants)
        exact = [want for want in wants if GROUPS.field.name in want.values and want.modes.get(GROUPS.field.name) == "set"]
        if exact:
            known = client.listed.get("groups") or directory.everything(client, "groups")
            external = [group["name"] for group in known.values() if directory.flag(group["adIntegrated"])]
            for want in exact:
                want.keeps[GROUPS.field.name] = external  # who is in them, their directory says (chapter 6.1)

    def guard(self, client: MicetroClient, change: Change) -> None:
        if change.action == CREATE:
            if change.goals.get(TYPE.name, INTERNAL) == INTERNAL and PASSWORD.name not in change.goals:
                raise Refused(f"no user is called {change.name}; to create it, a password is needed, or another authentication_type")
            return
        left = [each.field.name for each in self.links if self.leaving(change, each)]
        self._spare_own(client, change, left)
        self._spare_built_in(change, left)
        self._keep_an_administrator(client, change)

    @staticmethod
    def _spare_own(client: MicetroClient, change: Change, left: Sequence[str]) -> None:
        if change.name.casefold() not in client.acting():
            return
        words = "this is the account that the task works with: it"
        if change.action == DELETE:
            raise Refused(f"{words} is not deleted")
        if left:
            raise Refused(f"{words} keeps its {' and '.join(left)}, which may give it its rights")
        kept = sorted({TYPE.name, PASSWORD.name} & set(change.goals))
        if kept:
            raise Refused(f"{words} keeps its {' and '.join(kept)}, or the task could not go on")

    @staticmethod
    def _spare_built_in(change: Change, left: Sequence[str]) -> None:
        if change.name.casefold() != SUPER_USER:
            return
        if change.action == DELETE:
            raise Refused(f"the user {SUPER_USER} is built in and cannot be deleted")
        touched = sorted({*left, *({item.name for item in Account.properties} & set(change.goals))})
        if touched:
            raise Refused(f"the user {SUPER_USER} is built in and keeps its {', '.join(touched)}")

    def _keep_an_administrator(self, client: MicetroClient, change: Change) -> None:
        if not has_super_role(change.raw, "roles", "groupRoles"):
            return
        ref, gone = (change.raw or {})["ref"], change.action == DELETE
        groups, roles = set(self.leaving(change, GROUPS)), set(self.leaving(change, ROLES))
        super_roles = {role["ref"] for role in (change.raw or {})["roles"] if has_super_role({"roles": [role]}, "roles")}
        ways = {*groups, *([""] if super_roles & roles else [])}
        if gone or ways:
            keep_an_administrator(client, lambda grant: grant[1] == ref and (gone or grant[0] in ways))


USER = User()
TASK = ResourceTask(USER, MicetroClient)


class UserInfo(MemberInfo):
    """Users by name, by group, by role or all of them."""

    ways = ("name", "group", "role")

    def query(self, client: MicetroClient, params: Mapping[str, Any]) -> dict[str, Any]:
        collections = {"group": "groups", "role": "roles"}
        return {f"{way}Ref": reference(client, collections[way], params[way]) for way in collections if params[way]}

    def details(self, raw: Raw) -> Result:
        return {"last_login": raw.get("lastLogin") or "", "group_roles": [role["name"] for role in raw.get("groupRoles") or ()]}


INFO = UserInfo(USER, MicetroClient, group={"type": "str"}, role={"type": "str"})
