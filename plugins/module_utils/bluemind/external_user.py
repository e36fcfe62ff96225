# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""External users: people elsewhere who are members of groups here (chapter 9 of the BlueMind contract)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Iterable, Mapping, Optional, Sequence

from ..core.plan import Change
from ..core.spec import CREATE, Field, Raw, Want
from ..core.task import ResourceTask
from ..core.transport import segment
from . import directory, values, vcard
from .client import BluemindClient
from .directory import DOMAIN, ORG_UNIT, UID, InDomain
from .whole import EntryInfo, Whole

EMAIL = Field("email", clean=values.address, clearable=False)
EXTERNAL_ID = replace(directory.EXTERNAL_ID, send=(CREATE,))  # there is no call to change it


class Contact(Whole):
    """An external user. The listing is that of the directory, which shows no card; an address elsewhere is no filter there."""

    route = "externaluser"
    partial = True
    few = 5
    fields = (EMAIL, EXTERNAL_ID, ORG_UNIT, Field("hidden", type="bool", source="value.hidden"), *vcard.FIELDS)

    def find(self, client: BluemindClient, domain: str, want: Want) -> Optional[Raw]:
        if EMAIL.name not in want.values:
            where = f"/{self.route}/{segment(client.domain(domain))}/byExtId"
            found: Optional[Raw] = client.call("GET", f"{where}/{segment(want.values[EXTERNAL_ID.name])}")
            return found
        rows = self.rows(client, domain, nameOrEmailFilter=want.values[EMAIL.name])
        row = next((row for row in rows if row[EMAIL.name] == want.values[EMAIL.name]), None)
        return self.at(client, domain, str(row[UID.name])) if row else None

    @staticmethod
    def rows(client: BluemindClient, domain: str, **query: Any) -> list[Raw]:
        found = directory.search(client, client.domain(domain), "EXTERNALUSER", **query)
        return [
            {
                UID.name: item[UID.name],
                EXTERNAL_ID.path[0]: item.get("externalId"),
                DOMAIN.name: domain,
                EMAIL.name: values.text(item["value"].get("email")).lower(),
                "value": {name: item["value"].get(name) for name in ("hidden", "orgUnitUid")},
            }
            for item in found
        ]

    def list(self, client: BluemindClient, scope: Mapping[str, Any]) -> Iterable[Raw]:
        return self.within(client, scope, [row for domain in self.places(client, scope) for row in self.rows(client, domain)])

    def shown(self, item: Raw, domain: str) -> Raw:
        addresses = [values.text(each.get("address")).lower() for each in item["value"].get("emails") or ()]
        card = vcard.whole(item["value"].get(vcard.KEY))
        value = {**item["value"], vcard.KEY: card}
        return {**item, "value": value, DOMAIN.name: domain, EMAIL.name: "".join(addresses[:1]), "card": vcard.shown(card)}

    def document(self, client: BluemindClient, change: Change, call: str) -> dict[str, Any]:
        """An address in the card would win over the one of the entry, which is given to the card."""
        out: dict[str, Any] = change.merged(self, call).get("value", {})
        card = out.setdefault(vcard.KEY, {})
        vcard.write(card, change.goals)
        vcard.rename(card, ((change.raw or {}).get("value") or {}).get(vcard.KEY) or {}, change.goals)
        if EMAIL.name in change.goals:
            out["emails"] = [{"address": change.goals[EMAIL.name], "allAliases": False, "isDefault": True}]
            if card.get("communications"):
                card["communications"]["emails"] = []
        return out

    def delete(self, client: BluemindClient, change: Change) -> None:
        """At once, not by a task."""
        client.call("DELETE", self.of(client, change))


class ExternalUser(InDomain):
    kind, plural = "external user", "external_users"
    identities = ((EMAIL, DOMAIN), (UID, DOMAIN), (EXTERNAL_ID, DOMAIN))
    parts = (Contact(),)
    created_by = ("email", "family_name")
    renames = True
    prune_scope = ("domain", "org_unit")

    def label(self, values: Mapping[str, Any]) -> str:
        return str(values.get(EMAIL.name) or "") or super().label(values)

    def refine(self, values: dict[str, Any], state: str) -> None:
        """Its one address is elsewhere, so nothing of the addresses of a mailbox holds."""

    def finish(self, want: Want) -> None:
        """Nor of the addresses of a mailbox here."""

    def references(self, client: BluemindClient, want: Want, domain: str, names: Sequence[str]) -> None:
        if want.values.get(ORG_UNIT.name):
            want.values[ORG_UNIT.name] = directory.org_unit(client, domain, want.values[ORG_UNIT.name])

    def rename(self, client: BluemindClient, change: Change) -> None:
        self.parts[0].update(client, change)


EXTERNAL_USER = ExternalUser()
TASK = ResourceTask(EXTERNAL_USER, BluemindClient)
INFO = EntryInfo(EXTERNAL_USER, BluemindClient)
