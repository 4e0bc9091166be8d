"""Readings of several people, each in a ``codings.csv`` of their own, as one table."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TextIO

import pandas as pd

from dashboard.debate.agreement import Agreement, agreement, alpha, values_of
from dashboard.debate.checks import Known
from dashboard.debate.codings import COLUMNS, read_codings
from dashboard.debate.data_zip import FORMULA_STARTS, cell
from dashboard.debate.disagreements import Disagreement, disagreements
from dashboard.debate.model import Debate
from dashboard.debate.problems import DebateError, Findings, quoted

READ = (("quote", "position"), ("gloss", "position"), ("both", "medium"))
"""What a reading gives a value to: a text, under a question."""
PAIRS_AT_MOST = 66
"""So many pairs of readings are compared, those of twelve people."""
LONGEST_NAME = 120
"""The loader takes no longer name of a reading."""
PLACE = ["passage", "reading", "text", "question"]


@dataclass(frozen=True, slots=True)
class Contribution:
    """A reading of one file: what it is called there, what here, and how many rows it has."""

    file: str
    was: str
    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class Merged:
    """The readings of several files; ``readings`` has the columns of ``codings.csv``."""

    readings: pd.DataFrame
    contributions: tuple[Contribution, ...]
    alike: tuple[tuple[Contribution, Contribution], ...]
    """Contributions that are row for row the same: perhaps one person's, given twice."""


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """How two readings agree: ``alpha`` is None where undefined, ``passages`` both gave values."""

    first: str
    second: str
    alpha: float | None
    passages: int


@dataclass(frozen=True, slots=True)
class Agreeing:
    """How the readings of one text agree: all of them, and each pair, as far as it is listed."""

    text: str
    question: str
    together: Agreement | None
    pairs: tuple[PairAgreement, ...]
    pairs_left_out: int


def merged(files: Sequence[Path], debate: Debate, *, same_names: bool = False) -> Merged:
    """Read several people's ``codings.csv`` as readings of a debate.

    A name that an earlier file has used gets a number ("me 2"), since people save their
    placements under the same name. With ``same_names`` a name is one person in all files: what is
    repeated counts once, and is a conflict where the values differ.

    Raises `DebateError` with every problem and every conflict, by file and line.
    """
    findings = Findings()
    known = Known(passages={p.id: p.gloss is not None for p in debate.passages})
    frames = [_read(file, known, findings) for file in files]
    if same_names and not findings:
        frames = _joined(files, frames, findings)
    if findings:
        raise DebateError(findings.listed())
    taken: set[str] = set()
    names: dict[str, str] = {}
    parts, contributions = [], []
    for file, frame in zip(files, frames, strict=True):
        names = names if same_names else {}
        for was, rows in frame["reading"].value_counts(sort=False).items():
            name = str(was)
            if name not in names:
                names[name] = _free(_safe(name), taken)
                taken.add(names[name])
            contributions.append(Contribution(str(file), name, names[name], int(rows)))
        parts.append(frame.assign(reading=frame["reading"].map(names)))
    readings = pd.concat(parts, ignore_index=True)[COLUMNS]
    return Merged(readings, tuple(contributions), tuple(_alike(readings, contributions)))


def write_codings(readings: pd.DataFrame, stream: TextIO) -> None:
    """Write readings in the form of ``codings.csv``; no cell is taken for a formula.

    Raises ValueError where the id of a passage would be: it cannot be written otherwise.
    """
    faulty = [one for one in readings["passage"].unique() if one.startswith(FORMULA_STARTS)]
    if faulty:
        raise ValueError(
            f"A spreadsheet would take the passage id {quoted(faulty[0])} for a formula; "
            "give the passage another id."
        )
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow(COLUMNS)
    columns = (readings[name].tolist() for name in COLUMNS)
    for passage, reading, text, question, value in zip(*columns, strict=True):
        given = "" if math.isnan(value) else f"{value:g}"
        rows.writerow([passage, cell(reading), text, question, given])


def agreements(readings: pd.DataFrame) -> list[Agreeing]:
    """Return how the readings agree on each text that any of them has placed."""
    asked = [
        (text, question)
        for text, question in READ
        if ((readings["text"] == text) & (readings["question"] == question)).any()
    ]
    return [_agreeing(readings, text, question) for text, question in asked]


def differing(readings: pd.DataFrame, debate: Debate) -> tuple[Disagreement, ...]:
    """Return every text that merged readings place differently, furthest apart first.

    Those equally far apart come in the order of the debate; last those of which some found no
    claim and others agree on one.
    """
    order = pd.CategoricalDtype([passage.id for passage in debate.passages])
    return disagreements(readings.astype({"passage": order}))


def _agreeing(readings: pd.DataFrame, text: str, question: str) -> Agreeing:
    here = readings[(readings["text"] == text) & (readings["question"] == question)]
    values = values_of(here, text, question)
    pairs = list(combinations(here["reading"].unique(), 2))
    return Agreeing(
        text,
        question,
        _defined(lambda: agreement(here, text, question)),
        tuple(
            PairAgreement(
                a,
                b,
                _pair_alpha(here[here["reading"].isin([a, b])], text, question),
                int((values[a].notna() & values[b].notna()).sum()),
            )
            for a, b in pairs[:PAIRS_AT_MOST]
        ),
        max(0, len(pairs) - PAIRS_AT_MOST),
    )


def _pair_alpha(pair: pd.DataFrame, text: str, question: str) -> float | None:
    try:
        return alpha(pair, text, question)
    except ValueError:
        return None


def _defined(measure: Callable[[], Agreement]) -> Agreement | None:
    try:
        return measure()
    except ValueError:
        return None


def _read(file: Path, known: Known, findings: Findings) -> pd.DataFrame:
    def report(line: int, text: str) -> None:
        findings.add(str(file), line, text)

    frame = read_codings(file, known, report, with_lines=True)
    if "line" not in frame:
        frame = frame.assign(line=0)
    return frame.astype(dict.fromkeys(PLACE, str))


def _joined(
    files: Sequence[Path], frames: Sequence[pd.DataFrame], findings: Findings
) -> list[pd.DataFrame]:
    """Return the frames without rows that an earlier one holds; conflicts go to ``findings``."""
    named = [frame.assign(file=str(file)) for file, frame in zip(files, frames, strict=True)]
    everything = pd.concat(named, keys=range(len(named)))
    first = everything.groupby(PLACE, sort=False)[["value", "file", "line"]].transform(
        lambda column: column.iloc[0]
    )
    again = everything.duplicated(PLACE)
    differs = again & ~(
        (everything["value"] == first["value"])
        | (everything["value"].isna() & first["value"].isna())
    )
    for at in everything.index[differs]:
        row, earlier = everything.loc[at], first.loc[at]
        findings.add(
            row["file"],
            int(row["line"]),
            f"passage {row['passage']}, reading {quoted(row['reading'])}: the {row['question']} "
            f"of the {row['text']} is {_value(row['value'])} here and "
            f"{_value(earlier['value'])} in {earlier['file']}:{earlier['line']}",
        )
    kept = everything[~again]
    of = kept.index.get_level_values(0)
    return [kept[of == number].reset_index(drop=True) for number in range(len(files))]


def _value(value: float) -> str:
    return "no claim" if math.isnan(value) else f"{value:g}"


def _safe(name: str) -> str:
    """Return a reading's name so that no spreadsheet takes it for a formula."""
    return cell(name)[:LONGEST_NAME].rstrip()


def _free(name: str, taken: set[str]) -> str:
    """Return a name that is not taken: itself, or with the first number that is free."""
    number, free = 1, name
    while free in taken:
        number += 1
        ending = f" {number}"
        free = name[: LONGEST_NAME - len(ending)] + ending
    return free


def _alike(
    readings: pd.DataFrame, contributions: Sequence[Contribution]
) -> Iterator[tuple[Contribution, Contribution]]:
    """Yield each pair of contributions of one name that hold the same rows."""
    by_name = dict(iter(readings.groupby("reading", sort=False)))
    rows = {}
    for one in contributions:
        frame = by_name[one.name]
        values = zip(
            frame["passage"],
            frame["text"],
            frame["question"],
            frame["value"].fillna(9),
            strict=True,
        )
        rows[one.name] = frozenset(values)
    for a, b in combinations(contributions, 2):
        if a.name != b.name and a.was == b.was and rows[a.name] == rows[b.name]:
            yield a, b
