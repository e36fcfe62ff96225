# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Entries of the directory as LDIF (chapter 4.12 of the iRedMail contract)."""

from __future__ import annotations

import base64
import os
from typing import Any, Iterator, Mapping

from ..core.errors import BadReply, InvalidInput, NotFound, Refused
from ..core.files import check_dest, new_file
from ..core.task import Result, Task
from . import values
from .client import IredmailClient, place

OWN_FILE = 0o600
ROUTES = {"admin": "admin", "alias": "alias", "catchall": "catchall", "domain": "domain", "mailing_list": "maillist", "user": "user"}


class Ldif(Task):
    """An export to a file that only its owner can read, for it holds password hashes. The file is written when it differs."""

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        check_dest(params["dest"])

    def work(self, client: IredmailClient, params: Mapping[str, Any], check_mode: bool) -> Result:
        name = self.name(params)
        client.acting()
        if not client.is_ldap():
            raise Refused("only the LDAP edition of iRedMail has LDIF, and this server is of the SQL edition")
        try:
            found = client.call("GET", f"/ldif/{ROUTES[params['kind']]}/{place(name)}", judge=lambda response: self.judge(client, response))
        except NotFound as exc:
            raise NotFound(f"the server has no {params['kind'].replace('_', ' ')} {name} to export ({exc})", code=exc.code) from None
        lines = "\n".join(entries(found)).strip() + "\n"
        changed = not kept(params["dest"], lines)
        if changed and not check_mode:
            with new_file(params["dest"]) as stream:
                stream.write(lines)
        return {"changed": changed, "dest": params["dest"]}

    @staticmethod
    def judge(client: IredmailClient, response: Any) -> Any:
        """The text may come without an envelope."""
        plain = response.status_code == 200 and response.text.lstrip().startswith("dn:")
        return response.text if plain else client.judge(response)

    @staticmethod
    def name(params: Mapping[str, Any]) -> str:
        try:
            return (values.domain if params["kind"] in ("domain", "catchall") else values.account)(params["name"])
        except ValueError as exc:
            raise InvalidInput(f"name {params['name']!r}: {exc}") from None


def kept(path: str, text: str) -> bool:
    """Whether the file holds this already, and only its owner can read it."""
    try:
        with open(path, encoding="utf-8") as stream:
            return stream.read() == text and os.fstat(stream.fileno()).st_mode & 0o777 == OWN_FILE
    except FileNotFoundError:
        return False
    except OSError as exc:
        raise InvalidInput(f"{path} cannot be read: {exc.strerror}") from None
    except ValueError:  # no text
        return False


def entries(found: Any) -> Iterator[str]:
    """LDIF text, made of ``dn`` and attributes where that is what the server shows (chapter 11, no. 20)."""
    if isinstance(found, (list, tuple)) and len(found) == 2 and isinstance(found[0], str) and isinstance(found[1], dict):
        found = {"dn": found[0], "attributes": found[1]}
    if isinstance(found, str):
        yield found.strip()
    elif isinstance(found, dict) and "dn" in found:
        inner = found.get("attributes", found.get("ldif"))
        attributes = inner if isinstance(inner, dict) else {name: value for name, value in found.items() if name != "dn"}
        yield line("dn", found["dn"])
        for name, value in attributes.items():
            for each in value if isinstance(value, list) else [value]:
                yield line(name, each)
    elif isinstance(found, (list, tuple)) and found:
        for each in found:
            yield from entries(each)
            yield ""
    else:
        raise BadReply("the LDIF was not understood")


def line(name: str, value: Any) -> str:
    """One attribute; what is not plain ASCII is encoded (RFC 2849)."""
    text = str(value)
    if text.isascii() and text.isprintable() and text[:1] not in (" ", ":", "<") and text[-1:] != " ":
        return f"{name}: {text}"
    return f"{name}:: {base64.b64encode(text.encode()).decode()}"


LDIF = Ldif(
    IredmailClient,
    {
        "kind": {"type": "str", "choices": list(ROUTES), "required": True},
        "name": {"type": "str", "required": True},
        "dest": {"type": "path", "required": True},
    },
)
