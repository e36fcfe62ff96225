# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The two drivers give the same for every kind of option, also those that no module of the collection has (yet): by a specimen."""

from __future__ import annotations

import datetime
import json
import os
import shutil
from pathlib import Path

import pytest
from ansible_collections.workplace.onboarding.plugins.plugin_utils.in_process import NEW_ENOUGH
from ansible_collections.workplace.onboarding.tests.parity import play as player
from ansible_collections.workplace.onboarding.tests.parity.differences import comparable, ordinary
from ansible_collections.workplace.onboarding.tests.parity.play import Played, play

SPECIMEN = "parity.specimen.specimen"
PLACES = {"task.py": "module_utils/task.py", "module.py": "modules/specimen.py", "action.py": "action/specimen.py"}
SECRET, GIVEN = "topsecret99", "{{ secret }}"
HIDDEN_PATH = "/tmp/of-topsecret99"
MOMENT = datetime.datetime(2026, 1, 2, 3, 4, 5)


def task(name, options, **keywords):
    return {"name": name, **keywords, SPECIMEN: {"text": "a", **options} if "text" not in options else options}


TYPES = {
    "number": "7",
    "ratio": "1.5",
    "flag": "yes",
    "words": "a,b",
    "numbers": ["1", 2],
    "anything": ["1", 2, True, None, {"a": 1}],
    "map": "a=1, b='x y'",
    "raw": {"a": [1, 1.5, True, None, "x"]},
    "where": "~/$HOME/x",
    "document": {"b": [1], "a": "é"},
    "size": "1.5KB",
    "speed": "2Mb",
    "days": ["mon"],
}
#: What Ansible must accept, and hand over in the same shape.
ACCEPTED = [
    task("types", TYPES, diff=True),
    task("other types", {"number": 7.0, "ratio": 2, "flag": 0, "words": "a", "map": '{"a": 1}', "raw": "1", "document": "[1]", "size": 5}),
    task("types in check mode", TYPES, check_mode=True),
    task("types as text", dict.fromkeys(("text", "where", "raw"), True)),
    task("numbers as text", {"text": 3.0, "where": 7, "raw": 1e3, "words": [1, 2.5, False]}),
    task("dates", {"text": MOMENT, "raw": MOMENT.date(), "words": [MOMENT.date()], "map": {"at": MOMENT}, "anything": [MOMENT]}),
    task(
        "templates",
        {"text": "{{ 1 == 1 }}", "number": "{{ '4' ~ '2' }}", "raw": "{{ range(3) | list }}", "map": "{{ {'a': now().year > 2000} }}"},
    ),
    task("unsafe", {"text": "{{ unsafe }}", "raw": {"a": "{{ unsafe }}"}}),
    task("vaulted", {"text": "{{ vaulted }}", "secret": "{{ vaulted }}"}),
    task("nothing", {"number": None, "words": [], "map": {}, "raw": "", "where": "", "document": "", "one": None, "many": []}),
    task("default within", {"given": {"amount": "3"}}),
    task("entries", {"many": [{"name": "a", "nick": "b"}, {"name": 1, "count": "2", "secret": GIVEN}]}),
    task("omitted, so from the environment", {"origin": "{{ omit }}", "secret": "{{ omit }}"}),
    task("surroundings", {"do": "tell"}),
    task("alias", {"count": 3}),
    task("alias beside its option", {"count": 3, "number": 4}),
    task("alias beside its option within", {"one": {"name": "a", "nick": "b", "handle": "c"}, "count": 1, "number": 2}),
    task("deprecated alias", {"former": "x"}),
    task("alias deprecated by date", {"stale": "x"}),
    task("deprecated option", {"old": "x"}),
    task("option deprecated by date", {"older": "x"}),
    task(
        "all that is deprecated",
        {"old": "x", "older": "y", "former": "z", "stale": "z", "many": [{"name": "a", "handle": "h", "old": "o"}]},
    ),
    task("deprecated within a map", {"one": {"name": "a", "handle": "h", "old": "o"}}),
    task("deprecated in a loop", {"old": "{{ item }}", "do": "warn"}, loop=["x", "y"]),
    task("warnings", {"do": "warn"}),
    task("warnings in a loop", {"do": "warn", "text": "{{ item }}"}, loop=["x", "x", "y"]),
    task("warnings of a secret", {"do": "warn", "text": f"of {GIVEN}", "secret": GIVEN, "old": GIVEN}),
    task("secrets", {"secret": GIVEN, "pin": 987654, "safe": {"a": GIVEN, "b": [GIVEN, 4711]}, "text": f"{GIVEN} 987654 4711"}),
    task("secret path", {"key_file": "$HOME/../tmp/of-{{ secret }}", "text": "of {{ lookup('env', 'HOME') }}/../tmp/of-{{ secret }}"}),
    task("secret that is a word of the result", {"secret": "changed", "text": "it changed"}),
    task("secret task", {"secret": GIVEN, "old": "x"}, no_log=True),
]
#: What Ansible must refuse, in the same words.
REFUSED = [
    *(task(f"bad {name}", {name: value}) for name, value in dict(number="x", ratio="x", flag="x", map="x", size="x", speed="1MB").items()),
    task("bad list", {"words": {"a": 1}}),
    task("bad element", {"numbers": [1, "x"]}),
    task("bad document", {"document": 1.5}),
    task("bad choice", {"colour": "blue"}),
    task("bad choice in a list", {"days": ["mon", "sun"]}),
    task("bad choice within", {"many": [{"name": "a", "size": "huge"}]}),
    task("bad entry", {"many": ["a"]}),
    task("no entry", {"one": "a"}),
    task("missing within", {"many": [{"nick": "a"}]}),
    task("unknown", {"colours": "red"}),
    task("unknown within", {"one": {"name": "a", "nick": "b", "colours": "red"}}),
    task("exclusive", {"left": "a", "right": "b"}),
    task("exclusive within", {"many": [{"name": "a", "nick": "b", "count": 1, "secret": GIVEN}]}),
    task("together", {"user": "a"}),
    task("together within", {"many": [{"name": "a", "count": 1}]}),
    task("required by", {"handle": "a"}),
    task("required by, within", {"many": [{"name": "a", "secret": GIVEN}]}),
    task("required if", {"kind": "house"}),
    task("required if, any of several", {"kind": "tent"}),
    task("required if, within", {"many": [{"name": "a", "size": "large"}]}),
    task("one of", {"text": "{{ omit }}"}),
    task("one of, within", {"one": {"name": "a"}}),
    task("deprecated and refused", {"old": "x", "former": "y", "colour": "blue"}),
    task("secret refused", {"secret": GIVEN, "colour": GIVEN}),
    task("secret number refused", {"pin": "{{ secret }}"}),
    task("secret map refused", {"safe": "{{ secret }}"}),
    task("secret within refused", {"many": [{"name": "a", "secret": GIVEN, "size": GIVEN}]}),
    task("connection refused", {"timeout": "soon"}),
]
#: What goes wrong in the work itself.
BROKEN = [
    task("crash", {"do": "crash", "secret": GIVEN, "pin": 987654}),
    task("crash in a loop", {"do": "{{ item }}", "secret": GIVEN}, loop=["echo", "crash", "echo"]),
    task("failure", {"do": "fail", "secret": GIVEN}),
    task("failure told apart", {"do": "fail"}, register="result", failed_when="result.code != 7"),
    task("failure until", {"do": "fail", "old": "x"}, until="result is not failed", register="result", retries=1, delay=0),
]
TASKS = [*ACCEPTED, *REFUSED, *BROKEN]
NAMES = [each["name"] for each in TASKS]


@pytest.fixture(scope="module")
def collections(tmp_path_factory) -> str:
    """Where Ansible finds the specimen and this collection."""
    tree = tmp_path_factory.mktemp("collections")
    for name, place in PLACES.items():
        target = tree / "ansible_collections" / "parity" / "specimen" / "plugins" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(Path(player.__file__).parent / "specimen" / name, target)
    return f"{tree}{os.pathsep}{os.environ['ANSIBLE_COLLECTIONS_PATH']}"


@pytest.fixture(scope="module")
def both(collections, vault, tmp_path_factory) -> dict[bool, Played]:
    environment = {
        "ANSIBLE_COLLECTIONS_PATH": collections,
        "ANSIBLE_DISPLAY_TRACEBACK": "error",
        "SPECIMEN_ORIGIN": "from the environment",
        "SPECIMEN_SECRET": SECRET,
        "SPECIMEN_URL": "http://127.0.0.1:9",
    }
    folder = tmp_path_factory.mktemp("specimen")  # one for both: they tell where they are
    return {
        in_process: play(folder, TASKS, in_process=in_process, environment=environment, variables={"secret": SECRET}, **vault)
        for in_process in (True, False)
    }


@pytest.mark.parametrize("name", NAMES)
def test_both_ways_give_the_same(both, name):
    assert comparable(both[True].results[name]) == comparable(both[False].results[name])


@pytest.mark.parametrize("name", [name for name in NAMES if name != "secret task"])
def test_each_way_was_taken(both, name):
    for in_process, played in both.items():
        assert {ordinary(result) for result in played.items(name) or [played.one(name)]} == {not (in_process and NEW_ENOUGH)}


def test_the_same_warnings_are_shown(both):
    told = {}
    for in_process, played in both.items():
        lines = [line for line in played.printed["stderr"].splitlines() if line.strip()]
        told[in_process] = lines
    assert told[True] == told[False]
    assert "Param 'old' is deprecated" in "".join(told[True])


def test_a_traceback_names_where_it_broke(both):
    for played in both.values():
        assert "in work" in played.one("crash")["exception"] and "it broke on '(hidden)'" in played.one("crash")["msg"]


@pytest.mark.parametrize("way", [True, False])
def test_what_is_deprecated_is_told(both, way):
    def told(name):
        return str(both[way].one(name).get("deprecations"))

    assert "Alias 'former' is deprecated" in told("deprecated alias") and "9.0.0" in told("deprecated alias")
    assert "Alias 'stale' is deprecated" in told("alias deprecated by date") and "2099-12-31" in told("alias deprecated by date")
    assert "Param 'old' is deprecated" in told("deprecated option")
    assert "parity.specimen" in told("option deprecated by date")
    assert told("all that is deprecated").count(" is deprecated") == 6
    assert "Param 'old' is deprecated" in told("deprecated and refused")
    assert both[way].one("types").get("deprecations") is None


@pytest.mark.parametrize("way", [True, False])
def test_each_is_accepted_or_refused(both, way):
    played = both[way]
    assert {name for name in NAMES if played.results[name][-1][0] == "ok"} == {each["name"] for each in ACCEPTED} | {"failure told apart"}


@pytest.mark.parametrize("way", [True, False])
def test_the_names_of_the_types(both, way):
    names = {name: type_ for name, type_ in both[way].one("types")["of"].items() if name in TYPES}
    lists = dict.fromkeys(("words", "numbers", "anything", "days"), "list")
    texts = dict.fromkeys(("where", "document"), "str")
    assert names == {
        **lists,
        **texts,
        "number": "int",
        "ratio": "float",
        "flag": "bool",
        "map": "dict",
        "raw": "dict",
        "size": "int",
        "speed": "int",
    }
    assert set(both[way].one("dates")["of"].values()) == {"str", "list", "dict"}


def test_no_secret_in_either(both):
    for played in both.values():
        assert [name for name, results in played.results.items() if SECRET in json.dumps(results)] == []
        assert SECRET not in "".join(played.printed.values())
