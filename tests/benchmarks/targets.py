# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The targets of the design, both sides of each in the same run, pair by pair."""

from __future__ import annotations

import argparse
import base64
import http.client
import json
import math
import sys
import time
import urllib.parse
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median

from objects import KINDS
from player import Lab, Player, Run
from report import Report

PAGE = 500  # accounts per page, as the client asks for them
OCS = KINDS["ocs"]
LOOPED = {name: f"{{{{ item.{name} }}}}" for name in OCS.make(0)}
LOOP = {"loop": "{{ objects }}", "loop_control": {"label": "{{ item.userid }}"}}
HEADERS = {"Authorization": "Basic {{ login }}", "OCS-APIRequest": "true", "Accept": "application/json"}
USERS = "{{ url }}/ocs/v2.php/cloud/users"
GET = {"ansible.builtin.uri": {"url": USERS + "/{{ item.userid }}", "headers": HEADERS, "status_code": [200, 404]}, **LOOP}
POST = {
    "ansible.builtin.uri": {
        "url": USERS,
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
OURS = {OCS.module: LOOPED, **LOOP}
IDLE = {"ansible.builtin.debug": {"msg": "{{ objects }}", "verbosity": 5}}  # is given the list, and does nothing with it
SWITCH = "workplace_onboarding_in_process"

Pair = tuple[float, float]  # with the lab's own time, and without


class Bench:
    """The rows of one table."""

    def __init__(self, options: argparse.Namespace, player: Player, report: Report) -> None:
        self.options, self.player, self.report, self.lab = options, player, report, player.lab
        credentials = f"{self.lab.exports['OCS_USERNAME']}:{self.lab.exports['OCS_PASSWORD']}"
        self.login = base64.b64encode(credentials.encode()).decode()
        self.variables = {"url": self.lab.exports["OCS_URL"], "login": self.login}
        self.notes: list[str] = []

    def row(self, what: str, target: str, values: Sequence[Pair], unit: str = "×", digits: int = 1) -> None:
        """The medians of several pairs, and how far they lie apart."""
        least, most = min(each[0] for each in values), max(each[0] for each in values)
        measured, without = (median(each[number] for each in values) for number in (0, 1))
        spread = f"{least:.{digits}f} to {most:.{digits}f}" if len(values) > 1 else ""
        self.report.row(what, target, f"**{measured:.{digits}f}{unit}**", f"{without:.{digits}f}{unit}", spread)

    def note(self, words: str) -> None:
        self.notes.append(f"* {words}")

    def run(self) -> None:
        self.report.chapter(
            "Targets",
            "Nextcloud, accounts with five fields in a group, unless a row says otherwise; the medians of pairs measured one after the other.",
        )
        self.report.table("what", "target", "measured", "without the lab's own time", "spread")
        self.loops()
        self.lists()
        self.sizes()
        self.creates()
        self.report.note(*self.notes)

    # Loops

    def item(self, task: dict, objects: list[dict]) -> tuple[Run, Pair]:
        run = self.player.play(task, objects, **self.variables)
        return run, (run.task / len(objects), run.less(run.task) / len(objects))

    def loops(self) -> None:
        """A loop against the same loops of uri and of debug, and against the ordinary module."""
        few, many = OCS.objects(self.options.slow), OCS.objects(self.options.loop)
        same, new, floor, plain, above = [], [], [], [], []
        for _number in range(self.options.pairs):
            self.lab.prepare("ocs", OCS.world(few))
            get = self.item(GET, few)[1]
            ordinary = self.item({**OURS, "vars": {SWITCH: False}}, few)[1]
            self.lab.prepare("ocs", OCS.world([]))
            looked, written = self.item(GET, few)[1], self.item(POST, few)[1]
            created = self.item(OURS, many)[1]
            self.lab.prepare("ocs", OCS.world(many))
            ours, unchanged = self.item(OURS, many)
            debug = self.item(DEBUG, many)[0]
            same.append((get[0] / unchanged[0], get[1] / unchanged[1]))
            plain.append((ordinary[0] / unchanged[0], ordinary[1] / unchanged[1]))
            new.append(tuple((first + second) / own for first, second, own in zip(looked, written, created)))
            here, there, lab = median(ours.items), median(debug.items), ours.served / (ours.reads + ours.writes)
            floor.append((here / there, (here - lab) / there))
            above.append(((here - there) * 1000, (here - there - lab) * 1000))
        self.row("loop, unchanged, times faster than a loop of `uri` (GET)", "≥ 40×", same, digits=0)
        self.row("loop, creating, times faster than loops of `uri` (GET, POST)", "≥ 80×", new, digits=0)
        self.row("loop, unchanged, times a loop of `debug` over the same items", "≤ 2×", floor, digits=2)
        self.row("the same, milliseconds an item above it", "", above, " ms", 2)
        self.row("loop, unchanged, times faster than as an ordinary module", "", plain, digits=0)
        self.note(
            f"Loops of {len(many)} items, of uri and the ordinary module {len(few)} (the cost of one does not depend on their number). "
            f"In the last pair, milliseconds an item: uri {get[0] * 1000:.0f} and {(looked[0] + written[0]) * 1000:.0f}, the ordinary module "
            f"{ordinary[0] * 1000:.0f}, ours {unchanged[0] * 1000:.1f} and {created[0] * 1000:.1f}, debug {there * 1000:.1f}, "
            f"of which the lab took {lab * 1000:.2f} a request."
        )
        self.note(
            f"So a loop that does nothing is {get[0] / there:.0f}× faster than one of uri, and {(looked[0] + written[0]) / there:.0f}× faster "
            "than two: no loop of Ansible's can be faster than that."
        )

    # Lists

    def lists(self) -> None:
        """The list form, unchanged, in Ansible's own process and as an ordinary module."""
        objects = OCS.objects(self.options.objects)
        self.lab.prepare("ocs", OCS.world(objects))
        here, least, there = [], [], []
        for _number in range(self.options.pairs):
            run = self.player.play(OCS.task(), objects)
            empty, idle = self.player.play(None, objects), self.player.play(IDLE, objects)
            self.lab.ask("DELETE", "/ocs/log")
            began = time.monotonic()
            self.list_request(len(objects))
            asked = time.monotonic() - began
            served = self.lab.served("ocs")[2]
            for ratios, floor in ((here, empty), (least, idle)):
                ratios.append((run.whole / (floor.whole + asked), run.less(run.whole) / (floor.whole + max(asked - served, 0))))
            ordinary = self.player.play(OCS.task(), objects, **{SWITCH: False})
            ping = self.player.play({"ansible.builtin.ping": {}})
            there.append((ordinary.task / ping.task, ordinary.less(ordinary.task) / ping.task))
        count = f"list of {len(objects)}, unchanged"
        self.row(f"{count}, whole run, times an empty playbook and the bare listing", "≤ 1.5×", here, digits=2)
        self.row("the same, times a task that is given the list and does nothing, and the bare listing", "", least, digits=2)
        self.row(f"{count}, as an ordinary module, times an empty one (`ping`)", "≤ 3×", there, digits=2)
        budget = 3 + math.ceil((len(objects) + 2) / PAGE) + 1
        self.report.row(f"{count}, requests", f"≤ {budget}, 0 writes", f"**{run.reads}, {run.writes} writes**", "", "")
        self.note(
            f"Seconds of the last pairs: {run.whole:.2f} (the task {run.task:.2f}) against {empty.whole:.2f} without a task, {idle.whole:.2f} with "
            f"one that does nothing, and {asked:.2f} for the listing; {ordinary.task:.2f} against {ping.task:.2f}."
        )

    def list_request(self, count: int) -> None:
        """The bare listing, page by page on one connection."""
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.variables["url"]).netloc)
        headers = {"Authorization": f"Basic {self.login}", "OCS-APIRequest": "true", "Accept": "application/json"}
        for offset in range(0, count + 2, PAGE):
            connection.request("GET", f"/ocs/v2.php/cloud/users/details?limit={PAGE}&offset={offset}", headers=headers)
            json.load(connection.getresponse())
        connection.close()

    def sizes(self) -> None:
        """Ten times as many objects."""
        ratios, memory = [], 0
        for _number in range(self.options.pairs):
            runs = []
            for count in (self.options.objects, self.options.objects * 10):
                objects = OCS.objects(count)
                self.lab.prepare("ocs", OCS.world(objects))
                run = self.player.play(OCS.task(), objects)
                runs.append((run.task / count, run.less(run.task) / count))
            ratios.append((runs[1][0] / runs[0][0], runs[1][1] / runs[0][1]))
            memory = max(memory, run.memory)
        self.row(f"list of {count}, cost of one object, times that in a list of {self.options.objects}", "≤ 1.2×", ratios, digits=2)
        self.report.row(f"list of {count}, the largest process", "≤ 300 MB", f"**{memory / 1e6:.0f} MB**", "", "")
        self.note(f"The list of {count} took {run.task:.2f} s, of which the lab {run.served:.2f} s.")

    # At a distance

    def creates(self) -> None:
        """New users on a BlueMind server 20 ms away, eight at once, against the very same writes by http.client in eight threads."""
        kind, ratios = KINDS["bluemind"], []
        objects = kind.objects(self.options.objects)
        for _number in range(self.options.pairs):
            self.lab.prepare("bluemind", kind.world([]), latency=0.02, **kind.knobs)
            ours = self.player.play({kind.module: {**kind.task()[kind.module], "workers": 8}}, objects, "bluemind")
            writes = [entry for entry in self.lab.ask("GET", "/bluemind/log") if entry["write"] and "/users/" in entry["path"]]
            self.lab.prepare("bluemind", kind.world([]), latency=0.02, **kind.knobs)
            began = time.monotonic()
            in_threads(self.lab, writes, 8)
            bare = time.monotonic() - began
            ratios.append((ours.task / bare, ours.task / bare))
        self.row(
            f"{len(objects)} new BlueMind users at 20 ms, 8 workers, times the same writes by `http.client` in 8 threads",
            "≤ 1.5×",
            ratios,
            digits=2,
        )
        self.note(
            f"The creations took {ours.task:.1f} s with {ours.reads} reads and {ours.writes} writes, http.client {bare:.1f} s for the writes alone."
        )


def in_threads(lab: Lab, writes: list[dict], threads: int) -> None:
    headers = {"X-BM-ApiKey": lab.exports["BLUEMIND_TOKEN"], "Content-Type": "application/json"}

    def work(share: list[dict]) -> None:
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(lab.exports["BLUEMIND_URL"]).netloc)
        for entry in share:
            connection.request(entry["method"], entry["path"], body=json.dumps(entry["body"]), headers=headers)
            reply = connection.getresponse()
            if reply.status >= 300:
                sys.exit(f"The lab refused a creation: {reply.read()!r}")
            reply.read()
        connection.close()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, [writes[number::threads] for number in range(threads)]))
