#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_api_key
short_description: Manage API keys of a BlueMind
version_added: 0.1.0
description:
  - Makes or revokes an API key of the account that the task works with, or of another user. A key works in place of a session and of the
    password until it is revoked, also after its account was suspended. So revoke the keys of a leaver before suspending the account;
    afterwards the server lets nobody act for it, and the task fails and says so.
  - A key is found by its name. With O(dest) it is kept in a file that only its owner can read. It is made again when the file is missing
    or the server does not know what it holds, and then those of the same name are revoked. So give the key of each machine a name of its
    own. The key that the task works with is never revoked.
  - Without O(dest) a new key is returned, and the task must have C(no_log) set to V(true).
  - BlueMind 4.x and early 5.x revoke a key by naming it in the path of the request, where the access log of the server shows it.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.bluemind
  - workplace.onboarding.attributes.operation
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.bluemind
options:
  name:
    description: Name of the key. Required to make one. Without it, O(state=absent) revokes all keys of O(user).
    type: str
  domain:
    description: Domain of O(user), by its name, one of its aliases or its uid.
    type: str
  user:
    description:
      - Whose keys are meant, by login, address or uid. The account that the task works with acts for it, which needs the role C(sudo) and
        an account that is not suspended. By default the account that the task works with.
    type: str
  state:
    description: Whether the key must exist. V(absent) also removes the file O(dest).
    type: str
    choices: [present, absent]
    default: present
  dest:
    description: File on the host where the task runs. Its folder must exist.
    type: path
seealso:
  - module: workplace.onboarding.bluemind_api_key_info
  - module: workplace.onboarding.bluemind_user
"""

EXAMPLES = r"""
- name: Keep a key for the nightly run
  workplace.onboarding.bluemind_api_key:
    name: nightly
    dest: "{{ lookup('ansible.builtin.env', 'HOME') }}/.bluemind-key"

- name: Work with it
  workplace.onboarding.bluemind_info:
    api_token_file: "{{ lookup('ansible.builtin.env', 'HOME') }}/.bluemind-key"
    gather: [servers]

- name: Revoke it
  workplace.onboarding.bluemind_api_key:
    name: nightly
    dest: "{{ lookup('ansible.builtin.env', 'HOME') }}/.bluemind-key"
    state: absent

- name: Revoke all keys of a leaver, before the account is suspended
  workplace.onboarding.bluemind_api_key:
    domain: example.org
    user: coral
    state: absent
"""

RETURN = r"""
api_key:
  description: The new key.
  returned: when one was made and O(dest) was not given
  type: str
revoked:
  description: How many keys were revoked (in check mode, would be), also by a task that failed then.
  returned: when keys were to be revoked
  type: int
  sample: 1
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.api_key import API_KEY
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(API_KEY)


if __name__ == "__main__":
    main()
