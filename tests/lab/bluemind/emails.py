# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of addresses, and which are refused (contract 5.2)."""

from __future__ import annotations

import re

from .errors import ServerFault, dereferenced, exists
from .store import Domain

WELL_FORMED = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LOCAL_PART = re.compile(r"[a-z0-9_][a-z0-9\-._+&']*")


def address(value: str, default: bool = False, all_aliases: bool = False) -> dict:
    return {"address": value, "allAliases": all_aliases, "isDefault": default}


def sanitized(domain: Domain, login: str, emails: list[dict] | None, old_login: str | None = None) -> list[dict]:
    """The addresses of a user as they are stored."""
    if emails is None:
        raise dereferenced("user.emails")
    emails = [dict(email) for email in emails]
    mail_domains = domain.mail_domains
    implicit = f"{login}@{domain.uid}"
    if domain.uid not in mail_domains:
        emails = [email for email in emails if email["address"] == implicit or not _text(email).endswith(f"@{domain.uid}")]
    if not any(_text(email) == implicit or (email["allAliases"] and _local(email) == login) for email in emails):
        emails.append(address(implicit))
        renamed = f"{login}@{domain.value['defaultAlias']}"
        if old_login not in (None, login) and not any(_text(email) == renamed for email in emails):
            emails.append(address(renamed))
    if not any(email["isDefault"] for email in emails):
        inside = [email for email in emails if email["allAliases"] or _place(email) in mail_domains]
        chosen = [email for email in inside if _local(email) == login] or inside
        if not chosen:
            chosen = [address(f"{login}@{domain.value['defaultAlias']}")]
            emails += chosen
        for email in chosen:
            email["isDefault"] = True
    return emails


def lowered(emails: list[dict]) -> list[dict]:
    """Groups: lower case, trimmed."""
    return [email | {"address": _text(email).strip().lower()} for email in emails]


def validate(domain: Domain, uid: str, name: str, emails: list[dict]) -> None:
    """For every kind of mailbox."""
    for email in emails:
        text = _text(email)
        if not WELL_FORMED.fullmatch(text) or text != text.lower():
            raise ServerFault("INVALID_EMAIL", f"Invalid email address: '{email['address']}'")
    if sum(email["isDefault"] for email in emails) > 1:
        raise exists(f"More than one default email for mailbox {uid}:{name}")
    everywhere = {_local(email) for email in emails if email["allAliases"]}
    seen: set[str] = set()
    for email in emails:
        if email["address"] in seen:
            raise exists(f"Duplicate email for mailbox {uid}:{name}: {email['address']}")
        seen.add(email["address"])
        if _local(email) in everywhere and sum(_local(other) == _local(email) for other in emails) > 1:
            raise exists(f"Duplicate email for mailbox {uid}:{name}: {email['address']}")
    used = [email["address"] for email in emails if domain.address_owner(email) not in (None, uid)]
    if used:
        raise exists(f"Following emails of mailbox {uid}:{name} are already in use: {', '.join(used)}")
    holder = domain.with_mailbox_name(name)
    if holder is not None and holder.uid != uid:
        raise exists(f"Mail name: {name} already used")


def move_outside(domain: Domain, emails: list[dict]) -> tuple[list[dict], list[str]]:
    """Addresses of the domain, and those which routing `none` turns into a forwarding."""
    places = {domain.uid, *domain.mail_domains}
    inside = [email for email in emails if email["allAliases"] or _place(email) in places]
    return inside, [email["address"] for email in emails if email not in inside]


def default_address(emails: list[dict] | None) -> str | None:
    return next((email["address"] for email in emails or () if email["isDefault"]), None)


def _text(email: dict) -> str:
    return email["address"] or ""


def _local(email: dict) -> str:
    return _text(email).partition("@")[0]


def _place(email: dict) -> str:
    return _text(email).partition("@")[2]
