# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A variable that cannot be is one sentence, before the file is looked for. Everything by one ansible-playbook."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = {"people_file": "/no/such/file.csv", "people_state": "/no/such/state.json", "people_backends": ["ocs"]}
CASES = {
    "good": ({}, "File not found: /no/such/file.csv"),
    "day of yaml": ({"people_today": "DATE"}, "File not found"),
    "text for logins": ({"people_only": "zoe,gus"}, "File not found"),
    "nothing": ({"people_backends": []}, "people_backends names no system"),
    "unknown system": ({"people_backends": ["owncloud"]}, "Got no match for: owncloud"),
    "text for list": ({"people_backends": "ocs,micetro"}, "people_backends is a text, so give a list or map"),
    "text for rules": ({"people_rules": "staff"}, "people_rules is a text"),
    "day": ({"people_today": "01/09/2026"}, "people_today is 01/09/2026, and not a day"),
    "mode": ({"people_mode": "dry"}, "value of people_mode must be one of: apply, plan, audit, got: dry"),
    "missing": ({"people_missing": "delete"}, "value of people_missing must be one of: report, suspend"),
    "grace": ({"people_policy": {"grace_days": "many"}}, "argument 'grace_days' is of type str found in 'people_policy'"),
    "misspelt limit": ({"people_limits": {"suspnd": {"count": 3}}}, "people_limits.suspnd"),
}
PLAY = """
- hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - ansible.builtin.include_tasks: case.yml
      loop: "{{ cases | dict2items }}"
      loop_control: {loop_var: case, label: "{{ case.key }}"}
"""
CASE = """
- block:
    - ansible.builtin.include_role: {name: workplace.onboarding.reconcile}
      vars:
%s
  rescue:
    - ansible.builtin.set_fact:
        said: "{{ said | default({}) | combine({case.key: ansible_failed_result.msg}) }}"
    - ansible.builtin.copy: {content: "{{ said | to_json }}", dest: said.json, mode: "0600"}
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    folder = tmp_path_factory.mktemp("play")
    names = sorted({*GOOD, *(name for given, _words in CASES.values() for name in given)})
    given = "".join(f'        {name}: "{{{{ case.value.{name} | default(omit) }}}}"\n' for name in names)
    defaults = {"people_today": "2026-09-01", "people_only": [], "people_rules": [], "people_mode": "apply", "people_missing": "report"}
    defaults |= {"people_policy": {}, "people_limits": {}}
    cases = {name: {**GOOD, **defaults, **values} for name, (values, _words) in CASES.items()}
    (folder / "play.yml").write_text(PLAY)
    (folder / "case.yml").write_text(CASE % given)
    (folder / "cases.yml").write_text(json.dumps({"cases": cases}).replace('"DATE"', "2026-09-01"))
    run(folder, "play.yml", "-e", "@cases.yml")
    return json.loads((folder / "said.json").read_text())


def run(folder: Path, *args: str) -> str:
    env = {**os.environ, "HOME": str(folder), "ANSIBLE_LOCALHOST_WARNING": "false", "ANSIBLE_NOCOLOR": "1"}
    command = [str(Path(sys.executable).parent / "ansible-playbook"), *args]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize("case", CASES)
def test_one_sentence(said, case):
    given, expected = CASES[case]
    assert expected in said[case]
    assert said[case].startswith("File not found" if "File not found" in expected else "Nothing was read or changed: ")


def test_an_audit_stays_one(tmp_path):
    output = run(tmp_path, "workplace.onboarding.audit", "-e", json.dumps({**GOOD, "people_mode": "apply"}))
    assert "an audit with -e people_mode=apply would be none" in output and "File not found" not in output


def test_what_is_needed_is_named(tmp_path):
    output = run(tmp_path, "workplace.onboarding.onboard")
    assert "missing required arguments: people_file, people_state; people_backends names no system" in output
    assert len(output) < 4000
