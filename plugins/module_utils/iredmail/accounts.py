# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What domains, users, aliases, lists and administrators have in common: how they are read, written, renamed and never locked out."""

from __future__ import annotations

from typing import Any, Iterator, Mapping, Optional, Sequence, cast

from ..core.errors import BackendError, BadReply, InvalidInput, Refused
from ..core.plan import Change
from ..core.spec import CREATE, DELETE, UNREADABLE, UPDATE, Field, Part, Raw, Resource, Want
from ..core.task import InfoTask, one_way
from . import values
from .client import LDAP, SQL, IredmailClient, NoRoute, place
from .edition import NAMES, Item, at, elsewhere, row_of, rows_of, translated, unsure

LATER = (UPDATE,)  # what the creation does not take

NAME = Item("name", clean=values.line, sql=at(values.text, "name"), ldap=at(values.text, "cn"))
ENABLED = Item(
    "enabled",
    type="bool",
    api="accountStatus",
    send=LATER,
    encode=lambda value: "active" if value else "disabled",
    sql=at(values.active, "active"),
    ldap=at(values.active, "accountStatus"),
)
PASSWORD = Item("password", secret=True, clean=values.password)
PASSWORD_HASH = Item("password_hash", secret=True, clean=values.password_hash)
FORCE_SERVICES = Field("force_services", type="bool", send=())
KEEP_MAILBOX_DAYS = Field("keep_mailbox_days", type="int", send=(DELETE,), clean=values.number(0, 3650))

ADDRESSED = {"user": "a mail user", "alias": "an alias", "ml": "a mailing list", "maillist": "a list"}  # what can have an address, by route


class Profile(Part):
    """All that one request shows of an object, and another one writes."""

    few = 5
    partial = True
    key: Field
    route = ""  # of one object

    def get(self, client: IredmailClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        found = client.read(self.path(want.values[self.key.name]))
        if found is None:
            return None
        out = self.translated(client, row_of(found))
        client.hidden[self.route] = {name for name, value in out.items() if value is UNREADABLE}
        return out

    def rows(self, client: IredmailClient, path: str, **query: str) -> Optional[Sequence[Raw]]:
        """The objects of a collection, or None where the server has no such listing or says that it is too large."""
        try:
            found = client.read(path, **query)
        except NoRoute:
            return None
        except Refused as exc:
            if exc.code != "EXCEEDED_LDAP_SERVER_SIZELIMIT":
                raise
            return None
        return [self.translated(client, row, name, listed=True) for name, row in rows_of(found)]

    def translated(self, client: IredmailClient, row: Raw, name: str = "", *, listed: bool = False) -> Raw:
        """A profile by the names of the options. :param name: of the object, where only that is shown."""
        out = self.finished(translated([self.key, *self.fields], self.prepared(row), client.edition, listed=listed))
        out[self.key.name] = name.lower() if out[self.key.name] in (UNREADABLE, "") else out[self.key.name]
        if not out[self.key.name]:
            raise BadReply(f"the answer does not show what the {NAMES[client.edition]} edition shows of it; is the option edition right?")
        return out

    def prepared(self, row: Raw) -> Raw:
        """A profile before it is translated."""
        return row

    def finished(self, raw: Raw) -> Raw:
        """What was translated, where fields depend on one another."""
        return raw

    def path(self, name: str) -> str:
        return f"/{self.route}/{place(name)}"

    def create(self, client: IredmailClient, change: Change) -> None:
        client.form("POST", self.path(change.name), self.created(client, change))

    def update(self, client: IredmailClient, change: Change) -> None:
        client.form("PUT", self.path(change.name), self.updated(client, change), repeat=True)

    def confirm_password(self, client: IredmailClient, change: Change) -> None:
        """Whether the password that was just sent is the one that counts; nothing else would show that it was lost."""
        if PASSWORD not in change.sending(UPDATE, self) or effective(change, ENABLED) is not True:
            return
        if password_is(client, self.route, change.name, change.goals[PASSWORD.name], True) is False:
            change.refuse(PASSWORD, Refused("the server accepted it and still has another one"))

    def delete(self, client: IredmailClient, change: Change) -> None:
        days = change.steering(DELETE).get(KEEP_MAILBOX_DAYS.name)
        client.call("DELETE", self.path(change.name) + ("" if days is None else f"/{KEEP_MAILBOX_DAYS.name}/{days}"), repeat=True)

    def created(self, client: IredmailClient, change: Change) -> dict[str, Any]:
        """The parameters of the creation."""
        return change.wire(CREATE, self)

    def updated(self, client: IredmailClient, change: Change) -> dict[str, Any]:
        """The parameters of an update: a list is replaced, or what differs is added and removed, never both in one request (contract 2)."""
        out = change.wire(UPDATE, self)
        for item in change.sending(UPDATE, self):
            if not isinstance(item, Item) or not item.adds:
                continue
            if not item.resets or change.want.modes.get(item.name, item.mode) != "set":
                out.pop(item.wire_name)
                added, removed = change.difference(item)
                out.update({name: item.encode(each) for name, each in ((item.adds, added), (item.removes, removed)) if each})
        return out


class Account(Profile):
    """A profile of what is in a domain and listed with it."""

    listing = ""  # route of all of a domain

    def scope(self, want: Want) -> Mapping[str, Any]:
        return {"domain": values.domain_of(want.values[self.key.name])}

    def list(self, client: IredmailClient, scope: Mapping[str, Any]) -> Optional[Sequence[Raw]]:
        domains = [scope["domain"]] if scope else client.domain_names()
        out: list[Raw] = []
        for domain in domains:
            rows = self.rows(client, f"/{self.listing}/{place(domain)}")
            if rows is None:
                return None
            out += rows
        return out


class Kind(Resource):
    """A resource whose first part is a ``Profile``."""

    may_be_unreadable = True

    @property
    def profile(self) -> Profile:
        return cast(Profile, self.parts[0])

    def finish(self, want: Want) -> None:
        if want.rename_from and self.renames:
            try:
                want.rename_from = values.account(want.rename_from)
            except ValueError as exc:
                raise ValueError(f"rename_from {want.rename_from!r}: {exc}") from None
            if values.domain_of(want.rename_from) != values.domain_of(want.name):
                raise ValueError(f"it cannot be renamed from {want.rename_from}, which is in another domain")

    def resolve(self, client: IredmailClient, wants: Sequence[Want]) -> None:
        """Refuse what only the other edition has, before anything is written."""
        client.forget()
        for want in wants:
            strange = [item for item in self.fields if item.name in want.values and elsewhere(item, client.edition)]
            if strange and self.states[want.state] is not None:
                names = ", ".join(item.name for item in strange)
                other = NAMES[LDAP if client.edition == SQL else SQL]
                want.error = Refused(f"{names} cannot be set: only the {other} edition of iRedMail has that, and this is the other one")

    def guard(self, client: IredmailClient, change: Change) -> None:
        if change.name in client.acting() or change.renamed in client.acting():
            if (
                change.action == DELETE
                or change.renamed
                or change.goals.get("enabled") is False
                or change.goals.get("global_admin") is False
            ):
                raise Refused(
                    "this is the account that the task works with: it cannot be disabled, deleted, renamed or stripped of its rights by itself"
                )
            kept = sorted({PASSWORD.name, PASSWORD_HASH.name} & set(change.goals))
            if kept:
                raise Refused(
                    f"this is the account that the task works with: it keeps its {' and '.join(kept)}, or the task could not go on"
                )
        empty = change.want.values.get("name") == "" and self.states[change.want.state] is not None
        if empty and client.is_ldap() and (change.action == CREATE or "name" in change.goals):
            raise Refused("name cannot be empty: the LDAP edition keeps no account without one")
        if change.action == CREATE:
            edition, hidden = client.edition, client.hidden.get(self.profile.route)
            for item in self.fields:
                if item.name in change.goals and unsure(item, edition) and (hidden is None or item.name in hidden):
                    change.unverified.append(item.name)

    def rehearse(self, client: IredmailClient, change: Change) -> None:
        """Whether an account of another kind has the address; the aliases of users are not asked for."""
        if change.action != CREATE and not change.renamed:
            return
        route = self.profile.route
        for other, what in ADDRESSED.items() if route in ADDRESSED else ():
            if other != route and (other != "maillist" or client.is_ldap()) and self.there(client, f"/{other}/{place(change.name)}"):
                raise Refused(f"{change.name} is the address of {what} already")

    @staticmethod
    def there(client: IredmailClient, path: str) -> bool:
        """Whether it exists, as far as the server tells: it may be too old for such accounts, or not be set up for them."""
        try:
            return client.read(path) is not None
        except BackendError as exc:
            if exc.fatal:
                raise
            return False

    def password_matches(self, client: IredmailClient, change: Change, item: Field) -> Optional[bool]:
        raw = change.raw or {}
        if raw.get(ENABLED.name) is UNREADABLE:  # a row of a listing that holds names only
            raw = self.profile.get(client, change.want, raw) or raw
        return password_is(client, self.profile.route, raw[self.key[0].name], change.want.values[item.name], raw.get(ENABLED.name))

    @staticmethod
    def at_home(client: IredmailClient, change: Change) -> None:
        """A new account needs a domain that is hosted here; the server may say something else of it."""
        domain = values.domain_of(change.name)
        if change.action == CREATE and not client.hosts(domain):
            raise Refused(f"the domain {domain} is not hosted here: create it first, for example with iredmail_domain")

    def rename(self, client: IredmailClient, change: Change) -> None:
        client.call("POST", f"{self.profile.path(str(change.renamed))}/change_email/{place(change.name)}", repeat=False)


def effective(change: Change, item: Field) -> Any:
    """What a field will be: what it becomes, or what it is."""
    if item.name in change.goals:
        return change.goals[item.name]
    return item.read(change.raw) if change.raw else None


def password_is(client: IredmailClient, route: str, name: str, wanted: str, enabled: Any) -> Optional[bool]:
    """Whether an account has this password; None where the answer is neither yes nor no.

    A server may look at active accounts only, so of a disabled one it may say of the right password too that it is wrong (contract 7.4).
    """
    try:
        client.form("POST", f"/verify_password/{route}/{place(name)}", {"password": wanted}, write=False)
    except Refused as exc:
        return False if exc.code == "INVALID_CREDENTIALS" and enabled is True else None
    except BackendError as exc:
        if exc.fatal:
            raise
        return None
    return True


class Info(InfoTask):
    """Objects by name, by domain, or all of them."""

    resource: Kind

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        key = self.resource.key[0]
        one_way(params, *dict.fromkeys(name for name in (key.name, "domain") if name in params))
        for name, clean in (("domain", values.domain), (key.name, key.accept)):
            try:
                if params.get(name) is not None:
                    clean(params[name])
            except ValueError as exc:
                raise InvalidInput(f"{name} {params[name]!r}: {exc}") from None

    def rows(self, client: IredmailClient, params: Mapping[str, Any]) -> Sequence[Raw]:
        profile, key = self.resource.profile, self.resource.key[0]
        if params[key.name] is not None:
            found = profile.get(client, self.want(key.accept(params[key.name])), None)
            return [found] if found else []
        rows = sorted(self.listed(client, params), key=lambda raw: str(raw[profile.key.name]))
        if params.get("full") and not params.get("names_only"):
            whole = [profile.get(client, self.want(raw[profile.key.name]), raw) for raw in rows]
            return [raw for raw in whole if raw]
        return rows

    def listed(self, client: IredmailClient, params: Mapping[str, Any]) -> Iterator[Raw]:
        query = {"email_only": "yes"} if params.get("names_only") else {}
        if params.get("disabled_only"):
            query["disabled_only"] = "yes"
        domains = client.domain_names() if params["domain"] is None else [values.domain(params["domain"])]
        profile = cast(Account, self.resource.profile)
        for domain in domains:
            rows = profile.rows(client, f"/{profile.listing}/{place(domain)}", **query)
            if rows is None:
                raise Refused(f"the server gives no listing of the {self.resource.plural} of {domain}")
            yield from rows

    def want(self, name: str) -> Want:
        return Want(name, "", "present", {self.resource.key[0].name: name}, {})
