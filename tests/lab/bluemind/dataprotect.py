# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backups (contract 16)."""

from __future__ import annotations

from .documents import RETENTION
from .errors import ServerFault
from .rights import check
from .routes import VOID, router
from .tasks import Failed, action, start

SUCCESS, WARNINGS = "Backup finished successfully", "Backup finished with warnings"
SCRIPT, ERRORS = "Post backup script ending with error", "Backup finished with errors"
UNSUITABLE = "/var/backups/bluemind/ is not suitable for backup."
PARTS = {"bm/pgsql": "pgsql", "bm/pgsql-data": "pgsql-data", "mail/imap": "sds-spool"}
OPERATIONS = ("complete.restore.user", "replace.mailbox", "replace.calendars", "replace.books")


@router.add("POST", "/dataprotect/_backup", write=True, stores="backup")
def save(call):
    """Each call begins one."""
    check(call, "systemManagement")
    return start(call, "backup", log=["Starting backup on all servers"], steps=5.0, begun=1.0, began=call.server.now_ms())


@action("backup")
def saved(server, task, began: int) -> str:
    outcome = server.knobs.backup
    if outcome == "unsuitable":
        raise Failed(UNSUITABLE)
    generation = make(server, began, server.now_ms(), outcome)
    server.store.generations.append(generation)
    if outcome == "errors":
        raise Failed(ERRORS)
    task["result"] = {"warnings": WARNINGS, "script": SCRIPT}.get(outcome, SUCCESS)
    return task["result"]


def make(server, began: int, ended: int, outcome: str = "ok", id: int | None = None) -> dict:
    """A generation, with one part for each tag that is saved."""
    marks = {"withWarnings": outcome == "warnings", "withErrors": outcome == "errors"}
    number = max((generation["id"] for generation in server.store.generations), default=0) + 1 if id is None else id
    major, minor, *release = server.knobs.version.split(".")
    parts = [
        {
            "id": server.store.number(),
            "generationId": number,
            "begin": began,
            "end": ended,
            "size": 1_048_576,
            "tag": tag,
            "server": host.uid,
            **marks,
            "valid": "INVALID" if outcome == "errors" else "VALID",
            "datatype": kind,
        }
        for host in server.store.servers.values()
        for tag, kind in PARTS.items()
        if tag in host.value["tags"]
    ]
    blue_mind = {"major": major, "minor": minor, "release": ".".join(release), "displayName": server.knobs.release}
    return {"id": number, "protectionTime": began, "blueMind": blue_mind, **marks, "parts": parts}


@router.add("GET", "/dataprotect/generations")
def generations(call):
    check(call, "manageDataProtect", "systemManagement", "manageRestore", domain=call.store.domains.get(call.caller.domain))
    return call.store.generations


@router.add("DELETE", "/dataprotect/generations", write=True, stores="generation")
def forget(call):
    check(call, "systemManagement")
    number = call.number("generationId")
    if not any(generation["id"] == number for generation in call.store.generations):
        raise ServerFault("UNKNOWN", f"Generation {number} not found")
    return start(call, "forget", log=[f"Forgetting generation {number}"], number=number)


@action("forget")
def forgotten(server, _task, number: int) -> str:
    server.store.generations = [generation for generation in server.store.generations if generation["id"] != number]
    return "Generation forgotten"


@router.add("GET", "/dataprotect/policy")
def policy(call):
    return call.store.retention


@router.add("POST", "/dataprotect/policy", returns=VOID, write=True, stores="policy")
def set_policy(call):
    check(call, "systemManagement", "manageDataProtect")
    call.store.retention = call.body(RETENTION, call.store.retention) or RETENTION.make()


@router.add("POST", "/dataprotect/_syncfs", returns=VOID, write=True)
def sync(call):
    check(call, "systemManagement")


@router.add("POST", "/dataprotect/_content/{partGen}")
def content(call, _part: str):
    check(call, "systemManagement", "manageRestore")
    return start(call, "nothing")


@router.add("POST", "/dataprotect/_install", until=49, write=True)
def install(call):
    check(call, "systemManagement")
    return start(call, "nothing")


def operations() -> list[dict]:
    return [{"identifier": name, "kind": "USER", "requiredTag": "mail/imap"} for name in OPERATIONS]


@router.add("GET", "/dataprotect/restore/_capabilities")
def capabilities(_call):
    return operations()


@router.add("GET", "/dataprotect/restore/_capabilities_by_tags")
def capabilities_by_tags(call):
    return [operation for operation in operations() if operation["requiredTag"] in (call.json() or [])]


@router.add("POST", "/dataprotect/restore", write=True)
def restore(call):
    check(call, "systemManagement", "manageRestore")
    wanted = call.json() or {}
    if wanted.get("restoreOperationIdenfitier") not in OPERATIONS:
        raise ServerFault("UNKNOWN", f"Unknown restore operation {wanted.get('restoreOperationIdenfitier')}")
    return start(call, "nothing", log=["Restoring"])
