# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated panel answers as the exchanges say. `documented` ones are the vendor's own words and count as truth; `inferred`
ones are reconstructions of the contract, replayed so that nothing moves unnoticed."""

from __future__ import annotations

import json
import re

import pytest
import requests
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.lab.iredmail import passwords
from ansible_collections.workplace.onboarding.tests.truth import iredmail_seeds as seeds
from ansible_collections.workplace.onboarding.tests.truth.replay import Comparison, Reply, load, send

EXCHANGES = load("iredmail.json")
DOCUMENTED = [name for name, exchange in EXCHANGES.items() if exchange["source"] == "documented"]
INFERRED = [name for name, exchange in EXCHANGES.items() if exchange["source"] == "inferred"]
EDITIONS = {"any": ("mysql", "ldap"), "sql": ("mysql",), "ldap": ("ldap",)}
OBJECTS = ("domains", "users", "admins", "aliases", "lists", "ldap_lists")
#: Attributes that tell when, and not what.
TIMES = ("created", "modified", "password_changed")
DAY = 86400
SECRETS = (seeds.PASSWORD, seeds.ADMIN_PASSWORD)
SESSION_ID = re.compile(r"iRedAdmin-Pro-[A-Z]+=[0-9a-f]{40}")


def cases(names):
    for name in names:
        editions = ("mysql",) if name in seeds.SQL_ONLY else EDITIONS[EXCHANGES[name]["edition"]]
        for edition in editions:
            yield pytest.param(name, edition, id=f"{name}-{edition}")


@pytest.fixture(scope="module")
def shared_lab():
    with Lab() as lab:
        yield lab


class Replay:
    """One exchange on a panel in the state that it needs."""

    def __init__(self, lab: Lab, name: str, edition: str):
        self.panel, self.clock, self.name = lab.iredmail, lab.clock, name
        self.exchange = EXCHANGES[name]
        self.panel.reset(fresh=True, edition=edition)
        self.panel.seed(**seeds.WORLD)
        self.panel.seed(**seeds.BEFORE.get(name, {}))
        self.cookie = self._cookie(self.exchange["request"]["session"])
        self.panel.change_knobs(seeds.KNOBS.get(name, {}))
        if fault := seeds.FAULTS.get(name):
            self.panel.fault(**fault)

    def _cookie(self, session: str) -> dict[str, str]:
        if session == "none":
            return {}
        username = seeds.OPS if "domain admin" in session else seeds.POSTMASTER
        answer = requests.post(f"{self.panel.api_url}/login", {"username": username, "password": seeds.ADMIN_PASSWORD}, timeout=10)
        assert answer.json() == {"_success": True}
        if session == "expired":
            self.clock.advance(self.panel.knobs.session_timeout + 1)
        return {"Cookie": answer.headers["set-cookie"].partition(";")[0]}

    def run(self) -> tuple[list[str], dict]:
        """The differences of the answer, and what has changed."""
        before = contents(self.panel)
        reply = send(self.panel.url, self.exchange["request"], self.cookie)
        changed = changes(before, contents(self.panel))
        recorded = self.exchange["response"] | {"headers": neutral(self.exchange["response"].get("headers", {}))}
        reply = Reply(reply.status, neutral(reply.headers), reply.body)
        if self.exchange["source"] == "inferred" and "json" in recorded:
            # The recorded payloads are abbreviated.
            reply = reply._replace(body=json.dumps(as_recorded(recorded["json"], json.loads(reply.body))).encode())
        return Comparison(frozenset()).response(recorded, reply), changed


def neutral(headers: dict[str, str]) -> dict[str, str]:
    """Without the host and the session's id."""
    found = {name: SESSION_ID.sub("session", value) for name, value in headers.items()}
    if "location" in found:
        found["location"] = re.sub(r"^https?://[^/]+", "", found["location"])
    return found


def as_recorded(recorded, got):
    """Only those keys of maps, and those lines of a text, that the recording has."""
    if isinstance(recorded, dict) and isinstance(got, dict):
        return {key: as_recorded(recorded[key], value) for key, value in got.items() if key in recorded}
    if isinstance(recorded, list) and isinstance(got, list) and len(recorded) == len(got):
        return [as_recorded(old, new) for old, new in zip(recorded, got, strict=True)]
    if isinstance(recorded, str) and isinstance(got, str) and "\n" in recorded:
        return "".join(line for line in got.splitlines(keepends=True) if line in recorded.splitlines(keepends=True))
    return got


def contents(panel) -> dict:
    """What is stored, by path; passwords in plain where they are known, dates as days from now."""
    state, found = panel.state(), {}
    for kind, things in state.items():
        if kind in OBJECTS:
            for name, thing in things.items():
                found[f"{kind}/{name}"] = {key: plain(value) if key == "password" else value for key, value in thing.items()}
        elif isinstance(things, dict):
            found |= {f"{kind}/{name}": thing for name, thing in things.items()}
        elif kind == "deleted_mailboxes":
            now = panel.clock.now()
            found[kind] = {mailbox["mail"]: mailbox["due"] and round((mailbox["due"] - now) / DAY) for mailbox in things}
        else:
            found[kind] = things
    return found


def plain(stored: str) -> str:
    return next((secret for secret in SECRETS if passwords.matches(stored, secret)), stored)


def changes(before: dict, after: dict) -> dict:
    found = {}
    for path in before.keys() | after.keys():
        old, new = before.get(path), after.get(path)
        if path.partition("/")[0] in OBJECTS and old is not None and new is not None:
            found |= {f"{path}/{key}": new[key] for key in new if new[key] != old[key] and key not in TIMES}
        elif old != new:
            found[path] = new
    return found


def wanted(effects: dict, changed: dict) -> dict:
    """Of a new object only the attributes that are declared count."""
    return {
        path: {key: value for key, value in new.items() if key in effects[path]}
        if path.partition("/")[0] in OBJECTS and isinstance(effects.get(path), dict) and isinstance(new, dict) and path.count("/") == 1
        else new
        for path, new in changed.items()
    }


@pytest.mark.parametrize(("name", "edition"), list(cases(DOCUMENTED)))
def test_documented(shared_lab, name, edition):
    different, changed = Replay(shared_lab, name, edition).run()
    assert different == []
    assert wanted(seeds.EFFECTS[name], changed) == seeds.EFFECTS[name]


@pytest.mark.parametrize(("name", "edition"), list(cases(INFERRED)))
def test_inferred(shared_lab, name, edition):
    """Regression, not truth: the payloads of these were never seen on a server."""
    different, changed = Replay(shared_lab, name, edition).run()
    assert different == []
    assert changed == seeds.INFERRED_EFFECTS.get(name, {})


def test_every_documented_exchange_declares_its_effect():
    assert seeds.EFFECTS.keys() == set(DOCUMENTED)


@pytest.mark.parametrize("table", [seeds.BEFORE, seeds.KNOBS, seeds.FAULTS, seeds.INFERRED_EFFECTS, seeds.SQL_ONLY])
def test_tables_name_exchanges(table):
    assert set(table) <= EXCHANGES.keys()


def test_enough_is_replayed(capsys):
    with capsys.disabled():
        print(f"\niredmail: {len(DOCUMENTED)} documented exchanges, {len(list(cases(DOCUMENTED)))} replays; none left out")
        print(f"iredmail: {len(INFERRED)} inferred exchanges, {len(list(cases(INFERRED)))} replays (regression)")
    assert (len(DOCUMENTED), len(INFERRED)) == (64, 76)
