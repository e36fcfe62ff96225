# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The dialect of Micetro's REST API v2: error codes, references, paging, sessions. Chapters are those of the Micetro contract."""

from __future__ import annotations

import re
from typing import Any, Iterable, Iterator, Mapping, Optional
from urllib.parse import quote

from ..core.client import Client, Option, redirected
from ..core.errors import AuthError, BackendError, BadReply, InvalidInput, NotFound, Refused, SessionLost, Unavailable
from ..core.threads import in_threads
from ..core.transport import origin, segment

API = "/mmws/api/v2"
ADDRESS = "api_url must be the address of the web service of Micetro, for example https://micetro.example.org"
ABSENT = (2049, 16544)
FORBIDDEN = 1028
PEOPLE = ("users", "groups", "roles")
NO_SESSION = "missing session id"
WRONG = "invalid username or password"
CROWDED = "too many open connections"
PAGE = 1000  # objects per page of a listing
PAGES = 10_000  # a server that ignores the offset would go on for ever
LONGEST_PAUSE = 15.0  # seconds between two tries while the server has too many connections


class Crowded(BackendError):
    """The server has too many open connections; nothing was done."""


class MicetroClient(Client):
    """One account of one Micetro."""

    name, env = "Micetro", "MICETRO"
    body_formats = ("json", "raw")
    readers, writers = 4, (4, 4)  # session and connection caps exist (chapter 13)

    def __init__(self, params: Mapping[str, Any]) -> None:
        super().__init__({**params, "api_url": re.sub(r"/mmws(/api(/v2)?)?/?$", "", origin(params["api_url"]))})
        self.comment = params["save_comment"]
        self.max_wait = params["max_wait"]
        if self.max_wait < 0:
            raise InvalidInput("max_wait must not be negative")
        self._sessions = params["auth"] == "session"
        self.username = params["api_username"] or ""
        self._credentials = {"loginName": params["api_username"], "password": params["api_password"]}
        headers = self.transport.session.headers
        headers.update({"Accept": "application/json", "User-Agent": "workplace.onboarding"})
        if params["api_token"]:
            self._sessions = False
            headers["Authorization"] = f"Bearer {params['api_token']}"
        elif not self._sessions and self._known:
            self.transport.session.auth = (params["api_username"].encode(), params["api_password"].encode())
        self.listed: dict[str, dict[str, dict[str, Any]]] = {}  # see ``directory``
        self.administrators: Optional[set[tuple[str, str]]] = None  # see ``rights``; of one run
        self.own: Optional[dict[str, Any]] = None  # see ``rights``

    @classmethod
    def options(cls) -> dict[str, Option]:
        return {
            **super().options(),
            "auth": {"type": "str", "choices": ["basic", "session"], "default": "basic", "env": "MICETRO_AUTH"},
            "save_comment": {"type": "str", "default": "Changed by Ansible", "env": "MICETRO_SAVE_COMMENT"},
            "max_wait": {"type": "float", "default": 120, "env": "MICETRO_MAX_WAIT"},
        }

    @property
    def _known(self) -> bool:
        """Whether there is an account to log in as."""
        return bool(self._credentials["loginName"] and self._credentials["password"])

    @classmethod
    def writes(cls, method: str, path: str, query: Mapping[str, Any]) -> Optional[bool]:
        """A look for a free address may hold it; whether a ping is meant to change what is known of the address, the user says."""
        if method == "GET":
            return "temporaryClaimTime" in query
        return None if path.endswith("/ping") else True

    # The dialect

    def login(self) -> Iterable[str]:
        """A session if that was asked for, else the cheapest request that shows whether the credentials are right (chapter 2)."""
        if not self._known and "Authorization" not in self.transport.session.headers:
            raise InvalidInput(
                "Credentials are needed: api_username and api_password (MICETRO_USERNAME, MICETRO_PASSWORD), or api_token (MICETRO_TOKEN), "
                "the token of a session"
            )
        try:
            if self._sessions:
                self.transport.session.headers.pop("Authorization", None)
                found = self.call("POST", "/micetro/sessions", write=False, repeat=False, session=False, json=self._credentials)
                if not isinstance(found, dict) or not found.get("session"):
                    raise BadReply("the answer to the login has no session")
                self.transport.session.headers["Authorization"] = f"Bearer {found['session']}"
            else:
                self.call("GET", "/addressSpaces", session=False, params={"limit": "1"})
        except NotFound as exc:
            raise BackendError(f"{ADDRESS} ({exc})", status=exc.status, code=exc.code) from None
        return {self.username.casefold()} if self.username else set()

    def advice(self, refusal: AuthError) -> str:
        without_basic = self.transport.session.auth and WRONG not in str(refusal).casefold()
        return "; where the server does not take Basic, set auth to session" if without_basic else ""

    def call(self, method: str, path: str, **kwargs: Any) -> Any:
        """As every client's, under the prefix of the API, and waiting while the server has too many connections."""
        query = encoded(kwargs.pop("params", {}))
        waited, pause = 0.0, 1.0
        while True:
            try:
                return super().call(method, API + path + query, **kwargs)
            except Crowded as exc:
                if waited + pause > self.max_wait:
                    raise Unavailable(
                        f"{exc}, for {waited:g} seconds: wait until sessions end, use auth: basic, or raise max_wait",
                        status=exc.status,
                        code=exc.code,
                    ) from None
                self.transport.sleep(pause)
                waited, pause = waited + pause, min(LONGEST_PAUSE, pause * 2)

    def judge(self, response: Any) -> Any:
        """The result of an answer that means success; by the error code, since the status says little (chapter 3)."""
        status = response.status_code
        if 300 <= status < 400:
            raise redirected(response)
        if status < 300 and not response.content:
            return None  # answers to writes have no body
        try:
            body = response.json()
        except ValueError:
            raise self._not_api(response) from None
        error = body.get("error") if isinstance(body, dict) else None
        if status < 300 and error is None and isinstance(body, dict):
            return body.get("result", body)
        if not isinstance(error, dict):
            raise BadReply(f"the answer is not of Micetro (HTTP {status}); {ADDRESS}", status=status)
        collection = response.url.rpartition(f"{API}/")[2].split("?")[0].split("/")[0]
        raise self._refusal(error.get("code"), str(error.get("message") or "").strip(), status, collection)

    def _refusal(self, code: Any, words: str, status: int, collection: str) -> BackendError:
        said, message = words.casefold(), f"{words.rstrip('.') or 'refused without a reason'} ({code})"
        if CROWDED in said:
            return Crowded(message, status=status, code=code)
        if WRONG in said:
            return AuthError(message, status=status, code=code)
        if status == 401 or NO_SESSION in said:
            refused = AuthError(message, status=status, code=code)
            return SessionLost(refused) if self._sessions else refused
        if code in ABSENT:
            return NotFound(message, status=status, code=code)
        if code == FORBIDDEN:
            right = (
                "for users, groups and roles it is access_adminUser" if collection in PEOPLE else f"a role must allow it for {collection}"
            )
            return Refused(f"{message}: the account that the task works with lacks a right ({right})", status=status, code=code)
        return Refused(f"{message}; {ADDRESS}" if status == 404 else message, status=status, code=code)

    @staticmethod
    def _not_api(response: Any) -> BackendError:
        status, kind = response.status_code, response.headers.get("Content-Type", "").split(";")[0]
        hint = f"; {ADDRESS}" if status == 404 else ""
        if status in (401, 403):
            return AuthError(f"something between here and Micetro refuses the request (HTTP {status})", status=status)
        return BadReply(f"the answer is not complete JSON of Micetro (HTTP {status}, {kind or 'no content type'}){hint}", status=status)

    # Requests

    def get(self, path: str, **query: Any) -> Any:
        return self.call("GET", path + encoded(query))

    def one(self, path: str, key: str, **query: Any) -> Any:
        """What an answer holds under a key, which it must hold: an answer without it is never taken for nothing."""
        found = self.get(path, **query)
        if not isinstance(found, dict) or key not in found:
            raise BadReply(f"the answer to {path.split('?')[0]} has no {key}")
        return found[key]

    def unless_absent(self, path: str, key: str) -> Any:
        """The same, or None where the error code says that there is no such object: a missing right never does (chapter 3)."""
        try:
            return self.one(path, key)
        except NotFound:
            return None

    def before_login(self) -> dict[str, Any]:
        """What the server tells anybody, asked without credentials (chapter 2)."""
        return self.call("GET", "/command/web_getPreLoginInfo", session=False, auth=lambda request: request) or {}

    def post(self, path: str, **body: Any) -> Any:
        return self.call("POST", path, json={**body, "saveComment": self.comment})

    def put(self, path: str, **body: Any) -> Any:
        """Set what is named and nothing else: ``deleteUnspecified`` is never sent."""
        return self.call("PUT", path, repeat=True, json={**body, "saveComment": self.comment})

    def delete(self, path: str) -> Any:
        return self.call("DELETE", path + encoded({"saveComment": self.comment}))

    def discard(self, path: str) -> None:
        """Delete what may be gone already, by its reference: that is as good."""
        try:
            self.call("DELETE", path + encoded({"saveComment": self.comment}), repeat=True)
        except NotFound:
            pass

    def rows(self, path: str, key: str, **query: Any) -> Iterator[dict[str, Any]]:
        """All objects of a listing in a stable order (chapter 5): page by page, and side by side once it is known how many there are."""

        def ask(offset: int) -> Mapping[str, Any]:
            found = self.get(path, **query, offset=offset, limit=PAGE)
            if not isinstance(found, dict) or not isinstance(found.get(key), list):
                raise BadReply(f"the answer to {path} has no {key}")
            return found

        offset, end, before = 0, 0, None
        ahead: dict[int, Mapping[str, Any]] = {}
        for _page in range(PAGES):
            if offset not in ahead:
                wave = range(offset, max(end, offset + 1), PAGE)[: self.readers]
                ahead = dict(zip(wave, in_threads(ask, wave, self.readers)))
            found = ahead.pop(offset)
            page = found[key]
            if page and page == before:
                break
            yield from page
            before, offset = page, offset + len(page)
            if not page or offset >= found.get("totalResults", offset if len(page) < PAGE else offset + 1):
                return
            end = found.get("totalResults", 0) if len(page) == PAGE else 0
        raise BadReply(f"the listing {path} does not end: the server seems to ignore the offset")


def encoded(query: Mapping[str, Any]) -> str:
    """A query string with spaces as %20: the server takes a plus for a plus (chapter 1)."""
    pairs = [f"{name}={quote(wire(value), safe='')}" for name, value in query.items() if value is not None]
    return "?" + "&".join(pairs) if pairs else ""


def wire(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def equals(field: str, value: str) -> Optional[str]:
    """A filter that narrows a listing to this value, to be compared exactly afterwards; None where the value cannot be quoted (chapter 5)."""
    return None if re.search(r'["\\\t\r\n]', value) else f'{field}="{value}"'


def ref_path(ref: str, collection: str = "") -> str:
    """The path of a reference that the server gave, such as ``users/31``."""
    return "/" + (ref if "/" in ref else f"{collection}/{ref}")


def named(collection: str, name: str) -> str:
    """The path of an object by its unique name (chapter 4)."""
    return f"/{collection}/{segment(name)}"
