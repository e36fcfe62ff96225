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
from .answer import HTML, Answer, failed
from .call import Call, merged, read_body, read_query
from .errors import Refusal
from .people import half_made
from .pipeline import is_write, locate, respond

CRASH = 1


class MicetroApp:
    """The ASGI application: reads a request, lets the pipeline or a fault answer, writes the log."""

    def __init__(self, server):
        self.server = server

    async def __call__(self, scope, receive, send) -> None:
        body = await receive_body(receive)
        started = time.perf_counter()
        call = self._call(scope, body)
        fault = self.server.faults.take(call.method, call.raw_path)
        answer = self._answer(call, fault)
        self._log(call, fault, answer, (time.perf_counter() - started) * 1000)
        if delay := self.server.knobs.latency + (fault.seconds if fault and fault.kind == "delay" else 0):
            await asyncio.sleep(delay)
        if answer is None:
            await hang_up(scope)
        else:
            await send_answer(send, answer, cut=fault is not None and fault.kind == "truncate")

    def _call(self, scope, content: bytes) -> Call:
        knobs = self.server.knobs
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        body, bad = read_body(content, headers.get("content-type", ""), knobs.latin1_without_charset)
        query = read_query(scope["query_string"].decode("latin-1"), knobs.plus_is_space)
        call = Call(
            server=self.server,
            method=scope["method"],
            raw_path=(scope.get("raw_path") or urllib.parse.quote(scope["path"]).encode()).decode("latin-1"),
            query=query,
            headers=headers,
            body=body,
            bad_body=bad,
            client=tuple(scope["client"]),
            args=merged(body, query),
        )
        locate(call)
        return call

    def _answer(self, call: Call, fault: Fault | None) -> Answer | None:
        """None: the connection is to be closed without an answer."""
        if fault is None:
            return respond(call)
        if fault.kind == "drop":
            call.dropped = tuple(fault.fields)
        if fault.kind == "expire":
            self.server.sessions.end_all()
        if fault.kind == "bad_request" and call.method == "POST" and isinstance(call.args.get("user"), dict):
            user = call.args["user"]
            call.args = {"user": {name: user[name] for name in half_made(user)}}
        answer = respond(call) if fault.effect else None
        return answer if fault.kind in ("drop", "delay", "truncate", "expire") else _faulty(fault)

    def _log(self, call: Call, fault: Fault | None, answer: Answer | None, ms: float) -> None:
        self.server.log.add(
            Entry(
                method=call.method,
                path=call.raw_path,
                query=call.query,
                body=call.body,
                who=call.user.name if call.user else None,
                auth=call.auth,
                login=call.login,
                cookies="cookie" in call.headers,
                write=is_write(call),
                status=answer.status if answer else None,
                code=answer.code if answer else None,
                fault=fault.kind if fault else None,
                connection=call.client[1],
                ms=ms,
            )
        )


def _faulty(fault: Fault) -> Answer | None:
    if fault.kind == "lost":
        return None
    if fault.kind in ("refusal", "bad_request"):
        refusal = Refusal(fault.code, fault.message or "The operation failed.")
        return failed(400, refusal.code, refusal.message)
    if fault.kind == "locked":
        return failed(500, CRASH, "Internal error.")
    if fault.kind == "maintenance":
        return Answer(503, b"<html><body>Service unavailable</body></html>", HTML)
    if fault.kind == "empty":
        return Answer(200)
    if fault.kind == "throttle":
        return Answer(429)
    if fault.kind == "redirect":
        return Answer(302, headers={"location": fault.location})
    if fault.kind == "html":
        return Answer(fault.status, f"<html><body><h1>{fault.status} from a proxy</h1></body></html>".encode(), HTML)
    return Answer(fault.status, fault.body.encode(), fault.content_type)
