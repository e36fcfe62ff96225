# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a collection is wrapped (register 3), and what a too large one says."""

from __future__ import annotations

import json

from .answer import Encoded
from .errors import Refusal


def shaped(named: list[tuple[str, object]], shape: str):
    """`list` and `flat`: the objects; `dict`: by name; `pairs`: of name and object; `names`: only these."""
    if shape == "dict":
        return dict(named)
    if shape == "pairs":
        return [[name, profile] for name, profile in named]
    if shape == "names":
        return [name for name, _profile in named]
    return [profile for _name, profile in named]


def shaped_rows(rows: list[tuple[str, str]], shape: str) -> Encoded:
    """The same for objects that are JSON text already."""
    if shape == "dict":
        return Encoded("{" + ", ".join(f"{json.dumps(name)}: {row}" for name, row in rows) + "}")
    if shape == "pairs":
        return Encoded("[" + ", ".join(f"[{json.dumps(name)}, {row}]" for name, row in rows) + "]")
    if shape == "names":
        return Encoded(json.dumps([name for name, _row in rows]))
    return Encoded("[" + ", ".join(row for _name, row in rows) + "]")


def check_size(call, found) -> None:
    limit = call.knobs.ldap_sizelimit
    if call.knobs.is_ldap and limit is not None and len(found) > limit:
        raise Refusal("EXCEEDED_LDAP_SERVER_SIZELIMIT")


def domain_of_listing(call, name: str) -> bool:
    """Is there such a domain? If not, an empty listing or a refusal."""
    if name in call.store.domains:
        return True
    if call.knobs.missing_domain_listing == "empty":
        return False
    raise Refusal("NO_SUCH_DOMAIN" if call.knobs.is_ldap else "INVALID_DOMAIN_NAME")
