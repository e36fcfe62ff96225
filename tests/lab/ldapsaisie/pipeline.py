# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The order in which the server looks at a call."""

from __future__ import annotations

from types import GeneratorType

from . import auth
from .answer import APACHE, HTML, Answer, html_page

CONNECTION = "Bind failed: Can't contact LDAP server: Unknown Net_LDAP2 Error (-1)"


def respond(call):
    """A generator that returns the answer; it yields where another process of the server may come in between."""
    if not call.knobs.encoded_slashes and "%2f" in call.raw_path.lower():
        return html_page(404, "404 Not Found", APACHE)
    if not call.raw_path.startswith("/api/"):
        return html_page(200 if call.raw_path == "/" else 404)
    if call.handler is None:
        answer = call.not_found()
        return Answer(404) if call.method == "HEAD" else answer
    if call.switch("LSsession_logout"):
        return _logged_out(call)
    if call.knobs.ldap_down:
        return connection_failed(call)
    # Errors of an earlier call that nobody was told (contract 1.5).
    call.errors, call.session.pending = call.session.pending, []
    refusal = auth.authenticate(call)
    if refusal:
        return refusal
    answer = call.handler.handler(call, *call.segments)
    if isinstance(answer, GeneratorType):
        answer = yield from answer
    return answer


def connection_failed(call) -> Answer:
    call.error("LSldap_01", CONNECTION)
    if not call.session.user:
        call.error("LSsession_09")
    return call.reply({}, 200)


def _logged_out(call) -> Answer:
    call.server.sessions.end(call.session)
    page = '<html><head><meta http-equiv="refresh" content="0; URL=/"></head><body></body></html>\n'
    return Answer(302, page.encode(), HTML, {"location": "/"})
