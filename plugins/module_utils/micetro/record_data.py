# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The data of DNS records, field by field: what two spellings have in common, and what is sent (chapters 8 and 12.13). Pure functions."""

from __future__ import annotations

import ipaddress
import re
from typing import Callable

from .names import absolute

Shape = Callable[[str, str], str]  # a field as it was written, and the zone -> the field as it is compared and shown

FIELD = re.compile(r'"(?:[^"\\]|\\.)*"|\S+')
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
STRINGS = re.compile(r'\s*(?:"(?:[^"\\]|\\.)*"\s*)+')
ESCAPE = re.compile(r"\\(?!\d{3})(.)")  # what is written as \DDD stays so, on both sides
TO_ESCAPE = re.compile(r'"|\\(?!\d{3})')
LONGEST = 255  # bytes of one string of a TXT record


def canonical(kind: str, data: str, zone: str) -> str:
    """The one spelling of a record's data: fields with a space between them, hosts absolute, text without quotes.

    :param kind: type of the record. :param zone: its zone, with a dot at its end.
    :raises ValueError: if the data cannot be of this type.
    """
    if kind in TEXTS and text_of(data):
        return _shown_text(text_of(data))
    fields, shapes = FIELD.findall(data), SHAPES.get(kind)
    if not fields or kind in TEXTS:
        raise ValueError("it is empty")
    if shapes is None:
        return " ".join(fields)
    if shapes[-1] is digits:  # may be written in several groups
        fields[len(shapes) - 1 :] = ["".join(fields[len(shapes) - 1 :])]
    if len(fields) != len(shapes) or not all(fields):
        raise ValueError(f"the data of a {kind} record has {len(shapes)} field{'s' if len(shapes) > 1 else ''}, such as {EXAMPLES[kind]}")
    return " ".join(shape(field, zone) for shape, field in zip(shapes, fields))


def wire(kind: str, data: str) -> str:
    """Canonical data as it is sent: a TAB between fields, text in quotes."""
    if kind in TEXTS:
        return _quoted(text_of(data))
    return "\t".join(FIELD.findall(data))


def text_of(data: str) -> str:
    """What a TXT record says: its strings without their quotes; without quotes all of it is one string."""
    if not STRINGS.fullmatch(data):
        return data.strip()
    return "".join(ESCAPE.sub(r"\1", string) for string in QUOTED.findall(data))


def _shown_text(text: str) -> str:
    return text if text_of(text) == text else _quoted(text)


def _quoted(text: str) -> str:
    strings, string = [], ""
    for character in text:
        if len((string + character).encode()) > LONGEST:
            strings.append(string)
            string = ""
        string += character
    return " ".join('"' + TO_ESCAPE.sub(r"\\\g<0>", each) + '"' for each in [*strings, string])


def ipv4(value: str, zone: str) -> str:
    return _address(value, ipaddress.IPv4Address, "IPv4")


def ipv6(value: str, zone: str) -> str:
    return _address(value, ipaddress.IPv6Address, "IPv6")


def _address(value: str, version: type, name: str) -> str:
    try:
        return str(version(value))
    except ValueError:
        raise ValueError(f"{value!r} is not an {name} address") from None


def number(value: str, zone: str) -> str:
    if not re.fullmatch("[0-9]{1,10}", value):
        raise ValueError(f"{value!r} is not a number")
    return str(int(value))


def host(value: str, zone: str) -> str:
    return absolute(value, zone)


def word(value: str, zone: str) -> str:
    return value.lower()


def digits(value: str, zone: str) -> str:
    return value.lower()


def string(value: str, zone: str) -> str:
    return _quoted(text_of(value))


TEXTS = ("TXT", "SPF")
SHAPES: dict[str, tuple[Shape, ...]] = {
    "A": (ipv4,),
    "AAAA": (ipv6,),
    **dict.fromkeys(("CNAME", "DNAME", "NS", "PTR"), (host,)),
    **dict.fromkeys(("MX", "AFSDB"), (number, host)),
    "SRV": (number, number, number, host),
    "CAA": (number, word, string),
    "HINFO": (string, string),
    "NAPTR": (number, number, string, string, string, host),
    "SSHFP": (number, number, digits),
    **dict.fromkeys(("TLSA", "DS"), (number, number, number, digits)),
}
EXAMPLES = {
    "A": "192.0.2.10",
    "AAAA": "2001:db8::10",
    **dict.fromkeys(("CNAME", "DNAME", "NS", "PTR"), "host.example.org."),
    **dict.fromkeys(("MX", "AFSDB"), "10 mail.example.org."),
    "SRV": "10 5 443 www.example.org.",
    "CAA": '0 issue "ca.example.org"',
    "HINFO": '"PC" "Linux"',
    "NAPTR": '10 20 "S" "SIP+D2U" "" _sip._udp.example.org.',
    "SSHFP": "4 2 (digits)",
    **dict.fromkeys(("TLSA", "DS"), "3 1 1 (digits)"),
}
