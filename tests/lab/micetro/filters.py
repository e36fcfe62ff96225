# Copyright (c) 2026, Workplace Team
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The quick filter (contract 5): conditions on fields, `and`, `or`, `!`, parentheses, and bare words."""

from __future__ import annotations

import re
from collections.abc import Callable

from .errors import BAD_FILTER, Refusal

Test = Callable[[Callable], bool]  # of a function that reads a field, or all of them for None

CONDITION = re.compile(
    r"""(?P<field>"[^"]*"|[^\s=!()&|"^@$]+) (?P<operator>!=|=\^|=@|=\$|=) (?P<value>"[^"]*"\$?|[^\s&|()"]*)""", re.VERBOSE
)
WORD = re.compile(r""""[^"]*"|[^\s&|()"!]+""")
AND, OR = re.compile(r"&&?|and(?=[\s(])", re.IGNORECASE), re.compile(r"\|\|?|or(?=[\s(])", re.IGNORECASE)


def malformed(text: str) -> Refusal:
    return Refusal(BAD_FILTER, f"Invalid filter: '{text}'.")


def compiled(text: str, check_field: Callable[[str], str], or_filters: bool) -> Test:
    """A test for one object. `check_field` refuses unknown names and gives the real one."""
    parser = Parser(text, check_field, or_filters)
    test = parser.either()
    if not parser.at_end():
        raise malformed(text)
    return test


class Parser:
    def __init__(self, text: str, check_field: Callable[[str], str], or_filters: bool):
        self.text = text
        self.at = 0
        self.check_field = check_field
        self.or_filters = or_filters

    def at_end(self) -> bool:
        self._skip()
        return self.at >= len(self.text)

    def _skip(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def _take(self, pattern: re.Pattern) -> re.Match | None:
        self._skip()
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def _takes(self, character: str) -> bool:
        self._skip()
        if self.text.startswith(character, self.at):
            self.at += 1
            return True
        return False

    def either(self) -> Test:
        tests = [self.both()]
        while self.or_filters and self._take(OR):
            tests.append(self.both())
        return tests[0] if len(tests) == 1 else lambda read: any(test(read) for test in tests)

    def both(self) -> Test:
        tests = [self.single()]
        while not self.at_end() and self.text[self.at] != ")":
            here = self.at
            if self.or_filters and self._take(OR):
                self.at = here
                break
            self._take(AND)
            tests.append(self.single())
        return tests[0] if len(tests) == 1 else lambda read: all(test(read) for test in tests)

    def single(self) -> Test:
        if self._takes("("):
            inner = self.either()
            if not self._takes(")"):
                raise malformed(self.text)
            return inner
        if self._takes("!"):
            inner = self.single()
            return lambda read: not inner(read)
        if found := self._take(CONDITION):
            return condition(self.check_field(unquoted(found["field"])), found["operator"], found["value"])
        if found := self._take(WORD):
            wanted = plain(found[0])
            return lambda read: any(wanted in text for text in texts(read(None)))
        raise malformed(self.text)


def unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text.startswith('"') and text.endswith('"') else text


def plain(text: str) -> str:
    """A literal backslash-t stands for a tab."""
    return unquoted(text).replace("\\t", "\t").casefold()


def condition(name: str, operator: str, value: str) -> Test:
    if operator == "=" and value.startswith("$"):
        operator, value = "=$", value[1:]
    elif operator == "=" and len(value) > 1 and value.endswith("$"):
        operator, value = "=$", value[:-1]
    wanted = plain(value)
    compare = {
        "=": lambda text: text == wanted,
        "!=": lambda text: text == wanted,
        "=^": lambda text: text.startswith(wanted),
        "=$": lambda text: text.endswith(wanted),
        "=@": lambda text: wanted in text,
    }[operator]
    if operator == "!=":
        return lambda read: not any(compare(text) for text in texts(read(name)))
    return lambda read: any(compare(text) for text in texts(read(name)))


def texts(value) -> list[str]:
    """What a value compares as; the empty text for nothing."""
    if isinstance(value, bool):
        return ["true", "1"] if value else ["false", "0"]
    if isinstance(value, dict):
        if "ref" in value and "name" in value:
            return [value["name"].casefold(), value["ref"].casefold()]
        return [text for part in value.values() for text in texts(part)]
    if isinstance(value, (list, tuple)):
        return [text for part in value for text in texts(part)] or [""]
    return ["" if value is None else str(value).casefold()]
