# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What must not happen, whatever the server, a proxy or another program does at the same time."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.ocs.client import OcsClient

BOB = {"id": "bob@x.example.org", "email": "b@example.org"}
ROBERT = {"id": "robert", "email": "bob@x.example.org"}
PEOPLE = [{"id": f"user{number}", "email": f"user{number}@example.org", "password": "Old-pass-word-1"} for number in range(14)]


@pytest.fixture
def other_program(nc, monkeypatch):
    """Deletes an account as soon as the run has read it."""

    def deletes(userid):
        call = OcsClient.call

        def called(self, method, path, **options):
            answer = call(self, method, path, **options)
            if method == "GET" and "/users/" in path:
                nc.backend.seed(remove_users=[userid])
            return answer

        monkeypatch.setattr(OcsClient, "call", called)

    return deletes


@pytest.mark.parametrize(
    "wish", [{"state": "absent"}, {"role": "Clerk"}, {"enabled": False}, {"groups": ["staff"]}, {"groups": [], "groups_mode": "set"}]
)
def test_account_that_vanishes_before_the_write(nc, other_program, wish):
    """By then its id is the e-mail address of another account, and the server would write to that one."""
    nc.backend.seed(users=[{**BOB, "groups": ["it"]}, {**ROBERT, "groups": ["it"]}], groups=["staff", "it"])
    other_program("bob@x.example.org")
    nc("ocs_user", userid="bob@x.example.org", **wish)
    assert nc.wrote() == [] and list(nc.account("robert").groups) == ["it"]


def test_member_that_vanishes_before_the_write(nc, monkeypatch):
    nc.backend.seed(users=[BOB, ROBERT])
    call = OcsClient.user_ids

    def ids(self):
        found = call(self)
        nc.backend.seed(remove_users=["bob@x.example.org"])
        return found

    monkeypatch.setattr(OcsClient, "user_ids", ids)
    assert "is now the e-mail address of robert" in nc.bad("ocs_group", groupid="new", members=["bob@x.example.org"])
    assert nc.wrote() == ["POST groups"]


def test_503_of_a_proxy_after_the_deletion_took_effect(nc):
    nc.backend.seed(users=[BOB, ROBERT])
    nc.backend.fault("html", method="DELETE", path="/users/", status=503, effect=True)
    assert nc.ok("ocs_user", userid="bob@x.example.org", state="absent")["changed"]
    assert nc.account("robert") and nc.wrote() == ["DELETE bob%40x.example.org"]


@pytest.mark.parametrize("name", [".", "..", "a/../b", "/staff", "a//b", "staff/"])
def test_group_names_that_lead_elsewhere(nc, name):
    assert "groupid" in nc.bad("ocs_group", groupid=name)
    assert "groups" in nc.bad("ocs_user", userid="zoe", email="zoe@example.org", groups=[name])
    assert len(nc.backend.log) == 0


@pytest.mark.parametrize("name", [".", ".."])
def test_scopes_that_lead_elsewhere(nc, name):
    nc.backend.seed(users=PEOPLE)
    listed = [{"userid": "user0", "email": "user0@example.org"}]
    nc.bad("ocs_user", users=listed, prune=True, prune_scope={"group": name}, prune_limit="100%")
    assert nc.wrote() == []
    nc.bad("ocs_user_info", group=name)
    nc.bad("ocs_app_config", app="files", key=name, value="x")


def test_several_runs_together_do_not_block_the_address(nc):
    """The five wrong answers in half an hour are counted by the server, for every program."""
    nc.backend.seed(users=PEOPLE)
    users = [{"userid": person["id"], "password": "New-pass-word-2"} for person in PEOPLE]
    for check in (True, False, False, False):
        nc.ok("ocs_user", users=users, update_password="when_changed", check=check)
    assert sum(1 for entry in nc.backend.log if entry.path.endswith("person/check")) == 0


@pytest.mark.parametrize(
    "wish, method", [({"groups": ["it", "staff"]}, "POST"), ({"additional_emails": ["a@example.org", "b@example.org"]}, "PUT")]
)
def test_half_a_list_written_is_a_change(nc, wish, method):
    nc.backend.seed(users=[{"id": "zoe"}], groups=["it", "staff"])
    nc.backend.fault("refusal", method=method, path="/users/zoe", skip=1, code=104)
    result = nc("ocs_user", userid="zoe", **wish)
    assert result["failed"] and result["changed"] is True and result["diff"]


def test_invitation_after_a_creation_that_stopped_half_way(nc):
    nc.bad("ocs_user", userid="zoe", email="zoe@example.org", language="FR")
    nc.ok("ocs_user", userid="zoe", email="zoe@example.org", language="fr")
    assert [(mail["kind"], mail["to"]) for mail in nc.backend.mails if mail["kind"] == "welcome"] == [("welcome", "zoe@example.org")]


def test_a_delegated_administrator_keeps_its_rights(nc):
    login, name = nc.delegate, nc.delegate["api_username"]
    (group,) = nc.account(name).groups
    nc.backend.seed(groups=["staff"])
    assert "may give it its rights" in nc.bad("ocs_user", login=login, userid=name, groups=["staff"], groups_mode="set")
    assert "may give it its rights" in nc.bad("ocs_group", login=login, groupid=group, state="absent")
    assert "may give it its rights" in nc.bad("ocs_group", login=login, groupid=group, members=[], members_mode="set")
    nc.ok("ocs_group", login=login, groups=[{"groupid": "staff"}], prune=True, prune_scope="all", prune_limit="100%")
    nc.ok("ocs_user", login=login, userid=name, role="Robot")


def test_prune_needs_a_list_of_what_stays(nc):
    nc.backend.seed(users=PEOPLE)
    everything = {"prune": True, "prune_scope": "all", "prune_limit": "100%"}
    assert "prune needs the list users" in nc.bad("ocs_user", userid="user0", **everything)
    assert "empty list" in nc.bad("ocs_user", users=[{"userid": "user0", "state": "absent"}], **everything)
    assert "prune needs prune_limit" in nc.bad("ocs_user", users=[{"userid": "user0"}], **{**everything, "prune_limit": "150%"})
    assert nc.wrote() == []


def test_lost_answers_are_read_and_not_repeated(nc):
    """What a second time means something else is not sent twice."""
    nc.backend.seed(users=[{"id": "zoe"}], groups=["staff"], config={"password_policy": {"historySize": "3"}})
    nc.backend.fault("lost", method="PUT", path="/users/zoe$")
    nc.ok("ocs_user", userid="zoe", additional_emails=["a@example.org", "b@example.org"])
    assert sorted(nc.account("zoe").additional_mail) == ["a@example.org", "b@example.org"]
    nc.backend.seed(users=[{"id": "zoe", "subadmin": ["staff"]}])
    nc.backend.fault("lost", method="DELETE", path="/subadmins$")
    nc.ok("ocs_group", groupid="staff", subadmins=[], subadmins_mode="set")


@pytest.mark.parametrize("content", ["a note to myself\nof two lines", "x", b"\xff\xfe"])
def test_a_file_that_is_no_app_password_is_left_alone(nc, tmp_path, content):
    dest = tmp_path / "file"
    dest.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = dest.read_bytes()
    for state in ("present", "absent"):
        assert "left alone" in nc.bad("ocs_app_password", login=nc.plain_connection(), dest=str(dest), state=state)
    assert dest.read_bytes() == before and len(nc.backend.log) == 0


def test_budget_in_parts(nc, lab):
    """A list that is longer than the budget is written over several runs."""
    nc.backend.seed(users=[{"id": "zoe", "additional_mail": {f"m{number}@example.org": True for number in range(7)}}])
    for run in range(2):
        predicted = nc("ocs_user", userid="zoe", additional_emails=[], rate_limit="defer", check=True)
        result = nc.ok("ocs_user", userid="zoe", additional_emails=[], rate_limit="defer")
        assert predicted["changed"] and result["changed"]
        assert result["users"][0].get("deferred") == predicted["users"][0].get("deferred") == (["additional_emails"] if not run else None)
        lab.clock.advance(61)
    assert not nc.account("zoe").additional_mail
