# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field

from .errors import ServerFault, Unreadable
from .model import Kind, View
from .routes import Match

MISSING = object()


@dataclass(slots=True)
class Call:
    """One request, as the handlers see it."""

    server: object
    method: str
    raw_path: str
    query: dict[str, str]
    headers: dict[str, str]
    content: bytes
    client: tuple[str, int]
    match: Match | None = None
    caller: object = None  # None: anonymous
    key: str | None = None
    auth: str | None = None  # core-token, session, api-key, or password at a login
    login: bool | None = None  # were credentials checked, and were they right
    who: str | None = None
    dropped: list[str] = field(default_factory=list)  # fields to lose silently, by a fault
    task_failure: str | None = None  # how a task started here is to fail, by a fault

    @property
    def store(self):
        return self.server.store

    @property
    def knobs(self):
        return self.server.knobs

    @property
    def generation(self) -> int:
        return self.server.knobs.generation

    @property
    def view(self) -> View:
        return self.server.view()

    # Reading

    def flag(self, name: str) -> bool:
        return self.query.get(name, "").lower() == "true"

    def number(self, name: str) -> int | None:
        if name not in self.query:
            return None
        try:
            return int(self.query[name])
        except ValueError:
            raise unreadable(name) from None

    def json(self):
        if not self.content:
            return None
        try:
            return json.loads(self.content)
        except ValueError:
            raise unreadable("body") from None

    def body(self, kind: Kind, current: dict | None = None):
        """The body as what it should be. `current`: the stored document, which a `drop` fault leaves as it is."""
        value = self.json()
        if self.dropped and isinstance(value, dict):
            for name in self.dropped:
                _drop(value, current, name.split("."))
        try:
            return kind.read(value, self.generation)
        except Unreadable:
            raise unreadable("body") from None

    def text(self) -> str | None:
        """A body that is one string: raw if it says so (contract 1.2)."""
        if self.headers.get("content-type") == "text/plain":
            return self.content.decode("utf-8", "replace")
        value = self.json()
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, (dict, list)):
            raise unreadable("body")
        return json.dumps(value)

    def bytes(self) -> bytes:
        if self.headers.get("content-type") == "application/octet-stream":
            return self.content
        value = self.json()
        try:
            return base64.b64decode(value, validate=True)
        except (TypeError, ValueError):
            raise unreadable("body") from None

    # Answering

    def items(self, kind: Kind, entries) -> list[dict]:
        return [self.item(kind, entry) for entry in entries]

    def item(self, kind: Kind, entry, value: dict | None = None) -> dict | None:
        """An ItemValue (contract 1.5), or null."""
        if entry is None:
            return None
        return item_value(entry.uid, entry.item, kind.write(entry.value if value is None else value, self.view))

    @property
    def actor(self) -> str:
        """Who is written down as author."""
        return "system" if self.caller is None or self.caller.core else self.caller.uid


def item_value(uid: str, item, value) -> dict:
    return {
        "value": value,
        "uid": uid,
        "internalId": item.internal_id,
        "version": item.version,
        "displayName": item.display_name,
        "externalId": item.external_id,
        "createdBy": item.created_by,
        "updatedBy": item.updated_by,
        "created": item.created,
        "updated": item.updated,
        "flags": [],
    }


def unreadable(name: str) -> ServerFault:
    return ServerFault("UNKNOWN", f'Error during parsing parameter "{name}"')


def _drop(value: dict, current: dict | None, path: list[str]) -> bool:
    """Leave a key as it was. A name alone is also looked for inside of the document."""
    name, *rest = path
    inner = [key for key in value if isinstance(value[key], dict)]
    if rest:
        return name in inner and _drop(value[name], (current or {}).get(name), rest)
    if name in value:
        if current is not None and name in current:
            value[name] = current[name]
        else:
            del value[name]
        return True
    return any(_drop(value[key], (current or {}).get(key), path) for key in inner)
