# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a creation or a modification sends (chapters 1.1, 3.3 and 3.4 of the LdapSaisie contract)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import CREATE
from . import names
from .attributes import TYPES, Picture, kind_of
from .client import MOST_VARIABLES, LdapsaisieClient
from .kinds import listed, loosely_same


@dataclass
class Form:
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # images come as files only

    def check(self, client: LdapsaisieClient) -> None:
        """PHP would drop what is too much, and call that a success."""
        if len(self.fields) + len(self.files) + 2 > MOST_VARIABLES:
            raise Refused(
                f"this takes {len(self.fields)} values in one request, more than the {MOST_VARIABLES} that the server takes with all that goes "
                "along: give members one by one, with ldapsaisie_relation"
            )


def form(change: Change, call: str) -> Form:
    """All that differs."""
    goals = change.goals
    plain = {**goals.get("create_attributes", {}), **goals.get("attributes", {})}
    if call == CREATE:
        naming, value = names.rdn(change.name)
        plain = {change.want.values.get("naming", naming): value, **{name: each for name, each in plain.items() if listed(each)}}
    out = changed_fields(change, plain)
    for name, picture in goals.get("images", {}).items():
        if isinstance(picture, Picture):
            out.files[name] = (name, picture.content)
        elif call != CREATE:
            out.fields.append((f"{name}_delete", "1"))
    mail = "1" if change.value("send_password_mail") else "0"
    for name, password in goals.get("passwords", {}).items():
        out.fields += [(name, str(password)), (f"LSformElement_password_{name}_send", mail)]
    return out


def changed_fields(change: Change, values: Mapping[str, Any]) -> Form:
    """These attributes, and those that a modification would clear by not carrying them (chapter 3.4)."""
    have, options = (change.raw or {}).get("attributes", {}), change.want.values
    carried = {name: have[name] for name in options.get(TYPES) or {} if kind_of(options, name).carried and name in have}
    out = Form()
    for name, value in {**carried, **values}.items():
        many = isinstance(value, list) or isinstance(have.get(name), list)
        out.fields += kind_of(options, name).fields(name, value, many)
    return out


def loose(change: Change) -> dict[str, Any]:
    """What the server does not write, since it takes the new values for the present ones, by attribute."""
    have, options = (change.raw or {}).get("attributes", {}), change.want.values
    wanted = {**change.goals.get("create_attributes", {}), **change.goals.get("attributes", {})}
    return {
        name: value
        for name, value in wanted.items()
        if loosely_same(have.get(name), [kind_of(options, name).wire(each) for each in listed(value)])
    }
