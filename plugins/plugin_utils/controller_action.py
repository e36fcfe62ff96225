# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The base of modules that are an action plugin only: they work on the controller, whatever host the task is for."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.plugins.action import ActionBase

from ..module_utils.core.spec import hide
from .in_process import plain


class ControllerAction(ActionBase):
    """Subclasses name their options, the rules between them, and the error that has a text for users; and do the ``work``."""

    TRANSFERS_FILES = False
    _requires_connection = False
    _supports_check_mode = True
    _supports_async = False
    options: Mapping[str, Any] = {}
    rules: Mapping[str, Any] = {}
    refusal: type[Exception] = ValueError

    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        super().run(tmp, task_vars)
        given = plain(self._task.args)
        secrets = {text for name, option in self.options.items() if option.get("no_log") for text in _texts(given.get(name))}
        checked = ArgumentSpecValidator(dict(self.options), **self.rules).validate(given)
        if checked.error_messages:
            return {"failed": True, "changed": False, "msg": hide(checked.error_messages[0], secrets)}
        try:
            return self.work(checked.validated_parameters, bool(self._task.check_mode))
        except self.refusal as error:
            return {"failed": True, "changed": False, "msg": hide(str(error), secrets)}
        except Exception as error:
            # Neither its text nor its traceback: nobody knows what they quote.
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{place.filename.rpartition('/')[2]}, line {place.lineno}"
            return {
                "failed": True,
                "changed": False,
                "msg": f"{type(error).__name__} in {where}: this is a defect of the collection, report it",
            }

    def work(self, params: dict[str, Any], check_mode: bool) -> dict[str, Any]:
        """The result of the task."""
        raise NotImplementedError


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value, whatever it is in."""
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str) and value:
        yield value
