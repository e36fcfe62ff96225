#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_backup
short_description: Start a backup of a BlueMind
version_added: 0.1.0
description:
  - Starts a backup of all servers and waits for its end. Each run starts one, unless O(max_age) is given and the last good backup is
    young enough.
  - Check mode starts nothing and says whether one would be started.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.bluemind
  - workplace.onboarding.attributes.operation
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.bluemind
options:
  max_age:
    description:
      - How old the last good backup may be before another one is started, as a number and a unit, V(m) for minutes, V(h) for hours or
        V(d) for days. For example V(20h). A backup with errors, or with a part that is known to be unusable, does not count.
    type: str
  wait:
    description: Whether to wait for its end. Otherwise nothing is known of how it ends.
    type: bool
    default: true
  wait_timeout:
    description: Seconds to wait at most. The backup goes on at the server after that, and the task fails.
    type: int
    default: 14400
seealso:
  - module: workplace.onboarding.bluemind_backup_info
"""

EXAMPLES = r"""
- name: A backup before the migration, unless there is one of this night
  workplace.onboarding.bluemind_backup:
    max_age: 20h
"""

RETURN = r"""
backup:
  description: The backup that was made, or the one that is young enough.
  returned: when one is known
  type: dict
  contains:
    id: {description: Number of the backup., type: int}
    time: {description: When it was begun., type: str}
    good: {description: 'Whether it has neither errors nor parts that are known to be unusable.', type: bool}
    with_warnings: {description: Whether it ended with warnings., type: bool}
    with_errors: {description: Whether it ended with errors., type: bool}
    version: {description: Release of the software that was saved., type: str}
    parts: {description: 'What was saved of which server, with tag, size in bytes, end and validity.', type: list, elements: dict}
  sample: {id: 17, time: '2026-01-15T02:00:00Z', good: true, with_warnings: false, with_errors: false, version: '5.7', parts: []}

task:
  description: Id of the task at the server.
  returned: when a backup was started
  type: str
status:
  description: The last words of the task.
  returned: when it was waited for
  type: str
  sample: Backup finished successfully
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.backup import BACKUP
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(BACKUP)


if __name__ == "__main__":
    main()
