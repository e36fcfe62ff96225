# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a play with the real ``ansible-playbook`` and keeps what a callback plugin saw, and everything that was printed."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from ansible_collections.workplace.onboarding.tests.tools.dev import BACKENDS

HERE = Path(__file__).parent
SWITCH = "workplace_onboarding_in_process"
PYTHON = {"ansible_python_interpreter": sys.executable}
LOCAL = {"ansible_connection": "local", **PYTHON}
SEVERAL = ("ann", "bob", "cid")  # this machine under several names
INVENTORY = {
    "all": {
        "hosts": {
            "here": LOCAL,
            "there": {"ansible_connection": "elsewhere", **PYTHON},
            "nowhere": {"ansible_connection": "ssh", "ansible_host": "127.0.0.1", "ansible_port": 9, **PYTHON},
        },
        "children": {"several": {"hosts": {name: dict(LOCAL) for name in SEVERAL}}},
    }
}
FOREIGN = ("ANSIBLE_", "PYTHON", "REQUESTS_", "CURL_", "WORKPLACE_ONBOARDING_", *BACKENDS)  # that a test sets itself or not at all
PATIENCE = 300  # seconds


@dataclass
class Played:
    """What came of a play."""

    status: int
    results: dict[str, list[tuple[str, dict]]]  # by task: event and raw result, one for each item
    printed: dict[str, str] = field(default_factory=dict)  # stdout, stderr and Ansible's own log
    by_host: dict[str, dict[str, list[tuple[str, dict]]]] = field(default_factory=dict)  # the same, where there are several
    seconds: float = 0.0  # that it took, or that it took to end after Ctrl-C

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
    ignore_errors: bool = True,
    interrupt: Callable[[], bool] | None = None,
    **keywords: object,
) -> Played:
    """
    :param folder: an empty folder to work in.
    :param arguments: of ansible-playbook. :param environment: added to that of the tests.
    :param variables: as in a file of variables; ``files`` are further ones, by name and text.
    :param ignore_errors: of each task that does not say it itself.
    :param interrupt: press Ctrl-C once this is true.
    :param keywords: of the play, such as ``module_defaults``.
    """
    forgiving = {"ignore_errors": True, "ignore_unreachable": True} if ignore_errors else {}
    steps = [{**forgiving, **task} for task in tasks]
    plays = [{"hosts": "here", "gather_facts": False, "tasks": steps, **keywords}]
    return playbook(
        folder,
        plays,
        in_process=in_process,
        arguments=arguments,
        environment=environment,
        variables=variables,
        files=files,
        interrupt=interrupt,
    )


def playbook(
    folder: Path,
    plays: Iterable[dict],
    *,
    in_process: bool = True,
    arguments: Iterable[str] = (),
    environment: dict[str, str] | None = None,
    variables: dict | None = None,
    files: dict[str, str] | None = None,
    interrupt: Callable[[], bool] | None = None,
) -> Played:
    """Several plays of one run, as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "play.yml", [{"vars_files": ["variables.yml", *(files or {})], **each} for each in plays])
    _write(folder / "variables.yml", {SWITCH: in_process, **(variables or {})})
    for name, text in (files or {}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return _run(folder, ["playbook", "-i", "inventory.yml", *arguments, "play.yml"], environment, interrupt)


def adhoc(folder: Path, module: str, options: str, *, in_process: bool = True, environment: dict[str, str] | None = None) -> Played:
    """One task by the command ``ansible``, which has no other name than its module."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "variables.yml", {SWITCH: in_process})
    command = ["adhoc", "-i", "inventory.yml", "-e", "@variables.yml", "here", "-m", module, "-a", options]
    return _run(folder, command, {"ANSIBLE_LOAD_CALLBACK_PLUGINS": "1", **(environment or {})})


def settings(folder: Path) -> dict[str, str]:
    """The environment of a run: nothing of what the tests themselves run in."""
    (folder / "ansible.cfg").touch()
    env = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    return env | {
        "ANSIBLE_BECOME_PLUGINS": str(HERE / "become"),
        "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callback"),
        "ANSIBLE_CALLBACKS_ENABLED": "raw_results",
        "ANSIBLE_COLLECTIONS_PATH": os.environ["ANSIBLE_COLLECTIONS_PATH"],
        "ANSIBLE_CONFIG": str(folder / "ansible.cfg"),
        "ANSIBLE_CONNECTION_PLUGINS": str(HERE / "connection"),
        "ANSIBLE_HOME": str(folder / "home"),
        "ANSIBLE_INJECT_INVOCATION": "1",  # the mark of an ordinary module; older ones always leave it
        "ANSIBLE_REMOTE_TEMP": str(folder / "home" / "tmp"),
        "ANSIBLE_LOG_PATH": str(folder / "ansible.log"),
        "ANSIBLE_PIPELINING": "1",
        "NO_PROXY": "*",
        "PYTHONHASHSEED": "0",  # the order in which Ansible names what a boolean may be
        "RAW_RESULTS": str(folder / "results.jsonl"),
    }


def _run(
    folder: Path, command: Sequence[str], environment: dict[str, str] | None = None, interrupt: Callable[[], bool] | None = None
) -> Played:
    _write(folder / "inventory.yml", INVENTORY)
    raw, log = folder / "results.jsonl", folder / "ansible.log"
    raw.unlink(missing_ok=True)
    log.unlink(missing_ok=True)
    env = settings(folder) | (environment or {})
    start, pressed = time.monotonic(), False
    with subprocess.Popen(
        [sys.executable, "-m", "ansible", *command], cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        while True:
            try:
                stdout, stderr = process.communicate(timeout=0.05 if interrupt else PATIENCE)
                break
            except subprocess.TimeoutExpired:
                if time.monotonic() - start > PATIENCE:
                    process.kill()
                    raise
                if interrupt and not pressed and interrupt():
                    process.send_signal(signal.SIGINT)
                    start, pressed = time.monotonic(), True
    played = Played(process.returncode, {}, seconds=time.monotonic() - start)
    for line in raw.read_text(encoding="utf-8").splitlines() if raw.exists() else ():
        seen = json.loads(line)
        for results in (played.results, played.by_host.setdefault(seen["host"], {})):
            results.setdefault(seen["task"], []).append((seen["event"], seen["result"]))
    if not played.results and not pressed:
        raise AssertionError(f"nothing ran: {shlex.join(command)}\n{stdout}\n{stderr}")
    played.printed = {"stdout": stdout, "stderr": stderr, "log": log.read_text(encoding="utf-8") if log.exists() else ""}
    return played


def _write(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")
