# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

# Codes with a source in the contract (section 3).
NOT_FOUND = 2049
RECORD_NOT_FOUND = 16544
NO_ACCESS = 1028
NO_SESSION = 5002
RECORDS_UNAVAILABLE = 520
ADDRESSES_UNAVAILABLE = 265

# The others are unknown: clients must not depend on them.
BAD_CREDENTIALS = 5001
TOO_MANY_CONNECTIONS = 5010
DUPLICATE = 1047
UNKNOWN_PROPERTY = 1048
READ_ONLY = 1049
INVALID_VALUE = 1050
MISSING_VALUE = 1051
WEAK_PASSWORD = 1052
MEMBERSHIP = 1053
BUSY = 1054
AMBIGUOUS = 2050
BAD_FILTER = 2051
BAD_REQUEST = 16384
METHOD = 16385
UNKNOWN_RESOURCE = 16386

STATUS = {NO_SESSION: 401, BAD_CREDENTIALS: 401, METHOD: 405, UNKNOWN_RESOURCE: 404}

INVALID_CREDENTIALS = "Invalid username or password."  # byte-exact: clients compare (contract 2)
MISSING_SESSION = "Missing Session ID."
NO_ACCESS_TEXT = "You do not have access to perform that action."
TOO_MANY_CONNECTIONS_TEXT = "Too many open connections"


class Refusal(Exception):
    """An error answer. The HTTP status says little (contract 3): it follows from the code and from knobs."""

    def __init__(self, code: int, message: str):
        super().__init__(message)
        self.code = code
        self.message = message

    def status(self, knobs) -> int:
        by_knob = {
            NOT_FOUND: knobs.not_found_status,
            NO_ACCESS: knobs.no_access_status,
            RECORD_NOT_FOUND: knobs.record_not_found_status,
            TOO_MANY_CONNECTIONS: knobs.session_cap_status,
        }
        return by_knob.get(self.code) or STATUS.get(self.code, 400)


def not_found(text: str) -> Refusal:
    return Refusal(NOT_FOUND, f"Object not found for reference '{text}'.")


def no_access(message: str = NO_ACCESS_TEXT) -> Refusal:
    return Refusal(NO_ACCESS, message)


def invalid(name: str, value: object) -> Refusal:
    return Refusal(INVALID_VALUE, f"Invalid value '{value}' for '{name}'.")
