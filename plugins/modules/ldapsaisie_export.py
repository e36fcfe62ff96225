#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ldapsaisie_export
short_description: Export objects of an LdapSaisie as CSV
version_added: 0.1.0
description:
  - Writes all objects of a type that the account may see into a file that only its owner can read, through a format (C(ioFormat)) that the server has for the
    type. The file is written when it differs. Nothing changes on the server.
  - Passwords are masked, so the file cannot be given to M(workplace.onboarding.ldapsaisie_import), which refuses it.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.ldapsaisie
  - workplace.onboarding.attributes.operation
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.ldapsaisie
options:
  type:
    description: Type of the objects, for example V(LSpeople).
    type: str
    required: true
  io_format:
    description: Name of the format in the configuration of the type.
    type: str
    required: true
  dest:
    description: The file, on the machine where the task runs.
    type: path
    required: true
seealso:
  - module: workplace.onboarding.ldapsaisie_import
"""

EXAMPLES = r"""
- name: A list of all people
  workplace.onboarding.ldapsaisie_export:
    type: LSpeople
    io_format: mycsv
    dest: '{{ playbook_dir }}/people.csv'
"""

RETURN = r"""
checksum:
  description: SHA-256 of what the server exported.
  returned: when the server could be asked
  type: str
  sample: 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
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
from ansible_collections.workplace.onboarding.plugins.module_utils.ldapsaisie.export import EXPORT


def main() -> None:
    run(EXPORT)


if __name__ == "__main__":
    main()
