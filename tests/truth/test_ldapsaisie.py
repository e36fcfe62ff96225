# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated LdapSaisie answers as the real one did: all recordings in file order, from one sample directory on."""

from __future__ import annotations

import base64
import json

import pytest
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.truth import ldapsaisie_seeds as seeds
from ansible_collections.workplace.onboarding.tests.truth.replay import LEFT_OUT_REASONS, Comparison, Reply, basic, load, send

RECORDINGS = load("ldapsaisie.json")

#: Recordings that are not replayed, by prefix, and why. Writes at once are a matter of test_ldapsaisie_contract.py.
LEFT_OUT = {"race.*": "timing or parallelism"}

#: Values that no second server shares: compared by type only.
IGNORED = frozenset({"sambaPwdLastSet", "pwdChangedTime", "time"})

#: More of them, for single recordings: where in its program the server crashed.
IGNORED_IN = {
    "relation.unknown": frozenset({"errors[1]"}),
    "import.unknown_type": frozenset({"errors[1]"}),
}

BINARY = "<binary:base64>"
HTML = "text/html"


def left_out(name: str) -> str | None:
    return next((reason for entry, reason in LEFT_OUT.items() if name.startswith(entry.removesuffix("*"))), None)


class Session:
    """Replays recordings one after another on one lab server."""

    def __init__(self, lab: Lab):
        self.server = lab.ldapsaisie
        self.clock = lab.clock
        self.cookies: dict[str, str] = {}

    def replay(self) -> dict[str, list[str]]:
        self.clock.advance(seeds.RECORDED_AT - self.clock.now())
        self.server.reset(fresh=True)
        self.server.seed(**seeds.SAMPLE)
        return {name: self._replay(name) for name in RECORDINGS if not left_out(name)}

    def _replay(self, name: str) -> list[str]:
        self.server.change_knobs(vars(self.server.knobs_class()) | seeds.KNOBS.get(name, {}))
        recording = RECORDINGS[name]
        request = recording["request"]
        if name in seeds.BODIES:
            request = request | {"body": seeds.BODIES[name]}
        elif (request["body"] or "").startswith(BINARY):
            request = request | {"body": base64.b64decode(request["body"].removeprefix(BINARY))}
        reply = send(self.server.url, request, self._credentials(name, request))
        self.cookies |= {label: _cookie(reply) for label, opened_by in seeds.COOKIES.items() if opened_by == name}
        return compare(name, recording["response"], reply)

    def _credentials(self, name: str, request: dict) -> dict[str, str]:
        headers = {}
        if name in seeds.BEARER:
            headers["Authorization"] = "Bearer something"
        elif (user := request["user"]) is not None:
            headers["Authorization"] = basic(user, self._password(name, user))
        if label := request["headers"].get("Cookie", "").removeprefix("PHPSESSID="):
            headers["Cookie"] = f"PHPSESSID={self.cookies[label]}"
        return headers

    def _password(self, name: str, user: str) -> str:
        if name in seeds.EMPTY:
            return ""
        return "wrong on purpose" if name in seeds.WRONG else seeds.PASSWORDS.get(user, "nobody's")


def _cookie(reply: Reply) -> str:
    return reply.headers["set-cookie"].removeprefix("PHPSESSID=").partition(";")[0]


def compare(name: str, recorded: dict, reply: Reply) -> list[str]:
    comparison = Comparison(IGNORED | IGNORED_IN.get(name, frozenset()))
    if recorded.get("body", "").startswith("{"):
        # Documents glued together: an array of them.
        reply = reply._replace(body=json.dumps(documents(reply.body.decode())).encode())
        recorded = {**recorded, "json": documents(recorded["body"])}
    found = comparison.response(recorded, reply)
    if recorded["content_type"] == "application/json" and not reply.body.isascii():
        found.append("not ASCII only")
    return found


def documents(text: str) -> list:
    found, place = [], 0
    while place < len(text):
        document, place = json.JSONDecoder().raw_decode(text, place)
        found.append(document)
    return found


@pytest.fixture(scope="module")
def differences():
    with Lab() as lab:
        yield Session(lab).replay()


@pytest.mark.parametrize("name", [name for name in RECORDINGS if not left_out(name)])
def test_replay(differences, name):
    assert differences[name] == []


def test_reasons_are_known():
    assert set(LEFT_OUT.values()) <= set(LEFT_OUT_REASONS)


TABLES = (IGNORED_IN, seeds.KNOBS, seeds.BODIES, seeds.WRONG, seeds.EMPTY, seeds.BEARER, seeds.COOKIES.values())


@pytest.mark.parametrize("entry", [entry for table in TABLES for entry in table])
def test_tables_name_recordings(entry):
    assert entry in RECORDINGS


def test_enough_is_replayed(capsys):
    replayed = [name for name in RECORDINGS if not left_out(name)]
    with capsys.disabled():
        print(f"\nldapsaisie: {len(replayed)} of {len(RECORDINGS)} recordings replayed")
        for entry, reason in LEFT_OUT.items():
            print(f"ldapsaisie: left out: {entry} ({reason})")
    assert len(RECORDINGS) == 385
    assert len(replayed) == 365
