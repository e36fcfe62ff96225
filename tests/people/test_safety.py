# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What goes wrong at a bad moment, or was written wrongly, lets nobody in, closes nobody, and is told."""

from __future__ import annotations

import csv
import json

import pytest
from ansible_collections.workplace.onboarding.tests.people import look
from ansible_collections.workplace.onboarding.tests.people.cast import TODAY, TOMORROW, cast, joiner
from ansible_collections.workplace.onboarding.tests.people.test_brakes import NO_LIMITS, now, refused
from ansible_collections.workplace.onboarding.tests.people.test_killed import is_write

LEFT = {"end_date": TODAY}
GUS = "gus.sandbox"
SENT_AWAY = "2026-09-10"


def accounts(town, backend):
    return look.accounts(town.lab)[backend]


class Meanwhile:
    """Something that happens just before the first request to a backend that is, or is not, a write."""

    def __init__(self, backend, does, write):
        self.app, self.does, self.write, self.done = backend.app, does, write, False

    def __enter__(self):
        self.original = self.app._answer
        writes = is_write(self.app)

        def answer(call, fault):
            if not self.done and bool(writes(call)) == self.write:
                self.done = True
                self.does()
            return self.original(call, fault)

        self.app._answer = answer
        return self

    def __exit__(self, *_exc):
        self.app._answer = self.original


def another_run(town):
    """Somebody is sent away, and remembered to be."""
    state = json.loads(town.state)
    next(each for each in state["people"] if each["login"] == GUS)["sent_away"] = SENT_AWAY
    (town.folder / "state.json").write_text(json.dumps(state))


def sent_away(town):
    return [each["login"] for each in json.loads(town.state)["people"] if each.get("sent_away") == SENT_AWAY]


# What was not rehearsed


def test_reads_that_fail_in_the_rehearsal_do_not_get_by_the_brakes(town):
    """Nothing is written of those, whoever else is done; and the next run is judged as if nothing had been."""
    few = {"people_backends": ["ocs"]}
    leavers = ("hazel_mock", GUS.replace(".", "_"), "fern_storybook", "ivo_fixture", "juno_sample")
    town.hr(cast(dot_margin={"job_title": "Librarian"}, **dict.fromkeys(leavers, LEFT)))
    before = accounts(town, "ocs")
    fault = town.lab.ocs.fault("status", method="GET", path=r"users/(?!details|dot\.margin)", status=500, times=9)
    run = town.run("reconcile", TOMORROW, **few)
    assert fault.times == 0, "in the rehearsal each of the nine was asked about once"
    assert run.code != 0 and run.says("run it again for", "hazel.mock", GUS), run
    after = accounts(town, "ocs")
    assert {name for name in before if before[name] != after[name]} == {"dot.margin"}, run
    refused(town, town.run("reconcile", TOMORROW, **few), now(town), "closed for 5 people, more than the 1 that people_limits.suspend")


# What was refused


def test_what_fails_is_told_and_tried_again_and_takes_nothing_from_anybody(town):
    """The keys of a leaver that cannot be deleted, a rename that is refused, one to a name that somebody has, a newcomer's that somebody has."""
    lab, more = town.lab, {"people_backends": ["ldapsaisie", "bluemind", "iredmail"], **NO_LIMITS}
    lab.bluemind.seed(api_keys=[{"sid": "lab-key-of-hazel", "uid": "k", "login": "hazel.mock@example.org"}])
    lab.bluemind.seed(users=[{"domain": "example.org", "login": "wren.vellum", "external_id": "X77"}])
    lab.iredmail.seed(users=[{"mail": "wren.vellum@example.org", "name": "A Museum", "employee_id": "X77"}])
    lab.iredmail.seed(users=[{"mail": "dot.wed@example.org", "name": "Another Dot", "employee_id": "X9"}])
    others = {"wren.vellum@example.org", "dot.wed@example.org"}
    theirs = {name: each for name, each in accounts(town, "iredmail").items() if name in others}
    theirs_too = accounts(town, "bluemind")["wren.vellum"]
    lab.bluemind.fault("status", method="DELETE", path="auth/keys", status=500, times=None)
    lab.ldapsaisie.fault("status", path="dot.*/modify", status=500, times=None)
    town.hr([*cast(dot_margin={"login": "dot.wed", "family_name": "Wed"}, hazel_mock=LEFT), joiner()])

    run = town.run("reconcile", TOMORROW, **more)
    assert run.code != 0 and run.says(
        "run it again for", "hazel.mock", "dot.wed", "wren.vellum", "has the employee number X77, not 0011"
    ), run

    def others_have_what_they_had():
        there = look.accounts(lab)
        assert {name: there["iredmail"][name] for name in others} == theirs and there["bluemind"]["wren.vellum"] == theirs_too
        assert "dot.margin@example.org" in there["iredmail"] and "wren.vellum" in there["ldapsaisie"]
        return [name for name in there["ldapsaisie"] if name.startswith("dot.")]

    assert others_have_what_they_had() == ["dot.margin"]
    assert "lab-key-of-hazel" in lab.bluemind.store.api_keys

    lab.bluemind.faults.clear()
    lab.ldapsaisie.faults.clear()
    again = town.run("reconcile", TOMORROW, **more)
    assert others_have_what_they_had() == ["dot.wed"], again
    # BlueMind lets nobody act for a suspended account, so it takes an administrator who does what the message says.
    assert again.code != 0 and again.says("hazel.mock is suspended", "activate the account"), again
    look.close(lab, "bluemind", "hazel.mock", False)
    mended = town.run("reconcile", TOMORROW, **more)
    assert "lab-key-of-hazel" not in lab.bluemind.store.api_keys and not accounts(town, "bluemind")["hazel.mock"]["open"], mended
    assert others_have_what_they_had() == ["dot.wed"]
    assert mended.code != 0 and mended.says("wren.vellum", "dot.wed") and not mended.says("run it again for hazel.mock"), mended


# Who decides, and what is remembered


@pytest.mark.parametrize(
    ("book", "given"),
    [
        ("offboard", {"offboard_now": GUS, "people_now": []}),
        ("offboard", {"offboard_now": [GUS], "people_only": ["zoe.parable"]}),
        ("offboard", {"people_handled": ["active", "leaving", "gone"]}),
        ("onboard", {"onboard_only": [GUS], "people_only": []}),
        ("onboard", {"people_handled": ["preboarding", "active", "leaving", "gone"]}),
    ],
    ids=lambda each: each if isinstance(each, str) else " ".join(each),
)
def test_a_settings_file_does_not_decide_whom_it_is_about(town, book, given):
    """Extra variables win over what a role sets, so that somebody who is to be sent away would not be."""
    town.hr(cast(hazel_mock=LEFT))
    before = now(town)
    run = town.run(book, TOMORROW, **given)
    assert run.code != 0 and run.changed == 0 and now(town) == before, run
    assert not any(len(backend.log) for backend in town.lab.backends.values()), "nothing was even read"
    assert run.says("must not be given to this role", f"give {book}_{'now' if book == 'offboard' else 'only'}"), run


def test_without_the_state_file_nobody_is_adopted_unasked(town):
    """Who was sent away is known to that file alone."""
    few = {"people_backends": ["micetro", "ocs"]}
    assert town.run("offboard", TOMORROW, offboard_now=GUS, **few).code == 0
    (town.folder / "state.json").unlink()
    refused(town, town.run("reconcile", TOMORROW, **few), now(town), "10 people of the file have accounts already", "people_adopt")
    assert not accounts(town, "ocs")[GUS]["open"]
    meant = town.run("reconcile", TOMORROW, people_adopt=True, **few)
    assert meant.code == 0 and town.state, meant
    assert not accounts(town, "ocs")[GUS]["open"], "closed by somebody else, for all that is known"


@pytest.mark.parametrize("changes", [{"zoe_parable": {"department": "school"}}, {"hazel_mock": None}], ids=["to do", "nothing to do"])
def test_another_run_after_this_one_has_read_what_is_remembered(town, changes):
    """A nightly run that began before somebody was sent away does not forget that they were."""
    town.hr(cast(**changes))
    with Meanwhile(town.lab.ocs, lambda: another_run(town), write=False) as other:
        run = town.run("reconcile", TOMORROW, people_backends=["ocs"])
    assert other.done and sent_away(town) == [GUS], run
    assert run.code != 0 and not any(run.writes.values()) and run.says("Nothing was changed", "written by another run meanwhile"), run


def test_another_run_while_this_one_writes(town):
    town.hr(cast(zoe_parable={"department": "school"}))
    with Meanwhile(town.lab.ocs, lambda: another_run(town), write=True) as other:
        run = town.run("reconcile", TOMORROW, people_backends=["ocs"])
    assert other.done and sent_away(town) == [GUS], run
    assert accounts(town, "ocs")["zoe.parable"]["groups"] == ["school", "staff"]


# A file that reads well and is wrong


def swapped(first, second):
    """The names of two columns change places."""

    def of(path):
        with path.open(newline="") as stream:
            head, *rows = csv.reader(stream)
        places = [head.index(first), head.index(second)]
        head[places[0]], head[places[1]] = second, first
        with path.open("w", newline="") as stream:
            csv.writer(stream).writerows([head, *rows])

    return cast(), of


def without_zeros(**more):
    """A spreadsheet took them for numbers."""

    def short(number):
        return number and number.lstrip("0")

    people = [{**each, "employee_number": short(each["employee_number"]), "manager": short(each["manager"]), **more} for each in cast()]
    return people, lambda path: None


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (swapped("Department", "Job"), ["groups or roles would be taken from 10 people", "people_limits.move"]),
        (swapped("Login", "Number"), ["10 of the 10 people of the last run are not in the file any more", "people_shrinkage_percent"]),
        (swapped("First name", "Last name"), ["logins or names would be changed of 10 people", "people_limits.rename"]),
        (swapped("First day", "Last day"), ["accounts would be closed for 10 people", "people_limits.suspend"]),
        (without_zeros(), ["the login 'basil.inkwell' is assigned to employee '0001', and stays theirs"]),
        (without_zeros(login=None), ["10 of the 10 people of the last run are not in the file any more"]),
    ],
    ids=["department and job", "login and number", "names", "days", "zeros", "zeros, and logins are made"],
)
def test_a_file_with_something_in_the_wrong_place_changes_nothing(town, file, words):
    people, spoil = file
    spoil(town.hr(people))
    before = now(town)
    run = town.run("reconcile", TOMORROW, people_backends=["ocs"], people_required=["employee_number"])
    assert run.code != 0 and not any(run.writes.values()) and now(town) == before, run
    assert run.says(*words), run
