# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A town with an HR file and five systems: the lab, a folder, and the playbooks of the collection run as a user runs them."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

from ansible.parsing.vault import VaultLib, VaultSecret
from ansible_collections.workplace.onboarding.tests.lab import Lab

BACKENDS = ("ldapsaisie", "bluemind", "ocs", "iredmail", "micetro")
DOMAIN = "example.org"
DIRECTORY = "o=ls"
DEPARTMENTS = ("it", "school", "library", "roads", "town-hall")
CHOIR = "choir"  # a group on every backend, that no rule knows
VAULT = "lab-only-vault-password"
LONGEST = 300.0  # seconds that a run may take

HEADERS = {
    "Login": "login",
    "Number": "employee_number",
    "First name": "given_name",
    "Last name": "family_name",
    "Department": "department",
    "Job": "job_title",
    "Phone": "phone",
    "Manager": "manager",
    "First day": "start_date",
    "Last day": "end_date",
    "Away": "on_leave",
}


def _groups(department: str) -> dict[str, Any]:
    return {
        "ocs": {"groups": [department]},
        "bluemind": {"groups": [department]},
        "ldapsaisie": {"groups": [f"cn={department},ou=groups,{DIRECTORY}"]},
        "micetro": {"groups": [department]},
    }


def rules() -> list[dict[str, Any]]:
    """Everybody is staff, a department is a group, and two of them are more."""
    out = [{"when": {}, "grant": _groups("staff") | {"ocs": {"groups": ["staff"], "quota": "5 GB"}}}]
    out += [{"when": {"department": each}, "grant": _groups(each)} for each in DEPARTMENTS]
    out.append(
        {"when": {"department": "it"}, "grant": {"ocs": {"quota": "20 GB"}, "micetro": {"roles": ["DNS Administrators (built-in)"]}}}
    )
    out.append({"when": {"department": "roads"}, "grant": {"micetro": {"roles": ["Requesters (built-in)"]}}})
    return out


def variables(folder: Path) -> dict[str, Any]:
    """What a user of the role would write down."""
    successor = f"{{manager_login}}@{DOMAIN}"
    return {
        "people_file": str(folder / "people.csv"),
        "people_state": str(folder / "state.json"),
        "people_columns": HEADERS,
        "people_required": ["employee_number"],
        "people_backends": list(BACKENDS),
        "people_accounts_more": {
            "ldapsaisie": {
                "attributes": {"mail": f"{{login}}@{DOMAIN}", "personalTitle": "M.", "gidNumber": "0", "loginShell": False},
            },
            "ocs": {"email": f"{{login}}@{DOMAIN}"},
            "micetro": {"email": f"{{login}}@{DOMAIN}"},
        },
        "people_rules": rules(),
        "people_leaving": {
            "bluemind": {"forwarding": [successor], "keep_local_copy": True},
            "iredmail": {"forwarding": [successor]},
        },
        "people_protected": [
            *("admin", "administrator", "delegate", "delegate@*", "deputy", "viewer", "postmaster@*"),
            *("uid=guest,*", "uid=lab*"),
        ],
        "people_secrets_per": "backend",
        "people_secrets_path": str(folder / "secrets"),
        "people_secrets_vault_password_file": str(folder / "vault_password"),
    }


@dataclass(repr=False)
class Run:
    """What a playbook did."""

    code: int
    output: str
    seconds: float
    writes: dict[str, int]

    @property
    def changed(self) -> int:
        return sum(int(number) for number in re.findall(r"\bchanged=(\d+)", self.output))

    @property
    def quiet(self) -> bool:
        return self.code == 0 and self.changed == 0 and not any(self.writes.values())

    def says(self, *words: str) -> bool:
        """Whether the output holds all of these, however it is wrapped or quoted."""
        flat = " ".join(self.output.replace("\\n", " ").replace("\\", "").split())
        return all(word in flat for word in words)

    def __repr__(self) -> str:
        return f"exit code {self.code}, changed {self.changed}, writes {self.writes}, {self.seconds:.1f} s\n{self.output[-6000:]}"


@dataclass
class Saved:
    """A town to come back to."""

    servers: str
    files: dict[Path, bytes]


class Town:
    """Five systems with the groups of an organisation in them, and nobody else's but their own accounts."""

    def __init__(self, lab: Lab, folder: Path) -> None:
        self.lab, self.folder = lab, folder
        self.variables = variables(folder)
        (folder / "vault_password").write_text(VAULT)
        (folder / "ansible.cfg").write_text(
            "[defaults]\nlocalhost_warning = false\nretry_files_enabled = false\n[inventory]\ninventory_unparsed_warning = false\n"
        )
        self.found()

    def found(self) -> None:
        """What there is before the first person."""
        groups = ("staff", *DEPARTMENTS, CHOIR)
        for backend in self.lab.backends.values():
            backend.reset()
        self.lab.clock.reset()
        self.lab.ocs.seed(groups=groups)
        self.lab.ocs.knobs.edit_limit = 1_000_000
        self.lab.bluemind.seed(domains=[DOMAIN])
        self.lab.bluemind.seed(groups=[{"domain": DOMAIN, "name": each} for each in groups])
        self.lab.iredmail.seed(domains=[{"domain": DOMAIN, "name": "Town"}])
        self.lab.micetro.seed(groups=groups, roles=["conductor"])
        self.lab.ldapsaisie.seed(
            objects=[{"type": "LSgroup", "attributes": {"cn": each, "gidNumber": 200_000 + number}} for number, each in enumerate(groups)]
        )

    @property
    def environment(self) -> dict[str, str]:
        env = {name: value for name, value in os.environ.items() if not name.startswith(tuple(f"{each.upper()}_" for each in BACKENDS))}
        for backend in self.lab.backends.values():
            env |= backend.exports()
        return env | {
            "HOME": str(self.folder),
            "ANSIBLE_HOME": str(self.folder / "ansible"),
            "ANSIBLE_CONFIG": str(self.folder / "ansible.cfg"),
            "ANSIBLE_NOCOLOR": "1",
            "OCS_EDIT_LIMIT": "0",
            "ANSIBLE_PYTHON_INTERPRETER": "auto_silent",
        }

    # The file

    def hr(self, people: list[dict[str, Any]], name: str = "people.csv", delimiter: str = ",") -> Path:
        """Write the HR file: maps from field to value, of which the unknown ones may be left out."""
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, delimiter=delimiter)
            writer.writerow(HEADERS)
            for person in people:
                writer.writerow([_cell(person.get(each)) for each in HEADERS.values()])
        return path

    # Runs

    def on(self, day: date) -> None:
        """Move the lab's clock to noon of a day."""
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=timezone.utc).timestamp()
        self.lab.clock.offset = noon - time.time()

    def command(self, book: str, today: date, **more: Any) -> list[str]:
        given = {**self.variables, "people_today": today.isoformat(), **more}
        arguments = given.pop("arguments", [])
        playbook = str(Path(sys.executable).parent / "ansible-playbook")
        return [playbook, f"workplace.onboarding.{book}", "-e", json.dumps(given), *arguments]

    def start(self, book: str, today: date, env: dict[str, str] | None = None, **more: Any) -> subprocess.Popen[str]:
        """A run in a process group of its own; the logs then hold this run only."""
        self.on(today)
        for backend in self.lab.backends.values():
            backend.log.clear()
        return subprocess.Popen(
            self.command(book, today, **more),
            env=self.environment | (env or {}),
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, book: str, today: date, env: dict[str, str] | None = None, **more: Any) -> Run:
        began = time.monotonic()
        process = self.start(book, today, env, **more)
        try:
            output, _nothing = process.communicate(timeout=LONGEST)
        finally:
            kill(process)
        return Run(process.returncode, output, time.monotonic() - began, self.writes())

    def writes(self) -> dict[str, int]:
        return {name: len(backend.writes()) for name, backend in self.lab.backends.items()}

    # Again and again

    def save(self) -> Saved:
        """The servers and the folder as they are now."""
        files = {each.relative_to(self.folder): each.read_bytes() for each in self._kept() if each.is_file()}
        return Saved(json.dumps(self.lab.state()), files)

    def restore(self, saved: Saved) -> None:
        for backend in self.lab.backends.values():
            backend.faults.clear()
        self.lab.restore(json.loads(saved.servers))
        for each in self._kept():
            if each.is_file():
                each.unlink()
        for name, content in saved.files.items():
            path = self.folder / name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_bytes(content)
            path.chmod(0o600)

    def _kept(self) -> list[Path]:
        return [each for each in self.folder.rglob("*") if each.relative_to(self.folder).parts[0] != "ansible"]

    # What is remembered

    @property
    def state(self) -> bytes:
        path = self.folder / "state.json"
        return path.read_bytes() if path.exists() else b""

    def secrets(self) -> dict[str, dict[str, str]]:
        """What the store holds, by login and backend."""
        vault, folder = VaultLib([("default", VaultSecret(VAULT.encode()))]), self.folder / "secrets"
        kept = [json.loads(vault.decrypt(each.read_bytes())) for each in folder.glob("*.vault")]
        return {each["login"]: each["secrets"] for each in kept}


def kill(process: subprocess.Popen[str]) -> None:
    """The run and whatever it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait(10)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
