# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What maps become, and that they obey the same rules as an HR file."""

from __future__ import annotations

import datetime
import json

import pytest
import yaml
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people import FIELDS, PeopleError
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_csv import people_from_csv
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_list import people_from_list

NOBODY = {**dict.fromkeys(FIELDS), "on_leave": False, "extra": {}}
NUMBER = "is a number, and YAML reads 0042 as 34: put it in quotes, or say numbers_as_text"


def errors_of(entries, **options):
    with pytest.raises(PeopleError) as caught:
        people_from_list(entries, **options)
    return caught.value.errors


def test_a_record_has_every_key():
    (person,) = people_from_list([{"login": " zoe "}])
    assert person == {**NOBODY, "login": "zoe"}
    assert list(person) == list(FIELDS)


def test_what_yaml_reads_is_understood():
    people = yaml.safe_load("""
      - login: zoe
        given_name: Zoé
        family_name: Fable
        start_date: 2026-09-01
        end_date: 31/12/2026
        on_leave: yes
        phone:
        email: ''
        extra: {Badge: "7", Since: 2020-01-01, Keys: null, Parking: true}
      - {login: basil, on_leave: "non", extra: null}
      - {login: coral, on_leave: 1, manager: zoe}
    """)
    zoe, basil, coral = people_from_list(people)
    assert (zoe["start_date"], zoe["end_date"], zoe["on_leave"], zoe["phone"], zoe["email"]) == (
        "2026-09-01",
        "2026-12-31",
        True,
        None,
        None,
    )
    assert zoe["display_name"] == "Zoé Fable"
    assert zoe["extra"] == {"Badge": "7", "Since": "2020-01-01", "Keys": None, "Parking": "true"}
    assert (basil["on_leave"], basil["extra"], coral["on_leave"]) == (False, {}, True)


def test_a_file_and_its_records_as_json_give_the_same():
    text = "login;Prénom;start_date;on_leave;Badge\nzoe;Zoé;01/09/2026;oui;7\nnoel;Noël;;;\n"
    people = people_from_csv(text, ";", {"Prénom": "given_name"})
    assert people_from_list(people) == people
    assert people_from_list(json.loads(json.dumps(people))) == people
    assert people_from_list(people, date_formats=["DD.MM.YYYY"]) == people


def test_everything_is_said_at_once_with_number_and_login():
    entries = [
        {"login": "zoe", "email": "zoe@", "given name": "Zoé", "surname": "Fable"},
        "basil",
        {"employee_number": 42, "password": "hunter2-is-not-shown"},
        {"login": "ZOE", "start_date": "2026-02-02", "end_date": "01/02/2026"},
        {"login": "coral", "extra": {"PIN secret": "1", "Badge": 7, "Keys": [1]}, "start_date": datetime.datetime(2026, 1, 1, 8)},
        {"login": "fern", "site": True, "extra": ["x"], "job_title": "ZoÃ©", "phone": {}},
        {"login": "dot", "department": datetime.date(2026, 1, 1), "on_leave": "perhaps"},
    ]
    errors = errors_of(entries)
    assert errors == [
        "entry 1 (zoe): 'given name' is no field, did you mean given_name? If not, put what is yours below extra",
        "entry 1 (zoe): 'surname' is no field, did you mean family_name? If not, put what is yours below extra",
        "entry 1 (zoe): the email 'zoe@' is not an e-mail address",
        "entry 2: this is 'basil', not a map of field: value",
        "entry 3: 'password' looks like a secret; a person record holds none",
        f"entry 3: the employee_number 42 {NUMBER}",
        "entry 3: the login is missing",
        "entry 4 (ZOE): the end_date 2026-02-01 is before the start_date 2026-02-02",
        "entry 4 (ZOE): the login 'ZOE' is already that of entry 1 (zoe)",
        "entry 5 (coral): the start_date datetime.datetime(2026, 1, 1, 8, 0) is a date with a time; give the day alone",
        "entry 5 (coral): 'PIN secret' in extra looks like a secret; a person record holds none",
        f"entry 5 (coral): extra[Badge] 7 {NUMBER}",
        "entry 5 (coral): extra[Keys] [1] is not a text",
        "entry 6 (fern): the phone {} is not a text",
        "entry 6 (fern): the site True is a boolean, not a text: put it in quotes",
        "entry 6 (fern): the job_title 'ZoÃ©' was decoded wrongly; save the file in UTF-8, or read it by ansible.builtin.slurp and "
        "b64decode(encoding='cp1252') (of the roles, people_encoding: cp1252)",
        "entry 6 (fern): extra ['x'] is not a map",
        "entry 7 (dot): the department datetime.date(2026, 1, 1) is a date",
        "entry 7 (dot): the on_leave 'perhaps' is none of yes, y, true, 1, oui, o, vrai, x, no, n, false, 0, non, faux",
    ]


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("Login", "login"),
        ("employeeNumber", "employee_number"),
        ("first_name", "given_name"),
        ("Last name", "family_name"),
        ("e-mail", "email"),
        ("departement", "department"),
        ("start", "start_date"),
        ("manger", "manager"),
    ],
)
def test_the_nearest_field_is_named(key, meant):
    assert errors_of([{"employee_number": "1", key: "x"}], required=[]) == [
        f"entry 1: {key!r} is no field, did you mean {meant}? If not, put what is yours below extra"
    ]


def test_a_key_like_no_field():
    assert errors_of([{"login": "zoe", "Badge": "7"}]) == ["entry 1 (zoe): 'Badge' is no field, put what is yours below extra"]


def test_numbers_can_be_texts():
    (person,) = people_from_list([{"login": "zoe", "employee_number": 42, "extra": {"Badge": 7}}], numbers_as_text=True)
    assert (person["employee_number"], person["extra"]) == ("42", {"Badge": "7"})


def test_the_same_fault_in_four_entries_is_one_sentence():
    assert errors_of([{"login": f"u{number}", "email": "nowhere"} for number in range(40)]) == [
        "entries 1-40: the email is not an e-mail address, such as 'nowhere'; is another column in its place?"
    ]


def test_other_fields_can_be_required():
    assert people_from_list([{"employee_number": "7"}], required=["employee_number"])[0]["login"] is None
    assert errors_of([{"login": "zoe"}], required=["employee_number"]) == ["entry 1 (zoe): the employee_number is missing"]


@pytest.mark.parametrize(
    ("entries", "options", "words"),
    [
        ({}, {}, "give a list of maps, one for each person, not a dict"),
        ("zoe", {}, "give a list of maps, one for each person, not a str"),
        (None, {}, "give a list of maps, one for each person, not a NoneType"),
        ([], {}, "the list is empty"),
        ([{"login": "zoe"}], {"required": "login"}, "required is 'login': give a list of fields"),
        ([{"login": "zoe"}], {"required": ["extra"]}, "required names 'extra', which is no field"),
        ([{"login": "zoe"}], {"date_formats": ["DD"]}, "date_formats holds 'DD'"),
    ],
)
def test_arguments_that_cannot_be(entries, options, words):
    assert words in errors_of(entries, **options)[0]


def test_managers_in_a_circle():
    (error,) = errors_of([{"login": "zoe", "manager": "basil"}, {"login": "basil", "manager": "Zoe"}])
    assert error.startswith("entry 1 (zoe): the manager 'basil' leads back to the same person (zoe → basil → zoe)")
