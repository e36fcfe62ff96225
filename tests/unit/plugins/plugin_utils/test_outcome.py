# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is made of the results of the modules."""

from __future__ import annotations

from ansible_collections.workplace.onboarding.plugins.plugin_utils.outcome import members_of, outcome, report, with_secrets
from ansible_collections.workplace.onboarding.plugins.plugin_utils.report import schema

AT = "2026-09-01T02:00:00Z"
HEAD = {"kind": "run", "run": "1", "at": AT, "people": 3}


def line(login, entry=None, action="update", backend="drive", **more):
    person = {"login": login, "employee_number": None, "display_name": None, "department": None, "site": None, "phase": "active"}
    place = {} if entry is None else {"entry": entry}
    return {"person": person, "backend": backend, "account": login, "action": action, "reason": "", **place, **more}


def item(**more):
    return {"name": "x", "action": "update", "changed": False, "failed": False, "msg": "", **more}


def plan(*lines, entries=(), further=None):
    return {"lines": list(lines), "entries": {"drive": list(entries)}, "further": {"drive": further or {}}}


def test_each_line_gets_what_became_of_its_entry():
    made = plan(line("gone", action="none"), line("zoe", 0), line("gus", 1), line("ivo", 2, action="create"))
    result = {
        "users": [item(changed=True, fields=["title"]), item(), item(failed=True, msg="no")],
        "diff": [{"before_header": "x", "before": {"title": "A"}, "after": {"title": "B"}}],
        "failed": True,
        "msg": "ivo: no",
    }
    gone, zoe, gus, ivo = outcome(made, {"drive": {"accounts": result}}, AT)
    assert (gone["action"], gone["changed"], gone["at"]) == ("none", False, AT)
    assert (zoe["changed"], zoe["fields"], zoe["before"], zoe["after"]) == (True, ["title"], {"title": "A"}, {"title": "B"})
    assert (gus["action"], gus["changed"]) == ("none", False), "an update of nothing is none"
    assert (ivo["failed"], ivo["msg"], ivo["action"]) == (True, "no", "create")


def test_a_call_that_failed_as_a_whole_failed_for_everybody_in_it():
    made = plan(line("zoe", 0), line("gus", 1), line("ivo", action="none"))
    lines = outcome(made, {"drive": {"accounts": {"failed": True, "msg": "Nextcloud: cannot be reached"}}}, AT)
    assert [(each["failed"], each.get("msg")) for each in lines] == [(True, "Nextcloud: cannot be reached")] * 2 + [(False, None)]


def test_what_was_never_asked_is_not_known_to_have_worked():
    (zoe,) = outcome(plan(line("zoe", 0)), {"drive": {"accounts": {"users": []}}}, AT)
    assert zoe["failed"] and zoe["msg"]


def test_further_modules_count_as_fields_of_the_account():
    further = {"groups": {"entries": [{}, {}, {}], "accounts": ["zoe", "gus", "ivo"], "rehearsable": 2}}
    made = plan(line("zoe", 0), line("gus", 1), line("ivo", 2, action="create"), further=further)
    users = {"users": [item(), item(changed=True, fields=["title"]), item(changed=True)]}
    groups = {"relations": [item(changed=True), item(failed=True, msg="no such group")]}
    zoe, gus, ivo = outcome(made, {"drive": {"accounts": users, "groups": groups}}, AT)
    assert (zoe["changed"], zoe["fields"], zoe["action"]) == (True, ["groups"], "update")
    assert (gus["failed"], gus["msg"], gus["fields"]) == (True, "no such group", ["title"])
    assert ivo["fields"] == ["groups"], "a rehearsal cannot ask about an account that does not exist yet"
    zoe, gus, ivo = outcome(made, {"drive": {"accounts": users, "groups": {"failed": True, "msg": "down"}}}, AT)
    assert all(each["failed"] and each["msg"] == "down" for each in (zoe, gus, ivo))


def test_the_secrets_of_the_entries():
    made = plan(
        line("zoe", 0, secret="password"),
        line("gus", 1, scramble="passwords.main"),
        line("ivo", 2, secret=""),
        line("kim", 3, secret="password"),
        entries=[{"userid": "zoe"}, {"userid": "gus", "passwords": {"other": 1}}, {"userid": "ivo"}, {"userid": "kim"}],
    )
    before = repr(made)
    zoe, gus, ivo, kim = with_secrets(made, {"zoe": {"drive": "s3cret", "mail": "x"}, "ivo": {"drive": "unasked"}}, "drive")
    assert zoe == {"userid": "zoe", "password": "s3cret"}
    assert gus["passwords"]["other"] == 1 and len(gus["passwords"]["main"]) > 20
    assert gus["passwords"]["main"] != with_secrets(made, {}, "drive")[1]["passwords"]["main"]
    assert (ivo, kim) == ({"userid": "ivo"}, {"userid": "kim"})
    assert repr(made) == before, "the plan itself stays without secrets"


def test_the_report_has_the_schema_and_says_what_to_rerun():
    made = plan(
        line("zoe", 0, notes=["it stays zoe"], secret="password", opens=True),
        line("gus", 1, action="create"),
        line("ivo", action="refused", msg="it is protected"),
        {"person": None, "backend": "drive", "account": "robot", "action": "none", "reason": "nobody of the file", "orphan": True},
    )
    users = {"users": [item(changed=True, fields=["title"]), item(changed=True, failed=True, msg="no")]}
    lines = outcome(made, {"drive": {"accounts": users}}, AT)
    told = report(lines, "run")
    _head, (zoe, gus, ivo, robot) = schema.checked(HEAD, told["lines"])
    assert (zoe["reason"], zoe["drift"], zoe["missing"]) == ("it stays zoe", False, False)
    assert (ivo["msg"], robot["orphan"]) == ("it is protected", True)
    assert told["rerun"] == ["gus"]
    assert told["said"] == ["drive: 4 accounts, 1 created, 1 changed, 1 of nobody, 1 refused, 1 failed"]
    audited = report(lines, "audit")
    assert [(each["drift"], each["missing"]) for each in audited["lines"]] == [(True, False), (False, True), (False, False), (False, False)]
    assert audited["said"] == ["drive: 4 accounts, 1 to create, 1 to change, 1 of nobody, 1 refused, 1 failed"]
    assert gus["action"] == "create"


def test_members_turned_round():
    objects = [{"dn": "uid=Zoe,o=x"}, {"dn": "uid=gus,o=x"}]
    groups = [
        {"dn": "cn=a", "attributes": {"uniqueMember": ["uid=zoe,o=x", "uid=gus,o=x"]}},
        {"dn": "cn=b", "attributes": {"uniqueMember": "UID=zoe,o=x"}},
        {"dn": "cn=c", "attributes": {}},
    ]
    assert {dn: each["groups"] for dn, each in members_of(objects, groups, "dn", "uniqueMember").items()} == {
        "uid=Zoe,o=x": ["cn=a", "cn=b"],
        "uid=gus,o=x": ["cn=a"],
    }
