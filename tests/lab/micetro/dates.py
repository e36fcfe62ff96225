# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import datetime


def shown_date(seconds: float) -> str:
    """`Jun 5, 2026 09:30:00`: no ISO date, and no offset (contract 11)."""
    moment = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    return f"{moment:%b} {moment.day}, {moment:%Y %H:%M:%S}"
