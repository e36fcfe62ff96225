# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Knobs:
    """What can be turned on the simulated server. Where the contract knows no answer, the default is what it infers."""

    latency: float = 0.0  # seconds added to every answer

    version: str = "26.1.0"  # what the version probe says
    basic_auth: bool = True  # off: only sessions, as an operator may decide (contract 2)
    session_cap: int | None = 100  # open sessions of one user; None: no limit
    session_seconds: float | None = 600.0  # of idleness that end a session; None: never (contract 2)
    password_min_length: int = 12  # 4 before 25.1 (contract 6.1)
    list_needs_user_admin: bool = True  # to list users, groups, roles (contract 6.1)

    inline_members: list[str] = field(default_factory=list)  # collections whose POST honours inline memberships (contract 6.2)
    repeated_member_fails: bool = False  # putting a member who is one already (contract 12.6)
    missing_member_fails: bool = True  # removing a member who is none

    not_found_status: int = 400  # of 2049 (contract 3)
    no_access_status: int = 400  # of 1028
    record_not_found_status: int = 404  # of 16544, which DNS records use
    session_cap_status: int = 400
    definition_status: int = 201  # of a created property definition; the vendor's document says 204
    exhausted: str = "204"  # a range without a free address: "204", or "empty", a result without an address (contract 9)
    naming_conflict_check: bool = True  # a CNAME beside other records (contract 8)
    record_refs_change: bool = False  # an edited DNS record gets a new reference (contract 8)
    relative_data: bool = True  # hosts of the zone come back relative to it in record data
    old_zone_types: bool = False  # Master and Slave instead of Primary and Secondary
    envelope: bool = True  # the `result` around answers
    password_in_reads: bool = False  # an empty password in user objects (contract 17)

    plus_is_space: bool = False  # + in a query (contract 1)
    slash_in_names: bool = True  # off: %2F separates, as where a server decodes first (contract 4)
    latin1_without_charset: bool = False  # as before 11.1.0 (contract 1)
    or_filters: bool = True  # contract 13
    partial_field_names: bool = False  # field names of filters may be cut short (contract 5)
    unstable_order: bool = False  # listings without sortBy begin elsewhere each time
    ignores_offset: bool = False  # every page is the first (contract 5)
    default_limit: int | None = None  # page size when the client names none

    legacy_tree: bool = False  # serves the unversioned API too (contract 15.1)
