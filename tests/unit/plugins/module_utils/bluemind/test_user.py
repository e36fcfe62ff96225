# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The user itself: what is sent, what is kept, what is refused."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind import PIXEL
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind_world import DOMAIN, person

ZOE = {"domain": "example.org", "login": "zoe"}
CARD = {
    "identification": {"name": {"familyNames": "Parable", "givenNames": "Zoe"}, "nickname": {"value": "Zo", "parameters": []}},
    "communications": {
        "tels": [
            {"value": "1", "ext": "9", "parameters": [{"label": "TYPE", "value": "work"}, {"label": "TYPE", "value": "voice"}]},
            {"value": "2", "ext": None, "parameters": [{"label": "TYPE", "value": "WORK,voice"}]},
            {"value": "3", "ext": None, "parameters": [{"label": "TYPE", "value": "pager"}]},
        ],
        "emails": [],
        "impps": [{"value": "zoe@chat.example", "parameters": []}],
        "langs": [],
    },
    "deliveryAddressing": [
        {"address": {"locality": "Homeville", "parameters": [{"label": "TYPE", "value": "home"}]}},
        {"address": {"locality": "Workville", "postOfficeBox": "7", "parameters": [{"label": "TYPE", "value": "work"}]}},
    ],
}


@pytest.fixture
def town(bm):
    """Zoe, with a card that holds more than the options know."""
    bm.backend.seed(users=[person("zoe", contactInfos=CARD, mailboxCopyGuid="guid-1", properties={"kept": "1"})], groups=[group("staff")])
    return bm


def group(name, **more):
    return {"domain": "example.org", "uid": f"g-{name}", "name": name, **more}


def document(server):
    """The last whole user that was sent."""
    return next(entry.body for entry in reversed(server.backend.writes()) if isinstance(entry.body, dict) and "contactInfos" in entry.body)


# Creating


def test_a_creation_sends_only_what_was_given(bm):
    bm.ok("bluemind_user", **ZOE, family_name="Parable", password="Pl4nted-somewhere")
    create, *rest = bm.backend.writes()
    assert create.body == {
        "login": "zoe",
        "password": "Pl4nted-somewhere",
        "emails": [],
        "contactInfos": {"identification": {"name": {"familyNames": "Parable"}}},
    }
    assert [(entry.method, entry.body) for entry in rest] == [("PUT", [{"type": "user", "uid": create.path.rpartition("/")[2]}])]
    assert rest[0].path.endswith("_user_group/members")


def test_a_new_user_can_log_in(bm):
    bm.backend.knobs.login_needs_profile = True
    bm.ok("bluemind_user", **ZOE, family_name="Parable", password="Pl4nted-somewhere")
    account = {**bm.connection(), "api_username": "zoe@example.org", "api_password": "Pl4nted-somewhere"}
    bm.ok("bluemind_domain_info", account=account, gather=[])


def test_nobody_is_created_without_a_name(bm):
    message = bm.bad("bluemind_user", **ZOE)
    assert message == "zoe@example.org: family_name must be given to create the user zoe@example.org"
    assert bm.wrote() == []


def test_the_uid_is_the_same_each_time_and_known_beforehand(bm):
    wish = {**ZOE, "family_name": "Parable"}
    foretold = bm("bluemind_user", check=True, **wish)["users"][0]["id"]
    assert bm.ok("bluemind_user", **wish)["users"][0]["id"] == foretold
    assert bm.entry(foretold["uid"]).value["login"] == "zoe"


def test_a_uid_that_somebody_renamed_has_is_not_in_the_way(bm):
    uid = bm.ok("bluemind_user", **ZOE, family_name="First")["users"][0]["id"]["uid"]
    bm.ok("bluemind_user", domain="example.org", login="zoe.first", rename_from="zoe", emails=["zoe.first"])
    second = bm.ok("bluemind_user", **ZOE, family_name="Second")["users"][0]["id"]["uid"]
    assert second != uid and bm.entry(second).value["login"] == "zoe" and bm.entry(uid).value["login"] == "zoe.first"
    bm.quiet("bluemind_user", **ZOE, family_name="Second")


def test_somebody_else_was_faster(bm):
    bm.backend.fault(
        "refusal", method="PUT", path="/users/", code="ALREADY_EXISTS", message="user with login zoe already exists", effect=True
    )
    result = bm.ok("bluemind_user", **ZOE, family_name="Parable", password="Pl4nted-somewhere", job_title="Clerk")
    assert any("somebody else created it meanwhile, so its password was left alone" in warning for warning in result["warnings"])


# Updating


def test_an_update_keeps_what_it_does_not_know(town):
    town.ok("bluemind_user", **ZOE, phone="+33 1", city="Newville", properties={"new": 2}, job_title="Clerk")
    value = town.entry("u-zoe").value
    assert value["mailboxCopyGuid"] == "guid-1" and value["properties"] == {"kept": "1", "new": "2"}
    card = value["contactInfos"]
    assert [(tel["value"], tel["ext"]) for tel in card["communications"]["tels"]] == [("+33 1", "9"), ("2", None), ("3", None)]
    assert card["communications"]["impps"][0]["value"] == "zoe@chat.example" and card["identification"]["nickname"]["value"] == "Zo"
    home, work = (each["address"] for each in card["deliveryAddressing"])
    assert (home["locality"], work["locality"], work["postOfficeBox"]) == ("Homeville", "Newville", "7")


def test_a_card_with_nulls_where_maps_and_lists_belong(town):
    """A client of another make may have stored them; they read as empty, and no update sends them back."""
    card = town.entry("u-zoe").value["contactInfos"]
    card.update(organizational=None, deliveryAddressing=None, explanatory=None, related=None)
    card["communications"]["tels"] = None
    town.quiet("bluemind_user", **ZOE, job_title="", city="", phone="", website="", manager="", note="")
    town.ok("bluemind_user", **ZOE, hidden=True)
    assert "tels" not in town.sent()["contactInfos"]["communications"]
    town.entry("u-zoe").value["contactInfos"]["communications"] = None
    town.ok("bluemind_user", **ZOE, hidden=False)
    assert "communications" not in town.sent()["contactInfos"]
    town.ok(
        "bluemind_user", **ZOE, job_title="Clerk", city="Sampleville", phone="112", website="https://example.org", manager="Gus", note="x"
    )
    town.quiet(
        "bluemind_user", **ZOE, job_title="Clerk", city="Sampleville", phone="112", website="https://example.org", manager="Gus", note="x"
    )


def test_clearing_a_number_removes_all_of_its_kind(town):
    town.ok("bluemind_user", **ZOE, phone="")
    assert [tel["value"] for tel in town.entry("u-zoe").value["contactInfos"]["communications"]["tels"]] == ["3"]
    town.quiet("bluemind_user", **ZOE, phone="")


def test_no_update_sends_the_servers_own(town):
    town.ok("bluemind_user", **ZOE, hidden=True)
    assert not {"password", "passwordLastChange"} & set(document(town))


def test_what_changed_meanwhile_is_kept(town):
    """The whole user is read again just before it is sent."""
    town.backend.seed(users=[person(f"p{number}") for number in range(25)])
    wish = [{**ZOE, "hidden": True}, *({"domain": "example.org", "login": f"p{number}"} for number in range(25))]
    town.ok("bluemind_user", users=wish)
    assert town.entry("u-zoe").value["contactInfos"]["communications"]["impps"]
    assert town.wrote() == ["POST users/u-zoe"] and "GET users/u-zoe/complete" in town.read()


def test_the_display_name_follows_the_others(town):
    town.ok("bluemind_user", **ZOE, family_name="Fable")
    assert town.entry("u-zoe").item.display_name == "Zoe Fable"
    town.ok("bluemind_user", **ZOE, display_name="The one")
    town.ok("bluemind_user", **ZOE, family_name="Parable")
    assert town.entry("u-zoe").item.display_name == "The one"


def test_a_refused_field_does_not_stop_the_others(town):
    town.backend.fault("refusal", path="_extId", message="not that one", times=None)
    result = town("bluemind_user", **ZOE, external_id="42", hidden=True)
    assert result["failed"] and "external_id was refused: not that one" in result["msg"] and town.entry("u-zoe").value["hidden"]


def test_data_location_is_for_new_users(town):
    assert "data_location can only be chosen when the user is created" in town.bad("bluemind_user", **ZOE, data_location="other")


# Passwords


@pytest.mark.parametrize(
    "password", ["abcdefghijklmnopqrstuvwxyz012345", "{SSHA}abc", "$2a$10$x", "PBKDF2SHA256:1:x", "a\u00e9b", "10:aa:bb"]
)
def test_passwords_that_the_server_would_misread_are_refused(bm, password):
    message = bm.bad("bluemind_user", **ZOE, family_name="Parable", password=password)
    assert message.startswith("zoe@example.org: password: it ") and password not in message
    assert len(bm.backend.log) == 0


def test_a_password_is_asked_about_and_not_tried(town):
    town.backend.seed(users=[{"domain": "example.org", "uid": "u-zoe", "login": "zoe", "password": "Pl4nted-first"}])
    wish = {**ZOE, "update_password": "when_changed"}
    town.quiet("bluemind_user", **wish, password="Pl4nted-first")
    assert "POST auth/validate" in town.read()
    assert town.ok("bluemind_user", **wish, password="Pl4nted-second")["changed"]
    town.quiet("bluemind_user", **wish, password="Pl4nted-second")
    town.quiet("bluemind_user", **ZOE, password="Pl4nted-third")


def test_of_somebody_archived_it_cannot_be_told(town):
    town.ok("bluemind_user", **ZOE, archived=True)
    result = town.ok("bluemind_user", **ZOE, password="Pl4nted-second", update_password="when_changed")
    assert result["changed"] is False and "cannot be told" in result["warnings"][0]
    assert town.ok("bluemind_user", **ZOE, password="Pl4nted-second", update_password="always")["changed"]


def test_a_new_password_must_still_be_changed(town):
    """The server forgets the demand with each new password."""
    town.ok("bluemind_user", **ZOE, password_must_change=True)
    town.ok("bluemind_user", **ZOE, password="Pl4nted-second", update_password="always", password_must_change=True)
    assert town.entry("u-zoe").value["passwordMustChange"] is True
    town.ok("bluemind_user", **ZOE, password="Pl4nted-third", update_password="always")
    assert town.entry("u-zoe").value["passwordMustChange"] is False


# Photos


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "zoe.png"
    with open(PIXEL, "rb") as stream:
        path.write_bytes(stream.read())
    return path


def test_a_photo_is_known_by_the_digest_of_its_file(town, picture):
    town.ok("bluemind_user", **ZOE, photo=str(picture))
    assert town.entry("u-zoe").photo and town.entry("u-zoe").value["properties"]["workplace_onboarding_photo"].startswith("sha256:")
    town.quiet("bluemind_user", **ZOE, photo=str(picture))
    picture.write_bytes(picture.read_bytes() + b"\0")
    town.ok("bluemind_user", **ZOE, photo=str(picture))
    assert town.wrote() == ["POST users/u-zoe/photo", "POST users/u-zoe"]
    town.ok("bluemind_user", **ZOE, photo="")
    assert town.entry("u-zoe").photo is None and town.entry("u-zoe").value["properties"] == {"kept": "1"}
    town.quiet("bluemind_user", **ZOE, photo="")


def test_a_photo_that_was_removed_by_other_means_is_sent_again(town, picture):
    """One that was exchanged is not: the server's own picture of it cannot be compared with the file (chapter 20)."""
    town.ok("bluemind_user", **ZOE, photo=str(picture))
    town.entry("u-zoe").value["contactInfos"]["identification"]["photo"] = False
    assert town.ok("bluemind_user", **ZOE, photo=str(picture))["changed"]
    town.quiet("bluemind_user", **ZOE, photo=str(picture))


def test_a_photo_that_the_server_refuses_leaves_no_digest(town, tmp_path):
    (tmp_path / "text").write_text("no picture", encoding="utf-8")
    message = town.bad("bluemind_user", **ZOE, photo=str(tmp_path / "text"), hidden=True)
    assert "photo was refused" in message and town.entry("u-zoe").value["hidden"]
    assert town.entry("u-zoe").value["properties"] == {"kept": "1"}


def test_somebody_elses_photo_is_replaced(town, picture):
    town.ok("bluemind_user", **ZOE, photo=str(picture))
    town.backend.seed(users=[{"domain": "example.org", "uid": "u-zoe", "login": "zoe", "properties": {}}])
    assert town.ok("bluemind_user", **ZOE, photo=str(picture))["diff"][0]["before"] == {"photo": "(another photo)"}


@pytest.mark.parametrize("content, words", [(None, "it cannot be read: No such file or directory"), (b"", "the file is empty")])
def test_a_photo_that_cannot_be_read(bm, tmp_path, content, words):
    if content is not None:
        (tmp_path / "zoe.png").write_bytes(content)
    assert words in bm.bad("bluemind_user", **ZOE, photo=str(tmp_path / "zoe.png")) and len(bm.backend.log) == 0


def test_the_property_of_the_digest_is_not_for_users(bm):
    assert "must not hold workplace_onboarding_photo" in bm.bad("bluemind_user", **ZOE, properties={"workplace_onboarding_photo": "x"})


# Names


def test_a_new_login_keeps_the_uid_and_brings_no_address(town):
    town.ok("bluemind_user", domain="example.org", login="zoe.fable", rename_from="zoe", emails=["zoe.fable@example.org"])
    entry = town.entry("u-zoe")
    assert entry.value["login"] == "zoe.fable"
    assert {email["address"] for email in entry.value["emails"]} == {"zoe.fable@example.org", "zoe.fable@18fb0c2a9b1.internal"}
    town.quiet("bluemind_user", domain="example.org", login="zoe.fable", rename_from="zoe", emails=["zoe.fable@example.org"])


@pytest.mark.parametrize("way", [{"uid": "u-zoe"}, {"external_id": "E42"}])
def test_a_new_login_for_who_is_found_by_another_name(town, way):
    town.ok("bluemind_user", **ZOE, external_id="E42")
    wish = {"domain": "example.org", "login": "zf", "emails": ["z.fable@example.org"], **way}
    foretold = town("bluemind_user", check=True, **wish)
    result = town.ok("bluemind_user", **wish)
    assert {**foretold, "requests": 0} == {**result, "requests": 0}
    assert town.entry("u-zoe").value["login"] == "zf"
    town.quiet("bluemind_user", **wish)


def test_a_former_login_in_any_letter_case(town):
    town.ok("bluemind_user", domain="example.org", login="Zora", rename_from=" ZOE ")
    assert town.entry("u-zoe").value["login"] == "zora"


def test_names_that_mean_different_users(town):
    town.backend.seed(users=[person("gus")])
    message = town.bad("bluemind_user", **ZOE, uid="u-gus")
    assert "names different users: gus@example.org and zoe@example.org" in message and town.wrote() == []


def test_one_user_by_two_names_of_the_domain_is_given_twice(town):
    message = town.bad("bluemind_user", users=[{**ZOE}, {"domain": "example.com", "login": "zoe"}])
    assert "are the same user" in message and town.wrote() == []


def test_the_domain_may_stand_beside_the_list(town):
    result = town.ok(
        "bluemind_user", domain="example.com", users=[{"login": "zoe", "hidden": True}, {"login": "gus", "family_name": "Gus"}]
    )
    assert [item["action"] for item in result["users"]] == ["update", "create"]


def test_an_unknown_domain(bm):
    message = bm.bad("bluemind_user", domain="nowhere.example", login="zoe")
    assert "there is no domain nowhere.example: create it first, for example with bluemind_domain" in message


def test_a_domain_of_the_old_style(server, generation):
    """The uid of the domain is the mail domain, and the address made of it cannot be removed."""
    server.start({"domains": ["old.example"]}, {"dialect": int(generation)})
    wish = {
        "domain": "old.example",
        "login": "zoe",
        "family_name": "P",
        "emails": ["zoe.parable@old.example"],
        "email": "zoe.parable@old.example",
    }
    server.ok("bluemind_user", **wish)
    server.quiet("bluemind_user", **wish)
    server.quiet("bluemind_user", **{**wish, "emails": ["zoe.parable@old.example", "zoe@old.example"]})


# References and protection


def test_org_units_by_path_and_by_uid(town):
    town.backend.seed(org_units=[{"domain": "example.org", "uid": "ou-1", "name": "Town"}])
    town.ok("bluemind_user", **ZOE, org_unit="town")
    assert town.entry("u-zoe").value["orgUnitUid"] == "ou-1"
    town.quiet("bluemind_user", **ZOE, org_unit="ou-1")
    assert "there is no org unit Nowhere" in town.bad("bluemind_user", **ZOE, org_unit="Nowhere")


def test_users_of_the_server_are_left_alone(server):
    server.start({"domains": [DOMAIN]}, {"dialect": 4})
    message = server.bad("bluemind_user", domain="example.org", login="bmhiddensysadmin", state="absent")
    assert "it is a user of the server itself" in message and server.wrote() == []
    wish = [{"domain": "example.org", "login": f"p{number}", "family_name": "P"} for number in range(22)]
    result = server("bluemind_user", users=[*wish, {"domain": "example.org", "login": "bmhiddensysadmin", "hidden": False}])
    assert result["summary"]["created"] == 22 and "it is a user of the server itself" in result["msg"]


@pytest.mark.parametrize(
    "wish",
    [
        {"state": "absent"},
        {"archived": True},
        {"login": "other", "rename_from": "delegate"},
        {"profile": "user"},
        {"groups_mode": "set", "groups": []},
        {"password_must_change": True},
        {"account_type": "SIMPLE"},
    ],
)
def test_the_acting_account_stays_as_it_is(bm, wish):
    bm.backend.seed(groups=[{"domain": "lab.test", "name": "admins", "members": ["u-delegate"]}])
    message = bm.bad("bluemind_user", account=bm.delegate, **{"domain": "lab.test", "login": "delegate", **wish})
    assert "this is the account that the task works with" in message and bm.wrote() == []


def test_the_acting_account_may_change_harmless_things(bm):
    assert bm.ok("bluemind_user", account=bm.delegate, domain="lab.test", login="delegate", job_title="Admin")["changed"]


def test_a_missing_right_is_said_in_the_servers_words(town):
    message = town.bad("bluemind_user", account=town.delegate, **ZOE, hidden=True)
    assert "Doesnt have role" in message and "PERMISSION_DENIED" in message


# Deleting


def test_a_deletion_waits_for_its_task(town, pauses):
    town.backend.knobs.task_polls, town.backend.knobs.task_seconds = None, 9
    town.ok("bluemind_user", **ZOE, state="absent")
    assert sum(pauses) >= 9
    town.quiet("bluemind_user", **ZOE, state="absent")


def test_a_deletion_that_fails_says_why(town):
    town.backend.fault("task_error", method="DELETE", message="mailbox is locked")
    assert "deleting zoe@example.org failed: mailbox is locked" in town.bad("bluemind_user", **ZOE, state="absent")


def test_prune_within_an_org_unit(town):
    town.backend.seed(
        org_units=[{"domain": "example.org", "uid": "ou-1", "name": "School"}],
        users=[person("a", orgUnitUid="ou-1"), person("b", orgUnitUid="ou-1"), person("c", orgUnitUid="ou-1"), person("d")],
    )
    wish = {"domain": "example.org", "users": [{"login": "a"}], "prune": True, "prune_limit": "2", "keep": ["b"]}
    result = town.ok("bluemind_user", **wish, prune_scope={"domain": "example.com", "org_unit": "School"})
    assert [(item["name"], item["action"]) for item in result["users"]] == [("c@example.org", "delete")]
    assert "prune would delete 2 of" in town.bad("bluemind_user", **{**wish, "prune_limit": "1"}, prune_scope={"domain": "example.org"})
    assert "needs its domain" in town.bad("bluemind_user", **wish, prune_scope={"org_unit": "School"})


def test_a_fault_is_told_once(office):
    message = office.bad("bluemind_user", domain="example.org", users=[{"login": "a b"}])
    assert message.count("'a b'") == 1 and office.wrote() == []
