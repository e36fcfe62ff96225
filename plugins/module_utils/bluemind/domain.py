# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Domains of BlueMind, with their servers and settings (chapters 3 and 4 of the contract)."""

from __future__ import annotations

import sys
from typing import Any, Iterable, Mapping, Optional, Sequence

from ..core.errors import BackendError, NotFound, Refused
from ..core.plan import Change
from ..core.spec import CREATE, DELETE, UPDATE, Field, Part, Raw, Resource, Want
from ..core.task import InfoTask, ResourceTask
from ..core.transport import segment
from . import domain_servers, domain_settings, values
from .client import BluemindClient, domain_names
from .domain_servers import Servers
from .domain_settings import Settings

SECRETS = ("import_ldap_password", "import_ad_password", "OPENID_CLIENT_SECRET", "KRB_KEYTAB")
KEPT_BY_SERVER = ("import_ldap_lastupdate", "import_ad_lastupdate")
MANY = 20  # domains above which all are read at once


def readable(properties: Any) -> dict[str, str]:
    """Without secrets, and without what the server writes by itself."""
    return {key: values.text(each) for key, each in (properties or {}).items() if key not in (*SECRETS, *KEPT_BY_SERVER)}


NAME = Field("domain", clean=values.domain)
UID = Field("uid", send=(CREATE,), clean=values.domain)
LABEL = Field("label", source="value.label", clean=values.name)
ALIASES = Field("aliases", type="list", elements="str", clean=values.domain)
DEFAULT_ALIAS = Field("default_alias", source="value.defaultAlias", clean=values.domain)
PROPERTIES = Field("properties", type="dict", source="value.properties", twin="secret_properties", clean=values.words, decode=readable)
SECRET_PROPERTIES = Field("secret_properties", type="dict", secret=True, clean=values.words)


class Itself(Part):
    """The domain; what it is called is written by calls of their own."""

    few = sys.maxsize  # any of its names finds it, and a listing is looked up by one
    fields = (
        UID,
        LABEL,
        Field("description", source="value.description", decode=values.text, encode=values.empty_is_null, clean=values.line),
        ALIASES,
        DEFAULT_ALIAS,
        PROPERTIES,
        SECRET_PROPERTIES,
    )

    def get(self, client: BluemindClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        try:
            return shown(client.domain_named(want.values[NAME.name]), want.values[NAME.name])
        except NotFound:
            return None

    def list(self, client: BluemindClient, scope: Mapping[str, Any]) -> Iterable[Raw]:
        return [shown(item, domain_names(item)[0]) for item in client.domains() if not item["value"].get("global")]

    def create(self, client: BluemindClient, change: Change) -> None:
        """Its uid is its name; where another one was given, the domain is an alias of it (chapter 4.1)."""
        goals, name = change.goals, change.want.values[NAME.name]
        uid = goals.get(UID.name, name)
        document = {
            "name": uid,
            "label": goals.get(LABEL.name, name),
            "description": goals.get("description"),
            "global": False,
            "aliases": sorted({*goals.get(ALIASES.name, ()), name} - {uid}),
            "defaultAlias": goals.get(DEFAULT_ALIAS.name, name),
            "properties": {**goals.get(PROPERTIES.name, {}), **goals.get(SECRET_PROPERTIES.name, {})},
        }
        self.call(client, "PUT", f"/domains/{segment(uid)}", json=document)

    def update(self, client: BluemindClient, change: Change) -> None:
        sending = change.sending(UPDATE, self)
        names = [item for item in sending if item in (ALIASES, DEFAULT_ALIAS)]
        rest = [item for item in sending if item not in names]
        for items, write in ((names, self.rename), (rest, self.store)):
            if items:
                try:
                    write(client, change)
                except BackendError as exc:
                    if exc.fatal or exc.uncertain:
                        raise
                    for item in items:
                        change.refuse(item, exc)
                else:
                    change.sent |= {item.name for item in items}

    def rename(self, client: BluemindClient, change: Change) -> None:
        """First what is new, then the default, then what goes: the default must always be one of the names (chapter 4.4)."""
        value, path = (change.raw or {})["value"], self.path(change)
        now = set(value["aliases"])
        goal = {*change.goals[ALIASES.name], change.want.values[NAME.name]} - {value["name"]} if ALIASES.name in change.goals else now
        default = change.goals.get(DEFAULT_ALIAS.name)
        if default and goal - now:
            self.alias(client, change, path, now | goal)
            now |= goal
        if default:
            self.call(client, "POST", f"{path}/_default_alias", json=default)
        if goal != now:
            self.alias(client, change, path, goal)

    def alias(self, client: BluemindClient, change: Change, path: str, aliases: Iterable[str]) -> None:
        client.wait(self.call(client, "POST", f"{path}/_aliases", json=sorted(aliases)), f"changing the aliases of {change.name}")
        client.domain_changed()

    def store(self, client: BluemindClient, change: Change) -> None:
        """The whole domain as it is at this moment; its names must be those that it has."""
        fresh = self.get(client, change.want, None)
        if fresh is None:
            raise Refused("it is gone")
        change.raw = {**(change.raw or {}), **fresh}
        out = {**change.merged(self)["value"], **{name: fresh["value"][name] for name in ("aliases", "defaultAlias")}}
        out["properties"] = {**(out.get("properties") or {}), **change.goals.get(SECRET_PROPERTIES.name, {})}
        values.without_empty(out, PROPERTIES.path[-1], change.goals.get(PROPERTIES.name))
        self.call(client, "POST", self.path(change), json=out)

    def delete(self, client: BluemindClient, change: Change) -> None:
        """First what is in it. Where that or the domain itself stays, what is gone must be told."""
        path, held = self.path(change), self.held(client, change)
        try:
            client.wait(self.call(client, "DELETE", f"{path}/_items"), f"deleting what is in {change.name}")
            self.call(client, "DELETE", path)
        except BackendError as exc:
            left = None if exc.fatal else self.held(client, change)
            gone = 0 if left is None or held is None else held - left
            if gone <= 0:
                raise
            change.sent.add("items")
            words = f"{gone} of its {held} entries are deleted, and the domain itself is not: {exc}"
            raise exc.reworded(words) from None

    @staticmethod
    def held(client: BluemindClient, change: Change) -> Optional[int]:
        """How many entries are in it, as far as that can be told."""
        try:
            query = {"hiddenFilter": False, "systemFilter": False, "size": 1}
            return int(client.ask(f"/directory/{segment((change.raw or {})['uid'])}/_search", query)["total"])
        except BackendError as exc:
            if exc.fatal:
                raise
            return None

    @staticmethod
    def call(client: BluemindClient, method: str, path: str, **kwargs: Any) -> Any:
        try:
            return client.call(method, path, **kwargs)
        finally:
            client.domain_changed()

    @staticmethod
    def path(change: Change) -> str:
        return f"/domains/{segment((change.raw or {})['uid'])}"


def shown(item: Mapping[str, Any], name: str) -> Raw:
    """An ItemValue under the name that it was asked for, with its other names."""
    return {**item, NAME.name: name, ALIASES.name: [each for each in domain_names(item) if each != name]}


class DomainResource(Resource):
    kind, plural = "domain", "domains"
    identities = ((NAME,),)
    parts = (Itself(), Servers(), Settings())

    def refine(self, values: dict[str, Any], state: str) -> None:
        name, given = values.get(NAME.name), values.get(PROPERTIES.name, {})
        secret = sorted(set(SECRETS) & set(given))
        if secret:
            raise ValueError(f"properties must not hold {', '.join(secret)}: give it in secret_properties")
        kept = sorted(set(KEPT_BY_SERVER) & {*given, *values.get(SECRET_PROPERTIES.name, {})})
        if kept:
            raise ValueError(f"{', '.join(kept)} is written by the server itself")
        domain_settings.refine(values, given)
        values_of = values.get(ALIASES.name)
        if values_of is not None:
            values[ALIASES.name] = [alias for alias in values_of if alias != name]

    def resolve(self, client: BluemindClient, wants: Sequence[Want]) -> None:
        client.forget()
        client.domain_changed()
        if len(wants) > MANY:
            client.domains()
        for want in wants:
            if self.states[want.state] is not None:
                try:
                    domain_servers.resolve(client, want)
                except Refused as exc:
                    want.error = exc

    def regard(self, want: Want, raw: Raw) -> None:
        """The name that it was created with stays."""
        want.keeps[ALIASES.name] = [raw["value"]["name"]]

    def guard(self, client: BluemindClient, change: Change) -> None:
        value, goals = (change.raw or {}).get("value") or {}, change.goals
        if value.get("global"):
            raise Refused("it is the domain of the server's own administration, which is left alone")
        if change.action == DELETE and change.raw and change.raw["uid"] == client.account.get("domainUid"):
            raise Refused("it is the domain of the account that the task works with")
        if change.action == CREATE and not goals.get(domain_servers.SERVERS.name):
            change.notes.append("no server is assigned to it, so it can have no users yet: give servers")
        if {ALIASES.name, DEFAULT_ALIAS.name} & set(goals):
            others = goals[ALIASES.name] if ALIASES.name in goals else (change.raw or {}).get(ALIASES.name, ())
            names = sorted({change.want.values[NAME.name], *others})
            default = goals.get(DEFAULT_ALIAS.name) or value.get("defaultAlias")
            if default and default not in names:
                raise Refused(f"default_alias {default} must be one of the names of the domain: {', '.join(names)}")

    def password_matches(self, client: BluemindClient, change: Change, item: Field) -> Optional[bool]:
        """The server shows them to who may write them."""
        stored = ((change.raw or {}).get("value") or {}).get("properties") or {}
        return all(values.text(stored.get(key)) == each for key, each in change.want.values[item.name].items())


DOMAIN = DomainResource()
TASK = ResourceTask(DOMAIN, BluemindClient)


class DomainInfo(InfoTask):
    """One domain by any of its names, or all of them."""

    resource: DomainResource

    def parts(self, params: Mapping[str, Any]) -> Sequence[Part]:
        first, *others = self.resource.parts
        return [first, *(part for part in others if part.fields[0].name in params["gather"])]

    def rows(self, client: BluemindClient, params: Mapping[str, Any]) -> Sequence[Raw]:
        client.forget()
        client.domain_changed()
        first, *others = self.parts(params)
        if params[NAME.name] is None:
            rows = sorted(first.list(client, {}) or (), key=lambda raw: str(raw[NAME.name]))
        else:
            name = params[NAME.name].strip().lower()
            found = first.get(client, Want(name, "", "present", {NAME.name: name}, {}), None) if name else None
            rows = [found] if found else []
        for part in others:
            rows = [{**raw, **(part.get(client, Want("", "", "present", {}, {}), raw) or {})} for raw in rows]
        return rows


GATHER = [part.fields[0].name for part in DOMAIN.parts[1:]]
INFO = DomainInfo(DOMAIN, BluemindClient, gather={"type": "list", "elements": "str", "choices": GATHER, "default": GATHER})
