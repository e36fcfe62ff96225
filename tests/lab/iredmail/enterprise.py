# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The other product of the same name (contract 0.1): a client has to notice it before it writes anything."""

from __future__ import annotations

import re

from . import answer
from .answer import Answer
from .routes import DOMAIN_PATTERN, MAIL_PATTERN

PROFILE = re.compile(rf"/(?:user/(?P<mail>{MAIL_PATTERN})|domain/(?P<domain>{DOMAIN_PATTERN}))", re.ASCII)


def respond(call, path: str) -> Answer:
    """Two profiles in its nested form; all other paths are different there."""
    found = PROFILE.fullmatch(path)
    if found is None or call.method != "GET":
        return answer.not_found()
    if call.who is None:
        return answer.failure(call.knobs, "LOGIN_REQUIRED")
    profile = _user(call, found["mail"].lower()) if found["mail"] else _domain(call, found["domain"].lower())
    return answer.failure(call.knobs, "NO_SUCH_ACCOUNT") if profile is None else answer.payload(call.knobs, profile)


def _user(call, mail: str) -> dict | None:
    if (user := call.store.users.get(mail)) is None:
        return None
    profile = {"mail": user.mail, "name": user.name, "employee_id": user.employee_id, "status": "active" if user.active else "disabled"}
    return {"profile": profile | {"quota": user.quota}, "last_login": {}, "used_quota": {"bytes": 0, "messages": 0}}


def _domain(call, name: str) -> dict | None:
    if (domain := call.store.domains.get(name)) is None:
        return None
    return {"profile": {"domain": name, "name": domain.name, "quota": domain.quota}, "used_quota": {"bytes": 0}, "last_login": {}}
