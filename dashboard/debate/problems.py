"""What is wrong with a debate folder, said to someone who edits its files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

LISTED_PER_FILE = 200
_HELD_PER_FILE = 10_000
_ENOUGH_PER_FILE = 100_000
_LONGEST_QUOTED = 100


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing to put right: in which file, on which line, and what it is."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        """Give the problem as ``file:line: text``, the form editors can jump to."""
        return f"{self.file}:{self.line}: {self.text}"


class DebateError(Exception):
    """A debate folder cannot be opened; ``problems`` holds every reason, by file and line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class EnoughError(Exception):
    """One file has so many problems that reading on would serve nobody."""


class Findings:
    """Problems as they are found, in any order.

    A file with a million bad rows must not fill the memory, so for each file only those
    nearest its beginning are held and the others are counted.
    """

    def __init__(self, enough: int = _ENOUGH_PER_FILE) -> None:
        """Take after how many problems of one file beyond those held nothing more is read."""
        self._enough = enough
        self._held: dict[str, list[Problem]] = {}
        self._left_out: Counter[str] = Counter()
        self._repeated: Counter[str] = Counter()
        self._stopped = ""

    def add(self, file: str, line: int, text: str) -> None:
        """Note one problem; raises `EnoughError` where one file has enough of them."""
        held = self._held.setdefault(file, [])
        held.append(Problem(on_one_line(file), line, on_one_line(text)))
        if len(held) > _HELD_PER_FILE:
            different = sorted(set(held))
            self._repeated[file] += len(held) - len(different)
            self._left_out[file] += max(0, len(different) - LISTED_PER_FILE - 1)
            held[:] = different[: LISTED_PER_FILE + 1]
            if self._left_out[file] + self._repeated[file] > self._enough:
                self._stopped = file
                raise EnoughError

    def __bool__(self) -> bool:
        """Say whether there is any problem."""
        return bool(self._held)

    def listed(self) -> tuple[Problem, ...]:
        """Give the problems by file and line: at most 200 a file, then "and N more"."""
        return tuple(problem for file in sorted(self._held) for problem in self._listed(file))

    def _listed(self, file: str) -> list[Problem]:
        held = sorted(set(self._held[file]))
        more = len(held) - LISTED_PER_FILE + self._left_out[file]
        if more <= 0:
            words = "this came again and again; the rest of the folder was not read"
            return [*held, Problem(file, held[-1].line, words)] if file == self._stopped else held
        first_left_out = held[: LISTED_PER_FILE + 1][-1].line
        words = f"and {more:,} more"
        if file == self._stopped:
            words += ", and the rest of the folder was not read"
        return [*held[:LISTED_PER_FILE], Problem(file, first_left_out, words)]


def shortened(text: str) -> str:
    """Give words of a file, cut where they are very long."""
    return text if len(text) <= _LONGEST_QUOTED else text[:_LONGEST_QUOTED] + "…"


def quoted(text: str) -> str:
    """Give words of a file in quotation marks, cut where they are very long."""
    return f'"{shortened(text)}"'


def on_one_line(text: str) -> str:
    r"""Give words so that they can be printed: what cannot be seen as `\n`, `\u202e` and so on.

    Words quoted from a file may hold line ends, or signs that turn a terminal's text around.
    """
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)
