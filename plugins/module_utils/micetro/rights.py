# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""That nobody is locked out: somebody always has the role of the administrators, and the acting account keeps what it has (chapter 12.8)."""

from __future__ import annotations

from typing import Any, Callable, Iterable, Iterator, Mapping, Optional

from ..core.errors import InvalidInput, Refused
from ..core.spec import Raw
from ..core.task import ResourceTask
from . import directory
from .client import MicetroClient, ref_path

SUPER_USER = "administrator"  # always there, with every right (chapter 6.1)
SUPER_ROLE = "Administrators (built-in)"
ALL_USERS = "All users"  # whom nobody leaves
OUTSIDE = "outside"  # stands for the members of a group that a directory manages

DENY = "Deny"  # beats what any other role allows (chapter 6.1)

Grant = tuple[str, str]  # the group that gives the role, or nothing, and who has it through that; references


class RightsTask(ResourceTask):
    """A task that could lock out the account that it works with, and so must know which one that is."""

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        if params["api_token"] and not params["api_username"]:
            raise InvalidInput(
                "api_username is needed beside api_token: a token does not say whose it is, and this task must not lock out the account "
                "that it works with"
            )


def has_super_role(raw: Optional[Raw], *lists: str) -> bool:
    return any(role["name"] == SUPER_ROLE for each in lists for role in (raw or {}).get(each) or ())


def administrators(client: MicetroClient) -> set[Grant]:
    """Who has the role of the administrators, and by which way."""
    role = directory.find(client, "roles", SUPER_ROLE) or {}
    grants = {("", user["ref"]) for user in role.get("users") or ()}
    for each in role.get("groups") or ():
        group = client.one(ref_path(each["ref"]), "group")
        members = [member["ref"] for member in group.get("groupMembers") or ()]
        grants |= {(each["ref"], ref) for ref in members or ([OUTSIDE] if directory.flag(group.get("adIntegrated")) else [])}
    return grants


def keep_an_administrator(client: MicetroClient, lost: Callable[[Grant], bool]) -> None:
    """Refuse what would leave the role without anybody, together with what this run does besides.

    :param lost: whether the change takes this grant away.
    """
    if client.administrators is None:
        client.administrators = administrators(client)
    left = {grant for grant in client.administrators if not lost(grant)}
    if client.administrators and not left:
        raise Refused(f"nobody would have the role {SUPER_ROLE} any more: give it to somebody else first, in a task of its own")
    client.administrators = left


def own(client: MicetroClient) -> Raw:
    """The acting account with its groups and roles, as far as it is known and may be read."""
    if client.own is None:
        names = client.acting()
        try:
            client.own = (names and directory.find(client, "users", min(names))) or {}
        except Refused:
            client.own = {}
    return client.own


def own_roles(client: MicetroClient) -> set[str]:
    """References of the roles of the acting account, also of those that it has by way of a group."""
    return {role["ref"] for name in ("roles", "groupRoles") for role in own(client).get(name) or ()}


def is_own_group(client: MicetroClient, name: str) -> bool:
    """Whether the acting account is in this group, which exists."""
    groups = own(client).get("groups") or ()
    return name.casefold() == ALL_USERS.casefold() or directory.reference(client, "groups", name) in {group["ref"] for group in groups}


def has_every_right(client: MicetroClient) -> bool:
    """Whatever its roles say."""
    return SUPER_USER in client.acting()


def denies(role: Raw) -> bool:
    return any(entry["access"] == DENY for part in role.get("access") or () for entry in part.get("accessEntries") or ())


def to_be_given(client: MicetroClient, roles: Iterable[str], groups: Iterable[str] = ()) -> Iterator[Raw]:
    """The roles that somebody gets directly and by joining groups, read one by one as they are asked for; all by reference."""
    refs = dict.fromkeys(roles)
    for group in groups:
        refs.update(dict.fromkeys(role["ref"] for role in client.one(ref_path(group), "group").get("roles") or ()))
    for ref in refs:
        yield client.one(ref_path(ref), "role")


def spare_denials(client: MicetroClient, roles: Iterable[Raw]) -> None:
    """Refuse to give the acting account a role that denies something."""
    denying = None if has_every_right(client) else next(filter(denies, roles), None)
    if denying:
        raise Refused(
            f"the role {denying['name']} denies something, which no other role makes good: the account that the task works with does not get it"
        )
