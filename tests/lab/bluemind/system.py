# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The installation: version, state, subscription (contract 3)."""

from __future__ import annotations

import base64

from .errors import ServerFault
from .model import TEXT, Listing
from .routes import VOID, router
from .settings import demand_system

BASE = "/system/installation"


@router.add("GET", f"{BASE}/_infos", anonymous=True)
def infos(call):
    return {
        "defaultDomain": call.store.system_conf.get("default-domain"),
        "softwareVersion": call.knobs.version,
        "releaseName": call.knobs.release,
    }


@router.add("GET", f"{BASE}/state", anonymous=True)
def state(call):
    return "CORE_STATE_MAINTENANCE" if call.store.maintenance else "CORE_STATE_RUNNING"


@router.add("GET", f"{BASE}/version")
def version(call):
    ours = call.knobs.version
    return {"databaseVersion": ours, "softwareVersion": ours, "versionName": call.knobs.release, "needsUpgrade": False}


@router.add("GET", f"{BASE}/_upgrade")
def upgrade(_call):
    return {"message": None, "state": "OK"}


def demand_global_admin(call) -> None:
    if not call.caller.system:
        raise ServerFault("NOT_GLOBAL_ADMIN", "Only the global administrator may do that")


@router.add("PUT", f"{BASE}/state/_maintenance", returns=VOID, write=True)
def enter_maintenance(call):
    """All sessions end."""
    demand_global_admin(call)
    call.store.maintenance = True
    call.store.sessions.clear()


@router.add("DELETE", f"{BASE}/state/_maintenance", returns=VOID, write=True)
def leave_maintenance(call):
    demand_global_admin(call)
    call.store.maintenance = False


@router.add("GET", f"{BASE}/subscriptionKind")
def subscription_kind(call):
    return call.knobs.subscription_kind


@router.add("GET", f"{BASE}/subscriptionProductiveValid")
def subscription_valid(call):
    return call.knobs.subscription_kind == "PROD"


@router.add("GET", f"{BASE}/subscription")
def subscription(call):
    now = call.server.now_ms()
    return {
        "customer": "Example",
        "customerCode": "EX",
        "dealer": None,
        "distributor": None,
        "kind": call.knobs.subscription_kind,
        "starts": now - 86_400_000,
        "ends": now + 365 * 86_400_000,
        "valid": True,
        "pubKeyFingerprint": None,
        "validProvider": True,
        "fromTechVersion": None,
        "indicator": [],
        "contacts": call.store.contacts,
        "messages": [],
        "version": call.knobs.release,
        "installationVersion": call.knobs.version,
    }


@router.add("POST", f"{BASE}/subscription", returns=VOID, write=True)
def update_subscription(call):
    demand_system(call)
    call.store.subscription = call.text()


@router.add("GET", f"{BASE}/subscriptionAccountsAvailability", since=50)
def accounts_availability(_call):
    return {"simpleAccounts": False, "visioAccounts": False}


@router.add("GET", f"{BASE}/_subscriptionContacts")
def contacts(call):
    return call.store.contacts


@router.add("POST", f"{BASE}/_subscriptionContacts", returns=VOID, write=True)
def set_contacts(call):
    demand_system(call)
    call.store.contacts = call.body(Listing(TEXT)) or []


@router.add("GET", f"{BASE}/logo")
def logo(call):
    return {"version": "1", "content": call.store.logo} if call.store.logo else None


@router.add("PUT", f"{BASE}/logo", returns=VOID, write=True)
def set_logo(call):
    demand_system(call)
    call.store.logo = base64.b64encode(call.bytes()).decode()


@router.add("DELETE", f"{BASE}/logo", returns=VOID, write=True)
def delete_logo(call):
    demand_system(call)
    call.store.logo = None
