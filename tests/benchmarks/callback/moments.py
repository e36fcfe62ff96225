# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = """
name: moments
type: aggregate
short_description: Write when each task and each item of a loop began and ended
description: One line of JSON for each, to the file that MOMENTS names.
"""

import json
import os
import time

from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "moments"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stream = open(os.environ["MOMENTS"], "w", encoding="utf-8")  # noqa: SIM115, it ends with the process

    def write(self, what, task, result=None):
        raw = {} if result is None else getattr(result, "result", None) or result._result
        kept = {key: raw[key] for key in ("changed", "failed", "msg", "requests", "summary") if key in raw}
        self.stream.write(json.dumps([what, task.get_name(), time.monotonic(), kept], default=str) + "\n")
        self.stream.flush()

    def v2_playbook_on_task_start(self, task, is_conditional):
        self.write("start", task)

    def v2_runner_on_ok(self, result):
        self.write("end", result._task, result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self.write("failed", result._task, result)

    def v2_runner_item_on_ok(self, result):
        self.write("item", result._task, result)

    def v2_runner_item_on_failed(self, result):
        self.write("failed", result._task, result)
