#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ocs_app_password
short_description: Manage the app password that a task works with
version_added: 0.1.0
description:
  - Makes an app password of the account that the task works with, or revokes it. The server shows an app password once and never again.
  - With O(dest) it is kept in a file that only its owner can read, and is made again only when the file is missing or the server does not know
    what it holds. Without O(dest) it is returned, and the task must have C(no_log) set to V(true).
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.ocs
  - workplace.onboarding.attributes.operation
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.ocs
options:
  state:
    description:
      - V(present) makes one, logged in with the account's own password. V(absent) revokes the one in O(dest) and removes the file, or without
        O(dest) the one that the task logs in with.
    type: str
    choices: [present, absent]
    default: present
  dest:
    description: File on the host where the task runs. Its folder must exist.
    type: path
"""

EXAMPLES = r"""
- name: Keep an app password for the nightly run
  workplace.onboarding.ocs_app_password:
    dest: "{{ lookup('ansible.builtin.env', 'HOME') }}/.nextcloud-app-password"

- name: Work with it
  workplace.onboarding.ocs_info:
    api_token: "{{ lookup('ansible.builtin.file', lookup('ansible.builtin.env', 'HOME') ~ '/.nextcloud-app-password') }}"

- name: Revoke it
  workplace.onboarding.ocs_app_password:
    dest: "{{ lookup('ansible.builtin.env', 'HOME') }}/.nextcloud-app-password"
    state: absent
"""

RETURN = r"""
app_password:
  description: The new app password.
  returned: when one was made and O(dest) was not given
  type: str
requests:
  description: How many requests were sent, by what they do.
  returned: always
  type: dict
  contains:
    reads: {description: Requests that change nothing., type: int}
    writes: {description: Requests that change something., type: int}
  sample: {reads: 4, writes: 0}
instance:
  description: The O(instance) given.
  returned: when it was given
  type: str
"""

from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run
from ansible_collections.workplace.onboarding.plugins.module_utils.ocs.app_password import APP_PASSWORD


def main() -> None:
    run(APP_PASSWORD)


if __name__ == "__main__":
    main()
