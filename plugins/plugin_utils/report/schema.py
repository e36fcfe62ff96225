# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a report holds: one head, and one line for each person and backend. The same for a plan, a run and an audit.

The tables HEAD, PERSON and LINE are the schema; docs/reports.md explains them and a test compares the two. Whatever is given,
checked heads and lines have every key, hold plain JSON values only, and no secret that stands under the name of one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from ...module_utils.core.spec import HIDDEN
from ..people import PeopleError

SCHEMA = 1
KINDS = ("plan", "run", "audit")
LANGUAGES = ("en", "fr")
PHASES = ("future", "preboarding", "active", "suspended", "leaving", "gone", "missing")
ACTIONS = ("create", "update", "enable", "suspend", "forward", "strip", "delete", "none", "refused")
PROBLEMS = ("failed", "refused", "dropped", "drift", "orphan", "missing")

Check = Callable[[Any], Any]
Entry = dict[str, Any]
_REQUIRED = object()
_SECRET = re.compile(
    r"pass_?(word|wd|phrase|code)|mot_?de_?passe|(^|_)(pwd|mdp|secrets?|tokens?|credentials?)($|_)|(api|private)_?key", re.I
)


class ReportError(PeopleError):
    """Why no report can be made: every reason in one message."""

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__(errors, "The report")


# --- what a value may be: each returns it as plain JSON, or raises ValueError with what it must be ---------------------


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a text")
    return str(value).encode("utf-8", "replace").decode("utf-8")  # a lone surrogate could not be written


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("must be a number, 0 or more")
    return int(value)


def moment(value: Any) -> str:
    try:
        if "T" in text(value):
            datetime.fromisoformat(re.sub("Z$", "+00:00", value))
            return text(value)
    except ValueError:
        pass
    raise ValueError("must be a time like 2026-01-31T02:00:00+01:00")


def one_of(*words: str) -> Check:
    def check(value: Any) -> str:
        if value not in words or not isinstance(value, str):
            raise ValueError("must be one of " + ", ".join(words))
        return text(value)

    return check


def texts(value: Any) -> list[str]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(each, str) for each in value):
        raise ValueError("must be a list of texts")
    return [text(each) for each in value]


def plain(value: Any) -> Any:
    """A value of JSON, with what stands under the name of a secret hidden."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float) and value - value == 0:
        return value
    if isinstance(value, str):
        return text(value)
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return mapping(value)


def mapping(value: Any) -> Entry:
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        raise ValueError("must be a map of plain values")
    return {text(name): HIDDEN if secret(name, each) else plain(each) for name, each in value.items()}


def labels(value: Any) -> dict[str, str]:
    return {name: text(each) for name, each in mapping(value).items()}


def secret(name: str, value: Any) -> bool:
    """Whether a value is one to hide; whether a password must be changed is none."""
    return not isinstance(value, (bool, type(None))) and bool(_SECRET.search(name.replace("-", "_").replace(".", "_")))


def maybe(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


def job(value: Any) -> str:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else text(value)


def version(value: Any) -> int:
    if isinstance(value, bool) or value != SCHEMA:
        raise ValueError(f"must be {SCHEMA}, the schema that this version of the collection writes")
    return SCHEMA


# --- the schema: key -> what it may be, and what it is when not given -------------------------------------------------

HEAD: dict[str, tuple[Check, Any]] = {
    "schema": (version, SCHEMA),
    "kind": (one_of(*KINDS), _REQUIRED),
    "run": (text, _REQUIRED),
    "at": (moment, _REQUIRED),
    "organisation": (text, ""),
    "instances": (labels, {}),
    "awx_job": (maybe(job), None),
    "people": (count, _REQUIRED),
    "policy": (mapping, {}),
    "language": (one_of(*LANGUAGES), "en"),
    "notes": (texts, []),
}
PERSON: dict[str, tuple[Check, Any]] = {
    "login": (text, _REQUIRED),
    "employee_number": (maybe(text), None),
    "display_name": (maybe(text), None),
    "department": (maybe(text), None),
    "site": (maybe(text), None),
    "phase": (maybe(one_of(*PHASES)), None),
}
LINE: dict[str, tuple[Check, Any]] = {
    "person": (maybe(lambda value: value), None),
    "backend": (text, _REQUIRED),
    "instance": (maybe(text), None),
    "account": (maybe(text), None),
    "action": (one_of(*ACTIONS), _REQUIRED),
    "means": (maybe(text), None),
    "changed": (flag, False),
    "fields": (texts, []),
    "before": (mapping, {}),
    "after": (mapping, {}),
    "dropped": (texts, []),
    "unverified": (texts, []),
    "deferred": (texts, []),
    "failed": (flag, False),
    "msg": (maybe(text), None),
    "reason": (maybe(text), None),
    "drift": (flag, False),
    "orphan": (flag, False),
    "missing": (flag, False),
    "wanted": (maybe(text), None),
    "at": (maybe(moment), None),
}


def _checked(table: Mapping[str, tuple[Check, Any]], given: Any, where: str, errors: list[str]) -> Entry:
    if not isinstance(given, Mapping):
        errors.append(f"{where} must be a map")
        return {}
    unknown = [str(name) for name in given if name not in table]
    if unknown:
        errors.append(f"{where}: unknown key {', '.join(unknown)}")
    out: Entry = {}
    for name, (check, default) in table.items():
        value = given.get(name, default)
        if value is _REQUIRED:
            errors.append(f"{where}: {name} is missing")
            continue
        try:
            out[name] = check(value)
        except ValueError as error:
            errors.append(f"{where}: {name} {error}")
    return out


def _line(given: Any, where: str, errors: list[str]) -> Entry:
    before = len(errors)
    line = _checked(LINE, given, where, errors)
    if line.get("person") is not None:
        line["person"] = _checked(PERSON, line["person"], f"{where}: person", errors)
    elif len(errors) == before and not line["account"]:
        errors.append(f"{where} names neither a person nor an account")
    return line


def checked(head: Any, lines: Any) -> tuple[Entry, list[Entry]]:
    """A head and its lines with every key, or ReportError with everything that is wrong with them."""
    errors: list[str] = []
    good = _checked(HEAD, head, "head", errors)
    if not isinstance(lines, (list, tuple)):
        raise ReportError([*errors, "lines must be a list"])
    every = [_line(line, f"line {number}", errors) for number, line in enumerate(lines, 1)]
    if errors:
        raise ReportError(errors)
    return good, every


def problems(line: Mapping[str, Any]) -> list[str]:
    """What of a checked line asks for somebody's attention, the worst first."""
    return [name for name in PROBLEMS if (line["action"] == name if name == "refused" else line[name])]
