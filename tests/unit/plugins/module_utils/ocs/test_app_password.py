# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import os
import stat

import pytest


@pytest.fixture
def dest(tmp_path):
    return str(tmp_path / "app-password")


def kept(dest):
    with open(dest, encoding="utf-8") as stream:
        return stream.read().strip()


def test_made_once_and_kept_for_its_owner_only(nc, dest):
    login = nc.plain_connection()
    assert nc.ok("ocs_app_password", check=True, login=login, dest=dest)["changed"] and not os.path.exists(dest)
    result = nc.ok("ocs_app_password", login=login, dest=dest)
    secret = kept(dest)
    assert result["changed"] and secret in nc.backend.store.tokens
    assert stat.S_IMODE(os.stat(dest).st_mode) == 0o600
    assert secret not in str(result) and os.listdir(os.path.dirname(dest)) == ["app-password"]
    nc.quiet("ocs_app_password", login=login, dest=dest)
    assert kept(dest) == secret
    nc.ok("ocs_info", login={"api_url": nc.backend.url, "api_token": secret})


def test_made_again_when_the_server_does_not_know_it(nc, dest):
    login = nc.plain_connection()
    for content in ("", "Unknown-to-the-server\n"):
        with open(dest, "w", encoding="utf-8") as stream:
            stream.write(content)
        assert nc.ok("ocs_app_password", login=login, dest=dest)["changed"]
        assert kept(dest) in nc.backend.store.tokens
        assert nc.backend.brute_force.failures == []  # asking was no failed login


def test_revoked(nc, dest):
    login = nc.plain_connection()
    nc.ok("ocs_app_password", login=login, dest=dest)
    secret = kept(dest)
    assert nc.ok("ocs_app_password", check=True, login=login, dest=dest, state="absent")["changed"] and os.path.exists(dest)
    result = nc.ok("ocs_app_password", login=login, dest=dest, state="absent")
    assert result["changed"] and secret not in nc.backend.store.tokens and not os.path.exists(dest)
    assert nc.backend.app_password in nc.backend.store.tokens
    assert result["requests"]["writes"] == len(nc.backend.writes()) == 1
    assert result["requests"]["reads"] == len(nc.backend.log) - 1
    nc.quiet("ocs_app_password", login=login, dest=dest, state="absent")


def test_revoked_already(nc, dest):
    with open(dest, "w", encoding="utf-8") as stream:
        stream.write("Unknown-to-the-server\n")
    assert nc.ok("ocs_app_password", login=nc.plain_connection(), dest=dest, state="absent")["changed"]
    assert not os.path.exists(dest) and nc.backend.writes() == []


def test_the_one_in_use(nc):
    assert nc.ok("ocs_app_password", state="absent")["changed"]
    assert nc.backend.app_password not in nc.backend.store.tokens
    assert "credentials were refused" in nc.bad("ocs_info")


def test_returned_only_when_nobody_sees_it(nc):
    login = nc.plain_connection()
    assert "would be printed" in nc.bad("ocs_app_password", login=login)
    assert len(nc.backend.log) == 0
    assert nc.ok("ocs_app_password", login=login, hidden=True)["app_password"] in nc.backend.store.tokens


def test_needs_the_password_of_the_account(nc, dest):
    message = nc.bad("ocs_app_password", dest=dest)
    assert "with the account's own password, not with another app password" in message
    assert not os.path.exists(dest)


def test_folder_that_does_not_exist(nc, dest):
    assert "is not a folder that can be written to" in nc.bad("ocs_app_password", login=nc.plain_connection(), dest=f"{dest}/deeper/file")
    assert len(nc.backend.log) == 0


def test_dest_that_is_a_folder(nc, tmp_path):
    assert "dest must name a file" in nc.bad("ocs_app_password", login=nc.plain_connection(), dest=str(tmp_path))
    assert nc.backend.writes() == []


def test_a_request_that_makes_one_changes_something(nc):
    wish = {"path": "/ocs/v2.php/core/getapppassword", "login": nc.connection()}
    assert nc("ocs_request", check=True, **wish)["sent"] is False
    assert "is known to write" in nc.bad("ocs_request", changes=False, **wish)
