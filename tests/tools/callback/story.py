# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = """
name: story
type: stdout
short_description: For make demo, what a playbook says, without its tasks
description: Messages of debug tasks, what failed, and the counts of the end.
"""

from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "story"

    def show(self, result, failed=False):
        raw = getattr(result, "result", None) or result._result
        message = raw.get("msg", "")
        for line in message if isinstance(message, list) else str(message).splitlines():
            self._display.display(f"   {line}", color="red" if failed else "bright gray")

    def v2_runner_on_ok(self, result):
        if result._task.action in ("debug", "ansible.builtin.debug"):
            self.show(result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        if not ignore_errors:
            self._display.display(f"   failed: {result._task.get_name()}", color="red")
            self.show(result, failed=True)

    def v2_playbook_on_stats(self, stats):
        for host in sorted(stats.processed):
            count = stats.summarize(host)
            self._display.display(f"   ok={count['ok']} changed={count['changed']} failed={count['failures']}", color="dark gray")
