# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many requests a thousand users cost, of whom nobody needs anything."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind_world import DOMAIN, person

COUNT = 1000
LOGIN, LOOKUP = 1, 1
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


def test_the_address_card_costs_one_request_each(town):
    wish = [{**entry, "family_name": entry["login"].title()} for entry in people()]
    result = town.quiet("bluemind_user", **HERE, users=wish)
    assert result["requests"] == {"reads": LOGIN + LOOKUP + LISTING + town.of_system + COUNT, "writes": 0}


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
