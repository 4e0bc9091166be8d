"""A reader's own placements: how a link holds them, how far they lie from the agreed ones.

A placement is one sign: ``0`` to ``4`` for the steps -2 to +2, ``n`` for no claim, ``w`` where
the reader holds the question to be wrong, ``-`` where a passage was shown without being placed.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from dashboard.debate.agreement import Agreement, agreement, alpha
from dashboard.debate.codings import COLUMNS
from dashboard.debate.positions import agreed_value

STEP_SIGNS = "01234"
NO_CLAIM, WRONG, NONE = "n", "w", "-"
TEXT, QUESTION = "quote", "position"
"""What a reader places: the quote, on the axis of positions."""
READER = "me"
READINGS_AT_MOST = 12
"""The reader is compared with so many single readings."""

T = TypeVar("T")


def value_of(sign: str) -> float | None:
    """Return the value that a placement stands for, -2 to 2, or ``None`` for any other sign."""
    return float(STEP_SIGNS.index(sign) - 2) if sign and sign in STEP_SIGNS else None


def answers(sign: str) -> bool:
    """Say whether a placement answers the question: a step, or no claim."""
    return bool(sign) and sign in STEP_SIGNS + NO_CLAIM


def sign_at(placed: str, step: int) -> str:
    """Return the placement of a step, counting from 1; empty where there is none yet."""
    return placed[step - 1 : step] if step > 0 else ""


def with_sign(placed: str, step: int, sign: str) -> str:
    """Return ``placed`` with the placement of one step; steps left out before it are not placed."""
    before = placed.ljust(step - 1, NONE)
    return before[: step - 1] + sign + before[step:]


def shuffled(passages: Sequence[str], seed: int) -> tuple[str, ...]:
    """Return the passages in the order that ``seed`` stands for; 0 leaves them as they are.

    The order of two passages depends on their ids and the seed alone, so that a link gives the
    same order everywhere and for ever.
    """
    if not seed:
        return tuple(passages)
    return tuple(
        sorted(passages, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).digest())
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """A reader's placement of one passage beside the readings of its quote.

    ``step`` is its place on the path; ``values`` holds what each reading gave, ``None`` for no
    claim; ``agreed`` is the agreed value, ``None`` for no claim.
    """

    passage: str
    step: int
    sign: str
    values: Mapping[str, float | None]
    agreed: float | None

    @property
    def is_compared(self) -> bool:
        """Whether the reader answered the question and someone else did."""
        return answers(self.sign) and bool(self.values)

    @property
    def same(self) -> bool:
        """Whether the reader's answer is the agreed one."""
        return self.is_compared and value_of(self.sign) == self.agreed

    @property
    def apart(self) -> float | None:
        """How many steps lie between both; ``None`` where one of them is no value."""
        own = value_of(self.sign)
        if not self.is_compared or own is None or self.agreed is None:
            return None
        return abs(own - self.agreed)


def compare(
    passages: Sequence[str], placed: str, readings: Mapping[str, Mapping[str, float | None]]
) -> tuple[Comparison, ...]:
    """Return the comparison of each passage of a path with its placement, in order.

    ``readings`` holds for each passage what each reading gave to its quote, ``None`` for no claim.
    """
    return tuple(
        Comparison(
            passage,
            step,
            sign_at(placed, step) or NONE,
            readings[passage],
            agreed_value(readings[passage].values()),
        )
        for step, passage in enumerate(passages, 1)
    )


def furthest_first(comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """Return the comparisons by their gap, largest first.

    After those that lie steps apart come those where only one side finds a claim, then those
    that agree, then those that cannot be compared; in each, the order of the path is kept.
    """
    return tuple(sorted(comparisons, key=_closeness))


def _closeness(one: Comparison) -> tuple[int, float]:
    if not one.is_compared:
        return 3, 0.0
    if one.same:
        return 2, 0.0
    return (1, 0.0) if one.apart is None else (0, -one.apart)


def reader_name(readings: pd.DataFrame) -> str:
    """Return what the reader's own reading is called: "me", or "me 2" where that is taken."""
    taken = set(map(str, readings["reading"].unique()))
    names = (READER if number == 1 else f"{READER} {number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def coding_rows(
    comparisons: Sequence[Comparison], reader: str
) -> tuple[tuple[str, str, str, str, float | None], ...]:
    """Return the placements as rows of readings, in the order of the path.

    Only placements that answer the question are readings; of a passage that comes twice the first
    counts.
    """
    answered = {one.passage: one for one in reversed(comparisons) if answers(one.sign)}
    return tuple(
        (one.passage, reader, TEXT, QUESTION, value_of(one.sign))
        for one in comparisons
        if answered.get(one.passage) is one
    )


def codings_csv(comparisons: Sequence[Comparison], reader: str) -> str:
    """Return the placements in the form of a debate's ``codings.csv``."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    for *names, value in coding_rows(comparisons, reader):
        rows.writerow([*names, "" if value is None else f"{value:g}"])
    return written.getvalue()


@dataclass(frozen=True, slots=True)
class Agreeing:
    """How far a reader and the readings agree on the passages that the reader placed.

    ``together`` is the agreement of all of them with the reader, ``without`` the alpha of the
    readings alone, ``each`` the reader's with every single one; ``None`` where undefined.
    """

    together: Agreement | None
    without: float | None
    each: Mapping[str, float | None]


def agreeing(readings: pd.DataFrame, comparisons: Sequence[Comparison]) -> Agreeing:
    """Return how far a reader agrees with the readings of a debate, and these among themselves.

    ``readings`` has the columns passage, reading, text, question and value.
    """
    reader = reader_name(readings)
    own = pd.DataFrame(coding_rows(comparisons, reader), columns=COLUMNS)
    asked = (
        readings["passage"].isin(own["passage"])
        & (readings["text"] == TEXT)
        & (readings["question"] == QUESTION)
    )
    theirs = readings[asked].astype(dict.fromkeys(COLUMNS[:-1], str))
    both = pd.concat([theirs, own.astype({"value": float})], ignore_index=True)
    names = list(dict.fromkeys(theirs["reading"]))[:READINGS_AT_MOST]
    pairs = {name: both[both["reading"].isin([name, reader])] for name in names}
    return Agreeing(
        _defined(agreement, both),
        _defined(alpha, theirs),
        {name: _defined(alpha, pair) for name, pair in pairs.items()},
    )


def _defined(measure: Callable[[pd.DataFrame, str, str], T], readings: pd.DataFrame) -> T | None:
    try:
        return measure(readings, TEXT, QUESTION)
    except ValueError:
        return None
