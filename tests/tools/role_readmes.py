# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tables of variables in roles/*/README.md, out of meta/argument_specs.yml. Run it after a change; a test compares."""

from __future__ import annotations

import json
import re
from pathlib import Path

import yaml

ROLES = Path(__file__).resolve().parents[2] / "roles"
BEGIN, END = "<!-- variables of {}: by tests/tools/role_readmes.py -->\n", "<!-- end -->\n"
TABLE = re.compile(r"<!-- variables of (\w+): by \S+ -->\n.*?<!-- end -->\n", re.DOTALL)


def specs(role: str) -> dict:
    return yaml.safe_load((ROLES / role / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))["argument_specs"]


def written(role: str) -> str:
    """The README of a role, with its tables as they should be."""
    text = (ROLES / role / "README.md").read_text(encoding="utf-8")
    return TABLE.sub(lambda found: BEGIN.format(found[1]) + table(specs(role)[found[1]]["options"]) + END, text)


def table(options: dict, name: str = "{}") -> str:
    rows = "".join(row(name.format(each), spec) for each, spec in options.items())
    return "| variable | what it is | default |\n|---|---|---|\n" + rows


def row(name: str, spec: dict) -> str:
    description = spec["description"] if isinstance(spec["description"], list) else [spec["description"]]
    kind = spec["type"] + (f" of {spec['elements']}" if "elements" in spec else "")
    choices = f" One of {', '.join(f'`{each}`' for each in spec['choices'])}." if "choices" in spec else ""
    if spec.get("required"):
        default = "**needed**"
    else:
        default = f"`{json.dumps(spec['default'], ensure_ascii=False)}`" if "default" in spec else ""
    mine = f"| `{name}` | {plain(' '.join(description))}{choices} *({kind})* | {default} |\n"
    return mine + "".join(row(f"{name}.{each}", under) for each, under in spec.get("options", {}).items())


def plain(text: str) -> str:
    """Ansible's markup as Markdown."""
    text = re.sub(r"\b[PM]\((?:workplace\.onboarding\.)?([\w.]+)(?:#\w+)?\)", r"`\1`", text)
    text = re.sub(
        r"\bO\((?:(?:workplace\.onboarding\.)?(\w+)#\w+:)?(\w+)\)",
        lambda found: f"`{found[2]}`" + (f" of `{found[1]}`" if found[1] else ""),
        text,
    )
    return re.sub(r"\b[VC]\(([^)]*)\)", r"`\1`", text).replace("|", "\\|")


if __name__ == "__main__":
    for role in sorted(each.name for each in ROLES.iterdir()):
        (ROLES / role / "README.md").write_text(written(role), encoding="utf-8")
