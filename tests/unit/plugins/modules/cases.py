# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every module of the collection with its samples: an entry in ``backends`` is all that a new one needs to be held to the contract."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

#: Every file in ``backends`` without an underscore in its name; those with one are parts of another.
NAMES = [found.name for found in pkgutil.iter_modules([str(Path(__file__).with_name("backends"))]) if "_" not in found.name]
BACKENDS = [importlib.import_module(f".backends.{name}", __package__) for name in NAMES]
CASES = [case for backend in BACKENDS for case in backend.CASES]
SERVERS = {backend.SERVER.prefix: backend.SERVER for backend in BACKENDS}
