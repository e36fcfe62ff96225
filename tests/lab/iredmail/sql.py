# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the SQL editions show: flat rows with native types, flags as 0 and 1 (contract 5)."""

from __future__ import annotations

from functools import lru_cache

from . import mlmmj
from .objects import NEVER, SQL_SERVICES, Admin, Alias, Domain, MailingList, User

#: Services whose column a schema may or may not have; `columns_missing` says so.
OPTIONAL_SERVICES = ("smtptls", "managesievetls")
#: In recent schemas SOGo has these besides its number column.
SOGO_LETTERS = {"enablesogowebmail": "y", "enablesogocalendar": "y", "enablesogoactivesync": "y"}


def columns(knobs) -> tuple[str, ...]:
    """The services that have a column."""
    return _columns(tuple(knobs.columns_missing))


@lru_cache
def _columns(missing: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in (*SQL_SERVICES, *OPTIONAL_SERVICES) if name not in missing)


@lru_cache(maxsize=256)
def _flags(services: tuple[str, ...], missing: tuple[str, ...]) -> dict[str, int]:
    return {f"enable{name}": int(name in services) for name in _columns(missing)}


def settings_text(settings: dict) -> str:
    """The stored form: `key:value;key:value;`."""
    return "".join(f"{key}:{','.join(value) if isinstance(value, list) else value};" for key, value in settings.items())


def _settings(call, settings: dict):
    """Keys with a default value are missing."""
    settings = {key: value for key, value in settings.items() if value not in (0, "", [], None)}
    return settings_text(settings) if call.knobs.settings_shape == "string" else settings


def _listed(call, mails: list[str]):
    """A list since 2.7, comma-joined text before (contract 12)."""
    return list(mails) if call.knobs.since("2.7", "2.9") else ",".join(mails)


def domain(call, found: Domain) -> dict:
    knobs = call.knobs
    row = {
        "domain": found.domain,
        "description": found.name,
        "disclaimer": found.disclaimer,
        "aliases": found.aliases_limit,
        "mailboxes": found.users_limit,
        "maillists": found.lists_limit,
        "maxquota": found.quota,
        "quota": 0,
        "transport": found.transport,
        "backupmx": int(found.backupmx),
        "settings": _settings(
            call,
            {
                "default_user_quota": found.default_quota,
                "max_user_quota": found.max_user_quota,
                "min_passwd_length": found.min_password,
                "max_passwd_length": found.max_password,
                "default_language": found.language,
                "enabled_services": [name for name in found.services if name == "self-service"],
                "disabled_domain_profiles": found.disabled_domain_profiles,
                "disabled_user_profiles": found.disabled_user_profiles,
                "disabled_user_preferences": found.disabled_user_preferences,
            },
        ),
        "catchall": _listed(call, found.catchall),
        "created": found.created,
        "modified": found.modified,
        "expired": NEVER,
        "active": int(found.active),
    }
    if knobs.sql_domain_allocated_key and knobs.since("2.9", "3.1"):
        row[knobs.sql_domain_allocated_key] = call.store.allocated[found.domain]
    if knobs.sql_alias_domains_key:
        row[knobs.sql_alias_domains_key] = [*found.alias_domains, *found.pending_alias_domains]
    if knobs.sql_domain_relay_key:
        row[knobs.sql_domain_relay_key] = found.relay
    if knobs.sql_domain_bcc_keys:
        row |= zip(knobs.sql_domain_bcc_keys, (found.sender_bcc, found.recipient_bcc), strict=True)
    return row


def user_row(call, found: User) -> dict:
    knobs = call.knobs
    base, node, directory = found.storage
    row = {
        "username": found.mail,
        "name": found.name,
        "language": found.language,
        "mailboxformat": found.mailbox_format,
        "mailboxfolder": found.mailbox_folder,
        "storagebasedirectory": base,
        "storagenode": node,
        "maildir": directory,
        "quota": found.quota,
        "domain": found.domain,
        "transport": found.transport,
        "department": "",
        "rank": "normal",
        "employeeid": found.employee_id,
        "isadmin": int(found.is_admin),
        "isglobaladmin": int(found.is_global_admin),
        **_flags(tuple(found.services), tuple(knobs.columns_missing)),
        **SOGO_LETTERS,
        "allow_nets": None,
        "settings": "" if knobs.settings_shape == "string" else {},
        "passwordlastchange": found.password_changed,
        "created": found.created,
        "modified": found.modified,
        "expired": NEVER,
        "active": int(found.active),
    }
    if "password" not in knobs.hidden_profiles:
        row["password"] = found.password
    if not knobs.sql_isglobaladmin_key:
        del row["isglobaladmin"]
    return row


def user(call, found: User) -> dict:
    knobs = call.knobs
    row = user_row(call, found)
    # The account's own address stands for its mailbox (contract 7.3).
    targets = found.forwarding or [found.mail]
    if knobs.since("2.7", "2.9"):
        row["forwardings"] = list(targets)
    else:
        row["forwarding"] = ",".join(targets)
    if (found.is_admin or found.is_global_admin) and knobs.since("2.8", "3.0"):
        _add_managed(call, row, found)
    if knobs.sql_user_aliases_key:
        row[knobs.sql_user_aliases_key] = list(found.aliases)
    if knobs.sql_user_bcc_keys:
        row |= zip(knobs.sql_user_bcc_keys, (found.sender_bcc, found.recipient_bcc), strict=True)
    if knobs.user_usage:
        row |= {"stored_bytes": 0, "stored_messages": 0}
    return row


def _add_managed(call, row: dict, admin: User | Admin) -> None:
    if call.knobs.sql_managed_domains_key:
        managed = ["ALL"] if admin.is_global_admin else call.server.managed_domains(admin.mail)
        row[call.knobs.sql_managed_domains_key] = managed


def admin(call, found: Admin) -> dict:
    knobs = call.knobs
    row = {
        "username": found.mail,
        "name": found.name,
        "language": found.language,
        "passwordlastchange": found.password_changed,
        "settings": _settings(call, admin_settings(call, found, with_switches=True)),
        "created": found.created,
        "modified": found.modified,
        "expired": NEVER,
        "active": int(found.active),
    }
    if knobs.sql_isglobaladmin_key:
        row["isglobaladmin"] = int(found.is_global_admin)
    if "password" not in knobs.hidden_profiles:
        row["password"] = found.password
    if knobs.since("2.8", "3.0"):
        _add_managed(call, row, found)
    return row


def admin_settings(call, found: Admin, with_switches: bool) -> dict:
    """Also of LDAP, which keeps the switches elsewhere (contract 5.4)."""
    settings: dict[str, object] = {}
    if found.max_domains is not None:
        settings |= {"create_new_domains": "yes", "create_max_domains": found.max_domains}
    if found.max_quota is not None:
        settings |= _quota(call.knobs.admin_quota_shape, found.max_quota, found.quota_unit or "MB")
    for name in ("users", "aliases", "lists"):
        if (limit := getattr(found, f"max_{name}")) is not None:
            settings[f"create_max_{name}"] = limit
    if with_switches:
        for name in ("disable_viewing_mail_log", "disable_managing_quarantined_mails"):
            if getattr(found, name):
                settings[name] = "yes"
    return settings


def _quota(shape: str, number: int, unit: str) -> dict:
    """Register 13; `bare` leaves open what the number counts."""
    factor = {"TB": 1024 * 1024, "GB": 1024, "MB": 1}[unit]
    return {
        "separate": {"create_max_quota": number, "create_quota_unit": unit},
        "colon": {"create_max_quota": f"{number}:{unit}"},
        "joined": {"create_max_quota": f"{number}{unit}"},
        "mb": {"create_max_quota": number * factor},
        "bare": {"create_max_quota": number},
        "hidden": {},
    }[shape]


def alias(call, found: Alias) -> dict:
    row = {
        "address": found.mail,
        "name": found.name,
        "accesspolicy": found.access_policy,
        "domain": found.mail.rpartition("@")[2],
        "created": found.created,
        "modified": found.modified,
        "expired": NEVER,
        "active": int(found.active),
    }
    if call.knobs.since("2.7", "2.9"):
        return row | {"members": list(found.members)}
    return row | {"goto": ",".join(found.members), "islist": 1}


def mailing_list(call, found: MailingList) -> dict:
    row = {
        "address": found.mail,
        "mail": found.mail,
        "domain": found.mail.rpartition("@")[2],
        "name": found.name,
        "accesspolicy": found.access_policy,
        "mlid": found.mlid,
        "is_newsletter": mlmmj.flag(found, "is_newsletter"),
        "description": found.description,
        "created": found.created,
        "modified": found.modified,
        "expired": NEVER,
        "active": int(found.active),
    }
    return mlmmj.merged(call, row, found)
