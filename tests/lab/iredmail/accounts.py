# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the creation of all accounts has in common."""

from __future__ import annotations

from .errors import Refusal
from .objects import Domain
from .values import domain_of


def home_of(call, mail: str) -> Domain:
    """The hosted domain of a new account; an alias domain is none."""
    if (found := call.store.domains.get(domain_of(mail))) is None:
        raise Refusal("NO_SUCH_DOMAIN" if call.knobs.is_ldap else "INVALID_DOMAIN_NAME")
    return found


def free_address(call, mail: str) -> None:
    """One namespace for accounts of all kinds and for their additional addresses (contract 10.3)."""
    if call.store.owner_of(mail) is not None:
        raise Refusal("ALREADY_EXISTS")


def free_new_address(call, old: str, new: str) -> None:
    """Of a rename: in the same domain, and free."""
    if domain_of(old) != domain_of(new):
        if call.knobs.rename_across == "refuse":
            raise Refusal("DOMAIN_NAME_MISMATCH")
        call.require_domain(domain_of(new))
        home_of(call, new)
    if call.store.owner_of(new) is not None:
        raise Refusal("ALREADY_EXISTS")
