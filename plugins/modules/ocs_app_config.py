#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ocs_app_config
short_description: Manage settings of the apps of a Nextcloud
version_added: 0.1.0
description:
  - Sets or deletes one key of the configuration of an app, or several in one call. The server checks neither keys nor values.
  - Needs a full administrator. The keys C(enabled), C(installed_version) and C(types) cannot be written.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.ocs
  - workplace.onboarding.bulk
  - workplace.onboarding.attributes
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.ocs
options:
  app:
    description: Id of the app, V(core), V(files) or V(password_policy), for example.
    type: str
  key:
    description: Name of the key.
    type: str
  state:
    description: Whether the key must be set. A key that is set to an empty text is set.
    type: str
    choices: [present, absent]
    default: present
  <<: &fields
    value:
      description: Value of O(key); the server holds text only.
      type: str
    value_type:
      description:
        - How O(value) is understood. V(string) takes it as it is, V(int) must be a whole number, and V(bool) takes V(yes), V(true), V(1) and
          their opposites as the same and writes it in the words that the key holds already, or else as V(yes) or V(no).
        - V(string) is the default.
      type: str
      choices: [string, bool, int]
  settings:
    description: The keys to manage in one call.
    type: list
    elements: dict
    suboptions:
      app:
        description: Id of the app.
        type: str
        required: true
      key:
        description: Name of the key.
        type: str
        required: true
      state:
        description: Whether the key must be set. Default is the value beside the list.
        type: str
        choices: [present, absent]
      <<: *fields
"""

EXAMPLES = r"""
- name: Five gigabytes for whoever has no quota of their own
  workplace.onboarding.ocs_app_config:
    app: files
    key: default_quota
    value: 5 GB

- name: Rules for passwords
  workplace.onboarding.ocs_app_config:
    settings:
      - app: password_policy
        key: minLength
        value: "12"
        value_type: int
      - app: password_policy
        key: enforceNonCommonPassword
        value: "yes"
        value_type: bool
      - app: core
        key: newUser.requireEmail
        state: absent
"""

RETURN = r"""
settings:
  description:
    - The settings that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them, and
      always the one of the single form. In the order of the input. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Name of the setting., type: str, returned: always}
    action: {description: 'What it needed: V(create), V(update), V(delete) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: int, returned: when the server gave one}
  sample: [{name: files/default_quota, action: create, changed: true, failed: false}]
summary:
  description: Counts of the settings by what became of them.
  returned: when the server could be asked
  type: dict
  sample: {total: 10, created: 2, updated: 1, deleted: 0, unchanged: 7, failed: 0, dropped: 0, unverified: 0, deferred: 0}
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
from ansible_collections.workplace.onboarding.plugins.module_utils.ocs.app_config import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
