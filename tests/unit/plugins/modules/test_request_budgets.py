# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many requests the main scenarios of every module take, exactly: ``request_budgets.md`` holds the numbers.

What makes a module send more than before fails here, and so does what makes it send less: then the table is written again and read.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.cases import CASES

BUDGETS = Path(__file__).with_name("request_budgets.md")
MANY = 30  # more than any module reads one by one where there is a listing
ONCE, NEW, AGAIN, CHANGED, GONE = "run", "new", "unchanged", "changed", "deleted"
NEW_LIST, SAME_LIST = f"{MANY} new", f"{MANY} unchanged"
SCENARIOS = (NEW, AGAIN, CHANGED, GONE, NEW_LIST, SAME_LIST, ONCE)
HEAD = f"""# Request budgets

Reads + writes of one task with a new login, on the simulated servers, with the samples in `backends`: an object with nearly every option,
and a list of {MANY} with few. Written by `test_request_budgets.py`; to write it again, run that test with the environment variable
`REQUEST_BUDGETS=write`, and read the difference.

"""


def scenarios(case):
    """Options by scenario, in an order in which each finds what it needs."""
    if "read_only" in case.traits or "operation" in case.traits:
        return {ONCE: case.create}
    steps = {NEW: case.create, AGAIN: case.create, CHANGED: case.update, GONE: case.absent}
    if case.many:
        steps[NEW_LIST] = steps[SAME_LIST] = case.listed(*map(case.many, range(MANY)))
    return {name: options for name, options in steps.items() if options or name == NEW}


def line(cells):
    return f"| {' | '.join(cells)} |"


@pytest.fixture(scope="module")
def committed():
    """The rows of the table, by module; in the end they are written, if that was asked for."""
    rows = {}
    for row in BUDGETS.read_text(encoding="utf-8").splitlines() if BUDGETS.exists() else ():
        if row.startswith("| ") and not row.startswith(("| module", "| ---")):
            label, *cells = row.strip("| ").split(" | ")
            rows[label] = {name: cell for name, cell in zip(SCENARIOS, cells) if cell != "–"}
    yield rows
    if os.environ.get("REQUEST_BUDGETS") == "write":
        lines = [line(["module", *SCENARIOS]), line(["---"] * (len(SCENARIOS) + 1))]
        lines += [line([case.label, *(rows[case.label].get(name, "–") for name in SCENARIOS)]) for case in CASES]
        BUDGETS.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize("case", [pytest.param(case, id=case.label) for case in CASES])
def test_as_many_requests_as_committed(case, server, committed):
    counted = {}
    for name, options in scenarios(case).items():
        result = server.run(case.task, options)
        assert not result.get("failed"), (name, result["msg"])
        reads, writes = result["requests"]["reads"], result["requests"]["writes"]
        assert reads + writes == len(server.backend.log)
        assert writes == 0 or name not in (AGAIN, SAME_LIST)
        counted[name] = f"{reads} + {writes}"
    if os.environ.get("REQUEST_BUDGETS") == "write":
        committed[case.label] = counted
    assert committed.get(case.label) == counted


def test_the_table_holds_every_module_and_nothing_else(committed):
    assert list(committed) == [case.label for case in CASES]
