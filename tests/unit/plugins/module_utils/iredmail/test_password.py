# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Passwords: when one is sent, how it is compared, and that nothing is reset on a doubt."""

from __future__ import annotations

import pytest

OLD, NEW = "Pl4nted-as-the-old", "Pl4nted-as-the-new"
USER, ADMIN = ("iredmail_user", {"email": "zoe@example.org"}), ("iredmail_admin", {"email": "ops@admins.example"})
BOTH = pytest.mark.parametrize("module, key", [USER, ADMIN])
CHANGED = {"password": NEW, "update_password": "when_changed"}


@pytest.fixture
def people(mail):
    """A user and an administrator, both with the old password."""
    mail.backend.seed(users=[{"mail": "zoe@example.org", "password": OLD}], admins=[{"mail": "ops@admins.example", "password": OLD}])
    return mail


def is_right(panel, module, password):
    """Whether the stored hash is that of the password."""
    from ansible_collections.workplace.onboarding.tests.lab.iredmail.passwords import matches

    stored = panel.backend.store.users["zoe@example.org"] if module == "iredmail_user" else panel.backend.store.admins["ops@admins.example"]
    return matches(stored.password, password)


def disable(panel):
    panel.backend.seed(users=[{"mail": "zoe@example.org", "active": False}], admins=[{"mail": "ops@admins.example", "active": False}])


@BOTH
def test_on_create_leaves_an_existing_account_alone(people, module, key):
    people.quiet(module, **key, password=NEW)
    assert not any("verify" in read for read in people.read())


@BOTH
def test_always_writes_each_time(people, module, key):
    for _time in range(2):
        result = people.ok(module, **key, password=NEW, update_password="always")
        assert result["changed"] and len(people.wrote()) == 1
    assert is_right(people, module, NEW)


@BOTH
def test_when_changed_asks_first_and_checks_afterwards(people, module, key):
    result = people.ok(module, **key, **CHANGED)
    kind = module.partition("_")[2]
    assert people.read().count(f"POST verify_password/{kind}/{key['email']}") == 2
    assert people.sent() == {"password": NEW} and result["diff"][0]["after"] == {"password": "(hidden)"}
    people.quiet(module, **key, **CHANGED)
    assert is_right(people, module, NEW)


@BOTH
def test_a_password_that_the_server_loses_is_noticed(people, module, key):
    people.backend.fault("drop", method="PUT", fields=["password"], times=None)
    message = people.bad(module, **key, **CHANGED)
    assert "password was refused: the server accepted it and still has another one" in message
    assert NEW not in message


@BOTH
def test_a_disabled_account_is_never_reset(people, module, key):
    """Its right password may look wrong (contract 11, no. 7)."""
    disable(people)
    result = people.quiet(module, **key, **CHANGED)
    assert "whether password is the wanted one cannot be told" in result["warnings"][0]
    assert is_right(people, module, OLD)


@BOTH
def test_a_disabled_account_whose_password_is_known_to_be_right(people, module, key):
    people.backend.knobs.verify_inactive = "check"
    disable(people)
    assert "warnings" not in people.quiet(module, **key, password=OLD, update_password="when_changed")


@BOTH
def test_who_is_enabled_in_the_same_run_is_told_in_the_next(people, module, key):
    disable(people)
    people.ok(module, **key, **CHANGED, enabled=True)
    assert is_right(people, module, OLD)
    people.ok(module, **key, **CHANGED, enabled=True)
    assert is_right(people, module, NEW)
    people.quiet(module, **key, **CHANGED, enabled=True)


@BOTH
@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "refusal", "message": "PERMISSION_DENIED"},
        {"kind": "refusal", "message": "NO_SUCH_ACCOUNT"},
        {"kind": "refusal", "message": "INVALID_CREDENTIALS,SOMETHING"},
        {"kind": "refusal", "message": "KeyError('password')"},
        {"kind": "html", "status": 404},
        {"kind": "html", "status": 502},
        {"kind": "locked"},
        {"kind": "lost"},
        {"kind": "empty"},
    ],
)
def test_any_other_answer_cannot_tell(people, module, key, fault):
    people.backend.fault(path="/verify_password/", times=None, **fault)
    result = people.quiet(module, **key, **CHANGED)
    assert "cannot be told, so it was left alone" in result["warnings"][0]


def test_a_listing_of_names_does_not_say_who_is_enabled(people):
    people.backend.knobs.users_shape = "names"
    beside = [{"email": f"none{number}@example.org", "state": "absent"} for number in range(7)]
    people.ok("iredmail_user", users=[{**USER[1], **CHANGED}, *beside])
    assert is_right(people, USER[0], NEW)
    people.quiet("iredmail_user", users=[{**USER[1], **CHANGED}, *beside])


def test_wrong_and_disabled_in_one_run(people):
    """The password is set although the account is disabled with it, and nothing asks a disabled account."""
    people.ok(USER[0], **USER[1], **CHANGED, enabled=False)
    assert is_right(people, USER[0], NEW) and sum("verify" in read for read in people.read()) == 1


HASHES = ("{SSHA512}c3ludGhldGlj", "{CRYPT}$2y$10$abcdefgh")


@pytest.mark.parametrize("wanted", HASHES)
def test_a_hash_is_sent_as_it_is(mail, wanted):
    mail.ok("iredmail_user", email="zoe@example.org", password_hash=wanted)
    assert mail.sent() == {"password_hash": wanted}
    assert mail.backend.store.users["zoe@example.org"].password == wanted
    mail.quiet("iredmail_user", email="zoe@example.org", password_hash=wanted)


def test_a_hash_that_is_not_shown_cannot_be_compared(people):
    result = people.quiet(*USER[:1], **USER[1], password_hash=HASHES[0], update_password="when_changed")
    assert "whether password_hash is the wanted one cannot be told" in result["warnings"][0]


@pytest.mark.parametrize("reencoded", [False, True])
@pytest.mark.parametrize("crowd", [0, 7])
def test_a_hash_that_is_shown_is_compared(people, reencoded, crowd):
    people.backend.change_knobs({"hidden_profiles": [], "hash_reencoded": reencoded})
    beside = [{"email": f"none{number}@example.org", "state": "absent"} for number in range(crowd)]
    wish = {"users": [{**USER[1], "password_hash": HASHES[0]}, *beside], "update_password": "when_changed"}
    people.ok("iredmail_user", **wish)
    assert people.sent() == {"password_hash": HASHES[0]}
    people.quiet("iredmail_user", **wish)
    assert HASHES[0] not in str(people.ok("iredmail_user_info", **USER[1]))


def test_the_policy_of_the_server_is_told(mail):
    message = mail.bad("iredmail_user", email="zoe@example.org", password="weak")
    assert "PW_SHORTER_THAN_MIN_LENGTH, PW_NO_UPPERCASE, PW_NO_DIGIT_NUMBER, PW_NO_SPECIAL_CHAR" in message
    assert "weak" not in message
