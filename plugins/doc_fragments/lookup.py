# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """The connection options of lookup plugins: those of the modules, with the same environment variables."""

    MICETRO = r"""
requirements:
  - requests
options:
  api_url:
    description: Address of the web service, with its scheme, without a path of the API. For example V(https://micetro.example.org).
    type: str
    required: true
    env:
      - name: MICETRO_URL
  api_username:
    description: Account to work with.
    type: str
    env:
      - name: MICETRO_USERNAME
  api_password:
    description: Password of O(api_username).
    type: str
    env:
      - name: MICETRO_PASSWORD
  api_token:
    description: Token of a session that exists already. It wins over O(api_username) and O(api_password), and is not renewed when it ends.
    type: str
    env:
      - name: MICETRO_TOKEN
  validate_certs:
    description: Whether the certificate of the server must be trusted.
    type: bool
    default: true
    env:
      - name: MICETRO_VALIDATE_CERTS
  ca_path:
    description: File with the authorities to trust, instead of those of the system.
    type: path
    env:
      - name: MICETRO_CA_PATH
  client_cert:
    description: File with the certificate that this client shows.
    type: path
    env:
      - name: MICETRO_CLIENT_CERT
  client_key:
    description: File with its key, if it is not in the same file.
    type: path
    env:
      - name: MICETRO_CLIENT_KEY
  timeout:
    description: Seconds to wait for a connection, and for each piece of an answer.
    type: int
    default: 60
    env:
      - name: MICETRO_TIMEOUT
  retries:
    description: How often a request is sent again after a lost connection or while the server is busy.
    type: int
    default: 3
    env:
      - name: MICETRO_RETRIES
  instance:
    description: A name for this server, put before the words of an error.
    type: str
    env:
      - name: MICETRO_INSTANCE
  auth:
    description: Whether each request carries the credentials (V(basic)), or a session is opened with them (V(session)).
    type: str
    choices: [basic, session]
    default: basic
    env:
      - name: MICETRO_AUTH
  save_comment:
    description: Not used here, since nothing is changed.
    type: str
    default: Changed by Ansible
    env:
      - name: MICETRO_SAVE_COMMENT
  max_wait:
    description: Seconds to wait at most while the server has too many open connections.
    type: float
    default: 120
    env:
      - name: MICETRO_MAX_WAIT
notes:
  - It runs on the controller, whatever host the task is for.
  - The options that C(module_defaults) sets for modules are not seen by lookups. The environment variables are.
"""
