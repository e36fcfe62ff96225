# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resources: rooms, cars, projectors (chapter 11 of the BlueMind contract)."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Optional, Sequence

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import CREATE, DELETE, Field, Raw, Want
from ..core.task import ResourceTask
from . import directory, emails, values
from .client import BluemindClient
from .directory import DOMAIN, ORG_UNIT, UID, InDomain
from .resource_type import BUILT_IN, described, identified
from .whole import EntryInfo, Whole

NAME = Field("name", source="value.label", clean=values.name)
TYPE = Field("type", source="value.typeIdentifier", send=(CREATE,), clean=values.name)
PROPERTIES = Field("properties", type="dict", clean=values.words, unset="")
POLICIES = ("OWNER_MANAGED", "AUTO_ACCEPT", "AUTO_ACCEPT_REFUSE")


class Thing(Whole):
    """A resource. The listing is that of the directory, which shows little of one; reading one gives its bare description."""

    route = "resources"
    partial = True
    few = 5
    fields = (
        NAME,
        emails.DEMANDED_EMAIL,
        emails.DEMANDED_EMAILS,
        TYPE,
        Field("description", source="value.description", decode=values.text, encode=values.empty_is_null),
        Field("reservation_policy", source="value.reservationMode", choices=POLICIES),
        PROPERTIES,
        ORG_UNIT,
        Field("hidden", type="bool", source="value.hidden"),
    )

    def at(self, client: BluemindClient, domain: str, uid: str) -> Optional[Raw]:
        value = client.call("GET", self.path(client, domain, uid))
        return {UID.name: uid, "value": value} if value else None

    def find(self, client: BluemindClient, domain: str, want: Want) -> Optional[Raw]:
        rows = self.rows(client, domain, nameFilter=want.values[NAME.name])
        found = [str(row[UID.name]) for row in rows if NAME.read(row) == want.values[NAME.name]]
        if len(found) > 1:
            raise Refused(
                f"{len(found)} resources are called {want.values[NAME.name]}: give the uid of the one that is meant, {', '.join(found)}"
            )
        return self.at(client, domain, found[0]) if found else None

    @staticmethod
    def rows(client: BluemindClient, domain: str, **query: Any) -> list[Raw]:
        found = directory.search(client, client.domain(domain), "RESOURCE", **query)
        return [
            {
                UID.name: item[UID.name],
                DOMAIN.name: domain,
                emails.EMAIL.name: values.text(item["value"].get("email")),
                "value": {
                    "label": item["value"].get("displayName"),
                    **{name: item["value"].get(name) for name in ("hidden", "orgUnitUid")},
                },
            }
            for item in found
        ]

    def list(self, client: BluemindClient, scope: Mapping[str, Any]) -> Iterable[Raw]:
        return self.within(client, scope, [row for domain in self.places(client, scope) for row in self.rows(client, domain)])

    def shown(self, item: Raw, domain: str) -> Raw:
        given = {values.text(each.get("propertyId")): values.text(each.get("value")) for each in item["value"].get("properties") or ()}
        return {**super().shown(item, domain), PROPERTIES.name: given, "given": given}

    def document(self, client: BluemindClient, change: Change, call: str) -> dict[str, Any]:
        out = {"typeIdentifier": BUILT_IN, **super().document(client, change, call)}
        if PROPERTIES.name in change.goals:
            wanted = {**(change.raw or {}).get("given", {}), **change.goals[PROPERTIES.name]}
            out["properties"] = [{"propertyId": name, "value": value} for name, value in wanted.items() if value]
        return out


class Resource(InDomain):
    kind, plural = "resource", "resources"
    identities = ((NAME, DOMAIN), (UID, DOMAIN))
    parts = (Thing(),)
    created_by = ("name", "email")
    renames = True
    prune_scope = ("domain", "org_unit")

    def references(self, client: BluemindClient, want: Want, domain: str, names: Sequence[str]) -> None:
        super().references(client, want, domain, names)
        if TYPE.name in want.values:
            want.values[TYPE.name] = identified(client, domain, want.values[TYPE.name])

    def guard(self, client: BluemindClient, change: Change) -> None:
        super().guard(client, change)
        if change.action != DELETE and change.goals.get(PROPERTIES.name):
            self.check_properties(client, change)

    @staticmethod
    def check_properties(client: BluemindClient, change: Change) -> None:
        """The server would keep a property that its type does not have (chapter 11)."""
        domain = str(change.want.values[DOMAIN.name])
        kind = str((change.raw and TYPE.read(change.raw)) or change.want.values.get(TYPE.name) or BUILT_IN)
        description = client.look_up(f"resource type {client.domain(domain)}/{kind}", lambda: described(client, domain, kind)) or {}
        types = {each["id"]: each.get("type") for each in description.get("properties") or ()}
        for name, value in change.goals[PROPERTIES.name].items():
            if name not in types:
                known = f"has only {', '.join(sorted(types))}" if types else "has no properties"
                raise Refused(f"properties.{name}: the type {kind} {known}")
            if value and types[name] == "Boolean" and value not in ("true", "false"):
                raise Refused(f"properties.{name}: it must be true or false")
            if value and types[name] == "Number" and not value.lstrip("-").isdecimal():
                raise Refused(f"properties.{name}: it must be a whole number")

    def rename(self, client: BluemindClient, change: Change) -> None:
        self.parts[0].update(client, change)


RESOURCE = Resource()
TASK = ResourceTask(RESOURCE, BluemindClient)
INFO = EntryInfo(RESOURCE, BluemindClient)
