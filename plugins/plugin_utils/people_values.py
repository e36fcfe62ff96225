# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a single value of a person may be, and what it betrays when it stands in the wrong place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from .people import PeopleError, show

EMAILS = ("email", "private_email")
DATES = ("start_date", "end_date")
DATE_FORMATS = ("YYYY-MM-DD", "DD/MM/YYYY")
BOOLEANS = {
    **dict.fromkeys(("yes", "y", "true", "1", "oui", "o", "vrai", "x"), True),
    **dict.fromkeys(("no", "n", "false", "0", "non", "faux"), False),
}
REREAD = (
    "save the file in UTF-8, or read it by ansible.builtin.slurp and b64decode(encoding='cp1252') (of the roles, people_encoding: cp1252)"
)

_NAMES = ("given_name", "family_name")
_NO_EMAIL = (*_NAMES, "display_name", "employee_number", "phone", "department", "site", "job_title", "language")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_EMAIL = re.compile(rf"[\w!#$%&'*+/=?^`{{|}}~-]+(?:\.[\w!#$%&'*+/=?^`{{|}}~-]+)*@{_LABEL}(?:\.{_LABEL})+", re.ASCII)
_ANY_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{4}")
_NO_NAME = set("@#%*\\:;!?_{}[]|‚„†‡‰‹›«»¡¿§¶•…")
# What wrong decoding leaves behind: the replacement character, undecodable bytes smuggled in as surrogates, C1 controls, and
# UTF-8 that was read with a table of single bytes: that of Windows (é as Ã©, É as Ã‰, ł as Å‚, the mark as
# ï»¿), of a Mac (√©), of a DOS box (├®). Closing quotes and dashes after a letter are left out: they do stand there.
_WRONGLY_DECODED = re.compile(
    "[\ufffd\ud800-\udfff\x80-\x9f]"
    "|[\u00c2-\u00c5][\u00a1-\u00bf€‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ]|\u00c5\u201c|\u00e2€|\u00ef\u00bb\u00bf"
    "|√[^\\x00-\\x7f]|[\u2500-\u257f]"
)
_SECRET_PART = re.compile(r"password|passwd|passphrase|passcode|motdepasse|passwort|kennwort")
_SECRET_WORDS = {"mdp", "pwd", "secret", "secrets"}


class Wrong(NamedTuple):
    """Why a value cannot be, and whether that is how a swapped column looks."""

    why: str
    misplaced: bool = True


class DateForms:
    """The forms in which dates may be written, YYYY-MM-DD always among them; no text can be read in two ways."""

    def __init__(self, formats: object) -> None:
        """Args: formats: texts of YYYY, MM, DD and what stands between them. Raises: PeopleError."""
        if isinstance(formats, str) or not isinstance(formats, Sequence):
            raise PeopleError([f"date_formats is {show(formats)}: give a list such as {list(DATE_FORMATS)}"])
        self._patterns: list[re.Pattern[str]] = []
        shapes: dict[str, str] = {}
        errors = []
        for form in (DATE_FORMATS[0], *formats):
            pattern, count = re.escape(form.upper()) if isinstance(form, str) else "", 0
            for part, group in (("YYYY", r"(?P<year>[0-9]{4})"), ("MM", r"(?P<month>[0-9]{2})"), ("DD", r"(?P<day>[0-9]{2})")):
                count += pattern.count(part) == 1
                pattern = pattern.replace(part, group, 1)
            if count < 3:
                errors.append(f"date_formats holds {show(form)}: a form has YYYY, MM and DD, each once")
                continue
            shape = re.sub("YYYY|MM|DD", lambda part: "9" * len(part[0]), form.upper())
            if shapes.setdefault(shape, form.upper()) != form.upper():
                errors.append(f"date_formats holds {show(shapes[shape])} and {show(form)}: one date could be read in two ways")
            self._patterns.append(re.compile(pattern))
        if errors:
            raise PeopleError(errors)
        self.names = " or ".join(dict.fromkeys(shapes.values()))

    def read(self, text: str) -> str | None:
        """The date as YYYY-MM-DD, None when it is none."""
        for pattern in self._patterns:
            found = pattern.fullmatch(text)
            try:
                if found:
                    return date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat()
            except ValueError:  # such as 31 February
                pass
        return None


def wrong(field: str, text: str, dates: DateForms) -> Wrong | None:
    """Say what is wrong with the value of one field; an empty one is never wrong here."""
    if not text:
        return None
    if any(unicodedata.category(character) == "Cc" for character in text):
        return Wrong("holds a line break or another control character", misplaced=False)
    if field in EMAILS:
        return None if _EMAIL.fullmatch(text) else Wrong("is not an e-mail address")
    if field in DATES:
        return None if dates.read(text) else Wrong(f"is not a date of the form {dates.names}")
    if field == "on_leave":
        return None if text.casefold() in BOOLEANS else Wrong(f"is none of {', '.join(BOOLEANS)}")
    if field in _NO_EMAIL and "@" in text and _EMAIL.fullmatch(text):
        return Wrong("is an e-mail address")
    if _ANY_DATE.fullmatch(text):
        return Wrong("is a date")
    if field in _NAMES:
        return _wrong_name(text)
    return None


def _wrong_name(text: str) -> Wrong | None:
    for character in text:
        category = unicodedata.category(character)
        if category.startswith("N"):
            return Wrong("holds a digit")
        if category in ("Sc", "Sm", "So") or character in _NO_NAME:
            return Wrong(f"holds {show(character)}, which is no part of a name")
    return None


def wrongly_decoded(text: str) -> bool:
    """Whether a text shows that it was read with another encoding than it was written with."""
    return not text.isascii() and bool(_WRONGLY_DECODED.search(text))


def is_secret(name: str) -> bool:
    """Whether a column or key sounds like a password."""
    return bool(_SECRET_PART.search(loosely(name)) or _SECRET_WORDS.intersection(re.split(r"[\W_]+", name.casefold())))


def loosely(header: str) -> str:
    """What of a header counts when two are compared."""
    return re.sub(r"[\s_-]+", "", unicodedata.normalize("NFC", header).casefold())
