# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What `make scaffold` refuses and what it writes. That the result keeps the contract is tried by the session `scaffold` of noxfile.py."""

from __future__ import annotations

import pytest
import yaml
from ansible_collections.workplace.onboarding.tests.tools import scaffold

FRAGMENTS = ("plugins/doc_fragments/attributes.py", "plugins/doc_fragments/connection.py")
RUNTIME = """---
requires_ansible: ">=2.16.0"
action_groups:
  all:
    - metadata:
        extend_group:
          - bravo
          - zulu
  bravo:
    - bravo_user
  zulu:
    - zulu_user
    - zulu_user_info
"""
PAIRS = [("acme", "user"), ("zz9", "policy"), ("b" * 15, "n" * 15), ("gadget", "acme")]


@pytest.fixture
def root(tmp_path):
    """A collection as far as the program looks at it."""
    texts = dict.fromkeys(("tests/lab/clock.py", "tests/lab/zulu/__init__.py", "plugins/module_utils/bravo/client.py"), "")
    texts |= {scaffold.RUNTIME: RUNTIME, **dict.fromkeys(FRAGMENTS, 'class ModuleDocFragment:\n    ZULU = ""\n')}
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def content(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("backend", "noun", "why"),
    [
        ("", "user", "BACKEND="),
        ("Acme", "user", "small letters"),
        ("ac_me", "user", "small letters"),
        ("9acme", "user", "a letter first"),
        ("../acme", "user", "small letters"),
        ("a" * 16, "user", "2 to 15"),
        ("bravo", "user", "already"),
        ("zulu", "user", "already"),
        ("clock", "user", "means something else"),
        ("core", "user", "means something else"),
        ("import", "user", "means something else"),
        ("acme", "", "NOUN="),
        ("acme", "Users", "small letters"),
        ("acme", "mail_user", "one English word"),
        ("acme", "tag", "means something else"),
        ("acme", "class", "means something else"),
        ("acme", "request", "means something else"),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_nothing_is_written(root, backend, noun, why):
    before = content(root)
    with pytest.raises(scaffold.Refused, match=why):
        scaffold.scaffold(root, backend, noun)
    assert content(root) == before


@pytest.mark.parametrize("existing", ["changelogs/fragments/acme.yml", "plugins/modules/acme_user_info.py"])
def test_nothing_is_overwritten(root, existing):
    (root / existing).parent.mkdir(parents=True)
    (root / existing).touch()
    before = content(root)
    with pytest.raises(scaffold.Refused, match=existing):
        scaffold.scaffold(root, "acme", "user")
    assert content(root) == before


def test_a_second_time_is_refused(root):
    scaffold.scaffold(root, "acme", "user")
    before = content(root)
    with pytest.raises(scaffold.Refused, match="already"):
        scaffold.scaffold(root, "acme", "group")
    assert content(root) == before


def test_what_others_have_in_the_shared_files_stays(root):
    before = content(root)
    made, changed = scaffold.scaffold(root, "echo", "user")
    assert changed == sorted((scaffold.RUNTIME, *FRAGMENTS))
    after = content(root)
    assert set(after) == set(before) | {root / name for name in made}
    assert {path for path in before if after[path] != before[path]} == {root / name for name in changed}
    expected = RUNTIME.replace("bravo\n          - z", "bravo\n          - echo\n          - z")
    expected = expected.replace("  zulu:\n", "  echo:\n    - echo_request\n    - echo_user\n    - echo_user_info\n  zulu:\n")
    assert after[root / scaffold.RUNTIME].decode() == expected
    for name in FRAGMENTS:
        text = after[root / name].decode()
        assert text.startswith(before[root / name].decode()) and '    ECHO = r"""' in text


def test_an_unknown_form_of_the_action_groups_is_refused(root):
    with open(root / scaffold.RUNTIME, "a", encoding="utf-8") as runtime:
        runtime.write("plugin_routing: {}\n")
    before = content(root)
    with pytest.raises(scaffold.Refused, match="by hand"):
        scaffold.scaffold(root, "acme", "user")
    assert content(root) == before


@pytest.mark.parametrize(("backend", "noun"), PAIRS)
def test_every_name_gives_code_that_compiles(root, backend, noun):
    made, changed = scaffold.scaffold(root, backend, noun)
    for name in (*made, *changed):
        text = (root / name).read_text(encoding="utf-8")
        assert {backend, noun} & {"acme", "gadget"} or not scaffold.WORDS.search(text), name
        assert max(map(len, text.splitlines())) <= 160 or name.endswith(".json"), name
        if name.endswith(".py"):
            compile(text, name, "exec")
        elif name.endswith((".yml", ".json")):
            yaml.safe_load(text)


@pytest.mark.parametrize(
    ("noun", "nouns"), [("user", "users"), ("policy", "policies"), ("key", "keys"), ("box", "boxes"), ("bus", "buses")]
)
def test_plurals(noun, nouns):
    assert scaffold.plural(noun) == nouns
