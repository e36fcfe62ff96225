# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""LDIF: a file for its owner only, written when it differs."""

from __future__ import annotations

import pytest

MODULE = "iredmail_ldif"
CORAL = {"kind": "user", "name": "Coral@example.org"}


@pytest.fixture(params=["text", "plain", "structure"])
def directory(ldap_office, request):
    ldap_office.backend.change_knobs({"ldif_shape": request.param})
    ldap_office.backend.seed(users=[{"mail": "coral@example.org", "name": "Coral Réef"}])
    return ldap_office


def test_export(directory, tmp_path):
    dest = tmp_path / "coral.ldif"
    predicted = directory(MODULE, check=True, **CORAL, dest=str(dest))
    assert not dest.exists()
    result = directory.ok(MODULE, **CORAL, dest=str(dest))
    assert {**predicted, "requests": 0} == {**result, "requests": 0} == {"changed": True, "dest": str(dest), "requests": 0}
    assert dest.stat().st_mode & 0o777 == 0o600
    text = dest.read_text(encoding="utf-8")
    assert text.startswith("dn: mail=coral@example.org,") and "\nuserPassword:" in text and "\ncn:: Q29yYWwgUsOpZWY=\n" in text
    assert directory.quiet(MODULE, **CORAL, dest=str(dest))["requests"]["reads"] == 2


def test_a_file_that_differs_or_that_others_can_read(directory, tmp_path):
    dest = tmp_path / "coral.ldif"
    directory.ok(MODULE, **CORAL, dest=str(dest))
    for spoil in (lambda: dest.chmod(0o644), lambda: dest.write_bytes(b"\xff\x00")):
        spoil()
        assert directory.ok(MODULE, **CORAL, dest=str(dest))["changed"]
        assert dest.stat().st_mode & 0o777 == 0o600
        directory.quiet(MODULE, **CORAL, dest=str(dest))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("domain", "example.org"),
        ("catchall", "example.org"),
        ("admin", "msp@example.com"),
        ("mailing_list", "news@example.org"),
        ("alias", "sales@example.org"),
    ],
)
def test_kinds(directory, tmp_path, kind, name):
    directory.backend.seed(
        domains=[{"domain": "example.org", "catchall": ["coral@example.org"]}],
        aliases=[{"mail": "sales@example.org", "members": ["coral@example.org"]}],
    )
    directory.ok(MODULE, kind=kind, name=name, dest=str(tmp_path / "out"))
    assert (tmp_path / "out").read_text(encoding="utf-8").startswith("dn: ")


def test_failures(directory, tmp_path):
    dest = str(tmp_path / "out")
    assert "the server has no mailing list nothing@example.org to export" in directory.bad(
        MODULE, kind="mailing_list", name="nothing@example.org", dest=dest
    )
    assert "it is not a domain" in directory.bad(MODULE, kind="domain", name="coral@example.org", dest=dest)
    assert "is not a folder that can be written to" in directory.bad(MODULE, **CORAL, dest="/nowhere/at/all")
    assert "dest must name a file" in directory.bad(MODULE, **CORAL, dest=str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_the_other_edition(sql_office, tmp_path):
    message = sql_office.bad(MODULE, **CORAL, dest=str(tmp_path / "out"))
    assert message == "iRedMail: only the LDAP edition of iRedMail has LDIF, and this server is of the SQL edition"
