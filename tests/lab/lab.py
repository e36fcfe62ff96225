# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from .bluemind import Bluemind
from .clock import Clock
from .control import control_app
from .iredmail import Iredmail
from .ldapsaisie import Ldapsaisie
from .machine import LOOPBACK, Machine
from .micetro import Micetro
from .ocs import Ocs
from .wire import AUTHORITY


class Lab:
    """The simulated backends, served from a background thread.

    with Lab(seed="demo") as lab:
        lab.ocs.url, lab.ocs.username, lab.ocs.app_password
    """

    def __init__(self, seed: str | None = None, port: int = 0):
        self.clock = Clock()
        self.ocs = Ocs(self.clock)
        self.iredmail = Iredmail(self.clock)
        self.micetro = Micetro(self.clock)
        self.bluemind = Bluemind(self.clock)
        self.ldapsaisie = Ldapsaisie(self.clock)
        backends = (self.ocs, self.iredmail, self.micetro, self.bluemind, self.ldapsaisie)
        self.backends = {backend.name: backend for backend in backends}
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
