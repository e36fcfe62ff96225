# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import copy
import time

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.core.errors import InvalidInput
from ansible_collections.workplace.onboarding.plugins.module_utils.core.report import Cover
from ansible_collections.workplace.onboarding.plugins.module_utils.core.spec import (
    DELETE,
    HIDDEN,
    MODES,
    UNREADABLE,
    Field,
    NotAllowed,
    Secret,
    hide,
)
from ansible_collections.workplace.onboarding.tests.unit.plugins.module_utils.core.memory import UID, Beside, Core, Person
from hypothesis import given
from hypothesis import strategies as st

LIST = {"type": "list", "elements": "str"}
NAMES = st.lists(st.sampled_from(["a", "A", "b", "c", "C", "All", "all", "d"]), max_size=6)


def folded(values):
    return {value.casefold() for value in values}


# Field.goal and Field.same


@given(have=NAMES, want=NAMES, mode=st.sampled_from(MODES))
def test_a_goal_is_reached_in_one_step(have, want, mode):
    """What is reached needs no further step, whatever the mode, the letter case and the protected elements."""
    item = Field("groups", **LIST, norm=str.casefold, protected=("All",))
    want = item.accept(want)
    goal = item.goal(have, want, mode)
    assert item.same(goal, item.goal(goal, want, mode))
    assert folded(have) & {"all"} <= folded(goal)
    expected = {
        "add": folded(have) | folded(want),
        "set": folded(want) | folded(have) & {"all"},
        "remove": folded(have) - (folded(want) - {"all"}),
    }
    assert folded(goal) == expected[mode]


@given(have=NAMES, want=NAMES)
def test_adding_keeps_the_servers_spelling_and_order(have, want):
    item = Field("groups", **LIST, norm=str.casefold)
    assert item.goal(have, item.accept(want), "add")[: len(have)] == have


@given(left=NAMES, right=NAMES)
def test_lists_are_compared_as_sets_unless_their_order_matters(left, right):
    assert Field("x", **LIST, norm=str.casefold).same(left, right) == (folded(left) == folded(right))
    assert Field("x", **LIST, ordered=True).same(left, right) == (left == right)


VALUES = st.one_of(st.none(), st.text(max_size=3), st.booleans(), st.integers(0, 2))


@given(left=VALUES, right=VALUES)
def test_values_are_the_same_if_they_are_equal_or_both_empty(left, right):
    item = Field("x", norm=str)
    assert item.same(left, left) and item.same(left, right) == item.same(right, left)
    assert item.same(None, "") and not item.same(None, False) and not item.same("", 0)


@pytest.mark.parametrize("have", [None, UNREADABLE, []])
def test_a_goal_where_nothing_is_known(have):
    assert Field("x", **LIST).goal(have, ["a"], "add") == ["a"]
    assert Field("x").goal(have, "a", "set") == "a"


# Reading


def test_reading():
    item = Field("title", source="job.title", decode=str.upper)
    assert item.read({"job": {"title": "a"}}) == "A"
    assert item.read({"job": {}}) is item.read({"job": None}) is item.read({}) is UNREADABLE
    forbidden = NotAllowed("no right")
    assert item.read({"job": {"title": forbidden}}) is forbidden
    assert item.read({"job": {"title": UNREADABLE}}) is UNREADABLE


def test_there_is_one_unreadable():
    assert copy.deepcopy({"x": UNREADABLE})["x"] is UNREADABLE and repr(UNREADABLE) == "UNREADABLE"


def test_readings_of_a_map():
    item = Field("more", type="dict")
    assert item.readings({"more": {"a": 1, "b": 2}}, {"a": 9, "c": 9}) == {"more.a": 1, "more.c": None}
    assert item.readings({"more": []}, {"a": 9}) == item.readings({"more": None}, {"a": 9}) == {"more.a": None}  # PHP's empty map
    assert item.readings({}, {"a": 9}) == {"more.a": UNREADABLE}


# What was given


def strict(value):
    if value == "bad":
        raise ValueError("it is bad")
    return value.strip()


PERSON = Person(
    Core(
        Field("title", clean=strict),
        Field("name", clearable=False),
        Field("roles", **LIST, clean=strict, norm=str.casefold, mode="add"),
        Field("password", secret=True, clean=strict),
        Field("more", type="dict", twin="secret_more"),
        Field("secret_more", type="dict", secret=True),
    ),
    Beside("photo", Field("photo")),
    steering=(Field("tags", type="list", elements="str", send=(DELETE,)),),
    states={"present": {}, "disabled": {"enabled": False}, "absent": None},
    renames=True,
)


def wants(*people, **options):
    defaults = {name: option.get("default") for name, option in PERSON.options().items()}
    return PERSON.wants({**defaults, "people": list(people) or None, **options})


def refusal(*people, **options):
    with pytest.raises(InvalidInput) as caught:
        wants(*people, **options)
    return str(caught.value)


def test_only_what_was_given_is_wanted():
    (want,) = wants({"uid": "zoe", "title": " a ", "name": None})
    assert want.values == {"uid": "zoe", "title": "a"} and (want.name, want.where, want.state) == ("zoe", "people[0]", "present")
    assert want.modes == {"roles": "add"} and want.update_password == "on_create"


def test_the_options_beside_a_list_are_those_of_each_entry_unless_it_says_otherwise():
    first, second = wants({"uid": "a"}, {"uid": "b", "state": "absent", "roles_mode": "set"}, state="disabled", roles_mode="remove")
    assert (first.state, first.modes, first.values) == ("disabled", {"roles": "remove"}, {"uid": "a", "enabled": False})
    assert (second.state, second.modes) == ("absent", {"roles": "set"})


def test_lists_lose_their_duplicates():
    assert wants({"uid": "zoe", "roles": ["a", " A", "b"]})[0].values["roles"] == ["a", "b"]


@pytest.mark.parametrize(
    "person, words",
    [
        ({"uid": "zoe", "title": "bad"}, "people[0] (zoe): title 'bad': it is bad"),
        ({"uid": "zoe", "roles": ["a", "bad"]}, "people[0] (zoe): roles ['a', 'bad']: it is bad"),
        ({"uid": "zoe", "name": ""}, "people[0] (zoe): name '': it cannot be empty"),
        ({"uid": "", "title": "a"}, "people[0]: uid must be given and not empty"),
        ({"uid": "zoe", "password": "bad"}, "people[0] (zoe): password: it is bad"),
        ({"uid": "zoe", "more": {"a": 1, "b": 2}, "secret_more": {"b": 3}}, "people[0] (zoe): b stands in both more and secret_more"),
    ],
)
def test_bad_input_is_one_sentence(person, words):
    assert refusal(person) == words


def test_all_faults_are_named_and_many_are_counted():
    assert (
        refusal({"uid": "a", "title": "bad", "name": ""})
        == "people[0] (a): title 'bad': it is bad; people[0] (a): name '': it cannot be empty"
    )
    assert refusal(*({"uid": f"u{n}", "title": "bad"} for n in range(8))).endswith("people[4] (u4): title 'bad': it is bad (and 3 more)")


def test_duplicates_in_any_letter_case():
    assert refusal({"uid": "zoe"}, {"uid": "a"}, {"uid": "ZOE"}) == "people[0] (zoe) and people[2] (ZOE) are the same person"


def test_hooks_that_refine():
    def refine(values, state):
        if state == "present" and values.get("title") == "odd":
            raise ValueError("a title is never odd")
        values["title"] = "refined"

    PERSON.refine = refine
    try:
        assert wants({"uid": "zoe"})[0].values["title"] == "refined"
        assert refusal({"uid": "zoe", "title": "odd"}) == "people[0] (zoe): a title is never odd"
    finally:
        del PERSON.refine


# Secrets


def test_secrets_are_sealed():
    (want,) = wants({"uid": "zoe", "password": "pass-phrase", "secret_more": {"a": "pin-code", "b": 12, "c": ""}})
    assert "phrase" not in repr(want) and "pin-code" not in repr(want) and sorted(want.secrets) == ["12", "pass-phrase", "pin-code"]
    assert want.hide("pass-phrase, pin-code, 12") == f"{HIDDEN}, {HIDDEN}, {HIDDEN}"
    assert want.values["password"] == "pass-phrase" and isinstance(want.values["password"], Secret)


def test_a_secret_that_holds_another_is_hidden_whole():
    assert hide("password123!", ["password", "password123!"]) == HIDDEN


@pytest.mark.parametrize(
    "spelled", ["a&quot;b&#039;&lt;c/&gt;&eacute;", "a&quot;b&#x27;&lt;c/&gt;é", "a\"b'&lt;c/&gt;é", "a\\\"b'<c\\/>\\u00e9"]
)
def test_secrets_as_html_and_json_quote_them(spelled):
    assert hide(f"echo {spelled}.", ["a\"b'<c/>é"]) == f"echo {HIDDEN}."


@pytest.mark.parametrize(
    "spelled",
    [
        "Zoe&#43;5&#61;x&#34;y",
        "Zoe&#x2B;5&#x3D;x&quot;y",
        "Zoe&#X2b;5&#x003d;x&#0034;y",
        "Zoe+5=x&#x0022;y",
        "&#90;oe&#43;5=x&#34;y",
        'Zoe\\u002B5\\u003dx\\"y',
        "Zoe\\u002b5\\u003Dx\\u0022y",
        'Zoe\\\\u002B5=x"y',
    ],
)
def test_secrets_as_numbers_of_characters(spelled):
    for cover in (lambda text: hide(text, ['Zoe+5=x"y']), Cover(['Zoe+5=x"y'])):
        assert cover(f"echo {spelled}.") == f"echo {HIDDEN}."


@pytest.mark.parametrize("text", ["a &#43; b", "C:\\u002Bx", "&#xD83D;&#x110000;&#99999999;&#;\\ud83d", "&#43; &#" + "0" * 5000])
def test_texts_without_a_secret_stay_as_they_are(text):
    assert hide(text, ["Zoe+5"]) == Cover(["Zoe+5"])(text) == text


def test_a_long_text_takes_no_longer_for_what_looks_like_numbers_of_characters():
    for text in ("\\" * 400_000, "&#" + "0" * 400_000, "&#0" * 150_000, "\\u00" * 100_000):
        began = time.monotonic()
        hide(text, ["Zoe+5"])
        assert time.monotonic() - began < 5


# Options and export


def test_options():
    options = PERSON.options()
    entry = options["people"]["options"]
    assert (
        options["roles_mode"] == {"type": "str", "choices": ["add", "set", "remove"], "default": "add"}
        and "default" not in entry["roles_mode"]
    )
    assert options["state"]["default"] == "present" and "default" not in entry["state"]
    assert entry["uid"]["required"] and "required" not in options["uid"]
    assert options["password"]["no_log"] and options["update_password"]["no_log"] is False and options["secret_more"]["no_log"] is True
    assert "tags" in options and "tags_mode" not in options and "rename_from" in options


def test_the_elements_of_a_list_of_maps_are_described_and_cleaned_one_by_one():
    def clean(value):
        return {name: each for name, each in value.items() if each is not None}

    item = Field("entries", type="list", elements="dict", suboptions={"verb": {"type": "str"}}, clean=clean, norm=lambda each: each["verb"])
    assert item.option() == {"type": "list", "elements": "dict", "options": {"verb": {"type": "str"}}}
    assert item.accept([{"verb": "read", "note": None}, {"verb": "read"}, {"verb": "write"}]) == [{"verb": "read"}, {"verb": "write"}]
    assert "options" not in Field("x", type="list", elements="str").option()


def test_no_key_is_required_where_another_identity_may_be_given():
    options = Person(Core(), identities=((UID,), (Field("email"),))).options()
    assert "required" not in options["people"]["options"]["uid"] and "email" in options


def test_export_gives_what_is_accepted_and_no_secrets():
    raw = {
        "uid": "zoe",
        "title": "a",
        "name": "",
        "roles": ["r"],
        "password": "********",
        "photo": "x",
        "more": {"a": "1", "b": UNREADABLE, "c": NotAllowed("computed")},
    }
    exported = PERSON.export(raw, PERSON.parts)
    assert exported == {"uid": "zoe", "title": "a", "roles": ["r"], "more": {"a": "1"}, "photo": "x"}
    assert PERSON.export(raw, PERSON.parts[:1]).get("photo") is None
    assert wants(exported)[0].values == exported


def test_identities():
    two = Person(Core(), identities=((UID,), (Field("zone"), Field("host", norm=str.casefold))))
    assert two.identify({"uid": "A", "zone": "z", "host": "H"}) == [(0, ("a",)), (1, ("z", "h"))]
    assert two.identify({"uid": "", "zone": "z"}) == [] and two.identify_raw({"zone": "z", "host": UNREADABLE}) == []
    assert two.identify_raw({"uid": NotAllowed("no right"), "zone": "z", "host": "h"}) == [(1, ("z", "h"))]
    assert two.label({"zone": "z", "host": "h"}) == "z/h" and two.label({"zone": "z"}) == ""


def test_an_identity_may_do_without_a_key_that_is_not_required():
    """Zones of one name on several servers: the server tells them apart, and need not be given where there is only one."""
    zone = Person(Core(), identities=((Field("zone"), Field("server", required=False, norm=str.casefold)),))
    assert zone.identify({"zone": "z"}) == [(0, ("z", None))] and zone.identify({"zone": "z", "server": "NS"}) == [(0, ("z", "ns"))]
    assert zone.identify({"server": "NS"}) == []
    assert zone.label({"zone": "z"}) == "z" and zone.label({"zone": "z", "server": "NS"}) == "z/NS"
    with pytest.raises(InvalidInput, match="^zone must be given and not empty$"):
        zone.wants({**dict.fromkeys(zone.options()), "server": "NS", "state": "present"})


def test_a_key_may_stand_beside_the_list():
    """The domain that all entries are in, unless one names another."""
    zone = Person(Core(), identities=((UID, Field("domain", shared=True)),))
    options = zone.options()
    assert "required" not in options["people"]["options"]["domain"] and options["people"]["options"]["uid"]["required"]
    defaults = {name: option.get("default") for name, option in options.items()}
    listed = {"people": [{"uid": "a"}, {"uid": "b", "domain": "other"}], "domain": "here"}
    assert [want.values for want in zone.wants({**defaults, **listed})] == [
        {"uid": "a", "domain": "here"},
        {"uid": "b", "domain": "other"},
    ]
    with pytest.raises(InvalidInput, match=r"^people\[0\]: uid and domain must be given and not empty$"):
        zone.wants({**defaults, "people": [{"uid": "a"}]})
    with pytest.raises(InvalidInput, match="^uid must stand in each entry of people, not beside the list$"):
        zone.wants({**defaults, **listed, "uid": "c"})
