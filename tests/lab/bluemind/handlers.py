# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules whose import fills the route table and the table of tasks."""

from __future__ import annotations

from . import (
    around,
    auth,
    containers,
    dataprotect,
    directory,
    domains,
    externalusers,
    groups,
    mailboxes,
    mailfilters,
    mailshares,
    orgunits,
    photos,
    resources,
    roles,
    servers,
    settings,
    subscriptions,
    system,
    tasks,
    users,
    usersettings,
)

HANDLERS = (
    *(around, auth, containers, dataprotect, directory, domains, externalusers, groups, mailboxes, mailfilters, mailshares),
    *(orgunits, photos, resources, roles, servers, settings, subscriptions, system, tasks, users, usersettings),
)
