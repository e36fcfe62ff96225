# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Accounts of the mail filters: `@.` stands for all, `@domain` for a domain; the more special one comes first."""

from __future__ import annotations

import ipaddress

from .values import is_domain, is_mail

PRIORITIES = {"global": 0, "domain": 60, "user": 100}


def key_of(account: str) -> str:
    """How a filter writes an account of a path: `global`, a domain or an address."""
    if account == "global":
        return "@."
    return account if "@" in account else f"@{account}"


def priority_of(key: str) -> int:
    if key == "@.":
        return PRIORITIES["global"]
    return PRIORITIES["domain" if key.startswith("@") else "user"]


def empty(shape: str):
    """What is shown where nothing is set; not one object for all answers."""
    return {"object": dict, "null": lambda: None, "list": list}[shape]()


def is_network(text: str) -> bool:
    """An address, or a network without host bits."""
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True


def is_sender(text: str, everybody: bool) -> bool:
    """The forms that the filters know (contract 4.10, 4.11)."""
    if text == "@.":
        return everybody
    if text.startswith("@."):
        return is_domain(text[2:])
    if text.startswith("@"):
        return is_domain(text[1:])
    return is_mail(text) or is_network(text)
