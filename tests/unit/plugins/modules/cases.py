# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every module of the collection with its samples: an entry in ``backends`` is all that a new one needs to be held to the contract."""

from __future__ import annotations

from .backends import bluemind, iredmail, ldapsaisie, micetro, ocs

BACKENDS = (bluemind, iredmail, ldapsaisie, micetro, ocs)
CASES = [case for backend in BACKENDS for case in backend.CASES]
SERVERS = {backend.SERVER.prefix: backend.SERVER for backend in BACKENDS}
