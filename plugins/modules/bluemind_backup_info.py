#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_backup_info
short_description: Read which backups a BlueMind holds
version_added: 0.1.0
description:
  - Reads all backups, and how many the server keeps.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.bluemind
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.bluemind
seealso:
  - module: workplace.onboarding.bluemind_backup
"""

EXAMPLES = r"""
- name: Read the backups
  workplace.onboarding.bluemind_backup_info:
  register: saved

- name: Insist on a good one
  ansible.builtin.assert:
    that: saved.last_good is defined
"""

RETURN = r"""
backups:
  description: The backups, the newest one first.
  returned: success
  type: list
  elements: dict
  contains:
    id: {description: Number of the backup., type: int}
    time: {description: When it was begun., type: str}
    good: {description: 'Whether it has neither errors nor parts that are known to be unusable.', type: bool}
    with_warnings: {description: Whether it ended with warnings., type: bool}
    with_errors: {description: Whether it ended with errors., type: bool}
    version: {description: Release of the software that was saved., type: str}
    parts: {description: 'What was saved of which server, with tag, size in bytes, end and validity.', type: list, elements: dict}
  sample: [{id: 17, time: '2026-01-15T02:00:00Z', good: true, with_warnings: false, with_errors: false, version: '5.7', parts: []}]

last_good:
  description: The newest one that is good.
  returned: when there is one
  type: dict
  sample: {id: 17, time: '2026-01-15T02:00:00Z', good: true, with_warnings: false, with_errors: false, version: '5.7', parts: []}
retention:
  description: How many backups are kept; the server heeds only C(daily).
  returned: success
  type: dict
  sample: {daily: 7, weekly: null, monthly: null}
requests:
  description: How many requests were sent, by what they do.
  returned: always
  type: dict
  contains:
    reads: {description: Requests that change nothing., type: int}
    writes: {description: Requests that change something., type: int}
  sample: {reads: 4, writes: 0}
instance:
  description: The O(instance) given.
  returned: when it was given
  type: str
"""

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.backup import INFO
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
