# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Greylisting: settings, whitelisted senders, and domains whose SPF records a cron job turns into senders (contract 4.11)."""

from __future__ import annotations

from .errors import Refusal
from .policies import empty, is_sender, key_of, priority_of
from .routes import GLOBAL, WRITE
from .routing import router
from .values import changed_list, is_domain
from .versions import ALWAYS, since

SINCE = since("2.7", "2.9")
SENDERS = {"senders": ALWAYS, "addSenders": ALWAYS, "removeSenders": ALWAYS}
DOMAINS = {"domains": ALWAYS, "addDomains": ALWAYS, "removeDomains": ALWAYS}
STATUSES = {"enable": True, "disable": False}
AUTOMATIC = "AUTO-UPDATE: "


def _row(key: str, active: bool) -> dict:
    return {
        "account": key,
        "priority": priority_of(key),
        "sender": "@.",
        "sender_priority": 0,
        "comment": "",
        "active": int(active),
    }


@router.add("GET", "/greylisting/all", span=SINCE, role=GLOBAL)
def read_all(call):
    return [_row(key, active) for key, active in call.store.greylisting.items()]


@router.add("GET", "/greylisting/{account}", span=SINCE)
def read_setting(call):
    key = key_of(call.at["account"])
    if (active := call.store.greylisting.get(key)) is None:
        return empty(call.knobs.greylisting_empty)
    if call.knobs.greylisting_shape == "status":
        return {"status": "enable" if active else "disable"}
    return _row(key, active) if call.knobs.greylisting_shape == "row" else [_row(key, active)]


@router.add("POST", "/greylisting/{account}", span=SINCE, effect=WRITE, kind="greylisting", parameters={"status": ALWAYS})
def set_status(call):
    wanted = STATUSES.get(call.sent.get("status", ""))
    if wanted is None:
        raise Refusal("INVALID_PARAM")
    if "status" in call.params:
        call.store.greylisting[key_of(call.at["account"])] = wanted


@router.add("DELETE", "/greylisting/{account}", span=SINCE, effect=WRITE, kind="greylisting")
def inherit(call):
    call.store.greylisting.pop(key_of(call.at["account"]), None)


@router.add("GET", "/greylisting/{account}/whitelists", span=SINCE)
def read_senders(call):
    key = key_of(call.at["account"])
    senders = call.store.greylisting_whitelists.get(key, {})
    if call.knobs.greylisting_whitelist_shape == "strings":
        return list(senders)
    rows = [{"account": key, "sender": sender, "comment": comment} for sender, comment in senders.items()]
    if call.knobs.greylisting_whitelist_shape == "rows_without_comments":
        rows = [{"account": row["account"], "sender": row["sender"]} for row in rows]
    return rows


@router.add("POST", "/greylisting/{account}/whitelists", span=SINCE, effect=WRITE, kind="greylisting", parameters=SENDERS)
def change_senders(call):
    """A reset takes the automatic rows away as well, until cron runs again."""

    def accepted(found: list[str]) -> list[str]:
        return [sender for sender in found if is_sender(sender, everybody=False)]

    rows = call.store.greylisting_whitelists
    key = key_of(call.at["account"])
    before = rows.get(key, {})
    changed = changed_list(call, before, "senders", "addSenders", "removeSenders", accepted)
    if changed is not None:
        kept = before if "senders" not in call.params else {}
        rows[key] = {sender: kept.get(sender, "") for sender in changed}


@router.add("POST", "/greylisting/whitelist_spf_domains", span=SINCE, role=GLOBAL, effect=WRITE, kind="greylisting", parameters=DOMAINS)
def change_spf_domains(call):
    def accepted(found: list[str]) -> list[str]:
        return [name for name in found if is_domain(name)]

    changed = changed_list(call, call.store.spf_domains, "domains", "addDomains", "removeDomains", accepted)
    if changed is not None:
        call.store.spf_domains = changed


def run_cron(store, senders_of: dict[str, list[str]]) -> None:
    """What the cron job does: rows for what the SPF records of the listed domains name."""
    rows = store.greylisting_whitelists.setdefault("@.", {})
    for sender in [sender for sender, comment in rows.items() if comment.startswith(AUTOMATIC)]:
        del rows[sender]
    for domain in store.spf_domains:
        for sender in senders_of.get(domain, ()):
            rows.setdefault(sender, AUTOMATIC + domain)
