# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the samples of BlueMind's modules share: a case for each generation, and a domain to work in."""

from __future__ import annotations

from typing import Any

from ..contract import Case

GENERATIONS = ("4", "5")
DOMAIN = {"uid": "18fb0c2a9b1.internal", "name": "example.org", "aliases": ["example.com"]}


def both(name: str, task_path: str, *, parity: tuple = (), four: Any = None, five: Any = None, **samples: Any) -> list[Case]:
    """A case for BlueMind 4 and one for BlueMind 5.

    :param parity: of the latter only. :param four: options of a sample, or values of the case, that are different there.
    """
    cases = []
    for generation, special in zip(GENERATIONS, (four or {}, five or {})):
        own = {
            key: {**samples[key], **value} if key in ("create", "update", "world", "examples") and key in samples else value
            for key, value in special.items()
        }
        more = {"parity": parity} if generation == GENERATIONS[-1] else {}
        cases.append(Case(name, task_path, **{**samples, **own, **more}, variant=generation, knobs={"dialect": int(generation)}))
    return cases


def person(login: str, **more: Any) -> dict[str, Any]:
    """Somebody to be seeded."""
    return {"domain": DOMAIN["name"], "login": login, "last_name": login.title(), "emails": [f"{login}@example.org"], **more}
