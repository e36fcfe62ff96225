# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Forwarding and vacation of a mailbox (chapter 7 of the BlueMind contract). Its mail rules are never touched."""

from __future__ import annotations

from typing import Any, Mapping, Optional, Sequence

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import UPDATE, Field, Part, Raw, Want
from ..core.transport import segment
from . import emails, values
from .client import BluemindClient

LATER = (UPDATE,)


def vacation(name: str, key: str, **more: Any) -> Field:
    return Field(name, **{"source": f"filter.vacation.{key}", "send": LATER, "decode": values.text, "encode": values.empty_is_null, **more})


def date(name: str, key: str) -> Field:
    return vacation(name, key, clean=values.moment, decode=values.moment_read, encode=values.moment_sent)


def targets(value: Mapping[str, Any]) -> list[str]:
    """The addresses to which mail really goes."""
    return sorted(value.get("emails") or ()) if value.get("enabled") else []


FORWARDING = Field(
    "forwarding",
    type="list",
    elements="str",
    source="filter.forwarding",
    send=LATER,
    clean=values.address,
    decode=targets,
    norm=str.casefold,
)
LOCAL_COPY = Field("keep_local_copy", type="bool", source="filter.forwarding.localCopy", send=LATER)
VACATION = vacation("vacation", "enabled", type="bool", decode=bool, encode=bool)
SUBJECT, START, END = (
    vacation("vacation_subject", "subject", clean=values.line),
    date("vacation_start", "start"),
    date("vacation_end", "end"),
)
TEXTS = (vacation("vacation_text", "text"), vacation("vacation_html", "textHtml"))
VACATION_FIELDS = (VACATION, SUBJECT, *TEXTS, START, END)


class MailFilter(Part):
    fields = (FORWARDING, LOCAL_COPY, *VACATION_FIELDS)

    def path(self, client: BluemindClient, raw: Raw) -> str:
        return f"/mailboxes/{segment(client.domain(raw['domain']))}/{segment(raw['uid'])}"

    def get(self, client: BluemindClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        return {"filter": client.call("GET", f"{self.path(client, raw or {})}/_filter")}

    def update(self, client: BluemindClient, change: Change) -> None:
        """Each half by its own call, or (4.x) the whole of what is there at this moment, rules as they are."""
        path = self.path(client, change.raw or {})
        sending = change.sending(UPDATE, self)
        due = {
            part: items
            for part, fields in (("forwarding", (FORWARDING, LOCAL_COPY)), ("vacation", VACATION_FIELDS))
            if (items := [item for item in sending if item in fields])
        }
        fresh = client.call("GET", f"{path}/_filter")
        for part, items in due.items():
            fresh[part] = self.overlaid(fresh[part], items, change)
        if client.dialect == 4:
            client.call("POST", f"{path}/_filter", repeat=True, json=fresh)
            return
        for part in due:
            client.call("POST", f"{path}/_{part}", repeat=True, json=fresh[part])
            change.written = True

    @staticmethod
    def overlaid(now: Mapping[str, Any], items: list[Field], change: Change) -> dict[str, Any]:
        out = dict(now)
        for item in items:
            value = item.encode(change.goals[item.name])
            if item is FORWARDING:
                if value and not out.get("enabled") and LOCAL_COPY.name not in change.want.values:
                    out["localCopy"] = True  # nobody asked for mail to be lost
                out["emails"], out["enabled"] = value, bool(value)
            else:
                out[item.path[-1]] = value
        return out


def refine(given: Mapping[str, Any]) -> None:
    if given.get(START.name) and given.get(END.name) and given[START.name] > given[END.name]:
        raise ValueError("vacation_end must not be before vacation_start")


def effective(change: Change, item: Field) -> Any:
    """What it will be."""
    if item.name in change.want.values:
        return change.want.values[item.name]
    return item.read(change.raw) if change.raw and "filter" in change.raw else None


def check(change: Change, names: Sequence[str], home: str) -> None:
    """What the server refuses, or loses without a word.

    :param names: those of the domain. :param home: its uid. :raises Refused: for it.
    """
    if any(item.name in change.goals for item in VACATION_FIELDS):
        subject, worded = effective(change, SUBJECT), any(effective(change, item) for item in TEXTS)
        if effective(change, VACATION) and not subject:
            raise Refused("a vacation needs vacation_subject")
        worded_anew = any(item.name in change.goals for item in (SUBJECT, *TEXTS))
        if bool(subject) != worded and (effective(change, VACATION) or worded_anew):
            raise Refused("vacation_subject and vacation_text (or vacation_html) need one another: the server loses one without the other")
        start, end = effective(change, START), effective(change, END)
        if start and end and start > end:
            raise Refused(f"the vacation would end ({end}) before it begins ({start})")
    own = set(change.goals.get(FORWARDING.name) or ()) & emails.own(change, names, home)
    if own:
        raise Refused(f"forwarding must not name an address of the mailbox itself: {', '.join(sorted(own))}")
