# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Subscribers: three ways of being one, confirmations that must not be sent again and again, and a name that must survive."""

from __future__ import annotations

import pytest

MODULE = "iredmail_mailing_list_subscribers"
NEWS = {"address": "news@example.org"}


@pytest.fixture(params=["flat", "nested"])
def news(office, request):
    office.backend.change_knobs({"ml_shape": request.param})
    return office


def stored(office):
    return {kind: sorted(mails) for kind, mails in office.backend.store.lists["news@example.org"].subscribers.items() if mails}


@pytest.mark.parametrize(
    ("options", "after"),
    [
        ({"subscribers": ["Coral@example.org", "dora@example.net"]}, {"normal": ["coral@example.org", "gus@example.org"], "digest": ["dora@example.net"]}),
        ({"subscribers": ["dora@example.net"], "subscription": "normal"}, {"normal": ["dora@example.net", "gus@example.org"]}),
        (
            {"subscribers": ["coral@example.org", "gus@example.org"], "subscription": "nomail"},
            {"nomail": ["coral@example.org", "gus@example.org"], "digest": ["dora@example.net"]},
        ),
        ({"subscribers": ["dora@example.net", "nobody@example.org"], "subscribers_mode": "remove"}, {"normal": ["gus@example.org"]}),
        ({"subscribers": ["dora@example.net"], "subscribers_mode": "remove", "subscription": "normal"}, {"normal": ["gus@example.org"]}),
        ({"subscribers": ["a+b@example.com", "dora@example.net"], "subscribers_mode": "set"}, {"normal": ["a+b@example.com"], "digest": ["dora@example.net"]}),
        ({"subscribers": ["gus@example.org"], "subscribers_mode": "set", "subscription": "digest"}, {"digest": ["gus@example.org"]}),
        ({"subscribers": [], "subscribers_mode": "set"}, {}),
    ],
)
def test_who_receives_it_and_how(news, options, after):
    news.ok(MODULE, **NEWS, **options)
    assert stored(news) == after
    assert all(entry.body["name"] == "News" for entry in news.backend.writes())
    assert news.backend.store.lists["news@example.org"].name == "News"
    assert news.backend.mails == []
    news.quiet(MODULE, **NEWS, **options)
    assert news.read() == ["GET ml/news@example.org"]


def test_a_move_removes_first(office):
    office.ok(MODULE, **NEWS, subscribers=["gus@example.org"], subscription="digest")
    assert [entry.body for entry in office.backend.writes()] == [
        {"name": "News", "remove_subscribers": "gus@example.org"},
        {"name": "News", "add_subscribers": "gus@example.org", "require_confirm": "no", "subscription": "digest"},
    ]


def test_somebody_in_two_ways_is_set_right(office):
    office.backend.seed(lists=[{"mail": "news@example.org", "subscribers": {"normal": ["gus@example.org"], "digest": ["gus@example.org"]}}])
    office.quiet(MODULE, **NEWS, subscribers=["gus@example.org"])
    office.ok(MODULE, **NEWS, subscribers=["gus@example.org"], subscription="normal")
    assert stored(office) == {"normal": ["gus@example.org"]}


def test_confirmation(office):
    """Each run asks again until the answer, which is said, and fails nothing."""
    wish = {**NEWS, "subscribers": ["coral@example.org", "gus@example.org"], "require_confirm": True}
    predicted = office(MODULE, check=True, **wish)
    assert office.backend.mails == []
    for mails in (1, 2):
        result = office.ok(MODULE, **wish)
        assert {**predicted, "requests": 0} == {**result, "requests": 0}
        assert result["changed"] and result["mailing_lists"][0]["unverified"] == ["subscribers"]
        assert [mail["to"] for mail in office.backend.mails] == ["coral@example.org"] * mails
    office.backend.seed(confirm={"news@example.org": ["coral@example.org"]})
    office.quiet(MODULE, **wish)


def test_confirmation_unsubscribes_nobody(office):
    message = office.bad(MODULE, **NEWS, subscribers=["gus@example.org"], subscription="digest", require_confirm=True)
    assert "gus@example.org would receive nothing before the answer" in message and office.wrote() == []


def test_a_lost_answer_asks_nobody_twice(office):
    office.backend.fault("lost", method="PUT", path="/ml/")
    message = office.bad(MODULE, **NEWS, subscribers=["coral@example.org"], require_confirm=True)
    assert "whether the mails that ask for confirmation were sent cannot be read" in message
    assert len(office.backend.mails) == 1
    office.backend.fault("lost", method="PUT", path="/ml/")
    office.ok(MODULE, **NEWS, subscribers=["coral@example.org"])


def test_ways_that_are_not_shown(office):
    """Then being subscribed is enough."""
    office.backend.change_knobs({"ml_subscribers_shape": "strings"})
    office.quiet(MODULE, **NEWS, subscribers=["dora@example.net"], subscription="normal")
    office.ok(MODULE, **NEWS, subscribers=["coral@example.org"], subscription="digest")
    assert stored(office)["digest"] == ["coral@example.org", "dora@example.net"]
    office.quiet(MODULE, **NEWS, subscribers=["coral@example.org"], subscription="digest")


def test_a_list_without_a_name(office):
    office.ok(MODULE, address="list1@example.org", subscribers=["coral@example.org"])
    assert office.sent()["name"] == ""


def test_a_list_that_does_not_exist(office):
    for check in (True, False):
        message = office.bad(MODULE, check=check, address="nothing@example.org", subscribers=["coral@example.org"])
        assert "there is no mailing list nothing@example.org: create it first" in message


@pytest.mark.parametrize(("sql", "ldap"), [("3.1", "3.3"), ("2.8", "3.0")])
def test_a_release_without_them(office, sql, ldap):
    office.backend.change_knobs({"sql_version": sql, "ldap_version": ldap})
    message = office.bad(MODULE, **NEWS, subscribers=["coral@example.org"])
    assert "that takes iRedAdmin-Pro SQL" in message and office.wrote() == []
