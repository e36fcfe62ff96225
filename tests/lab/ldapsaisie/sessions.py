# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Server-side sessions: every call without a cookie opens one (contract 1.5)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import cached_property

KEPT = 200


@dataclass
class Session:
    id: str
    user: str | None = None  # DN of who has logged in
    type: str = ""
    admin: bool = False  # profiles are found at the login
    server: int = 0
    top_dn: str | None = None  # the level
    lang: str | None = None
    searches: dict = field(default_factory=dict)  # cached results
    params: dict = field(default_factory=dict)  # search parameters by type
    pending: list[str] = field(default_factory=list)  # errors that nobody has been told

    @cached_property
    def lock(self) -> asyncio.Lock:
        """Calls of one session wait for each other."""
        return asyncio.Lock()

    def purge(self, type_name: str) -> None:
        """A write in the same session."""
        self.searches = {place: found for place, found in self.searches.items() if place[0] != type_name}


class Sessions:
    def __init__(self, random):
        self._random = random
        self._sessions: dict[str, Session] = {}

    def open(self, wanted: str | None) -> Session:
        """The session of a cookie, even one that this server never gave; without a cookie a new one."""
        name = wanted or self._random.randbytes(13).hex()
        if name not in self._sessions:
            if len(self._sessions) >= KEPT:
                del self._sessions[next(iter(self._sessions))]
            self._sessions[name] = Session(name)
        return self._sessions[name]

    def end(self, session: Session) -> None:
        self._sessions.pop(session.id, None)
