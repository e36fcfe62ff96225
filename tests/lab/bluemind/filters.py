# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Vacation, forwarding and mail rules as documents (contract 7)."""

from __future__ import annotations

import re

from .errors import ServerFault, dereferenced, invalid
from .model import DATE, FLAG, NUMBER, TEXT, Choice, Field, Kind, Listing, Map, Record, Unique
from .store import Domain, Entry

VACATION = Record({"enabled": FLAG, "start": DATE, "end": DATE, "text": TEXT, "textHtml": TEXT, "subject": TEXT})
FORWARDING = Record({"enabled": FLAG, "localCopy": FLAG, "emails": Unique(TEXT)})
RULE = Record(
    {
        "name": TEXT,
        "criteria": Field(TEXT, until=49),
        "star": Field(FLAG, until=49),
        "read": Field(FLAG, until=49),
        "delete": Field(FLAG, until=49),
        "discard": Field(FLAG, until=49),
        "forward": Field(FORWARDING, until=49),
        "deliver": Field(TEXT, until=49),
        "active": FLAG,
        "stop": FLAG,
        "id": Field(NUMBER, since=50),
        "client": Field(TEXT, since=50),
        "type": Field(Choice("GENERIC", "FORWARD", "VACATION", default="GENERIC"), since=50),
        "trigger": Field(Choice("IN", "OUT", default="IN"), since=50),
        "deferred": Field(FLAG, since=50),
        "clientProperties": Field(Map(), since=50),
        # Which keys an action or a condition has depends on its name; they are kept as they are.
        "conditions": Field(
            Listing(
                Record(
                    {"operator": TEXT, "filter": Kind(), "conditions": Listing(Kind()), "negate": FLAG, "clientProperties": Map()},
                    keep=True,
                )
            ),
            since=50,
        ),
        "actions": Field(Listing(Record({"name": TEXT, "clientProperties": Map()}, keep=True)), since=50),
    }
)
FILTER = Record({"rules": Listing(RULE), "forwarding": FORWARDING, "vacation": VACATION})
DELEGATION = Record({"delegatorUid": TEXT, "delegatorCalendarUid": TEXT, "delegateUids": Listing(TEXT), "keepCopy": FLAG, "readOnly": FLAG})
WELL_FORMED = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
EXTRA_KEYS = {"REDIRECT": {"emails": [], "keepCopy": False}, "REPLY": {"subject": None, "plainBody": None, "htmlBody": None}}


def of(entry: Entry) -> dict:
    return entry.filter if entry.filter else FILTER.make()


def checked(call, domain: Domain, entry: Entry | None, wanted: dict) -> dict:
    """What is stored of a filter; refuses what the validator refuses."""
    if wanted["vacation"] is None or wanted["forwarding"] is None or wanted["rules"] is None:
        raise dereferenced("filter")
    check_vacation(call, wanted["vacation"])
    forwarding = lowered(wanted["forwarding"])
    check_forwarding(call, domain, entry, forwarding)
    rules = [kept_rule(call, rule) for rule in wanted["rules"]]
    return {"rules": rules, "forwarding": forwarding, "vacation": kept_vacation(call.generation, wanted["vacation"])}


def check_vacation(call, vacation: dict) -> None:
    if not vacation["enabled"]:
        return
    if not (vacation["subject"] or "").strip():
        raise invalid("Invalid parameter")
    if vacation["start"] is not None and vacation["end"] is not None and vacation["start"] > vacation["end"]:
        old = call.generation < 50
        raise invalid("end date is before start date of vacation" if old else "Vacation end date is before its start date")


def kept_vacation(generation: int, vacation: dict) -> dict:
    """5.x stores it as a rule: seconds, and texts only with a subject and a text."""
    if generation < 50:
        return dict(vacation)
    kept = dict(vacation)
    for name in ("start", "end"):
        if kept[name] is not None:
            kept[name] = kept[name] // 1000 * 1000
    never_set = not kept["enabled"] and not any(kept[name] for name in ("subject", "text", "textHtml", "start", "end"))
    if never_set:
        return VACATION.make()
    if not kept["subject"] or not (kept["text"] or kept["textHtml"]):
        kept |= {"subject": "", "text": "", "textHtml": ""}
    return {name: "" if value is None and name in ("subject", "text", "textHtml") else value for name, value in kept.items()}


def lowered(forwarding: dict) -> dict:
    if forwarding["emails"] is None:
        if forwarding["enabled"]:
            raise dereferenced("forwarding.emails")
        forwarding = forwarding | {"emails": []}
    return forwarding | {"emails": list(dict.fromkeys((email or "").lower() for email in forwarding["emails"]))}


def check_forwarding(call, domain: Domain, entry: Entry | None, forwarding: dict) -> None:
    if not forwarding["enabled"]:
        return
    if not forwarding["emails"]:
        raise invalid("Invalid parameter")
    for email in forwarding["emails"]:
        if not WELL_FORMED.fullmatch(email):
            raise ServerFault("INVALID_EMAIL", f"Invalid email address: '{email}'")
    own = [email for email in forwarding["emails"] if entry is not None and domain.by_address(email) is entry]
    if own:
        raise ServerFault("FORBIDDEN", f"Forwarding to own user emails is not authorized: {', '.join(own)}")
    places = {domain.uid, *domain.mail_domains}
    leaves = any(email.partition("@")[2] not in places for email in forwarding["emails"])
    caller = call.caller
    if leaves and not (caller.system or not caller.roles.isdisjoint({"mailForwarding", "admin"})):
        raise ServerFault("FORBIDDEN", "no right to enable forwarding ")


def kept_rule(call, rule: dict) -> dict:
    rule = dict(rule)
    if call.generation < 50:
        if not any(rule[name] for name in ("star", "read", "delete", "discard", "deliver")) and not (rule["forward"] or {}).get("enabled"):
            raise invalid("Filter rule has no action")
        return rule
    if not rule["actions"]:
        raise invalid("Filter rule has no action")
    rule["actions"] = [EXTRA_KEYS.get(action["name"], {}) | action for action in rule["actions"]]
    rule["conditions"] = rule["conditions"] or []
    rule["clientProperties"] = rule["clientProperties"] or {}
    rule["id"] = rule["id"] or call.store.number()
    return rule
