# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import email.parser
import email.policy
import urllib.parse
from dataclasses import dataclass, field

from .errors import Denied
from .routes import Match
from .sessions import Session
from .values import domain_of


@dataclass(slots=True)
class Call:
    """One request, as the handlers see it."""

    server: object
    method: str
    raw_path: str
    query: dict[str, str]
    form: dict[str, str]
    headers: dict[str, str]
    client: tuple[str, int]
    path: str = ""  # decoded, without the prefix
    session: Session | None = None
    match: Match | None = None
    sent: dict[str, str] = field(default_factory=dict)  # known parameters
    params: dict[str, str] = field(default_factory=dict)  # those of them that no fault has dropped
    dropped: list[str] = field(default_factory=list)  # fields to lose silently, by a fault
    login: bool | None = None  # were credentials checked, and were they right

    @property
    def store(self):
        return self.server.store

    @property
    def knobs(self):
        return self.server.knobs

    @property
    def at(self) -> dict[str, str]:
        """The parts of the path, in lower case."""
        return self.match.in_path

    @property
    def address(self) -> str:
        return self.knobs.client_address or self.client[0]

    @property
    def who(self) -> str | None:
        return self.session.username if self.session else None

    @property
    def is_global(self) -> bool:
        return self.session.is_global

    @property
    def base(self) -> str:
        """The panel's address, as it sees it itself."""
        return f"http://{self.headers.get('host', '127.0.0.1')}{self.knobs.prefix}"

    def manages(self, domain: str) -> bool:
        """Does the caller manage it? Aliases of domains are not domains."""
        if self.is_global:
            return True
        found = self.store.domains.get(domain)
        return found is not None and self.who in found.admins

    def require_domain(self, domain: str) -> None:
        if not self.manages(domain):
            raise Denied

    def require_account(self, account: str) -> None:
        """Of a policy: `global`, a domain or an address."""
        if account != "global":
            self.require_domain(domain_of(account))
        elif not self.is_global:
            raise Denied


def fields_of(text: str) -> dict[str, str]:
    """Blank values are kept; of a key given twice the last one counts (contract 1.4)."""
    return dict(urllib.parse.parse_qsl(text, keep_blank_values=True))


def read_form(method: str, content_type: str, content: bytes) -> dict[str, str]:
    """JSON is not understood, and DELETE has no body (contract 1.4)."""
    if method not in ("POST", "PUT") or not content:
        return {}
    kind = content_type.partition(";")[0].strip().lower()
    if kind in ("", "application/x-www-form-urlencoded"):
        return fields_of(content.decode("utf-8", "replace"))
    if kind == "multipart/form-data":
        return _multipart(content_type, content)
    return {}


def _multipart(content_type: str, content: bytes) -> dict[str, str]:
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + content)
    parts = message.iter_parts() if message.is_multipart() else ()
    return {
        name: part.get_payload(decode=True).decode("utf-8", "replace")
        for part in parts
        if (name := part.get_param("name", header="content-disposition"))
    }
