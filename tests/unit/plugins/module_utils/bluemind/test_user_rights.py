# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Groups, profiles, roles and settings of users."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind_world import person

ZOE = {"domain": "example.org", "login": "zoe"}
VIDEO = "hasSimpleVideoconferencing"


def group(name, **more):
    return {"domain": "example.org", "uid": f"g-{name}", "name": name, **more}


@pytest.fixture
def town(bm):
    bm.backend.seed(
        groups=[group("staff"), group("it"), group("all")], users=[person("zoe", groups=["staff"], profile="user"), person("gus")]
    )
    bm.backend.seed(members={"g-all": ["g-staff"]})
    return bm


def groups_of(server, uid="u-zoe"):
    return sorted(entry.uid for entry in server.backend.store.domains["18fb0c2a9b1.internal"].parents(uid))


# Groups


def test_who_is_in_a_group_through_another_one_is_not_in_it(town):
    """The server says so all the same when it is asked for the groups of a user."""
    town.quiet("bluemind_user", **ZOE, groups=["staff"], groups_mode="set")
    town.ok("bluemind_user", **ZOE, groups=["all"])
    assert town.wrote() == ["PUT groups/g-all/members"]
    town.ok("bluemind_user", **ZOE, groups=["it"], groups_mode="set")
    assert sorted(town.wrote()) == ["DELETE groups/g-all/members", "DELETE groups/g-staff/members", "PUT groups/g-it/members"]


def test_only_the_difference_is_written(town):
    """4.x refuses to add who is there already."""
    town.ok("bluemind_user", domain="example.org", users=[{"login": "zoe", "groups": ["staff"]}, {"login": "gus", "groups": ["Staff"]}])
    assert town.wrote() == ["PUT groups/g-staff/members"] and town.sent() == [{"type": "user", "uid": "u-gus"}]
    town.quiet("bluemind_user", domain="example.org", users=[{"login": "zoe", "groups": ["it"], "groups_mode": "remove"}])


def test_many_join_in_one_call(town):
    town.backend.seed(users=[person(f"p{number}") for number in range(30)])
    people = [{"login": f"p{number}", "groups": ["it", "staff"]} for number in range(30)]
    town.ok("bluemind_user", domain="example.org", users=people)
    assert sorted(town.wrote()) == ["PUT groups/g-it/members", "PUT groups/g-staff/members"] and len(town.sent()) == 30
    town.quiet("bluemind_user", domain="example.org", users=people)


def test_one_who_cannot_join_does_not_keep_the_others_out(town):
    fault = {"method": "PUT", "path": "g-it/members", "message": "No user with uid u-gus found"}
    town.backend.fault("refusal", **fault)
    town.backend.fault("refusal", **fault, skip=1)
    result = town(
        "bluemind_user", domain="example.org", users=[{"login": name, "groups": ["it"]} for name in ("zoe", "gus")], return_all=True
    )
    assert [item["failed"] for item in result["users"]] == [False, True] and groups_of(town) == [
        "18fb0c2a9b1.internal_user_group",
        "g-it",
        "g-staff",
    ]
    assert "groups was refused: No user with uid u-gus found" in result["msg"]


def test_groups_that_do_not_exist(town):
    message = town.bad("bluemind_user", **ZOE, groups=["staff", "Nowhere"])
    assert "the group Nowhere does not exist: create it first" in message and town.wrote() == []
    town.quiet("bluemind_user", **ZOE, groups=["Nowhere"], groups_mode="remove")


def test_exactly_these_groups_for_many(town):
    """Each group is read once, instead of asking for the groups of each user."""
    town.backend.seed(users=[person(f"p{number}", groups=["it"]) for number in range(30)])
    people = [{"login": f"p{number}", "groups": ["staff"], "groups_mode": "set"} for number in range(30)]
    town.ok("bluemind_user", domain="example.org", users=people)
    assert sorted(town.wrote()) == ["DELETE groups/g-it/members", "PUT groups/g-staff/members"]
    town.quiet("bluemind_user", domain="example.org", users=people)
    assert not [call for call in town.read() if "groupUids" in call] and sum("/members" in call for call in town.read()) == 3


# Profiles


def test_a_profile_is_exchanged_for_another(town):
    town.quiet("bluemind_user", **ZOE, profile="user")
    town.ok("bluemind_user", **ZOE, profile="Admin")
    assert groups_of(town) == ["18fb0c2a9b1.internal_admin_group", "g-staff"]
    town.ok("bluemind_user", **ZOE, profile="")
    assert groups_of(town) == ["g-staff"]
    town.quiet("bluemind_user", **ZOE, profile="", groups=["staff"], groups_mode="set")


def test_no_mode_takes_the_profile_away(town):
    town.ok("bluemind_user", **ZOE, groups=[], groups_mode="set")
    assert groups_of(town) == ["18fb0c2a9b1.internal_user_group"]


def test_a_profile_is_no_group(town):
    assert "admin is a profile: give it as profile" in town.bad("bluemind_user", **ZOE, groups=["admin"])
    assert "there is no profile boss: those of the domain are admin, user" in town.bad("bluemind_user", **ZOE, profile="boss")


def test_a_new_user_without_a_profile(bm):
    bm.ok("bluemind_user", **ZOE, family_name="P", profile="")
    assert bm.wrote()[0].startswith("PUT users/") and len(bm.wrote()) == 1
    bm.quiet("bluemind_user", **ZOE, family_name="P", profile="")


# Roles


def test_the_servers_own_role_stays(town):
    assert VIDEO in town.entry("u-zoe").roles
    town.ok("bluemind_user", **ZOE, roles=["hasCTI"], roles_mode="set")
    assert sorted(town.entry("u-zoe").roles) == ["hasCTI", VIDEO]
    town.ok("bluemind_user", **ZOE, roles=[], roles_mode="set")
    assert town.entry("u-zoe").roles == [VIDEO]
    town.quiet("bluemind_user", **ZOE, roles=[VIDEO], roles_mode="remove")


def test_a_role_that_nobody_knows_is_refused(town):
    message = town.bad("bluemind_user", **ZOE, roles=["hasMail", "hasEverything"])
    assert "the server knows no role hasEverything" in message and town.wrote() == []
    town.backend.seed(users=[{"domain": "example.org", "uid": "u-zoe", "login": "zoe", "roles": ["ofSomePlugin"]}])
    town.quiet("bluemind_user", **ZOE, roles=["ofSomePlugin"])


# Settings


def test_settings_are_written_one_by_one(town):
    town.backend.seed(users=[{"domain": "example.org", "uid": "u-zoe", "login": "zoe", "settings": {"theme": "dark"}}])
    town.ok("bluemind_user", **ZOE, language="de", settings={"odd": True})
    assert town.entry("u-zoe").settings == {"theme": "dark", "lang": "de", "odd": "true"}
    assert sorted(town.wrote()) == ["POST users/u-zoe/_setting/lang", "POST users/u-zoe/_setting/odd"]


def test_an_empty_setting_is_the_one_of_the_domain(town):
    town.backend.seed(
        users=[{"domain": "example.org", "uid": "u-zoe", "login": "zoe", "settings": {"lang": "de", "theme": "dark", "odd": "1"}}]
    )
    wish = {**ZOE, "language": "", "settings": {"odd": ""}}
    town.ok("bluemind_user", **wish)
    assert town.entry("u-zoe").settings == {"theme": "dark"}
    town.quiet("bluemind_user", **wish)
    town.backend.seed(
        domains=[{"uid": "18fb0c2a9b1.internal", "name": "example.org", "aliases": ["example.com"], "settings": {"lang": "it"}}]
    )
    town.quiet("bluemind_user", **wish)


def test_a_setting_with_an_option_of_its_own(bm):
    message = bm.bad("bluemind_user", **ZOE, settings={"lang": "de"})
    assert "settings must not hold lang: give it as language" in message and len(bm.backend.log) == 0


@pytest.mark.parametrize("wish", [{"language": "french"}, {"timezone": "Paris, France"}])
def test_settings_that_the_server_would_keep_and_nothing_understands(bm, wish):
    assert "it must be" in bm.bad("bluemind_user", **ZOE, **wish) and len(bm.backend.log) == 0
