# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which login somebody gets, that it lasts, and that it is nobody else's."""

from __future__ import annotations

import re

import pytest
from ansible_collections.workplace.onboarding.plugins.plugin_utils.ascii_names import Unwritable, to_login
from ansible_collections.workplace.onboarding.plugins.plugin_utils.logins import logins
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people import FIELDS, PeopleError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be


def person(number=None, given_name=None, family_name=None, login=None, **more):
    named = {"employee_number": number, "given_name": given_name, "family_name": family_name, "login": login}
    return {**dict.fromkeys(FIELDS), "on_leave": False, "extra": {}, **named, **more}


def names_of(people, **options):
    return [each["login"] for each in logins(people, **options)]


def errors_of(people, **options):
    with pytest.raises(PeopleError) as caught:
        logins(people, **options)
    return caught.value.errors


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Zoé", "zoe"),
        ("ÉLOÏSE", "eloise"),
        ("François", "francois"),
        ("Cœur", "coeur"),
        ("Lætitia", "laetitia"),
        ("Weiß", "weiss"),
        ("WEISS", "weiss"),
        ("Müller", "muller"),
        ("Bjørn", "bjorn"),
        ("Åse", "ase"),
        ("Łukasz", "lukasz"),
        ("Wałęsińska-Żółć", "walesinska-zolc"),
        ("Işık", "isik"),
        ("İpek", "ipek"),
        ("Çağrı", "cagri"),
        ("Đorđe", "dorde"),
        ("Þór", "thor"),
        ("Guðrún", "gudrun"),
        ("Nguyễn", "nguyen"),
        ("Șerban", "serban"),
        ("Kovačević", "kovacevic"),
        ("Zoe\u0301", "zoe"),
        ("d'Arc", "darc"),
        ("d\u2019Arc", "darc"),
        ("L`Écu", "lecu"),
        ("O'Neil", "oneil"),
        ("O\u02bcNeil", "oneil"),
        ("de la Tour", "delatour"),
        ("DE\u00a0LA\u202fTOUR", "delatour"),
        ("Jean-Pierre", "jean-pierre"),
        ("Jean Pierre", "jeanpierre"),
        ("Jean\u2011Pierre", "jean-pierre"),
        ("Jean - Pierre", "jean-pierre"),
        ("Jean--Pierre-", "jean-pierre"),
        ("J. R.", "jr"),
        ("Mª José", "majose"),
        ("Fable (Tale)", "fabletale"),
        ("ﬁlm", "film"),
        ("-", ""),
    ],
)
def test_names_in_the_letters_of_a_login(name, written):
    assert to_login(name) == written
    assert to_login(written) == written


@pytest.mark.parametrize(("name", "letter"), [("渡辺", "渡"), ("Ζωή", "ζ"), ("Зоя", "з"), ("Fable ١", "١")])
def test_other_scripts_are_not_guessed(name, letter):
    with pytest.raises(Unwritable, match=letter):
        to_login(name)


def test_letters_can_be_written_in_another_way():
    assert to_login("Jürgen Öl", {"ü": "ue", "Ö": "oe"}) == "juergenoel"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{given_name}.{family_name}", "jean-pierre.delatour"),
        ("{given_name[0]}{family_name}", "jdelatour"),
        ("{family_name}_{given_name[0]}", "delatour_j"),
        ("p{employee_number}", "p0042"),
        ("{given_name[0]}{family_name[0]}-{extra[Code]}", "jd-x7"),
    ],
)
def test_patterns(pattern, expected):
    someone = person("0042", "Jean-Pierre", "de la Tour", extra={"Code": "X 7"})
    assert names_of([someone], pattern=pattern) == [expected]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("{given_name.__class__}", "'given_name.__class__' is no field"),
        ("{given_name[1]}", "'given_name[1]' is no field"),
        ("{given_name!r}", "'given_name!r' is no field"),
        ("{given_name:>9}", "'given_name:>9' is no field"),
        ("{}", "'' is no field"),
        ("{0}", "'0' is no field"),
        ("{extra}", "'extra' is no field"),
        ("{given_name", "the braces of '{given_name' do not match"),
        ("given_name}", "the braces"),
        ("{given_name} {family_name}", "pattern holds ' '"),
        ("{given_name}É", "pattern holds 'É'"),
        ("zoe", "give a text with fields"),
        ("", "give a text with fields"),
        (None, "give a text with fields"),
    ],
)
def test_patterns_that_cannot_be(pattern, words):
    assert words in errors_of([person("1", "Zoé", "Fable")], pattern=pattern)[0]


def test_homonyms_are_numbered_in_the_order_of_their_employee_numbers():
    people = [person("10", "Zoé", "Fable"), person("9", "ZOE", "FABLE"), person("A2", "Zoë", "Fable"), person("0010", "Zoé", "Fable")]
    assert names_of(people) == ["zoe.fable3", "zoe.fable", "zoe.fable4", "zoe.fable2"]


def test_who_has_a_login_keeps_it():
    people = [person("1", "Zoé", "Fable"), person("2", "Zoé", "Fable", login="Zoe.Fable"), person("3", "Zoé", "Fable")]
    assert names_of(people, assigned={"3": "zoe.fable2"}) == ["zoe.fable3", "Zoe.Fable", "zoe.fable2"]


def test_an_assigned_login_needs_no_name_and_may_be_among_the_taken():
    assert names_of([person("3", "渡辺")], assigned={"3": "watanabe"}, taken=["watanabe"]) == ["watanabe"]


def test_nobody_gets_the_login_of_somebody_who_left():
    newcomer = person("7", "Zoé", "Fable")
    assert names_of([newcomer], assigned={"1": "ZOE.fable"}) == ["zoe.fable2"]
    assert names_of([newcomer], taken=["Zoe.Fable", "zoe.fable2"]) == ["zoe.fable3"]


def test_what_is_taken_may_be_a_pattern():
    people = [person("1", "Zoé", "Fable"), person("2", "Basil", "Inkwell"), person("3", "Zoé", "Fable", login="zoe.fable3")]
    assert names_of(people, taken=["ZOE.fable?", "basil*1", "*.fable"]) == ["zoe.fable10", "basil.inkwell", "zoe.fable3"]
    assert errors_of(people[:1], taken=["*"]) == ["taken leaves no login for zoe.fable"]


def test_a_number_may_not_run_into_the_name_of_somebody_else():
    people = [person("1", "Zoé", "Fable2"), person("2", "Zoé", "Fable"), person("3", "Zoé", "Fable")]
    assert names_of(people) == ["zoe.fable2", "zoe.fable", "zoe.fable3"]


def test_long_names_are_cut_with_room_for_the_number():
    people = [person(str(number), "Anne-Marie", "de la Tour") for number in range(1, 12)]
    found = names_of(people, max_length=12)
    assert found[0] == "anne-marie.d"
    assert found[1] == "anne-marie2"
    assert found[10] == "anne-marie11"
    assert max(map(len, found)) == 12


def test_all_who_cannot_get_a_login_are_named_at_once():
    people = [
        person(None, "Zoé", "Fable"),
        person("2", "Zoé"),
        person("3", "渡", "辺"),
        person("4", "-", None),
        person("5", "Coral", "Lantern", login="basil"),
    ]
    assert errors_of(people, assigned={"9": "Basil"}) == [
        "entry 1: without a login and an employee_number nobody can get a lasting login",
        "entry 5 (basil): the login 'basil' is assigned to employee '9', and stays theirs",
        "entry 2 (2): no login can be made without family_name; give a login in the file or in assigned",
        "entry 3 (3): no login can be made, '渡' is no Latin letter; give a login in the file or in assigned",
        "entry 4 (4): no login can be made without given_name and family_name; give a login in the file or in assigned",
    ]


def test_two_people_never_end_with_one_login():
    people = [person("1", login="zoe"), person("1", "Zoé", "Fable")]
    assert errors_of(people, assigned={"1": "Zoe"}) == ["entry 2 (1): the login 'Zoe' is already that of entry 1 (zoe)"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"assigned": ["zoe"]}, "assigned is ['zoe']"),
        ({"assigned": {7: "zoe"}}, "assigned maps 7 to 'zoe': both must be texts, put them in quotes"),
        ({"assigned": {"7": "zoe", "8": "ZOE"}}, "assigned gives the login 'ZOE' to the employees '7' and '8'"),
        ({"taken": "root"}, "taken is 'root'"),
        ({"taken": [7]}, "taken is [7]"),
        ({"max_length": 3}, "max_length is 3"),
        ({"max_length": "20"}, "max_length is '20'"),
        ({"replace": ["ü"]}, "replace is ['ü']"),
        ({"replace": {"ü": "Ü"}}, "replace maps 'ü' to 'Ü'"),
        ({"replace": {"ue": "u"}}, "replace maps 'ue' to 'u'"),
    ],
)
def test_arguments_that_cannot_be(options, words):
    assert words in errors_of([person("1", "Zoé", "Fable")], **options)[0]


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ("zoe", "give a list of people, not a str"),
        (["zoe"], "entry 1 is 'zoe': this is no person record"),
        ([{"login": "zoe"}], "entry 1 has no employee_number: make a person record of it by workplace.onboarding.people first"),
        ([{**person(), "extra": None}], "entry 1 has None for extra"),
    ],
)
def test_only_person_records_are_taken(people, words):
    assert words in errors_of(people)[0]


def test_nothing_else_of_a_person_changes_and_the_input_stays():
    given_person = person("1", "Zoé", "Fable", site="harbour")
    (filled,) = logins([given_person])
    assert filled == {**given_person, "login": "zoe.fable"}
    assert given_person["login"] is None


# Any people

FEW = st.sampled_from(["Zoé", "Zoe", "ZOË", "Noël", "Fable", "de la Tour", "d'Arc", "O'Neil", "Fable2"])


@st.composite
def staff(draw):
    numbers = draw(st.lists(st.from_regex(r"[A-C]?[0-9]{1,3}", fullmatch=True), min_size=1, max_size=12, unique=True))
    return [person(number, draw(FEW), draw(FEW)) for number in numbers]


def by_number(people):
    return {each["employee_number"]: each["login"] for each in people}


@BUSY
@given(staff(), st.randoms(), st.lists(st.sampled_from(["zoe.fable", "noel.darc", "zoe.fable2"])), st.integers(8, 20))
def test_the_order_of_the_file_does_not_matter(people, random, taken, max_length):
    shuffled = random.sample(people, len(people))
    first = logins(people, taken=taken, max_length=max_length)
    assert by_number(first) == by_number(logins(shuffled, taken=taken, max_length=max_length))
    found = [each["login"] for each in first]
    assert len(set(found)) == len(found)
    assert not set(found) & set(taken)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9.-]*", login) and len(login) <= max_length for login in found)


@BUSY
@given(staff())
def test_a_second_time_changes_nothing(people):
    first = logins(people)
    assert logins(first) == first
    assert logins(people, assigned=by_number(first)) == first
    assert logins(people, assigned=by_number(first), taken=list(by_number(first).values())) == first


@BUSY
@given(staff(), staff())
def test_logins_last_whoever_comes_and_goes(before, after):
    assigned = by_number(logins(before))
    now = by_number(logins(after, assigned=assigned))
    assert all(now[number] == assigned[number] for number in now.keys() & assigned.keys())
    gone = {login for number, login in assigned.items() if number not in now}
    assert not gone & set(now.values())


def test_an_account_with_the_number_gives_the_login_and_one_with_another_number_takes_it_away():
    people = [person("12", "Zoé", "Fable"), person("13", "Gus", "Mock"), person("14", "Ida", "Inkwell", login="ida.inkwell")]
    held = {"zfable": "12", "gus.mock": "77", "ida.inkwell": "78"}
    assert names_of(people, held=held) == ["zfable", "gus.mock2", "ida.inkwell"]
    assert names_of(people, held=held, assigned={"12": "zoe"}) == ["zoe", "gus.mock2", "ida.inkwell"]
    assert names_of(people, held={"ida.inkwell": "12"})[0] == "zoe.fable", "what somebody has in the file is not given twice"
    assert errors_of(people, held={"zoe": 12}) == ["held is {'zoe': 12}: give a map of login: employee number, both texts"]
