# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The order in which the server checks a call (contract 1.7), and what each refusal looks like."""

from __future__ import annotations

import hashlib
import json
import re
import urllib.parse

from . import allowlist, apps, around, config, groups, membership, pages, tokens, users
from .answer import CRASH, HTML, NOT_FOUND, SUCCESS, UNAUTHORISED, Answer, envelope
from .auth import authenticate, is_admin, sees_everybody
from .errors import Blocked, Crash, OcsError, RateLimited, Unauthorised
from .routes import ADMIN, ANYBODY, DELEGATED, LOGGED_IN, SUB_ADMIN, WRITE, Route
from .routing import router
from .texts import acting_language, translate

#: The modules whose import fills the route table.
HANDLERS = (apps, around, config, groups, membership, tokens, users)

PREFIX = re.compile(r"/ocs/v[12]\.php(/.*)")
UNKNOWN_ROUTE = (
    "Invalid query, please check the syntax. API specifications are here:"
    " http://www.freedesktop.org/wiki/Specifications/open-collaboration-services.\n"
)
NOT_LOGGED_IN = "Current user is not logged in"
NEEDS_SUB_ADMIN = "Logged in account must be at least a sub admin"
NEEDS_DELEGATION = "Logged in account must be an admin, a sub admin or gotten special right to access this setting"
NEEDS_ADMIN = "Logged in account must be an admin"


def locate(call) -> None:
    """Find out what the call is about; repeated slashes count as one (contract 1.6)."""
    call.path = urllib.parse.unquote(re.sub(r"/{2,}", "/", call.raw_path))
    if found := PREFIX.fullmatch(call.path):
        call.match = router.match(call.method, found[1])


def is_write(call) -> bool:
    """By what the call does, not by its verb, and whatever the answer."""
    if call.match:
        return call.match.route is not None and call.match.route.effect == WRITE
    return call.method != "GET" and allowlist.PATH.fullmatch(call.path) is not None


def respond(call) -> Answer:
    if call.knobs.web_server == "apache" and "%2f" in call.raw_path.lower():
        return pages.html_page(404, "404 Not Found", pages.APACHE)
    if call.headers.get("host", "").partition(":")[0] not in call.knobs.trusted_domains:
        return pages.html_page(400)
    if call.path == "/status.php":
        return Answer(200, json.dumps(around.server_status(call.knobs)).encode(), "application/json")
    if found := allowlist.PATH.fullmatch(call.path):
        return _allow_list(call, found[1])
    if call.match is None:
        return pages.html_page(404)
    try:
        return _ocs(call)
    except Crash as crash:
        return crashed(call, str(crash))


def maintenance(call) -> Answer:
    answer = envelope(call, 503, "Service unavailable", [], early=True)
    answer.headers["x-nextcloud-maintenance-mode"] = "1"
    return answer


def crashed(call, detail: str = "") -> Answer:
    return envelope(call, CRASH, "Internal Server Error\n" + (detail if call.knobs.debug else ""), [], early=True)


def _allow_list(call, entry: str | None) -> Answer:
    if call.knobs.maintenance:
        return pages.html_page(503)
    try:
        authenticate(call)
    except (Unauthorised, Blocked):
        return Answer(401, b'{"message":"Unauthorised"}')
    if call.account and _lacks_header(call):
        return _csrf(call)
    return allowlist.answer(call, entry)


def _ocs(call) -> Answer:
    if call.knobs.maintenance:
        return maintenance(call)
    try:
        authenticate(call)
    except Blocked:
        return envelope(call, 429, "Reached maximum delay", [], early=True)
    except Unauthorised:
        return _unauthorised(call)
    route = call.match.route
    if route is None:
        return Answer(405) if call.match.other_method else envelope(call, NOT_FOUND, UNKNOWN_ROUTE, [], early=True)
    if call.account is None and route.role != ANYBODY:
        return _not_logged_in(call)
    if _lacks_header(call):
        return _csrf(call)
    try:
        _check_role(call, route)
        _check_rate(call, route)
        if call.format not in ("json", "xml"):
            raise Crash("no responder for this format")
        return _controller(call, route)
    except RateLimited:
        return Answer(429, content_type=HTML)
    except Blocked:
        return envelope(call, 429, "Reached maximum delay", [])
    except OcsError as refusal:
        return _refused(call, refusal)


def _controller(call, route: Route) -> Answer:
    arguments = route.bind(call)
    data = [] if _is_dropped(call, route, arguments) else route.handler(call, **arguments)
    answer = envelope(call, SUCCESS[call.version], "OK", data)
    return _with_etag(call, answer) if route.handler is around.read_capabilities else answer


def _is_dropped(call, route: Route, arguments: dict) -> bool:
    """A `drop` fault: accept the call and store nothing, or not the named fields of a creation."""
    if not call.dropped:
        return False
    if route.stores == "fields":
        for name in arguments.keys() & set(call.dropped):
            arguments[name] = type(arguments[name])()
        return False
    stored = arguments.get("key") if route.stores == "key" else route.stores
    return stored in call.dropped or (route.stores == "collection" and arguments["collectionName"] in call.dropped)


def _with_etag(call, answer: Answer) -> Answer:
    etag = f'"{hashlib.md5(answer.body, usedforsecurity=False).hexdigest()}"'
    if call.headers.get("if-none-match") == etag:
        answer = Answer(304, content_type="")
    answer.headers["etag"] = etag
    return answer


def _refused(call, refusal: OcsError) -> Answer:
    message = translate(acting_language(call), refusal.message, *refusal.arguments)
    if refusal.code == 403 and call.wants_html:
        message = ""
    answer = envelope(call, refusal.code, message, refusal.data)
    if refusal.throttled_ms:
        answer.headers["x-nextcloud-bruteforce-throttled"] = f"{refusal.throttled_ms}ms"
    return answer


def _unauthorised(call) -> Answer:
    answer = envelope(call, UNAUTHORISED, "Unauthorised", [], early=True)
    scheme = "DummyBasic" if call.headers.get("x-requested-with") == "XMLHttpRequest" else "Basic"
    answer.headers["www-authenticate"] = f'{scheme} realm="Authorisation Required"'
    return answer


def _not_logged_in(call) -> Answer:
    if not call.wants_html:
        return envelope(call, UNAUTHORISED, NOT_LOGGED_IN, [])
    query = urllib.parse.urlencode(call.query, doseq=True)
    wanted = call.raw_path + (f"?{query}" if query else "")
    return Answer(303, content_type=HTML, headers={"location": f"/login?redirect_url={urllib.parse.quote(wanted, safe='/?')}"})


def _lacks_header(call) -> bool:
    return not call.headers.get("ocs-apirequest") and call.auth != "bearer"


def _csrf(call) -> Answer:
    if call.wants_html:
        return pages.html_page(412)
    return Answer(412, b'{"message":"CSRF check failed"}')


def _check_role(call, route: Route) -> None:
    """The texts differ by the kind of right that is missing (contract 1.7)."""
    if route.role in (ANYBODY, LOGGED_IN) or is_admin(call):
        return
    if route.role == ADMIN:
        raise OcsError(403, NEEDS_ADMIN)
    if sees_everybody(call) or (call.account.subadmin and route.role != DELEGATED):
        return
    raise OcsError(403, NEEDS_SUB_ADMIN if route.role == SUB_ADMIN else NEEDS_DELEGATION)


def _check_rate(call, route: Route) -> None:
    if route.limit is None:
        return
    applies = call.store.setting("bruteforcesettings", "apply_allowlist_to_ratelimit") in ("1", "true", "yes")
    if applies and call.server.brute_force.allow_listed(call.client[0]):
        return
    limit = getattr(call.knobs, f"{route.limit}_limit")
    window = getattr(call.knobs, f"{route.limit}_window")
    call.server.limits.consume(route.limit, call.account.id, limit, window)
