# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from .backend import Backend
from .clock import Clock
from .control import control_app
from .machine import LOOPBACK, Machine
from .wire import AUTHORITY


def backend_classes() -> list[type[Backend]]:
    """The backends by name: each package beside this file holds one."""
    for found in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if found.ispkg:
            importlib.import_module(f".{found.name}", __package__)
    return sorted(Backend.__subclasses__(), key=lambda each: each.name)


class Lab:
    """The simulated backends, served from a background thread.

    with Lab(seed="demo") as lab:
        lab.ocs.url, lab.ocs.username, lab.ocs.app_password
    """

    def __init__(self, seed: str | None = None, port: int = 0):
        self.clock = Clock()
        self.backends = {each.name: each(self.clock) for each in backend_classes()}
        vars(self).update(self.backends)
        self._seed = seed
        self._port = port
        self.control = ""

    @property
    def ca_pem(self) -> bytes:
        """The certificate authority to trust for `wire(tls=True)`."""
        return AUTHORITY.pem

    def start(self) -> Lab:
        self._machine = Machine()
        self._machine.start()
        self.control = f"http://{LOOPBACK}:{self._machine.serve(control_app(self), self._port)}"
        for number, backend in enumerate(self.backends.values(), 1):
            backend.machine = self._machine
            backend.url = f"http://{LOOPBACK}:{self._machine.serve(backend.app, self._port and self._port + number)}"
            if self._seed:
                backend.seed_named(self._seed)
        return self

    def stop(self) -> None:
        self._machine.stop()

    def state(self) -> dict:
        return {name: backend.state() for name, backend in self.backends.items()}

    def restore(self, state: dict) -> None:
        for name, part in state.items():
            self.backends[name].restore(part)

    def __enter__(self) -> Lab:
        return self.start()

    def __exit__(self, *_exc) -> None:
        self.stop()
