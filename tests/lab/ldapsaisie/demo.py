# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The data set `demo`: the groups of a small town council and its school, ready for people; everybody is made up."""

from __future__ import annotations

PASSWORD = "Demo-0nly"

GROUPS = {
    "staff": (102100, ["Everybody on the pay roll"]),
    "it": (102101, ["IT team"]),
    "school": (102102, ["Teachers and assistants"]),
    "council": (102103, ["Elected people"]),
}

OBJECTS = [
    *(
        {"type": "LSgroup", "attributes": {"cn": name, "gidNumber": number, "description": description}}
        for name, (number, description) in GROUPS.items()
    ),
    {
        "type": "LSpeople",
        "attributes": {
            "uid": "robin.reference",
            "givenName": "Robin",
            "sn": "Reference",
            "cn": "Robin Reference",
            "mail": "robin.reference@example.org",
            "userPassword": PASSWORD,
            "gidNumber": 102100,
            "description": ["Answers for newcomers"],
        },
    },
]
