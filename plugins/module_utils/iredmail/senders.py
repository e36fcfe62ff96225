# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whom a mail policy is for, and which senders it names (chapters 4.8 to 4.11 of the iRedMail contract)."""

from __future__ import annotations

import ipaddress
import re
from contextlib import contextmanager
from typing import Any, Callable, Iterator, Optional, Sequence

from ..core.errors import Refused, Unsupported
from ..core.spec import Field, Resource, Want
from . import values
from .client import IredmailClient, NoRoute

GLOBAL = "global"
EVERYBODY = "@."
LOCAL_PART = re.compile(r"[^@\s,]+")
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", re.ASCII)
FORMS = (
    "it must be an IP address, a network such as 192.0.2.0/24, an address, @example.org for a domain, or @.example.org for it and all "
    "its subdomains"
)

# Accounts


def account(value: str) -> str:
    """``global``, a domain or the address of an account."""
    text = value.strip().lower()
    if text == GLOBAL:
        return text
    try:
        return values.account(text) if "@" in text else values.domain(text)
    except ValueError as exc:
        raise ValueError(f"{exc}; or the word global") from None


def stored_account(value: Any) -> str:
    """The account of a row: ``@.``, ``@domain`` or an address."""
    text = values.text(value).lower()
    return GLOBAL if text == EVERYBODY else text.lstrip("@")


ACCOUNT = Field("account", clean=account)


class Policy(Resource):
    """Something that is set for everybody, for a domain or for an account."""

    def resolve(self, client: IredmailClient, wants: Sequence[Want]) -> None:
        """The server takes a policy for any name, so a misspelt domain would never be noticed."""
        client.forget()
        for want in wants:
            domain = values.domain_of(want.values[ACCOUNT.name])
            if want.state != "absent" and domain != GLOBAL and not client.hosts(domain):
                want.error = Refused(f"the server hosts no domain {domain}")


@contextmanager
def needs(what: str, sql: str, ldap: str) -> Iterator[None]:
    """The login has shown that the API is there, so a route that is not known means a release before it (chapter 3)."""
    try:
        yield
    except NoRoute as exc:
        raise Unsupported(
            f"this server has no {what}: that takes iRedAdmin-Pro SQL {sql} or LDAP {ldap}, or later", status=exc.status
        ) from None


# Senders


def sender(everybody: bool) -> Callable[[str], str]:
    """:param everybody: whether ``@.`` is one."""

    def clean(value: str) -> str:
        text = value.strip().lower()
        if text == EVERYBODY and everybody:
            return text
        if "@" not in text:
            return network(text)
        local, _at, host = text.rpartition("@")
        if local:
            values.domain(host)
            if not LOCAL_PART.fullmatch(local):
                raise ValueError(FORMS)
        elif not (host.startswith(".") and LABEL.fullmatch(host[1:])):  # @.test is a whole top level domain
            try:
                values.domain(host[1:] if host.startswith(".") else host)
            except ValueError:
                raise ValueError(FORMS) from None
        return text

    return clean


def network(text: str) -> str:
    """An IP address or a network in its shortest form."""
    try:
        return str(ipaddress.ip_network(text) if "/" in text else ipaddress.ip_address(text))
    except ValueError:
        pass
    try:
        wider = ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise ValueError(FORMS) from None
    raise ValueError(f"it is an address within a network: the network is {wider}")


def stored(value: Any) -> str:
    """A sender as the server shows it, to be compared with what was given."""
    return values.lenient(sender(everybody=True))(value).lower()


def first_row(found: Any) -> Optional[Any]:
    """The one row of an answer that may also be a list of rows; None if there is none."""
    if isinstance(found, (list, tuple)):
        found = found[0] if found else None
    return found or None
