# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Nobody is given a secret twice, whatever happened in between."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from ansible_collections.workplace.onboarding.plugins.plugin_utils.hand_over import Records
from ansible_collections.workplace.onboarding.plugins.plugin_utils.kept_files import Directory
from ansible_collections.workplace.onboarding.plugins.plugin_utils.secret_policy import SecretError


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "secrets"
    path.mkdir(mode=0o700)
    for login in ("zoe", "gus", "anna"):
        (path / f"{login}.vault").touch(mode=0o600)
    return Records(Directory(str(path), {}))


def begin(records, login, again=()):
    return records.begin(login, "root", "letter", ["ocs"], again)


def states(records, **asked):
    found = records.due(asked.get("logins"), asked.get("again", ()))
    return {name: [each if isinstance(each, str) else each["login"] for each in found[name]] for name in found}


def test_everybody_with_secrets_is_due(records):
    assert states(records) == {"due": ["anna", "gus", "zoe"], "done": [], "unfinished": []}
    assert states(records, logins=["zoe", "new"])["due"] == ["zoe", "new"]
    assert list(records.directory.path.glob("*.json")) == []
    assert Records(Directory(str(records.directory.path.parent / "none"), {})).due(None)["due"] == []


def test_who_was_given_theirs_is_due_no_more(records):
    begin(records, "zoe")
    record = records.end("zoe", "done")
    assert {name: record[name] for name in ("login", "state", "by", "means", "systems")} == {
        "login": "zoe",
        "state": "done",
        "by": "root",
        "means": "letter",
        "systems": ["ocs"],
    }
    assert states(records) == {"due": ["anna", "gus"], "done": ["zoe"], "unfinished": []}
    assert states(records, logins=["ZOE"])["done"] == ["zoe"]
    path = records.directory.path / "zoe.handed_over.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and json.loads(path.read_text()) == record


@pytest.mark.parametrize("state", ["begun", "failed"])
def test_what_was_not_ended_well_is_for_somebody_to_decide(records, state):
    begin(records, "zoe")
    if state == "failed":
        records.end("zoe", "failed")
    assert states(records) == {"due": ["anna", "gus"], "done": [], "unfinished": ["zoe"]}
    assert states(records, again=["unfinished"])["due"] == ["anna", "gus", "zoe"]
    with pytest.raises(SecretError, match=f"the secrets of zoe were handed over before .{state}"):
        begin(records, "zoe")
    begin(records, "zoe", ["unfinished"])
    records.end("zoe", "done")
    assert states(records)["done"] == ["zoe"]


def test_again_only_when_asked_and_remembered(records):
    begin(records, "zoe")
    records.end("zoe", "done")
    for again in ((), ("gus",), ("unfinished",)):
        assert "zoe" not in states(records, again=again)["due"]
        with pytest.raises(SecretError):
            begin(records, "zoe", again)
    for number, again in enumerate((["all"], ["ZOE"]), start=1):
        assert "zoe" in states(records, again=again)["due"]
        begin(records, "zoe", again)
        assert len(records.end("zoe", "done")["earlier"]) == number


def test_two_runs_at_once_begin_once(records):
    def attempt(_number):
        try:
            return begin(records, "zoe")["state"]
        except SecretError:
            return "refused"

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(attempt, range(8))) == ["begun"] + ["refused"] * 7


def test_only_what_was_begun_ends(records):
    for _time in range(2):
        with pytest.raises(SecretError, match="no hand-over to zoe was begun"):
            records.end("zoe", "done")
        begin(records, "zoe", ["all"])
        records.end("zoe", "failed")


@pytest.mark.parametrize("text", ["", "[]", '{"state": "done", "login": "gus"}', '{"state": "gone", "login": "zoe"}', "\udcff"])
def test_a_record_of_other_hands_is_named(records, text):
    path = records.directory.path / "zoe.handed_over.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    path.chmod(0o600)
    with pytest.raises(SecretError, match=r"zoe\.handed_over\.json is no record of a hand-over to zoe"):
        states(records)


@pytest.mark.parametrize("login", ["../zoe", "", ".zoe"])
def test_no_name_leads_out(records, login):
    for action in (lambda: begin(records, login), lambda: records.end(login, "done"), lambda: records.due([login])):
        with pytest.raises(SecretError, match="is no login"):
            action()
