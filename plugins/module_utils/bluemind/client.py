# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The dialect of BlueMind: sessions and keys, faults, tasks, 4.x and 5.x. Chapters are those of the BlueMind contract."""

from __future__ import annotations

import re
import threading
from typing import Any, Callable, Iterable, Mapping, Optional, TypeVar, cast

from ..core.client import Client, Option, redirected
from ..core.errors import AlreadyThere, AuthError, BackendError, BadReply, InvalidInput, Lost, NotFound, Refused, SessionLost, Unavailable
from ..core.spec import hide
from ..core.transport import origin, segment

Known = TypeVar("Known")

API = "/api"
ADDRESS = "api_url must be the address of a BlueMind, for example https://mail.example.org, or http://localhost:8090 on the server itself"
CREDENTIALS = (
    "Credentials are needed: api_username and api_password (BLUEMIND_USERNAME, BLUEMIND_PASSWORD), or api_token (BLUEMIND_TOKEN), an API key or "
    "the core token, or api_token_file, a file that holds it"
)
ORIGIN = "ansible"
READS = re.compile(  # what is asked by POST and changes nothing
    r"/(_search|_searchUids|_mget\w*|_childs|_entry|_by\w+|_list|_listforuser|_macl|_quotas|_canAccess\w*|_role\w+|_logs|_search\w+|validate)$"
)
PATIENCE = 3  # looks at a task that may fail one after the other
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 2.0  # seconds between two looks at a task (chapter 1.6)


class BluemindClient(Client):
    """One account, key or core token on one BlueMind."""

    name, env = "BlueMind", "BLUEMIND"
    body_formats = ("json", "raw")
    writers = (8, 8)  # chapter 21

    def __init__(self, params: Mapping[str, Any]) -> None:
        super().__init__({**params, "api_url": re.sub(r"/api/?$", "", origin(params["api_url"]))})
        self.task_timeout = params["task_timeout"]
        if self.task_timeout < 0:
            raise InvalidInput("task_timeout must not be negative")
        self._dialect: Optional[int] = None if params["dialect"] == "auto" else int(params["dialect"])
        self._release: Optional[tuple[int, int]] = None
        self._domains: dict[str, Mapping[str, Any]] = {}  # by every name: see ``domain_named``
        self.account: Mapping[str, Any] = {}  # that the task works with; empty for the core token
        self.known: dict[str, Any] = {}  # what this run has looked up: see ``look_up`` and ``forget``
        self._asking = threading.RLock()  # for the release: a call that has lost its session logs in, which may ask as well
        self._looking = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._password = "" if params["api_token"] or params["api_token_file"] else params["api_password"] or ""
        self._username = params["api_username"] or ""
        self._token = _token(params)
        headers = self.transport.session.headers
        headers.update({"Accept": "application/json", "User-Agent": "workplace.onboarding"})
        if self._token:
            headers["X-BM-ApiKey"] = self._token

    @classmethod
    def options(cls) -> dict[str, Option]:
        return {
            **super().options(),
            "api_token_file": {"type": "path", "no_log": False, "env": "BLUEMIND_TOKEN_FILE"},
            "dialect": {"type": "str", "choices": ["auto", "4", "5"], "default": "auto", "env": "BLUEMIND_DIALECT"},
            "task_timeout": {"type": "int", "default": 600, "env": "BLUEMIND_TASK_TIMEOUT"},
        }

    @classmethod
    def writes(cls, method: str, path: str, query: Mapping[str, Any]) -> Optional[bool]:
        return method in ("PUT", "DELETE") or (method == "POST" and not READS.search(path))

    @property
    def dialect(self) -> int:
        """The major version: 4 or 5. Asked of a route that needs no login."""
        if self._dialect is None:
            self._dialect = 4 if self.release[0] == 4 else 5
        return self._dialect

    @property
    def release(self) -> tuple[int, int]:
        """Major and minor version; 5.0 where the server says nothing that is one."""
        with self._asking:
            if self._release is None:
                version = str(self.call("GET", "/system/installation/_infos").get("softwareVersion"))
                found = re.match(r"([0-9]+)\.([0-9]+)", version)
                self._release = (int(found[1]), int(found[2])) if found else (5, 0)
            return self._release

    @property
    def token(self) -> str:
        """The key or session that goes with each request."""
        return str(self.transport.session.headers.get("X-BM-ApiKey") or "")

    @property
    def password(self) -> str:
        """What a session was opened with."""
        return str(self._password)

    # The dialect

    def login(self) -> Iterable[str]:
        """A session, or one look at who the token belongs to; the core token belongs to nobody (chapter 2)."""
        if not self._token and not (self._username and self._password):
            raise InvalidInput(CREDENTIALS)
        try:
            account = self.call("GET", "/auth", session=False) if self._token else self._open_session()
        except NotFound as exc:
            raise BackendError(f"{ADDRESS} ({exc})", status=exc.status, code=exc.code) from None
        if not account:
            return set()
        self.account = account
        login = (account.get("value") or {}).get("login") or ""
        return {each.casefold() for each in (account.get("uid"), login, f"{login}@{account.get('domainUid')}") if each}

    def _open_session(self) -> Mapping[str, Any]:
        asked = {"login": self._username, "origin": ORIGIN}
        # Without the lost session, which other threads go on sending until there is another one: without any they would be refused.
        anonymous = {"X-BM-ApiKey": None}
        found = self.call(
            "POST", "/auth/login", write=False, repeat=False, session=False, params=asked, json=self._password, headers=anonymous
        )
        if not isinstance(found, dict) or "status" not in found:
            raise BadReply("the answer to the login is not one of BlueMind")
        if "maintenance" in str(found.get("message")):
            raise Unavailable(str(found["message"]), code=found["status"])
        if found["status"] != "Ok":
            why = {"Bad": "wrong login or password", "Expired": "the password has expired or must be changed"}.get(found["status"])
            raise AuthError(f"{found.get('message') or why or 'refused'} ({found['status']})", code=found["status"])
        self.transport.session.headers["X-BM-ApiKey"] = found["authKey"]
        return dict(found["authUser"])

    def judge(self, response: Any) -> Any:
        """What an answer holds; None for a call that returns nothing, and for what does not exist (chapter 1.4)."""
        status = response.status_code
        if status == 204:
            return None
        if status == 200 and not response.content:
            if self._asks(response.request):
                raise BadReply("the answer is empty (HTTP 200)", status=status)
            return None
        if 300 <= status < 400:
            exc = redirected(response)
            raise exc.reworded(self._hidden(str(exc)))
        try:
            body = response.json()
        except ValueError:
            raise self._not_api(response) from None
        if status == 200:
            return body
        raise self._fault(body if isinstance(body, dict) else {}, status)

    def _fault(self, body: Mapping[str, Any], status: int) -> BackendError:
        code = body.get("errorCode")
        words = str(body.get("message") or "").strip()
        if "errorCode" not in body and "stackTrace" in body:
            return BackendError(f"the server knows no such route ({words}); {ADDRESS}", status=status, code=code)
        message = f"{self._hidden(words) or 'refused without a reason'} ({code or body.get('errorType') or f'HTTP {status}'})"
        if status == 401:
            refused = AuthError(message, status=status, code=code)
            return SessionLost(refused) if self._password else refused
        if status == 404:
            return NotFound(message, status=status, code=code)
        if code == "ALREADY_EXISTS":
            return AlreadyThere(message, status=status, code=code)
        if not code and status >= 500:  # an exception: what was done before it must be read
            return Lost(f"the server failed: {message}", status=status)
        return Refused(message, status=status, code=code)

    def _hidden(self, words: str) -> str:
        """Faults about sessions repeat the key (chapter 20), and Ansible does not know a password that stands there in quotes."""
        return hide(words, filter(None, (self.token, self.password)))

    def _asks(self, request: Any) -> bool:
        """Whether the answer to this request holds something."""
        path = request.path_url.partition("?")[0]
        return not self.writes(request.method, path, {}) and not path.startswith(f"{API}/auth/")

    @staticmethod
    def _not_api(response: Any) -> BackendError:
        status, kind = response.status_code, response.headers.get("Content-Type", "").split(";")[0]
        if status == 404:
            return BackendError(f"there is no API (HTTP 404); {ADDRESS}", status=status)
        return BadReply(f"the answer is not complete JSON of BlueMind (HTTP {status}, {kind or 'no content type'})", status=status)

    # Requests

    def call(self, method: str, path: str, **kwargs: Any) -> Any:
        return super().call(method, API + path, **kwargs)

    def ask(self, path: str, body: Any = None, **query: str) -> Any:
        """A read that is made by POST."""
        return self.call("POST", path, write=False, json=body, params=query or None)

    def wait(self, task: Any, what: str, limit: Optional[int] = None, longest: float = LONGEST_PAUSE) -> str:
        """Follow a task to its end, looking ever less often; its last log line.

        :param limit: seconds; default: ``task_timeout``.
        :param longest: seconds between two looks at most.
        :raises Refused: with the last log line, for a task that failed. :raises Lost: for one that does not end in time.
        """
        if not isinstance(task, dict) or "id" not in task:
            return ""
        option, limit = ("task_timeout", self.task_timeout) if limit is None else ("wait_timeout", limit)
        pause, waited, blind = FIRST_PAUSE, 0.0, 0
        while True:
            try:
                status = self._status(task["id"])
                blind = 0
            except BackendError as exc:  # the task goes on, whether this look at it succeeds or not
                blind += 1
                if not exc.uncertain or blind > PATIENCE:
                    raise
                status = {"state": "", "lastLogEntry": f"its state could not be read: {exc}"}
            words = str(status.get("lastLogEntry") or status.get("result") or "").strip()
            if status["state"] == "Success":
                return words
            if status["state"] == "InError":
                raise Refused(f"{what} failed: {self._hidden(words) or 'without a reason'}")
            if waited >= limit:
                raise Lost(f"{what} has not ended after {limit} seconds ({option}); it goes on at the server: {words}")
            self.transport.sleep(pause)
            waited += pause
            pause = min(longest, pause * 1.5)

    def _status(self, task: str) -> Mapping[str, Any]:
        status = self.call("GET", f"/tasks/{segment(task)}")
        if not isinstance(status, dict) or "state" not in status:
            raise BadReply("the state of a task is not one of BlueMind")
        return status

    # What several resources ask

    def forget(self) -> None:
        """Look everything but the names of domains up again: a run begins, and the client is kept over the items of a loop."""
        self.known.clear()

    def look_up(self, what: str, ask: Callable[[], Known]) -> Known:
        """What this run knows already, or is to find out now, once for all threads. It is shared: nobody may change it."""
        found: Optional[Known] = self.known.get(what)
        if found is not None:
            return found
        with self._looking:
            lock = self._locks.setdefault(what, threading.Lock())
        with lock:
            if what not in self.known:
                self.known[what] = ask()
            return cast("Known", self.known[what])

    def domain_named(self, name: str) -> Mapping[str, Any]:
        """The ItemValue of a domain by its uid, its name or one of its aliases (chapter 4.1). :raises NotFound: where there is none."""
        key = name.casefold()
        known = self._domains.get(key)
        if known is None:
            known = self.call("GET", "/domains/_lookup", params={"name": key})
            if known is None:
                raise NotFound(f"there is no domain {name}")
            self._domains.update(dict.fromkeys([key, str(known["uid"]), *domain_names(known)], known))
        return known

    def domain(self, name: str) -> str:
        """The uid of a domain by any of its names."""
        return str(self.domain_named(name)["uid"])

    def domains(self) -> list[Mapping[str, Any]]:
        """The ItemValues of all domains that the account may see."""
        found = list(self.call("GET", "/domains"))
        for item in found:
            self._domains.update(dict.fromkeys([str(item["uid"]), *domain_names(item)], item))
        return found

    def domain_changed(self) -> None:
        """Look domains up again."""
        self._domains.clear()


def domain_names(item: Mapping[str, Any]) -> list[str]:
    """Every name of a domain that mail can be addressed to: the first is the one that people know it by."""
    value = item["value"]
    names = [value.get("defaultAlias") or value["name"], *sorted(value.get("aliases") or ())]
    if not value["name"].endswith(".internal"):
        names.append(value["name"])
    return list(dict.fromkeys(names))


def _token(params: Mapping[str, Any]) -> str:
    """The key that is given as it is, or stands in a file; a line break after it would be refused as a header."""
    if params["api_token"]:
        return str(params["api_token"]).strip()
    if not params["api_token_file"]:
        return ""
    try:
        with open(params["api_token_file"], encoding="utf-8") as stream:
            token = stream.read().strip()
    except (OSError, UnicodeDecodeError) as exc:
        why = exc.strerror if isinstance(exc, OSError) else "it is not text"
        raise InvalidInput(f"api_token_file {params['api_token_file']} cannot be read: {why}") from None
    if not token:
        raise InvalidInput(f"api_token_file {params['api_token_file']} is empty")
    return token
