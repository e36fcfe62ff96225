# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The person record, and how an HR file becomes a list of them. Pure functions: text in, records or one PeopleError out.

Whatever the input, a record always has every key of Person. Unknown is None, so that a template can name any field of any
person; only on_leave is always true or false, because Ansible refuses None as a condition. A person record holds no secrets.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypedDict, cast


class Person(TypedDict):
    """One person, as every filter, role and report of this collection knows them. Dates are ISO strings (YYYY-MM-DD)."""

    login: str | None
    employee_number: str | None
    given_name: str | None
    family_name: str | None
    display_name: str | None
    email: str | None
    private_email: str | None
    phone: str | None
    department: str | None
    site: str | None
    job_title: str | None
    manager: str | None
    start_date: str | None
    end_date: str | None
    on_leave: bool
    language: str | None
    extra: dict[str, str | None]


FIELDS: tuple[str, ...] = tuple(Person.__annotations__)

_EMAILS = ("email", "private_email")
_DATES = ("start_date", "end_date")
_BOOLEANS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_EMAIL = re.compile(rf"[\w!#$%&'*+/=?^`{{|}}~-]+(?:\.[\w!#$%&'*+/=?^`{{|}}~-]+)*@{_LABEL}(?:\.{_LABEL})+", re.ASCII)
# What a file leaves behind when it was decoded with the wrong table: the replacement character, undecodable bytes that were
# smuggled in as surrogates, C1 controls, and UTF-8 that was read as Latin-1 or Windows-1252 (é as Ã©, the mark as ï»¿).
_WRONG_ENCODING = re.compile("[\ufffd\ud800-\udfff\x80-\x9f]|[\u00c2\u00c3][\u00a1-\u00bf]|\u00ef\u00bb\u00bf")
_SECRET_PART = re.compile(r"password|passwd|passphrase|passcode|motdepasse|passwort|kennwort")
_SECRET_WORDS = {"mdp", "pwd", "secret", "secrets"}
_DELIMITERS = {",": "','", ";": "';'", "\t": "a tab", "|": "'|'"}
_SHOWN = 20


class PeopleError(ValueError):
    """Why a list of people cannot be used.

    errors holds every reason, in the order of the file; the text of the exception is one message with all of them.
    """

    def __init__(self, errors: Sequence[str]) -> None:
        self.errors = list(errors)
        lines = [f"  {error}" for error in self.errors[:_SHOWN]]
        if len(self.errors) > _SHOWN:
            lines.append(f"  and {len(self.errors) - _SHOWN} more")
        count = "1 error" if len(self.errors) == 1 else f"{len(self.errors)} errors"
        super().__init__("\n".join([f"The list of people has {count}, nothing was taken from it:", *lines]))


class _Problem(NamedTuple):
    row: int
    text: str

    def __str__(self) -> str:
        return f"row {self.row}: {self.text}"


class _Column(NamedTuple):
    header: str
    field: str | None


def people_from_csv(
    text: str,
    delimiter: str = ",",
    columns: Mapping[str, str] | None = None,
    required: Sequence[str] = ("login",),
) -> list[Person]:
    """Read people from the text of a CSV file.

    Rows are counted as a spreadsheet shows them, the header being row 1. Rows without any value are left out.

    Args:
        text: the decoded file; a byte order mark at its start is ignored.
        delimiter: the one character between two cells.
        columns: header → field, for headers that are not named like their field. Letter case, spaces, hyphens and underscores
            do not matter in headers. A header mapped to extra, or neither mapped nor named like a field, goes to extra.
        required: fields that every person must have.

    Returns:
        One record per row, in the order of the file.

    Raises:
        PeopleError: with everything that is wrong in the arguments, or else in the file.
    """
    _check_arguments(text, delimiter, columns or {}, required)
    text = text[1:] if text.startswith("\ufeff") else text
    if not text.strip():
        raise PeopleError(["the file is empty"])
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise PeopleError([f"line {line} holds a NUL byte: this is not UTF-8 text; save the file as CSV in UTF-8"])

    rows, problems = _read_rows(text, delimiter)
    if not rows:
        raise PeopleError([str(problem) for problem in problems] or ["the file is empty"])
    (header_row, headers), body = rows[0], rows[1:]
    matched, header_problems = _match_header(headers, columns or {}, required)
    problems += [_Problem(header_row, problem) for problem in header_problems]
    if not body and not problems:
        problems.append(_Problem(header_row, "there is a header, but nobody below it"))

    people: list[tuple[int, Person]] = []
    for row, cells in body:
        if delimiter.isspace() and row == body[-1][0]:  # lookup('file') strips the end of the text, empty cells included
            cells = cells + [""] * (len(matched) - len(cells))
        if len(cells) != len(matched):
            count = "1 column" if len(cells) == 1 else f"{len(cells)} columns"
            problems.append(_Problem(row, f"{count} where the header has {len(matched)}; a value that holds the delimiter needs quotes"))
            continue
        person, found = _person(matched, cells, required)
        problems += [_Problem(row, problem) for problem in found]
        people.append((row, person))
    problems += _duplicate_logins(people)
    if problems:
        raise PeopleError([str(problem) for problem in sorted(problems, key=lambda problem: problem.row)])
    return [person for _row, person in people]


def _check_arguments(text: object, delimiter: object, columns: object, required: object) -> None:
    """Refuse what the caller, not the file, got wrong."""
    errors = []
    if not isinstance(text, str):
        errors.append(f"give the text of the file, as lookup('file', 'people.csv') returns it, not a {type(text).__name__}")
    if not isinstance(delimiter, str) or len(delimiter) != 1 or delimiter.isalnum() or delimiter in '"\r\n\0':
        errors.append(f"delimiter is {_show(delimiter)}: give one character that is no letter, digit, quote or line break")
    if not isinstance(columns, Mapping):
        errors.append(f"columns is {_show(columns)}: give a dictionary of header: field")
    else:
        seen: dict[str, str] = {}
        for header, field in columns.items():
            if not isinstance(header, str) or not isinstance(field, str):
                errors.append(f"columns maps {_show(header)} to {_show(field)}: both must be texts")
            elif not _key(header):
                errors.append(f"columns maps {_show(header)} to {_show(field)}: name a header")
            elif _is_secret(field):
                errors.append(f"columns maps {_show(header)} to {_show(field)}: a person record holds no secrets")
            elif field not in FIELDS:
                errors.append(f"columns maps {_show(header)} to {_show(field)}, which is no field; the fields are {', '.join(FIELDS)}")
            elif _key(header) in seen:
                errors.append(f"columns names one header twice: {_show(seen[_key(header)])} and {_show(header)}")
            else:
                seen[_key(header)] = header
    if isinstance(required, str) or not isinstance(required, Sequence):
        errors.append(f"required is {_show(required)}: give a list of fields")
    else:
        unknown = [field for field in required if field not in FIELDS or field == "extra"]
        errors += [f"required names {_show(field)}, which is no field; the fields are {', '.join(FIELDS[:-1])}" for field in unknown]
    if errors:
        raise PeopleError(errors)


def _read_rows(text: str, delimiter: str) -> tuple[list[tuple[int, list[str]]], list[_Problem]]:
    """Split the text into numbered rows of trimmed cells; stop where the quoting is broken, for nothing is certain after it."""
    # str(): values in Ansible are tagged subclasses of str, and _csv and StringIO want the real one.
    reader = csv.reader(io.StringIO(str(text), newline=""), delimiter=str(delimiter), strict=True)
    rows: list[tuple[int, list[str]]] = []
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            trimmed = [cell.strip() for cell in cells]
            if any(trimmed):
                rows.append((row, trimmed))
    except csv.Error as error:
        return rows, [_Problem(row + 1, f"the quotes of this row do not match, rows from here on were not read ({error})")]
    return rows, []


def _match_header(headers: Sequence[str], columns: Mapping[str, str], required: Sequence[str]) -> tuple[list[_Column], list[str]]:
    """Find the field of each column."""
    mapping = {_key(header): field for header, field in columns.items()}
    names = {_key(field): field for field in FIELDS if field != "extra"}
    problems: list[str] = []
    matched: list[_Column] = []
    by_key: dict[str, str] = {}
    by_field: dict[str, str] = {}
    for header in headers:
        key = _key(header)
        field = mapping.get(key, names.get(key))
        if not header:
            pass  # a column without a name may stand there as long as it is empty
        elif _WRONG_ENCODING.search(header):
            problems.append(f"the header {_show(header)} was decoded wrongly; save the file as CSV in UTF-8")
        elif _is_secret(header):
            problems.append(f"the column {_show(header)} looks like a secret; a person record holds none, take it out of the file")
        elif key in by_key:
            problems.append(f"two columns have the same header: {_show(by_key[key])} and {_show(header)}")
        elif field and field != "extra" and field in by_field:
            problems.append(f"two columns give the {field}: {_show(by_field[field])} and {_show(header)}; map one of them to extra")
        matched.append(_Column(header, None if field == "extra" else field))
        if header:
            by_key.setdefault(key, header)
        if field:
            by_field.setdefault(field, header)
    present = ", ".join(_show(header) for header in headers if header)
    if not any(column.field for column in matched):
        other = [name for character, name in _DELIMITERS.items() if len(headers) == 1 and character in headers[0]]
        hint = f"is the delimiter {other[0]}?" if other else "the first row must name the columns"
        return matched, problems or [f"this is no header, none of its cells names a field: {present}; {hint}"]
    problems += [
        f"there is no column {_show(header)}, which columns maps to {field}; the headers are {present}"
        for header, field in columns.items()
        if _key(header) not in by_key
    ]
    problems += [
        f"there is no column for the {field}; name it like the field, or map its header in columns; the headers are {present}"
        for field in dict.fromkeys(required)
        if field not in by_field and field not in columns.values()
    ]
    return matched, problems


def _person(columns: Sequence[_Column], cells: Sequence[str], required: Iterable[str]) -> tuple[Person, list[str]]:
    """Make one record of one row, and say all that is wrong with it."""
    problems: list[str] = []
    record: dict[str, Any] = dict.fromkeys(FIELDS)
    record["extra"] = {column.header: None for column in columns if not column.field and column.header}
    sound: set[str] = set()
    for position, ((header, field), cell) in enumerate(zip(columns, cells), start=1):
        if _WRONG_ENCODING.search(cell):
            what = f"the {field} {_show(cell)}" if field else f"the value in column {_show(header or position)}"
            problems.append(f"{what} was decoded wrongly; save the file as CSV in UTF-8")
        elif field:
            problem = _problem_of(field, cell)
            if problem:
                problems.append(problem)
            elif cell:
                sound.add(field)
        elif not header and cell:
            problems.append(f"column {position} has a value but no header")
        if field:
            record[field] = cell or None
        elif header:
            record["extra"][header] = cell or None
    given = {column.field for column in columns}
    problems += [f"the {field} is missing" for field in dict.fromkeys(required) if field in given and record[field] is None]
    if sound.issuperset(_DATES) and record["end_date"] < record["start_date"]:
        problems.append(f"the end_date {record['end_date']} is before the start_date {record['start_date']}")
    record["on_leave"] = _BOOLEANS.get((record["on_leave"] or "no").casefold())
    record["display_name"] = record["display_name"] or " ".join(filter(None, (record["given_name"], record["family_name"]))) or None
    return cast("Person", record), problems


def _problem_of(field: str, cell: str) -> str | None:
    """Say what is wrong with the value of one field; an empty one is never wrong here."""
    if not cell:
        return None
    if any(unicodedata.category(character) == "Cc" for character in cell):
        return f"the {field} {_show(cell)} holds a line break or another control character"
    if field in _EMAILS and not _EMAIL.fullmatch(cell):
        return f"the {field} {_show(cell)} is not an e-mail address"
    if field in _DATES and not _is_iso_date(cell):
        return f"the {field} {_show(cell)} is not a date of the form YYYY-MM-DD"
    if field == "on_leave" and cell.casefold() not in _BOOLEANS:
        return f"on_leave is {_show(cell)}; write one of {', '.join(_BOOLEANS)}, or nothing"
    return None


def _duplicate_logins(people: Iterable[tuple[int, Person]]) -> list[_Problem]:
    """Find logins that two people share; the systems behind do not tell Zoe from zoe."""
    rows: dict[str, list[tuple[int, str]]] = {}
    for row, person in people:
        if person["login"]:
            rows.setdefault(unicodedata.normalize("NFC", person["login"]).casefold(), []).append((row, person["login"]))
    problems = []
    for (first, _login), *others in rows.values():
        problems += [_Problem(row, f"the login {_show(login)} is already that of row {first}") for row, login in others]
    return problems


def _is_iso_date(text: str) -> bool:
    try:
        return bool(_ISO_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _is_secret(name: str) -> bool:
    return bool(_SECRET_PART.search(_key(name)) or _SECRET_WORDS.intersection(re.split(r"[\W_]+", name.casefold())))


def _key(header: str) -> str:
    """What of a header counts when two are compared."""
    return re.sub(r"[\s_-]+", "", unicodedata.normalize("NFC", header).casefold())


def _show(value: object) -> str:
    text = repr(str(value) if isinstance(value, str) else value)
    return text if len(text) <= 80 else f"{text[:76]}...{text[-1]}"
