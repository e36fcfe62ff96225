# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Imports and exports: the server says updated of what it did not change, and drops words that it does not like."""

from __future__ import annotations

import json
import os
import stat

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.core.errors import InvalidInput
from ansible_collections.workplace.onboarding.plugins.module_utils.ldapsaisie.table import parse
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.ldapsaisie import COLUMNS, dn, seeded

LAB = {"type": "LSlab", "io_format": "labcsv", "columns": COLUMNS}
HEAD = "cn,title,desc,active\n"
NAMES = {
    "login": "uid",
    "civility": "personalTitle",
    "firstname": "givenName",
    "name": "sn",
    "password": "userPassword",
    "gid": "gidNumber",
    "shell": "loginShell",
}
PEOPLE = {"type": "LSpeople", "io_format": "mycsv", "columns": NAMES}
CELLS = "login;civility;firstname;name;mail;password;gid;shell\n"


def line(uid, password="Fill3r-pw", **more):
    cells = {
        "civility": "M.",
        "firstname": uid.capitalize(),
        "name": "Parable",
        "mail": f"{uid}@example.org",
        "gid": "102001",
        "shell": "no",
    }
    cells.update(more)
    keys = ("civility", "firstname", "name", "mail")
    return ";".join([uid, *(cells[key] for key in keys), password, cells["gid"], cells["shell"]]) + "\n"


def converges(ls, **options):
    foretold = ls("import", check=True, **options)
    assert ls.wrote() == []
    result = ls.ok("import", **options)
    assert {**foretold, "requests": 0} == {**result, "requests": 0}
    wrote = list(ls.backend.writes())
    again = ls.ok("import", **options)
    assert again["changed"] is False and ls.wrote() == [] and again["summary"]["unchanged"] == again["summary"]["total"]
    ls.last = wrote
    return result


def box(name):
    return f"cn={name},ou=lab,o=ls"


def test_rows_are_imported_and_then_unchanged(ls):
    result = converges(ls, **LAB, content=HEAD + 'r1,"One, two",a|b,yes\nr2,,,no\n')
    assert [item["name"] for item in result["objects"]] == [box("r1"), box("r2")]
    assert result["summary"]["created"] == 2
    assert ls.attributes(box("r1"))["description"] == ["a", "b"]


def test_an_unchanged_import_takes_one_search(ls):
    text = HEAD + "".join(f"r{number},T,a|b,yes\n" for number in range(300))
    ls.ok("import", **LAB, content=text)
    result = ls.ok("import", **LAB, content=text)
    assert result["requests"] == {"reads": 2, "writes": 0} and ls.read() == ["LSlab"] and result["changed"] is False


def test_only_rows_that_differ_are_sent_as_they_stand(ls):
    ls.ok("import", **LAB, content=HEAD + "r1,T,a|b,yes\nr2,T,,no\n")
    wish = {**LAB, "content": HEAD + 'r1,T,b|a,yes\n\nr2,"New ""title""",,no\nr3,"a\nb",,\n'}
    result = ls.ok("import", **wish)
    (entry,) = ls.backend.writes()
    assert entry.body == HEAD + 'r3,"a\nb",,\n' and entry.query["updateIfExists"] == "0"
    assert result["warnings"] == [f"{box('r2')} exists and differs in title: it was left alone, for update_existing is false"]
    result = converges(ls, **wish, update_existing=True)
    assert ls.last[0].body == HEAD + 'r2,"New ""title""",,no\n'
    assert result["objects"] == [
        {"name": box("r2"), "line": 4, "action": "update", "changed": True, "failed": False, "fields": ["title"]},
    ]


def test_an_empty_cell_clears(ls):
    ls.ok("import", **LAB, content=HEAD + "r1,T,a,yes\n")
    converges(ls, **LAB, content=HEAD + "r1,,,yes\n", update_existing=True)
    assert "title" not in ls.attributes(box("r1"))


def test_passwords_are_not_compared(ls):
    converges(ls, **PEOPLE, content=CELLS + line("new"))
    assert ls("import", **PEOPLE, content=CELLS + line("new", password="An0ther-pw"), update_existing=True)["changed"] is False
    assert "LSpeople/import" not in ls.wrote()


@pytest.mark.parametrize("on_error", ["continue", "stop"])
def test_wrong_rows_are_told_from_the_others(ls, on_error):
    text = CELLS + line("good") + line("b d", mail="nonsense") + line("zoe", name="Other")
    for check in (True, False):
        result = ls("import", check=check, **PEOPLE, content=text, on_error=on_error)
        assert result["failed"]
        wrong = {item["name"]: item["msg"] for item in result["objects"] if item["failed"]}
        assert "mail: Given email address is invalid" in wrong["b d"]
        assert ("good" in " ".join(wrong)) is (on_error == "stop")
        assert result["changed"] is (on_error == "continue")
    assert bool(ls.attributes(dn("good"))) is (on_error == "continue")


def test_where_the_server_tells_no_rows_they_are_told_all_the_same(ls):
    """An error with a code takes the place of what it knows about the rows (chapter 3.7)."""
    text = CELLS + line("good") + line("bad", mail="nonsense") + line("worse", name="")
    result = ls("import", **PEOPLE, content=text)
    assert {item["name"]: item["failed"] for item in result["objects"]} == {dn("good"): False, "bad": True, "worse": True}
    assert ls.attributes(dn("good")) and not ls.attributes(dn("bad"))
    result = ls("import", **{**PEOPLE, "columns": {"login": "uid"}}, content="login\nnew\n")
    assert result["failed"] and "The value of the attribute Last Name can't be generated" in result["msg"]


def test_what_must_be_unique_is_found_at_the_import(ls):
    ls.backend.seed(objects=[{"type": "LSlab", "dn": "cn=r1,ou=elsewhere,o=ls", "attributes": {"cn": "r1"}}])
    text = HEAD + "r1,T,,yes\nr2,T,,yes\n"
    result = ls("import", **LAB, content=text)
    assert result["summary"]["created"] == 1 and ls.attributes(box("r2"))


def test_words_that_would_delete_a_boolean(ls):
    ls.ok("import", **LAB, content=HEAD + "r1,T,,yes\n")
    result = ls("import", **LAB, content=HEAD + "r2,T,,true\nr3,T,,no\n")
    assert "pwdLockout is yes or no, and with 'true' the server would delete it" in result["msg"]
    assert ls.attributes(box("r3")) and not ls.attributes(box("r2"))
    result = ls("import", **LAB, content=HEAD + "r4,T,,perhaps\n")
    assert result["objects"][0]["dropped"] == ["pwdLockout"] and result["failed"] and result["changed"] is True
    result = ls.ok("import", **LAB, content=HEAD + "r5,T,,perhaps\n", on_unconverged="warn")
    assert "did not store it as asked" in result["warnings"][0]
    message = ls.bad("import", **LAB, content=HEAD + "r6,T,,perhaps\n", attribute_types={"pwdLockout": "boolean"})
    assert "would delete it" in message and ls.wrote() == []


def test_what_was_not_stored_is_noticed(ls):
    ls.backend.fault("drop", path="/import", skip=1, fields=["title"])
    result = ls("import", **LAB, content=HEAD + "r1,T,,yes\n")
    assert result["objects"][0]["dropped"] == ["title"] and "accepted title and did not store it" in result["msg"]
    ls.backend.fault("drop", path="/import", skip=1, fields=["object"])
    assert "accepted it and did not keep it" in ls.bad("import", **LAB, content=HEAD + "r2,T,,yes\n")


@pytest.mark.parametrize("fault", [{"kind": "lost"}, {"kind": "truncate"}, {"kind": "locked", "effect": True}])
def test_an_import_that_breaks_is_read_back(ls, fault):
    ls.backend.fault(path="/import", skip=1, **fault)
    result = ls.ok("import", **LAB, content=HEAD + "r1,T,,yes\n")
    assert result["changed"] is True and ls.wrote() == ["LSlab/import"]
    assert "the import was read back, for " in result["warnings"][0]
    ls.backend.fault("locked", path="/import", skip=1)
    result = ls("import", **LAB, content=HEAD + "r2,T,,yes\n")
    assert result["failed"] and result["changed"] is False and "fatal error" in result["msg"]


@pytest.mark.parametrize("policy", ["fail", "warn"])
@pytest.mark.parametrize(
    "fault", [{"kind": "status", "status": 502}, {"kind": "locked"}, {"kind": "empty"}, {"kind": "refusal", "code": "LSsession_11"}]
)
def test_an_import_that_did_not_happen_is_no_loss_of_values(ls, fault, policy):
    ls.ok("import", **LAB, content=HEAD + "r1,T,,yes\n")
    ls.backend.fault(path="/import", skip=1, **fault)
    wish = {**LAB, "content": HEAD + "r1,U,,yes\n", "update_existing": True, "on_unconverged": policy}
    result = ls("import", **wish)
    assert result["failed"] and result["changed"] is False and "dropped" not in result["objects"][0]
    ls.backend.fault("lost", path="/import", skip=1, effect=False)
    ls.backend.fault("lost", path="LSlab$", skip=1, times=None)
    result = ls("import", **wish)
    assert result["failed"] and result["changed"] is False and "whether it took effect could not be read" in result["msg"]


def test_the_own_account_is_not_imported_over(ls):
    ls.backend.seed(admins=[ls.backend.account_dn, dn("zoe")])
    for login in ("zoe", "zoe@example.org"):
        as_zoe = {**ls.connection(), "api_username": login, "api_password": "Seed3d-pw"}
        for check in (True, False):
            result = ls("import", login=as_zoe, check=check, **PEOPLE, content=CELLS + line("zoe", name="Other"), update_existing=True)
            assert "would set its password again" in result["msg"] and ls.wrote() == [] and result["changed"] is False


def test_passwords_of_rows_are_shown_to_nobody(ls):
    """Also those of a column that is not compared, and in the words of the server about another row."""
    text = CELLS + line("new", password="T0psecret!") + line("other", mail="nonsense")
    ls.backend.fault("refusal", path="/import", code="LSsession_11", message="echo T0psecret!")
    for columns in (NAMES, {**NAMES, "password": ""}):
        result = ls("import", **{**PEOPLE, "columns": columns}, content=text)
        assert result["failed"] and "T0psecret!" not in json.dumps(result)


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("", {}, "there is no line with the names"),
        (HEAD, {}, "there are no rows"),
        (HEAD + "a,b\n", {}, "line 2 has 2 cells and the first line 4"),
        (HEAD + 'a,b,"c,d\n', {}, "line 2"),
        (HEAD + "a,********,,\n", {}, "an export cannot be imported"),
        (HEAD + "a,b,,\n", {"columns": {"nosuch": "x"}}, "columns names nosuch"),
        (HEAD + "a,b,,\n", {"columns": {"title": "cn"}}, "two columns hold cn"),
        ("cn,displayName\na,b\n", {"columns": {}}, "displayName cannot be compared by a search"),
        (HEAD + "a,b,,\n", {"type": "L S"}, "it is not the name of a type"),
        (HEAD + "a,b,,\n", {"attribute_types": {"title": "word"}}, "title must be one of text"),
    ],
)
def test_what_is_no_table_is_refused_before_the_first_request(ls, text, options, words):
    assert words in ls.bad("import", **{**LAB, "content": text, **options}) and len(ls.backend.log) == 0


def test_what_the_server_does_not_take(ls):
    row = HEAD + "r1,T,,yes\n"
    assert "input/output format nope invalid" in ls.bad("import", **{**LAB, "io_format": "nope", "content": row})
    assert "say in columns which attribute each column holds" in ls.bad("import", **{**LAB, "columns": {}, "content": row})
    ls.backend.seed(objects=[seeded("any")])
    message = ls.bad("import", **{**PEOPLE, "columns": {**NAMES, "login": ""}}, content=CELLS + line("new"))
    assert "no column holds uid" in message
    message = ls.bad("import", **LAB, content=HEAD + "r1,T,,yes\nR1,U,,yes\n")
    assert "lines 2 and 3 are the same object" in message
    assert "LSsession_11" in ls.bad("import", **{**LAB, "type": "LScompany", "columns": {}, "content": "ou\nacme\n"})
    assert ls.wrote() == []


def test_a_file(ls, tmp_path):
    path = tmp_path / "rooms.csv"
    path.write_bytes(b"\xef\xbb\xbfcn;title\r\nr1;T\xc3\xa9\r\n")
    assert ls.bad("import", **{**LAB, "columns": {}}, src=str(tmp_path / "none.csv")).endswith("No such file or directory")
    rows = parse(path.read_bytes().decode(), {}, None)
    assert rows.head == "cn;title\r\n" and rows.rows[0].cells == {"cn": "r1", "title": "Té"}
    path.write_text("cn,title\nr1,Té", encoding="utf-8")
    converges(ls, **{**LAB, "columns": {}}, src=str(path))
    assert ls.attributes(box("r1"))["title"] == ["Té"]
    path.write_bytes(b"cn,title\nr1,\xff\n")
    assert "it is not UTF-8" in ls.bad("import", **{**LAB, "columns": {}}, src=str(path))


def test_records_may_span_lines_and_be_separated_otherwise():
    table = parse('cn\ttitle\na\t"x\n\ty"\n\nb\tz\n', {}, None)
    assert [(row.number, row.cells["title"]) for row in table.rows] == [(2, "x\n\ty"), (5, "z")]
    assert "".join(row.text for row in table.rows) == 'a\t"x\n\ty"\nb\tz\n'
    assert parse("cn|title\na|b\n", {}, "|").attributes == ["cn", "title"]
    with pytest.raises(InvalidInput):
        parse('cn\n"a" b\n', {}, None)


# Export


def test_an_export_is_written_when_it_differs(ls, tmp_path):
    wish = {"type": "LSpeople", "io_format": "mycsv", "dest": str(tmp_path / "people.csv")}
    foretold = ls.ok("export", check=True, **wish)
    assert foretold["changed"] is True and not os.path.exists(wish["dest"])
    result = ls.ok("export", **wish)
    assert {**foretold, "requests": 0} == {**result, "requests": 0} and len(result["checksum"]) == 64
    assert stat.S_IMODE(os.stat(wish["dest"]).st_mode) == 0o600
    with open(wish["dest"], encoding="utf-8") as stream:
        assert "zoe;M.;Zoe;Parable;zoe@example.org;********;102001;no\n" in stream.read()
    assert ls.ok("export", **wish)["changed"] is False
    os.chmod(wish["dest"], 0o644)
    assert ls.ok("export", **wish)["changed"] is True
    ls.backend.seed(objects=[{"type": "LSpeople", "attributes": {"uid": "zoe", "sn": "Fable"}}])
    assert ls.ok("export", **wish)["changed"] is True
    assert ls.wrote() == []


def test_half_an_export_is_none(ls, tmp_path):
    wish = {"type": "LSpeople", "io_format": "mycsv", "dest": str(tmp_path / "people.csv")}
    ls.backend.fault("truncate", path="/export")
    assert "the export was cut" in ls.bad("export", **wish) and not os.path.exists(wish["dest"])


def test_exports_that_cannot_be(ls, tmp_path):
    wish = {"type": "LSpeople", "io_format": "mycsv", "dest": str(tmp_path / "people.csv")}
    assert "input/output format nope invalid" in ls.bad("export", **{**wish, "io_format": "nope"})
    assert "No import/export format" in ls.bad("export", **{**wish, "type": "LSgroup"})
    assert "is not a folder" in ls.bad("export", **{**wish, "dest": str(tmp_path / "none" / "x")})
    assert not os.path.exists(wish["dest"])
