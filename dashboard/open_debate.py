"""The debate that is open: loaded once, shared by all readers, kept when an edit breaks it."""

from __future__ import annotations

import logging
import os
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.debate.groups import group_of
from dashboard.debate.loading import load_debate
from dashboard.debate.marks import ARRANGES, BASES, arranged, map_rows
from dashboard.debate.model import Author, Debate, Passage, Work
from dashboard.debate.plan import activities_of
from dashboard.debate.problems import DebateError, Problem, on_one_line
from dashboard.debate.search_index import SearchedTexts, SearchIndex
from dashboard.debate.table import passage_table
from dashboard.memory import give_back
from dashboard.view import Known

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "therapeutic-bond"
FOLDER_VARIABLE = "DASHBOARD_DEBATE"
NOT_READ = "the folder could not be read; the log of the server says why"

Stamp = tuple[tuple[str | int, ...], ...]

log = logging.getLogger(__name__)


class Reading(NamedTuple):
    """One value that one reading gave to one text of a passage; none for no claim."""

    reading: str
    text: str
    question: str
    value: float | None


@dataclass(frozen=True, eq=False)
class _Readings:
    """All readings by passage, so that one passage's are found at once.

    ``order`` holds the rows of the readings' table by passage, or nothing where they are in that
    order already; ``bounds`` where each passage's begin. A passage has the number of its row in
    the passage table.
    """

    columns: tuple[tuple[NDArray[np.integer], list[str]], ...]
    values: NDArray[np.floating]
    order: NDArray[np.int32] | None
    bounds: NDArray[np.int32]

    @classmethod
    def of(cls, readings: pd.DataFrame, row_of: Mapping[str, int]) -> _Readings:
        passages = readings["passage"].astype("category").cat
        numbers = np.array([row_of.get(str(name), -1) for name in passages.categories], np.int32)
        rows = numbers[passages.codes.to_numpy()] if len(numbers) else np.empty(0, np.int32)
        order = None
        if (rows[1:] < rows[:-1]).any():
            order = np.argsort(rows, kind="stable").astype(np.int32)
            rows = rows[order]
        bounds = np.searchsorted(rows, np.arange(len(row_of) + 1, dtype=np.int32))
        columns = (readings[name].astype("category").cat for name in Reading._fields[:3])
        return cls(
            tuple((c.codes.to_numpy(), [str(name) for name in c.categories]) for c in columns),
            readings["value"].to_numpy(dtype=np.float32),
            order,
            bounds.astype(np.int32),
        )

    def of_passage(self, row: int) -> tuple[Reading, ...]:
        """Return the readings of the passage in the passage table's ``row``."""
        places = range(self.bounds[row], self.bounds[row + 1])
        return tuple(self._reading(at if self.order is None else self.order[at]) for at in places)

    def _reading(self, at: int | np.int32) -> Reading:
        reading, text, question = (names[codes[at]] for codes, names in self.columns)
        return Reading(reading, text, question, self._value(at))

    def _value(self, at: int | np.int32) -> float | None:
        value = float(self.values[at])
        return None if np.isnan(value) else value


@dataclass(frozen=True, eq=False)
class OpenDebate:
    """A debate with its table, ready to be read.

    ``problems`` are those of a later, broken edit; ``edition`` names what was loaded, and changes
    with every load.
    """

    debate: Debate
    table: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    edition: str = field(default_factory=lambda: secrets.token_hex(8))
    _making: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """The table's row of each passage, by passage id."""
        return {passage.id: row for row, passage in enumerate(self.debate.passages)}

    @cached_property
    def works(self) -> Mapping[str, Work]:
        """Each work by its id."""
        return {work.id: work for work in self.debate.works}

    @cached_property
    def authors(self) -> Mapping[str, Author]:
        """Each author by id."""
        return {author.id: author for author in self.debate.authors}

    @cached_property
    def school_labels(self) -> tuple[tuple[str, str], ...]:
        """Each school's id with its label."""
        return tuple((school.id, school.label) for school in self.debate.schools)

    @cached_property
    def role_labels(self) -> tuple[tuple[str, str], ...]:
        """Each role's id with its label."""
        return tuple((role.id, role.label) for role in self.debate.roles)

    @cached_property
    def known(self) -> Known:
        """The ids that a view of this debate may hold."""
        return Known(
            schools=tuple(school.id for school in self.debate.schools),
            roles=tuple(role.id for role in self.debate.roles),
            author_of={p.id: self.works[p.work].author for p in self.debate.passages},
            authors=self.authors,
            bases=BASES if self.debate.show_glosses else ("quote",),
            arranges=tuple(a for a in ARRANGES if a == arranged(self.debate, a)),
            row_pages=map_rows(self.debate, self.table, "author").pages,
            paths=tuple(path.id for path in self.debate.paths),
            plans=tuple(plan.id for plan in self.debate.plans),
            activities=tuple(activities_of(self.debate)),
        )

    @cached_property
    def rows_by_author(self) -> Mapping[str, NDArray[np.intp]]:
        """The table's rows of each author, in the debate's order."""
        codes = self.table["author"].cat.codes.to_numpy()
        return {a.id: np.flatnonzero(codes == i) for i, a in enumerate(self.debate.authors)}

    @cached_property
    def group_of(self) -> NDArray[np.intp]:
        """The group of each row of the table."""
        return group_of(self.table)

    @cached_property
    def positions(self) -> Mapping[str, NDArray[np.float64]]:
        """Where each passage's quote and gloss were placed, by column, missing for no claim."""
        columns = ("quote_position", "gloss_position")
        return {column: self.table[column].to_numpy(dtype=float) for column in columns}

    @property
    def search_index(self) -> SearchIndex:
        """What finds passages by words; made, once, when the first reader looks for any."""
        with self._making:
            return self._search_index

    @cached_property
    def _search_index(self) -> SearchIndex:
        index = SearchIndex(self.debate)
        give_back()
        return index

    @cached_property
    def searched_texts(self) -> SearchedTexts:
        """The texts of each passage that are searched."""
        return SearchedTexts(self.debate)

    @cached_property
    def _readings(self) -> _Readings:
        return _Readings.of(self.debate.readings, self.row_of)

    def readings_by_passage(self, passage_id: str) -> tuple[Reading, ...]:
        """Return the readings of one passage, none where it has none."""
        return self._readings.of_passage(self.row_of[passage_id])

    def passage(self, passage_id: str) -> Passage:
        """Return the passage with this id; ``KeyError`` where there is none."""
        return self.debate.passages[self.row_of[passage_id]]


def open_folder(folder: Path) -> OpenDebate:
    """Load a debate folder; ``DebateError`` with every problem where it does not pass."""
    debate = load_debate(folder)
    give_back()
    opened = OpenDebate(debate, passage_table(debate))
    give_back()
    return opened


class DebateOnDisk:
    """A debate folder that may be edited while it is read.

    ``current`` gives the debate as it now lies in the folder. Where an edit does not pass the
    check, or reading it fails in whatever way, it gives the last good one, with the problems
    listed; nothing is lost.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._stamp: Stamp = ()
        self._open: OpenDebate | None = None

    def current(self) -> OpenDebate:
        """Return the open debate; ``DebateError`` where it has never passed the check."""
        stamp = _stamp(self.folder)
        with self._lock:
            if self._open is None:
                self._open, self._stamp = open_folder(self.folder), stamp
            elif stamp != self._stamp:
                self._open, self._stamp = self._read_again(self._open), stamp
            return self._open

    def _read_again(self, last: OpenDebate) -> OpenDebate:
        try:
            return open_folder(self.folder)
        except DebateError as error:
            # Readers are told the folder's name; where it lies is not theirs to know.
            problems = (replace(one, file=Path(one.file).name) for one in error.problems)
            return replace(last, problems=tuple(problems))
        except Exception:
            log.exception("The debate could not be read again; the last good one stays open.")
            problem = Problem(on_one_line(self.folder.name), 1, NOT_READ)
            return replace(last, problems=(problem,))


def _stamp(folder: Path) -> Stamp:
    """Return what changes with any edit of the folder's files, or why they cannot be listed.

    Size and time alone would not do: a copying program can keep both.
    """
    try:
        with os.scandir(folder) as found:
            entries = [
                (entry.name, entry.stat(follow_symlinks=False))
                for entry in found
                if not entry.name.startswith(".")
            ]
    except OSError as error:
        return ((type(error).__name__,),)
    return tuple(
        sorted(
            (name, stat.st_mtime_ns, stat.st_size, stat.st_ino, stat.st_ctime_ns)
            for name, stat in entries
        )
    )


_OPEN: dict[Path, DebateOnDisk] = {}


def open_debate() -> OpenDebate:
    """Return the debate this server shows: the folder named when it was started."""
    folder = Path(os.environ.get(FOLDER_VARIABLE) or SHIPPED)
    return _OPEN.setdefault(folder, DebateOnDisk(folder)).current()
