# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The password policy app (contract 3.2, 5.3)."""

from __future__ import annotations

from .errors import OcsError
from .php import php_int

LONGEST = 469  # bytes
_COMMON = """
short password password1 123456 123456789 1234567890 123456789012 qwerty qwertyuiop azerty aaaaaaaaaaaaaa welcome
"""
COMMON = frozenset(_COMMON.split())
YES = ("1", "yes", "true", "on")


def policy(store) -> dict:
    """The rules in force, under the names of the app config."""

    def on(key: str, default: str) -> bool:
        return store.setting("password_policy", key, default).lower() in YES

    return {
        "minLength": php_int(store.setting("password_policy", "minLength", "10")),
        "enforceHaveIBeenPwned": on("enforceHaveIBeenPwned", "0"),
        "enforceNonCommonPassword": on("enforceNonCommonPassword", "1"),
        "enforceNumericCharacters": on("enforceNumericCharacters", "0"),
        "enforceSpecialCharacters": on("enforceSpecialCharacters", "0"),
        "enforceUpperLowerCase": on("enforceUpperLowerCase", "0"),
    }


def complaints(store, password: str) -> list[str]:
    """What the policy has against a password, in the server's order."""
    rules = policy(store)
    found = []
    if rules["enforceNonCommonPassword"] and password.lower() in COMMON:
        found.append("Password is among the 1,000,000 most common ones. Please make it unique.")
    if len(password) < rules["minLength"]:
        found.append(f"Password needs to be at least {rules['minLength']} characters long.")
    if rules["enforceNumericCharacters"] and not any(char.isdigit() for char in password):
        found.append("Password needs to contain at least one numeric character.")
    if rules["enforceUpperLowerCase"] and (password == password.lower() or password == password.upper()):
        found.append("Password needs to contain at least one lower and one upper case character.")
    if rules["enforceSpecialCharacters"] and password.isalnum():
        found.append("Password needs to contain at least one special character.")
    return found


def check(store, password: str, account=None) -> None:
    """Refuse what the policy refuses; nothing is refused without the policy app."""
    if not store.apps.get("password_policy"):
        return
    if found := complaints(store, password):
        raise OcsError(107, " ".join(found))
    history = php_int(store.setting("password_policy", "historySize", "0"))
    if account and history and password in [account.password, *account.old_passwords][:history]:
        raise OcsError(107, "Password must not have been used recently before.")


def change(store, account, password: str) -> None:
    check(store, password, account)
    account.old_passwords.insert(0, account.password)
    account.password = password
