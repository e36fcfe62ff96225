# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups of Nextcloud (chapter 4.1 of the OCS contract)."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Optional, Sequence

from ..core.errors import AlreadyThere, BackendError, Refused
from ..core.plan import Change
from ..core.spec import CREATE, DELETE, UPDATE, Field, Part, Raw, Resource, Want
from ..core.task import InfoTask, ResourceTask, one_way
from ..core.transport import segment
from . import user, values
from .client import CLOUD, OcsClient, group_segment

LATER = (UPDATE,)
GROUPS = f"{CLOUD}/groups"

GROUPID = Field("groupid", aliases=("name",), source="id", clean=values.groupid)
DISPLAY_NAME = Field("display_name", api="displayname", clean=values.text(255, strip=True), clearable=False)
MEMBERS = Field("members", type="list", elements="str", mode="add", send=LATER, clean=values.userid, norm=str.casefold)
SUBADMINS = Field("subadmins", type="list", elements="str", mode="add", send=LATER, clean=values.userid, norm=str.casefold)


class Group(Part):
    """The group itself; its listing holds ids with their case, which a search does not respect."""

    fields = (DISPLAY_NAME,)

    def get(self, client: OcsClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        groupid = want.values["groupid"]
        found = client.call("GET", f"{GROUPS}/details", params={"search": groupid})["groups"]
        return next((group for group in found if group["id"] == groupid), None)

    def list(self, client: OcsClient, scope: Mapping[str, Any]) -> Iterable[Raw]:
        return client.pages(f"{GROUPS}/details", "groups")

    def create(self, client: OcsClient, change: Change) -> None:
        try:
            client.form("POST", GROUPS, {"groupid": change.want.values["groupid"], **change.wire(CREATE, self)}, repeat=False)
        except Refused as exc:
            if exc.code in (102, 103):
                raise AlreadyThere(str(exc), status=exc.status, code=exc.code) from None
            raise

    def set(self, client: OcsClient, change: Change, item: Field, value: Any) -> None:
        client.form("PUT", self.path(change), {"key": item.wire_name, "value": value})

    def delete(self, client: OcsClient, change: Change) -> None:
        client.call("DELETE", self.path(change))

    @staticmethod
    def path(change: Change) -> str:
        return f"{GROUPS}/{group_segment(change.want.values['groupid'])}"


class Members(Part):
    """Who belongs to the group, written at the accounts."""

    fields = (MEMBERS,)
    collection = "groups"

    def get(self, client: OcsClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        found = client.call("GET", f"{GROUPS}/{group_segment(want.values['groupid'])}/users")["users"]
        return {"members": [str(userid) for userid in found]}

    def set(self, client: OcsClient, change: Change, item: Field, value: Any) -> None:
        added, removed = change.difference(item)
        for method, userids in (("POST", added), ("DELETE", removed)):
            for userid in userids:
                user.confirm(client, userid)
                user.move(client, change, method, user.path(userid), self.collection, change.want.values["groupid"])


class Subadmins(Members):
    """Who may manage the group's members. The one route that decodes a group id only once (chapter 1.6)."""

    fields = (SUBADMINS,)
    collection = "subadmins"

    def get(self, client: OcsClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        found = client.call("GET", f"{GROUPS}/{segment(want.values['groupid']).replace('%2F', '/')}/subadmins")
        return {"subadmins": [str(userid) for userid in found]}


class GroupResource(Resource):
    kind, plural = "group", "groups"
    identities = ((GROUPID,),)
    parts = (Group(), Members(), Subadmins())

    def resolve(self, client: OcsClient, wants: Sequence[Want]) -> None:
        """The server would take an unknown id for an e-mail address and change its owner, so every name is looked up first."""
        named = {
            want.name: {
                name
                for item in (MEMBERS, SUBADMINS)
                if want.modes.get(item.name, item.mode) != "remove"
                for name in want.values.get(item.name, ())
            }
            for want in wants
            if want.state == "present"
        }
        known = client.user_ids() if any(named.values()) else {}
        for want in wants:
            missing = sorted(name for name in named.get(want.name, ()) if name.casefold() not in known)
            if missing:
                want.error = Refused(
                    f"no account is called {' or '.join(missing)}: create {'it' if len(missing) == 1 else 'them'} first, for example with ocs_user"
                )
            elif want.name == "admin" and want.values.get("subadmins"):
                want.error = Refused("nobody can be sub-admin of the group admin")
            for item in (MEMBERS, SUBADMINS):
                if item.name in want.values and not missing:
                    want.values[item.name] = [known.get(name.casefold(), name) for name in want.values[item.name]]

    def guard(self, client: OcsClient, change: Change) -> None:
        goal = change.goals.get("members")
        if change.name == "admin":
            if change.action == DELETE:
                raise Refused("the group admin is built in and cannot be deleted")
            if goal is not None and not client.is_admin:
                raise client.not_for_delegates()
        if change.name not in client.account.get("groups", ()) or (client.is_admin and change.name != "admin"):
            return
        # The rights of the acting account may come from this group.
        if change.action == DELETE or (goal is not None and not client.acting() <= {name.casefold() for name in goal}):
            raise Refused(
                f"the account that the task works with cannot leave the group {change.name} by itself, which may give it its rights"
            )


GROUP = GroupResource()
TASK = ResourceTask(GROUP, OcsClient)


class GroupInfo(InfoTask):
    """Groups by id, by search or all of them; who belongs to them costs two requests a group."""

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        one_way(params, "groupid", "search")

    def parts(self, params: Mapping[str, Any]) -> Sequence[Part]:
        return GROUP.parts if params["members"] else GROUP.parts[:1]

    def rows(self, client: OcsClient, params: Mapping[str, Any]) -> Sequence[Raw]:
        core, *rest = self.parts(params)
        if params["groupid"] is not None:
            found = core.get(client, _named(params["groupid"]), None)
            rows = [found] if found else []
        else:
            search = {"search": params["search"]} if params["search"] else {}
            rows = sorted(client.pages(f"{GROUPS}/details", "groups", **search), key=lambda group: str(group["id"]))
        for raw in rows:
            for part in rest:
                try:
                    raw.update(part.get(client, _named(raw["id"]), raw) or {})
                except BackendError as exc:
                    raise exc.reworded(f"the {part.fields[0].name} of the group {raw['id']} cannot be read: {exc}") from None
        return rows


def _named(groupid: str) -> Want:
    return Want(groupid, "", "present", {"groupid": groupid}, {})


INFO = GroupInfo(GROUP, OcsClient, search={"type": "str"}, members={"type": "bool", "default": False})
