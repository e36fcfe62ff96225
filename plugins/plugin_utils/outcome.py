# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of a plan: its lines with what the modules said of each, its entries with the secrets that they need, and what to report."""

from __future__ import annotations

import secrets as random
from collections.abc import Mapping, Sequence
from typing import Any

REPORTED = (
    *("person", "backend", "instance", "account", "action", "means", "changed", "fields", "before", "after"),
    *("dropped", "unverified", "deferred", "failed", "msg", "orphan", "wanted", "at"),
)
ITEM = ("changed", "fields", "dropped", "unverified", "failed", "msg")

Options = dict[str, Any]
Line = dict[str, Any]


def with_secrets(plan: Mapping[str, Any], secrets: Mapping[str, Mapping[str, str]], backend: str) -> list[Options]:
    """The entries of a backend, those that need one with a secret.

    :param secrets: by login and backend. Who is to be locked out gets a random one, which nobody ever knows.
    """
    entries = [dict(entry) for entry in plan["entries"][backend]]
    for line in plan["lines"]:
        if line["backend"] != backend or "entry" not in line:
            continue
        if line.get("scramble"):
            _put(entries[line["entry"]], line["scramble"], f"Aa1-{random.token_urlsafe(18)}")
        elif line.get("secret"):
            secret = secrets.get(line["person"]["login"], {}).get(backend)
            if secret:
                _put(entries[line["entry"]], line["secret"], secret)
    return entries


def _put(entry: Options, option: str, value: str) -> None:
    name, dot, key = option.partition(".")
    entry[name] = {**entry.get(name, {}), key: value} if dot else value


def outcome(plan: Mapping[str, Any], results: Mapping[str, Mapping[str, Any]], at: str) -> list[Line]:
    """The lines of a plan with what happened, or in a rehearsal would happen.

    :param results: by backend: ``accounts``, what its module returned for all entries (with return_all), and the same of further modules by
        what they are for. :param at: when, ISO 8601.
    """
    out = [{"changed": False, "failed": False, "fields": [], **planned, "at": at} for planned in plan["lines"]]
    for backend, parts in results.items():
        mine = [line for line in out if line["backend"] == backend and "entry" in line]
        if "accounts" in parts:
            _add(mine, parts["accounts"])
        by_account = {line["account"]: line for line in mine}
        for name, further in plan["further"].get(backend, {}).items():
            if name in parts:
                _join(name, [by_account[account] for account in further["accounts"]], parts[name])
    for line in out:
        if line["action"] in ("update", "enable") and not line["changed"] and not line["failed"]:
            line["action"] = "none"
    return out


def agreed(plan: Mapping[str, Any], lines: Sequence[Line]) -> dict[str, Any]:
    """What of a plan is to be carried out after its rehearsal: what would change something, and nothing that failed.

    What the rehearsal could not judge, no brake could judge either. But nobody stays open because something beside the account failed.

    :param lines: of the rehearsal, in the order of the plan.
    """
    entries: dict[str, list[Options]] = {backend: [] for backend in plan["entries"]}
    kept: list[Line] = []
    secrets: dict[str, list[str]] = {}
    due: set[tuple[str, str]] = set()
    for planned, told in zip(plan["lines"], lines):
        line = dict(planned)
        place = line.pop("entry", None)
        if told["failed"] and not (told.get("beside") and told["changed"] and line.get("closes")):
            line.update({name: told[name] for name in ("failed", "msg") if name in told})
        elif place is not None and not told["changed"]:
            line["settled"] = True
        elif place is not None:
            backend = line["backend"]
            line["entry"] = len(entries[backend])
            entries[backend].append(plan["entries"][backend][place])
            due.add((backend, line["account"]))
            if line.get("secret"):
                secrets.setdefault(line["person"]["login"], []).append(backend)
        kept.append(line)
    further: dict[str, dict[str, Any]] = {}
    for backend, parts in plan["further"].items():
        for name, part in parts.items():
            pairs = [pair for pair in zip(part["accounts"], part["entries"]) if (backend, pair[0]) in due]
            listed = {"entries": [entry for account, entry in pairs], "accounts": [account for account, entry in pairs]}
            further.setdefault(backend, {})[name] = {**listed, "rehearsable": len(pairs)}
    return {**plan, "entries": entries, "further": further, "lines": kept, "secrets": secrets}


def _items(result: Mapping[str, Any]) -> tuple[list[Mapping[str, Any]], str]:
    """The items of a result, or why there are none. It does not say that it failed: its task has failed_when: false."""
    lists = [value for name, value in result.items() if isinstance(value, list) and name not in ("diff", "warnings", "deprecations")]
    items = lists[0] if lists else []
    return items, "" if items else str(result.get("msg") or "")


def _add(lines: Sequence[Line], result: Mapping[str, Any]) -> None:
    items, why = _items(result)
    diffs = {each.get("before_header"): each for each in result.get("diff") or [] if isinstance(each, Mapping)}
    for line in lines:
        if line["entry"] < len(items):
            item = items[line["entry"]]
            line.update({name: item[name] for name in ITEM if item.get(name)})
            diff = diffs.get(item.get("name"), {})
            line.update({side: diff[side] for side in ("before", "after") if isinstance(diff.get(side), Mapping)})
        else:
            line.update(failed=True, msg=why or "nothing is known of it")


def _join(name: str, lines: Sequence[Line], result: Mapping[str, Any]) -> None:
    """What a further module did counts as a field of the account; what a rehearsal could not ask about will be done."""
    items, why = _items(result)
    for place, line in enumerate(lines):
        item = items[place] if place < len(items) else {"failed": True, "msg": why} if why else {"changed": True}
        if item.get("changed"):
            line["changed"] = True
            line["fields"] = list(dict.fromkeys([*line["fields"], name]))
        # Of a loop with failed_when: false, nothing but the message is left.
        if item.get("failed") or (item.get("failed_when_result") is False and item.get("msg")):
            line.setdefault("beside", not line["failed"])  # whether the account itself is as it should be
            line.update(failed=True, msg="; ".join(str(each["msg"]) for each in (line, item) if each.get("msg")))


def report(lines: Sequence[Line], kind: str) -> dict[str, Any]:
    """What people are told of the lines of an outcome.

    :param kind: of the report; in an ``audit`` everything that a run would do is drift, or a missing account, and so is what no run undoes: an
        account that somebody else closed.

    Returns:
        ``lines`` as the reports take them, ``said``, a few sentences, and ``rerun``, the logins of those for whom something failed.
    """
    out = []
    for line in lines:
        shown = {name: line[name] for name in REPORTED if name in line}
        shown["reason"] = "; ".join(filter(None, (line.get("reason"), *line.get("notes", ()))))
        shown["missing"] = kind == "audit" and line["action"] == "create"
        shown["drift"] = kind == "audit" and bool(line["changed"] or line.get("strange")) and not shown["missing"]
        out.append(shown)
    return {
        "lines": out,
        "said": _said(out, kind == "run"),
        "rerun": list(dict.fromkeys(_login(line) for line in out if line["failed"] and line["person"])),
    }


def _said(lines: Sequence[Line], done: bool) -> list[str]:
    created, changed, deleted = ("created", "changed", "deleted") if done else ("to create", "to change", "to delete")
    said = []
    for backend in dict.fromkeys(line["backend"] for line in lines):
        mine = [line for line in lines if line["backend"] == backend]
        accounts = "account" if len([line for line in mine if line["account"]]) == 1 else "accounts"
        counts = [
            f"{len(found)} {word}"
            for word, found in (
                (accounts, [line for line in mine if line["account"]]),
                (created, [line for line in mine if line["action"] == "create" and line["changed"]]),
                (changed, [line for line in mine if line["action"] not in ("create", "delete") and line["changed"]]),
                (deleted, [line for line in mine if line["action"] == "delete" and line["changed"]]),
                ("closed by somebody else", [line for line in mine if line["drift"] and not line["changed"]]),
                ("of nobody", [line for line in mine if line.get("orphan")]),
                ("refused", [line for line in mine if line["action"] == "refused"]),
                ("failed", [line for line in mine if line["failed"]]),
            )
            if found or word == accounts
        ]
        said.append(f"{backend}: {', '.join(counts)}")
    return said


def _login(line: Line) -> str:
    return str(line["person"]["login"])


def numbers_of(seen: Mapping[str, Mapping[str, Options]], options: Mapping[str, str]) -> dict[str, str]:
    """Login -> employee number, of all accounts that hold one; each login and each number once.

    :param seen: by backend the accounts, by name. :param options: by backend the option that holds the number.
    """
    found: dict[str, str] = {}
    numbers: set[str] = set()
    for backend, accounts in seen.items():
        for name, account in accounts.items() if options.get(backend) else ():
            number, login = str(account.get(options[backend]) or ""), name.partition("@")[0]
            if number and login not in found and number not in numbers:
                found[login] = number
                numbers.add(number)
    return found


def members_of(objects: Sequence[Mapping[str, Any]], groups: Sequence[Mapping[str, Any]], key: str, members: str) -> dict[str, Options]:
    """Objects by their key, each with the keys of the groups that name it as a member; letter case does not count."""
    found: dict[str, list[str]] = {}
    for group in groups:
        listed = (group.get("attributes") or {}).get(members) or []
        for member in [listed] if isinstance(listed, str) else listed:
            found.setdefault(member.casefold(), []).append(group[key])
    return {each[key]: {**each, "groups": found.get(each[key].casefold(), [])} for each in objects}
