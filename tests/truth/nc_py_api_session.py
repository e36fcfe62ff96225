# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A session of the vendor-neutral client `nc-py-api`, unmodified, against a lab.

It runs in an environment of its own, because that client brings a library that changes how `requests` sends headers:

    python -m venv E && E/bin/pip install nc-py-api
    OCS_URL=... OCS_USERNAME=... OCS_PASSWORD=... E/bin/python tests/truth/nc_py_api_session.py
"""

from __future__ import annotations

import asyncio
import os

import nc_py_api

PASSWORD = "Session-pass-word-1"
USER, GROUP = "session.user", "session group"


async def refused(call) -> int:
    """The code with which a call is refused."""
    try:
        await call
    except nc_py_api.NextcloudException as refusal:
        return refusal.status_code
    raise AssertionError("the call was not refused")


async def groups(cloud) -> None:
    await cloud.users_groups.create(GROUP, "A Session")
    assert GROUP in await cloud.users_groups.get_list()
    assert await refused(cloud.users_groups.create(GROUP)) == 102
    (details,) = await cloud.users_groups.get_details(mask=GROUP)
    assert (details.display_name, details.user_count, details.disabled) == ("A Session", 0, False)
    await cloud.users_groups.edit(GROUP, display_name="Renamed")
    (details,) = await cloud.users_groups.get_details(mask=GROUP)
    assert details.display_name == "Renamed"


async def users(cloud) -> None:
    await cloud.users.create(
        USER, "Session User", password=PASSWORD, email="Session@Example.org", groups=[GROUP], quota="1.26 GB", language="fr"
    )
    assert await refused(cloud.users.create(USER, password=PASSWORD)) == 102
    assert await cloud.users.get_list(mask="session.") == [USER]
    seen = await cloud.users.get_user(USER)
    assert (seen.user_id, seen.display_name, seen.email, seen.language) == (USER, "Session User", "session@example.org", "fr")
    assert seen.groups == [GROUP]
    assert seen.quota["quota"] == 1395864371
    assert seen.enabled

    await cloud.users.edit(USER, phone="+33 1 23 45 67 89", organisation="Nowhere")
    seen = await cloud.users.get_user(USER)
    assert (seen.phone, seen.organisation) == ("+33123456789", "Nowhere")
    assert await refused(cloud.users.edit(USER, language="fr_FR")) == 101

    await cloud.users.disable(USER)
    assert not (await cloud.users.get_user(USER)).enabled
    await cloud.users.enable(USER)
    assert (await cloud.users.get_user(USER)).enabled
    await cloud.users.resend_welcome_email(USER)


async def memberships(cloud) -> None:
    await cloud.users.remove_from_group(USER, GROUP)
    assert (await cloud.users.get_user(USER)).groups == []
    await cloud.users.add_to_group(USER, GROUP)
    assert await cloud.users_groups.get_members(GROUP) == [USER]
    await cloud.users.promote_to_subadmin(USER, GROUP)
    assert await cloud.users_groups.get_subadmins(GROUP) == [USER]
    await cloud.users.demote_from_subadmin(USER, GROUP)
    assert await cloud.users_groups.get_subadmins(GROUP) == []


async def removal(cloud) -> None:
    await cloud.users.delete(USER)
    assert await refused(cloud.users.get_user(USER)) == 404
    await cloud.users_groups.delete(GROUP)
    assert GROUP not in await cloud.users_groups.get_list()


async def main() -> None:
    cloud = nc_py_api.AsyncNextcloud(
        nextcloud_url=os.environ["OCS_URL"],
        nc_auth_user=os.environ["OCS_USERNAME"],
        nc_auth_pass=os.environ["OCS_PASSWORD"],
    )
    assert (await cloud.srv_version)["major"] == 32
    for part in (groups, users, memberships, removal):
        await part(cloud)
    print("OK")


if __name__ == "__main__":
    asyncio.run(main())
