# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

HERE = {"domain": "example.org"}


def units(server):
    return sorted(unit["path"] for unit in server.ok("bluemind_org_unit_info", **HERE)["org_units"])


def test_a_list_is_created_from_the_top_down_and_deleted_from_the_bottom_up(office):
    paths = ["Harbour/Pier/North", "Harbour", "Harbour/Pier"]
    wish = {**HERE, "org_units": [{"path": path} for path in paths]}
    assert office.ok("bluemind_org_unit", check=True, **wish)["summary"]["created"] == 3
    office.ok("bluemind_org_unit", **wish)
    assert [entry.body["name"] for entry in office.backend.writes()] == ["Harbour", "Pier", "North"]
    assert units(office) == ["Harbour", "Harbour/Pier", "Harbour/Pier/North", "Town", "Town/School"]
    office.quiet("bluemind_org_unit", **wish)
    office.ok("bluemind_org_unit", **wish, state="absent")
    assert units(office) == ["Town", "Town/School"]


def test_a_unit_above_must_exist(office):
    assert "there is no org unit Nowhere: create it first" in office.bad("bluemind_org_unit", **HERE, path="Nowhere/Unit")
    message = office.bad("bluemind_org_unit", **HERE, org_units=[{"path": "Gone", "state": "absent"}, {"path": "Gone/Unit"}])
    assert "there is no org unit Gone" in message and office.wrote() == []


def test_a_child_of_one_that_failed_fails_alone(office):
    office.backend.fault("refusal", method="PUT", path="_ou", code="FORBIDDEN", message="no", times=None)
    result = office("bluemind_org_unit", **HERE, org_units=[{"path": "A"}, {"path": "A/B"}], return_all=True)
    assert [item["failed"] for item in result["org_units"]] == [True, True]
    assert "there is no org unit A" in result["org_units"][1]["msg"]


def test_a_lost_answer_about_a_unit_does_not_hold_back_what_is_in_it(office):
    office.backend.fault("lost", method="PUT", path="_ou")
    office.ok("bluemind_org_unit", **HERE, org_units=[{"path": "A"}, {"path": "A/B"}])
    assert len(office.wrote()) == 2 and "A/B" in units(office)


def test_a_unit_stays_where_it_is(office):
    assert "stays where it is" in office.bad("bluemind_org_unit", **HERE, uid="ou-school", path="School")
    assert "stays where it is" in office.bad("bluemind_org_unit", **HERE, path="Town/School", rename_from="School")
    assert office.wrote() == []


def test_renamed(office):
    office.ok("bluemind_org_unit", **HERE, uid="ou-school", path="Town/Academy")
    assert office.wrote() == ["POST directory/_ou/ou-school"] and office.sent() == {"name": "Academy", "parentUid": "ou-town"}
    office.ok("bluemind_org_unit", **HERE, path="Town/School", rename_from="Town/Academy")
    assert units(office) == ["Town", "Town/School"]
    office.quiet("bluemind_org_unit", **HERE, path="Town/School", rename_from="Town/Academy")


def test_administrators_by_any_name(office):
    wish = {**HERE, "path": "Town", "administrators": {"gus@example.org": ["manageUser", "manageGroup"], "staff": ["manageGroup"]}}
    office.ok("bluemind_org_unit", **wish)
    assert office.entry("ou-town").administrators == {"u-gus": ["manageGroup", "manageUser"], "g-staff": ["manageGroup"]}
    office.quiet("bluemind_org_unit", **wish)
    office.quiet("bluemind_org_unit", **HERE, path="Town", administrators={"u-gus": ["manageGroup", "manageUser"]})
    result = office.ok("bluemind_org_unit", **HERE, path="Town", administrators={"gus": [], "coral": "manageUser"})
    assert result["org_units"][0]["fields"] == ["administrators.coral", "administrators.gus"]
    assert office.entry("ou-town").administrators == {"g-staff": ["manageGroup"], "u-coral": ["manageUser"]}


def test_unknown_administrators_and_roles_are_refused_by_name(office):
    assert "no user and no group is called nobody" in office.bad("bluemind_org_unit", **HERE, path="Town", administrators={"nobody": []})
    message = office.bad("bluemind_org_unit", **HERE, path="Town", administrators={"gus": ["manageUsers"]})
    assert "the server knows no role manageUsers" in message and office.wrote() == []


def test_its_administrators_do_not_hold_a_unit_back(office):
    office.backend.seed(administrators={"ou-school": {"u-coral": ["manageUser"]}})
    office.ok("bluemind_org_unit", **HERE, path="Town/School", state="absent")
    assert office.wrote() == ["POST directory/_ou/ou-school/u-coral/_set", "DELETE directory/_ou/ou-school"]


def test_what_is_in_it_does(office):
    assert "has children" in office.bad("bluemind_org_unit", **HERE, path="Town", state="absent")
    office.quiet("bluemind_org_unit", **HERE, path="Harbour", state="absent")


def test_the_account_that_works_keeps_its_own_roles(office):
    office.backend.seed(
        users=[
            {
                **HERE,
                "login": "dora",
                "last_name": "Dora",
                "emails": ["dora@example.org"],
                "profile": "admin",
                "password": "Dora-s-passphrase",
            }
        ],
        administrators={"ou-town": {"u-dora": ["manageUser"]}},
    )
    dora = {"api_url": office.backend.url, "api_username": "dora@example.org", "api_password": "Dora-s-passphrase"}
    message = office.bad("bluemind_org_unit", account=dora, **HERE, path="Town", administrators={"dora": []})
    assert "this is the account that the task works with" in message
    office.ok("bluemind_org_unit", account=dora, **HERE, path="Town", administrators={"dora": ["manageUser", "manageGroup"]})
