# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Domains: reading, creation, removal, their admins (contract 4.2). Changes are in `domain_edit`."""

from __future__ import annotations

from . import domain_edit, limits, listing, profiles
from .errors import Refusal
from .objects import Domain
from .routes import CREATOR, WRITE
from .routing import router
from .values import is_mail, items
from .versions import ALWAYS, RENAMED, Span, before, since

FLAGS = {"name_only": ALWAYS, "disabled_only": ALWAYS}
CREATE = {
    "name": since(*RENAMED),
    "cn": before(*RENAMED, "name"),
    "language": since(*RENAMED),
    "preferredLanguage": before(*RENAMED, "language"),
    "quota": ALWAYS,
    "transport": ALWAYS,
    "defaultQuota": ALWAYS,
    "maxUserQuota": ALWAYS,
    "numberOfUsers": ALWAYS,
    "numberOfAliases": ALWAYS,
    "numberOfLists": ALWAYS,
    "senderBcc": ALWAYS,
    "recipientBcc": ALWAYS,
}
UPDATE = CREATE | {
    "accountStatus": ALWAYS,
    "minPasswordLength": ALWAYS,
    "maxPasswordLength": ALWAYS,
    "is_backupmx": ALWAYS,
    "primarymx": ALWAYS,
    "catchall": ALWAYS,
    "outboundRelay": ALWAYS,
    "aliasDomains": since("2.9", "3.1"),
    "addAliasDomain": since("2.9", "3.1"),
    "removeAliasDomain": since("2.9", "3.1"),
    "services": since("2.9", "3.1"),
    "addService": since("2.9", "3.1"),
    "removeService": since("2.9", "3.1"),
    "enableService": before("2.9", "3.1", "addService"),
    "disableService": before("2.9", "3.1", "removeService"),
    "removeAllServices": Span(until=("2.9", "3.1")),
    "disableDomainProfile": ALWAYS,
    "enableDomainProfile": ALWAYS,
    "disableUserProfile": ALWAYS,
    "enableUserProfile": ALWAYS,
    "disableUserPreference": ALWAYS,
    "enableUserPreference": ALWAYS,
}
ADMINS = {"addAdmin": ALWAYS, "removeAdmin": ALWAYS, "removeAllAdmins": ALWAYS}
PROFILE = since("2.5", "2.7")


def find(call, name: str) -> Domain:
    """The domain, or what the edition says about one that is not there (contract 4.2)."""
    if name not in call.store.domains:
        raise Refusal("NO_SUCH_ACCOUNT" if call.knobs.is_ldap else "INVALID_DOMAIN_NAME")
    return call.store.domains[name]


@router.add("GET", "/domains", span=since("2.8", "3.0"), role=CREATOR, parameters=FLAGS)
def list_domains(call):
    domains = [domain for name, domain in sorted(call.store.domains.items()) if call.manages(name)]
    if call.params.get("disabled_only") == "yes":
        domains = [domain for domain in domains if not domain.active]
    if call.params.get("name_only") == "yes":
        return [domain.domain for domain in domains]
    shape = call.knobs.domains_shape or ("dict" if call.knobs.is_ldap else "list")
    listing.check_size(call, domains)
    return listing.shaped([(domain.domain, profiles.domain(call, domain)) for domain in domains], shape)


@router.add("GET", "/domain/{domain}", span=PROFILE)
def read_domain(call):
    return profiles.single(call, profiles.domain(call, find(call, call.at["domain"])))


@router.add("POST", "/domain/{domain}", role=CREATOR, effect=WRITE, kind="domain", parameters=CREATE)
def create_domain(call):
    name = call.at["domain"]
    limits.may_create_domain(call)
    if call.store.domain_in_use(name):
        raise Refusal("ALREADY_EXISTS")
    domain = Domain(name, transport=call.knobs.default_transport, created=call.server.timestamp())
    if not call.is_global:
        domain.admins, domain.pending = [call.who], True
    if not call.knobs.bcc_at_domain_creation:
        call.params = {key: value for key, value in call.params.items() if key not in ("senderBcc", "recipientBcc")}
    domain_edit.basics(call, domain)
    domain_edit.bcc(call, domain)
    if "numberOfLists" in call.params and (call.knobs.is_ldap or call.knobs.lists_limit_on_sql):
        domain_edit.number(call, domain, "numberOfLists", "lists_limit")
    call.store.add_domain(domain)


@router.add("PUT", "/domain/{domain}", span=PROFILE, effect=WRITE, kind="domain", parameters=UPDATE)
def update_domain(call):
    domain_edit.apply(call, find(call, call.at["domain"]))


@router.add("DELETE", "/domain/{domain}", effect=WRITE, kind="domain")
@router.add("DELETE", "/domain/{domain}/keep_mailbox_days/{number}", span=PROFILE, effect=WRITE, kind="domain")
def delete_domain(call):
    due = limits.purge_date(call)
    name = call.at["domain"]
    domain = call.store.domains.get(name)
    if domain is None:
        if call.knobs.missing_delete == "error":
            find(call, name)
        return
    for user in call.store.users.of(name).values():
        call.server.keep_mailbox(user, call.who, due)
    call.store.remove_domain(domain)


@router.add("PUT", "/domain/admins/{domain}", span=PROFILE, effect=WRITE, kind="domain", parameters=ADMINS)
def change_admins(call):
    domain = find(call, call.at["domain"])
    before = domain.admins
    admins = [] if "removeAllAdmins" in call.params else list(before)
    gone = items(call, call.params.get("removeAdmin", ""))
    admins = [mail for mail in admins if mail not in gone]
    admins += [mail for mail in items(call, call.params.get("addAdmin", "")) if mail not in admins and _may_promote(call, mail)]
    domain.admins = admins
    for mail in {*before, *admins}:
        if user := call.store.users.get(mail):
            user.is_admin = any(mail in other.admins for other in call.store.domains.values())
            call.store.touch(user)


def _may_promote(call, mail: str) -> bool:
    """Existing accounts only; a normal admin takes them from the domains it manages."""
    if not is_mail(mail):
        return False
    if user := call.store.users.get(mail):
        return call.manages(user.domain)
    return mail in call.store.admins and call.is_global
