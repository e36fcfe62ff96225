# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The order in which the panel checks a call (contract 10.2)."""

from __future__ import annotations

import urllib.parse

from . import (
    admins,
    aliases,
    answer,
    domains,
    enterprise,
    greylisting,
    ldap_lists,
    ldif,
    login,
    mailing_lists,
    spampolicy,
    throttle,
    users,
    wblist,
)
from .answer import Answer
from .errors import Crash, Denied, LoginRequired, OtherAddress, Refusal
from .routes import ADMIN, ANYBODY, GLOBAL, WRITE, Route
from .routing import router
from .sessions import cookie, cookie_of
from .values import domain_of

#: The modules whose import fills the route table.
HANDLERS = (admins, aliases, domains, greylisting, ldap_lists, ldif, login, mailing_lists, spampolicy, throttle, users, wblist)
API = "/api"
WEB_PAGES = ("/", "/login", "/domains")
ACCOUNTS = ("user", "admin", "alias", "ml", "maillist")


def locate(call) -> None:
    """Find out what the call is about; the path is decoded before it is matched."""
    path = urllib.parse.unquote(call.raw_path)
    prefix = call.knobs.prefix
    if path.startswith(prefix + "/"):
        call.path = path[len(prefix) :]
        if call.path.startswith(API + "/"):
            call.match = router.match(call.method, call.path[len(API) :], call.knobs)


def is_write(call) -> bool:
    """By what the call does, not by its verb, and whatever the answer."""
    return call.match is not None and call.match.route is not None and call.match.route.effect == WRITE


def respond(call) -> Answer:
    if not call.path:
        return answer.page(404, "404 Not Found")
    try:
        call.session = call.server.sessions.of(call)
    except OtherAddress:
        reply = answer.moved(f"{call.base}/login?msg=SESSION_EXPIRED")
        reply.code = "SESSION_EXPIRED"
        reply.headers["set-cookie"] = cookie(call.knobs, cookie_of(call), killed=True)
        return reply
    except Crash:
        return answer.crashed()
    session = call.session
    reply = _routed(call)
    # On every answer, also to nobody, also on errors (contract 1.3).
    reply.headers["set-cookie"] = cookie(call.knobs, session.id)
    return reply


def _redirected(call, page: str, reason: str) -> Answer:
    # The framework writes out what the handler returned: nothing.
    reply = answer.moved(f"{call.base}/{page}?msg={reason}", "None")
    reply.code = reason
    return reply


def _routed(call) -> Answer:
    if call.method == "GET" and call.path == "/logout":
        call.server.sessions.end(call.session)
        return answer.moved(f"{call.base}/login")
    if call.method == "GET" and call.path in WEB_PAGES:
        return answer.page(200, "Login" if call.who is None else "Domains")
    if not call.path.startswith(API + "/") or not call.knobs.api_enabled:
        return answer.not_found()
    if call.path.endswith("/"):
        return _slash(call)
    if call.knobs.product == "enterprise" and call.path != "/api/login":
        return enterprise.respond(call, call.path[len(API) :])
    if call.match is None:
        return _unrouted(call)
    if call.match.route is None:
        return answer.text(405, "method not allowed", allow=", ".join(call.match.allowed))
    return _handled(call, call.match.route)


def _slash(call) -> Answer:
    if call.method != "GET":
        return answer.text(405, "method not allowed", allow="GET")
    return answer.moved(call.base + urllib.parse.quote(call.path.rstrip("/"), safe="/@"))


def _unrouted(call) -> Answer:
    """Lists that only LDAP has may be known to SQL as a failure (register 25)."""
    if call.knobs.maillist_on_sql == "json" and not call.knobs.is_ldap and call.path.startswith("/api/maillist/"):
        return answer.failure(call.knobs, "INVALID_ACTION")
    return answer.not_found()


def _handled(call, route: Route) -> Answer:
    knobs = call.knobs
    try:
        _check_caller(call, route)
        _read_parameters(call, route)
        data = None if _is_dropped(call, route) else route.handler(call)
    except LoginRequired:
        return answer.failure(knobs, "LOGIN_REQUIRED") if knobs.unauth_style == "json" else _redirected(call, "login", "LOGIN_REQUIRED")
    except Denied as denied:
        return answer.failure(knobs, denied.code) if knobs.denied_style == "json" else _redirected(call, "domains", denied.code)
    except Refusal as refusal:
        return answer.failure(knobs, refusal.code)
    except Crash:
        return answer.crashed()
    return answer.payload(knobs, data) if call.method == "GET" else answer.done(knobs)


def _check_caller(call, route: Route) -> None:
    """The login comes before everything that could write."""
    if route.role == ANYBODY:
        return
    if call.who is None:
        raise LoginRequired
    if not login.within(call.address, call.knobs.api_clients):
        raise Refusal("NOT_AUTHORIZED")
    if route.role == GLOBAL and not call.is_global:
        raise Denied
    if route.role == ADMIN:
        _check_place(call)


def _check_place(call) -> None:
    """A normal admin reaches the domains it manages, and what is in them."""
    place = call.at
    if "account" in place:
        call.require_account(place["account"])
    elif "domain" in place:
        call.require_domain(place["domain"])
    elif "mail" in place:
        call.require_domain(domain_of(place["mail"]))


def _read_parameters(call, route: Route) -> None:
    sent = call.query | call.form if call.knobs.parameter_precedence == "body" else call.form | call.query
    call.sent = route.known(sent, call.knobs)
    call.params = {name: value for name, value in call.sent.items() if name not in call.dropped}


def _is_dropped(call, route: Route) -> bool:
    """A `drop` fault that names the kind of the object: the whole call is accepted and does nothing."""
    if route.effect != WRITE or call.method == "PUT":
        return False
    return route.kind in call.dropped or ("account" in call.dropped and route.kind in ACCOUNTS)
