# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote

import pytest
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind import CASES, BluemindServer
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind_shared import OFFICE
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind_world import DOMAIN
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import time_flies

TASKS = {case.name: case.task for case in CASES}
API = "/api/"


class Bluemind(BluemindServer):
    """The simulated server, asked through the tasks of the modules."""

    def __call__(self, module: str, *, check: bool = False, account: dict | None = None, no_log: bool = False, **options: Any) -> dict:
        """One run of a module, whatever comes of it."""
        return self.run(TASKS[module], options, check, no_log, **(account or {}))

    def ok(self, module: str, **options: Any) -> dict:
        result = self(module, **options)
        assert not result.get("failed"), result["msg"]
        return result

    def bad(self, module: str, **options: Any) -> str:
        """A run that fails: why."""
        result = self(module, **options)
        assert result.get("failed"), result
        assert "exception" not in result, result["exception"]
        return result["msg"]

    def quiet(self, module: str, **options: Any) -> dict:
        """A run that has nothing to do and does nothing."""
        result = self.ok(module, **options)
        assert result["changed"] is False, result
        assert self.wrote() == []
        return result

    def wrote(self) -> list[str]:
        """What the last run wrote: "PUT users/18fb0c2a9b1.internal/u-zoe"."""
        return [f"{entry.method} {self.short(entry)}" for entry in self.backend.writes()]

    def read(self) -> list[str]:
        """What the last run read, logins and looks at domains and tasks left out."""
        calls = [f"{entry.method} {self.short(entry)}" for entry in self.backend.log if not entry.write]
        return [call for call in calls if not call.startswith(("POST auth/login", "GET auth", "GET domains/_lookup", "GET tasks/"))]

    def sent(self, number: int = -1) -> Any:
        """The body of a write of the last run, by default of the last one."""
        return self.backend.writes()[number].body

    @staticmethod
    def short(entry: Any) -> str:
        """The path of a request within the API, the domain left out."""
        return unquote(entry.path).partition(API)[2].replace(f"/{DOMAIN['uid']}/", "/")

    def entry(self, uid: str) -> Any:
        """An entry of the domain as the server holds it."""
        return self.backend.store.domains[DOMAIN["uid"]].entries[uid]

    @property
    def delegate(self) -> dict:
        """A connection as an administrator of another domain, lab.test."""
        username, password = self.backend.delegated
        return {"api_url": self.backend.url, "api_username": username, "api_password": password}

    @property
    def core_token(self) -> dict:
        return {"api_url": self.backend.api, "api_token": self.backend.core_token}


@pytest.fixture(scope="session")
def lab():
    with Lab() as running:
        yield running


@pytest.fixture
def pauses(lab, monkeypatch):
    """What a run waited for; the lab's clock moves instead."""
    return time_flies(monkeypatch, lab.clock)


@pytest.fixture(params=["4", "5"])
def generation(request):
    """Both generations; a test of one only asks for ``server`` itself and starts it."""
    return request.param


@pytest.fixture
def server(lab, pauses, monkeypatch):
    """A server that is not seeded yet."""
    for name in list(os.environ):
        if name.startswith("BLUEMIND_"):
            monkeypatch.delenv(name)
    return Bluemind(lab.bluemind)


@pytest.fixture
def bm(server, generation):
    """The server of each generation with the domain example.org."""
    server.start({"domains": [DOMAIN]}, {"dialect": int(generation)})
    return server


@pytest.fixture
def bm5(server):
    server.start({"domains": [DOMAIN]}, {"dialect": 5})
    return server


@pytest.fixture
def bm4(server):
    server.start({"domains": [DOMAIN]}, {"dialect": 4})
    return server


@pytest.fixture
def office(server, generation):
    """The server of each generation with people and what they share."""
    server.start(OFFICE, {"dialect": int(generation)})
    return server


@pytest.fixture
def office5(server):
    server.start(OFFICE, {"dialect": 5})
    return server


@pytest.fixture
def office4(server):
    server.start(OFFICE, {"dialect": 4})
    return server
