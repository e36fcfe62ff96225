#!/usr/bin/python

# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: iredmail_mailing_list_info
short_description: Read the mailing lists of an iRedMail server
version_added: 0.1.0
description:
  - Reads one mailing list, those of a domain, or all, as M(workplace.onboarding.iredmail_mailing_list) accepts them. Giving them back changes nothing.
    O(address) and O(domain) cannot be combined.
author:
  - Workplace Team (@workplace)
extends_documentation_fragment:
  - workplace.onboarding.connection.iredmail
  - workplace.onboarding.attributes.info
  - workplace.onboarding.attributes.in_process
  - workplace.onboarding.attributes.iredmail
options:
  address:
    description: Address of the list to read.
    type: str
  domain:
    description: Domain whose lists are read.
    type: str
  names_only:
    description: Whether to read the addresses only.
    type: bool
    default: false
  full:
    description:
      - Whether to read each list by itself as well, which takes one more request for each. Without it, options that the listing of the server does not hold
        are left out.
    type: bool
    default: false
  with_subscribers:
    description: Whether to read also who is subscribed, which takes one request for each list.
    type: bool
    default: false
seealso:
  - module: workplace.onboarding.iredmail_mailing_list
  - module: workplace.onboarding.iredmail_mailing_list_subscribers
"""

EXAMPLES = r"""
- name: Read the mailing lists of a domain and who is subscribed
  workplace.onboarding.iredmail_mailing_list_info:
    domain: example.org
    with_subscribers: true
  register: found
"""

RETURN = r"""
mailing_lists:
  description:
    - The mailing lists, each with the options of M(workplace.onboarding.iredmail_mailing_list), sorted by name. What the server does not show is left out.
  returned: success
  type: list
  elements: dict
  sample: [{address: news@example.org, name: News, access_policy: moderatorsonly, owners: [zoe@example.org]}]
subscriptions:
  description: Who is subscribed, for each list and kind of subscription, with the options of M(workplace.onboarding.iredmail_mailing_list_subscribers).
  returned: with O(with_subscribers)
  type: list
  elements: dict
  contains:
    address: {description: Address of the list., type: str}
    subscription: {description: 'V(normal), V(digest) or V(nomail).', type: str}
    subscribers: {description: Addresses of the subscribers., type: list, elements: str}
  sample: [{address: news@example.org, subscription: normal, subscribers: [zoe@example.org]}]
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
from ansible_collections.workplace.onboarding.plugins.module_utils.iredmail.mailing_list import INFO


def main() -> None:
    run(INFO)


if __name__ == "__main__":
    main()
