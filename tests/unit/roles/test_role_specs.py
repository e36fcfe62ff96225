# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a role takes is said in three places: the specification, the defaults, and the README. And what its tasks use is said at all."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
ROLES = ROOT / "roles"
NAMES = ("people", "onboard", "offboard", "reconcile", "audit")
IN_DEFAULTS_ONLY = {"people_accounts"}  # too long to be said twice


def load(path: Path):
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {} if path.exists() else {}


def options(role: str) -> dict:
    points = load(ROLES / role / "meta" / "argument_specs.yml")["argument_specs"]
    return {name: spec for point in points.values() for name, spec in point["options"].items()}


def tasks(role: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROLES / role / "tasks").rglob("*.yml")))


def readmes():
    spec = importlib.util.spec_from_file_location("role_readmes", ROOT / "tests" / "tools" / "role_readmes.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_role_is_tested():
    assert sorted(NAMES) == sorted(path.name for path in ROLES.iterdir())


@pytest.mark.parametrize("role", NAMES)
def test_defaults_are_those_of_the_specification(role):
    defaults, specs = load(ROLES / role / "defaults" / "main.yml"), options(role)
    documented = {name: spec["default"] for name, spec in specs.items() if "default" in spec}
    assert {name: value for name, value in defaults.items() if name not in IN_DEFAULTS_ONLY} == documented
    assert IN_DEFAULTS_ONLY & specs.keys() <= defaults.keys()


@pytest.mark.parametrize("role", NAMES)
def test_variables_are_named_after_their_role(role):
    assert all(name.startswith(role + "_") for name in options(role))


def test_what_the_tasks_use_is_declared():
    text = tasks("people")
    made = re.findall(r"^ *(people_\w+):", text, re.MULTILINE)  # by set_fact, or vars
    made += re.findall(r"(?:register|loop_var): (people_\w+)", text)
    known = {*options("people"), *load(ROLES / "people" / "vars" / "main.yml"), *made}
    used = set(re.findall(r"(?<![\w.])people_\w+", re.sub(r"fail_msg: .*?quiet", "", text, flags=re.DOTALL)))
    assert used - known == set()
    # And nothing is declared that nobody uses.
    for folder in ("vars", "defaults"):
        lines = (ROLES / "people" / folder / "main.yml").read_text(encoding="utf-8")
        used |= set(re.findall(r"people_\w+", " ".join(re.findall(r"{{.*?}}", lines, re.DOTALL))))
    assert options("people").keys() - used == set()


def test_a_system_is_known_everywhere_or_nowhere():
    main = options("people")
    known = main["people_backends"]["choices"]
    assert list(load(ROLES / "people" / "vars" / "main.yml")["people_known"]) == known
    assert list(load(ROLES / "people" / "defaults" / "main.yml")["people_accounts"]) == known
    for folder in ("look", "write"):
        assert sorted(path.stem for path in (ROLES / "people" / "tasks" / folder).iterdir()) == sorted(known)


def test_limits_that_are_left_out_are_those_of_the_role():
    from ansible_collections.workplace.onboarding.plugins.plugin_utils.brakes import LIMITS

    assert options("people")["people_limits"]["default"] == LIMITS


@pytest.mark.parametrize("role", NAMES)
def test_the_readme_has_the_tables_of_the_specification(role):
    text = (ROLES / role / "README.md").read_text(encoding="utf-8")
    assert text == readmes().written(role), "run tests/tools/role_readmes.py"
    points = load(ROLES / role / "meta" / "argument_specs.yml")["argument_specs"]
    assert text.count("<!-- variables of ") == sum(bool(point["options"]) for point in points.values())
