# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind_world import person

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


def test_the_administrators_of_many_units_are_looked_up_at_once(office):
    """A request for the administrators of each unit and one for the roles of each, which only the server knows."""
    office.backend.seed(
        users=[person(f"p{number}") for number in range(30)],
        org_units=[{**HERE, "uid": f"ou{number}", "name": f"Unit {number}"} for number in range(30)],
        administrators={f"ou{number}": {f"u-p{number}": ["manageUser"]} for number in range(30)},
    )
    wish = [{"path": f"Unit {number}", "administrators": {f"p{number}": ["manageUser"]}} for number in range(30)]
    result = office.quiet("bluemind_org_unit", **HERE, org_units=wish)
    assert result["requests"]["reads"] == 3 + 2 + 1 + 30 + 30  # login, domain, listing; mailboxes and directory; roles


def test_unknown_administrators_and_roles_are_refused_by_name(office):
    assert "no user and no group is called nobody" in office.bad("bluemind_org_unit", **HERE, path="Town", administrators={"nobody": []})
    message = office.bad("bluemind_org_unit", **HERE, path="Town", administrators={"gus": ["manageUsers"]})
    assert "the server knows no role manageUsers" in message and office.wrote() == []


def test_its_administrators_do_not_hold_a_unit_back(office):
    office.backend.seed(administrators={"ou-school": {"u-coral": ["manageUser"]}})
    office.ok("bluemind_org_unit", **HERE, path="Town/School", state="absent")
    assert office.wrote() == ["POST directory/_ou/ou-school/u-coral/_set", "DELETE directory/_ou/ou-school"]


def test_a_unit_that_stays_although_its_administrators_went_was_changed(office):
    office.backend.seed(
        administrators={"ou-school": {"u-coral": ["manageUser"]}}, users=[{**HERE, "login": "gus", "orgUnitUid": "ou-school"}]
    )
    result = office("bluemind_org_unit", **HERE, path="Town/School", state="absent")
    assert result["failed"] and result["changed"]
    assert "administrators were removed from it, and it is still there: ou School has members" in result["msg"]
    result = office("bluemind_org_unit", **HERE, path="Town/School", state="absent")
    assert result["failed"] and not result["changed"]


def test_a_unit_with_units_in_it_keeps_its_administrators(office):
    office.backend.seed(administrators={"ou-town": {"u-coral": ["manageUser"]}})
    for check in (True, False):
        result = office("bluemind_org_unit", check=check, **HERE, path="Town", state="absent")
        assert result["failed"] and "there are org units in it: Town/School" in result["msg"] and office.wrote() == []
    wish = [{"path": "Town"}, {"uid": "ou-school"}]
    assert office("bluemind_org_unit", check=True, **HERE, org_units=wish, state="absent")["summary"]["deleted"] == 2
    assert office.ok("bluemind_org_unit", **HERE, org_units=wish, state="absent")["summary"]["deleted"] == 2


def test_what_a_list_contradicts_is_known_beforehand(office):
    """A unit goes while another one comes into it, and one above is itself in vain."""
    wish = [{"path": "Town/School", "state": "absent"}, {"path": "Town/School/Hall"}, {"path": "No/Such/Place"}, {"path": "No/Such"}]
    results = [office("bluemind_org_unit", check=check, **HERE, org_units=wish) for check in (True, False)]
    assert results[0]["org_units"] == results[1]["org_units"]
    school, hall, place, such = results[1]["org_units"]
    assert "there are org units in it: Town/School/Hall" in school["msg"] and hall["action"] == "create" and not hall["failed"]
    assert "there is no org unit No/Such:" in place["msg"] and "there is no org unit No:" in such["msg"]


def test_a_uid_that_a_renamed_unit_has_is_not_in_the_way(office):
    office.ok("bluemind_org_unit", **HERE, path="Harbour")
    office.ok("bluemind_org_unit", **HERE, path="Port", rename_from="Harbour")
    result = office.ok("bluemind_org_unit", **HERE, path="Harbour")
    assert result["summary"]["created"] == 1
    office.quiet("bluemind_org_unit", **HERE, org_units=[{"path": "Harbour"}, {"path": "Port"}])


def test_what_is_in_it_does(office):
    assert "there are org units in it" in office.bad("bluemind_org_unit", **HERE, path="Town", state="absent")
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
    office.backend.seed(administrators={"ou-school": {"u-dora": ["manageUser"]}, "ou-town": {"g-staff": ["manageUser"]}})
    office.backend.seed(members={"g-staff": ["u-dora"]})
    message = office.bad("bluemind_org_unit", account=dora, **HERE, path="Town/School", state="absent")
    assert "the account that the task works with administers it, so it stays" in message and office.wrote() == []
    message = office.bad("bluemind_org_unit", account=dora, **HERE, path="Town", administrators={"staff": []})
    assert "the account that the task works with is in this group" in message and office.wrote() == []
