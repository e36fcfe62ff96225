# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Distinguished names: how they are compared, and what the server cannot spell (chapter 1.2 of the LdapSaisie contract)."""

from __future__ import annotations

import re
import unicodedata

SEPARATOR = re.compile(r"(?<!\\),")
AROUND = re.compile(r"\s*((?<!\\),|=)\s*")
QUOTED = re.compile(r"(?:\\[0-9A-Fa-f]{2})+")
TYPE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
UNESCAPED = ',+";<\\/'  # the server puts a value into a DN, a filter and a path as it is
WITHOUT_OBJECTS = "SELF"  # a word of the server's own


def key(dn: str) -> str:
    """What the directory compares: neither letter case, needless spaces nor the way of quoting count."""
    text = unicodedata.normalize("NFKC", QUOTED.sub(_unquoted, dn.strip()))
    return re.sub(r"\s+", " ", AROUND.sub(r"\1", text)).lower()


def _unquoted(match: re.Match[str]) -> str:
    text = bytes.fromhex(match[0].replace("\\", "")).decode("utf-8", "replace")
    return re.sub(r'([,+"\\;<>=])', r"\\\1", text)


def parent(dn: str) -> str:
    return "".join(SEPARATOR.split(dn, maxsplit=1)[1:]).strip()


def rdn(dn: str) -> tuple[str, str]:
    """Attribute and value that name the object in its container."""
    attribute, _equals, value = SEPARATOR.split(dn, maxsplit=1)[0].partition("=")
    return attribute.strip(), value.strip()


def below(dn: str, base: str) -> bool:
    """At the base or below it."""
    return key(dn) == key(base) or key(dn).endswith("," + key(base))


def dn(value: str) -> str:
    """A given DN. :raises ValueError: with a sentence."""
    text = value.strip()
    if not all(re.match(r"\s*[A-Za-z0-9.-]+\s*=\s*\S", part) for part in SEPARATOR.split(text)):
        raise ValueError("it is not a DN, such as uid=zoe,ou=people,o=example")
    return text


def object_type(value: str) -> str:
    """The name of a type. :raises ValueError: with a sentence."""
    text = value.strip()
    if not TYPE.fullmatch(text) or text == WITHOUT_OBJECTS:
        raise ValueError("it is not the name of a type, such as LSpeople")
    return text


def new_value(value: str) -> str:
    """The value that is to name an object. :raises ValueError: for what the server cannot spell in a DN."""
    text = value.strip()
    strange = sorted(set(UNESCAPED) & set(text))
    if strange or text.startswith("#"):
        raise ValueError(f"the server cannot name an object with {' '.join(strange) or '#'} in it")
    return text
