# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import dataclasses

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


def control_app(lab) -> Starlette:
    """The lab's own HTTP interface: what the Python API offers, as JSON."""

    async def body_of(request: Request) -> dict:
        return await request.json() if await request.body() else {}

    def backend_of(request: Request):
        try:
            return lab.backends[request.path_params["backend"]]
        except KeyError as unknown:
            raise HTTPException(404, "no such backend") from unknown

    async def index(_request):
        return JSONResponse({name: backend.describe() for name, backend in lab.backends.items()})

    async def reset(request):
        backend_of(request).reset(**await body_of(request))
        return JSONResponse({})

    async def seed(request):
        body = await body_of(request)
        backend = backend_of(request)
        if name := body.pop("name", None):
            backend.seed_named(name)
        backend.seed(**body)
        return JSONResponse({})

    async def knobs(request):
        backend = backend_of(request)
        if request.method == "PATCH":
            backend.change_knobs(await body_of(request))
        return JSONResponse(dataclasses.asdict(backend.knobs))

    async def log(request):
        journal = backend_of(request).log
        if request.method == "DELETE":
            journal.clear()
        return JSONResponse(journal.as_json())

    async def state(request):
        return JSONResponse(backend_of(request).state())

    async def faults(request):
        backend = backend_of(request)
        if request.method == "POST":
            backend.fault(**await body_of(request))
        elif request.method == "DELETE":
            backend.faults.clear()
        return JSONResponse(backend.faults.as_json())

    async def mails(request):
        backend = backend_of(request)
        if request.method == "DELETE":
            backend.mails.clear()
        return JSONResponse(backend.mails)

    async def clock(request):
        if request.method == "POST":
            lab.clock.advance((await body_of(request))["advance"])
        elif request.method == "DELETE":
            lab.clock.reset()
        return JSONResponse({"now": lab.clock.now()})

    async def bad_input(_request, error):
        return JSONResponse({"error": str(error)}, status_code=400)

    return Starlette(
        routes=[
            Route("/", index),
            Route("/clock", clock, methods=["GET", "POST", "DELETE"]),
            Route("/{backend}/reset", reset, methods=["POST"]),
            Route("/{backend}/seed", seed, methods=["POST"]),
            Route("/{backend}/knobs", knobs, methods=["GET", "PATCH"]),
            Route("/{backend}/log", log, methods=["GET", "DELETE"]),
            Route("/{backend}/state", state),
            Route("/{backend}/faults", faults, methods=["GET", "POST", "DELETE"]),
            Route("/{backend}/mails", mails, methods=["GET", "DELETE"]),
        ],
        exception_handlers={ValueError: bad_input, TypeError: bad_input, KeyError: bad_input, AttributeError: bad_input},
    )
