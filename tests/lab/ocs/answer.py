# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from .php import is_numeric

JSON = "application/json; charset=utf-8"
HTML = "text/html; charset=UTF-8"
ELEMENT_NAME = re.compile(r"[A-Za-z_:][\w.\-:]*", re.ASCII)

SUCCESS = {"v1": 100, "v2": 200}
UNAUTHORISED, NOT_FOUND, CRASH, UNKNOWN_ERROR = 997, 998, 996, 999


@dataclass(slots=True)
class Answer:
    status: int
    body: bytes = b""
    content_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    code: int | None = None


def http_status(code: int, version: str) -> int:
    """The HTTP status of an OCS code (contract 1.1)."""
    if code == UNAUTHORISED:
        return 401
    if code == 503:
        return 503
    if version == "v1" or code == SUCCESS["v2"]:
        return 200
    if code == NOT_FOUND:
        return 404
    if code in (CRASH, UNKNOWN_ERROR):
        return 500
    return 400 if code < 200 or code > 600 else code


def envelope(call, code: int, message: str | None, data, early: bool = False) -> Answer:
    """The OCS answer. `early`: refused before the controller, where the XML content type differs (contract 1.3)."""
    meta = {"status": "ok" if code in SUCCESS.values() else "failure", "statuscode": code, "message": message}
    if call.version == "v1":
        meta |= {"totalitems": "", "itemsperpage": ""}
    tree = {"ocs": {"meta": meta, "data": data}}
    status = http_status(code, call.version)
    if call.format == "json":
        return Answer(status, json.dumps(tree, separators=(",", ":")).encode(), code=code)
    try:
        body = to_xml(tree)
    except ValueError:
        return Answer(200, b"", HTML)
    if call.format != "xml":
        kind = "application/octet-stream; charset=utf-8"
    elif early:
        kind = "text/xml; charset=UTF-8"
    else:
        kind = "application/xml; charset=utf-8"
    return Answer(status, body, kind, code=code)


def to_xml(tree: dict) -> bytes:
    lines = ['<?xml version="1.0"?>']
    _write(lines, tree, "")
    return ("\n".join(lines) + "\n").encode()


def _write(lines: list[str], tree, indent: str) -> None:
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        name = "element" if isinstance(key, int) or is_numeric(key) else key
        if not ELEMENT_NAME.fullmatch(name):
            raise ValueError(f"no element can be called {name}")
        if value is None or value in ([], {}):
            lines.append(f"{indent}<{name}/>")
        elif isinstance(value, (dict, list)):
            lines.append(f"{indent}<{name}>")
            _write(lines, value, indent + " ")
            lines.append(f"{indent}</{name}>")
        else:
            text = {True: "1", False: ""}[value] if isinstance(value, bool) else escape(str(value))
            lines.append(f"{indent}<{name}>{text}</{name}>")
