# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups: members and roles, new names."""

from __future__ import annotations

import pytest


@pytest.fixture
def m(micetro):
    micetro.backend.seed(users=["coral", "gus", "zoe", {"name": "extern", "authenticationType": "External"}], roles=["Editors"])
    return micetro


def test_creation_and_its_members(m):
    m.ok("micetro_group", name="it", description="IT", members=["CORAL", "gus"], roles=["Editors"])
    assert m.wrote() == ["POST groups", "PUT groups/2/users/4", "PUT groups/2/users/5", "PUT groups/2/roles/10"]
    assert m.backend.writes()[0].body["group"] == {"name": "it", "description": "IT"}
    assert m.shown("micetro_group_info", "it") == {
        "name": "it",
        "description": "IT",
        "ad_integrated": False,
        "external_id": "",
        "members": ["coral", "gus"],
        "roles": ["Editors"],
    }


@pytest.mark.parametrize(("mode", "after"), [("add", ["coral", "gus", "zoe"]), ("set", ["gus", "zoe"]), ("remove", ["coral"])])
def test_modes(m, mode, after):
    m.ok("micetro_group", name="it", members=["coral", "gus"])
    m.ok("micetro_group", name="it", members=["gus", "zoe"], members_mode=mode)
    assert sorted(m.shown("micetro_group_info", "it")["members"]) == after
    m.quiet("micetro_group", name="it", members=["gus", "zoe"], members_mode=mode)


def test_a_few_members_are_looked_up_and_many_are_listed(m):
    m.ok("micetro_group", name="it", members=["coral", "gus"])
    assert "GET users" not in m.read() and "GET users/coral" in m.read()
    m.ok("micetro_group", name="it", members=["coral", "gus", "zoe", "administrator"])
    assert m.read().count("GET users") == 1 and "GET users/coral" not in m.read()


def test_members_that_the_server_does_not_take(m):
    result = m("micetro_group", name="it", members=["extern"])
    assert result["failed"] and "members was refused: Externally managed users" in result["msg"]


def test_renaming(m):
    m.ok("micetro_group", name="it", members=["coral"])
    result = m.ok("micetro_group", name="informatics", rename_from="IT", members=["gus"])
    assert result["diff"][0]["before"]["name"] == "it" and result["groups"][0]["fields"] == ["members", "name"]
    assert sorted(m.shown("micetro_group_info", "informatics")["members"]) == ["coral", "gus"]
    m.quiet("micetro_group", name="informatics", rename_from="it", members=["gus"])
    m.ok("micetro_group", name="Informatics", rename_from="informatics")  # the letter case of a name is none of our business
    m.ok("micetro_group", name="it")
    assert "both exist" in m.bad("micetro_group", name="informatics", rename_from="it")


def test_groups_of_a_directory(m):
    m.ok("micetro_group", name="Staff", ad_integrated=True, external_id="CN=Staff,DC=example,DC=org")
    m.quiet("micetro_group", name="Staff", ad_integrated=True, external_id="CN=Staff,DC=example,DC=org")
    assert "external group" in m.bad("micetro_group", name="Staff", members=["coral"])


def test_info(m):
    m.ok("micetro_group", name="it")
    result = m.ok("micetro_group_info")
    assert [group["name"] for group in result["groups"]] == ["All users", "it"]
    assert [group["built_in"] for group in result["details"]] == [True, False]
