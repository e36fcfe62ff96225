# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Send a recorded request again and say where the answer differs from the recorded one."""

from __future__ import annotations

import base64
import http.client
import json
import urllib.parse
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NamedTuple

LEFT_OUT_REASONS = ("needs nginx, Apache or PHP", "another app", "timing or parallelism", "redacted value", "never sent by the server")


class Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def load(name: str) -> dict[str, dict]:
    """The recordings of one backend by name, in file order."""
    recordings = json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return {recording["name"]: recording for recording in recordings}


def basic(login: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()


def send(url: str, request: dict, extra_headers: dict[str, str]) -> Reply:
    """The recorded request, byte for byte in its path, with the credentials that the recording leaves out."""
    headers = request["headers"] | extra_headers
    query = request["query"] if isinstance(request["query"], str) else urllib.parse.urlencode(request["query"], doseq=True)
    body = request["body"]
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=20)
    try:
        target = request["path"] + (f"?{query}" if query else "")
        connection.request(request["method"], target, body.encode() if isinstance(body, str) else body, headers)
        answer = connection.getresponse()
        return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


class Comparison:
    """Collects the differences between a recorded response and a reply. Values whose last key is in `ignored` count by type only."""

    def __init__(self, ignored: frozenset[str]):
        self.ignored = ignored
        self.found: list[str] = []

    def response(self, recorded: dict, reply: Reply) -> list[str]:
        self._same("status", recorded["status"], reply.status)
        self._same("content type", recorded["content_type"], reply.headers.get("content-type"))
        for name, value in recorded.get("headers", {}).items():
            self._same(f"header {name}", value, reply.headers.get(name), ignore=name in self.ignored and name in reply.headers)
        if "json" in recorded:
            self._json(recorded["json"], reply.body)
        elif recorded["body"].startswith("<?xml"):
            self._xml(recorded["body"], reply.body)
        elif (recorded["content_type"] or "").startswith("text/csv"):
            self._same("body", recorded["body"], reply.body.decode())
        elif bool(recorded["body"]) != bool(reply.body):
            self.found.append(f"body: recorded {recorded['body'][:40]!r}, got {reply.body[:40]!r}")
        return self.found

    def _same(self, where: str, recorded, got, ignore: bool = False) -> None:
        if recorded != got and not ignore:
            self.found.append(f"{where}: recorded {recorded!r}, got {got!r}")

    def _json(self, recorded, body: bytes) -> None:
        try:
            got = json.loads(body)
        except ValueError:
            self.found.append(f"not JSON: {body[:80]!r}")
        else:
            self._tree("", recorded, got)

    def _xml(self, recorded: str, body: bytes) -> None:
        try:
            got = ET.fromstring(body)
        except ET.ParseError:
            self.found.append(f"not XML: {body[:80]!r}")
        else:
            self._tree("", as_tree(ET.fromstring(recorded)), as_tree(got))

    def _tree(self, where: str, recorded, got) -> None:
        if kind_of(recorded) != kind_of(got):
            self.found.append(f"{where}: recorded {kind_of(recorded)} {recorded!r}, got {kind_of(got)} {got!r}"[:400])
        elif isinstance(recorded, dict):
            if recorded.keys() != got.keys():
                lost, more = sorted(recorded.keys() - got.keys()), sorted(got.keys() - recorded.keys())
                self.found.append(f"{where}: lacks {lost}, has besides {more}")
            for key in recorded.keys() & got.keys():
                self._tree(f"{where}.{key}", recorded[key], got[key])
        elif where.rpartition(".")[2] in self.ignored:
            return
        elif isinstance(recorded, list):
            if len(recorded) != len(got):
                self.found.append(f"{where}: recorded {recorded!r}, got {got!r}"[:600])
            for index, (old, new) in enumerate(zip(recorded, got, strict=False)):
                self._tree(f"{where}[{index}]", old, new)
        else:
            self._same(where, recorded, got)


def kind_of(value) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    return {str: "string", dict: "object", list: "array", type(None): "null"}[type(value)]


def as_tree(element: ET.Element):
    """An element as text, as a list of its `element` children, or as a map."""
    children = list(element)
    if not children:
        return element.text or ""
    if all(child.tag == "element" for child in children):
        return [as_tree(child) for child in children]
    return {child.tag: as_tree(child) for child in children}
