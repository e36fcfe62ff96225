# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import asyncio
import contextlib
import time
import urllib.parse

from ..faults import Fault
from ..journal import Entry
from ..machine import hang_up, receive_body, send_answer
from . import php, texts
from .answer import APACHE, HTML, Answer, html_page
from .call import Call, read_form
from .pipeline import CONNECTION, respond
from .routing import is_write, match


class LdapsaisieApp:
    """The ASGI application: reads a request, lets the pipeline or a fault answer, writes the log."""

    def __init__(self, server):
        self.server = server

    async def __call__(self, scope, receive, send) -> None:
        body = await receive_body(receive)
        started = time.perf_counter()
        call = self._call(scope, body)
        fault = self.server.faults.take(call.method, call.raw_path)
        # Calls of one session wait for each other; a call without a cookie has one to itself (contract 1.5).
        async with call.session.lock if call.cookie else contextlib.nullcontext():
            answer = await self._answer(call, fault)
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
            query=php.parse_encoded(scope["query_string"].decode("latin-1"), self.server.knobs.max_input_vars),
            headers=headers,
            content=body,
            form=read_form(self.server, scope["method"], headers.get("content-type", ""), body),
            client=tuple(scope["client"]),
        )
        self._open(call)
        call.handler, call.segments = match(call.method, call.raw_path)
        return call

    def _open(self, call: Call) -> None:
        """The session of the call, in the language that it asks for."""
        call.session = self.server.sessions.open(call.cookie)
        if (lang := call.request("lang")) is not None:
            call.session.lang = lang if lang in texts.INSTALLED else "en_US"

    async def _answer(self, call: Call, fault: Fault | None) -> Answer | None:
        """None: the connection is to be closed without an answer."""
        if fault is None:
            return await self._carry_out(call)
        if fault.kind == "expire":
            # With credentials beside the cookie the call goes on, on the first directory and without a level.
            self.server.sessions.end(call.session)
            self._open(call)
            return await self._carry_out(call)
        if fault.kind == "drop":
            call.dropped = fault.fields
        call.half = fault.kind == "bad_request"
        answer = await self._carry_out(call) if fault.effect else None
        return answer if fault.kind in ("drop", "delay", "truncate", "bad_request") else self._faulty(call, fault)

    async def _carry_out(self, call: Call) -> Answer:
        steps = respond(call)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return end.value
            if seconds := self.server.knobs.write_seconds:
                await asyncio.sleep(seconds)

    def _faulty(self, call: Call, fault: Fault) -> Answer | None:
        if fault.kind == "lost":
            return None
        if fault.kind == "refusal":
            return _refusal(call, fault)
        if fault.kind == "locked":
            return call.fatal("An exception occured :\n#1 - LSlog :: exception()")
        if fault.kind == "maintenance":
            return html_page(503, "Maintenance")
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
                query=call.query.as_json(),
                body=call.form.as_json() or call.content.decode("utf-8", "replace") or None,
                who=call.who,
                auth=call.auth,
                login=call.login,
                cookies="cookie" in call.headers,
                write=is_write(call),
                status=answer.status if answer else None,
                code=_first_code(call),
                fault=fault.kind if fault else None,
                connection=call.client[1],
                ms=ms,
            )
        )

    def _finished(self, call: Call, answer: Answer) -> Answer:
        if not call.cookie and answer.content_type != APACHE:
            answer.headers["set-cookie"] = f"PHPSESSID={call.session.id}; path=/"
        answer.headers |= {
            "expires": "Thu, 19 Nov 1981 08:52:00 GMT",
            "cache-control": "no-store, no-cache, must-revalidate",
            "pragma": "no-cache",
        }
        return answer


def _refusal(call: Call, fault: Fault) -> Answer:
    """The server's own way to say no: HTTP 200 and an error (contract 1.3). `code` may be one of its codes."""
    code = fault.code if fault.code in texts.CODED else "LSsession_11"
    text = texts.CODED[code]
    call.errors = [f"(Code {code}) {fault.message}"] if fault.message else []
    if not fault.message:
        call.error(code, *[CONNECTION] * text.count("%s"))
    return call.reply({}, 200)


def _first_code(call: Call) -> str | None:
    coded = next((error for error in call.errors if error.startswith("(Code ")), None)
    return coded[6:].partition(")")[0] if coded else None
