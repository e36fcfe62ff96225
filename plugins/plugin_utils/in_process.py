# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The driver inside Ansible's own worker process: the same task, one warm client for all items of a loop.

It runs the task here only when the task would run here anyway; otherwise the ordinary module does. Being wrong
about that is only slow, never different.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from typing import Any, Dict, Mapping, Optional, Tuple

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.release import __version__ as ansible_version

from ..module_utils.core import transport
from ..module_utils.core.client import Client
from ..module_utils.core.module_driver import with_fallbacks
from ..module_utils.core.task import Task

SWITCH = "workplace_onboarding_in_process"  # a variable; false: always the ordinary module
NEW_ENOUGH = tuple(int(part) for part in ansible_version.split(".")[:2]) >= (2, 19)

_CLIENTS: Dict[Tuple[int, str], Client] = {}  # of this worker process, kept over the items of a loop


def plain(value: Any) -> Any:
    """A copy as a module would get it: JSON types only, without Ansible's tags."""
    return json.loads(json.dumps(value, default=lambda other: other.isoformat() if hasattr(other, "isoformat") else str(other)))


class InProcessAction(ActionBase):
    """Base of the action plugins, which only name their ``task``."""

    _supports_check_mode = True
    _supports_async = True
    task: Task

    def run(self, tmp: Any = None, task_vars: Optional[Dict[str, Any]] = None) -> Dict[str, Any]:
        super().run(tmp, task_vars)
        if not self._at_home(task_vars or {}):
            return dict(self._execute_module(task_vars=task_vars, wrap_async=self._task.async_val))
        checked = ArgumentSpecValidator(with_fallbacks(self.task.options), **self.task.rules).validate(plain(self._task.args))
        params = checked.validated_parameters
        try:
            result = self._result(checked, params)
        except Exception as exc:  # an exception out of an action would end the loop and lose the results before it
            result = {"changed": False, "failed": True, "msg": f"{type(exc).__name__}: {exc}", "exception": traceback.format_exc()}
        shown: Dict[str, Any] = remove_values(result, self.task.secrets(params, within_lists=False))
        shown.update((key, value) for key, value in result.items() if value is None or isinstance(value, bool))  # a secret may read "True"
        return shown

    def _result(self, checked: Any, params: Dict[str, Any]) -> Dict[str, Any]:
        if checked.error_messages:
            unknown = f"Unsupported parameters for ({self._task.action}) module: " if checked.unsupported_parameters else ""
            return {"changed": False, "failed": True, "msg": unknown + ". ".join(checked.error_messages)}
        result = self.task.run(params, self._task.check_mode, hidden=self._task.no_log, opened=lambda: self._client(params))
        if not self._task.diff:
            result.pop("diff", None)
        return result

    def _at_home(self, task_vars: Mapping[str, Any]) -> bool:
        """Whether the task would run on this machine, as this user, with this Python, in this environment, now."""
        python = task_vars.get("ansible_python_interpreter")
        return (
            NEW_ENOUGH
            and transport.REQUESTS_ERROR is None
            and self._connection.transport == "local"
            and not self._connection.become
            and not self._task.async_val
            and not any(self._task.environment or ())
            and (python is None or os.path.realpath(str(self._templar.template(python))) == os.path.realpath(sys.executable))
            and boolean(task_vars.get(SWITCH, True), strict=False)
        )

    def _client(self, params: Dict[str, Any]) -> Client:
        key = (os.getpid(), json.dumps([params[name] for name in self.task.connection]))
        if key not in _CLIENTS:
            _CLIENTS[key] = self.task.open(params)
        return _CLIENTS[key]
