# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest


def test_enable_and_disable(nc):
    nc.ok("ocs_app", app="admin_audit")
    assert nc.wrote() == ["POST admin_audit"]
    nc.quiet("ocs_app", app="admin_audit")
    nc.ok("ocs_app", apps=[{"app": "admin_audit", "state": "disabled"}, {"app": "activity", "state": "disabled"}])
    assert nc.backend.store.apps["admin_audit"] is nc.backend.store.apps["activity"] is False


def test_unknown_app_is_disabled_already(nc):
    """The server would answer 200 and keep settings of an app that nobody knows."""
    nc.quiet("ocs_app", app="of_nobody", state="disabled")
    assert "of_nobody" not in nc.backend.store.config
    for check, words in ((False, "neither installed nor in the app store"),):
        assert words in nc.bad("ocs_app", check=check, app="of_nobody")


@pytest.mark.parametrize("app", ["files", "provisioning_api", "dav"])
def test_always_enabled(nc, app):
    nc.quiet("ocs_app", app=app)
    for check in (True, False):
        assert nc.bad("ocs_app", check=check, app=app, state="disabled") == f"{app}: it is always enabled and cannot be disabled"
    assert nc.wrote() == []


@pytest.mark.parametrize("app", ["Files", "a b", "a/b", "", "é"])
def test_ids_that_the_server_answers_like_a_wrong_password(nc, app):
    assert "lower-case letters, digits, _ and - only" in nc.bad("ocs_app", app=app)
    assert len(nc.backend.log) == 0
