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
    assert all(entry.body["LSsession_ldapserver"] == "1" for entry in acme.backend.log)
    found = acme.ok("object_info", type="LScompany", ldap_server=1)
    assert [each["dn"] for each in found["objects"]] == [ACME]
    found = acme.ok("request", path="/api/1.0/object/LScompany", ldap_server=1)
    assert list(found["answer"]["objects"]) == [ACME]
    message = acme.bad("request", method="POST", path="/api/1.0/object/LScompany", body="x", body_format="raw", ldap_server=1)
    assert "a raw body cannot say which directory is meant" in message


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
    assert "Invalid value for subDn" in acme.bad("object", **new, ldap_server=1, top_dn="ou=nowhere,o=ls")
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
    assert all(entry.query["withoutCache"] == "1" for entry in acme.backend.log if acme.short(entry) == "LSpeople")


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
