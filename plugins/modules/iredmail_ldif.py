#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_ldif
short_description: Export an entry of the directory of iRedMail as LDIF
version_added: 0.1.0
description:
  - Writes the entry of a domain or of an account to a file that only its owner can read, for it holds password hashes. Nothing of it is returned.
  - The file is written when it differs from the entry, or when others could read it.
  - Needs the LDAP edition.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.iredmail
  - workplace.onboarding.attributes.operation
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.iredmail
options:
  kind:
    description:
      - What to export. V(catchall) is what receives mail to unknown addresses of a domain, V(mailing_list) a list of either kind, V(admin)
        an administrator without a mailbox.
    type: str
    choices: [admin, alias, catchall, domain, mailing_list, user]
    required: true
  name:
    description: The domain, or the address of the account.
    type: str
    required: true
  dest:
    description: File on the host where the task runs. Its folder must exist.
    type: path
    required: true
"""

EXAMPLES = r"""
- name: Keep what the directory holds of a leaver
  workplace.onboarding.iredmail_ldif:
    kind: user
    name: coral@example.org
    dest: "{{ lookup('ansible.builtin.env', 'HOME') }}/coral.ldif"
"""

RETURN = r"""
dest:
  description: The file.
  returned: success
  type: path
  sample: /root/coral.ldif
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.ldif import LDIF


def main() -> None:
    run(LDIF)


if __name__ == "__main__":
    main()
