# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from .errors import Blocked, Unauthorised
from .store import Account, ascii_lower

FAILURES_ALLOWED = 10
COUNTED_SECONDS = 12 * 3600.0
BLOCKING_SECONDS = 30 * 60.0
LONGEST_DELAY_MS = 25_000
SKELETON_BYTES = 20_174_294  # what a first login puts into the home (contract 5.3)


def within(address: str, networks: list[str]) -> bool:
    return any(ipaddress.ip_address(address) in ipaddress.ip_network(network, strict=False) for network in networks)


@dataclass(slots=True)
class Failure:
    time: float
    address: str
    login: str | None  # None: a password check, which no later login forgives


class BruteForce:
    """The guard that counts wrong passwords per address (contract 2.3)."""

    def __init__(self, server):
        self.server = server
        self.failures: list[Failure] = []

    def allow_listed(self, address: str) -> bool:
        return within(address, [f"{entry['ip']}/{entry['mask']}" for entry in self.server.store.allow_list.values()])

    def _count(self, address: str, seconds: float) -> int:
        if not self.server.knobs.brute_force or self.allow_listed(address):
            return 0
        since = self.server.clock.now() - seconds
        return sum(1 for failure in self.failures if failure.address == address and failure.time > since)

    def blocks(self, address: str) -> bool:
        return self._count(address, BLOCKING_SECONDS) > FAILURES_ALLOWED

    def delay_ms(self, address: str) -> int:
        """What the server announces; it does not sleep."""
        count = self._count(address, COUNTED_SECONDS)
        return min(100 * 2**count, LONGEST_DELAY_MS) if count else 0

    def record(self, address: str, login: str | None) -> None:
        self.failures.append(Failure(self.server.clock.now(), address, login))

    def forgive(self, address: str, account_id: str) -> None:
        """A good login forgives only what was tried with exactly this id."""
        if self.failures:
            self.failures = [failure for failure in self.failures if (failure.address, failure.login) != (address, account_id)]


def find_by_login(server, login: str) -> Account | None:
    """The account of an id, or the only one with this e-mail address."""
    if account := server.store.account(login):
        return account
    owners = server.store.with_email(login)
    return owners[0] if len(owners) == 1 else None


def password_is_right(account: Account | None, password: str) -> bool:
    return bool(account and account.password and account.password == password)


def authenticate(call) -> None:
    """Set the acting account; wrong credentials raise, absent ones do not."""
    if call.bearer is not None:
        _by_bearer(call)
    elif call.credentials:
        _by_basic(call, *call.credentials)


def _by_bearer(call) -> None:
    token = call.store.tokens.get(call.bearer)
    account = call.store.account(token.account) if token and not token.wiped else None
    call.login = bool(account and account.enabled)
    if call.login:
        call.account, call.auth, call.secret = account, "bearer", call.bearer


def _by_basic(call, login: str, password: str) -> None:
    if not password:
        return
    guard, address = call.server.brute_force, call.client[0]
    if guard.blocks(address):
        raise Blocked
    if token := call.store.tokens.get(password):
        account = call.store.account(token.account)
        right = not token.wiped and ascii_lower(login) == ascii_lower(token.login)
        kind = "app-password"
    elif call.knobs.token_auth_enforced or call.knobs.two_factor_enforced:
        call.login = False
        return
    else:
        account = find_by_login(call.server, login)
        right = password_is_right(account, password)
        kind = "password"
    call.login = bool(right and account.enabled)
    if not right:
        guard.record(address, login)
    if not call.login:
        raise Unauthorised
    guard.forgive(address, account.id)
    call.account, call.auth = account, kind
    if kind == "app-password":
        call.secret = password
    else:
        _note_login(call, account)


def _note_login(call, account: Account) -> None:
    now = int(call.server.clock.now())
    if not account.last_login:
        call.first_login = True
        account.used = SKELETON_BYTES
    account.first_login = account.first_login or now
    account.last_login = now


def is_admin(call, account: Account | None = None) -> bool:
    """Is this account (default: the acting one) an admin; the acting one only from allowed addresses."""
    if account is None or account is call.account:
        ranges = call.knobs.allowed_admin_ranges
        return "admin" in call.account.groups and (not ranges or within(call.client[0], ranges))
    return "admin" in account.groups


def is_delegated(call) -> bool:
    return any(group in call.account.groups for group in call.store.delegated_groups)


def sees_everybody(call) -> bool:
    """Is the acting account an admin or a delegated admin."""
    return is_admin(call) or is_delegated(call)


def may_manage(call, target: Account) -> bool:
    """Admins everybody, delegated admins all but admins, sub-admins the members of their groups, everybody themselves."""
    if is_admin(call) or target is call.account:
        return True
    if "admin" in target.groups:
        return False
    return is_delegated(call) or any(group in call.account.subadmin for group in target.groups)


def may_manage_group(call, group_id: str) -> bool:
    return is_admin(call) or (is_delegated(call) and group_id != "admin") or group_id in call.account.subadmin
