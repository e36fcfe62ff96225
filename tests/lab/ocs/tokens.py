# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""App passwords (contract 2.2)."""

from __future__ import annotations

import secrets
import string

from .errors import OcsError
from .routes import WRITE
from .routing import router
from .store import Token

LENGTH = 72
CHARACTERS = string.ascii_letters + string.digits


def new_secret() -> str:
    return "".join(secrets.choice(CHARACTERS) for _unused in range(LENGTH))


@router.add("GET", "/core/getapppassword", effect=WRITE)
def create_app_password(call):
    if call.secret:
        raise OcsError(403, "You cannot request an new apppassword with an apppassword")
    secret = new_secret()
    call.store.tokens[secret] = Token(call.account.id, call.credentials[0], call.headers.get("user-agent", ""))
    return {"apppassword": secret}


@router.add("DELETE", "/core/apppassword", effect=WRITE)
def revoke_app_password(call):
    del call.store.tokens[_in_use(call)]
    return []


def _in_use(call) -> str:
    if not call.secret:
        raise OcsError(403, "no app password in use")
    return call.secret


@router.add("POST", "/core/apppassword/rotate", effect=WRITE)
def rotate_app_password(call):
    secret = new_secret()
    call.store.tokens[secret] = call.store.tokens.pop(_in_use(call))
    return {"apppassword": secret}


@router.add("PUT", "/core/apppassword/confirm")
def confirm_password(call, password: str):
    if password != call.account.password:
        call.server.brute_force.record(call.client[0], call.account.id)
        raise OcsError(403)
    return {"lastLogin": int(call.server.clock.now())}
