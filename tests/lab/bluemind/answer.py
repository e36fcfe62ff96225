# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field

from .errors import Crash, ServerFault
from .routes import BYTES, STRING, VOID

JSON_TYPE = "application/json"
ALWAYS = {"cache-control": "no-cache, no-store, must-revalidate", "pragma": "no-cache"}
COOKIES = ("OpenIdSession", "AccessToken", "RefreshToken", "IdToken")


@dataclass(slots=True)
class Answer:
    status: int
    body: bytes = b""
    content_type: str = ""
    headers: dict[str, str | list[str]] = field(default_factory=dict)
    code: str | None = None


def dumps(value) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def negotiated(call) -> str:
    """The content type of a single string or byte[]: "" where it goes out raw although labelled JSON (contract 1.2)."""
    accept = call.headers.get("accept", "")
    if not accept:
        return ""
    if JSON_TYPE in accept.split(", "):
        return JSON_TYPE
    return "image/png" if call.match.route.returns == BYTES else JSON_TYPE


def labelled(call) -> str:
    """The content type of a 204 or a fault (contract 1.4)."""
    single = call.match is not None and call.match.route.returns in (STRING, BYTES)
    return (negotiated(call) or JSON_TYPE) if single else ""


def success(call, value) -> Answer:
    returns = call.match.route.returns
    if returns == VOID:
        return Answer(200, b"", JSON_TYPE)
    if value is None:
        return Answer(204, b"", labelled(call))
    if returns in (STRING, BYTES):
        kind = negotiated(call)
        if kind != JSON_TYPE:
            raw = base64.b64decode(value) if returns == BYTES else value.encode()
            return Answer(200, raw, kind or JSON_TYPE)
    return Answer(200, dumps(value), JSON_TYPE)


def fault(call, status: int, code: str | None, kind: str, message: str) -> Answer:
    document = ({"errorCode": code} if code else {}) | {"errorType": kind, "message": message}
    return Answer(status, dumps(document), labelled(call), code=code)


def refused(call, refusal: ServerFault) -> Answer:
    return fault(call, refusal.status, refusal.code, refusal.kind, refusal.message)


def crashed(call, crash: Crash) -> Answer:
    return fault(call, 500, None, crash.kind, crash.message)


def unauthorised(call) -> Answer:
    message = f"session id {call.key} is not valid"
    if call.generation < 50:
        return fault(call, 401, "AUTHENTICATION_FAIL", "ServerFault", message)
    answer = fault(call, 401, "AUTHENTICATION_FAIL", "ServerFault", "invalid accesstoken: " + message)
    answer.headers["www-authenticate"] = "Bearer"
    answer.headers["set-cookie"] = [f"{name}=delete; path=/; max-age=0" for name in COOKIES]
    return answer


def no_route(call) -> Answer:
    where = "path" if call.generation < 50 else call.method
    message = f"no service registered on {where} {call.raw_path}"
    exception = {"cause": None, "stackTrace": [], "code": "UNKNOWN", "message": message, "suppressed": [], "localizedMessage": message}
    return Answer(500, dumps(exception), code="UNKNOWN")


def page(status: int) -> Answer:
    """What the front proxy shows instead."""
    titles = {404: "Not Found", 413: "Request Entity Too Large", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Time-out"}
    title = f"{status} {titles.get(status, 'Error')}"
    return Answer(status, f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>".encode(), "text/html")
