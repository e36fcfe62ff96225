# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading users, groups and domains; that what is read can be given back is a row of the contract matrix."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind_world import person

HERE = {"domain": "example.org"}


@pytest.fixture
def town(bm):
    bm.backend.seed(
        org_units=[{"domain": "example.org", "uid": "ou-1", "name": "Town"}],
        groups=[{"domain": "example.org", "uid": "g-staff", "name": "staff"}],
        users=[
            person("zoe", orgUnitUid="ou-1", groups=["staff"], external_id="ldap://x/1"),
            person("gus", archived=True, password="Pl4nted-somewhere"),
            person("ann"),
        ],
    )
    return bm


def logins(server, **options):
    return [user["login"] for user in server.ok("bluemind_user_info", **options)["users"]]


@pytest.mark.parametrize(
    "options, found",
    [
        (HERE, ["ann", "gus", "zoe"]),
        ({"domain": "example.com", "login": "ZOE"}, ["zoe"]),
        ({**HERE, "uid": "u-gus"}, ["gus"]),
        ({**HERE, "external_id": "ldap://x/1"}, ["zoe"]),
        ({**HERE, "login": "nobody"}, []),
        ({**HERE, "org_unit": "town"}, ["zoe"]),
        ({**HERE, "archived": True}, ["gus"]),
        ({**HERE, "archived": False}, ["ann", "zoe"]),
        ({}, ["ann", "gus", "zoe", "delegate"]),
    ],
)
def test_who_is_found(town, options, found):
    assert logins(town, **options) == found and logins(town, **options, gather=[]) == found


def test_all_of_a_domain_in_two_requests(town, generation):
    town.backend.seed(users=[person(f"p{number}") for number in range(100)])
    result = town.ok("bluemind_user_info", **HERE, gather=[])
    assert len(result["users"]) == 103 and result["requests"]["reads"] == 4 + (generation == "4")
    assert result["users"][0] == {
        "login": "ann",
        "domain": "example.org",
        "uid": "u-ann",
        "email": "ann@example.org",
        "emails": ["ann@example.org"],
        "account_type": "FULL",
        "quota": "none",
        "routing": "internal",
        "data_location": "bm-master",
        "org_unit": "",
        "archived": False,
        "hidden": False,
    }


def test_groups_of_many_cost_one_request_for_each_group(town):
    town.backend.seed(users=[person(f"p{number}", groups=["staff"], profile="user") for number in range(100)])
    result = town.ok("bluemind_user_info", **HERE, gather=["groups"])
    assert [(user["groups"], user["profile"]) for user in result["users"] if user["login"] == "p7"] == [(["staff"], "user")]
    assert sum("/members" in call for call in town.read()) == 3 and not any("groupUids" in call for call in town.read())


def test_what_cannot_be_written(town):
    result = town.ok("bluemind_user_info", **HERE, login="gus")
    (about,) = result["about"]
    assert about["has_photo"] is False and about["display_name"] == "Gus" and about["password_changed"].endswith("Z")
    assert "has_photo" not in town.ok("bluemind_user_info", **HERE, gather=[])["about"][0]


@pytest.mark.parametrize(
    "module, options, words",
    [
        ("bluemind_user_info", {"login": "zoe"}, "login needs domain"),
        ("bluemind_user_info", {**HERE, "login": "zoe", "uid": "u-zoe"}, "login and uid cannot be combined"),
        ("bluemind_user_info", {"org_unit": "Town"}, "org_unit needs domain"),
        ("bluemind_user_info", {**HERE, "login": ""}, "login ''"),
        ("bluemind_group_info", {"name": "staff"}, "name needs domain"),
    ],
)
def test_what_cannot_be_asked(bm, module, options, words):
    assert words in bm.bad(module, **options) and len(bm.backend.log) == 0


def test_an_unknown_domain_or_unit(town):
    assert "there is no domain nowhere.example" in town.bad("bluemind_user_info", domain="nowhere.example")
    assert "there is no org unit Nowhere" in town.bad("bluemind_user_info", **HERE, org_unit="Nowhere")
    assert town.ok("bluemind_domain_info", domain="nowhere.example")["domains"] == []


def test_who_may_not_see_all_mailboxes(town):
    """Such an account manages users one by one."""
    refusal = {"path": "/mailboxes/[^/]*/_mget", "code": "PERMISSION_DENIED", "message": "Doesnt have role manageMailbox", "times": None}
    town.backend.fault("refusal", **refusal)
    assert "may not see all mailboxes" in town.bad("bluemind_user_info", **HERE)
    people = [{"login": f"p{number}", "family_name": "P"} for number in range(30)]
    town.ok("bluemind_user", **HERE, users=people)
    town.quiet("bluemind_user", **HERE, users=people)


def test_domains_without_more_requests_than_asked_for(town):
    assert len(town.ok("bluemind_domain_info", gather=[])["domains"]) == 2 and len(town.backend.log) == 2
    (domain,) = town.ok("bluemind_domain_info", domain="example.com", gather=["servers"])["domains"]
    assert domain["domain"] == "example.com" and domain["aliases"] == ["example.org"] and "settings" not in domain
