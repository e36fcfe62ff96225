# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field

from . import php, texts
from .answer import Answer
from .schema import LdapServer, Type
from .sessions import Session

COOKIE = re.compile(r"(?:^|;\s*)PHPSESSID=([^;]*)")


@dataclass(slots=True)
class Call:
    """One request, as the handlers see it."""

    server: object
    method: str
    raw_path: str
    query: php.Form
    headers: dict[str, str]
    content: bytes
    form: php.Form  # the fields of the body
    client: tuple[str, int]
    session: Session = None
    handler: object = None
    segments: tuple[str, ...] = ()  # of the path, decoded
    login: bool | None = None  # were credentials checked, and were they right
    who: str | None = None
    auth: str | None = None
    errors: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)  # fields to lose silently, by a fault
    half: bool = False  # by a fault: the write breaks in the middle
    taken: dict[str, int] = field(default_factory=dict)  # numbers drawn from the pools

    @property
    def store(self):
        return self.server.store

    @property
    def knobs(self):
        return self.server.knobs

    # What was sent

    @property
    def cookie(self) -> str | None:
        found = COOKIE.search(self.headers.get("cookie", ""))
        return found[1] if found else None

    def request(self, name: str) -> str | None:
        """`$_REQUEST`: query or body, the body wins (contract 1.1)."""
        value = self.form.text(name)
        return self.query.text(name) if value is None else value

    def request_list(self, name: str) -> list[str] | None:
        raw = self.form.raw(name) or self.query.raw(name)
        return None if raw is None else raw.values

    def switch(self, name: str) -> bool:
        return self.request(name) is not None

    def flag(self, name: str) -> bool:
        return php.is_true(self.request(name) or "")

    @property
    def credentials(self) -> tuple[str, str] | None:
        kind, _unused, value = self.headers.get("authorization", "").partition(" ")
        if kind.lower() != "basic":
            return None
        try:
            login, _unused, password = base64.b64decode(value).decode("utf-8", "replace").partition(":")
        except ValueError:
            return None
        return login, password

    # Language

    @property
    def lang(self) -> str:
        return self.session.lang or self.knobs.default_lang

    def say(self, text: str, *values) -> str:
        return texts.say(self.lang, text, *values)

    def say_all(self, found: list[tuple]) -> list[str]:
        return [self.say(*text) for text in found]

    # What is answered

    def error(self, code: str, *values) -> None:
        self.errors.append(texts.coded(self.lang, code, *values))

    def plain_error(self, text: str) -> None:
        """An error without a code: its text is HTML."""
        self.errors.append(php.entities(text))

    def map(self, items: dict) -> dict | list:
        """An empty PHP array is a list (contract 1.3)."""
        return items if items or self.knobs.empty_as_object else []

    def reply(self, body: dict, status: int | None = None) -> Answer:
        """A status that nobody has set is 400 when the body says that it failed (contract 9)."""
        if self.messages:
            body["messages"] = self.messages
        if self.errors and "errors" not in body:
            body["errors"] = self.errors
        if status is None:
            status = 400 if body.get("success") is False else 200
        return Answer(status, php.encode(body, self.switch("pretty")), success=body.get("success"))

    def refused(self, code: str, *values, strict: int = 403) -> Answer:
        """A refusal is HTTP 200 with nothing but errors (contract 1.3)."""
        self.error(code, *values)
        return self.reply({}, strict if self.knobs.strict_status else 200)

    def not_found(self) -> Answer:
        self.plain_error(self.say(texts.PAGE_NOT_FOUND))
        return self.reply({}, 404)

    def fatal(self, detail: str) -> Answer:
        # Errors with a code stay behind in the session (contract 1.5).
        self.session.pending = self.errors
        self.errors = []
        return self.reply({"errors": [php.entities(self.say(texts.FATAL)), php.entities(detail)], "success": False}, 500)

    # Where it happens

    @property
    def directory_server(self) -> LdapServer:
        return self.server.servers[self.session.server]

    @property
    def top_dn(self) -> str:
        return self.session.top_dn or self.directory_server.base

    def type(self, name: str) -> Type | None:
        """The type, or None with its errors noted."""
        found = self.server.types.get(name)
        if found is None:
            self.error("LSsession_04", name)
            self.error("LSsession_11")
        return found

    def unknown_type(self) -> Answer:
        return self.reply({}, 404 if self.knobs.strict_status else 200)


def read_form(server, method: str, content_type: str, content: bytes) -> php.Form:
    """The fields of the body; JSON and others are not read (contract 1.1)."""
    knobs = server.knobs
    if method != "POST" or len(content) > knobs.post_max_size:
        return php.Form()
    kind = content_type.partition(";")[0].strip().lower()
    # One more than the limit gets through, as seen with 1500 values.
    if kind == "application/x-www-form-urlencoded":
        return php.parse_encoded(content.decode("utf-8", "replace"), knobs.max_input_vars + 1)
    if kind == "multipart/form-data":
        return php.parse_multipart(content_type, content, knobs.max_input_vars + 1, knobs.upload_max_filesize)
    return php.Form()
