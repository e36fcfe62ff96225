# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whitelists and blacklists: a sender is in one of the two for an account and direction, never in both (contract 4.10)."""

from __future__ import annotations

from .errors import Refusal
from .policies import is_sender, key_of
from .routes import WRITE
from .routing import router
from .values import items
from .versions import ALWAYS, since

PATH = "/wblist/{direction}/{colour}/{account}"
SINCE = since("3.6", "3.8")
ADDRESSES = {"addresses": ALWAYS}


def _senders(call) -> dict[str, str]:
    """All senders of the account and direction, with their colour; a copy."""
    return dict(call.store.wblist.get(key_of(call.at["account"]), {}).get(call.at["direction"], {}))


def _keep(call, senders: dict[str, str]) -> None:
    account, lists = key_of(call.at["account"]), call.store.wblist
    directions = lists.get(account, {}) | {call.at["direction"]: senders}
    lists[account] = {direction: rows for direction, rows in directions.items() if rows}
    if not lists[account]:
        del lists[account]


def _named(call) -> list[str]:
    return [sender for sender in items(call, call.params.get("addresses", "")) if is_sender(sender, everybody=True)]


@router.add("GET", PATH, span=SINCE)
def read_list(call):
    found = [sender for sender, colour in _senders(call).items() if colour == call.at["colour"]]
    if call.knobs.wblist_shape == "list":
        return found
    if call.knobs.wblist_shape == "rows":
        found = [{"address": sender} for sender in found]
    return {"whitelist": [], "blacklist": []} | {call.at["colour"]: found}


@router.add("POST", PATH, span=SINCE, effect=WRITE, kind="wblist", parameters=ADDRESSES)
def add_to_list(call):
    senders = _senders(call)
    for sender in _named(call):
        if senders.get(sender, call.at["colour"]) == call.at["colour"]:
            senders[sender] = call.at["colour"]
        elif call.knobs.conflict_colour == "error":
            raise Refusal(f"IntegrityError(1062, \"Duplicate entry '{sender}' for key 'PRIMARY'\")")
    _keep(call, senders)


@router.add("PUT", PATH, span=SINCE, effect=WRITE, kind="wblist", parameters=ADDRESSES)
def remove_from_list(call):
    """Not a replacement: this verb takes the named ones away."""
    senders = _senders(call)
    for sender in _named(call):
        if senders.get(sender) == call.at["colour"]:
            del senders[sender]
    _keep(call, senders)


@router.add("DELETE", PATH, span=SINCE, effect=WRITE, kind="wblist")
def clear_list(call):
    _keep(call, {sender: colour for sender, colour in _senders(call).items() if colour != call.at["colour"]})
