# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the server's language shows through: form fields, comparisons, escapes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.entities import codepoint2name
from urllib.parse import unquote_plus

NUMERIC = re.compile(r"[ \t\n\r\v\f]*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
DISPOSITION = re.compile(r';\s*(name|filename)="([^"]*)"')


@dataclass(slots=True)
class Raw:
    """What was sent for one field."""

    values: list[str]
    listed: bool = False  # with brackets
    file: tuple[str, bytes] | None = None  # declared type, content


@dataclass(slots=True)
class Form:
    """Form fields: text, or lists of text by bracket key."""

    fields: dict[str, str | dict[str, str]] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def put(self, name: str, value: str) -> None:
        stem, bracket, inner = name.partition("[")
        if not stem:
            return
        stem = stem.replace(".", "_").replace(" ", "_")
        if not (bracket and "]" in inner):
            # Sent twice without brackets, the last one counts (contract 1.1).
            self.fields[stem] = value
            return
        known = self.fields.get(stem)
        if not isinstance(known, dict):
            known = self.fields[stem] = {}
        key = inner[: inner.index("]")]
        known[key or str(len(known))] = value

    def raw(self, name: str) -> Raw | None:
        value = self.fields.get(name)
        if value is None:
            return None
        return Raw(list(value.values()), True) if isinstance(value, dict) else Raw([value])

    def text(self, name: str) -> str | None:
        value = self.fields.get(name)
        return next(iter(value.values()), "") if isinstance(value, dict) else value

    def as_json(self) -> dict:
        shown = {name: list(value.values()) if isinstance(value, dict) else value for name, value in self.fields.items()}
        return shown | {name: f"<file of {len(content)} bytes>" for name, (_kind, content) in self.files.items()}


def parse_encoded(encoded: str, limit: int) -> Form:
    """Query or form variables; beyond the limit they are dropped without a word (contract 1.1)."""
    form = Form()
    for number, pair in enumerate(part for part in encoded.split("&") if part):
        if number >= limit:
            break
        name, _unused, value = pair.partition("=")
        form.put(unquote_plus(name, errors="replace"), unquote_plus(value, errors="replace"))
    return form


def parse_multipart(content_type: str, content: bytes, limit: int, max_file: int) -> Form:
    form = Form()
    found = re.search(r'boundary="?([^";]+)', content_type)
    if not found:
        return form
    for part in content.split(b"--" + found[1].encode())[1:-1][:limit]:
        head, _unused, body = part.partition(b"\r\n\r\n")
        headers = head.decode("utf-8", "replace")
        names = dict(DISPOSITION.findall(headers))
        body = body.removesuffix(b"\r\n")
        if "name" not in names:
            continue
        if "filename" not in names:
            form.put(names["name"], body.decode("utf-8", "replace"))
        elif len(body) <= max_file:
            kind = re.search(r"content-type:\s*([^\s;]+)", headers, re.IGNORECASE)
            form.files[names["name"]] = (kind[1] if kind else "application/octet-stream", body)
    return form


def is_true(value: str) -> bool:
    """How the API reads a boolean parameter: any word is true, `false` included (contract 1.1)."""
    return value not in ("", "0")


def loosely_equal(old: list[str], new: list[str]) -> bool:
    """`==` of two lists of text: what looks like a number is compared as one (contract 4)."""
    return len(old) == len(new) and all(_equal(one, other) for one, other in zip(old, new, strict=True))


def _equal(one: str, other: str) -> bool:
    if one == other:
        return True
    if NUMERIC.fullmatch(one) and NUMERIC.fullmatch(other):
        return float(one) == float(other)
    return False


def entities(text: str) -> str:
    """`htmlentities`: errors without a code pass through it (contract 1.3)."""
    return "".join(f"&{codepoint2name[ord(char)]};" if ord(char) in codepoint2name else char for char in text)


def encode(tree, pretty: bool = False) -> bytes:
    """`json_encode`: ASCII only, slashes escaped (contract 1.3)."""
    text = json.dumps(tree, indent=4) if pretty else json.dumps(tree, separators=(",", ":"))
    return text.replace("/", "\\/").encode()
