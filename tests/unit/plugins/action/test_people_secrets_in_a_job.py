# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A job of ansible-runner, which is what AWX starts: what it leaves in its own directory is gone, and secrets are not left there."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import ansible_runner
import pytest
import yaml
from ansible_collections.workplace.onboarding.tests.unit.plugins.action.secret_play import HAND_OVER, MODULE, PASSWORD, Ran, kept

ASK = {"logins": ["zoe"], "backends": ["ocs"], "vault_id": "people"}
MADE = "Made"


def job(folder: Path, tasks: list, monkeypatch) -> tuple[Ran, dict[str, dict], bool]:
    """Run tasks as a job in a directory of its own, which is deleted after it.

    :return: what it printed and recorded, the results by task, and whether anything changed.
    """
    private = folder / "job"
    (private / "project").mkdir(parents=True)
    play = {"hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": tasks}
    (private / "project" / "play.yml").write_text(yaml.safe_dump([play], sort_keys=False))
    (private / "project" / "ansible.cfg").touch()
    (private / "vault_password").write_text(PASSWORD)
    for name in list(os.environ):
        if name.startswith(("ANSIBLE_", "AWX_")) and name != "ANSIBLE_COLLECTIONS_PATH":
            monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", os.path.dirname(sys.executable), prepend=os.pathsep)
    variables = {
        "ANSIBLE_CONFIG": str(private / "project" / "ansible.cfg"),
        "ANSIBLE_HOME": str(private / "home"),
        "ANSIBLE_LOG_PATH": str(private / "log"),
    }
    done = ansible_runner.run(
        private_data_dir=str(private),
        playbook="play.yml",
        envvars=variables,
        cmdline=f"--vault-id people@{private}/vault_password",
        verbosity=4,
        quiet=True,
    )
    events = list(done.events)
    recorded = [path.read_text() for path in (private / "artifacts").rglob("*") if path.is_file()]
    texts = {
        "stdout": done.stdout.read(),
        "log": (private / "log").read_text(),
        "recorded": "\n".join(recorded),
        "events": json.dumps(events),
    }
    told = [event.get("event_data", {}) for event in events]
    results = {data["task"]: data["res"] for data in told if "res" in data}
    changed = bool(done.stats["changed"])
    shutil.rmtree(private)
    assert results, texts["stdout"]
    return Ran(done.rc, texts), results, changed


def test_what_is_kept_outside_outlives_the_job(tmp_path, monkeypatch):
    tasks = [{"name": MADE, MODULE: {**ASK, "path": str(tmp_path / "volume")}}]
    done, results, changed = job(tmp_path, tasks, monkeypatch)
    assert done.status == 0 and changed and "censored" in results[MADE], done.texts["stdout"]
    secrets = kept(tmp_path / "volume", "zoe")
    assert set(secrets) == {"ocs"}
    assert done.shown(secrets.values()) == set()
    assert not (tmp_path / "job").exists()

    again, _results, changed = job(tmp_path, tasks, monkeypatch)
    assert again.status == 0 and not changed
    assert kept(tmp_path / "volume", "zoe") == secrets
    assert again.shown(secrets.values()) == set()


@pytest.mark.parametrize("module", [MODULE, HAND_OVER])
def test_what_is_discarded_with_the_job_is_refused(tmp_path, monkeypatch, module):
    places = {
        "project": "{{ playbook_dir }}/secrets",
        "beside": "{{ playbook_dir }}/../secrets",
        "artifacts": "{{ playbook_dir }}/../artifacts",
    }
    places["by a link"] = str(tmp_path / "link" / "secrets")
    (tmp_path / "link").symlink_to(tmp_path / "job" / "project")
    options = ASK if module == MODULE else {}
    tasks = [{"name": name, module: {**options, "path": path}, "ignore_errors": True} for name, path in places.items()]
    tasks.append(
        {
            "name": "Look",
            "ansible.builtin.find": {"paths": "{{ playbook_dir }}/..", "patterns": "secrets", "file_type": "any", "recurse": True},
        }
    )
    _done, results, _changed = job(tmp_path, tasks, monkeypatch)
    for name in places:
        assert (
            f"is below {tmp_path}/job, the private data directory of this job, which is discarded when the job ends" in results[name]["msg"]
        )
    assert results["Look"]["matched"] == 0
