# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os

import pytest
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.cases import SERVERS
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import time_flies


@pytest.fixture(scope="session")
def lab():
    with Lab() as running:
        yield running


@pytest.fixture
def clock(lab, monkeypatch):
    """What waits, does not: the lab's clock moves instead."""
    time_flies(monkeypatch, lab.clock)
    return lab.clock


@pytest.fixture
def server(case, lab, clock, monkeypatch, tmp_path):
    """The backend of a module, with the world that its samples need; files without a folder are written to an empty one."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(f"{case.backend.upper()}_"):
            monkeypatch.delenv(name)
    started = SERVERS[case.backend](getattr(lab, case.backend))
    started.start(case.world, case.knobs)
    return started
