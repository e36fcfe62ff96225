# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Knobs:
    """How the server is configured, where tests need another setting than a new one has."""

    latency: float = 0.0  # seconds added to every answer
    write_seconds: float = 0.0  # between reading and writing: with more than 0, writes at once corrupt each other (contract 6.13)

    default_lang: str = "fr_FR"
    api_access: list[str] = field(default_factory=lambda: ["LSpeople", "LSsysaccount"])  # types whose accounts may use the API
    auth_method: str = "HTTP"  # anything else: a method that does not serve the API (contract 2)
    authorization_header: bool = False  # credentials from the raw header: a password with a colon is refused (contract 2)

    encoded_slashes: bool = False  # on: the web server lets %2F through (contract 1.2)
    max_input_vars: int = 1000  # form variables beyond it are dropped (contract 1.1)
    post_max_size: int = 8 * 1024**2  # a bigger form is empty
    upload_max_filesize: int = 2 * 1024**2  # a bigger file is not there

    ldap_down: bool = False
    mail_fails: bool = False  # for everybody; an address with `bounce` in it always fails

    strict_status: bool = False  # 401, 403 and 404 instead of 200 with errors, as a repaired version might (contract 12)
    empty_as_object: bool = False  # {} instead of [] for an empty map, likewise
