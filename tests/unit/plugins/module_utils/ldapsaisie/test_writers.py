# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One write at a time: the server loses changes that are made at once, and says success (chapter 6.13)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.ldapsaisie.client import LdapsaisieClient
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.ldapsaisie import GROUPS, dn, person, seeded
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import play, validate

from .conftest import TASKS

STAFF = f"cn=staff,{GROUPS}"
PEOPLE = [f"p{number}" for number in range(8)]

#: Another program on the same machine.
PROGRAM = """
import json, sys
from ansible_collections.workplace.onboarding.plugins.module_utils.ldapsaisie.{module} import TASK
params = json.load(sys.stdin)
result = TASK.run(params, False)
print(json.dumps(result, default=repr))
"""


@pytest.fixture
def slow(ls):
    """A server on which writes take a while."""
    ls.backend.knobs.write_seconds = 0.02
    return ls


def joining(*names):
    return {"relations": [{"type": "LSpeople", "dn": dn(name), "relation": "groups", "related": [STAFF]} for name in names]}


def numbers(ls):
    return [ls.attributes(dn(name))["uidNumber"][0] for name in PEOPLE]


def test_whatever_workers_says(slow):
    slow.ok("object", objects=[person(name) for name in PEOPLE], workers=8)
    assert len(set(numbers(slow))) == len(PEOPLE)
    slow.ok("relation", **joining(*PEOPLE), workers=8)
    assert slow.group("staff") == sorted(map(dn, PEOPLE))


def test_the_server_does_lose_them_otherwise(slow, monkeypatch):
    """The tests of this file could fail."""
    slow.backend.seed(objects=[seeded(name) for name in PEOPLE])
    monkeypatch.setattr(LdapsaisieClient, "one_writer", False)
    monkeypatch.setattr(LdapsaisieClient, "writers", (8, 8))
    result = slow("relation", **joining(*PEOPLE), workers=8)
    assert result["failed"] and len(slow.group("staff")) < len(PEOPLE)


def test_several_tasks_of_one_program(slow):
    slow.backend.seed(objects=[seeded(name) for name in PEOPLE])
    task = TASKS["ldapsaisie_relation"]
    params = [validate(task, {**slow.connection(), **joining(name)}) for name in PEOPLE]
    with ThreadPoolExecutor(len(params)) as pool:
        results = list(pool.map(lambda each: task.run(each, False), params))
    assert not [result["msg"] for result in results if result.get("failed")]
    assert slow.group("staff") == sorted(map(dn, PEOPLE))


@pytest.mark.parametrize("spelled", ["{}", "{}/", "{}/api/1.0"])
def test_several_programs_of_one_machine(slow, spelled):
    """However each of them spells the address."""
    slow.backend.seed(objects=[seeded(name) for name in PEOPLE])
    environment = {**os.environ, "PYTHONPATH": os.environ["ANSIBLE_COLLECTIONS_PATH"]}
    running = []
    for half, url in ((PEOPLE[:4], "{}"), (PEOPLE[4:], spelled)):
        connection = {**slow.connection(), "api_url": url.format(slow.backend.url)}
        params = validate(TASKS["ldapsaisie_relation"], {**connection, **joining(*half), "workers": 8})
        program = subprocess.Popen(
            [sys.executable, "-c", PROGRAM.format(module="relation")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )
        running.append((program, json.dumps(params)))
    for program, given in running:
        program.stdin.write(given)
        program.stdin.close()
    for program, _given in running:
        result = json.loads(program.stdout.read())
        assert program.wait(timeout=60) == 0 and not result.get("failed"), result.get("msg")
    assert slow.group("staff") == sorted(map(dn, PEOPLE))


@pytest.mark.parametrize("in_process", [True, False])
def test_two_forks_of_one_playbook(slow, tmp_path, in_process):
    slow.backend.knobs.write_seconds = 0.1 if in_process else 0.4  # modules start slowly
    slow.backend.seed(objects=[seeded(name) for name in PEOPLE])
    halves = {"one": joining(*PEOPLE[:4]), "two": joining(*PEOPLE[4:])}
    tasks = [{"name": "Join", "workplace.onboarding.ldapsaisie_relation": "{{ halves[inventory_hostname] | combine({'workers': 8}) }}"}]
    variables = {"halves": halves, "workplace_onboarding_in_process": in_process, "ansible_python_interpreter": sys.executable}
    slow.backend.log.clear()
    run = play(tmp_path, tasks, slow.plain_connection(), "ldapsaisie", variables, "-i", "one,two,", "--forks", "2", hosts="all")
    assert run.returncode == 0, run.stdout + run.stderr
    assert slow.group("staff") == sorted(map(dn, PEOPLE))
    halves = [{dn(name) for name in half} for half in (PEOPLE[:4], PEOPLE[4:])]
    named = [unquote(entry.path) for entry in slow.backend.log]
    at = [[number for number, path in enumerate(named) if any(each in path for each in half)] for half in halves]
    assert max(at[0][0], at[1][0]) < min(at[0][-1], at[1][-1]), "they did not run at once"


def test_a_request_of_the_users_own_waits_too(slow):
    slow.backend.seed(objects=[seeded(name) for name in PEOPLE])
    task = TASKS["ldapsaisie_request"]
    path = "/api/1.0/object/LSpeople/{}/relation/groups"
    params = [
        validate(task, {**slow.connection(), "method": "POST", "path": path.format(dn(name)), "body": {"add[]": STAFF}}) for name in PEOPLE
    ]
    with ThreadPoolExecutor(len(params)) as pool:
        list(pool.map(lambda each: task.run(each, False), params))
    assert slow.group("staff") == sorted(map(dn, PEOPLE))


def test_somebody_else_was_faster(ls):
    """With the lock held each object is read again."""
    ls.backend.seed(objects=[seeded("new", sn="Theirs")])
    ls.backend.fault("status", status=404, path="new", content_type="application/json", body='{"errors": ["gone"]}')
    result = ls.ok("object", **person("new", sn="Ours"))
    assert ls.wrote() == [f"LSpeople/{dn('new')}/modify"] and result["objects"][0]["action"] == "update"
