# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The two drivers give the same results: every task runs in Ansible's own process and as an ordinary module, and is compared.

What every module does by itself in both is in ``test_parity.py``.
"""

from __future__ import annotations

import datetime
import json
import re
import sys
from pathlib import Path

import pytest
from ansible_collections.workplace.onboarding.plugins.plugin_utils.in_process import NEW_ENOUGH
from ansible_collections.workplace.onboarding.tests.parity import play as player
from ansible_collections.workplace.onboarding.tests.parity.differences import ALLOWED, CHANCE, TRACEBACKS, comparable, ordinary
from ansible_collections.workplace.onboarding.tests.parity.play import SWITCH, Played, play

SECRET, GIVEN = "topsecret99", "{{ secret }}"  # what stands in a play is printed by Ansible itself
USER = "workplace.onboarding.ocs_user"


def task(name, options, **keywords):
    return {"name": name, **keywords, USER: options}


#: No Python is named, and the one that is then looked for is this one.
FOUND = {"ansible_python_interpreter": "auto_silent", "ansible_interpreter_python_fallback": [sys.executable]}
#: What can be said about a task, whatever the module. What can be said about options is in ``test_in_process_options.py``.
KEYWORDS = [
    task("plain", {"userid": "zoe", "email": "zoe@example.org", "groups": ["staff"]}),
    task(
        "types",
        {
            "userid": 7,
            "email": "seven@example.org",
            "display_name": datetime.date(2026, 1, 2),
            "address": datetime.datetime(2026, 1, 2, 3, 4, 5),
            "headline": 3.5,
            "role": True,
            "organisation": 2026,
            "pronouns": None,
            "groups": "staff,it",
            "profile_enabled": "yes",
            "timeout": "60",
        },
        diff=True,
    ),
    task("templates", {"userid": "{{ 'zo' ~ 'e' }}", "groups": "{{ ['staff'] + ['it'] }}", "profile_enabled": "{{ 1 == 1 }}"}, diff=True),
    task("list", {"users": [{"userid": "zoe", "role": "boss"}, {"userid": "a/b"}, {"name": "zac", "email": "zac@example.org"}]}, diff=True),
    task("list with a failure", {"users": [{"userid": "zac", "role": "boss"}, {"userid": "zed"}, {"userid": "zoe"}], "return_all": True}),
    task("nothing given", {}),
    task("bad choice in a list", {"users": [{"userid": "zoe", "state": "gone"}]}),
    task("two errors", {"userid": "zoe", "state": "gone", "max_wait": "soon", "colour": "blue"}),
    task("bad list", {"users": 5}),
    task("bad value", {"userid": "zoe", "quota": "1 GiB"}),
    task("bad address", {"userid": "zoe", "api_url": "cloud.example.org"}),
    task("no credentials", {"userid": "zoe", "api_password": ""}),
    task("secret in an error", {"userid": "zoe", "password": GIVEN, "state": GIVEN}),
    task("secret in a refusal", {"users": [{"userid": "zoe", "password": GIVEN, "quota": GIVEN}]}),
    task("secret in a result", {"userid": "zoe", "password": GIVEN, "headline": f"it is {GIVEN}"}, check_mode=True, diff=True),
    task("secret that reads like a result", {"userid": "zoe", "password": "True", "headline": "True"}),
    task("secret task", {"userid": "zoe", "password": GIVEN}, no_log=True),
    task("vaulted", {"userid": "zoe", "headline": "{{ vaulted }}", "password": "{{ vaulted }}"}, check_mode=True, diff=True),
    task("loop", {"userid": "{{ item }}", "email": "{{ item }}@example.org"}, loop=["ann", "bob", "a/b", "cid"], diff=True),
    task("loop with a crash", {"userid": "{{ item }}"}, loop=["ann", "crash", "bob"]),
    task("check", {"userid": "zoe", "quota": "7 GB", "groups": ["school"], "groups_mode": "set"}, check_mode=True, diff=True),
    task("check without diff", {"userid": "zoe", "state": "absent"}, check_mode=True),
    task("until", {"userid": "zoe", "locale": "fr_FR"}, register="result", until="result is not changed", retries=3, delay=0),
    task("dropped", {"userid": "drop", "email": "drop@example.org", "role": "boss"}, diff=True),
    task("dropped with a warning", {"userid": "drop", "role": "boss", "on_unconverged": "warn"}),
    task("refused", {"userid": "refuse", "role": "boss"}),
    task("no longer JSON", {"userid": "html", "retries": 0}),
    task("dead service", {"userid": "zoe", "api_url": "{{ dead }}", "retries": 0}),
    task("named instance", {"userid": "zoe", "instance": "town"}),
    task("this Python", {"userid": "zoe"}, vars={"ansible_python_interpreter": "{{ ansible_playbook_python }}"}),
    task("here for another host", {"userid": "zoe"}, delegate_to="here"),
    task("any Python", {"userid": "zoe"}, vars=FOUND),
    task("time-out", {"userid": "slow"}, timeout=1),
]
#: Tasks that take the ordinary way, always.
ELSEWHERE = [
    task("environment", {"userid": "zoe", "api_username": "{{ omit }}"}, environment={"OCS_USERNAME": "admin"}),
    task("another user", {"userid": "zoe"}, become=True, become_method="nobody_else"),
    task("another machine", {"userid": "zoe"}, delegate_to="there"),
    task("another Python", {"userid": "zoe"}, vars={"ansible_python_interpreter": "{{ playbook_dir }}/python"}),
    task("asynchronous", {"userid": "zoe"}, **{"async": 60, "poll": 1}),
    task("switched off", {"userid": "zoe"}, vars={SWITCH: "{{ 1 == 2 }}"}),
]
LAST = [task("wrong password", {"userid": "zoe", "api_password": "wrong"})]  # the server is slower afterwards
TASKS = [*KEYWORDS, *ELSEWHERE, *LAST]
NAMES = [each["name"] for each in TASKS]
needs_in_process = pytest.mark.skipif(not NEW_ENOUGH, reason="this ansible-core always takes the ordinary way")


def prepare(lab):
    """The same server for every play."""
    lab.ocs.reset()
    lab.ocs.knobs.edit_limit = 1000
    lab.ocs.seed(groups=["staff", "it", "school"])
    people = [{"id": name, "email": f"{name}@example.org"} for name in ("crash", "slow", "refuse", "html")]
    lab.ocs.seed(users=people)
    odd = {"ocs": {"meta": {"status": "ok", "statuscode": 200, "message": "OK"}, "data": {"id": 5}}}
    lab.ocs.fault("status", path="/users/crash$", status=200, body=json.dumps(odd), content_type="application/json", times=None)
    lab.ocs.fault("delay", path="/users/slow$", seconds=5, times=None)
    lab.ocs.fault("drop", method="PUT", path="/users/drop$", fields=["role"], times=None)
    lab.ocs.fault("refusal", method="PUT", path="/users/refuse$", code=101, message="not today", times=None)
    lab.ocs.fault("html", path="/users/html$", status=404, times=None)


def options_of(lab):
    return {
        "environment": {"OCS_URL": lab.ocs.url},
        "module_defaults": {"group/workplace.onboarding.ocs": {"api_username": lab.ocs.username, "api_password": "{{ admin_password }}"}},
        "variables": {"admin_password": lab.ocs.password, "secret": SECRET, "dead": "http://127.0.0.1:9"},
    }


@pytest.fixture(scope="module")
def both(lab, vault, tmp_path_factory) -> dict[bool, Played]:
    """All tasks in both ways."""
    played = {}
    for in_process in (True, False):
        prepare(lab)
        folder = tmp_path_factory.mktemp("in_process" if in_process else "ordinary")
        python = folder / "python"
        python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
        python.chmod(0o755)
        played[in_process] = play(folder, TASKS, in_process=in_process, **vault, **options_of(lab))
    return played


@pytest.mark.parametrize("name", NAMES)
def test_both_ways_give_the_same(both, name):
    assert comparable(both[True].results[name]) == comparable(both[False].results[name])


@pytest.mark.parametrize("name", NAMES)
def test_as_many_requests_except_those_of_a_kept_client(both, name):
    for number, ((_event, here), (_other, there)) in enumerate(zip(both[True].results[name], both[False].results[name], strict=True)):
        if "requests" in here or "requests" in there:
            assert here["requests"]["writes"] == there["requests"]["writes"]
            saved = there["requests"]["reads"] - here["requests"]["reads"]
            assert 0 <= saved <= 2 if number or "attempts" in here else saved == 0


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("secret task", "time-out")])
def test_the_way_that_was_taken(both, name):
    for in_process, played in both.items():
        results = played.items(name) or [played.one(name)]
        expected = not in_process or not NEW_ENOUGH or name in [each["name"] for each in ELSEWHERE]
        assert [ordinary(result) for result in results] == [expected] * len(results)


@needs_in_process
def test_what_may_differ_does_differ_somewhere_and_users_are_told(both):
    seen = set()
    for name in NAMES:
        for (_event, here), (_other, there) in zip(both[True].results[name], both[False].results[name], strict=True):
            seen |= {key for key in {*here, *there} if here.get(key) != there.get(key)}
    assert set(ALLOWED) - TRACEBACKS == seen - set(CHANCE) - TRACEBACKS  # for those see test_in_process_options.py
    page = (Path(player.__file__).parents[2] / "docs" / "in_process.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z_]+)` \|", page, re.MULTILINE)) == set(ALLOWED)


def test_no_secret_in_either(both):
    for played in both.values():
        assert [name for name, results in played.results.items() if SECRET in json.dumps(results)] == []
        assert SECRET not in "".join(played.printed.values())


# The client that a loop keeps


@pytest.fixture(scope="module")
def loops(lab, tmp_path_factory):
    """A hundred items here, and three of them by the ordinary way."""
    people = [f"user{number:03}" for number in range(100)]
    prepare(lab)
    lab.ocs.seed(users=[{"id": name, "email": f"{name}@example.org", "groups": ["staff"]} for name in people])
    options = {"userid": "{{ item }}", "email": "{{ item }}@example.org", "groups": ["staff"]}
    variables = {"ansible_python_interpreter": "auto_silent"}  # names no other Python
    tasks = [
        task("here", options, loop=people, vars=variables),
        task("environment", options, loop=people[:3], environment={"NAME": "value"}),
        task("time-out", {"userid": "{{ item }}"}, loop=[people[0], "slow", *people[1:3]], timeout=2),
    ]
    return play(tmp_path_factory.mktemp("loops"), tasks, **options_of(lab)), list(lab.ocs.log)


def own_account(log):
    return [entry for entry in log if entry.path.endswith("/cloud/user")]


@needs_in_process
def test_a_loop_is_one_connection_and_one_login(loops):
    played, log = loops
    here = log[: next(number for number, entry in enumerate(log) if entry.connection != log[0].connection)]
    assert len(played.items("here")) == 100
    assert not any(ordinary(result) or result["changed"] for result in played.items("here"))
    assert len(own_account(here)) == 1
    assert len(here) == 102  # and the groups, once
    assert len({entry.connection for entry in log}) == 1 + 3 + 2
    assert not any(entry.write for entry in log)


@needs_in_process
def test_a_loop_with_an_environment_takes_the_ordinary_way_with_the_same_results(loops):
    played, log = loops
    there = played.items("environment")
    assert all(ordinary(result) for result in there)
    keep = {"item", "changed", "summary", "users"}
    assert [{key: result[key] for key in keep} for result in there] == [
        {key: result[key] for key in keep} for result in played.items("here")[:3]
    ]


@needs_in_process
def test_after_an_item_that_timed_out_a_loop_begins_anew(loops):
    """What its connection is in the middle of, nobody knows."""
    played, log = loops
    first, slow, *others = played.items("time-out")
    assert "Timed out after 2 second" in slow["msg"] and "warnings" not in slow  # nothing was written
    assert [result["summary"]["unchanged"] for result in (first, *others)] == [1, 1, 1]
    assert [result["requests"]["reads"] for result in (first, *others)] == [2, 2, 1]  # the login, and the user
    late = [number for number, entry in enumerate(log) if entry.path.endswith("/slow")]
    assert len({entry.connection for entry in log[late[0] :]}) == 2


@needs_in_process
def test_a_wrong_password_is_tried_once_in_a_loop(lab, tmp_path):
    prepare(lab)
    options = {"userid": "{{ item }}", "api_password": "wrong"}
    played = play(tmp_path, [task("loop", options, loop=[f"user{number}" for number in range(20)])], **options_of(lab))
    assert [event for event, _result in played.results["loop"]] == ["item failed"] * 20 + ["failed"]
    first, *others = [result["msg"] for result in played.items("loop")]
    assert {f"Nextcloud: not attempted, since {first.partition(': ')[2]}"} == set(others)
    assert [entry.login for entry in lab.ocs.log] == [False]
