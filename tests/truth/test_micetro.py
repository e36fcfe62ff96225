# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The simulated Micetro answers as the collected exchanges say.

No server of this product can be run here. The requests are real: the vendor's client and others sent them. The answers are not
all of one worth, and the test names keep them apart: `measured` on a live server, `documented` by the vendor or in the code of
a client that is in use, `reconstructed` by an earlier simulator from such sources (these are a regression test, no proof), and
`inferred`, where nobody has seen an answer.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.truth import micetro_seeds as seeds
from ansible_collections.workplace.onboarding.tests.truth.replay import Comparison, Reply, as_tree, basic, load, send

EXCHANGES = load("micetro.json")


def worth(exchange: dict) -> str:
    origin = exchange["response_origin"]
    if exchange["source"] == "inferred":
        return "inferred"
    if origin == "mini-simulator":
        return "reconstructed"
    return "measured" if "measured" in origin or "functional test" in origin else "documented"


WORTH = {name: worth(exchange) for name, exchange in EXCHANGES.items()}
FLOW = [name for name in EXCHANGES if name.startswith("bluecat: ")]
OTHERS = [name for name in EXCHANGES if name not in FLOW]

#: Values that no second server shares, or that were invented for the exchange: compared by type only.
IGNORED = frozenset({"created", "lastModified", "lastLogin", "session"})
IGNORED_IN = {"openapi: history": frozenset({"id", "timestamp", "userAddress", "username", "eventText"})}


class Shape(Comparison):
    """Texts in parentheses and the code 0 stand for what is unknown. Only the reconstructed answers are known to be complete."""

    def __init__(self, ignored: frozenset[str], complete: bool):
        super().__init__(ignored)
        self.complete = complete

    def _tree(self, where: str, recorded, got) -> None:
        if isinstance(recorded, str) and recorded.startswith("("):
            recorded = got if isinstance(got, str) and got else recorded
        if where.endswith(".code") and recorded == 0:
            recorded = got if isinstance(got, int) else recorded
        if isinstance(recorded, dict) and isinstance(got, dict) and not self.complete:
            got = {key: value for key, value in got.items() if key in recorded}
        super()._tree(where, recorded, got)


def as_text(value):
    """A JSON value as XML can tell it."""
    if isinstance(value, dict):
        return {key: as_text(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_text(part) for part in value] or ""
    return str(value).lower() if isinstance(value, bool) else str(value)


class Session:
    """Sends the exchanges again, one after another, to one lab server."""

    def __init__(self, lab: Lab):
        self.lab = lab
        self.server = lab.micetro

    def flow(self) -> dict[str, list[str]]:
        self.server.reset(fresh=True)
        self.server.seed(**seeds.FLOW)
        return {name: self._replay(name) for name in FLOW}

    def single(self, name: str) -> list[str]:
        self.server.reset()
        self.server.seed(**seeds.BEFORE.get(name, {}))
        self.server.change_knobs(seeds.KNOBS.get(name, {}))
        if fault := seeds.FAULTS.get(name):
            self.server.fault(**fault)
        self.server.seed(sessions={seeds.TOKEN: self.server.username})
        return self._replay(name)

    def _replay(self, name: str) -> list[str]:
        exchange = EXCHANGES[name]
        if name in FLOW:
            # An hour between two of them: the temporary claim of one does not reach the next.
            self.lab.clock.advance(3600)
        request = dict(exchange["request"])
        if request["body"]:
            request["body"] = self._with_login(name, request["body"])
        reply = send(self.server.url, request, self._credentials(request["auth"]))
        return self._differences(name, exchange, reply)

    def _with_login(self, name: str, body: str) -> str:
        login = seeds.LOGINS.get(name, {"name": self.server.username, "password": self.server.password})
        return body.replace('"<login>"', json.dumps(login["name"])).replace('"<password>"', json.dumps(login["password"]))

    def _credentials(self, auth: str | None) -> dict[str, str]:
        return {
            None: {},
            "basic": {"Authorization": basic(self.server.username, self.server.password)},
            "wrong": {"Authorization": basic(self.server.username, "wrong on purpose")},
            "viewer": {"Authorization": basic(*self.server.viewer)},
            "bearer": {"Authorization": f"Bearer {seeds.TOKEN}"},
            "dead": {"Authorization": "Bearer of-another-day"},
        }[auth]

    def _differences(self, name: str, exchange: dict, reply: Reply) -> list[str]:
        recorded = dict(exchange["response"])
        shape = Shape(IGNORED | IGNORED_IN.get(name, frozenset()), WORTH[name] == "reconstructed")
        # No exchange tells a whole content type: what the vendor's client insists on stands here instead.
        kind = reply.headers.get("content-type")
        recorded["content_type"] = kind
        if exchange["request"]["headers"].get("Accept") == "application/xml":
            tree = {"result": as_tree(ET.fromstring(reply.body))}
            shape._same("content type", "application/xml", (kind or "").partition(";")[0])
            shape._tree("", as_text(recorded["json"]), tree)
            return shape.found
        if "json" in recorded:
            shape._same("content type", "application/json", (kind or "").partition(";")[0])
        elif recorded["status"] == 204:
            shape._same("content type", None, kind)
        return shape.response(recorded, reply)


@pytest.fixture(scope="module")
def session():
    with Lab() as lab:
        yield Session(lab)


@pytest.fixture(scope="module")
def flow(session):
    return session.flow()


def of_worth(name: str) -> list[str]:
    return [exchange for exchange in EXCHANGES if WORTH[exchange] == name]


@pytest.mark.parametrize("name", of_worth("measured"))
def test_measured(session, name):
    assert session.single(name) == []


@pytest.mark.parametrize("name", of_worth("documented"))
def test_documented(session, name):
    assert session.single(name) == []


@pytest.mark.parametrize("name", of_worth("inferred"))
def test_inferred(session, name):
    assert session.single(name) == []


@pytest.mark.parametrize("name", of_worth("reconstructed"))
def test_reconstructed(flow, name):
    assert flow[name] == []


def test_one_request_changed_many_objects(session):
    """The answer of such a request says nothing; its effect does."""
    assert session.single("openapi: same properties on many objects") == []
    users = session.server.store.all(session.server.store.tables["users"].kind)
    assert [user.fields["description"] for user in users if user.id in (31, 32)] == ["contractor"] * 2


TABLES = (seeds.BEFORE, seeds.KNOBS, seeds.FAULTS, seeds.LOGINS, IGNORED_IN)


@pytest.mark.parametrize("entry", [entry for table in TABLES for entry in table])
def test_tables_name_exchanges(entry):
    assert entry in OTHERS


def test_all_are_replayed(capsys):
    counted = {kind: len(of_worth(kind)) for kind in ("measured", "documented", "reconstructed", "inferred")}
    with capsys.disabled():
        print(f"\nmicetro: {len(EXCHANGES)} exchanges: " + ", ".join(f"{count} {kind}" for kind, count in counted.items()))
    assert sum(counted.values()) == len(EXCHANGES) == 71
    assert {name for name in FLOW if WORTH[name] != "reconstructed"} == set()
