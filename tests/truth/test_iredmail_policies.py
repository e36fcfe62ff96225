# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of the contract on mailing lists, policies of the mail filters, and exports, in both editions."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.truth.iredmail_client import Client

JANE, BOB = "jane@example.com", "bob@example.com"
NEWS = "news@example.com"


@pytest.fixture(scope="module")
def shared_lab():
    with Lab() as lab:
        yield lab


@pytest.fixture(params=["mysql", "ldap"])
def client(shared_lab, request):
    panel = shared_lab.iredmail
    panel.reset(edition=request.param)
    panel.seed(domains=[{"domain": "example.com"}], users=[{"mail": mail, "password": "Correct-Horse1!"} for mail in (JANE, BOB)])
    client = Client(shared_lab)
    client.log_in()
    return client


@pytest.fixture
def ldap(client):
    if client.edition == "sql":
        pytest.skip("of the LDAP edition")
    return client


def kept(client: Client) -> dict:
    return client.stored("lists", NEWS)


# Lists that can be subscribed to (contract 4.6)


def test_a_new_list_has_defaults(client):
    client.post(f"ml/{NEWS}", name="News")
    profile = client.read(f"ml/{NEWS}")
    flags = {name: profile[name] for name in profile if profile[name] in ("yes", "no")}
    assert {name for name, value in flags.items() if value == "yes"} == {
        "only_subscriber_can_post",
        "disable_retrieving_old_posts",
        "only_subscriber_can_get_old_posts",
        "disable_retrieving_subscribers",
        "disable_send_copy_to_sender",
    }
    assert len(flags) == 19
    assert profile["owner"] == profile["moderators"] == ["postmaster@example.com"]
    assert "subscribers" not in profile


def test_a_change_without_the_name_blanks_it(client):
    client.post(f"ml/{NEWS}", name="News")
    client.put(f"ml/{NEWS}", subject_prefix="[n]")
    assert (kept(client)["name"], kept(client)["subject_prefix"]) == ("", "[n]")


@pytest.mark.parametrize(
    ("sent", "policy"),
    [
        ({"only_moderator_can_post": "no"}, "moderatorsonly"),
        ({"only_subscriber_can_post": "no"}, "membersonly"),
        ({"only_moderator_can_post": "no", "only_subscriber_can_post": "yes"}, "moderatorsonly"),
        ({"accessPolicy": "domain"}, "domain"),
        ({"accessPolicy": "domain", "only_subscriber_can_post": "no"}, "membersonly"),
        ({"accessPolicy": "nonsense"}, "public"),
        ({}, "public"),
    ],
)
def test_the_mere_presence_of_a_flag_moves_the_policy(client, sent, policy):
    client.post(f"ml/{NEWS}")
    client.put(f"ml/{NEWS}", **sent)
    assert kept(client)["access_policy"] == policy
    profile = client.read(f"ml/{NEWS}")
    assert profile["accesspolicy" if client.edition == "sql" else "accessPolicy"] == (policy if client.edition == "sql" else [policy])


def test_only_moderators_post(client):
    client.post(f"ml/{NEWS}")
    client.put(f"ml/{NEWS}", only_moderator_can_post="yes")
    profile = client.read(f"ml/{NEWS}")
    assert (profile["moderated"], profile["only_subscriber_can_post"], profile["only_moderator_can_post"]) == ("yes", "no", "yes")


def test_moderated_subscriptions(client):
    client.post(f"ml/{NEWS}")
    client.put(f"ml/{NEWS}", subscription_moderators=f"{JANE},bad")
    assert (kept(client)["subscription_moderators"], client.read(f"ml/{NEWS}")["moderate_subscription"]) == ([JANE], "yes")
    client.put(f"ml/{NEWS}", subscription_moderators="bad")
    assert (kept(client)["subscription_moderators"], client.read(f"ml/{NEWS}")["moderate_subscription"]) == ([], "yes")
    client.put(f"ml/{NEWS}", subscription_moderators=JANE)
    client.put(f"ml/{NEWS}", moderate_subscription="no")
    assert (kept(client)["subscription_moderators"], client.read(f"ml/{NEWS}")["moderate_subscription"]) == ([], "no")


def test_headers_read_back_larger_than_sent(client):
    client.post(f"ml/{NEWS}", custom_headers="X-One: 1\nnonsense\r\nX-Two: a:b", remove_headers="Received,X-Old:")
    profile = client.read(f"ml/{NEWS}")
    assert profile["custom_headers"] == ["X-One: 1", "X-Two: a:b", f"X-Mailing-List: {NEWS}", f"Reply-To: {NEWS}"]
    assert profile["remove_headers"] == ["Received:", "X-Old:", "DKIM-Signature:", "Authentication-Results:"]
    client.panel.knobs.header_colon_crash = True
    crashed = client.send("PUT", f"ml/{NEWS}", {"name": "New", "custom_headers": "X-Link: https://example.com"})
    assert (crashed.status_code, crashed.text) == (500, "internal server error")
    assert kept(client)["name"] == ""


def test_confirmation_is_the_default_and_makes_no_member(client):
    client.post(f"ml/{NEWS}", subscribers=f"{JANE},bad")
    client.put(f"ml/{NEWS}", add_subscribers=JANE)
    assert client.read(f"ml/{NEWS}", params={"with_subscribers": "yes"})["subscribers"] == []
    assert [(mail["kind"], mail["to"]) for mail in client.panel.mails] == [("subscription", JANE)] * 2
    client.panel.seed(confirm={NEWS: [JANE]})
    assert client.read(f"ml/{NEWS}", params={"with_subscribers": "yes"})["subscribers"] == [{"mail": JANE, "subscription": "normal"}]
    client.put(f"ml/{NEWS}", add_subscribers=JANE)
    assert len(client.panel.mails) == 2


def test_kinds_of_subscribers(client):
    client.post(f"ml/{NEWS}", subscribers=JANE, require_confirm="no")
    client.put(f"ml/{NEWS}", add_subscribers=f"{JANE},{BOB}", require_confirm="no", subscription="nomail")
    client.panel.knobs.ml_subscribers_shape = "strings"
    assert client.read(f"ml/{NEWS}", params={"with_subscribers": "yes"})["subscribers"] == [JANE, BOB, JANE]
    client.put(f"ml/{NEWS}", remove_subscribers=JANE)
    assert kept(client)["subscribers"] == {"normal": [], "nomail": [BOB]}


def test_other_options_of_a_list(client):
    client.post(f"ml/{NEWS}", max_message_size="10240", subject_prefix="[n]", footer_text="Bye")
    client.put(f"ml/{NEWS}", max_message_size="lots", extra_addresses=f"more@example.com,{JANE}", owner=f"{JANE},bad", moderators="")
    assert [kept(client)[key] for key in ("max_message_size", "extra_addresses", "owner", "moderators")] == [
        10240,
        ["more@example.com"],
        [JANE],
        [],
    ]
    client.put(
        f"ml/{NEWS}", max_message_size="", subject_prefix="", is_newsletter="yes", newsletter_description="About", accountStatus="disabled"
    )
    client.panel.change_knobs({"ml_shape": "nested", "ml_size_shape": "string"})
    profile = client.read(f"ml/{NEWS}")
    assert (profile["options"]["max_message_size"], profile["options"]["is_newsletter"], profile["options"]["footer_text"]) == (
        "0",
        "yes",
        "Bye",
    )
    assert "footer_text" not in profile
    assert kept(client)["active"] is False


def test_the_archive_is_kept_unless_the_query_says_otherwise(client):
    for mail, options in (
        (NEWS, {"params": {"keep_archive": "no"}}),
        ("b@example.com", {"form": {"keep_archive": "no"}}),
        ("c@example.com", {}),
    ):
        client.post(f"ml/{mail}")
        assert client.reason("DELETE", f"ml/{mail}", **options) is None
    assert client.panel.state()["archived_lists"] == ["b@example.com", "c@example.com"]


def test_a_list_that_is_not_there(client):
    assert client.reason("PUT", "ml/none@example.com", {"name": "x"}) == "NO_SUCH_ACCOUNT"
    assert client.reason("DELETE", "ml/none@example.com") == (None if client.edition == "sql" else "ACCOUNT_NOT_EXIST")
    client.panel.knobs.missing_ml_delete = "error" if client.edition == "sql" else "success"
    assert client.reason("DELETE", "ml/none@example.com") == ("ACCOUNT_NOT_EXIST" if client.edition == "sql" else None)


@pytest.mark.parametrize("trouble", ["wrong-token", "no-token", "refused-address", "down"])
def test_the_list_daemon_may_be_set_up_wrongly(client, trouble):
    client.panel.knobs.ml_daemon = trouble
    reasons = {client.reason(method, f"ml/{NEWS}", {"name": "x"}) for method in ("GET", "POST", "PUT", "DELETE")}
    assert len(reasons) == 1 and None not in reasons
    assert client.panel.state()["lists"] == {}


# Lists that cannot be subscribed to (contract 4.7)


def test_ldap_lists(ldap):
    ldap.post("maillist/all@example.com", name="All", members=f"{JANE},nobody@example.com", accessPolicy="domain")
    profile = ldap.read("maillist/all@example.com")
    assert (profile["cn"], profile["accessPolicy"], profile["members"]) == (["All"], ["domain"], [JANE])
    assert ldap.read(f"user/{JANE}")["memberOfGroup"] == ["all@example.com"]
    ldap.put("maillist/all@example.com", addMember=BOB, removeMember=JANE, accountStatus="disabled")
    assert ldap.read("maillist/all@example.com")["members"] == [BOB]
    ldap.panel.knobs.ldap_list_members_key = None
    assert "members" not in ldap.read("maillist/all@example.com")
    ldap.post(f"ml/{NEWS}")
    for address in ("all@example.com", NEWS, "none@example.com"):
        ldap.must("DELETE", f"maillist/{address}")
    assert "memberOfGroup" not in ldap.read(f"user/{BOB}")
    assert (ldap.panel.state()["lists"], ldap.panel.state()["archived_lists"]) == ({}, [NEWS])


def test_ldap_lists_on_sql(client):
    if client.edition == "sql":
        assert client.send("GET", "maillist/all@example.com").status_code == 404
        client.panel.knobs.maillist_on_sql = "json"
        assert client.reason("POST", "maillist/all@example.com") == "INVALID_ACTION"


# Spam policies (contract 4.8)


@pytest.mark.parametrize("place", ["global", "domain/example.com", f"user/{JANE}"])
def test_spam_policies(client, place):
    path = f"spampolicy/{place}"
    assert client.read(path) == {}
    client.put(path, bypass_spam_checks="yes", spam_score="6.5", always_insert_x_spam_headers="yes", quarantine_banned="yes")
    row = client.read(path)
    assert row["policy_name"] == {"global": "@.", "domain/example.com": "@example.com"}.get(place, JANE)
    assert (row["bypass_spam_checks"], row["spam_lover"], row["bypass_virus_checks"]) == ("Y", "Y", "N")
    assert (row["virus_quarantine_to"], row["banned_quarantine_to"], row["spam_quarantine_to"]) == (
        "virus-quarantine",
        "banned-quarantine",
        "",
    )
    assert (row["spam_tag_level"], row["spam_tag2_level"], row["spam_kill_level"], row["spam_subject_tag2"]) == (-100, 6.5, 6.5, "")
    client.put(path, quarantine_virus="no", prefix_spam_in_subject="yes", spam_score="much", banned_rulenames="Allow_A")
    row = client.read(path)
    assert (row["bypass_spam_checks"], row["virus_quarantine_to"], row["spam_tag2_level"], row["spam_subject_tag2"]) == (
        "N",
        "",
        None,
        "[SPAM] ",
    )
    assert row["banned_rulenames"] == "Allow_A"
    client.must("DELETE", path)
    assert client.read(path) == {}


def test_other_readings_of_spam_policies(client):
    client.panel.change_knobs({"spampolicy_put": "merge", "spampolicy_shape": "params", "spampolicy_empty": "null"})
    assert client.read("spampolicy/global") is None
    client.put("spampolicy/global", bypass_spam_checks="yes", spam_score="4")
    client.put("spampolicy/global", quarantine_spam="yes")
    policy = client.read("spampolicy/global")
    assert (policy["bypass_spam_checks"], policy["quarantine_spam"], policy["spam_score"]) == ("yes", "yes", 4)
    client.panel.knobs.banned_rulenames = False
    client.put("spampolicy/global", banned_rulenames="A")
    assert "banned_rulenames" not in client.read("spampolicy/global")


# Throttling (contract 4.9)


def test_throttling(client):
    for account, key, priority in (("global", "@.", 0), ("example.com", "@example.com", 60), (JANE, JANE, 100)):
        path = f"throttle/{account}/outbound"
        client.post(path, period="60", msg_size="1", max_msgs="-1", max_quota="3")
        row = {"account": key, "kind": "outbound", "priority": priority, "period": 60, "msg_size": 1, "max_msgs": -1, "max_quota": 3}
        assert client.read(path) == row
        client.post(path, period="120", max_msgs="x")
        assert client.read(path) == row | {"period": 120, "msg_size": 0, "max_msgs": 0, "max_quota": 0}
        assert client.read(f"throttle/{account}/inbound") == {}
    assert client.reason("POST", path, {"max_msgs": "1"}) == "INVALID_PARAM"


def test_other_readings_of_throttling(client):
    client.panel.change_knobs({"throttle_omitted": "keep", "throttle_zero_row": "remove", "throttle_empty": "list"})
    path = "throttle/global/inbound"
    client.post(path, period="60", max_msgs="5")
    client.post(path, period="90")
    assert (client.read(path)["period"], client.read(path)["max_msgs"]) == (90, 5)
    client.post(path, period="60", msg_size="0", max_msgs="0", max_quota="0")
    assert client.read(path) == []


# Whitelists and blacklists (contract 4.10)


def test_white_and_black(client):
    path = f"wblist/inbound/whitelist/{JANE}"
    sent = "A@b.test,192.0.2.1,192.0.2.0/24,2001:DB8::/32,@b.test,@.b.test,@.,192.0.2.1/24,*@b.test,b.test"
    client.post(path, addresses=sent)
    assert set(client.read(path)) == {"a@b.test", "192.0.2.1", "192.0.2.0/24", "2001:db8::/32", "@b.test", "@.b.test", "@."}
    client.post(f"wblist/inbound/blacklist/{JANE}", addresses="a@b.test,z@b.test")
    client.post(f"wblist/outbound/blacklist/{JANE}", addresses="a@b.test")
    assert client.read(f"wblist/inbound/blacklist/{JANE}") == ["z@b.test"]
    assert client.read(f"wblist/outbound/blacklist/{JANE}") == ["a@b.test"]
    client.put(f"wblist/inbound/blacklist/{JANE}", addresses="@b.test,none@b.test")
    assert "@b.test" in client.read(path)
    client.must("DELETE", path)
    assert (client.read(path), client.read(f"wblist/inbound/blacklist/{JANE}")) == ([], ["z@b.test"])


def test_other_readings_of_white_and_black(client):
    path = "wblist/inbound/{}/global"
    client.post(path.format("whitelist"), addresses="a@b.test")
    client.panel.change_knobs({"wblist_shape": "rows", "conflict_colour": "error"})
    assert client.reason("POST", path.format("blacklist"), {"addresses": "a@b.test"}).startswith("IntegrityError(")
    assert client.read(path.format("whitelist")) == {"whitelist": [{"address": "a@b.test"}], "blacklist": []}
    assert client.read(path.format("blacklist")) == {"whitelist": [], "blacklist": []}


# Greylisting (contract 4.11)


def test_greylisting(client):
    for account in ("global", "example.com", JANE):
        assert client.read(f"greylisting/{account}") == {}
        client.post(f"greylisting/{account}", status="enable")
        for wrong in ({"status": "inherit"}, {"status": "enabled"}, {}):
            assert client.reason("POST", f"greylisting/{account}", wrong) == "INVALID_PARAM"
    rows = client.read("greylisting/all")
    assert [(row["account"], row["priority"], row["active"]) for row in rows] == [("@.", 0, 1), ("@example.com", 60, 1), (JANE, 100, 1)]
    client.panel.knobs.greylisting_shape = "rows"
    assert client.read(f"greylisting/{JANE}") == [rows[2]]
    client.panel.knobs.greylisting_shape = "status"
    assert client.read(f"greylisting/{JANE}") == {"status": "enable"}
    client.must("DELETE", f"greylisting/{JANE}")
    client.must("DELETE", f"greylisting/{JANE}")
    client.panel.knobs.greylisting_empty = "null"
    assert client.read(f"greylisting/{JANE}") is None


def test_automatic_senders(client):
    path = "greylisting/global/whitelists"
    client.post("greylisting/whitelist_spf_domains", domains="bigmail.test,bad")
    client.post(path, addSenders="192.0.2.1,@.,bad")
    client.panel.seed(spf_cron={"bigmail.test": ["198.51.100.0/24", "192.0.2.1"], "other.test": ["203.0.113.1"]})
    rows = client.read(path)
    assert [(row["sender"], row["comment"]) for row in rows] == [("192.0.2.1", ""), ("198.51.100.0/24", "AUTO-UPDATE: bigmail.test")]
    client.panel.knobs.greylisting_whitelist_shape = "rows_without_comments"
    assert client.read(path)[1] == {"account": "@.", "sender": "198.51.100.0/24"}
    client.panel.knobs.greylisting_whitelist_shape = "strings"
    client.post(path, senders="@a.test")
    assert client.read(path) == ["@a.test"]
    client.post("greylisting/whitelist_spf_domains", removeDomains="bigmail.test", addDomains="more.test")
    assert client.panel.state()["spf_domains"] == ["more.test"]
    assert client.send("GET", "greylisting/whitelist_spf_domains").status_code == 405


# Exports (contract 4.12)


def test_exports(ldap):
    ldap.panel.seed(
        domains=[{"domain": "example.com", "catchall": [JANE], "quota": 1024, "disabled_user_profiles": ["bcc", "relay"]}],
        users=[{"mail": JANE, "name": "Jørn"}],
        aliases=[{"mail": "sales@example.com", "members": [JANE]}],
        lists=[{"mail": NEWS}],
        ldap_lists=[{"mail": "all@example.com", "members": [BOB]}],
    )
    text = ldap.read(f"ldif/user/{JANE}")
    assert text.startswith(f"dn: mail={JANE},ou=Users,domainName=example.com,")
    assert "userPassword: {SSHA512}" in text and "cn:: SsO4cm4=\n" in text and "mailboxFolder: Maildir" in text
    assert "accountSetting: domainQuota:1:GB\n" in ldap.read("ldif/domain/example.com")
    assert f"mailForwardingAddress: {JANE}" in ldap.read("ldif/catchall/example.com")
    for kind, mail in (("admin", ldap.panel.username), ("alias", "sales@example.com"), ("maillist", NEWS), ("maillist", "all@example.com")):
        assert f"mail: {mail}" in ldap.read(f"ldif/{kind}/{mail}")
    assert ldap.reason("GET", "ldif/user/none@example.com") == "NO_SUCH_ACCOUNT"
    ldap.panel.knobs.ldif_shape = "structure"
    assert ldap.read(f"ldif/user/{BOB}")["attributes"]["mail"] == [BOB]
    ldap.panel.knobs.ldif_shape = "plain"
    answer = ldap.send("GET", f"ldif/user/{BOB}")
    assert answer.headers["content-type"] == "text/plain" and answer.text.startswith("dn: ")


def test_no_exports_on_sql(client):
    if client.edition == "sql":
        assert client.send("GET", f"ldif/user/{JANE}").status_code == 404
