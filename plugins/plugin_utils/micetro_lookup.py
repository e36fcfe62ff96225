# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The driver of the lookups of Micetro: options, one warm client for all of them in a process, errors."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from typing import Any, Dict, List, Optional

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase

from ..module_utils.core import transport
from ..module_utils.core.errors import BackendError, InvalidInput
from ..module_utils.micetro.client import MicetroClient
from .in_process import plain


class MicetroLookup(LookupBase):
    """Base of the lookup plugins, which only ``find``. They read; nothing is changed."""

    def run(self, terms: List[Any], variables: Optional[Dict[str, Any]] = None, **kwargs: Any) -> List[Any]:
        self.set_options(var_options=variables, direct=kwargs)
        params = plain({name: self.get_option(name) for name in MicetroClient.options()})
        try:
            if transport.REQUESTS_ERROR:
                raise InvalidInput("the Python library requests is needed on the controller: install it with pip install requests")
            client = opened(os.getpid(), json.dumps(params, sort_keys=True))
            client.acting()
            return [found for term in self._flatten(terms) for found in self.find(client, str(term))]
        except (BackendError, ValueError) as exc:
            raise AnsibleLookupError(f"{params['instance'] or MicetroClient.name}: {exc}") from None

    def find(self, client: MicetroClient, term: str) -> List[Any]:
        """What there is about one term. :raises BackendError: if there is nothing."""
        raise NotImplementedError


@lru_cache(maxsize=None)
def opened(_process: int, params: str) -> MicetroClient:
    return MicetroClient(json.loads(params))
