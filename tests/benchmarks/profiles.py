# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the time of a worker process goes, and what of it is ours."""

from __future__ import annotations

import argparse
import pstats
from collections import Counter

from objects import KINDS
from player import Player
from report import Report
from targets import DEBUG, OURS

OWN, HTTP, TEMPLATES, ANSIBLE, REST = "this collection", "HTTP (requests and below)", "templates", "the rest of Ansible", "other"
#: In this order; a function of Python's own library counts for whoever called it.
PLACES = (
    ("/ansible_collections/workplace/", OWN),
    ("/requests/", HTTP),
    ("/urllib3/", HTTP),
    ("/http/client.py", HTTP),
    ("/socket.py", HTTP),
    ("/jinja2/", TEMPLATES),
    ("/ansible/_internal/_templating/", TEMPLATES),
    ("/ansible/template/", TEMPLATES),
    ("/ansible/", ANSIBLE),
)


def profiles(options: argparse.Namespace, player: Player, report: Report) -> None:
    kind = KINDS["ocs"]
    few, many = kind.objects(options.loop), kind.objects(options.objects * 10)
    report.chapter(
        "Where the time goes",
        "Shares of the time of the worker process, by its profile (which makes everything slower, small functions most).",
    )
    report.table("what", *(names := (OWN, HTTP, TEMPLATES, ANSIBLE, REST)))
    for what, task, objects, there in (
        (f"loop of {len(few)}, unchanged", OURS, few, few),
        (f"loop of {len(few)}, creating", OURS, few, []),
        (f"loop of {len(few)}, debug", DEBUG, few, few),
        (f"list of {len(many)}, unchanged", kind.task(), many, many),
        (f"list of {len(many)}, creating", kind.task(), many, []),
    ):
        player.lab.prepare("ocs", kind.world(there))
        path = str(player.folder / "profile")
        player.play(task, objects, profile=path)
        spent = by_place(pstats.Stats(path))
        report.row(what, *(f"{spent[name] / sum(spent.values()):.0%}" for name in names))


def by_place(stats: pstats.Stats) -> Counter[str]:
    """Seconds by place."""
    spent: Counter[str] = Counter()
    for function, (_calls, _primitive, own, _all, callers) in stats.stats.items():
        share_out(stats.stats, function, own, callers, spent, frozenset())
    return spent


def share_out(stats: dict, function: tuple, seconds: float, callers: dict, spent: Counter[str], seen: frozenset) -> None:
    """Count seconds for the place of a function, or else of its callers, in proportion to what each of them caused."""
    place = next((name for part, name in PLACES if part in function[0]), None)
    known = {caller: times for caller, times in callers.items() if caller not in seen and caller != function}
    total = sum(times[2] for times in known.values())
    if place or len(seen) == 6 or not total:
        spent[place or REST] += seconds
        return
    for caller, times in known.items():
        share_out(stats, caller, seconds * times[2] / total, stats[caller][4], spent, seen | {function})
