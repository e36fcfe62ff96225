# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters that make reports: documentation that is true, examples that run, one Ansible error, nothing taken for a template."""

from __future__ import annotations

import csv
import importlib
import inspect
import json
import os
import subprocess
import sys

import pytest
import yaml
from ansible.errors import AnsibleFilterError

NAMES = ["report_lines", "report_csv", "report_page"]
HEAD = {"kind": "run", "run": "r1", "at": "2026-11-02T02:00:00Z", "people": 1}


def plugin(name):
    return importlib.import_module(f"ansible_collections.workplace.onboarding.plugins.filter.{name}")


def filter_of(name):
    (function,) = plugin(name).FilterModule().filters().values()
    return function


def play(folder, tasks):
    """Run tasks in an ansible-playbook of their own; what it printed."""
    plays = [{"hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": tasks}]
    plays[0]["vars"] = {"ansible_python_interpreter": sys.executable}
    (folder / "playbook.yml").write_text(yaml.safe_dump(plays, sort_keys=False, allow_unicode=True), encoding="utf-8")
    (folder / "ansible.cfg").touch()
    environment = {**os.environ, "HOME": str(folder), "ANSIBLE_HOME": str(folder / "home"), "ANSIBLE_CONFIG": str(folder / "ansible.cfg")}
    command = [sys.executable, "-m", "ansible", "playbook", "-i", "localhost,", "playbook.yml"]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.mark.parametrize("name", NAMES)
def test_the_documentation_is_true(name):
    module = plugin(name)
    documentation = yaml.safe_load(module.DOCUMENTATION)
    assert list(module.FilterModule().filters()) == [documentation["name"]] == [name]
    options = list(documentation["options"].items())
    parameters = list(inspect.signature(filter_of(name)).parameters.values())
    assert [option for option, _about in options] == ["_input", *(parameter.name for parameter in parameters[1:])]
    for (option, about), parameter in zip(options, parameters):
        assert about.get("required", False) == (parameter.default is inspect.Parameter.empty), option
        if not about.get("required"):
            assert (about.get("default") or None) == (parameter.default or None), option
    assert yaml.safe_load(module.RETURN)["_value"]["type"] in ("list", "str")


def test_every_example_runs_and_a_template_in_the_data_stays_text(tmp_path):
    tasks = [task for name in NAMES for task in yaml.safe_load(plugin(name).EXAMPLES)]
    text = "{% raw %}{{ 6 * 7 }}{% endraw %}"
    for task in tasks:
        for line in task["vars"].get("lines", []):
            line["reason"] = text
    play(tmp_path, tasks)
    rows = (tmp_path / "report.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(rows[0])["kind"] == "audit" and json.loads(rows[1])["reason"] == "{{ 6 * 7 }}"
    raw = (tmp_path / "report.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(raw.decode("utf-8-sig").splitlines(), delimiter=";")
    assert (row["login"], row["drift"], row["reason"]) == ("zoe.fable", "yes", "{{ 6 * 7 }}")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>") and "{{ 6 * 7 }}" in page and page.rstrip().endswith("</html>")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_wrong_is_one_error_of_ansible(name):
    with pytest.raises(AnsibleFilterError) as caught:
        filter_of(name)([{"acton": "none"}], {**HEAD, "kind": "plot"})
    assert str(caught.value) == (
        "The report has 4 errors, nothing was taken from it:\n"
        "  head: kind must be one of plan, run, audit\n  line 1: unknown key acton\n  line 1: backend is missing\n  line 1: action is missing"
    )
