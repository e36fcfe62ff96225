# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The CSV of an import: rows by attribute, and the very text of each, since the format is the server's (chapter 3.7)."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any, Iterable, Mapping, Optional

from ..core.errors import InvalidInput
from .attributes import MASK

DELIMITERS = (";", ",", "\t")
SEPARATOR = "|"  # between the values in a cell
SECRETIVE = "password"  # in the name of a column, or of its attribute


@dataclass
class Row:
    number: int  # line of the file
    text: str
    cells: dict[str, str]  # by attribute
    secrets: frozenset[str]  # cells of columns that are called so

    def values(self, name: str) -> list[str]:
        return [each for each in self.cells[name].split(SEPARATOR) if each]


@dataclass
class Table:
    head: str
    columns: list[str]  # the attribute of each column; empty: none
    rows: list[Row]

    def text(self, rows: Iterable[Row]) -> str:
        return self.head + "".join(row.text for row in rows)

    @property
    def attributes(self) -> list[str]:
        return [name for name in self.columns if name]


def parse(text: str, columns: Mapping[str, Any], delimiter: Optional[str]) -> Table:
    """:param columns: the attribute that a column holds, where it is not called so; empty: none that can be compared.
    :raises InvalidInput: for what is no table, or what the server would misread.
    """
    lines = list(io.StringIO(text.lstrip("\ufeff"), newline=""))  # as a CSV reader splits them, and no further
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += "\n"
    records = list(_records(lines, delimiter or _delimiter(lines)))
    if not records:
        raise InvalidInput("there is no line with the names of the columns")
    (_number, head, names), *rest = records
    unknown = sorted(set(columns) - set(names))
    if unknown:
        raise InvalidInput(f"columns names {', '.join(unknown)}, and the first line holds {', '.join(names)}")
    attributes = [str(columns.get(name, name) or "") for name in names]
    twice = sorted({name for name in attributes if name and attributes.count(name) > 1})
    if twice:
        raise InvalidInput(f"two columns hold {', '.join(twice)}")
    secretive = [index for index, pair in enumerate(zip(names, attributes)) if any(SECRETIVE in word.casefold() for word in pair)]
    rows = []
    for number, line, cells in rest:
        if len(cells) != len(names):
            raise InvalidInput(f"line {number} has {len(cells)} cells and the first line {len(names)}")
        if MASK in cells:
            raise InvalidInput(f"line {number} holds {MASK}, which stands for a password: an export cannot be imported")
        by_name = {name: cell for name, cell in zip(attributes, cells) if name}
        rows.append(Row(number, line, by_name, frozenset(cells[index] for index in secretive if cells[index])))
    if not rows:
        raise InvalidInput("there are no rows below the names of the columns")
    return Table(head, attributes, rows)


def _delimiter(lines: list[str]) -> str:
    first = lines[0] if lines else ""
    return max(DELIMITERS, key=first.count)


def _records(lines: list[str], delimiter: str) -> Iterable[tuple[int, str, list[str]]]:
    """Line number, text and cells of each record, which may span lines; without those that are empty."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    done = 0
    try:
        for cells in reader:
            text = "".join(lines[done : reader.line_num])
            if any(cells):
                yield done + 1, text, cells
            done = reader.line_num
    except csv.Error as exc:
        raise InvalidInput(f"line {reader.line_num}: {exc}") from None
