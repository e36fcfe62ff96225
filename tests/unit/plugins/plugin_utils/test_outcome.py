# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is made of the results of the modules."""

from __future__ import annotations

from ansible_collections.workplace.onboarding.plugins.plugin_utils.outcome import agreed, members_of, outcome, report, with_secrets
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


# What is carried out after a rehearsal


def rehearsed(made, *results):
    """The lines of a rehearsal, one result for each entry of drive."""
    return outcome(made, {"drive": {"accounts": {"users": [item(**each) for each in results]}}}, AT)


MORE = {"owners": {"zoe": {}}, "warnings": ["w"], "vanished": [], "adopted": []}


def whole(**more):
    """Five entries of drive: one is to be made, one is settled, one failed, one changes, one was deleted."""
    lines = [
        line("zoe", 0, action="create", secret="password"),
        line("none", action="none"),
        line("gus", 1),
        line("ivo", 2, action="suspend", scramble="password", closes=True),
        line("kim", 3, action="create", secret="password"),
        line("ada", 4, action="delete"),
    ]
    accounts = ["zoe", "gus", "ivo", "kim", "ada", "ivo"]
    entries = [{"of": name, "n": number} for number, name in enumerate(accounts)]
    further = {
        "keys": {"entries": entries, "accounts": accounts, "rehearsable": 4},
        "none": {"entries": [], "accounts": [], "rehearsable": 0},
    }
    made = plan(*lines, entries=[{"userid": name} for name in ("zoe", "gus", "ivo", "kim", "ada")], further=further)
    secrets = {"zoe": ["drive"], "kim": ["drive", "mail"]}
    return {**made, "secrets": secrets, "state": {"people": []}, **MORE, **more}


RESULTS = ({"changed": True}, {}, {"changed": True, "fields": ["enabled"]}, {"failed": True, "msg": "no"}, {"changed": True})


def test_what_failed_in_the_rehearsal_is_not_written():
    made = whole()
    before = repr(made)
    out = agreed(made, rehearsed(made, *RESULTS))
    assert repr(made) == before
    kim = out["lines"][4]
    assert (kim["failed"], kim["msg"]) == (True, "no") and "entry" not in kim and "settled" not in kim
    assert {"userid": "kim"} not in out["entries"]["drive"] and "kim" not in out["further"]["drive"]["keys"]["accounts"]
    assert {name: out[name] for name in ("state", *MORE)} == {name: made[name] for name in ("state", *MORE)}


def test_what_would_change_nothing_is_settled():
    out = agreed(whole(), rehearsed(whole(), *RESULTS))
    _zoe, none, gus, *_others = out["lines"]
    assert gus["settled"] is True and "entry" not in gus and not gus.get("failed")
    assert none == line("none", action="none"), "of whom there is nothing to see to is not settled"
    assert {"userid": "gus"} not in out["entries"]["drive"] and "gus" not in out["further"]["drive"]["keys"]["accounts"]


def test_entries_further_entries_and_secrets_follow():
    out = agreed(whole(), rehearsed(whole(), *RESULTS))
    assert out["entries"] == {"drive": [{"userid": "zoe"}, {"userid": "ivo"}, {"userid": "ada"}]}
    entered = {each["account"]: each["entry"] for each in out["lines"] if "entry" in each}
    assert entered == {"zoe": 0, "ivo": 1, "ada": 2}
    keys = out["further"]["drive"]["keys"]
    assert keys["accounts"] == ["zoe", "ivo", "ada", "ivo"] == [each["of"] for each in keys["entries"]]
    assert keys["rehearsable"] == 4, "in earnest all are asked"
    assert out["further"]["drive"]["none"] == {"entries": [], "accounts": [], "rehearsable": 0}
    assert out["secrets"] == {"zoe": ["drive"]}, "for whom nothing is made no secret is made up"
    zoe, ivo, ada = with_secrets(out, {"zoe": {"drive": "s3cret"}}, "drive")
    assert (zoe["password"], ada) == ("s3cret", {"userid": "ada"}) and ivo["password"].startswith("Aa1-")
    done = outcome(out, {"drive": {"accounts": {"users": [item(changed=True)] * 3}, "keys": {"users": [item()] * 4}}}, AT)
    assert [each["failed"] for each in done] == [False, False, False, False, True, False]


def test_the_same_account_on_two_backends_is_judged_twice():
    made = plan(line("zoe", 0), line("zoe", 0, backend="mail"), entries=[{"userid": "zoe"}])
    further = {"entries": [{}], "accounts": ["zoe"], "rehearsable": 1}
    made = {
        **made,
        "secrets": {},
        "entries": {**made["entries"], "mail": [{"login": "zoe"}]},
        "further": {"drive": {"x": further}, "mail": {"x": further}},
    }
    told = {"drive": {"accounts": {"users": [item(failed=True)]}}, "mail": {"accounts": {"users": [item(changed=True)]}}}
    out = agreed(made, outcome(made, told, AT))
    assert out["entries"] == {"drive": [], "mail": [{"login": "zoe"}]}
    assert [out["further"][each]["x"]["accounts"] for each in ("drive", "mail")] == [[], ["zoe"]]


def test_a_rehearsal_that_knew_nothing_agrees_to_nothing():
    """A backend that did not answer it."""
    made = whole()
    down = {"failed": True, "msg": "cannot be reached"}
    for told in ({"accounts": down}, {"accounts": {}}, {"accounts": down, "keys": down}):
        out = agreed(made, outcome(made, {"drive": told}, AT))
        assert out["entries"] == {"drive": []} and out["further"]["drive"]["keys"]["entries"] == [] and out["secrets"] == {}
        assert [each.get("failed", False) for each in out["lines"]] == [True, False, True, True, True, True]


def test_a_loop_that_hides_its_failures_does_not():
    """What a loop with failed_when: false returns of an item that failed: nothing but the message."""
    further = {"keys": {"entries": [{}] * 3, "accounts": ["zoe", "gus", "ivo"], "rehearsable": 3}}
    made = plan(line("zoe", 0), line("gus", 1), line("ivo", 2), further=further)
    hidden = {"failed": False, "failed_when_result": False}
    results = [{**hidden, "changed": False, "msg": "HTTP 500"}, {**hidden, "changed": True}, {**hidden, "changed": False, "msg": ""}]
    told = {"accounts": {"users": [item(changed=True, fields=["archived"]), item(), item()]}, "keys": {"users": results}}
    zoe, gus, ivo = outcome(made, {"drive": told}, AT)
    assert (zoe["failed"], zoe["msg"], zoe["changed"], zoe["fields"]) == (True, "HTTP 500", True, ["archived"])
    assert (gus["failed"], gus["changed"], gus["fields"]) == (False, True, ["keys"])
    assert (ivo["failed"], ivo["changed"]) == (False, False)
    assert report([zoe, gus, ivo], "run")["rerun"] == ["zoe"]


def test_two_reasons_are_told_both():
    further = {"keys": {"entries": [{}], "accounts": ["zoe"], "rehearsable": 1}}
    made = plan(line("zoe", 0), further=further)
    told = {"accounts": {"users": [item(failed=True, msg="no")]}, "keys": {"users": [item(failed=True, msg="nor this")]}}
    (zoe,) = outcome(made, {"drive": told}, AT)
    assert (zoe["failed"], zoe["msg"]) == (True, "no; nor this")


def test_nobody_stays_open_because_something_beside_the_account_failed():
    """Whoever may not delete keys may still close the account; the line fails again then."""
    keys = {"api_keys": {"entries": [{}, {}, {}], "accounts": ["zoe", "gus", "ivo"], "rehearsable": 3}}
    made = plan(
        line("zoe", 0, action="suspend", closes=True),
        line("gus", 1, action="suspend", closes=True),
        line("ivo", 2, action="update"),
        entries=["zoe", "gus", "ivo"],
        further=keys,
    ) | {"secrets": {}}
    results = {
        "accounts": {"users": [item(changed=True), item(failed=True, msg="no"), item(changed=True)]},
        "api_keys": {"users": [{"failed_when_result": False, "msg": "may not"}] * 3},
    }
    lines = outcome(made, {"drive": results}, AT)
    assert [each["failed"] for each in lines] == [True] * 3
    out = agreed(made, lines)
    assert out["entries"]["drive"] == ["zoe"], "gus himself was refused, and ivo is not being closed"
    assert out["further"]["drive"]["api_keys"]["accounts"] == ["zoe"]
