# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import asyncio
import gzip
import secrets
import time
import urllib.parse

from ..faults import Fault
from ..journal import Entry
from ..machine import hang_up, receive_body, send_answer
from .answer import HTML, Answer, envelope
from .call import Call, php_fields, read_body
from .pages import html_page
from .pipeline import crashed, is_write, locate, maintenance, respond

WORTH_COMPRESSING = 1024


class OcsApp:
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
            await send_answer(send, self._finished(call, answer), cut=fault is not None and fault.kind == "truncate")

    def _call(self, scope, body: bytes) -> Call:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        call = Call(
            server=self.server,
            method=scope["method"],
            raw_path=(scope.get("raw_path") or urllib.parse.quote(scope["path"]).encode()).decode("latin-1"),
            query=php_fields(scope["query_string"].decode("latin-1")),
            headers=headers,
            body=read_body(scope["method"], headers.get("content-type", ""), body),
            client=tuple(scope["client"]),
        )
        locate(call)
        return call

    def _answer(self, call: Call, fault: Fault | None) -> Answer | None:
        """None: the connection is to be closed without an answer."""
        if fault is None:
            return respond(call)
        if fault.kind == "drop":
            call.dropped = fault.fields
        if fault.kind == "bad_request":
            # What a database error leaves behind: the account, with hardly anything set (contract 3.2).
            kept = ("userid", "password" if call.body.get("password") else "email")
            call.body = {key: value for key, value in call.body.items() if key in kept}
        answer = respond(call) if fault.effect else None
        return answer if fault.kind in ("drop", "delay", "truncate") else self._faulty(call, fault)

    def _faulty(self, call: Call, fault: Fault) -> Answer | None:
        if fault.kind == "lost":
            return None
        if fault.kind == "bad_request":
            return envelope(call, 101, "Bad request", [])
        if fault.kind == "refusal":
            return envelope(call, fault.code, fault.message, [])
        if fault.kind == "locked":
            return crashed(call, "database is locked")
        if fault.kind == "maintenance":
            return maintenance(call)
        if fault.kind == "empty":
            return Answer(200, b"", HTML)
        if fault.kind == "throttle":
            return Answer(429, b"", HTML)
        if fault.kind == "redirect":
            return Answer(302, b"", HTML, {"location": fault.location})
        if fault.kind == "html":
            return html_page(fault.status, "Proxy")
        return Answer(fault.status, fault.body.encode(), fault.content_type)

    def _log(self, call: Call, fault: Fault | None, answer: Answer | None, ms: float) -> None:
        self.server.log.add(
            Entry(
                method=call.method,
                path=call.raw_path,
                query=call.query,
                body=call.body or None,
                who=call.account.id if call.account else None,
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

    def _finished(self, call: Call, answer: Answer) -> Answer:
        if "cookie" not in call.headers:
            # Offered on every answer; a client that sends it back pays for a session (contract 2.1).
            answer.headers["set-cookie"] = f"oc_sessionPassphrase={secrets.token_hex(16)}; path=/; HttpOnly; SameSite=Lax"
        wanted = "gzip" in call.headers.get("accept-encoding", "") and self.server.knobs.gzip
        if wanted and len(answer.body) > WORTH_COMPRESSING:
            answer.body = gzip.compress(answer.body, compresslevel=1)
            answer.headers |= {"content-encoding": "gzip", "vary": "Accept-Encoding"}
        return answer
