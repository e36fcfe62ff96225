# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans by themselves, and any two states of an object: one run leads from one to the other, and the next is quiet."""

from __future__ import annotations

import copy

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.core.errors import Lost, Refused
from ansible_collections.workplace.onboarding.plugins.module_utils.core.plan import plan
from ansible_collections.workplace.onboarding.plugins.module_utils.core.spec import CREATE, UNREADABLE, UPDATE, Field, NotAllowed, Want
from ansible_collections.workplace.onboarding.tests.unit.plugins.module_utils.core.memory import Beside, Core, Desk, Person, Server
from hypothesis import given, settings
from hypothesis import strategies as st

CORE = Core(
    Field("title", source="job.title", api="jobTitle", create_as="job_title"),
    Field("name", resend=True),
    Field("more", type="dict", encode=lambda value: {key: str(each) for key, each in value.items()}),
    Field("password", secret=True, source="keys.password"),
    Field("flag", type="bool", encode=lambda value: "1" if value else "0", decode=lambda value: value == "1"),
)
PERSON = Person(CORE)
RAW = {
    "uid": "zoe",
    "job": {"title": "a", "grade": 3},
    "name": "Zoe",
    "more": {"x": "1"},
    "keys": {"password": "***", "pgp": "k"},
    "flag": "0",
}


def change(raw=..., **values):
    return plan(
        PERSON,
        Want("zoe", "", values.pop("state", "present"), {"uid": "zoe", **values}, {}),
        copy.deepcopy(RAW if raw is ... else raw),
        secrets={"password": False},
    )


def test_what_an_update_sends():
    made = change(title="b", flag=True)
    assert made.wire(UPDATE, CORE) == {"name": "Zoe", "jobTitle": "b", "flag": "1"}
    assert made.before == {"title": "a", "flag": False} and made.after == {"title": "b", "flag": True}


def test_what_a_creation_sends():
    made = change(None, title="b", flag=False, name="")
    assert made.wire(CREATE, CORE) == {"job_title": "b", "flag": "0"}


def test_the_whole_object():
    made = change(title="b", more={"y": 2}, flag=True)
    assert made.merged(CORE) == {
        "uid": "zoe",
        "job": {"title": "b", "grade": 3},
        "name": "Zoe",
        "more": {"x": "1", "y": "2"},
        "keys": {"pgp": "k"},
        "flag": "1",
    }
    assert made.raw == RAW and change(password="new").merged(CORE)["keys"] == {"password": "new", "pgp": "k"}


def test_the_whole_object_of_a_creation():
    made = change(None, title="b", more={"y": 2}, password="pass-phrase")
    assert made.merged(CORE, CREATE) == {"job": {"title": "b"}, "more": {"y": "2"}, "keys": {"password": "pass-phrase"}}


def test_what_only_the_object_itself_tells_is_regarded_before_it_is_compared():
    """An element that the server makes of another field of the object."""

    class Keeper(Person):
        def regard(self, want, raw):
            want.keeps["roles"] = [raw["uid"]]
            want.accepts["title"] = raw["name"]

    keeper = Keeper(Core(Field("roles", type="list", elements="str"), Field("title"), Field("name")))
    want = Want("zoe", "", "present", {"uid": "zoe", "roles": ["a"], "title": "Zoe"}, {})
    raw = {"uid": "zoe", "roles": ["zoe", "b"], "title": "Zoe", "name": "Zoe"}
    assert plan(keeper, want, raw).goals == {"roles": ["a", "zoe"]}
    assert plan(keeper, want, {**raw, "roles": ["zoe", "a"]}).action == "none"
    assert plan(keeper, want, None).goals == {"roles": ["a"], "title": "Zoe"}


@pytest.mark.parametrize("gone", [None, [], ""])
def test_the_whole_object_where_a_branch_is_empty(gone):
    """PHP writes an empty map as a list, others as null."""
    made = change({**RAW, "job": gone, "more": gone, "keys": gone})
    made.goals.update(title="b", more={"y": "2"})
    assert made.merged(CORE)["job"] == {"title": "b"} and made.merged(CORE)["more"] == {"y": "2"}


@pytest.mark.parametrize("name", [UNREADABLE, NotAllowed("no right")])
def test_what_must_be_repeated_and_cannot_be(name):
    with pytest.raises(Refused, match="name must be given"):
        change({**RAW, "name": name}, title="b").wire(UPDATE, CORE)
    if name is UNREADABLE:
        assert change({**RAW, "name": name}, title="b", name="Zoe").wire(UPDATE, CORE)["name"] == "Zoe"


def test_deleting_shows_what_is_lost_but_no_secret():
    made = change(state="absent")
    assert made.action == "delete" and made.before == {"uid": "zoe", "title": "a", "name": "Zoe", "more": {"x": "1"}, "flag": False}
    assert change(None, state="absent").action == "none"


# Any two states

TEXT = st.sampled_from(["", "a", "A", "b"])
NAMES = st.lists(st.sampled_from(["a", "A", "b", "c", "All"]), max_size=4)
MAPS = st.dictionaries(st.sampled_from(["x", "y", "z"]), TEXT, max_size=3)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXT,
        "name": st.sampled_from(["n", "N", "m"]),
        "aliases": NAMES,
        "more": MAPS,
        "flag": st.booleans(),
        "roles": NAMES,
        "photo": TEXT,
        "password": st.just("pass-phrase"),
    },
)
STATES = st.one_of(st.just({"state": "absent"}), VALUES)
TROUBLE = st.lists(
    st.tuples(st.sampled_from(["create", "update", "delete", "set roles", "set photo", "set title", "set aliases"]), st.booleans()),
    max_size=1,
)


def desk(whole, few, one_writer):
    fields = (
        Field("title", source="job.title", norm=str.casefold),
        Field("name", resend=True, create_as="fullName"),
        Field("aliases", type="list", elements="str", norm=str.casefold, protected=("All",)),
        Field("more", type="dict", send=(UPDATE,)),
        Field("flag", type="bool", send=(UPDATE,)),
        Field("password", secret=True),
    )
    roles = Beside("roles", Field("roles", type="list", elements="str", mode="add"))
    core = Core(*fields, whole=whole, listed=True, few=few)
    return Desk(Person(core, roles, Beside("photo", Field("photo"))), Server(), one_writer=one_writer)


@settings(max_examples=300, deadline=None)
@given(
    first=STATES,
    second=STATES,
    modes=st.fixed_dictionaries(
        {}, optional={"aliases_mode": st.sampled_from(["add", "set", "remove"]), "roles_mode": st.sampled_from(["add", "set", "remove"])}
    ),
    whole=st.booleans(),
    few=st.sampled_from([0, 20]),
    one_writer=st.booleans(),
    trouble=TROUBLE,
)
def test_any_two_states_converge_in_one_run_and_the_next_is_quiet(first, second, modes, whole, few, one_writer, trouble):
    """And check mode predicts it, whatever is asked for; a single lost answer changes nothing of that."""
    d = desk(whole, few, one_writer)
    d.ok({"uid": "zoe", **first})
    before = copy.deepcopy(d.server.objects)
    for call, effect in trouble:
        d.server.fault(call, "zoe", Lost("the connection broke"), effect)
    wish = {"uid": "zoe", **second, **modes}
    foretold = d.ok(wish, check=True)
    assert d.server.wrote() == [] and d.server.objects == before
    result = d.ok(wish)
    lost = [fault for fault in d.server.faults if not fault.times]
    if not lost:
        assert {**foretold, "requests": 0} == {**result, "requests": 0}
    assert foretold["changed"] == result["changed"] and foretold["diff"] == result["diff"]
    d.server.faults.clear()
    d.quiet(wish)
    if not result["changed"]:
        assert d.server.objects == before


TAGS = Field("tags", type="list", elements="str", mode="add", norm=str.casefold, blind=True)
TAGGED = Person(Core(TAGS))


@pytest.mark.parametrize(
    ("mode", "added", "removed"),
    [("add", ["c"], []), ("set", ["c"], ["A"]), ("remove", [], ["b"])],
)
def test_what_is_added_to_a_list_and_removed(mode, added, removed):
    made = plan(TAGGED, Want("zoe", "", "present", {"uid": "zoe", "tags": ["B", "c"]}, {"tags": mode}), {"uid": "zoe", "tags": ["A", "b"]})
    assert made.difference(TAGS) == (added, removed)


@pytest.mark.parametrize(("mode", "added", "removed"), [("add", ["b"], []), ("set", ["b"], []), ("remove", [], ["b"])])
def test_a_list_that_cannot_be_read_and_need_not_be(mode, added, removed):
    wish = Want("zoe", "", "present", {"uid": "zoe", "tags": ["b"]}, {"tags": mode})
    assert plan(TAGGED, wish, {"uid": "zoe"}).action == "none"
    made = plan(TAGGED, wish, {"uid": "zoe"}, unreadable="always_quiet")
    assert made.difference(TAGS) == (added, removed) and made.unverified == ["tags"] and not made.error


@pytest.mark.parametrize(
    ("mode", "tags", "after"), [("set", ["c"], ["c", "A"]), ("remove", ["A", "b"], ["A"]), ("add", ["c"], ["A", "b", "c"])]
)
def test_what_resolve_found_out_is_kept_by_every_mode(mode, tags, after):
    wish = Want("zoe", "", "present", {"uid": "zoe", "tags": tags}, {"tags": mode}, keeps={"tags": ["a"]})
    assert plan(TAGGED, wish, {"uid": "zoe", "tags": ["A", "b"]}).goals["tags"] == after


RIGHTS = Field("rights", type="dict", unset="unset")
HOLDER = Person(Core(RIGHTS))


@pytest.mark.parametrize(
    "have", [{"uid": "zoe", "rights": {}}, {"uid": "zoe", "rights": None}, {"uid": "zoe", "rights": {"read": "unset"}}]
)
def test_a_key_that_is_not_there_has_a_value_of_its_own(have):
    assert plan(HOLDER, Want("zoe", "", "present", {"uid": "zoe", "rights": {"read": "unset"}}, {}), have).action == "none"
    made = plan(HOLDER, Want("zoe", "", "present", {"uid": "zoe", "rights": {"read": "allow"}}, {}), have)
    assert made.before == {"rights.read": "unset"} and made.goals == {"rights": {"read": "allow"}}
