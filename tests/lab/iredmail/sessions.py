# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The framework's sessions (contract 1.3): everybody gets one, and it is bound to the address it was made for."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from .errors import Crash, OtherAddress

#: Anonymous sessions are kept as well; above this number the expired ones are swept out.
MANY = 5000


@dataclass(slots=True)
class Session:
    id: str
    address: str
    seen: float
    username: str | None = None
    is_global: bool = False


class Sessions:
    def __init__(self, server):
        self._server = server
        self._by_id: dict[str, Session] = {}

    def of(self, call) -> Session:
        """The session of a request: a new anonymous one unless it names a living one."""
        knobs, now = self._server.knobs, self._server.clock.now()
        session = self._by_id.get(wanted := cookie_of(call))
        if session is not None and now - session.seen > knobs.session_timeout:
            del self._by_id[session.id]
            session = None
        if session is not None and session.address != call.address and not knobs.ignore_change_ip:
            raise OtherAddress
        if session is None and wanted and knobs.expired_style == "crash":
            raise Crash
        if session is None:
            session = self._new(call.address, now)
        session.seen = now
        return session

    def _new(self, address: str, now: float) -> Session:
        if len(self._by_id) > MANY:
            limit = now - self._server.knobs.session_timeout
            self._by_id = {key: session for key, session in self._by_id.items() if session.seen > limit and session.username}
        session = Session(secrets.token_hex(20), address, now)
        self._by_id[session.id] = session
        return session

    def end(self, session: Session) -> None:
        self._by_id.pop(session.id, None)

    def end_all(self) -> None:
        self._by_id.clear()


def cookie_name(knobs) -> str:
    return f"iRedAdmin-Pro-{knobs.edition.upper()}"


def cookie_of(call) -> str:
    """The session id that the request brings, or nothing."""
    name = cookie_name(call.knobs)
    for part in call.headers.get("cookie", "").split(";"):
        key, _unused, value = part.strip().partition("=")
        if key == name:
            return value
    return ""


def cookie(knobs, session_id: str, killed: bool = False) -> str:
    expires = "expires=Thu, 01 Jan 1970 00:00:00 GMT; " if killed else ""
    return f"{cookie_name(knobs)}={session_id}; {expires}HttpOnly; Path=/; SameSite=Strict"
