#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ocs_app
short_description: Switch apps of a Nextcloud on and off
version_added: 0.1.0
description:
  - Enables or disables one app, or several in one call. An app that is not installed is fetched from the app store by the server.
  - Needs a full administrator.
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
    description: Id of the app.
    type: str
    aliases: [name]
  state:
    description: Whether the app must be enabled. Disabling an app that is not installed changes nothing.
    type: str
    choices: [enabled, disabled]
    default: enabled
  apps:
    description: The apps to manage in one call.
    type: list
    elements: dict
    suboptions:
      app:
        description: Id of the app.
        type: str
        required: true
        aliases: [name]
      state:
        description: Whether the app must be enabled. Default is the value beside the list.
        type: str
        choices: [enabled, disabled]
"""

EXAMPLES = r"""
- name: Keep an audit log
  workplace.onboarding.ocs_app:
    app: admin_audit

- name: Several apps in one call
  workplace.onboarding.ocs_app:
    apps:
      - app: activity
      - app: survey_client
        state: disabled
"""

RETURN = r"""
apps:
  description:
    - The apps that were changed, failed, or hold a value that the server dropped or does not show; with O(return_all) all of them, and
      always the one of the single form. In the order of the input. The same in check mode.
  returned: when the server could be asked
  type: list
  elements: dict
  contains:
    name: {description: Name of the app., type: str, returned: always}
    action: {description: 'What it needed: V(update) or V(none).', type: str, returned: always}
    changed: {description: Whether it was changed (in check mode whether it would be)., type: bool, returned: always}
    failed: {description: Whether anything about it failed., type: bool, returned: always}
    fields: {description: What differed., type: list, elements: str, returned: when it was updated}
    dropped: {description: What the server accepted and did not store., type: list, elements: str, returned: when there is any}
    unverified: {description: What the server does not show., type: list, elements: str, returned: when there is any}
    msg: {description: Why it failed., type: str, returned: when it failed}
    code: {description: The error code of the server., type: int, returned: when the server gave one}
  sample: [{name: admin_audit, action: update, changed: true, failed: false, fields: [enabled]}]
summary:
  description: Counts of the apps by what became of them.
  returned: when the server could be asked
  type: dict
  sample: {total: 10, created: 0, updated: 1, deleted: 0, unchanged: 9, failed: 0, dropped: 0, unverified: 0, deferred: 0}
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
from ansible_collections.workplace.onboarding.plugins.module_utils.ocs.app import TASK


def main() -> None:
    run(TASK)


if __name__ == "__main__":
    main()
