# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What `make test` runs: `.venv/bin/nox --list` shows it, `.venv/bin/nox -s units-2.21-py3.13` runs one session.

The output of a command is shown when it fails, or with --verbose.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import nox

sys.path.insert(0, str(Path(__file__).parent / "tests" / "tools"))
import dev

FOUND = dev.interpreters()
CORES = dev.combinations(FOUND)[0]
NEWEST = max(core for core in dev.REQUIRED if core in CORES)
DEVELOPER = next(version for version in dev.DEVELOPER_PYTHONS if version in FOUND)
REQUESTS = ("-r", "requirements.txt")
TESTS = (*REQUESTS, "-r", "tests/lab/requirements.txt", "-r", "tests/unit/requirements.txt")

os.environ.update(dev.environment(FOUND))
for name in os.environ.keys() - dev.environment(FOUND).keys():
    del os.environ[name]

nox.needs_version = ">=2026.10.20"
nox.options.envdir = ".cache/nox"
nox.options.default_venv_backend = "venv"
nox.options.reuse_venv = "yes"
nox.options.allow_parallel = True
nox.options.download_python = "never"


def install(session: nox.Session, *requirements: str) -> None:
    """Like session.install, but only after a change."""
    digest = hashlib.sha256(repr(requirements).encode())
    for name in requirements:
        if name.endswith(".txt"):
            digest.update(Path(name).read_bytes())
    stamp = Path(session.virtualenv.location, ".stamp")
    if not stamp.exists() or stamp.read_text() != digest.hexdigest():
        session.install("--disable-pip-version-check", *requirements)
        stamp.write_text(digest.hexdigest())


def ansible_test(session: nox.Session, core: str, command: str, *args: str, variables: dict | None = None) -> str:
    """Run ansible-test in a copy of its own, so that sessions can run side by side; what it printed."""
    copy = dev.stage(dev.CACHE / "trees" / f"{command}-{core}")
    if variables:
        (copy / "tests" / "integration" / "integration_config.yml").write_text(json.dumps(variables))
    install(session, f"ansible-core=={core}.*")
    session.run("python", "tests/tools/prime_pip_bootstrap.py", silent=True)
    with session.chdir(copy):
        output = session.run("python", "-m", "ansible", "test", command, *args, *session.posargs, silent=True) or ""
    if "All targets skipped" in output:
        session.error(f"ansible-test found nothing to test:\n{output}")
    return output


def sanity(session: nox.Session, core: str) -> None:
    """ansible-test sanity for every Python found, without an ignore file; pylint, the slowest of it, on the newest ansible-core."""
    if any(Path("tests/sanity").glob("ignore*")):
        session.error("tests/sanity holds an ignore file")
    with dev.locked("sanity"):  # the environments below ~/.ansible/test are shared
        output = ansible_test(session, core, "sanity", *(() if core == NEWEST else ("--skip-test", "pylint")))
    ran = set(re.findall(r"Running sanity test [\"']([\w-]+)", output))
    if not session.posargs and not {"compile", "import", "pep8", "validate-modules", *(["pylint"] if core == NEWEST else [])} <= ran:
        session.error(f"only these sanity tests ran: {sorted(ran)}\n{output}")


def integration(session: nox.Session, core: str) -> None:
    """ansible-test integration against the lab: everything once, and on an older ansible-core two backends."""
    chosen = () if core == NEWEST else ("ocs_user", "bluemind")
    lab = {"setup_lab_python": str(dev.VENV / "bin" / "python")}
    ansible_test(session, core, "integration", "--venv", "--requirements", "--python", session.python, *chosen, variables=lab)


def units(session: nox.Session, core: str) -> None:
    """Plain pytest in the clone: everything once, and on a further ansible-core or Python what depends on that."""
    install(session, f"ansible-core=={core}.*", *TESTS)
    plugins = "tests/unit/plugins"
    if (core, session.python) == (NEWEST, CORES[NEWEST]):
        chosen = ["tests/unit"]
    elif session.python == CORES.get(core):
        chosen = [f"{plugins}/{each}" for each in ("action", "filter", "lookup", "plugin_utils", "module_utils/core")]
    else:
        chosen = [f"{plugins}/{each}" for each in ("filter", "module_utils/core")]
    session.run("python", "-m", "pytest", "-q", *chosen, *session.posargs, silent=True)


def old_python(session: nox.Session) -> None:
    """The modules stay importable on the oldest Pythons that they promise to run on."""
    install(session, "ansible-core", *REQUESTS)
    dev.stage()
    session.run("python", "tests/tools/import_all.py", str(dev.TREE), silent=True)


def style(session: nox.Session) -> None:
    """Formatting, imports and types."""
    plugins = dev.stage() / "plugins"
    session.run("ruff", "check", "--output-format=concise", ".", silent=True)
    session.run("ruff", "format", "--check", ".", silent=True)
    session.run("mypy", str(plugins / "module_utils"), str(plugins / "plugin_utils"), silent=True)


def lint(session: nox.Session) -> None:
    """YAML, playbooks and roles, documentation, changelog."""
    install(
        session,
        "ansible-core>=2.19,<2.22",
        "ansible-lint>=26.10,<27",
        "antsibull-changelog>=0.36,<0.37",
        "antsibull-docs>=2.28,<3",
        *REQUESTS,
    )
    copy = dev.stage()
    env = {"ANSIBLE_COLLECTIONS_PATH": str(dev.TREE)}
    session.run("yamllint", "--strict", ".", silent=True)
    session.run("antsibull-changelog", "lint", silent=True)
    session.run(
        *("antsibull-docs", "lint-collection-docs", "--plugin-docs"),
        *("--validate-collection-refs=all", "--disallow-unknown-collection-refs", str(copy)),
        env={**env, "HOME": session.create_tmp()},  # where it leaves a log
        silent=True,
    )
    with session.chdir(copy):
        session.run("ansible-lint", "--offline", "--nocolor", env=env, silent=True)


def molecule(session: nox.Session) -> None:
    """Each role on a lab of its own: what it makes, that it does so once, and what the servers hold then."""
    install(session, "ansible-core>=2.19,<2.22", "molecule>=26.10,<27", *REQUESTS, "-r", "tests/lab/requirements.txt")
    tree = dev.CACHE / "trees" / "molecule"
    env = {"ANSIBLE_COLLECTIONS_PATH": str(tree), "HOME": session.create_tmp()}
    with session.chdir(dev.stage(tree)):
        session.run("molecule", "test", "--all", "--workers", "2", *session.posargs, env=env, silent=True)


def truth(session: nox.Session) -> None:
    """The lab answers as the recorded servers did."""
    session.run("python", "-m", "pytest", "-q", "tests/truth", *session.posargs, silent=True)


def people(session: nox.Session) -> None:
    """The roles refuse, survive and repeat what they promise to, by the real ansible-playbook."""
    session.run("python", "-m", "pytest", "-q", "tests/people", *session.posargs, silent=True)


def year(session: nox.Session) -> None:
    """Twenty days of a year in the life of a town; `make year` lives through all of them."""
    printed = session.run("python", "-m", "pytest", "-q", "-s", "tests/year", *session.posargs, silent=True) or ""
    for line in re.findall(r"^seed .*|^[0-9]+ s; .*", printed, re.MULTILINE):
        session.log(line)


def nc_py_api(session: nox.Session) -> None:
    """An independent Nextcloud client, unmodified and in an environment of its own, works on the lab."""
    install(session, "nc-py-api>=0.24,<1")
    with dev.lab(dict(os.environ)) as server:
        session.run("python", "tests/truth/nc_py_api_session.py", env=server.exports, silent=True)


def bluecat(session: nox.Session) -> None:
    """The vendor's own Micetro client, unmodified and in an environment of its own, works on the lab."""
    install(session, "bluecat-libraries>=26.1,<27")
    with dev.lab(dict(os.environ)) as server:
        session.run("python", "tests/truth/bluecat_session.py", env=server.exports, silent=True)


def netbluemind(session: nox.Session, package: str) -> None:
    install(session, package)
    with dev.lab(dict(os.environ)) as server:
        session.run("python", "tests/truth/netbluemind_session.py", env=server.exports, silent=True)


def netbluemind4(session: nox.Session) -> None:
    """The vendor's own BlueMind 4 client, unmodified and in an environment of its own (each overwrites the other), works on the lab."""
    netbluemind(session, "netbluemind4>=4.9,<5")


def netbluemind5(session: nox.Session) -> None:
    """The vendor's own BlueMind 5 client, likewise."""
    netbluemind(session, "netbluemind5>=5.7,<6")


def package(session: nox.Session) -> None:
    """The built archive, installed in an empty folder, runs the README's first task exactly as printed, twice."""
    tree, installed = dev.CACHE / "trees" / "package", dev.CACHE / "installed"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.rmtree(installed, ignore_errors=True)
    copy = dev.stage(tree)
    built = session.run("ansible-galaxy", "collection", "build", "--force", "--output-path", "dist", str(copy), silent=True)
    archive = re.search(r" at (/.+\.tar\.gz)", built or "")
    if not archive:
        session.error(f"no archive in: {built}")
    session.run("ansible-galaxy", "collection", "install", "--offline", "-p", str(installed), archive[1], silent=True)

    readme = Path("README.md").read_text(encoding="utf-8")
    section = re.search(r"^## A first task\n(.*?)^## ", readme, re.DOTALL | re.MULTILINE)
    playbook = re.search(r"`([\w.]+\.yml)`:\n\n```yaml\n(.*?)```", section[1] if section else "", re.DOTALL)
    if not playbook:
        session.error("README.md: no playbook under 'A first task'")
    commands = re.findall(r"^    (ansible.*)$", section[1], re.MULTILINE)
    with dev.lab(dict(os.environ), "--seed", "demo") as server, tempfile.TemporaryDirectory() as folder, session.chdir(folder):
        Path(playbook[1]).write_text(playbook[2], encoding="utf-8")
        env = {**server.exports, "ANSIBLE_COLLECTIONS_PATH": str(installed)}
        for again in (False, True):
            printed = "".join(session.run("sh", "-c", command, env=env, silent=True, external=True) or "" for command in commands)
            if again == bool(re.search(r'changed=[1-9]|"changed": true', printed)):
                session.error(f"{'second' if again else 'first'} run of the README's commands:\n{printed}")


def browser(session: nox.Session) -> None:
    """The page of a report does what it should in a real browser, a Chromium found on PATH. CI may not do without: there, root installs it."""
    if not dev.chromium() and os.geteuid() == 0 and shutil.which("apt-get"):
        apt = {"env": {"DEBIAN_FRONTEND": "noninteractive"}, "external": True, "silent": True}
        session.run("apt-get", "update", **apt)
        session.run("apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core", **apt)
    if not dev.chromium():
        session.error("no chromium on PATH")
    install(session, "playwright>=1.50,<2", *REQUESTS, "-r", "tests/unit/requirements.txt")
    printed = session.run("python", "-m", "pytest", "-q", "tests/browser", *session.posargs, silent=True) or ""
    for measured in re.findall(r"^5,000 people.*", printed, re.MULTILINE):
        session.log(measured)


def scaffold(session: nox.Session) -> None:
    """What `make scaffold` writes keeps the whole contract as it is."""
    tree = dev.CACHE / "trees" / "scaffold"
    shutil.rmtree(tree, ignore_errors=True)
    with session.chdir(dev.stage(tree)):
        session.run("python", "tests/tools/scaffold.py", "specimen", "user", silent=True)
        session.run("ruff", "check", "--output-format=concise", ".", silent=True)
        session.run("ruff", "format", "--check", ".", silent=True)
        session.run("mypy", "plugins/module_utils/specimen", env={"MYPYPATH": str(tree)}, silent=True)
        modules = [f"workplace.onboarding.{path.stem}" for path in sorted(Path("plugins/modules").glob("specimen_*.py"))]
        session.run("ansible-doc", "--type", "module", *modules, env={"ANSIBLE_COLLECTIONS_PATH": str(tree)}, silent=True)
        session.run(
            "python", "-m", "pytest", "-q", "tests/unit/plugins", "tests/truth", "-k", "specimen or test_contract and not [", silent=True
        )


def add(function: Callable, python: str | bool | None = None, core: str = "") -> None:
    """Register a session, named like "units-2.21-py3.13"."""
    name = "-".join(filter(None, [function.__name__, core, f"py{python}" if python else ""]))

    def session(session: nox.Session) -> None:
        function(session, core) if core else function(session)

    session.__doc__ = function.__doc__
    nox.session(python=python, name=name)(session)


# In this order, as many at a time as there are processors: the slow ones first, the sanity ones (they share a folder) not side by side.
*older, newest = sorted((core, CORES[core]) for core in dev.REQUIRED if core in CORES)
add(units, newest[1], newest[0])
add(year, False)
add(people, False)
for core, python in older:
    add(sanity, python, core)
    add(units, python, core)
add(sanity, newest[1], newest[0])
add(style, False)
add(lint, DEVELOPER)
for core, python in CORES.items():
    add(integration, python, core)
add(molecule, DEVELOPER)
add(truth, False)
add(package, False)
if dev.chromium() or os.environ.get("CI"):
    add(browser, DEVELOPER)
add(scaffold, False)
add(nc_py_api, DEVELOPER)
add(bluecat, DEVELOPER)
add(netbluemind4, DEVELOPER)
add(netbluemind5, DEVELOPER)
for python in {"3.12", "3.14"} & (FOUND.keys() - CORES.values()):
    add(units, python, NEWEST)
for python in {"3.9", "3.10"} & FOUND.keys():
    add(old_python, python)
