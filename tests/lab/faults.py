# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field

#: What a fault does, and whether the request still takes effect on the backend.
KINDS = {
    "status": False,  # answers `status` with `body`
    "refusal": False,  # the backend's own refusal with `code` and `message`
    "html": False,  # a proxy's HTML page: 404, 502 or 503
    "empty": False,  # HTTP 200 without a body
    "throttle": False,  # 429 without a body
    "maintenance": False,
    "locked": False,  # the backend's crash answer, as with a locked database
    "redirect": False,  # 302 to `location`
    "bad_request": True,  # a refusal that leaves a half made object behind
    "truncate": True,  # the answer is cut in the middle
    "lost": True,  # the connection is closed instead of answering
    "drop": True,  # success, but the named `fields` are not stored
    "delay": True,  # `seconds` before the answer
    "task_error": True,  # the task that the request starts fails, with `message` as its last line
    "expire": True,  # all sessions end just before the request, on a backend that has them
}


@dataclass
class Fault:
    """What happens to the next `times` requests that match (None: all of them), after letting `skip` pass."""

    kind: str
    method: str | None = None
    path: str = ""
    times: int | None = 1
    skip: int = 0
    effect: bool | None = None
    status: int = 503
    body: str = ""
    content_type: str = "text/html"
    code: int | str = 101
    message: str = ""
    location: str = "/login"
    seconds: float = 1.0
    fields: list[str] = field(default_factory=list)

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}: one of {', '.join(KINDS)}")
        if self.effect is None:
            self.effect = KINDS[self.kind]
        self._path = re.compile(self.path)

    def matches(self, method: str, path: str) -> bool:
        return self.method in (None, method) and bool(self._path.search(path))


class Faults:
    """The pending faults of one backend; the first one that matches is used."""

    def __init__(self):
        self._pending: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        self._pending.append(fault)
        return fault

    def clear(self) -> None:
        self._pending.clear()

    def take(self, method: str, path: str) -> Fault | None:
        for fault in self._pending:
            if fault.matches(method, path):
                if fault.skip:
                    fault.skip -= 1
                    continue
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._pending.remove(fault)
                return fault
        return None

    def as_json(self) -> list[dict]:
        return [asdict(fault) for fault in self._pending]
