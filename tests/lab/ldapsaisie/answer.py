# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import dataclass, field

JSON = "application/json"
HTML = "text/html; charset=UTF-8"
APACHE = "text/html; charset=iso-8859-1"
CSV = "text/csv;charset=UTF-8"

REASONS = {404: "Not Found", 500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}


@dataclass(slots=True)
class Answer:
    status: int
    body: bytes = b""
    content_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)
    success: bool | None = None


def html_page(status: int, title: str = "LdapSaisie", content_type: str = HTML) -> Answer:
    """What is not said by the API: the web server's or a proxy's page."""
    reason = REASONS.get(status, "OK" if status == 200 else "Error")
    page = f"<!DOCTYPE html>\n<html>\n<head><title>{title}</title></head>\n<body><h1>{reason}</h1></body>\n</html>\n"
    return Answer(status, page.encode(), content_type)
