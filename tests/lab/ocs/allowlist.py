# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The address list of the bruteforcesettings app: plain JSON outside OCS (contract 2.4)."""

from __future__ import annotations

import ipaddress
import json
import re

from .answer import Answer
from .auth import is_admin

PATH = re.compile(r"(?:/index\.php)?/apps/bruteforcesettings/ipwhitelist(?:/(\d+))?")


def answer(call, entry: str | None) -> Answer:
    if call.account is None or not is_admin(call):
        status = 401 if call.account is None else 403
        return _plain({"message": "Logged in account must be an admin" if call.account else "Current user is not logged in"}, status)
    entries = call.store.allow_list
    if call.method == "GET" and entry is None:
        return _plain([{"id": int(number), **kept} for number, kept in entries.items()])
    if call.method == "POST" and entry is None:
        return _add(call)
    if call.method == "DELETE" and entry is not None:
        entries.pop(entry, None)
        return _plain([])
    return Answer(405)


def _add(call) -> Answer:
    ip, mask = call.parameter("ip"), call.parameter("mask")
    try:
        ipaddress.ip_network(f"{ip}/{mask}", strict=False)
    except ValueError:
        return _plain([], 400)
    call.store.allow_list_last += 1
    kept = {"ip": ip, "mask": int(mask)}
    call.store.allow_list[str(call.store.allow_list_last)] = kept
    return _plain({"id": call.store.allow_list_last, **kept})


def _plain(data, status: int = 200) -> Answer:
    return Answer(status, json.dumps(data).encode())
