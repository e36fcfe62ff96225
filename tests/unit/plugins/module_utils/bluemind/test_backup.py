# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import time

import pytest

HOUR = 3600


@pytest.fixture
def saved(bm):
    """A server with a good backup of two hours ago, and one with errors after it."""
    now = int(time.time() * 1000)
    bm.backend.seed(generations=[{"id": 7, "at": now - 2 * HOUR * 1000}, {"id": 8, "at": now - HOUR * 1000, "outcome": "errors"}])
    return bm


def test_each_run_starts_one_and_waits_for_it(bm):
    for number in (1, 2):
        result = bm.ok("bluemind_backup")
        assert result["changed"] and bm.wrote() == ["POST dataprotect/_backup"]
        assert result["status"] == "Backup finished successfully" and result["backup"]["id"] == number and result["backup"]["good"]
    assert [each["id"] for each in bm.ok("bluemind_backup_info")["backups"]] == [2, 1]


def test_check_mode_starts_nothing(bm):
    assert bm.ok("bluemind_backup", check=True)["changed"] and bm.wrote() == []
    assert bm.backend.store.tasks == {}


def test_only_when_the_last_good_one_is_too_old(saved):
    result = saved.quiet("bluemind_backup", max_age="3h")
    assert result["backup"]["id"] == 7
    assert saved.ok("bluemind_backup", check=True, max_age="90m")["changed"]
    assert saved.ok("bluemind_backup", max_age="90m")["backup"]["id"] == 9
    saved.quiet("bluemind_backup", max_age="90m")


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("errors", "Backup finished with errors"), ("unsuitable", "is not suitable for backup")],
)
def test_one_that_fails_was_started_all_the_same(bm, outcome, words):
    bm.backend.change_knobs({"backup": outcome})
    result = bm("bluemind_backup")
    assert result["failed"] and result["changed"] and words in result["msg"]


@pytest.mark.parametrize("outcome", ["warnings", "script"])
def test_one_with_warnings_is_good_and_warns(bm, outcome):
    bm.backend.change_knobs({"backup": outcome})
    result = bm.ok("bluemind_backup")
    assert result["backup"]["good"] and len(result["warnings"]) == 1


def test_looks_ever_less_often_and_not_for_ever(bm, pauses):
    bm.backend.change_knobs({"task_polls": None, "task_seconds": 3 * HOUR})
    assert bm.ok("bluemind_backup")["changed"]
    assert pauses == sorted(pauses) and pauses[-1] == 30
    bm.backend.change_knobs({"task_seconds": None})
    result = bm("bluemind_backup", wait_timeout=600)
    assert result["changed"] and "has not ended after 600 seconds (wait_timeout); it goes on at the server" in result["msg"]


def test_not_waited_for(bm):
    result = bm.ok("bluemind_backup", wait=False)
    assert result["changed"] and result["task"] in bm.backend.store.tasks and "backup" not in result


def test_a_look_at_it_may_fail(bm):
    bm.backend.fault("truncate", method="GET", path="/tasks/", times=3)
    assert bm.ok("bluemind_backup")["status"] == "Backup finished successfully"
    bm.backend.fault("truncate", method="GET", path="/tasks/", times=None)
    result = bm("bluemind_backup")
    assert result["failed"] and result["changed"] and "the answer is not complete JSON" in result["msg"]


def test_an_answer_that_names_no_task(bm):
    bm.backend.fault("empty", method="POST", path="_backup")
    message = bm.bad("bluemind_backup")
    assert "the answer names no task; whether a backup was started cannot be read" in message


def test_a_lost_answer_is_not_repeated(bm):
    bm.backend.fault("lost", method="POST", path="_backup")
    assert "whether a backup was started cannot be read" in bm.bad("bluemind_backup")
    assert len(bm.wrote()) == 1


def test_success_without_a_backup_is_none(bm):
    bm.backend.fault("drop", method="POST", path="_backup", fields=["backup"])
    result = bm("bluemind_backup")
    assert result["failed"] and "the server holds no good one of it" in result["msg"]


def test_bad_input_is_refused_before_the_first_request(bm):
    for wish, why in (
        ({"max_age": "20"}, "give a number and its unit"),
        ({"max_age": "a day"}, "such as 20h"),
        ({"wait_timeout": 0}, "at least 1"),
    ):
        assert why in bm.bad("bluemind_backup", **wish)
        assert len(bm.backend.log) == 0


def test_what_is_kept(saved):
    found = saved.ok("bluemind_backup_info")
    assert [(each["id"], each["good"]) for each in found["backups"]] == [(8, False), (7, True)]
    assert found["last_good"]["id"] == 7 and set(found["retention"]) == {"daily", "weekly", "monthly"}
    saved.backend.store.generations.clear()
    assert "last_good" not in saved.ok("bluemind_backup_info")


def test_needs_the_right(saved):
    result = saved("bluemind_backup", account=saved.delegate)
    assert "PERMISSION_DENIED" in result["msg"] and not result["changed"]
