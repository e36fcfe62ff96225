# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The driver of an ordinary module: the one file of module_utils that knows Ansible."""

from __future__ import annotations

from typing import Any

from ansible.module_utils.basic import AnsibleModule, missing_required_lib
from ansible.module_utils.common.parameters import env_fallback

from . import transport
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


def run(task: Task) -> None:
    """The ``main`` of every module."""
    module = AnsibleModule(argument_spec=with_fallbacks(task.options), supports_check_mode=True, **task.rules)
    if transport.REQUESTS_ERROR:
        module.fail_json(msg=missing_required_lib("requests"), exception=transport.REQUESTS_ERROR)
    result = task.run(module.params, module.check_mode, hidden=module.no_log)
    for warning in result.pop("warnings", ()):
        module.warn(warning)
    # The secrets of a long list were taken out of the report object by object; searching every string of the
    # result for each of them again would take minutes for thousands of people. So would echoing the list.
    module.no_log_values -= task.secrets(module.params) - task.secrets(module.params, within_lists=False)
    result["invocation"] = {"module_args": task.shown(module.params)}
    if not module._diff:
        result.pop("diff", None)
    if result.get("failed"):
        module.fail_json(**result)
    module.exit_json(**result)
