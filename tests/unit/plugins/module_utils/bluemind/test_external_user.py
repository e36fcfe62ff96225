# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

HERE = {"domain": "example.org"}


def test_created_with_the_least(office):
    uid = office.ok("bluemind_external_user", **HERE, email="Gus@example.net", family_name="Fable")["external_users"][0]["id"]["uid"]
    assert office.sent() == {
        "emails": [{"address": "gus@example.net", "allAliases": False, "isDefault": True}],
        "contactInfos": {"identification": {"name": {"familyNames": "Fable"}}},
    }
    office.quiet("bluemind_external_user", **HERE, email="gus@example.net", family_name="Fable")
    assert office.read() == ["POST directory/_search", f"GET externaluser/{uid}/complete"]
    assert "family_name must be given" in office.bad("bluemind_external_user", **HERE, email="new@example.net")


def test_another_address_reaches_the_card(office):
    office.ok("bluemind_external_user", **HERE, uid="x-sage", email="sage@example.com")
    value = office.entry("x-sage").value
    assert [each["address"] for each in value["emails"]] == ["sage@example.com"]
    assert [each["value"] for each in value["contactInfos"]["communications"]["emails"]] == ["sage@example.com"]
    office.ok("bluemind_external_user", **HERE, email="sage@example.net", rename_from="sage@example.com")
    assert [each["address"] for each in office.entry("x-sage").value["emails"]] == ["sage@example.net"]
    office.quiet("bluemind_external_user", **HERE, email="sage@example.net", rename_from="sage@example.com")


def test_the_display_name_follows_the_names(office):
    office.ok("bluemind_external_user", **HERE, email="sage@example.net", given_name="Sage", family_name="Sample")
    assert office.ok("bluemind_external_user_info", **HERE, uid="x-sage")["external_users"][0]["display_name"] == "Sage Sample"


def test_found_by_an_external_id_that_stays(office):
    office.ok("bluemind_external_user", **HERE, email="gus@example.net", family_name="Fable", external_id="hr/0042+7")
    assert office.wrote()[0].endswith("/hr/0042+7/createwithextid")
    office.quiet("bluemind_external_user", **HERE, external_id="hr/0042+7", family_name="Fable")
    message = office.bad("bluemind_external_user", **HERE, email="gus@example.net", external_id="other")
    assert "external_id can only be chosen when the external user is created" in message


def test_the_address_of_a_mailbox_here_is_refused(office):
    assert "EMAIL_ALREADY_USED" in office.bad("bluemind_external_user", **HERE, email="coral@example.org", family_name="Coral")


def test_deleting_is_no_task_and_nothing_where_nobody_is(office):
    office.ok("bluemind_external_user", **HERE, email="sage@example.net", state="absent")
    assert office.wrote() == ["DELETE externaluser/x-sage"]
    assert not [entry for entry in office.backend.log if "/tasks/" in entry.path]
    office.quiet("bluemind_external_user", **HERE, email="sage@example.net", state="absent")


def test_many_read_only_the_cards_that_are_managed(office):
    wishes = [{"email": f"person{number}@example.net", "family_name": "Same"} for number in range(12)]
    office.ok("bluemind_external_user", **HERE, external_users=wishes)
    office.quiet("bluemind_external_user", **HERE, external_users=[{"email": wish["email"], "hidden": False} for wish in wishes])
    assert office.read() == ["POST directory/_search"]
    office.quiet("bluemind_external_user", **HERE, external_users=wishes)
    assert len(office.read()) == 13
