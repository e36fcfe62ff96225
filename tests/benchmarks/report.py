# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was measured: on the screen while it runs, and as Markdown with a plot."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path


class Report:
    """Chapters of tables and remarks."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, *lines: str) -> None:
        self.lines += lines
        print(*lines, sep="\n", flush=True)

    def chapter(self, title: str, *words: str) -> None:
        self.add("", f"## {title}", "", *words)

    def table(self, *heads: str) -> None:
        self.add("", line(heads), line(["---"] * len(heads)))

    def row(self, *cells: str) -> None:
        self.add(line(cells))

    def note(self, *words: str) -> None:
        self.add("", *words)


def line(cells: object) -> str:
    return f"| {' | '.join(cells)} |"


def machine() -> str:
    """The machine in a few words."""
    described = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    models = {text.partition(":")[2].strip() for text in described.splitlines() if text.startswith("model name")}
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores ({', '.join(sorted(models)) or platform.machine()}), {memory:.0f} GiB of memory, {platform.system()}, "
        f"Python {platform.python_version()}, ansible-core {version('ansible-core')}, requests {version('requests')}"
    )


def plot(path: Path, series: dict[str, dict[str, list[tuple[int, float]]]]) -> None:
    """Milliseconds for one object against the size of the list.

    :param series: title of a panel -> name of a line -> (number of objects, milliseconds).
    """
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "onboarding", "svg.fonttype": "none", "font.size": 10})
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(1, len(series), figsize=(5 * len(series), 4.2), sharey=True, layout="constrained")
    for panel, (title, lines) in zip(panels, series.items()):
        for (name, points), style in zip(lines.items(), ("-o", "-s", "-^", "-D", "-v", "--", ":", "-.")):
            panel.plot(*zip(*points), style, label=name, markersize=4)
        panel.set(title=title, xscale="log", yscale="log", xlabel="objects in the list")
        panel.xaxis.set_major_formatter("{x:,.0f}")
        panel.yaxis.set_major_formatter("{x:g}")
        panel.grid(True, which="major", alpha=0.3)
    panels[0].set_ylabel("milliseconds an object")
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(labels), frameon=False)
    figure.savefig(path, metadata={"Date": None})
