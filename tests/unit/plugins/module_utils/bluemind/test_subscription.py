# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

HERE = {"domain": "example.org"}
OFFICE = "mailbox:acls-ms-office"


def subscriptions(server, uid):
    return server.entry(uid).subscriptions


def test_one_call_for_each_user(office):
    wishes = [{"user": user, "kind": "mailbox", "owner": owner} for user in ("coral", "gus") for owner in ("office", "press", "hazel")]
    office.ok("bluemind_subscription", **HERE, subscriptions=wishes, offline_sync=None)
    assert office.wrote() == [f"POST users/subscriptions/{uid}/_subscribe" for uid in ("u-coral", "u-gus")]
    assert [each["containerUid"] for each in office.sent()] == [OFFICE, "mailbox:acls-ms-press", "mailbox:acls-u-hazel"]
    office.quiet("bluemind_subscription", **HERE, subscriptions=wishes)
    office.ok("bluemind_subscription", **HERE, subscriptions=wishes, state="absent")
    assert office.wrote() == [f"POST users/subscriptions/{uid}/_unsubscribe" for uid in ("u-coral", "u-gus")]


def test_offline_copies(office):
    office.ok("bluemind_subscription", **HERE, user="coral", kind="mailbox", owner="office", offline_sync=True)
    assert office.sent()[0]["offlineSync"] is True
    office.ok("bluemind_subscription", **HERE, user="coral", kind="mailbox", owner="office", offline_sync=False)
    assert office.wrote() == [f"DELETE containers/_manage/{OFFICE}/u-coral/offlineSync"]
    office.ok("bluemind_subscription", **HERE, user="coral", kind="mailbox", owner="office", offline_sync=True)
    assert office.wrote() == [f"PUT containers/_manage/{OFFICE}/u-coral/offlineSync"]


def test_mounting_is_of_the_fifth_generation(office4):
    message = office4.bad("bluemind_subscription", **HERE, user="coral", kind="mailbox", owner="office", automount=False)
    assert "automount cannot be set: BlueMind 4 mounts every subscription" in message
    office4.ok("bluemind_subscription", **HERE, user="coral", kind="mailbox", owner="office")
    assert "automount" not in office4.sent()[0]


def test_mounted_by_default_and_not_for_ever(office5):
    office5.ok("bluemind_subscription", **HERE, user="coral", container=OFFICE)
    assert subscriptions(office5, "u-coral")[OFFICE] == {"offlineSync": False, "automount": True}
    office5.ok("bluemind_subscription", **HERE, user="coral", container=OFFICE, automount=False, offline_sync=True)
    assert subscriptions(office5, "u-coral")[OFFICE] == {"offlineSync": True, "automount": False}


def test_their_own_stays(office):
    for kind in ("calendar", "contacts", "todolist"):
        message = office.bad("bluemind_subscription", **HERE, user="coral", kind=kind, owner="coral", state="absent")
        assert "users keep the subscriptions to what is their own" in message
    office.ok("bluemind_subscription", **HERE, user="coral", kind="contacts", owner="example.org", state="absent")


def test_what_does_not_exist_is_refused_by_name_and_absent_already(office):
    for wish, why in (
        ({"user": "nobody", "kind": "mailbox", "owner": "office"}, "no user is called nobody"),
        ({"user": "office", "kind": "mailbox", "owner": "office"}, "no user is called office"),
        ({"user": "coral", "kind": "mailbox", "owner": "nothing"}, "is called nothing"),
        ({"user": "coral", "container": "calendar:Default:gone"}, "there is no container calendar:Default:gone"),
    ):
        assert why in office.bad("bluemind_subscription", **HERE, **wish)
        office.quiet("bluemind_subscription", **HERE, **wish, state="absent")


def test_exactly_these_shares(office):
    own = [{"user": "coral", "kind": kind, "owner": "coral"} for kind in ("calendar", "contacts", "todolist")]
    office.ok("bluemind_subscription", **HERE, user="coral", subscriptions=[{"container": OFFICE}, {"kind": "calendar", "owner": "gus"}])
    wish = {**HERE, "subscriptions": [*own, {"user": "coral", "container": OFFICE}], "prune": True, "prune_limit": "9"}
    result = office.ok("bluemind_subscription", **wish, prune_scope={**HERE, "user": "coral@example.org"})
    assert result["summary"]["deleted"] == 2 and "calendar:Default:u-gus" not in subscriptions(office, "u-coral")
    assert "calendar:Default:u-coral" in subscriptions(office, "u-coral") and OFFICE in subscriptions(office, "u-coral")
    assert "both domain and user" in office.bad("bluemind_subscription", **wish, prune_scope="all")
    message = office.bad("bluemind_subscription", **wish, prune_scope={**HERE, "user": "corral"})
    assert "no user of example.org is called corral" in message and office.wrote() == []


def test_who_looks_at_a_container(office):
    for user in ("coral", "gus"):
        office.ok("bluemind_subscription", **HERE, user=user, container=OFFICE, offline_sync=True)
    rows = office.ok("bluemind_subscription_info", **HERE, kind="mailbox", owner="office")["subscriptions"]
    assert [(row["user"], row["owner"], row["offline_sync"]) for row in rows] == [("coral", "office", True), ("gus", "office", True)]
    assert office.ok("bluemind_subscription_info", **HERE, container=OFFICE)["subscriptions"] == rows
    assert "no user is called nobody" in office.bad("bluemind_subscription_info", **HERE, user="nobody")
    assert "give user, or container" in office.bad("bluemind_subscription_info", **HERE)
