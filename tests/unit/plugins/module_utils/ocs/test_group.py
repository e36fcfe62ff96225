# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups: names that each route encodes in its own way, members, sub-admins, and the one that is built in."""

from __future__ import annotations

import pytest

NAMES = ["R&D / Équipe 50%+1", "a/b", "users", "details", "a/users", "50%", "a+b", "%2F", "x" * 64, "é" * 64, "Test", "it's", "a?b#c"]


@pytest.fixture
def cloud(nc):
    nc.backend.seed(users=[{"id": "zoe"}, {"id": "Bob"}, {"id": "12345"}, {"id": "It's me @home"}, {"id": "details"}])
    return nc


@pytest.mark.parametrize("groupid", NAMES)
def test_awkward_names(cloud, groupid):
    wish = {"groupid": groupid, "display_name": "Shown", "members": ["zoe", "It's me @home", "12345", "details"], "subadmins": ["zoe"]}
    cloud.ok("ocs_group", **wish)
    group = cloud.backend.store.groups[groupid]
    assert group.displayname == "Shown" and len(group.members) == 4
    assert list(cloud.account("zoe").subadmin) == [groupid]
    cloud.quiet("ocs_group", **wish)
    cloud.quiet("ocs_user", userid="zoe", groups=[groupid], subadmin_groups=[groupid])
    (found,) = cloud.ok("ocs_group_info", groupid=groupid, members=True)["groups"]
    assert (found["groupid"], sorted(found["members"]), found["subadmins"]) == (groupid, sorted(wish["members"]), ["zoe"])
    cloud.ok(
        "ocs_group", groupid=groupid, members=["Bob"], members_mode="set", subadmins=["zoe"], subadmins_mode="remove", display_name="New"
    )
    assert list(group.members) == ["bob"] and group.displayname == "New" and not cloud.account("zoe").subadmin
    cloud.ok("ocs_group", groupid=groupid, state="absent")
    assert groupid not in cloud.backend.store.groups


@pytest.mark.parametrize("groupid", ["a/b", "R&D / Équipe 50%+1", "a/users"])
def test_a_web_server_that_refuses_encoded_slashes(cloud, groupid):
    cloud.backend.knobs.web_server = "apache"
    wish = {"groupid": groupid, "display_name": "Shown", "members": ["zoe"], "subadmins": ["zoe"]}
    cloud.ok("ocs_group", **wish)
    cloud.quiet("ocs_group", **wish)
    cloud.ok("ocs_user", userid="zoe", groups=[groupid], groups_mode="remove", subadmin_groups=[groupid], subadmin_groups_mode="remove")
    assert cloud.ok("ocs_user_info", group=groupid)["users"] == []
    cloud.ok("ocs_group", groupid=groupid, state="absent")


def test_letter_case_matters(cloud):
    cloud.backend.seed(groups=["test"])
    cloud.ok("ocs_group", groupid="Test", members=["zoe"])
    assert not cloud.backend.store.groups["test"].members
    cloud.ok("ocs_group", groupid="test", state="absent")
    assert "Test" in cloud.backend.store.groups


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"groupid": ""}, "cannot be called that"),
        ({"groupid": "0"}, "cannot be called that"),
        ({"groupid": " x"}, "spaces around it"),
        ({"groupid": "x" * 65}, "longer than 64 characters"),
        ({"groupid": "x", "display_name": ""}, "cannot be empty"),
        ({"groupid": "x", "display_name": "y" * 256}, "more than 255"),
        ({"groupid": "x", "members": ["a/b"]}, "members ['a/b']: it may hold"),
        ({"groups": [{"groupid": "a"}, {"groupid": "a"}]}, "are the same group"),
        (
            {"groups": [{"groupid": "a"}], "prune": True, "prune_scope": {"group": "a"}, "prune_limit": "1"},
            "prune_scope is the word all",
        ),
    ],
)
def test_bad_input_is_refused_before_the_first_request(cloud, options, words):
    assert words in cloud.bad("ocs_group", **options)
    assert len(cloud.backend.log) == 0


@pytest.mark.parametrize(
    ("mode", "wanted", "after"),
    [
        ("add", ["BOB"], ["bob", "zoe"]),
        ("set", ["BOB"], ["bob"]),
        ("remove", ["ZOE", "bob"], []),
        ("set", [], []),
        ("remove", ["long.gone"], ["zoe"]),
    ],
)
def test_members_modes(cloud, mode, wanted, after):
    cloud.backend.seed(users=[{"id": "zoe", "groups": ["staff"]}])
    cloud.ok("ocs_group", groupid="staff", members=wanted, members_mode=mode)
    assert sorted(cloud.backend.store.groups["staff"].members) == after
    cloud.quiet("ocs_group", groupid="staff", members=wanted, members_mode=mode)


def test_unknown_members(cloud):
    for check in (True, False):
        assert cloud.bad("ocs_group", check=check, groupid="new", members=["zoe", "nobody"]) == (
            "new: no account is called nobody: create it first, for example with ocs_user"
        )
    assert cloud.wrote() == []


def test_only_what_is_given(cloud):
    cloud.backend.seed(users=[{"id": "zoe", "groups": ["staff"], "subadmin": ["staff"]}], groups=[{"id": "staff", "displayname": "Staff"}])
    cloud.quiet("ocs_group", groupid="staff")
    assert len(cloud.backend.log) == 2
    cloud.ok("ocs_group", groupid="staff", display_name=" The staff ")
    assert cloud.wrote() == ["PUT staff displayname"]
    assert cloud.backend.store.groups["staff"].displayname == "The staff"


def test_group_that_exists_already(cloud):
    """Somebody else was faster: 102 and 103 are read again."""
    for code in (102, 103):
        cloud.start({"users": [{"id": "zoe"}]})
        cloud.backend.fault("refusal", method="POST", path="/groups$", code=code, effect=True)
        cloud.ok("ocs_group", groupid="new", display_name="New", members=["zoe"])
        assert list(cloud.backend.store.groups["new"].members) == ["zoe"]


def test_lost_answers(cloud):
    for method, path in (("POST", "/groups$"), ("POST", "/Bob/groups"), ("POST", "/zoe/subadmins")):
        cloud.backend.fault("lost", method=method, path=path)
    wish = {"groupid": "new", "members": ["zoe", "Bob"], "subadmins": ["zoe"]}
    cloud.ok("ocs_group", **wish)
    cloud.quiet("ocs_group", **wish)
    cloud.backend.fault("lost", method="DELETE", path="/groups/new")
    assert cloud.ok("ocs_group", groupid="new", state="absent")["changed"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"state": "absent"}, "the group admin is built in and cannot be deleted"),
        ({"members": ["zoe"], "members_mode": "set"}, "cannot leave the group admin by itself"),
        ({"members": ["admin"], "members_mode": "remove"}, "cannot leave the group admin by itself"),
        ({"subadmins": ["zoe"]}, "nobody can be sub-admin of the group admin"),
    ],
)
def test_the_group_admin(cloud, options, words):
    for check in (True, False):
        assert words in cloud.bad("ocs_group", check=check, groupid="admin", **options)
        assert cloud.wrote() == []
    cloud.ok("ocs_group", groupid="admin", members=["zoe"])
    cloud.ok("ocs_group", groupid="admin", members=["admin"], members_mode="set")
    assert list(cloud.backend.store.groups["admin"].members) == ["admin"]


def test_delegate_and_the_group_admin(cloud):
    message = cloud.bad("ocs_group", login=cloud.delegate, groupid="admin", members=["delegate"])
    assert "full administrator only, and delegate is not one" in message and cloud.wrote() == []


def test_prune(cloud):
    cloud.backend.seed(groups=["old", "older", "keep-me"])
    wish = {"groups": [{"groupid": "staff"}, {"groupid": "it"}], "prune": True, "prune_scope": "all", "keep": ["keep-*", "delegates"]}
    message = cloud.bad("ocs_group", **wish, prune_limit="2")
    assert "prune would delete 3 of 8 groups (old, older, school)" in message and cloud.wrote() == []
    predicted = cloud("ocs_group", check=True, **wish, prune_limit="3")
    result = cloud.ok("ocs_group", **wish, prune_limit="3")
    assert {**predicted, "requests": 0} == {**result, "requests": 0}
    assert sorted(cloud.backend.store.groups) == ["admin", "delegates", "it", "keep-me", "staff"]


def test_many_groups_by_listing(cloud):
    cloud.backend.seed(groups=[{"id": f"g{n}", "displayname": f"Group {n}"} for n in range(100)])
    cloud.quiet("ocs_group", groups=[{"groupid": f"g{n}", "display_name": f"Group {n}"} for n in range(100)])
    assert len(cloud.backend.log) == 3


def test_info(cloud):
    cloud.backend.seed(groups=[{"id": "a/b", "displayname": "Slashed"}], users=[{"id": "zoe", "groups": ["a/b"]}])
    assert cloud.ok("ocs_group_info", search="SLASH")["groups"] == [{"groupid": "a/b", "display_name": "Slashed"}]
    assert cloud.ok("ocs_group_info", groupid="nope")["groups"] == []
    cloud.backend.fault("locked", path="/groups/.*/users$")
    assert "the members of the group a/b cannot be read" in cloud.bad("ocs_group_info", groupid="a/b", members=True)
