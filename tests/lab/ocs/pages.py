# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers that are not OCS: what the web server, a proxy, or the server's HTML side says."""

from __future__ import annotations

from .answer import HTML, Answer

APACHE = "text/html; charset=iso-8859-1"
REASONS = {400: "Bad Request", 404: "Not Found", 502: "Bad Gateway", 503: "Service Unavailable"}


def html_page(status: int, title: str = "Nextcloud", content_type: str = HTML) -> Answer:
    reason = REASONS.get(status, "Error")
    page = f"<!DOCTYPE html>\n<html>\n<head><title>{title}</title></head>\n<body><h1>{status} {reason}</h1></body>\n</html>\n"
    return Answer(status, page.encode(), content_type)
