# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = """
name: nobody_else
short_description: Becomes the user that it was
description: For tests of what a task does when it must become another user.
options:
  become_user: {description: Not looked at., default: root, vars: [{name: ansible_become_user}], keyword: [{name: become_user}]}
  become_exe: {description: Not looked at.}
  become_flags: {description: Not looked at., default: ''}
  become_pass: {description: Not looked at.}
"""

from ansible.plugins.become import BecomeBase


class BecomeModule(BecomeBase):
    name = "nobody_else"

    def build_become_command(self, cmd, shell):
        super().build_become_command(cmd, shell)
        return cmd
