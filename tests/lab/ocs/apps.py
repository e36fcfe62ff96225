# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Apps (contract 4.2)."""

from __future__ import annotations

import re

from .errors import Crash, OcsError
from .routes import ADMIN, SUB_ADMIN, WRITE
from .routing import router

LEGAL_ID = re.compile(r"[a-z0-9_-]+")

#: Part of every server, and cannot be disabled.
_ALWAYS_ENABLED = """
cloud_federation_api dav federatedfilesharing files lookup_server_connector oauth2 profile provisioning_api settings
theming twofactor_backupcodes viewer workflowengine
"""
ALWAYS_ENABLED = _ALWAYS_ENABLED.split()

#: The other bundled apps, in the order in which the server lists them.
_OPTIONAL = """
circles systemtags survey_client webhook_listeners firstrunwizard app_api activity admin_audit text federation
updatenotification files_sharing files_reminders bruteforcesettings twofactor_nextcloud_notification files_versions
password_policy notifications contactsinteraction files_trashbin sharebymail encryption nextcloud_announcements support
twofactor_totp serverinfo comments user_ldap files_downloadlimit files_pdfviewer logreader recommendations privacy
files_external dashboard weather_status suspicious_login related_resources photos user_status
"""
OPTIONAL = _OPTIONAL.split()

#: Disabled on a fresh server.
_DISABLED_AT_FIRST = """
admin_audit twofactor_nextcloud_notification encryption twofactor_totp user_ldap files_external suspicious_login
"""
DISABLED_AT_FIRST = _DISABLED_AT_FIRST.split()

VERSIONS = {"provisioning_api": "1.22.0"}


def fresh_apps() -> dict[str, bool]:
    return {app: app not in DISABLED_AT_FIRST for app in [*ALWAYS_ENABLED, *OPTIONAL]}


def fresh_config(apps: dict[str, bool]) -> dict[str, dict[str, str]]:
    """What the app config of a fresh server holds: three keys for each enabled app."""
    return {"core": {"vendor": "nextcloud", "installedat": "1"}} | {app: _enabled_config(app) for app, on in apps.items() if on}


def _enabled_config(app: str) -> dict[str, str]:
    return {"enabled": "yes", "installed_version": VERSIONS.get(app, "1.0.0"), "types": ""}


def enabled_apps(store) -> list[str]:
    """`files` first, then by name."""
    return sorted((app for app, on in store.apps.items() if on), key=lambda app: (app != "files", app))


@router.add("GET", "/cloud/user/apps", role=SUB_ADMIN)
def own_apps(call):
    return {"apps": sorted(enabled_apps(call.store))}


@router.add("GET", "/cloud/apps", role=ADMIN)
def list_apps(call, filter: str | None = None):
    if filter is None:
        return {"apps": [app for app in call.store.apps if app not in ALWAYS_ENABLED]}
    if filter == "enabled":
        return {"apps": enabled_apps(call.store)}
    if filter == "disabled":
        return {"apps": [app for app in OPTIONAL if not call.store.apps[app]]}
    raise OcsError(101)


def _legal(app: str) -> str:
    if not LEGAL_ID.fullmatch(app):
        raise OcsError(997, "Invalid app id given")
    return app


def _known(call, app: str) -> str:
    if _legal(app) not in call.store.apps:
        raise OcsError(998, "The request app was not found")
    return app


@router.add("GET", "/cloud/apps/{app}", role=ADMIN)
def read_app(call, app: str):
    return app_info(call, _known(call, app))


def app_info(call, app: str) -> dict:
    """An app's description file, as the server turns it into JSON."""
    version = VERSIONS.get(app, "1.0.0")
    major = call.knobs.version.partition(".")[0]
    return {
        "id": app,
        "name": app.replace("_", " ").title().replace("Api", "API"),
        "summary": f"The {app} app",
        "description": f"A stand-in for the {app} app.",
        "version": version,
        "licence": "agpl",
        "author": ["Somebody"],
        "namespace": app.title().replace("Api", "API"),
        "types": ["prevent_group_restriction"],
        "documentation": {"admin": f"admin-{app.replace('_', '-')}"},
        "category": ["integration"],
        "bugs": "https://example.org/issues",
        "dependencies": {"nextcloud": {"@attributes": {"min-version": major, "max-version": major}}, "backend": []},
        "info": [],
        "remote": [],
        "public": [],
        "repair-steps": {step: [] for step in ("install", "pre-migration", "post-migration", "live-migration", "uninstall")},
        "background-jobs": [],
        "two-factor-providers": [],
        "commands": [],
        "activity": {"filters": [], "settings": [], "providers": []},
        "settings": {"admin": [], "admin-section": [], "personal": [], "personal-section": []},
    }


@router.add("POST", "/cloud/apps/{app}", role=ADMIN, effect=WRITE, stores="enabled")
def enable_app(call, app: str):
    call.store.apps[_known(call, app)] = True
    call.store.config.setdefault(app, {}).update(_enabled_config(app))
    return []


@router.add("DELETE", "/cloud/apps/{app}", role=ADMIN, effect=WRITE, stores="enabled")
def disable_app(call, app: str):
    if _legal(app) in ALWAYS_ENABLED:
        raise Crash(f"{app} can't be disabled.")
    if app in call.store.apps:
        call.store.apps[app] = False
    # Unknown apps too get their entry (contract 4.2).
    call.store.config.setdefault(app, {})["enabled"] = "no"
    return []
