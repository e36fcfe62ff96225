# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every task of every EXAMPLES runs, in a real ansible-playbook, and its repetition changes nothing."""

from __future__ import annotations

import pytest
import yaml
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.cases import CASES, SERVERS
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import documented, play

FIRST, AGAIN = "examples, first run", "examples, run again"

#: Variables of the examples.
VARIABLES = {
    "initial_passwords": {"coral": "Pl4nted-for-an-example", "wren": "Pl4nted-pw"},  # that of Wren where only short ones pass
    "vault_ldap_password": "Pl4nted-for-a-directory",
}
SECRETS = [*VARIABLES["initial_passwords"].values(), VARIABLES["vault_ldap_password"]]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.label) for case in CASES if case.parity])
def test_examples(case, lab, tmp_path):
    server = SERVERS[case.backend](getattr(lab, case.backend))
    server.start(case.examples, case.knobs)
    tasks = yaml.safe_load(documented(case.name, "EXAMPLES"))
    ours = f"workplace.onboarding.{case.name}"
    assert any(ours in task for task in tasks)
    assert all(task["name"] for task in tasks)

    steps = []
    for task in tasks:
        steps.append(task)
        if ours in task:
            # A read that shows in the server's log where the repetition begins and ends.
            again = {"register": "again", **task, "name": AGAIN}
            steps += [{"name": "Mark", **server.mark(FIRST)}, again, {"name": "Mark", **server.mark(AGAIN)}]
            if "operation" not in case.traits or case.name == "ocs_app_password":
                unchanged = {"that": f"{again['register']} is not changed"}
                steps.append({"name": "The repetition changes nothing", "ansible.builtin.assert": unchanged})
    run = play(tmp_path, steps, server.plain_connection(), case.backend, VARIABLES)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "[WARNING]" not in run.stdout + run.stderr, run.stdout + run.stderr
    for password in SECRETS:
        assert password not in run.stdout + run.stderr

    repeating, repeated, wrote = False, 0, []
    for entry in server.backend.log:
        if server.marked(entry, FIRST):
            repeating, repeated = True, repeated + 1
        elif server.marked(entry, AGAIN):
            repeating = False
        elif repeating and entry.write:
            wrote.append((entry.method, entry.path))
    assert repeated == sum(ours in task for task in tasks)
    if "operation" not in case.traits or case.name == "ocs_app_password":
        assert wrote == []
    if not {"read_only", "writes_a_file"} & set(case.traits):
        assert server.backend.writes()
