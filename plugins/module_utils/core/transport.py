# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One ``requests.Session``: TLS, proxies, time-outs and repeating what is safe to repeat. Knows no backend."""

from __future__ import annotations

import os
import random
import threading
import time
import traceback
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Callable
from urllib.parse import quote, urlsplit

from .errors import BackendError, InvalidInput, Lost, Unreachable

try:
    import requests
    from requests.adapters import HTTPAdapter
    from requests.utils import get_environ_proxies
    from urllib3 import disable_warnings
    from urllib3.exceptions import InsecureRequestWarning

    REQUESTS_ERROR = None
except ImportError:
    REQUESTS_ERROR = traceback.format_exc()

BUSY = frozenset((429, 502, 503, 504))  # not now; perhaps in a moment
PROCESSED_PERHAPS = frozenset((502, 503, 504))  # a proxy may have lost sight of a request that it had passed on
LONGEST_PAUSE = 60.0  # seconds
LEFT = "not attempted, since the task was ended"


def segment(value: object) -> str:
    """One path segment, percent-encoded once: a name may hold a slash, a space or an accent.

    :raises InvalidInput: for ``.`` and ``..``, which every HTTP library takes for steps to another path.
    """
    if str(value) in (".", ".."):
        raise InvalidInput(f"{value!r} cannot be the name of anything")
    return quote(str(value), safe="")


def origin(url: str) -> str:
    """The address without its last slash; ``InvalidInput`` unless it is an http(s) URL without credentials in it."""
    try:
        parts = urlsplit(url.strip())
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # an unfinished IPv6 address, a port that is no number
        sound = False
    if not sound:
        raise InvalidInput("api_url must begin with https:// (or http://) and name a host, for example https://server.example.org")
    if parts.username or parts.password:
        raise InvalidInput("api_url must not hold credentials: use api_username and api_password")
    if parts.query or parts.fragment:
        raise InvalidInput("api_url must end with its path: no ? and no # in it")
    return url.strip().rstrip("/")


def retry_after(response: requests.Response) -> float | None:
    """Seconds that the server asks to wait: a number, or a date."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isdecimal():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (TypeError, ValueError):
        return None


class Transport:
    """Sends requests to one server and counts them.

    :param base: address that every path is appended to.
    :param timeout: seconds to wait for a connection, and for each piece of an answer.
    :param retries: how often a request that is safe to repeat is sent again.
    :param connections: connections kept open at most.
    :param cookies: whether cookies that the server sets are sent back.
    """

    def __init__(
        self,
        base: str,
        *,
        verify: bool | str = True,
        cert: str | tuple[str, str] | None = None,
        timeout: float = 60,
        retries: int = 3,
        connections: int = 8,
        cookies: bool = False,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        self.base = origin(base)
        self.timeout, self.retries, self.sleep = timeout, retries, sleep or self._pause
        self._left = threading.Event()
        self.reads = self.writes = 0
        self._counting = threading.Lock()
        self.session = requests.Session()
        # The environment is asked once and here: requests would ask it at each call, let REQUESTS_CA_BUNDLE
        # win over an explicit ca_path, and let ~/.netrc win over the credentials.
        self.session.trust_env = False
        self.session.proxies.update(get_environ_proxies(self.base))
        bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
        self.session.verify = (bundle or True) if verify is True else verify
        if self.session.verify is False:
            disable_warnings(InsecureRequestWarning)  # asked for; else it would be repeated on the screen at each call
        self.session.cert = cert
        adapter = HTTPAdapter(pool_connections=1, pool_maxsize=connections)
        self.session.mount("http://", adapter)
        self.session.mount("https://", adapter)
        if not cookies:
            self.session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def send(
        self,
        method: str,
        path: str,
        *,
        write: bool,
        repeat: bool,
        busy: Callable[[requests.Response], bool],
        **kwargs: Any,
    ) -> requests.Response:
        """The answer, whatever its status.

        :param write: whether the call changes anything (what it does, not its verb).
        :param repeat: whether sending it twice does no harm.
        :param busy: whether an answer of status 429, 502, 503 or 504 is worth another try in a moment.
        :raises Unreachable: nothing was sent. :raises Lost: it was sent, and the answer did not arrive.
        """
        for attempt in range(self.retries + 1):
            pause = min(LONGEST_PAUSE, 0.5 * 2**attempt * (0.75 + random.random() / 2))
            last = attempt == self.retries
            try:
                response = self._once(method, path, write, **kwargs)
            except BackendError as exc:
                if last or not (repeat and exc.uncertain):
                    raise
            else:
                if response.status_code not in BUSY:
                    return response
                pause = max(pause, retry_after(response) or 0)
                again = repeat or response.status_code not in PROCESSED_PERHAPS
                if last or not again or pause > LONGEST_PAUSE or not busy(response):
                    return response
            self.sleep(pause)
        raise AssertionError("unreachable")  # pragma: no cover

    def leave(self) -> None:
        """Nobody waits for the outcome any more: what is under way may end, and nothing else is sent."""
        self._left.set()

    def _pause(self, seconds: float) -> None:
        if self._left.wait(seconds):
            raise Unreachable(LEFT)

    def _once(self, method: str, path: str, write: bool, **kwargs: Any) -> requests.Response:
        with self._counting:
            if self._left.is_set():
                raise Unreachable(LEFT)
            if write:
                self.writes += 1
            else:
                self.reads += 1
        try:
            return self.session.request(method, self.base + path, timeout=self.timeout, allow_redirects=False, **kwargs)
        except requests.exceptions.SSLError as exc:
            if "CERTIFICATE_VERIFY_FAILED" in repr(exc):
                raise Unreachable(
                    f"The certificate of {self.base} is not trusted ({_reason(exc)}): give its authority in ca_path, or set validate_certs to false"
                ) from None
            if "EOF" in repr(exc):  # it may also break after the request was sent
                raise Lost(f"The TLS connection to {self.base} broke before an answer to {method} arrived") from None
            plain = "WRONG_VERSION_NUMBER" in repr(exc)
            why = "this port does not speak TLS, so the address begins with http:// or has another port" if plain else _reason(exc)
            raise Unreachable(f"No TLS connection to {self.base}: {why}") from None
        except (requests.exceptions.ConnectTimeout, requests.exceptions.ProxyError) as exc:
            raise Unreachable(f"Cannot connect to {self.base}, is api_url right? {_reason(exc)}") from None
        except requests.exceptions.Timeout:
            raise Lost(f"No answer from {self.base} to {method} within {self.timeout:g} seconds") from None
        except requests.exceptions.ConnectionError as exc:
            if "NewConnectionError" in repr(exc) or "NameResolutionError" in repr(exc):
                raise Unreachable(f"Cannot connect to {self.base}, is api_url right? {_reason(exc)}") from None
            raise Lost(f"The connection to {self.base} broke before an answer to {method} arrived ({_reason(exc)})") from None
        except ValueError as exc:
            raise InvalidInput(
                f"No request to {self.base} can be made ({type(exc).__name__}): is there a line break or an odd character in "
                "api_url or in the credentials?"
            ) from None
        except requests.exceptions.RequestException as exc:
            raise Lost(f"The answer of {self.base} to {method} cannot be read ({type(exc).__name__})") from None
        except OSError as exc:  # a file of certificates that is not there, or is none
            raise InvalidInput(f"No request to {self.base} can be made: {exc}") from None

    def close(self) -> None:
        self.session.close()


def _reason(exc: BaseException) -> str:
    """The innermost words of a chain of wrapped exceptions, without addresses of objects and paths of requests."""
    seen: set[int] = set()
    while id(exc) not in seen:
        seen.add(id(exc))
        inner = (
            getattr(exc, "reason", None) or (exc.args[0] if exc.args and isinstance(exc.args[0], BaseException) else None) or exc.__cause__
        )
        if isinstance(inner, BaseException):
            exc = inner
    words = str(exc.args[-1] if exc.args else exc)
    return words.split(">: ", 1)[-1].split("): ", 1)[-1].split(" (_ssl.c", 1)[0] or type(exc).__name__
