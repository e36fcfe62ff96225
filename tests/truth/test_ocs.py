# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated OCS server answers as the real one did: `flow.*` in one session on a fresh server, then all others in file order."""

from __future__ import annotations

import re

import pytest
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.truth import ocs_seeds as seeds
from ansible_collections.workplace.onboarding.tests.truth.replay import LEFT_OUT_REASONS, Comparison, basic, load, send

RECORDINGS = load("ocs.json")
FLOW = [name for name in RECORDINGS if name.startswith("flow.")]
OTHERS = [name for name in RECORDINGS if not name.startswith("flow.")]

#: Recordings that are not replayed, by name or `prefix.*`, and why.
LEFT_OUT = {
    "concurrency.*": "timing or parallelism",
    "users.edit.organisation.xxxxxxxxxxxxxxxxxxxxxxxx": "redacted value",  # the recorded body is cut
}

#: Values that no second server shares: compared by type only. Message texts are compared, except where the table below says so.
IGNORED = frozenset({"firstLoginTimestamp", "lastLoginTimestamp", "lastLogin", "apppassword", "x-nextcloud-bruteforce-throttled"})

#: More of them, for single recordings.
IGNORED_IN = {
    "apps.info": frozenset({"summary", "description", "author", "bugs"}),
    "password_policy.generate": frozenset({"password"}),
    "users.create.generated-userid": frozenset({"id"}),
    "error.996-with-debug-on": frozenset({"message"}),
}

AUTH = re.compile(r"basic:(?P<login>[^(]+)(?:\((?P<token>[^)]*)\))?")


def left_out(name: str) -> str | None:
    for entry, reason in LEFT_OUT.items():
        if name == entry or (entry.endswith("*") and name.startswith(entry[:-1])):
            return reason
    return None


class Session:
    """Replays recordings one after another on one lab server."""

    def __init__(self, lab: Lab):
        self.lab = lab
        self.passwords = {lab.ocs.username: lab.ocs.password}

    def replay(self, names: list[str]) -> dict[str, list[str]]:
        self.lab.ocs.reset(fresh=True)
        return {name: self._replay(name) for name in names if not left_out(name)}

    def _replay(self, name: str) -> list[str]:
        # An hour between two recordings: what one consumed or failed does not reach the next, unless declared.
        self.lab.clock.advance(3600)
        self._prepare(name)
        recording = RECORDINGS[name]
        reply = send(self.lab.ocs.url, recording["request"], self._credentials(name, recording["request"]["auth"]) | self._etag(name))
        return Comparison(IGNORED | IGNORED_IN.get(name, frozenset())).response(recording["response"], reply)

    def _prepare(self, name: str) -> None:
        self.lab.ocs.change_knobs(vars(self.lab.ocs.knobs_class()))
        for prefix, knobs in seeds.KNOBS.items():
            if name.startswith(prefix):
                self.lab.ocs.change_knobs(knobs)
        self.lab.ocs.seed(**seeds.BEFORE.get(name, {}))
        self.passwords |= seeds.PASSWORDS.get(name, {})

    def _credentials(self, name: str, auth: str | None) -> dict[str, str]:
        if auth is None:
            return {}
        if auth == "cookie":
            return {"Cookie": "nc_session_id=of-an-earlier-answer"}
        if auth == "bearer":
            return {"Authorization": "Bearer " + ("bogus" if name in seeds.BOGUS_TOKEN else "token-of-admin")}
        login, token = AUTH.fullmatch(auth).groups()
        return {"Authorization": basic(login, self._token(name, login, token) if token else self._password(name, login))}

    def _token(self, name: str, login: str, token: str) -> str:
        if token == "app-password of admin" or login.startswith("admin"):
            return "token-of-flow" if name.startswith("flow.") else "token-of-admin"
        return f"token-of-{login}"

    def _password(self, name: str, login: str) -> str:
        if name in seeds.EMPTY:
            return ""
        if "wrong-password" in name or name in seeds.WRONG:
            return "wrong on purpose"
        return self.passwords.get(login, seeds.PASSWORD)

    def _etag(self, name: str) -> dict[str, str]:
        """A conditional request names the tag of this server, learnt by an ordinary one."""
        request = RECORDINGS[name]["request"]
        if "If-None-Match" not in request["headers"]:
            return {}
        ordinary = {**request, "headers": {key: value for key, value in request["headers"].items() if key != "If-None-Match"}}
        return {"If-None-Match": send(self.lab.ocs.url, ordinary, self._credentials(name, request["auth"])).headers["etag"]}


@pytest.fixture(scope="module")
def differences():
    with Lab() as lab:
        yield Session(lab).replay(FLOW) | Session(lab).replay(OTHERS)


@pytest.mark.parametrize("name", [name for name in (*FLOW, *OTHERS) if not left_out(name)])
def test_replay(differences, name):
    assert differences[name] == []


def test_reasons_are_known():
    assert set(LEFT_OUT.values()) <= set(LEFT_OUT_REASONS)


TABLES = (LEFT_OUT, IGNORED_IN, seeds.BEFORE, seeds.KNOBS, seeds.PASSWORDS, seeds.WRONG, seeds.EMPTY, seeds.BOGUS_TOKEN)


@pytest.mark.parametrize("entry", [entry for table in TABLES for entry in table])
def test_tables_name_recordings(entry):
    prefix = entry.removesuffix("*")
    assert any(name.startswith(prefix) for name in RECORDINGS) if prefix.endswith(".") else entry in RECORDINGS


def test_enough_is_replayed(capsys):
    replayed = [name for name in OTHERS if not left_out(name)]
    with capsys.disabled():
        print(f"\nocs: {len(FLOW)} steps of flow.*, {len(replayed)} of {len(OTHERS)} other recordings replayed")
        for entry, reason in LEFT_OUT.items():
            print(f"ocs: left out: {entry} ({reason})")
    assert len(FLOW) == 48
    assert len(replayed) >= 700
