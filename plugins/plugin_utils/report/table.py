# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A report as CSV for a spreadsheet: one row for each line, and nothing in it that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from .schema import HEAD, LINE, PERSON, ReportError, checked

_RUN = [name for name in ("kind", "run", "at", "organisation") if name in HEAD]
COLUMNS = [*(f"report_{name}" for name in _RUN), *PERSON, *(name for name in LINE if name != "person")]
# What makes a cell a formula, in any spreadsheet, also behind spaces and in the full-width forms that some take for the same.
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")


def to_csv(head: Mapping[str, Any], lines: Sequence[Mapping[str, Any]], delimiter: str = ",") -> str:
    """The rows, with a byte order mark, without which Excel takes UTF-8 for something else."""
    if delimiter not in (",", ";", "\t"):
        raise ReportError(["the delimiter must be ',' or ';' or a tab"])
    good, every = checked(head, lines)
    run = [_cell(good[name]) for name in _RUN]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in every:
        person = line["person"] or dict.fromkeys(PERSON)
        writer.writerow([*run, *(_cell(person[name]) for name in PERSON), *(_cell(line[name]) for name in LINE if name != "person")])
    return "\ufeff" + out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False) if value else ""
    text = ", ".join(value) if isinstance(value, list) else str(value)
    text = text.replace("\0", "")
    return "'" + text if text.lstrip()[:1] in _FORMULA else text
