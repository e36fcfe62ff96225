# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whitelists and blacklists: PUT removes, and an address stands in one of the two only."""

from __future__ import annotations

import pytest

MODULE = "iredmail_wblist"
WHITE = {"account": "example.org", "direction": "inbound", "list": "whitelist"}
BLACK = {**WHITE, "list": "blacklist"}


@pytest.fixture(params=["list", "dict", "rows"])
def lists(office, request):
    office.backend.change_knobs({"wblist_shape": request.param})
    office.backend.seed(wblist={"example.org": {"inbound": {"a@example.com": "whitelist", "b@example.com": "whitelist", "@.": "blacklist"}}})
    return office


def stored(office, colour="whitelist", direction="inbound"):
    rows = office.backend.store.wblist.get("@example.org", {}).get(direction, {})
    return sorted(sender for sender, each in rows.items() if each == colour)


@pytest.mark.parametrize(
    ("mode", "given", "after", "calls"),
    [
        ("add", ["B@example.com", "192.0.2.1"], ["192.0.2.1", "a@example.com", "b@example.com"], ["POST"]),
        ("remove", ["B@example.com", "192.0.2.1"], ["a@example.com"], ["PUT"]),
        ("set", ["B@example.com", "192.0.2.1"], ["192.0.2.1", "b@example.com"], ["PUT", "POST"]),
        ("set", [], [], ["DELETE"]),
    ],
)
def test_modes(lists, mode, given, after, calls):
    wish = {**WHITE, "addresses": given, "addresses_mode": mode}
    lists.ok(MODULE, **wish)
    assert stored(lists) == after and stored(lists, "blacklist") == ["@."]
    assert lists.wrote() == [f"{call} wblist/inbound/whitelist/example.org" for call in calls]
    lists.quiet(MODULE, **wish)


@pytest.mark.parametrize("conflict", ["ignore", "error"])
def test_the_other_list(lists, conflict):
    lists.backend.change_knobs({"conflict_colour": conflict})
    wish = {**BLACK, "addresses": ["a@example.com", "c@example.com"]}
    for check in (True, False):
        message = lists.bad(MODULE, check=check, **wish)
        assert "a@example.com stands in the whitelist of the same account and direction: set move to true" in message
        assert lists.wrote() == []
    lists.ok(MODULE, **wish, move=True)
    assert stored(lists, "blacklist") == ["@.", "a@example.com", "c@example.com"] and stored(lists) == ["b@example.com"]
    assert [call.split("/")[0] for call in lists.wrote()] == ["PUT wblist", "POST wblist"]
    lists.quiet(MODULE, **wish)
    assert lists.read() == ["GET domain/example.org", "GET wblist/inbound/blacklist/example.org"]


def test_both_lists_change_places(lists):
    wish = [
        {**WHITE, "addresses": ["@."], "addresses_mode": "set"},
        {**BLACK, "addresses": ["a@example.com", "b@example.com"], "addresses_mode": "set"},
    ]
    lists.ok(MODULE, wblists=[{**each, "move": True} for each in wish], workers=4)
    assert stored(lists) == ["@."] and stored(lists, "blacklist") == ["a@example.com", "b@example.com"]
    lists.quiet(MODULE, wblists=wish)


def test_absent(lists):
    lists.ok(MODULE, **WHITE, state="absent")
    assert lists.wrote() == ["DELETE wblist/inbound/whitelist/example.org"]
    assert stored(lists) == [] and stored(lists, "blacklist") == ["@."]
    lists.quiet(MODULE, **WHITE, state="absent")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({**WHITE, "addresses": ["not an address"]}, "it must be an IP address"),
        ({**WHITE, "addresses": ["2001:db8::1/32"]}, "the network is 2001:db8::/32"),
        ({**WHITE, "addresses": ["@."], "state": "absent"}, "set addresses_mode to remove"),
        ({"wblists": [{**WHITE, "addresses": ["@."]}, {**BLACK, "addresses": ["@."]}]}, "@. cannot stand in the whitelist and in the blacklist"),
        ({"wblists": [WHITE, {**WHITE, "account": "Example.ORG"}]}, "are the same wblist"),
    ],
)
def test_bad_input_is_refused_before_the_first_request(office, options, words):
    assert words in office.bad(MODULE, **options)
    assert len(office.backend.log) == 0


def test_moving_within_one_task_by_removing(lists):
    """Which of the two entries comes first is not promised, so the plan sees what is there now."""
    wish = [{**WHITE, "addresses": ["a@example.com"], "addresses_mode": "remove"}, {**BLACK, "addresses": ["a@example.com"]}]
    assert "set move to true" in lists.bad(MODULE, wblists=wish)
    lists.ok(MODULE, wblists=[{**each, "move": True} for each in wish])
    assert stored(lists, "blacklist") == ["@.", "a@example.com"]


def test_the_directions_are_two_lists(lists):
    lists.ok(MODULE, **{**BLACK, "direction": "outbound"}, addresses=["a@example.com"])
    assert stored(lists, "blacklist", "outbound") == ["a@example.com"] and "a@example.com" in stored(lists)


def test_an_address_that_the_server_drops_is_named(office):
    office.backend.fault("drop", method="POST", path="/wblist/", fields=["addresses"])
    assert "the server accepted addresses and did not store it" in office.bad(MODULE, **WHITE, addresses=["a@example.com"])


def test_a_release_without_them(office):
    office.backend.change_knobs({"sql_version": "3.5", "ldap_version": "3.7"})
    assert "iRedAdmin-Pro SQL 3.6 or LDAP 3.8, or later" in office.bad(MODULE, **WHITE, addresses=["@."])
