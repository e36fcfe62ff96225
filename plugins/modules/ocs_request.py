#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ocs_request
short_description: Send any request to a Nextcloud
version_added: 0.1.0
description:
  - For a route that no module of this collection models yet. The request goes with the login, the TLS options, the repetitions and the verdict
    of the other modules, so a refusal in the envelope fails the task whatever the status says.
  - It has no wanted state, so nothing is compared and nothing is read back. Where there is a module, prefer it.
  - Check mode sends only what changes nothing.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.ocs
  - workplace.onboarding.attributes.operation
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.ocs
options:
  method:
    description: Verb of the request.
    type: str
    choices: [GET, POST, PUT, DELETE]
    default: GET
  path:
    description:
      - Path of the request below O(api_url), with a slash in front and percent-encoded where a name needs it, for example V(/ocs/v2.php/cloud/users).
      - Never put a secret into it, nor into O(query).
    type: str
    required: true
  query:
    description: Parameters that go with the path.
    type: dict
    default: {}
  body:
    description: What is sent, which is a map, a list or a text.
    type: raw
  secret_body:
    description: Parts of a O(body) that is a map, which are never shown, nor where the server repeats them.
    type: dict
  body_format:
    description: How the O(body) travels.
    type: str
    choices: [form, json, raw]
    default: form
  status_code:
    description:
      - HTTP statuses to accept. An answer with one of them is returned even where it is a refusal, with the reason in RV(refusal); any other
        status fails the task. By default the verdict of Nextcloud alone decides.
    type: list
    elements: int
    default: []
  changes:
    description:
      - Whether the request changes anything, which decides what C(changed) says, whether check mode sends it, and whether it may be repeated
        after a lost answer.
      - By default what is known of the route, and V(true) where nothing is. V(false) is refused for a route that is known to write.
    type: bool
seealso:
  - module: workplace.onboarding.ocs_user
"""

EXAMPLES = r"""
- name: Read what the server can do
  workplace.onboarding.ocs_request:
    path: /ocs/v2.php/cloud/capabilities
  register: capabilities

- name: The account of this task is busy, which no module models
  workplace.onboarding.ocs_request:
    method: PUT
    path: /ocs/v2.php/apps/user_status/api/v1/user_status/status
    body: {statusType: busy}
"""

RETURN = r"""
answer:
  description: What the server returned, which is the C(data) of its envelope.
  returned: when it was sent
  type: raw
code:
  description: The error code of the server.
  returned: when the task failed and the server gave one
  type: raw
  sample: 102
status:
  description: HTTP status of the answer.
  returned: when it was sent
  type: int
  sample: 200
sent:
  description: Whether the request was sent; check mode does not send what changes something.
  returned: always
  type: bool
refusal:
  description: Why the server refused, for a status that O(status_code) accepts.
  returned: when it refused
  type: str
requests:
  description: How many requests were sent, by what they do.
  returned: always
  type: dict
  contains:
    reads: {description: Requests that change nothing., type: int}
    writes: {description: Requests that change something., type: int}
  sample: {reads: 2, writes: 0}
instance:
  description: The O(instance) given.
  returned: when it was given
  type: str
"""

from ansible_collections.workplace.onboarding.plugins.module_utils.core.module_driver import run
from ansible_collections.workplace.onboarding.plugins.module_utils.ocs.request import REQUEST


def main() -> None:
    run(REQUEST)


if __name__ == "__main__":
    main()
