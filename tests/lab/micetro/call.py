# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import json
import urllib.parse
from dataclasses import dataclass, field

from .errors import BAD_REQUEST, Refusal, invalid
from .routes import Match
from .store import Obj

FLAGS = {"true": True, "1": True, "false": False, "0": False, "": False}


@dataclass(slots=True)
class Call:
    """One request, as the handlers see it."""

    server: object
    method: str
    raw_path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: object
    bad_body: bool
    client: tuple[str, int]
    args: dict = field(default_factory=dict)  # body and query merged, the query wins (contract 15.5)
    match: Match | None = None
    legacy: bool = False  # on the unversioned tree
    user: Obj | None = None
    auth: str | None = None  # password, bearer
    login: bool | None = None  # were credentials checked, and were they right
    dropped: tuple[str, ...] = ()  # fields to lose silently, by a fault

    @property
    def store(self):
        return self.server.store

    @property
    def knobs(self):
        return self.server.knobs

    @property
    def comment(self) -> str:
        return str(self.args.get("saveComment") or "")

    def flag(self, name: str) -> bool:
        value = self.args.get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        try:
            return FLAGS[str(value).lower()]
        except KeyError:
            raise invalid(name, value) from None

    def number(self, name: str) -> int | None:
        value = self.args.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not str(value).isdecimal():
            raise invalid(name, value)
        return int(value)

    def text(self, name: str) -> str:
        return str(self.args.get(name) or "")

    def part(self, name: str) -> dict:
        """The object in the body that a creation is about."""
        value = self.args.get(name)
        if not isinstance(value, dict):
            raise Refusal(BAD_REQUEST, f"Missing argument '{name}'.")
        return value

    def drops(self, *names: str) -> bool:
        return any(name in self.dropped for name in names)

    @property
    def credentials(self) -> tuple[str, str] | None:
        """Login and password of a Basic header; an empty header is none (contract 15.15)."""
        kind, _unused, value = self.headers.get("authorization", "").partition(" ")
        if kind.lower() != "basic":
            return None
        try:
            login, _unused, password = base64.b64decode(value, validate=True).decode("utf-8").partition(":")
        except ValueError:
            return None
        return login, password

    @property
    def bearer(self) -> str | None:
        kind, _unused, value = self.headers.get("authorization", "").partition(" ")
        return value.strip() if kind.lower() == "bearer" else None


def read_query(raw: str, plus_is_space: bool) -> dict[str, str]:
    """The arguments of a query; + is not a space (contract 1)."""
    fields = {}
    for part in raw.split("&"):
        name, _unused, value = part.partition("=")
        if name:
            decode = urllib.parse.unquote_plus if plus_is_space else urllib.parse.unquote
            fields[decode(name)] = decode(value)
    return fields


def read_body(content: bytes, content_type: str, latin1: bool) -> tuple[object, bool]:
    """What a body says, and whether it is no JSON."""
    if not content.strip():
        return None, False
    charset = "latin-1" if latin1 and "charset" not in content_type.lower() else "utf-8"
    try:
        return json.loads(content.decode(charset)), False
    except ValueError:
        return content.decode("latin-1"), True


def merged(body: object, query: dict[str, str]) -> dict:
    """Objects and lists may travel in the query too, as JSON."""
    args = dict(body) if isinstance(body, dict) else {}
    for name, value in query.items():
        if value[:1] in ("{", "["):
            try:
                args[name] = json.loads(value)
                continue
            except ValueError:
                pass
        args[name] = value
    return args
