# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever an object is and whatever it is to become: one run brings it there as check mode said, and the next has nothing to do."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PASSWORD = "Pl4nted-for-a-state"
WORLD = {
    "domains": [{"domain": "example.org", "language": "de_DE", "default_quota": 1024}],
    "users": [{"mail": f"{name}@example.org"} for name in ("ann", "bob", "cid")],
}
# A server that shows everything, so that everything can be compared.
SHOWN = {
    "sql_user_aliases_key": "alias_addresses",
    "sql_user_bcc_keys": ["sender_bcc", "recipient_bcc"],
    "sql_domain_bcc_keys": ["sender_bcc", "recipient_bcc"],
    "sql_domain_relay_key": "relay",
    "sql_alias_domains_key": "alias_domains",
}
PLURALS = ("users", "domains", "mailing_lists")
MODE = st.sampled_from(["add", "set", "remove"])
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=12).filter(str.strip)
LINE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12)
LANGUAGE = st.sampled_from(["", "fr_FR", "de_DE", "en_US"])
BCC = st.sampled_from(["", "ann@example.org", "Audit+all@elsewhere.example"])
NUMBER = st.sampled_from([0, 1, 512, 4096])
COUNT = st.sampled_from([-1, 0, 20])


def some(*elements):
    return st.lists(st.sampled_from(elements), unique=True)


USER = {
    "name": WORDS,
    "quota_mb": NUMBER,
    "enabled": st.booleans(),
    "language": LANGUAGE,
    "employee_id": LINE,
    "transport": st.sampled_from(["", "dovecot", "smtp:[192.0.2.1]:25"]),
    "global_admin": st.booleans(),
    "forwarding": some("ann@example.org", "bob@example.org", "zoe@example.org", "Zoe@elsewhere.example"),
    "forwarding_mode": MODE,
    "keep_local_copy": st.booleans(),
    "sender_bcc": BCC,
    "recipient_bcc": BCC,
    "aliases": some("z@example.org", "y@example.org", "X@example.org"),
    "aliases_mode": MODE,
    "services": some("pop3", "imap", "deliver", "sogo", "managesieve"),
    "services_mode": MODE,
    "maildir": st.sampled_from(["/var/vmail/vmail1/Example.org/zoe/", "/srv/mail/zoe"]),
    "password": st.sampled_from([PASSWORD, PASSWORD + "-2"]),
    "update_password": st.sampled_from(["on_create", "when_changed"]),
}
USER_OF = {
    "sql": {"mailbox_format": st.sampled_from(["maildir", "mdbox"]), "mailbox_folder": st.sampled_from(["Maildir", "M1"])},
    "ldap": {
        "given_name": LINE,
        "surname": LINE,
        "telephone_numbers": some("+33199001234", "123"),
        "mobiles": some("+33699001234", "456"),
        "mobiles_mode": MODE,
    },
}
DOMAIN = {
    "name": WORDS,
    "enabled": st.booleans(),
    "quota_mb": NUMBER,
    "language": LANGUAGE,
    "default_user_quota_mb": NUMBER,
    "max_user_quota_mb": NUMBER,
    "max_users": COUNT,
    "max_aliases": COUNT,
    "min_password_length": NUMBER,
    "max_password_length": NUMBER,
    "sender_bcc": BCC,
    "recipient_bcc": BCC,
    "way": st.sampled_from(
        [
            {},
            {"transport": ""},
            {"transport": "lmtp:unix:private/dovecot-lmtp"},
            {"backup_mx": True},
            {"backup_mx": True, "primary_mx": ""},
            {"backup_mx": True, "primary_mx": "[MX.example.net]:25"},
            {"backup_mx": True, "primary_mx": "192.0.2.25:587"},
            {"backup_mx": False},
            {"backup_mx": False, "transport": "smtp:[192.0.2.1]"},
            {"backup_mx": False, "transport": ""},
        ]
    ),
    "catchall": some("ann@example.org", "bob@example.org", "x@elsewhere.example"),
    "catchall_mode": MODE,
    "outbound_relay": st.sampled_from(["", "[relay.example.net]:587", "smtp:relay.example.net:25", "lmtp:[192.0.2.1]"]),
    "alias_domains": some("alias.example", "other.example", "Third.example"),
    "alias_domains_mode": MODE,
    "services": some("self-service"),
    "services_mode": MODE,
    "disabled_domain_profiles": some("bcc", "relay", "password_policies"),
    "disabled_domain_profiles_mode": MODE,
    "disabled_user_profiles": some("bcc", "forwarding"),
    "disabled_user_profiles_mode": MODE,
    "disabled_user_preferences": some("wblist", "rcvd_mails"),
}
LIST = {
    "name": WORDS,
    "enabled": st.booleans(),
    "access_policy": st.sampled_from(["public", "domain", "subdomain", "membersonly", "moderatorsonly"]),
    **dict.fromkeys(("close_list", "moderated", "disable_archive", "disable_retrieving_old_posts", "is_newsletter"), st.booleans()),
    "moderation": st.sampled_from(
        [
            {},
            {"moderate_subscription": True},
            {"moderate_subscription": False},
            {"subscription_moderators": []},
            {"subscription_moderators": ["ann@example.org"]},
            {"moderate_subscription": True, "subscription_moderators": ["bob@example.org"]},
            {"moderate_subscription": False, "subscription_moderators": []},
        ]
    ),
    "newsletter_description": LINE,
    "owners": st.lists(st.sampled_from(["ann@example.org", "bob@example.org"]), min_size=1, unique=True),
    "moderators": some("ann@example.org", "x@elsewhere.example"),
    "moderators_mode": MODE,
    "extra_addresses": some("a1@example.org", "a2@example.org"),
    "extra_addresses_mode": MODE,
    "max_message_size": NUMBER,
    "subject_prefix": LINE,
    "custom_headers": some("X-List: one", "x-list: two", "X-Other: three", "Reply-To: ann@example.org"),
    "remove_headers": some("X-Spam", "Received:", "DKIM-Signature"),
    "remove_headers_mode": MODE,
    "footer_text": st.sampled_from(["", "one", "one\ntwo\n", "one\r\ntwo"]),
}


def states(*choices, possible=lambda state: True):
    """Any options with values; what stands under a word that is no option is a set of options that go together."""
    merged = {name: choice for each in choices for name, choice in each.items()}
    together = ("way", "moderation")

    def flat(state):
        return {
            **{name: value for name, value in state.items() if name not in together},
            **{k: v for name in together for k, v in state.get(name, {}).items()},
        }

    return st.fixed_dictionaries({}, optional=merged).map(flat).filter(possible)


def possible_user(state):
    """Mail must go somewhere, and two options may not contradict one another: that is refused, see test_user.py."""
    targets, mode, keep = set(state.get("forwarding", ())), state.get("forwarding_mode", "set"), state.get("keep_local_copy")
    if "zoe@example.org" in targets and (mode == "remove" or keep is False):
        return False
    if state.get("enabled") and state.get("update_password") == "when_changed":
        return False  # the password of a disabled user is only told after that user was enabled, see test_password.py
    return keep is not False or (mode != "remove" and bool(targets))


def told(result):
    """A result, but for the requests and for what check mode cannot know of a new object: whether this server shows all of it."""
    items = {name: [{**item, "unverified": None} for item in value] for name, value in result.items() if name in PLURALS}
    return {**result, **items, "summary": {**result["summary"], "unverified": None}, "requests": None, "warnings": None}


def live(panel, module, key, edition, first, second, **always):
    panel.start(WORLD, {**SHOWN, "edition": edition})
    plural = panel.tasks[module].resource.plural
    modes = {name: "set" for name in panel.tasks[module].options if name.endswith("_mode")}
    for state in ({**always, **first}, second, first):
        wish = {**key, **state}
        predicted = panel(module, check=True, **wish)
        assert panel.wrote() == []
        result = panel(module, **wish)
        assert told(predicted) == told(result)
        assert not result.get("failed"), result["msg"]
        panel.quiet(module, **wish)
        panel.quiet(module, **{plural: [wish]})
        panel.quiet(module, **{plural: [wish, *({name: panel.neighbour(module, n), "state": "absent"} for name in key for n in range(7))]})
        exported = panel.ok(f"{module}_info", **key)[plural]
        panel.quiet(module, **{plural: exported, **modes})


@given(data=st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_two_states_of_a_user_converge_in_one_run(panel, edition, data):
    # The LDAP edition refuses an exact list of services, see test_services.py.
    exact = (lambda state: possible_user(state) and state.get("services_mode") != "set") if edition == "ldap" else possible_user
    strategy = states(USER, USER_OF[edition], possible=exact)
    first, second = data.draw(strategy), data.draw(strategy)
    live(panel, "iredmail_user", {"email": "zoe@example.org"}, edition, first, second, password=PASSWORD)


@given(data=st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_two_states_of_a_domain_converge_in_one_run(panel, edition, data):
    strategy = states(DOMAIN)
    first, second = data.draw(strategy), data.draw(strategy)
    if "transport" in second and "backup_mx" not in second or "transport" in first and "backup_mx" not in first:
        second, first = ({"backup_mx": False, **state} if "transport" in state else state for state in (second, first))
    forced = {"force_services": True}  # else the services without which a domain gets no mail are kept, see test_domain.py
    live(panel, "iredmail_domain", {"domain": "new.example"}, edition, {**first, **forced}, {**second, **forced})


@given(data=st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_two_states_of_a_mailing_list_converge_in_one_run(panel, edition, data):
    strategy = states(LIST)
    first, second = data.draw(strategy), data.draw(strategy)
    live(panel, "iredmail_mailing_list", {"address": "news@example.org"}, edition, first, second)
