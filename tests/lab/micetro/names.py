# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""DNS names and record data: relative to their zone, absolute, and what data a type takes."""

from __future__ import annotations

import ipaddress
import re

HOST = re.compile(r"(?:[\w*](?:[\w\-]*[\w])?\.)*[\w*](?:[\w\-]*[\w])?\.?|\.", re.ASCII)
LABEL = re.compile(r"[\w*\-/]+(?:\.[\w*\-/]+)*", re.ASCII)

#: Types whose data ends with a host, and the number of fields of each type that has several, separated by tabs (contract 8).
WITH_HOST = {"CNAME", "NS", "PTR", "DNAME", "MX", "SRV", "AFSDB"}
FIELDS = {"MX": 2, "SRV": 4, "CAA": 3, "TLSA": 4, "NAPTR": 6, "CERT": 4, "HINFO": 2, "AFSDB": 2}
TYPES = {
    *WITH_HOST,
    *FIELDS,
    *("A", "AAAA", "TXT", "SPF", "SOA", "SSHFP", "URI", "LOC", "RP", "WKS", "DHCID", "ALIAS", "DS", "DNSKEY", "CDS"),
    *("CDNSKEY", "CSYNC", "SVCB", "HTTPS", "WINS", "WINSR"),
}


def relative_name(name: str, zone: str) -> str:
    """Names are kept relative to their zone; the apex is empty."""
    if name in ("@", zone):
        return ""
    suffix = "." + zone
    return name[: -len(suffix)] if name.lower().endswith(suffix.lower()) else name


def relative_data(type: str, data: str, zone: str) -> str:
    if type not in WITH_HOST:
        return data
    head, tab, host = data.rpartition("\t")
    suffix = "." + zone
    return head + tab + host[: -len(suffix)] if host.lower().endswith(suffix.lower()) else data


def absolute_data(type: str, data: str, zone: str) -> str:
    """For comparisons: two spellings of the same host are the same data."""
    if type not in WITH_HOST:
        return data
    head, tab, host = data.rpartition("\t")
    return (head + tab + host if host.endswith(".") else f"{head}{tab}{host}.{zone}").lower()


def good_name(name: str) -> bool:
    return name == "" or (len(name) < 254 and bool(LABEL.fullmatch(name)))


def good_data(type: str, data: str) -> bool:
    if not data.strip():
        return False
    try:
        if type == "A":
            return ipaddress.IPv4Address(data) is not None
        if type == "AAAA":
            return ipaddress.IPv6Address(data) is not None
    except ValueError:
        return False
    parts = data.split("\t")
    if len(parts) != FIELDS.get(type, len(parts)):
        return False
    if type in ("MX", "AFSDB") and not parts[0].isdecimal():
        return False
    if type == "SRV" and not all(part.isdecimal() for part in parts[:3]):
        return False
    return type not in WITH_HOST or bool(HOST.fullmatch(parts[-1]))
