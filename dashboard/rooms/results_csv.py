"""The results of a room as CSV, to keep after the room has gone."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping

from dashboard.rooms.ballots import BIN_VALUES, VALUES
from dashboard.rooms.rooms import Result, Room

COLUMNS = ("question", "item", "text", "round", "value", "count", "hands", "n", "date")
NAMES = dict(
    zip(VALUES, ("-2", "-1", "0", "1", "2", "no claim", "the question is wrong"), strict=True)
)
"""What each of ``VALUES`` is called, steps as in a debate's readings."""
BIN_NAMES = {value: f"bin {at}" for at, value in enumerate(BIN_VALUES, 1)}
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def results_csv(
    room: Room,
    results: tuple[Result, ...],
    bins: Callable[[str], Mapping[str, str]] = lambda _: {},
) -> str:
    """Return one row for each question and value: how many of the ``n`` who answered chose it.

    ``count`` has ballots and hands together, ``hands`` those counted in a show of hands alone.

    ``bins`` gives the names of the bins of a question that sorts, by value, from its text; where
    it has none they are numbered.
    Where the counts are held back it stays empty; without hands there is then one row with ``n``
    alone. No text is taken for a formula by a spreadsheet.
    """
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    for result in results:
        rows.writerows(_rows(room, result, bins(result.question.text)))
    return written.getvalue()


def _rows(room: Room, result: Result, bins: Mapping[str, str]) -> Iterator[tuple[str | int, ...]]:
    asked, found = result.question, result.distribution
    of = (asked.number, _cell(asked.item), _cell(asked.text), asked.round)
    about = (found.n, room.made.date().isoformat())
    counts, hands = found.counts or {}, found.raised or {}
    answers = tuple(counts or hands)
    if not answers:
        yield (*of, "", "", "", *about)
        return
    named = {value: _cell(name) for value, name in bins.items()}
    names = NAMES if "n" in answers else {**BIN_NAMES, **named}
    for value in answers:
        yield (*of, names[value], counts.get(value, ""), hands.get(value, ""), *about)


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
