# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A session that ends between two items of a loop costs one login more, and no item."""

from __future__ import annotations

import pytest
from ansible_collections.workplace.onboarding.plugins.plugin_utils.in_process import NEW_ENOUGH
from ansible_collections.workplace.onboarding.tests.lab import Lab
from ansible_collections.workplace.onboarding.tests.parity.differences import ordinary
from ansible_collections.workplace.onboarding.tests.parity.play import play
from ansible_collections.workplace.onboarding.tests.unit.plugins.modules.backends import bluemind, iredmail

PEOPLE = [f"p{number}" for number in range(8)]
READ = 3  # items that are done before the session ends
TASKS = {
    iredmail: {"workplace.onboarding.iredmail_user": {"email": "{{ item }}@example.org", "password": "Pl4nted-for-a-session"}},
    bluemind: {"workplace.onboarding.bluemind_user": {"domain": "example.org", "login": "{{ item }}", "family_name": "Example"}},
}
WRITTEN = {iredmail: ("POST", "/user/"), bluemind: ("PUT", "/users/")}
BACKENDS = [pytest.param(backend, id=backend.SERVER.prefix) for backend in TASKS]


@pytest.fixture(scope="module")
def loops(tmp_path_factory):
    """What Ansible showed, and by backend: the logins, the writes, and the connections that reached the lab."""
    environment, tasks, seen = {}, [], {}
    with Lab() as lab:
        servers = {backend: backend.SERVER(getattr(lab, backend.SERVER.prefix)) for backend in TASKS}
        for backend, server in servers.items():
            prefix = server.prefix.upper()
            server.start(backend.PARITY_WORLD)
            method, path = WRITTEN[backend]
            server.backend.fault("expire", method=method, path=path, skip=READ)
            environment.update({f"{prefix}_{name[len('api_') :]}".upper(): value for name, value in server.plain_connection().items()})
            tasks.append({"name": server.prefix, "loop": PEOPLE, **TASKS[backend]})
        played = play(tmp_path_factory.mktemp("sessions"), tasks, environment=environment)
        for backend, server in servers.items():
            seen[backend] = list(server.backend.log)
    return played, seen


@pytest.mark.skipif(not NEW_ENOUGH, reason="this ansible-core always takes the ordinary way")
@pytest.mark.parametrize("backend", BACKENDS)
def test_one_login_more_and_all_items_are_done(loops, backend):
    played, seen = loops
    log, results = seen[backend], played.items(backend.SERVER.prefix)
    assert [result["summary"]["created"] for result in results] == [1] * len(PEOPLE)
    assert not any(map(ordinary, results))
    logins = [number for number, entry in enumerate(log) if entry.path.endswith("/login")]
    assert len(logins) == 2
    method, path = WRITTEN[backend]
    written = [number for number, entry in enumerate(log) if entry.method == method and path in entry.path]
    assert len(written) == len(PEOPLE) + 1  # the one that met the end of the session was not looked at
    assert written[READ] < logins[1] < written[READ + 1]
    assert log[written[READ]].path == log[written[READ + 1]].path
    assert len({entry.connection for entry in log}) == 1
