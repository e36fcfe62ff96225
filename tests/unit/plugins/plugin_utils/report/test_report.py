# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports: what is taken, what is refused, and that nothing of what others typed does anything in any of the three forms."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people import PeopleError
from ansible_collections.workplace.onboarding.plugins.plugin_utils.report import lines, schema, table
from ansible_collections.workplace.onboarding.plugins.plugin_utils.report.page import HERE, to_page

ROOT = Path(__file__).resolve().parents[5]
HEAD = {"kind": "run", "run": "r1", "at": "2026-11-02T02:00:00+01:00", "people": 2}
ZOE = {"login": "zoe", "display_name": "Zoé Fable", "department": "it", "phase": "active"}
LINE = {"person": ZOE, "backend": "ocs", "account": "zoe", "action": "update", "changed": True}
HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    "<!--<script>",
    "]]>\u2028\u2029",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\u202eevil",
    'a";b\nc',
    "$script ${data} {{ 6 * 7 }}",
    "x\ud800y",
]


def data_of(page):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1])


# --- schema ---------------------------------------------------------------------------------------------------------------


def test_checked_lines_have_every_key():
    head, (line,) = schema.checked(HEAD, [LINE])
    assert list(head) == list(schema.HEAD) and head["schema"] == 1 and head["language"] == "en"
    assert list(line) == list(schema.LINE) and list(line["person"]) == list(schema.PERSON)
    assert line["fields"] == [] and line["failed"] is False and line["msg"] is None and line["person"]["site"] is None


def test_everything_wrong_is_said_at_once():
    wrong = [
        {**LINE, "acton": "x", "changed": "yes"},
        {**LINE, "action": "explode", "fields": "groups", "person": {"name": "zoe", "phase": "asleep"}},
        {"backend": "ocs", "action": "none"},
        "zoe",
        {**LINE, "at": "yesterday", "before": {"quota": {1, 2}}, "account": 7},
    ]
    with pytest.raises(PeopleError) as caught:
        schema.checked({"kind": "plot", "at": "2026-11-02", "people": -1, "schema": 2, "when": "now"}, wrong)
    assert caught.value.errors == [
        "head: unknown key when",
        "head: schema must be 1, the schema that this version of the collection writes",
        "head: kind must be one of plan, run, audit",
        "head: run is missing",
        "head: at must be a time like 2026-01-31T02:00:00+01:00",
        "head: people must be a number, 0 or more",
        "line 1: unknown key acton",
        "line 1: changed must be true or false",
        "line 2: action must be one of " + ", ".join(schema.ACTIONS),
        "line 2: fields must be a list of texts",
        "line 2: person: unknown key name",
        "line 2: person: login is missing",
        "line 2: person: phase must be one of " + ", ".join(schema.PHASES),
        "line 3 names neither a person nor an account",
        "line 4 must be a map",
        "line 5: account must be a text",
        "line 5: before must be a map of plain values",
        "line 5: at must be a time like 2026-01-31T02:00:00+01:00",
    ]
    assert str(caught.value).startswith("The report has 18 errors, nothing was taken from it:\n")


@pytest.mark.parametrize("make", [lines.to_json_lines, table.to_csv, to_page])
def test_no_form_is_made_of_what_is_wrong(make):
    with pytest.raises(PeopleError):
        make(HEAD, [{**LINE, "password": "hunter2"}])


SECRETS = [
    "password", "user_password", "passwd", "passphrase", "secret", "client_secret", "token", "api_token", "access_tokens", "api_key",
    "API-Key", "private_key", "extra.pwd", "mdp", "mot_de_passe", "credentials",
]  # fmt: skip


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("make", [lines.to_json_lines, table.to_csv, to_page])
def test_no_form_shows_a_secret(make, name):
    text = make(
        {**HEAD, "policy": {name: "hunter2"}},
        [{**LINE, "before": {name: ["hunter2"]}, "after": {"attributes": {name: "hunter2"}, name: {"a": "hunter2"}}}],
    )
    assert "hunter2" not in text


def test_what_is_no_secret_is_shown():
    _head, (line,) = schema.checked(HEAD, [{**LINE, "after": {"password_must_change": True, "secretary": "noor", "password": None}}])
    assert line["after"] == {"password_must_change": True, "secretary": "noor", "password": None}


def test_the_documentation_has_every_key_and_word():
    text = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    for name in (*schema.HEAD, *schema.PERSON, *schema.LINE, *schema.ACTIONS, *schema.PHASES):
        assert f"`{name}`" in text, name


# --- JSON lines ------------------------------------------------------------------------------------------------------------


def test_json_lines_read_back_are_the_same():
    texts = [{**LINE, "msg": each, "after": {"name": each}} for each in HOSTILE]
    text = lines.to_json_lines(HEAD, texts)
    assert lines.from_json_lines("\ufeff" + text) == schema.checked(HEAD, texts)
    assert len(text.split("\n")) == len(HOSTILE) + 2
    for broken, why in (("", "the file is empty"), (text + "{", "row 14 is not JSON"), ("[]\n", "head must be a map")):
        with pytest.raises(PeopleError, match=why):
            lines.from_json_lines(broken)


# --- CSV -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_reads_back_and_runs_nothing(delimiter):
    given = [{**LINE, "person": {**ZOE, "display_name": each}, "account": each, "fields": [each, "b"]} for each in HOSTILE]
    text = table.to_csv(HEAD, given, delimiter)
    assert text.startswith("\ufeff") and "\r\n" in text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))
    assert len(rows) == len(HOSTILE) and list(rows[0]) == table.COLUMNS
    for row, each in zip(rows, HOSTILE):
        clean = schema.text(each)
        assert row["display_name"] in (clean, "'" + clean)
        assert all(not re.match(r"\s*[=+\-@]", cell) for cell in row.values()), row
    assert rows[0]["changed"] == "yes" and rows[0]["failed"] == "no" and rows[0]["report_run"] == "r1"


def test_csv_delimiter_is_one_of_three():
    with pytest.raises(PeopleError, match="delimiter"):
        table.to_csv(HEAD, [], "|")


# --- page ------------------------------------------------------------------------------------------------------------------


def test_nothing_that_others_typed_is_markup_on_the_page():
    plain = to_page(HEAD, [LINE])
    for each in HOSTILE:
        head = {**HEAD, "run": each, "organisation": each, "instances": {"ocs": each, each: "x"}, "awx_job": each}
        person = dict.fromkeys(("login", "employee_number", "display_name", "department", "site"), each)
        line = {
            **LINE,
            "person": {**person, "phase": None},
            "backend": each,
            "instance": each,
            "account": each,
            "msg": each,
            "reason": each,
        }
        page = to_page({**head, "policy": {each: each}, "notes": [each]}, [{**line, "fields": [each], "before": {each: each}}])
        for mark in ("<script", "</script", "<img", "<!--", "<style"):
            assert page.count(mark) == plain.count(mark), (mark, each)
        raw = re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1]
        assert not re.search("[<>&\u2028\u2029]", raw)
        assert data_of(page)["rows"][0][0] == schema.text(each)


def test_the_page_forbids_the_network_and_names_no_address():
    page = to_page(HEAD, [LINE])
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-") and "unsafe" not in policy and "http" not in policy
    assert not re.search(r"https?:|//[a-z]|@import|url\(|\bsrc=|\bhref=|\son\w+=|innerHTML|eval\(", page)


def test_the_page_says_the_counts_without_javascript_in_both_languages():
    given = [{**LINE, "failed": True}, {**LINE, "person": None, "account": "old", "action": "none", "changed": False, "orphan": True}]
    for language, words in (
        ("en", ["Run: what was done", "orphans", "JavaScript is off"]),
        ("fr", ["orphelins", "JavaScript est désactivé"]),
    ):
        page = to_page({**HEAD, "language": language, "people": 12345}, given)
        assert f'<html lang="{language}"' in page and all(word in page for word in words)
        assert "12\u00a0345" in page
        assert re.search(r'data-show="orphan"><b data-n="1">1</b>', page) and re.search(r'data-show="failed"><b data-n="1">1</b>', page)


def test_both_languages_have_every_text_that_is_used():
    texts = json.loads((HERE / "texts.json").read_text(encoding="utf-8"))
    assert all(set(each) == {"en", "fr"} and all(each.values()) for each in texts.values())
    script = (HERE / "page.js").read_text(encoding="utf-8") + (HERE / "page.html").read_text(encoding="utf-8")
    used = set(re.findall(r'(?:\bt\("|data-t(?:-label|-placeholder)?=")([\w.]+)"', script))
    assert used and used <= set(texts), used - set(texts)
    for kind in ("do", "done"):
        assert {f"{kind}.{word}" for word in (*schema.ACTIONS, "failed", "missing", "orphan")} <= set(texts)
    assert {f"phase.{phase}" for phase in schema.PHASES} | {f"kind.{kind}" for kind in schema.KINDS} <= set(texts)


def test_lines_without_an_instance_share_the_column_of_the_head():
    given = [LINE, {**LINE, "instance": "drive"}, {**LINE, "instance": "other"}, {**LINE, "backend": "sixth"}]
    columns = data_of(to_page({**HEAD, "instances": {"ocs": "drive", "micetro": "ipam"}}, given))["columns"]
    assert columns == [["ocs", "drive"], ["micetro", "ipam"], ["ocs", "other"], ["sixth", ""]]
    assert data_of(to_page(HEAD, [{**LINE, "instance": "drive"}, {**LINE, "backend": "b"}]))["columns"] == [["ocs", "drive"], ["b", ""]]


def test_an_instance_named_later_does_not_lose_the_lines_before_it():
    assert data_of(to_page(HEAD, [LINE, {**LINE, "instance": "drive"}, LINE]))["columns"] == [["ocs", ""], ["ocs", "drive"]]


def test_five_thousand_people_with_everything_changed_stay_below_ten_megabytes():
    given = []
    for number in range(5000):
        person = {"login": f"person{number}", "employee_number": f"{number:06}", "display_name": f"Zoé Number {number}", "department": "it"}
        after = {f"field_{name}": f"{name} of {number}" for name in "abcdefgh"}
        for backend in ("bluemind", "iredmail", "ldapsaisie", "micetro", "ocs"):
            given.append(
                {**LINE, "person": person, "backend": backend, "account": f"person{number}@example.org", "before": after, "after": after}
            )
    page = to_page({**HEAD, "people": 5000}, given)
    assert len(page.encode()) < 10_000_000
    assert len(data_of(page)["rows"]) == 5000
