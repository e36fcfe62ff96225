# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run says of itself: made from the plans and what became of them, so that check mode says the same."""

from __future__ import annotations

from typing import Any, Iterable, Optional, Sequence

from .plan import NONE, Change
from .spec import CREATE, DELETE, HIDDEN, UPDATE, Resource, cover_numbered, spellings

# Names of the counts in a summary; a count called "update" would be a method of a map in Jinja.
COUNTED = {CREATE: "created", UPDATE: "updated", DELETE: "deleted", NONE: "unchanged"}
MOST_WARNINGS = 20


def outcome(changes: Sequence[Change], *, all_of_them: bool, on_unconverged: str, resource: Resource) -> dict[str, Any]:
    """The result of a task.

    :param all_of_them: whether it also lists the objects that needed nothing.
    :param on_unconverged: what a value that the server did not store is: ``fail`` or ``warn``.
    """
    cover = Cover(secret for change in changes for secret in change.want.secrets)
    summary = {"total": len(changes), **dict.fromkeys((*COUNTED.values(), "failed", "dropped", "unverified", "deferred"), 0)}
    items, diff, warnings = [], [], []
    failed: list[str] = []
    for change in changes:
        item = report(change)
        if "msg" in item:
            item["msg"] = cover(item["msg"])
        if change.dropped and on_unconverged == "fail":
            item["failed"] = True
        if item["failed"]:
            failed.append(f"{change.name}: {item['msg']}")
        elif change.dropped:
            warnings.append(f"{resource.kind} {change.name}: {item['msg']}")
        summary["failed" if item["failed"] else COUNTED[item["action"]]] += 1
        for what in ("dropped", "unverified", "deferred"):
            summary[what] += what in item
        warnings += [cover(f"{resource.kind} {change.name}: {note}") for note in change.notes]
        touched = item["action"] != NONE or item["failed"] or change.unverified or change.deferred or change.notes
        if touched or all_of_them:
            items.append(item)
        if change.changed:
            diff.append(
                {
                    "before_header": change.name,
                    "after_header": change.name,
                    "before": change.undeferred(change.before),
                    "after": change.undeferred(change.after),
                }
            )
    for what, words in (
        ("unverified", "cannot be read back, so whether they are as wanted is unknown"),
        ("deferred", "wait for the next run: the server's budget is used up"),
    ):
        names = sorted({name for change in changes for name in getattr(change, what)})
        if names:
            warnings.insert(0, f"{', '.join(names)} of {summary[what]} {resource.plural} {words}")
    result: dict[str, Any] = {
        "changed": any(change.changed for change in changes),
        "summary": summary,
        resource.plural: items,
        "diff": diff,
    }
    if warnings:
        result["warnings"] = warnings[:MOST_WARNINGS] + (
            [f"and {len(warnings) - MOST_WARNINGS} more warnings"] if len(warnings) > MOST_WARNINGS else []
        )
    if failed:
        alone = len(changes) == 1
        result["failed"] = True
        result["msg"] = failed[0] if alone else f"{len(failed)} of {len(changes)} {resource.plural} failed, the first: {failed[0]}"
    return result


class Cover:
    """Takes any of many secrets out of a short text: a server may repeat in the answer about one object what was sent for another."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self.secrets = secrets
        self.by_length: Optional[dict[int, set[str]]] = None  # each in all its spellings: made when there is a text

    def __call__(self, text: str) -> str:
        return cover_numbered(text, self._covered)

    def _covered(self, text: str) -> str:
        if self.by_length is None:
            self.by_length = {}
            for form in (form for secret in self.secrets for form in spellings(str(secret))):
                self.by_length.setdefault(len(form), set()).add(form)
        for length in sorted(self.by_length, reverse=True):
            pieces = {text[start : start + length] for start in range(len(text) - length + 1)}
            for secret in pieces & self.by_length[length]:
                text = text.replace(secret, HIDDEN)
        return text


def report(change: Change) -> dict[str, Any]:
    """One object of the report. Its own secrets are taken out of every text, whoever put them there."""
    quiet = change.action == UPDATE and not change.fields
    item: dict[str, Any] = {"name": change.name, "action": NONE if quiet else change.action, "changed": change.changed, "failed": False}
    if change.ids:
        item["id"] = change.ids
    if change.fields:
        item["fields"] = change.fields
    for what, names in (("dropped", change.dropped), ("unverified", change.unverified), ("deferred", {*change.deferred, *change.partly})):
        if names:
            item[what] = sorted(names)
    words = []
    if change.error:
        words.append(str(change.error))
    for refusal in dict.fromkeys(change.refused.values()):
        names = [name for name, why in change.refused.items() if why is refusal]
        by_state = set(names) <= set(change.resource.states[change.want.state] or ())  # the user gave a state and no such option
        words.append(str(refusal) if by_state else f"{', '.join(names)} {'was' if len(names) == 1 else 'were'} refused: {refusal}")
    if words:
        item["failed"] = True
    if change.dropped:
        words.append(f"the server accepted {', '.join(sorted(change.dropped))} and did not store it as asked")
    if words:
        item["msg"] = change.want.hide("; ".join(words))
    for exc in [change.error, *change.refused.values()]:
        if exc and exc.code is not None:
            item.setdefault("code", exc.code)
    return item
