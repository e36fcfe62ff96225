# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of the contract on accounts and domains that no exchange covers, in both editions."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.truth.iredmail_client import Client

PASSWORD = "Correct-Horse1!"
JANE, BOB = "jane@example.com", "bob@example.com"


@pytest.fixture(scope="module")
def shared_lab():
    with Lab() as lab:
        yield lab


def prepared(lab: Lab, edition: str) -> Client:
    panel = lab.iredmail
    lab.clock.reset()
    panel.reset(edition=edition)
    panel.seed(
        domains=[{"domain": "example.com", "name": "Example", "default_quota": 512, "max_user_quota": 2048, "language": "en_US"}],
        users=[{"mail": JANE, "name": "Jane", "password": PASSWORD, "quota": 100}, {"mail": BOB, "name": "Bob", "password": PASSWORD}],
    )
    client = Client(lab)
    assert client.log_in().json() == {"_success": True}
    return client


@pytest.fixture(params=["mysql", "ldap"])
def client(shared_lab, request):
    return prepared(shared_lab, request.param)


@pytest.fixture
def sql(shared_lab):
    return prepared(shared_lab, "mysql")


@pytest.fixture
def ldap(shared_lab):
    return prepared(shared_lab, "ldap")


def as_delegate(client: Client) -> Client:
    """The same panel, as a normal admin who manages example.com as well."""
    client.panel.seed(domains=[{"domain": "example.com", "admins": [client.panel.delegated.username]}])
    client.panel.seed(domains=[{"domain": "example.org"}], users=[{"mail": "eve@example.org", "password": PASSWORD}])
    other = Client(client.lab)
    assert other.log_in(*client.panel.delegated).json()["_success"]
    return other


# Values (contract 2)


def test_items_are_lowered_and_split_without_trimming(client):
    client.put(f"user/{JANE}", forwarding=" A@B.test,c@d.test, e@f.test,,a@b.test,nonsense ")
    assert client.stored("users", JANE)["forwarding"] == ["a@b.test", "c@d.test"]
    client.panel.knobs.csv_items = "trim"
    client.put(f"user/{JANE}", forwarding="a@b.test, e@f.test")
    assert client.stored("users", JANE)["forwarding"] == ["a@b.test", "e@f.test"]


@pytest.mark.parametrize(
    ("sent", "active"), [("active", 1), ("enable", 1), ("yes", 1), ("1", 1), ("disabled", 0), ("enabled", 0), ("true", 0), ("", 0)]
)
def test_statuses(sql, sent, active):
    sql.put(f"user/{JANE}", accountStatus=sent)
    assert sql.read(f"user/{JANE}")["active"] == active


@pytest.mark.parametrize(("sent", "granted"), [("yes", True), ("true", False), ("Yes", False), ("1", False), ("", False)])
def test_only_the_literal_yes_makes_a_global_admin(client, sent, granted):
    client.panel.seed(users=[{"mail": JANE, "is_global_admin": True}])
    client.put(f"user/{JANE}", isGlobalAdmin=sent)
    assert client.stored("users", JANE)["is_global_admin"] is granted


def test_what_is_no_number_is_ignored(client):
    client.put(f"user/{JANE}", quota="lots")
    client.put(f"user/{JANE}", quota="")
    client.put("domain/example.com", quota="1.5", numberOfUsers="")
    assert client.stored("users", JANE)["quota"] == 100
    assert client.stored("domains", "example.com")["users_limit"] == 0


def test_an_unknown_language_is_stored_as_nothing(client):
    client.put(f"user/{JANE}", language="de_DE")
    assert client.stored("users", JANE)["language"] == "de_DE"
    client.put(f"user/{JANE}", language="xx_XX")
    assert client.stored("users", JANE)["language"] == ""
    assert "preferredLanguage" not in client.read(f"user/{JANE}")


def test_names_of_parameters_are_case_sensitive(client):
    client.put(f"user/{JANE}", Name="Other", employeeID="E1", addforwarding="a@b.test")
    assert client.stored("users", JANE)["name"] == "Jane"
    assert client.stored("users", JANE)["employee_id"] == ""


@pytest.mark.parametrize(("winner", "aliases"), [("reset", ["a@example.com"]), ("incremental", ["b@example.com"])])
def test_a_reset_and_an_addition_at_once(client, winner, aliases):
    client.panel.knobs.conflict_winner = winner
    client.put(f"user/{JANE}", aliases="a@example.com", addAlias="b@example.com")
    assert client.stored("users", JANE)["aliases"] == aliases


# Domains (contract 4.2, 5.1)


def test_a_new_domain(client):
    client.post("domain/new.example", senderBcc="a@b.test", accountStatus="disabled", numberOfLists="7", catchall="a@b.test")
    made = client.stored("domains", "new.example")
    assert (made["active"], made["sender_bcc"], made["catchall"], made["transport"]) == (True, "", [], "dovecot")
    assert made["lists_limit"] == (7 if client.edition == "ldap" else 0)
    assert made["services"] == ["mail", "domainalias", "senderbcc", "recipientbcc"]
    client.put("domain/new.example", numberOfLists="9")
    assert client.stored("domains", "new.example")["lists_limit"] != 9


def test_names_of_domains_and_of_their_aliases_are_one_set(client):
    client.put("domain/example.com", aliasDomains="example.net,delegated.example,not-one")
    assert client.stored("domains", "example.com")["alias_domains"] == ["example.net"]
    assert client.reason("POST", "domain/example.net") == "ALREADY_EXISTS"
    client.panel.knobs.taken_alias_domain = "error"
    assert client.reason("PUT", "domain/example.com", {"addAliasDomain": "delegated.example"}) == "ALREADY_EXISTS"
    client.put("domain/example.com", removeAliasDomain="example.net")
    client.post("domain/example.net")


def test_backup_mx(client):
    client.put("domain/example.com", transport="lmtp:unix:private/dovecot-lmtp")
    client.put("domain/example.com", is_backupmx="yes")
    assert client.stored("domains", "example.com")["transport"] == "relay:"
    client.put("domain/example.com", is_backupmx="yes", primarymx="[MX.example.net]:25")
    assert client.stored("domains", "example.com")["transport"] == "relay:[MX.example.net]:25"
    client.put("domain/example.com", is_backupmx="no")
    assert client.stored("domains", "example.com")["transport"] == "dovecot"
    client.put("domain/example.com", transport="")
    assert client.stored("domains", "example.com")["transport"] == "dovecot"


def test_backup_mx_in_the_panels_own_spelling(client):
    client.panel.change_knobs({"relay_form": "normalised", "backupmx_off": "restore"})
    client.put("domain/example.com", transport="lmtp:x", outboundRelay="smtp:[192.0.2.9]:25")
    client.put("domain/example.com", is_backupmx="yes", primarymx="[MX.example.net]:2525")
    kept = client.stored("domains", "example.com")
    assert (kept["transport"], kept["relay"]) == ("relay:[mx.example.net]:2525", "smtp:192.0.2.9")
    client.put("domain/example.com", is_backupmx="no")
    assert client.stored("domains", "example.com")["transport"] == "lmtp:x"


def test_what_a_domain_hides_is_changed_step_by_step(client):
    client.put("domain/example.com", disableUserProfile="bcc,relay,nonsense", disableDomainProfile="password_policies")
    client.put("domain/example.com", disableUserProfile="aliases", enableUserProfile="relay")
    profile = client.read("domain/example.com")
    settings = profile["settings" if client.edition == "sql" else "accountSetting"]
    names = (
        ("disabled_user_profiles", "disabled_domain_profiles")
        if client.edition == "sql"
        else ("disabledUserProfile", "disabledDomainProfile")
    )
    assert [settings[name] for name in names] == [["bcc", "aliases"], ["password_policies"]]


def test_services_of_a_domain(client):
    client.put("domain/example.com", services="self-service,mail,nonsense")
    kept = set(client.stored("domains", "example.com")["services"])
    if client.edition == "ldap":
        assert kept == {"self-service", "mail"}
    else:
        assert client.read("domain/example.com")["settings"]["enabled_services"] == ["self-service"]
    client.put("domain/example.com", services="")
    assert "self-service" not in client.stored("domains", "example.com")["services"]


def test_an_sql_domain(sql):
    sql.panel.seed(
        domains=[{"domain": "example.com", "aliases_limit": 5, "quota": 2048, "sender_bcc": "a@b.test", "alias_domains": ["example.net"]}]
    )
    profile = sql.read("domain/example.com")
    assert (profile["aliases"], profile["maxquota"], profile["quota"], profile["active"]) == (5, 2048, 0, 1)
    assert "a@b.test" not in str(profile) and "example.net" not in str(profile)
    sql.panel.change_knobs(sql.panel.readings["2-sql-keys-snake"])
    profile = sql.read("domain/example.com")
    assert (profile["sender_bcc"], profile["recipient_bcc"], profile["alias_domains"], profile["allocated_quota"]) == (
        "a@b.test",
        "",
        ["example.net"],
        100,
    )
    sql.panel.knobs.settings_shape = "string"
    assert sql.read("domain/example.com")["settings"] == "default_user_quota:512;max_user_quota:2048;default_language:en_US;"


@pytest.mark.parametrize(("quota", "shown"), [(20480, "20:GB"), (1048576, "1:TB"), (1500, "1500:MB")])
def test_the_unit_of_an_ldap_domains_quota(ldap, quota, shown):
    ldap.put("domain/example.com", quota=quota)
    assert ldap.read("domain/example.com")["accountSetting"]["domainQuota"] == shown
    ldap.put("domain/example.com", quota=0)
    assert "domainQuota" not in ldap.read("domain/example.com")["accountSetting"]


def test_domain_quota_below_what_is_allocated(client):
    client.put("domain/example.com", quota="50")
    client.panel.knobs.small_domain_quota = "refuse"
    assert client.reason("PUT", "domain/example.com", {"quota": "60"}) == "EXCEEDED_DOMAIN_QUOTA_SIZE"
    assert client.stored("domains", "example.com")["quota"] == 50


def test_a_domain_takes_everything_with_it(client):
    client.panel.seed(
        aliases=[{"mail": "sales@example.com"}],
        lists=[{"mail": "news@example.com"}],
        greylisting_settings={JANE: True, "example.com": True, "global": True},
        users=[{"mail": "pat@delegated.example", "password": PASSWORD, "forwarding": [JANE, "x@y.test"]}],
    )
    client.must("DELETE", "domain/example.com/keep_mailbox_days/7")
    state = client.panel.state()
    assert (list(state["users"]), state["aliases"], state["lists"]) == (["pat@delegated.example"], {}, {})
    assert state["greylisting"] == {"@.": True}
    assert state["users"]["pat@delegated.example"]["forwarding"] == ["x@y.test"]
    assert [mailbox["due"] - client.lab.clock.now() for mailbox in state["deleted_mailboxes"]] == pytest.approx([7 * 86400] * 2, abs=60)


def test_managing_admins(client):
    client.put("domain/admins/example.com", addAdmin=f"{JANE},nobody@example.com,{client.panel.delegated.username}")
    assert client.stored("domains", "example.com")["admins"] == [client.panel.delegated.username, JANE]
    profile = client.read(f"user/{JANE}")
    if client.edition == "sql":
        assert (profile["isadmin"], profile["managed_domains"]) == (1, ["example.com"])
    else:
        assert "domainadmin" in profile["enabledService"]
        assert client.read("domain/example.com")["domainAdmin"] == [client.panel.delegated.username, JANE]
    client.put("domain/admins/example.com", removeAllAdmins="no")
    assert client.stored("domains", "example.com")["admins"] == []
    assert client.stored("users", JANE)["is_admin"] is False


# Users (contract 4.4, 5.2)


def test_a_new_user_takes_what_only_a_creation_takes(client):
    client.post("user/kim@example.com", password=PASSWORD, employeeid="E1", accountStatus="disabled", aliases="k@example.com")
    made = client.stored("users", "kim@example.com")
    assert (made["employee_id"], made["active"], made["aliases"]) == ("", True, [])
    assert (made["quota"], made["language"], made["mailbox_format"], made["mailbox_folder"]) == (512, "en_US", "maildir", "Maildir")
    profile = client.read("user/kim@example.com")
    if client.edition == "sql":
        assert (profile["forwardings"], profile["name"]) == (["kim@example.com"], "")
    else:
        assert "mailForwardingAddress" not in profile
        assert profile["cn"] == ["kim"]
        assert {"mail", "forward", "displayedInGlobalAddressBook"} <= set(profile["enabledService"])


@pytest.mark.parametrize(("sent", "on_sql", "on_ldap"), [("0", 0, 512), ("", 512, 512), ("300", 300, 300), ("9000", 2048, 2048)])
def test_the_quota_of_a_new_user(client, sent, on_sql, on_ldap):
    client.post("user/kim@example.com", password=PASSWORD, quota=sent)
    assert client.stored("users", "kim@example.com")["quota"] == (on_sql if client.edition == "sql" else on_ldap)


def test_the_domains_quota_is_a_wall(client):
    client.panel.seed(domains=[{"domain": "example.com", "quota": 700}])
    assert client.reason("POST", "user/kim@example.com", {"password": PASSWORD, "quota": "601"}) == "EXCEEDED_DOMAIN_QUOTA_SIZE"
    client.post("user/kim@example.com", password=PASSWORD, quota="600")
    assert client.reason("PUT", f"user/{JANE}", {"quota": "101"}) == "EXCEEDED_DOMAIN_QUOTA_SIZE"
    client.put(f"user/{JANE}", quota="90")
    client.must("DELETE", "user/kim@example.com")
    client.put(f"user/{JANE}", quota="700")


def test_quota_units_of_the_editions(client):
    client.put(f"user/{JANE}", quota="2")
    profile = client.read(f"user/{JANE}")
    assert profile.get("quota") == 2 if client.edition == "sql" else profile["mailQuota"] == [str(2 * 1024**2)]
    client.panel.seed(users=[{"mail": JANE, "quota": 1, "quota_bytes": 1500000}])
    if client.edition == "ldap":
        assert client.read(f"user/{JANE}")["mailQuota"] == ["1500000"]
    client.put(f"user/{JANE}", quota="0")
    profile = client.read(f"user/{JANE}")
    assert profile["quota"] == 0 if client.edition == "sql" else "mailQuota" not in profile


def test_where_an_account_cannot_be_made(client):
    client.put("domain/example.com", aliasDomains="example.net")
    missing = "INVALID_DOMAIN_NAME" if client.edition == "sql" else "NO_SUCH_DOMAIN"
    for kind in ("user", "alias", "ml"):
        for domain in ("absent.example", "example.net"):
            assert client.reason("POST", f"{kind}/kim@{domain}", {"password": PASSWORD}) == missing
    client.put("domain/example.com", numberOfUsers="-1", numberOfAliases="-1")
    assert client.reason("POST", "user/kim@example.com", {"password": PASSWORD}) == "EXCEEDED_DOMAIN_ACCOUNT_LIMIT"
    assert client.reason("POST", "alias/kim@example.com") == "EXCEEDED_DOMAIN_ACCOUNT_LIMIT"


def test_one_namespace(client):
    """Contract 10.3."""
    client.put(f"user/{JANE}", aliases="own@example.com")
    client.post("alias/sales@example.com")
    client.post("ml/news@example.com", extra_addresses="extra@example.com,sales@example.com")
    taken = [JANE, "own@example.com", "sales@example.com", "news@example.com", "extra@example.com"]
    if client.edition == "ldap":
        client.post("maillist/all@example.com")
        taken.append("all@example.com")
    for kind in ("user", "alias", "ml", *(["maillist"] if client.edition == "ldap" else [])):
        for address in taken:
            assert client.reason("POST", f"{kind}/{address}", {"password": PASSWORD}) == "ALREADY_EXISTS"
    client.put(f"user/{BOB}", aliases=",".join([*taken, "b@example.com"]))
    assert client.stored("users", BOB)["aliases"] == ["b@example.com"]
    client.put(f"user/{JANE}", aliases="")
    client.post("alias/own@example.com")
    client.must("DELETE", "ml/news@example.com")
    client.post("alias/extra@example.com")


def test_an_alias_of_a_user_is_no_alias_account(client):
    client.put(f"user/{JANE}", aliases=f"own@example.com,{JANE},own@delegated.example,own@absent.example,bad")
    assert client.stored("users", JANE)["aliases"] == ["own@example.com"]
    assert client.reason("GET", "alias/own@example.com") == "NO_SUCH_ACCOUNT"
    assert client.read("aliases/example.com") == []
    client.panel.knobs.cross_domain_alias = True
    client.put(f"user/{JANE}", addAlias="own@delegated.example,own@absent.example")
    assert client.stored("users", JANE)["aliases"] == ["own@example.com", "own@delegated.example"]


def test_forwarding(client):
    client.put(f"user/{JANE}", addForwarding="x@y.test")
    # On SQL the mailbox's own row stays, so that a copy is kept; LDAP has none.
    assert client.stored("users", JANE)["forwarding"] == ([JANE, "x@y.test"] if client.edition == "sql" else ["x@y.test"])
    client.put(f"user/{JANE}", forwarding=f"nobody@example.com,{BOB}")
    assert client.stored("users", JANE)["forwarding"] == ([BOB, "nobody@example.com"] if client.edition == "sql" else [BOB])
    client.put(f"user/{JANE}", forwarding="")
    profile = client.read(f"user/{JANE}")
    assert profile["forwardings"] == [JANE] if client.edition == "sql" else "mailForwardingAddress" not in profile


def test_services_that_sql_has_no_column_for(sql):
    sql.put(f"user/{JANE}", addService="smtptls,managesievetls,vpn", removeService="pop3")
    profile = sql.read(f"user/{JANE}")
    assert not profile.keys() & {"enablesmtptls", "enablemanagesievetls", "enablevpn"}
    assert (profile["enablepop3"], profile["enableimap"]) == (0, 1)
    sql.put(f"user/{JANE}", services="smtp")
    profile = sql.read(f"user/{JANE}")
    assert (profile["enablesmtp"], profile["enableimap"], profile["enablesogo"]) == (1, 0, 0)
    assert (profile["enableinternal"], profile["enablelmtp"], profile["enabledoveadm"]) == (1, 1, 1)
    sql.panel.knobs.columns_missing = []
    sql.put(f"user/{JANE}", addService="smtptls")
    assert sql.read(f"user/{JANE}")["enablesmtptls"] == 1


def test_a_reset_of_services_on_ldap_is_a_trap(ldap):
    ldap.put(f"user/{JANE}", addService="vpn", removeService="pop3")
    services = ldap.read(f"user/{JANE}")["enabledService"]
    assert {"vpn", "mail", "lmtp", "displayedInGlobalAddressBook"} <= set(services) and "pop3" not in services
    ldap.put(f"user/{JANE}", services="smtp,displayedInGlobalAddressBook")
    assert set(ldap.read(f"user/{JANE}")["enabledService"]) == {"smtp", "displayedinglobaladdressbook"}


def test_mailbox_layout(client):
    client.post("user/kim@example.com", password=PASSWORD, mailboxFormat="sdbox", mailboxFolder="MixedCase", maildir="/Data/Node/Kim/Box")
    made = client.stored("users", "kim@example.com")
    assert (made["mailbox_format"], made["mailbox_folder"], made["storage"]) == ("sdbox", "MixedCase", ["/data", "node", "kim/box/"])
    profile = client.read("user/kim@example.com")
    if client.edition == "sql":
        assert (profile["mailboxformat"], profile["maildir"]) == ("sdbox", "kim/box/")
    else:
        assert profile["homeDirectory"] == ["/data/node/kim/box/"]
        assert not {"mailboxFormat", "mailboxFolder"} & profile.keys()
        assert "mailboxFormat: sdbox" in ldif_of(client, "kim@example.com")
    client.put("user/kim@example.com", mailboxFormat="mbox", mailboxFolder="no/slash", maildir="relative")
    again = client.stored("users", "kim@example.com")
    assert [again[key] for key in ("mailbox_format", "mailbox_folder", "storage")] == ["sdbox", "MixedCase", ["/data", "node", "kim/box/"]]


def ldif_of(client: Client, mail: str) -> str:
    return client.read(f"ldif/user/{mail}")


def test_names_and_phones_are_for_ldap(client):
    client.put(f"user/{JANE}", gn="Jane", sn="Doe", telephoneNumber="1,2", mobile="3", employeeid="E9")
    kept = client.stored("users", JANE)
    assert kept["employee_id"] == "E9"
    assert (kept["given_name"], kept["mobiles"]) == (("Jane", ["3"]) if client.edition == "ldap" else ("", []))


def test_bcc(client):
    client.put(f"user/{JANE}", senderBcc="Audit@Example.com", recipientBcc="nonsense")
    assert (client.stored("users", JANE)["sender_bcc"], client.stored("users", JANE)["recipient_bcc"]) == ("audit@example.com", "")
    assert ("audit@example.com" in str(client.read(f"user/{JANE}"))) is (client.edition == "ldap")
    assert "audit@example.com" not in str(client.read("users/example.com"))


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        ("", {"PW_EMPTY"}),
        ("Pässword-1", {"PW_NON_ASCII"}),
        ("12345678", {"PW_NO_LETTER", "PW_NO_UPPERCASE", "PW_NO_SPECIAL_CHAR"}),
        ("Abcdefg-", {"PW_NO_DIGIT_NUMBER"}),
        ("Ab-1", {"PW_SHORTER_THAN_MIN_LENGTH"}),
    ],
)
def test_password_policy(client, password, codes):
    assert set(client.reason("POST", "user/kim@example.com", {"password": password}).split(",")) == codes
    assert set(client.reason("PUT", f"user/{JANE}", {"password": password, "name": "Changed"}).split(",")) == codes
    assert client.stored("users", JANE)["name"] == "Jane"


def test_lengths_of_the_domain_override_the_panels(client):
    client.put("domain/example.com", minPasswordLength="4", maxPasswordLength="20")
    client.post("user/kim@example.com", password="Ab-1")
    assert client.reason("POST", "user/lee@example.com", {"password": PASSWORD + "x" * 20}) == "PW_GREATER_THAN_MAX_LENGTH"
    client.put("domain/example.com", minPasswordLength="")
    assert client.reason("POST", "user/lee@example.com", {"password": "Ab-1"}) == "PW_SHORTER_THAN_MIN_LENGTH"


def test_a_password_is_needed_and_a_hash_skips_the_policy(client):
    assert client.reason("POST", "user/kim@example.com", {"name": "Kim"}) == "PW_EMPTY"
    for wrong in ("{BLF-CRYPT}x", "{ssha}x", "plain", ""):
        assert client.reason("POST", "user/kim@example.com", {"password_hash": wrong}) == "INVALID_PASSWORD_SCHEME"
    client.post("user/kim@example.com", password_hash="{PLAIN}x")
    assert client.reason("POST", "verify_password/user/kim@example.com", {"password": "x"}) is None


def test_verifying_a_password(client):
    def verify(mail, password=PASSWORD):
        return client.reason("POST", f"verify_password/user/{mail}", {"password": password})

    before = client.stored("users", JANE)["password_changed"]
    assert [verify(JANE), verify(JANE, "Other-1x"), verify("nobody@example.com")] == [None, "INVALID_CREDENTIALS", "INVALID_CREDENTIALS"]
    client.panel.seed(users=[{"mail": JANE, "active": False}])
    assert verify(JANE) == ("INVALID_CREDENTIALS" if client.edition == "sql" else None)
    client.panel.knobs.verify_inactive = "check" if client.edition == "sql" else "fail"
    assert verify(JANE) == (None if client.edition == "sql" else "INVALID_CREDENTIALS")
    client.lab.clock.advance(86400)
    client.log_in()
    client.put(f"user/{JANE}", password=PASSWORD)
    assert client.stored("users", JANE)["password_changed"] > before


def test_hashes_are_hidden(client):
    key, path = ("password" if client.edition == "sql" else "userPassword"), f"user/{JANE}"
    assert key not in client.read(path)
    client.panel.knobs.hidden_profiles = []
    shown = client.read(path)[key]
    assert (shown if client.edition == "sql" else shown[0]).startswith("{SSHA512}")
    assert "password" not in str(client.read("users/example.com")) if client.edition == "ldap" else True


def test_renaming_repoints_everything(client):
    client.panel.seed(
        domains=[{"domain": "example.com", "admins": [JANE], "catchall": [JANE]}],
        users=[{"mail": BOB, "forwarding": [JANE], "sender_bcc": JANE}],
        aliases=[{"mail": "sales@example.com", "members": [JANE]}],
        lists=[{"mail": "news@example.com", "owner": [JANE], "subscribers": {"normal": [JANE]}}],
        throttle={JANE: {"inbound": {"period": 1}}},
        wblist={JANE: {"inbound": {"a@b.test": "blacklist"}}},
    )
    before = client.stored("users", JANE)
    client.post(f"user/{JANE}/change_email/Renamed@example.com")
    state = client.panel.state()
    assert state["users"]["renamed@example.com"]["storage"] == before["storage"]
    assert JANE not in str({key: value for key, value in state.items() if key != "deleted_mailboxes"})
    assert state["domains"]["example.com"]["admins"] == ["renamed@example.com"]
    assert client.reason("GET", f"user/{JANE}") == "NO_SUCH_ACCOUNT"
    client.post(f"alias/{JANE}")
    assert client.reason("POST", f"user/renamed@example.com/change_email/{JANE}") == "ALREADY_EXISTS"
    assert client.reason("POST", "user/none@example.com/change_email/x@example.com") == "NO_SUCH_ACCOUNT"


def test_renaming_across_domains(client):
    path = f"user/{JANE}/change_email/jane@delegated.example"
    assert client.reason("POST", path) == "DOMAIN_NAME_MISMATCH"
    client.panel.knobs.rename_across = "allow"
    assert client.reason("POST", path) is None
    assert client.read("users/delegated.example", params={"email_only": "yes"}) == ["jane@delegated.example"]


def test_removing_a_user_removes_what_names_it(client):
    client.panel.seed(
        users=[
            {"mail": JANE, "aliases": ["own@example.com"]},
            {"mail": BOB, "forwarding": [BOB, JANE, "own@example.com"], "recipient_bcc": JANE},
        ],
        aliases=[{"mail": "sales@example.com", "members": [JANE, BOB]}],
        spam_policies={JANE: {}},
        greylisting_whitelists={JANE: {"@x.test": ""}},
    )
    client.must("DELETE", f"user/{JANE}/keep_mailbox_days/0")
    state = client.panel.state()
    kept = state.pop("deleted_mailboxes")
    assert JANE not in str(state) and "own@example.com" not in str(state)
    assert state["users"][BOB]["forwarding"] == [BOB]
    assert [(mailbox["mail"], mailbox["due"], mailbox["by"]) for mailbox in kept] == [(JANE, None, client.panel.username)]
    assert client.reason("DELETE", f"user/{JANE}") is None


@pytest.mark.parametrize("kind", ["user", "alias", "admin"])
def test_removing_what_is_not_there(client, kind):
    assert client.reason("DELETE", f"{kind}/none@absent.example") is None
    client.panel.knobs.missing_delete = "error"
    assert client.reason("DELETE", f"{kind}/none@absent.example") == "NO_SUCH_ACCOUNT"


def test_removing_a_domain_that_is_not_there(client):
    client.panel.knobs.missing_delete = "error"
    assert client.reason("DELETE", "domain/absent.example") == ("INVALID_DOMAIN_NAME" if client.edition == "sql" else "NO_SUCH_ACCOUNT")


def test_days_of_the_web_interface(client):
    client.panel.knobs.unlisted_days = "refuse"
    assert client.reason("DELETE", f"user/{JANE}/keep_mailbox_days/8") == "INVALID_PARAM"
    assert client.reason("DELETE", f"user/{JANE}/keep_mailbox_days/1095") is None


def test_all_users_of_a_domain(client):
    client.put("users/example.com", accountStatus="disabled", transport="lmtp:x", name="ignored", password="New-Horse1!")
    users = client.panel.state()["users"]
    assert [(user["active"], user["transport"], user["name"]) for user in users.values()] == [
        (False, "lmtp:x", "Jane"),
        (False, "lmtp:x", "Bob"),
    ]
    client.panel.seed(users=[{"mail": JANE, "active": True}])
    assert client.reason("POST", f"verify_password/user/{JANE}", {"password": "New-Horse1!"}) is None
    client.panel.knobs.bulk_password = False
    client.put("users/example.com", password="Third-Horse1!", accountStatus="active")
    assert client.reason("POST", f"verify_password/user/{JANE}", {"password": "New-Horse1!"}) is None


def test_listings(client):
    client.panel.seed(users=[{"mail": JANE, "active": False, "forwarding": [BOB], "aliases": ["own@example.com"]}])
    names = [
        client.read("users/example.com", params=params) for params in ({"email_only": "yes"}, {"email_only": "yes", "disabled_only": "yes"})
    ]
    assert names == [[BOB, JANE], [JANE]]
    rows = client.read("users/example.com")
    if client.edition == "sql":
        assert [row["username"] for row in rows] == [BOB, JANE]
        assert not rows[1].keys() & {"forwardings", "aliases", "password", "sender_bcc"}
        assert rows[1] == {key: value for key, value in client.read(f"user/{JANE}").items() if key != "forwardings"}
    else:
        assert rows[1]["mailForwardingAddress"] == [BOB] and rows[1]["shadowAddress"] == ["own@example.com"]
        assert not rows[1].keys() & {"sn", "preferredLanguage", "userPassword", "homeDirectory"}
    client.put(f"user/{JANE}", name="Renamed")
    assert "Renamed" in str(client.read("users/example.com"))


def test_a_listing_of_a_domain_that_is_not_there(client):
    for listing in ("users", "aliases", "mls"):
        assert client.reason("GET", f"{listing}/absent.example") == ("INVALID_DOMAIN_NAME" if client.edition == "sql" else "NO_SUCH_DOMAIN")
    client.panel.knobs.missing_domain_listing = "empty"
    assert client.read("users/absent.example") == []


def test_shapes_of_collections(client):
    client.panel.seed(aliases=[{"mail": "sales@example.com"}], lists=[{"mail": "news@example.com"}])
    for path, name, knob in (
        ("users/example.com", BOB, "users_shape"),
        ("aliases/example.com", "sales@example.com", "aliases_shape"),
        ("mls/example.com", "news@example.com", "mls_shape"),
        ("domains", "delegated.example", "domains_shape"),
    ):
        setattr(client.panel.knobs, knob, "dict")
        mapping = client.read(path)
        setattr(client.panel.knobs, knob, "pairs")
        assert client.read(path)[0] == [name, mapping[name]]
        setattr(client.panel.knobs, knob, "names")
        assert client.read(path)[0] == name
        setattr(client.panel.knobs, knob, "list" if knob == "domains_shape" else "flat")
        assert client.read(path)[0] == mapping[name]


def test_one_ldap_object_may_come_wrapped(ldap):
    flat = ldap.read(f"user/{JANE}")
    ldap.panel.knobs.ldap_profile_shape = "pair"
    name, profile = ldap.read(f"user/{JANE}")
    assert (name.split(",")[0], profile) == (f"mail={JANE}", flat)
    ldap.panel.knobs.ldap_profile_shape = "ldif"
    assert ldap.read(f"user/{JANE}") == {"dn": name, "ldif": flat}
    assert all(isinstance(value, list) and all(isinstance(item, str) for item in value) for value in flat.values())


def test_too_many_for_the_directory(client):
    client.panel.knobs.ldap_sizelimit = 1
    reason = client.reason("GET", "users/example.com", params={"disabled_only": "no"}) if client.edition == "ldap" else None
    assert reason == ("EXCEEDED_LDAP_SERVER_SIZELIMIT" if client.edition == "ldap" else None)
    if client.edition == "sql":
        assert len(client.read("users/example.com")) == 2


# Standalone admins (contract 4.3, 5.4)


def test_admins(client):
    def limits():
        return client.read("admin/ops@admins.test").get("settings" if client.edition == "sql" else "accountSetting", {})

    client.post("admin/ops@admins.test", password=PASSWORD, maxDomains="5", maxQuota="2", quotaUnit="TB", disableViewingMailLog="yes")
    assert limits()["create_new_domains"] == "yes"
    assert (limits()["create_max_quota"], limits()["create_quota_unit"]) == (2, "TB")
    shapes = {}
    for shape in ("colon", "joined", "mb", "bare", "hidden"):
        client.panel.knobs.admin_quota_shape = shape
        shapes[shape] = limits().get("create_max_quota")
    assert shapes == {"colon": "2:TB", "joined": "2TB", "mb": 2097152, "bare": 2, "hidden": None}
    profile = client.read("admin/ops@admins.test")
    if client.edition == "sql":
        assert profile["settings"]["disable_viewing_mail_log"] == "yes"
    else:
        assert (profile["disabledService"], profile["enabledService"]) == (["view_mail_log"], ["manage_quarantined_mails"])
    client.put("admin/ops@admins.test", maxQuota="9", maxUsers="x")
    assert client.stored("admins", "ops@admins.test")["max_quota"] == 2
    assert client.reason("POST", "admin/ops@admins.test", {"password": PASSWORD}) == "ALREADY_EXISTS"
    assert client.reason("POST", "admin/more@admins.test", {"name": "No password"}) == "PW_EMPTY"
    client.put("domain/admins/example.com", addAdmin="ops@admins.test")
    if client.edition == "sql":
        assert client.read("admin/ops@admins.test")["managed_domains"] == ["example.com"]
    client.put("admin/ops@admins.test", isGlobalAdmin="yes", maxDomains="3")
    assert client.stored("admins", "ops@admins.test")["max_domains"] is None
    profile = client.read("admin/ops@admins.test")
    assert profile.get("managed_domains", profile.get("domainGlobalAdmin")) == (["ALL"] if client.edition == "sql" else ["yes"])
    client.must("DELETE", "admin/ops@admins.test")
    assert client.stored("domains", "example.com")["admins"] == []


def test_an_admin_in_an_alias_domain_is_local_too(client):
    client.put("domain/example.com", aliasDomains="example.net")
    assert client.reason("POST", "admin/x@example.net", {"password": PASSWORD}) == "CAN_NOT_BE_LOCAL_DOMAIN"


# Roles (contract 4, 10.3)


def test_what_a_normal_admin_may_do(client):
    delegate = as_delegate(client)
    assert delegate.read("domains", params={"name_only": "yes"}) == ["delegated.example", "example.com"]
    delegate.put(f"user/{JANE}", name="Changed")
    assert delegate.read("throttle/example.com/inbound") == {}
    for method, path in (
        ("GET", "domain/example.org"),
        ("GET", "domain/absent.example"),
        ("PUT", "user/eve@example.org"),
        ("POST", "user/new@example.org"),
        ("GET", "users/example.org"),
        ("GET", f"admin/{client.panel.username}"),
        ("POST", f"verify_password/user/{JANE}"),
        ("GET", "spampolicy/global"),
        ("PUT", "spampolicy/domain/example.org"),
        ("GET", "throttle/global/inbound"),
        ("GET", "greylisting/all"),
        ("POST", "greylisting/whitelist_spf_domains"),
        ("GET", "wblist/inbound/whitelist/global"),
        ("GET", "wblist/inbound/whitelist/eve@example.org"),
        ("POST", "domain/new.example"),
    ):
        assert delegate.reason(method, path, {"password": PASSWORD}) == "PERMISSION_DENIED", path


def test_a_normal_admin_and_global_admins(client):
    delegate = as_delegate(client)
    delegate.put(f"user/{JANE}", isGlobalAdmin="yes")
    assert client.stored("users", JANE)["is_global_admin"] is False
    client.put(f"user/{JANE}", isGlobalAdmin="yes")
    assert delegate.reason("PUT", f"user/{JANE}", {"name": "x"}) == "PERMISSION_DENIED_UPDATE_GLOBAL_ADMIN_PROFILE"
    assert delegate.reason("DELETE", f"user/{JANE}") == "PERMISSION_DENIED_UPDATE_GLOBAL_ADMIN_PROFILE"
    delegate.put("domain/admins/example.com", addAdmin=f"{BOB},eve@example.org,{client.panel.username}")
    assert client.stored("domains", "example.com")["admins"] == [delegate.panel.delegated.username, BOB]
    delegate.must("DELETE", f"user/{BOB}/keep_mailbox_days/900")
    assert client.panel.state()["deleted_mailboxes"][0]["due"] == pytest.approx(client.lab.clock.now() + 365 * 86400, abs=60)


def test_a_normal_admins_own_limits(client):
    delegate, name = as_delegate(client), client.panel.delegated.username
    client.put(f"admin/{name}", maxDomains="3", maxUsers="3", maxAliases="-1", maxQuota="1", quotaUnit="GB")
    assert delegate.reason("POST", "domain/new.example", {"quota": "1025"}) == "EXCEED_LIMIT_QUOTA"
    delegate.post("domain/new.example", quota="1024")
    made = client.stored("domains", "new.example")
    assert (made["admins"], made["pending"]) == ([name], True)
    assert delegate.reason("POST", "domain/more.example") == "EXCEED_LIMIT_DOMAIN"
    delegate.post("user/kim@example.com", password=PASSWORD)
    assert delegate.reason("POST", "user/lee@example.com", {"password": PASSWORD}) == "EXCEED_LIMIT_USERS"
    assert delegate.reason("POST", "alias/x@example.com") == "EXCEED_LIMIT_ALIASES"
    delegate.put("domain/example.com", addAliasDomain="alias.example")
    kept = client.stored("domains", "example.com")
    names = ("pending_alias_domains", "alias_domains") if client.edition == "ldap" else ("alias_domains", "pending_alias_domains")
    assert [kept[key] for key in names] == [["alias.example"], []]


# Aliases (contract 4.5)


def test_alias_accounts(client):
    client.post("alias/sales@example.com", members=f"{JANE},nobody@example.com,bad", accessPolicy="membersonly")
    made = client.stored("aliases", "sales@example.com")
    assert made["members"] == [JANE, "nobody@example.com"]
    assert made["access_policy"] == ("membersonly" if client.edition == "sql" else "public")
    client.put("alias/sales@example.com", accessPolicy="nonsense", removeMember=JANE, addMember="x@y.test")
    assert client.stored("aliases", "sales@example.com")["members"] == ["nobody@example.com", "x@y.test"]
    client.panel.knobs.missing_members = "drop"
    client.put("alias/sales@example.com", members=f"nobody@example.com,{BOB}")
    assert client.stored("aliases", "sales@example.com")["members"] == [BOB]
    client.panel.knobs.aliases_list_members = False
    assert BOB not in str(client.read("aliases/example.com"))
    assert BOB in str(client.read("alias/sales@example.com"))
    client.put("alias/sales@example.com", members="", accountStatus="disabled")
    assert client.read("aliases/example.com", params={"disabled_only": "yes", "email_only": "yes"}) == ["sales@example.com"]
    assert client.stored("aliases", "sales@example.com")["members"] == []
    assert client.reason("POST", f"alias/sales@example.com/change_email/{JANE}") == "ALREADY_EXISTS"
