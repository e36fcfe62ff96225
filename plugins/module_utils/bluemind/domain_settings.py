# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings of a domain, which overlay those of the server (chapters 4.7 and 4.8 of the BlueMind contract).

An empty value means what the server has.
"""

from __future__ import annotations

import re
from typing import Any, Mapping, Optional

from ..core.errors import Refused
from ..core.plan import Change
from ..core.spec import UPDATE, Field, Part, Raw, Want
from ..core.transport import segment
from . import values
from .client import BluemindClient

SETTINGS = Field("settings", type="dict", send=(UPDATE,), clean=values.words)
#: Keys that the vendor's page shows among the properties, where they have no effect.
KEYS = re.compile(
    "lang|date|timeformat|timezone|default_domain|external_url|other_urls|password_lifetime|im_public_auth|ssl_certif_engine|cti_.*"
    "|nextcloudUrl|(mailbox|mail|filehosting|domain_max)_.*"
)
PROPERTY = re.compile("import_.*|AUTH_TYPE|(CAS|KRB|OPENID)_.*")


class Settings(Part):
    fields = (SETTINGS,)

    def get(self, client: BluemindClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        have = dict(client.call("GET", self.path(raw or {})))
        cleared = [key for key, value in want.values.get(SETTINGS.name, {}).items() if value == ""]
        if cleared:
            inherited = of_server(client)
            have.update((key, "") for key in cleared if have.get(key) == inherited.get(key))
        return {SETTINGS.name: have}

    def set(self, client: BluemindClient, change: Change, item: Field, value: Any) -> None:
        """The server takes the whole map of the domain's own: what is no more than the server's stays the server's."""
        path, inherited = self.path(change.raw or {}), of_server(client)
        own = {key: each for key, each in client.call("GET", path).items() if inherited.get(key) != each}
        client.call("PUT", path, repeat=True, json={key: each for key, each in {**own, **value}.items() if each != ""})

    @staticmethod
    def path(raw: Raw) -> str:
        return f"/domains/{segment(raw['uid'])}/_settings"


def of_server(client: BluemindClient) -> Mapping[str, str]:
    """Nothing where the account may not look."""

    def ask() -> Mapping[str, str]:
        try:
            return dict(client.call("GET", "/global_settings"))
        except Refused:
            return {}

    return client.look_up("settings of the server", ask)


def refine(given: Mapping[str, Any], properties: Mapping[str, str]) -> None:
    misplaced = sorted(key for key in properties if KEYS.fullmatch(key))
    if misplaced:
        raise ValueError(
            f"properties must not hold {', '.join(misplaced)}, which has no effect there: it is a setting, so give it in settings"
        )
    strange = sorted(key for key in given.get(SETTINGS.name, {}) if PROPERTY.fullmatch(key))
    if strange:
        raise ValueError(f"settings must not hold {', '.join(strange)}: give it in properties")
