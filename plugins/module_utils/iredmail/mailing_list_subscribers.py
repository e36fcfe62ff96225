# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who receives a mailing list (chapter 4.6 of the iRedMail contract)."""

from __future__ import annotations

import sys
from typing import Any, Optional

from ..core.errors import Lost, Refused, Unsupported
from ..core.plan import Change
from ..core.spec import CALL, Field, Part, Raw, Resource, Want
from ..core.task import ResourceTask
from . import values
from .client import IredmailClient, place
from .edition import row_of
from .senders import needs

NORMAL = "normal"
KINDS = (NORMAL, "digest", "nomail")

ADDRESS = Field("address", clean=values.account)
SUBSCRIBERS = Field("subscribers", type="list", elements="str", mode="add", clean=values.address)
SUBSCRIPTION = Field("subscription", choices=KINDS, send=(CALL,))
CONFIRM = Field("require_confirm", type="bool", send=(CALL,))


class Subscribers(Part):
    """All who are subscribed, in whichever way. Who is named and subscribed in another way than wanted counts as missing."""

    fields = (SUBSCRIBERS,)
    few = sys.maxsize

    def get(self, client: IredmailClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        address = want.values["address"]
        with needs("mailing lists of this kind in its API", "2.9", "3.1"):
            row = row_of(client.read(self.path(address), with_subscribers="yes"))
        if not row:
            raise Refused(f"there is no mailing list {address}: create it first, for example with iredmail_mailing_list")
        shown = nested(row, "subscribers")
        if shown is None:
            raise Unsupported("this server does not show subscribers: that takes iRedAdmin-Pro SQL 3.2 or LDAP 3.4, or later")
        kinds: dict[str, set[Optional[str]]] = {}
        for each in shown:
            mail, kind = (each.get("mail"), each.get("subscription")) if isinstance(each, dict) else (each, None)
            kinds.setdefault(values.text(mail).lower(), set()).add(kind)
        kind, removing = want.values.get(SUBSCRIPTION.name), want.modes.get(SUBSCRIBERS.name) == "remove"
        moving = set() if removing or not kind else set(want.values.get(SUBSCRIBERS.name, ()))
        as_wanted = [mail for mail, have in kinds.items() if mail not in moving or have in ({kind}, {None})]
        name = nested(row, "name", "cn")
        if name is None and client.is_ldap():  # an attribute that is empty is not there
            name = ""
        return {"address": address, "name": name, "subscribers": sorted(as_wanted), "kinds": kinds}

    def set(self, client: IredmailClient, change: Change, item: Field, value: Any) -> None:
        """Remove, then add: who is added in one way stays in another, and a removal concerns all of them."""
        added, removed = change.difference(item)
        gone = sorted({*removed, *self.moved(change)})
        if gone:
            self.put(client, change, {"remove_subscribers": gone}, repeat=True)
        if not added:
            return
        confirm = bool(change.value(CONFIRM.name))
        if confirm:  # nobody is subscribed before the answer
            change.want.accepts[item.name] = [mail for mail in value if mail not in added]
        fields = {"add_subscribers": added, "require_confirm": confirm, "subscription": change.value(SUBSCRIPTION.name) or NORMAL}
        try:
            self.put(client, change, fields, repeat=not confirm)
        except Lost as exc:
            if confirm:
                raise Refused(f"{exc}; whether the mails that ask for confirmation were sent cannot be read") from None
            raise

    @staticmethod
    def moved(change: Change) -> list[str]:
        """Who is subscribed in another way than wanted."""
        return [mail for mail in change.difference(SUBSCRIBERS)[0] if mail in (change.raw or {})["kinds"]]

    def put(self, client: IredmailClient, change: Change, fields: dict[str, Any], repeat: bool) -> None:
        """The server blanks the display name unless it is sent."""
        name = values.text((change.raw or {})["name"])
        client.form("PUT", self.path(change.name), {"name": name, **fields}, repeat=repeat)
        change.written = True

    @staticmethod
    def path(address: str) -> str:
        return f"/ml/{place(address)}"


def nested(row: Raw, *keys: str) -> Any:
    """A value of the profile or, since names may be nested, of one level below."""
    for place_ in (row, *(each for each in row.values() if isinstance(each, dict))):
        for key in keys:
            if key in place_:
                return place_[key]
    return None


class MailingListSubscribers(Resource):
    kind, plural = "mailing list", "mailing_lists"
    identities = ((ADDRESS,),)
    parts = (Subscribers(),)
    steering = (SUBSCRIPTION, CONFIRM)
    states = {"present": {}}

    def guard(self, client: IredmailClient, change: Change) -> None:
        if (change.raw or {})["name"] is None:
            raise Refused("the server does not show the display name of the list, which a change would blank")
        if change.value(CONFIRM.name) and change.difference(SUBSCRIBERS)[0]:
            moved = Subscribers.moved(change)
            if moved:
                raise Refused(f"with require_confirm, {', '.join(moved)} would receive nothing before the answer: move them without it")
            change.unverified.append(SUBSCRIBERS.name)


SUBSCRIPTIONS = MailingListSubscribers()
TASK = ResourceTask(SUBSCRIPTIONS, IredmailClient)
