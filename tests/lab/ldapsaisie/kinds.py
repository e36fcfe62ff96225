# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Value types of attributes: what a form takes, what a read shows (contract 4). Stored values are text, as in LDAP."""

from __future__ import annotations

import base64
import json
import math
import re
from collections.abc import Callable

from . import dn as names
from .php import Form, Raw, loosely_equal
from .texts import INVALID, say


class Invalid(Exception):
    """Values that a form refuses: texts, each alone or with what goes into it."""

    def __init__(self, *texts: str | tuple):
        self.texts = [(text,) if isinstance(text, str) else text for text in texts]


class Kind:
    compared: Callable[[str], str] | None = None  # how references are compared

    def pick(self, form: Form, name: str) -> Raw | None:
        """What was sent for the attribute, if anything."""
        return form.raw(name)

    def parse(self, env, attribute, raw: Raw) -> list[str] | None:
        """Values to store; None: the field is ignored."""
        return [value for value in raw.values if value != ""]

    def unchanged(self, old: list[str], new: list[str]) -> bool:
        return loosely_equal(old, new)

    def encode(self, server, values: list[str]) -> list[str]:
        return values

    def one(self, env, attribute, value: str):
        """A stored value as a read shows it; None: not at all."""
        return value

    def one_detail(self, env, attribute, value: str):
        return self.one(env, attribute, value)

    def show(self, env, attribute, values: list[str]):
        return self._shown(env, attribute, values, self.one)

    def detail(self, env, attribute, values: list[str]):
        return self._shown(env, attribute, values, self.one_detail)

    def _shown(self, env, attribute, values, one):
        shown = [item for item in (one(env, attribute, value) for value in values) if item is not None]
        if attribute.multiple:
            return shown
        return shown[0] if shown else None


class Text(Kind):
    pass


class Maildir(Kind):
    """Its element knows no partial form: what is not sent is cleared (contract 3.4)."""

    def pick(self, form, name):
        return form.raw(name) or Raw([])


class Boolean(Kind):
    def __init__(self, true: str = "TRUE", false: str = "FALSE"):
        self.words = {"yes": true, "no": false}
        self.read = {true: "yes", false: "no"}

    def parse(self, env, attribute, raw):
        # Any other word, `true` included, deletes the attribute (contract 4).
        return [self.words[value] for value in raw.values if value in self.words]

    def one(self, env, attribute, value):
        return self.read.get(value)


class Select(Kind):
    """One or several of the keys; options by a function of (server, key) where they are other objects."""

    def __init__(self, options: dict[str, str] | Callable):
        self.options = options

    def label(self, env, key: str) -> str | None:
        if isinstance(self.options, dict):
            found = self.options.get(key)
            return None if found is None else say(env.lang, found)
        return self.options(env.server, key)

    def parse(self, env, attribute, raw):
        values = super().parse(env, attribute, raw)
        if any(self.label(env, value) is None for value in values):
            raise Invalid(INVALID)
        return values

    def one(self, env, attribute, value):
        return None if self.label(env, value) is None else value

    def one_detail(self, env, attribute, value):
        label = self.label(env, value)
        return None if label is None else {"label": label, "value": value}


class Reference(Kind):
    """Other objects, exchanged by DN; what does not exist is dropped without a word."""

    def __init__(self, types: dict[str, str | None], key: str = "dn"):
        self.types = types  # name: how its objects are shown in details, None for their own way
        self.key = key
        self.compared = names.key if key == "dn" else None

    def parse(self, env, attribute, raw):
        stored = []
        for value in raw.values:
            entry, _type = self._find(env, value)
            if entry is not None:
                stored += [value] if self.key == "dn" else entry.attributes.get(self.key, [])
        return stored

    def _find(self, env, dn: str):
        entry = env.server.store.directory.find(dn)
        return entry, entry and env.server.type_of(entry, self.types)

    def _target(self, env, value: str):
        """The object that a stored value points at, its type, and the DN to show."""
        if self.key == "dn":
            entry, found = self._find(env, value)
            return (entry, found, value) if found else None
        for entry in env.server.store.directory.equal(self.key, value):
            if found := env.server.type_of(entry, self.types):
                return entry, found, entry.dn
        return None

    def one(self, env, attribute, value):
        target = self._target(env, value)
        return target and target[2]

    def detail(self, env, attribute, values):
        if not attribute.multiple:
            return None  # a defect of the server (contract 4)
        found = {}
        for value in values:
            if target := self._target(env, value):
                entry, kind, dn = target
                found[dn] = {"name": env.server.display(kind, entry.attributes, self.types[kind.name]), "object_type": kind.name}
        return found or []


class Image(Kind):
    """Stored as base64 text; only a file part of a multipart form sets it, `<name>_delete` removes it."""

    MAGIC = {b"\x89PNG\r\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}

    def pick(self, form, name):
        if name in form.files:
            return Raw([], file=form.files[name])
        return Raw([]) if f"{name}_delete" in form.fields else None

    def parse(self, env, attribute, raw):
        if raw.file is None:
            return []
        declared, content = raw.file
        detected = next((kind for magic, kind in self.MAGIC.items() if content.startswith(magic)), None)
        if detected is None:
            raise Invalid(("Invalid file type (%s).", declared), "File type is not valid.")
        return [base64.b64encode(content).decode()]


class Postal(Kind):
    """A newline is stored as a dollar sign."""

    def parse(self, env, attribute, raw):
        return [value.replace("\n", "$") for value in raw.values if value]

    def one(self, env, attribute, value):
        return value.replace("$", "\n")


class Labeled(Kind):
    PATTERN = re.compile(r"\[([^\]]*)\](.*)", re.DOTALL)

    def parse(self, env, attribute, raw):
        values = super().parse(env, attribute, raw)
        if bad := [value for value in values if not self.PATTERN.fullmatch(value)]:
            raise Invalid(*[('Invalid value: "%s"', value) for value in bad])
        return values or None  # cannot be cleared

    def one_detail(self, env, attribute, value):
        found = self.PATTERN.fullmatch(value)
        return {"raw_value": value, "label": found[1] if found else None, "value": found[2] if found else value}


class JsonComposite(Kind):
    def __init__(self, components: dict[str, tuple[str, bool, bool]]):
        self.components = components  # name: (label, mandatory, multiple)

    def parse(self, env, attribute, raw):
        stored = []
        for number, value in enumerate(super().parse(env, attribute, raw), 1):
            try:
                sent = json.loads(value)
            except ValueError:
                sent = None
            if not isinstance(sent, dict):
                raise Invalid(("Fail to decode JSON value #%s.", number))
            for name, (label, mandatory, _multiple) in self.components.items():
                if mandatory and not sent.get(name):
                    raise Invalid(("Component %s must be defined", label))
            stored.append(json.dumps({name: sent[name] for name in self.components if name in sent}))
        return stored or None  # cannot be cleared

    def one(self, env, attribute, value):
        return json.loads(value)


class Unit(Kind):
    """A number shown in units; without brackets, nothing and 0 are ignored (contract 4)."""

    def __init__(self, units: dict[int, str]):
        self.units = units

    def parse(self, env, attribute, raw):
        values = super().parse(env, attribute, raw)
        if any(not value.isdigit() for value in values):
            raise Invalid(INVALID)
        return values if raw.listed or any(int(value) for value in values) else None

    def one(self, env, attribute, value):
        return int(value) or None

    def one_detail(self, env, attribute, value):
        number = int(value)
        sill = max((sill for sill in self.units if sill <= number and number % sill == 0), default=min(self.units))
        return {"value": number, "valueWithUnit": number // sill, "unitSill": sill, "unitLabel": say(env.lang, self.units[sill])}


SIZES = {1_000_000_000: "Go", 1_000_000: "Mo", 1000: "Ko"}


def sized(number: int) -> tuple[int, int, str]:
    for factor, unit in SIZES.items():
        if number >= factor and number % factor == 0:
            return number // factor, factor, f"{number // factor}{unit}"
    return number, 1, str(number)


class Quota(Kind):
    def __init__(self, factor: int):
        self.factor = factor

    def parse(self, env, attribute, raw):
        values = super().parse(env, attribute, raw) or ["0"]
        if any(not value.isdigit() for value in values):
            raise Invalid(INVALID)
        return [str(int(value) * self.factor) for value in values]

    def one(self, env, attribute, value):
        return math.ceil(int(value) / self.factor) or None

    def one_detail(self, env, attribute, value):
        size, factor, text = sized(number := math.ceil(int(value) / self.factor))
        return {"size": number, "valueSize": size, "valueSizeFact": factor, "valueTxt": text}


class MailQuota(Kind):
    SUFFIX = "S"

    def parse(self, env, attribute, raw):
        values = super().parse(env, attribute, raw)
        if bad := [value for value in values if not re.fullmatch(rf"\d+{self.SUFFIX}", value)]:
            raise Invalid(*[('Invalid value : "%s".', value) for value in bad])
        return values or None  # cannot be cleared

    def one(self, env, attribute, value):
        return value.removesuffix(self.SUFFIX)

    def one_detail(self, env, attribute, value):
        size, factor, text = sized(int(number := self.one(env, attribute, value)))
        return {"size": number, "valueSize": size, "valueSizeFact": factor, "valueTxt": text}


class SshKey(Kind):
    def one_detail(self, env, attribute, value):
        kind, _unused, rest = value.partition(" ")
        key, _unused, mail = rest.partition(" ")
        return {"type": kind, "mail": mail or None, "value": value}
