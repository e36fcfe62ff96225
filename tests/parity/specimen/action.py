# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.parity.specimen.plugins.module_utils.task import TASK
from ansible_collections.workplace.onboarding.plugins.plugin_utils.in_process import InProcessAction


class ActionModule(InProcessAction):
    task = TASK
