"""A large debate opened in half the time: a second process reads works and readings meanwhile.

Each takes about as long as the passages alone. What the second process held while it read is
the system's again once it ends, and no load of the server's.
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

import pyarrow as pa
from pydantic import ValidationError

from dashboard.debate.loading import Elsewhere, load_debate, load_sound, read_without_passages
from dashboard.debate.model import Debate
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
        with suppress(OSError), _read_meanwhile(folder) as elsewhere:
            debate = load_sound(folder, elsewhere, progress)
    return debate or load_debate(folder, progress=progress)


def _is_large(folder: Path) -> bool:
    try:
        return all((folder / file).stat().st_size >= size for file, size in LARGE.items())
    except OSError:
        return False


@contextmanager
def _read_meanwhile(folder: Path) -> Iterator[Callable[[], Elsewhere | None]]:
    """Have works and readings read by another process; give what waits for them.

    It gives None where anything is wrong with them.
    """
    paths = [str(_HOME), *filter(None, [os.environ.get("PYTHONPATH")])]
    reading = Popen(
        [sys.executable, "-m", __name__, str(folder.resolve())],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
    )

    fitting = shape_of("works.yaml").validate_json

    def elsewhere() -> Elsewhere | None:
        assert reading.stdout
        try:
            works = tuple(chain.from_iterable(map(fitting, iter(reading.stdout.readline, b"\n"))))
            with pa.ipc.open_stream(reading.stdout) as readings:
                return Elsewhere(works, readings.read_pandas())
        except (ValidationError, pa.ArrowInvalid):
            return None

    with reading:
        try:
            yield elsewhere
        finally:
            reading.kill()


def _tell(folder: Path) -> None:
    """Write works as JSON, an empty line, and readings as an Arrow stream.

    Writes nothing where anything is wrong with them.
    """
    read = read_without_passages(folder)
    if read is None:
        return
    works, readings = read
    out = sys.stdout.buffer
    # In lines of many: one by one, it would take ten times as long; all at once, more memory.
    for at in range(0, len(works), _ROUND):
        out.write(json.dumps(works[at : at + _ROUND]).encode() + b"\n")
    out.write(b"\n")
    table = pa.Table.from_pandas(readings)
    with pa.ipc.new_stream(out, table.schema) as stream:
        stream.write_table(table)


def _end_with_parent() -> None:
    """End once the input closes, which the first process holds open as long as it lives."""
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _tell(Path(sys.argv[1]))
