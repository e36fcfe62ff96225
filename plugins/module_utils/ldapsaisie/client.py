# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The dialect of LdapSaisie: ``success`` decides, forms, one writer. Chapters are those of the LdapSaisie contract."""

from __future__ import annotations

import html
import re
from typing import Any, Iterable, Mapping, Optional, Sequence

from ..core.client import Client, Option
from ..core.errors import AuthError, BackendError, BadReply, InvalidInput, Lost, NotFound, Refused, Unavailable
from ..core.transport import segment

API = "/api/1.0"
ADDRESS = "api_url must be the public address of LdapSaisie, without /api, for example https://directory.example.org/ldapsaisie"
LANGUAGE = "en_US"  # codes and texts depend on it, so it is always sent (chapter 1.4)
CODE = re.compile(r"\(Code (\w+)\)\s*")
PROBE = f"{API}/object/ansible"  # no type: the answer tells wrong credentials from a type that does not exist
UNKNOWN_TYPE, FORBIDDEN, DOWN = "LSsession_04", "LSsession_11", ("LSldap_01", "LSsession_09")
MOST_VARIABLES = 1000  # of a form: PHP drops the rest and calls that a success (chapter 1.1)


class LdapsaisieClient(Client):
    """One account of one LdapSaisie."""

    name, env = "LdapSaisie", "LDAPSAISIE"
    body_formats = ("form", "raw")
    readers = 4
    writers = (1, 1)  # chapter 6.13
    one_writer = True

    def __init__(self, params: Mapping[str, Any]) -> None:
        self.top_dn = params["top_dn"]
        # A session beats the credentials and keeps old answers, so there is none, except where only a session reaches a level (chapter 1.5).
        self.cookies = bool(self.top_dn)  # type: ignore[misc]
        super().__init__({**params, "api_url": re.sub(r"/api(/1\.0)?/?$", "", params["api_url"])})
        if not (params["api_username"] and params["api_password"]):
            raise InvalidInput("Credentials are needed: api_username and api_password (LDAPSAISIE_USERNAME, LDAPSAISIE_PASSWORD)")
        if ":" in params["api_username"]:
            raise InvalidInput("api_username must not hold a colon")
        self._username = params["api_username"]
        self.transport.session.auth = (params["api_username"].encode(), params["api_password"].encode())
        self.transport.session.headers.update({"Accept": "application/json, text/csv", "User-Agent": "workplace.onboarding"})
        self._always = {} if params["ldap_server"] is None else {"LSsession_ldapserver": str(params["ldap_server"])}

    @classmethod
    def options(cls) -> dict[str, Option]:
        return {
            **{name: option for name, option in super().options().items() if name != "api_token"},
            "ldap_server": {"type": "int", "env": "LDAPSAISIE_LDAP_SERVER"},
            "top_dn": {"type": "str", "env": "LDAPSAISIE_TOP_DN"},
        }

    @classmethod
    def writes(cls, method: str, path: str, query: Mapping[str, Any]) -> Optional[bool]:
        """By the path, for every route takes GET and POST alike (chapter 1.1)."""
        if re.search(r"/(create|modify|remove|import)/?$", path):
            return str(query.get("justTry", "0")) != "1"
        return bool(re.search(r"/relation/[^/]+/?$", path)) and any(name.startswith(("add", "remove")) for name in query)

    def body(self, query: Mapping[str, Any], body: Any, body_format: str) -> dict[str, Any]:
        out = super().body({"lang": LANGUAGE, **query}, body, body_format)
        if self._always and body_format == "form":
            out["data"] = {**(body or {}), **self._always}
        return out

    # The dialect

    def login(self) -> Iterable[str]:
        """One request that shows whether the credentials are right; where a level is wanted, it opens the session (chapter 1.6)."""
        try:
            self.call("POST", PROBE, write=False, repeat=False, params={"lang": LANGUAGE}, data=self._always)
        except AuthError as exc:
            raise AuthError(
                f"the credentials were refused, and no second attempt was made ({exc}): is api_access on for accounts of this type?",
                status=exc.status,
                code=exc.code,
            ) from None
        except Refused as exc:
            if exc.code not in (UNKNOWN_TYPE, FORBIDDEN):
                raise
        if self.top_dn:
            self._always["LSsession_topDn"] = self.top_dn
        return {self._username.casefold()}

    def judge(self, response: Any) -> Any:
        """The document of an answer that says success; the status says nothing (chapter 1.3)."""
        status = response.status_code
        if 300 <= status < 400:
            where = response.headers.get("Location", "").split("?")[0]
            raise BackendError(
                f"the server redirects to {where or 'another address'} (HTTP {status}): give the final address as api_url", status=status
            )
        if status == 200 and response.headers.get("Content-Type", "").startswith("text/csv"):
            return response.content.decode("utf-8")
        try:
            document = response.json()
        except ValueError:
            raise self._not_api(response) from None
        if not isinstance(document, dict):
            raise BadReply(f"the answer is not of LdapSaisie (HTTP {status}); {ADDRESS}", status=status)
        if document.get("success") is True:
            return document
        raise self._refusal(document, status)

    def _refusal(self, document: Mapping[str, Any], status: int) -> BackendError:
        errors = texts(document.get("errors"))
        codes = [found[1] for error in errors for found in [CODE.search(error)] if found]
        fields = document.get("fields_errors") or {}
        words = [f"{name}: {' '.join(texts(each))}" for name, each in fields.items()] if isinstance(fields, dict) else []
        words += [CODE.sub("", error).strip() for error in errors] + texts(document.get("warnings"))
        code = codes[0] if codes else None
        message = "; ".join(dict.fromkeys(filter(None, words))) or "refused without a reason"
        message += f" ({', '.join(dict.fromkeys(codes))})" if codes else f" (HTTP {status})"
        if status == 401 or any(each.startswith("LSauth_0") or each == "LSsession_10" for each in codes):
            return AuthError(message, status=status, code=code)
        if any(each in DOWN for each in codes):
            return Unavailable(f"its directory does not answer: {message}", status=status, code=code)
        if status == 404:
            return NotFound(message, status=status)
        if any("partially" in text for text in texts(document.get("messages"))):  # it was written, and what came after failed (chapter 3.4)
            return Lost(f"it was written, and something after that failed: {message}", status=status)
        return Refused(message, status=status, code=code)

    @staticmethod
    def _not_api(response: Any) -> BackendError:
        status, kind = response.status_code, response.headers.get("Content-Type", "").split(";")[0]
        if status == 401:
            return AuthError(f"something between here and LdapSaisie refuses the credentials (HTTP {status})", status=status)
        hint = f"; {ADDRESS}, and a name with a slash cannot be reached unless the web server allows it" if status == 404 else ""
        return BadReply(f"the answer is not one document of LdapSaisie (HTTP {status}, {kind or 'no content type'}){hint}", status=status)

    # Requests

    def read(self, path: str, query: Optional[Sequence[tuple[str, str]]] = None) -> Any:
        """A read; by POST, since only a body says which directory and level are meant (chapter 1.6)."""
        asked = [("lang", LANGUAGE), *(query or ())]
        if not self._always:
            return self.call("GET", f"{API}/object/{path}", params=asked)
        return self.call("POST", f"{API}/object/{path}", write=False, params=asked, data=self._always)

    def send(self, path: str, form: Sequence[tuple[str, str]], query: Sequence[tuple[str, str]] = (), **kwargs: Any) -> Any:
        """A write: form fields, of which the server takes only so many."""
        fields = [*form, *self._always.items()]
        if len(fields) > MOST_VARIABLES:
            raise InvalidInput(f"{len(fields)} values in one request are more than the {MOST_VARIABLES} that the server takes")
        return self.call("POST", f"{API}/object/{path}", params=[("lang", LANGUAGE), *query], data=fields, **kwargs)


def texts(value: Any) -> list[str]:
    """A list of texts: the server gives a list, a map, an empty list for an empty map, one text or nothing, and escapes some."""
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list):
        value = [] if value in (None, "") else [value]
    return [html.unescape(re.sub(r"<[^>]+>", "", str(each))).strip() for each in value]


def place(kind: str, dn: str = "", *rest: str) -> str:
    """The path of a type, of one object of it, or of something below."""
    return "/".join([segment(kind), *([segment(dn)] if dn else []), *map(segment, rest)])
