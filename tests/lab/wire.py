# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
import threading
import urllib.parse
from dataclasses import dataclass

import trustme

ABORT = struct.pack("ii", 1, 0)


@dataclass
class Trouble:
    """What goes wrong on the line, below HTTP."""

    refuse: bool = False  # nobody listens
    reset: str | None = None  # "before" the backend sees anything, "after" it has answered
    cut_after: int | None = None  # bytes of an answer's body that pass before the line is closed
    stall: float = 0.0  # seconds of silence before each piece of an answer
    connections: int | None = None  # only the first N connections are troubled
    tls: bool = False
    certificate: str = "good"  # or "wrong-host", or "untrusted": signed by another authority


class Authority:
    """The lab's certificate authority, made when first needed."""

    def __init__(self):
        self._lock = threading.Lock()
        self._authorities: dict[str, trustme.CA] = {}

    def get(self, name: str = "lab") -> trustme.CA:
        with self._lock:
            if name not in self._authorities:
                self._authorities[name] = trustme.CA(organization_name=f"Simulated backends, {name}")
            return self._authorities[name]

    @property
    def pem(self) -> bytes:
        """The certificate to trust."""
        return self.get().cert_pem.bytes()

    def server_context(self, certificate: str) -> ssl.SSLContext:
        authority = self.get("untrusted" if certificate == "untrusted" else "lab")
        host = "elsewhere.invalid" if certificate == "wrong-host" else "127.0.0.1"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(host, "localhost" if host == "127.0.0.1" else host).configure_cert(context)
        return context


AUTHORITY = Authority()


class Cut:
    """Lets the head of an answer pass, and so many bytes of its body."""

    def __init__(self, body_bytes: int | None):
        self.body_bytes = body_bytes
        self.seen = b""
        self.done = False

    def passing(self, data: bytes) -> bytes:
        if self.body_bytes is None:
            return data
        before, self.seen = len(self.seen), self.seen + data
        head, end_of_head, _unused = self.seen.partition(b"\r\n\r\n")
        last = len(head) + len(end_of_head) + self.body_bytes
        self.done = bool(end_of_head) and len(self.seen) >= last
        return self.seen[before:last] if self.done else data


class Wire:
    """A TCP proxy in front of a backend, with troubles; use it as a context manager that gives the URL."""

    def __init__(self, machine, url: str, **troubles):
        self.machine = machine
        self.trouble = Trouble(**troubles)
        self.host, self.port = urllib.parse.urlsplit(url).hostname, urllib.parse.urlsplit(url).port
        self.seen = 0  # connections accepted

    def __enter__(self) -> str:
        return self.machine.call(self._open())

    def __exit__(self, *_exc) -> None:
        self.machine.call(self._close())

    async def _open(self) -> str:
        context = AUTHORITY.server_context(self.trouble.certificate) if self.trouble.tls else None
        self._server = await asyncio.start_server(self._connected, self.host, 0, ssl=context)
        port = self._server.sockets[0].getsockname()[1]
        if self.trouble.refuse:
            self._server.close()
        return f"{'https' if self.trouble.tls else 'http'}://{self.host}:{port}"

    async def _close(self) -> None:
        self._server.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.seen += 1
        limit = self.trouble.connections
        trouble = self.trouble if limit is None or self.seen <= limit else Trouble()
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            if trouble.reset == "before":
                await reader.read(1)
                return self._reset(writer)
            upstream_reader, upstream_writer = await asyncio.open_connection(self.host, self.port)
            try:
                upwards = asyncio.create_task(self._pump(reader, upstream_writer))
                await self._answers(upstream_reader, writer, trouble)
                upwards.cancel()
            finally:
                upstream_writer.close()
        writer.close()

    async def _pump(self, reader, writer) -> None:
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
            writer.write_eof()

    async def _answers(self, reader, writer, trouble: Trouble) -> None:
        cut = Cut(trouble.cut_after)
        while data := await reader.read(65536):
            if trouble.reset == "after":
                return self._reset(writer)
            if trouble.stall:
                await asyncio.sleep(trouble.stall)
            writer.write(cut.passing(data))
            await writer.drain()
            if cut.done:
                return None
        return None

    def _reset(self, writer) -> None:
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
        writer.transport.abort()
