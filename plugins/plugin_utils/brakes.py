# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stops a run before it writes anything. Pure functions that return sentences; none means go on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

SHOWN = 20
#: How many people may be concerned, where nobody said another number. To leave one out is not to have no brake.
LIMITS: Mapping[str, Mapping[str, int]] = {
    "suspend": {"count": 20, "percent": 5},
    "delete": {"count": 20, "percent": 5},
    "create": {"count": 100, "percent": 20},
    "move": {"count": 50, "percent": 20},
    "rename": {"count": 20, "percent": 5},
}
_FEW = {"suspend": 1, "delete": 1, "create": 5, "move": 5, "rename": 5}  # what a percentage of few people is at least

Line = Mapping[str, Any]


def of_the_file(count: int, before: int, fewest: int, shrinkage_percent: int) -> list[str]:
    """Whether a file can be what it claims to be.

    :param count: people in it. :param before: people in the file of the last run, 0 at first. :param fewest: that there must be.
    :param shrinkage_percent: how many of those before may be missing.
    """
    out = []
    if count < fewest:
        out.append(f"the file has {count} people, and fewer than {fewest} are not believed (people_fewest)")
    if before and count < before * (100 - shrinkage_percent) / 100:
        lost = round((before - count) * 100 / before)
        out.append(
            f"the file has {count} people after {before} in the last run, {lost}% fewer: more than {shrinkage_percent}% are not believed "
            "(people_shrinkage_percent)"
        )
    return out


def of_the_plan(lines: Sequence[Line], count: int, limits: Mapping[str, Mapping[str, int] | None], known: int) -> list[str]:
    """Whether a plan does more to people than a day should bring; people are counted, not accounts.

    :param lines: of a rehearsal: ``changed`` says what would really happen. :param count: people in the file.
    :param limits: for each word of LIMITS: ``count``, ``percent`` of the people, or both, and then the smaller one; {} is no limit, and what is
        left out is as in LIMITS.
    :param known: people of the file who have an account. Where most have none, this is how it begins, and new ones have no limit.
    """
    out = []
    given = {word: limit for word, limit in limits.items() if limit is not None}
    for word, what, hit in (
        ("suspend", "accounts would be closed for", closes),
        ("delete", "accounts would be deleted of", deletes),
        ("create", "accounts would be made for", creates),
        ("move", "groups or roles would be taken from", moves),
        ("rename", "logins or names would be changed of", renames),
    ):
        limit = _least({**LIMITS, **given}[word], count, _FEW[word])
        logins = list(dict.fromkeys(_who(line) for line in lines if hit(line)))
        if limit is not None and len(logins) > limit and (word != "create" or 2 * known >= count):
            out.append(f"{what} {len(logins)} people, more than the {limit} that people_limits.{word} allows: {_listed(logins)}")
    return out


def of_the_memory(vanished: Sequence[str], adopted: Sequence[str], before: int, shrinkage_percent: int, adopt: bool) -> list[str]:
    """Whether the people of the file are those of the last one.

    :param vanished: logins of those who were in it. :param adopted: logins of those who have accounts though nobody is remembered. :param adopt:
        whether that is meant to be.
    """
    out = []
    if before and len(vanished) > before * shrinkage_percent / 100:
        out.append(
            f"{len(vanished)} of the {before} people of the last run are not in the file any more, by employee number or else by login: more than "
            f"{shrinkage_percent}% are not believed (people_shrinkage_percent): {_listed(vanished)}"
        )
    if adopted and not adopt:
        out.append(
            f"nobody is remembered in people_state, and {len(adopted)} people of the file have accounts already: {_listed(adopted)}. If this is the "
            "first run, look at an audit and say people_adopt: true once; else bring the file back, which knows who was closed and why"
        )
    return out


def not_approved(lines: Iterable[Line], report: Iterable[Line], organisation: str) -> list[str]:
    """What a plan would change that the approved one did not hold, in sentences.

    :param report: what the approved plan left behind, its head and lines.
    """
    approved = list(report)
    head = next((each for each in approved if "backend" not in each), {})
    if head.get("kind") != "plan":
        return ["what was approved is not the report of a plan (people_mode: plan)"]
    if (head.get("organisation") or "") != organisation:
        return [f"what was approved is a plan of {head.get('organisation') or 'no organisation'}, not of {organisation or 'none'}"]
    known = {_essence(line) for line in approved if line.get("changed")}
    return [
        f"{line['backend']}: {line['account'] or _who(line)}: {line['action']} ({', '.join(line.get('fields') or ())}) is not in the approved plan"
        for line in lines
        if line.get("changed") and _essence(line) not in known
    ]


def closes(line: Line) -> bool:
    return bool(line.get("action") == "suspend" and line.get("changed") and line.get("closes"))


def deletes(line: Line) -> bool:
    return bool(line.get("action") == "delete" and line.get("changed"))


def creates(line: Line) -> bool:
    """Somebody who has no account anywhere."""
    return bool(line.get("new") and line.get("changed"))


def moves(line: Line) -> bool:
    """Somebody who is here, and loses what rules grant."""
    return bool(line.get("loses") and line.get("changed"))


def renames(line: Line) -> bool:
    return bool(line.get("renames") and line.get("changed") and line.get("action") in ("create", "update", "enable"))


def _essence(line: Line) -> tuple[Any, ...]:
    """With what stands for the values, which are not told."""
    return (line["backend"], str(line["account"]).casefold(), line["action"], tuple(sorted(line.get("fields") or ())), line.get("wanted"))


def _who(line: Line) -> str:
    return str((line.get("person") or {}).get("login") or line["account"])


def _least(limit: Mapping[str, int], count: int, few: int) -> int | None:
    """The smaller limit; a share of few people is so many at least."""
    given = [int(limit["count"])] if limit.get("count") is not None else []
    if limit.get("percent") is not None:
        given.append(max(few, count * int(limit["percent"]) // 100) if int(limit["percent"]) else 0)
    return min(given, default=None)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
