# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a list costs as it grows, on each backend: requests and time, created and unchanged."""

from __future__ import annotations

import argparse
from pathlib import Path

from objects import KINDS
from player import Player
from report import Report, plot

#: Of the Micetro collection that there was before this one, menandmice.ansible_micetro 1.0.14 on ansible-core 2.18.
INCUMBENT = (
    "For comparison, **not measured in this run** but in an earlier one on a machine of two cores: a loop of the `user` module of "
    "menandmice.ansible_micetro 1.0.14 over 20 users with a group and a role each took 640 ms and 6 requests for each new user, "
    "and 520 ms and 4 requests (one of them a write) for each that was as wanted already; with 2,000 other users on the server, 1.2 s."
)

Points = list[tuple[int, float]]


def growth(options: argparse.Namespace, player: Player, report: Report, picture: Path) -> None:
    """Lists of 1, 10, 100 … objects, made by the module itself and then run again."""
    report.chapter(
        "From one object to ten thousand",
        "One task with the list, with the workers that the backend has by default: requests (reads + writes), and milliseconds an object with "
        "and without the lab's own time. A list of one costs as much as the start of the task.",
    )
    report.table(
        "backend", "objects", "created", "ms each", "without the lab", "unchanged", "ms each", "without the lab", "largest process"
    )
    lines: dict[str, dict[str, Points]] = {"created": {}, "unchanged": {}}
    for backend, kind in KINDS.items():
        count = options.smallest
        while count <= options.largest:
            objects = kind.objects(count)
            player.lab.prepare(backend, kind.world([]), **kind.knobs)
            made, again = (player.play(kind.task(), objects, backend) for _turn in range(2))
            if not made.result["changed"] or again.result["changed"]:
                raise SystemExit(f"{kind.name}, {count} objects: the first run must change something, and the second nothing")
            cells = []
            for title, run in (("created", made), ("unchanged", again)):
                each = run.task / count * 1000
                lines[title].setdefault(kind.name, []).append((count, each))
                cells += [f"{run.reads} + {run.writes}", f"{each:.2f}", f"{run.less(run.task) / count * 1000:.2f}"]
            report.row(kind.name, f"{count:,}", *cells, f"{max(made.memory, again.memory) / 1e6:.0f} MB")
            count *= 10
    report.note(INCUMBENT)
    plot(picture, lines)
