# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The types of objects of the simulated directory (contract 10)."""

from __future__ import annotations

from ..schema import LdapServer, Type
from .accounts import company, password_policy, system_account
from .groups import dynamic_group, group
from .lab import lab
from .people import people

BASE = "o=ls"
CONTAINER_CLASSES = ("top", "organizationalUnit")


def fresh_types() -> dict[str, Type]:
    made = (people(), group(), dynamic_group(), system_account(), password_policy(), company(), lab())
    return {kind.name: kind for kind in made}


SERVERS = (
    LdapServer(BASE, ("LSpeople", "LSgroup", "LSdyngroup", "LSsysaccount", "pwdPolicy", "LSlab")),
    LdapServer(BASE, ("LScompany", "LSpeople", "LSgroup"), levels_type="LScompany", levels_label="Company"),
)
