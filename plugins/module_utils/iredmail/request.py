# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Any request of iRedMail."""

from __future__ import annotations

from ..core.request import Request
from .client import IredmailClient

REQUEST = Request(IredmailClient)
