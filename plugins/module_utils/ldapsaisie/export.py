# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All objects of a type as CSV, in a format that the server knows (chapter 3.8 of the LdapSaisie contract)."""

from __future__ import annotations

import hashlib
from typing import Any, Mapping

from ..core.errors import BadReply, InvalidInput
from ..core.files import check_dest, kept, new_file
from ..core.task import Result, Task
from . import names
from .client import LdapsaisieClient, place


class Export(Task):
    """A file that only its owner can read, for people are in it; it is written when it differs."""

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        type_name(params)
        check_dest(params["dest"])

    def work(self, client: LdapsaisieClient, params: Mapping[str, Any], check_mode: bool) -> Result:
        client.acting()
        text = client.read(place(type_name(params), "export"), [("ioFormat", params["io_format"])])
        if not isinstance(text, str):
            raise BadReply("the server answered with something else than CSV")
        if not text.endswith("\n"):
            raise BadReply("the export was cut on its way: its last line has no end")
        changed = not kept(params["dest"], text)
        if changed and not check_mode:
            with new_file(params["dest"]) as stream:
                stream.write(text)
        return {"changed": changed, "checksum": hashlib.sha256(text.encode()).hexdigest()}


def type_name(params: Mapping[str, Any]) -> str:
    try:
        return names.object_type(params["type"])
    except ValueError as exc:
        raise InvalidInput(f"type {params['type']!r}: {exc}") from None


EXPORT = Export(
    LdapsaisieClient,
    {
        "type": {"type": "str", "required": True},
        "io_format": {"type": "str", "required": True},
        "dest": {"type": "path", "required": True},
    },
)
