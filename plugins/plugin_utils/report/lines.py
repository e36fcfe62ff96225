# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""JSON lines, the form to keep a report in. Pure functions: data in, text out, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from .schema import Entry, ReportError, checked


def to_json_lines(head: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> str:
    """The head, then one line of JSON for each line."""
    good, every = checked(head, lines)
    return "".join(json.dumps(entry, ensure_ascii=False, allow_nan=False) + "\n" for entry in (good, *every))


def from_json_lines(text: str) -> tuple[Entry, list[Entry]]:
    """A head and lines out of what to_json_lines wrote, checked; ReportError names the row that is no JSON."""
    entries = []
    for number, row in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if row.strip():
            try:
                entries.append(json.loads(row))
            except ValueError as error:
                raise ReportError([f"row {number} is not JSON: {error}"]) from error
    if not entries:
        raise ReportError(["the file is empty"])
    return checked(entries[0], entries[1:])
