# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Roles that a user or a group has itself (chapters 5.6 and 15 of the BlueMind contract)."""

from __future__ import annotations

from typing import Any, Optional

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import UNREADABLE, UPDATE, Field, Part, Raw, Want
from ..core.transport import segment
from .client import BluemindClient

OWN = "hasSimpleVideoconferencing"  # the server gives it to each full account, again and again
ROLES = Field("roles", type="list", elements="str", mode="add", send=(UPDATE,), clean=str.strip)


class Roles(Part):
    """One route for users and for groups."""

    fields = (ROLES,)

    def __init__(self, route: str) -> None:
        self.route = route

    def path(self, client: BluemindClient, raw: Raw) -> str:
        return f"/{self.route}/{segment(client.domain(raw['domain']))}/{segment(raw['uid'])}/roles"

    def get(self, client: BluemindClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        held = client.call("GET", self.path(client, raw or {})) or ()
        return {ROLES.name: sorted(set(held) - {OWN}), "own_roles": sorted({OWN} & set(held))}

    def set(self, client: BluemindClient, change: Change, item: Field, value: Any) -> None:
        raw = change.raw or {}
        client.call("POST", self.path(client, raw), repeat=True, json=[*value, *raw.get("own_roles", ())])


def check(client: BluemindClient, change: Change) -> None:
    """The server would keep a role that nobody knows without a word. :raises Refused: for one."""
    goal = change.goals.get(ROLES.name)
    if not goal:
        return
    have = ROLES.read(change.raw) if change.raw else ()
    new = set(goal) - set(() if have is UNREADABLE else have)
    unknown = sorted(new - client.look_up("roles", lambda: {role["id"] for role in client.call("GET", "/roles/descriptors")}))
    if unknown:
        raise Refused(f"the server knows no role {', '.join(unknown)}")


def loses(change: Change) -> bool:
    goal, have = change.goals.get(ROLES.name), ROLES.read(change.raw or {})
    return goal is not None and have is not UNREADABLE and bool(set(have) - set(goal))
