# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names in the letters of a login."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

# Small Latin letters that Unicode does not take apart into a letter and marks.
_LETTERS = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ß": "ss",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ŧ": "t",
    "ŋ": "n",
    "ı": "i",
    "ĸ": "k",
    "ə": "e",
    "ɓ": "b",
    "ɗ": "d",
    "ƙ": "k",
    "ƴ": "y",
    "ɛ": "e",
    "ɔ": "o",
    "ɣ": "g",
    "ʉ": "u",
    "ȷ": "j",
}
_UNWRITABLE = re.compile(r"[^a-z0-9]")


class Unwritable(ValueError):
    """A name has a letter that has no counterpart among a-z."""


def to_login(name: str, replace: Mapping[str, str] | None = None) -> str:
    """A name in a-z, 0-9 and hyphens.

    Letters lose their case and marks (É is e, ç is c, œ is oe, ß is ss, ø is o, ł is l). Hyphens stay. Apostrophes, spaces, dots
    and all other signs go without a trace, so that de la Tour is delatour and O'Neil is oneil.

    Args:
        name: in any Latin script.
        replace: small letters that are written in another way, such as ü as ue.

    Raises:
        Unwritable: for letters of other scripts.
    """
    small = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    for letter, other in (replace or {}).items():
        small = small.replace(unicodedata.normalize("NFC", letter).casefold(), other)
    written = []
    for character in unicodedata.normalize("NFKD", small):
        if unicodedata.category(character) == "Pd":
            written.append("-")
        elif character in _LETTERS:
            written.append(_LETTERS[character])
        elif not _UNWRITABLE.match(character):
            written.append(character)
        elif unicodedata.category(character)[0] in "LN" and unicodedata.category(character) != "Lm":
            raise Unwritable(character)
    return re.sub("-+", "-", "".join(written)).strip("-")
