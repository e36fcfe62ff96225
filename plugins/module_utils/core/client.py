# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Base of the backend clients: connection options, one login, the verdict on every answer, limits."""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from contextlib import contextmanager
from typing import Any, ClassVar, Dict, Iterable, Iterator, Mapping, Optional
from urllib.parse import urlsplit

from .budget import Bucket
from .errors import AuthError, BackendError, InvalidInput, SessionLost
from .transport import Transport

try:
    import fcntl
except ImportError:  # not a POSIX system: no controller runs there, but the documentation build imports this
    fcntl = None  # type: ignore[assignment]

Option = Dict[str, Any]


def redirected(response: Any, hint: str = "") -> BackendError:
    """What an answer that sends elsewhere means: redirects are never followed, for a repeated request would lose its body or its credentials."""
    where = response.headers.get("Location", "").split("?")[0] or "another address"
    status = response.status_code
    return BackendError(f"the server redirects to {where} (HTTP {status}): give the final address as api_url{hint}", status=status)


def connection_options(env: str) -> dict[str, Option]:
    """What every backend asks for; ``env`` keys are turned into environment fallbacks by the drivers."""
    return {
        "api_url": {"type": "str", "required": True, "env": f"{env}_URL"},
        "api_username": {"type": "str", "env": f"{env}_USERNAME"},
        "api_password": {"type": "str", "no_log": True, "env": f"{env}_PASSWORD"},
        "api_token": {"type": "str", "no_log": True, "env": f"{env}_TOKEN"},
        "validate_certs": {"type": "bool", "default": True, "env": f"{env}_VALIDATE_CERTS"},
        "ca_path": {"type": "path", "env": f"{env}_CA_PATH"},
        "client_cert": {"type": "path", "env": f"{env}_CLIENT_CERT"},
        "client_key": {"type": "path", "env": f"{env}_CLIENT_KEY"},
        "timeout": {"type": "int", "default": 60, "env": f"{env}_TIMEOUT"},
        "retries": {"type": "int", "default": 3, "env": f"{env}_RETRIES"},
        "instance": {"type": "str", "env": f"{env}_INSTANCE"},
    }


class Client:
    """One account on one server. Subclasses speak the dialect; nothing above them sees an HTTP status.

    A client is used by several threads and kept over the items of a loop.
    """

    name: ClassVar[str] = ""  # in sentences: "Nextcloud"
    env: ClassVar[str] = ""  # prefix of the environment variables
    readers: ClassVar[int] = 8  # requests in flight at once while nothing is written
    writers: ClassVar[tuple[int, int]] = (1, 8)  # objects written at once: default, and what the backend bears at most
    one_writer: ClassVar[bool] = False  # the server loses updates when two programs write: take a lock around each object
    cookies: ClassVar[bool] = False
    body_formats: ClassVar[tuple[str, ...]] = ("json", "form", "raw")  # that the server understands, the usual one first

    def __init__(self, params: Mapping[str, Any]) -> None:
        """:param params: the validated options; see ``options``."""
        verify: bool | str = (params["ca_path"] or True) if params["validate_certs"] else False
        cert = (params["client_cert"], params["client_key"]) if params["client_key"] else params["client_cert"]
        if params["timeout"] < 1 or params["retries"] < 0:
            raise InvalidInput("timeout must be at least 1 second, and retries at least 0")
        for path in filter(None, (params["ca_path"], params["client_cert"], params["client_key"])):
            if not os.path.exists(path):
                raise InvalidInput(f"{path} does not exist")
        self.transport = Transport(
            params["api_url"],
            verify=verify,
            cert=cert,
            timeout=params["timeout"],
            retries=params["retries"],
            connections=max(self.readers, self.writers[1]),
            cookies=self.cookies,
        )
        self.buckets: dict[str, Bucket] = {}
        self._dead: Optional[BackendError] = None
        self._acting: Optional[frozenset[str]] = None
        self._login = threading.Lock()
        self._session = 0  # how many sessions have ended

    @classmethod
    def options(cls) -> dict[str, Option]:
        """The connection options; a subclass adds what only its backend has."""
        return connection_options(cls.env)

    def acting(self) -> frozenset[str]:
        """The identities that this run must never disable, strip or delete; the first call logs in, alone."""
        with self._login:
            self._alive()
            if self._acting is None:
                self._acting = self._log_in()
        return self._acting

    def _log_in(self) -> frozenset[str]:
        try:
            return frozenset(self.login())
        except AuthError as exc:
            words = f"the credentials were refused, and no second attempt was made ({exc}){self.advice(exc)}"
            self._dead = exc.reworded(words)
            raise self._dead from None

    def _renew(self, lost: int) -> None:
        """Log in again, unless another thread did since that session was lost."""
        with self._login:
            if self._session == lost:
                self._alive()
                self._log_in()
                self._session += 1

    def _alive(self) -> None:
        if self._dead:
            raise AuthError(f"not attempted, since {self._dead}", status=self._dead.status, code=self._dead.code)

    def login(self) -> Iterable[str]:
        """Log in, or make the one request that shows whether the credentials are right; the acting identities."""
        raise NotImplementedError

    def advice(self, refusal: AuthError) -> str:
        """What to do about a login that was refused; it follows the sentence that says so."""
        return ""

    def judge(self, response: Any) -> Any:
        """The payload of an answer that means success; a ``BackendError`` otherwise."""
        raise NotImplementedError

    def busy(self, response: Any) -> bool:
        """Whether such an answer of status 429, 502, 503 or 504 is worth another try in a moment."""
        return True

    def call(
        self,
        method: str,
        path: str,
        *,
        write: Optional[bool] = None,
        repeat: Optional[bool] = None,
        judge: Any = None,
        session: bool = True,
        **kwargs: Any,
    ) -> Any:
        """Send a request and judge the answer.

        :param write: whether it changes anything; default: unless the method is GET.
        :param repeat: whether sending it twice does no harm; default: if it is not a write.
        :param judge: another verdict than the backend's own, for a route that speaks another dialect.
        :param session: whether a session that was lost is worth a new login; not while logging in.
        :raises AuthError: once refused, the same error at every further call, without a request.
        """
        write = method != "GET" if write is None else write
        repeat = not write if repeat is None else repeat
        for last in (not session, True):
            self._alive()
            lost = self._session
            try:
                return (judge or self.judge)(self.transport.send(method, path, write=write, repeat=repeat, busy=self.busy, **kwargs))
            except SessionLost as exc:
                if not last:
                    self._renew(lost)
                    continue
                if isinstance(exc.final, AuthError):
                    self._dead = exc.final
                raise exc.final from None
            except AuthError as exc:
                self._dead = exc
                raise
        raise AssertionError("unreachable")  # pragma: no cover

    # For requests of the user's own

    @classmethod
    def writes(cls, method: str, path: str, query: Mapping[str, Any]) -> Optional[bool]:
        """Whether such a request changes something; None: not known."""
        return {"GET": False, "PUT": True, "DELETE": True}.get(method)

    def body(self, query: Mapping[str, Any], body: Any, body_format: str) -> dict[str, Any]:
        """Query and body as ``call`` takes them."""
        out: dict[str, Any] = {"params": dict(query)} if query else {}
        if body is None:
            return out
        if body_format == "raw":
            return {**out, "data": body.encode()}
        return {**out, "json" if body_format == "json" else "data": body}

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """The lock of a backend with one writer: one file per server address, on this host only."""
        address = urlsplit(self.transport.base)
        port = address.port or {"http": 80, "https": 443}[address.scheme]
        name = hashlib.sha256(f"{address.scheme}://{address.hostname}:{port}{address.path}".encode()).hexdigest()[:16]
        # Not every program of a user is told of the folder, such as one that cron starts.
        folder = os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}"
        if not os.access(folder, os.W_OK):
            folder = os.path.join(tempfile.gettempdir(), f"workplace-onboarding-{os.getuid()}")
            os.makedirs(folder, mode=0o700, exist_ok=True)
        handle = os.open(os.path.join(folder, f"workplace-onboarding-{name}.lock"), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
