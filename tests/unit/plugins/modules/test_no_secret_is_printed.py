# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever the verbosity and whichever way a task runs: its secrets are not in what ansible-playbook prints."""

from __future__ import annotations

import pytest
from ansible.constants import DEFAULT_VAULT_ID_MATCH
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import OcsServer, play

SECRETS = {way: f"Pl4nted-by-{way}" for way in ("option", "list", "environment", "vault", "default")}

MODULE = "workplace.onboarding.ocs_user"
TASKS = [
    {"name": "As an option", MODULE: {"userid": "a", "password": "{{ lookup('ansible.builtin.file', folder ~ '/option') }}"}},
    {
        "name": "In a list",
        MODULE: {
            "users": [
                {"userid": "b", "password": "{{ lookup('ansible.builtin.file', folder ~ '/list') }}"},
                {"userid": "c", "quota": "1 GiB"},
            ]
        },
        "ignore_errors": True,
    },
    {
        "name": "In a list that is written",
        MODULE: {
            "users": [{"userid": "b", "password": "{{ lookup('ansible.builtin.file', folder ~ '/list') }}"}],
            "update_password": "always",
        },
    },
    {
        "name": "By the environment",
        MODULE: {"userid": "d", "password": "{{ lookup('ansible.builtin.env', 'PLANTED') }}", "update_password": "always"},
    },
    {"name": "From a vault", MODULE: {"userid": "e", "password": "{{ vaulted }}"}},
    {"name": "By module_defaults", MODULE: {"userid": "f", "email": "f@example.org"}},
    {
        "name": "By a loop over names",
        MODULE: {"userid": "{{ item }}", "password": "{{ lookup('ansible.builtin.file', folder ~ '/list') }}", "update_password": "always"},
        "loop": ["g", "h"],
    },
    {"name": "Refused by the server", MODULE: {"userid": "i", "password": "{{ vaulted }}", "quota": "9 TB"}, "ignore_errors": True},
    {"name": "Refused by Ansible", MODULE: {"userid": "i", "password": "{{ vaulted }}", "state": "sideways"}, "ignore_errors": True},
]


@pytest.mark.parametrize("in_process", [True, False], ids=["in process", "ordinary"])
def test_no_secret_is_printed(lab, tmp_path, monkeypatch, in_process):
    server = OcsServer(lab.ocs)
    server.start({"config": {"files": {"max_quota": "1"}}})
    for way, secret in SECRETS.items():
        (tmp_path / way).write_text(secret, encoding="utf-8")
    key = VaultSecret(b"of the test")
    vaulted = VaultLib([(DEFAULT_VAULT_ID_MATCH, key)]).encrypt(SECRETS["vault"], key).decode()
    (tmp_path / "vault.yml").write_text("vaulted: !vault |\n" + "".join(f"  {line}\n" for line in vaulted.splitlines()), encoding="utf-8")
    (tmp_path / "key").write_text("of the test", encoding="utf-8")
    monkeypatch.setenv("PLANTED", SECRETS["environment"])
    monkeypatch.setenv("ANSIBLE_VAULT_PASSWORD_FILE", str(tmp_path / "key"))

    more = {
        "module_defaults": {
            "group/workplace.onboarding.ocs": {"api_password": "{{ lookup('ansible.builtin.file', folder ~ '/default') }}"}
        },
        "vars_files": [str(tmp_path / "vault.yml")],
    }
    server.backend.seed(tokens={SECRETS["default"]: {"account": "admin", "login": "admin"}})
    connection = {name: value for name, value in server.connection().items() if name != "api_password"}
    run = play(
        tmp_path,
        TASKS if in_process else TASKS[:3] + TASKS[-2:],
        connection,
        server.prefix,
        {"folder": str(tmp_path), "workplace_onboarding_in_process": in_process},
        "-vvvv",
        "--diff",
        **more,
    )
    text = run.stdout + run.stderr
    assert run.returncode == 0, text
    made = {"a", "b", "d", "e", "f", "g", "h"} if in_process else {"a", "b"}
    assert made <= set(server.backend.store.accounts)
    assert {server.backend.store.accounts[name].password for name in ("a", "b")} == {SECRETS["option"], SECRETS["list"]}
    for secret in SECRETS.values():
        assert secret not in text
    assert server.connection()["api_password"] not in text
