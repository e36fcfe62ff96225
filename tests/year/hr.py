# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An HR department: hires, moves, leaves, returns, leavers, weddings and mistakes, day by day, the same for the same seed."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]

GIVEN = """Zoé Noël Gus Hazel Basil Coral Dot Juno Ivo Fern Ada Björn Chloé Dāvis Élodie François Gülay Håkon Inès Jürgen Łucja
Maëlle Ndidi Øyvind Põdra Renée Søren Théa Ursule Vít Wren Xènia Yaël Žofia Anne-Laure Jean-Noël""".split()
FAMILY = """Parable Sandbox Mock Inkwell Lantern Margin Sample Fixture Storybook Exemple O'Fable D'Encre Straße Brøndby Łączka Nuñez
Müller Quill-Folio Paginå Chapître Glossary Appendix
Footnote Preface Colophon Bindery Vellum Parchment Serif Italic Ligature Em-Dash""".split()
JOBS = ("Clerk", "Teacher", "Technician", "Librarian", "Accountant")
DEPARTMENTS = ("it", "school", "library", "roads", "town-hall")
HEADS = 5  # the first heads of the departments, who are everybody's managers; the first is the managers' manager, and never leaves


class Office:
    """What HR knows, and the file that it sends every morning."""

    def __init__(self, seed: int, people: int, first: date) -> None:
        self.random, self.today = random.Random(seed), first
        self.rows: list[Row] = []
        self.later: list[tuple[date, Row, Row]] = []  # on that day, these fields of that person are put right
        self.absent: dict[str, date] = {}  # number: left out of the file until that day
        self.heads = {department: f"{number:04}" for number, department in enumerate(DEPARTMENTS, start=1)}
        for _unused in range(people):
            self.hire(first - timedelta(days=self.random.randint(10, 4000)))
        for row in self.random.sample(self.rows[HEADS:], people // 12):
            row["on_leave"] = True
        for row in self.random.sample(self.rows[HEADS:], people // 12):
            row["end_date"] = first + timedelta(days=self.random.randint(-25, 40))

    # The file

    def file(self) -> list[Row]:
        """The rows of today, in no particular order."""
        rows = [dict(row) for row in self.rows if row["employee_number"] not in self.absent]
        random.Random(self.today.toordinal()).shuffle(rows)
        return rows

    def until(self, day: date) -> None:
        while self.today < day:
            self.today += timedelta(days=1)
            self.one_day()

    def one_day(self) -> None:
        for due, row, fields in [each for each in self.later if each[0] <= self.today]:
            row.update(fields)
            self.later.remove((due, row, fields))
        self.absent = {number: until for number, until in self.absent.items() if until > self.today}
        for chance, event in (
            (0.70, self.new_colleague),
            (0.60, self.resignation),
            (0.70, self.move),
            (0.60, self.leave),
            (0.15, self.wedding),
            (0.50, self.another_job),
            (0.15, self.comes_back),
            (0.15, self.wrong_department),
            (0.15, self.forgotten),
            (0.10, self.wrong_last_day),
            (0.10, self.last_day_known_late),
            (0.05, self.struck_off),
            (0.03, self.another_head),
            (0.02, self.a_head_leaves),
        ):
            if self.random.random() < chance:
                event()
        for row in self.rows:
            if row["on_leave"] and self.random.random() < 0.03:
                row["on_leave"] = False

    # Who

    def hire(self, start: date) -> Row:
        number = f"{len(self.rows) + 1:04}"
        namesake = self.random.choice(self.rows) if self.rows and self.random.random() < 0.1 else None
        row: Row = {
            "employee_number": number,
            "login": f"e{number}" if self.random.random() < 0.15 else None,
            "given_name": namesake["given_name"] if namesake else self.random.choice(GIVEN),
            "family_name": namesake["family_name"] if namesake else self.random.choice(FAMILY),
            "department": self.random.choice(DEPARTMENTS),
            "job_title": self.random.choice(JOBS),
            "phone": f"+3319900{number}" if self.random.random() < 0.8 else None,
            "start_date": start,
            "end_date": None,
            "on_leave": False,
        }
        row["manager"] = (
            None if not self.rows else self.heads[row["department"]] if len(self.rows) >= HEADS else self.rows[0]["employee_number"]
        )
        self.rows.append(row)
        return row

    def anybody(self, wanted: Any) -> Row | None:
        found = [row for row in self.rows[HEADS:] if wanted(row) and row["employee_number"] not in self.heads.values()]
        return self.random.choice(found) if found else None

    def works(self, row: Row) -> bool:
        return (
            row["start_date"] <= self.today
            and row["end_date"] is None
            and not row["on_leave"]
            and row["employee_number"] not in self.absent
        )

    def in_days(self, first: int, last: int) -> date:
        return self.today + timedelta(days=self.random.randint(first, last))

    # What happens

    def new_colleague(self) -> None:
        self.hire(self.in_days(-2, 20))

    def resignation(self) -> None:
        if row := self.anybody(self.works):
            row["end_date"] = self.in_days(0, 20)

    def last_day_known_late(self) -> None:
        if row := self.anybody(self.works):
            row["end_date"] = max(self.in_days(-20, -1), row["start_date"])

    def move(self) -> None:
        if row := self.anybody(self.works):
            row["department"] = self.random.choice(DEPARTMENTS)
            row["manager"] = self.heads[row["department"]]

    def leave(self) -> None:
        if row := self.anybody(self.works):
            row["on_leave"] = True

    def wedding(self) -> None:
        """Another name, and HR types another login."""
        if row := self.anybody(self.works):
            row["family_name"] = self.random.choice(FAMILY)
            row["login"] = f"{self.random.choice(('wed', 'jubilee', 'union'))}.{row['employee_number']}"

    def another_job(self) -> None:
        if row := self.anybody(self.works):
            row["job_title"] = self.random.choice(JOBS)

    def another_head(self) -> None:
        """The head of a department has another name, and everybody's mail goes there."""
        row = self.head(self.random.choice(DEPARTMENTS))
        row["family_name"], row["login"] = self.random.choice(FAMILY), f"head.{row['employee_number']}.{self.today.toordinal()}"

    def a_head_leaves(self) -> None:
        """Whoever works in the department gets another manager. Who has left keeps the one who has left, too."""
        department = self.random.choice(DEPARTMENTS[1:])
        old, new = self.head(department), self.anybody(lambda row: self.works(row) and row["department"] == department)
        if new and self.works(old):
            old["end_date"] = self.in_days(0, 20)
            self.heads[department], new["manager"] = new["employee_number"], self.rows[0]["employee_number"]
            for row in self.rows:
                if (
                    row["manager"] == old["employee_number"]
                    and row is not new
                    and (row["end_date"] is None or row["end_date"] >= self.today)
                ):
                    row["manager"] = new["employee_number"]

    def head(self, department: str) -> Row:
        return next(row for row in self.rows if row["employee_number"] == self.heads[department])

    def comes_back(self) -> None:
        """Before or after the accounts are deleted: as if nothing had been, or with another first day."""
        if row := self.anybody(lambda row: row["end_date"] and timedelta(1) < self.today - row["end_date"] < timedelta(60)):
            row["end_date"] = None
            if self.random.random() < 0.5:
                row["start_date"] = self.in_days(0, 12)

    # Mistakes

    def wrong_department(self) -> None:
        """Corrected on the next day."""
        if row := self.anybody(self.works):
            self.later.append((self.today + timedelta(days=1), row, {"department": row["department"]}))
            row["department"] = self.random.choice(DEPARTMENTS)

    def forgotten(self) -> None:
        """Not in the file for some days, whoever it is."""
        if row := self.anybody(lambda row: row["employee_number"] not in self.absent):
            self.absent[row["employee_number"]] = self.in_days(1, 5)

    def wrong_last_day(self) -> None:
        """In the past, and withdrawn on the next day."""
        if row := self.anybody(self.works):
            self.later.append((self.today + timedelta(days=1), row, {"end_date": None}))
            row["end_date"] = max(self.in_days(-400, -1), row["start_date"])

    def struck_off(self) -> None:
        """Somebody who has left is in the file no more, and never will be."""
        if row := self.anybody(lambda row: row["end_date"] and self.today > row["end_date"]):
            self.absent[row["employee_number"]] = date.max
