# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the server's language shows through: casts, form fields, array keys."""

from __future__ import annotations

import re
import urllib.parse

LEADING_INTEGER = re.compile(r"\s*[+-]?\d+")
NUMERIC = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*")
INTEGER_KEY = re.compile(r"0|-?[1-9]\d{0,17}")


def php_int(text: str) -> int:
    """Text cast to a number the PHP way: leading digits, else 0."""
    match = LEADING_INTEGER.match(text)
    return int(match.group()) if match else 0


def php_fields(encoded: str) -> dict:
    """Form or query fields; `a[]` and `a[b]` make lists and maps (contract 1.5)."""
    fields: dict = {}
    for name, value in urllib.parse.parse_qsl(encoded, keep_blank_values=True, errors="replace"):
        stem, bracket, inner = name.partition("[")
        if not (bracket and inner.endswith("]")):
            fields[name] = value
        elif inner == "]":
            fields[stem] = [*_as_list(fields.get(stem)), value]
        else:
            fields[stem] = {**_as_map(fields.get(stem)), inner[:-1]: value}
    return fields


def _as_list(value) -> list:
    return value if isinstance(value, list) else []


def _as_map(value) -> dict:
    return value if isinstance(value, dict) else {}


def is_numeric(text: str) -> bool:
    return bool(NUMERIC.fullmatch(text))


def php_key(key: str) -> int | str:
    """PHP turns array keys that look like integers into integers (contract 3.1)."""
    return int(key) if INTEGER_KEY.fullmatch(key) else key


def php_map(items: dict) -> dict | list:
    """A PHP array as JSON sees it: a list when empty, or when its keys are 0, 1, 2..."""
    if not items or ("0" in items and list(items) == [str(index) for index in range(len(items))]):
        return list(items.values())
    return items
