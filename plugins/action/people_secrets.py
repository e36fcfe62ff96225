# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.controller_action import ControllerAction
from ansible_collections.workplace.onboarding.plugins.plugin_utils.kept_files import Directory
from ansible_collections.workplace.onboarding.plugins.plugin_utils.secret_policy import SecretError, policies
from ansible_collections.workplace.onboarding.plugins.plugin_utils.secret_store import (
    DirectoryStore,
    GivenStore,
    Owner,
    Store,
    Vault,
    Wanted,
    obtain,
)


class ActionModule(ControllerAction):
    options = {
        "logins": {"type": "list", "elements": "str", "required": True},
        "backends": {"type": "list", "elements": "str", "default": []},
        "accounts": {"type": "dict", "default": {}},
        "per": {"type": "str", "choices": ["person", "backend"], "default": "person"},
        "policies": {"type": "dict", "default": {}},
        "store": {"type": "str", "choices": ["directory", "tasks", "none"], "default": "directory"},
        "path": {"type": "path"},
        "vault_id": {"type": "str"},
        "vault_password_file": {"type": "path"},
        "known": {"type": "dict", "default": {}, "no_log": True},
        "owners": {"type": "dict", "default": {}},
        "create": {"type": "bool", "default": True},
    }
    rules = {
        "mutually_exclusive": [("vault_id", "vault_password_file")],
        "required_if": [("store", "directory", ("path",)), ("store", "directory", ("vault_id", "vault_password_file"), True)],
    }
    refusal = SecretError

    def work(self, params: dict[str, Any], check_mode: bool) -> dict[str, Any]:
        chosen = policies(params["backends"], params["policies"])
        if params["create"] and not chosen:
            raise SecretError("backends is needed: the systems to make secrets for")
        throwaway: list[str] = []
        wanted = Wanted(
            logins=params["logins"],
            backends=list(chosen),
            chosen=chosen,
            accounts=_lists(params["accounts"]),
            one_each=params["per"] == "backend",
            create=params["create"],
            rehearse=check_mode,
        )
        if params["store"] == "none":
            throwaway = [backend for backend, policy in chosen.items() if policy.needed]
            wanted.accounts = {login: [each for each in wanted.of(login) if each in throwaway] for login in wanted.logins}
            wanted.one_each = True
        store = self._store(params, list(chosen))
        found = obtain(wanted, store)
        kept = params["store"] != "none"
        result = {
            "changed": kept and bool(found.created or found.noted),
            "created": found.created if kept else [],
            "found": found.found,
            "missing": found.missing,
            "rehearsed": check_mode and bool(found.created),
            "throwaway": throwaway,
            "secrets": found.secrets,
            "_ansible_no_log": True,  # whether the task says no_log or not
        }
        warnings = [*store.directory.warnings, *store.warnings, *found.warnings] if isinstance(store, DirectoryStore) else found.warnings
        if warnings:
            result["warnings"] = warnings
        return result

    def _store(self, params: dict[str, Any], backends: list[str]) -> Store:
        owners = _owners(params["owners"])
        if params["store"] != "directory":
            return GivenStore(params["known"] if params["store"] == "tasks" else {}, backends)
        if params["vault_password_file"]:
            vault = Vault.of_file(self._loader, params["vault_password_file"])
        else:
            vault = Vault.of_run(self._loader, params["vault_id"])
        return DirectoryStore(Directory(params["path"], os.environ), vault, owners)


def _lists(accounts: dict[str, Any]) -> dict[str, list[str]]:
    for login, names in accounts.items():
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise SecretError(f"accounts must hold a list of systems for {login}")
    return accounts


def _owners(owners: dict[str, Any]) -> dict[str, Owner]:
    for login, owner in owners.items():
        if not isinstance(owner, dict) or set(owner) - {"employee_number", "life"} or not str(owner.get("life", 1)).isdecimal():
            raise SecretError(f"owners must hold an employee_number and a life, which is a number, for {login}")
    return {login: {**owner, "life": int(owner.get("life", 1))} for login, owner in owners.items()}
