# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """Connection options: the same for every backend, apart from the names of the environment variables."""

    OCS = r"""
requirements:
  - requests
options:
  api_url:
    description:
      - Address of the server, with its scheme, without a path of the API. For example V(https://cloud.example.org).
      - Required, here or as the environment variable E(OCS_URL).
    type: str
    required: true
  api_username:
    description:
      - Account that the task works with. A delegated administrator of users is enough for accounts and groups; apps and their settings
        need a full administrator.
      - Can be given by the environment variable E(OCS_USERNAME).
    type: str
  api_password:
    description:
      - Password of O(api_username), or better an app password of it, which the server checks many times faster.
      - Can be given by the environment variable E(OCS_PASSWORD).
    type: str
  api_token:
    description:
      - An app password that is sent as a bearer token. It wins over O(api_username) and O(api_password), and the server accepts it
        also from an address that it blocks after wrong passwords.
      - Can be given by the environment variable E(OCS_TOKEN).
    type: str
  validate_certs:
    description:
      - Whether the certificate of the server must be trusted.
      - Can be given by the environment variable E(OCS_VALIDATE_CERTS).
    type: bool
    default: true
  ca_path:
    description:
      - File with the authorities to trust, instead of those of the system.
      - Can be given by the environment variable E(OCS_CA_PATH).
    type: path
  client_cert:
    description:
      - File with the certificate that this client shows.
      - Can be given by the environment variable E(OCS_CLIENT_CERT).
    type: path
  client_key:
    description:
      - File with its key, if it is not in the same file.
      - Can be given by the environment variable E(OCS_CLIENT_KEY).
    type: path
  timeout:
    description:
      - Seconds to wait for a connection, and for each piece of an answer.
      - Can be given by the environment variable E(OCS_TIMEOUT).
    type: int
    default: 60
  retries:
    description:
      - How often a request that is safe to repeat is sent again after a lost connection or while the server is busy.
      - Can be given by the environment variable E(OCS_RETRIES).
    type: int
    default: 3
  instance:
    description:
      - A name for this server, repeated in the result; for reports over several servers.
      - Can be given by the environment variable E(OCS_INSTANCE).
    type: str
  edit_limit:
    description:
      - How many edits of accounts the server allows in O(edit_window) seconds. V(0) means that it has no limit, for example because the
        address of this client is on its allow list, see M(workplace.onboarding.ocs_ip_allowlist).
      - Can be given by the environment variable E(OCS_EDIT_LIMIT).
    type: int
    default: 50
  edit_window:
    description:
      - Seconds in which O(edit_limit) edits are allowed.
      - Can be given by the environment variable E(OCS_EDIT_WINDOW).
    type: float
    default: 600
notes:
  - One wrong login is one attempt in a loop that runs on the controller. On another host each item of a loop is a program of its own
    and tries once; after eleven failures Nextcloud blocks the address for half an hour. Prefer the list form there.
  - C(REQUESTS_CA_BUNDLE) and the proxy variables of the environment are honoured; C(~/.netrc) and redirects are not.
"""
