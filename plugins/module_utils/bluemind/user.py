# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Users of BlueMind (chapters 5 to 7 of the contract)."""

from __future__ import annotations

import base64
from collections import Counter
from functools import partial
from typing import Any, Iterable, Mapping, Optional, Sequence

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import CREATE, DELETE, UPDATE, Field, Part, Raw, Want
from ..core.task import ResourceTask
from ..core.threads import in_threads
from ..core.transport import segment
from . import directory, emails, mail_filter, membership, photo, roles, user_settings, values, vcard
from .client import ORIGIN, BluemindClient, domain_names
from .directory import DOMAIN, EXTERNAL_ID, ORG_UNIT, UID, InDomain
from .mail_filter import MailFilter
from .membership import Membership
from .roles import Roles
from .user_settings import UserSettings
from .whole import Whole

LATER = (UPDATE,)
LOGIN = Field("login", source="value.login", clean=values.login)
PASSWORD = Field("password", secret=True, source="value.password", clean=values.password)
ACCOUNT_TYPE = Field("account_type", source="value.accountType", choices=("FULL", "SIMPLE", "FULL_AND_VISIO"))
PHOTO = Field("photo", type="path", send=LATER, clean=photo.clean)
ARCHIVED = Field("archived", type="bool", source="value.archived")
MUST_CHANGE = Field("password_must_change", type="bool", source="value.passwordMustChange")
NEVER_EXPIRES = Field("password_never_expires", type="bool", source="value.passwordNeverExpires")
PROPERTIES = Field(
    "properties",
    type="dict",
    source="value.properties",
    clean=values.words,
    decode=lambda value: {key: each for key, each in (value or {}).items() if key != photo.PROPERTY},
)
CARDS = "cards"  # in ``client.known``: the domains of which all address cards are to be read at once
SHOWN_BY_DIRECTORY = ("hidden", "archived", "system", "orgUnitUid", "accountType", "dataLocation")
COMPLETE_ONLY = (PHOTO, MUST_CHANGE, NEVER_EXPIRES, PROPERTIES)  # that nothing but a user by itself shows
SHOWN_BY_MAILBOX = {"name": "login", "emails": "emails", "quota": "quota", "routing": "routing"}


class Account(Whole):
    """The user itself. The listing is made of the directory and of the mailboxes, which show less than a user does (chapter 21)."""

    route = "users"
    partial = True
    fields = (
        LOGIN,
        EXTERNAL_ID,
        PASSWORD,
        emails.DEMANDED_EMAIL,
        emails.DEMANDED_EMAILS,
        ACCOUNT_TYPE,
        Field("quota", source="value.quota", clean=values.quota, decode=values.quota_read, encode=values.quota_sent, clearable=False),
        Field("routing", source="value.routing", choices=("internal", "external")),
        Field("data_location", source="value.dataLocation", send=(CREATE,), clean=values.name),
        ORG_UNIT,
        ARCHIVED,
        Field("hidden", type="bool", source="value.hidden"),
        MUST_CHANGE,
        NEVER_EXPIRES,
        PROPERTIES,
        PHOTO,
        *vcard.FIELDS,
    )
    elsewhere = (PASSWORD, EXTERNAL_ID, ACCOUNT_TYPE, PHOTO)  # what an update writes by calls of their own

    def get(self, client: BluemindClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        found = super().get(client, want, raw)
        return {**found, "home": client.domain(found[DOMAIN.name])} if found else None

    def find(self, client: BluemindClient, domain: str, want: Want) -> Optional[Raw]:
        where, login = f"/users/{segment(client.domain(domain))}", want.values.get(LOGIN.name)
        way = f"byLogin/{segment(login)}" if login else f"byExtId/{segment(want.values[EXTERNAL_ID.name])}"
        found: Optional[Raw] = client.call("GET", f"{where}/{way}")
        return found

    def list(self, client: BluemindClient, scope: Mapping[str, Any]) -> Optional[Iterable[Raw]]:
        rows: list[Raw] = []
        for domain in self.places(client, scope):
            uid = client.domain(domain)
            found = directory.search(client, uid, "USER")
            reads = [partial(read, client, uid, [item["uid"] for item in found]) for read in (self.mailboxes, self.cards)]
            try:
                mailboxes, cards = in_threads(lambda read: read(), reads, client.readers)
            except Refused as exc:
                if exc.status == 403:
                    return None  # who may manage some users need not be allowed to see all mailboxes
                raise
            for item in found:
                row = self.row(item, mailboxes.get(item["uid"]), cards.get(item["uid"]), client, domain)
                rows += [row] if row else []
        return self.within(client, scope, rows)

    @staticmethod
    def mailboxes(client: BluemindClient, domain: str, uids: Sequence[str]) -> Mapping[str, Any]:
        """Theirs by uid."""
        return {item["uid"]: item["value"] for item in (client.ask(f"/mailboxes/{segment(domain)}/_mget", uids) if uids else ())}

    @staticmethod
    def cards(client: BluemindClient, domain: str, uids: Sequence[str]) -> Mapping[str, Any]:
        """The address cards by uid in one request, where so many are asked for and the server has that call (chapter 21)."""
        if domain not in client.known.get(CARDS, ()) or client.dialect == 4 or client.release < (5, 7):
            return {}
        found = client.ask(f"/users/{segment(domain)}/_mgetvcardonly", uids) or ()
        return {item["uid"]: item["value"][vcard.KEY] for item in found if item["value"].get(vcard.KEY)}

    def row(
        self, entry: Raw, mailbox: Optional[Mapping[str, Any]], card: Optional[Mapping[str, Any]], client: BluemindClient, domain: str
    ) -> Optional[Raw]:
        """What directory and mailbox tell of a user; those of the system have no mailbox, so they are read by themselves."""
        if mailbox is None:
            return self.get(client, Want("", "", "present", {DOMAIN.name: domain, UID.name: entry["uid"]}, {}), None)
        value = {name: entry["value"][name] for name in SHOWN_BY_DIRECTORY if name in entry["value"]}
        value.update({name: mailbox[key] for key, name in SHOWN_BY_MAILBOX.items() if key in mailbox})
        value.update({vcard.KEY: card} if card else {})
        # Whether a directory tells it of everybody is not documented, so its silence proves nothing.
        item = {key: each for key, each in entry.items() if (key, each) != ("externalId", None)}
        return {**self.shown({**item, "value": value}, domain), "home": client.domain(domain)}

    def shown(self, item: Raw, domain: str) -> Raw:
        raw, value = super().shown(item, domain), item["value"]
        if vcard.KEY in value:
            card = vcard.whole(value[vcard.KEY])
            raw.update({"value": {**value, vcard.KEY: card}, "card": vcard.shown(card)})
            if PROPERTIES.path[-1] in value:
                raw[PHOTO.name] = photo.shown(value)
        return raw

    # Writing

    def document(self, client: BluemindClient, change: Change, call: str) -> dict[str, Any]:
        """A user as the server has to be sent it, without what it would crash on (chapter 1.7)."""
        before = (change.raw or {}).get("value") or {}
        out = super().document(client, change, call)
        goals = {item.name: change.goals[item.name] for item in change.sending(call, self)}
        if call == UPDATE:
            out = {key: each for key, each in out.items() if key not in ("password", "passwordLastChange")}  # the server's own
        card = out.setdefault(vcard.KEY, {})
        vcard.write(card, goals)
        vcard.rename(card, before.get(vcard.KEY) or {}, goals)
        values.without_empty(out, PROPERTIES.path[-1], goals.get(PROPERTIES.name))
        if PHOTO.name in goals and PHOTO.name in change.sent:
            out["properties"] = {key: each for key, each in (out.get("properties") or {}).items() if key != photo.PROPERTY}
            if goals[PHOTO.name]:
                out["properties"][photo.PROPERTY] = str(goals[PHOTO.name])
        return out

    def update(self, client: BluemindClient, change: Change) -> None:
        sending = change.sending(UPDATE, self)
        for item in self.elsewhere:
            if item in sending:
                self.attempt(change, [item], self.set, client, change, item, change.goals[item.name])
        rest = [item for item in sending if item not in self.elsewhere or (item is PHOTO and item.name in change.sent)]
        # A new password ends the demand for another one (chapter 5.1).
        again = PASSWORD.name in change.sent and change.value(MUST_CHANGE.name)
        if again:
            change.goals[MUST_CHANGE.name] = True
        if rest or again:
            self.attempt(change, rest, self.store, client, change)

    def set(self, client: BluemindClient, change: Change, item: Field, value: Any) -> None:
        """Write what has a call of its own."""
        path, method = self.of(client, change), "POST"
        body: Any = value
        if item is PASSWORD:
            path, body = f"{path}/password_", {"currentPassword": None, "newPassword": value}
        elif item is EXTERNAL_ID:
            path = f"{path}/_extId"
        elif item is ACCOUNT_TYPE:
            where, _slash, uid = path.rpartition("/")
            path = f"{where}/_updateAccountType/{uid}"
        else:
            method, path = "POST" if value else "DELETE", f"{path}/photo"
            body = base64.b64encode(value.content()).decode() if value else None
        client.call(method, path, repeat=True, json=body)

    def store(self, client: BluemindClient, change: Change) -> None:
        """Send the whole user, as it is at this moment with what differs."""
        path = self.of(client, change)
        self.refresh(client, change)
        client.call("POST", path, repeat=True, json=self.document(client, change, UPDATE))
        wanted = change.want.values.get(emails.EMAILS.name)
        if LOGIN.name in change.goals and wanted and change.want.modes.get(emails.EMAILS.name) == "set":
            # A new login brought an address of its own with it (chapter 5.2).
            self.refresh(client, change)
            if set(emails.EMAILS.read(change.raw or {})) - set(wanted) - set(change.want.keeps.get(emails.EMAILS.name, ())):
                change.goals[emails.EMAILS.name] = wanted
                client.call("POST", path, repeat=True, json=self.document(client, change, UPDATE))

    def delete(self, client: BluemindClient, change: Change) -> None:
        """It succeeds for what is gone, too (chapter 5.5)."""
        client.wait(client.call("DELETE", self.of(client, change), repeat=True), f"deleting {change.name}")


ACCOUNT = Account()


class User(InDomain):
    kind, plural = "user", "users"
    identities = ((LOGIN, DOMAIN), (UID, DOMAIN), (EXTERNAL_ID, DOMAIN))
    parts = (ACCOUNT, Roles("users"), UserSettings(), MailFilter(), Membership())
    prune_scope = ("domain", "org_unit")
    renames = True
    created_by = ("login", "family_name")

    def refine(self, values: dict[str, Any], state: str) -> None:
        super().refine(values, state)
        if photo.PROPERTY in values.get(PROPERTIES.name, {}):
            raise ValueError(f"properties must not hold {photo.PROPERTY}, in which the digest of the photo is kept")
        user_settings.refine(values)
        mail_filter.refine(values)

    def export(self, raw: Raw, parts: Sequence[Part]) -> dict[str, Any]:
        """Without the photo, of which only a digest is known."""
        return {name: value for name, value in super().export(raw, parts).items() if name != PHOTO.name}

    def resolve(self, client: BluemindClient, wants: Sequence[Want]) -> None:
        super().resolve(client, wants)
        membership.foresee(client, wants)
        foresee(client, wants)

    def references(self, client: BluemindClient, want: Want, domain: str, names: Sequence[str]) -> None:
        super().references(client, want, domain, names)
        membership.resolve(client, want, domain)

    def regard(self, want: Want, raw: Raw) -> None:
        """The server keeps an address made of login and domain, whatever is asked for (chapter 5.2)."""
        super().regard(want, raw)
        login = want.values.get(LOGIN.name) or LOGIN.read(raw)
        if login not in want.values.get(emails.EMAILS.name, ()):
            want.keeps[emails.EMAILS.name] = [f"{login}@{raw['home']}"]

    def guard(self, client: BluemindClient, change: Change) -> None:
        super().guard(client, change)
        if change.action == CREATE:
            membership.welcome(client, change)
        if acting(client, change):
            lost = [
                words
                for words, loses in (
                    ("be deleted", change.action == DELETE),
                    ("be archived", change.goals.get(ARCHIVED.name) is True),
                    ("be made to change its password before it can log in again", change.goals.get(MUST_CHANGE.name) is True),
                    ("become a simple account", change.goals.get(ACCOUNT_TYPE.name) == "SIMPLE"),
                    ("get another login", bool(change.renamed) or LOGIN.name in change.goals),
                    ("lose roles", roles.loses(change)),
                    ("leave groups or its profile", membership.leaves(change)),
                )
                if loses
            ]
            if lost:
                raise Refused(f"this is the account that the task works with: it cannot {' or '.join(lost)} by itself")
        if change.action != DELETE:
            roles.check(client, change)
            home = client.domain_named(change.want.values[DOMAIN.name])
            mail_filter.check(change, domain_names(home), home["uid"])

    def rename(self, client: BluemindClient, change: Change) -> None:
        ACCOUNT.store(client, change)

    def password_matches(self, client: BluemindClient, change: Change, item: Field) -> Optional[bool]:
        """By a call that opens no session; of somebody archived it cannot be told (chapter 2)."""
        raw = change.raw or {}
        if ARCHIVED.read(raw) is not False:
            return None
        asked = {"login": f"{LOGIN.read(raw)}@{raw['home']}", "origin": ORIGIN}
        found = client.call("POST", "/auth/validate", write=False, repeat=False, params=asked, json=change.want.values[item.name])
        return {"PASSWORD": True, "PASSWORDEXPIRED": True, "NONE": False}.get(found)


def foresee(client: BluemindClient, wants: Sequence[Want]) -> None:
    """In which domains one request for all address cards is cheaper than reading each of these users by itself."""
    cards, more = {item.name for item in vcard.FIELDS}, {item.name for item in COMPLETE_ONLY}
    concerned = Counter(
        client.domain(want.values[DOMAIN.name])
        for want in wants
        if not want.error and cards & set(want.values) and not more & set(want.values)
    )
    client.known[CARDS] = {domain for domain, count in concerned.items() if count > Account.few}


def acting(client: BluemindClient, change: Change) -> bool:
    """Whether it is the account that the task works with."""
    raw, own = change.raw or {}, client.account
    return bool(raw and own) and (raw.get(UID.name), raw.get("home")) == (own.get("uid"), own.get("domainUid"))


USER = User()
TASK = ResourceTask(USER, BluemindClient)
