# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""That nobody is locked out: somebody always has the role of the administrators, and the acting account keeps what it has (chapter 12.8)."""

from __future__ import annotations

from typing import Callable, Optional

from ..core.errors import Refused
from ..core.spec import Raw
from . import directory
from .client import MicetroClient, ref_path

SUPER_USER = "administrator"  # always there, with every right (chapter 6.1)
SUPER_ROLE = "Administrators (built-in)"
ALL_USERS = "All users"  # whom nobody leaves
OUTSIDE = "outside"  # stands for the members of a group that a directory manages

Grant = tuple[str, str]  # the group that gives the role, or nothing, and who has it through that; references


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


def is_own(client: MicetroClient, ref: str) -> bool:
    return bool(ref) and own(client).get("ref") == ref
