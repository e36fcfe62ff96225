# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can go wrong below the drivers. Nothing here knows Ansible.

Every message is one sentence that can be shown to a user; none ever holds a secret.
"""

from __future__ import annotations

from typing import TypeVar

Error = TypeVar("Error", bound="BackendError")


class BackendError(Exception):
    """A request that did not succeed; the base of all errors of this collection."""

    fatal = False  # true: nothing else can succeed either, so the whole run stops
    uncertain = False  # true: a write may have taken effect all the same; read before going on
    written = False  # true: it has

    def __init__(self, message: str, *, status: int | None = None, code: object = None) -> None:
        """``status`` is the HTTP status, ``code`` the backend's own error code, where there is one."""
        super().__init__(message)
        self.status, self.code = status, code

    def reworded(self: Error, message: str) -> Error:
        """The same failure in other words."""
        return type(self)(message, status=self.status, code=self.code)


class InvalidInput(BackendError):
    """What the user asked for cannot be right; raised before the first request."""


class NotFound(BackendError):
    """The object does not exist."""


class Refused(BackendError):
    """The server understood the request and said no: a bad value, a missing right, a rule."""


class AlreadyThere(Refused):
    """The object to be created exists: somebody else was faster, so nothing of our call was used."""


class RateLimited(BackendError):
    """The server's budget for such calls is used up and may not be waited for."""


class AuthError(BackendError):
    """The credentials were refused. Never tried again: some servers block the address of who tries twice."""

    fatal = True


class SessionLost(BackendError):
    """The session ended before the request was looked at; after one new login it may be sent again.

    :param final: what is raised when that is of no use.
    """

    def __init__(self, final: BackendError) -> None:
        super().__init__(str(final), status=final.status, code=final.code)
        self.final = final


class Unavailable(BackendError):
    """The server said that it cannot answer anybody now: maintenance, a blocked address."""

    fatal = True


class Unsupported(BackendError):
    """The server is another product, or a release that this collection does not speak."""

    fatal = True


class Unreachable(BackendError):
    """No connection, so nothing was sent: refused, unknown host, untrusted certificate."""

    fatal = True


class Lost(BackendError):
    """The request was sent and no usable answer came back: whether it took effect must be read."""

    uncertain = True


class BadReply(Lost):
    """An answer that is not what this backend speaks: a proxy's HTML page, cut JSON, an empty body."""
