# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The version probe, sessions, and what the system says of itself (contract 2 and 11)."""

from __future__ import annotations

from .answer import created, done, ok
from .auth import check_password
from .dates import shown_date
from .errors import invalid, no_access
from .rights import is_super
from .routes import READ, router


@router.add("GET", "command/web_getPreLoginInfo", public=True)
def pre_login_info(call):
    version = call.knobs.version
    return ok({"centralVersion": version, "version": version, "centralServer": "localhost", "centralServerFixed": True, "ssoEnabled": 0})


# A login changes nothing that is configured: it counts as a read, and the log shows it by `login`.
@router.add("POST", "micetro/sessions", effect=READ, public=True)
def start_session(call):
    user = check_password(call, call.text("loginName"), call.text("password"))
    call.user = user
    token = call.server.sessions.start(user)
    call.store.change(user, {"lastLogin": shown_date(call.server.clock.now())})
    return created({"session": token})


def administrators_only(call) -> None:
    if not is_super(call):
        raise no_access()


@router.add("GET", "micetro")
def system_information(call):
    administrators_only(call)
    return ok({"systemInfo": {"centralVersion": call.knobs.version}})


@router.add("GET", "micetro/systemSettings")
def settings(call):
    administrators_only(call)
    return ok({"systemSettings": [{"name": name, "value": value} for name, value in call.store.settings.items()]})


@router.add("POST", "micetro/systemSettings")
def set_settings(call):
    administrators_only(call)
    wanted = call.args.get("systemSettings")
    if not isinstance(wanted, list) or not all(isinstance(entry, dict) and entry.get("name") for entry in wanted):
        raise invalid("systemSettings", wanted)
    for entry in wanted:
        if entry["name"] not in call.dropped:
            call.store.settings[entry["name"]] = str(entry.get("value", ""))
    return done()
