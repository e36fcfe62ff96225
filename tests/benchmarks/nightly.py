# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The nightly run over a whole organisation, on all five servers."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from player import PYTHON, ROOT, Player
from report import Report

HEADS = ["Login", "Employee number", "First name", "Last name", "E-mail", "Department", "Job title", "First day", "Last day", "Language"]
LETTERS = str.maketrans("0123456789", "abcdefghij")
FIRST, SECOND = "2026-09-01", "2026-09-02"


def nightly(options: argparse.Namespace, player: Player, report: Report) -> None:
    report.chapter(
        "Everybody, every night",
        "`workplace.onboarding.reconcile` with the settings of the demonstration: everybody joins, the same again, and one in a hundred moves to "
        "another department the day after. Seconds of the whole `ansible-playbook`, with reading, rehearsal, brakes and reports; "
        "Nextcloud has the controller on its allow list.",
    )
    report.table("people", "run", "seconds", "ms a person", "writes", "largest process")
    for count in options.people:
        for backend in ("ldapsaisie", "bluemind", "ocs", "iredmail", "micetro"):
            player.lab.prepare(backend, {}, **({"edit_limit": 10**9} if backend == "ocs" else {}))
        folder = player.folder / f"people{count}"
        folder.mkdir()
        (folder / "vault_password").write_text("worth-nothing\n")
        first, second = folder / "first.csv", folder / "second.csv"
        write(first, count)
        write(second, count, movers=100)
        for what, playbook, today, file in (
            ("everybody joins", ROOT / "playbooks" / "demo.yml", FIRST, first),
            ("nothing to do", "workplace.onboarding.reconcile", FIRST, first),
            ("one in a hundred moves", "workplace.onboarding.reconcile", SECOND, second),
        ):
            before = writes(player)
            seconds, memory = run(player, playbook, people_today=today, people_file=file, demo_folder=folder)
            report.row(
                f"{count:,}",
                what,
                f"{seconds:.1f}",
                f"{seconds / count * 1000:.0f}",
                f"{writes(player) - before:,}",
                f"{memory / 1e6:.0f} MB",
            )


def write(path: Path, count: int, movers: int = 0) -> None:
    """An HR file; every so manieth person works elsewhere in it."""
    with path.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(HEADS)
        for number in range(1, count + 1):
            name = f"{number:05}".translate(LETTERS)  # a name with a digit is refused: it may be another column
            login = f"person.{name}"
            department = "it" if movers and number % movers == 0 else "school"
            rows.writerow(
                [login, f"{number:05}", "Person", name.title(), f"{login}@fable.example", department, "Teacher", "2026-08-01", "", "en"]
            )


def writes(player: Player) -> int:
    return sum(player.lab.served(backend)[1] for backend in player.lab.ask("GET", "/"))


def run(player: Player, playbook: str | Path, **variables: object) -> tuple[float, int]:
    """Seconds, and bytes of the largest process."""
    given = [
        "-e",
        f"@{ROOT / 'playbooks' / 'vars' / 'fable.yml'}",
        *(word for pair in variables.items() for word in ("-e", "=".join(map(str, pair)))),
    ]
    env = {name: value for name, value in player.env.items() if name != "ANSIBLE_CALLBACKS_ENABLED"}
    env["OCS_EDIT_LIMIT"] = "0"  # as on a server that has the controller on its allow list
    return player.run([*PYTHON, "ansible", "playbook", str(playbook), *given], env)
