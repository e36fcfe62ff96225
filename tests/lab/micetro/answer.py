# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from .errors import Refusal

JSON = "application/json; charset=utf-8"
XML = "application/xml; charset=utf-8"
HTML = "text/html; charset=utf-8"
ELEMENT_NAME = re.compile(r"[A-Za-z_][\w.\-]*", re.ASCII)


@dataclass(slots=True)
class Answer:
    status: int
    body: bytes = b""
    content_type: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    code: int | None = None


@dataclass(slots=True)
class Reply:
    """What a handler says; `result` None: no body."""

    status: int
    result: dict | None = None


def ok(result: dict) -> Reply:
    return Reply(200, result)


def created(result: dict) -> Reply:
    return Reply(201, result)


def done() -> Reply:
    return Reply(204)


def dump(tree, pretty: bool = False) -> bytes:
    return json.dumps(tree, ensure_ascii=False, indent=2 if pretty else None, separators=None if pretty else (",", ":")).encode()


def rendered(call, reply: Reply) -> Answer:
    """JSON, or XML if that is what the client accepts (contract 1); 204 has neither body nor content type."""
    if reply.result is None:
        return Answer(reply.status)
    tree = legacy_names(reply.result) if call.legacy else reply.result
    if "application/xml" in call.headers.get("accept", ""):
        return Answer(reply.status, to_xml(tree), XML)
    return Answer(reply.status, dump({"result": tree} if call.knobs.envelope and tree else tree, call.flag("pretty")), JSON)


def refused(call, refusal: Refusal) -> Answer:
    """Errors are JSON whatever the client accepts (contract 15.4)."""
    return failed(refusal.status(call.knobs), refusal.code, refusal.message)


def failed(status: int, code: int, message: str) -> Answer:
    return Answer(status, dump({"error": {"code": code, "message": message}}), JSON, code=code)


def to_xml(result) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_element("result", result)}\n'.encode()


def _element(name: str, value) -> str:
    tag = name if ELEMENT_NAME.fullmatch(name) else "property"
    attributes = "" if tag == name else f" name={quoteattr(name)}"
    if isinstance(value, dict):
        content = "".join(_element(key, part) for key, part in value.items())
    elif isinstance(value, list):
        content = "".join(_element("element", part) for part in value)
    elif isinstance(value, bool):
        content = "true" if value else "false"
    else:
        content = "" if value is None else escape(str(value))
    return f"<{tag}{attributes}>{content}</{tag}>"


def legacy_names(tree):
    """The spelling of the unversioned API: references in Pascal case, plural object types (contract 15.1)."""
    from .kinds import BY_COLLECTION, BY_TYPE

    if isinstance(tree, list):
        return [legacy_names(part) for part in tree]
    if not isinstance(tree, dict):
        return tree
    changed = {}
    for key, value in tree.items():
        if key in ("ref", "addrRef") and isinstance(value, str):
            collection, slash, rest = value.partition("/")
            kind = BY_COLLECTION.get(collection.lower())
            value = f"{kind.legacy}{slash}{rest}" if kind else value
        elif key == "objType" and value in BY_TYPE:
            value = BY_TYPE[value].legacy
        else:
            value = legacy_names(value)
        changed[key] = value
    return changed
