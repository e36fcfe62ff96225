# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several calls at once."""

from __future__ import annotations

import threading
from queue import Empty, SimpleQueue
from typing import Any, Callable, List, Sequence, Tuple, TypeVar

Item = TypeVar("Item")


def in_threads(function: Callable[[Item], Any], items: Sequence[Item], workers: int) -> List[Any]:
    """Map with so many threads. After an error, a time-out or Ctrl-C no further item is begun.

    A time-out or Ctrl-C leaves at once: no process waits at its end for these threads, as it would for those of ``concurrent.futures``.

    :raises Exception: of the first item that failed, once those beside it are done.
    """
    if workers <= 1 or len(items) <= 1:
        return [function(item) for item in items]
    results: List[Any] = [None] * len(items)
    failures: List[Tuple[int, BaseException]] = []
    due: SimpleQueue[int] = SimpleQueue()
    for number in range(len(items)):
        due.put(number)

    def work() -> None:
        while not failures:
            try:
                number = due.get_nowait()
            except Empty:
                return
            try:
                results[number] = function(items[number])
            except BaseException as exc:
                failures.append((number, exc))

    threads = [threading.Thread(target=work, daemon=True) for _number in range(min(workers, len(items)))]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    except BaseException as exc:
        failures.append((-1, exc))
        raise
    if failures:
        raise min(failures, key=lambda failure: failure[0])[1]
    return results
