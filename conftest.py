# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lets plain ``pytest`` run in a bare clone: the clone is linked to where the collection's own imports expect it."""

from __future__ import annotations

import atexit
import os
import sys
import tempfile
from pathlib import Path

_folder = tempfile.TemporaryDirectory(prefix="onboarding-pytest-")
atexit.register(_folder.cleanup)
_package = Path(_folder.name, "ansible_collections", "workplace")
_package.mkdir(parents=True)
# Regular packages, so that an installed Ansible with collections of its own does not come first.
(_package / "__init__.py").touch()
(_package.parent / "__init__.py").touch()
(_package / "onboarding").symlink_to(Path(__file__).resolve().parent, target_is_directory=True)
sys.path.insert(0, _folder.name)
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(Path(__file__).resolve().parent / ".cache" / "hypothesis"))
# For tests that start ansible-playbook.
os.environ["ANSIBLE_COLLECTIONS_PATH"] = _folder.name
