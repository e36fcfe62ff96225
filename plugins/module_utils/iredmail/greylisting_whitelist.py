# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Senders that greylisting lets pass (chapter 4.11 of the iRedMail contract)."""

from __future__ import annotations

import sys
from typing import Any, Optional

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import CALL, DELETE, Field, Part, Raw, Want
from ..core.task import ResourceTask
from . import values
from .client import IredmailClient, place
from .greylisting import GREYLISTING
from .senders import ACCOUNT, GLOBAL, Policy, needs, sender, stored

AUTOMATIC = "auto-update:"  # comment of the rows that the server's own job writes from SPF records

SENDERS = Field("senders", type="list", elements="str", mode="add", clean=sender(everybody=False))
FORCE = Field("force", type="bool", send=(CALL,))


def automatic_rows(client: IredmailClient, account: str) -> tuple[dict[str, Optional[str]], bool]:
    """The senders of an account, each with the domain whose SPF record names it (None: somebody entered it), and whether that is shown."""
    with needs(*GREYLISTING):
        rows = client.read(f"/greylisting/{place(account)}/whitelists") or ()
    found: dict[str, Optional[str]] = {}
    commented = True
    for row in rows:
        comment = values.text(row.get("comment")) if isinstance(row, dict) else ""
        commented = commented and isinstance(row, dict) and "comment" in row
        job, _colon, domain = comment.partition(":")
        found[stored(row["sender"] if isinstance(row, dict) else row)] = domain.strip().lower() if f"{job.lower()}:" == AUTOMATIC else None
    return found, commented


class Senders(Part):
    """The list of one account; an empty one is no list. It is never reset, since the job's rows are in it."""

    fields = (SENDERS,)
    few = sys.maxsize

    def get(self, client: IredmailClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        """A row of the job counts only if it is named: it comes and goes without us."""
        found, commented = automatic_rows(client, want.values["account"])
        named = want.values.get(SENDERS.name, ())
        shown = [each for each, domain in found.items() if domain is None or each in named]
        if want.state == "absent" and not shown:
            return None
        return {"account": want.values["account"], "senders": sorted(shown), "commented": commented}

    def set(self, client: IredmailClient, change: Change, item: Field, value: Any) -> None:
        added, removed = change.difference(item)
        self.post(client, change, {name: each for name, each in (("addSenders", added), ("removeSenders", removed)) if each})

    def delete(self, client: IredmailClient, change: Change) -> None:
        self.post(client, change, {"removeSenders": (change.raw or {})["senders"]})

    @staticmethod
    def post(client: IredmailClient, change: Change, fields: dict[str, Any]) -> None:
        client.form("POST", f"/greylisting/{place(change.want.values['account'])}/whitelists", fields, repeat=True)


class Whitelist(Policy):
    kind, plural = "greylisting whitelist", "greylisting_whitelists"
    identities = ((ACCOUNT,),)
    parts = (Senders(),)
    steering = (FORCE,)

    def refine(self, values: dict[str, Any], state: str) -> None:
        only_named(values, state, SENDERS)

    def guard(self, client: IredmailClient, change: Change) -> None:
        removing_rest = change.action == DELETE or (change.want.modes.get(SENDERS.name) == "set" and change.difference(SENDERS)[1])
        if change.name == GLOBAL and removing_rest and not (change.raw or {})["commented"] and not change.value(FORCE.name):
            raise Refused(
                "the server does not show which of the global senders its own job wrote, so they would be removed with the others and come "
                "back: name what to remove with senders_mode remove, or set force to true"
            )


def only_named(given: dict[str, Any], state: str, item: Field) -> None:
    """``absent`` means the whole list, and would do so where somebody meant the elements that stand beside it."""
    if state == "absent" and item.name in given:
        raise ValueError(f"state absent empties the whole list, so it takes no {item.name}: to remove some, set {item.name}_mode to remove")


WHITELIST = Whitelist()
TASK = ResourceTask(WHITELIST, IredmailClient)
