# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs tasks as the drivers do, against a simulated server. Knows no backend."""

from __future__ import annotations

import ast
import contextlib
import importlib
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Optional

import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.testing import patch_module_args
from ansible_collections.workplace.onboarding.plugins.module_utils.core import module_driver
from ansible_collections.workplace.onboarding.plugins.module_utils.core.budget import Bucket
from ansible_collections.workplace.onboarding.plugins.module_utils.core.task import Task
from ansible_collections.workplace.onboarding.plugins.module_utils.core.transport import Transport

COLLECTION = "ansible_collections.workplace.onboarding.plugins"
ROOT = Path(__file__).resolve().parents[4]


class BadOptions(Exception):
    """Ansible itself refuses the options of a task."""


def find_task(where: str) -> Task:
    """``ocs.user:TASK`` of module_utils."""
    module, _colon, name = where.partition(":")
    return getattr(importlib.import_module(f"{COLLECTION}.module_utils.{module}"), name)


def validate(task: Task, options: dict) -> dict[str, Any]:
    """The options as Ansible hands them to a module: defaults, types, choices, environment."""
    checked = ArgumentSpecValidator(module_driver.with_fallbacks(task.options), **task.rules).validate(options)
    if checked.error_messages:
        raise BadOptions("; ".join(checked.error_messages))
    return checked.validated_parameters


class Server:
    """One simulated backend, and an account to work with. Subclasses say how that backend is reached."""

    prefix = ""  # of its modules and, in capitals, of its environment variables
    marker = ""  # a module that reads one object
    writing = ""  # pattern of the paths whose POST, PUT and DELETE change something; default: all

    def __init__(self, backend: Any) -> None:
        self.backend = backend

    def connection(self) -> dict[str, Any]:
        """Options of an account that may do everything, the cheapest way of logging in."""
        raise NotImplementedError

    def plain_connection(self) -> dict[str, Any]:
        """The same with the account's own password."""
        return self.connection()

    def wrong_connection(self) -> dict[str, Any]:
        return {**self.connection(), "api_password": "Wr0ng-connection-passphrase"}

    def stored(self) -> Any:
        """All that the server holds and a task could change."""
        raise NotImplementedError

    def start(self, world: dict, knobs: Optional[dict] = None) -> None:
        self.backend.reset()
        self.backend.change_knobs(knobs or {})
        self.backend.seed(**world)

    def run(self, task: Task, options: dict, check_mode: bool = False, hidden: bool = False, **connection: Any) -> dict[str, Any]:
        """One run of a task, a new login included; the server's log then holds this run only."""
        self.backend.log.clear()
        params = validate(task, {**(connection or self.connection()), **options})
        return task.run(params, check_mode, hidden=hidden)

    def printed(self, task: Task, options: dict, check_mode: bool = False, **connection: Any) -> str:
        """All that the ordinary module prints, with --diff."""
        self.backend.log.clear()
        args = {**(connection or self.connection()), **options, "_ansible_check_mode": check_mode, "_ansible_diff": True}
        out = io.StringIO()
        with patch_module_args(args), contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
            module_driver.run(task)
        return out.getvalue()

    def mark(self, text: str) -> dict[str, Any]:
        """A task with ``marker`` whose request can be found again in the log."""
        raise NotImplementedError

    def marked(self, entry: Any, text: str) -> bool:
        """Whether a request in the log is that of such a task."""
        raise NotImplementedError

    def logins(self) -> int:
        """How often credentials were refused."""
        return sum(1 for entry in self.backend.log if entry.login is False)


def time_flies(monkeypatch: Any, clock: Any) -> list[float]:
    """Waiting moves the clock of the lab instead; the list of what was waited for."""
    pauses: list[float] = []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        clock.advance(seconds)

    monkeypatch.setitem(Transport.__init__.__kwdefaults__, "sleep", sleep)
    monkeypatch.setattr(Bucket.__init__, "__defaults__", (clock.now, sleep, *Bucket.__init__.__defaults__[2:]))
    monkeypatch.setattr(time, "sleep", sleep)
    return pauses


def documented(name: str, variable: str) -> str:
    """DOCUMENTATION, EXAMPLES or RETURN of a module."""
    tree = ast.parse((ROOT / "plugins" / "modules" / f"{name}.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and node.targets[0].id == variable:
            return node.value.value
    raise AssertionError(f"{name} has no {variable}")


def play(folder: Path, tasks: list, connection: dict, prefix: str, variables: dict, *arguments: str, **keywords: Any) -> Any:
    """Run tasks in an ansible-playbook of their own, the connection given by the environment."""
    playbook, configuration = folder / "playbook.yml", folder / "ansible.cfg"
    configuration.write_text("[defaults]\nlocalhost_warning = false\n[inventory]\ninventory_unparsed_warning = false\n", encoding="utf-8")
    plays = [{"hosts": "localhost", "connection": "local", "gather_facts": False, "vars": variables, "tasks": tasks, **keywords}]
    playbook.write_text(yaml.safe_dump(plays, sort_keys=False), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(f"{prefix.upper()}_")}
    environment.update({f"{prefix}_{name[len('api_') :]}".upper(): value for name, value in connection.items()})
    environment.update(HOME=str(folder), ANSIBLE_HOME=str(folder / "ansible"), ANSIBLE_NOCOLOR="1", ANSIBLE_CONFIG=str(configuration))
    command = [sys.executable, "-m", "ansible", "playbook", str(playbook), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


def parsed(text: str) -> dict[str, Any]:
    """The result that an ordinary module printed."""
    return json.loads(text.strip().splitlines()[-1])
