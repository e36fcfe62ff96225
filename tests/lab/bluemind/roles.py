# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The roles there are (contract 15)."""

from __future__ import annotations

from .rights import DELEGABLE, OF_DOMAINS, OF_SYSTEM, SELF
from .routes import router

CATEGORIES = {"apps": "Applications", "administration": "Administration", "self": "Self care"}


def descriptor(name: str, category: str) -> dict:
    return {
        "id": name,
        "parentRoleId": None,
        "categoryId": category,
        "label": name,
        "description": name,
        "selfPromote": False,
        "dirEntryPromote": name.startswith("manage"),
        "dirEntryKind": None,
        "siblingRole": None,
        "childsRole": [],
        "visible": True,
        "delegable": name in DELEGABLE,
        "containerRoles": [],
        "priority": 1000,
    }


@router.add("GET", "/roles/descriptors")
def descriptors(call):
    found = {name: "apps" for name in DELEGABLE} | dict.fromkeys((*OF_DOMAINS, *OF_SYSTEM), "administration") | dict.fromkeys(SELF, "self")
    return call.server.as_set([descriptor(name, category) for name, category in found.items()])


@router.add("GET", "/roles/categories")
def categories(call):
    return call.server.as_set([{"id": name, "label": label, "priority": 100} for name, label in CATEGORIES.items()])
