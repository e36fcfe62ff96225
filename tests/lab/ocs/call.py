# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field

from .php import php_fields
from .routes import Match
from .store import Account


@dataclass(slots=True)
class Call:
    """One request, as the handlers see it."""

    server: object
    method: str
    raw_path: str
    query: dict
    headers: dict[str, str]
    body: dict
    client: tuple[str, int]
    path: str = ""  # decoded once
    match: Match | None = None  # where the route table leads; None outside OCS
    account: Account | None = None
    auth: str | None = None  # password, app-password, bearer
    secret: str | None = None  # the app password in use
    login: bool | None = None  # were credentials checked, and were they right
    first_login: bool = False
    dropped: list[str] = field(default_factory=list)  # fields to lose silently, by a fault

    @property
    def store(self):
        return self.server.store

    @property
    def knobs(self):
        return self.server.knobs

    @property
    def version(self) -> str:
        return "v1" if self.path.startswith("/ocs/v1.php") else "v2"

    def parameter(self, name: str):
        value = self.body.get(name)
        return self.query.get(name) if value is None else value

    @property
    def wants_html(self) -> bool:
        return "html" in self.headers.get("accept", "")

    @property
    def format(self) -> str:
        """json, xml, or something that nobody can answer with (contract 1.3)."""
        wanted = self.parameter("format")
        if wanted is None:
            for part in self.headers.get("accept", "").lower().split(","):
                part = part.split(";")[0].strip()
                if part.startswith("application/"):
                    return part.removeprefix("application/")
        return "xml" if wanted is None else str(wanted)

    @property
    def credentials(self) -> tuple[str, str] | None:
        """Login and password of a Basic header."""
        kind, _unused, value = self.headers.get("authorization", "").partition(" ")
        if kind.lower() != "basic":
            return None
        try:
            login, _unused, password = base64.b64decode(value).decode("utf-8", "replace").partition(":")
        except ValueError:
            return None
        return login, password

    @property
    def bearer(self) -> str | None:
        kind, _unused, value = self.headers.get("authorization", "").partition(" ")
        return value.strip() if kind.lower() == "bearer" else None


def read_body(method: str, content_type: str, content: bytes) -> dict:
    """The fields of a body; without a known content type there are none (contract 1.5)."""
    if not content or method == "GET":
        return {}
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        try:
            fields = json.loads(content)
        except ValueError:
            return {}
        return fields if isinstance(fields, dict) else {}
    if kind == "application/x-www-form-urlencoded":
        return php_fields(content.decode("utf-8", "replace"))
    return {}
