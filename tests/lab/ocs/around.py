# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What surrounds provisioning: password checks and policy, capabilities, status of the server and of people (contract 4.4, 5.3)."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from . import passwords
from .auth import find_by_login, password_is_right
from .errors import Blocked, Crash, OcsError
from .routes import ANYBODY, WRITE
from .routing import router

CAPABILITIES = json.loads((Path(__file__).parent / "capabilities.json").read_text(encoding="utf-8"))
POLICY_BASE = "/apps/password_policy/api/v1"
STATUSES = ("online", "away", "dnd", "busy", "invisible", "offline")


@router.add("POST", "/person/check", role=ANYBODY)
def check_person(call, login: str = "", password: str = ""):
    guard, address = call.server.brute_force, call.client[0]
    if guard.blocks(address):
        raise Blocked
    if not login:
        raise OcsError(101)
    if password_is_right(find_by_login(call.server, login), password):
        return {"person": {"personid": login}}
    guard.record(address, None)
    if guard.blocks(address):
        raise Crash("Reached maximum delay")
    raise OcsError(102, throttled_ms=guard.delay_ms(address))


@router.add("GET", "/config", role=ANYBODY)
def read_instance(call):
    return {"version": "1.7", "website": "Nextcloud", "host": host_of(call), "contact": "", "ssl": "false"}


def host_of(call) -> str:
    return call.headers.get("host", "").partition(":")[0]


@router.add("GET", "/cloud/capabilities", role=ANYBODY)
def read_capabilities(call):
    known = dict(CAPABILITIES)
    guard, address = call.server.brute_force, call.client[0]
    known["bruteforce"] = {"delay": guard.delay_ms(address), "allow-listed": guard.allow_listed(address)}
    if call.account is None:
        known = {
            "bruteforce": known["bruteforce"],
            "app_api": {"version": known["app_api"]["version"]},
            "theming": known["theming"],
        }
    elif call.store.apps.get("password_policy"):
        known["password_policy"] = policy_capabilities(call)
    known = _with_base(known, f"http://{host_of(call)}")
    return {"version": version_of(call), "capabilities": known}


def _with_base(tree, base: str):
    if isinstance(tree, dict):
        return {key: _with_base(value, base) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_with_base(value, base) for value in tree]
    return tree.replace("{base}", base, 1) if isinstance(tree, str) else tree


def policy_capabilities(call) -> dict:
    rules = passwords.policy(call.store)
    shown = {name: value for name, value in rules.items() if name != "enforceHaveIBeenPwned"}
    api = {action: f"{{base}}/ocs/v2.php{POLICY_BASE}/{action}" for action in ("generate", "validate")}
    return {"api": api, "policies": {"account": rules}} | shown


def version_of(call) -> dict:
    major, minor, micro = (int(part) for part in call.knobs.version.split("."))
    return {
        "major": major,
        "minor": minor,
        "micro": micro,
        "string": call.knobs.version,
        "edition": "",
        "extendedSupport": False,
    }


def server_status(knobs) -> dict:
    """`status.php`."""
    return {
        "installed": True,
        "maintenance": knobs.maintenance,
        "needsDbUpgrade": False,
        "version": f"{knobs.version}.2",
        "versionstring": knobs.version,
        "edition": "",
        "productname": knobs.product,
        "extendedSupport": False,
    }


@router.add("GET", f"{POLICY_BASE}/generate", role=ANYBODY)
def generate_password(call):
    length = max(10, passwords.policy(call.store)["minLength"])
    return {"password": "aA1-" + secrets.token_hex(length)[: length - 4]}


@router.add("POST", f"{POLICY_BASE}/validate", role=ANYBODY)
def validate_password(call, password: str):
    if found := passwords.complaints(call.store, password):
        return {"passed": False, "reason": " ".join(found)}
    return {"passed": True}


@router.add("GET", "/apps/user_status/api/v1/user_status")
def own_status(call):
    if call.account.id not in call.store.statuses:
        raise OcsError(404, "No status for the current user")
    return _status(call, call.account.id)


def _status(call, user_id: str) -> dict:
    return {
        "userId": user_id,
        "message": None,
        "messageId": None,
        "messageIsPredefined": False,
        "icon": None,
        "clearAt": None,
        "status": call.store.statuses[user_id],
        "statusIsUserDefined": True,
    }


@router.add("GET", "/apps/user_status/api/v1/statuses/{userId}")
def status_of(call, userId: str):
    if userId not in call.store.statuses:
        raise OcsError(404, "No status for the requested userId")
    return {key: value for key, value in _status(call, userId).items() if key in ("userId", "message", "icon", "clearAt", "status")}


@router.add("PUT", "/apps/user_status/api/v1/user_status/status", effect=WRITE)
def set_status(call, statusType: str):
    if statusType not in STATUSES:
        raise OcsError(400, 'Status-type "%s" is not supported', statusType)
    call.store.statuses[call.account.id] = statusType
    return _status(call, call.account.id)


@router.add("GET", "/apps/dav/api/v1/outOfOffice/{userId}")
def out_of_office(_call, userId: str):
    raise OcsError(404, data=None)
