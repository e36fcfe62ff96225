# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from . import quota
from .auth import sees_everybody
from .store import PROPERTIES, Account
from .texts import shown_language

DATA_DIRECTORY = "/var/www/data"
DEFAULT_SCOPE = "v2-local"
FEDERATED = ("avatar", "email", "displayname", "pronouns")


def scope(account: Account, name: str) -> str:
    return account.scopes.get(name, "v2-federated" if name in FEDERATED else DEFAULT_SCOPE)


def user_object(call, account: Account, with_scopes: bool = False) -> dict:
    """What the API shows of an account (contract 3.1)."""
    first, last = account.first_login, account.last_login
    data = {"enabled": account.enabled}
    if sees_everybody(call):
        data["storageLocation"] = f"{DATA_DIRECTORY}/{account.id}"
    data |= {
        "id": account.id,
        "firstLoginTimestamp": first,
        "lastLoginTimestamp": last,
        "lastLogin": last * 1000,
        "backend": "Database",
        "subadmin": list(account.subadmin),
        "quota": quota.reading(call.store, account),
        # The answer to the very call that logs in first shows no manager (flow.29).
        "manager": "" if call.first_login and account is call.account else account.manager,
    }
    if with_scopes:
        data["avatarScope"] = scope(account, "avatar")
    data["email"] = account.email
    if with_scopes:
        data["emailScope"] = scope(account, "email")
    data["additional_mail"] = list(account.additional_mail)
    if with_scopes:
        data["additional_mailScope"] = [account.scopes.get(mail, DEFAULT_SCOPE) for mail in account.additional_mail]
    data["displayname"] = data["display-name"] = account.shown_name
    if with_scopes:
        data["displaynameScope"] = scope(account, "displayname")
    for key in PROPERTIES:
        data[key] = account.properties.get(key, "1" if key == "profile_enabled" else "")
        if with_scopes:
            data[f"{key}Scope"] = scope(account, key)
    data |= {
        "groups": list(account.groups),
        "language": shown_language(call, account),
        "locale": account.locale,
        "timezone": account.timezone,
        "notify_email": account.notify_email,
        "backendCapabilities": {"setDisplayName": True, "setPassword": True},
    }
    return data
