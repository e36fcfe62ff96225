# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""HR files that must change nothing, and say why."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.people import look
from ansible_collections.workplace.onboarding.tests.people.cast import TOMORROW, cast


def lines(content: bytes) -> list[str]:
    return content.decode().splitlines(keepends=True)


def swapped(content: bytes, one: str, other: str) -> bytes:
    """Two headers in each other's place."""
    header, *rest = lines(content)
    names = header.strip().split(",")
    first, second = names.index(one), names.index(other)
    names[first], names[second] = names[second], names[first]
    return (",".join(names) + "\r\n" + "".join(rest)).encode()


BROKEN = {
    "empty": (lambda content: b"", ["empty"]),
    "only a header": (lambda content: lines(content)[0].encode(), ["there is a header, but nobody below it"]),
    "half as long": (lambda content: "".join(lines(content)[:6]).encode(), ["the file has 5 people after 10", "people_shrinkage_percent"]),
    "Windows encoding": (lambda content: content.decode().encode("cp1252"), ["row 3: the given_name", "was decoded wrongly"]),
    "UTF-16": (lambda content: content.decode().encode("utf-16"), ["line 1 holds a NUL byte: this is not UTF-8 text"]),
    "decoded twice": (lambda content: content.decode().encode().decode("cp1252").encode(), ["was decoded wrongly"]),
    "names for numbers": (lambda content: swapped(content, "Number", "First name"), ["the given_name", "holds a digit"]),
    "dates for departments": (lambda content: swapped(content, "Department", "First day"), ["the start_date", "is not a date"]),
    "telephones for names": (
        lambda content: swapped(content, "Phone", "Last name"),
        ["rows 2-11: the family_name", "no part of a name", "is another column in its place?"],
    ),
    "cut in the last row": (lambda content: content[: content.rindex(b"Sandbox") + 3], ["row 11: 4 columns where the header has 11"]),
    "a login twice": (
        lambda content: content.replace(b"gus.sandbox", b"zoe.parable"),
        ["row 11", "'zoe.parable' is already that of row 3"],
    ),
    "a number twice": (lambda content: content.replace(b",0010,", b",0002,"), ["row 11", "the employee_number", "is already that of"]),
    "somebody else's login": (
        lambda content: content.replace(b",0002,", b",0099,"),
        ["zoe.parable", "is assigned to employee '0002', and stays theirs"],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_changes_nothing_and_says_why(town, name):
    make, words = BROKEN[name]
    # Somebody leaves: there would be something to do.
    path = town.hr(cast(hazel_mock={"end_date": TOMORROW.replace(day=10)}))
    path.write_bytes(make(path.read_bytes()))
    state, before = town.state, look.accounts(town.lab)
    run = town.run("reconcile", TOMORROW)
    assert run.code != 0 and run.changed == 0, run
    assert not any(run.writes.values()), run
    assert town.state == state and look.accounts(town.lab) == before
    assert run.says(*words), run


def test_the_same_file_unbroken_would_have_done_something(town):
    town.hr(cast(hazel_mock={"end_date": TOMORROW.replace(day=10)}))
    assert sum(town.run("reconcile", TOMORROW).writes.values()) > 4
    assert not look.accounts(town.lab)["ocs"]["hazel.mock"]["open"]
