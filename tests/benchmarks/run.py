# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How fast the collection is, as ratios measured in one run against the lab: `make bench`.

Nothing here passes or fails: another job on the same machine is enough to change a number. Trust ratios and medians,
and run it again when a number surprises.
"""

from __future__ import annotations

import argparse
import datetime
import os
import tempfile
import time
from pathlib import Path

from growth import growth
from nightly import nightly
from objects import KINDS
from player import ROOT, Player, lab
from profiles import profiles
from report import Report, machine
from shards import shards
from targets import OURS, Bench

PAGE, PICTURE = ROOT / "docs" / "benchmarks.md", "benchmarks.svg"
HEAD = f"""<!-- Written by tests/benchmarks/run.py --write -->
# Benchmarks

What `make bench` measured against the simulated servers, on one machine in one run. Milliseconds are those of this machine and of servers that
answer at once; ratios hold elsewhere, too. What follows from it is in the [guide to speed](speed.md).

![Milliseconds an object against the size of the list, for each backend]({PICTURE})
"""


def main() -> None:
    parts = ("targets", "growth", "nightly", "shards", "profiles")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*parts, []], help="default: all")
    parser.add_argument("--objects", type=int, default=1000, help="in a list")
    parser.add_argument("--smallest", type=int, default=1, help="list of the table by size")
    parser.add_argument("--largest", type=int, default=10_000, help="list of the table by size")
    parser.add_argument("--loop", type=int, default=300, help="items of a loop")
    parser.add_argument("--slow", type=int, default=10, help="items of a loop of uri or of an ordinary module")
    parser.add_argument("--people", type=int, nargs="*", default=[300, 1000, 5000], help="sizes of an organisation")
    parser.add_argument("--pairs", type=int, default=5, help="how often each side is measured for the median")
    parser.add_argument("--write", action="store_true", help="put table and plot into docs/")
    options = parser.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory(prefix="onboarding-bench-") as name, lab(Path(name)) as server:
        player = Player(Path(name), server)
        picture = (PAGE.parent if options.write else player.folder) / PICTURE
        server.prepare("ocs", KINDS["ocs"].world([]))
        player.play(OURS, KINDS["ocs"].objects(20))  # warm: byte code, file cache
        began, load = time.monotonic(), os.getloadavg()[0]
        report.note(f"{machine()}; {datetime.date.today():%Y-%m-%d}.")
        for part in options.parts or parts:
            if part == "targets":
                Bench(options, player, report).run()
            elif part == "growth":
                growth(options, player, report, picture)
            elif part == "nightly":
                nightly(options, player, report)
            elif part == "shards":
                shards(options, player, report)
            else:
                profiles(options, player, report)
        took = time.monotonic() - began
        report.note(f"All of it took {took / 60:.0f} minutes; load of the machine before it {load:.1f}, after it {os.getloadavg()[0]:.1f}.")
    if options.write:
        PAGE.write_text(HEAD + "\n".join(report.lines) + "\n")


if __name__ == "__main__":
    main()
