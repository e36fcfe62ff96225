# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Entries of a domain: what users, groups, mailshares, resources and external users have in common (chapters 1.5, 4.1, 14, 20)."""

from __future__ import annotations

import uuid
from contextlib import suppress
from typing import Any, Callable, Mapping, Optional, Sequence

from ..core.errors import AlreadyThere, BackendError, InvalidInput, NotFound, Refused
from ..core.plan import Change
from ..core.spec import CREATE, Field, Part, Raw, Resource, Want
from ..core.transport import segment
from . import emails, values
from .client import BluemindClient, domain_names

NAMESPACE = uuid.UUID("6f1d1f6e-3c0a-5d43-9b0a-5b1f3b1f8f0e")  # of uids that are made of names

DOMAIN = Field("domain", shared=True, clean=values.domain)
UID = Field("uid", clean=values.uid)
EXTERNAL_ID = Field("external_id", source="externalId", decode=values.text, clean=values.line)


def new_uid(kind: str, domain: str, name: str) -> str:
    """The uid of a new entry, for which none was given: always the same, so that a creation can be sent again."""
    return str(uuid.uuid5(NAMESPACE, f"{kind}/{domain}/{name}"))


def create(client: BluemindClient, route: str, change: Change, document: Mapping[str, Any]) -> None:
    """Create an entry with the given uid, or with one made of its name; where a former entry of that name has it, with another one.

    :param route: such as ``users``.
    """
    external_id = change.goals.get(EXTERNAL_ID.name)
    domain = client.domain(change.want.values[DOMAIN.name])

    def send(uid: str) -> None:
        path = f"/{route}/{segment(domain)}/{segment(uid)}"
        client.call("PUT", f"{path}/{segment(external_id)}/createwithextid" if external_id else path, json=document)

    put(change, send)


def put(change: Change, send: Callable[[str], Any]) -> None:
    """Send a creation with the uid that was given, or made of the name; where a former entry of that name has that one, with another."""
    try:
        send(change.after[UID.name])
    except AlreadyThere as exc:
        if change.want.values.get(UID.name) or not str(exc).startswith("entry["):
            raise
        change.after[UID.name] = str(uuid.uuid4())
        send(change.after[UID.name])


def search(client: BluemindClient, domain: str, *kinds: str, **query: Any) -> list[Raw]:
    """All directory entries of these kinds, hidden ones and those of the system too: ItemValues (chapter 14)."""
    asked = {"kindsFilter": list(kinds), "hiddenFilter": False, "systemFilter": False, "size": -1, **query}
    return list(client.ask(f"/directory/{segment(domain)}/_search", asked)["values"])


def units_key(domain: str) -> str:
    return f"org units of {domain}"


def org_units(client: BluemindClient, domain: str) -> dict[str, str]:
    """The uids of the org units of a domain by their paths, such as ``Town/School``."""
    asked = {"from": 0, "size": -1, "query": "", "managableKinds": []}

    def ask() -> dict[str, str]:
        return {unit_path(each): each["uid"] for each in client.ask(f"/directory/_ou/{segment(domain)}/_search", asked)}

    return client.look_up(units_key(domain), ask)


def unit_path(unit: Optional[Mapping[str, Any]]) -> str:
    names = []
    while unit:
        names.append(values.text(unit.get("name")))
        unit = unit.get("parent")
    return "/".join(reversed(names))


def org_unit(client: BluemindClient, domain: str, given: str) -> str:
    """The uid of an org unit by its uid or its path. :raises Refused: where there is none."""
    units = org_units(client, domain)
    if given in units.values():
        return given
    path = given.strip("/")
    found = units.get(path) or {known.casefold(): uid for known, uid in units.items()}.get(path.casefold())
    if found is None:
        raise Refused(f"there is no org unit {given}: give its uid or its path, such as Town/School")
    return found


ORG_UNIT = Field("org_unit", source="value.orgUnitUid", decode=values.text, encode=values.empty_is_null, clean=str.strip)


class Entry(Part):
    """An entry of a domain: its ItemValue, with ``domain`` beside it."""

    route = ""  # "users"

    def scope(self, want: Want) -> Mapping[str, Any]:
        return {DOMAIN.name: want.values[DOMAIN.name]}

    def path(self, client: BluemindClient, domain: str, uid: str) -> str:
        return f"/{self.route}/{segment(client.domain(domain))}/{segment(uid)}"

    def of(self, client: BluemindClient, change: Change) -> str:
        """The path of the object of a change."""
        raw = change.raw or {}
        return self.path(client, raw[DOMAIN.name], raw[UID.name])

    @staticmethod
    def attempt(change: Change, items: Sequence[Field], write: Callable[..., None], *arguments: Any) -> None:
        """Make one of several calls of an update; a refusal concerns its fields only."""
        try:
            write(*arguments)
        except BackendError as exc:
            if exc.fatal or exc.uncertain:
                raise
            for item in items:
                change.refuse(item, exc)
                change.sent.discard(item.name)
        else:
            change.sent |= {item.name for item in items}

    def refresh(self, client: BluemindClient, change: Change) -> None:
        """Read the object again just before it is replaced as a whole: what the run knows may be a row of a listing, or old."""
        domain, uid = (change.raw or {})[DOMAIN.name], (change.raw or {})[UID.name]
        fresh = self.get(client, Want(change.name, "", change.want.state, {DOMAIN.name: domain, UID.name: uid}, {}), None)
        if fresh is None:
            raise Refused("it is gone")
        change.raw = {**(change.raw or {}), **fresh}

    @staticmethod
    def within(client: BluemindClient, scope: Mapping[str, Any], rows: Sequence[Raw]) -> Sequence[Raw]:
        """Those that are in the org unit of a scope, if it names one."""
        if not scope.get(ORG_UNIT.name):
            return rows
        unit = org_unit(client, client.domain(str(scope[DOMAIN.name])), str(scope[ORG_UNIT.name]))
        return [raw for raw in rows if ORG_UNIT.read(raw) == unit]

    def places(self, client: BluemindClient, scope: Mapping[str, Any]) -> list[str]:
        """The domains of a scope by the names that people know them by: one, or all."""
        if scope.get(DOMAIN.name):
            return [domain_names(client.domain_named(str(scope[DOMAIN.name])))[0]]
        return [domain_names(item)[0] for item in client.domains() if not item["value"].get("global")]


class InDomain(Resource):
    """A resource whose objects are entries of domains."""

    def clean_scope(self, scope: Mapping[str, Any]) -> Mapping[str, Any]:
        if ORG_UNIT.name in scope and DOMAIN.name not in scope:
            raise ValueError("an org_unit needs its domain beside it")
        return scope

    def label(self, values: Mapping[str, Any]) -> str:
        names = (str(values[item.name]) for item in self.keys if item is not DOMAIN and values.get(item.name))
        return "@".join(filter(None, [next(names, ""), values.get(DOMAIN.name)]))

    def refine(self, values: dict[str, Any], state: str) -> None:
        emails.refine(values)

    def finish(self, want: Want) -> None:
        emails.complete(want)
        if want.rename_from:
            with suppress(ValueError):  # a name that could not be given today is looked for as it is
                want.rename_from = self.key[0].clean(want.rename_from)

    def export(self, raw: Raw, parts: Sequence[Part]) -> dict[str, Any]:
        """Addresses of which none is the default are given back without one."""
        out = super().export(raw, parts)
        if out.get(emails.EMAILS.name) and out.get(emails.EMAIL.name) == "":
            del out[emails.EMAIL.name]
        return out

    def resolve(self, client: BluemindClient, wants: Sequence[Want]) -> None:
        client.forget()
        self.prepare(client, wants)
        for want in wants:
            try:
                found = client.domain_named(want.values[DOMAIN.name])
            except NotFound as exc:
                want.error = Refused(f"{exc}: create it first, for example with bluemind_domain")
                continue
            names = domain_names(found)
            want.values[DOMAIN.name] = names[0]
            if self.states[want.state] is not None:
                try:
                    self.references(client, want, found["uid"], names)
                except Refused as exc:
                    want.error = exc
        twice = self._twice([want for want in wants if not want.error])
        if twice:
            raise InvalidInput("; ".join(fault for fault, both in twice[:5]))

    def prepare(self, client: BluemindClient, wants: Sequence[Want]) -> None:
        """Look up at once what the references of all of them need, where that is cheaper than one by one."""

    def references(self, client: BluemindClient, want: Want, domain: str, names: Sequence[str]) -> None:
        """Replace the names of other objects by their uids. :raises Refused: for what does not exist.

        :param domain: its uid. :param names: those that people know it by.
        """
        if want.values.get(ORG_UNIT.name):
            want.values[ORG_UNIT.name] = org_unit(client, domain, want.values[ORG_UNIT.name])

    def regard(self, want: Want, raw: Raw) -> None:
        emails.regard(want, raw)

    def guard(self, client: BluemindClient, change: Change) -> None:
        raw = change.raw or {}
        if raw and (raw.get("value") or {}).get("system"):
            raise Refused(f"it is a {self.kind} of the server itself, which is left alone")
        if any(item.name == emails.EMAILS.name for item in self.fields):
            emails.check(change, domain_names(client.domain_named(change.want.values[DOMAIN.name])))
        if change.action == CREATE:
            name = str(change.want.values[self.key[0].name])
            change.after[UID.name] = change.want.values.get(UID.name) or new_uid(self.kind, change.want.values[DOMAIN.name], name)
