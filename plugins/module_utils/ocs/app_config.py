# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings of apps (chapter 4.3 of the OCS contract)."""

from __future__ import annotations

import re
import sys
from typing import Any, Optional

from ..core.plan import Change
from ..core.spec import CALL, Field, Part, Raw, Resource, Want
from ..core.task import ResourceTask
from ..core.transport import segment
from .app import app_id
from .client import CONFIG, OcsClient

PAIRS = (("yes", "no"), ("1", "0"), ("true", "false"), ("on", "off"))
WORDS = {word: pair[0] == word for pair in PAIRS for word in pair}


def key_name(value: str) -> str:
    if not value.strip() or "/" in value or value in (".", ".."):
        raise ValueError("it must be the name of a key, without /")
    return value


APP = Field("app", clean=app_id)
KEY = Field("key", clean=key_name)
VALUE = Field("value")
VALUE_TYPE = Field("value_type", choices=("string", "bool", "int"), send=(CALL,))


class Setting(Part):
    """One key. Whether it is unset or empty only the list of keys tells."""

    fields = (VALUE,)
    few = sys.maxsize

    def get(self, client: OcsClient, want: Want, raw: Optional[Raw]) -> Optional[Raw]:
        app, key = want.values["app"], want.values["key"]
        stored = client.config(app, key)
        if not stored and key not in client.config_keys(app):
            return None
        truth = WORDS.get(stored.lower()) if want.values.get("value_type") == "bool" else None
        return {"app": app, "key": key, "stored": stored, "value": stored if truth is None else word(truth)}

    def create(self, client: OcsClient, change: Change) -> None:
        client.set_config(change.want.values["app"], change.want.values["key"], self.spelled(change))

    def set(self, client: OcsClient, change: Change, item: Field, value: Any) -> None:
        self.create(client, change)

    def delete(self, client: OcsClient, change: Change) -> None:
        client.as_admin("changing app config", "DELETE", self.path(change), repeat=True)

    @staticmethod
    def spelled(change: Change) -> str:
        """The value, a boolean in the words that the key holds already."""
        value, stored = str(change.want.values["value"]), str((change.raw or {}).get("stored", "")).lower()
        if change.want.values.get("value_type") != "bool" or stored not in WORDS:
            return value
        return next(pair for pair in PAIRS if stored in pair)[0 if WORDS[value] else 1]

    @staticmethod
    def path(change: Change) -> str:
        return f"{CONFIG}/{segment(change.want.values['app'])}/{segment(change.want.values['key'])}"


def word(truth: bool) -> str:
    return PAIRS[0][0 if truth else 1]


class AppConfig(Resource):
    kind, plural = "app setting", "settings"
    identities = ((APP, KEY),)
    parts = (Setting(),)
    steering = (VALUE_TYPE,)

    def refine(self, values: dict[str, Any], state: str) -> None:
        """An empty text is a value here, and a bare true of YAML arrives as True, which no app understands."""
        if state == "absent":
            return
        value, kind = values.get("value"), values.get("value_type", "string")
        if value is None:
            raise ValueError("value must be given")
        if kind == "bool":
            if value.lower() not in WORDS:
                raise ValueError(f"value {value!r}: it is no boolean; yes and no are")
            values["value"] = word(WORDS[value.lower()])
        elif kind == "int":
            if not re.fullmatch(r"-?[0-9]+", value):
                raise ValueError(f"value {value!r}: it is no whole number")
        elif value in ("True", "False"):
            raise ValueError(f"value {value!r}: quote the word that the app expects (yes, 1, true), or set value_type to bool")


APP_CONFIG = AppConfig()
TASK = ResourceTask(APP_CONFIG, OcsClient)
