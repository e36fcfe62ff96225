# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups of BlueMind and their members (chapter 8 of the contract)."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Optional, Sequence

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import CREATE, DELETE, UNREADABLE, UPDATE, Field, Part, Raw, Want
from ..core.task import ResourceTask
from ..core.transport import segment
from . import directory, emails, own, roles, values
from .client import BluemindClient
from .directory import DOMAIN, EXTERNAL_ID, ORG_UNIT, UID, Entry, InDomain
from .membership import groups_of, is_profile, members, members_key
from .roles import Roles
from .subjects import USER, Subjects, prepare, subjects
from .whole import EntryInfo, Whole

LATER = (UPDATE,)
NAME = Field("name", source="value.name", clean=values.name, norm=str.casefold)
PROPERTIES = Field("properties", type="dict", source="value.properties", clean=values.words)
MEMBERS = Field("members", type="list", elements="str", mode="add", send=LATER, clean=values.name, norm=str.casefold)
MEMBER_GROUPS = Field("member_groups", type="list", elements="str", mode="add", send=LATER, clean=values.name, norm=str.casefold)
EXTERNAL_MEMBERS = Field("external_members", type="list", elements="str", mode="add", send=LATER, clean=values.address)
KINDS = {MEMBERS: "user", MEMBER_GROUPS: "group", EXTERNAL_MEMBERS: "external_user"}


class Itself(Whole):
    """The group; its listing holds all of it."""

    route = "groups"
    fields = (
        NAME,
        EXTERNAL_ID,
        Field("description", source="value.description", decode=values.text, encode=values.empty_is_null, clean=values.line),
        emails.EMAIL,
        emails.EMAILS,
        Field("hidden", type="bool", source="value.hidden"),
        Field("hidden_members", type="bool", source="value.hiddenMembers"),
        Field("mail_archived", type="bool", source="value.mailArchived"),
        Field("data_location", source="value.dataLocation", send=(CREATE,), decode=values.text, clean=values.name),
        ORG_UNIT,
        PROPERTIES,
    )

    def find(self, client: BluemindClient, domain: str, want: Want) -> Optional[Raw]:
        where, name = f"/groups/{segment(client.domain(domain))}", want.values.get(NAME.name)
        if not name:
            found: Optional[Raw] = client.call("GET", f"{where}/_extid/{segment(want.values[EXTERNAL_ID.name])}")
            return found
        # The server tells names apart by letter case here, and refuses to create one that differs by nothing else.
        return client.call("GET", f"{where}/byName/{segment(name)}") or next(
            (item for item in client.ask(f"{where}/_search", {"name": name}) if NAME.norm(NAME.read(item)) == NAME.norm(name)), None
        )

    def list(self, client: BluemindClient, scope: Mapping[str, Any]) -> Iterable[Raw]:
        rows = [
            self.shown(item, domain)
            for domain in self.places(client, scope)
            for item in client.ask(f"/groups/{segment(client.domain(domain))}/_search", {})
        ]
        return self.within(client, scope, rows)

    def document(self, client: BluemindClient, change: Change, call: str) -> dict[str, Any]:
        out = super().document(client, change, call)
        values.without_empty(out, PROPERTIES.path[-1], change.goals.get(PROPERTIES.name))
        return out

    def update(self, client: BluemindClient, change: Change) -> None:
        sending = change.sending(UPDATE, self)
        if EXTERNAL_ID in sending:
            self.attempt(change, [EXTERNAL_ID], self.identify, client, change)
        rest = [item for item in sending if item is not EXTERNAL_ID]
        if rest:
            self.attempt(change, rest, super().update, client, change)

    def identify(self, client: BluemindClient, change: Change) -> None:
        client.call("POST", f"{self.of(client, change)}/_extId", repeat=True, json=change.goals[EXTERNAL_ID.name])

    def delete(self, client: BluemindClient, change: Change) -> None:
        """It succeeds for what is gone, too (chapter 8)."""
        client.wait(client.call("DELETE", self.of(client, change), repeat=True), f"deleting {change.name}")


class Members(Entry):
    """Direct members of each kind, written as differences: all that join in one call, and all that leave in another."""

    route = "groups"
    fields = tuple(KINDS)

    def get(self, client: BluemindClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        raw = raw or {}
        domain = client.domain(raw[DOMAIN.name])
        client.known.pop(members_key(domain, raw[UID.name]), None)
        held: dict[str, list[str]] = {kind: [] for kind in KINDS.values()}
        for kind, uid in sorted(members(client, domain, raw[UID.name])):
            held[kind].append(uid)
        found = subjects(client, domain)
        called = {
            MEMBERS: found.called(held["user"]) if held["user"] else {},
            MEMBER_GROUPS: {uid: groups_of(client, domain)[uid]["value"]["name"] for uid in held["group"]},
            EXTERNAL_MEMBERS: {uid: external_users(client, domain).get(uid) or uid for uid in held["external_user"]},
        }
        return {item.name: sorted(names.values(), key=str.casefold) for item, names in called.items()}

    def update(self, client: BluemindClient, change: Change) -> None:
        domain = client.domain((change.raw or {})[DOMAIN.name])
        items = change.sending(UPDATE, self)
        both: tuple[list[Mapping[str, str]], list[Mapping[str, str]]] = ([], [])
        for item in items:
            for who, names in zip(both, change.difference(item)):
                who += [{"type": KINDS[item], "uid": uid} for uid in uids(client, domain, item, names)]
        for method, who in zip(("PUT", "DELETE"), both):
            if who:
                client.call(method, f"{self.of(client, change)}/members", repeat=method == "DELETE" or client.dialect > 4, json=who)
                change.written = True


def uids(client: BluemindClient, domain: str, item: Field, names: Iterable[str]) -> list[str]:
    """Of members, by the names that ``resolve`` gave them."""
    return [uid for name in names if (uid := find(client, subjects(client, domain), item, name))]


def find(client: BluemindClient, known: Subjects, item: Field, name: str) -> Optional[str]:
    if item is MEMBERS:
        user = known.find(name, USER)
        return user.uid if user else None
    if item is MEMBER_GROUPS:
        groups = groups_of(client, known.uid).values()
        return next((group["uid"] for group in groups if group["value"]["name"].casefold() == name.casefold()), None)
    return next((uid for uid, address in external_users(client, known.uid).items() if address == name), None)


def external_users(client: BluemindClient, domain: str) -> dict[str, str]:
    """The addresses of all external users by uid; only the directory lists them (chapter 9)."""

    def ask() -> dict[str, str]:
        return {row["uid"]: values.text(row["value"].get("email")).lower() for row in directory.search(client, domain, "EXTERNALUSER")}

    return client.look_up(f"external users of {domain}", ask)


class Group(InDomain):
    kind, plural = "group", "groups"
    identities = ((NAME, DOMAIN), (UID, DOMAIN), (EXTERNAL_ID, DOMAIN))
    parts = (Itself(), Roles("groups"), Members())
    prune_scope = ("domain", "org_unit")
    renames = True
    created_by = ("name",)

    def prepare(self, client: BluemindClient, wants: Sequence[Want]) -> None:
        managed = [want.values for want in wants if {item.name for item in KINDS} & set(want.values)]
        prepare(client, ((given[DOMAIN.name], given.get(MEMBERS.name, ())) for given in managed))

    def references(self, client: BluemindClient, want: Want, domain: str, names: Sequence[str]) -> None:
        super().references(client, want, domain, names)
        known = subjects(client, domain)
        known.learn(want.values.get(MEMBERS.name, ()))
        missing = []
        for item, kind in KINDS.items():
            found = {name: find(client, known, item, name) for name in want.values.get(item.name, ())}
            if want.modes.get(item.name, item.mode) != "remove":
                missing += [f"{kind.replace('_', ' ')} {name}" for name, uid in found.items() if uid is None]
            if item is MEMBERS and found:
                called = known.called([uid for uid in found.values() if uid])
                want.values[item.name] = list(dict.fromkeys(called[uid] for uid in found.values() if uid))
        if missing:
            raise Refused(f"there is no {', no '.join(missing)} in {names[0]}: create {'it' if len(missing) == 1 else 'them'} first")

    def guard(self, client: BluemindClient, change: Change) -> None:
        super().guard(client, change)
        raw = change.raw or {}
        if raw and is_profile(raw) and (change.action == DELETE or change.renamed or NAME.name in change.goals):
            raise Refused("it is a profile of the domain, which gives its members their roles: it is neither deleted nor renamed")
        if raw and own.is_home(client, raw[DOMAIN.name]):
            self.keep_own(client, change)
        if change.action != DELETE:
            roles.check(client, change)

    @staticmethod
    def keep_own(client: BluemindClient, change: Change) -> None:
        """:raises Refused: where the account that the task works with would lose what it may do."""
        raw, uid = change.raw or {}, (change.raw or {})[UID.name]
        who = "the account that the task works with"

        def left(item: Field) -> list[Any]:
            return change.difference(item)[1] if item.name in change.goals and item.read(raw) is not UNREADABLE else []

        if (client.account.get("value") or {}).get("login") in left(MEMBERS):
            raise Refused(f"{who} cannot leave a group by itself: the group may give it its rights")
        if change.action == DELETE:
            if uid in own.groups(client) and own.gives_rights(client, uid):
                raise Refused(f"{who} is in it and has rights from it, so it stays")
        elif roles.loses(change) and uid in own.groups(client):
            raise Refused(f"{who} is in it, so it keeps its roles")
        gone = set(uids(client, client.domain(raw[DOMAIN.name]), MEMBER_GROUPS, left(MEMBER_GROUPS)))
        if gone and gone & own.groups(client):
            raise Refused(f"{who} is in it through another group, which cannot leave it: the group may give it its rights")

    def rename(self, client: BluemindClient, change: Change) -> None:
        self.parts[0].update(client, change)


GROUP = Group()
TASK = ResourceTask(GROUP, BluemindClient)


class GroupInfo(EntryInfo):
    """One group, those of a domain, or all of them."""

    def parts(self, params: Mapping[str, Any]) -> Sequence[Part]:
        first, *others = self.resource.parts
        return [first, *(part for part in others if part.fields[0].name in params["gather"])]

    def rows(self, client: BluemindClient, params: Mapping[str, Any]) -> Sequence[Raw]:
        rows = list(super().rows(client, params))
        for part in self.parts(params)[1:]:
            rows = [{**raw, **(part.get(client, Want("", "", "present", {}, {}), raw) or {})} for raw in rows]
        return sorted(rows, key=lambda raw: (raw[DOMAIN.name], str(NAME.read(raw)).casefold()))


INFO = GroupInfo(
    GROUP,
    BluemindClient,
    gather={"type": "list", "elements": "str", "choices": [MEMBERS.name, roles.ROLES.name], "default": [MEMBERS.name]},
)
