# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Import every module and module_utils file of the collection below ``argv[1]``; names what cannot be imported."""

from __future__ import annotations

import importlib
import sys
import traceback
from pathlib import Path

tree = Path(sys.argv[1]).resolve()
sys.path.insert(0, str(tree))
plugins = tree / "ansible_collections" / "workplace" / "onboarding" / "plugins"
files = sorted(path for kind in ("module_utils", "modules") for path in (plugins / kind).rglob("*.py"))
broken = 0
for path in files:
    name = ".".join(path.relative_to(tree).with_suffix("").parts)
    try:
        importlib.import_module(name[: -len(".__init__")] if name.endswith(".__init__") else name)
    except Exception:
        broken += 1
        print(f"--- {name}\n{traceback.format_exc()}")
print(f"{len(files) - broken} of {len(files)} files imported on Python {sys.version.split()[0]}")
sys.exit(1 if broken or not files else 0)
