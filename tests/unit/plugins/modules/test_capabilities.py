# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""``docs/capabilities.md`` is made of the resources and of what the role knows of each system, and so cannot lie."""

from __future__ import annotations

import os

import yaml
from ansible_collections.workplace.onboarding.plugins.module_utils.core.spec import Part
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.cases import CASES
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.harness import ROOT

PAGE = ROOT / "docs" / "capabilities.md"
KNOWN = yaml.safe_load((ROOT / "roles" / "people" / "vars" / "main.yml").read_text(encoding="utf-8"))["people_known"]
PEOPLE = {name: "ldapsaisie_object" if name == "ldapsaisie" else f"{name}_user" for name in KNOWN}
TASKS = {case.name: case.task for case in CASES}
NO = "–"

INTRODUCTION = """\
# What can be done where

Written by `test_capabilities.py` from the tables that the modules are made of; to write it again, run that test with the environment variable
`CAPABILITIES=write`. What becomes of a leaver, in words, is in [offboarding.md](offboarding.md).
"""

#: What to look for in the options of an account.
OPTIONS = {
    "forward mail": ("forwarding",),
    "keep a copy of forwarded mail": ("keep_local_copy",),
    "vacation message": ("vacation", "vacation_text", "vacation_start"),
    "hide from the address book": ("hidden",),
    "further addresses": ("emails", "additional_emails", "aliases"),
    "quota": ("quota", "quota_mb"),
    "groups": ("groups",),
    "roles": ("roles",),
    "manager": ("manager",),
    "photo": ("photo", "images"),
    "keep the mailbox after a deletion": ("keep_mailbox_days",),
}


def code(names):
    return ", ".join(f"`{name}`" for name in names) or NO


def people():
    """What the roles can do with the account of a person, a column for each system."""

    def row(title, tell):
        return f"| {title} | " + " | ".join(tell(name, KNOWN[name], TASKS[PEOPLE[name]]) or NO for name in KNOWN) + " |"

    def options(wanted):
        def tell(name, known, task):
            found = [each for each in wanted if each in task.options]
            return (
                code(found)
                if found
                else f"`{task.resource.plural}` of `{name}_relation`"
                if wanted == ("groups",) and known.get("apart")
                else ""
            )

        return tell

    yield row("module", lambda name, known, task: f"`{PEOPLE[name]}`")
    yield row("made before the first day, closed", lambda name, known, task: "yes" if known.get("early", True) else "no")
    yield row("closed is", lambda name, known, task: known["means"])
    yield row("closed first", lambda name, known, task: code(known.get("before_closing", ())))
    yield row("a leaver gets a random password", lambda name, known, task: "yes" if known.get("scramble") else "")
    yield row("needs a first password", lambda name, known, task: code([known["secret"]] if known.get("secret") else []))
    yield row("renamed", lambda name, known, task: "`rename_from`" if task.resource.renames else "")
    yield row("found by the employee number", lambda name, known, task: code([known["number"]] if known.get("number") else []))
    for title, wanted in OPTIONS.items():
        yield row(title, options(wanted))
    yield row("handed over to the manager", lambda name, known, task: code(known.get("hand_over", ())))
    yield row("cannot be done for a leaver", lambda name, known, task: "; ".join(known.get("cannot", ())))
    yield row("written at once (default, at most)", lambda name, known, task: "{}, {}".format(*task.client.writers))


def objects():
    """Every module that brings objects to a state."""
    for name, task in sorted(TASKS.items()):
        resource = getattr(task, "resource", None)
        if not resource or "state" not in task.options:
            continue
        listed = type(resource.parts[0]).list is not Part.list
        yield (
            "| "
            + " | ".join(
                (
                    f"`{name}`",
                    code(resource.states),
                    " or ".join(" + ".join(f"`{item.name}`" for item in identity) for identity in resource.identities),
                    f"`{resource.plural}`" if resource.plural in task.options else NO,
                    "yes" if listed else NO,
                    "yes" if "prune" in task.options else NO,
                    "yes" if resource.renames else NO,
                    code(item.name for item in resource.fields if item.secret),
                )
            )
            + " |"
        )


def page():
    systems = " | ".join(task.client.name for task in (TASKS[PEOPLE[name]] for name in KNOWN))
    return "\n".join(
        (
            INTRODUCTION,
            "## The account of a person",
            "",
            f"| | {systems} |",
            "|---" * (len(KNOWN) + 1) + "|",
            *people(),
            "",
            "## Every object",
            "",
            "| module | states | named by | list | read by one listing | prune | rename | secrets |",
            "|---" * 8 + "|",
            *objects(),
            "",
        )
    )


def test_the_page_is_the_committed_one():
    if os.environ.get("CAPABILITIES") == "write":
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(), "run this test with CAPABILITIES=write and look at the difference"
