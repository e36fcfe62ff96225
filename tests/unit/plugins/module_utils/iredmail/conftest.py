# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote

import pytest
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.iredmail import CASES, IredmailServer
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.iredmail_policies import OFFICE
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import time_flies

TASKS = {case.name: case.task for case in CASES}
API = "/iredadmin/api/"


class Iredmail(IredmailServer):
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
        """What the last run wrote: "PUT user/zoe@example.org"."""
        return [f"{entry.method} {self.short(entry)}" for entry in self.backend.writes()]

    def read(self) -> list[str]:
        """What the last run read, the login left out: "GET users/example.org"."""
        return [f"{entry.method} {self.short(entry)}" for entry in self.backend.log if not entry.write and self.short(entry) != "login"]

    def sent(self, number: int = -1) -> dict:
        """The fields of a write of the last run, by default the last one."""
        return self.backend.writes()[number].body or {}

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


@pytest.fixture(params=["sql", "ldap"])
def edition(request):
    """Both editions; a test of one only asks for ``start`` itself."""
    return request.param


@pytest.fixture
def panel(lab, pauses, monkeypatch):
    """A panel that is not seeded yet: see ``mail``."""
    for name in list(os.environ):
        if name.startswith("IREDMAIL_"):
            monkeypatch.delenv(name)
    return Iredmail(lab.iredmail)


@pytest.fixture
def mail(panel, edition):
    """The panel of each edition with the domain example.org."""
    panel.start({"domains": [{"domain": "example.org"}]}, {"edition": edition})
    return panel


@pytest.fixture
def sql(panel):
    panel.start({"domains": [{"domain": "example.org"}]}, {"edition": "sql"})
    return panel


@pytest.fixture
def ldap(panel):
    panel.start({"domains": [{"domain": "example.org"}]}, {"edition": "ldap"})
    return panel


@pytest.fixture
def office(panel, edition):
    """The panel of each edition with people, lists and domains to set policies for."""
    panel.start(OFFICE, {"edition": edition})
    return panel


@pytest.fixture
def sql_office(panel):
    panel.start(OFFICE, {"edition": "sql"})
    return panel


@pytest.fixture
def ldap_office(panel):
    panel.start(OFFICE, {"edition": "ldap"})
    return panel
