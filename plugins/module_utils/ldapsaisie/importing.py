# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rows of a CSV file as objects, in a format that the server knows (chapter 3.7 of the LdapSaisie contract).

The server lists every row of an object that exists as updated, so what differs is found by a search, and only that is sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping, Sequence

from ..core.errors import BackendError, InvalidInput, Refused
from ..core.report import COUNTED, MOST_WARNINGS, Cover
from ..core.spec import CREATE, EMPTY, UPDATE, Raw
from ..core.task import BULK, Result, Task
from . import names
from .attributes import TYPES, secret
from .client import API, BAD_ATTRIBUTE, LANGUAGE, LdapsaisieClient, place, reasons
from .export import type_name
from .kinds import KINDS, NO, WORDS, YES, Kind, declared, kind_of, listed
from .object import SHADOWED
from .table import SECRETIVE, SEPARATOR, Row, Table, parse

NONE = "none"


@dataclass
class Item:
    """One row on its way."""

    row: Row
    name: str  # DN of its object, or what is known of it
    action: str = NONE
    fields: list[str] = field(default_factory=list)  # what differs
    dropped: list[str] = field(default_factory=list)
    msg: str = ""
    done: bool = False

    def report(self, cover: Cover) -> dict[str, Any]:
        out: dict[str, Any] = {
            "name": self.name,
            "line": self.row.number,
            "action": self.action,
            "changed": self.done,
            "failed": bool(self.msg),
        }
        for name, value in (("fields", self.fields), ("dropped", self.dropped), ("msg", cover(self.msg))):
            if value:
                out[name] = value
        return out


class Import(Task):
    """An operation that a search makes repeatable."""

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        type_name(params)
        self.types(params)
        self.table(params)

    @staticmethod
    def types(params: Mapping[str, Any]) -> dict[str, Any]:
        try:
            return declared(params[TYPES])
        except ValueError as exc:
            raise InvalidInput(f"{TYPES}: {exc}") from None

    @staticmethod
    def table(params: Mapping[str, Any]) -> Table:
        text = params["content"]
        if text is None:
            try:
                with open(params["src"], encoding="utf-8", newline="") as stream:
                    text = stream.read()
            except (OSError, ValueError) as exc:
                raise InvalidInput(f"{params['src']} cannot be read: {getattr(exc, 'strerror', None) or 'it is not UTF-8'}") from None
        table = parse(text, params["columns"], params["delimiter"])
        shadowed = sorted(SHADOWED & set(table.attributes))
        if shadowed:
            raise InvalidInput(f"{', '.join(shadowed)} cannot be compared by a search: set it to an empty text in columns")
        return table

    def secrets(self, params: Mapping[str, Any], within_lists: bool = True) -> set[str]:
        """Those of the rows too, which a report is without by itself."""
        found = super().secrets(params, within_lists)
        try:
            return found | passwords(self.table(params)) if within_lists else found
        except (BackendError, AttributeError, KeyError, TypeError):  # what is wrong with it is told elsewhere
            return found

    def work(self, client: LdapsaisieClient, params: Mapping[str, Any], check_mode: bool) -> Result:
        table, types = self.table(params), self.types(params)
        client.acting()
        client.confirm(type_name(params))
        with client.in_session() as session, session.exclusive():
            run = Run(session, type_name(params), table, types, params)
            run.work(check_mode)
        return run.result()


class Run:
    """One import: what is there, what differs, the check of the server, the import, and what is there then."""

    def __init__(self, client: LdapsaisieClient, kind: str, table: Table, types: Mapping[str, Any], params: Mapping[str, Any]) -> None:
        self.client, self.kind, self.table, self.types = client, kind, table, types
        self.io_format, self.update, self.stop = params["io_format"], params["update_existing"], params["on_error"] == "stop"
        self.lenient = params["on_unconverged"] == "warn"
        self.all_of_them = params["return_all"]
        self.items: list[Item] = []
        self.warnings: list[str] = []
        self.cover = Cover(passwords(table))
        self.booleans: set[str] = set()

    def work(self, check_mode: bool) -> None:
        found = self.search()
        self.cover = Cover(passwords(self.table, [name for name in self.table.attributes if any(secret(row.get(name)) for row in found)]))
        self.booleans = {name for name in self.table.attributes if self.is_boolean(name, found)}
        naming = names.rdn(found[0]["dn"])[0] if found else ""
        there = self.index(found, naming)
        self.items = [self.plan(row, naming, there) for row in self.table.rows]
        self.distinct(naming)
        due = [item for item in self.items if item.action != NONE and not item.msg]
        if due:
            self.rehearse(due)
        good = [item for item in due if not item.msg]
        if self.stop and len(good) < len([item for item in self.items if item.action != NONE]):
            for item in good:
                item.msg = "not attempted: another row is wrong"
            return
        for item in good:
            item.done = True
        if good and not check_mode:
            self.write(good)

    # What is there

    def search(self) -> list[Raw]:
        asked = [("attributes[]", name) for name in self.table.attributes]
        try:
            rows: list[Raw] = self.client.search(self.kind, [("all", "1"), ("recursive", "1"), *asked], sure=True)["objects"]
        except Refused as exc:
            if exc.code == BAD_ATTRIBUTE:
                raise Refused(f"{exc}: say in columns which attribute each column holds", code=exc.code) from None
            raise
        return rows

    def index(self, rows: Sequence[Raw], naming: str) -> dict[str, Raw]:
        """By the value that names an object; a new one would come beside those that have it."""
        if rows and naming not in self.table.attributes:
            raise Refused(f"no column holds {naming}, which names these objects: without it no row can be told from the objects that exist")
        out: dict[str, Raw] = {}
        for row in rows:
            out.setdefault(names.rdn(row["dn"])[1].casefold(), row)
        return out

    # What differs

    def plan(self, row: Row, naming: str, there: Mapping[str, Raw]) -> Item:
        name = row.cells.get(naming, "")
        raw = there.get(name.casefold())
        if naming and not name:
            return Item(row, f"line {row.number}", CREATE, msg=f"{naming} is empty, and it names the object")
        item = Item(row, raw["dn"] if raw else name or f"line {row.number}")
        if raw is None:
            item.action = CREATE
        else:
            item.fields = self.differing(row, raw)
            item.action = UPDATE if item.fields and self.update else NONE
            if item.fields and not self.update:
                self.warnings.append(
                    f"{item.name} exists and differs in {', '.join(item.fields)}: it was left alone, for update_existing is false"
                )
                item.fields = []
        if item.action == UPDATE and name.casefold() in self.client.acting():
            item.msg = "this is the account that the task works with: an import would set its password again"
        elif item.action != NONE:
            item.msg = self.misread(row)
        return item

    def is_boolean(self, name: str, found: Sequence[Raw]) -> bool:
        """As it was declared, or as all values of the objects that exist read."""
        if name in self.types:
            return bool(self.types[name]["type"] == KINDS["boolean"].name)
        shown = {str(row[name]) for row in found if row.get(name) not in EMPTY}
        return bool(shown) and shown <= {YES, NO}

    def misread(self, row: Row) -> str:
        """Words with which the server would delete a boolean (chapter 4)."""
        for name in self.booleans & set(row.cells):
            cell = row.cells[name]
            if cell not in ("", YES, NO) and (name in self.types or cell.casefold() in WORDS):
                return f"{name} is {YES} or {NO}, and with {cell!r} the server would delete it"
        return ""

    def differing(self, row: Row, raw: Raw) -> list[str]:
        """What cannot be compared, such as a password, does not differ."""
        out = []
        for name in row.cells:
            have = raw.get(name)
            if name not in raw or secret(have) or SECRETIVE in name.casefold():
                continue
            if not self.kind_of(name, have).same(have, row.values(name) if isinstance(have, list) else row.cells[name]):
                out.append(name)
        return sorted(out)

    def kind_of(self, name: str, have: Any) -> Kind:
        composite = any(isinstance(each, dict) for each in listed(have))
        return KINDS["json"] if composite and name not in self.types else kind_of(name, "", self.types)

    def distinct(self, naming: str) -> None:
        """The check of the server does not see one object in two rows."""
        seen: dict[str, Item] = {}
        for item in self.items:
            name = item.row.cells.get(naming, "").casefold()
            first = seen.setdefault(name, item) if name else item
            if first is not item:
                raise InvalidInput(f"lines {first.row.number} and {item.row.number} are the same object, {item.name}")

    # The server's part

    def send(self, items: Sequence[Item], just_try: bool) -> Raw:
        """The answer, a refusal of single rows too."""
        query = [
            ("lang", LANGUAGE),
            ("ioFormat", self.io_format),
            ("updateIfExists", str(int(self.update))),
            ("justTry", str(int(just_try))),
        ]
        documents: list[Raw] = []

        def judge(response: Any) -> Any:
            try:
                document = response.json()
            except ValueError:
                document = None
            if isinstance(document, dict) and "imported" in document:
                documents.append(document)
            return self.client.judge(response)

        try:
            found: Raw = self.client.call(
                "POST",
                f"{API}/object/{place(self.kind, 'import')}",
                write=not just_try,
                repeat=just_try,
                judge=judge,
                params=query,
                data=self.table.text(item.row for item in items).encode(),
                headers={"Content-Type": "text/csv; charset=UTF-8"},
            )
        except Refused:
            if not documents:
                raise
            return documents[-1]
        return found

    def rehearse(self, items: Sequence[Item]) -> None:
        """Let the server check the syntax, and name the objects."""
        answer = self.send(items, just_try=True)
        accepted = {**_map(answer.get("imported")), **_map(answer.get("updated"))}
        self.settle(items, answer, accepted)

    def settle(self, items: Sequence[Item], answer: Raw, accepted: Mapping[str, Any]) -> None:
        """Tell the rows that the server accepted from those that it refused.

        Of the refused it says which values they have, or (with an error that has a code) nothing but the reasons of all.
        """
        by_value = {names.rdn(dn)[1].casefold(): dn for dn in accepted}
        naming = names.rdn(next(iter(accepted)))[0] if accepted else ""
        why = list(reasons(answer))
        general = "; ".join(dict.fromkeys(words for data, words in why if data is None))
        for item in items:
            own = next((words for data, words in why if data is not None and _is_of(data, item.row)), "")
            if own:
                item.msg = own
                continue
            dn = by_value.get(item.row.cells.get(naming, "").casefold()) if naming else None
            if dn:
                item.name = dn
            elif accepted and naming not in item.row.cells:
                raise Refused(f"no column holds {naming}, which names these objects: without it rows and objects cannot be told apart")
            else:
                item.msg = general or "the server did not accept it and did not say why"
        if self.items and accepted:
            self.distinct(naming)

    def write(self, items: Sequence[Item]) -> None:
        """The import, and what the server holds then: what it said of it proves nothing."""
        trouble = ""
        try:
            answer = self.send(items, just_try=False)
            self.warnings += [f"the server complained: {words}" for data, words in reasons(answer) if data is None]
            refused = [(data, words) for data, words in reasons(answer) if data is not None]
        except BackendError as exc:
            if exc.fatal:
                raise
            trouble, refused = str(exc), []
        try:
            found = self.search()
        except BackendError as exc:
            unknown = f"{trouble}; whether it took effect" if trouble else "it was imported, and what the server holds now"
            for item in items:
                item.done, item.msg = not trouble, f"{unknown} could not be read: {exc}"
            return
        there = {names.key(row["dn"]): row for row in found}
        for item in items:
            raw = there.get(names.key(item.name))
            why = next((words for data, words in refused if _is_of(data, item.row)), "")
            left = self.differing(item.row, raw) if raw else []
            item.done = raw is not None and (item.action == CREATE or not set(item.fields) <= set(left))
            if raw is None or why or (trouble and not item.done):
                item.msg = why or trouble or "the server accepted it and did not keep it"
            elif left:
                item.dropped = left
                words = f"the server accepted {', '.join(left)} and did not store it as asked"
                if self.lenient:
                    self.warnings.append(f"{item.name}: {words}")
                else:
                    item.msg = words
        if trouble:
            self.warnings.append(f"the import was read back, for {trouble}")

    # The report

    def result(self) -> Result:
        failed = [item for item in self.items if item.msg]
        summary = {"total": len(self.items), "created": 0, "updated": 0, "unchanged": 0, "failed": len(failed), "dropped": 0}
        for item in self.items:
            summary["dropped"] += bool(item.dropped)
            if not item.msg:
                summary[COUNTED[item.action]] += 1
        shown = [item for item in self.items if self.all_of_them or item.action != NONE or item.msg]
        out: Result = {
            "changed": any(item.done for item in self.items),
            "summary": summary,
            "objects": [item.report(self.cover) for item in shown],
        }
        if self.warnings:
            out["warnings"] = [self.cover(words) for words in self.warnings[:MOST_WARNINGS]]
        if failed:
            first = f"{failed[0].name}: {self.cover(failed[0].msg)}"
            many = f"{len(failed)} of {len(self.items)} rows failed, the first: {first}"
            out.update(failed=True, msg=first if len(self.items) == 1 else many)
        return out


def passwords(table: Table, known: Sequence[str] = ()) -> set[str]:
    """The cells of columns that hold secrets, by their names or as the server shows them."""
    return {cell for row in table.rows for cell in (*row.secrets, *(row.cells[name] for name in known)) if cell}


def _map(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _is_of(data: Mapping[str, Any], row: Row) -> bool:
    """Whether the server speaks of this row."""
    shared = [name for name in row.cells if name in data]
    return bool(shared) and all(
        SEPARATOR.join(map(str, data[name] if isinstance(data[name], list) else [data[name]])) == row.cells[name] for name in shared
    )


IMPORT = Import(
    LdapsaisieClient,
    {
        "type": {"type": "str", "required": True},
        "io_format": {"type": "str", "required": True},
        "src": {"type": "path"},
        "content": {"type": "str", "no_log": True},
        "columns": {"type": "dict", "default": {}},
        "delimiter": {"type": "str"},
        TYPES: {"type": "dict", "default": {}},
        "update_existing": {"type": "bool", "default": False},
        "on_error": BULK["on_error"],
        "on_unconverged": BULK["on_unconverged"],
        "return_all": BULK["return_all"],
    },
    mutually_exclusive=[("src", "content")],
    required_one_of=[("src", "content")],
)
