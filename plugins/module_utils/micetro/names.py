# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names and addresses as Micetro writes them: zones, hosts, IP addresses, client identifiers. Pure functions.

Each takes a given value, returns what the server will hold, and raises ``ValueError`` with half a sentence.
"""

from __future__ import annotations

import ipaddress
import re

APEX = "@"  # the name of the records of the zone itself; the server leaves it empty
LABEL = re.compile(r"[^\s.;\"()\\]{1,63}")
SEPARATORS = re.compile(r"[:.\-\s]")


def zone_name(value: str) -> str:
    """With the dot at its end that the server adds (chapter 12.13)."""
    text = value.strip().lower().rstrip(".")
    if text and not all(LABEL.fullmatch(label) for label in text.split(".")):
        raise ValueError("it is not the name of a zone, such as example.org")
    return text + "." if value.strip() else ""


def server_name(value: str) -> str:
    return value.strip().rstrip(".").casefold()


def relative(name: str, zone: str) -> str:
    """The name of a record within its zone, in lower case; ``@`` for the zone itself.

    :raises ValueError: if it is in another zone, or looks absolute without the dot that says so.
    """
    text = name.strip().lower()
    if text in (APEX, "", zone):
        return APEX
    if text.endswith("."):
        if not text.endswith("." + zone):
            raise ValueError(f"it is not in the zone {zone}")
        text = text[: -len(zone) - 1]
    _check_dot(text, zone)
    if not all(LABEL.fullmatch(label) for label in text.split(".")):
        raise ValueError("it is not the name of a record, such as www")
    return text


def within(name: str, zone: str) -> str:
    """The same of a name that the server gave, which is never refused."""
    text = name.lower()
    if text in (APEX, "", zone):
        return APEX
    return text[: -len(zone) - 1] if text.endswith("." + zone) else text


def absolute(host: str, zone: str) -> str:
    """A host in the data of a record, in lower case: without a dot at its end it is relative to the zone."""
    text = host.strip().lower()
    if text == APEX:
        return zone
    if text.endswith("."):
        return text
    _check_dot(text, zone)
    if not text:
        raise ValueError("the name of a host is missing")
    return f"{text}.{zone}"


def _check_dot(text: str, zone: str) -> None:
    """``www.example.org`` in the zone example.org. would mean www.example.org.example.org."""
    if f".{text}.".endswith("." + zone):
        raise ValueError(f"{text} is relative to the zone {zone}: give it a dot at its end, or leave the zone out")


def address(value: str) -> str:
    try:
        return str(ipaddress.ip_address(value.strip()))
    except ValueError:
        raise ValueError("it is not an IP address, such as 192.0.2.10 or 2001:db8::10") from None


def network(value: str) -> str:
    """A block of addresses, as ranges and scopes are called; any other text as it is."""
    text = value.strip()
    try:
        return str(ipaddress.ip_network(text)) if "/" in text else text
    except ValueError:
        return text


def client_identifier(value: str) -> str:
    """A hardware address as ``00:00:5e:00:53:01``, however it was written; any other identifier without spaces around it (chapter 10)."""
    digits = SEPARATORS.sub("", value)
    if re.fullmatch(r"([0-9A-Fa-f]{2})+", digits) and len(digits) >= 12:
        return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2)).lower()
    return value.strip()
