# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field


@dataclass(slots=True)
class Entry:
    """One answered request."""

    method: str
    path: str
    query: dict = field(default_factory=dict)
    body: object = None
    who: str | None = None
    auth: str | None = None  # password, app-password, bearer, or None
    login: bool | None = None  # were credentials checked, and were they right
    cookies: bool = False  # did the client send any
    write: bool = False  # what the call does, not its verb
    status: int | None = None  # None: no answer was sent
    code: int | str | None = None  # the backend's own verdict
    fault: str | None = None
    connection: int | None = None  # the client's port
    ms: float = 0.0


class Journal:
    """The requests that a backend has seen, oldest first."""

    def __init__(self, limit: int = 100_000):
        self._entries: deque[Entry] = deque(maxlen=limit)

    def add(self, entry: Entry) -> None:
        self._entries.append(entry)

    def clear(self) -> None:
        self._entries.clear()

    def writes(self) -> list[Entry]:
        return [entry for entry in self._entries if entry.write]

    def as_json(self) -> list[dict]:
        return [asdict(entry) for entry in self._entries]

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self._entries))

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, index):
        return list(self._entries)[index]
