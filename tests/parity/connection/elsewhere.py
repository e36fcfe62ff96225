# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = """
name: elsewhere
short_description: This machine, said to be another one
description: For tests of what a task does on a connection that is not local.
options: {}
extends_documentation_fragment: [connection_pipelining]
"""

from ansible.plugins.connection.local import Connection as Local


class Connection(Local):
    transport = "elsewhere"
