# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The driver of an ordinary module: the one file of module_utils that knows Ansible."""

from __future__ import annotations

import os
import select
import sys
import threading
from typing import Any, NoReturn

from ansible.module_utils.basic import AnsibleModule, missing_required_lib
from ansible.module_utils.common.parameters import env_fallback

from . import transport
from .spec import hide
from .task import Task


def with_fallbacks(options: dict[str, Any]) -> dict[str, Any]:
    """Options whose ``env`` became Ansible's environment fallback."""
    out = {}
    for name, option in options.items():
        option = dict(option)
        if "env" in option:
            option["fallback"] = (env_fallback, [option.pop("env")])
        out[name] = option
    return out


class Module(AnsibleModule):
    """An AnsibleModule that neither repeats nor searches a list of objects: with thousands of secrets that takes minutes."""

    def __init__(self, task: Task) -> None:
        self.task = task
        super().__init__(argument_spec=with_fallbacks(task.options), supports_check_mode=True, **task.rules)
        self._choose_secrets()

    def _choose_secrets(self) -> None:
        """The secrets of a list are taken out of its report object by object, and out of other words by the task."""
        alone = self.task.secrets(self.params, within_lists=False)  # as they became: Ansible collects a path before it expands it
        self.no_log_values = (self.no_log_values - self.task.secrets(self.params)) | alone

    def _log_invocation(self) -> None:
        """The line in the system's log. Ansible would write the list there, and a secret with a backslash readable."""
        self._choose_secrets()
        params, self.params = self.params, self.task.shown(self.params)
        super()._log_invocation()
        self.params = params

    def exit_json(self, **kwargs: Any) -> NoReturn:
        super().exit_json(**self._invoked(kwargs))

    def fail_json(self, msg: str, **kwargs: Any) -> NoReturn:
        # Where a list cannot be understood Ansible knows of no secret at all, not even of those beside it.
        super().fail_json(hide(msg, self.task.secrets(self.params)), **self._invoked(kwargs))

    def _invoked(self, result: dict[str, Any]) -> dict[str, Any]:
        return {"invocation": {"module_args": self.task.shown(self.params)}, **result}


def leave_when_unread() -> None:
    """End the process once nobody reads what it prints: at a time-out Ansible leaves the task, and the processes of it go on."""
    try:
        reader = select.poll()
        reader.register(sys.stdout.fileno(), 0)  # errors and hang-ups are told in any case
    except (AttributeError, OSError, ValueError):
        return  # no such call on this system, or nothing that a reader could leave

    def watch() -> None:
        if any(event & (select.POLLERR | select.POLLHUP) for _number, event in reader.poll()):
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def run(task: Task) -> None:
    """The ``main`` of every module."""
    leave_when_unread()
    module = Module(task)
    if transport.REQUESTS_ERROR:
        module.fail_json(msg=missing_required_lib("requests"), exception=transport.REQUESTS_ERROR)
    result = task.run(module.params, module.check_mode, hidden=module.no_log)
    for warning in result.pop("warnings", ()):
        module.warn(warning)
    if not module._diff:
        result.pop("diff", None)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)
