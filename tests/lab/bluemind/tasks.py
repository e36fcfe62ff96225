# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks: what takes its time, and how it is watched (contract 1.6)."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from .errors import ServerFault, not_found
from .routes import JSON, router

KEPT = 600.0  # seconds for which a finished task can be read

#: What a task does when it ends: (server, task, **arguments) -> the last line of its log.
ACTIONS: dict[str, Callable] = {}


class Failed(Exception):
    """The task ends in error, with this as its last line."""


def action(name: str) -> Callable:
    def register(function: Callable) -> Callable:
        ACTIONS[name] = function
        return function

    return register


def start(
    call,
    name: str,
    *,
    log: list[str] | None = None,
    steps: float = 1.0,
    begun: float = 0.0,
    progress: float | None = None,
    id: str | None = None,
    **arguments,
) -> dict:
    """Begin a task; what it does happens at its end. Gives the TaskRef."""
    server = call.server
    task_id = id or str(uuid.UUID(int=server.random.getrandbits(128), version=4))
    old = server.store.tasks.get(task_id)
    if old and old["state"] not in ("Success", "InError"):
        raise ServerFault("UNKNOWN", f"task {task_id} already running")
    server.store.tasks[task_id] = {
        "id": task_id,
        "action": name,
        "arguments": arguments,
        "actor": call.actor,
        "self": None if call.caller is None else f"{call.caller.uid}@{call.caller.domain}",
        "failure": call.task_failure,
        "log": log or [],
        "steps": steps,
        "begun": begun,
        "progress": steps if progress is None else progress,
        "began": server.clock.now(),
        "looks": 0,
        "state": "NotStarted",
        "last": None,
        "result": None,
        "ended": None,
    }
    if call.knobs.task_polls == 0:
        _end(server, server.store.tasks[task_id])
    return {"id": task_id}


def settle(server) -> None:
    """End the tasks whose time has come, whether or not somebody looks."""
    if server.knobs.task_seconds is None:
        return
    limit = server.clock.now() - server.knobs.task_seconds
    for task in [task for task in server.store.tasks.values() if task["ended"] is None and task["began"] <= limit]:
        _end(server, task)


def _end(server, task: dict) -> None:
    # Marked first: the first reported end wins, and an action that starts another one does not come back here.
    task["ended"] = server.clock.now()
    try:
        if task["failure"] is not None:
            raise Failed(task["failure"])
        last = ACTIONS[task["action"]](server, task, **task["arguments"])
        task["state"] = "Success"
    except Failed as failure:
        last = str(failure)
        task["state"], task["progress"] = "InError", 0.0
    task["last"] = last
    task["log"] = [*task["log"], last]
    if task["result"] is None:
        task["result"] = '""'


@action("nothing")
def nothing(_server, _task) -> str:
    return "done"


def _find(call, task_id: str) -> dict:
    task = call.store.tasks.get(task_id)
    if task is None or (call.generation < 50 and _forgotten(call, task)):
        raise not_found(f"no task {task_id}")
    return task


def _forgotten(call, task: dict) -> bool:
    return task["ended"] is not None and call.server.clock.now() - task["ended"] > KEPT


@router.add("GET", "/tasks/{taskId}", anonymous=True)
def status(call, task_id: str):
    task = _find(call, task_id)
    if task["ended"] is None:
        task["looks"] += 1
        polls = call.knobs.task_polls
        if polls is not None and task["looks"] > polls:
            _end(call.server, task)
    if task["ended"] is not None:
        steps, progress, last = task["steps"], task["progress"], task["last"]
    elif task["looks"] == 1 and call.knobs.task_polls != 1:
        steps, progress, last = 0.0, 0.0, None
    else:
        task["state"] = "InProgress"
        steps, progress, last = task["steps"], task["begun"], task["log"][-1] if task["log"] else None
    return {"steps": steps, "progress": progress, "lastLogEntry": last, "state": task["state"], "result": task["result"]}


@router.add("GET", "/tasks/{taskId}/_currentLogs", anonymous=True)
def current_logs(call, task_id: str):
    task = _find(call, task_id)
    if _forgotten(call, task):
        raise not_found(f"no task {task_id}")
    return task["log"][call.number("offset") or 0 :]


@router.add("GET", "/tasks/{taskId}/_log", anonymous=True, returns=JSON)
def log(call, task_id: str):
    """A stream on the real server; here what there is so far."""
    task = _find(call, task_id)
    if _forgotten(call, task):
        raise not_found(f"no task {task_id}")
    lines = [{"done": 0.0, "total": task["steps"], "message": line, "end": False} for line in task["log"]]
    if task["ended"] is not None:
        end = {"done": task["progress"], "total": task["steps"], "message": task["last"], "end": True}
        lines.append(end | {"status": {"state": task["state"], "result": task["result"]}})
    return lines
