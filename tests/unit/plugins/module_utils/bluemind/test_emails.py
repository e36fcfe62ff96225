# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The addresses of a mailbox: both ways between two options and the wire, and what becomes of them on the server."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind import emails
from ansible_collections.workplace.onboarding.plugins.module_utils.core.spec import Want
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind_world import person
from hypothesis import given
from hypothesis import strategies as st

ZOE = {"domain": "example.org", "login": "zoe"}
INNER = {"address": "zoe@18fb.internal", "allAliases": False, "isDefault": False}


def entry(address, everywhere=False, default=False, **more):
    return {"address": address, "allAliases": everywhere, "isDefault": default, **more}


def sent(before, **goals):
    want = Want("zoe", "", "present", dict(goals), {})
    return emails.sent(SimpleNamespace(want=want, goals=goals), before, "example.org")


def by_address(entries):
    return {each["address"]: (each["allAliases"], each["isDefault"]) for each in entries}


@pytest.mark.parametrize(
    "stored, shown",
    [
        (None, {"email": "", "emails": []}),
        ([INNER, entry("zoe@example.org", default=True)], {"email": "zoe@example.org", "emails": ["zoe@example.org"]}),
        ([entry("Zoe@example.org", True, True)], {"email": "zoe@example.org", "emails": ["zoe"]}),
        (
            [entry("z@example.com"), entry("zoe@18fb.internal", default=True)],
            {"email": "zoe@18fb.internal", "emails": ["z@example.com", "zoe@18fb.internal"]},
        ),
    ],
)
def test_what_is_shown(stored, shown):
    assert emails.shown(stored) == shown


@pytest.mark.parametrize(
    "before, goals, after",
    [
        ([], {"email": "zoe@example.org"}, {"zoe@example.org": (False, True)}),
        ([], {"emails": ["z@example.org", "zoe"]}, {"z@example.org": (False, True), "zoe@example.org": (True, False)}),
        ([], {"email": "zoe@example.com", "emails": ["zoe"]}, {"zoe@example.com": (True, True)}),
        ([INNER], {"emails": ["zoe"]}, {"zoe@example.org": (True, True)}),
        (
            [INNER, entry("zoe@example.org", default=True)],
            {"emails": ["z@example.org"]},
            {"zoe@18fb.internal": (False, False), "z@example.org": (False, True)},
        ),
        (
            [entry("zoe@example.org", default=True)],
            {"email": "z@example.org"},
            {"zoe@example.org": (False, False), "z@example.org": (False, True)},
        ),
        ([entry("zoe@example.org", default=True), entry("z@example.org")], {"email": ""}, {"z@example.org": (False, False)}),
        ([entry("zoe@example.org", default=True)], {"email": "", "emails": []}, {}),
        (
            [entry("zoe@example.com", True, True)],
            {"emails": ["zoe", "z"]},
            {"zoe@example.com": (True, True), "z@example.org": (True, False)},
        ),
    ],
)
def test_what_is_sent(before, goals, after):
    assert by_address(sent(before, **goals)) == after


def test_what_stays_is_sent_back_as_it_is():
    before = [entry("zoe@example.org", default=True, later="x"), entry("z@example.org", later="y")]
    assert sent(before, email="z@example.org") == [
        {**before[1], "isDefault": True},
        {**before[0], "isDefault": False},
    ]


LISTED = st.lists(st.sampled_from(["zoe", "z", "zoe@example.org", "z@example.com", "other@example.org"]), unique=True)


@given(first=LISTED, second=LISTED, default=st.sampled_from([None, "zoe@example.org", "zoe@example.com"]))
def test_what_is_sent_is_what_is_shown_then(first, second, default):
    """One default, no address twice, and a local part that holds everywhere only once."""
    for listed in (first, second):
        given_values = {"emails": listed, **({"email": default} if default else {})}
        emails.refine(given_values)
        want = Want("zoe", "", "present", given_values, {})
        emails.complete(want)
        out = sent(sent([INNER], emails=first) if listed is second else [INNER], **want.values)
        shown = emails.shown(out)
        assert shown["emails"] == sorted(want.values["emails"]) and (not default or shown["email"] == default)
        assert sum(each["isDefault"] for each in out) == bool(shown["emails"])
        everywhere = [emails.local(each["address"]) for each in out if each["allAliases"]]
        assert all([emails.local(each["address"]) for each in out].count(name) == 1 for name in everywhere)


# On the server


@pytest.fixture
def town(bm):
    bm.backend.seed(users=[person("zoe"), person("gus")])
    return bm


def test_an_address_in_every_name_of_the_domain(town):
    town.ok("bluemind_user", **ZOE, emails=["zoe"])
    card = town.entry("u-zoe").value["contactInfos"]["communications"]["emails"]
    assert {each["value"] for each in card} == {"zoe@example.org", "zoe@example.com"}
    town.quiet("bluemind_user", **ZOE, emails=["zoe"], email="zoe@example.org")


def test_an_address_that_is_there_in_every_name_is_not_added(town):
    town.ok("bluemind_user", **ZOE, emails=["zoe"])
    town.quiet("bluemind_user", **ZOE, emails=["zoe@example.com"], emails_mode="add")
    town.ok("bluemind_user", **ZOE, emails=["zoe@example.com", "z@example.com"], emails_mode="add")
    town.quiet("bluemind_user", **ZOE, emails=["zoe", "z@example.com"])


def test_an_address_elsewhere_would_get_no_mail(town):
    message = town.bad("bluemind_user", **ZOE, emails=["zoe@example.org", "zoe@example.net"])
    assert "zoe@example.net is in no name of the domain, which are example.org, example.com" in message and town.wrote() == []


def test_an_address_elsewhere_that_is_there_already_or_delivered_elsewhere(town):
    town.backend.seed(users=[person("old", routing="internal", emails=["old@example.org", "old@example.net"])])
    town.quiet("bluemind_user", domain="example.org", login="old", emails=["old@example.org", "old@example.net"])
    town.ok("bluemind_domain", domain="example.org", settings={"mail_routing_relay": "relay.example.net"})
    town.ok("bluemind_user", **ZOE, routing="external", emails=["zoe@example.org", "zoe@example.net"])
    town.ok("bluemind_user", **ZOE, emails=["z@example.net"], emails_mode="add")


def test_an_address_of_somebody_else(town):
    message = town.bad("bluemind_user", **ZOE, emails=["zoe@example.org", "gus"])
    assert "already in use" in message


@pytest.mark.parametrize(
    "wish, words",
    [
        ({"emails": []}, "emails []: it cannot be empty"),
        ({"email": ""}, "email '': it cannot be empty"),
        ({"emails": ["not an address"]}, "it must be an e-mail address, or only the part before the @"),
        ({"email": "zoe@example.org", "emails": ["zoe@example.org"], "emails_mode": "remove"}, "email is among the emails to remove"),
    ],
)
def test_what_cannot_be(bm, wish, words):
    assert words in bm.bad("bluemind_user", **ZOE, **wish) and len(bm.backend.log) == 0


def test_addresses_without_a_default_can_be_given_back(bm):
    addresses = [{"address": "lab@example.org"}, {"address": "team@example.com"}]
    bm.backend.seed(groups=[{"domain": "example.org", "uid": "g-lab", "name": "lab", "emails": addresses}])
    for entry in bm.entry("g-lab").value["emails"]:
        entry["isDefault"] = False
    (found,) = bm.ok("bluemind_group_info", domain="example.org", name="lab")["groups"]
    assert "email" not in found and found["emails"] == ["lab@example.org", "team@example.com"]
    bm.quiet("bluemind_group", **found)


def test_a_group_may_do_without_an_address(bm):
    wish = {"domain": "example.org", "name": "staff"}
    bm.ok("bluemind_group", **wish, email="staff@example.org", emails=["team"])
    bm.ok("bluemind_group", **wish, email="")
    bm.quiet("bluemind_group", **wish, emails=["team"])
    bm.ok("bluemind_group", **wish, email="", emails=[])
    bm.quiet("bluemind_group", **wish, email="", emails=[])
