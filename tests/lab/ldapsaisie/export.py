# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`object/[type]/export` (contract 3.8)."""

from __future__ import annotations

import re

from .answer import CSV, Answer
from .auth import in_menu, profiles
from .parameters import defaults
from .schema import IoFormat, Type
from .search import results

ENCLOSED = re.compile(r'[\s"\\]')
LIST_SEPARATOR = "|"


def export_rows(call, type_name: str) -> Answer:
    kind = call.type(type_name)
    if kind is None:
        return call.unknown_type()
    if not in_menu(call, kind):
        return call.refused("LSsession_11")
    wanted = call.request("ioFormat")
    failure = {"success": False, "LSobject": kind.name, "ioFormat": wanted}
    if not wanted:
        call.plain_error("ioFormat not specified")
        return call.reply(failure)
    if not kind.io_formats:
        call.error("LSsession_16")
        return call.reply(failure)
    io_format = kind.io_formats.get(wanted)
    if io_format is None:
        call.error("LSio_03", wanted)
        return call.reply(failure)
    lines = [list(io_format.columns), *_rows(call, kind, io_format)]
    text = "".join(io_format.delimiter.join(_cell(cell, io_format.delimiter) for cell in line) + "\n" for line in lines)
    return Answer(200, text.encode(), CSV, {"content-disposition": "attachment; filename=export.csv"})


def _rows(call, kind: Type, io_format: IoFormat):
    attributes = [kind.attributes[name] for name in io_format.columns.values()]
    for found in results(call, kind, defaults(call, kind)):
        readable = kind.readable(profiles(call, found.entry))
        yield [
            _text(attribute.kind.show(call, attribute, found.attributes.get(attribute.name, []))) if attribute.name in readable else ""
            for attribute in attributes
        ]


def _text(shown) -> str:
    if isinstance(shown, list):
        return LIST_SEPARATOR.join(str(value) for value in shown)
    return "" if shown is None else str(shown)


def _cell(text: str, delimiter: str) -> str:
    """A cell is enclosed when it holds a space, too."""
    if ENCLOSED.search(text) or delimiter in text:
        return '"' + text.replace('"', '""') + '"'
    return text
