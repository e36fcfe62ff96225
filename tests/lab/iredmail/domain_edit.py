# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Changes of a domain (contract 4.2)."""

from __future__ import annotations

import ipaddress
import re

from .errors import Refusal
from .objects import DOMAIN_SERVICES, Domain
from .values import changed_list, integer, is_active, is_domain, is_mail, is_yes, items, language, mails

NUMBERS = {
    "quota": "quota",
    "defaultQuota": "default_quota",
    "maxUserQuota": "max_user_quota",
    "numberOfUsers": "users_limit",
    "numberOfAliases": "aliases_limit",
}
PROFILES = {
    "DomainProfile": (
        "disabled_domain_profiles",
        ["bcc", "relay", "catchall", "aliases", "throttle", "greylisting", "wblist", "spampolicy", "backupmx", "advanced"],
    ),
    "UserProfile": (
        "disabled_user_profiles",
        ["bcc", "forwarding", "relay", "aliases", "throttle", "greylisting", "wblist", "spampolicy"],
    ),
    "UserPreference": (
        "disabled_user_preferences",
        ["personal_info", "forwarding", "wblist", "quarantine", "rcvd_mails", "spampolicy"],
    ),
}
NEXT_HOP = re.compile(r"(?P<scheme>[a-z]+:)?(?P<host>\[?[A-Za-z0-9.:_-]*?\]?)(?::(?P<port>\d+))?", re.ASCII)


def apply(call, domain: Domain) -> None:
    sent = call.params
    if "quota" in sent and call.knobs.small_domain_quota == "refuse":
        wanted = integer(sent["quota"])
        if wanted and wanted < call.store.allocated[domain.domain]:
            raise Refusal("EXCEEDED_DOMAIN_QUOTA_SIZE")
    aliases = _alias_domains(call, domain)
    domain.modified = call.server.timestamp()
    basics(call, domain)
    bcc(call, domain)
    if "accountStatus" in sent:
        domain.active = is_active(sent["accountStatus"])
    for name, attribute in (("minPasswordLength", "min_password"), ("maxPasswordLength", "max_password")):
        if name in sent:
            setattr(domain, attribute, 0 if not sent[name].strip() else _or(integer(sent[name]), getattr(domain, attribute)))
    if call.knobs.lists_limit_on_update and (call.knobs.is_ldap or call.knobs.lists_limit_on_sql):
        number(call, domain, "numberOfLists", "lists_limit")
    _backup_mx(call, domain)
    if "catchall" in sent:
        domain.catchall = mails(items(call, sent["catchall"]))
    if "outboundRelay" in sent:
        _relay(call, domain, sent["outboundRelay"].strip())
    if aliases is not None:
        _set_alias_domains(call, domain, aliases)
    _services(call, domain)
    for suffix, (attribute, vocabulary) in PROFILES.items():
        if suffix == "DomainProfile" and call.knobs.since("4.2", "4.3"):
            vocabulary = [*vocabulary, "password_policies"]
        _profiles(call, domain, suffix, attribute, vocabulary)


def basics(call, domain: Domain) -> None:
    """What a creation takes as well."""
    sent = call.params
    if "name" in sent:
        domain.name = sent["name"].strip()
    if "language" in sent:
        domain.language = language(call, sent["language"])
    if "transport" in sent:
        domain.transport = sent["transport"].strip() or call.knobs.default_transport
    for name, attribute in NUMBERS.items():
        number(call, domain, name, attribute)


def number(call, domain: Domain, name: str, attribute: str) -> None:
    if (value := integer(call.params.get(name, ""))) is not None:
        setattr(domain, attribute, value)


def bcc(call, domain_or_user) -> None:
    """Blank removes; an address that is none is ignored (contract 4.4)."""
    for name, attribute in (("senderBcc", "sender_bcc"), ("recipientBcc", "recipient_bcc")):
        if name in call.params:
            address = call.params[name].strip().lower()
            if not address or is_mail(address):
                setattr(domain_or_user, attribute, address)


def _or(value, otherwise):
    return otherwise if value is None else value


def _backup_mx(call, domain: Domain) -> None:
    if "is_backupmx" not in call.params:
        return
    if not is_yes(call.params["is_backupmx"]):
        if domain.backupmx:
            restored = domain.own_transport if call.knobs.backupmx_off == "restore" else ""
            domain.transport = restored or call.knobs.default_transport
        domain.backupmx, domain.own_transport = False, ""
        return
    primary = call.params.get("primarymx", "").strip()
    if not primary and not call.knobs.since("4.2", "4.3"):
        return
    if primary and not _is_next_hop(primary):
        return
    if not domain.backupmx:
        domain.own_transport = domain.transport
    domain.backupmx, domain.transport = True, "relay:" + stored_next_hop(call, primary)


def _relay(call, domain: Domain, wanted: str) -> None:
    if not wanted or _is_next_hop(wanted):
        domain.relay = stored_next_hop(call, wanted)


def _is_next_hop(text: str) -> bool:
    return NEXT_HOP.fullmatch(text) is not None


def stored_next_hop(call, text: str) -> str:
    """As sent, or in the panel's own spelling: lower case, no default port, no brackets around an address (register 26)."""
    if call.knobs.relay_form == "verbatim" or not text:
        return text
    found = NEXT_HOP.fullmatch(text.lower())
    host, port = found["host"], found["port"]
    try:
        host = str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        pass
    return (found["scheme"] or "") + host + (f":{port}" if port and port != "25" else "")


def _alias_domains(call, domain: Domain) -> list[str] | None:
    """One that is in use already is dropped, or refuses the whole call (contract 7.5)."""

    def accepted(found: list[str]) -> list[str]:
        free = []
        for name in found:
            owner = call.store.domain_in_use(name) and name not in current
            if owner and call.knobs.taken_alias_domain == "error":
                raise Refusal("ALREADY_EXISTS")
            if is_domain(name) and not owner:
                free.append(name)
        return free

    current = [*domain.alias_domains, *domain.pending_alias_domains]
    return changed_list(call, current, "aliasDomains", "addAliasDomain", "removeAliasDomain", accepted)


def _set_alias_domains(call, domain: Domain, names: list[str]) -> None:
    """LDAP keeps those of a normal admin apart until their ownership is proven (contract 0.2)."""
    pending = [name for name in names if name in domain.pending_alias_domains]
    if not call.is_global and call.knobs.is_ldap:
        pending = [name for name in names if name not in domain.alias_domains]
    domain.pending_alias_domains = pending
    domain.alias_domains = [name for name in names if name not in pending]
    call.store.index_domain(domain)


def _services(call, domain: Domain) -> None:
    vocabulary = ("self-service", *DOMAIN_SERVICES) if call.knobs.is_ldap else ("self-service",)

    def accepted(found: list[str]) -> list[str]:
        return [name for name in found if name in vocabulary]

    if "removeAllServices" in call.params:
        call.params["services"] = ""
    current = [name for name in domain.services if name in vocabulary]
    changed = changed_list(call, current, "services", "addService", "removeService", accepted)
    if changed is not None:
        domain.services = [name for name in domain.services if name not in vocabulary] + changed


def _profiles(call, domain: Domain, suffix: str, attribute: str, vocabulary: list[str]) -> None:
    current = getattr(domain, attribute)
    hide = [name for name in items(call, call.params.get(f"disable{suffix}", "")) if name in vocabulary and name not in current]
    show = items(call, call.params.get(f"enable{suffix}", ""))
    setattr(domain, attribute, [name for name in [*current, *hide] if name not in show])
