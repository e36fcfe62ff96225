# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What accounts people become, and that what is unknown is left alone."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.plugins.plugin_utils.accounts import to_accounts
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people import FIELDS, PeopleError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be


def person(**known):
    return {**dict.fromkeys(FIELDS), "on_leave": False, "extra": {}, **known}


ZOE = person(
    login="zoe.fable",
    given_name="Zoé",
    family_name="Fable",
    department="Staff",
    job_title="{{ 6 * 7 }} {login}",
    extra={"Badge": "7", "Room N° 1": "12", "Empty": None},
)


def made(options, someone=None, **more):
    (account,) = to_accounts([someone or ZOE], options, **more)
    return account


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("{login}", "zoe.fable"),
        ("{given_name} {family_name}", "Zoé Fable"),
        ("{given_name[0]}. {family_name}", "Z. Fable"),
        ("uid={login},ou=people,o=ls", "uid=zoe.fable,ou=people,o=ls"),
        ("{extra[Badge]}", "7"),
        ("{extra[Room N° 1]}/{extra[Badge]}", "12/7"),
        ("internal", "internal"),
        ("", ""),
        ("{on_leave}", False),
        ("leave: {on_leave}", "leave: false"),
        (7, 7),
        (1.5, 1.5),
        (True, True),
        (False, False),
        (0, 0),
        ([], []),
        ({}, {}),
        (["{login}", "{email}", "x", "zoe.fable"], ["zoe.fable", "x"]),
        ({"sn": "{family_name}", "mail": "{email}", "gid": 0}, {"sn": "Fable", "gid": 0}),
        ([{"email": "{login}@example.org", "label": "{phone}"}], [{"email": "zoe.fable@example.org"}]),
        # A value of the file is a value: it is not looked at for fields or templates.
        ("{job_title}", "{{ 6 * 7 }} {login}"),
        ({"from": "department", "values": {"staff": "5 GB"}}, "5 GB"),
        ({"from": "department", "values": {"STAFF": ["{login}", 2]}}, ["zoe.fable", 2]),
        ({"from": "department", "values": {"it": "20 GB"}, "default": "2 GB"}, "2 GB"),
        ({"from": "email", "values": {"x": 1}, "default": "{login}@example.org"}, "zoe.fable@example.org"),
        ({"from": "on_leave", "values": {True: "away", False: "here"}}, "here"),
        ({"from": "extra[Badge]", "values": {7: "seven"}}, "seven"),
    ],
)
def test_what_an_option_becomes(option, expected):
    account = made({"option": option})
    assert account == {"option": expected}
    assert type(account["option"]) is type(expected)


@pytest.mark.parametrize(
    "option",
    [
        "{email}",
        "{email[0]}",
        "{phone} {email}",
        "{extra[Empty]}",
        "{extra[Nothing]}",
        "{login}@{extra[Domain]}",
        "{department}, {site}",
        "{manager_login}",
        ["{email}", "{phone}"],
        {"mail": "{email}", "inner": {"phone": "{phone}"}},
        {"from": "department", "values": {"it": "20 GB"}},
        {"from": "department", "values": {"staff": "{email}"}, "default": "x"},
        {"from": "department", "values": {"staff": None}, "default": "x"},
        {"from": "email", "values": {}},
    ],
)
def test_what_is_unknown_leaves_the_option_out(option):
    assert made({"login": "{login}", "option": option}) == {"login": "zoe.fable"}


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"given_name": "Zoé"}, {"name": "Zoé"}),
        ({"family_name": "Fable"}, {"name": "Fable"}),
        ({"given_name": "Zoé", "family_name": "de  la Tour"}, {"name": "Zoé de  la Tour"}),
        ({}, {}),
    ],
)
def test_one_name_alone_is_a_full_name(known, expected):
    assert made({"name": "{given_name} {family_name}"}, person(**known)) == expected


def test_a_french_map():
    options = {
        "userid": "{login}",
        "display_name": "{family_name} {given_name}",
        "language": {"from": "language", "values": {"français": "fr", "anglais": "en"}, "default": "fr"},
        "groups": ["service-{department}", "site-{site}"],
    }
    noel = person(login="noel.exemple", given_name="Noël", family_name="d'Exemple", department="École", language="Français")
    assert made(options, noel) == {
        "userid": "noel.exemple",
        "display_name": "d'Exemple Noël",
        "language": "fr",
        "groups": ["service-École"],
    }


@pytest.mark.parametrize("named_by", ["basil", "BASIL@example.org", "0001"])
def test_the_manager_by_whatever_name(named_by):
    basil = person(login="basil", email="basil@example.org", employee_number="0001", display_name="Basil Inkwell")
    options = {"m": "{manager_login}", "forward": ["{manager_email}"], "text": "Ask {manager_name}", "as written": "{manager}"}
    account = to_accounts([person(login="zoe", manager=named_by), basil], options)[0]
    assert account == {"m": "basil", "forward": ["basil@example.org"], "text": "Ask Basil Inkwell", "as written": named_by}


def test_entitlements_join_lists_and_replace_the_rest():
    options = {"userid": "{login}", "groups": ["all", "site"], "quota": "1 GB"}
    granted = {"ZOE.fable": {"groups": ["it", "all"], "quota": "20 GB", "roles": ["r"], "nothing": None}}
    assert made(options, entitlements=granted) == {
        "userid": "zoe.fable",
        "groups": ["all", "site", "it"],
        "quota": "20 GB",
        "roles": ["r"],
    }
    assert made(options, entitlements={}) == {"userid": "zoe.fable", "groups": ["all", "site"], "quota": "1 GB"}


def test_all_that_is_wrong_in_a_map_is_said_at_once():
    options = {
        "a": "{surname}",
        "b": "{login.__class__}",
        "c": "{login",
        "d": None,
        "e": ["{login}", "{x}", None],
        "f": {"sn": "{y}"},
        "g": {"from": "dept", "values": ["x"], "defualt": 1},
        "h": {"from": "department", "values": {"it": "{z}"}, "default": "{q}"},
        "i": {"from": "given_name[0]", "values": {}},
        "j": object,
    }
    with pytest.raises(PeopleError) as caught:
        to_accounts([ZOE], options, ["zoe"])
    errors = [error.split("; there are")[0] for error in caught.value.errors]
    assert errors == [
        "a: 'surname' is no field",
        "b: 'login.__class__' is no field",
        "c: the braces of '{login' do not match",
        "d is null: leave it out, or give '' to clear it",
        "e[2]: 'x' is no field",
        "e[3] is null: leave it out, or give '' to clear it",
        "f.sn: 'y' is no field",
        "g has 'defualt'; a choice has from, values, default",
        "g: from 'dept' is no field",
        "g: values is ['x']: give a map of value: option",
        "h.values.it: 'z' is no field",
        "h.default: 'q' is no field",
        "i: from 'given_name[0]' is a character only; name the whole field",
        "j is <class 'object'>: give a text, a number, true or false, a list or a map",
        "the entitlements are ['zoe']: give what entitled returns for one backend",
    ]
    with pytest.raises(PeopleError, match="the map is 7"):
        to_accounts([ZOE], 7)


def test_entitlements_need_logins_and_maps_do_not():
    assert made({"name": "{given_name}"}, person(given_name="Zoé")) == {"name": "Zoé"}
    with pytest.raises(PeopleError, match="entry 1: the login is missing"):
        made({"name": "{given_name}"}, person(given_name="Zoé"), entitlements={})


TEXTS = st.sampled_from(["{login}", "{email}", "{given_name} {family_name}", "{phone}-{site}", "{extra[Badge]}", "{on_leave}", "fixed", ""])
LITERALS = st.booleans() | st.integers() | TEXTS
CHOICES = st.fixed_dictionaries(
    {
        "from": st.sampled_from(["site", "on_leave", "extra[Badge]"]),
        "values": st.dictionaries(st.sampled_from(["a", "true", "7"]), LITERALS | st.none()),
    },
    optional={"default": LITERALS | st.none()},
)
OPTIONS = st.recursive(
    LITERALS | CHOICES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
)
PEOPLE = st.builds(
    lambda known, badge: person(**known, extra={"Badge": badge}),
    st.fixed_dictionaries(
        {}, optional={field: st.text(min_size=1) for field in ("login", "email", "given_name", "family_name", "phone", "site")}
    ),
    st.none() | st.text(min_size=1),
)


def holds_none(value):
    if isinstance(value, dict):
        return any(map(holds_none, value.values()))
    return any(map(holds_none, value)) if isinstance(value, list) else value is None


@BUSY
@given(st.lists(PEOPLE, max_size=3), st.dictionaries(st.sampled_from("abcdef"), OPTIONS))
def test_nothing_is_ever_none(people, options):
    accounts = to_accounts(people, options)
    assert len(accounts) == len(people)
    assert not holds_none(accounts)
    assert all(account.keys() <= options.keys() for account in accounts)
