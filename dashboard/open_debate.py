"""The debates that are open: loaded once, shared by all readers, kept when an edit breaks one."""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.debate.directions import names_isolated
from dashboard.debate.groups import group_of
from dashboard.debate.loading import load_debate
from dashboard.debate.marks import ARRANGES, BASES, arranged, map_rows
from dashboard.debate.model import Author, Debate, Passage, Work
from dashboard.debate.plan import activities_of
from dashboard.debate.problems import DebateError, Problem, on_one_line
from dashboard.debate.search_index import SearchedTexts, SearchIndex
from dashboard.debate.side_by_side import load_side_by_side
from dashboard.debate.table import glosses_read, passage_table
from dashboard.debate.titles import debate_folders, is_debate_folder, title_of
from dashboard.debate.zip_source import MOST_VALUES
from dashboard.memory import give_back
from dashboard.view import Known, Query, debate_asked
from dashboard.visits import VISITS

DATA = Path(__file__).resolve().parent.parent / "data"
SHIPPED = DATA / "therapeutic-bond"
FOLDER_VARIABLE = "DASHBOARD_DEBATE"
NOT_READ = "the folder could not be read; the log of the server says why"
OPEN_AT_MOST = 4
"""So many debates of a folder are kept in memory; who was not read for the longest time goes."""
LISTED_FOR = 2.0
"""So many seconds a list of the debates of a folder is good for."""
AT_ONCE = 1.0
"""A debate that takes longer to read, in seconds, is read again while readers go on."""

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
    with every load. ``id`` is what links to the debate hold, empty for the first, and ``name``
    what it is called where it lies. One opened for a visit is asked for by its edition wherever
    no session asks, which is why nobody can guess one.
    """

    debate: Debate
    table: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    edition: str = field(default_factory=lambda: secrets.token_hex(16))
    id: str = ""
    name: str = ""
    for_visit: bool = False
    remembered: dict[Callable[..., Any], Callable[..., Any]] = field(
        default_factory=dict, init=False, repr=False
    )
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
            bases=BASES if self.glosses_read else ("quote",),
            arranges=tuple(a for a in ARRANGES if a == arranged(self.debate, a)),
            row_pages=map_rows(self.debate, self.table, "author").pages,
            paths=tuple(path.id for path in self.debate.paths),
            debate=self.id,
            debate_name=self.name,
            plans=tuple(plan.id for plan in self.debate.plans),
            activities=tuple(activities_of(self.debate)),
        )

    @property
    def asked_as(self) -> Query:
        """What the address of a file made of this debate holds, so that it is made of no other."""
        if self.for_visit:
            return {"edition": [self.edition]}
        return {"debate": [self.id]} if self.id else {}

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

    @cached_property
    def is_read(self) -> Mapping[str, NDArray[np.bool_]]:
        """Whether each passage's quote and gloss have been read, by column."""
        quote, gloss = (
            self.table[c].to_numpy(dtype=np.bool_) for c in ("quote_read", "gloss_read")
        )
        return {"quote_read": quote, "gloss_read": gloss & self.debate.show_glosses}

    @cached_property
    def not_agreed(self) -> Mapping[str, NDArray[np.bool_]]:
        """Whether the readings of each quote and gloss are divided on there being a claim."""
        columns = ("quote_not_agreed", "gloss_not_agreed")
        return {column: self.table[column].to_numpy(dtype=np.bool_) for column in columns}

    @cached_property
    def glosses_read(self) -> bool:
        """Whether any gloss has been read; if not, nothing is said of where glosses stand."""
        return self.debate.show_glosses and glosses_read(self.table)

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


def open_folder(folder: Path, id: str = "", *, for_visit: bool = False) -> OpenDebate:
    """Load a debate folder; ``DebateError`` with every problem where it does not pass.

    ``id`` is what links to it hold.
    """
    loaded = load_debate(folder, MOST_VALUES) if for_visit else load_side_by_side(folder)
    debate = names_isolated(loaded)
    give_back()
    opened = OpenDebate(
        debate,
        passage_table(debate),
        id=id,
        name="" if for_visit else folder.name,
        for_visit=for_visit,
    )
    give_back()
    return opened


class DebateOnDisk:
    """A debate folder that may be edited while it is read.

    ``current`` gives the debate as it now lies in the folder. Where an edit does not pass the
    check, or reading it fails in whatever way, it gives the last good one, with the problems
    listed; nothing is lost. A large debate is read again while its readers go on with the last.
    """

    def __init__(self, folder: Path, id: str = "") -> None:
        self.folder = folder
        self._id = id
        self._lock = threading.Lock()
        self._stamp: Stamp = ()
        self._open: OpenDebate | None = None
        self._refused: DebateError | None = None
        self._seconds = 0.0
        self._reading = False

    def current(self) -> OpenDebate:
        """Return the open debate; ``DebateError`` where it has never passed the check."""
        stamp = _stamp(self.folder)
        with self._lock:
            if self._open is None:
                return self._first(stamp)
            if stamp != self._stamp:
                if self._seconds <= AT_ONCE:
                    self._open, self._stamp = self._read_again(self._open), stamp
                elif not self._reading:
                    self._reading = True
                    reading = (self._open, stamp)
                    threading.Thread(target=self._read_meanwhile, args=reading, daemon=True).start()
            return self._open

    def is_edition(self, edition: str) -> bool:
        """Say whether an edition is what this debate was last loaded as."""
        return self._open is not None and self._open.edition == edition

    def _first(self, stamp: Stamp) -> OpenDebate:
        if self._refused and stamp == self._stamp:
            raise self._refused
        self._stamp, self._refused = stamp, None
        begun = time.monotonic()
        try:
            self._open = open_folder(self.folder, self._id)
        except DebateError as error:
            self._refused = error
            raise
        self._seconds = time.monotonic() - begun
        return self._open

    def _read_meanwhile(self, last: OpenDebate, stamp: Stamp) -> None:
        read = self._read_again(last)
        with self._lock:
            self._open, self._stamp, self._reading = read, stamp, False

    def _read_again(self, last: OpenDebate) -> OpenDebate:
        try:
            return open_folder(self.folder, self._id)
        except DebateError as error:
            # Readers are told the folder's name; where it lies is not theirs to know.
            problems = tuple(replace(one, file=Path(one.file).name) for one in error.problems)
        except Exception:
            log.exception("The debate could not be read again; the last good one stays open.")
            problems = (Problem(on_one_line(self.folder.name), 1, NOT_READ),)
        return replace(last, problems=problems)


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


@dataclass(frozen=True, slots=True)
class Listed:
    """A debate that can be chosen: what links to it hold, empty for the first, and its title."""

    id: str
    title: str


class Shelf:
    """The debates that a server shows: one folder's, or those of a folder of debates.

    Each is read when it is first asked for. No more than ``OPEN_AT_MOST`` are kept, the first of
    them always.
    """

    def __init__(self, folder: Path, first: str = "") -> None:
        several = not is_debate_folder(folder)
        self._folder = folder if several and debate_folders(folder) else None
        lies = folder / (first or debate_folders(folder)[0]) if self._folder else folder
        self._first = DebateOnDisk(lies)
        self._others: OrderedDict[str, DebateOnDisk] = OrderedDict()
        self._lock = threading.Lock()
        self._choosing = threading.Lock()
        self.refused: dict[str, tuple[Problem, ...]] = {}
        """The problems of those before the first, which for that reason are not the first."""
        self._names: tuple[str, ...] = ()
        self._listed: Sequence[Listed] = ()
        self._listed_names: Sequence[str] = self._names
        self._named_at = -LISTED_FOR

    @property
    def first(self) -> OpenDebate:
        """The debate that a link shows which names none: the first that passes the check.

        ``DebateError`` where none does, with the problems of the one that was to be the first.
        """
        try:
            return self._first.current()
        except DebateError as error:
            return self._next_sound(error)

    @property
    def first_folder(self) -> Path:
        """Where the debate lies that a link shows which names none."""
        return self._first.folder

    def _next_sound(self, error: DebateError) -> OpenDebate:
        """Let the next debate that can be opened take the place of one that never was."""
        with self._choosing:
            broken = self._first.folder
            self.refused[broken.name] = error.problems
            for name in self._known():
                on_disk = None if name in self.refused else DebateOnDisk(broken.parent / name)
                try:
                    opened = on_disk.current() if on_disk else None
                except DebateError as another:
                    self.refused[name] = another.problems
                    continue
                if on_disk and opened:
                    self._first = on_disk
                    return opened
            self.refused.clear()
        raise error

    def open(self, name: str) -> OpenDebate | None:
        """Return the debate of this name, none where there is none that can be opened.

        ``DebateError`` only where the first has never passed the check.
        """
        if not name or name == self._first.folder.name:
            return self.first
        on_disk = self._on_disk(name)
        try:
            return on_disk.current() if on_disk else None
        except DebateError as error:
            log.warning("The debate %r has %d problems.", name, len(error.problems))
        except Exception:
            log.exception("The debate %r could not be read.", name)
        return None

    def listed(self) -> Sequence[Listed]:
        """Return the debates that can be chosen, the first of them first; none if there is one."""
        names = self._known()
        if names is not self._listed_names:
            self._listed, self._listed_names = self._titled(names), names
        return self._listed

    def _titled(self, names: Sequence[str]) -> Sequence[Listed]:
        first = self._first.folder.name
        others = [name for name in names if name != first]
        if self._folder is None or not others:
            return ()
        return [
            Listed("" if name == first else name, self._title(self._folder / name))
            for name in (first, *others)
        ]

    def _title(self, folder: Path) -> str:
        problems = len(self.refused.get(folder.name, ()))
        count = "1 problem" if problems == 1 else f"{problems} problems"
        return f"{title_of(folder)} (cannot be opened: {count})" if problems else title_of(folder)

    def in_memory(self) -> Sequence[DebateOnDisk]:
        """Return the debates that are kept in memory."""
        with self._lock:
            return (self._first, *self._others.values())

    def _on_disk(self, name: str) -> DebateOnDisk | None:
        if self._folder is None or name not in self._known():
            return None
        with self._lock:
            on_disk = self._others.pop(name, None) or DebateOnDisk(self._folder / name, name)
            self._others[name] = on_disk
            while len(self._others) > OPEN_AT_MOST - 1:
                self._others.popitem(last=False)
            return on_disk

    def _known(self) -> Sequence[str]:
        now = time.monotonic()
        if self._folder and now - self._named_at >= LISTED_FOR:
            self._names, self._named_at = debate_folders(self._folder), now
        return self._names


_SHELVES: dict[Path, Shelf] = {}


def shelf() -> Shelf:
    """Return the debates this server shows: of the folder named when it was started."""
    named = os.environ.get(FOLDER_VARIABLE)
    folder = Path(named) if named else DATA
    if folder not in _SHELVES:
        first = SHIPPED.name if folder == DATA and is_debate_folder(SHIPPED) else ""
        _SHELVES[folder] = Shelf(folder, first)
    return _SHELVES[folder]


def open_debate() -> OpenDebate:
    """Return the debate that a page shows: the one its link names, else the first."""
    asked = debate_asked()
    return VISITS.held(asked) or shelf().open(asked) or shelf().first


def debate_of_file(query: Mapping[str, Sequence[str]]) -> OpenDebate | None:
    """Return the debate that the address of a file names, none where there is none such.

    No session asks here, so one that was opened for a visit must be named by its edition.
    """
    edition = (query.get("edition") or [""])[-1]
    if edition:
        return VISITS.of_edition(edition)
    return shelf().open((query.get("debate") or [""])[-1])


def debate_of_edition(edition: str) -> OpenDebate | None:
    """Return the debate that was loaded as this edition, none where it is no longer open."""
    found = VISITS.of_edition(edition)
    if found:
        return found
    for on_disk in shelf().in_memory():
        if on_disk.is_edition(edition):
            opened = on_disk.current()
            return opened if opened.edition == edition else None
    return None
