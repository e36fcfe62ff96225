# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A report as one HTML page that needs nothing else: its style, its script and its data are in it, and its policy forbids the network.

page.html is filled here with what can be read without JavaScript; page.js makes the table of people out of the packed data.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from .schema import ACTIONS, PHASES, PROBLEMS, Entry, checked, problems

HERE = Path(__file__).parent
COUNTS = ("changed", *PROBLEMS, "unverified")
_BAD = ("failed", "refused", "dropped")
_FLAGS = ("changed", "failed", "drift", "orphan", "missing")  # the bits, as page.js reads them
_LISTS = ("dropped", "unverified", "deferred")
_TEXTS = ("means", "msg", "reason", "at")
_NOTHING = -1
Column = tuple[str, str]  # backend, instance


def to_page(head: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> str:
    """The page, in the language of the head; the reader may switch it."""
    good, every = checked(head, lines)
    texts: dict[str, dict[str, str]] = json.loads(_part("texts.json"))
    language = good["language"]
    columns = _columns(good, every)

    def word(key: str) -> str:
        return escape(texts[key][language])

    def label(key: str, tag: str = "span") -> str:
        return f'<{tag} data-t="{key}">{word(key)}</{tag}>'

    style, script = _part("page.css"), _part("page.js")
    title = " \u00b7 ".join(filter(None, [texts[f"kind.{good['kind']}"][language], good["organisation"]]))
    return Template(_part("page.html")).substitute(
        language=language,
        kind=good["kind"],
        script_hash=_hash(script),
        style_hash=_hash(style),
        title=escape(title),
        heading=label(f"kind.{good['kind']}"),
        meta=_meta(good, label),
        counts=_counts(good, every, label),
        about=_about(good, label),
        services=_services(good, columns, every, label),
        schema=str(good["schema"]),
        t_schema=word("head.schema"),
        t_language=word("language"),
        t_theme=word("theme"),
        t_noscript=word("noscript"),
        t_count=word("count"),
        style=style,
        script=script,
        data=_embedded(_packed(good, columns, every, texts)),
    )


def _part(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _embedded(data: Any) -> str:
    """JSON that cannot end the element it stands in, nor a line of an old script."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


# --- what can be read without JavaScript ------------------------------------------------------------------------------


def _meta(head: Entry, label: Any) -> str:
    parts = [f"<b>{escape(head['organisation'])}</b>"] if head["organisation"] else []
    parts += [escape(re.sub(r"([+-]\d\d:?\d\d|Z)$", r" \1", head["at"].replace("T", " "))), f"{label('head.run')} {escape(head['run'])}"]
    if head["awx_job"]:
        parts.append(f"{label('head.awx_job')} {escape(head['awx_job'])}")
    return " ".join(f"<span>{part}</span>" for part in parts)


def _counts(head: Entry, lines: Sequence[Entry], label: Any) -> str:
    found = Counter(name for line in lines for name in _counted(line))
    out = [f'<li><div class="person-count">{_number(head["people"], "b")}{label("count.people")}</div></li>']
    for name in COUNTS:
        classes = " ".join(filter(None, ["bad" if name in _BAD else "" if name == "changed" else "warn", "" if found[name] else "zero"]))
        out.append(
            f'<li><button type="button" disabled class="{classes}" data-show="{name}">'
            f"{_number(found[name], 'b')}{label(f'count.{name}')}</button></li>"
        )
    return "".join(out)


def _counted(line: Entry) -> list[str]:
    return [*(["changed"] if line["changed"] else []), *problems(line), *(["unverified"] if line["unverified"] else [])]


def _number(number: int, tag: str) -> str:
    return f'<{tag} data-n="{number}">{number:,}</{tag}>'.replace(",", "\u00a0")


def _about(head: Entry, label: Any) -> str:
    """The policy and the notes, where there are any."""
    out = ""
    if head["policy"]:
        items = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(_said(value))}</dd></div>" for name, value in head["policy"].items())
        out += f'<h2 class="lead">{label("head.policy")}</h2><dl class="facts">{items}</dl>'
    if head["notes"]:
        items = "".join(f"<li>{escape(note)}</li>" for note in head["notes"])
        out += f'<h2 class="lead">{label("head.notes")}</h2><ul class="remarks">{items}</ul>'
    return f'<section class="about">{out}</section>' if out else ""


def _said(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _services(head: Entry, columns: Sequence[Column], lines: Sequence[Entry], label: Any) -> str:
    """A row for each service, a column for each thing that happened anywhere."""
    if not columns:
        return ""
    table = {column: Counter({"total": 0}) for column in columns}
    for line in lines:
        row = table[_column(head, line)]
        row["total"] += 1
        if line["changed"]:
            row[line["action"]] += 1
        row.update(name for name in _counted(line) if name != "changed")
    done = "done" if head["kind"] == "run" else "do"
    shown = ["total", *(name for name in (*ACTIONS, *COUNTS[1:]) if name not in ("none",) and any(row[name] for row in table.values()))]
    shown = list(dict.fromkeys(shown))
    titles = {name: f"{done}.{name}" if name in ACTIONS and name != "refused" else f"count.{name}" for name in shown}
    heads = "".join(f'<th scope="col">{label(titles[name])}</th>' for name in shown)
    body = ""
    for column, row in table.items():
        backend, instance = column
        name = label(f"service.{backend}") if backend in _known() else escape(backend)
        cells = "".join(
            f'<td class="{"bad" if each in _BAD else ""}{"" if row[each] else " zero"}">{_number(row[each], "span")}</td>' for each in shown
        )
        body += f'<tr><th scope="row">{name}{f" <small>{escape(instance)}</small>" if instance else ""}</th>{cells}</tr>'
    return (
        f'<div class="services-wrap"><table class="services">{label("services", "caption")}'
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _known() -> set[str]:
    return {key.removeprefix("service.") for key in json.loads(_part("texts.json")) if key.startswith("service.")}


# --- the packed data --------------------------------------------------------------------------------------------------


def _columns(head: Entry, lines: Sequence[Entry]) -> list[Column]:
    """In the order of the head, then as they come."""
    return list(dict.fromkeys([*head["instances"].items(), *(_column(head, line) for line in lines)]))


def _column(head: Entry, line: Entry) -> Column:
    return (line["backend"], line["instance"] or head["instances"].get(line["backend"], ""))


class _Values:
    """Every value once: what is said of thousands is written down once and named by its place."""

    def __init__(self) -> None:
        self.list: list[Any] = []
        self.places: dict[str, int] = {}

    def __call__(self, value: Any) -> int:
        if value is None or value == "":
            return _NOTHING
        return self.exactly(value)

    def exactly(self, value: Any) -> int:
        key = json.dumps(value)
        place = self.places.setdefault(key, len(self.list))
        if place == len(self.list):
            self.list.append(value)
        return place


def _packed(head: Entry, columns: Sequence[Column], lines: Sequence[Entry], texts: Any) -> Entry:
    values = _Values()
    places = {column: place for place, column in enumerate(columns)}
    rows: dict[str, list[Any]] = {}
    for line in lines:
        person = line["person"]
        key = f"person {person['login']}" if person else f"account {str(line['account']).casefold()}"
        if key not in rows:
            who = person or {"login": None, "employee_number": None, "display_name": line["account"]}
            rest = [values(person[name]) if person else _NOTHING for name in ("department", "site", "phase")]
            rows[key] = [who["login"], who["employee_number"], who["display_name"], *rest, []]
        login = person["login"] if person else None
        packed = [places[_column(head, line)], 0 if line["account"] == login else line["account"], ACTIONS.index(line["action"])]
        packed.append(sum(1 << bit for bit, name in enumerate(_FLAGS) if line[name]))
        more = _more(line, values)
        rows[key][-1].append([*packed, more] if more else packed)
    return {
        "head": {name: head[name] for name in ("kind", "language", "organisation")},
        "actions": ACTIONS,
        "phases": PHASES,
        "columns": columns,
        "values": values.list,
        "rows": list(rows.values()),
        "texts": texts,
    }


def _more(line: Entry, values: _Values) -> Entry:
    """What few lines have, each named by its place among the values."""
    more: Entry = {name: values(line[name]) for name in _TEXTS if line[name]}
    more.update({name: values(line[name]) for name in _LISTS if line[name]})
    names = list(dict.fromkeys([*line["fields"], *line["before"], *line["after"]]))
    if names:
        more["names"] = values(names)
        for side in ("before", "after"):
            if line[side]:
                more[side] = [values.exactly(line[side][name]) if name in line[side] else _NOTHING for name in names]
    return more
