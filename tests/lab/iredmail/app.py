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
from . import answer
from .answer import HTML, Answer
from .call import Call, fields_of, read_form
from .pipeline import is_write, locate, respond

#: What a panel says when its database fails in the middle of something.
DATABASE_ERROR = "OperationalError(2006, 'MySQL server has gone away')"
REASONS = {404: "404 Not Found", 502: "502 Bad Gateway", 503: "503 Service Unavailable"}


class IredmailApp:
    """The ASGI application: reads a request, lets the pipeline or a fault answer, writes the log."""

    def __init__(self, server):
        self.server = server

    async def __call__(self, scope, receive, send) -> None:
        body = await receive_body(receive)
        started = time.perf_counter()
        call = self._call(scope, body)
        fault = self.server.faults.take(call.method, call.raw_path)
        reply = self._answer(call, fault)
        self._log(call, fault, reply, (time.perf_counter() - started) * 1000)
        if delay := self.server.knobs.latency + (fault.seconds if fault and fault.kind == "delay" else 0):
            await asyncio.sleep(delay)
        if reply is None:
            await hang_up(scope)
        else:
            await send_answer(send, reply, cut=fault is not None and fault.kind == "truncate")

    def _call(self, scope, body: bytes) -> Call:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        call = Call(
            server=self.server,
            method=scope["method"],
            raw_path=(scope.get("raw_path") or urllib.parse.quote(scope["path"]).encode()).decode("latin-1"),
            query=fields_of(scope["query_string"].decode("latin-1")),
            form=read_form(scope["method"], headers.get("content-type", ""), body),
            headers=headers,
            client=tuple(scope["client"]),
        )
        locate(call)
        return call

    def _answer(self, call: Call, fault: Fault | None) -> Answer | None:
        """None: the connection is to be closed without an answer."""
        if fault is None:
            return respond(call)
        if fault.kind == "expire":
            self.server.sessions.end_all()
        if fault.kind == "drop":
            call.dropped = fault.fields
        if fault.kind == "bad_request":
            # What a failing database leaves behind: the account, with hardly anything set.
            call.form = {name: value for name, value in call.form.items() if name == "password"}
        reply = respond(call) if fault.effect else None
        return reply if fault.kind in ("drop", "delay", "truncate", "expire") else self._faulty(fault)

    def _faulty(self, fault: Fault) -> Answer | None:
        knobs = self.server.knobs
        if fault.kind == "lost":
            return None
        if fault.kind == "bad_request":
            return answer.failure(knobs, DATABASE_ERROR)
        if fault.kind == "refusal":
            return answer.failure(knobs, fault.message or "INVALID_DATA")
        if fault.kind == "locked":
            return answer.crashed()
        if fault.kind == "empty":
            return Answer(200, b"", HTML)
        if fault.kind == "throttle":
            return Answer(429, b"", HTML)
        if fault.kind == "redirect":
            return answer.moved(fault.location)
        if fault.kind == "maintenance":
            return answer.page(503, REASONS[503])
        if fault.kind == "html":
            return answer.page(fault.status, REASONS.get(fault.status, "Error"))
        return Answer(fault.status, fault.body.encode(), fault.content_type)

    def _log(self, call: Call, fault: Fault | None, reply: Answer | None, ms: float) -> None:
        self.server.log.add(
            Entry(
                method=call.method,
                path=call.raw_path,
                query=call.query,
                body=call.form or None,
                who=call.who,
                auth="password" if call.login is not None else "session" if call.who else None,
                login=call.login,
                cookies="cookie" in call.headers,
                write=is_write(call),
                status=reply.status if reply else None,
                code=reply.code if reply else None,
                fault=fault.kind if fault else None,
                connection=call.client[1],
                ms=ms,
            )
        )
