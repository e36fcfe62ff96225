# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Throttles (chapter 4.9 of the iRedMail contract)."""

from __future__ import annotations

import sys
from typing import Any, Optional

from ..core.errors import BadReply
from ..core.plan import Change
from ..core.spec import CREATE, UPDATE, Field, Part, Raw, Want
from ..core.task import ResourceTask
from . import values
from .client import IredmailClient, place
from .senders import ACCOUNT, Policy, first_row

INHERIT = -1  # what the next level says

DIRECTION = Field("direction", choices=("inbound", "outbound"))
PERIOD = Field("period", type="int", clean=values.number(1), decode=values.integer, resend=True)


def limit(name: str, api: str) -> Field:
    return Field(name, type="int", api=api, clean=values.number(INHERIT), decode=values.integer, resend=True)


LIMITS = (limit("max_message_size", "msg_size"), limit("max_messages", "max_msgs"), limit("max_total_size", "max_quota"))


class Numbers(Part):
    """The row of one direction. What a POST leaves out may become 0 or stay, so every POST holds all four numbers."""

    fields = (PERIOD, *LIMITS)
    few = sys.maxsize

    def get(self, client: IredmailClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        """A row of zeros is what is left of a throttle: no call deletes it."""
        row = first_row(client.read(self.path(want.values)))
        if row is None:
            return None
        if not isinstance(row, dict):
            raise BadReply(f"the throttle of {want.name} was not understood")
        found = {**row, **{item.name: want.values[item.name] for item in (ACCOUNT, DIRECTION)}}
        return found if any(item.read(found) != 0 for item in self.fields) else None

    def create(self, client: IredmailClient, change: Change) -> None:
        self.post(client, change, {**{item.wire_name: INHERIT for item in LIMITS}, **change.wire(CREATE, self)})

    def update(self, client: IredmailClient, change: Change) -> None:
        self.post(client, change, change.wire(UPDATE, self))

    def delete(self, client: IredmailClient, change: Change) -> None:
        self.post(client, change, {item.wire_name: 0 for item in self.fields})

    def post(self, client: IredmailClient, change: Change, numbers: dict[str, Any]) -> None:
        client.form("POST", self.path(change.want.values), numbers, repeat=True)

    @staticmethod
    def path(names: dict[str, Any]) -> str:
        return f"/throttle/{place(names['account'])}/{names['direction']}"


class Throttle(Policy):
    kind, plural = "throttle", "throttles"
    identities = ((ACCOUNT, DIRECTION),)
    parts = (Numbers(),)
    created_by = (PERIOD.name,)


THROTTLE = Throttle()
TASK = ResourceTask(THROTTLE, IredmailClient)
