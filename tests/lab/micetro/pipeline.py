# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The way of a call: where it leads, who sends it, what is answered."""

from __future__ import annotations

import re

from . import changes, dhcp, dns, ipam, objects, others, people, ranges, records, system
from .answer import HTML, Answer, refused, rendered
from .auth import authenticate
from .errors import BAD_REQUEST, METHOD, UNKNOWN_RESOURCE, Refusal
from .routes import WRITE, router

#: The modules whose import fills the route table.
HANDLERS = (changes, dhcp, dns, ipam, objects, others, people, ranges, records, system)

PREFIX = re.compile(r"/mmws/api(?P<version>/v2)?/(?P<path>.+)", re.IGNORECASE | re.DOTALL)


def locate(call) -> None:
    found = PREFIX.fullmatch(call.raw_path)
    if found and (found["version"] or call.knobs.legacy_tree):
        call.legacy = not found["version"]
        call.match = router.match(call.method, found["path"], call.knobs.slash_in_names)


def is_write(call) -> bool:
    """By what the call does, not by its verb, and whatever the answer."""
    if call.match is None or call.match.route is None:
        return False
    effect = call.match.route.effect
    return (effect(call) if callable(effect) else effect) == WRITE


def respond(call) -> Answer:
    if call.match is None:
        return Answer(404, b"<html><body><h1>Not Found</h1></body></html>", HTML)
    try:
        return _handled(call)
    except Refusal as refusal:
        return refused(call, refusal)


def _handled(call) -> Answer:
    route = call.match.route
    if route is None or not route.public:
        authenticate(call)
    if route is None:
        if call.match.other_method:
            raise Refusal(METHOD, "Method not allowed.")
        raise Refusal(UNKNOWN_RESOURCE, f"Unknown resource '{call.match.collection}'.")
    if call.bad_body:
        raise Refusal(BAD_REQUEST, "The body is not valid JSON.")
    return rendered(call, route.handler(call, *call.match.refs))
