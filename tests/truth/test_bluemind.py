# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated BlueMind understands what the vendor's clients 4.9 and 5.7 send, and answers what they could read.

The requests were recorded from those clients. The answers were not given by a server: they were written by hand in the shape of the
contract, and the clients parsed them. So the true half of an exchange is its request (path, query, headers, body) together with the
shape of the answer (status, keys, types, constants). Values are compared as well, where the hand-written ones follow from the state
that was seeded; where they do not, or contradict the contract, `SHAPE_ONLY` says so.
"""

from __future__ import annotations

import copy
import json

import pytest
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.truth import bluemind_seeds as seeds
from ansible_collections.workplace.onboarding.tests.truth.replay import LEFT_OUT_REASONS, Comparison, Reply, kind_of, load, send

RECORDINGS = load("bluemind.json")

#: Exchanges that are not replayed, by the name without its generation, and why.
LEFT_OUT = {
    "wire.http-400-from-a-server": "never sent by the server",
    "wire.http-400-from-a-server-on-a-value-returning-call": "never sent by the server",
    "wire.response-lacking-one-expected-key": "never sent by the server",
    "wire.response-with-an-unknown-enum-constant": "never sent by the server",
}

#: Numbers, dates and invented names, which no second server shares: compared by type only.
IGNORED = frozenset(
    {"sid", "authKey", "internalId", "version", "created", "updated", "passwordLastChange", "databaseVersion", "x-bm-warnmessage"}
)

#: Keys besides those, of single exchanges. The key of a bare value is empty.
IGNORED_IN = {
    "IAPIKeys.": {"uid"},
    "IAPIKeys.put": {""},
    "IDataProtect.getAvailableGenerations": {"id"},
    # The hand-written one is at home in another domain.
    "BMClient.login.admin0-global-virt-admin": {"source", "emails", "roles"},
    # The words of a null pointer are the JVM's (contract 24).
    "IDomains.create.uid-domain-with-properties-aliases-left-unset": {"message"},
    "IUser.create.uid-user-whose-vcard-has-no-communications-object": {"message"},
    "IGroup.create.uid-group-with-emails-unset": {"message"},
    # 4.x words it otherwise than the hand-written answer (contract 1.4); test_bluemind_contract.py has both.
    "IUser.createWithExtId.uid-ldap-entryuuid-1-user": {"message", "localizedMessage"},
    "IDirectory.delete": {"message", "localizedMessage"},
    # A picture is encoded anew (contract 5.6).
    "IUser.getPhoto": {""},
}

#: Maps of which the hand-written answer has some keys only: those are compared.
CUT = {
    "BMClient.login.admin0-global-virt-admin": ".authUser.settings",
    "IAuthentication.login.with-an-api-key-as-password": ".authUser.settings",
    "IAuthentication.loginWithParams.login-password-origin-interactive-true": ".authUser.settings",
    "IAuthentication.su": ".authUser.settings",
    "IAuthentication.getCurrentUser.with-a-user-session": ".settings",
    "IDomainSettings.get": "",
    "IUserSettings.get": "",
    "IGlobalSettings.get": "",
    "ISystemConfiguration.getValues": ".values",
}

#: Compared by shape only, because the hand-written values follow from no state, or contradict the contract.
SHAPE_ONLY = {
    "BMClient.login.login-wrong": "a refused password of a known user comes with a message (contract 2)",
    "IUser.getVCard": "a card has its source and its addresses (contract 5.3)",
    "IDirectory.search.direntryquery-all-fields-unset": "hidden and system entries are there (contract 14)",
    "IOrgUnits.listByAdministrator": "the path of a unit has those above it",
    "IRoles.getRoles": "one of many",
    "IRoles.getRolesCategories": "one of many",
}

#: Lists that are written in another order.
UNORDERED = {"IGroup.allUids"}

#: Writes that leave no trace.
WITHOUT_EFFECT = {
    "IUser.enablePerUserLog",
    "IGroup.add.uid-members-all-present-already",
    "IDirEntryMaintenance.repair",
    "IMailboxMgmt.consolidateMailbox",
}


def plain(name: str) -> str:
    return name.partition(".")[2]


def chosen(table: dict, name: str) -> list:
    """The entries of a table for a name without its generation: by prefix first, then its own."""
    return [value for key, value in table.items() if key == name or (key.endswith(".") and name.startswith(key))]


class Session:
    """Replays each exchange on a server of its own generation and state."""

    def __init__(self, lab: Lab):
        self.server = lab.bluemind
        self.clock = lab.clock

    def replay(self, name: str) -> list[str]:
        self.prepare(name)
        recording = RECORDINGS[name]
        before = self.state()
        reply = send(self.server.url, recording["request"], self.credentials(recording["request"]["auth"]))
        self.finish_tasks()
        found = self.compare(name, recording["response"], reply)
        entry = self.server.log[0]
        changed, write = self.state() != before, entry.write
        if changed and not write:
            found.append("the log calls a write a read")
        if reply.status == 200 and write and not changed and plain(name) not in WITHOUT_EFFECT:
            found.append("a write changed nothing")
        if reply.status != 200 and changed:
            found.append("a refused call changed something")
        return found

    def prepare(self, name: str) -> None:
        self.clock.advance(seeds.AT / 1000 - self.clock.now())
        self.server.reset(fresh=True)
        knobs = {"dialect": int(name[0]), "task_seconds": None} | ({"software_version": "5.0.70012"} if name[0] == "5" else {})
        self.server.change_knobs(knobs | seeds.KNOBS.get(plain(name), {}))
        self.server.populate(fresh=True)
        self.server.seed(**copy.deepcopy(seeds.ALWAYS))
        for things in chosen(seeds.BEFORE, plain(name)):
            for part in things if isinstance(things, list) else [things]:
                self.server.seed(**copy.deepcopy(part))
        for fault in chosen(seeds.FAULTS, plain(name)):
            self.server.fault(**fault)
        for who, login in seeds.LOGINS.items():
            if who == "jdoe" and "u-jdoe" in self.server.store.domains[seeds.UID].entries or who == RECORDINGS[name]["request"]["auth"]:
                self.server.seed(sessions={f"session-of-{who}": login})

    def credentials(self, who: str | None) -> dict[str, str]:
        if who is None:
            return {}
        return {"X-BM-ApiKey": {"core": self.server.core_token, "dead": "dead-session"}.get(who, f"session-of-{who}")}

    def state(self) -> dict:
        """What is stored, without who is logged in, what is under way, and counters."""
        state = json.loads(json.dumps(self.server.state()))
        for name in ("sessions", "tasks", "numbers"):
            del state[name]
        return state

    def finish_tasks(self) -> None:
        self.server.change_knobs({"task_seconds": 0})
        self.server.faults.clear()
        send(self.server.url, {"method": "GET", "path": "/api/system/installation/state", "query": "", "headers": {}, "body": None}, {})

    def compare(self, name: str, recorded: dict, reply: Reply) -> list[str]:
        ignored = IGNORED.union(*chosen(IGNORED_IN, plain(name)))
        if is_task(recorded):
            ignored |= {"id"}
        if plain(name) in SHAPE_ONLY:
            found = Comparison(ignored).response(recorded | {"json": json.loads(reply.body)}, reply)
            return found + shape("", recorded["json"], json.loads(reply.body))
        if plain(name) in CUT:
            reply = reply._replace(body=json.dumps(cut(CUT[plain(name)], recorded["json"], json.loads(reply.body))).encode())
        if plain(name) in UNORDERED:
            recorded = recorded | {"json": sorted(recorded["json"])}
            reply = reply._replace(body=json.dumps(sorted(json.loads(reply.body))).encode())
        return Comparison(frozenset(ignored)).response(recorded, reply)


def is_task(recorded: dict) -> bool:
    """A TaskRef, whose id is invented except that of a transfer."""
    answer = recorded.get("json")
    return isinstance(answer, dict) and answer.keys() == {"id"} and not answer["id"].startswith("xfer-")


def cut(where: str, recorded, got):
    """What was answered, without the keys of one map that the exchange leaves out."""
    if not where:
        return {key: value for key, value in got.items() if key in recorded}
    _unused, key, *rest = where.split(".")
    return got | {key: cut("".join(f".{name}" for name in rest), recorded[key], got[key])}


def shape(where: str, recorded, got) -> list[str]:
    """Differences of keys and types; a list counts by its first element."""
    if recorded is None or got is None:
        return []
    if kind_of(recorded) != kind_of(got):
        return [f"{where}: recorded {kind_of(recorded)}, got {kind_of(got)}"]
    if isinstance(recorded, list):
        return shape(f"{where}[0]", recorded[0], got[0]) if recorded and got else []
    if not isinstance(recorded, dict):
        return []
    found = []
    if recorded.keys() != got.keys():
        found.append(f"{where}: lacks {sorted(recorded.keys() - got.keys())}, has besides {sorted(got.keys() - recorded.keys())}")
    for key in recorded.keys() & got.keys():
        found += shape(f"{where}.{key}", recorded[key], got[key])
    return found


@pytest.fixture(scope="module")
def session():
    with Lab() as lab:
        yield Session(lab)


@pytest.mark.parametrize("name", [name for name in RECORDINGS if plain(name) not in LEFT_OUT])
def test_replay(session, name):
    assert session.replay(name) == []


def test_reasons_are_known():
    assert set(LEFT_OUT.values()) <= set(LEFT_OUT_REASONS)


TABLES = (LEFT_OUT, IGNORED_IN, CUT, SHAPE_ONLY, UNORDERED, WITHOUT_EFFECT, seeds.BEFORE, seeds.KNOBS, seeds.FAULTS)


@pytest.mark.parametrize("entry", [entry for table in TABLES for entry in table])
def test_tables_name_recordings(entry):
    names = {plain(name) for name in RECORDINGS}
    assert any(name.startswith(entry) for name in names) if entry.endswith(".") else entry in names


def test_enough_is_replayed(capsys):
    replayed = [name for name in RECORDINGS if plain(name) not in LEFT_OUT]
    with capsys.disabled():
        print(
            f"\nbluemind: {len(replayed)} of {len(RECORDINGS)} exchanges replayed, {sum(name[0] == '4' for name in replayed)} of the 4.9 client"
        )
        for entry, reason in LEFT_OUT.items():
            print(f"bluemind: left out: {entry} ({reason})")
    assert len(replayed) >= 388
