"""A large debate opened in half the time: a second process reads its works meanwhile.

The works are YAML, the passages a table; each takes seconds. What the second process held
while it read is the system's again once it ends, and no load of the server's.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

from pydantic import ValidationError

from dashboard.debate.loading import load_debate, load_sound, plain_works
from dashboard.debate.model import Debate, Work
from dashboard.debate.schema import shape_of
from dashboard.debate.text_source import Progress, unheard

LARGE = {"works.yaml": 4_000_000, "passages.csv": 20_000_000}
"""So many bytes of works are worth a process of their own, if the passages take as long."""

_ROUND = 1_000
_HOME = Path(__file__).parents[2]


def load_side_by_side(folder: Path, progress: Progress = unheard) -> Debate:
    """Open a debate folder as `load_debate` does, a large and sound one faster.

    Where anything is wrong, all is read again one after another, so that every problem is named
    as ever. Raises `DebateError` with every problem of every file.
    """
    debate = None
    if _is_large(folder):
        # A machine may have no room for one more process; then there is none.
        with suppress(OSError), _works_meanwhile(folder) as works:
            debate = load_sound(folder, works, progress)
    return debate or load_debate(folder, progress=progress)


def _is_large(folder: Path) -> bool:
    try:
        return all((folder / file).stat().st_size >= size for file, size in LARGE.items())
    except OSError:
        return False


@contextmanager
def _works_meanwhile(folder: Path) -> Iterator[Callable[[], tuple[Work, ...] | None]]:
    """Have the works read by another process; give what waits for them, None where they fail."""
    paths = [str(_HOME), *filter(None, [os.environ.get("PYTHONPATH")])]
    reading = Popen(
        [sys.executable, "-m", __name__, str(folder.resolve())],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
    )

    fitting = shape_of("works.yaml").validate_json

    def works() -> tuple[Work, ...] | None:
        assert reading.stdout
        try:
            return tuple(chain.from_iterable(map(fitting, iter(reading.stdout.readline, b"\n"))))
        except ValidationError:
            return None

    with reading:
        try:
            yield works
        finally:
            reading.kill()


def _tell_works(folder: Path) -> None:
    """Write the works of a debate as lines of JSON, and an empty line.

    Writes nothing where anything is wrong with them.
    """
    works = plain_works(folder)
    if works is None:
        return
    # In lines of many: one by one, it would take ten times as long; all at once, more memory.
    for at in range(0, len(works), _ROUND):
        print(json.dumps(works[at : at + _ROUND]))
    print()


def _end_with_parent() -> None:
    """End once the input closes, which the first process holds open as long as it lives."""
    # Not by way of Python's buffer, whose lock would be held when this process ends by itself.
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _tell_works(Path(sys.argv[1]))
