# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether unknown senders must try again (chapter 4.11 of the iRedMail contract)."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Optional, Sequence

from ..core.errors import BadReply
from ..core.plan import Change
from ..core.spec import Field, Part, Raw, Resource, Want
from ..core.task import ResourceTask
from . import values
from .client import IredmailClient, place
from .scope import InDomain
from .senders import ACCOUNT, EVERYBODY, Policy, first_row, needs, stored_account

GREYLISTING = ("greylisting in its API", "2.7", "2.9")


class Setting(Part):
    """One row, or none: then the next level decides."""

    fields = (Field("enabled", type="bool"),)
    few = 1

    def get(self, client: IredmailClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        account = want.values["account"]
        with needs(*GREYLISTING):
            return self.row(account, first_row(client.read(self.path(account))))

    def list(self, client: IredmailClient, scope: Mapping[str, Any]) -> Iterable[Raw]:
        with needs(*GREYLISTING):
            found = client.read("/greylisting/all") or ()
        named = found.items() if isinstance(found, dict) else [(row.get("account"), row) for row in found if isinstance(row, dict)]
        for name, row in named:
            account = stored_account(name)
            setting = self.row(account, first_row(row))
            ours = not isinstance(row, dict) or row.get("sender", EVERYBODY) == EVERYBODY  # others are of single senders
            if setting and ours and scope.get("domain", values.domain_of(account)) == values.domain_of(account):
                yield setting

    @staticmethod
    def row(account: str, found: Any) -> Optional[Raw]:
        """A row with ``active``, an object with ``status``, or the word itself (chapter 11, no. 11)."""
        word = found.get("active", found.get("status")) if isinstance(found, dict) else found
        if word is None or values.text(word).lower() in ("", "inherit"):
            if isinstance(found, dict):
                raise BadReply(f"the greylisting of {account} was not understood")
            return None
        return {"account": account, "enabled": values.active(word)}

    def create(self, client: IredmailClient, change: Change) -> None:
        self.set(client, change, self.fields[0], change.goals["enabled"])

    def set(self, client: IredmailClient, change: Change, item: Field, value: Any) -> None:
        client.form("POST", self.path(change.want.values["account"]), {"status": "enable" if value else "disable"}, repeat=True)

    def delete(self, client: IredmailClient, change: Change) -> None:
        client.call("DELETE", self.path(change.want.values["account"]), repeat=True)

    @staticmethod
    def path(account: str) -> str:
        return f"/greylisting/{place(account)}"


class Greylisting(InDomain, Policy):
    kind, plural = "greylisting setting", "greylisting_settings"
    identities = ((ACCOUNT,),)
    parts = (Setting(),)
    states = {"enabled": {"enabled": True}, "disabled": {"enabled": False}, "absent": None}

    def export(self, raw: Raw, parts: Sequence[Part]) -> dict[str, Any]:
        return {"account": raw["account"], "state": "enabled" if raw["enabled"] else "disabled"}


SETTING: Resource = Greylisting()
TASK = ResourceTask(SETTING, IredmailClient)
