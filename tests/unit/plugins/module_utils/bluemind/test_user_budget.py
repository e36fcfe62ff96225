# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many requests a thousand users cost, of whom nobody needs anything."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind_world import DOMAIN, person

COUNT = 1000
LOGIN, LOOKUP, RELEASE = 1, 1, 1
LISTING = 2  # the directory, and the mailboxes
HERE = {"domain": "example.org"}


@pytest.fixture(scope="module")
def crowd():
    return {
        "domains": [DOMAIN],
        "groups": [{"domain": "example.org", "uid": f"g-{name}", "name": name} for name in ("staff", "it", "school")],
        "users": [person(f"p{number}", quota=2097152, groups=["staff"]) for number in range(COUNT)],
    }


@pytest.fixture
def town(server, generation, crowd):
    server.start(crowd, {"dialect": int(generation)})
    server.of_system = 1 if generation == "4" else 0  # 4.x has a user of its own, who is in no listing of mailboxes
    return server


def people(**more):
    return [{"login": f"p{number}", **more} for number in range(COUNT)]


def test_what_directory_and_mailboxes_show(town):
    each = {"quota": "2 GB", "archived": False, "hidden": False, "org_unit": "", "account_type": "FULL", "routing": "internal"}
    wish = [{**entry, "email": f"{entry['login']}@example.org"} for entry in people(**each)]
    result = town.quiet("bluemind_user", **HERE, users=wish)
    assert result["requests"] == {"reads": LOGIN + LOOKUP + LISTING + town.of_system, "writes": 0}


def test_address_cards_cost_one_request_on_5_7_and_one_each_before(town, generation):
    wish = [{**entry, "family_name": entry["login"].title(), "phone": "", "job_title": ""} for entry in people()]
    result = town.quiet("bluemind_user", **HERE, users=wish)
    cards = COUNT if generation == "4" else 1
    assert result["requests"] == {"reads": LOGIN + LOOKUP + RELEASE + LISTING + town.of_system + cards, "writes": 0}
    assert sum("_mgetvcardonly" in call for call in town.read()) == (0 if generation == "4" else 1)


def test_the_first_releases_of_the_fifth_generation_read_each_card(server, crowd):
    """What 5.7 asks by that address would be the update of a user there."""
    server.start({**crowd, "users": crowd["users"][:30]}, {"dialect": 5, "early5": True})
    server.quiet("bluemind_user", **HERE, users=[{**entry, "family_name": entry["login"].title()} for entry in people()[:30]])
    assert not any("_mgetvcardonly" in call for call in server.read())


def test_what_no_card_shows_is_read_of_each_user(town):
    """The cards would be asked for in vain."""
    wish = [{**entry, "family_name": entry["login"].title(), "properties": {"a": ""}, "photo": ""} for entry in people()]
    result = town.quiet("bluemind_user", **HERE, users=wish)
    assert result["requests"]["reads"] == LOGIN + LOOKUP + LISTING + town.of_system + COUNT


def test_a_change_of_a_card_keeps_all_else(town):
    """What a listing shows of a user is never what is written."""
    town.backend.seed(users=[{"domain": "example.org", "login": "p7", "properties": {"employee": "42"}, "passwordNeverExpires": True}])
    before = town.entry("u-p7").value
    wish = [{**entry, "family_name": entry["login"].title(), "job_title": "Clerk" if entry["login"] == "p7" else ""} for entry in people()]
    result = town.ok("bluemind_user", **HERE, users=wish)
    assert result["summary"]["updated"] == 1 and len(town.wrote()) == 1
    after = town.entry("u-p7").value
    assert after["contactInfos"]["organizational"]["title"] == "Clerk"
    assert {**after, "contactInfos": 0} == {**before, "contactInfos": 0}
    town.quiet("bluemind_user", **HERE, users=wish)


def test_only_those_whose_card_is_managed(town):
    wish = [{**entry, "family_name": entry["login"].title()} if number < 10 else entry for number, entry in enumerate(people())]
    result = town.quiet("bluemind_user", **HERE, users=wish)
    assert result["requests"]["reads"] == LOGIN + LOOKUP + LISTING + town.of_system + 10


def test_external_ids_that_the_directory_tells(town):
    town.backend.seed(users=[{"domain": "example.org", "login": f"p{number}", "external_id": f"E{number}"} for number in range(990)])
    wish = [{**entry, "external_id": entry["login"].replace("p", "E")} for entry in people()[:990]]
    assert town.quiet("bluemind_user", **HERE, users=wish)["requests"]["reads"] == LOGIN + LOOKUP + LISTING + town.of_system
    (late,) = town.ok("bluemind_user", **HERE, users=[*wish, {"login": "p995", "external_id": "E995"}])["users"]
    assert late.get("fields") == ["external_id"], late
    town.quiet("bluemind_user", **HERE, users=[*wish, {"login": "p995", "external_id": "E995"}])


@pytest.mark.parametrize("mode, lists", [("add", 1), ("set", 3)])
def test_memberships_cost_one_request_for_each_group(town, mode, lists):
    result = town.quiet("bluemind_user", **HERE, users=people(groups=["staff"]), groups_mode=mode)
    assert result["requests"]["reads"] == LOGIN + LOOKUP + LISTING + town.of_system + 1 + lists


def test_roles_settings_and_filter_cost_one_request_of_each_user(town):
    wish = people(roles=[], roles_mode="add", settings={}, timezone="Europe/Paris", forwarding=[], vacation=False)
    result = town.quiet("bluemind_user", **HERE, users=wish)
    assert result["requests"]["reads"] == LOGIN + LOOKUP + LISTING + town.of_system + 3 * COUNT
    for part in ("/roles", "/_settings", "/_filter"):
        assert sum(call.endswith(part) for call in town.read()) == COUNT


def test_few_of_many_are_read_one_by_one(town):
    result = town.quiet("bluemind_user", **HERE, users=people(quota="2 GB")[:20])
    assert result["requests"]["reads"] == LOGIN + LOOKUP + 20


def test_a_thousand_leavers(town):
    """One write for each, and one for each group that they leave."""
    wish = people(archived=True, groups=[], groups_mode="set")
    result = town.ok("bluemind_user", **HERE, users=wish)
    assert result["requests"]["writes"] == COUNT + 1
    # Listing, groups and members, each user just before it is replaced, listing and members again.
    assert result["requests"]["reads"] <= LOGIN + LOOKUP + COUNT + 2 * (LISTING + town.of_system) + 1 + 3 + 3
    town.quiet("bluemind_user", **HERE, users=wish)
