# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lines of a report out of what a module returned, and JSON lines as the form to keep them in.

Pure functions: data in, data or text out. Which field of a backend means "suspended" is data of the caller (``signs``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .schema import LINE, PERSON, Entry, ReportError, checked

_KEPT = ("fields", "dropped", "unverified", "deferred")


def lines_of(
    result: Mapping[str, Any],
    people: Iterable[Mapping[str, Any]],
    backend: str,
    *,
    kind: str = "run",
    plural: str = "users",
    instance: str | None = None,
    accounts: Mapping[str, str] | None = None,
    phases: Mapping[str, str] | None = None,
    reasons: Mapping[str, str] | None = None,
    signs: Sequence[Mapping[str, Any]] = (),
    means: Mapping[str, str] | None = None,
    refused: Mapping[str, str] | None = None,
    steady: Iterable[str] = (),
    orphans: Iterable[str] = (),
    at: str | None = None,
) -> list[Entry]:
    """One line for each person whom the call was about, and one for each account that belongs to nobody.

    :param result: what the module returned; a call that failed as a whole fails for everybody.
    :param people: the persons for whom this backend was asked, and only those.
    :param plural: the key of the result that holds the objects.
    :param accounts: login -> name of the account there; a person who is not in it is called by the login.
    :param phases: login -> phase.
    :param reasons: login -> why, such as ``phase preboarding -> active``.
    :param signs: what an update really is: ``{field, value, action}``; the first whose field is among the changed ones, and whose value
        (when given) it got, names the action.
    :param means: action -> how that was done there, in words.
    :param refused: login -> why nothing may be done to this person (a brake, a protected account).
    :param steady: logins whose record and phase are as they were the last time: whatever has to be changed for them is drift.
    :param orphans: names of further accounts that were found there and belong to nobody.
    """
    accounts, phases, reasons, means, refused = ({**(given or {})} for given in (accounts, phases, reasons, means, refused))
    every_day = {*steady}
    label = instance or result.get("instance")
    items = {_folded(item["name"]): item for item in result.get(plural) or []}
    diffs = {_folded(each.get("before_header")): each for each in result.get("diff") or [] if isinstance(each, Mapping)}
    common = {"backend": backend, "instance": label, "at": at}
    whole = str(result.get("msg") or "the call failed") if result.get("failed") and plural not in result else None

    out: list[Entry] = []
    seen = set()
    for person in people:
        login = str(person["login"])
        account = accounts.get(login, login)
        seen.add(_folded(account))
        line = _line(items.get(_folded(account), {}), diffs.get(_folded(account), {}), signs)
        if whole:
            line.update(failed=True, msg=whole)
        if login in refused:
            line.update(action="refused", changed=False, reason=refused[login])
        wrong = (kind == "audit" or login in every_day) and line["action"] not in ("none", "refused")
        line["missing"] = wrong and line["action"] == "create"
        line["drift"] = wrong and line["changed"] and not line["missing"]
        line.setdefault("reason", reasons.get(login) if line["action"] != "none" else None)
        known = {name: person.get(name) for name in PERSON if name != "phase"}
        phase = phases.get(login, person.get("phase"))
        out.append({"person": {**known, "phase": phase}, "account": account, **common, **line})
    for name, item in items.items():
        if name not in seen:
            seen.add(name)
            line = _line(item, diffs.get(name, {}), signs)
            out.append({"person": None, "account": str(item["name"]), **common, **line, "orphan": True})
    for each in orphans:
        if _folded(each) not in seen:
            seen.add(_folded(each))
            out.append({"person": None, "account": str(each), **common, **_line({}, {}, ()), "orphan": True})
    for line in out:
        line["means"] = means.get(line["action"]) if line["changed"] or line["action"] == "refused" else None
    return out


def from_lines(lines: Iterable[Mapping[str, Any]], kind: str = "run") -> list[Entry]:
    """The lines that the roles work with, as a report holds them: without what only the work needs, with the notes in the message.

    In an audit, an account that a run would change, and that exists, is drift.
    """
    out = []
    for line in lines:
        kept = {name: value for name, value in line.items() if name in LINE}
        words = [str(each) for each in [line.get("msg"), *(line.get("notes") or ())] if each]
        kept.update(msg="; ".join(words) or None, reason=line.get("reason") or None, account=line.get("account") or None)
        if kind == "audit" and line.get("changed") and line.get("action") != "create" and not line.get("orphan"):
            kept["drift"] = True
        out.append(kept)
    return out


def _folded(name: Any) -> str:
    return str(name).casefold()


def _line(item: Mapping[str, Any], diff: Mapping[str, Any], signs: Sequence[Mapping[str, Any]]) -> Entry:
    before, after = ({**side} if isinstance(side, Mapping) else {} for side in (diff.get("before"), diff.get("after")))
    action = item.get("action", "none")
    if action == "update":
        for sign in signs:
            name = sign["field"]
            touched = name in after or name in before or name in item.get("fields", ())
            if touched and ("value" not in sign or after.get(name) == sign["value"]):
                action = sign["action"]
                break
    line: Entry = {"action": action, "changed": bool(item.get("changed")), "failed": bool(item.get("failed")), "msg": item.get("msg")}
    line.update({name: list(item[name]) for name in _KEPT if item.get(name)})
    return {**line, "before": before, "after": after}


def to_json_lines(head: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> str:
    """The head, then one line of JSON for each line."""
    good, every = checked(head, lines)
    return "".join(json.dumps(entry, ensure_ascii=False, allow_nan=False) + "\n" for entry in (good, *every))


def from_json_lines(text: str) -> tuple[Entry, list[Entry]]:
    """A head and lines out of what to_json_lines wrote, checked; ReportError names the row that is no JSON."""
    entries = []
    for number, row in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if row.strip():
            try:
                entries.append(json.loads(row))
            except ValueError as error:
                raise ReportError([f"row {number} is not JSON: {error}"]) from error
    if not entries:
        raise ReportError(["the file is empty"])
    return checked(entries[0], entries[1:])
