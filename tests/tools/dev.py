# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the Makefile calls: ``dev.py demo | test | lab | quick | year | bench | scaffold | clean``; standard library only.

It finds the interpreters, makes the developer's environment ``.venv`` and copies the collection to where Ansible looks
for one. What `make test` runs is in noxfile.py.
"""

from __future__ import annotations

import contextlib
import glob
import hashlib
import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
CACHE = ROOT / ".cache"
TREE = CACHE / "collections"
COLLECTION = Path("ansible_collections", "workplace", "onboarding")
REQUIREMENTS = [
    "requirements-dev.txt",
    "requirements.txt",
    "tests/lab/requirements.txt",
    "tests/unit/requirements.txt",
]
# ansible-core and the controller Pythons that it can be tested on, the one to prefer first.
CORES = {"2.19": ("3.11", "3.12", "3.13"), "2.21": ("3.13", "3.14", "3.12"), "2.17": ("3.10", "3.11", "3.12")}
REQUIRED = ("2.19", "2.21")
DEVELOPER_PYTHONS = ("3.14", "3.13", "3.12", "3.11")
PROBE = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
BACKENDS = tuple(f"{path.parent.name.upper()}_" for path in ROOT.glob("tests/lab/*/__init__.py"))  # what their variables begin with
LAB_PORT = 8480
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


# --- interpreters and environments ------------------------------------------------------------------------------------


def interpreters() -> dict[str, str]:
    """Version -> path of every interpreter that can make an environment; shims that lead nowhere are left out."""
    pyenv = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
    places = sorted(glob.glob(pyenv + "/versions/3.*/bin")) + os.environ.get("PATH", os.defpath).split(os.pathsep)
    found: dict[str, str] = {}
    for version in ("3.14", "3.13", "3.12", "3.11", "3.10", "3.9"):
        own = [sys.executable] if version == f"3.{sys.version_info[1]}" else []  # whatever name it was started under
        for path in [os.path.join(place, "python" + version) for place in places] + own:
            if version not in found and os.access(path, os.X_OK) and not path.startswith(str(VENV)):
                probe = subprocess.run([path, "-c", PROBE], capture_output=True, text=True, check=False)
                if probe.returncode == 0 and probe.stdout.strip() == version:
                    found[version] = path
    return found


def chromium() -> str | None:
    """The browser that the page of a report is tested in."""
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


def environment(found: dict[str, str]) -> dict[str, str]:
    """The caller's environment with real interpreters before shims, and without settings meant for other work."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "PYTEST_", "PYTHON", *BACKENDS))}
    places = [str(VENV / "bin"), *(os.path.dirname(path) for path in found.values())]
    env["PATH"] = os.pathsep.join(dict.fromkeys(places + env.get("PATH", os.defpath).split(os.pathsep)))
    env["VIRTUAL_ENV"] = str(VENV)
    for name in ("NO_PROXY", "no_proxy"):  # the lab is here, whatever the proxy
        env[name] = ",".join(filter(None, [env.get(name), "127.0.0.1,localhost"]))
    env["ANSIBLE_HOME"] = str(CACHE / "ansible")
    env["ANSIBLE_CONFIG"] = str(CACHE / "ansible.cfg")  # an empty one, instead of the caller's
    CACHE.mkdir(exist_ok=True)
    Path(env["ANSIBLE_CONFIG"]).touch()
    env["ANSIBLE_REMOTE_TEMP"] = str(CACHE / "ansible" / "tmp")
    return env


@contextlib.contextmanager
def locked(name: str):
    """One process at a time, on this machine and for this clone."""
    import fcntl

    CACHE.mkdir(exist_ok=True)
    with open(CACHE / (name + ".lock"), "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def prepare(found: dict[str, str]) -> dict[str, str]:
    """Make or refresh .venv; the environment to run things in."""
    python = next((found[version] for version in DEVELOPER_PYTHONS if version in found), None)
    if python is None:
        sys.exit(
            "Python 3.11 or newer with its venv module is needed (Debian and Ubuntu: apt install python3-venv); none was found on PATH."
        )
    digest = hashlib.sha256(python.encode())
    for name in REQUIREMENTS:
        digest.update((ROOT / name).read_bytes())
    stamp = VENV / ".stamp"
    with locked("venv"):
        if not stamp.exists() or stamp.read_text() != digest.hexdigest():
            say("Setting up .venv (once)")
            pip = [str(VENV / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
            run([python, "-m", "venv", "--clear", str(VENV)])
            run([*pip, "--requirement", str(ROOT / REQUIREMENTS[0])])
            stamp.write_text(digest.hexdigest())
    return environment(found)


def stage(tree: Path = TREE) -> Path:
    """Copy what git knows to ``tree/ansible_collections/...``; the folder of the copy.

    The copy is a repository of its own: ansible-test asks the nearest one which files to test, and in ours the
    cache is ignored, so that it would test nothing and call that a success.
    """
    target = tree / COLLECTION
    listing = git("ls-files", "-coz", "--exclude-standard", cwd=ROOT).split("\0")
    wanted = {name for name in listing if name and (ROOT / name).is_file()}
    with locked("stage"):
        if not (target / ".git").exists():
            target.mkdir(parents=True, exist_ok=True)
            git("init", "--quiet", cwd=target)
        for path in [path for path in target.rglob("*") if path.is_file() or path.is_symlink()]:
            name = path.relative_to(target).as_posix()
            if name not in wanted and not name.startswith((".git/", ".ansible/", "tests/output/")):
                path.unlink()
        for name in wanted:
            old, new = target / name, ROOT / name
            if not old.exists() or old.read_bytes() != new.read_bytes():
                old.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(new, old)
    return target


def git(*args: str, cwd: Path) -> str:
    if not shutil.which("git"):
        sys.exit("git is needed (Debian and Ubuntu: apt install git).")
    command = ["git", "-c", "safe.directory=*", *args]
    return subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True).stdout


def say(text: str) -> None:
    print("\n== " + text, flush=True)


def run(command: list[str], env: dict[str, str] | None = None, capture: bool = False) -> str:
    """Run and, with ``capture``, also return what was printed; a failure ends this program with its exit code."""
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE if capture else None, text=True) as process:
        lines = []
        try:
            for line in process.stdout or ():
                print(line, end="", flush=True)
                lines.append(line)
            code = process.wait()
        except KeyboardInterrupt:
            process.send_signal(signal.SIGINT)
            process.wait()
            raise
    if code:
        sys.exit(code if code > 0 else 1)
    return "".join(lines)


# --- the lab ----------------------------------------------------------------------------------------------------------


class Lab:
    """A running lab, by its info file."""

    def __init__(self, info: dict) -> None:
        self.control: str = info["control"]
        self.backends: list[str] = list(info["backends"])
        self.exports: dict[str, str] = {**info["exports"], "LAB_CONTROL": self.control}

    def ask(self, path: str, given: object = None):
        """A page of the control interface, never through a proxy; with something given, a POST."""
        data = None if given is None else json.dumps(given).encode()
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(self.control + path, data, timeout=10) as reply:
            return json.load(reply)


@contextlib.contextmanager
def lab(env: dict[str, str], *args: str, port: int = 0):
    """Start the lab, yield it, and stop it whatever happens."""
    with tempfile.TemporaryDirectory(prefix="onboarding-lab-") as folder:
        info = Path(folder, "info.json")
        command = [str(VENV / "bin" / "python"), "-m", "tests.lab", "--port", str(port), "--exit-with-parent"]
        command += ["--info-file", str(info), *args]
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 30
            while not info.exists():
                if process.poll() is not None or time.monotonic() > deadline:
                    sys.exit("The lab did not start.")
                time.sleep(0.05)
            yield Lab(json.loads(info.read_text()))
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


# --- commands ---------------------------------------------------------------------------------------------------------


def demo(found: dict[str, str]) -> None:
    env = prepare(found)
    stage()
    folder = CACHE / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "vault_password").write_text("worth-nothing\n")
    with lab(env) as server:
        env |= {**server.exports, "ANSIBLE_COLLECTIONS_PATH": str(TREE), "ANSIBLE_PYTHON_INTERPRETER": "auto_silent"}
        env |= {"ANSIBLE_CALLBACK_PLUGINS": str(ROOT / "tests" / "tools" / "callback"), "ANSIBLE_STDOUT_CALLBACK": "story"}
        env |= {"ANSIBLE_LOCALHOST_WARNING": "false", "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false"}
        if sys.stdout.isatty():
            env["ANSIBLE_FORCE_COLOR"] = "1"
        print("The town of Fable has a simulated LdapSaisie, BlueMind, Nextcloud, iRedMail and Micetro, and a file of HR. Its settings are")
        print(
            "playbooks/vars/fable.yml, and -e demo_folder=… stands behind each command, too. Below it is what the playbook says at its end; its tasks"
        )
        print("are left out here.")

        def step(title: str, look: str, playbook: str, *args: str, written: bool = True) -> None:
            say(title)
            print(f"   {look}")
            print(
                "   $ " + " ".join(["ansible-playbook", playbook, "-e @playbooks/vars/fable.yml", *(f"-e {arg}" for arg in args)]),
                flush=True,
            )
            before = writes(server)
            given = ["-e", "@playbooks/vars/fable.yml", "-e", f"demo_folder={folder}", *(word for arg in args for word in ("-e", arg))]
            run([str(VENV / "bin" / "ansible-playbook"), playbook, *given], env)
            count = writes(server) - before
            tell(folder / "report")
            print(f"   The servers' own logs: {count or 'no'} writes.")
            if written != bool(count):
                sys.exit(f"There should have been {'some' if written else 'none'}.")

        ours, files = "workplace.onboarding.", "playbooks/files"
        step(
            "1. Ten people join",
            "Look at: one line for each system. First passwords are below .cache/demo/secrets, encrypted, since before any account had one.",
            "playbooks/demo.yml",
            "people_today=2026-09-01",
        )
        step("2. The same again", "Look at: nothing changes.", ours + "onboard", "people_today=2026-09-01", written=False)
        step(
            "3. Somebody moves: the file says that Hazel goes from the school to IT, and Gus has a telephone now",
            "Look at: Hazel's groups become those of IT, everywhere.",
            ours + "reconcile",
            "people_today=2026-09-02",
            f"people_file={files}/people_after_move.csv",
        )
        step(
            "4. Somebody leaves at once: Gus, by name, while the file still has him",
            "Look at: what 'closed' means on each system, and what a system cannot do.",
            ours + "offboard",
            "people_today=2026-09-10",
            f"people_file={files}/people_after_move.csv",
            "offboard_now=gus.sandbox",
        )
        step(
            "5. A month later, the file has Gus's last day, and the 30 days of grace are over",
            "Look at: only now are his accounts deleted. Without a last day in the file they never are.",
            ours + "reconcile",
            "people_today=2026-10-11",
            f"people_file={files}/people_after_leave.csv",
        )
        meddle(server)
        step(
            "6. Somebody changed things by hand: an audit",
            "Look at: a telephone that drifted, an account that somebody closed, and one that belongs to nobody. Nothing is written.",
            ours + "audit",
            "people_today=2026-10-12",
            f"people_file={files}/people_after_leave.csv",
            written=False,
        )

    pages = sorted((folder / "report").glob("*.html"), key=lambda path: path.stat().st_mtime)
    say("What next")
    if pages:
        print(f"The page of the audit: {pages[-1]}")
        print("Open it in a browser. It needs no network, and holds who has which account, what differs, and why.")
    print("docs/people.md explains what you have seen. make lab keeps the simulated servers running for you to play with.")
    print("Your own servers: README.md, 'People: joiner, mover, leaver'; begin there with the audit, which writes nothing.")


def tell(reports: Path, most: int = 8) -> None:
    """What the newest report says of each account that is not as it was, where these are few."""
    newest = max(reports.glob("*.jsonl"), key=lambda path: path.stat().st_mtime)
    lines = [json.loads(line) for line in newest.read_text(encoding="utf-8").splitlines()[1:]]
    worth = [line for line in lines if line["changed"] or line["drift"] or line["orphan"] or line["missing"]]
    for line in worth if len(worth) <= most else ():
        word = "of nobody" if line["orphan"] else "drift" if line["drift"] else line["action"]
        what = word + (f" ({', '.join(line['fields'])})" if line["action"] == "update" and line["fields"] else "")
        why = "; ".join(filter(None, (line["means"], line["reason"])))
        print(f"     {line['account']} on {line['backend']}: {what}" + (f": {why}" if why else ""))


def meddle(server: Lab) -> None:
    """What happens to accounts when nobody looks, behind the backs of all who keep records."""
    server.ask("/ocs/seed", {"users": [{"id": "juno.sample", "phone": "+33199009999"}, {"id": "test2", "displayname": "Test 2"}]})
    server.ask("/ocs/seed", {"users": [{"id": "dot.margin", "enabled": False}]})


def writes(server: Lab) -> int:
    return sum(entry["write"] for backend in server.backends for entry in server.ask(f"/{backend}/log"))


def show_lab(found: dict[str, str]) -> None:
    env = prepare(found)
    stage()
    port = 0 if any(map(taken, range(LAB_PORT, LAB_PORT + 1 + len(BACKENDS)))) else LAB_PORT
    with lab(env, "--seed", "demo", port=port) as server:
        say("The lab is running. Paste this into a second terminal; Ctrl-C here stops it.")
        print()
        print(f". {shlex.quote(str(VENV / 'bin' / 'activate'))}")
        quiet = {"ANSIBLE_LOCALHOST_WARNING": "false", "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false"}  # localhost is meant
        for name, value in {**server.exports, "ANSIBLE_COLLECTIONS_PATH": str(TREE), **quiet}.items():
            print(f"export {name}={shlex.quote(value)}")
        print("\nThen, for example: ansible localhost -m workplace.onboarding.ocs_info\n", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()


def taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def quick(found: dict[str, str]) -> None:
    env = prepare(found)
    plugins = stage() / "plugins"
    bin = VENV / "bin"
    run([str(bin / "ruff"), "check", "--output-format=concise", "."], env)
    run([str(bin / "ruff"), "format", "--check", "."], env)
    run([str(bin / "mypy"), str(plugins / "module_utils"), str(plugins / "plugin_utils")], env)
    run([str(bin / "pytest"), "-q", "tests/unit", *sys.argv[2:]], env)


def year(found: dict[str, str]) -> None:
    env = {**prepare(found), "YEAR_DAYS": "all"}
    run([str(VENV / "bin" / "python"), "-m", "pytest", "-q", "-s", "tests/year", *sys.argv[2:]], env)


def bench(found: dict[str, str]) -> None:
    env = prepare(found)
    stage()
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    run([*pip, "--requirement", "tests/benchmarks/requirements.txt"], env)
    run([str(VENV / "bin" / "python"), "tests/benchmarks/run.py", *sys.argv[2:]], {**env, "ANSIBLE_COLLECTIONS_PATH": str(TREE)})


def scaffold(found: dict[str, str]) -> None:
    env = prepare(found)
    run([str(VENV / "bin" / "python"), "tests/tools/scaffold.py", *sys.argv[2:]], env)


def combinations(found: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """ansible-core -> the Python to test it on, and a line for every pair that should run and cannot."""
    chosen, missing = {}, []
    for core, pythons in CORES.items():
        usable = [version for version in pythons if version in found]
        if usable:
            chosen[core] = usable[0]
        if usable[:1] != [pythons[0]]:
            instead = f"; ran on Python {usable[0]} instead" if usable else ""
            missing.append(f"ansible-core {core} on Python {pythons[0]}: no such interpreter with venv{instead}")
    missing += [f"Python {version}: no such interpreter with venv" for version in ("3.9", "3.12", "3.14") if version not in found]
    if not chromium():
        missing.append("the page of a report in a browser: no chromium (Debian: apt install chromium)")
    return chosen, missing


def test(found: dict[str, str]) -> None:
    env = prepare(found)
    stage()
    report = CACHE / "report.json"
    report.unlink(missing_ok=True)
    nox = [str(VENV / "bin" / "python"), "-m", "nox", "--parallel", str(min(4, os.cpu_count() or 1)), "--report", str(report)]
    with contextlib.suppress(SystemExit):
        run(nox, env)
    results = json.loads(report.read_text())["sessions"] if report.exists() else []
    passed = [entry for entry in results if entry["result"] == "success"]
    chosen, missing = combinations(found)
    print()
    for line in missing:
        print("not run: " + line)
    failed = [entry["name"] for entry in results if entry not in passed]
    if os.environ.get("CI"):
        needed = {core: CORES[core][0] for core in REQUIRED}
        failed += [f"ansible-core {core} on Python {needed[core]} did not run" for core in needed if chosen.get(core) != needed[core]]
    for name in failed:
        print("failed: " + name)
    print(f"{len(passed)} passed, {len(failed)} failed")
    sys.exit(1 if failed or not passed else 0)


def clean(found: dict[str, str]) -> None:
    made = [VENV, CACHE, ROOT / "dist", ROOT / ".ansible", ROOT / "tests" / "output", *ROOT.rglob("__pycache__")]
    for folder in made:
        shutil.rmtree(folder, ignore_errors=True)


COMMANDS = {"demo": demo, "test": test, "lab": show_lab, "quick": quick, "year": year, "bench": bench, "scaffold": scaffold, "clean": clean}


def interrupted(number, frame):
    raise KeyboardInterrupt


if __name__ == "__main__":
    if sys.argv[1:2] not in [[name] for name in COMMANDS]:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, interrupted)
    with contextlib.suppress(KeyboardInterrupt):
        COMMANDS[sys.argv[1]](interpreters())
        sys.exit(0)
    sys.exit(130)
