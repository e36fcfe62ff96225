# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret
from ansible_collections.workplace.onboarding.tests.lab import Lab

VAULTED = "topsecret99"


@pytest.fixture(scope="module")
def lab():
    with Lab() as server:
        yield server


@pytest.fixture(scope="session")
def vault(tmp_path_factory):
    """Arguments and files of a play that has a vaulted variable."""
    password = tmp_path_factory.mktemp("vault") / "password"
    password.write_text("opensesame")
    lines = VaultLib([("default", VaultSecret(b"opensesame"))]).encrypt(VAULTED).decode().splitlines()
    text = "vaulted: !vault |\n" + "".join(f"  {line}\n" for line in lines) + "unsafe: !unsafe '{{ not a template }}'\n"
    return {"arguments": ["--vault-password-file", str(password)], "files": {"vault.yml": text}}
