# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How parameters are read (contract 2): nothing is refused, what does not fit is dropped without a word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

DOMAIN_PATTERN = r"[A-Za-z0-9_-][A-Za-z0-9_.-]*\.[A-Za-z0-9-]{2,25}"
#: In paths (contract 1.4); values may hold more.
MAIL_PATTERN = r"[A-Za-z0-9_#-][A-Za-z0-9_#.&-]*@[A-Za-z0-9_-][A-Za-z0-9_.-]*\.[A-Za-z0-9-]{2,15}"

DOMAIN = re.compile(DOMAIN_PATTERN, re.ASCII)
MAIL = re.compile(r"[A-Za-z0-9_#][A-Za-z0-9_#.&+=/-]*@[A-Za-z0-9_-][A-Za-z0-9_.-]*\.[A-Za-z0-9-]{2,15}", re.ASCII)
INTEGER = re.compile(r"-?\d+", re.ASCII)
ACTIVE = ("active", "enable", "yes", "1")
MB = 1024 * 1024


def is_mail(text: str) -> bool:
    return MAIL.fullmatch(text) is not None


def is_domain(text: str) -> bool:
    return DOMAIN.fullmatch(text) is not None


def domain_of(mail: str) -> str:
    return mail.rpartition("@")[2]


def items(call, text: str) -> list[str]:
    """A comma-joined list: lower-cased as a whole, split without trimming, duplicates and order lost."""
    parts = text.strip().lower().split(",")
    if call.knobs.csv_items == "trim":
        parts = [part.strip() for part in parts]
    return sorted({part for part in parts if part})


def words(text: str) -> list[str]:
    """A list whose case counts."""
    return [part for part in text.strip().split(",") if part]


def integer(text: str) -> int | None:
    """None: not a number, to be ignored."""
    return int(text) if INTEGER.fullmatch(text.strip()) else None


def is_yes(text: str) -> bool:
    return text == "yes"


def is_active(text: str) -> bool:
    return text.strip().lower() in ACTIVE


def language(call, text: str) -> str:
    """One that is not installed is stored as empty."""
    return text.strip() if text.strip() in call.knobs.languages else ""


def changed_list(
    call, current: Iterable[str], reset: str | None, add: str | None, remove: str | None, accepted: Callable[[list[str]], list[str]]
) -> list[str] | None:
    """A list after a reset or an addition and a removal, whichever was sent; None: it stays. Both at once: see `conflict_winner`."""
    sent = call.params
    incremental = add in sent or remove in sent
    if reset in sent and not (incremental and call.knobs.conflict_winner == "incremental"):
        return accepted(items(call, sent[reset]))
    if not incremental:
        return None
    gone = set(items(call, sent.get(remove, "")))
    kept = [item for item in current if item not in gone]
    return kept + [item for item in accepted(items(call, sent.get(add, ""))) if item not in kept]


def mails(found: list[str]) -> list[str]:
    return [item for item in found if is_mail(item)]
