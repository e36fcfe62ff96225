# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many accounts and how much quota a domain and an admin may have."""

from __future__ import annotations

from .errors import Denied, Refusal
from .objects import Domain
from .values import integer

#: What the web UI offers (contract 1.1).
DAYS = (1, 7, 14, 21, 30, 60, 90, 180, 365)
GLOBAL_DAYS = (0, *DAYS, 730, 1095)
LONGEST_DAYS = 365  # for normal admins
DAY = 86400
UNITS = {"TB": 1024 * 1024, "GB": 1024, "MB": 1}

#: By kind of account: the domain's limit, the admin's limit, and how it is refused.
KINDS = {
    "users": ("users_limit", "max_users", "EXCEED_LIMIT_USERS"),
    "aliases": ("aliases_limit", "max_aliases", "EXCEED_LIMIT_ALIASES"),
    "lists": ("lists_limit", "max_lists", "EXCEED_LIMIT_LISTS"),
}


def _count(store, kind: str, domain: str) -> int:
    if kind == "lists":
        return len(store.lists.of(domain)) + len(store.ldap_lists.of(domain))
    return len(getattr(store, kind).of(domain))


def _own(call):
    """The caller's limits; mail users and global admins have none."""
    return None if call.is_global else call.store.admins.get(call.who)


def _managed(call) -> list[str]:
    return [name for name, domain in call.store.domains.items() if call.who in domain.admins]


def room_for(call, domain: Domain, kind: str) -> None:
    of_domain, of_admin, refusal = KINDS[kind]
    limit = getattr(domain, of_domain)
    # 0 is unlimited, -1 is none at all (contract 2).
    if limit < 0 or 0 < limit <= _count(call.store, kind, domain.domain):
        raise Refusal("EXCEEDED_DOMAIN_ACCOUNT_LIMIT")
    admin = _own(call)
    if admin is None or (own := getattr(admin, of_admin)) in (None, 0):
        return
    if own < 0 or sum(_count(call.store, kind, name) for name in _managed(call)) >= own:
        raise Refusal(refusal)


def room_for_quota(call, domain: Domain, quota: int, before: int = 0) -> None:
    """Only a limited quota counts against the domain's."""
    if domain.quota > 0 and quota > domain.quota - call.store.allocated[domain.domain] + before:
        raise Refusal("EXCEEDED_DOMAIN_QUOTA_SIZE")


def may_create_domain(call) -> None:
    if call.is_global:
        return
    admin = _own(call)
    if admin is None or admin.max_domains is None:
        raise Denied
    managed = _managed(call)
    if admin.max_domains and len(managed) >= admin.max_domains:
        raise Refusal("EXCEED_LIMIT_DOMAIN")
    if admin.max_quota:
        wanted = integer(call.params.get("quota", "")) or 0
        used = sum(call.store.domains[name].quota for name in managed)
        if used + wanted > admin.max_quota * UNITS[admin.quota_unit or "MB"]:
            raise Refusal("EXCEED_LIMIT_QUOTA")


def purge_date(call) -> float | None:
    """When the mailboxes of a removed account may go; None: never (contract 4.2)."""
    if "number" not in call.at:
        return None
    days = int(call.at["number"])
    if not call.is_global:
        days = min(days, LONGEST_DAYS)
    if call.knobs.unlisted_days == "refuse" and days not in (GLOBAL_DAYS if call.is_global else DAYS):
        raise Refusal("INVALID_PARAM")
    return call.server.clock.now() + days * DAY if days else None
