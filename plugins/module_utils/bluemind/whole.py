# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Entries that are created, updated and deleted as a whole, each by one call: mailshares, resources, external users."""

from __future__ import annotations

from typing import Any, Mapping, Optional, Sequence

from ..core.errors import InvalidInput
from ..core.plan import Change
from ..core.spec import CREATE, UPDATE, Raw, Want
from ..core.task import InfoTask
from . import emails
from .client import BluemindClient, domain_names
from .directory import DOMAIN, UID, Entry, create


class Whole(Entry):
    """Its ItemValue, with what is made of it for the options beside it."""

    def get(self, client: BluemindClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        given = raw or want.values
        domain = str(want.values[DOMAIN.name])
        item = self.at(client, domain, str(given[UID.name])) if given.get(UID.name) else self.find(client, domain, want)
        return self.shown(item, domain) if item else None

    def at(self, client: BluemindClient, domain: str, uid: str) -> Optional[Raw]:
        """The one with this uid, as an ItemValue."""
        found: Optional[Raw] = client.call("GET", f"{self.path(client, domain, uid)}/complete")
        return found

    def find(self, client: BluemindClient, domain: str, want: Want) -> Optional[Raw]:
        """The one with the name that is given."""
        raise NotImplementedError

    def shown(self, item: Raw, domain: str) -> Raw:
        return {**item, DOMAIN.name: domain, **emails.shown(item["value"].get("emails"))}

    # Writing

    def document(self, client: BluemindClient, change: Change, call: str) -> dict[str, Any]:
        """The object as it is sent: what was read, overlaid with what differs."""
        out: dict[str, Any] = change.merged(self, call).get("value", {})
        out["emails"] = out.get("emails") or []  # never null (chapter 1.7)
        if call == CREATE or {emails.EMAIL.name, emails.EMAILS.name} & set(change.goals):
            main = domain_names(client.domain_named(change.want.values[DOMAIN.name]))[0]
            out["emails"] = emails.sent(change, ((change.raw or {}).get("value") or {}).get("emails"), main)
        return out

    def create(self, client: BluemindClient, change: Change) -> None:
        create(client, self.route, change, self.document(client, change, CREATE))

    def update(self, client: BluemindClient, change: Change) -> None:
        self.refresh(client, change)
        client.call("POST", self.of(client, change), repeat=True, json=self.document(client, change, UPDATE))

    def delete(self, client: BluemindClient, change: Change) -> None:
        client.wait(client.call("DELETE", self.of(client, change)), f"deleting {change.name}")


class EntryInfo(InfoTask):
    """One entry by any of its names, or all of a domain or of the whole server."""

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        names = [name for name in self.given(params) if name != DOMAIN.name]
        if len(names) > 1:
            raise InvalidInput(f"{' and '.join(names)} cannot be combined: give one of them")
        if names and not params[DOMAIN.name]:
            raise InvalidInput(f"{names[0]} needs domain")

    def given(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """The keys that were given, as an object has them."""
        out = {}
        for item in self.resource.keys:
            if params[item.name] is not None:
                try:
                    out[item.name] = item.accept(params[item.name])
                except ValueError as exc:
                    raise InvalidInput(f"{item.name} {params[item.name]!r}: {exc}") from None
        return out

    def rows(self, client: BluemindClient, params: Mapping[str, Any]) -> Sequence[Raw]:
        client.forget()
        part, given = self.resource.parts[0], self.given(params)
        if DOMAIN.name in given:
            given[DOMAIN.name] = domain_names(client.domain_named(given[DOMAIN.name]))[0]
        if set(given) - {DOMAIN.name}:
            found = part.get(client, Want("", "", "present", given, {}), None)
            rows = [found] if found else []
        else:
            listed = list(part.list(client, given) or ())
            rows = [self.whole(client, raw) for raw in listed] if part.partial else listed
        key = self.resource.key[0]
        return sorted(rows, key=lambda raw: (str(raw[DOMAIN.name]), str(key.read(raw)).casefold()))

    def whole(self, client: BluemindClient, raw: Raw) -> Raw:
        """A row of a listing that lacks fields, read by itself."""
        want = Want("", "", "present", {DOMAIN.name: raw[DOMAIN.name]}, {})
        return self.resource.parts[0].get(client, want, raw) or raw
