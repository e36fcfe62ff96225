# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a playbook with secrets in it, and looks for them in all that it leaves behind."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

import yaml
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible_collections.workplace.onboarding.tests.parity import play as parity

PASSWORD = "opensesame"
MODULE = "workplace.onboarding.people_secrets"
HAND_OVER = "workplace.onboarding.people_hand_over"


@dataclass
class Ran:
    """What came of a playbook."""

    status: int
    texts: dict[str, str]  # stdout, stderr, Ansible's log, and what callback plugins are given

    @property
    def events(self):
        return [json.loads(line) for line in self.texts["results"].splitlines()]

    def one(self, task):
        """The result of a task, as callback plugins are given it."""
        return next(event["result"] for event in self.events if event["task"].rpartition(" : ")[2] == task)

    def shown(self, secrets):
        """The lines in which a secret stands, in whatever spelling."""
        assert secrets and all(len(secret) >= 8 for secret in secrets)
        forms = {form for secret in secrets for form in spellings(secret)}
        return {
            f"{where}: {line[:300]}" for where, text in self.texts.items() for line in text.splitlines() for form in forms if form in line
        }


def spellings(secret):
    yield secret
    yield json.dumps(secret)[1:-1]
    yield repr(secret)[1:-1]
    yield secret.replace("'", "''")
    yield urllib.parse.quote(secret)
    yield base64.b64encode(secret.encode()).decode().rstrip("=")


def ran(folder: Path, tasks, *arguments, playbook="playbook.yml", variables=None, environment=None) -> Ran:
    """Run tasks, or a playbook by its name, with everything on that could print something."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ansible.cfg").write_text("[defaults]\nlocalhost_warning = false\n[inventory]\ninventory_unparsed_warning = false\n")
    (folder / "vault_password").write_text(PASSWORD)
    if tasks is not None:
        play = {"hosts": "localhost", "connection": "local", "gather_facts": False, "vars": variables or {}, "tasks": tasks}
        (folder / playbook).write_text(yaml.safe_dump([play], sort_keys=False), encoding="utf-8")
    results, log = folder / "results.jsonl", folder / "ansible.log"
    for left in (results, log):
        left.unlink(missing_ok=True)
    env = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "AWX_"))}
    env |= {
        "ANSIBLE_CALLBACK_PLUGINS": str(Path(parity.__file__).parent / "callback"),
        "ANSIBLE_CALLBACKS_ENABLED": "raw_results",
        "ANSIBLE_COLLECTIONS_PATH": os.environ["ANSIBLE_COLLECTIONS_PATH"],
        "ANSIBLE_CONFIG": str(folder / "ansible.cfg"),
        "ANSIBLE_DISPLAY_ARGS_TO_STDOUT": "1",
        "ANSIBLE_HOME": str(folder / "home"),
        "ANSIBLE_INJECT_INVOCATION": "1",
        "ANSIBLE_LOG_PATH": str(log),
        "ANSIBLE_NOCOLOR": "1",
        "HOME": str(folder / "home"),
        "RAW_RESULTS": str(results),
        **(environment or {}),
    }
    command = [sys.executable, "-m", "ansible", "playbook", "-vvvv", "--diff", "--vault-id", "people@vault_password", *arguments, playbook]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=300, check=False)
    texts = {"stdout": done.stdout, "stderr": done.stderr, "log": "", "results": ""}
    for name, path in (("log", log), ("results", results)):
        if path.exists():
            texts[name] = path.read_text(encoding="utf-8")
    assert texts["log"] and texts["results"], done.stdout + done.stderr
    return Ran(done.returncode, texts)


def kept(path: Path, login: str) -> dict[str, str]:
    """The secrets in a file, read without any code of ours."""
    content = VaultLib([("people", VaultSecret(PASSWORD.encode()))]).decrypt((path / f"{login}.vault").read_bytes())
    return json.loads(content)["secrets"]
