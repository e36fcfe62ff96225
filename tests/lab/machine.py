# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import asyncio
import socket
import threading

import uvicorn
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from .wire import Wire

LOOPBACK = "127.0.0.1"


class Protocol(AutoHTTPProtocol):
    """Remembers the transport of each connection, so that an answer can be lost on purpose."""

    transports: dict[tuple, asyncio.Transport] = {}

    def connection_made(self, transport):
        super().connection_made(transport)
        self.ends = _ends(transport.get_extra_info("peername"), transport.get_extra_info("sockname"))
        self.transports[self.ends] = transport

    def connection_lost(self, exc):
        self.transports.pop(self.ends, None)
        super().connection_lost(exc)


def _ends(client, server) -> tuple:
    return tuple(client), tuple(server)


async def receive_body(receive) -> bytes:
    parts = []
    more = True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


async def send_answer(send, answer, cut: bool) -> None:
    """
    :param answer: ``status``, ``headers`` (a list of values repeats the header), ``content_type`` (empty: none) and ``body``.
    :param cut: only the first half of the body.
    """
    body = answer.body[: len(answer.body) // 2] if cut else answer.body
    headers = [] if answer.status == 204 else [(b"content-length", str(len(body)).encode())]
    if answer.content_type:
        headers.append((b"content-type", answer.content_type.encode()))
    for name, values in answer.headers.items():
        headers += [(name.encode(), value.encode("latin-1", "replace")) for value in (values if isinstance(values, list) else [values])]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def hang_up(scope) -> None:
    """Close the connection of this request without an answer."""
    if transport := Protocol.transports.get(_ends(scope["client"], scope["server"])):
        transport.abort()
    # Two turns of the loop: the abort is scheduled, then the server learns of it and does not complain about the missing answer.
    await asyncio.sleep(0)
    await asyncio.sleep(0)


async def _cancel_the_rest() -> None:
    """Proxied connections that nobody closed."""
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


class Machine:
    """One event loop in a background thread that serves ASGI applications on loopback sockets."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self._run, name="lab", daemon=True)
        self.servers: list[uvicorn.Server] = []
        self.tasks: list[asyncio.Future] = []

    def start(self) -> None:
        self.thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    def call(self, coroutine):
        """Run a coroutine in the lab's thread and wait for its result."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(30)

    def serve(self, app, port: int = 0) -> int:
        """Serve an application; returns its port."""
        # With the protocol named, asyncio switches Nagle's algorithm off: else each answer waits 40 ms for an ACK.
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((LOOPBACK, port))
        # Nothing is lost between the bind and the first accept: the address can be announced at once.
        sock.listen(2048)
        config = uvicorn.Config(
            app,
            http=Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        self.servers.append(server)
        self.tasks.append(asyncio.run_coroutine_threadsafe(server.serve(sockets=[sock]), self.loop))
        return sock.getsockname()[1]

    def wire(self, backend, **troubles) -> Wire:
        return Wire(self, backend.url, **troubles)

    def stop(self) -> None:
        for server in self.servers:
            server.should_exit = server.force_exit = True
        for task in self.tasks:
            task.result(10)
        self.call(_cancel_the_rest())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()
