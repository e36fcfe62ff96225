# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading, creating, switching and removing accounts (contract 3.1, 3.2, 3.5)."""

from __future__ import annotations

import re
import secrets

from . import fields, listing, passwords
from .auth import may_manage, may_manage_group, sees_everybody
from .edit import reachable, store_field
from .errors import Crash, OcsError
from .routes import DELEGATED, READ, SUB_ADMIN, WRITE
from .routing import router
from .store import PROPERTIES, Account
from .view import user_object

ALLOWED_ID = re.compile(r"[a-zA-Z0-9 _.@'-]*")
READABLE = "abcdefgijkmnopqrstwxyzABCDEFGHJKLMNPQRSTWXYZ23456789"
RESERVED_IDS = {".htaccess", "files_external", "__groupfolders", ".ncdata", "owncloud.log", "nextcloud.log", "updater.log", "audit.log"}


@router.add("GET", "/cloud/users", role=SUB_ADMIN)
def list_ids(call, search: str = "", limit: int | None = None, offset: int | None = 0):
    return {"users": listing.ids(call, listing.visible(call, search, limit, offset))}


@router.add("GET", "/cloud/users/details", role=SUB_ADMIN)
def list_details(call, search: str = "", limit: int | None = None, offset: int | None = 0):
    return {"users": listing.details(call, listing.visible(call, search, limit, offset))}


@router.add("GET", "/cloud/users/disabled", role=SUB_ADMIN)
def list_disabled(call, search: str = "", limit: int | None = None, offset: int | None = 0):
    if limit is not None and limit < 0:
        raise Crash("Invalid limit value")
    disabled = [account for account in call.store.ordered("id") if not account.enabled and may_manage(call, account)]
    return {"users": listing.details(call, listing.window(listing.matching(disabled, search), limit, offset))}


@router.add("GET", "/cloud/users/recent", role=DELEGATED)
def list_recent(call, search: str = "", limit: int | None = None, offset: int | None = 0):
    if limit is not None and limit < 0:
        raise Crash("Invalid limit value")
    recent = sorted(call.store.ordered("id"), key=lambda account: -account.last_login)
    return {"users": listing.details(call, listing.window(listing.matching(recent, search), limit, offset))}


@router.add("POST", "/cloud/users/search/by-phone", effect=READ)
def search_by_phone(call, location: str, search: dict):
    if not fields.phonenumbers.country_code_for_region(location):
        raise OcsError(400)
    owners = {account.properties["phone"]: account for account in call.store.ordered("id") if account.properties.get("phone")}
    host = call.headers.get("host", "").rpartition(":")[0]
    found = {}
    for key, numbers in search.items():
        for number in numbers:
            owner = owners.get(fields.international(str(number), location))
            if owner:
                found[key] = f"{owner.id}@{host}"
    return found or []


@router.add("GET", "/cloud/users/{userId}")
def read_user(call, userId: str):
    target = call.server.resolve(userId)
    if target is None:
        raise OcsError(404, "User does not exist")
    if not (sees_everybody(call) or may_manage(call, target)):
        raise OcsError(998)
    return user_object(call, target, with_scopes=target is call.account)


@router.add("GET", "/cloud/user")
def read_self(call):
    return user_object(call, call.account, with_scopes=True)


@router.add("GET", "/cloud/user/fields")
def own_fields(call):
    return editable_fields(call)


@router.add("GET", "/cloud/user/fields/{userId}")
def fields_of(call, userId: str):
    reachable(call, userId)
    return editable_fields(call)


def editable_fields(call) -> list[str]:
    # The switch hides the fields from admins too, though they may still set them.
    names = ["displayname", "email"] if call.knobs.allow_user_to_change_display_name else []
    return [*names, "additional_mail", *PROPERTIES]


@router.add("POST", "/cloud/users", role=SUB_ADMIN, effect=WRITE, stores="fields")
def create_user(
    call,
    userid: str,
    password: str = "",
    displayName: str = "",
    email: str = "",
    groups: list = (),
    subadmin: list = (),
    quota: str = "",
    language: str = "",
    manager: str | None = None,
):
    groups, subadmin = _names(groups), _names(subadmin)
    if not userid and call.store.setting("core", "newUser.generateUserID") == "yes":
        userid = "".join(call.server.random.choices(READABLE, k=10))
    if call.server.resolve(userid):
        raise OcsError(102, "User already exists")
    _check_groups(call, groups)
    _check_subadmin(call, subadmin)
    if len(password.encode()) > passwords.LONGEST:
        raise OcsError(101, "Invalid password value")
    if not password and not email:
        raise OcsError(108, "An email address is required, to send a password link to the user.")
    if not email and call.store.setting("core", "newUser.requireEmail") == "yes":
        raise OcsError(110, "Required email address was not provided")

    account = _add_account(call, userid, password)
    for group_id in groups:
        call.store.join(account, group_id)
    account.subadmin.update(dict.fromkeys(subadmin))
    if displayName:
        try:
            store_field(call, account, "displayname", displayName)
        except OcsError:
            call.store.remove(account)
            raise
    # From here on a refusal leaves the account as it is (contract 0, point 4).
    for key, value in (("quota", quota), ("language", language)):
        if value:
            _set_or_refuse(call, account, key, value)
    if manager is not None:
        account.manager = manager
    call.store.set_email(account, email.strip().lower())
    if account.email and call.store.setting("core", "newUser.sendEmail", "yes") == "yes":
        call.server.mail("welcome", account, account.email, password_link=not password)
    return {"id": userid}


def _set_or_refuse(call, account: Account, key: str, value: str) -> None:
    try:
        store_field(call, account, key, value)
    except ValueError as impossible:
        raise OcsError(101, str(impossible)) from impossible


def _names(values: list) -> list[str]:
    """Integers are tolerated inside lists, lists are not (contract 1.5)."""
    if any(isinstance(value, (list, dict)) for value in values):
        raise Crash("Array to string conversion")
    return [str(value) for value in values]


def _check_groups(call, groups: list[str]) -> None:
    for group_id in groups:
        if group_id not in call.store.groups:
            raise OcsError(104, "Group %s does not exist", group_id)
        if not may_manage_group(call, group_id):
            raise OcsError(105, "Insufficient privileges for group %s", group_id)
    if not groups and not sees_everybody(call):
        raise OcsError(106, "No group specified (required for sub-admins)")


def _check_subadmin(call, groups: list[str]) -> None:
    for group_id in groups:
        if group_id not in call.store.groups:
            raise OcsError(109, "Sub-admin group does not exist")
        if group_id == "admin":
            raise OcsError(103, "Cannot create sub-admins for admin group")
        if not may_manage_group(call, group_id):
            raise OcsError(403, "No permissions to promote sub-admins")


def _add_account(call, user_id: str, password: str) -> Account:
    if not ALLOWED_ID.fullmatch(user_id):
        allowed = 'Only the following characters are allowed in an Login: "a-z", "A-Z", "0-9", spaces and "_.@-\'"'
        raise OcsError(101, allowed)
    if not user_id.strip():
        raise OcsError(101, "A valid Login must be provided")
    if user_id != user_id.strip():
        raise OcsError(101, "Login contains whitespace at the beginning or at the end")
    if user_id in (".", ".."):
        raise OcsError(101, "Login must not consist of dots only")
    if len(user_id) > 64:
        raise OcsError(101, "Username is too long")
    if user_id in RESERVED_IDS or user_id in call.store.orphan_directories:
        raise OcsError(101, "Login is invalid because files already exist for this user")
    if password:
        if not password.strip():
            raise OcsError(101, "A valid password must be provided")
        passwords.check(call.store, password)
    return call.store.add(Account(user_id, password or secrets.token_urlsafe(24)))


@router.add("DELETE", "/cloud/users/{userId}", role=SUB_ADMIN, effect=WRITE, stores="account")
def delete_user(call, userId: str):
    call.store.remove(_other(call, userId, unknown=998))
    return []


def _other(call, user_id: str, unknown: int) -> Account:
    """An account that is not the caller's; `unknown` is the code for an absent one."""
    target = call.server.resolve(user_id)
    if target is None:
        raise OcsError(unknown)
    if target is call.account:
        raise OcsError(101)
    if not may_manage(call, target):
        raise OcsError(998)
    return target


@router.add("PUT", "/cloud/users/{userId}/enable", role=SUB_ADMIN, effect=WRITE, stores="enabled")
def enable_user(call, userId: str):
    _other(call, userId, unknown=101).enabled = True
    return []


@router.add("PUT", "/cloud/users/{userId}/disable", role=SUB_ADMIN, effect=WRITE, stores="enabled")
def disable_user(call, userId: str):
    _other(call, userId, unknown=101).enabled = False
    return []


@router.add("POST", "/cloud/users/{userId}/wipe", role=SUB_ADMIN, effect=WRITE)
def wipe_devices(call, userId: str):
    target = _other(call, userId, unknown=998)
    for token in call.store.tokens.values():
        if token.account == target.id:
            token.wiped = True
    return []


@router.add("POST", "/cloud/users/{userId}/welcome", role=SUB_ADMIN, effect=WRITE)
def resend_welcome(call, userId: str):
    target = reachable(call, userId)
    if not target.email:
        raise OcsError(101, "Email address not available")
    call.server.mail("welcome", target, target.email, password_link=False)
    return []
