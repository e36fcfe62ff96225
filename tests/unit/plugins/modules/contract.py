# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The contract that every module keeps: what a case is, the closed list of traits, and the table of module and row."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Optional

import pytest
from ansible_collections.workplace.onboarding.plugins.module_utils.core.task import Task

from .harness import ROOT, find_task

#: What a module may be, and nothing else. Each module names with it the section of its contract that forces it.
TRAITS = {
    "read_only": "it changes nothing",
    "operation": "it does something and leaves no state that could be compared",
    "writes_a_file": "it changes nothing on the server, and writes a file where the task runs",
    "no_absent_state": "what it manages cannot be absent",
    "no_list_form": "there is only one of what it manages",
    "unreadable_fields": "the server does not show some of its fields",
    "assigned_values": "the server chooses some of its values",
    "not_predictable": "the server does not say beforehand what it will do",
}

#: Rows from which no trait excuses a module of people, groups or domains.
SACRED = ("second_run_is_quiet", "check_mode_writes_nothing", "secrets_are_nowhere", "one_login_attempt")
SACRED_NOUNS = ("_user", "_group", "_domain")

MATRIX = Path(__file__).with_name("contract_matrix.md")


#: Modules that are documentation only, because their action plugin does the work on the controller. They talk to no server, so there is no
#: row for them; each has tests of its own, ``tests/unit/plugins/action/test_<module>.py``.
ON_CONTROLLER = [
    path.stem
    for path in sorted((ROOT / "plugins" / "modules").glob("*.py"))
    if not any(isinstance(node, ast.FunctionDef) for node in ast.parse(path.read_text(encoding="utf-8")).body)
]


@dataclass
class Case:
    """One module and its samples. Options only; the connection comes from the backend."""

    name: str  # of the module
    task_path: str
    world: dict = field(default_factory=dict)  # what the server is seeded with
    create: dict = field(default_factory=dict)  # options of one object that does not exist yet
    update: dict = field(default_factory=dict)  # the same object, changed in every way that there is
    absent: dict = field(default_factory=dict)
    many: Optional[Callable[[int], Any]] = None  # the n-th of any number of different objects
    beside: dict = field(default_factory=dict)  # what the list form needs beside the list
    three: list = field(default_factory=list)  # objects, of which the server refuses the second
    refusal: dict = field(default_factory=dict)  # a fault that makes it refuse, where it does not by itself
    drop: dict = field(default_factory=dict)  # a fault that silently loses something of ``update``
    dropped: str = ""  # the option that is then missing
    secret: str = ""  # a text in ``create`` that must never be shown
    secret_key: str = ""  # where that option is a map of secrets: the key that it is given under
    writer: Any = ""  # of an info module: the module that takes what it returns, or several
    examples: dict = field(default_factory=dict)  # what its EXAMPLES take for granted on the server
    parity: tuple = ()  # a task that writes (or reads) and one that is only predicted, for both drivers; of one variant only
    variant: str = ""  # of the server, where the module is tried on several
    knobs: dict = field(default_factory=dict)  # that make the simulated server this variant
    traits: dict = field(default_factory=dict)  # trait -> section of the backend's contract

    @property
    def label(self) -> str:
        return f"{self.name} ({self.variant})" if self.variant else self.name

    @property
    def backend(self) -> str:
        return self.name.partition("_")[0]

    @property
    def task(self) -> Task:
        return find_task(self.task_path)

    @property
    def plural(self) -> str:
        """The option of the list form."""
        resource = getattr(self.task, "resource", None)
        return resource.plural if resource else "users"

    @property
    def secret_option(self) -> str:
        """The option of an object that is secret, if there is one."""
        resource = getattr(self.task, "resource", None)
        return next((item.name for item in resource.fields if item.secret), "") if resource and "read_only" not in self.traits else ""

    def planted(self, secret: str) -> Any:
        """The value of the secret option that holds this secret."""
        return {self.secret_key: secret} if self.secret_key else secret

    def listed(self, *objects: Any) -> dict:
        return {**self.beside, self.plural: list(objects)}


@dataclass(frozen=True)
class Row:
    name: str
    title: str
    excused_by: tuple
    needs: str  # what a case must have for this row to mean anything

    def excuse(self, case: Case) -> str:
        """Why a module does not have this row; empty: it has."""
        if self.needs and not getattr(case, self.needs):
            return f"has no {self.needs}"
        return next((f"{trait} ({case.traits[trait]})" for trait in self.excused_by if trait in case.traits), "")


ROWS: dict[str, Row] = {}


def contract_row(cases: list, *excused_by: str, needs: str = "") -> Callable:
    """Make a test function a row of the contract, run for each module that no trait excuses."""

    def register(function: Callable) -> Callable:
        name = function.__name__.partition("_")[2]
        row = ROWS[name] = Row(name, " ".join((function.__doc__ or "").split()), excused_by, needs)
        having = [pytest.param(case, id=case.label) for case in cases if not row.excuse(case)]
        return pytest.mark.parametrize("case", having)(function)

    return register


def table(cases: list) -> str:
    """Module by row, as committed."""
    lines = [
        "# The contract matrix",
        "",
        "Written by `test_contract.py`; to write it again, run that test with the environment variable `CONTRACT_MATRIX=write`.",
        "",
        "| module | " + " | ".join(row.replace("_", " ") for row in ROWS) + " |",
        "|---" * (len(ROWS) + 1) + "|",
    ]
    for case in cases:
        lines.append(f"| {case.label} | " + " | ".join(row.excuse(case) or "run" for row in ROWS.values()) + " |")
    lines += ["", "Without a server, and so without these rows, work on the controller:"]
    lines += [", ".join(f"`{name}`" for name in ON_CONTROLLER) + ". Each has tests of its own in `tests/unit/plugins/action`."]
    lines += ["", "## Rows", ""]
    lines += [f"* **{row.name.replace('_', ' ')}**: {row.title}" for row in ROWS.values()]
    lines += ["", "## Traits", ""]
    lines += ["A row is left out only for one of these, with the chapter of the backend's contract that forces it;"]
    lines += ["and the last row for what has no `writer`, a module that takes what it returns.", ""]
    lines += [f"* `{trait}`: {meaning}" for trait, meaning in TRAITS.items()]
    return "\n".join(lines) + "\n"
