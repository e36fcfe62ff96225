# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind_shared import mailshare

HERE = {"domain": "example.org"}


def test_created_with_what_was_given_only(office):
    result = office.ok("bluemind_mailshare", **HERE, name="election", email="election@example.org", quota="1.5 GB")
    assert office.sent() == {
        "name": "election",
        "routing": "internal",
        "emails": [{"address": "election@example.org", "allAliases": False, "isDefault": True}],
        "quota": 1536 * 1024,
    }
    uid = result["mailshares"][0]["id"]["uid"]
    assert office.wrote() == [f"PUT mailshares/{uid}"]
    assert office.read() == ["GET mailboxes/_byname", "GET mailboxes/_byname", f"GET mailshares/{uid}/complete"]
    assert office.ok("bluemind_mailshare", check=True, **HERE, name="election", state="absent")["changed"]
    office.quiet("bluemind_mailshare", **HERE, name="Election")
    assert office.read() == ["GET mailboxes/_byname", f"GET mailshares/{uid}/complete"]


def test_a_uid_that_was_used_before_is_replaced(office):
    uid = office.ok("bluemind_mailshare", check=True, **HERE, name="election")["mailshares"][0]["id"]["uid"]
    office.backend.seed(mailshares=[mailshare("other", uid=uid)])
    result = office.ok("bluemind_mailshare", **HERE, name="election")
    assert result["mailshares"][0]["id"]["uid"] != uid and len(office.wrote()) == 2
    office.quiet("bluemind_mailshare", **HERE, name="election")


def test_an_update_keeps_what_it_does_not_know(office):
    entry = office.entry("ms-office")
    entry.value["card"]["explanatory"]["note"] = "kept"
    office.ok("bluemind_mailshare", **HERE, name="office", quota="1 GB", emails=["secretary"], emails_mode="add")
    assert office.wrote() == ["POST mailshares/ms-office"]
    assert office.sent()["card"]["explanatory"]["note"] == "kept" and "archived" in office.sent()
    assert [each["address"] for each in entry.value["emails"]] == ["office@example.org", "secretary@example.org"]
    assert [each["allAliases"] for each in entry.value["emails"]] == [False, True]
    assert entry.value["card"]["explanatory"]["note"] == "kept" and entry.value["quota"] == 1024 * 1024


def test_renamed_by_its_uid_and_by_its_former_name(office):
    assert office.ok("bluemind_mailshare", **HERE, name="desk", uid="ms-office")["mailshares"][0]["fields"] == ["name"]
    assert office.entry("ms-office").value["name"] == "desk"
    office.ok("bluemind_mailshare", **HERE, name="front", rename_from="desk", quota="1 GB")
    assert office.entry("ms-office").value["name"] == "front" and office.entry("ms-office").value["quota"] == 1024 * 1024
    office.quiet("bluemind_mailshare", **HERE, name="front", rename_from="desk", quota="1 GB")
    assert "both exist" in office.bad("bluemind_mailshare", **HERE, name="front", rename_from="press")


def test_the_mailbox_of_somebody_is_none(office):
    assert "already used" in office.bad("bluemind_mailshare", **HERE, name="coral")
    office.quiet("bluemind_mailshare", **HERE, name="coral", state="absent")


def test_references_are_refused_by_name(office):
    assert "no org unit Harbour" in office.bad("bluemind_mailshare", **HERE, name="office", org_unit="Harbour")
    assert "vote@example.net" in office.bad("bluemind_mailshare", **HERE, name="office", email="vote@example.net")
    assert "no domain nowhere.example" in office.bad("bluemind_mailshare", domain="nowhere.example", name="office")
    assert "can only be chosen" in office.bad("bluemind_mailshare", **HERE, name="office", data_location="bm-two")
    assert office.wrote() == []


def test_many_are_one_listing(office):
    wishes = [{"name": f"share{number}"} for number in range(30)]
    result = office.ok("bluemind_mailshare", **HERE, mailshares=wishes)
    assert result["summary"]["created"] == 30 and len(office.wrote()) == 30
    office.quiet("bluemind_mailshare", **HERE, mailshares=wishes)
    assert office.read() == ["GET mailshares/_complete"]


def test_deleting_waits_for_the_task_and_tells_its_last_words(office, pauses):
    office.backend.fault("task_error", method="DELETE", path="/mailshares/", message="mailshare is busy")
    assert "deleting office@example.org failed: mailshare is busy" in office.bad(
        "bluemind_mailshare", **HERE, name="office", state="absent"
    )
    pauses.clear()
    assert office.ok("bluemind_mailshare", **HERE, name="office", state="absent")["changed"]
    looks = [entry for entry in office.backend.log if "/tasks/" in entry.path]
    assert len(looks) > 1 and pauses == sorted(pauses) and max(pauses) <= 2


def test_pruned_within_an_org_unit(office):
    office.backend.seed(mailshares=[mailshare("hall", orgUnitUid="ou-town"), mailshare("fair", orgUnitUid="ou-town")])
    wish = {**HERE, "mailshares": [{"name": "hall"}], "prune": True, "prune_limit": "1"}
    office.ok("bluemind_mailshare", **wish, prune_scope={**HERE, "org_unit": "Town"})
    assert [entry.uid for entry in office.backend.store.domains["18fb0c2a9b1.internal"].of("MAILSHARE")] == [
        "ms-office",
        "ms-press",
        "ms-hall",
    ]
    assert "more than prune_limit 1" in office.bad("bluemind_mailshare", **wish, prune_scope=HERE)
