# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings of a user, which overlay those of the domain and of the server (chapter 6 of the BlueMind contract).

An empty value means what the domain has: the server shows both alike, and keeps nothing that is the same.
"""

from __future__ import annotations

from typing import Any, Mapping, Optional

from ..core.plan import Change
from ..core.spec import UPDATE, Field, Part, Raw, Want
from ..core.transport import segment
from . import values
from .client import BluemindClient

LATER = (UPDATE,)
SETTINGS = Field("settings", type="dict", send=LATER, clean=values.words)
BY_NAME = {"language": "lang", "timezone": "timezone"}  # options of their own


class UserSettings(Part):
    fields = (
        Field("language", source="named.lang", send=LATER, clean=values.language),
        Field("timezone", source="named.timezone", send=LATER, clean=values.timezone_name),
        SETTINGS,
    )

    def path(self, client: BluemindClient, raw: Raw) -> str:
        return f"/users/{segment(client.domain(raw['domain']))}/{segment(raw['uid'])}"

    def get(self, client: BluemindClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        raw = raw or {}
        have = dict(client.call("GET", f"{self.path(client, raw)}/_settings"))
        cleared = [key for key, value in wanted(want.values).items() if value == ""]
        if cleared:
            inherited = self.inherited(client, raw)
            have.update((key, "") for key in cleared if have.get(key) == inherited.get(key))
        return {"named": {key: have.get(key, "") for key in BY_NAME.values()}, SETTINGS.name: unnamed(have)}

    @staticmethod
    def inherited(client: BluemindClient, raw: Raw) -> Mapping[str, str]:
        domain = client.domain(raw["domain"])
        found = client.look_up(f"settings of {domain}", lambda: client.call("GET", f"/domains/{segment(domain)}/_settings"))
        return dict(found)

    def update(self, client: BluemindClient, change: Change) -> None:
        path = self.path(client, change.raw or {})
        goals = wanted({item.name: change.goals[item.name] for item in change.sending(UPDATE, self)})
        for key, value in goals.items():
            if value != "":
                client.call("POST", f"{path}/_setting/{segment(key)}", repeat=True, json=value)
                change.written = True
        if "" in goals.values():
            now = client.call("GET", f"{path}/_settings")
            kept = {key: value for key, value in now.items() if goals.get(key) != ""}
            client.call("POST", f"{path}/_settings", repeat=True, json=kept)


def wanted(given: Mapping[str, Any]) -> dict[str, str]:
    """All settings that are asked for, by the keys of the server."""
    return {**given.get(SETTINGS.name, {}), **{key: given[name] for name, key in BY_NAME.items() if name in given}}


def unnamed(settings: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in settings.items() if key not in BY_NAME.values()}


def refine(given: Mapping[str, Any]) -> None:
    for name, key in BY_NAME.items():
        if key in given.get(SETTINGS.name, {}):
            raise ValueError(f"settings must not hold {key}: give it as {name}")
