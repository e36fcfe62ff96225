# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Changes of a mail user (contract 4.4)."""

from __future__ import annotations

import re

from . import limits, passwords
from .domain_edit import bcc
from .objects import Domain, User
from .sql import columns
from .values import changed_list, domain_of, integer, is_active, is_mail, is_yes, items, language, mails
from .versions import Span

FORMATS = ("maildir", "mdbox", "sdbox")
FOLDER = re.compile(r"[A-Za-z0-9]{1,20}", re.ASCII)
#: The service names of the API; a reset on SQL leaves all other columns alone.
SERVICES = (
    "smtp",
    "smtpsecured",
    "smtptls",
    "pop3",
    "pop3secured",
    "pop3tls",
    "imap",
    "imapsecured",
    "imaptls",
    "managesieve",
    "managesievesecured",
    "managesievetls",
    "deliver",
    "sogo",
)
TLS_SERVICES = ("smtptls", "pop3tls", "imaptls", "managesievetls")
#: The releases in which a change of a user without a quota took it away (contract 12).
QUOTA_WIPED = Span(until=("2.7", "2.9"))


def apply(call, user: User) -> None:
    sent, store = call.params, call.store
    domain = store.domains[user.domain]
    secret = passwords.given(call, domain.min_password, domain.max_password)
    quota = _quota(call, user, domain)
    user.modified = call.server.timestamp()
    names(call, user)
    mailbox(call, user)
    if secret is not None and not passwords.dropped(call):
        user.password, user.password_changed = secret, call.server.timestamp()
    if quota is not None:
        store.set_quota(user, quota)
    if "accountStatus" in sent:
        user.active = is_active(sent["accountStatus"])
    for name, attribute in (("gn", "given_name"), ("sn", "surname"), ("employeeid", "employee_id"), ("transport", "transport")):
        if name in sent:
            setattr(user, attribute, sent[name].strip())
    for name, attribute in (("telephoneNumber", "telephone_numbers"), ("mobile", "mobiles")):
        if name in sent:
            setattr(user, attribute, items(call, sent[name]))
    if "isGlobalAdmin" in sent and call.is_global:
        user.is_global_admin = is_yes(sent["isGlobalAdmin"])
    _forwarding(call, user)
    bcc(call, user)
    _aliases(call, user)
    _services(call, user)
    store.touch(user)


def names(call, user: User) -> None:
    if "name" in call.params:
        user.name = call.params["name"].strip()
    if "language" in call.params:
        user.language = language(call, call.params["language"])


def mailbox(call, user: User) -> None:
    sent = call.params
    if sent.get("mailboxFormat", "").strip().lower() in FORMATS:
        user.mailbox_format = sent["mailboxFormat"].strip().lower()
    if FOLDER.fullmatch(sent.get("mailboxFolder", "").strip()):
        user.mailbox_folder = sent["mailboxFolder"].strip()
    path = sent.get("maildir", "").strip().lower()
    if path.startswith("/"):
        user.storage = storage(path)


def storage(path: str) -> list[str]:
    """Base directory, node, directory; joined they are the path again."""
    parts = [part for part in path.split("/") if part]
    base, node, rest = parts[:1], parts[1:2], parts[2:]
    return ["/" + "".join(base), "".join(node), "/".join(rest) + "/" if rest else ""]


def capped(domain: Domain, quota: int) -> int:
    """Above the domain's ceiling for one user a limited quota is cut without a word."""
    return min(quota, domain.max_user_quota) if domain.max_user_quota > 0 else quota


def _quota(call, user: User, domain: Domain) -> int | None:
    quota = integer(call.params.get("quota", ""))
    if quota is None or quota < 0:
        return 0 if QUOTA_WIPED.covers(call.knobs) and "quota" not in call.sent else None
    quota = capped(domain, quota)
    limits.room_for_quota(call, domain, quota, before=user.quota)
    return quota


def _forwarding(call, user: User) -> None:
    missing = call.knobs.missing_forwardings or ("drop" if call.knobs.is_ldap else "keep")

    def accepted(found: list[str]) -> list[str]:
        return [mail for mail in mails(found) if missing == "keep" or call.store.exists_here(mail)]

    # SQL has a row for the user's own mailbox from the start, LDAP has nothing (contract 7.3).
    current = user.forwarding or ([] if call.knobs.is_ldap else [user.mail])
    changed = changed_list(call, current, "forwarding", "addForwarding", "removeForwarding", accepted)
    if changed is not None:
        user.forwarding = changed


def _aliases(call, user: User) -> None:
    store = call.store

    def accepted(found: list[str]) -> list[str]:
        return [mail for mail in found if is_mail(mail) and mail != user.mail and _may_have(call, user, mail)]

    changed = changed_list(call, user.aliases, "aliases", "addAlias", "removeAlias", accepted)
    if changed is not None:
        store.set_aliases(user, changed)


def _may_have(call, user: User, mail: str) -> bool:
    """Free, and in the user's domain unless the panel lets aliases cross domains."""
    if call.store.owner_of(mail) not in (None, user.mail):
        return False
    if domain_of(mail) == user.domain:
        return True
    return call.knobs.cross_domain_alias and call.store.hosted(domain_of(mail))


def _services(call, user: User) -> None:
    """On LDAP a reset replaces the whole attribute, internal values too: the trap of contract 4.4."""
    knobs = call.knobs
    known = None if knobs.is_ldap else _settable(knobs)

    def accepted(found: list[str]) -> list[str]:
        return found if known is None else [name for name in found if name in known]

    others = [] if known is None else [name for name in user.services if name not in known]
    current = [name for name in user.services if name not in others]
    changed = changed_list(call, current, "services", "addService", "removeService", accepted)
    if changed is not None:
        kept = [name for name in user.services if name in others or name in changed]
        user.services = kept + [name for name in changed if name not in kept]


def _settable(knobs) -> list[str]:
    """The names of the API that have a column; those of TLS are younger (contract 12)."""
    found = [name for name in SERVICES if name in columns(knobs)]
    return found if knobs.since("3.2", "3.4") else [name for name in found if name not in TLS_SERVICES]
