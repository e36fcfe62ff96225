# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a play with the real ``ansible-playbook`` and keeps what a callback plugin saw, and everything that was printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from ansible_collections.workplace.onboarding.tests.tools.dev import BACKENDS

HERE = Path(__file__).parent
SWITCH = "workplace_onboarding_in_process"
PYTHON = {"ansible_python_interpreter": sys.executable}
INVENTORY = {
    "all": {
        "hosts": {
            "here": {"ansible_connection": "local", **PYTHON},
            "there": {"ansible_connection": "elsewhere", **PYTHON},
            "nowhere": {"ansible_connection": "ssh", "ansible_host": "127.0.0.1", "ansible_port": 9, **PYTHON},
        }
    }
}
FOREIGN = ("ANSIBLE_", "PYTHON", "REQUESTS_", "CURL_", *BACKENDS)  # variables that a test sets itself or not at all


@dataclass
class Played:
    """What came of a play."""

    status: int
    results: dict[str, list[tuple[str, dict]]]  # by task: event and raw result, one for each item
    printed: dict[str, str] = field(default_factory=dict)  # stdout, stderr and Ansible's own log

    def one(self, task: str) -> dict:
        (_event, result), *_rest = self.results[task]
        return result

    def items(self, task: str) -> list[dict]:
        """The results of the items of a loop."""
        return [result for event, result in self.results[task] if event.startswith("item ")]


def play(
    folder: Path,
    tasks: Iterable[dict],
    *,
    in_process: bool = True,
    arguments: Iterable[str] = (),
    environment: dict[str, str] | None = None,
    variables: dict | None = None,
    files: dict[str, str] | None = None,
    **keywords: object,
) -> Played:
    """
    :param folder: an empty folder to work in.
    :param arguments: of ansible-playbook. :param environment: added to that of the tests.
    :param variables: as in a file of variables; ``files`` are further ones, by name and text.
    :param keywords: of the play, such as ``module_defaults``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    steps = [{"ignore_errors": True, "ignore_unreachable": True, **task} for task in tasks]
    _write(
        folder / "play.yml",
        [{"hosts": "here", "gather_facts": False, "vars_files": ["variables.yml", *(files or {})], "tasks": steps, **keywords}],
    )
    _write(folder / "variables.yml", {SWITCH: in_process, **(variables or {})})
    _write(folder / "inventory.yml", INVENTORY)
    for name, text in (files or {}).items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "ansible.cfg").touch()
    raw = folder / "results.jsonl"
    raw.unlink(missing_ok=True)
    log = folder / "ansible.log"
    log.unlink(missing_ok=True)
    env = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    env |= {
        "ANSIBLE_BECOME_PLUGINS": str(HERE / "become"),
        "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callback"),
        "ANSIBLE_CALLBACKS_ENABLED": "raw_results",
        "ANSIBLE_COLLECTIONS_PATH": os.environ["ANSIBLE_COLLECTIONS_PATH"],
        "ANSIBLE_CONFIG": str(folder / "ansible.cfg"),
        "ANSIBLE_CONNECTION_PLUGINS": str(HERE / "connection"),
        "ANSIBLE_HOME": str(folder / "home"),
        "ANSIBLE_INJECT_INVOCATION": "1",  # the mark of an ordinary module; older ones always leave it
        "ANSIBLE_REMOTE_TEMP": str(folder / "home" / "tmp"),
        "ANSIBLE_LOG_PATH": str(log),
        "ANSIBLE_PIPELINING": "1",
        "NO_PROXY": "*",
        "PYTHONHASHSEED": "0",  # the order in which Ansible names what a boolean may be
        "RAW_RESULTS": str(raw),
        **(environment or {}),
    }
    command = [sys.executable, "-m", "ansible", "playbook", "-i", "inventory.yml", *arguments, "play.yml"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=300, check=False)
    results: dict[str, list[tuple[str, dict]]] = {}
    for line in raw.read_text(encoding="utf-8").splitlines() if raw.exists() else ():
        seen = json.loads(line)
        results.setdefault(seen["task"], []).append((seen["event"], seen["result"]))
    if not results:
        raise AssertionError(f"nothing ran\n{done.stdout}\n{done.stderr}")
    printed = {"stdout": done.stdout, "stderr": done.stderr, "log": log.read_text(encoding="utf-8") if log.exists() else ""}
    return Played(done.returncode, results, printed)


def _write(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")
