#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: bluemind_api_key_info
short_description: Read which API keys an account of BlueMind has
version_added: 0.1.0
description:
  - Reads the names of the API keys of the account that the task works with, or of another user. The keys themselves are never returned.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.bluemind
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.bluemind
options:
  domain:
    description: Domain of O(user), by its name, one of its aliases or its uid.
    type: str
  user:
    description:
      - Whose keys are meant, by login, address or uid. The account that the task works with acts for it, which needs the role C(sudo) and
        an account that is not suspended. By default the account that the task works with.
    type: str
seealso:
  - module: workplace.onboarding.bluemind_api_key
"""

EXAMPLES = r"""
- name: Read which keys a user has
  workplace.onboarding.bluemind_api_key_info:
    domain: example.org
    user: coral
  register: keys
"""

RETURN = r"""
account:
  description: Whose keys they are.
  returned: success
  type: str
  sample: coral@18fb0c2a9b1.internal
api_keys:
  description: The keys, sorted by name.
  returned: success
  type: list
  elements: dict
  contains:
    name: {description: Name of the key., type: str}
    uid: {description: 'Its uid, which is no secret.', type: str, returned: from BlueMind 5.7 on}
  sample: [{name: nightly, uid: 5a0d1c00-7a4e-4f0e-9b1b-5d0a5d1c0001}]
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

from ansible_collections.workplace.onboarding.plugins.module_utils.bluemind.api_key import INFO
from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
