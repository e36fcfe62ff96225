# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Photos (chapter 5.6 of the BlueMind contract).

The server makes another picture of what it gets, so what was sent is recognised by a digest of it, which is kept in a property of the user.
"""

from __future__ import annotations

import hashlib
from typing import Any, Mapping

PROPERTY = "workplace_onboarding_photo"
UNKNOWN = "(another photo)"
LARGEST = 7 * 1024 * 1024  # bytes; the front proxy takes 10 MB, and the picture travels as text


class Photo(str):
    """The digest of a picture, and where the picture is: so many of them are not kept in memory."""

    path: str = ""

    def content(self) -> bytes:
        with open(self.path, "rb") as stream:
            return stream.read()


def clean(path: str) -> str:
    """The picture in a file; nothing for no photo."""
    if not path:
        return ""
    try:
        with open(path, "rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as exc:
        raise ValueError(f"it cannot be read: {exc.strerror}") from None
    if not content or len(content) > LARGEST:
        raise ValueError("the file is empty" if not content else "the file is larger than 7 MB")
    photo = Photo(f"sha256:{hashlib.sha256(content).hexdigest()}")
    photo.path = path
    return photo


def shown(value: Mapping[str, Any]) -> str:
    """The digest of the photo that a user has."""
    identification = (value.get("contactInfos") or {}).get("identification") or {}
    if not identification.get("photo"):
        return ""
    return str((value.get("properties") or {}).get(PROPERTY) or UNKNOWN)
