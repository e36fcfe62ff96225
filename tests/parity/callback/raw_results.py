# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = """
name: raw_results
type: aggregate
short_description: Write every result as it is to the file that RAW_RESULTS names
description: One line of JSON for each task and each item of a loop.
"""

import json
import os

from ansible.plugins.callback import CallbackBase

EVENTS = ("ok", "failed", "skipped", "unreachable")


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "raw_results"

    def write(self, event, result):
        raw = getattr(result, "result", None) or result._result  # 2.19 and newer, or older
        task = getattr(result, "task", None) or result._task
        host = getattr(result, "host", None) or result._host
        line = {
            "task": task.get_name(),
            "host": host.get_name(),
            "event": event,
            "result": {key: raw[key] for key in raw if key != "results"},
        }
        with open(os.environ["RAW_RESULTS"], "a", encoding="utf-8") as stream:
            stream.write(json.dumps(line, default=str, sort_keys=True) + "\n")


def _writer(event):
    return lambda self, result, **more: self.write(event, result)


for _event in EVENTS:
    setattr(CallbackModule, f"v2_runner_on_{_event}", _writer(_event))
    if _event != "unreachable":
        setattr(CallbackModule, f"v2_runner_item_on_{_event}", _writer(f"item {_event}"))
