# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How fast the collection is, as ratios measured in one run against the lab: `make bench`.

Nothing here passes or fails: another job on the same machine is enough to change a number. Trust ratios and medians,
and run it again when a number surprises.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import http.client
import json
import math
import os
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PAGE = 500  # accounts per page, as the client asks for them
FIELDS = ("email", "display_name", "groups", "quota", "language")
PLAIN = {"ANSIBLE_FORCE_COLOR": "0", "NO_PROXY": "*"}


class Server:
    """The lab in a process of its own, so that its work is not counted as ours."""

    def __init__(self, info: dict) -> None:
        self.control, ocs = info["control"], info["backends"]["ocs"]
        self.url, self.username, self.password = ocs["url"], ocs["username"], ocs["app_password"]

    def ask(self, method: str, path: str, body: object = None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.control + path, method=method, data=data)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=120) as reply:
            return json.load(reply)

    def prepare(self, people: list[dict], latency: float = 0.0) -> None:
        """A server that holds these people; latency in seconds."""
        self.ask("POST", "/ocs/reset", {})
        stored = {"userid": "id", "display_name": "displayname"}
        users = [{stored.get(name, name): value for name, value in person.items()} for person in people]
        self.ask("POST", "/ocs/seed", {"groups": ["staff"], "users": users})
        self.ask("PATCH", "/ocs/knobs", {"latency": latency, "edit_limit": 0})
        self.ask("DELETE", "/ocs/log")

    def served(self) -> tuple[int, int, float]:
        """Reads, writes, and the seconds that the lab took for them, since the log was emptied; empties it."""
        log = self.ask("GET", "/ocs/log")
        self.ask("DELETE", "/ocs/log")
        writes = sum(entry["write"] for entry in log)
        return len(log) - writes, writes, sum(entry["ms"] for entry in log) / 1000

    @property
    def login(self) -> str:
        return base64.b64encode(f"{self.username}:{self.password}".encode()).decode()


@contextlib.contextmanager
def lab(folder: Path) -> Iterator[Server]:
    info = folder / "info.json"
    command = [sys.executable, "-m", "tests.lab", "--exit-with-parent", "--info-file", str(info)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        while not info.exists():
            if process.poll() is not None:
                sys.exit("The lab did not start.")
            time.sleep(0.05)
        yield Server(json.loads(info.read_text()))
    finally:
        process.terminate()
        process.wait(10)


def people(count: int) -> list[dict]:
    return [
        {
            "userid": f"user{number:05}",
            "email": f"user{number:05}@example.org",
            "display_name": f"User {number}",
            "groups": ["staff"],
            "quota": "5 GB",
            "language": "en",
        }
        for number in range(count)
    ]


@dataclass
class Run:
    """One ansible-playbook: all of it, its last task, and the items of that task."""

    whole: float  # seconds
    task: float
    items: list[float]  # seconds from one result to the next
    memory: int  # bytes, of the largest process
    served: float  # seconds of the lab's own time
    result: dict = field(default_factory=dict)
    reads: int = 0
    writes: int = 0


class Player:
    """Runs plays of one task on this machine."""

    def __init__(self, folder: Path, server: Server) -> None:
        self.folder, self.server = folder, server
        collections = os.environ.get("ANSIBLE_COLLECTIONS_PATH", "")
        if not Path(collections.split(":")[0], "ansible_collections", "workplace", "onboarding").is_dir():
            sys.exit("Run it as: make bench (ANSIBLE_COLLECTIONS_PATH names no folder that holds the collection)")
        (folder / "ansible.cfg").touch()
        self.env = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "OCS_"))}
        self.env |= PLAIN
        self.env |= {
            "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callback"),
            "ANSIBLE_CALLBACKS_ENABLED": "moments",
            "ANSIBLE_COLLECTIONS_PATH": collections,
            "ANSIBLE_CONFIG": str(folder / "ansible.cfg"),
            "ANSIBLE_HOME": str(folder / "home"),
            "ANSIBLE_LOCALHOST_WARNING": "0",
            "MOMENTS": str(folder / "moments.jsonl"),
            "OCS_URL": server.url,
            "OCS_USERNAME": server.username,
            "OCS_PASSWORD": server.password,
        }

    def play(self, task: dict | None, objects: list[dict] | None = None, **variables: object) -> Run:
        tasks = [] if task is None else [{"name": "measured", **task}]
        if objects is not None:
            (self.folder / "people.json").write_text(json.dumps({"people": objects}))
        if not (self.folder / "people.json").exists():
            (self.folder / "people.json").write_text("{}")
        play = {
            "hosts": "localhost",
            "gather_facts": False,
            "vars": {"ansible_python_interpreter": sys.executable, "url": self.server.url, "login": self.server.login, **variables},
            "vars_files": ["people.json"],
            "tasks": tasks,
        }
        (self.folder / "play.yml").write_text(yaml.safe_dump([play], sort_keys=False))
        self.server.ask("DELETE", "/ocs/log")
        out = open(self.folder / "out", "w+")  # noqa: SIM115, closed below
        began = time.monotonic()
        command = [sys.executable, "-m", "ansible", "playbook", "-i", "localhost,", "-c", "local", "play.yml"]
        process = subprocess.Popen(command, cwd=self.folder, env=self.env, stdout=out, stderr=subprocess.STDOUT)
        _pid, status, usage = os.wait4(process.pid, 0)
        whole = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        printed = out.read()
        out.close()
        if process.returncode:
            sys.exit(f"A play failed:\n{printed[-3000:]}")
        moments = [json.loads(line) for line in (self.folder / "moments.jsonl").read_text().splitlines()]
        times = {what: at for what, _name, at, _result in moments if what in ("start", "end")}
        results = [at for what, _name, at, _result in moments if what == "item"]
        items = [after - before for before, after in zip(results, results[1:])]
        reads, writes, served = self.server.served()
        last = moments[-1][3] if moments else {}
        task_seconds = times["end"] - times["start"] if "end" in times else 0.0
        return Run(whole, task_seconds, items, usage.ru_maxrss * 1024, served, last, reads, writes)


USER = "workplace.onboarding.ocs_user"
LOOPED = {"userid": "{{ item.userid }}", **{name: f"{{{{ item.{name} }}}}" for name in FIELDS}}
LOOP = {"loop": "{{ people }}", "loop_control": {"label": "{{ item.userid }}"}}
LIST = {USER: {"users": "{{ people }}"}}
HEADERS = {"Authorization": "Basic {{ login }}", "OCS-APIRequest": "true", "Accept": "application/json"}
GET = {
    "ansible.builtin.uri": {"url": "{{ url }}/ocs/v2.php/cloud/users/{{ item.userid }}", "headers": HEADERS, "status_code": [200, 404]},
    **LOOP,
}
POST = {
    "ansible.builtin.uri": {
        "url": "{{ url }}/ocs/v2.php/cloud/users",
        "method": "POST",
        "headers": HEADERS,
        "body_format": "form-urlencoded",
        "body": {
            "userid": "{{ item.userid }}",
            "email": "{{ item.email }}",
            "displayName": "{{ item.display_name }}",
            "groups[]": "{{ item.groups[0] }}",
            "quota": "{{ item.quota }}",
            "language": "{{ item.language }}",
        },
    },
    **LOOP,
}
DEBUG = {"ansible.builtin.debug": {"msg": LOOPED}, **LOOP}


class Table:
    def __init__(self) -> None:
        self.rows: list[tuple[str, ...]] = []
        self.heading("what", "target", "measured", "less the lab's time")

    def heading(self, *words: str) -> None:
        print("{:<72} {:>11} {:>11} {:>20}".format(*words), flush=True)

    def row(self, what: str, target: str, measured: str, without: str = "") -> None:
        self.heading(what, target, measured, without)

    def note(self, words: str) -> None:
        print(f"    {words}", flush=True)


def less(run: Run, seconds: float) -> float:
    return max(seconds - run.served, 1e-9)


def loops(options: argparse.Namespace, player: Player, table: Table) -> None:
    """Rows 1 to 3 of the design: a loop against the same loops of uri and of debug."""
    few, many = people(options.uri), people(options.loop)
    server = player.server

    def per_item(run: Run, count: int) -> tuple[float, float]:
        return run.task / count, less(run, run.task) / count

    server.prepare(few)
    get = per_item(player.play(GET, few), len(few))
    server.prepare([])
    first = player.play(GET, few)
    second = player.play(POST, few)
    create = tuple(one + two for one, two in zip(per_item(first, len(few)), per_item(second, len(few))))

    pairs = []
    for _number in range(options.pairs):
        server.prepare(many)
        ours = player.play({USER: LOOPED, **LOOP}, many)
        pairs.append((ours, player.play(DEBUG, many)))
    unchanged = [median(values) for values in zip(*(per_item(ours, len(many)) for ours, _debug in pairs))]
    server.prepare([])
    creating = player.play({USER: LOOPED, **LOOP}, many)
    created = per_item(creating, len(many))
    for what, target, uri, ours in (("unchanged", "40", get, unchanged), ("creating", "80", create, created)):
        table.row(
            f"loop, {what}, times faster than the same of uri", f">= {target}x", f"{uri[0] / ours[0]:.0f}x", f"{uri[1] / ours[1]:.0f}x"
        )
        table.note(f"ms an item: uri {uri[0] * 1000:.0f}, ours {ours[0] * 1000:.1f}")
    ours = median(median(run.items) for run, _debug in pairs)
    debug = median(median(run.items) for _ours, run in pairs)
    lab_item = median(run.served / (run.reads + run.writes) for run, _debug in pairs)
    table.row("loop, unchanged, times a loop of debug (median item)", "<= 2x", f"{ours / debug:.2f}x", f"{(ours - lab_item) / debug:.2f}x")
    table.row(
        "loop, unchanged, ms an item above a loop of debug",
        "<= 4 ms",
        f"{(ours - debug) * 1000:.2f} ms",
        f"{(ours - lab_item - debug) * 1000:.2f} ms",
    )
    table.note(f"ms an item: ours {ours * 1000:.2f}, debug {debug * 1000:.2f}, the lab {lab_item * 1000:.2f}")
    table.note(f"{pairs[0][0].reads} reads and {pairs[0][0].writes} writes for {len(many)} items")


def lists(options: argparse.Namespace, player: Player, table: Table) -> None:
    """The list form, unchanged, in this process and as an ordinary module."""
    objects, server = people(options.objects), player.server
    server.prepare(objects)
    rows, plain = [], []
    for _number in range(options.pairs):
        run = player.play(LIST, objects)
        empty = player.play(None, objects)
        began = time.monotonic()
        list_request(server, len(objects))
        asked = time.monotonic() - began
        served = server.served()[2]
        rows.append((run.whole / (empty.whole + asked), less(run, run.whole) / (empty.whole + max(asked - served, 0)), run, empty, asked))
        there = player.play(LIST, objects, workplace_onboarding_in_process=False)
        nothing = player.play({"ansible.builtin.ping": {}})
        plain.append((there.task / nothing.task, less(there, there.task) / nothing.task, there, nothing))
    table.row(
        f"list of {len(objects)}, unchanged, whole run, times an empty play and the bare listing",
        "<= 1.5x",
        *(f"{median(row[number] for row in rows):.2f}x" for number in (0, 1)),
    )
    run, empty, asked = rows[-1][2:]
    table.note(f"seconds: ours {run.whole:.2f} (the task {run.task:.2f}), empty play {empty.whole:.2f}, listing {asked:.2f}")
    table.note(f"{run.reads} reads and {run.writes} writes")
    known = len(objects) + 2  # the lab's own accounts
    table.row("    requests for that, with groups", f"{math.ceil(known / PAGE) + 3}, 0", f"{run.reads}, {run.writes}")
    table.row(
        f"list of {len(objects)}, unchanged, ordinary module, times an empty one (ping)",
        "<= 3x",
        *(f"{median(row[number] for row in plain):.2f}x" for number in (0, 1)),
    )
    table.note(f"seconds: ours {plain[-1][2].task:.2f}, ping {plain[-1][3].task:.2f}")


def list_request(server: Server, count: int) -> None:
    """The bare listing, page by page on one connection."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(server.url).netloc)
    headers = {"Authorization": f"Basic {server.login}", "OCS-APIRequest": "true", "Accept": "application/json"}
    for offset in range(0, count + 2, PAGE):
        connection.request("GET", f"/ocs/v2.php/cloud/users/details?limit={PAGE}&offset={offset}", headers=headers)
        json.load(connection.getresponse())
    connection.close()


def sizes(options: argparse.Namespace, player: Player, table: Table) -> None:
    """Ten times as many objects."""
    runs = []
    for count in (options.objects, options.objects * 10):
        objects = people(count)
        player.server.prepare(objects)
        runs.append((count, player.play(LIST, objects)))
    (few, small), (many, large) = runs
    table.row(
        f"list of {many}, cost of one object, times that in a list of {few}",
        "<= 1.2x",
        f"{(large.task / many) / (small.task / few):.2f}x",
        f"{(less(large, large.task) / many) / (less(small, small.task) / few):.2f}x",
    )
    table.note(f"seconds: {large.task:.2f} against {small.task:.2f}, of which the lab's own {large.served:.2f} and {small.served:.2f}")
    table.row(f"list of {many}, largest process", "<= 300 MB", f"{large.memory / 1e6:.0f} MB")


def creates(options: argparse.Namespace, player: Player, table: Table) -> None:
    """New accounts on a server that is 20 ms away, eight at once."""
    objects, server = people(options.creates), player.server
    ratios = []
    for _number in range(max(1, options.pairs // 2)):
        server.prepare([], latency=0.02)
        ours = player.play({USER: {"users": "{{ people }}", "workers": 8}}, objects)
        server.prepare([], latency=0.02)
        began = time.monotonic()
        in_threads(server, objects, 8)
        bare = time.monotonic() - began
        ratios.append((ours.task / bare, ours, bare))
    server.prepare([])
    _ratio, ours, bare = ratios[-1]
    table.row(
        f"{len(objects)} creates at 20 ms, 8 workers, times http.client with 8 threads", "<= 1.5x", f"{median(r[0] for r in ratios):.2f}x"
    )
    table.note(f"seconds: ours {ours.task:.2f} ({ours.reads} reads and {ours.writes} writes), http.client {bare:.2f} (writes alone)")


def in_threads(server: Server, objects: list[dict], threads: int) -> None:
    headers = {"Authorization": f"Basic {server.login}", "OCS-APIRequest": "true", "Accept": "application/json"}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    names = {"display_name": "displayName", "groups": "groups[]"}

    def work(share: list[dict]) -> None:
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(server.url).netloc)
        for person in share:
            body = urllib.parse.urlencode({names.get(name, name): value for name, value in person.items()}, doseq=True)
            connection.request("POST", "/ocs/v2.php/cloud/users", body=body, headers=headers)
            reply = connection.getresponse()
            if reply.status != 200:
                sys.exit(f"The lab refused a creation: {reply.read()!r}")
            reply.read()
        connection.close()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, [objects[number::threads] for number in range(threads)]))


PARTS: dict[str, Callable[[argparse.Namespace, Player, Table], None]] = {"loops": loops, "lists": lists, "sizes": sizes, "creates": creates}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="default: all")
    parser.add_argument("--objects", type=int, default=1000, help="in the list form")
    parser.add_argument("--loop", type=int, default=300, help="items of a loop")
    parser.add_argument("--uri", type=int, default=10, help="items of a loop of uri, which is slow")
    parser.add_argument("--creates", type=int, default=400, help="new accounts at 20 ms")
    parser.add_argument("--pairs", type=int, default=3, help="how often each is repeated for the median")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onboarding-bench-") as name, lab(Path(name)) as server:
        player = Player(Path(name), server)
        server.prepare(people(20))
        player.play({USER: LOOPED, **LOOP}, people(20))  # warm: byte code, file cache
        began = time.monotonic()
        table = Table()
        for part in options.parts or PARTS:
            PARTS[part](options, player, table)
        print(f"\n{time.monotonic() - began:.0f} s in all; load of this machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
