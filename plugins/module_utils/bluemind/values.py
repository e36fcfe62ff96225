# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What BlueMind accepts, in the form in which it stores it. Chapters are those of the BlueMind contract.

What cannot be is a ``ValueError`` with a sentence.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import Any, Mapping, Optional

LOCAL_PART = r"[a-z0-9_][a-z0-9._+&'-]*"
HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*"
LITERAL = ("subscriptions", "type", "_ou")  # words that stand where an uid could (chapter 1.1)
LARGEST = 2**31 - 1  # KiB; a quota is an int there (chapter 18)
UNITS = {"KB": 1, "MB": 1024, "GB": 1024**2, "TB": 1024**3}  # in KiB
PASSWORD = re.compile(r"""[A-Za-z0-9 @#$%^&*\-_!+=\[\]{}|\\:',.?/`~"();<>]*""")
HASH = re.compile(r"\{SSHA\d*\}.*|\{SHA\}.*|\$argon2id.*|\$2a.*|PBKDF2SHA256:\d+:.*|\d+:[^:]+:[^:]+|[0-9a-z]{32}")
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def line(value: str) -> str:
    """Text of one line, without spaces around it."""
    text = value.strip()
    if re.search(r"[\r\n\0]", text):
        raise ValueError("it must be one line")
    return text


def name(value: str) -> str:
    """Text of one line that is not empty."""
    text = line(value)
    if not text:
        raise ValueError("it must not be empty")
    return text


def uid(value: str) -> str:
    text = name(value)
    if text in (*LITERAL, ".", ".."):
        raise ValueError("no entry of that uid could be reached")
    return text


def login(value: str) -> str:
    """Also the name of a mailbox (chapter 5.1)."""
    text = value.strip().lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", text):
        raise ValueError("it may hold up to 64 of a-z, 0-9, dots, - and _, and begins with a letter or a digit")
    return text


def domain(value: str) -> str:
    text = value.strip().lower()
    if not re.fullmatch(HOST, text):
        raise ValueError("it must be the name of a domain, such as example.org")
    return text


def address(value: str) -> str:
    """The server demands lower case (chapter 5.2)."""
    text = value.strip().lower()
    if not re.fullmatch(f"{LOCAL_PART}@{HOST}", text):
        raise ValueError("it must be an e-mail address, such as zoe@example.org")
    return text


def optional_address(value: str) -> str:
    return address(value) if value.strip() else ""


def mailbox_address(value: str) -> str:
    """An address of a mailbox; without a domain it holds in every name of the domain."""
    text = value.strip().lower()
    if "@" in text:
        return address(text)
    if not re.fullmatch(LOCAL_PART, text):
        raise ValueError("it must be an e-mail address, or only the part before the @ for an address in every name of the domain")
    return text


def password(value: str) -> str:
    """The server stores what looks like a hash as the hash, and nobody could log in (chapter 5.4)."""
    if not value.strip():
        raise ValueError("it holds only spaces")
    if HASH.fullmatch(value):
        raise ValueError("it looks like a hash, and the server would store it as one: 32 lower-case letters and digits, for example")
    if not PASSWORD.fullmatch(value):
        raise ValueError("it holds a character that the server refuses: only ASCII letters, digits and punctuation are taken")
    return value


def quota(value: str) -> str:
    """A size as text: ``none``, or whole KB, MB, GB or TB."""
    text = value.strip().upper()
    if text in ("NONE", "0"):
        return "none"
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*([KMGT]I?B)", text)
    if not found:
        raise ValueError("it must be none, or a number with KB, MB, GB or TB, such as 2 GB")
    size = float(found[1]) * UNITS[found[2].replace("I", "")]
    if size < 1:
        raise ValueError("it must be at least 1 KB")
    if round(size) > LARGEST:
        raise ValueError("it must be less than 2 TB: the server counts KB in a number of 32 bits")
    return quota_read(round(size))


def quota_read(value: Any) -> str:
    """The text that belongs to a number of KiB."""
    size = int(value or 0)
    if size <= 0:
        return "none"
    unit = next(unit for unit in ("TB", "GB", "MB", "KB") if size % UNITS[unit] == 0)
    return f"{size // UNITS[unit]} {unit}"


def quota_sent(value: str) -> int:
    """In KiB; 0 for none, for null would mean the default of the domain (chapter 5.1)."""
    number, _space, unit = value.partition(" ")
    return int(number) * UNITS[unit] if unit else 0


# Dates travel as milliseconds since 1970 in UTC (chapter 1.3)


def day(value: str) -> str:
    """A date as text."""
    text = value.strip()
    if not text:
        return ""
    try:
        return date.fromisoformat(text[:10] if re.fullmatch(r"\d{4}-\d\d-\d\d[ T]00:00:00.*", text) else text).isoformat()
    except ValueError:
        raise ValueError("it must be a date, such as 1990-04-28") from None


def day_read(value: Any) -> str:
    return (EPOCH + timedelta(milliseconds=value)).date().isoformat() if value is not None else ""


def day_sent(value: str) -> Optional[int]:
    return milliseconds(datetime.fromisoformat(value).replace(tzinfo=timezone.utc)) if value else None


def moment(value: str) -> str:
    """A point in time as text: seconds, in UTC."""
    text = value.strip()
    if not text:
        return ""
    try:
        found = datetime.fromisoformat(re.sub(r"[zZ]$", "+00:00", text))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ValueError("it must be a date and time with its time zone, such as 2026-08-01T08:00:00+02:00")
    return stamp(found)


def moment_read(value: Any) -> str:
    return stamp(EPOCH + timedelta(milliseconds=value)) if value is not None else ""


def moment_sent(value: str) -> Optional[int]:
    return milliseconds(datetime.fromisoformat(value.replace("Z", "+00:00"))) if value else None


def stamp(value: datetime) -> str:
    return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def milliseconds(value: datetime) -> int:
    return (value - EPOCH) // timedelta(seconds=1) * 1000


def language(value: str) -> str:
    """The server takes any text from a user (chapter 6)."""
    found = value.strip().lower()
    if not re.fullmatch("([a-z]{2})?", found):
        raise ValueError("it must be a language of two letters, such as fr")
    return found


def timezone_name(value: str) -> str:
    """The server takes any text from a user (chapter 6)."""
    found = value.strip()
    if not re.fullmatch("([A-Za-z_]+(/[A-Za-z0-9_+-]+)*)?", found):
        raise ValueError("it must be the name of a time zone, such as Europe/Paris")
    return found


# What is read


def text(value: Any) -> str:
    """Null means empty."""
    return "" if value is None else str(value)


def empty_is_null(value: str) -> Optional[str]:
    return value or None


def word(value: Any) -> str:
    """A value of an open map as the server stores it: booleans and numbers become text (chapter 1.3)."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def words(value: Any) -> dict[str, str]:
    """An open map as the server stores it."""
    for key, each in value.items():
        if not str(key).strip() or isinstance(each, (dict, list)):
            raise ValueError(f"{key}: it must be a text, a number or a boolean")
    return {str(key): word(each) for key, each in value.items()}


def without_empty(document: dict[str, Any], key: str, wanted: Optional[Mapping[str, str]]) -> None:
    """Take what was asked to be empty out of a map of a document."""
    gone = {name for name, value in (wanted or {}).items() if value == ""}
    if gone:
        document[key] = {name: value for name, value in (document.get(key) or {}).items() if name not in gone}
