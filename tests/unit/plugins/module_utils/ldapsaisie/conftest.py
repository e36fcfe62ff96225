# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote

import pytest
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.ldapsaisie import (
    CASES,
    LdapsaisieServer,
    group,
    seeded,
)
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import time_flies

TASKS = {case.name: case.task for case in CASES}
API = "/api/1.0/object/"
BOX = "cn=box,ou=lab,o=ls"


class Ldapsaisie(LdapsaisieServer):
    """The simulated server, asked through the tasks of the modules."""

    def __call__(self, module: str, *, check: bool = False, login: dict | None = None, hidden: bool = False, **options: Any) -> dict:
        """One run of a module, whatever comes of it."""
        return self.run(TASKS[f"ldapsaisie_{module}"], options, check, hidden, **(login or {}))

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

    def converges(self, module: str, **options: Any) -> dict:
        """A run that check mode predicts, that works, and leaves nothing to do."""
        foretold = self(module, check=True, **options)
        assert self.wrote() == []
        result = self.ok(module, **options)
        assert {**foretold, "requests": 0} == {**result, "requests": 0}
        wrote = list(self.backend.writes())
        self.quiet(module, **options)
        self.last = wrote
        return result

    def wrote(self) -> list[str]:
        """What the last run wrote: "LSlab/cn=box,ou=lab,o=ls/modify"."""
        return [self.short(entry) for entry in self.backend.writes()]

    def read(self) -> list[str]:
        """What the last run read, the login left out."""
        return [self.short(entry) for entry in self.backend.log if not entry.write and self.short(entry) != "ansible"]

    def bodies(self) -> list[dict]:
        """The forms that the last run wrote."""
        return [entry.body for entry in self.backend.writes()]

    def attributes(self, dn: str) -> dict:
        """What the directory holds."""
        entry = self.backend.store.directory.find(dn)
        return entry and entry.attributes

    def box(self, **options: Any) -> dict:
        """Options of the object that has an attribute of every kind."""
        attributes, types = options.pop("attributes", {}), options.pop("types", {})
        return {"type": "LSlab", "dn": BOX, "attributes": attributes, "attribute_types": types, **options}

    def group(self, name: str) -> list[str]:
        return sorted(self.attributes(f"cn={name},ou=groups,o=ls").get("uniqueMember", []))

    @staticmethod
    def short(entry: Any) -> str:
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
def ls(lab, pauses, monkeypatch):
    for name in list(os.environ):
        if name.startswith("LDAPSAISIE_"):
            monkeypatch.delenv(name)
    server = Ldapsaisie(lab.ldapsaisie)
    people = [seeded("coral"), seeded("gus"), seeded("zoe", description=["one"])]
    server.start({"objects": [*people, group("staff"), group("it"), group("school"), {"type": "LSlab", "attributes": {"cn": "box"}}]})
    return server
