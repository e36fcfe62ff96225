# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The addresses of a mailbox, whatever it belongs to (chapter 5.2 of the BlueMind contract).

On the wire: ``{"address", "allAliases", "isDefault"}``. Here: ``email``, the default one, and ``emails``, all of them, in which an address
that holds in every name of the domain (``allAliases``) stands without its domain.
"""

from __future__ import annotations

from typing import Any, Iterable, Mapping, Optional, Sequence

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import Field, Raw, Want
from . import values

EMAIL = Field("email", clean=values.optional_address)
EMAILS = Field("emails", type="list", elements="str", clean=values.mailbox_address)
#: Of what always has one.
DEMANDED_EMAIL = Field("email", clean=values.address, clearable=False)
DEMANDED_EMAILS = Field("emails", type="list", elements="str", clean=values.mailbox_address, clearable=False)


def local(address: str) -> str:
    return address.partition("@")[0]


def place(address: str) -> str:
    return address.partition("@")[2]


def covers(listed: str, address: str) -> bool:
    """Whether an element of ``emails`` stands for this address."""
    return listed == address or ("@" not in listed and listed == local(address))


def refine(given: dict[str, Any]) -> None:
    """Make ``email`` and ``emails`` fit one another; ``ValueError`` where they cannot."""
    email, listed = given.get(EMAIL.name), given.get(EMAILS.name)
    if listed:
        everywhere = {each for each in listed if "@" not in each}
        given[EMAILS.name] = [each for each in listed if "@" not in each or local(each) not in everywhere]
    if email == "" and listed:
        raise ValueError("email cannot be empty while emails lists addresses: one of them is the default")


def complete(want: Want) -> None:
    """The default address is one of all; ``ValueError`` where it is to be removed."""
    email, listed = want.values.get(EMAIL.name), want.values.get(EMAILS.name)
    if not email or listed is None:
        return
    listing = any(covers(each, email) for each in listed)
    if want.modes.get(EMAILS.name, EMAILS.mode) == "remove":
        if listing:
            raise ValueError("email is among the emails to remove")
    elif not listing:
        want.values[EMAILS.name] = [email, *listed]


def check(change: Change, names: Sequence[str]) -> None:
    """An address to be added must be in a name of the domain, for the server would store any. :raises Refused: for another."""
    raw, goals = change.raw or {}, change.goals
    routing = change.want.values.get("routing") or (raw.get("value") or {}).get("routing")
    new = {goals.get(EMAIL.name) or "", *goals.get(EMAILS.name, ())} - {raw.get(EMAIL.name), *raw.get(EMAILS.name, ())}
    strange = sorted(each for each in new if "@" in each and place(each) not in names)
    if strange and routing != "external":
        raise Refused(f"{strange[0]} is in no name of the domain, which are {', '.join(names)}: mail for it would never arrive")


def own(change: Change, names: Sequence[str], home: str) -> set[str]:
    """All addresses that the mailbox has or will have, in every name of the domain where they hold there.

    :param home: the uid of the domain, in which the server makes an address of the login; where none is given, it makes another one in
        the first name of the domain (chapter 5.2).
    """
    raw, given = change.raw or {}, change.want.values
    login = given.get("login") or (raw.get("value") or {}).get("login")
    listed = [*raw.get(EMAILS.name, ()), *given.get(EMAILS.name, ()), given.get(EMAIL.name) or "", f"{login}@{home}"]
    if "login" in change.goals and not (given.get(EMAIL.name) or given.get(EMAILS.name)):
        listed.append(f"{login}@{names[0]}")
    return {address for each in listed for address in ([each] if "@" in each else [f"{each}@{name}" for name in names])}


def regard(want: Want, raw: Raw) -> None:
    """An address that is to be added may be there already, as one in every name of the domain."""
    listed = want.values.get(EMAILS.name)
    if listed and want.modes.get(EMAILS.name) == "add":
        have = raw.get(EMAILS.name) or []
        want.accepts.pop(EMAILS.name, None)
        if all(any(covers(known, each) for known in have) for each in listed):
            want.accepts[EMAILS.name] = have


def shown(emails: Optional[Iterable[Mapping[str, Any]]]) -> Raw:
    """Both options as an object has them. Addresses in the inner name of a domain, which only the server uses, are left out."""
    default, listed = "", []
    for each in emails or ():
        address = values.text(each.get("address")).lower()
        if each.get("isDefault"):
            default = address
        if each.get("allAliases"):
            listed.append(local(address))
        elif each.get("isDefault") or not inner(each):
            listed.append(address)
    return {EMAIL.name: default, EMAILS.name: sorted(listed)}


def sent(change: Change, old: Optional[Iterable[Mapping[str, Any]]], main: str) -> list[dict[str, Any]]:
    """The addresses as an object has to be sent.

    :param old: as they were read; entries that stay are sent back as they are.
    :param main: the name of the domain in which an address without one is written.
    """
    before = [dict(each) for each in old or ()]
    have, goals, given = shown(before), change.goals, change.want.values
    listed: list[str] = list({**have, **goals}[EMAILS.name])
    default: str = {**have, **goals}[EMAIL.name]
    if EMAIL.name in goals and not default:
        listed = [each for each in listed if not covers(each, have[EMAIL.name])]
    elif default and EMAIL.name in given and not any(covers(each, default) for each in listed):
        listed.insert(0, default)
    elif listed and not any(covers(each, default) for each in listed):
        default = listed[0] if "@" in listed[0] else f"{listed[0]}@{main}"
    everywhere = {each for each in listed if "@" not in each}
    kept = [each for each in before if inner(each) and not each.get("isDefault") and local(each["address"]) not in everywhere]
    listed = [each for each in listed if local(each) not in everywhere - {each}]
    return [*kept, *(written(each, before, default, main) for each in listed)]


def inner(entry: Mapping[str, Any]) -> bool:
    """Whether it is an address that only the server uses."""
    return place(values.text(entry.get("address"))).endswith(".internal")


def written(listed: str, before: Iterable[Mapping[str, Any]], default: str, main: str) -> dict[str, Any]:
    """One of ``emails`` on the wire: as it is there already, or new."""
    same = next((entry for entry in before if shown([{**entry, "isDefault": True}])[EMAILS.name] == [listed]), {})
    is_default = bool(default) and covers(listed, default)
    address = listed if "@" in listed else default if is_default else same.get("address") or f"{listed}@{main}"
    return {**same, "address": address, "allAliases": "@" not in listed, "isDefault": is_default}
