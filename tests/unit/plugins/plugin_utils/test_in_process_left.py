# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A time-out and Ctrl-C end a task at once, with eight threads under way: nothing is written behind the user's back, nothing twice."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from ansible_collections.workplace.onboarding.plugins.plugin_utils.in_process import NEW_ENOUGH
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.parity.play import SWITCH, play

USER = "workplace.onboarding.ocs_user"
MANY, WORKERS = 100, 8
SLOW = 0.5  # seconds that each creation takes, so that all of them take at least six; and each edit
FIELDS = ("address", "biography", "display_name", "headline", "organisation", "pronouns", "role")  # one call each
KNOWN = [f"known-{number:02}" for number in range(2 * WORKERS)]
WAYS = {"in process": True, "ordinary": False}


def people(name):
    return [f"{name.replace(' ', '-')}-{number:03}" for number in range(MANY)]


def creating(name, cause, **keywords):
    """A task with many users, whose ids say which task it was."""
    users = [{"userid": login, "email": f"{login}@example.org"} for login in people(f"{cause} {name}")]
    return {"name": name, "vars": {SWITCH: WAYS[name]}, **keywords, USER: {"users": users, "workers": WORKERS}}


@pytest.fixture(scope="module")
def lab():
    with Lab() as server:
        server.ocs.knobs.edit_limit = 1000
        server.ocs.seed(users=[{"id": login} for login in KNOWN])
        for method in ("POST", "PUT"):
            server.ocs.fault("delay", method=method, path="/users", seconds=SLOW, times=None)
        yield server


def created(lab, cause, name=""):
    """How often each was created."""
    wanted = f"{cause} {name}".strip().replace(" ", "-")
    # A process that was ended in the middle of a request leaves one without a body.
    ids = (entry.body["userid"] for entry in lab.ocs.log if entry.method == "POST" and entry.path.endswith("/users") and entry.body)
    return Counter(login for login in ids if login.startswith(wanted))


def edited(lab, value):
    return [entry for entry in lab.ocs.log if entry.method == "PUT" and entry.body and entry.body["value"] == value]


def quiet(lab):
    """Wait until what was sent is answered; the number of writes."""
    time.sleep(3 * SLOW)
    return len(lab.ocs.writes())


def options_of(lab):
    connection = {"api_username": lab.ocs.username, "api_password": lab.ocs.password}
    return {"environment": {"OCS_URL": lab.ocs.url}, "module_defaults": {"group/workplace.onboarding.ocs": connection}}


@pytest.fixture(scope="module")
def timed_out(lab, tmp_path_factory):
    """Both ways in one play, and how much was written behind it."""
    edits = [{"userid": login, **dict.fromkeys(FIELDS, "new")} for login in KNOWN]
    roles = [{"userid": login, "role": "late"} for login in KNOWN[:3]]
    tasks = [
        {"name": "wait", "timeout": 2, USER: {"users": roles, "workers": WORKERS, "edit_limit": 2, "edit_window": 600}},
        {"name": "edit", "timeout": 1, USER: {"users": edits, "workers": WORKERS, "edit_limit": 0}},
        {"name": "meanwhile", "ansible.builtin.pause": {"seconds": len(FIELDS) * SLOW}},
        *(creating(name, "late", timeout=3) for name in WAYS),
    ]
    played = play(tmp_path_factory.mktemp("late"), tasks, **options_of(lab))
    written = len(lab.ocs.writes())
    return played, quiet(lab) - written


@pytest.fixture(scope="module")
def interrupted(lab, tmp_path_factory):
    """By way: the play, and how much was written behind it."""
    out = {}
    for name in WAYS:
        played = play(
            tmp_path_factory.mktemp("gone"),
            [creating(name, "gone"), {"name": "next", "ansible.builtin.debug": {}}],
            interrupt=lambda name=name: len(created(lab, "gone", name)) >= WORKERS,
            **options_of(lab),
        )
        written = len(lab.ocs.writes())
        out[name] = played, quiet(lab) - written
    return out


@pytest.fixture(scope="module")
def completed(lab, timed_out, interrupted, tmp_path_factory):
    """The same tasks once more, with time."""
    lab.ocs.faults.clear()
    tasks = [{**creating(name, cause), "name": f"{cause} {name}"} for cause in ("late", "gone") for name in WAYS]
    before = {task["name"]: created(lab, task["name"]) for task in tasks}
    return play(tmp_path_factory.mktemp("again"), tasks, **options_of(lab)), before


@pytest.mark.parametrize("name", WAYS)
def test_a_time_out_ends_the_task_at_once_and_claims_nothing(timed_out, lab, name):
    played, _behind = timed_out
    ((event, result),) = played.results[name]
    assert event == "failed" and "Timed out after 3 second" in result["msg"]
    assert not {"users", "summary", "diff"} & set(result) and result.get("changed") in (None, False)
    assert 0 < len(created(lab, "late", name)) < MANY / 2 + WORKERS


def test_nothing_is_written_behind_a_play_that_timed_out(timed_out):
    _played, behind = timed_out
    assert behind <= WORKERS


def test_threads_that_wait_for_the_budget_hold_nobody_up(timed_out):
    played, _behind = timed_out
    assert "Timed out" in played.one("wait")["msg"]
    assert played.seconds < 300  # half of what they would wait


def test_an_object_under_way_is_not_written_to_its_end(timed_out, lab):
    played, _behind = timed_out
    assert "Timed out" in played.one("edit")["msg"]
    assert 0 < len(edited(lab, "new")) < len(FIELDS) * WORKERS  # without that the eight under way would be


@pytest.mark.skipif(not NEW_ENOUGH, reason="this ansible-core always takes the ordinary way")
def test_the_result_in_process_says_how_much_was_sent(timed_out, lab):
    played, _behind = timed_out
    (warning,) = played.one("in process")["warnings"]
    assert f"after sending {len(created(lab, 'late', 'in process'))} writes" in warning
    for name, value in (("edit", "new"), ("wait", "late")):
        (warning,) = played.one(name)["warnings"]
        assert f"after sending {len(edited(lab, value))} writes" in warning


@pytest.mark.parametrize("name", WAYS)
def test_ctrl_c_ends_the_play_at_once(interrupted, lab, name):
    played, behind = interrupted[name]
    assert played.status != 0 and "next" not in played.results
    assert played.seconds < MANY * SLOW / WORKERS
    assert behind <= WORKERS
    assert WORKERS <= len(created(lab, "gone", name)) < MANY


@pytest.mark.parametrize("cause", ["late", "gone"])
@pytest.mark.parametrize("name", WAYS)
def test_the_next_run_does_the_rest_and_nothing_twice(completed, lab, cause, name):
    played, before = completed
    task = f"{cause} {name}"
    result = played.one(task)
    assert result["summary"]["created"] == MANY - len(before[task])
    assert result["summary"]["unchanged"] == len(before[task])
    assert created(lab, task) == Counter(people(task))
