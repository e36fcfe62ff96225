# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from .auth import may_manage, sees_everybody
from .errors import Crash
from .php import php_key, php_map
from .store import Account, ascii_lower
from .view import user_object


def window(items: list, limit: int | None, offset: int | None) -> list:
    """A page; a negative limit is no limit, a negative offset a crash (contract 3.1)."""
    offset = offset or 0
    if offset < 0:
        raise Crash("OFFSET must not be negative")
    return items[offset:] if limit is None or limit < 0 else items[offset : offset + limit]


def matching(accounts: list[Account], search: str) -> list[Account]:
    lowered = ascii_lower(search)
    return [account for account in accounts if account.matches(lowered)] if search else accounts


def visible(call, search: str, limit: int | None, offset: int | None) -> list[Account]:
    """The accounts of one page, in the order of the answer."""
    if sees_everybody(call):
        page = window(matching(call.store.ordered(call.knobs.page_order), search), limit, offset)
        return sorted(page, key=lambda account: ascii_lower(account.id))
    # A sub-admin's groups are paged one by one and merged (contract 2.5).
    found: dict[str, Account] = {}
    for group_id in call.account.subadmin:
        for account in window(matching(call.store.members(group_id), search), limit, offset):
            found[account.id] = account
    return list(found.values())


def ids(call, accounts: list[Account]) -> list[int | str]:
    keys = [php_key(account.id) for account in accounts]
    if sees_everybody(call):
        return keys
    # Merging renumbers the integer keys of a sub-admin's list: the account 12345 becomes 0 (contract 2.5).
    numbers = iter(range(len(keys)))
    return [next(numbers) if isinstance(key, int) else key for key in keys]


def details(call, accounts: list[Account]) -> dict | list:
    """User objects by id; of accounts that the caller may not manage, the id only (contract 3.1)."""
    shown = {account.id: user_object(call, account) if may_manage(call, account) else {"id": account.id} for account in accounts}
    return php_map(shown)
