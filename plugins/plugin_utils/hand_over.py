# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""To whom a secret was handed over, when, by whom and how: a small file beside each person's secrets. It holds no secret.

The record is begun before, and ended after. One that was only begun may or may not have reached the person: nobody is given a
secret twice because a run was killed.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from typing import Any

from .kept_files import RECORDS, SECRETS, Directory, file_names
from .secret_policy import SecretError

UNFINISHED = ("begun", "failed")
_SHOWN = ("login", "state", "at", "by", "means", "systems")


class Records:
    """The records in a directory."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory

    def read(self, login: str) -> dict[str, Any] | None:
        """The record of a login; None: nothing was handed over so far."""
        stem = file_names([login])[login]
        raw = self.directory.read(stem + RECORDS)
        if raw is None:
            return None
        try:
            found = json.loads(raw)
        except ValueError:
            found = None
        if not isinstance(found, dict) or found.get("state") not in ("done", *UNFINISHED) or str(found.get("login")).lower() != stem:
            raise SecretError(f"{self.directory.path / (stem + RECORDS)} is no record of a hand-over to {login}")
        return found

    def due(self, logins: Iterable[str] | None, again: Iterable[str] = ()) -> dict[str, list[Any]]:
        """Who is to be given secrets, who was, and for whom that is not known.

        Args:
            logins: of whom; None: everybody whose secrets are in the directory.
            again: logins that are due whatever happened before, or one of the words ``all`` and ``unfinished``.
        """
        names = list(dict.fromkeys(logins)) if logins is not None else self.directory.names(SECRETS)
        file_names(names)
        found: dict[str, list[Any]] = {"due": [], "done": [], "unfinished": []}
        for login in names:
            record = self.read(login)
            if record is None or asked_again(record, login, again):
                found["due"].append(login)
            else:
                found["unfinished" if record["state"] in UNFINISHED else "done"].append(shown(record))
        return found

    def begin(self, login: str, by: str, means: str, systems: list[str], again: Iterable[str] = ()) -> dict[str, Any]:
        """Note that it is about to happen.

        Raises:
            SecretError: when it happened before, or another run is at it, and ``again`` was not asked for.
        """
        stem = file_names([login])[login]
        new: dict[str, Any] = {"version": 1, "login": login, "state": "begun", "at": _now(), "by": by, "means": means, "systems": systems}
        with self.directory.writing():
            if self.directory.create(stem + RECORDS, _text(new)):
                return new
            old = self.read(login) or {}
            if not asked_again(old, login, again):
                raise SecretError(
                    f"the secrets of {login} were handed over before ({old.get('state')}, {old.get('at')}, by {old.get('by')})"
                )
            new["earlier"] = [*old.pop("earlier", []), old]
            self.directory.replace(stem + RECORDS, _text(new))
            return new

    def withdraw(self, login: str, systems: Iterable[str]) -> None:
        """Note that other secrets took the place of those handed over for these systems. To be done within ``writing`` of the directory."""
        record = self.read(login)
        if record is not None:
            record["systems"] = [name for name in record.get("systems") or () if name not in set(systems)]
            self.directory.replace(file_names([login])[login] + RECORDS, _text(record))

    def end(self, login: str, state: str) -> dict[str, Any]:
        """Note how it ended: done or failed."""
        stem = file_names([login])[login]
        with self.directory.writing():
            record = self.read(login)
            if record is None or record["state"] != "begun":
                raise SecretError(f"no hand-over to {login} was begun")
            record.update(state=state, at=_now())
            self.directory.replace(stem + RECORDS, _text(record))
        if self.read(login) != record:
            raise SecretError(f"{self.directory.path / (stem + RECORDS)} does not hold what was just written to it")
        return record


def asked_again(record: dict[str, Any], login: str, again: Iterable[str]) -> bool:
    """Whether a login is to be given what the record says it was given, or may have been."""
    words = {word.lower() for word in again}
    return login.lower() in words or "all" in words or ("unfinished" in words and record.get("state") in UNFINISHED)


def shown(record: dict[str, Any]) -> dict[str, Any]:
    return {name: record.get(name) for name in _SHOWN}


def _now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(record: dict[str, Any]) -> bytes:
    return (json.dumps(record, indent=2, ensure_ascii=False) + "\n").encode()
