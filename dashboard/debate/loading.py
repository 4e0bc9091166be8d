"""A debate folder opened: read, checked as a whole, and given as a `Debate`.

Nothing is repaired and nothing is skipped: either every file is sound and the debate is
given, or every problem in every file is named at once.
"""

from __future__ import annotations

import gc
import json
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import ValidationError

from dashboard.debate import checks
from dashboard.debate.checks import Entry, Fault, Known
from dashboard.debate.directions import without_isolates
from dashboard.debate.lookalikes import Lookalikes
from dashboard.debate.model import Debate, Passage, Work
from dashboard.debate.passages_csv import PassageTable, node_of, passage_of
from dashboard.debate.problems import (
    DebateError,
    EnoughError,
    Findings,
    Problem,
    on_one_line,
    quoted,
    shortened,
)
from dashboard.debate.schema import HOMES, LIST_FILES, MAPPING_FILES, shape_of
from dashboard.debate.text_source import (
    CONTROL_CHARACTER,
    Progress,
    Report,
    read_text,
    unheard,
    unreadable,
)
from dashboard.debate.wording import shape_faults
from dashboard.debate.yaml_source import (
    Allowed,
    Node,
    Plain,
    Sequence,
    Where,
    compose,
    line_of,
    yaml_text,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DebateError", "Problem", "count_line", "load_debate"]

KNOWN_FILES = ("debate.yaml", *LIST_FILES, "passages.csv", *MAPPING_FILES, "codings.csv")
CODEBOOK = "codebook.md"
NAMES = (*KNOWN_FILES, CODEBOOK)
"""The files that a debate may have."""
CODEBOOK_MEGABYTES = 64
ENOUGH_OF_BOUNDED = 2_000
TOGETHER = " in the YAML files together"

Rule: TypeAlias = Callable[[Entry, Known], Iterable[Fault]]

_CHECKED_SUFFIXES = {".yaml", ".yml", ".csv"}
_NEEDED = {"debate.yaml", "works.yaml", "authors.yaml"}
_NOUNS = {
    "works.yaml": "work",
    "authors.yaml": "author",
    "passages.yaml": "passage",
    "paths.yaml": "path",
}
_TABLE = "passages.csv"
PASSAGES = ("passages.yaml", _TABLE)
_ROUND = 1_000


def load_debate(
    folder: Path, most_values: int | None = None, progress: Progress = unheard
) -> Debate:
    """Open a debate folder.

    ``folder`` holds debate.yaml, works.yaml, authors.yaml and passages.yaml or passages.csv,
    and, if wished, paths.yaml, activities.yaml, glossary.yaml, codings.csv and codebook.md.
    ``most_values`` is how many values its YAML files may hold together, where less is allowed than
    ``yaml_source.MOST_VALUES`` in each; then reading also ends after fewer problems.
    ``progress`` hears, every few thousand, how much has been read.
    Reads only. Raises `DebateError` with every problem of every file, by file and line.
    """
    findings = Findings(ENOUGH_OF_BOUNDED) if most_values else Findings()
    debate = None
    fault = _folder_fault(folder)
    if fault:
        findings.add(str(folder), 1, fault)
    else:
        with _collector_paused(), suppress(EnoughError):
            debate = _Folder(folder, findings, most_values, progress).debate()
    if debate is None:
        raise DebateError(findings.listed())
    return debate


def misnamed(names: Collection[str]) -> dict[str, str]:
    """Return the files of a debate to whose names an editor has added ".txt", with those names.

    Notepad does so unasked, and the system's windows do not show it. A file that is there under
    its own name too is a copy, and no concern of ours.
    """
    there = {"passages" if name in PASSAGES else name for name in names}
    meant = {name: name.lower().removesuffix(".txt") for name in names if name not in NAMES}
    return {
        name: known
        for name, known in meant.items()
        if known in NAMES
        and name.lower() != known
        and ("passages" if known in PASSAGES else known) not in there
    }


def rename_words(meant: str) -> str:
    """Return what is said of a file whose name an editor has made longer."""
    return f'rename it to {meant}; an editor has added ".txt" to the name'


def load_sound(
    folder: Path, works: Callable[[], tuple[Work, ...] | None], progress: Progress = unheard
) -> Debate | None:
    """Open a debate folder whose works are read elsewhere meanwhile.

    ``works`` waits for them; it gives None where anything is wrong with them.
    Gives None where anything is wrong with any file.
    """
    with _collector_paused(), suppress(EnoughError):
        return _Folder(folder, Findings(), None, progress).debate(works)
    return None


def plain_works(folder: Path) -> list[Plain] | None:
    """Give the entries of works.yaml as they stand there; None where anything is wrong with them.

    What they are checked against is authors.yaml.
    """
    findings = Findings()
    with _collector_paused(), suppress(EnoughError):
        reader = _Folder(folder, findings, None, unheard)
        reader.authors()
        works = reader.works().plain
        return works if isinstance(works, list) and not findings else None
    return None


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector from passing, again and again, over what is there to stay.

    For a large debate that is a third of the time; nothing read here forms cycles.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def count_line(debate: Debate, name: str = "") -> str:
    """Give one line that counts what a debate holds; it begins with ``name`` or the title."""
    readings = debate.readings[["passage", "reading"]].drop_duplicates()
    counts = [
        _counted(len(debate.passages), "passage"),
        _counted(len(debate.works), "work"),
        _counted(len(debate.authors), "author"),
        f"{_counted(len(readings), 'reading')} in {_counted(len(debate.readings), 'row')}",
    ]
    return f"{on_one_line(name or without_isolates(debate.title))}: {', '.join(counts)}."


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _folder_fault(folder: Path) -> str | None:
    try:
        if not folder.exists():
            return "there is no such folder"
        if not folder.is_dir():
            return "this is a file; a debate is a folder"
        next(folder.iterdir(), None)
    except OSError as error:
        return unreadable(error, "folder")
    return None


@dataclass(slots=True)
class _Sheet:
    """One YAML file: its tree, its plain values and, if all is well, its checked values."""

    file: str
    node: Node | None = None
    plain: Plain = None
    checked: Any = None

    def label(self, *place: str | int) -> str:
        """Name the entry of a list in which a place lies, such as ``passage p07: ``."""
        noun = _NOUNS.get(self.file)
        if not noun or not isinstance(self.plain, list) or not place:
            return ""
        index = int(place[0])
        entry = self.plain[index]
        name = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(name, str) and name:
            return f"{noun} {shortened(name)}: "
        return f"{noun} number {index + 1}: "

    def label_on(self, line: int) -> str:
        """Name the entry that lies on a line."""
        if not isinstance(self.node, Sequence) or not isinstance(self.plain, list):
            return ""
        at = bisect_right(self.node.items, line, key=lambda item: item.line) - 1
        return self.label(at) if at >= 0 else ""


class _Folder:
    """The files of one debate, read one after another; what they hold is checked together."""

    def __init__(
        self, folder: Path, findings: Findings, most_values: int | None, progress: Progress
    ) -> None:
        self._folder = folder
        self._allowed = Allowed(most_values, TOGETHER) if most_values else None
        self._findings = findings
        self._progress = progress
        # Editors keep their own files beside the one in work; their names begin with a dot.
        self._names = {e.name for e in folder.iterdir() if not e.name.startswith(".")}
        self._misnamed = misnamed(self._names)
        self._known = Known()

    def debate(
        self, works_elsewhere: Callable[[], tuple[Work, ...] | None] | None = None
    ) -> Debate | None:
        """Read everything; give the debate if every file is sound.

        ``works_elsewhere`` waits for works that are read elsewhere meanwhile.
        """
        # Here, since who reads works alone need not wait until pandas is loaded.
        from dashboard.debate.general_seminar import (  # noqa: PLC0415
            general_ids,
            with_general_seminar,
        )

        self._refuse_unknown_files()
        head = self._head()
        authors = self.authors().checked
        works: tuple[Work, ...] | None = None if works_elsewhere else self.works().checked
        passages = self._passages()
        readings = self._readings()
        paths = self._list("paths.yaml", checks.path_faults)
        activities = self._mapping(
            "activities.yaml", partial(checks.activities_faults, general=general_ids())
        )
        glossary = self._mapping("glossary.yaml", checks.glossary_faults)
        changes = self._mapping("changes.yaml", checks.changes_faults)
        codebook = self._codebook()
        if works_elsewhere:
            works = self._fitting_works(works_elsewhere(), passages)
        if self._findings or works is None:
            return None
        debate = Debate(
            **head.checked,
            **activities.checked,
            **glossary.checked,
            **changes.checked,
            authors=authors,
            works=works,
            passages=passages,
            paths=paths.checked,
            readings=readings,
            codebook=codebook,
        )
        return with_general_seminar(debate)

    def authors(self) -> _Sheet:
        """Read the authors, whom the works then know."""
        sheet = self._list("authors.yaml", checks.author_faults)
        self._known.authors = _ids(sheet)
        return sheet

    def works(self) -> _Sheet:
        """Read the works, which the passages then know."""
        sheet = self._list("works.yaml", checks.work_faults)
        self._known.works = _ids(sheet)
        return sheet

    def _fitting_works(
        self, works: tuple[Work, ...] | None, passages: tuple[Passage, ...]
    ) -> tuple[Work, ...] | None:
        """Give works read elsewhere if authors and passages are theirs: files can be edited."""
        known, authors = {work.id for work in works or ()}, self._known.authors or ()
        fit = all(passage.work in known for passage in passages)
        return works if works and fit and all(work.author in authors for work in works) else None

    def _refuse_unknown_files(self) -> None:
        for name, meant in self._misnamed.items():
            self._findings.add(name, 1, rename_words(meant))
        for name in self._names.difference(KNOWN_FILES):
            if Path(name).suffix.lower() in _CHECKED_SUFFIXES:
                self._findings.add(
                    name, 1, f"unknown file{self._known.hints(name.lower(), KNOWN_FILES)}"
                )

    def _head(self) -> _Sheet:
        sheet = self._mapping("debate.yaml", checks.debate_faults)
        plain = sheet.plain
        if isinstance(plain, dict):
            self._known.schools = checks.ids(plain.get("schools"))
            self._known.roles = checks.ids(plain.get("roles"))
            self._known.mechanisms = checks.ids(plain.get("mechanisms", []))
            self._known.constructs = [text for _, text in checks.texts(plain.get("constructs"))]
        return sheet

    def _mapping(self, file: str, rule: Rule) -> _Sheet:
        sheet = self._sheet(file, {})
        if isinstance(sheet.plain, dict):
            self._add(sheet, rule(sheet.plain, self._known))
        return sheet

    def _list(self, file: str, rule: Rule) -> _Sheet:
        sheet = self._sheet(file, ())
        for index, entry in checks.entries(sheet.plain):
            self._add(sheet, rule(entry, self._known), index)
        unclear = checks.unclear_ids(
            sheet.plain, lambda first: f"on line {self._line(sheet, (first, 'id'))}"
        )
        for index, words in unclear:
            self._add(sheet, [(("id",), words)], index)
        for index, name, first in checks.repeated_ids(sheet.plain):
            line = self._line(sheet, (first, "id"))
            text = f"the id {quoted(name)} is used already, on line {line}"
            self._add(sheet, [(("id",), text)], index)
        return sheet

    def _sheet(self, file: str, absent: tuple[()] | dict[str, Any]) -> _Sheet:
        """Read one YAML file; ``absent`` is what a file that may be left out then holds."""
        sheet = _Sheet(file, checked=absent)
        if file not in self._names and (file not in _NEEDED or file in self._misnamed.values()):
            return sheet
        heard: list[tuple[int, str]] = []
        text = yaml_text(self._folder / file, self._hear(file))
        if text is not None:
            sheet.node = compose(
                text,
                lambda line, words: heard.append((line, words)),
                self._allowed,
                lambda doing, done: self._progress(f"{doing} of {file}", done),
            )
        if sheet.node is not None:
            sheet.plain = sheet.node.plain()
            self._check_shape(sheet, sheet.node)
        for line, words in heard:
            self._findings.add(file, line, sheet.label_on(line) + words)
        return sheet

    def _check_shape(self, sheet: _Sheet, node: Node) -> None:
        plain = sheet.plain
        if not (
            sheet.file in LIST_FILES and isinstance(node, Sequence) and isinstance(plain, list)
        ):
            checked = self._fitting(sheet, node, plain)
            sheet.checked = sheet.checked if checked is None else dict(checked)
            return
        # Round by round: each fault costs memory until it is said, and there may be millions.
        rounds: list[Iterable[Any] | None] = []
        for at in range(0, len(plain), _ROUND):
            entries = Sequence(node.line, node.items[at : at + _ROUND])
            rounds.append(self._fitting(sheet, entries, plain[at : at + _ROUND], at))
            self._progress(f"entries checked of {sheet.file}", at + len(entries.items))
        sound = [entries for entries in rounds if entries is not None]
        if len(sound) == len(rounds):
            sheet.checked = tuple(chain.from_iterable(sound))

    def _fitting(
        self, sheet: _Sheet, node: Node, plain: Plain, first: int = 0
    ) -> Iterable[Any] | None:
        """Give what a file holds, or its entries from ``first`` on; None where any does not fit."""
        shape = shape_of(sheet.file)
        try:
            # As JSON, because the strict classes of the model take plain mappings in no other form.
            checked: Iterable[Any] = shape.validate_json(json.dumps(plain, ensure_ascii=False))
        except ValidationError as error:
            faults = shape_faults(error, node, shape, self._known.hints)
        else:
            return checked
        for number, (where, line, text) in enumerate(faults, 1):
            place = (int(where[0]) + first, *where[1:]) if first else where
            self._findings.add(sheet.file, line, self._shape_words(sheet, place, text))
            if number % _ROUND == 0:
                self._progress(f"problems found in {sheet.file}", number)
        return None

    def _shape_words(self, sheet: _Sheet, where: Where, text: str) -> str:
        home = HOMES.get(str(where[0])) if len(where) == 1 else None
        if sheet.file == "debate.yaml" and home:
            return f'"{where[0]}" belongs in {home}'
        return sheet.label(*where) + text

    def _add(self, sheet: _Sheet, faults: Iterable[Fault], *entry: int) -> None:
        for number, (where, text) in enumerate(faults, 1):
            line = self._line(sheet, (*entry, *where))
            self._findings.add(sheet.file, line, sheet.label(*entry) + text)
            if number % _ROUND == 0:
                self._progress(f"problems found in {sheet.file}", number)

    @staticmethod
    def _line(sheet: _Sheet, where: Where) -> int:
        return line_of(sheet.node, where) if sheet.node is not None else 1

    def _passages(self) -> tuple[Passage, ...]:
        table, tree = _TABLE in self._names, "passages.yaml" in self._names
        if table and tree:
            self._findings.add(_TABLE, 1, "passages.yaml is here too; keep one of them")
            return ()
        if table:
            return self._passage_table()
        if not tree and not set(PASSAGES).isdisjoint(self._misnamed.values()):
            return ()
        if not tree:
            text = "the file is missing; passages.csv would do as well"
            self._findings.add("passages.yaml", 1, text)
            return ()
        sheet = self._list("passages.yaml", checks.passage_faults)
        if isinstance(sheet.plain, list):
            self._known.passages = {}
            for _, entry in checks.entries(sheet.plain):
                self._know(entry)
        return sheet.checked if isinstance(sheet.checked, tuple) else ()

    def _passage_table(self) -> tuple[Passage, ...]:
        table = PassageTable(self._folder / _TABLE, self._known.hints, self._hear(_TABLE))
        passages: list[Passage] = []
        self._known.passages = {}
        first: dict[str, int] = {}
        met = Lookalikes()
        for number, (line, record) in enumerate(table.records(), 1):
            if number % _ROUND == 0:
                self._progress("passages checked", number)
            try:
                passages.append(passage_of(record))
            except ValidationError:
                self._add_row_shape(line, record)
            self._check_row(line, record, first, met)
            self._know(record)
        if not table.whole:
            self._known.passages = None
        return tuple(passages)

    def _add_row_shape(self, line: int, record: dict[str, Plain]) -> None:
        shape = shape_of("passages.yaml")
        try:
            shape.validate_json(json.dumps([record]))
        except ValidationError as error:
            node = Sequence(line, [node_of(record, line)])
            for _, _, text in shape_faults(error, node, shape, self._known.hints):
                self._add_row(line, record, text)

    def _check_row(self, line: int, record: Entry, first: dict[str, int], met: Lookalikes) -> None:
        for _, text in checks.passage_faults(record, self._known):
            self._add_row(line, record, text)
        name = str(record["id"])
        earlier = first.setdefault(name, line)
        if earlier != line:
            text = f"the id {quoted(name)} is used already, on line {earlier}"
            self._add_row(line, record, text)
        for text in checks.unclear_words(name, met, first, lambda at: f"on line {at}"):
            self._add_row(line, record, text)

    def _add_row(self, line: int, record: Entry, text: str) -> None:
        name = shortened(str(record["id"]))
        self._findings.add(_TABLE, line, f"passage {name}: {text}" if name else text)

    def _hear(self, file: str) -> Report:
        return lambda line, text: self._findings.add(file, line, text)

    def _know(self, passage: Entry) -> None:
        name = passage.get("id")
        if isinstance(name, str) and self._known.passages is not None:
            self._known.passages.setdefault(name, passage.get("gloss") is not None)

    def _codebook(self) -> str:
        file = CODEBOOK
        if file not in self._names:
            return ""
        path, report = self._folder / file, self._hear(file)
        return read_text(path, CODEBOOK_MEGABYTES, CONTROL_CHARACTER, report) or ""

    def _readings(self) -> pd.DataFrame:
        from dashboard.debate.codings import no_codings, read_codings  # noqa: PLC0415

        file = "codings.csv"
        if file not in self._names:
            return no_codings(self._known)
        return read_codings(
            self._folder / file, self._known, self._hear(file), progress=self._progress
        )


def _ids(sheet: _Sheet) -> set[str] | None:
    names = checks.ids(sheet.plain)
    return None if names is None else set(names)
