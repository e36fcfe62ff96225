# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Relations: one DN a call, in the order of additions and removals."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.ldapsaisie import GROUPS, dn, group, seeded

STAFF, IT, SCHOOL, NOBODY = (f"cn={name},{GROUPS}" for name in ("staff", "it", "school", "nobody"))
ZOE = {"type": "LSpeople", "dn": dn("zoe"), "relation": "groups"}


def test_one_dn_a_call_additions_first(ls):
    ls.ok("relation", **ZOE, related=[STAFF, IT])
    assert ls.bodies() == [{"add": [STAFF]}, {"add": [IT]}]
    ls.converges("relation", **ZOE, related=[SCHOOL, IT], related_mode="set")
    assert [entry.body for entry in ls.last] == [{"add": [SCHOOL]}, {"remove": [STAFF]}]
    ls.converges("relation", **ZOE, related=[SCHOOL, NOBODY], related_mode="remove")
    assert ls.group("it") == [dn("zoe")] and ls.group("school") == []
    ls.converges("relation", **ZOE, related=[], related_mode="set")
    assert ls.group("it") == []


def test_an_unchanged_relation_takes_one_request(ls):
    ls.ok("relation", **ZOE, related=[STAFF])
    ls.quiet("relation", **ZOE, related=[STAFF])
    assert ls.read() == [f"LSpeople/{dn('zoe')}"]


def test_spellings(ls):
    """Another spelling of a related object would be added once more, and one of the object has no rights (chapter 3.6)."""
    ls.ok("relation", **ZOE, related=[STAFF])
    other = {**ZOE, "dn": "UID=ZOE, ou=people,o=ls"}
    ls.quiet("relation", **other, related=[f"CN=Staff, {GROUPS}"])
    ls.converges("relation", **other, related=[f"CN=Staff,{GROUPS}"], related_mode="remove")
    assert [(ls.short(entry), entry.body) for entry in ls.last] == [(f"LSpeople/{dn('zoe')}/relation/groups", {"remove": [STAFF]})]
    ls.converges("relation", **other, related=[f"CN=It,{GROUPS}"], related_type="LSgroup")
    assert ls.last[0].body == {"add": [IT]} and ls.group("it") == [dn("zoe")]
    assert "are the same relation" in ls.bad("relation", relations=[{**ZOE, "related": []}, {**other, "related": []}])


@pytest.mark.parametrize("name", ["R+D", "100%", "a%2Bb"])
def test_values_are_decoded_twice(ls, name):
    related = f"cn={name},{GROUPS}"
    ls.backend.seed(objects=[{**group("x"), "dn": related, "attributes": {"cn": name}}])
    ls.converges("relation", **ZOE, related=[related])
    ls.converges("relation", **ZOE, related=[related], related_mode="remove")


def test_what_does_not_exist_is_named_and_the_rest_is_done(ls):
    result = ls("relation", **ZOE, related=[STAFF, NOBODY, IT])
    assert result["failed"] and result["changed"] is True
    assert f"No LSgroup found for DN {NOBODY}" in result["msg"]
    assert ls.group("staff") == ls.group("it") == [dn("zoe")]
    for check in (True, False):
        message = ls.bad("relation", check=check, **ZOE, related=[SCHOOL, NOBODY], related_type="LSgroup")
        assert f"there is no LSgroup called {NOBODY}" in message and ls.wrote() == []


def test_what_is_no_relation_or_no_object(ls):
    assert "a LSpeople has no relation nosuch, but groups, dyngroups" in ls.bad("relation", **{**ZOE, "relation": "nosuch"}, related=[])
    assert "has no relation groups, but none at all" in ls.bad("relation", type="LSgroup", dn=STAFF, relation="groups", related=[])
    assert f"there is no LSpeople called {dn('nobody')}" in ls.bad("relation", **{**ZOE, "dn": dn("nobody")}, related=[STAFF])
    assert "not authorized" in ls.bad("relation", **{**ZOE, "relation": "dyngroups"}, related=["cn=d,ou=dyngroups,o=ls"])
    assert "related must be given" in ls.bad("relation", **ZOE)
    assert "it is not a DN" in ls.bad("relation", **ZOE, related=["staff"])


def test_the_own_account_keeps_its_relations(ls):
    own = {"type": "LSsysaccount", "dn": ls.backend.account_dn, "relation": "groups"}
    ls.converges("relation", **own, related=[STAFF])
    for mode, related in (("remove", [STAFF]), ("set", [])):
        assert "it cannot leave it" in ls.bad("relation", **own, related=related, related_mode=mode)
        assert ls.wrote() == []


def test_a_write_that_breaks_is_completed(ls):
    for kind in ("lost", "bad_request", "truncate"):
        ls.backend.fault(kind, path="/relation/groups$")
        ls.ok("relation", **ZOE, related=[STAFF, IT], related_mode="set")
        ls.quiet("relation", **ZOE, related=[STAFF, IT], related_mode="set")
        ls.ok("relation", **ZOE, related=[], related_mode="set")


def test_what_all_entries_share_stands_beside_the_list(ls):
    entries = [{"dn": dn(name), "related": ["cn=staff,ou=groups,o=ls"]} for name in ("zoe", "gus")]
    ls.ok("relation", type="LSpeople", relation="groups", relations=entries)
    assert {dn("zoe"), dn("gus")} <= set(ls.group("staff"))


def test_many_relations_are_read_once_each(ls):
    ls.backend.seed(objects=[seeded(f"p{number}") for number in range(40)])
    wish = [{**ZOE, "dn": dn(f"p{number}"), "related": []} for number in range(40)]
    result = ls.quiet("relation", relations=wish)
    assert result["requests"] == {"reads": 41, "writes": 0}
