# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the life cycle of accounts is told in: what backends can do, what the organisation decided, and a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .people import Person

MISSING = "missing"  # not in the file, and nobody said that they leave
AWAY = ("suspended", "leaving", MISSING)  # whose accounts are closed
SCHEMA = 1

Options = dict[str, Any]
Line = dict[str, Any]


@dataclass(frozen=True)
class Backend:
    """What can be done to an account of one backend, and how. Option names are those of its module.

    ``closed`` and ``open`` are options that close and open an account. Where there is no such option, ``closed`` takes away what the account may
    do (``remembers`` names the options whose values are given back), and the account counts as closed only by what is remembered.
    """

    name: str
    key: str  # the option that names an account
    map: Mapping[str, Any]  # option -> text with the fields of a person: see to_accounts
    number: str = ""  # the option that holds the employee number, where there is one
    closed: Mapping[str, Any] = field(default_factory=dict)
    open: Mapping[str, Any] = field(default_factory=dict)
    means: str = ""  # what ``closed`` is, in words for a report
    early: bool = True  # whether an account can exist, closed, before the first day
    secret: str = ""  # the option of the password that a new account needs, with a dot where it is one of a map
    scramble: bool = False  # whether somebody who has left gets a random password
    remembers: tuple[str, ...] = ()
    memberships: tuple[str, ...] = ()  # lists in which only what the rules can grant is managed
    apart: str = ""  # one of them that another module writes: see Plan.further
    apart_as: str = ""  # what that module calls it
    renames: bool = False
    leaving: Mapping[str, Any] = field(default_factory=dict)  # further options of somebody who has left, such as a forwarding
    before_closing: Mapping[str, Any] = field(
        default_factory=dict
    )  # entries of further modules that close what the account's options do not
    hand_over: Mapping[str, Any] = field(default_factory=dict)  # entries of further modules that give what somebody leaves to the manager
    take_back: Mapping[str, Any] = field(default_factory=dict)  # and such that take it away again
    cannot: tuple[str, ...] = ()  # what cannot be done here for somebody who has left, in words
    delete: Mapping[str, Any] = field(default_factory=dict)  # options of a deletion


@dataclass(frozen=True)
class Policy:
    """What the organisation decided."""

    phases: Mapping[str, int]  # days: see phases()
    rules: Sequence[Mapping[str, Any]] = ()  # see entitled()
    missing: str = "report"  # or "suspend": people who are not in the file any more
    protected: Sequence[str] = ()  # patterns of logins and accounts that are never closed or deleted
    only: Sequence[str] = ()  # logins; empty: everybody
    now: Sequence[str] = ()  # logins of people who leave at once, whatever the file says, and until somebody says that they are back
    back: Sequence[str] = ()  # logins of such people who are back
    handled: Sequence[str] = ("preboarding", "active", *AWAY, "gone")  # phases that this run acts on


@dataclass
class Further:
    """Entries for one more module of a backend, and the account that each is about.

    The first ``rehearsable`` of them are about accounts that exist. A rehearsal cannot ask for the others.
    """

    entries: list[Options] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    rehearsable: int = 0

    def add(self, account: str, entries: Sequence[Options], exists: bool = True) -> None:
        place = self.rehearsable if exists else len(self.entries)
        self.entries[place:place] = entries
        self.accounts[place:place] = [account] * len(entries)
        self.rehearsable += len(entries) if exists else 0


@dataclass
class Plan:
    """What is to be done.

    ``entries`` are for the modules, by backend. ``further`` are for other modules, by backend and then by what they are for: see Further.
    ``lines`` has one for each person and backend; ``entry`` is the place in that list, ``secret`` and ``scramble`` the option that needs the
    person's secret or a random one. ``secrets`` has the backends for which somebody needs a secret, by login.
    """

    entries: dict[str, list[Options]]
    further: dict[str, dict[str, Further]]
    lines: list[Line]
    secrets: dict[str, list[str]]
    state: dict[str, Any]
    warnings: list[str]
    vanished: list[str] = field(default_factory=list)  # logins of those who were in the file of the last run and are not in this one
    owners: dict[str, dict[str, Any]] = field(default_factory=dict)  # by login of ``secrets``, whose they are: see _begin_lives
    adopted: list[str] = field(default_factory=list)  # logins of those whose accounts were found though nothing at all is remembered
    known: int = 0  # people of the file who have an account somewhere


@dataclass
class Who:
    """One person: the record of the file, if there is one, and what is remembered, which is changed in place."""

    person: Person | None
    memory: dict[str, Any]
    phase: str
    today: date
    made: dict[str, Options]  # by backend: the options of the account
    left: dict[str, Options]  # by backend: further options of somebody who has left
    granted: Mapping[str, Options]  # by backend
    successor: str = ""  # the login of whoever gets what is left: the manager, or the next one up who is here

    @property
    def login(self) -> str:
        return str(self.memory["login"])

    def of(self, backend: Backend) -> dict[str, Any]:
        found: dict[str, Any] = self.memory.setdefault("accounts", {}).setdefault(backend.name, {})
        return found
