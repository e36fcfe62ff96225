# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One list in several processes, as the slices of an AWX job do it: each takes its part by the number of its host."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from pathlib import Path

from objects import KINDS
from player import PYTHON, Player
from report import Report

MINE = "{{ objects[inventory_hostname | regex_search('[0-9]+') | int :: shards | int] }}"


def shards(options: argparse.Namespace, player: Player, report: Report) -> None:
    kind, latencies = KINDS["bluemind"], (0.0, 0.1)
    objects = kind.objects(options.objects)
    report.chapter(
        "Slices",
        f"{len(objects)} new BlueMind users, 8 workers in each process: one `ansible-runner`, and several at the same time with a slice of the list each. "
        "Every one of them reads the whole listing.",
    )
    report.table("runners", "server", "seconds", "requests")
    for latency in latencies:
        for count in (1, 2, 4):
            player.lab.prepare("bluemind", kind.world([]), latency=latency, **kind.knobs)
            began = time.monotonic()
            runners = [runner(player, kind.module, objects, number, count) for number in range(count)]
            if any(process.wait() for process in runners):
                sys.exit("A runner failed.")
            seconds = time.monotonic() - began
            reads, writes, _served = player.lab.served("bluemind")
            report.row(str(count), f"{latency * 1000:.0f} ms away", f"{seconds:.1f}", f"{reads} + {writes}")


def runner(player: Player, module: str, objects: list[dict], number: int, count: int) -> subprocess.Popen:
    """One ansible-runner whose inventory holds one slice."""
    folder = player.folder / f"runner{number}"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "project").mkdir(parents=True)
    player.write({module: {"users": MINE, "workers": 8}}, objects, hosts="all", shards=count)
    for name in ("play.yml", "objects.json"):
        shutil.copy(player.folder / name, folder / "project" / name)
    (folder / "inventory").mkdir()
    Path(folder, "inventory", "hosts").write_text(f"slice{number} ansible_connection=local\n")
    command = [*PYTHON, "ansible_runner", "run", str(folder), "-p", "play.yml", "--quiet"]
    env = {name: value for name, value in player.env.items() if name not in ("ANSIBLE_CALLBACKS_ENABLED", "ANSIBLE_CALLBACK_PLUGINS")}
    return subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
