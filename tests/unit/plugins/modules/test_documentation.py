# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation says what is written: neither a comma, in YAML, nor a parenthesis, in the markup, cuts a sentence short."""

from __future__ import annotations

import re

import pytest
import yaml
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import ROOT

OF_AN_ENTRY = {
    *("aliases", "choices", "contains", "default", "description", "elements", "env", "required", "returned", "sample", "suboptions"),
    *("support", "membership", "type", "version_added"),
}
MARKUP = re.compile(r"\b(?:RV|[BCEIMOPRUV])\(((?:\\.|[^)\\])*)\)")
TEXTS = [path for folder in ("modules", "doc_fragments", "lookup", "filter") for path in (ROOT / "plugins" / folder).glob("*.py")]


def blocks(path):
    """What a plugin documents, as YAML."""
    return re.findall(r'^ *(?:[A-Z_]+) = r"""\n(.*?)"""', path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def entries(described, where):
    """All entries that are named, at every depth."""
    for name, entry in described.items():
        yield f"{where}.{name}", entry
        for below in ("contains", "suboptions"):
            if isinstance(entry, dict):
                yield from entries(entry.get(below) or {}, f"{where}.{name}")


@pytest.mark.parametrize("path", [pytest.param(path, id=f"{path.parent.name}-{path.stem}") for path in sorted(TEXTS)])
def test_sentences_are_whole(path):
    texts = blocks(path)
    assert texts or path.stem == "__init__"
    for text in texts:
        block = yaml.safe_load(text)
        if isinstance(block, dict):
            whole = {"short_description", "options", "attributes"} & set(block)  # else what is returned
            for chapter in (block.get("options"), block.get("attributes")) if whole else (block,):
                for where, entry in entries(chapter or {}, path.stem):
                    assert isinstance(entry, dict) and set(entry) <= OF_AN_ENTRY, f"{where}: {entry}"
                    assert entry.get("description"), where
        for found in MARKUP.finditer(text):
            assert found[1].count("(") == found[1].count(")"), f"{path.stem}: {found[0]}"
