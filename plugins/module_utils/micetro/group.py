# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups of Micetro (chapter 6 of the contract). A group cannot contain groups."""

from __future__ import annotations

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import DELETE, UPDATE, Field
from ..core.task import ResourceTask
from . import directory
from .client import MicetroClient
from .member import NAME, Member, MemberInfo, MemberResource, link
from .rights import ALL_USERS, has_super_role, keep_an_administrator

MEMBERS = link("members", "users", inner=True, api="groupMembers")
ROLES = link("roles", "roles", inner=True)


class Group(Member):
    collection = "groups"
    properties = (
        Field("description"),
        Field("ad_integrated", type="bool", api="adIntegrated", decode=directory.flag),
        Field("external_id", api="externalID"),
    )
    links = (MEMBERS, ROLES)
    fields = (*properties, MEMBERS.field, ROLES.field)


class GroupResource(MemberResource):
    kind, plural = "group", "groups"
    parts = (Group(),)
    renames = True

    def guard(self, client: MicetroClient, change: Change) -> None:
        raw = change.raw or {}
        if change.action not in (UPDATE, DELETE):
            return
        if raw["name"] == ALL_USERS and MEMBERS.field.name in change.goals:
            raise Refused(f"every user is in the group {ALL_USERS}, and nobody leaves it")
        spare_built_in(change, Group)
        members, roles = self.leaving(change, MEMBERS), self.leaving(change, ROLES)
        acting = client.acting()
        own = [member["ref"] for member in raw["groupMembers"] if member["name"].casefold() in acting]
        if own and (change.action == DELETE or roles or set(own) & set(members)):
            raise Refused(
                "the account that the task works with is in this group, which may give it its rights: it must stay, with its roles"
            )
        if has_super_role(raw, "roles"):
            super_role = any(has_super_role({"roles": [role]}, "roles") for role in raw["roles"] if role["ref"] in roles)
            gone = change.action == DELETE or super_role
            if gone or members:
                keep_an_administrator(client, lambda grant: grant[0] == raw["ref"] and (gone or grant[1] in members))

    def rename(self, client: MicetroClient, change: Change) -> None:
        rename(client, change)


def spare_built_in(change: Change, part: type[Member]) -> None:
    """What is built in keeps its name and its properties; who belongs to it may change."""
    raw = change.raw or {}
    if not directory.flag(raw.get("builtIn")):
        return
    noun = change.resource.kind
    if change.action == DELETE:
        raise Refused(f"the {noun} {raw['name']} is built in and cannot be deleted")
    touched = sorted({item.name for item in part.properties} & set(change.goals)) + (["name"] if change.renamed else [])
    if touched:
        raise Refused(f"the {noun} {raw['name']} is built in: its {', '.join(touched)} cannot be changed")


def rename(client: MicetroClient, change: Change) -> None:
    client.put(Member.path(change), properties={NAME.name: change.value(NAME.name)})


GROUP = GroupResource()
TASK = ResourceTask(GROUP, MicetroClient)
INFO = MemberInfo(GROUP, MicetroClient)
