# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The two drivers give the same whoever runs the task: several hosts and strategies, failures that end a play, ad hoc, ansible-runner."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter

import pytest
import yaml
from ansible_collections.workplace.onboarding.plugins.action import ocs_user
from ansible_collections.workplace.onboarding.plugins.plugin_utils.in_process import NEW_ENOUGH
from ansible_collections.workplace.onboarding.tests.parity.differences import comparable, ordinary
from ansible_collections.workplace.onboarding.tests.parity.play import LOCAL, SEVERAL, SWITCH, adhoc, playbook, settings
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import validate

USER = "workplace.onboarding.ocs_user"
WAYS = (True, False)
STRATEGIES = ("linear", "free", "host_pinned")
OWN = "{{ inventory_hostname }}"
needs_in_process = pytest.mark.skipif(not NEW_ENOUGH, reason="this ansible-core always takes the ordinary way")


def task(name, options, **keywords):
    """A task about one user, or many."""
    return {"name": name, **keywords, USER: options if "users" in options else {"email": "new@example.org", **options}}


def of_strategy(strategy):
    """Each task with a user of its own, so that a connection of two tasks would show."""
    own = f"{OWN}-{strategy}"
    fails = f"{{{{ 'a/b' if inventory_hostname == 'bob' else inventory_hostname ~ '-{strategy}-fine' }}}}"
    tasks = [
        task(f"{strategy}: create", {"userid": f"{own}-create"}, diff=True),
        task(f"{strategy}: one fails", {"userid": fails}, ignore_errors=True),
    ]
    if strategy != "host_pinned":
        tasks.append(task(f"{strategy}: throttled", {"userid": f"{own}-throttled"}, throttle=1))
    if strategy == "linear":  # the others run for each host what is to run once
        users = [{"userid": f"{own}-{number}", "email": "new@example.org"} for number in range(3)]
        tasks.append(task("list", {"users": users, "workers": 2}))
        tasks.append(task("once", {"userid": "one"}, run_once=True, register="made"))
        tasks.append({"name": "told to all", "ansible.builtin.debug": {"var": "made.changed"}})
    return {"hosts": "several", "gather_facts": False, "strategy": strategy, "tasks": tasks}


RESCUED = {
    "name": "block",
    "block": [task("fails", {"userid": "{{ item }}"}, loop=["first", "a/b", "last"]), task("not reached", {"userid": "never"})],
    "rescue": [task("rescue", {"userid": "rescued"})],
    "always": [task("always", {"userid": "always"})],
}
LAST = [
    RESCUED,
    task("ignored", {"userid": "a/b"}, ignore_errors=True),
    task("a loop that is ignored", {"userid": "{{ item }}"}, loop=["a/b", "second"], ignore_errors=True),
    task("told apart", {"userid": "a/b"}, register="refused", failed_when="'userid' not in refused.msg"),
    task("ends the play", {"userid": "{{ item }}"}, loop=["third", "a/b", "fourth"]),
    task("after the end", {"userid": "never"}),
]
ENDED = [*(of_strategy(strategy) for strategy in STRATEGIES), {"hosts": "here", "gather_facts": False, "tasks": LAST}]


def prepare(lab):
    lab.ocs.reset()
    lab.ocs.knobs.edit_limit = 1000


def environment(lab, **more):
    return {"OCS_URL": lab.ocs.url, "OCS_USERNAME": lab.ocs.username, "OCS_PASSWORD": lab.ocs.password, **more}


@pytest.fixture(scope="module")
def both(lab, tmp_path_factory):
    """By way: the run, and what reached the lab."""
    out = {}
    for way in WAYS:
        prepare(lab)
        out[way] = playbook(tmp_path_factory.mktemp("hosts"), ENDED, in_process=way, environment=environment(lab)), list(lab.ocs.log)
    return out


def of_each(played):
    return {host: {name: comparable(results) for name, results in by_task.items()} for host, by_task in sorted(played.by_host.items())}


def test_each_host_has_the_same_results(both):
    (here, _log), (there, _log) = (both[way] for way in WAYS)
    assert of_each(here) == of_each(there)
    assert set(here.by_host) == {*SEVERAL, "here"}
    for host in SEVERAL:
        for strategy in STRATEGIES:
            assert [event for event, _result in here.by_host[host][f"{strategy}: create"]] == ["ok"]
            assert [event for event, _result in here.by_host[host][f"{strategy}: one fails"]] == ["failed" if host == "bob" else "ok"]
        assert here.by_host[host]["told to all"][0][1]["made.changed"] is True
    assert [host for host in SEVERAL if "once" in here.by_host[host]] == ["ann"]


@needs_in_process
def test_each_way_was_taken(both):
    for way in WAYS:
        played, _log = both[way]
        results = [result for results in played.results.values() for _event, result in results if "requests" in result]
        assert len(results) > 30
        assert {ordinary(result) for result in results} == {not way}


def test_the_same_requests_reached_the_lab(both):
    (_here, here), (_there, there) = (both[way] for way in WAYS)

    def sent(log, write):
        return Counter((entry.method, entry.path, str(entry.body)) for entry in log if entry.write is write)

    assert sent(here, True) == sent(there, True)
    assert not sent(here, False) - sent(there, False)  # a loop reads less
    saved = sent(there, False) - sent(here, False)
    assert {path.rpartition("/")[2] for _method, path, _body in saved} <= {"user"}


def concerned(log):
    """By connection: the ids of the users that it was about."""
    out = {}
    for entry in log:
        found = re.search(r"/users/([^/?]+)$", entry.path)
        login = found[1] if found else entry.body["userid"] if entry.method == "POST" and entry.path.endswith("/users") else None
        if login and login.startswith(SEVERAL):
            out.setdefault(entry.connection, set()).add(re.sub(r"-[0-9]$", "-list", login))
    return out


@needs_in_process
def test_each_task_of_each_host_has_connections_of_its_own(both):
    _played, log = both[True]
    by_connection = concerned(log)
    assert len(by_connection) >= len(SEVERAL) * 8
    assert {len(logins) for logins in by_connection.values()} == {1}


def test_a_failure_ends_the_play_unless_it_is_ignored_or_rescued(both):
    for way in WAYS:
        played, log = both[way]
        assert played.status == 2
        assert {"rescue", "always", "ignored", "a loop that is ignored", "told apart", "ends the play"} <= set(played.results)
        assert not {"not reached", "after the end"} & set(played.results)
        assert [event for event, _result in played.results["ends the play"]] == ["item ok", "item failed", "item ok", "failed"]
        assert "/users/never" not in "".join(entry.path for entry in log)


def test_a_client_is_never_used_after_a_fork(monkeypatch):
    options = {"api_url": "http://127.0.0.1:9", "api_username": "a", "api_password": "b", "userid": "zoe"}
    params = validate(ocs_user.ActionModule.task, options)
    action = object.__new__(ocs_user.ActionModule)
    client = action._client(params)
    assert action._client(params) is client
    monkeypatch.setattr(os, "getpid", lambda: -1)  # as in the child
    assert action._client(params) is not client


# Who starts the task


OPTIONS = {
    "pairs": "userid=zoe email=zoe@example.org profile_enabled=yes groups=staff,it quota='1 GB'",
    "json": json.dumps({"users": [{"userid": "zoe", "email": "zoe@example.org"}, {"userid": "zac", "email": "zac@example.org"}]}),
    "failure": "userid=zoe state=gone",
}


@pytest.fixture(scope="module")
def commands(lab, tmp_path_factory):
    """By the options: both ways by the command ``ansible``."""
    out = {}
    for name, options in OPTIONS.items():
        for way in WAYS:
            prepare(lab)
            lab.ocs.seed(groups=["staff", "it"])
            played = adhoc(tmp_path_factory.mktemp("adhoc"), USER, options, in_process=way, environment=environment(lab))
            out.setdefault(name, {})[way] = played, Counter((entry.method, entry.path, str(entry.body)) for entry in lab.ocs.log)
    return out


@pytest.mark.parametrize("name", OPTIONS)
def test_ad_hoc(commands, name):
    (here, sent_here), (there, sent_there) = (commands[name][way] for way in WAYS)
    assert comparable(here.results[USER]) == comparable(there.results[USER])
    assert sent_here == sent_there and bool(sent_here) == (name != "failure")
    assert here.status == there.status == (2 if name == "failure" else 0)
    assert (ordinary(here.one(USER)), ordinary(there.one(USER))) == (not NEW_ENOUGH, True)


@needs_in_process
@pytest.mark.parametrize(("value", "elsewhere"), [("false", True), ("", False)])
def test_a_variable_of_the_environment_switches_it_off(lab, tmp_path, value, elsewhere):
    prepare(lab)
    given = environment(lab, WORKPLACE_ONBOARDING_IN_PROCESS=value)
    played = adhoc(tmp_path, USER, "userid=zoe email=zoe@example.org", environment=given)
    assert ordinary(played.one(USER)) is elsewhere and played.one(USER)["changed"] is True


def job(lab, folder, way):
    """The events of a job of ansible-runner, which is what AWX starts."""
    tasks = [
        task("create", {"userid": "zoe"}, diff=True),
        task("list", {"users": [{"userid": "zoe", "role": "boss"}, {"userid": "zac", "email": "zac@example.org"}]}, check_mode=True),
        task("loop", {"userid": "{{ item }}"}, loop=["ann", "a/b", "bob"], ignore_errors=True),
        task("refused", {"userid": "zoe", "state": "gone"}, ignore_errors=True),
    ]
    path = os.pathsep.join((os.path.dirname(sys.executable), os.environ["PATH"]))  # where it looks for ansible-playbook
    variables = {**settings(folder), **environment(lab), "PATH": path}
    files = {
        "project/play.yml": [{"hosts": "here", "gather_facts": False, "vars": {SWITCH: way}, "tasks": tasks}],
        "inventory/hosts.yml": {"all": {"hosts": {"here": LOCAL}}},
        "env/envvars": variables,
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(yaml.safe_dump(content, sort_keys=False))
    command = [sys.executable, "-m", "ansible_runner", "run", str(folder), "-p", "play.yml", "-i", "job", "-q"]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    events = [json.loads(path.read_text()) for path in (folder / "artifacts" / "job" / "job_events").glob("*.json")]
    told = [(event["event"], event.get("event_data", {})) for event in sorted(events, key=lambda event: event["counter"])]
    return [(data["task"], event, data["res"]) for event, data in told if "res" in data]


def test_ansible_runner(lab, tmp_path):
    told = {}
    for way in WAYS:
        prepare(lab)
        (tmp_path / str(way)).mkdir()
        told[way] = job(lab, tmp_path / str(way), way)
        assert {ordinary(result) for _task, _event, result in told[way] if "requests" in result} == {not (way and NEW_ENOUGH)}
    here, there = ([(name, *comparable([(event, result)])) for name, event, result in told[way] if "results" not in result] for way in WAYS)
    assert here == there
    assert [event for name, event, _result in told[True] if name == "loop"] == [
        "runner_item_on_ok",
        "runner_item_on_failed",
        "runner_item_on_ok",
        "runner_on_failed",
    ]
