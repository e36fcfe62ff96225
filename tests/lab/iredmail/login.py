# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Logging in (contract 1.3): standalone admins, and mail users who are admins."""

from __future__ import annotations

import ipaddress

from . import passwords
from .errors import Refusal
from .routes import ANYBODY
from .routing import router
from .values import is_mail
from .versions import ALWAYS


def within(address: str, networks: list[str]) -> bool:
    """An empty list is open to all."""
    return not networks or any(ipaddress.ip_address(address) in ipaddress.ip_network(network, strict=False) for network in networks)


@router.add("POST", "/login", role=ANYBODY, parameters={"username": ALWAYS, "password": ALWAYS})
def log_in(call):
    call.login = False
    if call.knobs.api_clients_at_login and not within(call.address, call.knobs.api_clients):
        raise Refusal("NOT_AUTHORIZED")
    if not within(call.address, call.knobs.login_ip_list):
        raise Refusal("NOT_ALLOWED_IP")
    username = call.params.get("username", "").strip().lower()
    password = call.params.get("password", "")
    if not is_mail(username):
        raise Refusal("INVALID_USERNAME")
    if not password:
        raise Refusal("EMPTY_PASSWORD")
    account = call.store.admins.get(username) or call.store.users.get(username)
    if account is None or not account.active or not _is_admin(call, account) or not passwords.matches(account.password, password):
        raise Refusal("INVALID_CREDENTIALS")
    call.login = True
    call.session.username, call.session.is_global = username, account.is_global_admin


def _is_admin(call, account) -> bool:
    return account.mail in call.store.admins or account.is_global_admin or account.is_admin
