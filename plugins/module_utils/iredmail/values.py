# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What iRedMail stores for a value: the cleaning, refusing and comparing of single fields (contract 1.4, 2, 7.3). Pure functions.

Those that clean take a given value and raise ``ValueError`` with half a sentence; those that read take what an answer holds.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Any, Callable, Iterable, Optional, Union

DOMAIN = re.compile(r"(?=.{4,255}$)(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z0-9](?:[a-z0-9-]{0,23}[a-z0-9])", re.ASCII)
LOCAL_PART = re.compile(r"[a-z0-9_#-][a-z0-9_#.&-]*", re.ASCII)  # of what has a route of its own
ANY_LOCAL_PART = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
LANGUAGE = re.compile(r"[a-z]{2,3}_[A-Z]{2}", re.ASCII)
HASH = re.compile(r"\{([A-Za-z0-9-]+)\}.+", re.ASCII | re.DOTALL)
SIZE = re.compile(r"(\d+)\s*:?\s*([KMGT]?B)?", re.ASCII | re.IGNORECASE)
FOLDER = re.compile(r"[A-Za-z0-9]{1,20}", re.ASCII)
TOKEN = re.compile(r"[a-z0-9][a-z0-9_-]*", re.ASCII)

MB_OF = {"MB": 1, "GB": 1024, "TB": 1024 * 1024}
SCHEMES = (
    "PLAIN", "CRYPT", "MD5", "PLAIN-MD5", "SHA", "SSHA", "SHA512", "SSHA512", "SHA512-CRYPT", "BCRYPT", "CRAM-MD5", "NTLM",
)  # fmt: skip
DEFAULT_TRANSPORT = "dovecot"

# Vocabularies (contract 4.2, 4.4, 4.5).
DOMAIN_SERVICES = ("self-service",)
LDAP_DOMAIN_SERVICES = ("mail", "domainalias", "senderbcc", "recipientbcc")
DOMAIN_PROFILES = (
    "bcc", "relay", "catchall", "aliases", "throttle", "greylisting", "wblist", "spampolicy", "backupmx", "password_policies", "advanced",
)  # fmt: skip
USER_PROFILES = ("bcc", "forwarding", "relay", "aliases", "throttle", "greylisting", "wblist", "spampolicy")
USER_PREFERENCES = ("personal_info", "forwarding", "wblist", "quarantine", "rcvd_mails", "spampolicy")
USER_SERVICES = (
    "smtp", "smtpsecured", "smtptls", "pop3", "pop3secured", "pop3tls", "imap", "imapsecured", "imaptls", "managesieve",
    "managesievesecured", "managesievetls", "deliver", "sogo",
)  # fmt: skip
HIDDEN_SERVICES = (
    "mail", "internal", "doveadm", "lib-storage", "indexer-worker", "dsync", "quota-status", "lda", "lmtp", "forward", "senderbcc",
    "recipientbcc", "shadowaddress", "displayedinglobaladdressbook", "domainadmin",
)  # fmt: skip
ALIAS_POLICIES = ("public", "domain", "subdomain", "membersonly", "moderatorsonly", "membersandmoderatorsonly")
LIST_POLICIES = ("public", "domain", "subdomain", "membersonly", "moderatorsonly")
MAILBOX_FORMATS = ("maildir", "mdbox", "sdbox")

# Names


def domain(value: str) -> str:
    """A domain; an international one in its ASCII form."""
    text = value.strip().lower()
    if not text.isascii():
        raise ValueError("an international domain must be given in its ASCII form, which begins with xn--")
    if not DOMAIN.fullmatch(text):
        raise ValueError("it is not a domain that the server accepts, such as example.org")
    return text


def address(value: str) -> str:
    """Any mail address: of a member, a forwarding, a copy."""
    text = value.strip().lower()
    local, _at, host = text.rpartition("@")
    if not (ANY_LOCAL_PART.fullmatch(local) and DOMAIN.fullmatch(host)):
        raise ValueError("it is not a mail address, such as zoe@example.org")
    return text


def optional_address(value: str) -> str:
    """An address, or an empty text for none."""
    return address(value) if value.strip() else ""


def account(value: str) -> str:
    """The address of an account, which stands in the path of its requests: there is no path for many legal addresses (contract 1.4)."""
    text = value.strip().lower()
    local, _at, host = text.rpartition("@")
    if not local or not DOMAIN.fullmatch(host) or len(host.rpartition(".")[2]) > 15:
        raise ValueError("it is not a mail address that the server accepts, such as zoe@example.org")
    if not LOCAL_PART.fullmatch(local):
        raise ValueError(
            "the server has no way to such an account: before the @ it may hold a-z, 0-9, _, # and -, and after the first character also . and &"
        )
    return text


def domain_of(mail: str) -> str:
    return mail.rpartition("@")[2]


# Given values


def line(value: str) -> str:
    """One line of text; the server strips it."""
    text = value.strip()
    if "\n" in text or "\r" in text:
        raise ValueError("it must be one line")
    return text


def item(value: str) -> str:
    """One element of a list that travels with commas between."""
    text = line(value)
    if not text or "," in text:
        raise ValueError("it must neither be empty nor hold a comma")
    return text


def number(least: int = 0, most: Optional[int] = None) -> Callable[[int], int]:
    def clean(value: int) -> int:
        if value < least or (most is not None and value > most):
            raise ValueError(f"it must be {least} or more" if most is None else f"it must be from {least} to {most}")
        return value

    return clean


def language(value: str) -> str:
    text = value.strip()
    if text and not LANGUAGE.fullmatch(text):
        raise ValueError("it must be a language as the server spells it, such as en_US or fr_FR")
    return text


def password(value: str) -> str:
    if not value.isascii():
        raise ValueError("the server accepts ASCII characters only")
    if value != value.strip() or not value.isprintable():
        raise ValueError("it must have neither spaces around it nor control characters")
    return value


def password_hash(value: str) -> str:
    found = HASH.fullmatch(value)
    if not found or found[1].upper() not in SCHEMES:
        raise ValueError(f"it must begin with its scheme in braces, one of {', '.join(SCHEMES)}; bcrypt is written {{CRYPT}}$2y$...")
    return value


def mailbox_folder(value: str) -> str:
    if not FOLDER.fullmatch(value):
        raise ValueError("it may hold up to 20 letters and digits")
    return value


def maildir(value: str) -> str:
    """The path as the server stores it."""
    text = re.sub("/+", "/", value.strip().lower())
    if not text.startswith("/") or text == "/":
        raise ValueError("it must be an absolute path")
    return text.rstrip("/")


def service(value: str) -> str:
    text = value.strip().lower()
    if not TOKEN.fullmatch(text):
        raise ValueError("it is not the name of a service, such as imap")
    return text


def outbound_relay(value: str) -> str:
    """``transport:[host]:port``; without a transport smtp is meant, port 25 is the default."""
    text = line(value).lower()
    if not text:
        return ""
    scheme, colon, rest = text.partition(":")
    if colon and re.fullmatch("[a-z][a-z0-9_-]*", scheme) and not rest.isdigit():
        return f"{scheme}:{hop(rest)}"
    return f"smtp:{hop(text)}"


def primary_mx(value: str) -> str:
    return hop(re.sub("^relay:", "", line(value).lower()))


def hop(value: str) -> str:
    """A host with its port; brackets count for names, and mean nothing around an address."""
    found = re.fullmatch(r"(\[[^\[\]\s]+\]|[^\[\]:\s]+|[0-9a-f:]*:[0-9a-f:]*:[0-9a-f.:]*)(?::(\d{1,5}))?", value)
    if not value:
        return ""
    if not found:
        raise ValueError("it must be a host or an address, with :port where it is not 25, such as [mx.example.org]:587")
    host, port = found[1], found[2]
    try:
        host = str(ipaddress.ip_address(host.strip("[]")))
        if ":" in host:
            host = f"[{host}]"
    except ValueError:
        pass
    return host if port in (None, "25") else f"{host}:{port}"


def quota(value: str) -> str:
    """A size with its unit, in the largest unit that holds it whole: "2TB"; "0" is no limit."""
    return quota_text(quota_size(value))


def quota_size(value: str) -> int:
    """In MB: ``2TB``, ``2:TB``, or 0."""
    found = SIZE.fullmatch(value.strip())
    unit = (found[2] or "").upper() if found else ""
    if not found or (unit not in MB_OF and int(found[1])):
        raise ValueError("it must be a number with MB, GB or TB, such as 2TB, or 0 for no limit")
    return int(found[1]) * MB_OF.get(unit, 0)


def quota_text(size: int) -> str:
    """A number of MB with its unit."""
    for unit in ("TB", "GB"):
        if size and size % MB_OF[unit] == 0:
            return f"{size // MB_OF[unit]}{unit}"
    return f"{size}MB" if size else "0"


def header(value: str) -> str:
    text = line(value)
    name, colon, content = (part.strip() for part in text.partition(":"))
    if not colon or not content or not re.fullmatch("[!-9;-~]+", name):
        raise ValueError("it must be the name of a header, a colon and its value")
    return f"{name}: {content}"


def header_name(value: str) -> str:
    text = value.strip().rstrip(":").strip()
    if not re.fullmatch(r"[!-+\-./0-9;-~]+", text):
        raise ValueError("it must be the name of a header")
    return text


def footer(value: str) -> str:
    """Text of several lines as the server keeps it."""
    return value.replace("\r\n", "\n").rstrip("\n")


def one_of(words: Iterable[str]) -> Callable[[str], str]:
    """A check of a word that needs no ``choices``, for a list whose elements may be cleared with an empty text."""
    known = tuple(words)

    def clean(value: str) -> str:
        text = value.strip().lower()
        if text not in known:
            raise ValueError(f"it must be one of {', '.join(known)}")
        return text

    return clean


# Readings


def first(value: Any) -> Any:
    """The one value of what may be a list of values: LDAP knows nothing else."""
    if isinstance(value, (list, tuple)):
        return value[0] if value else None
    return value


def text(value: Any) -> str:
    found = first(value)
    return "" if found is None else str(found).strip()


def lower(value: Any) -> str:
    return text(value).lower()


def integer(value: Any) -> int:
    """A counter; nothing is 0."""
    found = text(value)
    return int(float(found)) if found else 0


def flag(value: Any) -> bool:
    return text(value).lower() in ("yes", "y", "1", "true")


def all_domains(value: Any) -> bool:
    """Whether an account may manage everything: a flag, or the word ALL among the domains that it manages."""
    return "all" in addresses(value) if isinstance(value, (list, tuple)) else flag(value)


def active(value: Any) -> bool:
    return text(value).lower() in ("active", "enable", "enabled", "yes", "y", "1", "true")


def many(value: Any) -> list[str]:
    """A set of words or addresses, sorted: a list of values, or one text with commas."""
    if isinstance(value, str):
        value = value.split(",")
    return sorted({str(each).strip() for each in value or () if str(each).strip()})


def addresses(value: Any) -> list[str]:
    return sorted({each.lower() for each in many(value)})


def among(words: Iterable[str]) -> Callable[[Any], list[str]]:
    """The words of a set that are options here; others are the server's own affair."""
    known = set(words)
    return lambda value: [each for each in addresses(value) if each in known]


def megabytes(value: Any) -> int:
    """A size in MB: a number, or ``N:UNIT``."""
    found = SIZE.fullmatch(text(value))
    return int(found[1]) * MB_OF.get((found[2] or "MB").upper(), 1) if found else 0


def from_bytes(value: Any) -> int:
    return integer(value) // (1024 * 1024)


def shown_footer(value: Any) -> str:
    return footer(str(first(value) or ""))


def path(value: Any) -> str:
    return re.sub("/+", "/", text(value).lower()).rstrip("/")


def lenient(clean: Callable[[str], str]) -> Callable[[Any], str]:
    """Read a value into the form that ``clean`` gives it; what it refuses was not written by us, and is shown as it is."""

    def read(value: Any) -> str:
        try:
            return clean(text(value))
        except ValueError:
            return text(value)

    return read


def policy(value: Any) -> str:
    """An access policy; ``allowedonly`` is the old spelling of one."""
    word = text(value).lower()
    return {"allowedonly": "moderatorsonly", "": "public"}.get(word, word)


def settings(value: Any) -> dict[str, Any]:
    """The settings of an account: an object, a text ``key:value;key:value;``, or a list of ``key:value`` (contract 5.1)."""
    if isinstance(value, dict):
        return value
    pairs: Iterable[Union[str, Any]] = value.split(";") if isinstance(value, str) else value or ()
    return {name.strip(): content.strip() for name, colon, content in (str(pair).partition(":") for pair in pairs) if colon}
