# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Directories and levels (chapter 1.6): what is meant must be what is written to, or nothing."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.ldapsaisie import attributes, dn, seeded

ACME = "ou=acme,ou=companies,o=ls"
INSIDE = f"uid=new,ou=people,{ACME}"
LEVEL = {"ldap_server": 1, "top_dn": ACME}
NEW = {"type": "LSpeople", "dn": INSIDE, "attributes": attributes("new"), "passwords": {"userPassword": "Fill3r-pw"}}


@pytest.fixture
def acme(ls):
    ls.backend.seed(objects=[{"type": "LScompany", "attributes": {"ou": "acme"}}, {**seeded("inside"), "level": ACME}])
    return ls


def test_no_cookies_without_need(acme):
    acme.ok("object", type="LSpeople", dn=dn("zoe"), attributes={"sn": "Fable"})
    acme.ok("object", type="LScompany", dn=ACME, attributes={"description": "A"}, ldap_server=1)
    assert not any(entry.cookies for entry in acme.backend.log) and {entry.auth for entry in acme.backend.log} == {"password"}


def test_a_second_directory_is_named_in_every_body(acme):
    acme.converges("object", type="LScompany", dn=ACME, attributes={"description": "A"}, ldap_server=1)
    others = [acme.short(entry) for entry in acme.backend.log if entry.body["LSsession_ldapserver"] != "1"]
    assert others == ["LScompany", "LScompany/cn=ansible"]  # to tell it from the first one
    found = acme.ok("object_info", type="LScompany", ldap_server=1)
    assert [each["dn"] for each in found["objects"]] == [ACME]
    found = acme.ok("request", path="/api/1.0/object/LScompany", ldap_server=1)
    assert list(found["answer"]["objects"]) == [ACME]
    message = acme.bad("request", method="POST", path="/api/1.0/object/LScompany", body="x", body_format="raw", ldap_server=1)
    assert "a raw body cannot say which directory is meant" in message


@pytest.mark.parametrize("check", [True, False])
def test_a_directory_that_does_not_exist_is_not_taken_for_the_first_one(acme, check, tmp_path):
    """Which the server does (chapter 1.6)."""
    zoe = {"type": "LSpeople", "dn": dn("zoe")}
    rows = {"type": "LSpeople", "io_format": "mycsv", "content": "login\nzoe\n", "columns": {"login": "uid"}}
    for module, options in (
        ("object", {**zoe, "state": "absent"}),
        ("object", {**zoe, "dn": dn("new"), "attributes": attributes("new")}),
        ("object", {"objects": [{**zoe, "dn": dn(f"p{number}"), "state": "absent"} for number in range(25)]}),
        ("relation", {**zoe, "relation": "groups", "related": []}),
        ("import", rows),
        ("export", {"type": "LSpeople", "io_format": "mycsv", "dest": str(tmp_path / "x.csv")}),
        ("object_info", {"type": "LSpeople"}),
        ("request", {"path": "/api/1.0/object/LSpeople"}),
    ):
        message = acme.bad(module, check=check, ldap_server=7, **options)
        assert "ldap_server 7 shows just what 0 does" in message and acme.wrote() == []
    acme.quiet("object", **zoe, attributes={"sn": "Parable"}, ldap_server=0)


def test_an_object_is_created_in_its_level(acme):
    acme.converges("object", **NEW, **LEVEL)
    assert acme.attributes(INSIDE) and not acme.attributes(dn("new"))
    login, *others = acme.backend.log
    assert login.auth == "password" and not login.cookies
    assert {entry.auth for entry in others} == {"session"} and all(entry.cookies for entry in others)


@pytest.mark.parametrize("times", [1, 3])
def test_a_session_that_ends_is_opened_again_before_anything_is_written(acme, times):
    for path in ("/create$", "new$", "LSpeople$"):
        acme.backend.fault("expire", path=path, times=times)
        result = acme("object", **NEW, **LEVEL)
        assert not acme.attributes(dn("new"))
        if not result.get("failed"):
            assert acme.attributes(INSIDE)
        acme.backend.faults.clear()
        acme.backend.seed(remove=[INSIDE])


@pytest.mark.parametrize("times", [1, None])
@pytest.mark.parametrize("path", ["/create$", "LSpeople$", "uid.*n1"])
def test_a_session_that_ends_in_the_middle_of_a_list(acme, path, times):
    """What was done before is reported, and nothing lands elsewhere."""
    new = [{**NEW, "dn": f"uid=n{number},ou=people,{ACME}", "attributes": attributes(f"n{number}")} for number in range(3)]
    acme.backend.fault("expire", path=path, skip=1, times=times)
    result = acme("object", objects=new, **LEVEL)
    acme.backend.faults.clear()
    made = [bool(acme.attributes(each["dn"])) for each in new]
    assert not any(acme.attributes(dn(f"n{number}")) for number in range(3))
    if times:
        assert not result.get("failed") and made == [True] * 3 and result["summary"]["created"] == 3
    elif "objects" in result:
        assert result["failed"] and [item["changed"] for item in result["objects"]] == made and not all(made)
        assert "the session ended, and so did the one after it" in result["objects"][-1]["msg"]
    else:
        assert "the session ended" in result["msg"] and not any(made)
    acme.ok("object", objects=new, **LEVEL)
    acme.quiet("object", objects=new, **LEVEL)


def test_a_session_that_never_holds_writes_nothing(acme):
    before = acme.stored()
    acme.backend.fault("expire", path="/create$", times=None)
    assert "the session ended, and so did the one after it (LdapSaisie - Authentication required" in acme.bad("object", **NEW, **LEVEL)
    assert acme.stored() == before
    acme.backend.faults.clear()
    acme.backend.fault("expire", path="LSpeople", times=None)
    rows = {"type": "LSpeople", "io_format": "mycsv", "content": "login\nx\n", "columns": {"login": "uid"}}
    assert acme.bad("import", **rows, **LEVEL)
    assert acme.stored() == before


def test_a_level_that_is_none(acme):
    new = {**NEW, "dn": "uid=new,ou=people,ou=nowhere,o=ls"}
    for wish in (new, {"type": "LSpeople", "dn": dn("zoe"), "state": "absent"}):
        for server in (1, 0, 7):
            message = acme.bad("object", **wish, ldap_server=server, top_dn="ou=nowhere,o=ls")
            assert "there is no level ou=nowhere,o=ls in this directory" in message and "Invalid value for subDn" in message
            assert acme.wrote() == []
    assert "a new object is put below top_dn" in acme.bad("object", **{**NEW, "dn": dn("new")}, **LEVEL)
    assert acme.wrote() == []


def test_what_lies_outside_the_level_is_not_taken_for_absent(acme):
    acme.quiet("object", type="LSpeople", dn=dn("zoe"), attributes={"sn": "Parable"}, **LEVEL)
    gone = [{"type": "LSpeople", "dn": dn(name), "state": "absent"} for name in ("zoe", *(f"p{number}" for number in range(25)))]
    result = acme.ok("object", objects=gone, **LEVEL)
    assert result["summary"]["deleted"] == 1 and not acme.attributes(dn("zoe"))


def test_a_session_shows_what_is_there_now(acme):
    """It keeps the answers of searches (chapter 1.5)."""
    people = [{"type": "LSpeople", "dn": f"uid=p{number},ou=people,{ACME}"} for number in range(25)]
    acme.backend.seed(objects=[{**seeded(f"p{number}"), "level": ACME} for number in range(25)])
    acme.quiet("object", objects=people, **LEVEL)
    assert {entry.query["withoutCache"] for entry in acme.backend.log if acme.short(entry) == "LSpeople"} == {"1"}


def test_imports_and_exports_reach_the_directory_that_is_meant(acme, tmp_path):
    row = "login;civility;firstname;name;mail;password;gid;shell\nnew;Mme;New;Parable;new@example.org;Fill3r-pw;102001;no\n"
    columns = {
        "login": "uid",
        "civility": "personalTitle",
        "firstname": "givenName",
        "name": "sn",
        "password": "userPassword",
        "gid": "gidNumber",
        "shell": "loginShell",
    }
    wish = {"type": "LSpeople", "io_format": "mycsv", "content": row, "columns": columns}
    acme.ok("import", **wish, **LEVEL)
    assert acme.attributes(INSIDE) and not acme.attributes(dn("new"))
    acme.quiet("import", **wish, **LEVEL)
    # Its body does not say the level: the session that is opened anew must have it.
    acme.backend.seed(remove=[INSIDE])
    acme.backend.fault("expire", path="/import$", skip=1)
    acme.ok("import", **wish, **LEVEL)
    assert acme.attributes(INSIDE) and not acme.attributes(dn("new"))
    # Without a level the body cannot say it: a session does, which was opened on that directory.
    acme.backend.seed(remove=[INSIDE])
    acme.ok("import", **wish, ldap_server=1)
    assert {entry.auth for entry in acme.backend.writes()} == {"session"}
    assert acme("import", **wish, ldap_server=1)["changed"] is False
    acme.ok("export", type="LSpeople", io_format="mycsv", dest=str(tmp_path / "x.csv"), **LEVEL)
    assert "inside" in (tmp_path / "x.csv").read_text()
