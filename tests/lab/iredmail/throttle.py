# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Throttling: one row per account and direction, and no way to remove one (contract 4.9)."""

from __future__ import annotations

from .errors import Refusal
from .policies import empty, key_of, priority_of
from .routes import WRITE
from .routing import router
from .values import integer
from .versions import ALWAYS

NUMBERS = ("period", "msg_size", "max_msgs", "max_quota")


@router.add("GET", "/throttle/{account}/{direction}")
def read_throttle(call):
    key, direction = key_of(call.at["account"]), call.at["direction"]
    row = call.store.throttle.get(key, {}).get(direction)
    if row is None:
        return empty(call.knobs.throttle_empty)
    return {"account": key, "kind": direction, "priority": priority_of(key)} | row


@router.add("POST", "/throttle/{account}/{direction}", effect=WRITE, kind="throttle", parameters=dict.fromkeys(NUMBERS, ALWAYS))
def set_throttle(call):
    if integer(call.sent.get("period", "")) is None:
        raise Refusal("INVALID_PARAM")
    rows = call.store.throttle.setdefault(key_of(call.at["account"]), {})
    old = rows.get(call.at["direction"], {})
    row = {}
    for name in NUMBERS:
        value = integer(call.params.get(name, ""))
        # A number that a fault loses stays; one that was not sent is register 9.
        keeps = call.knobs.throttle_omitted == "keep" or (name in call.sent and name not in call.params)
        row[name] = value if value is not None else old.get(name, 0) if keeps else 0
    rows[call.at["direction"]] = row
    if call.knobs.throttle_zero_row == "remove" and (not row["period"] or not any(row[name] for name in NUMBERS[1:])):
        del rows[call.at["direction"]]
