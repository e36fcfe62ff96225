# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Apps of Nextcloud, switched on and off (chapter 4.2 of the OCS contract)."""

from __future__ import annotations

import re
from typing import Any, Iterable, Mapping, Optional

from ..core.errors import NotFound, Refused
from ..core.plan import Change
from ..core.spec import UPDATE, Field, Part, Raw, Resource, Want
from ..core.task import ResourceTask
from ..core.transport import segment
from .client import CLOUD, OcsClient

APPS = f"{CLOUD}/apps"


def app_id(value: str) -> str:
    """The server answers a malformed id like a wrong password."""
    if not re.fullmatch(r"[a-z0-9_-]+", value):
        raise ValueError("the id of an app holds lower-case letters, digits, _ and - only")
    return value


APP = Field("app", aliases=("name",), clean=app_id)


class Switch(Part):
    """An app that nobody knows reads as disabled, which it is; disabling it again would leave traces of it."""

    fields = (Field("enabled", type="bool", send=(UPDATE,)),)
    few = 0

    def list(self, client: OcsClient, scope: Mapping[str, Any]) -> Iterable[Raw]:
        known = client.as_admin("managing apps", "GET", APPS)["apps"]
        enabled = client.as_admin("managing apps", "GET", APPS, params={"filter": "enabled"})["apps"]
        return [{"app": app, "enabled": app in enabled, "always": app in enabled and app not in known} for app in {*known, *enabled}]

    def nothing(self, want: Want) -> Optional[Raw]:
        return {"app": want.values["app"], "enabled": False}

    def set(self, client: OcsClient, change: Change, item: Field, value: Any) -> None:
        try:
            client.as_admin("managing apps", "POST" if value else "DELETE", f"{APPS}/{segment(change.name)}", repeat=True)
        except NotFound:
            raise Refused("it is neither installed nor in the app store of the server") from None


class AppResource(Resource):
    kind, plural = "app", "apps"
    identities = ((APP,),)
    parts = (Switch(),)
    states = {"enabled": {"enabled": True}, "disabled": {"enabled": False}}

    def guard(self, client: OcsClient, change: Change) -> None:
        if (change.raw or {}).get("always") and change.goals.get("enabled") is False:
            raise Refused("it is always enabled and cannot be disabled")


APP_SWITCH = AppResource()
TASK = ResourceTask(APP_SWITCH, OcsClient)
