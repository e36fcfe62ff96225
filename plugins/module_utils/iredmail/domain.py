# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mail domains (chapters 4.2 and 5.1 of the iRedMail contract)."""

from __future__ import annotations

from typing import Any, Iterator, Mapping, Optional, Sequence

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import CREATE, DELETE, UPDATE, Raw, Want
from ..core.task import ResourceTask
from . import values
from .accounts import ENABLED, KEEP_MAILBOX_DAYS, LATER, Info, Kind, Profile, effective
from .client import LDAP, SQL, IredmailClient
from .edition import Item, at

NUMBER = values.number()
COUNT = values.number(-1)


def setting(name: str, api: str, sql: str, ldap: str, clean: Any = NUMBER, read: Any = values.integer) -> Item:
    """A number; SQL keeps counters in the row itself, LDAP everything among the settings."""
    return Item(name, type="int", api=api, clean=clean, sql=at(read, sql), ldap=at(read, f"accountSetting.{ldap}"))


def later(name: str, api: str, sql: str, ldap: str) -> Item:
    """A number that the creation does not take."""
    return Item(
        name,
        type="int",
        api=api,
        send=LATER,
        clean=NUMBER,
        sql=at(values.integer, f"settings.{sql}"),
        ldap=at(values.integer, f"accountSetting.{ldap}"),
    )


def copy_to(name: str, api: str, ldap: str, *guesses: str) -> Item:
    """The address that gets a copy of mail. Nothing says how SQL shows it."""
    return Item(
        name,
        api=api,
        send=LATER,
        clean=values.optional_address,
        sql=at(values.lower, *guesses, sure=False),
        ldap=at(values.lower, ldap, listed=False),
    )


def hidden_tabs(name: str, suffix: str, sql: str, ldap: str, words: Sequence[str]) -> Item:
    """What is hidden in the panel: there is no call that sets it as a whole (contract 4.2)."""
    return Item(
        name,
        type="list",
        elements="str",
        send=LATER,
        adds=f"disable{suffix}",
        removes=f"enable{suffix}",
        resets=False,
        clean=values.one_of(words),
        sql=at(values.among(words), f"settings.{sql}"),
        ldap=at(values.among(words), f"accountSetting.{ldap}"),
    )


DOMAIN = Item("domain", clean=values.domain, sql=at(values.lower, "domain"), ldap=at(values.lower, "domainName"))
TRANSPORT = Item("transport", clean=values.line, sql=at(values.text, "transport"), ldap=at(values.text, "mtaTransport"))
BACKUP_MX = Item(
    "backup_mx", type="bool", api="is_backupmx", send=LATER, sql=at(values.flag, "backupmx"), ldap=at(values.flag, "domainBackupMX")
)
PRIMARY_MX = Item(
    "primary_mx",
    api="primarymx",
    send=LATER,
    clean=values.primary_mx,
    sql=at(values.lenient(values.primary_mx), "transport"),
    ldap=at(values.lenient(values.primary_mx), "mtaTransport"),
)
ALIAS_DOMAINS = Item(
    "alias_domains",
    type="list",
    elements="str",
    api="aliasDomains",
    send=LATER,
    blind=True,
    adds="addAliasDomain",
    removes="removeAliasDomain",
    clean=values.domain,
    sql=at(values.addresses, "alias_domains", "aliasDomains", "domain_aliases", sure=False),
    ldap=at(values.addresses, "alias_domains"),
)
SERVICES = Item(
    "services",
    type="list",
    elements="str",
    mode="add",
    send=LATER,
    adds="addService",
    removes="removeService",
    resets=False,
    clean=values.one_of((*values.DOMAIN_SERVICES, *values.LDAP_DOMAIN_SERVICES)),
    sql=at(values.among(values.DOMAIN_SERVICES), "settings.enabled_services"),
    ldap=at(values.among((*values.DOMAIN_SERVICES, *values.LDAP_DOMAIN_SERVICES)), "enabledService"),
)


class DomainProfile(Profile):
    key = DOMAIN
    route = "domain"
    fields = (
        Item("name", clean=values.line, sql=at(values.text, "description", "name"), ldap=at(values.text, "cn")),
        ENABLED,
        Item(
            "quota_mb",
            type="int",
            api="quota",
            clean=NUMBER,
            sql=at(values.megabytes, "maxquota"),
            ldap=at(values.megabytes, "accountSetting.domainQuota"),
        ),
        Item(
            "language",
            clean=values.language,
            sql=at(values.text, "settings.default_language"),
            ldap=at(values.text, "accountSetting.defaultLanguage"),
        ),
        TRANSPORT,
        setting("default_user_quota_mb", "defaultQuota", "settings.default_user_quota", "defaultQuota", read=values.megabytes),
        setting("max_user_quota_mb", "maxUserQuota", "settings.max_user_quota", "maxUserQuota", read=values.megabytes),
        setting("max_users", "numberOfUsers", "mailboxes", "numberOfUsers", COUNT),
        setting("max_aliases", "numberOfAliases", "aliases", "numberOfAliases", COUNT),
        Item(
            "max_lists",
            type="int",
            api="numberOfLists",
            send=(CREATE,),
            only=LDAP,
            clean=COUNT,
            ldap=at(values.integer, "accountSetting.numberOfLists"),
        ),
        later("min_password_length", "minPasswordLength", "min_passwd_length", "minPasswordLength"),
        later("max_password_length", "maxPasswordLength", "max_passwd_length", "maxPasswordLength"),
        copy_to("sender_bcc", "senderBcc", "domainSenderBccAddress", "senderBcc", "sender_bcc", "sender_bcc_address", "bcc_sender"),
        copy_to(
            "recipient_bcc",
            "recipientBcc",
            "domainRecipientBccAddress",
            "recipientBcc",
            "recipient_bcc",
            "recipient_bcc_address",
            "bcc_recipient",
        ),
        BACKUP_MX,
        PRIMARY_MX,
        Item(
            "catchall",
            type="list",
            elements="str",
            send=LATER,
            clean=values.address,
            sql=at(values.addresses, "catchall"),
            ldap=at(values.addresses, "catchall"),
        ),
        Item(
            "outbound_relay",
            api="outboundRelay",
            send=LATER,
            clean=values.outbound_relay,
            sql=at(values.lenient(values.outbound_relay), "relay", "relayhost", "outbound_relay", "outboundRelay", sure=False),
            ldap=at(values.lenient(values.outbound_relay), "senderRelayHost"),
        ),
        ALIAS_DOMAINS,
        SERVICES,
        hidden_tabs(
            "disabled_domain_profiles", "DomainProfile", "disabled_domain_profiles", "disabledDomainProfile", values.DOMAIN_PROFILES
        ),
        hidden_tabs("disabled_user_profiles", "UserProfile", "disabled_user_profiles", "disabledUserProfile", values.USER_PROFILES),
        hidden_tabs(
            "disabled_user_preferences", "UserPreference", "disabled_user_preferences", "disabledUserPreference", values.USER_PREFERENCES
        ),
    )

    def scope(self, want: Want) -> Mapping[str, Any]:
        return {}

    def list(self, client: IredmailClient, scope: Mapping[str, Any]) -> Optional[Sequence[Raw]]:
        return self.rows(client, "/domains")

    def prepared(self, row: Raw) -> Raw:
        """LDAP keeps the alias domains of a normal administrator apart until their ownership is proven."""
        if "domainName" not in row:
            return row
        return {**row, "alias_domains": [*(row.get("domainAliasName") or ()), *(row.get("domainPendingAliasName") or ())]}

    def finished(self, raw: Raw) -> Raw:
        """Of a backup MX the transport is the way to the primary one; that of its own name is what the DNS says."""
        if raw[BACKUP_MX.name] is True:
            raw[TRANSPORT.name] = ""
            raw[PRIMARY_MX.name] = "" if raw[PRIMARY_MX.name] == raw[DOMAIN.name] else raw[PRIMARY_MX.name]
        elif raw[BACKUP_MX.name] is False:
            raw[PRIMARY_MX.name] = ""
        return raw

    def update(self, client: IredmailClient, change: Change) -> None:
        """A transport conflicts with being a backup MX, also with ceasing to be one, so it goes alone (contract 7.5)."""
        params = self.updated(client, change)
        transport = params.pop(TRANSPORT.wire_name, None)
        if {BACKUP_MX, PRIMARY_MX} & set(change.sending(UPDATE, self)):
            params.pop(PRIMARY_MX.wire_name, None)
            params.update(self.backup(change))
        elif transport is not None:
            params, transport = {**params, TRANSPORT.wire_name: transport}, None
        client.form("PUT", self.path(change.name), params, repeat=True)
        if transport is not None:
            change.sent |= {item.name for item in change.sending(UPDATE, self)} - {TRANSPORT.name}
            client.form("PUT", self.path(change.name), {TRANSPORT.wire_name: transport}, repeat=True)

    @staticmethod
    def backup(change: Change) -> dict[str, Any]:
        """The pair of parameters; without a primary MX the server asks the DNS for it."""
        on = effective(change, BACKUP_MX)
        primary = effective(change, PRIMARY_MX) if on else ""
        return {BACKUP_MX.wire_name: on, **({PRIMARY_MX.wire_name: primary} if primary else {})}


class Domain(Kind):
    kind, plural = "domain", "domains"
    identities = ((DOMAIN,),)
    parts = (DomainProfile(),)
    steering = (KEEP_MAILBOX_DAYS,)

    def refine(self, values: dict[str, Any], state: str) -> None:
        if values.get(BACKUP_MX.name):
            if values.pop(TRANSPORT.name, None):
                raise ValueError("transport and backup_mx cannot be combined: a backup MX has no transport of its own")
        elif values.get(BACKUP_MX.name) is False and values.get(PRIMARY_MX.name):
            raise ValueError("primary_mx needs backup_mx to be true")
        if values.get("domain") in values.get(ALIAS_DOMAINS.name, ()):
            raise ValueError("alias_domains must not hold the domain itself")

    def resolve(self, client: IredmailClient, wants: Sequence[Want]) -> None:
        super().resolve(client, wants)
        for want in wants:
            if want.values.get(TRANSPORT.name) == "":
                want.accepts[TRANSPORT.name] = values.DEFAULT_TRANSPORT
            strange = set(want.values.get(SERVICES.name, ())) - set(values.DOMAIN_SERVICES)
            if strange and client.edition == SQL:
                want.error = Refused(f"services: the SQL edition of iRedMail knows no {', '.join(sorted(strange))} of a domain")

    def guard(self, client: IredmailClient, change: Change) -> None:
        super().guard(client, change)
        if change.name in {values.domain_of(name) for name in client.acting()}:
            if change.action == DELETE or change.goals.get(ENABLED.name) is False:
                raise Refused("the account that the task works with is in this domain: it cannot be disabled or deleted")
        goals = change.goals
        if goals.get(PRIMARY_MX.name) and not effective(change, BACKUP_MX):
            raise Refused("primary_mx needs backup_mx to be true: the domain is no backup MX")
        if TRANSPORT.name in goals and effective(change, BACKUP_MX) is True:
            raise Refused("transport cannot be set: the domain is a backup MX, unless backup_mx is given as false")
        if goals.get(BACKUP_MX.name) is False and change.action == UPDATE and TRANSPORT.name in change.want.values:
            goals[TRANSPORT.name] = change.want.values[TRANSPORT.name]  # what it is after having been a backup MX nobody knows
        for name in change.difference(ALIAS_DOMAINS)[0] if ALIAS_DOMAINS.name in goals else ():
            if client.hosts(name):
                raise Refused(f"{name} cannot become an alias domain: it is a domain of its own here")


DOMAINS = Domain()
TASK = ResourceTask(DOMAINS, IredmailClient)


class DomainInfo(Info):
    """One domain, or all of them."""

    def listed(self, client: IredmailClient, params: Mapping[str, Any]) -> Iterator[Raw]:
        query = {name: "yes" for name, option in (("name_only", "names_only"), ("disabled_only", "disabled_only")) if params[option]}
        rows = DOMAINS.profile.rows(client, "/domains", **query)
        if rows is None:
            raise Refused("the server gives no listing of its domains")
        yield from rows


FILTERS: dict[str, Any] = {
    "names_only": {"type": "bool", "default": False},
    "disabled_only": {"type": "bool", "default": False},
    "full": {"type": "bool", "default": False},
}
INFO = DomainInfo(DOMAINS, IredmailClient, **FILTERS)
