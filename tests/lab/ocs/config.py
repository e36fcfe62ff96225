# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""App config and preferences (contract 4.3)."""

from __future__ import annotations

from .apps import LEGAL_ID
from .auth import is_admin
from .errors import OcsError
from .quota import unlimited_allowed
from .routes import ADMIN, WRITE
from .routing import router

BASE = "/apps/provisioning_api/api/v1/config"
PROTECTED_KEYS = ("enabled", "installed_version", "types")


def refuse(message: str):
    """These refusals keep their reason in the data."""
    raise OcsError(403, data={"data": {"message": message}})


def _check_app(app: str) -> None:
    if not LEGAL_ID.fullmatch(app):
        refuse("Invalid app id given")


def _check_key(call, app: str, key: str, value: str) -> None:
    if key in PROTECTED_KEYS:
        refuse("The given key can not be set")
    if app == "core" and (key.startswith(("public_", "remote_")) or (key == "encryption_enabled" and value != "yes")):
        refuse("The given key can not be set")
    if (app, key, value) == ("files", "default_quota", "none") and not unlimited_allowed(call.store):
        refuse("The given key can not be set, unlimited quota is forbidden on this instance")


@router.add("GET", f"{BASE}/apps", role=ADMIN)
def list_config_apps(call):
    return {"data": sorted(call.store.config)}


@router.add("GET", f"{BASE}/apps/{{app}}", role=ADMIN)
def list_config_keys(call, app: str):
    _check_app(app)
    return {"data": list(call.store.config.get(app, {}))}


@router.add("GET", f"{BASE}/apps/{{app}}/{{key}}", role=ADMIN)
def read_config(call, app: str, key: str, defaultValue: str = ""):
    _check_app(app)
    return {"data": call.store.setting(app, key, defaultValue)}


@router.add("POST", f"{BASE}/apps/{{app}}/{{key}}", effect=WRITE, stores="value")
def write_config(call, app: str, key: str, value: str):
    if not is_admin(call):
        raise OcsError(403, "Logged in account must be an administrator or have authorization to edit this setting.")
    _check_app(app)
    _check_key(call, app, key, value)
    call.store.config.setdefault(app, {})[key] = value
    return []


@router.add("DELETE", f"{BASE}/apps/{{app}}/{{key}}", role=ADMIN, effect=WRITE, stores="value")
def delete_config(call, app: str, key: str):
    _check_app(app)
    _check_key(call, app, key, "yes")
    keys = call.store.config.get(app, {})
    keys.pop(key, None)
    if not keys:
        call.store.config.pop(app, None)
    return []


@router.add("POST", f"{BASE}/users/{{app}}/{{key}}", effect=WRITE)
def write_preference(_call, app: str, key: str, configValue: str):
    # No key of the bundled apps that was tried is on the list of allowed ones.
    raise OcsError(400)


@router.add("DELETE", f"{BASE}/users/{{app}}/{{key}}", effect=WRITE)
def delete_preference(_call, app: str, key: str):
    raise OcsError(400)
