# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated servers in a process of their own, and plays of one task against them."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PYTHON = [sys.executable, "-m"]


class Lab:
    """The simulated servers, controlled by HTTP."""

    def __init__(self, info: dict) -> None:
        self.control, self.exports = info["control"], info["exports"]

    def ask(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.control + path, method=method, data=data)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=120) as reply:
            return json.load(reply)

    def prepare(self, backend: str, world: dict, **knobs: object) -> None:
        """A server that holds this and nothing else."""
        self.ask("POST", f"/{backend}/reset", {})
        self.ask("PATCH", f"/{backend}/knobs", knobs)
        self.ask("POST", f"/{backend}/seed", world)
        self.ask("DELETE", f"/{backend}/log")

    def served(self, backend: str) -> tuple[int, int, float]:
        """Reads, writes, and the seconds that the lab took for them, since the log was emptied."""
        log = self.ask("GET", f"/{backend}/log")
        writes = sum(entry["write"] for entry in log)
        return len(log) - writes, writes, sum(entry["ms"] for entry in log) / 1000


@contextlib.contextmanager
def lab(folder: Path) -> Iterator[Lab]:
    info = folder / "info.json"
    command = [*PYTHON, "tests.lab", "--port", "0", "--exit-with-parent", "--info-file", str(info)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        while not info.exists():
            if process.poll() is not None:
                sys.exit("The lab did not start.")
            time.sleep(0.05)
        yield Lab(json.loads(info.read_text()))
    finally:
        process.terminate()
        process.wait(10)


@dataclass
class Run:
    """One ansible-playbook: all of it, its last task, and the items of that task."""

    whole: float  # seconds
    task: float
    items: list[float]  # seconds from one result to the next
    memory: int  # bytes, of the largest process
    served: float  # seconds of the lab's own time
    result: dict = field(default_factory=dict)
    reads: int = 0
    writes: int = 0

    def less(self, seconds: float) -> float:
        """So many seconds without those of the lab."""
        return max(seconds - self.served, 1e-9)


class Player:
    """Runs plays of one task on this machine."""

    def __init__(self, folder: Path, lab: Lab) -> None:
        self.folder, self.lab = folder, lab
        collections = os.environ.get("ANSIBLE_COLLECTIONS_PATH", "")
        if not Path(collections.split(":")[0], "ansible_collections", "workplace", "onboarding").is_dir():
            sys.exit("Run it as: make bench (ANSIBLE_COLLECTIONS_PATH names no folder that holds the collection)")
        (folder / "ansible.cfg").touch()
        foreign = ("ANSIBLE_", *(name.partition("_")[0] for name in lab.exports))
        self.env = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        self.env |= lab.exports
        self.env |= {
            "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callback"),
            "ANSIBLE_CALLBACKS_ENABLED": "moments,worker_profile",
            "ANSIBLE_COLLECTIONS_PATH": collections,
            "ANSIBLE_CONFIG": str(folder / "ansible.cfg"),
            "ANSIBLE_FORCE_COLOR": "0",
            "ANSIBLE_HOME": str(folder / "home"),
            "ANSIBLE_LOCALHOST_WARNING": "0",
            "MOMENTS": str(folder / "moments.jsonl"),
            "NO_PROXY": "*",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",  # where ansible-runner finds ansible-playbook
        }

    def write(self, task: dict | None, objects: list[dict] | None = None, hosts: str = "localhost", **variables: object) -> None:
        """The play, and the objects in a file of their own, which a play without a task loads as well."""
        if objects is not None or not (self.folder / "objects.json").exists():
            (self.folder / "objects.json").write_text(json.dumps({"objects": objects or []}))
        play = {
            "hosts": hosts,
            "gather_facts": False,
            "vars": {"ansible_python_interpreter": sys.executable, **variables},
            "vars_files": ["objects.json"],
            "tasks": [] if task is None else [{"name": "measured", **task}],
        }
        (self.folder / "play.yml").write_text(yaml.safe_dump([play], sort_keys=False))

    def run(self, command: list[str], env: dict[str, str]) -> tuple[float, int]:
        """Seconds, and bytes of the largest process."""
        with open(self.folder / "out", "w+") as out:
            began = time.monotonic()
            process = subprocess.Popen(command, cwd=self.folder, env=env, stdout=out, stderr=subprocess.STDOUT)
            _pid, status, usage = os.wait4(process.pid, 0)
            took = time.monotonic() - began
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"A run failed:\n{(self.folder / 'out').read_text()[-3000:]}")
        return took, usage.ru_maxrss * 1024

    def play(
        self, task: dict | None, objects: list[dict] | None = None, backend: str = "ocs", profile: str = "", **variables: object
    ) -> Run:
        """:param profile: file for a profile of the worker process, which makes everything slower."""
        self.write(task, objects, **variables)
        self.lab.ask("DELETE", f"/{backend}/log")
        env = {**self.env, "WORKER_PROFILE": profile}
        command = [*PYTHON, "ansible", "playbook", "-i", "localhost,", "-c", "local", "play.yml"]
        whole, memory = self.run(command, env)
        moments = [json.loads(line) for line in (self.folder / "moments.jsonl").read_text().splitlines()]
        times = {what: at for what, _name, at, _result in moments if what in ("start", "end")}
        results = [at for what, _name, at, _result in moments if what == "item"]
        items = [after - before for before, after in zip(results, results[1:])]
        reads, writes, served = self.lab.served(backend)
        last = moments[-1][3] if moments else {}
        task_seconds = times["end"] - times["start"] if "end" in times else 0.0
        return Run(whole, task_seconds, items, memory, served, last, reads, writes)
