# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How an HR file becomes a list of people: text in, records or one PeopleError out."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .people import FIELDS, PeopleError, Person, show
from .people_rules import Place, Problem, check_required, check_together, make_record, refuse
from .people_values import DATE_FORMATS, REREAD, DateForms, is_secret, loosely, wrongly_decoded

_DELIMITERS = {",": "','", ";": "';'", "\t": "a tab", "|": "'|'"}


class _Column(NamedTuple):
    header: str
    field: str | None


def people_from_csv(
    text: str,
    delimiter: str = ",",
    columns: Mapping[str, str] | None = None,
    required: Sequence[str] = ("login",),
    date_formats: Sequence[str] = DATE_FORMATS,
) -> list[Person]:
    """Read people from the text of a CSV file.

    Rows are counted as a spreadsheet shows them, the header being row 1. Rows without any value are left out.

    Args:
        text: the decoded file; a byte order mark at its start is ignored.
        delimiter: the one character between two cells, or auto: the one that makes most fields of the header.
        columns: header → field, for headers that are not named like their field. Letter case, spaces, hyphens and underscores
            do not matter in headers. A header mapped to extra, or neither mapped nor named like a field, goes to extra.
        required: fields that every person must have.
        date_formats: how dates are written, such as DD/MM/YYYY.

    Returns:
        One record per row, in the order of the file.

    Raises:
        PeopleError: with everything that is wrong in the arguments, or else in the file.
    """
    dates = _check_arguments(text, delimiter, columns or {}, required, date_formats)
    text = text[1:] if text.startswith("\ufeff") else text
    if not text.strip():
        raise PeopleError(["the file is empty"])
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise PeopleError([f"line {line} holds a NUL byte: this is not UTF-8 text; {REREAD.replace('cp1252', 'utf-16')}"])
    if delimiter == "auto":
        delimiter = _delimiter(text, columns or {})

    rows, problems = _read_rows(text, delimiter)
    if not rows:
        refuse(problems, 0)
        raise PeopleError(["the file is empty"])
    (header_row, headers), body = rows[0], rows[1:]
    matched, header_problems = _match_header(headers, columns or {}, required)
    problems += [Problem(Place("row", header_row), problem) for problem in header_problems]
    if not body and not problems:
        problems.append(Problem(Place("row", header_row), "there is a header, but nobody below it"))
    given = {column.field for column in matched}

    people: list[tuple[Place, Person]] = []
    for row, cells in body:
        place = Place("row", row)
        if delimiter.isspace() and row == body[-1][0]:  # lookup('file') strips the end of the text, empty cells included
            cells = cells + [""] * (len(matched) - len(cells))
        if len(cells) != len(matched):
            count = "1 column" if len(cells) == 1 else f"{len(cells)} columns"
            problems.append(Problem(place, f"{count} where the header has {len(matched)}; a value that holds the delimiter needs quotes"))
            continue
        values, extra, found = _cells(place, matched, cells)
        unsound = [column.field for column, cell in zip(matched, cells) if column.field and wrongly_decoded(cell)]
        person, wrong = make_record(place, values, [field for field in required if field in given], dates, unsound)
        person["extra"] = extra
        problems += found + wrong
        people.append((place, person))
    refuse([*problems, *check_together(people)], len(body))
    return [person for _place, person in people]


def _check_arguments(text: object, delimiter: object, columns: object, required: object, date_formats: object) -> DateForms:
    """Refuse what the caller, not the file, got wrong."""
    errors = []
    if not isinstance(text, str):
        errors.append(f"give the text of the file, as lookup('file', 'people.csv') returns it, not a {type(text).__name__}")
    if delimiter != "auto":
        if not isinstance(delimiter, str) or len(delimiter) != 1 or delimiter.isalnum() or delimiter in '"\r\n\0':
            errors.append(f"delimiter is {show(delimiter)}: give auto, or one character that is no letter, digit, quote or line break")
    if not isinstance(columns, Mapping):
        errors.append(f"columns is {show(columns)}: give a dictionary of header: field")
    else:
        seen: dict[str, str] = {}
        for header, field in columns.items():
            if not isinstance(header, str) or not isinstance(field, str):
                errors.append(f"columns maps {show(header)} to {show(field)}: both must be texts")
            elif not loosely(header):
                errors.append(f"columns maps {show(header)} to {show(field)}: name a header")
            elif is_secret(field):
                errors.append(f"columns maps {show(header)} to {show(field)}: a person record holds no secrets")
            elif field not in FIELDS:
                errors.append(f"columns maps {show(header)} to {show(field)}, which is no field; the fields are {', '.join(FIELDS)}")
            elif loosely(header) in seen:
                errors.append(f"columns names one header twice: {show(seen[loosely(header)])} and {show(header)}")
            else:
                seen[loosely(header)] = header
    errors += check_required(required)
    dates = None
    try:
        dates = DateForms(date_formats)
    except PeopleError as error:
        errors += error.errors
    if errors or dates is None:
        raise PeopleError(errors)
    return dates


def _delimiter(text: str, columns: Mapping[str, str]) -> str:
    """The delimiter that finds most fields in the header; the first of equals."""
    known = {loosely(name) for name in (*columns, *FIELDS)}
    counts = {}
    for delimiter in _DELIMITERS:
        rows, _problems = _read_rows(text, delimiter, first=True)
        counts[delimiter] = sum(loosely(cell) in known for _row, cells in rows for cell in cells)
    return max(counts, key=lambda delimiter: counts[delimiter])


def _read_rows(text: str, delimiter: str, first: bool = False) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Split the text into numbered rows of trimmed cells; stop where the quoting is broken, for nothing is certain after it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            trimmed = [cell.strip() for cell in cells]
            if any(trimmed):
                rows.append((row, trimmed))
                if first:
                    break
    except csv.Error as error:
        return rows, [Problem(Place("row", row + 1), f"the quotes of this row do not match, rows from here on were not read ({error})")]
    return rows, []


def _match_header(headers: Sequence[str], columns: Mapping[str, str], required: Sequence[str]) -> tuple[list[_Column], list[str]]:
    """Find the field of each column."""
    mapping = {loosely(header): field for header, field in columns.items()}
    names = {loosely(field): field for field in FIELDS if field != "extra"}
    problems: list[str] = []
    matched: list[_Column] = []
    by_key: dict[str, str] = {}
    by_field: dict[str, str] = {}
    for header in headers:
        key = loosely(header)
        field = mapping.get(key, names.get(key))
        if not header:
            pass  # a column without a name may stand there as long as it is empty
        elif wrongly_decoded(header):
            problems.append(f"the header {show(header)} was decoded wrongly; {REREAD}")
        elif is_secret(header):
            problems.append(f"the column {show(header)} looks like a secret; a person record holds none, take it out of the file")
        elif key in by_key:
            problems.append(f"two columns have the same header: {show(by_key[key])} and {show(header)}")
        elif field and field != "extra" and field in by_field:
            problems.append(f"two columns give the {field}: {show(by_field[field])} and {show(header)}; map one of them to extra")
        matched.append(_Column(header, None if field == "extra" else field))
        if header:
            by_key.setdefault(key, header)
        if field:
            by_field.setdefault(field, header)
    present = ", ".join(show(header) for header in headers if header)
    if not any(column.field for column in matched):
        other = [name for character, name in _DELIMITERS.items() if len(headers) == 1 and character in headers[0]]
        hint = f"is the delimiter {other[0]}?" if other else "the first row must name the columns"
        return matched, problems or [f"this is no header, none of its cells names a field: {present}; {hint}"]
    problems += [
        f"there is no column {show(header)}, which columns maps to {field}; the headers are {present}"
        for header, field in columns.items()
        if loosely(header) not in by_key
    ]
    problems += [
        f"there is no column for the {field}; name it like the field, or map its header in columns; the headers are {present}"
        for field in dict.fromkeys(required)
        if field not in by_field and field not in columns.values()
    ]
    return matched, problems


def _cells(
    place: Place, columns: Sequence[_Column], cells: Sequence[str]
) -> tuple[dict[str, str | None], dict[str, str | None], list[Problem]]:
    """The values of one row by field and those of the other columns by header, and what is wrong with the cells themselves."""
    values: dict[str, str | None] = {}
    extra: dict[str, str | None] = {}
    problems: list[Problem] = []
    for position, ((header, field), cell) in enumerate(zip(columns, cells), start=1):
        if wrongly_decoded(cell):
            what = (f"the {field}", show(cell)) if field else (f"the value in column {show(header or position)}", "")
            problems.append(Problem(place, what[0], f"was decoded wrongly; {REREAD}", what[1]))
        elif not header and cell:
            problems.append(Problem(place, f"column {position} has a value but no header"))
        if field:
            values[field] = cell or None
        elif header:
            extra[header] = cell or None
    return values, extra, problems
