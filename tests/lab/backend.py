# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import dataclasses

from .clock import Clock
from .faults import Fault, Faults
from .journal import Entry, Journal


class Backend:
    """What every simulated backend has: an address, knobs, a request log, faults, recorded mails, and a state to seed and reset."""

    name: str
    knobs_class: type
    app: object  # the ASGI application

    def __init__(self, clock: Clock):
        self.clock = clock
        self.knobs = self.knobs_class()
        self.log = Journal()
        self.faults = Faults()
        self.mails: list[dict] = []
        self.url = ""
        self.machine = None  # set by the lab: sockets and proxies

    def writes(self) -> list[Entry]:
        """The requests whose effect class is a write."""
        return self.log.writes()

    def fault(self, kind: str, **details) -> Fault:
        """Arrange for a failure; see `Fault` and the README."""
        return self.faults.add(Fault(kind, **details))

    def wire(self, **troubles):
        """A context manager giving the URL of a TCP proxy in front of this backend; see `wire.Trouble`."""
        return self.machine.wire(self, **troubles)

    def reset(self, fresh: bool = False) -> None:
        """Back to the first state: knobs, log, faults and mails too. `fresh`: without the lab's own accounts."""
        # The knobs object stays, so that a test may keep a reference to it.
        for knob, value in vars(self.knobs_class()).items():
            setattr(self.knobs, knob, value)
        self.log.clear()
        self.faults.clear()
        self.mails.clear()
        self.populate(fresh)

    def populate(self, fresh: bool) -> None:
        raise NotImplementedError

    def seed(self, **things) -> None:
        raise NotImplementedError

    def seed_named(self, name: str) -> None:
        """Load one of the named data sets, such as `demo`."""
        raise NotImplementedError

    def state(self) -> dict:
        """Everything stored, as JSON types; `restore` takes it back."""
        raise NotImplementedError

    def restore(self, state: dict) -> None:
        raise NotImplementedError

    def describe(self) -> dict:
        """What a client needs to connect, for the info file."""
        raise NotImplementedError

    def exports(self) -> dict[str, str]:
        """Environment variables to paste in another terminal."""
        raise NotImplementedError

    def change_knobs(self, changes: dict) -> None:
        known = {knob.name for knob in dataclasses.fields(self.knobs)}
        if unknown := changes.keys() - known:
            raise ValueError(f"unknown knob: {', '.join(sorted(unknown))}")
        for knob, value in changes.items():
            setattr(self.knobs, knob, value)
