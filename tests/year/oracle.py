# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every backend must hold, from the HR files alone.

Written from the rules as they are documented, and sharing nothing with the code that is tested: own phases, own logins, own entitlements.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]
Account = dict[str, Any]

EARLY, GRACE = 7, 30
BACKENDS = ("ldapsaisie", "bluemind", "ocs", "iredmail", "micetro")
RENAMES = ("ldapsaisie", "bluemind", "iredmail")
PLAIN = str.maketrans({"ł": "l", "ø": "o", "ß": "ss"})


def phase(row: Row, today: date) -> str:
    if row["end_date"] and today > row["end_date"]:
        return "gone" if today > row["end_date"] + timedelta(days=GRACE) else "leaving"
    if row["start_date"] and today < row["start_date"]:
        return "preboarding" if today >= row["start_date"] - timedelta(days=EARLY) else "future"
    return "suspended" if row["on_leave"] else "active"


def ascii_of(name: str) -> str:
    """É is e, ß is ss, hyphens stay, apostrophes go."""
    letters = unicodedata.normalize("NFKD", name.lower().translate(PLAIN))
    return "".join(letter for letter in letters if letter in "abcdefghijklmnopqrstuvwxyz-")


def granted(backend: str, row: Row) -> set[str]:
    return set() if backend == "iredmail" else {"staff", row["department"]}


def roles(row: Row) -> set[str]:
    return {"it": {"DNS Administrators (built-in)"}, "roads": {"Requesters (built-in)"}}.get(row["department"], set())


MANAGED = {"staff", "it", "school", "library", "roads", "town-hall"}
MANAGED_ROLES = {"DNS Administrators (built-in)", "Requesters (built-in)"}


@dataclass
class Known:
    """One person, as remembered."""

    number: str
    login: str = ""
    left: date | None = None  # when it was first known
    last_day: date | None = None  # as the file had it, whenever that was
    accounts: dict[str, Account] = field(default_factory=dict)


class Oracle:
    def __init__(self) -> None:
        self.people: dict[str, Known] = {}
        self.logins: dict[str, str] = {}  # whoever ever had it
        self.seen: Counter[str] = Counter()  # what happened, to know that it did

    def day(self, rows: list[Row], today: date, missing: str) -> None:
        self._logins(rows)
        by_number = {row["employee_number"]: row for row in rows}
        stages = {number: self._stage(self.people[number], row, today) for number, row in by_number.items()}
        for number, row in by_number.items():
            self.people[number].last_day = row["end_date"]
            head = row["manager"]
            while head in by_number and stages[head] in ("leaving", "gone"):
                self.seen["forwarded to the next one up"] += stages[number] == "leaving"
                head = by_number[head]["manager"]
            for backend in BACKENDS:
                self._account(backend, self.people[number], row, stages[number], self.people[head] if head in by_number else None)
        for number, known in self.people.items():
            if number not in by_number and known.accounts:
                self.seen["missing"] += 1
                over = known.last_day is not None and known.last_day < today  # which is not forgotten with the row
                if over:
                    known.left = known.left or today
                for backend in BACKENDS if over or missing == "suspend" else ():
                    self._close(backend, known)
                    if over and backend in known.accounts:
                        known.accounts[backend].update(groups=set(), roles=set())

    def _logins(self, rows: list[Row]) -> None:
        """Typed ones first; the others are made of the name, with a number if somebody has or had it; once given, they stay."""
        for row in rows:
            known = self.people.setdefault(row["employee_number"], Known(row["employee_number"]))
            if row["login"]:
                if known.login and known.login != row["login"]:
                    self.seen["another login"] += 1
                known.login = row["login"]
                self.logins[known.login] = known.number
        for row in sorted(rows, key=lambda row: row["employee_number"]):
            known = self.people[row["employee_number"]]
            if not known.login:
                base = login = f"{ascii_of(row['given_name'])}.{ascii_of(row['family_name'])}"
                number = 2
                while login in self.logins:
                    login, number = f"{base}{number}", number + 1
                    self.seen["namesakes"] += 1
                known.login = login
                self.logins[login] = known.number

    def _stage(self, known: Known, row: Row, today: date) -> str:
        stage = phase(row, today)
        if stage not in ("leaving", "gone"):
            if known.left and known.accounts:
                self.seen["back within the days of grace"] += 1
            elif known.left:
                self.seen["back after the accounts were deleted"] += 1
            known.left = None
            return stage
        if known.left is None:
            known.left = today
        # Nobody loses days of grace because HR was late.
        if stage == "gone" and today < known.left + timedelta(days=GRACE):
            self.seen["known late"] += 1
            return "leaving"
        return stage

    def _account(self, backend: str, known: Known, row: Row, stage: str, head: Known | None) -> None:
        have = known.accounts.get(backend)
        if stage in ("preboarding", "active"):
            if have is None:
                if stage == "preboarding" and backend == "micetro":
                    return
                self.seen[f"made for somebody {stage}"] += 1
                have = known.accounts[backend] = {
                    "account": self._name(backend, known),
                    "open": stage == "active",
                    "by hand": False,
                    "others": set(),
                    "away": set(),
                }
            self._keep(backend, have, known, row)
            if backend == "micetro" and not have["open"] and stage == "preboarding":
                self._strip(have)
            if stage == "active" or "forwarding" not in have:
                have["forwarding"] = []
            if stage == "active" and not have["open"] and not have["by hand"]:
                self.seen["opened"] += 1
                have["open"] = True
            if not have["open"] and have["by hand"]:
                self.seen["stays closed, as somebody else closed it"] += 1
        elif have is not None and stage == "suspended":
            self._close(backend, known)
        elif have is not None and stage == "leaving":
            self._close(backend, known)
            have["groups"], have["roles"] = set(), set()
            if head and backend in ("bluemind", "iredmail"):
                have["forwarding"], have["to"] = [f"{head.login}@example.org"], head
        elif have is not None and stage == "gone":
            self.seen["deleted"] += 1
            del known.accounts[backend]

    @staticmethod
    def _name(backend: str, known: Known) -> str:
        return f"{known.login}@example.org" if backend == "iredmail" else known.login

    def _keep(self, backend: str, have: Account, known: Known, row: Row) -> None:
        """What somebody who is here has."""
        if have.get("groups") and have["groups"] != granted(backend, row):
            self.seen["moved"] += 1
        if have["account"] != self._name(backend, known):
            self.seen[f"{'renamed' if backend in RENAMES else 'not renamed'}"] += 1
            if backend in RENAMES:
                have["account"] = self._name(backend, known)
        have["groups"] = granted(backend, row)
        have["roles"] = roles(row) if backend == "micetro" else set()
        have["others"] |= have["away"]
        have["away"] = set()
        have["row"], have["login"] = dict(row), known.login
        have["phone"] = row["phone"] or have.get("phone", "")

    def _close(self, backend: str, known: Known) -> None:
        have = known.accounts.get(backend)
        if have is None:
            return
        if have["open"]:
            self.seen["closed"] += 1
        have["open"] = False
        if backend == "micetro":
            self._strip(have)

    @staticmethod
    def _strip(have: Account) -> None:
        """There, being closed is to have no groups and roles."""
        have["away"] |= have["others"]
        have["groups"], have["roles"], have["others"] = set(), set(), set()

    # What that is on the servers

    def accounts(self) -> dict[str, dict[str, Account]]:
        out: dict[str, dict[str, Account]] = {backend: {} for backend in BACKENDS}
        for known in self.people.values():
            for backend, have in known.accounts.items():
                out[backend][have["account"]] = getattr(self, f"_{backend}")(have)
        return out

    @staticmethod
    def _common(have: Account) -> Account:
        return {"open": have["open"], "groups": sorted(have["groups"] | have["others"])}

    def _ocs(self, have: Account) -> Account:
        row = have["row"]
        return {
            **self._common(have),
            "name": f"{row['given_name']} {row['family_name']}",
            "email": f"{have['login']}@example.org",
            "quota": "20 GB" if row["department"] == "it" else "5 GB",
            "phone": have["phone"],
            "job": row["job_title"],
        }

    def _bluemind(self, have: Account) -> Account:
        row = have["row"]
        return {
            **self._common(have),
            "name": (row["given_name"], row["family_name"]),
            "email": [f"{have['login']}@example.org"],
            "job": row["job_title"],
            "department": row["department"],
            "number": row["employee_number"],
            "forwarding": have["forwarding"],
            "keeps a copy": True if have["forwarding"] else None,
        }

    def _iredmail(self, have: Account) -> Account:
        row = have["row"]
        name = f"{row['given_name']} {row['family_name']}"
        # Whoever is renamed or deleted there is so in every forwarding, of people who are not in the file too.
        head = have["to"].accounts.get("iredmail") if have["forwarding"] else None
        forwarding = [head["account"]] if head else []
        return {**self._common(have), "name": name, "number": row["employee_number"], "forwarding": forwarding}

    def _micetro(self, have: Account) -> Account:
        row = have["row"]
        return {
            "groups": sorted(have["groups"] | have["others"]),
            "roles": sorted(have["roles"]),
            "name": f"{row['given_name']} {row['family_name']}",
            "email": f"{have['login']}@example.org",
            "job": row["job_title"],
        }

    def _ldapsaisie(self, have: Account) -> Account:
        row = have["row"]
        name = (row["given_name"], row["family_name"], f"{row['given_name']} {row['family_name']}")
        return {**self._common(have), "name": name, "email": f"{have['login']}@example.org", "dn": f"uid={have['account']},ou=people,o=ls"}
