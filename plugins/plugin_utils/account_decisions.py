# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an account needs, because of the phase that its person is in. The only place that knows what a phase means."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import Any

from .entitlements import managed, wanted
from .lifecycle_model import AWAY, MISSING, Backend, Line, Options, Policy, Who
from .people import same


def decide(backend: Backend, who: Who, name: str, have: Options, strange: str, policy: Policy) -> tuple[Line, Options | None]:
    """The line of the report, and the entry for the module, if there is anything to see to."""
    line, stage, own = account_line(backend, who, name), who.phase, who.of(backend)
    if not name:
        own.pop("closed", None)
    if stage == "future":
        return {**line, "reason": "before the first day"}, None
    if stage not in policy.handled:
        return line, None
    usual = str(who.made.get(backend.name, {}).get(backend.key) or "")
    if any(protected(policy, each) for each in (who.login, name, usual) if each):
        return {**line, "action": "refused", "msg": "it is protected, so it stays as it is"}, None
    if stage not in AWAY and stage != "gone":
        if not name and stage == "preboarding" and not backend.early:
            return {**line, "reason": "not before the first day"}, None
        wrong = strange or ("" if usual else f"the map of {backend.name} gives no {backend.key}, which names the account")
        if wrong:
            return {**line, "action": "refused", "failed": True, "msg": f"{who.login}: {wrong}"}, None
        return _open(backend, who, name, have, line, policy)
    if not name:
        if stage == "gone":
            who.memory["accounts"].pop(backend.name)
        elif strange and "name" in own:  # nobody may believe that it is closed
            return {**line, "action": "refused", "failed": True, "msg": f"{who.login}: {strange}"}, None
        return line, None
    if stage == MISSING and policy.missing != "suspend":
        return {**line, "orphan": True, "reason": "not in the file any more"}, None
    if stage == "gone":
        grace = policy.phases["grace_days"]
        closed = own.get("closed", {})
        if "pending" in closed and not _is_closed(backend, have):
            closed["since"] = who.today.isoformat()  # it was tried, and never worked
        since = date.fromisoformat(closed.get("since") or who.today.isoformat())
        closed_by_hand = not closed and _is_closed(backend, have)
        if closed_by_hand or who.today >= since + timedelta(days=grace):
            reason = f"left, and the {grace} days of grace are over"
            return {**line, "action": "delete", "reason": reason}, {backend.key: name, "state": "absent", **backend.delete}
        stage = "leaving"  # whatever was never closed, or not for long, is closed first
    return _close(backend, who, stage, name, have, line, policy)


def _close(backend: Backend, who: Who, stage: str, name: str, have: Options, line: Line, policy: Policy) -> tuple[Line, Options]:
    """Somebody who is away, has left, or is missing: nobody can log in, and nothing is lost."""
    own = who.of(backend)
    # Where closing takes things away, some of them may not be for taking, so that only what is remembered tells.
    shut = "pending" not in own.get("closed", {"pending": True}) if backend.remembers else _reads(have, backend.closed)
    # What is closed already was closed by somebody else, unless nothing at all is remembered of it.
    if "closed" not in own and ("name" not in own or not _is_closed(backend, have)):
        own["closed"] = {"since": who.today.isoformat()}
    own["name"] = name
    own.pop("becoming", None)
    closed = own.get("closed", {})
    if backend.remembers:
        own.setdefault(
            "had",
            {
                option: [each for each in have.get(option) or [] if each not in managed(policy.rules, backend.name, option)]
                for option in backend.remembers
            },
        )
    if closed and not shut:
        closed["pending"] = True  # opened again meanwhile, perhaps
    # What comes before the closing was done if the account is closed, unless it is known to have failed.
    line["closes"], line["first"] = not shut, bool(closed) and (not shut or "unfinished" in closed)
    entry: Options = {backend.key: name, **copy.deepcopy(dict(backend.closed))}
    locked = backend.scramble and closed and (stage == "leaving" or bool(backend.remembers))
    if locked and (closed.get("pending") or not closed.get("scrambled")):
        closed.update(scrambled=True, pending=True)
        line["scramble"], entry["update_password"] = backend.secret, "always"
    if stage == "leaving":
        for option in backend.memberships:
            if option not in backend.closed:
                entry[option] = wanted(have.get(option) or [], managed(policy.rules, backend.name, option), [])
        left = who.left.get(backend.name, {})
        if left:
            own.setdefault("undo", _undoing(left, have))
        _lay(entry, left)
        line["notes"] = list(backend.cannot)
    for option in [*backend.closed, *backend.memberships]:
        if isinstance(entry.get(option), list):
            entry[f"{option}_mode"] = "set"
    reason = {"suspended": "on leave", "leaving": "left", MISSING: "not in the file any more"}[stage]
    return {**line, "action": "suspend", "means": backend.means, "reason": reason}, entry


def _open(backend: Backend, who: Who, name: str, have: Options, line: Line, policy: Policy) -> tuple[Line, Options]:
    """Somebody who is here, or soon."""
    own, granted, notes = who.of(backend), who.granted.get(backend.name, {}), []
    entry: Options = {**who.made[backend.name], **{option: value for option, value in granted.items() if option not in backend.memberships}}
    action, reason = ("update", "") if name else ("create", "new")
    remembered = "name" in own
    own["name"] = name or entry[backend.key]
    own.pop("becoming", None)
    if name and same(name) != same(str(entry[backend.key])):
        if backend.renames:
            entry["rename_from"], own["becoming"], reason = name, entry[backend.key], "renamed"
        else:
            entry[backend.key] = name
            notes.append(f"an account cannot be renamed here, so it stays {name}")
    for option in backend.memberships:
        present = have.get(option) or []
        present = [*present, *(each for each in own.get("had", {}).get(option, ()) if each not in present)]
        entry[option] = wanted(present, managed(policy.rules, backend.name, option), granted.get(option) or [])
        entry[f"{option}_mode"] = "set"
        line["loses"] = line.get("loses", False) or bool(have) and not set(have.get(option) or []) <= set(entry[option])
    if who.phase == "preboarding":
        if not name:
            own["closed"] = {"since": who.today.isoformat()}
            reason = "before the first day, so it is made closed"
        elif not remembered and _is_closed(backend, have):
            own["closed"] = {"since": who.today.isoformat()}
        elif "closed" not in own:
            notes.append("it was open before, so it stays open until the first day")
        # An account that was not closed by a run stays open: a first day to come may be that of another contract.
        if "closed" in own:
            _lay(entry, backend.closed)
    elif name and ("closed" in own or _is_closed(backend, have)):
        if "closed" in own:
            _lay(entry, backend.open)
            action, reason, line["opens"] = "enable", "here again, or for the first time", True
        else:
            line["strange"] = True
            notes.append("it was closed by somebody else, so it stays closed")
    if who.phase == "active" and "undo" in own:
        undo = copy.deepcopy(own["undo"])
        _lay(undo, entry)
        entry, line["undoes"] = undo, True
    scrambled = bool(line.get("opens") and own["closed"].get("scrambled"))
    line["secret"] = backend.secret if not name or scrambled else ""
    if scrambled:
        entry["update_password"] = "always"
    return {**line, "account": entry[backend.key], "action": action, "reason": reason, "notes": notes, "missing": not name}, entry


def _undoing(options: Mapping[str, Any], have: Mapping[str, Any]) -> Options:
    """Options that take back what somebody who has left gets: the values that are seen now, else none."""
    out: Options = {}
    for option, value in options.items():
        before = have.get(option)
        if isinstance(value, Mapping):
            out[option] = _undoing(value, before if isinstance(before, Mapping) else {})
        else:
            out[option] = copy.deepcopy(before) if before is not None else type(value)()
    return out


def _lay(entry: Options, over: Mapping[str, Any]) -> None:
    """Lay options over an entry, maps key by key."""
    for option, value in over.items():
        have = entry.get(option)
        entry[option] = {**have, **value} if isinstance(have, dict) and isinstance(value, Mapping) else copy.deepcopy(value)


def _is_closed(backend: Backend, have: Options) -> bool:
    """Whether the options that close an account read so."""
    return (
        not backend.remembers and bool(backend.closed) and all(_reads(have.get(option), value) for option, value in backend.closed.items())
    )


def _reads(have: Any, closed: Any) -> bool:
    """Whether a value reads as it was given; {value, label} is written as one and read as the other."""
    if isinstance(closed, Mapping):
        if set(closed) == {"value", "label"}:
            return bool(have == closed["label"])
        return isinstance(have, Mapping) and all(_reads(have.get(name), value) for name, value in closed.items())
    return bool((have or []) == closed if isinstance(closed, list) else have == closed)


def protected(policy: Policy, name: str) -> bool:
    return any(fnmatchcase(same(name), same(pattern)) for pattern in policy.protected)


def account_line(backend: Backend, who: Who, name: str) -> Line:
    shown = who.person or who.memory
    person: dict[str, Any] = {each: shown.get(each) for each in ("login", "employee_number", "display_name", "department", "site")}
    return {"person": {**person, "phase": who.phase}, "backend": backend.name, "account": name, "action": "none", "reason": ""}


def orphan_line(backend: Backend, name: str) -> Line:
    return {"person": None, "backend": backend.name, "account": name, "action": "none", "reason": "nobody of the file", "orphan": True}
