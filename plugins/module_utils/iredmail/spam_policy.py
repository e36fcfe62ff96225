# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Spam policies (chapter 4.8 of the iRedMail contract)."""

from __future__ import annotations

import sys
from decimal import Decimal, InvalidOperation
from typing import Any, Callable, NamedTuple, Optional

from ..core.errors import BackendError, BadReply, Lost
from ..core.plan import Change
from ..core.spec import CREATE, UNREADABLE, UPDATE, Field, Part, Raw, Want
from ..core.task import ResourceTask
from . import values
from .client import IredmailClient, place
from .senders import ACCOUNT, GLOBAL, Policy, first_row


class Column(NamedTuple):
    """How the table of the content filter holds a flag, if the server shows that table and not the names of the API."""

    name: str
    holds: Callable[[Any], bool]
    default: bool = False  # what null means


def marked(value: Any) -> bool:
    return bool(str(value).strip())


FLAGS = {
    "bypass_spam_checks": Column("bypass_spam_checks", values.flag),
    "bypass_virus_checks": Column("bypass_virus_checks", values.flag),
    "bypass_banned_checks": Column("bypass_banned_checks", values.flag),
    "bypass_header_checks": Column("bypass_header_checks", values.flag),
    "quarantine_spam": Column("spam_quarantine_to", marked),
    "quarantine_virus": Column("virus_quarantine_to", marked, default=True),
    "quarantine_banned": Column("banned_quarantine_to", marked),
    "quarantine_bad_header": Column("bad_header_quarantine_to", marked),
    "prefix_spam_in_subject": Column("spam_subject_tag2", marked),
    "always_insert_x_spam_headers": Column("spam_tag_level", lambda level: float(level) <= -100),
}


def score(value: str) -> str:
    """A number without useless zeros; empty for the system's own."""
    text = value.strip()
    if not text:
        return ""
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > 1000:
        raise ValueError("it must be a number, such as 4.5")
    return f"{number.normalize():f}"


SCORE = Field("spam_score", clean=score, resend=True)
RULES = Field("banned_rules", type="list", elements="str", api="banned_rulenames", clean=values.item, resend=True)


class Settings(Part):
    """A row of the filter. Whether a PUT changes it or makes it anew is not known, so every PUT holds all of it."""

    fields = (*(Field(name, type="bool", resend=True) for name in FLAGS), SCORE, RULES)
    few = sys.maxsize

    def get(self, client: IredmailClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        account = want.values["account"]
        row = first_row(client.read(self.path(account)))
        if row is None:
            return None
        if not isinstance(row, dict):
            raise BadReply(f"the spam policy of {account} was not understood")
        found: Raw = {"account": account}
        for name, column in FLAGS.items():
            if column.name in row and row[column.name] is not None:
                found[name] = column.holds(row[column.name])
            elif name in row:
                found[name] = values.flag(row[name])
            elif column.name in row:
                found[name] = column.default
        number = row.get(SCORE.name, row.get("spam_tag2_level"))
        found[SCORE.name] = "" if number is None else values.lenient(score)(number)
        found[RULES.wire_name] = values.many(row.get(RULES.wire_name))
        return found

    def create(self, client: IredmailClient, change: Change) -> None:
        self.put(client, change, {**{name: column.default for name, column in FLAGS.items()}, **change.wire(CREATE, self)})

    def update(self, client: IredmailClient, change: Change) -> None:
        fields = change.wire(UPDATE, self)
        if change.goals.get(SCORE.name) != "":
            self.put(client, change, fields)
            return
        self.delete(client, change)  # the server ignores a number that is blank (chapter 2)
        written, change.written = change.written, True
        try:
            self.put(client, change, fields)
        except BackendError as exc:
            if self.restored(client, change, exc):
                change.written = written
                raise exc.reworded(f"{exc}; the policy was put back as it was") from None
            raise

    def restored(self, client: IredmailClient, change: Change, failure: BackendError) -> bool:
        """Write the policy as it was, unless the server took the new one all the same."""
        before = {item.wire_name: item.encode(value) for item in self.fields if (value := item.read(change.raw or {})) is not UNREADABLE}
        try:
            if self.get(client, change.want, None) is not None:
                return False
            self.put(client, change, before)
        except BackendError:
            error = type(failure) if failure.fatal else Lost
            raise error(
                f"the policy was deleted, since nothing else clears a score, and could not be written again: {failure}",
                status=failure.status,
                code=failure.code,
            ) from None
        return True

    def put(self, client: IredmailClient, change: Change, fields: dict[str, Any]) -> None:
        if fields.get(SCORE.name) == "":
            del fields[SCORE.name]
        client.form("PUT", self.path(change.want.values["account"]), fields, repeat=True)

    def delete(self, client: IredmailClient, change: Change) -> None:
        client.call("DELETE", self.path(change.want.values["account"]), repeat=True)

    @staticmethod
    def path(account: str) -> str:
        if account == GLOBAL:
            return "/spampolicy/global"
        return f"/spampolicy/{'user' if '@' in account else 'domain'}/{place(account)}"


class SpamPolicy(Policy):
    kind, plural = "spam policy", "spam_policies"
    identities = ((ACCOUNT,),)
    parts = (Settings(),)


SPAM_POLICY = SpamPolicy()
TASK = ResourceTask(SPAM_POLICY, IredmailClient)
