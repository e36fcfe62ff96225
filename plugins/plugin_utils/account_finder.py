# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose account is whose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .lifecycle_model import Backend, Options, Who
from .people import same


class Finder:
    """Whose account is whose, on one backend.

    ``found``: login -> the name of the account: the remembered one, the one with the employee number, or the one that is named so. An account
    with another number is somebody else's, and so is one that was found for another; ``strange``: login -> why the account that is named so is
    not theirs.
    """

    def __init__(self, backend: Backend, accounts: Mapping[str, Options], everybody: Sequence[Who]) -> None:
        self.accounts = accounts
        self.found: dict[str, str] = {}
        self.strange: dict[str, str] = {}
        names = {same(name): name for name in accounts}
        numbers = {name: str(each.get(backend.number) or "") for name, each in accounts.items()} if backend.number else {}
        numbered = {number: name for name, number in numbers.items() if number}
        taken: set[str] = set()
        for step in ("name", "becoming", "number", "usual"):
            for who in everybody:
                mine = str(who.memory.get("employee_number") or "")
                usual = who.made.get(backend.name, {}).get(backend.key, "")
                name = (
                    numbered.get(mine)
                    if step == "number"
                    else names.get(same(str(usual if step == "usual" else who.of(backend).get(step, ""))))
                )
                if not name or who.login in self.found:
                    continue
                if name in taken:
                    if step == "usual":
                        owner = next(login for login, account in self.found.items() if account == name)
                        self.strange[who.login] = f"the account {name} is that of {owner}"
                    continue
                if mine and numbers.get(name) and numbers[name] != mine:
                    if step == "usual":
                        self.strange[who.login] = (
                            f"the account {name} has the employee number {numbers[name]}, not {mine}, so it is somebody else's: give this person another "
                            "login, or the account the right number"
                        )
                    continue
                self.found[who.login] = name
                taken.add(name)

    def nobodys(self) -> list[str]:
        taken = {*self.found.values()}
        return [name for name in self.accounts if name not in taken]
