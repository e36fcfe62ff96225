# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who is in the HR file of the tests."""

from __future__ import annotations

from datetime import date
from typing import Any

TODAY = date(2026, 9, 10)
TOMORROW = date(2026, 9, 11)
NAMES = (
    ("Basil", "Inkwell", "town-hall"),
    ("Zoé", "Parable", "it"),
    ("Coral", "Lantern", "roads"),
    ("Dot", "Margin", "library"),
    ("Juno", "Sample", "it"),
    ("Ivo", "Fixture", "school"),
    ("Fern", "Storybook", "school"),
    ("Hazel", "Mock", "library"),
    ("Noël", "Exemple", "roads"),
    ("Gus", "Sandbox", "school"),
)
LOGINS = (
    "basil.inkwell",
    "zoe.parable",
    "coral.lantern",
    "dot.margin",
    "juno.sample",
    "ivo.fixture",
    "fern.storybook",
    "hazel.mock",
    "noel.exemple",
    "gus.sandbox",
)


def cast(**changes: dict[str, Any]) -> list[dict[str, Any]]:
    """Ten people; changes by login with _ for the dot, such as ``zoe_parable={"on_leave": True}``; None leaves somebody out."""
    people = [
        {
            "employee_number": f"{number:04}",
            "login": login,
            "given_name": given,
            "family_name": family,
            "department": department,
            "job_title": "Clerk",
            "phone": f"+33199000{number:03}",
            "manager": "0001" if number > 1 else None,
            "start_date": date(2026, 9, 1),
            "end_date": None,
            "on_leave": False,
        }
        for number, (login, (given, family, department)) in enumerate(zip(LOGINS, NAMES), 1)
    ]
    changed = [(person, changes.get(person["login"].replace(".", "_"), {})) for person in people]
    return [{**person, **change} for person, change in changed if change is not None]


def joiner(number: int = 11, **more: Any) -> dict[str, Any]:
    """Wren, who is new."""
    known = {"given_name": "Wren", "family_name": "Vellum", "login": "wren.vellum", "department": "it", "manager": "0001"}
    return {"employee_number": f"{number:04}", "start_date": TODAY, **known, **more}
