# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task in Ansible's worker and the ordinary module may differ in. Nothing else may."""

from __future__ import annotations

#: Keys of a result. Users read of each in docs/in_process.md.
ALLOWED = {
    "requests": "a client that is kept over the items of a loop logs in once, and reads the list of groups once",
    "invocation": "options repeated for -vvv by an ordinary module only; older versions repeat them always",
    "exception": "a traceback names files, and an ordinary module runs from a temporary one",
    "failed_when_suppressed_exception": "the same, where failed_when said that it is no failure",
    "ansible_facts": "only who starts another Python looks for one, and keeps what it found",
}
#: Those that need a traceback that is shown.
TRACEBACKS = {"exception", "failed_when_suppressed_exception"}
#: Of async tasks: no two runs have the same.
CHANCE = ("start", "end", "delta", "ansible_job_id", "results_file")


def comparable(results: list[tuple[str, dict]]) -> list[tuple[str, dict]]:
    return [(event, {key: value for key, value in result.items() if key not in (*ALLOWED, *CHANCE)}) for event, result in results]


def ordinary(result: dict) -> bool:
    """Whether it comes from a module that ran by itself."""
    return "invocation" in result
