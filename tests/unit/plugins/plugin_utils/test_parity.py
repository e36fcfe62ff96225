# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every module gives the same in the worker as in the ordinary way: a task that writes and one that is only predicted, of each."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.parity.differences import comparable, ordinary
from ansible_collections.workplace.onboarding.tests.parity.play import play
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.cases import BACKENDS


def variants():
    """Each backend as the servers that its modules are tried on."""
    for backend in BACKENDS:
        tried = [case for case in backend.CASES if case.parity]
        for knobs in {repr(case.knobs): case.knobs for case in tried}.values():
            cases = [case for case in tried if case.knobs == knobs]
            yield pytest.param(backend, cases, id=" ".join(filter(None, (backend.SERVER.prefix, cases[0].variant))))


def tasks(cases):
    for case in cases:
        write, predict = case.parity
        name = f"workplace.onboarding.{case.name}"
        yield {"name": f"{case.name}: write", "diff": True, name: write}
        yield {"name": f"{case.name}: check", "diff": True, "check_mode": True, name: predict}


@pytest.mark.parametrize(("backend", "cases"), list(variants()))
def test_both_ways_give_the_same(backend, cases, tmp_path):
    played = []
    with Lab() as lab:
        server = backend.SERVER(getattr(lab, backend.SERVER.prefix))
        connection = server.plain_connection()
        environment = {f"{backend.SERVER.prefix}_{name[len('api_') :]}".upper(): value for name, value in connection.items()}
        for in_process in (True, False):
            server.start(backend.PARITY_WORLD, cases[0].knobs)
            played.append(play(tmp_path / str(in_process), tasks(cases), in_process=in_process, environment=environment))
    here, there = played
    assert {name: comparable(results) for name, results in here.results.items()} == {
        name: comparable(results) for name, results in there.results.items()
    }
    assert all(ordinary(there.one(name)) for name in there.results)
    assert [name for name in here.results if here.one(name).get("failed") or "changed" not in here.one(name)] == []
