# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The dialect of iRedAdmin-Pro: cookie session, form fields, ``_success``. Chapters are those of the iRedMail contract."""

from __future__ import annotations

import re
from html import escape
from typing import Any, Iterable, Mapping, Optional
from urllib.parse import parse_qs, parse_qsl, urlsplit

from ..core.client import Client, Option, redirected
from ..core.errors import AlreadyThere, AuthError, BackendError, BadReply, InvalidInput, Lost, NotFound, Refused, SessionLost, Unsupported
from ..core.spec import hide
from ..core.transport import segment

SQL, LDAP = "sql", "ldap"
COOKIE = re.compile(r"iRedAdmin-Pro-(MYSQL|PGSQL|LDAP)$")
ADDRESS = (
    "api_url must be the address of the API of iRedAdmin-Pro with its path, for example https://mail.example.org/iredadmin/api, and the API "
    "must be enabled there (ENABLE_RESTFUL_API)"
)
OLD = "this release of iRedAdmin-Pro is too old: SQL 2.6 or LDAP 2.8 is needed"
PROXY = "what answers may be a proxy or a single sign-on in front of it"
ENTERPRISE = "this is iRedMail Enterprise Edition, whose API is another one: iRedAdmin-Pro is needed"

LOST = ("LOGIN_REQUIRED", "SESSION_EXPIRED")
ABSENT = ("NO_SUCH_ACCOUNT", "ACCOUNT_NOT_EXIST", "NO_SUCH_DOMAIN", "NO_SUCH_OBJECT")
MLMMJADMIN = "mlmmjadmin, which the server needs for mailing lists, is not set up right"
WORDS: Mapping[str, str] = {  # chapter 6
    "ALREADY_EXISTS": "the name is taken, perhaps by an account of another kind, or the server could not store it",
    "CAN_NOT_BE_LOCAL_DOMAIN": "an administrator of this kind needs an address of a domain that is not hosted here",
    "EMPTY_PASSWORD": "the password is empty",
    "ERROR_WHILE_QUERYING_DB": "the database of the server failed",
    "EXCEEDED_DOMAIN_ACCOUNT_LIMIT": "the domain holds as many accounts as it may",
    "EXCEEDED_DOMAIN_QUOTA_SIZE": "the quota of the domain is used up",
    "EXCEEDED_LDAP_SERVER_SIZELIMIT": "the directory returns no list of that size",
    "INVALID_CREDENTIALS": "wrong address or password",
    "INVALID_MLMMJADMIN_API_AUTH_TOKEN": MLMMJADMIN,
    "INVALID_PASSWORD_SCHEME": "the hash names no scheme that the server accepts",
    "INVALID_USERNAME": "the user name is not a mail address",
    "NOT_ALLOWED_IP": "this address may not log in (ADMIN_LOGIN_IP_LIST, GLOBAL_ADMIN_IP_LIST)",
    "NOT_AUTHORIZED": "this address may not use the API: allow it in the panel under System, Settings (restful_api_clients)",
    "NOT_AUTHORIZED_API_CLIENT": MLMMJADMIN,
    "NO_API_AUTH_TOKEN": MLMMJADMIN,
    "NO_SUCH_ACCOUNT": "there is no such account",
    "NO_SUCH_DOMAIN": "there is no such domain",
    "PERMISSION_DENIED": "the account that the task works with may not do that: a global administrator is needed",
    "PERMISSION_DENIED_UPDATE_GLOBAL_ADMIN_PROFILE": "only a global administrator may change another one",
    "PW_EMPTY": "the password is empty",
    "PW_GREATER_THAN_MAX_LENGTH": "the password is too long",
    "PW_NON_ASCII": "the password holds other characters than ASCII",
    "PW_NO_DIGIT_NUMBER": "the password needs a digit",
    "PW_NO_LETTER": "the password needs a letter",
    "PW_NO_SPECIAL_CHAR": "the password needs a special character",
    "PW_NO_UPPERCASE": "the password needs an upper-case letter",
    "PW_SHORTER_THAN_MIN_LENGTH": "the password is too short",
    "SKEL_DIR_NOT_EXIST": MLMMJADMIN,
    "SUB_COMMAND_NOT_FOUND": MLMMJADMIN,
}


class NoRoute(BackendError):
    """The server knows no such path: the API is off, the address is wrong, or the release or the edition has no such route."""


class IredmailClient(Client):
    """One global administrator of one iRedAdmin-Pro."""

    name, env = "iRedMail", "IREDMAIL"
    body_formats = ("form",)
    readers, writers = 4, (1, 4)  # a small pool of processes, each write a burst of statements without a transaction (chapter 1.6)
    cookies = True

    def __init__(self, params: Mapping[str, Any]) -> None:
        super().__init__(params)
        if not (params["api_username"] and params["api_password"]):
            raise InvalidInput(
                "Credentials are needed: api_username, a full address, and api_password (IREDMAIL_USERNAME, IREDMAIL_PASSWORD)"
            )
        self._credentials = {"username": params["api_username"], "password": params["api_password"]}
        self._edition: Optional[str] = None if params["edition"] == "auto" else params["edition"]
        self._hosted: dict[str, bool] = {}
        self.hidden: dict[str, set[str]] = {}  # by kind of object: the options that its profile was found not to show
        self.transport.session.headers.update({"Accept": "application/json", "User-Agent": "workplace.onboarding"})

    @classmethod
    def options(cls) -> dict[str, Option]:
        return {
            **{name: option for name, option in super().options().items() if name != "api_token"},
            "edition": {"type": "str", "choices": ["auto", SQL, LDAP], "default": "auto", "env": "IREDMAIL_EDITION"},
        }

    @property
    def edition(self) -> str:
        """``sql`` or ``ldap``: by the option, the name of the cookie, or the shape of a domain (chapter 3)."""
        self.acting()
        if self._edition is None:
            self._edition = self._by_shape()
        return self._edition

    def _by_shape(self) -> str:
        found = self.call("GET", "/domains")
        rows = list(found.values()) if isinstance(found, dict) else list(found or ())
        first = rows[0] if rows else None
        if isinstance(first, (list, tuple)) and len(first) == 2:
            first = first[1]
        shown = first if isinstance(first, dict) else {}
        if "domainName" in shown or "ldif" in shown:
            return LDAP
        if "domain" in shown:
            return SQL
        raise Refused("the server does not show which edition it is: set edition to sql or ldap")

    def is_ldap(self) -> bool:
        return self.edition == LDAP

    @classmethod
    def writes(cls, method: str, path: str, query: Mapping[str, Any]) -> Optional[bool]:
        return method != "GET" and not path.startswith(("/verify_password/", "/login"))

    # The dialect

    def login(self) -> Iterable[str]:
        """One attempt. A cookie alone says nothing, for every answer sets one (chapter 1.3)."""
        self.transport.session.cookies.clear()
        try:
            self.call("POST", "/login", write=False, repeat=False, session=False, data=self._credentials)
        except NoRoute as exc:
            raise BackendError(f"{ADDRESS} (HTTP {exc.status})", status=exc.status) from None
        except (Refused, NotFound) as exc:
            raise AuthError(str(exc), status=exc.status, code=exc.code) from None
        for cookie in self.transport.session.cookies:
            named = COOKIE.search(cookie.name)
            if named:
                shown = LDAP if named[1] == "LDAP" else SQL
                if self._edition not in (None, shown):
                    raise InvalidInput(
                        f"edition is {self._edition}, and the cookie of the server says that it is the {shown.upper()} edition"
                    )
                self._edition = shown
        return {self._credentials["username"].casefold()}

    def judge(self, response: Any) -> Any:
        """The payload of an answer that says success (chapter 1.5). The status says nothing."""
        status = response.status_code
        if 300 <= status < 400:
            raise self._redirected(response)
        try:
            envelope = response.json()
        except ValueError:
            raise self._not_api(response) from None
        if not isinstance(envelope, dict):
            raise BadReply(f"the answer is not of iRedAdmin-Pro (HTTP {status}); {ADDRESS}", status=status)
        payload = envelope.get("_data", envelope.get("data"))
        if isinstance(payload, dict) and isinstance(payload.get("profile"), dict):
            raise Unsupported(ENTERPRISE)
        if "_success" not in envelope:
            raise (
                Unsupported(OLD)
                if "success" in envelope
                else BadReply(f"the answer is not of iRedAdmin-Pro (HTTP {status})", status=status)
            )
        if envelope["_success"] is True:
            return envelope.get("_data")
        raise self._refusal(str(envelope.get("_msg") or ""), status)

    @staticmethod
    def _refusal(text: str, status: int) -> BackendError:
        codes = [code.strip() for code in text.split(",")] if re.fullmatch(r"[A-Z][A-Z0-9_]*(\s*,\s*[A-Z][A-Z0-9_]*)*", text) else []
        words = ", ".join(WORDS.get(code, code) for code in codes) or text or "refused without a reason"
        shown = f"{words} ({', '.join(codes)})" if codes and words != ", ".join(codes) else words
        code = ",".join(codes) or None
        if any(each in LOST for each in codes):
            return _lost(code, status)
        if any(each in ABSENT for each in codes):
            return NotFound(shown, status=status, code=code)
        if "ALREADY_EXISTS" in codes:
            return AlreadyThere(shown, status=status, code=code)
        if codes or not text:
            return Refused(shown, status=status, code=code)
        return Lost(f"the server failed: {shown}", status=status)  # the words of an exception: what it did before must be read

    @staticmethod
    def _redirected(response: Any) -> BackendError:
        status, asked = response.status_code, urlsplit(response.headers.get("Location", ""))
        words = ",".join(parse_qs(asked.query).get("msg", []))
        if "PERMISSION_DENIED" in words:
            return Refused(f"{WORDS['PERMISSION_DENIED']} (PERMISSION_DENIED)", status=status, code="PERMISSION_DENIED")
        ours = asked.hostname in (None, urlsplit(response.url).hostname) or any(each in words for each in LOST)
        if ours and asked.path.endswith("/login"):
            return _lost(words or "LOGIN_REQUIRED", status)
        return redirected(response, ", and let the API pass any single sign-on in front of it")

    @staticmethod
    def _not_api(response: Any) -> BackendError:
        status, kind = response.status_code, response.headers.get("Content-Type", "").split(";")[0]
        if status in (404, 405):  # a path may have been there for other verbs first
            return NoRoute(f"the server knows no such path (HTTP {status}); {ADDRESS}", status=status)
        if status == 500 and response.request.method == "GET":  # a session that has run out may look so (chapter 11, no. 29)
            return SessionLost(BadReply("the server failed (HTTP 500)", status=status))
        if not response.content:
            return BadReply(f"the answer is empty (HTTP {status})", status=status)
        what = f"(HTTP {status}, {kind or 'no content type'})"
        if "json" in kind:
            return BadReply(f"the answer is not complete JSON {what}", status=status)
        return BadReply(f'the answer is not of iRedAdmin-Pro {what}: "{beginning(response)}"; {PROXY}; {ADDRESS}', status=status)

    def form(self, method: str, path: str, fields: Mapping[str, Any], **kwargs: Any) -> Any:
        """Send fields as the server understands them: form-encoded text, flags as yes and no, lists joined by commas (chapters 1.4, 2)."""
        return self.call(method, path, data={name: text(value) for name, value in fields.items()}, **kwargs)

    def read(self, path: str, **query: str) -> Any:
        """The payload of a GET, or None for what does not exist."""
        try:
            return self.call("GET", path, params=query or None) or None
        except NotFound:
            return None
        except Refused as exc:
            if exc.code != "INVALID_DOMAIN_NAME":  # SQL says so of a domain that does not exist (chapter 6)
                raise
            return None

    def domain_names(self) -> list[str]:
        """Every domain that this administrator manages."""
        found = self.call("GET", "/domains", params={"name_only": "yes"})
        return sorted(str(name).lower() for name in found or ())

    def hosts(self, domain: str) -> bool:
        """Whether a domain is hosted here, as it was when first asked in this run: see ``forget``. A domain alias is none."""
        if domain not in self._hosted:
            self._hosted[domain] = self.read(f"/domain/{place(domain)}") is not None
        return self._hosted[domain]

    def forget(self) -> None:
        """At the beginning of a run: another task may have changed what an earlier one asked for."""
        self._hosted.clear()


def _lost(code: Optional[str], status: int) -> SessionLost:
    return SessionLost(
        AuthError(
            f"the session was lost right after a new login ({code}): it is bound to the address of the client, so does a proxy or an "
            "IPv4/IPv6 switch change that?",
            status=status,
            code=code,
        )
    )


def beginning(response: Any) -> str:
    """How a page begins. A password in it is hidden before it can be cut in two."""
    sent = [value for name, value in parse_qsl(response.request.body or "") if name.startswith("password")]
    return " ".join(hide(hide(response.text, sent), map(escape, sent)).split())[:80]


def text(value: Any) -> str:
    """A value as it travels in a form."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple, set)):
        return ",".join(sorted(str(each) for each in value))
    return "" if value is None else str(value)


def place(address: str) -> str:
    """An address or a domain as a path segment."""
    return segment(address.lower())
