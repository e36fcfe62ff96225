# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whitelists and blacklists (chapter 4.10 of the iRedMail contract)."""

from __future__ import annotations

import sys
from typing import Any, Mapping, Optional, Sequence

from ..core.errors import InvalidInput, Refused
from ..core.plan import Change
from ..core.spec import CALL, Field, Part, Raw, Want
from ..core.task import ResourceTask
from .client import IredmailClient, place
from .greylisting_whitelist import only_named
from .senders import ACCOUNT, Policy, needs, sender, stored
from .throttle import DIRECTION

OPPOSITE = {"whitelist": "blacklist", "blacklist": "whitelist"}

LIST = Field("list", choices=tuple(OPPOSITE))
ADDRESSES = Field("addresses", type="list", elements="str", mode="add", clean=sender(everybody=True))
MOVE = Field("move", type="bool", send=(CALL,))


class Addresses(Part):
    """One list of the two that an account has in one direction; an empty one is no list.

    An address stands in one of the two at most, and is silently not added to one while it stands in the other.
    """

    fields = (ADDRESSES,)
    few = sys.maxsize

    def get(self, client: IredmailClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        found = self.read(client, want.values, want.values["list"])
        if want.state == "absent" and not found:
            return None
        missing = set() if want.modes.get(ADDRESSES.name) == "remove" else set(want.values.get(ADDRESSES.name, ())) - set(found)
        other = self.read(client, want.values, OPPOSITE[want.values["list"]]) if missing else []
        names = {item.name: want.values[item.name] for item in WBLIST.keys}
        return {**names, "addresses": found, "in_the_other": sorted(missing & set(other))}

    @classmethod
    def read(cls, client: IredmailClient, names: Mapping[str, Any], colour: str) -> list[str]:
        """The addresses, which come by themselves or in an object with both lists, as texts or as rows (chapter 11, no. 10)."""
        with needs("whitelists and blacklists in its API", "3.6", "3.8"):
            found = client.read(cls.path(names, colour)) or ()
        rows = found.get(colour) or () if isinstance(found, dict) else found
        return sorted({stored(row.get("address", row.get("sender")) if isinstance(row, dict) else row) for row in rows})

    def set(self, client: IredmailClient, change: Change, item: Field, value: Any) -> None:
        """Here PUT removes, and POST adds."""
        added, removed = change.difference(item)
        colour = change.want.values["list"]
        if not value:
            self.delete(client, change)
            return
        for method, where, addresses in (
            ("PUT", OPPOSITE[colour], (change.raw or {})["in_the_other"]),
            ("PUT", colour, removed),
            ("POST", colour, added),
        ):
            if addresses:
                client.form(method, self.path(change.want.values, where), {"addresses": addresses}, repeat=True)
                change.written = True

    def delete(self, client: IredmailClient, change: Change) -> None:
        client.call("DELETE", self.path(change.want.values, change.want.values["list"]), repeat=True)

    @staticmethod
    def path(names: Mapping[str, Any], colour: str) -> str:
        return f"/wblist/{names['direction']}/{colour}/{place(names['account'])}"


class Wblist(Policy):
    kind, plural = "wblist", "wblists"
    identities = ((ACCOUNT, DIRECTION, LIST),)
    parts = (Addresses(),)
    steering = (MOVE,)

    def refine(self, values: dict[str, Any], state: str) -> None:
        only_named(values, state, ADDRESSES)

    def wants(self, params: Mapping[str, Any]) -> list[Want]:
        wants = super().wants(params)
        _one_colour(wants)
        return wants

    def guard(self, client: IredmailClient, change: Change) -> None:
        super().guard(client, change)
        taken = (change.raw or {}).get("in_the_other")
        if taken and not change.value(MOVE.name):
            raise Refused(
                f"{', '.join(taken)} stands in the {OPPOSITE[change.want.values['list']]} of the same account and direction: set move to true to "
                "take it from there"
            )


def _one_colour(wants: Sequence[Want]) -> None:
    """One task must not want an address in both lists."""
    seen: dict[Any, str] = {}
    for want in wants:
        if want.error or want.modes.get(ADDRESSES.name, ADDRESSES.mode) == "remove":
            continue
        for address in want.values.get(ADDRESSES.name, ()):
            colour = want.values["list"]
            if seen.setdefault((want.values["account"], want.values["direction"], address), colour) != colour:
                raise InvalidInput(f"{want.where} ({want.name}): {address} cannot stand in the whitelist and in the blacklist")


WBLIST = Wblist()
TASK = ResourceTask(WBLIST, IredmailClient)
