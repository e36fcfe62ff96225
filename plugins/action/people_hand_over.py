# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import getpass
import os
from typing import Any

from ansible_collections.workplace.onboarding.plugins.plugin_utils.controller_action import ControllerAction
from ansible_collections.workplace.onboarding.plugins.plugin_utils.hand_over import Records, shown
from ansible_collections.workplace.onboarding.plugins.plugin_utils.kept_files import Directory
from ansible_collections.workplace.onboarding.plugins.plugin_utils.secret_policy import SecretError


class ActionModule(ControllerAction):
    options = {
        "path": {"type": "path", "required": True},
        "state": {"type": "str", "choices": ["due", "begun", "done", "failed"], "default": "due"},
        "logins": {"type": "list", "elements": "str"},
        "login": {"type": "str"},
        "again": {"type": "list", "elements": "str", "default": []},
        "by": {"type": "str"},
        "means": {"type": "str", "default": "not said"},
        "systems": {"type": "list", "elements": "str", "default": []},
    }
    rules = {
        "mutually_exclusive": [("login", "logins")],
        "required_if": [("state", state, ("login",)) for state in ("begun", "done", "failed")],
    }
    refusal = SecretError

    def work(self, params: dict[str, Any], check_mode: bool) -> dict[str, Any]:
        directory = Directory(params["path"], os.environ)
        records, state, login = Records(directory), params["state"], params["login"]
        result: dict[str, Any]
        if state == "due":
            logins = [login] if login else params["logins"]
            result = {"changed": False, **records.due(logins, params["again"])}
        elif check_mode:
            directory.check()
            due = records.due([login], params["again"])["due"]
            if state == "begun" and not due:
                raise SecretError(f"the secrets of {login} were handed over before")
            result = {"changed": True}
        elif state == "begun":
            record = records.begin(login, params["by"] or _acting(), params["means"], params["systems"], params["again"])
            result = {"changed": True, "record": shown(record)}
        else:
            result = {"changed": True, "record": shown(records.end(login, state))}
        if directory.warnings:
            result["warnings"] = directory.warnings
        return result


def _acting() -> str:
    """The account on this machine; a container may have a number without a name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return str(os.getuid())
