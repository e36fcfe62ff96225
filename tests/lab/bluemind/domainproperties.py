# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Properties of a domain: a free map, in which importers and authentication have their keys (contract 4.7)."""

from __future__ import annotations

import re

from .errors import ServerFault, invalid

IMPORTERS = ("ldap", "ad")
DN = re.compile(r"[^=,]+=[^,]*(,[^=,]+=[^,]*)*")
FILLED = {
    "protocol": "plain",
    "accept_certificate": "false",
    "ext_id_attribute": "entryUUID",
    "user_filter": "(objectClass=inetOrgPerson)",
    "group_filter": "(objectClass=posixGroup)",
}
AUTHENTICATION = {
    "INTERNAL": (),
    "CAS": ("CAS_URL",),
    "KERBEROS": ("KRB_AD_DOMAIN", "KRB_AD_IP", "KRB_KEYTAB"),
    "OPENID": ("OPENID_HOST", "OPENID_CLIENT_ID", "OPENID_CLIENT_SECRET"),
}


def checked(call, properties: dict, previous: dict) -> dict:
    """What is stored of them; refuses what the validators refuse."""
    properties = dict(properties)
    for kind in IMPORTERS:
        prefix = f"import_{kind}_"
        changed = {key for key in {*properties, *previous} if key.startswith(prefix) and properties.get(key) != previous.get(key)}
        if changed and not call.caller.system:
            raise ServerFault("FORBIDDEN", f"Only the global administrator may change {', '.join(sorted(changed))}")
        if properties.get(prefix + "enabled") == "true":
            _importer(properties, previous, prefix)
    if call.generation >= 50:
        _authentication(properties)
    return properties


def _importer(properties: dict, previous: dict, prefix: str) -> None:
    for name in ("base_dn", "login_dn"):
        if not (properties.get(prefix + name) or "").strip():
            properties[prefix + name] = None
        elif not DN.fullmatch(properties[prefix + name].strip()):
            raise invalid(f"Invalid DN: {properties[prefix + name]}")
    for name, value in FILLED.items():
        if not properties.get(prefix + name):
            properties[prefix + name] = previous.get(prefix + name) or value
    host, _unused, port = (properties.get(prefix + "hostname") or "").strip().partition(":")
    if not host or (port and not port.isdigit()):
        raise invalid("The host name is mandatory" if not host else f"Invalid port: {port}")
    if properties[prefix + "protocol"] not in ("plain", "ssl", "tls"):
        raise invalid(f"Invalid protocol: {properties[prefix + 'protocol']}")
    for name in ("user_filter", "group_filter"):
        text = properties[prefix + name]
        if not (text.startswith("(") and text.endswith(")") and text.count("(") == text.count(")")):
            raise invalid(f"Invalid filter: {text}")


def _authentication(properties: dict) -> None:
    kind = properties.get("AUTH_TYPE")
    if kind is None:
        return
    if kind not in AUTHENTICATION:
        raise ServerFault("INVALID_AUTH_PARAMETER", f"Unknown authentication {kind}")
    for name in AUTHENTICATION[kind]:
        if not (properties.get(name) or "").strip():
            raise ServerFault("INVALID_AUTH_PARAMETER", f"{name} is mandatory")
