# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an HR file becomes, and what is said when it cannot become anything."""

from __future__ import annotations

import csv
import datetime
import io
import re
import unicodedata

import pytest
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people import FIELDS, PeopleError
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_csv import people_from_csv
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be

REREAD = (
    "was decoded wrongly; save the file in UTF-8, or read it by ansible.builtin.slurp and b64decode(encoding='cp1252') "
    "(of the roles, people_encoding: cp1252)"
)
ANY_DATE = "is not a date of the form YYYY-MM-DD or DD/MM/YYYY"
NOBODY = {**dict.fromkeys(FIELDS), "on_leave": False, "extra": {}}


def errors_of(text, **options):
    with pytest.raises(PeopleError) as caught:
        people_from_csv(text, **options)
    for error in caught.value.errors[:20]:
        assert error in str(caught.value)
    return caught.value.errors


# Reading


def test_a_record_has_every_key_and_none_for_what_is_unknown():
    assert people_from_csv("login\nzoe\n") == [{**NOBODY, "login": "zoe"}]


def test_a_full_row():
    header = ",".join(field for field in FIELDS if field != "extra")
    row = "zoe,007,Zoé,Fable,Z. Fable,zoe@example.org,z@example.net,+33199001101,it,harbour,Clerk,basil,2026-01-05,2026-12-31,yes,fr"
    (person,) = people_from_csv(f"{header},Badge\n{row},B 7\n")
    assert list(person) == list(FIELDS)
    assert person == {
        "login": "zoe",
        "employee_number": "007",
        "given_name": "Zoé",
        "family_name": "Fable",
        "display_name": "Z. Fable",
        "email": "zoe@example.org",
        "private_email": "z@example.net",
        "phone": "+33199001101",
        "department": "it",
        "site": "harbour",
        "job_title": "Clerk",
        "manager": "basil",
        "start_date": "2026-01-05",
        "end_date": "2026-12-31",
        "on_leave": True,
        "language": "fr",
        "extra": {"Badge": "B 7"},
    }


@pytest.mark.parametrize("header", ["given_name", "Given name", "GIVEN_NAME", " given-name ", "GivenName", "given\u00a0name"])
def test_a_header_needs_no_mapping_when_only_case_and_spaces_differ(header):
    assert people_from_csv(f"login,{header}\nzoe,Zoé\n")[0]["given_name"] == "Zoé"


@pytest.mark.parametrize("header", ["Prénom", "prénom ", "PRÉNOM", unicodedata.normalize("NFD", "Prénom")])
def test_mapped_headers_are_compared_as_loosely(header):
    (person,) = people_from_csv(f"Identifiant;{header}\nzoe;Zoé\n", delimiter=";", columns={"Identifiant": "login", "Prénom": "given_name"})
    assert (person["login"], person["given_name"], person["extra"]) == ("zoe", "Zoé", {})


def test_unmapped_columns_are_kept_under_their_header():
    people = people_from_csv("login,Shoe size,Badge\nzoe,38,\nbasil,,7\n")
    assert [person["extra"] for person in people] == [
        {"Shoe size": "38", "Badge": None},
        {"Shoe size": None, "Badge": "7"},
    ]


def test_a_mapped_column_wins_once_its_namesake_is_sent_to_extra():
    text = "login,email,Work mail\nzoe,z@example.net,zoe@example.org\n"
    (person,) = people_from_csv(text, columns={"Work mail": "email", "email": "extra"})
    assert (person["email"], person["extra"]) == ("zoe@example.org", {"email": "z@example.net"})


@pytest.mark.parametrize(
    ("given_name", "family_name", "display_name", "expected"),
    [
        ("Zoé", "Fable", "Zoé F.", "Zoé F."),
        ("Zoé", "Fable", "", "Zoé Fable"),
        ("Zoé", "", "", "Zoé"),
        ("", "Fable", "", "Fable"),
        ("", "", "", None),
    ],
)
def test_the_display_name_defaults_to_both_names(given_name, family_name, display_name, expected):
    text = f"login,given_name,family_name,display_name\nzoe,{given_name},{family_name},{display_name}\n"
    assert people_from_csv(text)[0]["display_name"] == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("yes", True),
        ("True", True),
        ("1", True),
        ("NO", False),
        ("false", False),
        ("0", False),
        ("", False),
        (" yes ", True),
    ],
)
def test_words_for_being_on_leave(word, expected):
    assert people_from_csv(f"login,on_leave\nzoe,{word}\n")[0]["on_leave"] is expected


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter, line_end):
    text = line_end.join(delimiter.join(row) for row in (["login", "site", "phone"], ["zoe", "harbour", ""]))
    (person,) = people_from_csv(text, delimiter=delimiter)
    assert (person["login"], person["site"], person["phone"]) == ("zoe", "harbour", None)


def test_trailing_tabs_that_a_file_lookup_strips_do_not_matter():
    text = "login\tsite\tphone\nzoe\tharbour\t\nbasil\t\t\n"
    assert people_from_csv(text.rstrip(), delimiter="\t") == people_from_csv(text, delimiter="\t")


def test_a_byte_order_mark_is_ignored():
    assert people_from_csv("\ufefflogin\nzoe\n") == people_from_csv("login\nzoe\n")


def test_rows_without_any_value_are_left_out_and_still_counted():
    text = "\nlogin,email\n\nzoe,zoe@example.org\n,\n , \nbasil,basil@\n"
    assert errors_of(text) == ["row 7: the email 'basil@' is not an e-mail address"]
    assert [person["login"] for person in people_from_csv(text.replace("basil@", ""))] == ["zoe", "basil"]


def test_a_row_is_a_row_of_the_spreadsheet_even_when_a_cell_holds_a_line_break():
    text = 'login,Address,start_date\nzoe,"1 Quay\nPort Fable",\nbasil,,soon\n'
    assert errors_of(text) == [f"row 3: the start_date 'soon' {ANY_DATE}"]
    assert people_from_csv(text.replace("soon", ""))[0]["extra"] == {"Address": "1 Quay\nPort Fable"}


def test_a_quoted_delimiter_and_a_column_that_has_neither_name_nor_value():
    assert people_from_csv('login,family_name,\nzoe,"Fable, the elder",\n')[0]["family_name"] == "Fable, the elder"


# Refusing rows


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_file():
    text = (
        "login,email,start_date,end_date,on_leave\n"
        ",zoe@example.org,,,\n"
        "basil,basil(at)example.org,31/02/2026,,perhaps\n"
        "coral,,2026-05-01,2026-04-30,\n"
        "BASIL,,,,,\n"
        "fern,,\n"
        "gus,,,,\n"
        "Gus,,,,\n"
    )
    assert errors_of(text) == [
        "row 2: the login is missing",
        "row 3: the email 'basil(at)example.org' is not an e-mail address",
        f"row 3: the start_date '31/02/2026' {ANY_DATE}",
        "row 3: the on_leave 'perhaps' is none of yes, y, true, 1, oui, o, vrai, x, no, n, false, 0, non, faux",
        "row 4: the end_date 2026-04-30 is before the start_date 2026-05-01",
        "row 5: 6 columns where the header has 5; a value that holds the delimiter needs quotes",
        "row 6: 3 columns where the header has 5; a value that holds the delimiter needs quotes",
        "row 8: the login 'Gus' is already that of row 7",
    ]


def test_the_message_reads_well():
    with pytest.raises(PeopleError) as caught:
        people_from_csv("login,email\n,zoe@\n")
    assert str(caught.value) == (
        "The list of people has 2 errors, nothing was taken from it:\n"
        "  row 2: the email 'zoe@' is not an e-mail address\n"
        "  row 2: the login is missing"
    )


def test_a_hopeless_file_does_not_fill_the_screen():
    text = "login\n" + "user\n" * 2 + "".join(f"user{number // 2}\n" for number in range(500))
    with pytest.raises(PeopleError) as caught:
        people_from_csv(text)
    assert len(caught.value.errors) == 251
    assert "251 errors" in str(caught.value)
    assert str(caught.value).endswith("row 41: the login 'user18' is already that of row 40\n  and 231 more")


def test_every_repetition_of_a_login_names_the_first_row():
    assert errors_of("login\nzoé\nbasil\nZOÉ\n" + unicodedata.normalize("NFD", "Zoé") + "\n") == [
        "row 4: the login 'ZOÉ' is already that of row 2",
        f"row 5: the login {unicodedata.normalize('NFD', 'Zoé')!r} is already that of row 2",
    ]


@pytest.mark.parametrize(
    "day",
    [
        "2026-02-30",
        "2026-2-3",
        "20260203",
        "3/2/2026",
        "12/31/2026",
        "03/02/26",
        "03.02.2026",
        "2026-02-03T00:00",
        "2026-W06-2",
        "٢٠٢٦-٠٢-٠٣",
    ],
)
@pytest.mark.parametrize("field", ["start_date", "end_date"])
def test_dates_are_real_and_of_a_known_form(field, day):
    assert errors_of(f"login,{field}\nzoe,{day}\n") == [f"row 2: the {field} {day!r} {ANY_DATE}"]


def test_somebody_may_leave_on_the_first_day():
    assert people_from_csv("login,start_date,end_date\nzoe,2026-01-01,2026-01-01\n")[0]["end_date"] == "2026-01-01"


@pytest.mark.parametrize(
    "address",
    [
        "zoe",
        "zoe@",
        "@example.org",
        "zoe@localhost",
        "zoe fable@example.org",
        "zoe@@example.org",
        "zoe@exa_mple.org",
        "zoe.@example.org",
        "zoé@example.org",
        "zoe@example..org",
        "zoe@-example.org",
        "Zoe <zoe@example.org>",
        "a@example.org;b@example.org",
    ],
)
@pytest.mark.parametrize("field", ["email", "private_email"])
def test_malformed_addresses(field, address):
    assert errors_of(f"login|{field}\nzoe|{address}\n", delimiter="|") == [f"row 2: the {field} {address!r} is not an e-mail address"]


@pytest.mark.parametrize("address", ["zoe@example.org", "Zoe.O'Fable+hr@mail.example.org", "z_f-1@xn--exmple-cua.example"])
def test_well_formed_addresses_are_kept_as_they_are(address):
    assert people_from_csv(f"login,email\nzoe,{address}\n")[0]["email"] == address


def test_fields_hold_no_control_characters():
    assert errors_of('login\n"zoe\nfable"\n') == ["row 2: the login 'zoe\\nfable' holds a line break or another control character"]


def test_other_fields_can_be_required():
    assert errors_of("login,email\nzoe,\n,basil@example.org\n", required=["login", "email"]) == [
        "row 2: the email is missing",
        "row 3: the login is missing",
    ]
    assert people_from_csv("employee_number\n7\n", required=["employee_number"])[0]["login"] is None


# Refusing files


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n", " \r\n\t", ",,,\n,,,\n"])
def test_an_empty_file(text):
    assert errors_of(text) == ["the file is empty"]


def test_a_header_without_people():
    assert errors_of("login,email\n,\n") == ["row 1: there is a header, but nobody below it"]


def test_a_file_without_a_header():
    assert errors_of("zoe,zoe@example.org\nbasil,basil@example.org\n") == [
        "row 1: this is no header, none of its cells names a field: 'zoe', 'zoe@example.org'; the first row must name the columns"
    ]


@pytest.mark.parametrize(("delimiter", "name"), [(";", "';'"), ("\t", "a tab"), ("|", "'|'")])
def test_the_wrong_delimiter_is_guessed(delimiter, name):
    text = f"Login name{delimiter}email\nzoe{delimiter}zoe@example.org\n"
    (error,) = errors_of(text, columns={"Login name": "login"}, required=["login", "email"])
    assert error.endswith(f"is the delimiter {name}?")


def test_a_file_without_the_column_for_the_login():
    assert errors_of("name,email\nzoe,zoe@\n") == [
        "row 1: there is no column for the login; name it like the field, or map its header in columns; the headers are 'name', 'email'",
        "row 2: the email 'zoe@' is not an e-mail address",
    ]


def test_a_mapped_header_that_the_file_does_not_have():
    assert errors_of("Identifiant,email\nzoe,zoe@\n", columns={"Login": "login"}) == [
        "row 1: there is no column 'Login', which columns maps to login; the headers are 'Identifiant', 'email'",
        "row 2: the email 'zoe@' is not an e-mail address",
    ]


def test_repeated_headers_and_two_columns_for_one_field():
    assert errors_of("login,Badge,badge,email,Mail\nzoe,,,,\n", columns={"Mail": "email"}) == [
        "row 1: two columns have the same header: 'Badge' and 'badge'",
        "row 1: two columns give the email: 'email' and 'Mail'; map one of them to extra",
    ]


def test_a_value_without_a_header():
    assert errors_of("login,\nzoe,lost\n") == ["row 2: column 2 has a value but no header"]


def test_unbalanced_quotes_stop_the_reading_and_the_rows_before_are_still_checked():
    first, second = errors_of('login,email\nzoe,zoe@\nbasil,"basil@example.org\ncoral,\n')
    assert first == "row 2: the email 'zoe@' is not an e-mail address"
    assert second.startswith("row 3: the quotes of this row do not match, rows from here on were not read")


def test_nul_bytes():
    assert errors_of("login\nzoe\nba\0sil\n") == [
        "line 3 holds a NUL byte: this is not UTF-8 text; "
        "save the file in UTF-8, or read it by ansible.builtin.slurp and b64decode(encoding='utf-16') (of the roles, people_encoding: utf-16)"
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Zo\ufffd",
        b"Zo\xe9".decode("utf-8", "replace"),
        b"Zo\xe9".decode("utf-8", "surrogateescape"),
        "Zoé".encode().decode("latin-1"),
        "Zoé".encode().decode("cp1252"),
        "Ærø".encode("cp850").decode("latin-1"),
        "Éloïse".encode().decode("cp1252"),
        "Michał".encode().decode("cp1252"),
        "Cœur".encode().decode("cp1252"),
        "D\u2019Arc".encode().decode("cp1252"),
        "Zoé".encode().decode("mac_roman"),
        "Zoé".encode().decode("cp850"),
    ],
)
def test_signs_of_a_wrong_encoding(name):
    assert errors_of(f"login,given_name,Nickname\nzoe,{name},\nbasil,,{name}\n") == [
        f"row 2: the given_name {name!r} {REREAD}",
        f"row 3: the value in column 'Nickname' {REREAD}",
    ]


def test_signs_of_a_wrong_encoding_in_the_header():
    errors = errors_of("Prénom,login\nZoe,zoe\n".encode("utf-8-sig").decode("latin-1"))
    assert errors == [f"row 1: the header 'ï»¿PrÃ©nom' {REREAD}"]


@pytest.mark.parametrize(
    "name",
    [
        "Âme",
        "SÃO",
        "Ærø",
        "Žižek",
        "Nguyễn",
        "Łukasz",
        "渡辺",
        "O\u2019Fable",
        "Íñigo",
        "Mª José",
        "L\u2019Écu",
        "d'Arc",
        "Ø. (Øre)",
        "Jean 'Jo' de la Tour, fils",
        "Al-\u02bfArabī",
    ],
)
def test_names_of_the_world_are_no_such_signs(name):
    assert people_from_csv(f"login;given_name\nzoe;{name}\n", ";")[0]["given_name"] == name


# Secrets


@pytest.mark.parametrize("header", ["password", "Initial password", "PassWord", "Mot de passe", "pwd", "user_pwd", "MDP", "Secret"])
def test_a_column_that_looks_like_a_secret_is_refused_and_its_values_are_not_repeated(header):
    errors = errors_of(f"login,{header}\nzoe,hunter2-is-not-shown\n")
    assert errors == [f"row 1: the column {header!r} looks like a secret; a person record holds none, take it out of the file"]


@pytest.mark.parametrize("header", ["Secretary", "Secretariat", "Passport"])
def test_columns_that_only_sound_like_one(header):
    assert people_from_csv(f"login,{header}\nzoe,x\n")[0]["extra"] == {header: "x"}


def test_a_mapping_to_a_password_is_refused():
    assert errors_of("login,Code\nzoe,x\n", columns={"Code": "password"}) == [
        "columns maps 'Code' to 'password': a person record holds no secrets"
    ]


# Refusing arguments


@pytest.mark.parametrize("delimiter", ["", ";;", "\n", '"', "a", None])
def test_delimiters_that_cannot_be(delimiter):
    assert "delimiter is" in errors_of("login\nzoe\n", delimiter=delimiter)[0]


def test_arguments_that_cannot_be_are_all_named():
    errors = errors_of(
        ["zoe"],
        columns={"Nom": "surname", 3: "login", "A B": "site", "a-b": "phone", " ": "email"},
        required=["shoe_size"],
    )
    assert [error.split(";")[0] for error in errors] == [
        "give the text of the file, as lookup('file', 'people.csv') returns it, not a list",
        "columns maps 'Nom' to 'surname', which is no field",
        "columns maps 3 to 'login': both must be texts",
        "columns names one header twice: 'A B' and 'a-b'",
        "columns maps ' ' to 'email': name a header",
        "required names 'shoe_size', which is no field",
    ]
    assert "columns is ['login']" in errors_of("login\n", columns=["login"])[0]
    assert "required is 'login'" in errors_of("login\n", required="login")[0]


# Any people


# Values as a cell can hold them: trimmed, and without the characters that a file with a wrong encoding shows.
BETRAYING = "\ufffd\u00c2\u00c3\u00c4\u00c5\u00e2\u00ef\ufeff√" + "".join(map(chr, range(0x2500, 0x2580)))
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=BETRAYING), max_size=12).map(str.strip)
NAMES = st.text(st.characters(categories=["L"], exclude_characters=BETRAYING), max_size=12)
WORDS = st.text(st.characters(categories=["L", "N", "P"], exclude_characters=BETRAYING), min_size=1, max_size=12)
DAYS = st.dates(min_value=datetime.date(1900, 1, 1)).map(str)
ADDRESSES = st.sampled_from(["{}@example.org", "Z.{}+hr@mail.example", "o'{}_1@xn--exmple-cua.test"])
HEADERS = st.sampled_from(["X a", "X é", "x 1", "Pin", "Secretary"])


@st.composite
def records(draw):
    """A list of valid people, and the names of their extra columns."""
    logins = draw(st.lists(WORDS, min_size=1, max_size=4, unique_by=lambda login: unicodedata.normalize("NFC", login).casefold()))
    headers = draw(st.lists(HEADERS, max_size=3, unique=True))
    people = []
    for index, login in enumerate(logins):
        person = {field: draw(TEXTS) or None for field in FIELDS}
        person.update(
            login=login,
            employee_number=draw(st.sampled_from([None, f"{index}", f"É-{index}"])),
            given_name=draw(NAMES) or None,
            family_name=draw(NAMES) or None,
            phone=draw(st.sampled_from([None, "+33199001001", "(12)"])),
            manager=draw(st.none() | TEXTS.map("a boss {}.".format)),
            email=draw(st.none() | ADDRESSES.map(lambda address, index=index: address.format(index))),
            private_email=draw(st.none() | ADDRESSES.map(lambda address: address.format("z"))),
            on_leave=draw(st.booleans()),
        )
        person["start_date"], person["end_date"] = (
            sorted(draw(st.tuples(DAYS, DAYS))) if draw(st.booleans()) else (None, draw(st.none() | DAYS))
        )
        person["display_name"] = draw(TEXTS.filter(bool))
        person["extra"] = {header: draw(TEXTS) or None for header in headers}
        people.append(person)
    return people, headers


@BUSY
@given(records(), st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_whatever_people_are_written_come_back_equal(drawn, delimiter, line_end, mark, mapped):
    people, headers = drawn
    names = {field: f"Column {field}!" if mapped else field for field in FIELDS if field != "extra"}
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, [*names.values(), *headers], delimiter=delimiter, lineterminator=line_end)
    writer.writeheader()
    for person in people:
        row = {names[field]: value for field, value in person.items() if field != "extra"}
        writer.writerow({**row, **person["extra"]})
    text = ("\ufeff" if mark else "") + stream.getvalue()
    assert people_from_csv(text, delimiter=delimiter, columns={name: field for field, name in names.items()} if mapped else None) == people


@BUSY
@given(st.text())
def test_whatever_text_is_given_the_answer_is_people_or_errors_with_row_numbers(text):
    try:
        people_from_csv(f"login,on_leave,email,start_date\n{text}")
    except PeopleError as error:
        assert error.errors
        assert all(re.match(r"(rows?|line) [0-9]", each) for each in error.errors)


FAULTS = {
    "": None,
    "zoe@": "email",
    "soon": "start_date",
    "perhaps": "on_leave",
    "R2D2": "given_name",
    "Zo\ufffd": "family_name",
    "31/12/2026": "site",
    "a@example.org": "department",
}


@BUSY
@given(st.lists(st.sampled_from(list(FAULTS)), min_size=1, max_size=12))
def test_every_faulty_row_is_named_and_no_other(cells):
    fields = [field for field in FAULTS.values() if field]
    rows = [",".join([f"u{row}", *(cell if FAULTS[cell] == field else "" for field in fields)]) for row, cell in enumerate(cells)]
    text = "\n".join([",".join(["login", *fields]), *rows, ""])
    faulty = {row for row, cell in enumerate(cells, start=2) if cell}
    if not faulty:
        assert len(people_from_csv(text)) == len(cells)
        return
    named = set()
    for error in errors_of(text):
        place = re.match(r"rows? ([0-9, and-]+): ", error)
        for run in re.split(r", | and ", place[1]):
            first, _dash, last = run.partition("-")
            named.update(range(int(first), int(last or first) + 1))
    assert named == faulty


# Delimiters that are found


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_delimiter_can_be_found_in_the_header(delimiter, mark):
    header = delimiter.join(['"Nom, prénom"', "Identifiant", "email"])
    text = f"{mark}\n{header}\n" + delimiter.join(['"Fable; Zoé, née | Tale"', "zoe", "zoe@example.org"]) + "\n"
    (person,) = people_from_csv(text, delimiter="auto", columns={"Identifiant": "login", "Nom, prénom": "display_name"})
    assert (person["login"], person["email"], person["display_name"]) == ("zoe", "zoe@example.org", "Fable; Zoé, née | Tale")


def test_one_column_needs_no_delimiter():
    assert people_from_csv("login\nzoe\n", delimiter="auto")[0]["login"] == "zoe"


def test_without_a_header_no_delimiter_can_be_found():
    assert errors_of("zoe;zoe@example.org\n", delimiter="auto")[0].startswith("row 1: this is no header")


# Dates and answers, as people in France write them


def test_a_french_file():
    text = (
        "Matricule;Identifiant;Prénom;Nom;Courriel;Entrée;Sortie;Congé long\n"
        "0101;zoe.fable;Zoé;Fable;zoe.fable@example.org;01/09/2026;31/12/2026;Non\n"
        "0102;noel.exemple;Noël;d'Exemple;;2026-09-01;;OUI\n"
    )
    columns = {
        "Matricule": "employee_number",
        "Identifiant": "login",
        "Prénom": "given_name",
        "Nom": "family_name",
        "Courriel": "email",
        "Entrée": "start_date",
        "Sortie": "end_date",
        "Congé long": "on_leave",
    }
    zoe, noel = people_from_csv(text, "auto", columns)
    assert (zoe["start_date"], zoe["end_date"], zoe["on_leave"]) == ("2026-09-01", "2026-12-31", False)
    assert (noel["start_date"], noel["end_date"], noel["on_leave"]) == ("2026-09-01", None, True)
    assert people_from_csv(text.encode("cp1252").decode("cp1252"), "auto", columns) == [zoe, noel]


@pytest.mark.parametrize("word", ["oui", "OUI", "o", "O", "vrai", "x", "X", "y", "Vrai"])
def test_more_words_for_yes(word):
    assert people_from_csv(f"login,on_leave\nzoe,{word}\n")[0]["on_leave"] is True


@pytest.mark.parametrize("word", ["non", "Non", "n", "faux", "FAUX"])
def test_more_words_for_no(word):
    assert people_from_csv(f"login,on_leave\nzoe,{word}\n")[0]["on_leave"] is False


@pytest.mark.parametrize(
    ("forms", "text"),
    [
        (["DD.MM.YYYY"], "05.03.2026"),
        (["dd-mm-yyyy"], "05-03-2026"),
        (["MM/DD/YYYY"], "03/05/2026"),
        (["YYYYMMDD"], "20260305"),
        (["YYYY-MM-DD 00:00:00"], "2026-03-05 00:00:00"),
        (["DD.MM.YYYY", "DD/MM/YYYY"], "05/03/2026"),
        ([], "2026-03-05"),
        (["DD/MM/YYYY"], "2026-03-05"),
    ],
)
def test_forms_of_dates(forms, text):
    assert people_from_csv(f"login,start_date\nzoe,{text}\n", date_formats=forms)[0]["start_date"] == "2026-03-05"


@pytest.mark.parametrize(
    ("forms", "words"),
    [
        (["DD/MM/YYYY", "MM/DD/YYYY"], "'DD/MM/YYYY' and 'MM/DD/YYYY': one date could be read in two ways"),
        (["YYYY-DD-MM"], "'YYYY-MM-DD' and 'YYYY-DD-MM': one date could be read in two ways"),
        (["DD/MM/YY"], "a form has YYYY, MM and DD, each once"),
        (["DD/MM"], "a form has YYYY, MM and DD, each once"),
        (["DD/MM/YYYY DD"], "a form has YYYY, MM and DD, each once"),
        ([7], "a form has YYYY, MM and DD, each once"),
        ("DD/MM/YYYY", "date_formats is 'DD/MM/YYYY': give a list"),
    ],
)
def test_forms_that_cannot_be(forms, words):
    (error,) = errors_of("login\nzoe\n", date_formats=forms)
    assert words in error


def test_the_order_of_dates_is_seen_whatever_their_form():
    assert errors_of("login,start_date,end_date\nzoe,02/01/2026,2026-01-01\n") == [
        "row 2: the end_date 2026-01-01 is before the start_date 2026-01-02"
    ]


# Columns in the wrong place, and faults of many


def rows(header, *columns, count=6):
    lines = [",".join(column.format(number=number, letter="abcdefgh"[number]) for column in columns) for number in range(count)]
    return "\n".join([header, *lines, ""])


@pytest.mark.parametrize(
    ("header", "columns", "expected"),
    [
        (
            "login,family_name,email",
            ("u{number}", "u{number}@example.org", "Fable"),
            [
                "rows 2-7: the family_name is an e-mail address, such as 'u0@example.org'; is another column in its place?",
                "rows 2-7: the email is not an e-mail address, such as 'Fable'; is another column in its place?",
            ],
        ),
        (
            "login,given_name,start_date",
            ("u{number}", "2026-01-0{number}", "Zoé"),
            [
                "rows 2-7: the given_name is a date, such as '2026-01-00'; is another column in its place?",
                f"rows 2-7: the start_date {ANY_DATE}, such as 'Zoé'; is another column in its place?",
            ],
        ),
        (
            "login,given_name,employee_number",
            ("u{number}", "000{number}", "Zo{letter}"),
            ["rows 2-7: the given_name holds a digit, such as '0000'; is another column in its place?"],
        ),
        (
            "login,start_date,end_date",
            ("u{number}", "31/12/2026", "01/01/2026"),
            ["rows 2-7: the end_date is before the start_date, such as 2026-01-01 (2026-12-31); is another column in its place?"],
        ),
        (
            "login,department,site,job_title,phone",
            ("u{number}", "31/12/2026", "u@example.org", "01.02.2026", "u@example.org"),
            [
                "rows 2-7: the phone is an e-mail address, such as 'u@example.org'; is another column in its place?",
                "rows 2-7: the department is a date, such as '31/12/2026'; is another column in its place?",
                "rows 2-7: the site is an e-mail address, such as 'u@example.org'; is another column in its place?",
                "rows 2-7: the job_title is a date, such as '01.02.2026'; is another column in its place?",
            ],
        ),
        (
            "login,phone",
            ("u{number}", "Zoé {letter}"),
            ["row 2: the phone 'Zoé a' holds no digit, like most others; is another column in its place?"],
        ),
        (
            "login,email",
            ("Zoé Fable {number}", "u{number}@example.org"),
            ["row 2: the login 'Zoé Fable 0' holds white space, like most others; is another column in its place?"],
        ),
    ],
)
def test_swapped_columns_are_noticed(header, columns, expected):
    assert errors_of(rows(header, *columns)) == expected


def test_a_few_odd_values_are_no_swapped_column():
    text = "login,phone\nzoe fable,+33199001001\nbasil,aucun\ncoral,12\nfern,13\n"
    assert people_from_csv(text)[0]["login"] == "zoe fable"


def test_a_word_for_none_is_no_swapped_column():
    assert len(people_from_csv(rows("login,phone", "u{number}", "non communiqué"))) == 6


def test_the_same_fault_in_four_rows_is_one_sentence_with_all_of_them():
    faulty = [2, 3, 4, 6, 8, 9]
    text = "login,email\n" + "".join(f"u{row},{'nowhere' if row in faulty else ''}\n" for row in range(2, 22))
    assert errors_of(text) == ["rows 2-4, 6 and 8-9: the email is not an e-mail address, such as 'nowhere'"]


def test_a_long_list_of_rows_is_cut():
    text = "login,email\n" + "".join(f"u{row},{'nowhere' if row % 2 else ''}\n" for row in range(2, 82))
    (error,) = errors_of(text)
    assert error.startswith("rows 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25 and 28 more: the email is not an e-mail address")


def test_a_wrongly_decoded_file_is_one_sentence():
    text = "login,given_name\n" + "".join(f"u{number},Zoé\n" for number in range(300))
    assert errors_of(text.encode("cp1252").decode("utf-8", "replace")) == [f"rows 2-301: the given_name {REREAD}, such as 'Zo\ufffd'"]
    assert errors_of(text.encode().decode("cp1252")) == [f"rows 2-301: the given_name {REREAD}, such as 'ZoÃ©'"]


# People side by side


def test_numbers_and_addresses_are_nobody_elses():
    decomposed = unicodedata.normalize("NFD", "É1")
    text = f"login,employee_number,email\na,É1,zoe@example.org\nb,{decomposed.lower()},\nc,,ZOE@example.org\nd,,\n"
    assert errors_of(text) == [
        f"row 3: the employee_number {decomposed.lower()!r} is already that of row 2",
        "row 4: the email 'ZOE@example.org' is already that of row 2",
    ]


def test_managers_in_a_circle():
    text = (
        "login,employee_number,email,manager\n"
        "gus,7,,zoe\n"
        "zoe,1,,BASIL@example.org\n"
        "basil,2,basil@example.org,3\n"
        "coral,3,,zoe\n"
        "fern,4,,fern\n"
        "dot,5,,juno\n"
    )
    assert errors_of(text) == [
        "row 3: the manager 'BASIL@example.org' leads back to the same person (zoe → basil → coral → zoe); "
        "leave the manager of the topmost person empty",
        "row 6: the manager 'fern' leads back to the same person (fern → fern); leave the manager of the topmost person empty",
    ]


def test_a_manager_may_be_nobody_in_the_file():
    assert people_from_csv("login,manager\nzoe,The mayor\nbasil,zoe\n")[1]["manager"] == "zoe"


def test_a_deep_hierarchy_is_no_circle():
    text = "login,manager\n" + "".join(f"u{number},u{number + 1}\n" for number in range(3000))
    assert len(people_from_csv(text)) == 3000
