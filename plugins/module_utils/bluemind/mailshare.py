# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mailshares: mailboxes that several people share (chapter 10 of the BlueMind contract)."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Optional

from ..core.plan import Change
from ..core.spec import CREATE, Field, Raw, Want
from ..core.task import ResourceTask
from ..core.transport import segment
from . import emails, values
from .client import BluemindClient
from .directory import DOMAIN, ORG_UNIT, UID, InDomain
from .subjects import MAILSHARE as KIND
from .whole import EntryInfo, Whole

NAME = Field("name", source="value.name", clean=values.login)
ROUTING = Field("routing", source="value.routing", choices=("internal", "external"))


class Mailbox(Whole):
    route = "mailshares"
    few = 5
    fields = (
        NAME,
        emails.EMAIL,
        emails.EMAILS,
        Field("quota", source="value.quota", clean=values.quota, decode=values.quota_read, encode=values.quota_sent, clearable=False),
        ROUTING,
        Field("data_location", source="value.dataLocation", send=(CREATE,), clean=values.name),
        ORG_UNIT,
        Field("hidden", type="bool", source="value.hidden"),
    )

    def find(self, client: BluemindClient, domain: str, want: Want) -> Optional[Raw]:
        """Mailshares are not found by name; mailboxes are."""
        where = f"/mailboxes/{segment(client.domain(domain))}/_byname"
        box = client.call("GET", where, params={"name": want.values[NAME.name]})
        return self.at(client, domain, str(box["uid"])) if box and box["value"].get("type") == KIND else None

    def list(self, client: BluemindClient, scope: Mapping[str, Any]) -> Iterable[Raw]:
        rows = [
            self.shown(item, domain)
            for domain in self.places(client, scope)
            for item in client.call("GET", f"/{self.route}/{segment(client.domain(domain))}/_complete") or ()
        ]
        return self.within(client, scope, rows)

    def document(self, client: BluemindClient, change: Change, call: str) -> dict[str, Any]:
        return {"routing": "internal", **super().document(client, change, call)}


class Mailshare(InDomain):
    kind, plural = "mailshare", "mailshares"
    identities = ((NAME, DOMAIN), (UID, DOMAIN))
    parts = (Mailbox(),)
    created_by = ("name",)
    renames = True
    prune_scope = ("domain", "org_unit")

    def rename(self, client: BluemindClient, change: Change) -> None:
        self.parts[0].update(client, change)


MAILSHARE = Mailshare()
TASK = ResourceTask(MAILSHARE, BluemindClient)
INFO = EntryInfo(MAILSHARE, BluemindClient)
