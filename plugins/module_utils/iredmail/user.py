# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mail users (chapters 4.4, 5.2, 7.3 and 7.4 of the iRedMail contract)."""

from __future__ import annotations

from typing import Any, Optional, Sequence

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import CREATE, UNREADABLE, UPDATE, Field, Raw, Want
from ..core.task import ResourceTask
from . import values
from .accounts import ENABLED, FORCE_SERVICES, KEEP_MAILBOX_DAYS, LATER, NAME, PASSWORD, PASSWORD_HASH, Account, Info, Kind
from .client import LDAP, SQL, IredmailClient
from .domain import FILTERS
from .edition import Item, Shown, at, row_of
from .scope import InDomain


def numbers(name: str, api: str) -> Item:
    """Telephone numbers."""
    return Item(
        name,
        type="list",
        elements="str",
        api=api,
        send=LATER,
        only=LDAP,
        clean=values.item,
        norm=str.casefold,
        ldap=at(values.many, api, listed=False),
    )


def copy_to(name: str, api: str, ldap: str, *guesses: str) -> Item:
    return Item(
        name,
        api=api,
        send=LATER,
        clean=values.optional_address,
        sql=at(values.lower, *guesses, sure=False),
        ldap=at(values.lower, ldap, listed=False),
    )


def list_only(value: Any) -> Any:
    """A key of this name may be a counter."""
    return values.addresses(value) if isinstance(value, (list, tuple)) else UNREADABLE


def folder(*parts: str) -> Shown:
    return at(values.path, *parts, listed=False)


EMAIL = Item("email", clean=values.account, sql=at(values.lower, "username", "mail"), ldap=at(values.lower, "mail"))
FORWARDING = Item(
    "forwarding",
    type="list",
    elements="str",
    send=LATER,
    blind=True,
    clean=values.address,
    sql=at(values.addresses, "forwardings", "forwarding"),
    ldap=at(values.addresses, "mailForwardingAddress"),
)
KEEP_LOCAL_COPY = Item("keep_local_copy", type="bool", send=LATER, sql=FORWARDING.sql, ldap=FORWARDING.ldap)
SERVICES = Item(
    "services",
    type="list",
    elements="str",
    mode="add",
    send=LATER,
    protected=values.HIDDEN_SERVICES,
    adds="addService",
    removes="removeService",
    resets=False,
    clean=values.service,
    norm=str.casefold,
    sql=at(values.many, "services"),
    ldap=at(values.many, "services"),
)


class UserProfile(Account):
    key = EMAIL
    route, listing = "user", "users"
    fields = (
        PASSWORD,
        PASSWORD_HASH,
        NAME,
        Item("given_name", api="gn", send=LATER, only=LDAP, clean=values.line, ldap=at(values.text, "givenName", listed=False)),
        Item("surname", api="sn", send=LATER, only=LDAP, clean=values.line, ldap=at(values.text, "sn", listed=False)),
        Item(
            "quota_mb",
            type="int",
            api="quota",
            clean=values.number(),
            sql=at(values.integer, "quota"),
            ldap=at(values.from_bytes, "mailQuota"),
        ),
        ENABLED,
        Item(
            "language",
            clean=values.language,
            sql=at(values.text, "language"),
            ldap=at(values.text, "preferredLanguage", listed=False),
        ),
        Item(
            "employee_id",
            api="employeeid",
            send=LATER,
            clean=values.line,
            sql=at(values.text, "employeeid"),
            ldap=at(values.text, "employeeNumber"),
        ),
        Item(
            "transport",
            send=LATER,
            clean=values.line,
            sql=at(values.text, "transport"),
            ldap=at(values.text, "mtaTransport", listed=False),
        ),
        Item(
            "global_admin",
            type="bool",
            api="isGlobalAdmin",
            send=LATER,
            sql=at(values.all_domains, "isglobaladmin", "managed_domains", known=True),
            ldap=at(values.flag, "domainGlobalAdmin"),
        ),
        FORWARDING,
        KEEP_LOCAL_COPY,
        copy_to("sender_bcc", "senderBcc", "userSenderBccAddress", "senderBcc", "sender_bcc", "sender_bcc_address", "bcc_sender"),
        copy_to(
            "recipient_bcc",
            "recipientBcc",
            "userRecipientBccAddress",
            "recipientBcc",
            "recipient_bcc",
            "recipient_bcc_address",
            "bcc_recipient",
        ),
        Item(
            "aliases",
            type="list",
            elements="str",
            send=LATER,
            blind=True,
            adds="addAlias",
            removes="removeAlias",
            clean=values.account,
            sql=at(list_only, "aliases", "alias_addresses", "per_user_aliases", "shadowAddress", sure=False),
            ldap=at(values.addresses, "shadowAddress"),
        ),
        SERVICES,
        Item("mailbox_format", api="mailboxFormat", choices=values.MAILBOX_FORMATS, sql=at(values.lower, "mailboxformat")),
        Item("mailbox_folder", api="mailboxFolder", clean=values.mailbox_folder, clearable=False, sql=at(values.text, "mailboxfolder")),
        Item(
            "maildir",
            clean=values.maildir,
            clearable=False,
            sql=folder("sql_path"),
            ldap=folder("homeDirectory", "ldap_path"),
        ),
        numbers("telephone_numbers", "telephoneNumber"),
        numbers("mobiles", "mobile"),
    )

    def prepared(self, row: Raw) -> Raw:
        """What is spread over several keys."""
        out = dict(row)
        for name, keys in (
            ("sql_path", ("storagebasedirectory", "storagenode", "maildir")),
            ("ldap_path", ("storageBaseDirectory", "mailMessageStore")),
        ):
            if keys[-1] in row:
                out[name] = "/".join(values.text(row.get(key)) for key in keys)
        if "enabledService" in row:
            off = set(values.addresses(row.get("disabledService")))
            out["services"] = [name for name in values.many(row["enabledService"]) if name.lower() not in off]
        elif "username" in row:
            out["services"] = [name for name in values.USER_SERVICES if values.flag(row.get(f"enable{name}"))]
        return out

    def finished(self, raw: Raw) -> Raw:
        """The own address among the forwardings means a local copy; alone it means nothing (contract 7.3)."""
        targets = raw[FORWARDING.name]
        if targets is not UNREADABLE:
            others = [target for target in targets if target != raw[EMAIL.name]]
            raw[FORWARDING.name], raw[KEEP_LOCAL_COPY.name] = others, len(others) < len(targets) or not others
        return raw

    def updated(self, client: IredmailClient, change: Change) -> dict[str, Any]:
        out = super().updated(client, change)
        if {FORWARDING, KEEP_LOCAL_COPY} & set(change.sending(UPDATE, self)):
            for item in (FORWARDING, KEEP_LOCAL_COPY):
                out.pop(item.wire_name, None)
            out.update(self.forwarded(change))
        return out

    def update(self, client: IredmailClient, change: Change) -> None:
        super().update(client, change)
        self.confirm_password(client, change)

    @staticmethod
    def forwarded(change: Change) -> dict[str, Any]:
        """Both options travel in one list, in which the own address stands for the local copy."""
        raw, own = change.raw or {}, [change.name]
        keep = change.goals.get(KEEP_LOCAL_COPY.name, change.want.values.get(KEEP_LOCAL_COPY.name))
        if FORWARDING.read(raw) is UNREADABLE and (
            FORWARDING.name not in change.goals or change.want.modes.get(FORWARDING.name, FORWARDING.mode) != "set"
        ):
            added, removed = change.difference(FORWARDING) if FORWARDING.name in change.goals else ([], [])
            out = {"addForwarding": added + own * (keep is True), "removeForwarding": removed + own * (keep is False)}
            return {name: each for name, each in out.items() if each}
        others = change.goals.get(FORWARDING.name, FORWARDING.read(raw))
        keep = KEEP_LOCAL_COPY.read(raw) is not False if keep is None else keep
        return {FORWARDING.wire_name: others + own * bool(keep and others)}


class User(InDomain, Kind):
    kind, plural = "user", "users"
    identities = ((EMAIL,),)
    parts = (UserProfile(),)
    steering = (KEEP_MAILBOX_DAYS, FORCE_SERVICES)
    renames = True

    def refine(self, values: dict[str, Any], state: str) -> None:
        if PASSWORD.name in values and PASSWORD_HASH.name in values:
            raise ValueError("password and password_hash cannot be combined: give one of them")
        if values.get(EMAIL.name) in values.get("aliases", ()):
            raise ValueError("aliases must not hold the address of the account itself")

    def finish(self, want: Want) -> None:
        super().finish(want)
        split_forwarding(want)
        keep_hidden(want)

    def resolve(self, client: IredmailClient, wants: Sequence[Want]) -> None:
        super().resolve(client, wants)
        for want in wants:
            strange = sorted(set(want.values.get(SERVICES.name, ())) - set(values.USER_SERVICES))
            if strange and client.edition == SQL:
                want.error = Refused(
                    f"services: the SQL edition of iRedMail knows no {', '.join(strange)}, but {', '.join(values.USER_SERVICES)}"
                )

    def guard(self, client: IredmailClient, change: Change) -> None:
        super().guard(client, change)
        self.at_home(client, change)
        goals, raw = change.goals, change.raw or {}
        if change.action == CREATE and not {PASSWORD.name, PASSWORD_HASH.name} & set(goals):
            raise Refused(f"no user is called {change.name}; to create it, password or password_hash must be given")
        if goals.get(KEEP_LOCAL_COPY.name) is False and not goals.get(FORWARDING.name, FORWARDING.read(raw) if raw else ()):
            raise Refused("keep_local_copy cannot be false while nothing is forwarded: mail would be lost")
        exact = change.want.modes.get(SERVICES.name) == "set" and SERVICES.name in change.want.values
        if exact and client.edition == LDAP and not change.value(FORCE_SERVICES.name):
            if change.action == CREATE or (SERVICES.name in goals and change.difference(SERVICES)[1]):
                raise Refused(
                    "services_mode cannot be set: the LDAP edition keeps services there that are not in the list and that delivery may "
                    "need. Add and remove single ones, or give force_services; those known to be internal are kept even then"
                )

    def password_matches(self, client: IredmailClient, change: Change, item: Field) -> Optional[bool]:
        if item is PASSWORD_HASH:
            return self.hash_is(client, str(EMAIL.read(change.raw or {})), change.want.values[item.name])
        return super().password_matches(client, change, item)

    def hash_is(self, client: IredmailClient, name: str, wanted: str) -> Optional[bool]:
        """Only a panel that was told to shows hashes; LDAP may spell the scheme in another letter case."""
        found = row_of(client.read(self.profile.path(name)))
        stored = values.text(found.get("password") or found.get("userPassword"))
        return spelled(stored) == spelled(wanted) if stored else None


def spelled(text: str) -> tuple[str, str]:
    """A hash for comparison."""
    scheme, _brace, rest = text.partition("}")
    return scheme.upper(), rest


def split_forwarding(want: Want) -> None:
    """Take the own address out of what was given: it is the other option, ``keep_local_copy``."""
    given, keep, own = want.values.get(FORWARDING.name), want.values.get(KEEP_LOCAL_COPY.name), want.values[EMAIL.name]
    if given is None:
        return
    mode = want.modes.get(FORWARDING.name, FORWARDING.mode)
    others = [target for target in given if target != own]
    copied = len(others) < len(given)
    if copied and mode == "remove":
        raise ValueError("forwarding: to keep no copy here give keep_local_copy as false, not the own address for removal")
    if copied and keep is False:
        raise ValueError("forwarding holds the own address, which keeps a copy here, and keep_local_copy is false")
    if mode == "set" and not others and keep is False:
        raise ValueError("keep_local_copy cannot be false while nothing is forwarded: mail would be lost")
    want.values[FORWARDING.name] = others
    if copied or (mode == "set" and others):
        want.values[KEEP_LOCAL_COPY.name] = bool(copied or keep)


def keep_hidden(want: Want) -> None:
    """Internal services are not for removal (contract 4.4)."""
    if want.modes.get(SERVICES.name) == "remove":
        named = set(want.values.get(SERVICES.name, ())) & set(values.HIDDEN_SERVICES)
        if named:
            raise ValueError(f"services: {', '.join(sorted(named))} is internal, and mail would no longer be delivered without it")


USER = User()
TASK = ResourceTask(USER, IredmailClient)
INFO = Info(USER, IredmailClient, domain={"type": "str"}, **FILTERS)
