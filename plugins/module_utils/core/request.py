# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One call of a route that no module models yet, with the backend's own login, TLS, retries and verdict."""

from __future__ import annotations

import json
import re
from contextlib import nullcontext
from typing import Any, Mapping, Type
from urllib.parse import unquote

from .client import Client
from .errors import BackendError, InvalidInput
from .spec import HIDDEN, hide
from .task import Result, Task, failure, secrets_of

METHODS = ["GET", "POST", "PUT", "DELETE"]


class Request(Task):
    """An operation: what it changes is not known here, so the user says whether it changes anything."""

    def __init__(self, client_class: Type[Client]) -> None:
        formats = list(client_class.body_formats)
        super().__init__(
            client_class,
            {
                "method": {"type": "str", "choices": METHODS, "default": "GET"},
                "path": {"type": "str", "required": True},
                "query": {"type": "dict", "default": {}},
                "body": {"type": "raw"},
                "secret_body": {"type": "dict", "no_log": True},
                "body_format": {"type": "str", "choices": formats, "default": formats[0]},
                "status_code": {"type": "list", "elements": "int", "default": []},
                "changes": {"type": "bool"},
            },
        )

    def check(self, params: Mapping[str, Any], hidden: bool) -> None:
        path = params["path"]
        steps = {unquote(step) for step in path.split("/")}  # what is quoted is unquoted on its way
        if not path.startswith("/") or path.startswith("//") or re.search(r"[?#\s\\]", path) or steps & {".", ".."}:
            raise InvalidInput(
                "path must begin with one slash and hold no spaces, no ?, no # and no steps such as ..; give the rest in query"
            )
        body, secret = params["body"], params["secret_body"]
        if secret and body is not None and not isinstance(body, dict):
            raise InvalidInput("secret_body is joined to body, so body must be a map too")
        twice = sorted(set(secret or ()) & set(body or ())) if secret else []
        if twice:
            raise InvalidInput(f"{', '.join(twice)} stands in both body and secret_body")
        if params["body_format"] == "form" and body is not None and not isinstance(body, dict):
            raise InvalidInput("a form needs a map as body")
        if params["body_format"] == "raw" and not isinstance(body, (str, type(None))):
            raise InvalidInput("a raw body is a text")
        if params["changes"] is False and self.client.writes(params["method"], plain(path), params["query"]):
            raise InvalidInput(f"changes cannot be false: {params['method']} {path} is known to write")

    def work(self, client: Client, params: Mapping[str, Any], check_mode: bool) -> Result:
        method, path, query = params["method"], params["path"], params["query"]
        writes = params["changes"]
        if writes is None:
            writes = client.writes(method, plain(path), query) is not False
        client.acting()
        if check_mode and writes:
            return {"changed": True, "sent": False}
        answers: list[Any] = []

        def judge(response: Any) -> Any:
            answers.append(response)
            return client.judge(response)

        sent = client.body(query, self.joined(params), params["body_format"])
        try:
            with client.exclusive() if writes and client.one_writer else nullcontext():
                payload = client.call(method, path, write=writes, repeat=not writes, judge=judge, **sent)
            refusal = None
        except BackendError as exc:
            status = answers[-1].status_code if answers else None
            if exc.fatal or status not in params["status_code"]:
                return self.failed(client, exc, writes)
            payload, refusal = _document(answers[-1]), exc
        answer = answers[-1]
        secrets = set(secrets_of(self.options, params))
        if params["status_code"] and answer.status_code not in params["status_code"]:
            words = f"{method} {path} answered with HTTP {answer.status_code}, which status_code does not name"
            other = BackendError(words + (": it was carried out" if writes else ""), status=answer.status_code)
            return {**failure(other, client.name), "changed": writes, "sent": True, "answer": _hidden(payload, secrets)}
        result: Result = {
            "changed": writes and (refusal is None or refusal.written),
            "sent": True,
            "status": answer.status_code,
            "answer": _hidden(payload, secrets),
        }
        if refusal is not None:
            result["refusal"] = hide(str(refusal), secrets)
        return result

    @staticmethod
    def failed(client: Client, exc: BackendError, writes: bool) -> Result:
        """What is known of a request that failed: it may have been carried out all the same."""
        result = failure(exc, client.name)
        if writes and exc.written:
            return {**result, "changed": True, "sent": True}
        if writes and exc.uncertain:
            result["msg"] += "; whether it was carried out is not known"
        return result

    @staticmethod
    def joined(params: Mapping[str, Any]) -> Any:
        return {**(params["body"] or {}), **params["secret_body"]} if params["secret_body"] else params["body"]


def plain(path: str) -> str:
    """A path as it is sent, without what was quoted needlessly."""
    return re.sub(
        r"%[0-9A-Fa-f]{2}", lambda match: unquote(match[0]) if re.fullmatch(r"[\w.~-]", unquote(match[0]), re.ASCII) else match[0], path
    )


def _document(response: Any) -> Any:
    try:
        return response.json()
    except ValueError:
        return response.text


def _hidden(value: Any, secrets: set[str]) -> Any:
    """A payload without any secret that was sent, which a server may repeat."""
    if isinstance(value, dict):
        return {key: _hidden(each, secrets) for key, each in value.items()}
    if isinstance(value, list):
        return [_hidden(each, secrets) for each in value]
    if isinstance(value, str):
        return hide(value, secrets)
    return HIDDEN if json.dumps(value) in secrets else value
