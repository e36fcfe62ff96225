# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The driver inside Ansible's own worker process: the same task, one warm client for all items of a loop.

It runs the task here only when the task would run here anyway; otherwise the ordinary module does. Being wrong
about that is only slow, never different.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from functools import lru_cache
from typing import Any, Dict, Mapping, Optional, Tuple

from ansible import constants as C
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.errors import UnsupportedError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.release import __version__ as ansible_version
from ansible.utils.display import Display

from ..module_utils.core import transport
from ..module_utils.core.client import Client
from ..module_utils.core.module_driver import with_fallbacks
from ..module_utils.core.spec import hide
from ..module_utils.core.task import Task

SWITCH = "workplace_onboarding_in_process"  # a variable, and in capitals one of the controller's environment; false: the ordinary module
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
        self._opened: Optional[Tuple[Client, int]] = None  # the client of this run, and how much it had written before
        if not self._at_home(task_vars or {}):
            return dict(self._execute_module(task_vars=task_vars, wrap_async=self._task.async_val))
        spare_the_collector(os.getpid())
        checked = validator(self.task).validate(plain(self._task.args))
        params = checked.validated_parameters
        if checked.error_messages:
            words = checked.error_messages[0]
            if isinstance(checked.errors[0], UnsupportedError):
                words = f"Unsupported parameters for ({self._task.action}) module: {words}"
            secrets = self.task.secrets(params) | getattr(checked, "_no_log_values", set())
            result: Dict[str, Any] = {"changed": False, "failed": True, "msg": hide(words, self.task.secrets(params))}
        else:
            try:
                result = self.task.run(params, self._task.check_mode, hidden=self._task.no_log, opened=lambda: self._client(params))
            except BaseException:  # of ``timeout:``
                self._leave(params)
                raise
            secrets = self.task.secrets(params, within_lists=False)
            if not self._task.diff:
                result.pop("diff", None)
        twice = [f"Both option {each['option']} and its alias {each['alias']} are set." for each in getattr(checked, "_warnings", ())]
        if twice:
            result["warnings"] = twice + result.get("warnings", [])
        deprecations = getattr(checked, "_deprecations", None)  # private; without it only these notices are missing
        if deprecations:
            result["deprecations"] = deprecations
        shown: Dict[str, Any] = remove_values(result, secrets)
        shown.update((key, value) for key, value in result.items() if value is None or isinstance(value, bool))  # a secret may read "True"
        return shown

    def _at_home(self, task_vars: Mapping[str, Any]) -> bool:
        """Whether the task would run on this machine, as this user, with this Python, in this environment, now."""
        return (
            NEW_ENOUGH
            and transport.REQUESTS_ERROR is None
            and self._connection.transport == "local"
            and not self._connection.become
            and not self._task.async_val
            and not any(self._task.environment or ())
            and boolean(os.environ.get(SWITCH.upper()) or True, strict=False)
            and boolean(self._templar.template(task_vars.get(SWITCH, True)), strict=False)
            and self._this_python(task_vars)
        )

    def _this_python(self, task_vars: Mapping[str, Any]) -> bool:
        """Whether no other Python is named, by a variable of the host that the task is for or in the configuration."""
        to = self._task.delegate_to
        variables = (task_vars.get("ansible_delegated_vars") or {}).get(to, {}) if to else task_vars
        named = str(self._templar.template(C.config.get_config_value("INTERPRETER_PYTHON", variables=variables)) or "auto")
        return named.startswith("auto") or whereabouts(named) == whereabouts(sys.executable)

    def _client(self, params: Dict[str, Any]) -> Client:
        key = self._key(params)
        if key not in _CLIENTS:
            _CLIENTS[key] = self.task.open(params)
        client = _CLIENTS[key]
        self._opened = client, client.transport.writes
        return client

    def _key(self, params: Dict[str, Any]) -> Tuple[int, str]:
        return os.getpid(), json.dumps([params[name] for name in self.task.connection])

    def _leave(self, params: Dict[str, Any]) -> None:
        """Let the threads under way send nothing more, say what was sent, and let the next item begin anew."""
        if self._opened:
            client, before = self._opened
            _CLIENTS.pop(self._key(params), None)
            client.transport.leave()
            sent = client.transport.writes - before
            if sent:
                Display().warning(f"The task was ended after sending {sent} writes: what they did stays, and another run does the rest")


@lru_cache(maxsize=None)
def spare_the_collector(worker: int) -> None:
    """Once a worker: what the controller left it is looked at no more for garbage. That is half the time of a list of 10,000."""
    gc.freeze()


@lru_cache(maxsize=None)
def validator(task: Task) -> ArgumentSpecValidator:
    return ArgumentSpecValidator(with_fallbacks(task.options), **task.rules)


@lru_cache(maxsize=None)
def whereabouts(python: str) -> Tuple[str, str]:
    """The file, and the folder in which it is called so: two virtual environments may share the file."""
    return os.path.realpath(python), os.path.realpath(os.path.dirname(python))
