# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many requests a run takes."""

from __future__ import annotations

import math

import pytest

COUNT = 1000
PAGE = 1000
VIEWERS = "DNS Viewers (built-in)"


@pytest.fixture
def thousand(micetro):
    micetro.backend.seed(groups=["staff"])
    micetro.backend.seed(
        users=[{"name": f"person{n:04}", "fullName": f"Person {n}", "groups": ["staff"], "roles": [VIEWERS]} for n in range(COUNT)]
    )
    return micetro


@pytest.mark.parametrize(
    ("options", "listings"),
    [
        ({}, []),
        ({"groups": ["staff"]}, ["GET groups"]),
        ({"roles": [VIEWERS]}, ["GET roles"]),
        ({"groups": ["staff"], "roles": [VIEWERS]}, ["GET groups", "GET roles"]),
        ({"groups": ["staff"], "groups_mode": "set", "roles": [VIEWERS], "roles_mode": "set"}, ["GET groups", "GET roles"]),
    ],
)
def test_a_thousand_users_unchanged(thousand, options, listings):
    users = [{"name": f"person{n:04}", "full_name": f"Person {n}", **options} for n in range(COUNT)]
    result = thousand.quiet("micetro_user", users=users)
    on_the_server = COUNT + 3
    assert sorted(thousand.read()) == sorted(["GET addressSpaces", *listings, *["GET users"] * math.ceil(on_the_server / PAGE)])
    assert result["requests"] == {"reads": len(thousand.backend.log), "writes": 0}


def test_one_user_unchanged(thousand):
    wish = {"name": "person0007", "groups": ["staff"], "roles": [VIEWERS]}
    thousand.quiet("micetro_user", **wish)
    assert thousand.read() == ["GET addressSpaces", "GET groups", "GET roles", "GET users/person0007"]


def test_three_users_are_read_one_by_one_and_four_from_the_listing(thousand):
    thousand.quiet("micetro_user", users=[{"name": f"person{n:04}"} for n in range(3)])
    assert "GET users" not in thousand.read() and len(thousand.read()) == 4
    thousand.quiet("micetro_user", users=[{"name": f"person{n:04}"} for n in range(4)])
    assert thousand.read().count("GET users") == 2 and len(thousand.read()) == 3


def test_creating_takes_one_call_for_the_user_and_one_for_each_membership(micetro):
    micetro.backend.seed(groups=["staff"])
    users = [{"name": f"new{n}", "password": "L0ng-enough-for-it", "groups": ["staff"], "roles": [VIEWERS]} for n in range(20)]
    result = micetro.ok("micetro_user", users=users)
    # Login, groups, roles, users; then the users once after each of the two rounds.
    assert result["requests"] == {"reads": 6, "writes": 60}
