# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which groups a user belongs to, as the groups' own lists of members say (chapters 5.6, 8 and 20 of the BlueMind contract).

A profile is a group that gives roles; without one, nobody can use anything.
"""

from __future__ import annotations

from typing import Iterable, Mapping, Optional, Sequence

from ..core.errors import BackendError, Refused
from ..core.plan import Change
from ..core.spec import UNREADABLE, UPDATE, Field, Part, Raw, Want
from ..core.transport import segment
from . import values
from .client import BluemindClient

LATER = (UPDATE,)
GROUPS = Field("groups", type="list", elements="str", mode="add", send=LATER, clean=values.name, norm=str.casefold)
PROFILE = Field("profile", send=LATER, clean=values.line, norm=str.casefold)
DEFAULT_PROFILE = "user"
RANKED = ("admin", DEFAULT_PROFILE)  # who is in several profiles has the first one
EVERY = "every group"  # in ``client.known``: so many users need all their groups that each group is read
FEW = 20  # users whose groups are found one by one


def groups_of(client: BluemindClient, domain: str) -> dict[str, Raw]:
    """All groups of a domain by uid."""
    return client.look_up(
        f"groups of {domain}", lambda: {item["uid"]: item for item in client.ask(f"/groups/{segment(domain)}/_search", {}) or ()}
    )


def is_profile(group: Raw) -> bool:
    return str((group["value"].get("properties") or {}).get("is_profile")).lower() == "true"


def members_key(domain: str, group: str) -> str:
    return f"members of {domain}/{group}"


def members(client: BluemindClient, domain: str, group: str) -> set[tuple[str, str]]:
    """Kind and uid of each direct member."""
    return client.look_up(
        members_key(domain, group),
        lambda: {(each["type"], each["uid"]) for each in client.call("GET", f"/groups/{segment(domain)}/{segment(group)}/members") or ()},
    )


class Membership(Part):
    """Written at the groups, for any number of users in one call each."""

    fields = (GROUPS, PROFILE)
    together = (UPDATE,)

    def get(self, client: BluemindClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        raw = raw or {}
        user, domain = ("user", raw["uid"]), client.domain(raw["domain"])
        groups = groups_of(client, domain)
        wanted = {name.casefold() for name in want.values.get(GROUPS.name, ())}
        candidates = {uid for uid, group in groups.items() if not is_profile(group) and group["value"]["name"].casefold() in wanted}
        if GROUPS.name in want.values and want.modes.get(GROUPS.name, GROUPS.mode) == "set":
            candidates |= self.possible(client, domain, raw["uid"])
        profiles = [uid for uid, group in groups.items() if is_profile(group)] if PROFILE.name in want.values else []
        held = [uid for uid in profiles if user in members(client, domain, uid)]
        names = [
            groups[uid]["value"]["name"]
            for uid in candidates
            if uid in groups and not is_profile(groups[uid]) and user in members(client, domain, uid)
        ]
        return {GROUPS.name: sorted(names), PROFILE.name: ranked(groups[uid]["value"]["name"] for uid in held), "profiles": held}

    @staticmethod
    def possible(client: BluemindClient, domain: str, uid: str) -> set[str]:
        """Groups that it may be in: those that hold it through other groups are among them."""
        if client.known.get(EVERY):
            return set(groups_of(client, domain))
        return set(client.call("GET", f"/users/{segment(domain)}/{segment(uid)}/groupUids"))

    def write(self, client: BluemindClient, call: str, changes: Sequence[Change]) -> Mapping[str, BackendError]:
        due: dict[tuple[str, str, str], list[tuple[Change, Field]]] = {}
        for change in changes:
            for item in change.sending(UPDATE, self):
                for step in self.steps(client, change, item):
                    due.setdefault(step, []).append((change, item))
        for (domain, group, method), entries in due.items():
            try:
                self.send(client, domain, group, method, entries)
            except BackendError as exc:
                if exc.fatal or exc.uncertain:
                    raise
                for each in entries:  # one of them, perhaps, spoilt it for all
                    self.alone(client, domain, group, method, each)
        return {}

    @staticmethod
    def steps(client: BluemindClient, change: Change, item: Field) -> list[tuple[str, str, str]]:
        """Domain, group and method of what brings a user where it belongs: first in, then out."""
        raw = change.raw or {}
        domain = client.domain(raw["domain"])
        uids = {
            group["value"]["name"].casefold(): uid
            for uid, group in groups_of(client, domain).items()
            if is_profile(group) == (item is PROFILE)
        }
        if item is GROUPS:
            added, removed = ([uids[name.casefold()] for name in names] for names in change.difference(item))
        else:
            wanted = [uids[change.goals[item.name].casefold()]] if change.goals[item.name] else []
            held = raw.get("profiles", ())
            added, removed = [uid for uid in wanted if uid not in held], [uid for uid in held if uid not in wanted]
        return [*((domain, uid, "PUT") for uid in added), *((domain, uid, "DELETE") for uid in removed)]

    @staticmethod
    def send(client: BluemindClient, domain: str, group: str, method: str, entries: Sequence[tuple[Change, Field]]) -> None:
        client.known.pop(members_key(domain, group), None)
        who = [{"type": "user", "uid": (change.raw or {})["uid"]} for change, _item in entries]
        again = method == "DELETE" or client.dialect > 4  # 4.x refuses to add who is there already (chapter 8)
        client.call(method, f"/groups/{segment(domain)}/{segment(group)}/members", repeat=again, json=who)
        for change, _item in entries:
            change.written = True

    def alone(self, client: BluemindClient, domain: str, group: str, method: str, entry: tuple[Change, Field]) -> None:
        change, item = entry
        try:
            self.send(client, domain, group, method, [entry])
        except BackendError as exc:
            if exc.fatal or exc.uncertain:
                raise
            change.refuse(item, exc)


def ranked(names: Iterable[str]) -> str:
    """The profile of somebody who may be in several."""
    found = sorted(names, key=lambda name: (RANKED.index(name) if name in RANKED else len(RANKED), name))
    return found[0] if found else ""


def foresee(client: BluemindClient, wants: Sequence[Want]) -> None:
    """Whether reading each group once is cheaper than asking for the groups of each user."""
    exact = [want for want in wants if GROUPS.name in want.values and want.modes.get(GROUPS.name, GROUPS.mode) == "set"]
    client.known[EVERY] = len(exact) > FEW


def resolve(client: BluemindClient, want: Want, domain: str) -> None:
    """Groups and profiles must exist. :raises Refused: with their names."""
    wanted, profile = want.values.get(GROUPS.name), want.values.get(PROFILE.name)
    if not wanted and not profile:
        return
    groups = groups_of(client, domain).values()
    names = {profiles: {each["value"]["name"].casefold() for each in groups if is_profile(each) == profiles} for profiles in (False, True)}
    given = {name.casefold(): name for name in wanted or ()}
    if want.modes.get(GROUPS.name, GROUPS.mode) != "remove":
        misplaced = sorted(given[name] for name in (given.keys() & names[True]) - names[False])
        if misplaced:
            raise Refused(f"{', '.join(misplaced)} is a profile: give it as profile")
        missing = sorted(given[name] for name in given.keys() - names[False])
        if missing:
            words = f"the group {missing[0]} does not exist" if len(missing) == 1 else f"the groups {', '.join(missing)} do not exist"
            raise Refused(f"{words}: create {'it' if len(missing) == 1 else 'them'} first, for example with bluemind_group")
    if profile and profile.casefold() not in names[True]:
        raise Refused(f"there is no profile {profile}: those of the domain are {', '.join(sorted(names[True]))}")


def welcome(client: BluemindClient, change: Change) -> None:
    """Somebody new gets the usual profile, unless another one was asked for, or none."""
    groups = groups_of(client, client.domain(change.want.values["domain"])).values()
    usual = any(is_profile(group) and group["value"]["name"] == DEFAULT_PROFILE for group in groups)
    if PROFILE.name not in change.want.values and usual:
        change.want.values[PROFILE.name] = change.goals[PROFILE.name] = change.after[PROFILE.name] = DEFAULT_PROFILE


def leaves(change: Change) -> bool:
    """Whether the user leaves a group or its profile."""
    left = (
        change.raw is not None
        and GROUPS.name in change.goals
        and GROUPS.read(change.raw) is not UNREADABLE
        and change.difference(GROUPS)[1]
    )
    return bool(left) or (PROFILE.name in change.goals and bool((change.raw or {}).get("profiles")))
