# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backups of the whole server (chapter 16 of the BlueMind contract)."""

from __future__ import annotations

import re
import time
from typing import Any, List, Mapping, Optional

from ..core.errors import BackendError, BadReply, InvalidInput, Lost, Refused
from ..core.task import Result, Task, failure
from .client import BluemindClient

GENERATIONS = "/dataprotect/generations"
SECONDS = {"m": 60, "h": 3600, "d": 86400}
AGE = re.compile(r"([0-9]{1,6})\s*([mhd])")
LONGEST_PAUSE = 30.0  # seconds between two looks at a backup, which takes minutes to hours


def seconds(age: str) -> int:
    found = AGE.fullmatch(age.strip().lower())
    if not found:
        raise InvalidInput(f"max_age {age!r}: give a number and its unit, m for minutes, h for hours or d for days, such as 20h")
    return int(found[1]) * SECONDS[found[2]]


def stamp(milliseconds: Any) -> Optional[str]:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(milliseconds / 1000)) if milliseconds else None


def good(generation: Mapping[str, Any]) -> bool:
    """Whether one can be restored from it, as far as the server knows."""
    return not generation.get("withErrors") and not any(
        part.get("withErrors") or part.get("valid") == "INVALID" for part in generation.get("parts") or ()
    )


def generations(client: BluemindClient) -> List[Mapping[str, Any]]:
    """The newest one first."""
    found = client.call("GET", GENERATIONS) or ()
    return sorted(found, key=lambda generation: (generation.get("protectionTime") or 0, generation["id"]), reverse=True)


def shown(generation: Mapping[str, Any]) -> Mapping[str, Any]:
    parts = generation.get("parts") or ()
    return {
        "id": generation["id"],
        "time": stamp(generation.get("protectionTime")),
        "good": good(generation),
        "with_warnings": bool(generation.get("withWarnings")),
        "with_errors": bool(generation.get("withErrors")),
        "version": (generation.get("blueMind") or {}).get("displayName"),
        "parts": [
            {
                "server": part.get("server"),
                "tag": part.get("tag"),
                "size": part.get("size"),
                "ended": stamp(part.get("end")),
                "valid": part.get("valid"),
            }
            for part in parts
        ],
    }


class Backup(Task):
    """An operation: each call starts a backup, unless ``max_age`` says that the last one will do."""

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        if params["max_age"] is not None:
            seconds(params["max_age"])
        if params["wait_timeout"] < 1:
            raise InvalidInput("wait_timeout must be at least 1 second")

    def work(self, client: BluemindClient, params: Mapping[str, Any], check_mode: bool) -> Result:
        client.acting()
        before = generations(client)
        if params["max_age"] is not None:
            last = next(filter(good, before), None)
            if last and time.time() - last["protectionTime"] / 1000 < seconds(params["max_age"]):
                return {"changed": False, "backup": shown(last)}
        if check_mode:
            return {"changed": True}
        try:
            task = client.call("POST", "/dataprotect/_backup")
            if not isinstance(task, dict) or "id" not in task:
                raise BadReply("the answer names no task")
        except Lost as exc:
            raise Lost(f"{exc}; whether a backup was started cannot be read") from None
        if not params["wait"]:
            return {"changed": True, "task": task["id"]}
        return {"changed": True, "task": task["id"], **self.outcome(client, task, params["wait_timeout"], before)}

    @staticmethod
    def outcome(client: BluemindClient, task: Mapping[str, Any], limit: int, before: List[Mapping[str, Any]]) -> Result:
        """What became of a backup that was started; a failure too, since the task has changed something."""
        try:
            words = client.wait(task, "the backup", limit=limit, longest=LONGEST_PAUSE)
            old = {generation["id"] for generation in before}
            new = next((generation for generation in generations(client) if generation["id"] not in old), None)
            if new is None or not good(new):
                raise Refused(f"the backup ended with {words!r}, and the server holds no good one of it")
        except BackendError as exc:
            return {**failure(exc, client.name), "changed": True}
        result: Result = {"status": words, "backup": shown(new)}
        if new.get("withWarnings") or "success" not in words.lower():
            result["warnings"] = [f"the backup ended with: {words}"]
        return result


BACKUP = Backup(
    BluemindClient,
    {
        "max_age": {"type": "str"},
        "wait": {"type": "bool", "default": True},
        "wait_timeout": {"type": "int", "default": 14400},
    },
)


class BackupInfo(Task):
    """The backups that the server holds, and how many it keeps."""

    def work(self, client: BluemindClient, params: Mapping[str, Any], check_mode: bool) -> Result:
        client.acting()
        found = [shown(generation) for generation in generations(client)]
        last = next((generation for generation in found if generation["good"]), None)
        policy = client.call("GET", "/dataprotect/policy") or {}
        result: Result = {
            "changed": False,
            "backups": found,
            "retention": {name: policy.get(name) for name in ("daily", "weekly", "monthly")},
        }
        return {**result, "last_good": last} if last else result


INFO = BackupInfo(BluemindClient, {})
