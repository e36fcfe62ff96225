# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Spam policies on three levels, as rows of the content filter (contract 4.8)."""

from __future__ import annotations

import math

from .policies import empty, key_of
from .routes import WRITE
from .routing import router
from .values import is_yes, words
from .versions import ALWAYS, since

SINCE = since("2.5", "2.7")
#: The flags, with what a policy has that does not name them.
FLAGS = {
    "bypass_spam_checks": False,
    "bypass_virus_checks": False,
    "bypass_banned_checks": False,
    "bypass_header_checks": False,
    "quarantine_spam": False,
    "quarantine_virus": True,
    "quarantine_banned": False,
    "quarantine_bad_header": False,
    "prefix_spam_in_subject": False,
    "always_insert_x_spam_headers": False,
}
#: Columns of letters: a bypass and the "lover" that goes with it.
LOVERS = {
    "bypass_spam_checks": "spam_lover",
    "bypass_virus_checks": "virus_lover",
    "bypass_banned_checks": "banned_files_lover",
    "bypass_header_checks": "bad_header_lover",
}
QUARANTINES = {
    "quarantine_spam": ("spam_quarantine_to", "spam-quarantine"),
    "quarantine_virus": ("virus_quarantine_to", "virus-quarantine"),
    "quarantine_banned": ("banned_quarantine_to", "banned-quarantine"),
    "quarantine_bad_header": ("bad_header_quarantine_to", "bad-header-quarantine"),
}
PARAMETERS = dict.fromkeys((*FLAGS, "spam_score", "banned_rulenames"), ALWAYS)
PLACES = ("/spampolicy/global", "/spampolicy/domain/{domain}", "/spampolicy/user/{mail}")


def _everywhere(method: str, **options):
    def register(handler):
        for place in PLACES:
            role = {"role": "global"} if place.endswith("global") else {}
            router.add(method, place, span=SINCE, **role, **options)(handler)
        return handler

    return register


def _key(call) -> str:
    return key_of(call.at.get("domain") or call.at.get("mail") or "global")


@_everywhere("GET")
def read_policy(call):
    policy = call.store.spam_policies.get(_key(call))
    if policy is None:
        return empty(call.knobs.spampolicy_empty)
    return (_columns if call.knobs.spampolicy_shape == "columns" else _parameters)(_key(call), policy)


@_everywhere("PUT", effect=WRITE, kind="spampolicy", parameters=PARAMETERS)
def set_policy(call):
    """A row made anew of what was sent, or the old one with changes (register 8)."""
    merge = call.knobs.spampolicy_put == "merge"
    policy = dict(FLAGS) | (call.store.spam_policies.get(_key(call), {}) if merge else {})
    sent = call.params
    policy |= {name: is_yes(sent[name]) for name in FLAGS if name in sent}
    if "spam_score" in sent:
        policy |= _score(sent["spam_score"])
    ruled = call.knobs.since("4.9", "5.0") if call.knobs.banned_rulenames is None else call.knobs.banned_rulenames
    if ruled and "banned_rulenames" in sent:
        policy["banned_rulenames"] = words(sent["banned_rulenames"])
    call.store.spam_policies[_key(call)] = policy


def _score(text: str) -> dict:
    try:
        score = float(text)
    except ValueError:
        return {}
    return {"spam_score": score} if math.isfinite(score) else {}


@_everywhere("DELETE", effect=WRITE, kind="spampolicy")
def delete_policy(call):
    call.store.spam_policies.pop(_key(call), None)


def _columns(key: str, policy: dict) -> dict:
    score = policy.get("spam_score")
    row = {"policy_name": key}
    row |= {name: "Y" if policy[name] else "N" for name in LOVERS}
    row |= {lover: "Y" if policy[name] else "N" for name, lover in LOVERS.items()}
    row |= {column: place if policy[name] else "" for name, (column, place) in QUARANTINES.items()}
    row |= {
        "spam_tag_level": -100 if policy["always_insert_x_spam_headers"] else None,
        "spam_tag2_level": score,
        "spam_kill_level": score,
        "spam_subject_tag2": "[SPAM] " if policy["prefix_spam_in_subject"] else "",
    }
    return row | ({"banned_rulenames": ",".join(policy["banned_rulenames"])} if policy.get("banned_rulenames") else {})


def _parameters(_key: str, policy: dict) -> dict:
    """The other reading: the names that were sent."""
    shown = {name: "yes" if policy[name] else "no" for name in FLAGS}
    return shown | {name: policy[name] for name in ("spam_score", "banned_rulenames") if name in policy}
