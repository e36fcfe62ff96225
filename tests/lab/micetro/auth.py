# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import dataclass

from .errors import (
    BAD_CREDENTIALS,
    INVALID_CREDENTIALS,
    MISSING_SESSION,
    NO_SESSION,
    TOO_MANY_CONNECTIONS,
    TOO_MANY_CONNECTIONS_TEXT,
    Refusal,
)
from .kinds import USERS
from .store import Obj


@dataclass
class Session:
    user: str  # reference
    used: float


class Sessions:
    """Made by a login and ended by idleness only: there is no logout (contract 2)."""

    def __init__(self, server):
        self.server = server
        self.open: dict[str, Session] = {}

    def _expire(self) -> None:
        seconds = self.server.knobs.session_seconds
        if seconds is not None:
            limit = self.server.clock.now() - seconds
            self.open = {token: session for token, session in self.open.items() if session.used > limit}

    def start(self, user: Obj, token: str | None = None) -> str:
        self._expire()
        cap = self.server.knobs.session_cap
        if cap is not None and sum(session.user == user.ref for session in self.open.values()) >= cap:
            raise Refusal(TOO_MANY_CONNECTIONS, TOO_MANY_CONNECTIONS_TEXT)
        token = token or f"{self.server.random.getrandbits(120):020x}"[:20]
        self.open[token] = Session(user.ref, self.server.clock.now())
        return token

    def user_of(self, token: str) -> Obj | None:
        self._expire()
        session = self.open.get(token)
        user = session and self.server.store.get(session.user)
        if user:
            session.used = self.server.clock.now()
        return user

    def end_all(self) -> None:
        self.open.clear()


def check_password(call, login: str, password: str) -> Obj:
    found = call.store.named(USERS, login)
    call.auth = "password"
    call.login = bool(found and password and found[0].fields["password"] == password)
    if not call.login:
        raise Refusal(BAD_CREDENTIALS, INVALID_CREDENTIALS)
    return found[0]


def authenticate(call) -> None:
    """Set the acting user, or refuse."""
    token = call.bearer or call.text("session")
    if call.credentials and call.knobs.basic_auth:
        call.user = check_password(call, *call.credentials)
    elif token:
        call.auth = "bearer"
        call.user = call.server.sessions.user_of(token)
        call.login = call.user is not None
    elif call.args.get("loginName") and call.knobs.basic_auth:
        call.user = check_password(call, call.text("loginName"), call.text("password"))
    if call.user is None:
        raise Refusal(NO_SESSION, MISSING_SESSION)
