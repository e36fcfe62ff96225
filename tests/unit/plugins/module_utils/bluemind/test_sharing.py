# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends.bluemind_world import DOMAIN, person

HERE = {"domain": "example.org"}
EVERYBODY = DOMAIN["uid"]


def rights(*pairs):
    return [{"subject": subject, "verb": verb} for subject, verb in pairs]


def of(kind, owner, *pairs, mode="add"):
    return {**HERE, "kind": kind, "owner": owner, "entries": rights(*pairs), "entries_mode": mode}


def stored(server, container):
    return sorted(map(tuple, server.backend.store.containers[container].acl))


def given(server, container):
    """What is stored for others than the owner: BlueMind 5 shows its rights as if they were stored."""
    return [pair for pair in stored(server, container) if pair[0] != "u-coral"]


def shown(server, **where):
    (found,) = server.ok("bluemind_sharing_info", **where)["containers"]
    return [(entry["subject"], entry["verb"]) for entry in found["entries"]]


def test_the_owner_keeps_everything(office):
    calendar = "calendar:Default:u-coral"
    office.ok("bluemind_sharing", **of("calendar", "coral", ("gus", "Read")))
    assert office.wrote() == [f"PUT containers/_manage/{calendar}/_acl"]
    assert stored(office, calendar) == sorted([("u-coral", "All"), (EVERYBODY, "Invitation"), ("u-gus", "Read")])
    office.ok("bluemind_sharing", **HERE, kind="calendar", owner="coral", entries=[], entries_mode="set")
    assert stored(office, calendar) == [("u-coral", "All")]
    assert "coral is the owner" in office.bad("bluemind_sharing", **of("calendar", "coral", ("coral", "All"), mode="remove"))
    office.quiet("bluemind_sharing", **of("calendar", "coral", ("coral", "Read"), mode="set"))


def test_one_person_by_any_name(office):
    for name in ("gus", "gus@example.org", "gus@example.com", "u-gus", "GUS"):
        office.ok("bluemind_sharing", **of("mailbox", "coral", (name, "Read")))
    assert given(office, "mailbox:acls-u-coral") == [("u-gus", "Read")]
    office.quiet("bluemind_sharing", **of("mailbox", "coral", ("gus", "Read"), ("u-gus", "Read"), mode="set"))
    office.quiet("bluemind_sharing", container="mailbox:acls-u-coral", entries=rights(("gus", "Read")))


def test_what_is_implied_is_there(office):
    office.ok("bluemind_sharing", **of("mailbox", "coral", ("gus", "Read"), ("gus", "Write")))
    assert given(office, "mailbox:acls-u-coral") == [("u-gus", "Write")]
    office.quiet("bluemind_sharing", **of("mailbox", "coral", ("gus", "Read"), ("gus", "Invitation")))
    office.quiet("bluemind_sharing", **of("mailbox", "coral", ("gus", "Read"), ("gus", "Write"), mode="set"))
    assert shown(office, **HERE, owner="coral", kind="mailbox") == [("gus", "Write")]


def test_what_implies_a_removed_right_goes_with_it(office):
    office.ok("bluemind_sharing", **of("mailbox", "coral", ("gus", "All"), ("hazel", "Read")))
    office.ok("bluemind_sharing", **of("mailbox", "coral", ("gus", "Read"), mode="remove"))
    assert given(office, "mailbox:acls-u-coral") == [("u-hazel", "Read")]
    office.quiet("bluemind_sharing", **of("mailbox", "coral", ("hazel", "Write"), mode="remove"))
    office.ok("bluemind_sharing", **HERE, kind="mailbox", owner="coral", entries=[{"subject": "hazel"}], entries_mode="remove")
    assert given(office, "mailbox:acls-u-coral") == []


def test_less_than_before(office):
    office.ok("bluemind_sharing", **of("mailbox", "coral", ("gus", "Write")))
    assert office.ok("bluemind_sharing", **of("mailbox", "coral", ("gus", "Read"), mode="set"))["changed"]
    assert given(office, "mailbox:acls-u-coral") == [("u-gus", "Read")]


def test_who_writes_to_a_mailshare_may_send_as_it(office5):
    office5.ok("bluemind_sharing", **of("mailbox", "office", ("gus", "Write"), ("hazel", "Read")))
    assert stored(office5, "mailbox:acls-ms-office") == [("u-gus", "SendAs"), ("u-gus", "Write"), ("u-hazel", "Read")]
    office5.quiet("bluemind_sharing", **of("mailbox", "office", ("gus", "Write"), ("hazel", "Read"), mode="set"))
    office5.quiet("bluemind_sharing", **of("mailbox", "office", ("gus", "SendAs")))
    assert shown(office5, **HERE, owner="office") == [("gus", "Write"), ("hazel", "Read")]
    office5.ok("bluemind_sharing", **of("mailbox", "office", ("gus", "Read"), ("hazel", "Read"), mode="set"))
    assert stored(office5, "mailbox:acls-ms-office") == [("u-gus", "Read"), ("u-hazel", "Read")]


@pytest.mark.parametrize("verb", ["SendAs", "ReadExtended", "Visible"])
def test_verbs_of_the_next_generation(office4, verb):
    assert f"BlueMind 4 has no verb {verb}" in office4.bad("bluemind_sharing", **of("mailbox", "coral", ("gus", verb)))


def test_everybody(office):
    office.ok("bluemind_sharing", **of("calendar", "coral", ("example.com", "Freebusy"), mode="set"))
    assert shown(office, **HERE, owner="coral", kind="calendar") == [("example.org", "Freebusy")]
    assert "cannot be shared with everybody" in office.bad("bluemind_sharing", **of("mailbox", "coral", ("example.org", "Read")))
    office.ok("bluemind_sharing", **of("mailbox", "office", ("example.org", "Read")))
    office.ok("bluemind_sharing", **of("contacts", "example.org", ("staff", "Write")))
    assert office.wrote() == [f"PUT containers/_manage/addressbook_{EVERYBODY}/_acl"]


def test_a_user_wins_over_a_group_of_the_same_name(office):
    office.backend.seed(groups=[{**HERE, "name": "gus"}], acls={"mailbox:acls-u-coral": [["g-gus", "Read"]]})
    assert shown(office, **HERE, owner="coral", kind="mailbox") == [("g-gus", "Read")]
    office.ok("bluemind_sharing", **of("mailbox", "coral", ("gus", "Write")))
    assert given(office, "mailbox:acls-u-coral") == [("g-gus", "Read"), ("u-gus", "Write")]
    office.ok("bluemind_sharing", **of("mailbox", "coral", ("g-gus", "Read"), mode="remove"))
    assert given(office, "mailbox:acls-u-coral") == [("u-gus", "Write")]


def test_who_is_gone_stays_until_removed(office):
    office.backend.seed(acls={"mailbox:acls-u-coral": [["u-gone", "Read"], ["u-gus", "Read"]]})
    office.quiet("bluemind_sharing", **of("mailbox", "coral", ("u-gone", "Read"), ("gus", "Read"), mode="set"))
    office.ok("bluemind_sharing", **HERE, kind="mailbox", owner="coral", entries=[{"subject": "u-gone"}], entries_mode="remove")
    assert given(office, "mailbox:acls-u-coral") == [("u-gus", "Read")]
    assert "no user and no group of example.org is called u-gone" in office.bad(
        "bluemind_sharing", **of("mailbox", "coral", ("u-gone", "Read"))
    )


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (of("mailbox", "nobody", ("gus", "Read")), "no user or mailshare is called nobody in example.org"),
        (of("todolist", "office", ("gus", "Read")), "no user is called office"),
        (of("calendar", "coral", ("nobody", "Read")), "is called nobody"),
        (of("calendar", "coral", ("office", "Read")), "is called office"),
        ({"container": "calendar:Default:nobody", "entries": []}, "there is no container calendar:Default:nobody"),
        ({"container": "calendar:Default:u-gus", "kind": "calendar", "owner": "coral", **HERE}, "was given beside it"),
        ({"domain": "nowhere.example", "kind": "calendar", "owner": "coral"}, "there is no domain nowhere.example"),
    ],
)
def test_what_does_not_exist_is_refused_by_name(office, wish, why):
    assert why in office.bad("bluemind_sharing", **wish)
    assert office.wrote() == []


def test_bad_input_is_refused_before_the_first_request(office):
    assert "verb must be given for gus" in office.bad(
        "bluemind_sharing", **HERE, kind="mailbox", owner="coral", entries=[{"subject": "gus"}]
    )
    assert "kind and owner and domain" in office.bad("bluemind_sharing", kind="mailbox", owner="coral")
    assert len(office.backend.log) == 0


def test_a_further_calendar_by_its_uid(office):
    office.backend.seed(containers=[{**HERE, "uid": "calendar:UserCreated:7", "name": "Trips", "owner": "u-coral", "type": "calendar"}])
    office.ok("bluemind_sharing", container="calendar:UserCreated:7", entries=rights(("staff", "Read")))
    (found,) = office.ok("bluemind_sharing_info", container="calendar:UserCreated:7")["containers"]
    assert "kind" not in found and found["entries"] == rights(("staff", "Read"))


def test_a_resource_by_its_name_is_managed_by_its_calendar(office):
    office.ok("bluemind_sharing", **of("calendar", "Library", ("coral", "Manage")))
    assert ("u-coral", "Manage") in stored(office, "calendar:r-library")


def test_few_requests_for_one_and_for_many(office):
    wish = of("calendar", "coral", ("gus", "Read"))
    office.ok("bluemind_sharing", **wish)
    office.quiet("bluemind_sharing", **wish)
    assert len(office.read()) <= 5, office.read()
    logins = [f"person{number}" for number in range(40)]
    office.backend.seed(users=[person(login) for login in logins])
    many = [{"kind": "calendar", "owner": login, "entries": rights((logins[number - 1], "Read"))} for number, login in enumerate(logins)]
    office.ok("bluemind_sharing", **HERE, containers=many)
    office.quiet("bluemind_sharing", **HERE, containers=many)
    # Once each mailboxes, directory, descriptors and the version, and the rights of each container.
    assert len(office.read()) == 4 + 40, office.read()


def test_who_works_with_it_keeps_managing_it(office):
    office.backend.seed(
        users=[person("dora", password="Dora-s-passphrase", roles=["manageMailbox", "manageGroup"])],
        acls={"calendar:Default:u-coral": [["u-coral", "All"], ["u-dora", "Manage"]]},
    )
    dora = {"api_url": office.backend.url, "api_username": "dora@example.org", "api_password": "Dora-s-passphrase"}
    message = office.bad("bluemind_sharing", account=dora, container="calendar:Default:u-coral", **HERE, entries=[], entries_mode="set")
    assert "without Manage it could not go on" in message and office.wrote() == []
