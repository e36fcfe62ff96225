# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`object/[type]/import` (contract 3.7): CSV rows in the body, each validated as a creation."""

from __future__ import annotations

import csv
import io

from . import forms, php, texts, writing
from .answer import Answer
from .auth import in_menu, profiles
from .export import LIST_SEPARATOR
from .modify import update
from .schema import IoFormat, Type, fill


def import_rows(call, type_name: str):
    kind = call.type(type_name)
    if kind is None:
        return _crashed(call)
    if not in_menu(call, kind):
        return call.refused("LSsession_11")
    wanted = call.request("ioFormat")
    body = {
        "success": False,
        "LSobject": kind.name,
        "ioFormat": wanted,
        "updateIfExists": call.flag("updateIfExists"),
        "justTry": call.flag("justTry"),
    }
    if not kind.io_formats:
        call.error("LSsession_16")
        return call.reply(body)
    imported: dict[str, str] = {}
    updated: dict[str, str] = {}
    failures: list[dict] = []
    io_format = kind.io_formats.get(wanted)
    rows = _rows(call, kind, io_format) if io_format else None
    if io_format is None:
        call.error("LSio_03", wanted or "")
    elif rows is None:
        call.error("LSio_05")
    else:
        for row in rows:
            failure = yield from _import_row(call, kind, row, imported, updated)
            if failure:
                failures.append({"data": row, "errors": failure})
    call.session.purge(kind.name)
    body |= {"imported": call.map(imported), "updated": call.map(updated), "success": not (failures or call.errors)}
    if not call.errors:
        # Any error with a code takes the place of what is known about the rows.
        body["errors"] = failures
    return call.reply(body)


def _crashed(call) -> Answer:
    """Two JSON documents in one answer: the refusal, then the crash that follows it."""
    refusal = call.reply({})
    crash = call.fatal(
        "An exception occured :\n#1 - LSlog :: exception()\n## routes.php : Call to a member function listValidIOformats() on bool"
    )
    return Answer(500, refusal.body + crash.body)


def _rows(call, kind: Type, io_format: IoFormat) -> list[dict[str, list[str]]] | None:
    """The rows by attribute, with what the format makes itself; None when the input is no table."""
    if call.headers.get("content-type", "").startswith("multipart/form-data"):
        return None  # such a body can not be read a second time
    lines = list(csv.reader(io.StringIO(call.content.decode("utf-8", "replace"), newline=""), delimiter=io_format.delimiter))
    if not lines or any(len(line) != len(lines[0]) for line in lines):
        return None
    rows = []
    for line in lines[1:]:
        row = {}
        for column, cell in zip(lines[0], line, strict=True):
            if name := io_format.columns.get(column):
                row[name] = cell.split(LIST_SEPARATOR) if kind.attributes[name].multiple else [cell]
        row |= {name: [fill(template, row)] for name, template in io_format.generated.items()}
        rows.append(row)
    return rows


def _import_row(call, kind: Type, row: dict, imported: dict, updated: dict):
    """A generator: returns what was wrong with the row, if anything."""
    form = forms.form_of(row)
    values, errors = forms.read(call, kind, form, forms.CREATE, kind.writable(profiles(call)))
    if errors:
        return _wrong(call, texts.BAD_FORM, errors)
    before = len(call.errors)
    writing.complete(call, kind, values)
    yield
    writing.use_counters(call)
    if len(call.errors) > before:
        return _wrong(call, texts.BAD_FORM, {})
    dn = writing.dn_of(call, kind, values)
    there = call.store.directory.find(dn)
    try:
        if there is None:
            return (yield from _add(call, kind, form, dn, values, imported))
        if not call.flag("updateIfExists"):
            return _wrong(call, (texts.EXISTS, dn), {})
        return (yield from _update(call, kind, form, there, updated))
    except writing.Refused as refused:
        refused.tell(call)
        return _wrong(call, texts.BAD_FORM, {})


def _add(call, kind: Type, form: php.Form, dn: str, values: dict, imported: dict):
    if not call.flag("justTry"):
        if errors := writing.check_uniqueness(call, kind, values):
            return _wrong(call, texts.BAD_FORM, errors)
        yield
        writing.add_entry(call, kind, dn, values)
        writing.mail_passwords(call, kind, form, dn, values, values)
    imported[dn] = kind.name_of(values)
    return None


def _update(call, kind: Type, form: php.Form, entry, updated: dict):
    """Every row that exists counts as updated, changed or not."""
    changes, errors = forms.read(call, kind, form, forms.MODIFY, kind.writable(profiles(call, entry)))
    if errors:
        return _wrong(call, texts.BAD_UPDATE, errors)
    if not call.flag("justTry"):
        if errors := (yield from update(call, kind, entry, form, changes)):
            return _wrong(call, texts.BAD_UPDATE, errors)
    updated[entry.dn] = kind.name_of(entry.attributes | changes)
    return None


def _wrong(call, text: str | tuple, errors: dict) -> dict:
    told = call.say(*([text] if isinstance(text, str) else text))
    return {"globals": [told], "attrs": call.map(errors)}
