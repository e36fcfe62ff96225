# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import dataclass, field

from .versions import parsed

LANGUAGES = ["en_US", "de_DE", "es_ES", "fr_FR", "it_IT", "nl_NL", "pl_PL", "pt_BR", "ru_RU", "zh_CN"]

#: The values of the knobs that choose between readings; None, where allowed, follows edition or version.
CHOICES = {
    "edition": ("mysql", "pgsql", "ldap"),
    "product": ("pro", "enterprise"),
    "envelope": (None, "underscore", "plain"),
    "parameter_precedence": ("body", "query"),
    "unauth_style": ("json", "redirect"),
    "denied_style": ("json", "redirect"),
    "expired_style": ("anonymous", "crash"),
    "domains_shape": (None, "list", "dict", "pairs", "names"),
    "users_shape": ("flat", "pairs", "dict", "names"),
    "aliases_shape": ("flat", "pairs", "dict", "names"),
    "mls_shape": ("flat", "pairs", "dict", "names"),
    "ldap_profile_shape": ("flat", "pair", "ldif"),
    "settings_shape": ("dict", "string"),
    "ml_shape": ("flat", "nested"),
    "ml_subscribers_shape": ("objects", "strings"),
    "ml_size_shape": ("number", "string"),
    "ldap_alias_members_key": ("mailForwardingAddress", "members"),
    "ldap_list_members_key": ("members", None),
    "admin_quota_shape": ("separate", "colon", "joined", "mb", "bare", "hidden"),
    "verify_inactive": (None, "fail", "check"),
    "missing_delete": ("success", "error"),
    "missing_ml_delete": (None, "success", "error"),
    "missing_domain_listing": ("error", "empty"),
    "spampolicy_put": ("replace", "merge"),
    "spampolicy_shape": ("columns", "params"),
    "spampolicy_empty": ("object", "null", "list"),
    "throttle_omitted": ("zero", "keep"),
    "throttle_zero_row": ("keep", "remove"),
    "throttle_empty": ("object", "null", "list"),
    "wblist_shape": ("list", "dict", "rows"),
    "conflict_colour": ("ignore", "error"),
    "greylisting_shape": ("row", "rows", "status"),
    "greylisting_empty": ("object", "null", "list"),
    "greylisting_whitelist_shape": ("rows", "rows_without_comments", "strings"),
    "conflict_winner": ("reset", "incremental"),
    "small_domain_quota": ("accept", "refuse"),
    "taken_alias_domain": ("drop", "error"),
    "ldif_shape": ("text", "plain", "structure"),
    "unlisted_days": ("accept", "refuse"),
    "missing_members": ("keep", "drop"),
    "missing_forwardings": (None, "keep", "drop"),
    "csv_items": ("strict", "trim"),
    "maillist_on_sql": ("404", "json"),
    "relay_form": ("verbatim", "normalised"),
    "backupmx_off": ("default", "restore"),
    "rename_across": ("refuse", "allow"),
    "ml_daemon": ("ok", "wrong-token", "no-token", "refused-address", "down"),
}


def _hidden() -> list[str]:
    return ["password", "userPassword"]


def _policy() -> dict:
    return {"min_length": 8, "max_length": 0, "letter": True, "uppercase": True, "digit": True, "special": True}


@dataclass
class Knobs:
    """What can be turned on the simulated panel (contract 10.1); numbers name entries of the uncertainty register (contract 11)."""

    latency: float = 0.0  # seconds added to every answer
    client_address: str | None = None  # where all requests seem to come from; None: where they do

    edition: str = "mysql"  # or "pgsql", "ldap"; "sql" is taken as "mysql"
    sql_version: str = "5.9"  # of the panel, when the edition is an SQL one
    ldap_version: str = "5.9"
    product: str = "pro"  # or "enterprise": the other product, with its nested answers (contract 0.1)
    envelope: str | None = None  # None: by version
    envelope_extra: dict = field(default_factory=dict)  # more keys in every envelope

    prefix: str = "/iredadmin"  # of all paths; may be empty
    api_enabled: bool = True
    api_clients: list[str] = field(default_factory=list)  # networks that may use the API; empty: all
    api_clients_at_login: bool = True  # 24
    login_ip_list: list[str] = field(default_factory=list)  # networks from where admins may log in
    session_timeout: float = 1800.0
    ignore_change_ip: bool = False
    parameter_precedence: str = "body"  # when a name is in the query and in the body (contract 1.4)
    unauth_style: str = "json"  # 1
    denied_style: str = "json"  # 1
    expired_style: str = "anonymous"  # 29: "crash" answers 500 to an unknown or expired cookie

    error_status: int = 200  # 5
    messages: dict = field(default_factory=dict)  # 5: other texts for codes; None leaves `_msg` out

    domains_shape: str | None = None  # 3: None is "list" on SQL, "dict" on LDAP
    users_shape: str = "flat"  # 3
    aliases_shape: str = "flat"  # 3
    mls_shape: str = "flat"  # 3
    aliases_list_members: bool = True  # are the members in the collection (contract 8)
    ldap_profile_shape: str = "flat"  # of one object (contract 5)
    settings_shape: str = "dict"  # 4
    hidden_profiles: list[str] = field(default_factory=_hidden)
    hash_reencoded: bool = False  # LDAP gives an exposed hash back with its scheme in lower case (contract 7.4)
    user_usage: bool = False  # usage figures in SQL user profiles
    maxuserquota_unit: bool = False  # LDAP shows `maxUserQuota` with a unit

    sql_user_aliases_key: str | None = None  # 2; None: not shown
    sql_user_bcc_keys: list[str] | None = None  # 2: of the sender's and of the recipient's
    sql_domain_bcc_keys: list[str] | None = None  # 2
    sql_domain_relay_key: str | None = None  # 2
    sql_alias_domains_key: str | None = None  # 2
    sql_domain_allocated_key: str | None = None  # 2
    sql_managed_domains_key: str | None = "managed_domains"
    sql_isglobaladmin_key: bool = True  # is there an `isglobaladmin`, or only `ALL` among the managed domains

    ldap_alias_members_key: str = "mailForwardingAddress"
    ldap_list_members_key: str | None = "members"
    ml_shape: str = "flat"
    ml_subscribers_shape: str = "objects"
    ml_size_shape: str = "number"
    ml_daemon: str = "ok"
    ml_added_headers: list[str] = field(default_factory=lambda: ["X-Mailing-List: {mail}", "Reply-To: {mail}"])
    ml_removed_headers: list[str] = field(default_factory=lambda: ["DKIM-Signature:", "Authentication-Results:"])
    header_colon_crash: bool = False  # a second colon in a custom header is a 500 (contract 4.6)

    verify_inactive: str | None = None  # 7: None is "fail" on SQL, "check" on LDAP
    missing_delete: str = "success"  # 6
    missing_ml_delete: str | None = None  # 6: None is "success" on SQL, "error" on LDAP
    missing_domain_listing: str = "error"

    spampolicy_put: str = "replace"  # 8
    spampolicy_shape: str = "columns"  # 8
    spampolicy_empty: str = "object"  # 8
    banned_rulenames: bool | None = None  # 18: None is by version
    throttle_omitted: str = "zero"  # 9
    throttle_zero_row: str = "keep"  # 9
    throttle_empty: str = "object"  # 9
    wblist_shape: str = "list"  # 10
    conflict_colour: str = "ignore"  # 10
    greylisting_shape: str = "row"  # 11
    greylisting_empty: str = "object"  # 11
    greylisting_whitelist_shape: str = "rows"  # 12

    admin_quota_shape: str = "separate"  # 13
    conflict_winner: str = "reset"  # 14
    lists_limit_on_update: bool = False  # 15
    lists_limit_on_sql: bool = False  # 15
    bcc_at_domain_creation: bool = False  # 16
    bulk_password: bool | None = None  # 17: None is by version
    ldif_shape: str = "text"  # 20
    unlisted_days: str = "accept"  # 21: numbers that the web UI does not offer
    missing_members: str = "keep"  # 22: of aliases, when their domain is hosted here and they do not exist
    missing_forwardings: str | None = None  # 22: None is "keep" on SQL, "drop" on LDAP
    csv_items: str = "strict"  # 23: a blank beside a comma makes the item invalid
    maillist_on_sql: str = "404"  # 25
    relay_form: str = "verbatim"  # 26
    backupmx_off: str = "default"  # 27
    rename_across: str = "refuse"  # 28
    small_domain_quota: str = "accept"  # a domain quota below what is allocated (contract 4.2)
    taken_alias_domain: str = "drop"  # an alias domain that is in use (contract 7.5)

    cross_domain_alias: bool = False
    password_policy: dict = field(default_factory=_policy)
    languages: list[str] = field(default_factory=lambda: list(LANGUAGES))
    default_transport: str = "dovecot"
    storage_base: str = "/var/vmail"
    storage_node: str = "vmail1"
    columns_missing: list[str] = field(default_factory=lambda: ["smtptls", "managesievetls"])  # services without an SQL column
    ldap_sizelimit: int | None = None

    def __setattr__(self, name: str, value) -> None:
        if name == "edition" and value == "sql":
            value = "mysql"
        if name in CHOICES and value not in CHOICES[name]:
            raise ValueError(f"{name} is one of {', '.join(map(repr, CHOICES[name]))}, not {value!r}")
        super().__setattr__(name, value)

    @property
    def is_ldap(self) -> bool:
        return self.edition == "ldap"

    @property
    def version(self) -> tuple[int, ...]:
        """The panel's, which is numbered by edition."""
        return parsed(self.ldap_version if self.is_ldap else self.sql_version)

    def since(self, sql: str, ldap: str) -> bool:
        """Is the panel at least this release of its edition?"""
        return self.version >= parsed(ldap if self.is_ldap else sql)
