# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
from typing import Any

import pytest
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.ocs import CASES, OcsServer
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import time_flies

TASKS = {case.name: case.task for case in CASES}


class Nextcloud(OcsServer):
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
        """What the last run wrote: "PUT zoe quota" for an edit."""
        out = []
        for entry in self.backend.writes():
            *_rest, last = entry.path.split("/")
            out.append(f"{entry.method} {last} {(entry.body or {}).get('key', '')}".strip())
        return out

    def account(self, userid: str) -> Any:
        return self.backend.store.account(userid)

    @property
    def delegate(self) -> dict:
        """A connection as somebody who may manage accounts and groups only."""
        username, password = self.backend.delegated
        return {"api_url": self.backend.url, "api_username": username, "api_password": password}


@pytest.fixture(scope="session")
def lab():
    with Lab() as running:
        yield running


@pytest.fixture
def pauses(lab, monkeypatch):
    """What a run waited for; the lab's clock moves instead."""
    return time_flies(monkeypatch, lab.clock)


@pytest.fixture
def nc(lab, pauses, monkeypatch):
    for name in list(os.environ):
        if name.startswith("OCS_"):
            monkeypatch.delenv(name)
    server = Nextcloud(lab.ocs)
    server.start({"groups": ["staff", "it", "school"]})
    return server
