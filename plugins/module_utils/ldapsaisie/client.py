# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The dialect of LdapSaisie: ``success`` decides, forms, one writer. Chapters are those of the LdapSaisie contract."""

from __future__ import annotations

import html
import re
import threading
from contextlib import contextmanager
from typing import Any, Iterable, Iterator, Mapping, Optional, Sequence
from urllib.parse import unquote

from ..core.client import Client, Option, redirected
from ..core.errors import AuthError, BackendError, BadReply, InvalidInput, Lost, NotFound, Refused, SessionLost, Unavailable
from ..core.spec import Raw
from ..core.transport import segment
from . import names

API = "/api/1.0"
ADDRESS = "api_url must be the public address of LdapSaisie, without /api, for example https://directory.example.org/ldapsaisie"
LANGUAGE = "en_US"  # codes and texts depend on it, so it is always sent (chapter 1.4)
CODE = re.compile(r"\(Code (\w+)\)\s*")
TAG = re.compile(
    r"</?(?:a|b|big|br|code|div|em|h[1-6]|hr|i|li|ol|p|pre|small|span|strong|table|tbody|td|th|tr|tt|u|ul)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
PROBE = f"{API}/object/ansible"  # no type: the answer tells wrong credentials from a type that does not exist
PEOPLE = "LSpeople"  # whose accounts may log in with their address
UNKNOWN_TYPE, FORBIDDEN, WRONG_PASSWORD = "LSsession_04", "LSsession_11", "LSauth_01"
BAD_ATTRIBUTE, BAD_VALUE = "LSsearch_11", "LSsearch_03"
#: Types of the configuration that LdapSaisie comes with.
USUAL_TYPES = ("LScompany", "LSdyngroup", "LSgroup", "LSpeople", "LSsysaccount", "pwdPolicy")
DOWN = ("LSldap_01", "LSsession_09")
MOST_VARIABLES = 1000  # of a form: PHP drops the rest and calls that a success (chapter 1.1)
SERVER, LEVEL = "LSsession_ldapserver", "LSsession_topDn"  # read from the body only (chapter 1.6)
Pairs = Sequence["tuple[str, str]"]


class Partly(Lost):
    """It was written, and something that the server does after that failed (chapter 3.4)."""

    written = True


class UnknownLogin(AuthError):
    """No account that may use the API is called so."""


class OtherDirectory(Refused):
    """What is meant is not what the server would work on."""

    fatal = True


class LdapsaisieClient(Client):
    """One account of one LdapSaisie."""

    name, env = "LdapSaisie", "LDAPSAISIE"
    body_formats = ("form", "raw")
    readers = 4
    writers = (1, 1)  # chapter 6.13
    one_writer = True

    def __init__(self, params: Mapping[str, Any], session: bool = False) -> None:
        """:param session: open one although no level is wanted; see ``in_session``."""
        self._params = params
        self.top_dn: Optional[str] = params["top_dn"] or None
        # A session beats the credentials and keeps old answers, so there is none where it is not needed (chapter 1.5).
        self.has_session = session or bool(self.top_dn)
        self.cookies = self.has_session  # type: ignore[misc]
        super().__init__({**params, "api_url": re.sub(r"/api(/1\.0)?/?$", "", params["api_url"])})
        if not (params["api_username"] and params["api_password"]):
            raise InvalidInput("Credentials are needed: api_username and api_password (LDAPSAISIE_USERNAME, LDAPSAISIE_PASSWORD)")
        if ":" in params["api_username"] or "*" in params["api_username"]:
            raise InvalidInput("api_username must not hold a colon or a star")
        self._username = params["api_username"]
        self._credentials = (params["api_username"].encode(), params["api_password"].encode())
        self.transport.session.headers.update({"Accept": "application/json, text/csv", "User-Agent": "workplace.onboarding"})
        self._server = {} if params["ldap_server"] is None else {SERVER: str(params["ldap_server"])}
        self._always = {LEVEL: self.top_dn} if self.top_dn else {} if self.has_session else self._server
        if not self.has_session:
            self.transport.session.auth = self._credentials
        self._spelled: dict[tuple[str, str], str] = {}
        self.containers: dict[str, tuple[str, set[str]]] = {}  # by type: the DN of one where the server puts new ones, and attributes of it
        self.unknown_types: set[str] = set()
        self._meant: Optional[str] = None if params["ldap_server"] or self.top_dn else ""  # what is wrong with them; None: not looked yet
        self._looking = threading.Lock()

    @classmethod
    def options(cls) -> dict[str, Option]:
        return {
            **{name: option for name, option in super().options().items() if name != "api_token"},
            "ldap_server": {"type": "int", "env": "LDAPSAISIE_LDAP_SERVER"},
            "top_dn": {"type": "str", "env": "LDAPSAISIE_TOP_DN"},
        }

    # Login and sessions

    def login(self) -> Iterable[str]:
        """One request that shows whether the credentials are right.

        Where a session is needed this opens it, on the directory that is meant; a second request chooses the level (chapter 1.6). No other
        request carries credentials then: one that arrives after the session has ended is refused, instead of going on without the level.
        """
        self.transport.session.cookies.clear()
        self._probe(self._server, auth=self._credentials)
        own = self._own_names()
        if self.top_dn:
            self._probe(self._always)
        return {self._username.casefold(), *own}

    def advice(self, refusal: AuthError) -> str:
        return ": is api_access on for accounts of this type?"

    def _own_names(self) -> Iterable[str]:
        """The names of the own object where the login is another: a person may log in with the address (chapter 2)."""
        if "@" not in self._username:
            return []
        query = [("lang", LANGUAGE), ("as_list", "1"), ("all", "1"), ("recursive", "1"), ("filter", f"(mail={self._username})")]
        try:
            found: Raw = self.call("POST", f"{API}/object/{PEOPLE}", write=False, session=False, params=query, data=dict(self._server))
            return [names.rdn(row["dn"])[1].casefold() for row in _rows(found)]
        except (NotFound, Refused, Lost):
            return []

    def _probe(self, form: Mapping[str, str], **kwargs: Any) -> None:
        """Ask for a type that does not exist, which an unknown account is not told."""
        try:
            self.call("POST", PROBE, write=False, repeat=False, session=False, params={"lang": LANGUAGE}, data=dict(form), **kwargs)
        except Refused as exc:
            if exc.code not in (UNKNOWN_TYPE, FORBIDDEN):
                raise

    def confirm(self, kind: str) -> None:
        """Make sure, once, that the directory and the level exist: an index that it does not know the server takes for the first one.

        :raises OtherDirectory: if they do not, or if nothing tells.
        """
        with self._looking:
            if self._meant is None:
                self._meant = self._no_level(kind) if self.top_dn else self._no_directory(kind)
        if self._meant:
            raise OtherDirectory(self._meant)

    def _no_level(self, kind: str) -> str:
        found = self._seen(kind, self._always, subDn=str(self.top_dn))
        return f"there is no level {self.top_dn} in this directory ({found}): see ldap_server and top_dn" if BAD_VALUE in found else ""

    def _no_directory(self, kind: str) -> str:
        first = {SERVER: "0"}
        if any(self._seen(each, self._server) != self._seen(each, first) for each in dict.fromkeys((kind, *USUAL_TYPES))):
            return ""
        index = self._server[SERVER]
        return f"ldap_server {index} shows just what 0 does, for which the server takes an index that it does not know: leave it out, or correct it"

    def _seen(self, kind: str, form: Mapping[str, str], **more: str) -> str:
        """What tells one directory from another: how many objects of a type there are, the first of them, whether the type is for it."""
        query = {"lang": LANGUAGE, "as_list": "1", "recursive": "1", "nbObjectsByPage": "1", "withoutCache": "1", **more}
        try:
            for path in (place(kind), place(kind, "cn=ansible")):
                found = super().call("POST", f"{API}/object/{path}", write=False, params=query, data=dict(form))
                if found.get("objects"):
                    return f"{found.get('total')} {_rows(found)[0]['dn']}"
        except (NotFound, Refused) as exc:
            return str(exc)
        return ""

    @contextmanager
    def in_session(self) -> Iterator[LdapsaisieClient]:
        """This client, or one with a session where a body cannot name the directory; its requests count with those of this one."""
        if self.has_session or not self._server:
            yield self
            return
        other = LdapsaisieClient(self._params, session=True)
        try:
            other.acting()
            yield other
        finally:
            self._count(other)

    def knows(self, username: str, password: str) -> Optional[bool]:
        """Whether this account has this password; None where that cannot be told (chapters 2 and 6.7)."""
        try:
            other = LdapsaisieClient({**self._params, "api_username": username, "api_password": password, "top_dn": None})
        except InvalidInput:  # a name with which nobody can log in
            return None
        try:
            other.acting()
        except AuthError as exc:
            return False if exc.code == WRONG_PASSWORD and not isinstance(exc, UnknownLogin) else None
        except BackendError:
            return None
        finally:
            self._count(other)
        return True

    def _count(self, other: LdapsaisieClient) -> None:
        self.transport.reads += other.transport.reads
        self.transport.writes += other.transport.writes
        other.transport.close()

    # The dialect

    def judge(self, response: Any) -> Any:
        """The document of an answer that says success; the status says nothing (chapter 1.3)."""
        status = response.status_code
        if 300 <= status < 400:
            raise redirected(response)
        try:
            if status == 200 and response.headers.get("Content-Type", "").startswith("text/csv"):
                return response.content.decode("utf-8")
            document = response.json()
        except ValueError:
            raise self._not_api(response) from None
        if not isinstance(document, dict):
            raise BadReply(f"the answer is not of LdapSaisie (HTTP {status}); {ADDRESS}", status=status)
        if document.get("success") is True:
            return document
        refusal = self._refusal(document, status)
        if isinstance(refusal, AuthError) and "Authorization" not in response.request.headers:
            raise SessionLost(AuthError(f"the session ended, and so did the one after it ({refusal})", status=status, code=refusal.code))
        raise refusal

    def _refusal(self, document: Mapping[str, Any], status: int) -> BackendError:
        errors = [words for _row, words in reasons(document)]
        codes = [found[1] for error in errors for found in [CODE.search(error)] if found]
        fields = document.get("fields_errors") or {}
        words = [f"{name}: {' '.join(texts(each))}" for name, each in fields.items()] if isinstance(fields, dict) else []
        words += [CODE.sub("", error).strip() for error in errors] + texts(document.get("warnings"))
        code = codes[0] if codes else None
        message = "; ".join(dict.fromkeys(filter(None, words))) or "refused without a reason"
        message += f" ({', '.join(dict.fromkeys(codes))})" if codes else f" (HTTP {status})"
        if status == 401 or any(each.startswith("LSauth_0") or each == "LSsession_10" for each in codes):
            unknown = codes.count(WRONG_PASSWORD) > 1  # once for each type of accounts that was looked through, and once more
            return (UnknownLogin if unknown else AuthError)(message, status=status, code=code)
        if any(each in DOWN for each in codes):
            return Unavailable(f"its directory does not answer: {message}", status=status, code=code)
        if status == 404 and not codes:
            return NotFound(message, status=status)
        if status >= 500:  # it broke, perhaps after it had written
            return Lost(message, status=status, code=code)
        if any("partially" in text for text in texts(document.get("messages"))):
            return Partly(f"it was written, and something after that failed: {message}", status=status)
        return Refused(message, status=status, code=code)

    @staticmethod
    def _not_api(response: Any) -> BackendError:
        status, kind = response.status_code, response.headers.get("Content-Type", "").split(";")[0]
        if status == 401:
            return AuthError(f"something between here and LdapSaisie refuses the credentials (HTTP {status})", status=status)
        hint = f"; {ADDRESS}, and a name with a slash cannot be reached unless the web server allows it" if status == 404 else ""
        return BadReply(f"the answer is not one document of LdapSaisie (HTTP {status}, {kind or 'no content type'}){hint}", status=status)

    # Requests

    def call(self, method: str, path: str, *, write: Optional[bool] = None, **kwargs: Any) -> Any:
        """As the base does it. Only a body says which directory and level are meant, so a GET becomes a POST (chapters 1.1 and 1.6).

        What only reads is asked again while the directory does not answer.
        """
        write = method != "GET" if write is None else write
        kind = re.match(f"{API}/object/([^/]+)", path)
        if self._meant != "" and kind and path != PROBE and not (self.has_session and not self.top_dn):
            self.confirm(unquote(kind[1]))
        if method == "GET" and self._always:
            method, kwargs["data"] = "POST", dict(self._always)
        for pause in (*(0.5 * 2**attempt for attempt in range(self.transport.retries)), None):
            try:
                found = super().call(method, path, write=write, **{"repeat": not write, **kwargs})
            except Unavailable:
                if write or pause is None:
                    raise
                self.transport.sleep(pause)
            else:
                if isinstance(found, str) and not path.rstrip("/").endswith("/export"):
                    raise BadReply(f"the answer is CSV and not one document of LdapSaisie; {ADDRESS}")
                return found
        raise AssertionError("unreachable")  # pragma: no cover

    def read(self, path: str, query: Pairs = ()) -> Any:
        return self.call("GET", f"{API}/object/{path}", params=[("lang", LANGUAGE), *query])

    def send(self, path: str, form: Pairs, **kwargs: Any) -> Raw:
        """A write: form fields, of which the server takes only so many."""
        fields = [*form, *self._always.items()]
        fits(len(fields))
        found: Raw = self.call("POST", f"{API}/object/{path}", params=[("lang", LANGUAGE)], data=fields, **kwargs)
        return found

    # Reading objects

    def show(self, kind: str, dn: str, *switches: str) -> Optional[Raw]:
        """An object with all that the account may read, and its relations; None if there is none."""
        try:
            found: Raw = self.read(place(kind, dn), [(switch, "1") for switch in switches])
        except NotFound:
            self._spelled.pop((kind, names.key(dn)), None)
            return None
        return {"name": found.get("name"), "attributes": _map(found, "attributes"), "relations": _map(found, "relations")}

    def search(self, kind: str, query: Pairs, sure: bool = False) -> Raw:
        """One answer of a search, ``objects`` as a list.

        :param sure: where nothing was found, make sure that the type is one for this account: of another a search finds nothing
            either, and only reading an object is refused (chapter 2).
        :raises Refused: also where the server succeeded without something that was asked for, such as a pattern (chapter 3.1).
        """
        fresh = [("withoutCache", "1")] if self.has_session else []  # a session keeps old answers
        try:
            found: Raw = self.read(place(kind), [("as_list", "1"), *fresh, *query])
        except NotFound as exc:  # whatever is missing there, it is no object
            raise Refused(str(exc), status=exc.status) from None
        if found.get("errors"):
            raise self._refusal(found, 200)
        rows = _rows(found)
        for row in rows:
            self.note(kind, row["dn"])
        if sure and not rows:
            self.show(kind, "cn=ansible")
        return {**found, "objects": rows}

    def note(self, kind: str, dn: str) -> None:
        """How the server spells a DN."""
        self._spelled[kind, names.key(dn)] = dn

    def noted(self, kind: str, dn: str) -> Optional[str]:
        """What was noted of an object that was seen."""
        return self._spelled.get((kind, names.key(dn)))

    def spelled(self, kind: str, dn: str, again: bool = False) -> str:
        """A DN as the server spells it: with another spelling an administrator has no rights (chapter 1.2)."""
        place_of = (kind, names.key(dn))
        if again or place_of not in self._spelled:
            self._spelled[place_of] = dn
            self.search(kind, [("basedn", dn), ("scope", "base"), ("recursive", "0"), ("all", "1")])
        return self._spelled[place_of]

    # For requests of the user's own

    @classmethod
    def writes(cls, method: str, path: str, query: Mapping[str, Any]) -> Optional[bool]:
        """By the path, for every route takes GET and POST alike (chapter 1.1)."""
        steps = [unquote(step) for step in path.split("/") if step]
        api, route = steps[:3] == API.split("/")[1:] + ["object"], steps[3:]
        if steps[-1:] == ["import"] and len(route) == 2 and api and str(query.get("justTry")) == "1":
            return False
        if steps and steps[-1].casefold() in ("create", "modify", "remove", "import"):
            return True
        if steps[-2:-1] == ["relation"]:
            if any(name.strip().startswith(("add", "remove")) for name in query):
                return True
            return False if api and len(route) == 4 and method == "GET" else None
        return False if api and len(route) in (1, 2) else None  # a search, an object, an export; of other routes nothing is known

    def body(self, query: Mapping[str, Any], body: Any, body_format: str) -> dict[str, Any]:
        out = super().body({"lang": LANGUAGE, **query}, body, body_format)
        if body_format == "form":
            fits(sum(len(value) if isinstance(value, list) else 1 for value in (body or {}).values()) + len(self._always))
        if self._always and body_format == "form":
            out["data"] = {**(body or {}), **self._always}
        elif self._server and not self.has_session:
            raise InvalidInput("a raw body cannot say which directory is meant: ldap_server needs body_format form, or top_dn")
        return out


def fits(variables: int) -> None:
    """PHP drops what is too much, and calls that a success (chapter 1.1)."""
    if variables > MOST_VARIABLES:
        raise InvalidInput(f"{variables} values in one request are more than the {MOST_VARIABLES} that the server takes")


def _map(found: Raw, name: str) -> Raw:
    """What an answer must hold as a map; an empty one arrives as a list. :raises BadReply: if it does not."""
    value = found.get(name)
    if value == [] or isinstance(value, dict):
        return value or {}
    raise BadReply(f"the answer holds no {name}; {ADDRESS}")


def _rows(found: Raw) -> list[Raw]:
    """The objects of a search, each with its DN. :raises BadReply: if they are something else."""
    rows = found.get("objects")
    if isinstance(rows, dict):
        rows = [{**row, "dn": dn} if isinstance(row, dict) else row for dn, row in rows.items()]
    if not isinstance(rows, list) or not all(isinstance(row, dict) and isinstance(row.get("dn"), str) for row in rows):
        raise BadReply(f"the answer holds no list of objects; {ADDRESS}")
    return rows


def texts(value: Any) -> list[str]:
    """A list of texts: the server gives a list, a map, an empty list for an empty map, one text or nothing, and escapes some."""
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list):
        value = [] if value in (None, "") else [value]
    return [" ".join(html.unescape(TAG.sub(" ", str(each))).split()) for each in value]


def reasons(document: Mapping[str, Any]) -> Iterator[tuple[Optional[Mapping[str, Any]], str]]:
    """What the server complains of; of a row of an import with the values of the row, which are not for showing (chapter 3.7)."""
    errors = document.get("errors") or []
    for each in errors.values() if isinstance(errors, dict) else errors if isinstance(errors, list) else [errors]:
        if not isinstance(each, dict):
            yield None, " ".join(texts(each))
            continue
        why = each.get("errors") or {}
        by_name = why.get("attrs") or {}
        words = [f"{name}: {' '.join(texts(about))}" for name, about in by_name.items()] if isinstance(by_name, dict) else []
        yield each.get("data") or {}, "; ".join(texts(why.get("globals")) + words)


def place(kind: str, dn: str = "", *rest: str) -> str:
    """The path of a type, of one object of it, or of something below."""
    return "/".join([segment(kind), *([segment(dn)] if dn else []), *map(segment, rest)])
