# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import argparse
import json
import os
import shlex
import signal
import threading
from pathlib import Path

from .lab import Lab

PARENT_CHECK_SECONDS = 0.5


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.lab", description="Simulated backends on loopback, for tests and trials.")
    parser.add_argument(
        "--port", type=int, default=0, help="port of the control interface, which those of the backends follow; 0 takes free ones"
    )
    parser.add_argument("--info-file", type=Path, help="where to write addresses and credentials, as JSON")
    parser.add_argument("--seed", choices=["demo"], help="data to start with")
    parser.add_argument("--state-file", type=Path, help="state to load at the start, if present, and to save at the end")
    parser.add_argument("--exit-with-parent", action="store_true", help="end when the parent process ends")
    parser.add_argument("--max-seconds", type=float, help="end after this time")
    return parser.parse_args()


def write_atomically(path: Path, content: dict) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(content, indent=1), encoding="utf-8")
    part.replace(path)


def wait(stop: threading.Event, max_seconds: float | None, parent: int | None) -> None:
    """Until a signal, the end of the parent, or the end of the time."""
    waited = 0.0
    while not stop.wait(PARENT_CHECK_SECONDS):
        waited += PARENT_CHECK_SECONDS
        if parent is not None and os.getppid() != parent:
            return
        if max_seconds is not None and waited >= max_seconds:
            return


def main() -> None:
    options = arguments()
    parent = os.getppid() if options.exit_with_parent else None
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with Lab(seed=options.seed, port=options.port) as lab:
        if options.state_file and options.state_file.exists():
            lab.restore(json.loads(options.state_file.read_text(encoding="utf-8")))
        backends = {name: backend.describe() for name, backend in lab.backends.items()}
        exports = {variable: value for backend in lab.backends.values() for variable, value in backend.exports().items()}
        if options.info_file:
            info = {"pid": os.getpid(), "control": lab.control, "backends": backends, "exports": exports}
            write_atomically(options.info_file, info)
        print(f"# control interface: {lab.control}")
        for variable, value in exports.items():
            print(f"export {variable}={shlex.quote(value)}")
        print("# Ctrl-C ends the lab", flush=True)
        wait(stop, options.max_seconds, parent)
        if options.state_file:
            write_atomically(options.state_file, lab.state())


if __name__ == "__main__":
    main()
