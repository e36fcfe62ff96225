# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects put in place behind the API's back: values as the API takes them, nothing validated."""

from __future__ import annotations

import json
from types import SimpleNamespace

from . import dn as names
from . import kinds, writing
from .passwords import Password
from .php import Raw
from .schema import Attribute, Type

KINDS = {
    "text": kinds.Text,
    "maildir": kinds.Maildir,
    "boolean": kinds.Boolean,
    "image": kinds.Image,
    "labeled": kinds.Labeled,
    "mail_quota": kinds.MailQuota,
    "password": Password,
    "postal": kinds.Postal,
    "ssh_key": kinds.SshKey,
}


def add_attribute(kind: Type, name: str, kind_name: str = "text", **options) -> None:
    """An attribute that the type does not have of itself; writable in both forms unless said otherwise."""
    kind.add(Attribute(name, kind=KINDS[kind_name](), **{"create": True, "modify": True} | options))


def put(server, type: str, attributes: dict, dn: str | None = None, level: str | None = None, bare: bool = False) -> None:
    """A new object, completed as a creation would unless `bare`; of one that is there, only the given attributes."""
    kind = server.types[type]
    env = SimpleNamespace(server=server, lang="en_US", taken={}, error=lambda *_: None, say=str)
    values = {name: _values(env, kind, name, given) for name, given in attributes.items()}
    dn = dn or f"{kind.rdn}={values[kind.rdn][0]},{kind.container},{level or server.base}"
    directory = server.store.directory
    there = directory.find(dn)
    if there is None:
        values.setdefault(kind.rdn, [names.rdn_value(dn)])
        if not bare:
            writing.complete(env, kind, values)
            server.store.counters.update(env.taken)
        server.make_parents(names.parent(dn))
    stored = {
        name: kind.attributes[name].kind.encode(server, found) if name in kind.attributes else found for name, found in values.items()
    }
    if there is None:
        directory.add(dn, kind.classes, {name: found for name, found in stored.items() if found})
    else:
        directory.replace(there, stored)


def _values(env, kind: Type, name: str, given) -> list[str]:
    values = [_text(value) for value in (given if isinstance(given, list) else [given]) if value is not None]
    attribute = kind.attributes.get(name)
    # References may come before what they point at, and images are base64 already.
    if attribute is None or isinstance(attribute.kind, (kinds.Reference, kinds.Image)):
        return values
    try:
        return attribute.kind.parse(env, attribute, Raw(values, listed=True)) or []
    except kinds.Invalid:
        return values  # as it is stored


def _text(value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return json.dumps(value) if isinstance(value, dict) else str(value)
