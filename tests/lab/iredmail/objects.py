# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the panel stores. One logical form serves both editions, so that the edition can be switched over the same accounts."""

from __future__ import annotations

from dataclasses import dataclass, field

from .values import MB, domain_of

SQL_SERVICES = (
    "smtp",
    "smtpsecured",
    "pop3",
    "pop3secured",
    "pop3tls",
    "imap",
    "imapsecured",
    "imaptls",
    "deliver",
    "lda",
    "managesieve",
    "managesievesecured",
    "sieve",
    "sievesecured",
    "sievetls",
    "internal",
    "doveadm",
    "lib-storage",
    "quota-status",
    "indexer-worker",
    "lmtp",
    "dsync",
    "sogo",
)
#: Of LDAP alone; they share the attribute with the services that the API names (contract 4.4).
HIDDEN_SERVICES = ("mail", "forward", "senderbcc", "recipientbcc", "shadowaddress", "displayedInGlobalAddressBook")
DOMAIN_SERVICES = ("mail", "domainalias", "senderbcc", "recipientbcc")
NEVER, UNSET = "9999-12-31 00:00:00", "1970-01-01 01:01:01"


@dataclass(slots=True)
class Domain:
    domain: str
    name: str = ""
    disclaimer: str = ""
    active: bool = True
    quota: int = 0  # MB
    language: str = ""
    transport: str = "dovecot"
    own_transport: str = ""  # what a backup MX has replaced
    backupmx: bool = False
    default_quota: int = 0
    max_user_quota: int = 0
    min_password: int = 0
    max_password: int = 0
    users_limit: int = 0
    aliases_limit: int = 0
    lists_limit: int = 0
    sender_bcc: str = ""
    recipient_bcc: str = ""
    catchall: list[str] = field(default_factory=list)
    relay: str = ""
    alias_domains: list[str] = field(default_factory=list)
    pending_alias_domains: list[str] = field(default_factory=list)
    services: list[str] = field(default_factory=lambda: list(DOMAIN_SERVICES))
    disabled_domain_profiles: list[str] = field(default_factory=list)
    disabled_user_profiles: list[str] = field(default_factory=list)
    disabled_user_preferences: list[str] = field(default_factory=list)
    admins: list[str] = field(default_factory=list)
    pending: bool = False  # made by a normal admin, ownership not proven (contract 0.2)
    created: str = ""
    modified: str = UNSET


@dataclass(slots=True)
class User:
    mail: str
    name: str = ""
    given_name: str = ""
    surname: str = ""
    password: str = ""  # a hash with its scheme
    active: bool = True
    quota: int = 0  # MB
    quota_bytes: int | None = None  # an LDAP value that is no multiple of 1 MB
    language: str = ""
    employee_id: str = ""
    transport: str = ""
    is_admin: bool = False
    is_global_admin: bool = False
    forwarding: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    sender_bcc: str = ""
    recipient_bcc: str = ""
    services: list[str] = field(default_factory=lambda: [*SQL_SERVICES, *HIDDEN_SERVICES])
    telephone_numbers: list[str] = field(default_factory=list)
    mobiles: list[str] = field(default_factory=list)
    mailbox_format: str = "maildir"
    mailbox_folder: str = "Maildir"
    storage: list[str] = field(default_factory=list)  # base directory, node, directory
    member_of: list[str] = field(default_factory=list)  # LDAP lists that cannot be subscribed to
    password_changed: str = ""
    created: str = ""
    modified: str = UNSET

    @property
    def domain(self) -> str:
        return domain_of(self.mail)

    @property
    def bytes(self) -> int:
        return self.quota * MB if self.quota_bytes is None else self.quota_bytes


@dataclass(slots=True)
class Admin:
    """A standalone admin: no mailbox here."""

    mail: str
    name: str = ""
    password: str = ""
    active: bool = True
    language: str = ""
    is_global_admin: bool = False
    max_domains: int | None = None
    max_quota: int | None = None
    quota_unit: str | None = None
    max_users: int | None = None
    max_aliases: int | None = None
    max_lists: int | None = None
    disable_viewing_mail_log: bool = False
    disable_managing_quarantined_mails: bool = False
    password_changed: str = ""
    created: str = ""
    modified: str = UNSET


@dataclass(slots=True)
class Alias:
    mail: str
    name: str = ""
    active: bool = True
    access_policy: str = "public"
    members: list[str] = field(default_factory=list)
    created: str = ""
    modified: str = UNSET


@dataclass(slots=True)
class MailingList:
    """An mlmmj list: the account row and what the list daemon keeps."""

    mail: str
    name: str = ""
    active: bool = True
    access_policy: str = "public"
    description: str = ""
    flags: dict[str, bool] = field(default_factory=dict)
    owner: list[str] = field(default_factory=list)
    moderators: list[str] = field(default_factory=list)
    subscription_moderators: list[str] = field(default_factory=list)
    extra_addresses: list[str] = field(default_factory=list)
    max_message_size: int = 0
    subject_prefix: str = ""
    custom_headers: list[str] = field(default_factory=list)
    remove_headers: list[str] = field(default_factory=list)
    footer_text: str = ""
    footer_html: str = ""
    subscribers: dict[str, list[str]] = field(default_factory=dict)  # normal, digest, nomail: addresses
    unconfirmed: dict[str, str] = field(default_factory=dict)  # address: kind it was asked for
    mlid: str = ""
    created: str = ""
    modified: str = UNSET


@dataclass(slots=True)
class LdapList:
    """A list that cannot be subscribed to; its members carry it (contract 5.3)."""

    mail: str
    name: str = ""
    access_policy: str = "public"
