# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import asyncio
import time
import urllib.parse

from ..faults import Fault
from ..journal import Entry
from ..machine import hang_up, receive_body, send_answer
from .answer import ALWAYS, Answer, crashed, dumps, fault, no_route, page, refused, success, unauthorised
from .auth import IN_MAINTENANCE, denied
from .call import Call
from .errors import Crash, ServerFault, Unauthorised
from .handlers import HANDLERS
from .routes import VOID, internal, router
from .sessions import authenticate
from .tasks import settle, start

TABLES = {"/api/": router, "/internal-api/": internal}
FILLED_BY = HANDLERS  # importing them fills the tables
HALF = ("login", "name", "label", "contactInfos", "emails", "typeIdentifier", "routing", "aliases", "defaultAlias")


class BluemindApp:
    """The ASGI application: reads a request, lets a handler or a fault answer, writes the log."""

    def __init__(self, server):
        self.server = server

    async def __call__(self, scope, receive, send) -> None:
        content = await receive_body(receive)
        started = time.perf_counter()
        call = self._call(scope, content)
        trouble = self.server.faults.take(call.method, call.raw_path)
        answer = self._answer(call, trouble)
        self._log(call, trouble, answer, (time.perf_counter() - started) * 1000)
        if delay := self.server.knobs.latency + (trouble.seconds if trouble and trouble.kind == "delay" else 0):
            await asyncio.sleep(delay)
        if answer is None:
            await hang_up(scope)
        else:
            await send_answer(send, self._headers(call, answer), cut=trouble is not None and trouble.kind == "truncate")

    def _call(self, scope, content: bytes) -> Call:
        raw_path = (scope.get("raw_path") or urllib.parse.quote(scope["path"]).encode()).decode("latin-1")
        query = urllib.parse.parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        call = Call(
            server=self.server,
            method=scope["method"],
            raw_path=raw_path,
            query=dict(reversed(query)),
            headers={name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]},
            content=content,
            client=tuple(scope["client"]),
        )
        for prefix, table in TABLES.items():
            if raw_path.startswith(prefix):
                call.match = table.match(call.generation, call.method, raw_path.removeprefix(prefix))
        return call

    # What answers

    def _answer(self, call: Call, trouble: Fault | None) -> Answer | None:
        """None: the connection is to be closed without an answer."""
        settle(self.server)
        if trouble is None:
            return self._respond(call)
        if trouble.kind == "drop":
            call.dropped = trouble.fields
        if trouble.kind == "task_error":
            call.task_failure = trouble.message or "failed by a fault of the lab"
        if trouble.kind == "expire":
            self.server.store.sessions.clear()
        if trouble.kind == "bad_request":
            self._halve(call)
        answer = self._respond(call) if trouble.effect else None
        return answer if trouble.kind in ("drop", "delay", "truncate", "task_error", "expire") else self._faulty(call, trouble)

    def _faulty(self, call: Call, trouble: Fault) -> Answer | None:
        kind = trouble.kind
        if kind == "lost":
            return None
        if kind == "bad_request":
            return fault(call, 500, "UNKNOWN", "ServerFault", trouble.message or "interrupted")
        if kind == "refusal":
            code = trouble.code if isinstance(trouble.code, str) else "FAILURE"
            return refused(call, ServerFault(code, trouble.message or "refused by a fault of the lab"))
        if kind == "locked":
            return crashed(call, Crash(trouble.message or "database is locked", "SQLException"))
        if kind == "maintenance":
            return self._maintenance(call)
        if kind == "empty":
            return Answer(200, b"", "application/json")
        if kind == "throttle":
            return Answer(429, b"")
        if kind == "redirect":
            return Answer(302, b"", "", {"location": trouble.location})
        if kind == "html":
            return page(trouble.status)
        return Answer(trouble.status, trouble.body.encode(), trouble.content_type)

    def _maintenance(self, call: Call) -> Answer:
        """Logins are denied, and there is no session left."""
        if call.match and call.raw_path.startswith("/api/auth/login"):
            return success(call, denied(call, IN_MAINTENANCE))
        call.key = call.headers.get("x-bm-apikey", "")
        return unauthorised(call)

    def _halve(self, call: Call) -> None:
        """What is left of an object when a later step fails: hardly anything but its name."""
        value = call.json()
        if isinstance(value, dict):
            call.content = dumps({key: item for key, item in value.items() if key in HALF})

    def _respond(self, call: Call) -> Answer:
        if call.knobs.body_limit is not None and len(call.content) > call.knobs.body_limit:
            return page(413)
        if call.match is None:
            return no_route(call)
        if "//" in call.raw_path and call.match.arguments:
            return crashed(call, Crash("No match found", "IllegalStateException"))
        if "chunked" in call.headers.get("transfer-encoding", ""):
            return fault(call, 500, "UNKNOWN", "ServerFault", "API endpoint does not support chunked encoding")
        route, arguments = call.match
        try:
            authenticate(call)
            if call.caller is None and not route.anonymous:
                raise ServerFault("PERMISSION_DENIED", "not authorized call")
            if call.dropped and route.stores in call.dropped:
                # Where a task is answered, it does nothing.
                return success(call, None if route.returns == VOID else start(call, "nothing"))
            return success(call, route.handler(call, *arguments))
        except Unauthorised:
            return unauthorised(call)
        except ServerFault as refusal:
            return refused(call, refusal)
        except Crash as crash:
            return crashed(call, crash)
        except (AttributeError, KeyError, TypeError) as error:
            # Nulls inside of lists and the like: nobody looks at them there either (contract 1.7, point 7).
            return crashed(call, Crash(str(error)))

    # Log and headers

    def _log(self, call: Call, trouble: Fault | None, answer: Answer | None, ms: float) -> None:
        try:
            body = call.json()
        except ServerFault:
            body = call.content.decode("utf-8", "replace")
        self.server.log.add(
            Entry(
                method=call.method,
                path=call.raw_path,
                query=call.query,
                body=body,
                who=call.who,
                auth=call.auth,
                login=call.login,
                cookies="cookie" in call.headers,
                write=call.match is not None and call.match.route.write,
                status=answer.status if answer else None,
                code=answer.code if answer else None,
                fault=trouble.kind if trouble else None,
                connection=call.client[1],
                ms=ms,
            )
        )

    def _headers(self, call: Call, answer: Answer) -> Answer:
        answer.headers |= ALWAYS
        theirs = call.headers.get("x-bm-clientversion")
        ours = call.knobs.version
        if theirs and theirs != ours:
            warning = f"CORE called with wrong version, clientVersion : {theirs}, coreVersion {ours}"
            answer.headers["x-bm-warnmessage"] = warning
        return answer
