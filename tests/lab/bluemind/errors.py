# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ServerFault(Exception):
    """A refusal with an error code; nearly every code is HTTP 500 (contract 1.4)."""

    def __init__(self, code: str, message: str, kind: str = "ServerFault"):
        super().__init__(message)
        self.code = code
        self.message = message
        self.kind = kind

    @property
    def status(self) -> int:
        return {"PERMISSION_DENIED": 403, "NOT_FOUND": 404}.get(self.code, 500)


class Crash(Exception):
    """An uncaught exception of the real server: 500 and a fault without a code."""

    def __init__(self, message: str, kind: str = "NullPointerException"):
        super().__init__(message)
        self.message = message
        self.kind = kind


class Unreadable(Exception):
    """A value that cannot be read as what it should be; the caller says which parameter it was."""


class Unauthorised(Exception):
    """The session, key or token is unknown."""


def invalid(message: str) -> ServerFault:
    return ServerFault("INVALID_PARAMETER", message)


def exists(message: str) -> ServerFault:
    return ServerFault("ALREADY_EXISTS", message)


def not_found(message: str) -> ServerFault:
    return ServerFault("NOT_FOUND", message)


def dereferenced(what: str) -> Crash:
    """The exact words depend on the JVM (contract 24)."""
    return Crash(f'Cannot read a field because "{what}" is null')
