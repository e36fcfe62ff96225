# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
from dataclasses import dataclass, field

JSON, HTML, TEXT = "application/json", "text/html", "text/plain"
SINCE_UNDERSCORE = ("2.6", "2.8")


@dataclass(slots=True)
class Answer:
    status: int
    body: bytes = b""
    content_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    code: str | None = None  # the reason of a failure


class Encoded(str):
    """Data that is JSON text already: long listings keep their rows so."""


class Plain(str):
    """A whole answer as plain text."""


def _keys(knobs) -> tuple[str, str, str]:
    """How the envelope calls success, reason and payload (contract 1.5)."""
    underscore = knobs.since(*SINCE_UNDERSCORE) if knobs.envelope is None else knobs.envelope == "underscore"
    return ("_success", "_msg", "_data") if underscore else ("success", "msg", "data")


def done(knobs) -> Answer:
    return Answer(200, json.dumps({_keys(knobs)[0]: True} | knobs.envelope_extra).encode())


def payload(knobs, data) -> Answer:
    if isinstance(data, Plain):
        return Answer(200, data.encode(), TEXT)
    success, _reason, key = _keys(knobs)
    if not isinstance(data, Encoded):
        return Answer(200, json.dumps({success: True, key: data} | knobs.envelope_extra).encode())
    head = json.dumps({success: True} | knobs.envelope_extra)
    return Answer(200, f'{head[:-1]}, "{key}": {data}}}'.encode())


def failure(knobs, code: str) -> Answer:
    success, reason, _key = _keys(knobs)
    body = {success: False} | knobs.envelope_extra
    if (text := knobs.messages.get(code, code)) is not None:
        body[reason] = text
    return Answer(knobs.error_status, json.dumps(body).encode(), code=code)


def text(status: int, body: str, **headers: str) -> Answer:
    """What the framework says itself."""
    return Answer(status, body.encode(), HTML, headers)


def not_found() -> Answer:
    return text(404, "not found")


def crashed() -> Answer:
    return text(500, "internal server error")


def moved(location: str, body: str = "") -> Answer:
    return text(303, body, location=location)


def page(status: int, title: str) -> Answer:
    """A page for people: the web UI's, or a proxy's."""
    return text(status, f"<!DOCTYPE html>\n<html>\n<head><title>{title}</title></head>\n<body><h1>{title}</h1></body>\n</html>\n")
