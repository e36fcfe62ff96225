# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One field of one account at a time: `PUT users/{id}` and `PUT users/{id}/{collection}` (contract 3.3, 3.4)."""

from __future__ import annotations

from . import fields, passwords, quota
from .auth import may_manage, sees_everybody
from .errors import Crash, OcsError
from .php import php_int
from .routes import WRITE
from .routing import router
from .store import PROPERTIES, Account
from .texts import LANGUAGES

NAMES = ("displayname", "display")
OWN = ("email", "additional_mail", "notify_email", "password", "language", "locale", "timezone", "first_day_of_week", *PROPERTIES)
SCOPED = ("displayname", "email", "avatar", *PROPERTIES)
ALWAYS_VISIBLE = ("displayname", "email")
CHOICES = {
    "language": (LANGUAGES, "Invalid language"),
    "locale": (fields.LOCALES, "Invalid locale"),
    "timezone": (fields.TIMEZONES, "Invalid timezone"),
}


@router.add("PUT", "/cloud/users/{userId}", effect=WRITE, limit="edit", stores="key")
def edit_user(call, userId: str, key: str, value: str):
    target = reachable(call, userId)
    if key not in permitted(call, target):
        raise OcsError(113)
    try:
        store_field(call, target, key, value)
    except ValueError as impossible:
        raise Crash(str(impossible)) from impossible
    return []


def reachable(call, user_id: str) -> Account:
    """The account that the caller may change; unknown and forbidden look the same."""
    target = call.server.resolve(user_id)
    if target is None or not may_manage(call, target):
        raise OcsError(998)
    return target


def permitted(call, target: Account) -> set[str]:
    keys = {*NAMES, *OWN}
    if target is not call.account:
        return keys | {"quota", "manager"}
    if not call.knobs.allow_user_to_change_display_name:
        keys -= {*NAMES, "email"}
    keys |= {"birthdate", *(f"{name}Scope" for name in SCOPED)}
    if sees_everybody(call):
        keys |= {"quota", "manager"}
    elif call.knobs.force_language:
        keys -= {"language"}
    return keys


def store_field(call, target: Account, key: str, value: str) -> None:
    """Validate, normalise and keep one value; also what creation uses."""
    if key in NAMES:
        if (name := fields.displayname(value)) is not None:
            call.store.set_displayname(target, name)
    elif key == "quota":
        target.quota = quota.accepted_text(call.store, value)
    elif key == "password":
        _password(call, target, value)
    elif key == "email":
        _email(call, target, value)
    elif key == "additional_mail":
        _add_mail(call, target, value)
    elif key == "notify_email":
        _notify_email(target, value)
    elif key == "first_day_of_week":
        target.first_day_of_week = _one_of(php_int(value), range(-1, 7), "Invalid first day of week")
    elif key in CHOICES:
        choices, refusal = CHOICES[key]
        setattr(target, key, _one_of(value, choices, refusal))
    elif key in ("manager", "birthdate"):
        setattr(target, key, value)
    elif key.endswith("Scope"):
        _scope(target, key.removesuffix("Scope"), value)
    else:
        target.properties[key] = fields.PROFILE[key](call, value)


def _one_of(value, choices, refusal: str):
    if value not in choices:
        raise OcsError(101, refusal)
    return value


def _password(call, target: Account, value: str) -> None:
    if len(value.encode()) > passwords.LONGEST:
        raise OcsError(101, "Invalid password value")
    passwords.change(call.store, target, value)
    if target.email:
        call.server.mail("password-changed", target, target.email)


def _email(call, target: Account, value: str) -> None:
    address = value.strip().lower()
    if address and not fields.is_email(address):
        raise OcsError(101)
    before = target.email
    call.store.set_email(target, address)
    if before and before != target.email:
        call.server.mail("email-changed", target, before)


def _add_mail(call, target: Account, value: str) -> None:
    address = value.strip().lower()
    if not fields.is_email(address) or address == target.email or address in target.additional_mail:
        raise OcsError(101)
    target.additional_mail[address] = False
    call.server.mail("verification", target, address)


def _notify_email(target: Account, value: str) -> None:
    address = value.strip().lower()
    if address and not target.additional_mail.get(address):
        raise OcsError(101)
    target.notify_email = address or None


def _scope(target: Account, name: str, value: str) -> None:
    if value not in fields.SCOPES:
        raise OcsError(101, "Invalid Invalid scope")
    if name in ALWAYS_VISIBLE and value == "v2-private":
        raise OcsError(101, "Invalid scope")
    target.scopes[name] = value


@router.add(
    "PUT", "/cloud/users/{userId}/{collectionName:(?!enable$|disable$)[a-zA-Z0-9_]+}", effect=WRITE, limit="collection", stores="collection"
)
def edit_collection(call, userId: str, collectionName: str, key: str, value: str):
    target = reachable(call, userId)
    if collectionName == "additional_mail":
        _replace_mail(call, target, key.lower(), value.strip().lower())
    elif collectionName == "additional_mailScope" and target is call.account and key in target.additional_mail:
        _scope(target, key, value)
    else:
        raise OcsError(103)
    return []


def _replace_mail(call, target: Account, old: str, new: str) -> None:
    target.additional_mail.pop(old, None)
    if target.notify_email == old != new:
        target.notify_email = None
    if new:
        # Naming the same address twice marks it verified when an admin does it (contract 3.4).
        target.additional_mail[new] = old == new and sees_everybody(call)
