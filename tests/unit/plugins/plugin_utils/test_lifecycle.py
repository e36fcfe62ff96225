# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What happens to accounts as the days go by: plans, carried out on dictionaries."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import date, timedelta

import pytest
from ansible_collections.workplace.onboarding.plugins.plugin_utils.lifecycle import done, plan
from ansible_collections.workplace.onboarding.plugins.plugin_utils.lifecycle_model import Backend, Policy
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people import PeopleError
from ansible_collections.workplace.onboarding.plugins.plugin_utils.people_list import people_from_list

DAY = date(2026, 9, 1)
FLAG = Backend(
    name="drive",
    key="userid",
    map={"userid": "{login}", "title": "{job_title}"},
    closed={"enabled": False},
    open={"enabled": True},
    means="disabled",
    memberships=("groups",),
)
NUMBERED = Backend(
    name="mail",
    key="login",
    number="number",
    map={"login": "{login}", "number": "{employee_number}", "details": {"sn": "{family_name}"}},
    closed={"details": {"expire": {"value": "0", "label": "Never"}}},
    open={"details": {"expire": ""}},
    means="expired",
    secret="password",
    scramble=True,
    apart="groups",
    apart_as="related",
    memberships=("groups",),
    renames=True,
    leaving={"forwarding": ["{manager_login}@example.org"]},
    cannot=("no vacation message",),
)
STRIPPED = Backend(
    name="net",
    key="name",
    map={"name": "{login}"},
    closed={"groups": [], "roles": []},
    means="stripped",
    early=False,
    secret="password",
    scramble=True,
    remembers=("groups", "roles"),
    memberships=("groups", "roles"),
)
BACKENDS = (FLAG, NUMBERED, STRIPPED)
RULES = [
    {"when": {}, "grant": {"drive": {"groups": ["staff"]}, "mail": {"groups": ["staff"]}, "net": {"groups": ["staff"]}}},
    {"when": {"department": "it"}, "grant": {"drive": {"groups": ["it"], "quota": "20 GB"}, "net": {"roles": ["dns"]}}},
    {"when": {"department": "school"}, "grant": {"drive": {"groups": ["school"]}}},
]
ZOE = {"login": "zoe", "employee_number": "1", "family_name": "Fable", "department": "it", "start_date": "2026-09-01", "manager": "gus"}
GUS = {"login": "gus", "employee_number": "2", "family_name": "Sandbox", "department": "school"}


class Town:
    """Backends that do what they are told, and what is remembered of the people."""

    def __init__(self, *backends, **policy):
        self.backends = backends or BACKENDS
        self.policy = {"phases": {"preboarding_days": 7, "grace_days": 30}, "rules": RULES, **policy}
        self.accounts = {each.name: {} for each in self.backends}
        self.state = {}
        self.lines = []

    def decide(self, *people, day=DAY, **policy):
        decided = Policy(**{**self.policy, **policy})
        return plan(people_from_list(list(people)), self.state, self.accounts, self.backends, decided, day)

    def live(self, *people, day=DAY, quiet=True, refuses=(), stumbles=(), **policy):
        """One run; with ``quiet`` a second one, which must have nothing to do.

        Backends of ``refuses`` do nothing, and those of ``stumbles`` everything, and both say that it failed.
        """
        made = self.decide(*people, day=day, **policy)
        self.state = made.state
        changed = [self.carry_out(made, line) for line in made.lines if line["backend"] not in refuses]
        for line in made.lines:
            if line["backend"] in (*refuses, *stumbles):
                line.update(failed=True, beside=line["backend"] in stumbles)
        quiet = quiet and not refuses and not stumbles
        self.state = done(made.state, made.lines)
        self.lines = made.lines
        if quiet:
            before, state = copy.deepcopy(self.accounts), copy.deepcopy(self.state)
            assert self.live(*people, day=day, quiet=False, **policy) == set()
            self.lines = made.lines
            assert (self.accounts, self.state) == (before, state)
        return {each for each in changed if each}

    def carry_out(self, made, line):
        """What a module does with the entry; what it changed."""
        if "entry" not in line:
            return None
        accounts, entry = self.accounts[line["backend"]], dict(made.entries[line["backend"]][line["entry"]])
        backend = next(each for each in self.backends if each.name == line["backend"])
        name = entry[backend.key]
        before = copy.deepcopy(accounts)
        if "rename_from" in entry:
            accounts[name] = {**accounts.pop(entry.pop("rename_from")), backend.key: name}
        if entry.pop("state", "") == "absent":
            accounts.pop(name, None)
            return f"{line['backend']} -{name}"
        account = accounts.setdefault(name, {"enabled": True} if "enabled" in backend.closed else {"groups": [], "roles": []})
        secret = line.get("secret") or line.get("scramble")
        if secret:
            account["secret"] = account.get("secret", 0) + 1
        entry.pop("update_password", None)
        for option, value in entry.items():
            if option.endswith("_mode"):
                assert value == "set"
            elif isinstance(value, dict):
                told = {key: each["label"] if isinstance(each, dict) else each for key, each in value.items()}
                account[option] = {key: each for key, each in {**account.get(option, {}), **told}.items() if each != ""}
            else:
                account[option] = sorted(value) if isinstance(value, list) else value
        for further in made.further[line["backend"]].values():
            for account_of, more in zip(further.accounts, further.entries):
                if account_of == name and "related" in more:
                    account["groups"] = sorted(more["related"])
        return f"{line['backend']} {'~' if name in before else '+'}{name}" if before != accounts else None

    def of(self, backend, login="zoe"):
        return self.accounts[backend].get(login)

    def line(self, backend, login="zoe"):
        return next(each for each in self.lines if each["backend"] == backend and (each["person"] or {}).get("login") == login)

    def knows(self, login="zoe"):
        """What is remembered of somebody."""
        return next(each for each in self.state["people"] if each["login"] == login)

    def lets_in(self, login="zoe"):
        """Where somebody can do something."""
        has = {"drive": lambda it: it["enabled"], "mail": lambda it: "expire" not in it["details"], "net": lambda it: it["groups"]}
        return {name for name, works in has.items() if name in self.accounts and self.of(name, login) and works(self.of(name, login))}


def after(days):
    return DAY + timedelta(days=days)


@pytest.fixture
def town():
    return Town()


def test_nobody_has_anything_long_before_the_first_day(town):
    assert town.live(ZOE, day=after(-8)) == set()
    assert town.line("drive")["reason"] == "before the first day"


def test_a_week_before_accounts_are_made_closed(town):
    assert town.live(ZOE, day=after(-7)) == {"drive +zoe", "mail +zoe"}
    assert town.of("drive")["enabled"] is False and town.of("drive")["groups"] == ["it", "staff"]
    assert town.of("mail")["details"] == {"sn": "Fable", "expire": "Never"} and town.of("mail")["secret"] == 1
    assert town.line("net")["reason"] == "not before the first day"
    town.live(ZOE, day=after(-1))
    assert town.of("drive")["enabled"] is False


def test_on_the_first_day_they_open(town):
    town.live(ZOE, day=after(-7))
    assert town.live(ZOE) == {"drive ~zoe", "mail ~zoe", "net +zoe"}
    assert town.of("drive")["enabled"] is True and town.of("drive")["quota"] == "20 GB"
    assert town.of("mail")["details"] == {"sn": "Fable"} and town.of("mail")["secret"] == 1
    assert town.of("net") == {"name": "zoe", "groups": ["staff"], "roles": ["dns"], "secret": 1}
    assert [town.line(each)["action"] for each in ("drive", "mail", "net")] == ["enable", "enable", "create"]


def test_who_moves_keeps_what_nobody_manages(town):
    town.live(ZOE)
    town.of("drive")["groups"].append("choir")
    town.live({**ZOE, "department": "school"})
    assert town.of("drive")["groups"] == ["choir", "school", "staff"]
    assert town.of("net")["roles"] == []


def test_leave_and_return_unchanged(town):
    town.live(ZOE)
    town.of("net")["groups"].append("choir")
    before = copy.deepcopy(town.accounts)
    town.live({**ZOE, "on_leave": True}, day=after(1))
    assert town.of("drive")["enabled"] is False and town.of("drive")["groups"] == ["it", "staff"]
    assert town.of("net")["groups"] == [] and town.of("net")["secret"] == 2
    assert town.of("mail")["secret"] == 1, "who only is away keeps the password"
    assert {each["means"] for each in town.lines} == {"disabled", "expired", "stripped"}
    town.live(ZOE, day=after(90))
    assert town.of("net") == {**before["net"]["zoe"], "groups": ["choir", "staff"], "secret": 3}
    assert town.of("mail") == before["mail"]["zoe"] and town.of("drive") == before["drive"]["zoe"]


def test_who_leaves_is_closed_then_deleted(town):
    town.live(ZOE, GUS)
    town.of("drive")["groups"].insert(0, "choir")
    last = {**ZOE, "end_date": after(9).isoformat()}
    assert town.live(last, GUS, day=after(9)) == set(), "the last day is a day"
    town.live(last, GUS, day=after(10))
    assert town.of("drive")["enabled"] is False and town.of("drive")["groups"] == ["choir"]
    assert town.of("mail")["forwarding"] == ["gus@example.org"] and town.of("mail")["secret"] == 2
    assert town.line("mail")["notes"] == ["no vacation message"]
    assert town.live(last, GUS, day=after(39)) == set()
    assert town.live(last, GUS, day=after(40)) == {"drive -zoe", "mail -zoe", "net -zoe"}
    assert "accounts" not in str([each for each in town.state["people"] if each["login"] == "zoe" and each["accounts"]])


def test_a_late_entry_takes_no_days_of_grace_away(town):
    town.live(ZOE)
    late = {**ZOE, "start_date": "2020-01-01", "end_date": after(-100).isoformat()}
    town.live(late)
    assert town.of("drive")["enabled"] is False
    town.live(late, day=after(29))
    assert town.of("drive")
    town.live(late, day=after(30))
    assert not town.of("drive")


def test_who_comes_back_within_the_days_of_grace(town):
    town.live(ZOE)
    town.live({**ZOE, "end_date": after(1).isoformat()}, day=after(2))
    town.live(ZOE, day=after(20))
    assert town.of("drive")["enabled"] is True and town.of("drive")["groups"] == ["it", "staff"]
    assert town.of("net")["groups"] == ["staff"] and town.of("mail")["secret"] == 3, "the random password is replaced"
    # Leaving again, the days are counted anew.
    town.live({**ZOE, "end_date": after(21).isoformat()}, day=after(22))
    town.live({**ZOE, "end_date": after(21).isoformat()}, day=after(51))
    assert town.of("drive")


def test_who_is_closed_by_somebody_else_stays_closed(town):
    town.live(ZOE)
    town.of("drive")["enabled"] = False
    assert town.live({**ZOE, "job_title": "Clerk"}) == {"drive ~zoe"}
    assert town.of("drive")["enabled"] is False
    assert town.line("drive")["notes"] == ["it was closed by somebody else, so it stays closed"]
    assert town.line("drive")["strange"]
    # Nor does it open after a leave.
    town.live({**ZOE, "on_leave": True}, day=after(1))
    town.live(ZOE, day=after(2))
    assert town.of("drive")["enabled"] is False and "expire" not in town.of("mail")["details"]


def test_a_new_name(town):
    town.live(ZOE)
    married = {**ZOE, "login": "zoe.wed", "family_name": "Wed"}
    assert town.live(married) == {"mail +zoe.wed"}
    assert town.of("mail", "zoe.wed")["details"]["sn"] == "Wed"
    assert "cannot be renamed here" in town.line("drive", "zoe.wed")["notes"][0] and town.of("drive")
    town.live({**married, "end_date": DAY.isoformat()}, day=after(1))
    assert town.of("drive")["enabled"] is False, "it is remembered under which name"


def test_the_employee_number_finds_an_account_that_nobody_remembers(town):
    town.accounts["mail"]["fable.z"] = {"login": "fable.z", "number": "1", "groups": [], "details": {}}
    town.live(ZOE)
    assert list(town.accounts["mail"]) == ["zoe"]


def test_who_is_missing_from_the_file(town):
    town.live(ZOE, GUS)
    assert town.live(GUS, day=after(1)) == set()
    assert town.line("drive")["orphan"] is True
    town.live(GUS, day=after(2), missing="suspend")
    assert town.of("drive")["enabled"] is False and town.of("drive")["groups"] == ["it", "staff"]
    assert town.live(GUS, day=after(900), missing="suspend") == set(), "nobody is deleted without an end_date"
    town.live(ZOE, GUS, day=after(901))
    assert town.of("drive")["enabled"] is True


def test_accounts_of_nobody(town):
    town.accounts["drive"]["robot"] = {"userid": "robot", "enabled": True}
    town.live(ZOE)
    assert [each["account"] for each in town.lines if each.get("orphan")] == ["robot"]
    town.live(ZOE, protected=["rob*"])
    assert not any(each.get("orphan") for each in town.lines)


def test_protected(town):
    town.live(ZOE)
    assert town.live({**ZOE, "end_date": DAY.isoformat()}, day=after(1), protected=["Z*"]) == set()
    assert {each["action"] for each in town.lines} == {"refused"}


def test_now(town):
    town.live(ZOE, GUS)
    town.live(ZOE, GUS, now=["zoe"])
    assert town.of("drive")["enabled"] is False and town.of("drive", "gus")["enabled"] is True
    assert town.live(ZOE, GUS, day=after(400)) == set(), "the file does not bring them back, nor is anybody deleted without an end_date"
    town.live(ZOE, GUS, day=after(401), back=["zoe"])
    assert town.of("drive")["enabled"] is True
    town.live(ZOE, GUS, day=after(402), now=["zoe"])
    town.live({**ZOE, "start_date": after(410).isoformat()}, GUS, day=after(410))
    assert town.of("drive")["enabled"] is True, "a later first day brings them back"


HANDED = Backend(
    name="mail",
    key="login",
    number="number",
    map={"login": "{login}", "number": "{employee_number}"},
    closed={"archived": True},
    open={"archived": False},
    renames=True,
    apart="groups",
    apart_as="related",
    memberships=("groups",),
    hand_over={"sharing": [{"owner": "{account}", "subject": "{manager}"}]},
    take_back={"ended": [{"owner": "{account}", "subject": "{manager}", "state": "absent"}]},
)


@pytest.mark.parametrize(
    ("manager", "seen", "subject", "rehearsed"),
    [
        (GUS, "gus", "gus", 1),
        ({**GUS, "login": "gus.wed"}, "gus", "gus.wed", 0),
        (GUS, None, "gus", 0),
        ({**GUS, "end_date": "2026-07-01"}, "gus", None, 0),
    ],
    ids=["as ever", "renamed today", "new today", "deleted today"],
)
def test_what_is_handed_over_goes_to_the_manager_under_the_name_of_after_the_run(manager, seen, subject, rehearsed):
    """And what cannot be asked about before that is not rehearsed."""
    town = Town(HANDED)
    town.live(*([ZOE, GUS] if seen else [ZOE]), quiet=False)
    if "end_date" in manager:
        town.live(ZOE, manager, day=after(-40), quiet=False)
    made = town.decide({**ZOE, "end_date": DAY.isoformat(), "manager": manager["login"]}, manager, day=after(1))
    sharing = made.further["mail"]["sharing"]
    assert sharing.entries == ([{"owner": "zoe", "subject": subject}] if subject else [])
    assert sharing.rehearsable == rehearsed


HEAD = {"login": "ida", "employee_number": "3", "family_name": "Margin", "department": "it"}
LEFT = {**ZOE, "end_date": DAY.isoformat()}


def test_what_was_handed_over_is_taken_back_when_somebody_is_here_again():
    town = Town(HANDED)
    town.live(ZOE, GUS, quiet=False)
    town.live(LEFT, GUS, day=after(1), quiet=False)
    assert town.state["people"][0]["accounts"]["mail"]["handed_to"] == ["gus"]
    made = town.decide({**ZOE, "login": "zoe.wed"}, {**GUS, "login": "gus.wed"}, day=after(2))
    assert made.further["mail"]["ended"].entries == [{"owner": "zoe.wed", "subject": "gus.wed", "state": "absent"}]
    assert (
        made.further["mail"]["ended"].accounts
        == ["zoe.wed"]
        == [line["account"] for line in made.lines if line["person"]["login"] == "zoe.wed"]
    )
    town.live(ZOE, GUS, day=after(2), quiet=False)
    assert "handed_to" not in town.state["people"][0]["accounts"]["mail"]
    assert town.decide(ZOE, GUS, day=after(3)).further["mail"]["ended"].entries == []


def test_a_new_manager_gets_it_instead_of_the_former():
    town = Town(HANDED)
    town.live(ZOE, GUS, HEAD, quiet=False)
    town.live(LEFT, GUS, HEAD, day=after(1), quiet=False)
    made = town.decide({**LEFT, "manager": "ida"}, GUS, HEAD, day=after(2))
    assert [each["subject"] for each in made.further["mail"]["sharing"].entries] == ["ida"]
    assert [each["subject"] for each in made.further["mail"]["ended"].entries] == ["gus"]
    killed = made.state["people"][0]["accounts"]["mail"]["handed_to"]
    assert killed == ["gus", "ida"], "whoever may have it is known, if the run is killed"
    town.live({**LEFT, "manager": "ida"}, GUS, HEAD, day=after(2), quiet=False)
    assert town.state["people"][0]["accounts"]["mail"]["handed_to"] == ["ida"]


@pytest.mark.parametrize("day", [2, 40])
def test_in_place_of_a_manager_who_has_left_stands_the_next_one_up(day):
    gus = {**GUS, "manager": "ida"}
    town = Town(replace(HANDED, leaving=NUMBERED.leaving))
    town.live(ZOE, gus, HEAD, quiet=False)
    made = town.decide({**ZOE, "end_date": after(day - 1).isoformat()}, {**gus, "end_date": DAY.isoformat()}, HEAD, day=after(day))
    assert [each["subject"] for each in made.further["mail"]["sharing"].entries if each["owner"] == "zoe"] == ["ida"]
    zoe = next(each for each in made.entries["mail"] if each["login"] == "zoe")
    assert zoe["forwarding"] == ["ida@example.org"]


def test_without_anybody_above_nothing_is_handed_over():
    town = Town(replace(HANDED, leaving=NUMBERED.leaving))
    town.live(ZOE, GUS, quiet=False)
    made = town.decide(LEFT, {**GUS, "end_date": DAY.isoformat()}, day=after(1))
    assert made.further["mail"]["sharing"].entries == []
    assert "forwarding" not in next(each for each in made.entries["mail"] if each["login"] == "zoe")
    assert "no manager" in str(next(line for line in made.lines if line["account"] == "zoe")["notes"])


def test_what_was_made_closed_stays_so_until_the_first_day():
    town = Town(FLAG)
    town.live(ZOE, day=after(-3))
    town.accounts["drive"]["zoe"]["enabled"] = True  # by hand
    assert town.live(ZOE, day=after(-2)) == {"drive ~zoe"}
    assert town.accounts["drive"]["zoe"]["enabled"] is False


def test_a_first_day_to_come_closes_nobody_who_works_here():
    """It may be that of another contract."""
    town = Town(FLAG)
    town.live(ZOE)
    assert town.live({**ZOE, "start_date": after(3).isoformat()}, day=after(1)) == set()
    assert town.accounts["drive"]["zoe"]["enabled"] is True


def test_who_comes_back_later_is_not_let_in_before():
    town = Town(STRIPPED)
    town.live(ZOE)
    held = copy.deepcopy(town.accounts["net"]["zoe"])
    town.live(LEFT, day=after(1))
    again = {**ZOE, "start_date": after(5).isoformat()}
    town.live(again, day=after(2))
    assert not town.accounts["net"]["zoe"]["groups"] and not town.accounts["net"]["zoe"]["roles"]
    town.live(again, day=after(5))
    assert {name: town.accounts["net"]["zoe"][name] for name in ("groups", "roles")} == {name: held[name] for name in ("groups", "roles")}


def test_a_column_that_nobody_has_is_told():
    town = Town(replace(FLAG, map={**FLAG.map, "room": "{extra[Room]}"}, leaving={"note": "{extra[Nota]}"}))
    rules = [*RULES, {"when": {"extra[Badge]": "x"}, "grant": {"drive": {"groups": ["badge"]}}}]
    warnings = town.decide({**ZOE, "extra": {"Room": "1"}}, rules=rules).warnings
    assert [each for each in warnings if "names extra" in each] == [
        "people_leaving of drive names extra[Nota], which nobody in the file has",
        "people_rules names extra[Badge], which nobody in the file has",
    ]


def test_memberships_of_somebody_who_is_renamed_are_not_rehearsed():
    """Nobody has that name yet."""
    town = Town(HANDED)
    town.live(ZOE, quiet=False, rules=RULES)
    made = town.decide(
        {**ZOE, "login": "zoe.wed", "department": "school"},
        rules=[*RULES, {"when": {"department": "school"}, "grant": {"mail": {"groups": ["pupils"]}}}],
    )
    groups = made.further["mail"]["groups"]
    assert (groups.accounts, groups.rehearsable) == (["zoe.wed"], 0)


def test_a_misspelt_login_is_an_error(town):
    for option in ("now", "back", "only"):
        with pytest.raises(PeopleError, match="nobody has the login zeo"):
            town.decide(ZOE, **{option: ["zeo"]})


def test_only(town):
    assert town.live(ZOE, GUS, only=["gus"]) == {"drive +gus", "mail +gus", "net +gus"}
    assert {each["person"]["login"] for each in town.lines} == {"gus"}


def test_only_some_phases(town):
    joiners = {"handled": ["preboarding", "active"]}
    town.live(ZOE, GUS, **joiners)
    assert town.live({**ZOE, "end_date": DAY.isoformat()}, GUS, day=after(1), **joiners) == set()


def test_a_login_of_somebody_else_stops_everything(town):
    town.live(ZOE)
    with pytest.raises(PeopleError, match="is or was that of"):
        town.decide({**GUS, "login": "zoe"})


@pytest.mark.parametrize("backend", BACKENDS, ids=lambda each: each.name)
def test_a_run_that_was_killed_is_completed(backend):
    """Whatever was planned and remembered, and then not done, is done the next time."""
    for stages in (
        [ZOE, {**ZOE, "on_leave": True}, ZOE],
        [ZOE, {**ZOE, "end_date": DAY.isoformat()}, ZOE],
    ):
        whole, killed = Town(backend), Town(backend)
        for number, person in enumerate(stages):
            whole.live(person, day=after(number))
            killed.state = killed.decide(person, day=after(number)).state
            killed.live(person, day=after(number))
            assert {**whole.of(backend.name), "secret": 0} == {**killed.of(backend.name), "secret": 0}
            assert whole.state == killed.state


def test_who_comes_back_gets_no_forwarding_with_it(town):
    leaves = {**ZOE, "end_date": after(9).isoformat()}
    town.live(ZOE, GUS)
    town.live(leaves, GUS, day=after(10))
    assert town.of("mail")["forwarding"] == ["gus@example.org"]
    town.live(leaves, GUS, day=after(11))
    town.live(ZOE, GUS, day=after(12))
    assert town.of("mail")["forwarding"] == []
    assert "undo" not in str(town.state)


def test_who_had_a_forwarding_before_has_it_again(town):
    town.live(ZOE, GUS)
    town.of("mail")["forwarding"] = ["zoe@example.net"]
    town.live({**ZOE, "end_date": after(9).isoformat()}, GUS, day=after(10))
    town.live(ZOE, GUS, day=after(12))
    assert town.of("mail")["forwarding"] == ["zoe@example.net"]


def test_what_must_be_closed_first_is_closed_whenever_an_account_is():
    keys = {"keys": [{"user": "{account}", "state": "absent"}]}
    town = Town(replace(FLAG, before_closing=keys))
    town.live(ZOE)
    for day, person in ((1, {**ZOE, "on_leave": True}), (3, {**ZOE, "end_date": after(2).isoformat()})):
        further = town.decide(person, day=after(day)).further["drive"]["keys"]
        assert (further.entries, further.accounts) == ([{"user": "zoe", "state": "absent"}], ["zoe"])
        town.live(person, day=after(day))
        assert town.decide(person, day=after(day)).further["drive"]["keys"].entries == []
        town.live(ZOE, day=after(day + 1))


# Whose a secret is

SECRET = {"employee_number": "1", "life": 1}
ZOE_LEFT = {**ZOE, "end_date": "2026-09-10"}
DAY_OFF = date(2026, 9, 11)
DAY_GONE = date(2026, 11, 1)


def lives(town):
    return {each["login"]: each.get("life", 1) for each in town.state["people"]}


def left(town):
    """Somebody who has come, gone, and lost every account."""
    assert town.decide(ZOE, GUS).owners == {"zoe": SECRET, "gus": {"employee_number": "2", "life": 1}}
    town.live(ZOE, GUS)
    assert town.decide(ZOE, GUS).owners == {}
    town.live(ZOE_LEFT, GUS, day=DAY_OFF)
    town.live(ZOE_LEFT, GUS, day=DAY_GONE, quiet=False)


def test_who_is_back_after_all_accounts_were_deleted_has_another_life(town):
    left(town)
    assert lives(town) == {"zoe": 2, "gus": 1}
    town.live(ZOE_LEFT, GUS, day=DAY_GONE)
    back = {**ZOE, "start_date": "2026-11-02"}
    assert town.decide(back, GUS, day=date(2026, 11, 2)).owners == {"zoe": {**SECRET, "life": 2}}
    town.live(back, GUS, day=date(2026, 11, 2))
    assert lives(town) == {"zoe": 2, "gus": 1}


def test_another_person_without_a_number_too(town):
    nameless, gus = ({name: value for name, value in each.items() if name != "employee_number"} for each in (ZOE, GUS))
    town.live(nameless, gus)
    town.live({**nameless, "end_date": "2026-09-10"}, gus, day=DAY_OFF)
    town.live({**nameless, "end_date": "2026-09-10"}, gus, day=DAY_GONE, quiet=False)
    other = {**nameless, "family_name": "Other", "start_date": "2026-11-02"}
    assert town.decide(other, gus, day=date(2026, 11, 2)).owners == {"zoe": {"employee_number": None, "life": 2}}


def test_who_is_back_before_keeps_the_secrets(town):
    town.live(ZOE, GUS)
    town.live(ZOE_LEFT, GUS, day=DAY_OFF)
    assert town.decide(ZOE, GUS, day=DAY_OFF).owners == {"zoe": SECRET}


@pytest.mark.parametrize("deleted", [("drive",), ("drive", "mail", "net")])
@pytest.mark.parametrize("back", [False, True])
def test_a_run_that_was_killed_after_deletions_counts_them_once(town, deleted, back):
    town.live(ZOE, GUS)
    town.live(ZOE_LEFT, GUS, day=DAY_OFF)
    made = town.decide(ZOE_LEFT, GUS, day=DAY_GONE)
    town.state = made.state  # what was about to be done; that it was is never heard of
    for line in made.lines:
        if line["backend"] in deleted:
            town.carry_out(made, line)
    row = {**ZOE, "start_date": "2026-11-02"} if back else ZOE_LEFT
    day = date(2026, 11, 2)
    expected = 2 if len(deleted) == 3 or not back else 1
    if back:
        assert town.decide(row, GUS, day=day).owners["zoe"]["life"] == expected
    town.live(row, GUS, day=day, quiet=False)
    town.live(row, GUS, day=day)
    assert lives(town) == {"zoe": expected, "gus": 1}


def test_whose_accounts_are_not_looked_at_or_not_seen_to_is_not_taken_for_deleted(town):
    town.live(ZOE, GUS)
    town.live(ZOE_LEFT, GUS, day=DAY_OFF)
    everything, town.backends = town.backends, town.backends[:2]
    town.live(ZOE_LEFT, GUS, day=DAY_GONE, quiet=False)
    assert lives(town) == {"zoe": 1, "gus": 1}
    town.backends, town.accounts["net"] = everything, {}
    for _time in range(2):
        town.live(ZOE_LEFT, GUS, day=DAY_GONE, quiet=False, handled=("active",))
        town.live(ZOE_LEFT, GUS, day=DAY_GONE, quiet=False, only=("gus",))
        assert lives(town) == {"zoe": 1, "gus": 1}
    town.live(ZOE_LEFT, GUS, day=DAY_GONE)
    assert lives(town) == {"zoe": 2, "gus": 1}


# Sent away at once


def starts(day):
    return {**ZOE, "start_date": after(day).isoformat()}


@pytest.mark.parametrize("day", [-5, -20], ids=["preboarding", "future"])
def test_who_is_sent_away_before_the_first_day_never_starts(town, day):
    town.live(ZOE, GUS, day=after(day))
    town.live(ZOE, GUS, day=after(day), now=["zoe"])
    for later in (-3, 0, 90):
        town.live(ZOE, GUS, day=after(later))
        assert town.lets_in() == set() and town.lets_in("gus") == {"drive", "mail", "net"}
    town.live(starts(-40), GUS, day=after(91))
    assert town.lets_in() == set(), "another first day, but not a later one than that on which they were sent away"
    town.live(starts(93), GUS, day=after(91))
    assert town.lets_in() == set(), "the new first day has not come"
    town.live(starts(93), GUS, day=after(93))
    assert town.lets_in() == {"drive", "mail", "net"}


def test_who_is_sent_away_before_the_first_day_may_be_back(town):
    town.live(ZOE, day=after(-5))
    town.live(ZOE, day=after(-5), now=["zoe"])
    town.live(ZOE, day=after(-4), back=["zoe"])
    assert "sent_away" not in str(town.state)
    town.live(ZOE)
    assert town.lets_in() == {"drive", "mail", "net"}


@pytest.mark.parametrize("named", ["zoe", "ZOE"])
def test_who_is_not_in_the_file_any_more_can_be_sent_away(town, named):
    town.live(ZOE, GUS)
    town.live(GUS, day=after(1), now=[named], only=[named], handled=("leaving", "gone"))
    assert town.lets_in() == set() and town.of("mail")["secret"] == 2 and town.of("drive")["groups"] == []
    town.live(ZOE, GUS, day=after(2))
    assert town.lets_in() == set(), "a row that comes back brings nobody back"
    assert town.live(ZOE, GUS, day=after(900)) == set()
    town.live(ZOE, GUS, day=after(901), back=["zoe"])
    assert town.lets_in() == {"drive", "mail", "net"}


def test_a_row_that_comes_back_with_the_first_day_that_it_had_brings_nobody_back(town):
    town.live(ZOE, GUS, day=after(-5))
    town.live(GUS, day=after(-4), now=["zoe"])
    town.live(ZOE, GUS, day=after(-3))
    town.live(ZOE, GUS)
    assert town.lets_in() == set()
    town.live(GUS, day=after(1))
    town.live(starts(300), GUS, day=after(300))
    assert town.lets_in() == {"drive", "mail", "net"}, "hired again"


def test_who_is_renamed_on_the_same_day_can_be_sent_away_by_the_former_login(town):
    town.live(ZOE, GUS)
    married = {**ZOE, "login": "zoe.wed"}
    town.live(married, GUS, day=after(1), now=["Zoe"], only=["Zoe"], handled=("leaving", "gone"))
    assert town.lets_in() == set() and town.accounts["mail"].keys() == {"zoe", "gus"}
    town.live(married, GUS, day=after(2), back=["zoe"], only=["zoe"])
    assert town.lets_in("zoe.wed") == {"mail"} and town.of("drive")["enabled"] and town.of("net")["groups"]


def test_who_is_on_leave_and_then_sent_away_cannot_use_the_password_any_more(town):
    away = {**ZOE, "on_leave": True}
    town.live(away, GUS, day=after(-1))
    town.live(ZOE, GUS)
    town.live(away, GUS, day=after(1))
    kept = town.of("mail")["secret"]
    town.live(away, GUS, day=after(2), now=["zoe"])
    assert town.of("mail")["secret"] == kept + 1
    town.live(ZOE, GUS, day=after(3), back=["zoe"])
    assert town.of("mail")["secret"] == kept + 2


# Whose account is whose

MARRIED = {**ZOE, "login": "zoe.wed"}
UNNUMBERED = replace(HANDED, number="", map={"login": "{login}"})
PARTNER = {**GUS, "login": "gus.wed"}


@pytest.mark.parametrize("backend", [HANDED, UNNUMBERED], ids=["by number", "by memory"])
@pytest.mark.parametrize("trouble", ["refuses", "stumbles", "killed before", "killed after"])
def test_a_rename_that_did_not_work_makes_no_second_account(backend, trouble):
    town = Town(backend)
    town.live(ZOE)
    if trouble.startswith("killed"):
        made = town.decide(MARRIED, day=after(1))
        town.state = made.state
        if trouble == "killed after":
            assert [town.carry_out(made, line) for line in made.lines] == ["mail +zoe.wed"]
    else:
        town.live(MARRIED, day=after(1), **{trouble: ["mail"]})
    assert len(town.accounts["mail"]) == 1
    assert town.knows("zoe.wed")["accounts"]["mail"]["name"] == "zoe", "until it is known to have worked"
    assert not any(line.get("orphan") for line in town.decide(MARRIED, day=after(2)).lines)
    again = town.live(MARRIED, day=after(2))
    assert again == ({"mail +zoe.wed"} if trouble in ("refuses", "killed before") else set())
    assert list(town.accounts["mail"]) == ["zoe.wed"]
    assert town.knows("zoe.wed")["accounts"]["mail"] == {"name": "zoe.wed"}


@pytest.mark.parametrize("trouble", ["refuses", "stumbles"])
def test_who_leaves_after_a_rename_that_failed_is_closed(trouble):
    town = Town(UNNUMBERED)
    town.live(ZOE)
    town.live(MARRIED, day=after(1), **{trouble: ["mail"]})
    town.live({**MARRIED, "end_date": after(1).isoformat()}, day=after(2))
    (name,) = town.accounts["mail"]
    assert town.of("mail", name)["archived"] is True
    assert town.knows("zoe.wed")["accounts"]["mail"]["name"] == name


@pytest.mark.parametrize("now", [ZOE, {**ZOE, "login": "zoe.tale"}, None], ids=["withdrawn", "another name", "no row"])
def test_a_rename_that_was_killed_is_known_by_what_it_was_to_be(now):
    """No map says the name any more."""
    town = Town(UNNUMBERED)
    town.live(ZOE, GUS)
    made = town.decide(MARRIED, GUS, day=after(1))
    town.state = made.state
    for line in made.lines:
        town.carry_out(made, line)
    town.live(*([now] if now else []), GUS, day=after(2), **({} if now else {"now": ["zoe.wed"]}))
    assert set(town.accounts["mail"]) == {"gus", now["login"] if now else "zoe.wed"}
    assert now or town.of("mail", "zoe.wed")["archived"] is True


def test_a_rename_that_failed_and_is_withdrawn():
    town = Town(UNNUMBERED)
    town.live(ZOE)
    town.live(MARRIED, day=after(1), refuses=["mail"])
    town.live(ZOE, day=after(2))
    assert list(town.accounts["mail"]) == ["zoe"] and town.knows()["accounts"]["mail"] == {"name": "zoe"}


def told(line):
    return line["action"], line.get("failed"), line.get("msg", "")


def test_the_account_of_another_number_is_not_taken_over(town):
    museum = {"login": "zoe", "number": "X77", "groups": ["museum"], "details": {"sn": "Other"}}
    town.accounts["mail"]["zoe"] = copy.deepcopy(museum)
    assert town.live(ZOE) == {"drive +zoe", "net +zoe"}
    assert town.of("mail") == museum
    action, failed, msg = told(town.line("mail"))
    assert (action, failed) == ("refused", True) and "zoe has the employee number X77, not 1" in msg
    assert town.decide(ZOE).secrets == {}


def test_an_account_that_was_made_again_for_somebody_else_is_left_to_them(town):
    town.live(ZOE)
    town.of("mail")["number"] = "X77"
    held = copy.deepcopy(town.of("mail"))
    assert town.live({**ZOE, "job_title": "Clerk"}, day=after(1)) == {"drive ~zoe"}
    assert told(town.line("mail"))[:2] == ("refused", True)
    for day, person in ((2, {**ZOE, "on_leave": True}), (3, {**ZOE, "end_date": after(2).isoformat()})):
        town.live(person, day=after(day))
        assert told(town.line("mail"))[:2] == ("refused", True), "nobody may believe that the account is closed"
    town.live({**ZOE, "end_date": after(2).isoformat()}, day=after(40))
    assert town.of("mail") == held and not town.of("drive")
    assert town.live({**ZOE, "end_date": after(2).isoformat()}, day=after(41)) == set()
    assert not town.line("mail").get("failed"), "in the end it is nobody's any more"


def test_a_number_wins_over_a_name(town):
    """Remembered, or as the map says: with the number the account is found, whatever it is called."""
    mine = {"login": "fable.z", "number": "1", "groups": [], "details": {}}
    town.accounts["mail"] = {"fable.z": mine, "zoe": {**mine, "login": "zoe", "number": ""}}
    assert town.decide(ZOE).entries["mail"][0]["rename_from"] == "fable.z"
    town.accounts["mail"].pop("fable.z")
    town.live(ZOE)
    town.accounts["mail"]["fable.z"] = {**town.accounts["mail"].pop("zoe"), "login": "fable.z"}
    town.accounts["mail"]["zoe"] = {**mine, "login": "zoe", "number": "X77"}
    assert [(each["login"], each["rename_from"]) for each in town.decide(ZOE).entries["mail"]] == [("zoe", "fable.z")]


@pytest.mark.parametrize("people", [(ZOE, GUS), (GUS, ZOE)], ids=["first", "last"])
def test_an_account_is_not_given_to_somebody_while_it_is_that_of_another(people):
    """It has his number and her name."""
    town = Town(HANDED)
    town.accounts["mail"]["zoe"] = {"login": "zoe", "number": "2", "groups": ["staff"]}
    town.live(*people, quiet=False)
    action, failed, msg = told(town.line("mail"))
    assert (action, failed) == ("refused", True) and "zoe is that of gus" in msg
    assert town.accounts["mail"]["gus"]["number"] == "2" and "zoe" not in town.accounts["mail"]
    town.live(*people)
    assert {name: each["number"] for name, each in town.accounts["mail"].items()} == {"gus": "2", "zoe": "1"}


# Closing


def keyed(backend=FLAG):
    return replace(backend, before_closing={"keys": [{"user": "{account}", "state": "absent"}]})


def asked(town, *people, **more):
    return [each["user"] for each in town.decide(*people, **more).further["drive"]["keys"].entries]


AWAY = {**ZOE, "on_leave": True}


@pytest.mark.parametrize("trouble", ["refuses", "stumbles"])
def test_what_must_be_closed_first_and_failed_is_asked_for_again(trouble):
    town = Town(keyed())
    town.live(ZOE)
    town.live(AWAY, day=after(1), **{trouble: ["drive"]})
    assert town.of("drive")["enabled"] is (trouble == "refuses")
    assert asked(town, AWAY, day=after(2)) == ["zoe"] == asked(town, AWAY, day=after(3))
    town.live(AWAY, day=after(3))
    assert asked(town, AWAY, day=after(4)) == []


def test_an_account_opened_by_hand_while_somebody_is_away_is_closed_like_the_first_time():
    town = Town(keyed(), NUMBERED)
    town.live(ZOE, GUS)
    for number, away in enumerate((AWAY, {**ZOE, "end_date": after(4).isoformat()})):
        town.live(away, GUS, day=after(5 + number))
        assert town.line("drive")["closes"] is (number == 0), "what is closed already is not closed"
        assert asked(town, away, GUS, day=after(5 + number)) == []
        secret = town.of("mail")["secret"]
        town.of("drive")["enabled"] = True
        town.of("mail")["details"].pop("expire")
        made = town.decide(away, GUS, day=after(5 + number))
        assert [line["closes"] for line in made.lines if line["account"] == "zoe"] == [True, True]
        assert asked(town, away, GUS, day=after(5 + number)) == ["zoe"]
        town.live(away, GUS, day=after(5 + number))
        assert town.lets_in() == set()
        assert town.of("mail")["secret"] == secret + number, "who has left gets another random password"


def test_an_account_that_was_closed_by_hand_and_opened_by_hand_while_somebody_is_away(town):
    town.live(ZOE)
    town.of("drive")["enabled"] = False
    town.live(AWAY, day=after(1))
    town.of("drive")["enabled"] = True
    assert town.live(AWAY, day=after(2)) == {"drive ~zoe"} and town.line("drive")["closes"]
    town.live(ZOE, day=after(3))
    assert town.lets_in() == {"drive", "mail", "net"}


def test_groups_of_a_rule_that_is_no_more_are_not_given_back(town):
    town.live(ZOE)
    town.of("net")["groups"].append("choir")
    town.live(AWAY, day=after(1))
    assert town.knows()["accounts"]["net"]["had"] == {"groups": ["choir"], "roles": []}
    fewer = [{"when": {}, "grant": {"drive": {"groups": ["staff"]}}}]
    town.live(ZOE, day=after(2), rules=fewer)
    assert (town.of("net")["groups"], town.of("net")["roles"]) == (["choir"], [])


@pytest.mark.parametrize("option", ["subadmin_groups", "roles"])
def test_a_list_that_nobody_would_lose_again_cannot_be_granted(town, option):
    rule = {"when": {"department": "it"}, "grant": {"drive": {option: ["it"], "quota": "5 GB"}}}
    with pytest.raises(PeopleError, match=f"a rule grants {option} of drive, which nobody would lose again: only groups is managed there"):
        town.decide(ZOE, rules=[rule])
    town.backends = (replace(FLAG, memberships=("groups", option)), *BACKENDS[1:])
    town.live(ZOE, rules=[rule])
    assert town.of("drive")[option] == ["it"]


# Protected

STAGES = {
    "made early": (ZOE, -3, {}),
    "made": (ZOE, 0, {}),
    "on leave": (AWAY, 1, {}),
    "left": ({**ZOE, "end_date": DAY.isoformat()}, 1, {}),
    "gone": ({**ZOE, "end_date": DAY.isoformat()}, 60, {}),
    "sent away": (ZOE, 1, {"now": ["zoe"]}),
    "missing": (None, 1, {"missing": "suspend"}),
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("pattern", ["ZO*", "account-of-zoe"])
def test_whoever_is_protected_stays_as_they_are(stage, pattern):
    """By login, or by account."""
    person, day, more = STAGES[stage]
    town = Town(replace(FLAG, map={"userid": "account-of-{login}", "title": "{job_title}"}))
    if not stage.startswith("made"):
        town.live(ZOE, GUS)
    if stage == "gone":
        town.live(person, GUS, day=after(1))
    before = copy.deepcopy(town.of("drive", "account-of-zoe"))
    changed = town.live(*([{**person, "job_title": "King"}] if person else []), GUS, day=after(day), protected=[pattern], **more)
    assert "account-of-zoe" not in str(changed) and town.of("drive", "account-of-zoe") == before
    assert told(town.line("drive")) == ("refused", None, "it is protected, so it stays as it is")
    assert "entry" not in town.line("drive") and "zoe" not in town.decide(GUS, day=after(day), protected=[pattern]).secrets


def test_nobody_gets_the_name_of_a_protected_account():
    town = Town(HANDED)
    town.live(ZOE, protected=["root"])
    root = {**ZOE, "login": "root"}
    assert town.live(root, day=after(1), protected=["root"]) == set()
    town.backends = (replace(HANDED, map={"login": "{job_title}"}),)
    assert town.live({**ZOE, "job_title": "root"}, day=after(2), protected=["root"]) == set()
    assert list(town.accounts["mail"]) == ["zoe"] and town.line("mail")["action"] == "refused"


# The end


def test_a_last_day_is_not_forgotten_with_the_row_and_deletes_nobody(town):
    last = {**ZOE, "end_date": after(2).isoformat()}
    town.live(last, GUS)
    assert town.live(GUS, day=after(2)) == set(), "the last day is a day"
    town.live(GUS, day=after(3))
    assert town.lets_in() == set() and town.of("drive")["groups"] == [] and town.of("mail")["secret"] == 2
    for day in (33, 34, 900):
        assert town.live(GUS, day=after(day)) == set()
    town.live(last, GUS, day=after(901))
    assert not town.of("drive"), "with the row it is in the file"


def test_what_was_never_closed_is_closed_before_it_is_deleted(town):
    """Nobody handled it."""
    only = {"handled": ["preboarding", "active"]}
    town.live(ZOE, GUS)
    for day in (1, 20, 40):
        town.live(LEFT, GUS, day=after(day), **only)
    assert town.lets_in() == {"drive", "mail", "net"}
    town.live(LEFT, GUS, day=after(40))
    assert town.lets_in() == set() and {line["action"] for line in town.lines if line["account"] == "zoe"} == {"suspend"}
    assert town.of("mail")["forwarding"] == ["gus@example.org"]
    assert town.live(LEFT, GUS, day=after(69)) == set()
    assert town.live(LEFT, GUS, day=after(70)) == {"drive -zoe", "mail -zoe", "net -zoe"}


def test_what_could_never_be_closed_is_closed_before_it_is_deleted(town):
    """It always failed."""
    everywhere = {"refuses": ("drive", "mail", "net")}
    town.live(ZOE, GUS)
    for day in (1, 20, 40, 41):
        town.live(LEFT, GUS, day=after(day), **everywhere)
    assert town.lets_in() == {"drive", "mail", "net"}
    town.live(LEFT, GUS, day=after(42))
    assert town.lets_in() == set() and all(town.of(each) for each in ("drive", "mail", "net"))
    assert town.live(LEFT, GUS, day=after(71)) == set()
    assert town.live(LEFT, GUS, day=after(72)) == {"drive -zoe", "mail -zoe", "net -zoe"}


def test_what_somebody_left_is_taken_back_from_an_account_that_was_closed_by_hand(town):
    town.live(ZOE, GUS)
    town.of("mail")["details"]["expire"] = "Never"
    town.live(LEFT, GUS, day=after(1))
    assert town.of("mail")["forwarding"] == ["gus@example.org"] and town.of("mail")["secret"] == 1
    town.live(ZOE, GUS, day=after(2))
    assert town.of("mail")["forwarding"] == [] and town.of("mail")["details"]["expire"] == "Never"
    assert town.line("mail")["strange"] and "undo" not in str(town.state)


# Without memory, and by identity


def test_without_memory_a_closed_account_of_somebody_on_leave_is_ours(town):
    town.live(ZOE, GUS)
    town.live(AWAY, GUS, day=after(1))
    town.state = {}
    town.live(AWAY, GUS, day=after(2))
    town.live(ZOE, GUS, day=after(3))
    assert town.lets_in() == {"drive", "mail", "net"}


def test_without_memory_a_closed_account_before_the_first_day_is_ours(town):
    town.live(ZOE, day=after(-5))
    town.state = {}
    assert town.live(ZOE, day=after(-4)) == set()
    town.live(ZOE)
    assert town.lets_in() == {"drive", "mail", "net"}


def test_without_memory_a_closed_account_of_somebody_who_is_here_stays_closed(town):
    town.live(ZOE)
    town.of("drive")["enabled"] = False
    town.state = {}
    town.live(ZOE, day=after(1))
    assert town.lets_in() == {"mail", "net"} and town.line("drive")["strange"]


def test_who_is_adopted(town):
    town.live(ZOE)
    assert town.decide(ZOE, GUS).adopted == [], "they are remembered"
    town.state = {}
    assert town.decide(ZOE, GUS, MARRIED | {"login": "ida", "employee_number": "9"}).adopted == ["zoe"]
    town.accounts["drive"]["gus"] = {"userid": "gus", "enabled": True}
    assert town.decide(ZOE, GUS).adopted == ["gus", "zoe"], "one account is enough"


def test_how_many_people_of_the_file_have_an_account(town):
    assert town.decide(ZOE, GUS).known == 0
    town.live(ZOE, GUS)
    assert (town.decide(ZOE, GUS).known, town.decide(ZOE, HEAD).known) == (2, 1), "who is not in it does not count"
    town.accounts = {**town.accounts, "mail": {}, "net": {}}
    assert town.decide(ZOE, GUS).known == 2


def test_who_has_vanished(town):
    ida = {**HEAD, "start_date": after(90).isoformat()}
    gone = {"login": "old", "employee_number": "8", "end_date": after(-90).isoformat()}
    town.live(ZOE, GUS, ida, gone)
    assert town.decide(ZOE, GUS, ida, gone).vanished == []
    assert town.decide(MARRIED, PARTNER, ida, gone).vanished == [], "a new login is nobody gone"
    assert town.decide(GUS).vanished == ["zoe"], "who has no account is not missed"
    others = ({**ZOE, "login": "a", "employee_number": "91"}, {**GUS, "login": "b", "employee_number": "92"})
    assert sorted(town.decide(*others, ida).vanished) == ["gus", "zoe"], "as many people, and other ones"
    town.live(GUS, day=after(1))
    assert town.decide(GUS, day=after(2)).vanished == [], "it is told once"
    town.live(ZOE, GUS, day=after(3))
    assert town.decide(GUS, day=after(4)).vanished == ["zoe"]


def test_what_a_line_says_for_the_brakes(town):
    made = town.decide(ZOE, GUS)
    assert {line["new"] for line in made.lines} == {True}
    town.live(ZOE, GUS)
    town.accounts["net"].pop("gus")
    lines = {(line["backend"], line["person"]["login"]): line for line in town.decide({**ZOE, "department": "school"}, GUS).lines}
    assert not any(line["new"] for line in lines.values()), "one account more is nobody new"
    assert [lines[backend, "zoe"]["loses"] for backend in ("drive", "mail", "net")] == [True, False, True]
    assert not lines["drive", "gus"]["loses"] and not lines["net", "gus"]["loses"]
    town.live(ZOE, {**GUS, "email": "gus@example.org"})
    made = town.decide(MARRIED, {**GUS, "email": "gus@example.net"})
    assert {line["person"]["login"] for line in made.lines if line["renames"]} == {"zoe.wed"}, "an address is no name"


def test_what_stands_for_the_values(town):
    """Two plans with the same fields and other values are told apart, and the same plan is not."""

    def wanted(**more):
        return [line["wanted"] for line in town.decide({**ZOE, **more}).lines]

    town.live(ZOE)
    assert wanted() == wanted()
    it, school, roads = (wanted(department=each)[0] for each in ("it", "school", "roads"))
    assert len({it, school, roads}) == 3
    town.backends = (keyed(),)
    closing, left = (town.decide(AWAY, day=after(1)), town.decide(LEFT, day=after(1)))
    assert closing.lines[0]["wanted"] != left.lines[0]["wanted"]
    town.backends = (FLAG,)
    assert town.decide(AWAY, day=after(1)).lines[0]["wanted"] != closing.lines[0]["wanted"], "with the keys it is more"
