# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Other calls that administrators make: jobs, devices, external accounts (contract 17)."""

from __future__ import annotations

from .documents import DEVICE, WIPE_MODE
from .errors import not_found
from .lookup import directory
from .rights import check, check_self_or
from .routes import VOID, router
from .store import Domain, Entry, Item

JOBS = ("DataProtect", "LDAPImportJob", "ADImportJob")

# Scheduled jobs


def _job_domain(call) -> str | None:
    """4.x and early 5.x call it domainName."""
    return call.query.get("domainUid" if call.generation >= 57 else "domainName")


@router.add("POST", "/scheduledjobs/_start/{jobId}", returns=VOID, write=True, stores="job")
def start_job(call, job: str):
    """Fire and forget."""
    name = _job_domain(call)
    domain = call.store.domain(name) if name else None
    check(call, "systemManagement", "admin", domain=domain)
    if job not in JOBS:
        raise not_found(f"Job {job} not found")
    call.store.jobs.append({"job": job, "domain": name, "at": call.server.now_ms()})


@router.add("DELETE", "/scheduledjobs/_cancel/{jobId}", returns=VOID, write=True)
def cancel_job(call, job: str):
    check(call, "systemManagement")
    call.store.jobs = [started for started in call.store.jobs if started["job"] != job]


@router.add("GET", "/scheduledjobs/_job/{jobId}")
def read_job(_call, job: str):
    return _job(job) if job in JOBS else None


def _job(name: str) -> dict:
    plan = {"domain": "global.virt", "kind": "OPPORTUNISTIC", "lastRun": None, "nextRun": None, "rec": None}
    return {
        "id": name,
        "description": name,
        "kind": "MULTIDOMAIN",
        "domainPlanification": [plan],
        "domainStatus": [],
        "sendReport": False,
        "recipients": None,
    }


@router.add("POST", "/scheduledjobs/_searchJob")
def search_jobs(_call):
    return {"values": [_job(name) for name in JOBS], "total": len(JOBS)}


@router.add("POST", "/scheduledjobs/_searchExecution")
def search_executions(_call):
    return {"values": [], "total": 0}


@router.add("POST", "/scheduledjobs/_logs")
def job_logs(_call):
    return []


@router.add("DELETE", "/scheduledjobs/_deleteExecution", returns=VOID, write=True)
@router.add("DELETE", "/scheduledjobs/_deleteExecutions", returns=VOID, write=True)
def delete_executions(call):
    check(call, "systemManagement")


# Devices


def _devices(call, uid: str) -> tuple[Domain, Entry]:
    for domain in call.store.domains.values():
        entry = domain.get("USER", uid)
        if entry and (call.caller.system or call.caller.domain == domain.uid):
            check_self_or(call, "selfManageDevice", "manageUserDevice", domain=domain, entry=entry)
            return domain, entry
    raise not_found(f"container device:{uid} not found")


def _device(call, uid: str, device: str) -> dict:
    for found in _devices(call, uid)[1].devices:
        if found["uid"] == device:
            return found
    raise not_found(f"device {device} not found")


def _shown(call, device: dict) -> dict:
    from .call import item_value

    value = DEVICE.write(device | {"isWipe": device["wiped"], "isWiped": device["wiped"]}, call.view)
    return item_value(device["uid"], Item(display_name=device["identifier"]), value)


@router.add("GET", "/devices/{userUid}/_list")
def list_devices(call, uid: str):
    found = [_shown(call, device) for device in _devices(call, uid)[1].devices]
    return {"values": found, "total": len(found)}


@router.add("GET", "/devices/_listWiped")
def wiped_devices(call):
    check(call, "systemManagement")
    users = (entry for domain in call.store.domains.values() for entry in domain.of("USER"))
    return [_shown(call, device)["value"] for entry in users for device in entry.devices if device["wiped"]]


@router.add("GET", "/devices/{userUid}/{uid}/complete")
def read_device(call, uid: str, device: str):
    found = [entry for entry in _devices(call, uid)[1].devices if entry["uid"] == device]
    return _shown(call, found[0]) if found else None


@router.add("GET", "/devices/{userUid}/{identifier}/byIdentifier")
def device_by_identifier(call, uid: str, identifier: str):
    found = [entry for entry in _devices(call, uid)[1].devices if entry["identifier"] == identifier]
    return _shown(call, found[0]) if found else None


@router.add("DELETE", "/devices/{userUid}/{uid}", returns=VOID, write=True, stores="devices")
def delete_device(call, uid: str, device: str):
    _devices(call, uid)[1].devices.remove(_device(call, uid, device))


@router.add("DELETE", "/devices/{userUid}/_deleteAll", returns=VOID, write=True, stores="devices")
def delete_devices(call, uid: str):
    _devices(call, uid)[1].devices.clear()


def _wiped(call, uid: str, device: str, wanted: bool) -> None:
    found = _device(call, uid, device)
    found["wiped"] = wanted
    found["wipeDate" if wanted else "unwipeDate"] = call.server.now_ms()
    found["wipeBy" if wanted else "unwipeBy"] = call.actor


@router.add("POST", "/devices/{userUid}/_wipe/{uid}", returns=VOID, write=True, stores="devices")
def wipe(call, uid: str, device: str):
    mode = call.body(WIPE_MODE) if call.generation >= 50 else None
    _wiped(call, uid, device, True)
    _device(call, uid, device)["wipeMode"] = mode


@router.add("POST", "/devices/{userUid}/_unwipe/{uid}", returns=VOID, write=True, stores="devices")
def unwipe(call, uid: str, device: str):
    _wiped(call, uid, device, False)


@router.add("POST", "/devices/{userUid}/{uid}/_lastSync", returns=VOID, write=True)
def synchronised(call, uid: str, device: str):
    _device(call, uid, device)["lastSync"] = call.server.now_ms()


def _partner(call, uid: str, device: str) -> None:
    _device(call, uid, device)["hasPartnership"] = call.method == "PUT"


router.add("PUT", "/devices/{userUid}/{uid}/_partnership", returns=VOID, write=True)(_partner)
router.add("DELETE", "/devices/{userUid}/{uid}/_partnership", returns=VOID, write=True)(_partner)


# Accounts elsewhere


def _accounts(call, domain_name: str, uid: str) -> Entry:
    domain = directory(call, domain_name)
    entry = domain.get("USER", uid)
    if entry is None:
        raise not_found(f"User {uid} not found in domain {domain.uid}")
    check_self_or(call, "selfChangeSettings", "manageUser", domain=domain, entry=entry)
    return entry


@router.add("GET", "/users/{domain}/{uid}/accounts")
def accounts(call, domain_name: str, uid: str):
    return [{"externalSystemId": account["system"], **account["value"]} for account in _accounts(call, domain_name, uid).accounts]


@router.add("GET", "/users/{domain}/{uid}/accounts/{system}")
def account(call, domain_name: str, uid: str, system: str):
    return next((found["value"] for found in _accounts(call, domain_name, uid).accounts if found["system"] == system), None)


@router.add("DELETE", "/users/{domain}/{uid}/accounts", returns=VOID, write=True)
def delete_accounts(call, domain_name: str, uid: str):
    _accounts(call, domain_name, uid).accounts.clear()


@router.add("DELETE", "/users/{domain}/{uid}/accounts/{system}", returns=VOID, write=True)
def delete_account(call, domain_name: str, uid: str, system: str):
    entry = _accounts(call, domain_name, uid)
    entry.accounts = [found for found in entry.accounts if found["system"] != system]
