# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What each editable field accepts and how it is kept (contract 3.3)."""

from __future__ import annotations

import locale
import re
import urllib.parse
import zoneinfo

import phonenumbers

from .errors import OcsError

LONGEST_NAME = 64
LONGEST_TEXT = 2048
EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+", re.ASCII)
TWITTER = re.compile(r"@?(\w{1,15})", re.ASCII)
FEDIVERSE = re.compile(r"@?([\w.-]+@[\w-]+(\.[\w-]+)+)", re.ASCII)
BLUESKY = re.compile(r"[a-zA-Z0-9][\w.-]*", re.ASCII)
SCOPES = ("v2-private", "v2-local", "v2-federated", "v2-published")
AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
TIMEZONES = {zone for zone in zoneinfo.available_timezones() if zone.partition("/")[0] in AREAS} | {"UTC"}
LOCALES = {name.split(".")[0].split("@")[0] for name in locale.locale_alias.values()} - {"C"}
LOCALES |= {name.partition("_")[0] for name in LOCALES}


def displayname(text: str) -> str | None:
    """None: accepted, but nothing is stored."""
    text = text.strip()
    if len(text) > LONGEST_NAME:
        raise OcsError(101, "Invalid displayname")
    return None if text in ("", "0") else text


def is_email(address: str) -> bool:
    return bool(EMAIL.fullmatch(address))


def phone(call, text: str) -> str:
    if not text:
        return ""
    if number := international(text, call.knobs.default_phone_region):
        return number
    raise OcsError(101, "Invalid phone")


def international(text: str, region: str | None) -> str | None:
    """The number with its country prefix, or None."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if phonenumbers.is_valid_number(number) else None


def website(_call, text: str) -> str:
    url = urllib.parse.urlsplit(text)
    if text and not (url.scheme.lower() in ("http", "https") and url.netloc):
        raise OcsError(101, "Invalid website")
    return text


def _handle(name: str, pattern: re.Pattern, without_at: bool):
    def check(_call, text: str) -> str:
        if not text:
            return ""
        match = pattern.fullmatch(text)
        if not match:
            raise OcsError(101, f"Invalid {name}")
        return match[1] if without_at else text

    return check


def _text(name: str):
    def check(_call, text: str) -> str:
        if len(text) > LONGEST_TEXT:
            raise OcsError(101, f"Invalid {name}")
        return text

    return check


PROFILE = {
    "phone": phone,
    "website": website,
    "twitter": _handle("twitter", TWITTER, without_at=True),
    "fediverse": _handle("fediverse", FEDIVERSE, without_at=True),
    "bluesky": _handle("bluesky", BLUESKY, without_at=False),
    "profile_enabled": lambda _call, text: text,
    **{name: _text(name) for name in ("address", "organisation", "role", "headline", "biography", "pronouns")},
}
