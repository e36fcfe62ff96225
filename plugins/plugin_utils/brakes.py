# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stops a run before it writes anything. Pure functions that return sentences; none means go on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

SHOWN = 20
#: How many people may be concerned, where nobody said another number. To leave one out is not to have no brake.
LIMITS: Mapping[str, Mapping[str, int]] = {"suspend": {"count": 20, "percent": 5}, "delete": {"count": 20, "percent": 5}}

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


def of_the_plan(lines: Sequence[Line], count: int, limits: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Whether more people would lose their accounts than a day should bring; people are counted, not accounts.

    :param lines: of a rehearsal: ``changed`` says what would really happen. :param count: people in the file.
    :param limits: for ``suspend`` and ``delete``: ``count``, ``percent`` of the people, or both, and then the smaller one; {} is no limit, and
        what is left out is as in LIMITS.
    """
    out = []
    for word, verb, hit in (("suspend", "closed for", closes), ("delete", "deleted of", deletes)):
        limit = _least({**LIMITS, **limits}[word] or {}, count)
        logins = list(dict.fromkeys(_who(line) for line in lines if hit(line)))
        if limit is not None and len(logins) > limit:
            out.append(
                f"accounts would be {verb} {len(logins)} people, more than the {limit} that people_limits.{word} allows: {_listed(logins)}"
            )
    return out


def not_approved(lines: Iterable[Line], approved: Iterable[Line]) -> list[str]:
    """What a plan would change that the approved one did not hold, in sentences."""
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


def _essence(line: Line) -> tuple[Any, ...]:
    return (line["backend"], str(line["account"]).casefold(), line["action"], tuple(sorted(line.get("fields") or ())))


def _who(line: Line) -> str:
    return str((line.get("person") or {}).get("login") or line["account"])


def _least(limit: Mapping[str, int], count: int) -> int | None:
    """The smaller limit; a share of few people is one at least."""
    given = [int(limit["count"])] if limit.get("count") is not None else []
    if limit.get("percent") is not None:
        given.append(max(1, count * int(limit["percent"]) // 100) if int(limit["percent"]) else 0)
    return min(given, default=None)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
