# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import os
from typing import Any
from urllib.parse import unquote

import pytest
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.micetro import CASES, MicetroServer
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import time_flies

TASKS = {case.name: case.task for case in CASES}
API = "/mmws/api/v2/"


class Micetro(MicetroServer):
    """The simulated server, asked through the tasks of the modules."""

    def __call__(self, module: str, *, check: bool = False, login: dict | None = None, hidden: bool = False, **options: Any) -> dict:
        """One run of a module, whatever comes of it."""
        return self.run(TASKS[module], options, check, hidden, **(login or {}))

    def ok(self, module: str, **options: Any) -> dict:
        result = self(module, **options)
        assert not result.get("failed"), result["msg"]
        return result

    def bad(self, module: str, **options: Any) -> str:
        """A run that fails: why."""
        result = self(module, **options)
        assert result.get("failed"), result
        return result["msg"]

    def quiet(self, module: str, **options: Any) -> dict:
        """A run that has nothing to do and does nothing."""
        result = self.ok(module, **options)
        assert result["changed"] is False
        assert self.wrote() == []
        return result

    def wrote(self) -> list[str]:
        """What the last run wrote: "PUT groups/6/users/31"."""
        return [f"{entry.method} {self.short(entry)}" for entry in self.backend.writes()]

    def read(self) -> list[str]:
        """What the last run read: "GET users"."""
        return [f"{entry.method} {self.short(entry)}" for entry in self.backend.log if not entry.write]

    def shown(self, module: str, name: str) -> dict:
        """An object as its info module shows it."""
        result = self.ok(module, name=name)
        (found,) = next(value for key, value in result.items() if key in ("users", "groups", "roles"))
        return found

    def login(self, who: Any) -> dict:
        """A connection as one of the lab's other accounts."""
        return {"api_url": self.backend.url, "api_username": who.username, "api_password": who.password}

    def answer(self, path: str, result: Any, **more: Any) -> None:
        """Let the server answer this to the next GET of a path (a pattern)."""
        body = json.dumps({"result": result})
        self.backend.fault("status", method="GET", path=path, status=200, body=body, content_type="application/json", **more)

    @staticmethod
    def short(entry: Any) -> str:
        """The path of a request within the API, as people write it."""
        return unquote(entry.path).partition(API)[2] or entry.path


@pytest.fixture(scope="session")
def lab():
    with Lab() as running:
        yield running


@pytest.fixture
def pauses(lab, monkeypatch):
    """What a run waited for; the lab's clock moves instead."""
    return time_flies(monkeypatch, lab.clock)


@pytest.fixture
def micetro(lab, pauses, monkeypatch):
    for name in list(os.environ):
        if name.startswith("MICETRO_"):
            monkeypatch.delenv(name)
    server = Micetro(lab.micetro)
    server.start({})
    return server
