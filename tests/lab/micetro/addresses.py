# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""IP addresses and blocks of them, as numbers and as text."""

from __future__ import annotations

import ipaddress
from functools import lru_cache


@lru_cache(maxsize=65536)
def number_of(address: str) -> tuple[int, int]:
    """IP version and number; ValueError for anything else."""
    parsed = ipaddress.ip_address(address)
    return parsed.version, int(parsed)


def text_of(version: int, number: int) -> str:
    return str(ipaddress.IPv4Address(number) if version == 4 else ipaddress.IPv6Address(number))


def is_address(text: str) -> bool:
    try:
        number_of(text)
    except ValueError:
        return False
    return True


def canonical(address: str) -> str:
    return text_of(*number_of(address))


def block_of(name: str) -> tuple[str, str]:
    """First and last address of a CIDR or of `first-last`; ValueError for anything else."""
    if "/" in name:
        network = ipaddress.ip_network(name)
        return str(network[0]), str(network[-1])
    first, _unused, last = (part.strip() for part in name.partition("-"))
    (version, start), (other, end) = number_of(first), number_of(last)
    if version != other or start > end:
        raise ValueError(f"no range: {name}")
    return canonical(first), canonical(last)


def prefix_length(version: int, size: int) -> int:
    """The mask of the smallest block of at least this many addresses."""
    return (32 if version == 4 else 128) - max(size - 1, 0).bit_length()
