# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = """
name: worker_profile
type: aggregate
short_description: Profile the process that runs a task
description: The profile goes to the file that WORKER_PROFILE names; without it, nothing happens.
"""

import cProfile
import os

from ansible.executor.task_executor import TaskExecutor
from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "worker_profile"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        path, run = os.environ.get("WORKER_PROFILE"), TaskExecutor.run

        def profiled(executor):
            profile = cProfile.Profile()
            try:
                return profile.runcall(run, executor)
            finally:
                profile.dump_stats(path)

        if path:
            TaskExecutor.run = profiled
