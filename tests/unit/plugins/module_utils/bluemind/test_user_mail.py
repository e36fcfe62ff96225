# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Forwarding, vacation, and the mail rules that nobody may touch."""

from __future__ import annotations

import copy

import pytest
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind_world import person

ZOE = {"domain": "example.org", "login": "zoe"}
OLD_RULE = {
    "name": "Boss",
    "criteria": "FROM:IS: boss@example.org",
    "star": True,
    "read": False,
    "delete": False,
    "discard": False,
    "forward": {"enabled": True, "localCopy": True, "emails": ["a@example.net"]},
    "deliver": "Boss",
    "active": True,
    "stop": False,
}
RULE = {
    "id": 7,
    "client": "bluemind",
    "type": "GENERIC",
    "trigger": "IN",
    "deferred": False,
    "active": True,
    "name": "Boss",
    "clientProperties": {"x": "1"},
    "conditions": [
        {"operator": "AND", "filter": {"fields": ["from.email"], "operator": "EQUALS", "values": ["boss@example.org"]}, "negate": False}
    ],
    "actions": [{"name": "REDIRECT", "emails": ["a@example.net"], "keepCopy": True, "clientProperties": {}, "odd": [1]}],
    "stop": True,
}
SILENT = {"enabled": False, "localCopy": False, "emails": []}
NEVER = {"enabled": False, "start": None, "end": None, "text": None, "textHtml": None, "subject": None}
AWAY = {"vacation": True, "vacation_subject": "Away", "vacation_text": "Back soon"}


@pytest.fixture
def ruled(bm, generation):
    """Zoe, with a mail rule as this generation has them."""
    rules = [copy.deepcopy(OLD_RULE if generation == "4" else RULE)]
    bm.backend.seed(users=[person("zoe", filter={"rules": rules, "forwarding": dict(SILENT), "vacation": dict(NEVER)})])
    return bm


def test_rules_stay_as_they_are(ruled, generation):
    before = ruled.backend.state()["domains"]["18fb0c2a9b1.internal"]["entries"]["u-zoe"]["filter"]["rules"]
    ruled.ok("bluemind_user", **ZOE, **AWAY, forwarding=["x@example.net"])
    after = ruled.entry("u-zoe").filter
    for name in before[0]:
        assert after["rules"][0][name] == before[0][name], name
    assert after["forwarding"] == {"enabled": True, "localCopy": True, "emails": ["x@example.net"]} and after["vacation"]["enabled"]
    if generation == "5":  # what is not sent cannot be harmed
        assert ruled.wrote() == ["POST mailboxes/u-zoe/_forwarding", "POST mailboxes/u-zoe/_vacation"]
    else:
        assert ruled.wrote() == ["POST mailboxes/u-zoe/_filter"] and ruled.sent()["rules"] == before


def test_a_rule_that_somebody_makes_meanwhile_stays(ruled):
    """The filter is read again just before it is written."""
    ruled.ok("bluemind_user", **ZOE, **AWAY)
    reads = [call for call in ruled.read() if call == "GET mailboxes/u-zoe/_filter"]
    assert len(reads) == 3  # to plan, to write, to verify


def test_a_new_forwarding_keeps_a_copy_unless_told_otherwise(ruled):
    ruled.ok("bluemind_user", **ZOE, forwarding=["x@example.net"])
    assert ruled.entry("u-zoe").filter["forwarding"]["localCopy"] is True
    ruled.ok("bluemind_user", **ZOE, keep_local_copy=False)
    ruled.ok("bluemind_user", **ZOE, forwarding=["y@example.net"], forwarding_mode="add")
    assert ruled.entry("u-zoe").filter["forwarding"] == {"enabled": True, "localCopy": False, "emails": ["x@example.net", "y@example.net"]}
    ruled.ok("bluemind_user", **ZOE, forwarding=[])
    assert ruled.entry("u-zoe").filter["forwarding"]["enabled"] is False
    ruled.quiet("bluemind_user", **ZOE, forwarding=[])
    ruled.ok("bluemind_user", **ZOE, forwarding=["x@example.net"], keep_local_copy=False)
    assert ruled.entry("u-zoe").filter["forwarding"]["localCopy"] is False


@pytest.mark.parametrize("address", ["z@example.com", "z@example.org"])
def test_forwarding_to_an_address_that_holds_everywhere_is_refused(ruled, address):
    ruled.ok("bluemind_user", **ZOE, emails=["zoe@example.org", "z"])
    assert "an address of the mailbox itself" in ruled.bad("bluemind_user", **ZOE, forwarding=[address])
    assert "an address of the mailbox itself" in ruled.bad(
        "bluemind_user", **ZOE, emails=["zoe@example.org", "x"], forwarding=["x@example.com"]
    )


def test_forwarding_to_oneself_is_refused(ruled):
    message = ruled.bad("bluemind_user", **ZOE, forwarding=["Zoe@example.org"])
    assert "forwarding must not name an address of the mailbox itself: zoe@example.org" in message and ruled.wrote() == []


@pytest.mark.parametrize("place", ["example.org", "18fb0c2a9b1.internal"])
def test_forwarding_of_somebody_new_to_an_address_that_the_server_makes_is_refused(ruled, place):
    wish = {"domain": "example.org", "login": "new", "family_name": "New", "forwarding": [f"new@{place}"]}
    for check in (True, False):
        result = ruled("bluemind_user", check=check, **wish)
        assert result["failed"] and "an address of the mailbox itself" in result["msg"] and ruled.wrote() == []
    assert "an address of the mailbox itself" in ruled.bad("bluemind_user", **ZOE, forwarding=["zoe@18fb0c2a9b1.internal"])
    message = ruled.bad("bluemind_user", domain="example.org", login="zoe2", rename_from="zoe", forwarding=["zoe2@example.org"])
    assert "an address of the mailbox itself" in message


@pytest.mark.parametrize(
    "wish, words",
    [
        ({"vacation": True}, "a vacation needs vacation_subject"),
        ({"vacation": True, "vacation_subject": "Away"}, "need one another"),
        ({"vacation_text": "Back soon"}, "need one another"),
        (
            {**AWAY, "vacation_start": "2026-08-02T00:00:00Z", "vacation_end": "2026-08-01T00:00:00Z"},
            "vacation_end must not be before vacation_start",
        ),
        ({**AWAY, "vacation_start": "2026-08-02T08:00:00"}, "with its time zone"),
        ({**AWAY, "vacation_start": "soon"}, "with its time zone"),
    ],
)
def test_a_vacation_that_the_server_would_refuse_or_lose(ruled, wish, words):
    assert words in ruled.bad("bluemind_user", **ZOE, **wish) and ruled.wrote() == []


def test_the_end_is_compared_with_a_beginning_that_was_there(ruled):
    ruled.ok("bluemind_user", **ZOE, **AWAY, vacation_start="2026-08-02T00:00:00Z")
    assert "would end" in ruled.bad("bluemind_user", **ZOE, vacation_end="2026-08-01T00:00:00Z")


def test_dates_to_the_second_in_any_time_zone(ruled):
    ruled.ok("bluemind_user", **ZOE, **AWAY, vacation_start="2026-08-01T08:00:00.789+02:00")
    assert ruled.entry("u-zoe").filter["vacation"]["start"] == 1785564000000
    ruled.quiet("bluemind_user", **ZOE, vacation_start="2026-08-01 06:00:00Z")
    ruled.entry("u-zoe").filter["vacation"]["start"] += 321  # 4.x keeps milliseconds
    ruled.quiet("bluemind_user", **ZOE, vacation_start="2026-08-01T06:00:00+00:00")
    ruled.ok("bluemind_user", **ZOE, vacation_start="")
    assert ruled.entry("u-zoe").filter["vacation"]["start"] is None


def test_ending_a_vacation_keeps_its_words(ruled):
    ruled.ok("bluemind_user", **ZOE, **AWAY)
    ruled.ok("bluemind_user", **ZOE, vacation=False)
    assert ruled.entry("u-zoe").filter["vacation"]["subject"] == "Away"
    ruled.ok("bluemind_user", **ZOE, vacation=False, vacation_subject="", vacation_text="")
    ruled.quiet("bluemind_user", **ZOE, vacation=False, vacation_subject="", vacation_text="", vacation_html="")
