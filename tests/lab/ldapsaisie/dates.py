# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Dates: text in a configured format for people, numbers or LDAP times in the directory (contract 4). The server's zone is UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from .kinds import Invalid, Kind
from .texts import INVALID, say

DATE = "%d/%m/%Y"
DATE_TIME = "%d/%m/%Y, %T"
PARTS = {"d": r"(?P<d>\d{1,2})", "m": r"(?P<m>\d{1,2})", "Y": r"(?P<Y>\d{4})"}
PARTS |= {"H": r"(?P<H>\d{1,2})", "M": r"(?P<M>\d{1,2})", "S": r"(?P<S>\d{1,2})", "T": r"(?P<H>\d{1,2}):(?P<M>\d{2}):(?P<S>\d{2})"}
DAY = 86400


def pattern(form: str) -> re.Pattern:
    return re.compile("".join(PARTS[part[1]] if part.startswith("%") else re.escape(part) for part in re.findall(r"%\w|[^%]+", form)))


class Date(Kind):
    """`storage`: days, seconds, ldap (generalised time), or the text itself."""

    def __init__(self, storage: str, form: str = DATE, specials: dict[str, str] | None = None):
        self.storage = storage
        self.form = form
        self.pattern = pattern(form)
        self.specials = specials or {}

    def parse(self, env, attribute, raw):
        stored = []
        labels = {say(env.lang, label) for label in self.specials.values()}
        for value in super().parse(env, attribute, raw):
            if value in self.specials:
                stored.append(value)
            elif value not in labels:  # the label sent back is accepted, and clears
                stored.append(self._store(self._moment(value)))
        return stored

    def _moment(self, text: str) -> datetime:
        found = self.pattern.fullmatch(text)
        if not found:
            raise Invalid(INVALID)
        part = {name: int(value) for name, value in found.groupdict().items()}
        if not (1 <= part["m"] <= 12 and 1 <= part["d"] <= 31):
            raise Invalid(INVALID)
        # Days that a month does not have roll over into the next one.
        start = datetime(part["Y"], part["m"], 1, tzinfo=UTC)
        return start + timedelta(days=part["d"] - 1, hours=part.get("H", 0), minutes=part.get("M", 0), seconds=part.get("S", 0))

    def _store(self, moment: datetime) -> str:
        if self.storage == "days":
            return str(int(moment.timestamp()) // DAY)
        if self.storage == "seconds":
            return str(int(moment.timestamp()))
        return moment.strftime("%Y%m%d%H%M%SZ")

    def _load(self, value: str) -> datetime:
        if self.storage == "ldap":
            return datetime.strptime(value, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
        return datetime.fromtimestamp(int(value) * (DAY if self.storage == "days" else 1), UTC)

    def at(self, seconds: float) -> list[str]:
        """What is stored for a moment."""
        return [self._store(datetime.fromtimestamp(int(seconds), UTC))]

    def one(self, env, attribute, value):
        if value in self.specials:
            return say(env.lang, self.specials[value])
        return self._load(value).strftime(self.form)


class PasswordHistory(Kind):
    """`time#syntax#length#hash`, as the password policy keeps it."""

    SYNTAX = "1.3.6.1.4.1.1466.115.121.1.40"

    def entry(self, seconds: float, hashed: str) -> str:
        moment = datetime.fromtimestamp(int(seconds), UTC).strftime("%Y%m%d%H%M%SZ")
        return f"{moment}#{self.SYNTAX}#{len(hashed)}#{hashed}"

    def one(self, env, attribute, value):
        moment, syntax, length, hashed = value.split("#", 3)
        shown = datetime.strptime(moment, "%Y%m%d%H%M%SZ").strftime("%Y/%m/%d %H:%M:%S")
        return {"time": shown, "syntaxOID": syntax, "length": int(length), "hashed_password": hashed}
