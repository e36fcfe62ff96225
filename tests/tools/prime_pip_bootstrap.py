# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Gives ansible-test the pip that Python itself carries.

ansible-test downloads get-pip for its own environments from a host that is not a package index. Where its cache already
holds that file it is left alone; elsewhere a stand-in is put there that installs the asked-for pip from the index that
pip is configured for. Run by the Python that has ansible-test; tried with ansible-core 2.17 to 2.21.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import ansible_test

STAND_IN = '''\
"""Stand-in for get-pip: installs pip from the configured index, by the pip wheel that ensurepip carries."""
import ensurepip, glob, os, runpy, sys, sysconfig
folders = [os.path.join(os.path.dirname(ensurepip.__file__), "_bundled"), sysconfig.get_config_var("WHEEL_PKG_DIR"), "/usr/share/python-wheels"]
wheels = [name for folder in folders if folder for name in sorted(glob.glob(os.path.join(folder, "pip-*.whl")))]
sys.path.insert(0, wheels[0])
sys.argv[:] = ["pip", "install"] + [arg for arg in sys.argv[1:] if arg not in ("--no-setuptools", "--no-wheel")]
runpy.run_module("pip", run_name="__main__", alter_sys=True)
'''

source = Path(ansible_test.__file__).parent / "_internal" / "python_requirements.py"
version = re.search(r"default_packages = dict\(\s*pip='([^']+)'", source.read_text())
if version:
    target = Path.home() / ".ansible" / "test" / "cache" / f"get_pip_{version[1].replace('.', '_')}.py"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(f".{os.getpid()}")
        part.write_text(STAND_IN)
        part.replace(target)
