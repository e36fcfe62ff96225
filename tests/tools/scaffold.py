# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""`make scaffold BACKEND=acme NOUN=user`: writes all that a new backend needs to keep the whole contract, before a line of it is changed.

It renders the templates beside it, in which the backend is called acme and what it manages a gadget. A template `*.append.tmpl` goes to
the end of a file that exists, and every other one becomes a new file. See docs/adding_a_backend.md.
"""

from __future__ import annotations

import argparse
import keyword
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = Path(__file__).with_suffix("")
SUFFIX, APPEND = ".tmpl", ".append.tmpl"
RUNTIME = "meta/runtime.yml"
MODULES = "tests/unit/plugins/modules"
SHEBANG = "#!/usr/bin/python\n\n"  # of modules; in a template it would be an executable file to ansible-test

WORDS = re.compile(r"acme|gadgets?", re.IGNORECASE)  # the names in the templates
BACKEND = re.compile(r"[a-z][a-z0-9]{1,14}")  # without an underscore: modules are called <backend>_<noun>
NOUN = re.compile(r"[a-z]{2,15}")
# What means something else in a variable's prefix, in the action groups, in the documentation, or as an attribute of the lab.
OTHER_BACKENDS = "all ansible backends core curl documentation info no operation pytest python requests restore start state stop".split()
# Fields of the templates, other files of the backend, and nouns whose plural is an option or a key of every result.
OTHER_NOUNS = "client create delete description enabled info name password request retry state tag task update warning worker".split()


class Refused(Exception):
    """Nothing was written."""


def plural(noun: str) -> str:
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(s|x|z|ch|sh)$", noun) else "s")


def check(root: Path, backend: str, noun: str) -> None:
    if not BACKEND.fullmatch(backend):
        raise Refused(f"BACKEND={backend}: 2 to 15 small letters and digits, a letter first, for example BACKEND=acme")
    if not NOUN.fullmatch(noun):
        raise Refused(f"NOUN={noun}: one English word in the singular, of 2 to 15 small letters, for example NOUN=user")
    lab, code = root / "tests" / "lab", root / "plugins" / "module_utils"
    if backend in OTHER_BACKENDS or keyword.iskeyword(backend) or (lab / f"{backend}.py").exists():
        raise Refused(f"BACKEND={backend}: this name means something else here")
    if (code / backend / "client.py").exists() or (lab / backend / "__init__.py").exists():
        raise Refused(f"BACKEND={backend}: there is such a backend already; docs/adding_a_backend.md says how to add a module to it")
    if noun in OTHER_NOUNS or keyword.iskeyword(noun):
        raise Refused(f"NOUN={noun}: this name means something else in the modules")


def render(text: str, backend: str, noun: str) -> str:
    names = {"acme": backend, "gadget": noun, "gadgets": plural(noun)}

    def name(found: re.Match[str]) -> str:
        word = found[0]
        new = names[word.lower()]
        return new.upper() if word.isupper() else new.capitalize() if word[0].isupper() else new

    return WORDS.sub(name, text)


def with_group(runtime: str, backend: str, modules: list[str]) -> str:
    """meta/runtime.yml with one more action group, which is in `all` too."""
    head, begin, rest = runtime.partition("        extend_group:\n")
    lines = rest.splitlines(keepends=True)
    members = [line for line in lines if line.startswith("          - ")]
    groups = re.findall(r"^  \w+:\n(?:    - \w+\n)+", rest, re.MULTILINE)
    if "".join(members + groups) != rest:
        raise Refused(f"{RUNTIME} is not as this program knows it: give the group {backend} by hand, then change the program")
    members.append(f"          - {backend}\n")
    groups.append(f"  {backend}:\n" + "".join(f"    - {module}\n" for module in sorted(modules)))
    return head + begin + "".join(sorted(members)) + "".join(sorted(groups))


def scaffold(root: Path, backend: str, noun: str) -> tuple[list[str], list[str]]:
    """The files that were made, and those that were changed; ``Refused`` before anything is written."""
    check(root, backend, noun)
    made, changed = {}, {}
    for template in sorted(TEMPLATES.rglob(f"*{SUFFIX}")):
        name = render(template.relative_to(TEMPLATES).as_posix(), backend, noun)
        text = render(template.read_text(encoding="utf-8"), backend, noun)
        if name.endswith(APPEND):
            name = name.removesuffix(APPEND)
            changed[name] = (root / name).read_text(encoding="utf-8") + text
        else:
            name = name.removesuffix(SUFFIX)
            made[name] = SHEBANG + text if name.startswith("plugins/modules/") else text
    modules = [Path(name).stem for name in made if name.startswith("plugins/modules/")]
    changed[RUNTIME] = with_group((root / RUNTIME).read_text(encoding="utf-8"), backend, modules)
    there = [name for name in made if (root / name).exists()]
    if there:
        raise Refused(f"these files exist: {', '.join(there)}")
    for name, text in {**made, **changed}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return sorted(made), sorted(changed)


def tidy(root: Path, names: list[str]) -> None:
    """Order the imports and break the lines, both of which depend on the names."""
    python = [name for name in names if name.endswith(".py")]
    for command in (["check", "--quiet", "--select", "I", "--fix"], ["format", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *command, *python], cwd=root, check=True)


def write_tables(root: Path, backend: str) -> list[str]:
    """The tables of all modules, of which the new ones want their rows."""
    for variable, test in (
        ("CONTRACT_MATRIX", f"{MODULES}/test_contract.py::test_matrix_is_the_committed_one"),
        ("REQUEST_BUDGETS", f"{MODULES}/test_request_budgets.py -k [{backend}_"),
    ):
        command = [sys.executable, "-m", "pytest", "-q", *test.split()]
        subprocess.run(command, cwd=root, env={**os.environ, variable: "write"}, stdout=subprocess.DEVNULL, check=True)
    return [f"{MODULES}/contract_matrix.md", f"{MODULES}/request_budgets.md"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="make scaffold", usage="make scaffold BACKEND=acme NOUN=user", description=__doc__)
    parser.add_argument("backend")
    parser.add_argument("noun")
    given = parser.parse_args()
    try:
        made, changed = scaffold(ROOT, given.backend, given.noun)
    except Refused as exc:
        sys.exit(f"{exc}. Nothing was written.")
    tidy(ROOT, made)
    changed += write_tables(ROOT, given.backend)
    print("\nwritten:")
    print("".join(f"  {name}\n" for name in made))
    print("changed:")
    print("".join(f"  {name}\n" for name in changed))
    print("It keeps the whole contract as it is. See for yourself:")
    print(f"  .venv/bin/pytest -q tests/unit tests/truth -k {given.backend}")
    print("  make quick")
    print("Then replace what is made up by the real thing, in the order of docs/adding_a_backend.md; these places are left:")
    print(f"  git grep -n --untracked REPLACE -- '*{given.backend}*' ':!tests/tools'")


if __name__ == "__main__":
    main()
