# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import hashlib
import re
import string

from .errors import Refusal

#: Schemes that the panel accepts (contract 4.4).
SCHEMES = frozenset(
    [
        "PLAIN",
        "CRYPT",
        "MD5",
        "PLAIN-MD5",
        "SHA",
        "SSHA",
        "SHA512",
        "SSHA512",
        "SHA512-CRYPT",
        "BCRYPT",
        "CRAM-MD5",
        "NTLM",
    ]
)
HASH = re.compile(r"\{([A-Z0-9-]+)\}(.*)", re.DOTALL)
DIGESTS = {"SHA": ("sha1", 20), "SSHA": ("sha1", 20), "SHA512": ("sha512", 64), "SSHA512": ("sha512", 64), "PLAIN-MD5": ("md5", 16)}


def hashed(plain: str, salt: bytes) -> str:
    digest = hashlib.sha512(plain.encode() + salt).digest()
    return "{SSHA512}" + base64.b64encode(digest + salt).decode()


def matches(stored: str, plain: str) -> bool:
    """Does a plain password fit a hash? Schemes that need more than a digest never do."""
    if not (found := HASH.fullmatch(stored)):
        return False
    scheme, rest = found.groups()
    if scheme == "PLAIN":
        return rest == plain
    if scheme not in DIGESTS:
        return False
    name, length = DIGESTS[scheme]
    try:
        raw = bytes.fromhex(rest) if scheme == "PLAIN-MD5" else base64.b64decode(rest)
    except ValueError:
        return False
    return hashlib.new(name, plain.encode() + raw[length:], usedforsecurity=False).digest() == raw[:length]


def check(knobs, plain: str, minimum: int = 0, maximum: int = 0) -> None:
    """The panel's policy; lengths of the domain come first. All that is wrong is told at once (contract 6)."""
    if not plain:
        raise Refusal("PW_EMPTY")
    if not plain.isascii():
        raise Refusal("PW_NON_ASCII")
    policy = knobs.password_policy
    minimum, maximum = minimum or policy["min_length"], maximum or policy["max_length"]
    wrong = []
    if len(plain) < minimum:
        wrong.append("PW_SHORTER_THAN_MIN_LENGTH")
    if maximum and len(plain) > maximum:
        wrong.append("PW_GREATER_THAN_MAX_LENGTH")
    for rule, characters, code in (
        ("letter", string.ascii_letters, "PW_NO_LETTER"),
        ("uppercase", string.ascii_uppercase, "PW_NO_UPPERCASE"),
        ("digit", string.digits, "PW_NO_DIGIT_NUMBER"),
        ("special", string.punctuation, "PW_NO_SPECIAL_CHAR"),
    ):
        if policy[rule] and not set(plain) & set(characters):
            wrong.append(code)
    if wrong:
        raise Refusal(",".join(wrong))


def given(call, minimum: int = 0, maximum: int = 0) -> str | None:
    """The new hash that the parameters ask for; None: neither a password nor a hash was sent."""
    if (ready := call.sent.get("password_hash")) is not None:
        found = HASH.fullmatch(ready)
        if not found or found[1] not in SCHEMES:
            raise Refusal("INVALID_PASSWORD_SCHEME")
        return ready
    if (plain := call.sent.get("password")) is None:
        return None
    check(call.knobs, plain, minimum, maximum)
    return hashed(plain, call.server.random.randbytes(8))


def dropped(call) -> bool:
    """Is the password lost by a fault?"""
    return not {"password", "password_hash"} & call.params.keys()
