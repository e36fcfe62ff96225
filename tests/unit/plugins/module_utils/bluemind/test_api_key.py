# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import stat

import pytest

OF_CORAL = {"domain": "example.org", "user": "coral"}
OLD = "lab-only-api-key-of-coral-0000000"


@pytest.fixture
def dest(tmp_path):
    return str(tmp_path / "key")


def kept(dest):
    with open(dest, encoding="utf-8") as stream:
        return stream.read().strip()


def keys(server, subject="u-coral"):
    return {sid: key["displayName"] for sid, key in server.backend.store.api_keys.items() if key["subject"] == subject}


def test_made_once_and_kept_for_its_owner_only(office, dest):
    assert office.ok("bluemind_api_key", check=True, name="nightly", dest=dest)["changed"] and not os.path.exists(dest)
    result = office.ok("bluemind_api_key", name="nightly", dest=dest)
    secret = kept(dest)
    assert result["changed"] and keys(office, "admin0_global.virt")[secret] == "nightly"
    assert stat.S_IMODE(os.stat(dest).st_mode) == 0o600
    assert secret not in str(result) and os.listdir(os.path.dirname(dest)) == ["key"]
    office.quiet("bluemind_api_key", name="nightly", dest=dest)
    assert kept(dest) == secret
    office.ok("bluemind_info", account={"api_url": office.backend.url, "api_token_file": dest}, gather=["servers"])


def test_of_somebody_else_by_acting_for_them(office, dest):
    office.ok("bluemind_api_key", **OF_CORAL, name="phone", dest=dest)
    assert keys(office) == {kept(dest): "phone"}
    assert len(office.backend.store.sessions) == 1  # the session of coral was closed
    office.quiet("bluemind_api_key", **OF_CORAL, name="phone", dest=dest)
    found = office.ok("bluemind_api_key_info", domain="example.com", user="coral@example.org")
    assert [key["name"] for key in found["api_keys"]] == ["phone"] and kept(dest) not in str(found)


def test_the_key_of_another_account_is_left_alone(office, dest):
    office.ok("bluemind_api_key", **OF_CORAL, name="phone", dest=dest)
    secret = kept(dest)
    for state in ("present", "absent"):
        message = office.bad("bluemind_api_key", domain="example.org", user="gus", name="phone", dest=dest, state=state)
        assert "holds a key of another account, so it was left alone" in message and kept(dest) == secret


def test_a_lost_key_is_replaced(office, dest):
    office.backend.seed(api_keys=[{"sid": OLD, "login": "coral@example.org", "displayName": "phone"}])
    office.ok("bluemind_api_key", **OF_CORAL, name="phone", dest=dest)
    assert keys(office) == {kept(dest): "phone"} and kept(dest) != OLD
    with open(dest, "w", encoding="utf-8") as stream:
        stream.write("00000000-0000-4000-8000-000000000000\n")
    assert office.ok("bluemind_api_key", **OF_CORAL, name="phone", dest=dest)["changed"]
    assert keys(office) == {kept(dest): "phone"}


@pytest.mark.parametrize("fault", ["lost", "truncate", "empty"])
def test_a_key_whose_answer_is_lost_is_not_left_behind(office, dest, fault):
    office.backend.fault(fault, method="PUT", path="/auth/keys")
    assert office.ok("bluemind_api_key", **OF_CORAL, name="phone", dest=dest)["changed"]
    assert keys(office) == {kept(dest): "phone"}
    office.backend.fault(fault, method="PUT", path="/auth/keys", times=2)
    result = office("bluemind_api_key", **OF_CORAL, name="tablet", dest=f"{dest}2")
    assert result["failed"] and not result["changed"] and list(keys(office).values()) == ["phone"] and not os.path.exists(f"{dest}2")
    assert "exception" not in result


def test_an_old_key_that_stays_is_told_and_revoked_the_next_time(office, dest):
    office.backend.seed(api_keys=[{"sid": OLD, "login": "coral@example.org", "displayName": "phone"}])
    office.backend.fault("refusal", method="DELETE", path="/auth/keys", code="FORBIDDEN", message="not now")
    result = office("bluemind_api_key", **OF_CORAL, name="phone", dest=dest)
    assert result["failed"] and result["changed"] and kept(dest) in keys(office)
    assert "the new key is there, and 0 of 1 keys that are to go were revoked, and the next one was not: not now" in result["msg"]
    assert office.ok("bluemind_api_key", check=True, **OF_CORAL, name="phone", dest=dest)["revoked"] == 1
    result = office.ok("bluemind_api_key", **OF_CORAL, name="phone", dest=dest)
    assert result["changed"] and result["revoked"] == 1 and keys(office) == {kept(dest): "phone"}
    office.quiet("bluemind_api_key", **OF_CORAL, name="phone", dest=dest)


def test_a_key_of_another_name_in_the_file_is_not_the_wanted_one(office, dest):
    office.ok("bluemind_api_key", **OF_CORAL, name="phone", dest=dest)
    office.backend.seed(api_keys=[{"sid": OLD, "login": "coral@example.org", "displayName": "tablet"}])
    office.ok("bluemind_api_key", **OF_CORAL, name="tablet", dest=dest)
    assert keys(office)[kept(dest)] == "tablet" and OLD not in keys(office)


@pytest.mark.parametrize("fault", [{"kind": "refusal", "code": "FORBIDDEN", "message": "stays"}, {"kind": "drop", "fields": ["key"]}])
def test_what_was_revoked_before_one_stays_is_told(office, fault):
    office.backend.seed(api_keys=[{"sid": f"{OLD}{n}", "login": "coral@example.org", "displayName": f"key {n}"} for n in range(3)])
    office.backend.fault(**fault, method="DELETE", path="/auth/keys", skip=2)
    result = office("bluemind_api_key", **OF_CORAL, state="absent")
    assert result["failed"] and result["changed"] and result["revoked"] == 2 and len(keys(office)) == 1
    assert "stays" in result["msg"] or "1 of 3 keys are still there" in result["msg"]


def test_no_answer_to_acting_for_somebody(office):
    office.backend.fault("empty", method="POST", path="_su")
    assert "the answer to acting for coral is not one of BlueMind" in office.bad("bluemind_api_key", **OF_CORAL, state="absent")


def test_revoked_by_name_with_its_file(office, dest):
    office.backend.seed(api_keys=[{"sid": OLD, "login": "coral@example.org", "displayName": "tablet"}])
    office.ok("bluemind_api_key", **OF_CORAL, name="phone", dest=dest)
    assert office.ok("bluemind_api_key", check=True, **OF_CORAL, name="phone", dest=dest, state="absent")["revoked"] == 1
    result = office.ok("bluemind_api_key", **OF_CORAL, name="phone", dest=dest, state="absent")
    assert result["revoked"] == 1 and keys(office) == {OLD: "tablet"} and not os.path.exists(dest)
    office.quiet("bluemind_api_key", **OF_CORAL, name="phone", dest=dest, state="absent")


def test_revoked_on_the_first_releases_of_the_fifth_generation(office5):
    office5.backend.change_knobs({"early5": True})
    office5.backend.seed(api_keys=[{"sid": OLD, "login": "coral@example.org"}])
    office5.ok("bluemind_api_key", **OF_CORAL, state="absent")
    assert office5.wrote() == [f"DELETE auth/keys/{OLD}"] and keys(office5) == {}


def test_a_fault_that_repeats_the_key(office4):
    office4.backend.seed(api_keys=[{"sid": OLD, "login": "coral@example.org"}])
    office4.backend.fault("refusal", method="DELETE", path="/auth/keys", code="FORBIDDEN", message=f"{OLD} stays")
    assert "(hidden) stays (FORBIDDEN)" in office4.bad("bluemind_api_key", **OF_CORAL, state="absent")


def test_all_of_a_leaver(office):
    office.backend.seed(api_keys=[{"sid": f"{OLD}{n}", "login": "coral@example.org", "displayName": f"key {n}"} for n in range(3)])
    assert office.ok("bluemind_api_key", **OF_CORAL, state="absent")["revoked"] == 3
    assert keys(office) == {} and office.backend.api_key in office.backend.store.api_keys
    office.quiet("bluemind_api_key", **OF_CORAL, state="absent")


def test_too_late_after_the_suspension(office):
    office.backend.seed(
        users=[{"domain": "example.org", "login": "coral", "archived": True}], api_keys=[{"sid": OLD, "login": "coral@example.org"}]
    )
    message = office.bad("bluemind_api_key", **OF_CORAL, state="absent")
    assert "coral is suspended" in message and "revoke keys before suspending" in message
    assert office.wrote() == [] and OLD in keys(office)


def test_the_one_in_use_is_not_revoked(office):
    token = {"api_url": office.backend.url, "api_token": office.backend.api_key}
    assert "the key that this task works with" in office.bad("bluemind_api_key", account=token, name="lab", state="absent")
    password = {"api_url": office.backend.url, "api_username": office.backend.username, "api_password": office.backend.api_key}
    assert "the key that this task works with" in office.bad("bluemind_api_key", account=password, name="lab", state="absent")
    assert office.backend.api_key in office.backend.store.api_keys


def test_the_core_token_has_none_of_its_own(office, dest):
    assert "belongs to nobody" in office.bad("bluemind_api_key", account=office.core_token, name="x", dest=dest)
    office.ok("bluemind_api_key", account=office.core_token, **OF_CORAL, name="x", dest=dest)
    assert keys(office) == {kept(dest): "x"}


def test_bad_input_is_refused_before_the_first_request(office, tmp_path):
    other = tmp_path / "letter"
    other.write_text("Dear all,\n", encoding="utf-8")
    for wish, why in (
        ({"name": "x"}, "would be printed"),
        ({"dest": str(tmp_path / "key")}, "name must be given"),
        ({"state": "absent"}, "give name"),
        ({"name": " ", "dest": str(tmp_path / "key")}, "name must not be empty"),
        ({"name": "x", "dest": str(tmp_path)}, "is a folder"),
        ({"name": "x", "dest": str(tmp_path / "none" / "key")}, "not a folder that can be written to"),
        ({"name": "x", "dest": str(other)}, "holds something else than an API key"),
    ):
        assert why in office.bad("bluemind_api_key", **wish), wish
        assert len(office.backend.log) == 0


def test_printed_only_where_nobody_sees_it(office):
    result = office.ok("bluemind_api_key", no_log=True, **OF_CORAL, name="phone")
    assert keys(office) == {result["api_key"]: "phone"}
    assert "api_key" not in office.quiet("bluemind_api_key", no_log=True, **OF_CORAL, name="phone")


def test_nobody_to_act_for(office):
    assert "there is no user nobody in example.org" in office.bad("bluemind_api_key_info", domain="example.org", user="nobody")
    assert "there is no user office" in office.bad("bluemind_api_key", domain="example.org", user="office", state="absent")


def test_a_revocation_that_the_server_forgets(office):
    office.backend.seed(api_keys=[{"sid": OLD, "login": "coral@example.org", "displayName": "phone"}])
    office.backend.fault("drop", method="DELETE", path="/auth/keys", fields=["key"])
    assert "1 of 1 keys are still there" in office.bad("bluemind_api_key", **OF_CORAL, name="phone", state="absent")
