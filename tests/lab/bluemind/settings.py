# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings of domains and of the installation (contract 4.8, 17)."""

from __future__ import annotations

import re
import zoneinfo

from . import quotas
from .errors import ServerFault, dereferenced, invalid
from .model import Map
from .rights import allowed, check
from .routes import VOID, router
from .store import Domain

GLOBAL_DEFAULTS = {
    "lang": "fr",
    "timezone": "Europe/Paris",
    "date": "yyyy-MM-dd",
    "timeformat": "HH:mm",
    "defaultview": "week",
    "day_weekstart": "monday",
    "showweekends": "true",
    "work_hours_start": "8",
    "work_hours_end": "18",
    "working_days": "mon,tue,wed,thu,fri",
    "default_app": "/webapp/mail/",
    "default_event_alert": "900",
    "default_allday_event_alert": "25200",
}
LANGUAGES = ("de", "en", "es", "fr", "it", "pl", "sl", "zh", "hu")
NOT_NULL = ("lang", "date", "timeformat", "timezone", "mail_routing_relay", "external_url", "other_urls", "default_domain")
NUMBERS = ("domain_max_users", "domain_max_basic_account", "domain_max_fullvisio_accounts", "password_lifetime")
QUOTAS = [f"mailbox_{which}_{kind}_quota" for which in ("max", "default") for kind in ("user", "publicfolder")]
MAP = Map()


@router.add("GET", "/domains/{containerUid}/_settings")
def read(call, uid: str):
    """Of an unknown domain: the global ones."""
    domain = call.store.domains.get(uid)
    return call.store.global_settings | (domain.settings if domain else {})


@router.add("PUT", "/domains/{containerUid}/_settings", returns=VOID, write=True, stores="settings")
def write(call, uid: str):
    domain = call.store.domains.get(uid)
    if domain is None:
        raise ServerFault("NOT_FOUND", f"domain {uid} not found")
    check(call, "admin", "manageDomain", domain=domain)
    wanted = call.body(MAP, domain.settings)
    if wanted is None:
        raise dereferenced("settings")
    for key in call.dropped:
        if key in domain.settings:
            wanted.setdefault(key, domain.settings[key])
    wanted = {key: value for key, value in wanted.items() if (value or "").strip() or (key not in NOT_NULL and value is not None)}
    _check_rights(call, domain, wanted)
    _check_values(call, domain, wanted)
    domain.settings = wanted
    call.server.touch(domain.item, call.actor)


def _check_rights(call, domain: Domain, wanted: dict) -> None:
    changed = {key for key in {*wanted, *domain.settings} if (wanted.get(key) or "") != (domain.settings.get(key) or "")}
    if changed & {"domain_max_users", "domain_max_basic_account", "domain_max_fullvisio_accounts"}:
        check(call, "domainMaxValues", domain=domain)
    if "password_lifetime" in changed and not allowed(call.caller, ("manageDomain",), None):
        check(call, "manageDomain", domain=None)
    if changed & {"external_url", "other_urls"} and not call.caller.system:
        raise ServerFault("FORBIDDEN", "Only the global administrator may change the URLs")


def _check_values(call, domain: Domain, wanted: dict) -> None:
    if wanted.get("lang") is not None and wanted["lang"] not in LANGUAGES:
        raise invalid(f"Languages {wanted['lang']} is not supported")
    for key, letters in (("date", "yMd"), ("timeformat", "hHkKmsa")):
        if key in wanted and set(re.findall("[A-Za-z]", wanted[key])) - set(letters):
            raise invalid(f"{wanted[key]} is no valid {key}")
    if "timezone" in wanted and wanted["timezone"] not in zoneinfo.available_timezones():
        raise invalid(f"{wanted['timezone']} is no valid timezone")
    for key in (*NUMBERS, *QUOTAS):
        text = wanted.get(key)
        if text and not (text.isdigit() and (key in QUOTAS or key.startswith("domain_max_") or int(text) >= 1)):
            raise invalid(f"{text} is no valid {key}")
    if wanted.get("domain_max_users") == "0":
        raise invalid("0 is no valid domain_max_users")
    _check_quotas(domain, wanted)
    _check_relay(domain, wanted)
    _check_urls(call, domain, wanted)
    if wanted.get("default_domain") and wanted["default_domain"] not in domain.names:
        raise invalid(f"{wanted['default_domain']} is no name of domain {domain.uid}")


def _check_quotas(domain: Domain, wanted: dict) -> None:
    for kind, entries in (("user", "USER"), ("publicfolder", "MAILSHARE")):
        most = int(wanted.get(f"mailbox_max_{kind}_quota") or 0)
        usual = int(wanted.get(f"mailbox_default_{kind}_quota") or 0)
        if most and usual > most:
            raise invalid(f"Default {kind} quota must be less than the maximum")
        if most and most != quotas.setting(domain, f"mailbox_max_{kind}_quota"):
            if any((entry.value.get("quota") or 0) > most for entry in domain.of(entries)):
                raise invalid(f"A mailbox has a quota larger than {most}")


def _check_relay(domain: Domain, wanted: dict) -> None:
    relay = wanted.get("mail_routing_relay")
    if wanted.get("mail_forward_unknown_to_relay") == "true" and not relay:
        raise invalid("A relay is required to forward unknown addresses to it")
    if not relay and domain.settings.get("mail_routing_relay"):
        if any(entry.value.get("routing") == "external" for entry in domain.entries.values()):
            raise invalid("The relay is used by a mailbox with external routing")


def _check_urls(call, domain: Domain, wanted: dict) -> None:
    urls = [wanted.get("external_url"), *(wanted.get("other_urls") or "").split()]
    if wanted.get("other_urls") and not wanted.get("external_url"):
        raise invalid("other_urls needs external_url")
    for other in call.store.domains.values():
        theirs = {other.settings.get("external_url"), *(other.settings.get("other_urls") or "").split()} - {None}
        if other is not domain and theirs & set(urls):
            raise invalid(f"URL already used by domain {other.uid}")


# Of the installation: these merge


def demand_system(call) -> None:
    if not (call.caller.system or "systemManagement" in call.caller.roles):
        raise ServerFault("FORBIDDEN", "API method call requires following roles: [systemManagement]")


@router.add("GET", "/global_settings")
def read_global(call):
    return call.store.global_settings


@router.add("PUT", "/global_settings", returns=VOID, write=True, stores="settings")
def merge_global(call):
    demand_system(call)
    call.store.global_settings |= call.body(MAP, call.store.global_settings) or {}


@router.add("DELETE", "/global_settings", returns=VOID, write=True, stores="settings")
def delete_global(call):
    demand_system(call)
    call.store.global_settings.pop(call.query.get("key", ""), None)


@router.add("GET", "/configuration")
def read_configuration(call):
    demand_system(call)
    return {"values": call.store.system_conf}


@router.add("POST", "/configuration", returns=VOID, write=True, stores="settings")
def merge_configuration(call):
    demand_system(call)
    call.store.system_conf |= call.body(MAP, call.store.system_conf) or {}
