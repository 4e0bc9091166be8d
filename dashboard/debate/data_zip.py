"""The data of a debate to take away: codes, ids and citations in one zip, without the quotes."""

from __future__ import annotations

import csv
import io
import math
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from textwrap import fill
from typing import TypeAlias

import pandas as pd

from dashboard.debate.citations import doubts, reference, said_of_parts
from dashboard.debate.directions import without_isolates
from dashboard.debate.model import Debate, Passage, Work

Cell: TypeAlias = str | float | None
WRITTEN = (1980, 1, 1, 0, 0, 0)
"""The time every file in the zip bears, so that the same data gives the same bytes."""
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
ROWS_AT_ONCE = 50_000
PASSAGE_COLUMNS = (
    "id",
    "work",
    "author",
    "role",
    "school",
    "second_school",
    "school_confidence",
    "quote_position",
    "gloss_position",
    "medium",
    "contested",
    "constructs",
    "mechanisms",
)
WORK_COLUMNS = (
    "id",
    "author",
    "author_name",
    "corrected",
    "catalogued",
    "not_certain",
    "certainty",
    "attribution",
    "doi",
    "isbn",
)
CODING_COLUMNS = ("passage", "reading", "text", "question", "value")
_KIND_OF_FILE = 0o644 << 16


def data_zip(debate: Debate, table: pd.DataFrame) -> bytes:
    """Return the debate's data as a zip; the same debate always gives the same bytes.

    ``table`` is the debate's passage table. Quotes are left out, and so are glosses; where the
    debate shows no glosses, what was read of them is left out too.
    """
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            ("README.txt", readme(debate)),
            ("version.txt", f"{debate.title}\n{debate.version}\n"),
            ("codebook.md", debate.codebook),
        ):
            archive.writestr(_entry(name), without_isolates(text))
        _write(archive, "passages.csv", _shown(debate, PASSAGE_COLUMNS), _passages(debate, table))
        _write(archive, "works.csv", WORK_COLUMNS, _works(debate))
        _write(archive, "codings.csv", CODING_COLUMNS, _codings(debate))
    return held.getvalue()


def cell(value: Cell) -> str:
    """Return a value as a spreadsheet may open it: no text in it is taken for a formula.

    A text that begins like a formula gets an apostrophe before it; plain numbers stay as they
    are, and what is missing is empty.
    """
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:g}"
    if value is None:
        return ""
    text = without_isolates(str(value))
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def readme(debate: Debate) -> str:
    """Return what the zip holds and why the quotes are not in it, in plain text."""
    positions = "quote_position, gloss_position" if debate.show_glosses else "quote_position"
    told = [debate.coders, *(debate.disclaimers.get(key, "") for key in ("agreement", "map"))]
    coders = "\n\n".join(fill(text, 95) for text in told if text)
    return f"""{debate.title}
{debate.question}

The data behind the map, version {debate.version}.

What lies here

passages.csv  one row a passage: its id, its work and author, role, school, how sure the school
              is (1 to 3), the agreed positions, constructs and mechanisms
codings.csv   one row for each text that a reading placed: passage, reading, text, question, value
works.csv     one row a work: the reference as corrected, the citation as catalogued, and how
              certain each part of it is
codebook.md   the rules by which the passages were read
version.txt   the version of this data

{positions} and medium run from -2 to 2. An agreed value is the median of
the readings where at least three of four gave one. An empty value is no claim, which is not 0;
a text without a row in codings.csv has not been read.

What does not lie here, and why

{_left_out(debate)}
They may be quoted, not given away as data. Each passage has its id, by which it is found on the
page and in the works cited.

How to read the files

CSV in UTF-8, commas, one header row. A text that a spreadsheet would take for a formula has an
apostrophe before it. Several constructs or mechanisms stand in one cell, parted by semicolons.

Who coded

{coders}
"""


def _left_out(debate: Debate) -> str:
    """Return which texts are left out, and whose they are."""
    if not debate.show_glosses:
        return "The quotes are left out. They belong to their authors and publishers."
    return (
        "The quotes and the library's glosses are left out. The quotes belong to their authors\n"
        "and publishers, the glosses to the library that wrote them."
    )


def _shown(debate: Debate, columns: Sequence[str]) -> list[str]:
    return [name for name in columns if debate.show_glosses or name != "gloss_position"]


def _passages(debate: Debate, table: pd.DataFrame) -> Iterator[list[Cell]]:
    authors = {work.id: work.author for work in debate.works}
    placed = table[_shown(debate, ("quote_position", "gloss_position", "medium", "contested"))]
    for passage, values in zip(debate.passages, placed.itertuples(index=False), strict=True):
        *positions, contested = values
        yield [
            *_told(passage, authors),
            *positions,
            "yes" if contested else "no",
            "; ".join(passage.constructs),
            "; ".join(passage.mechanisms),
        ]


def _told(passage: Passage, authors: dict[str, str]) -> list[Cell]:
    return [
        passage.id,
        passage.work,
        authors[passage.work],
        passage.role,
        passage.school,
        passage.second_school,
        passage.confidence,
    ]


def _works(debate: Debate) -> Iterator[list[Cell]]:
    names = {author.id: author.name for author in debate.authors}
    for work in debate.works:
        yield _work(work, names[work.author])


def _work(work: Work, author: str) -> list[Cell]:
    certainty = "; ".join(f"{part} {how}" for part, how in said_of_parts(work))
    return [
        work.id,
        work.author,
        author,
        reference(work),
        work.catalogued,
        "; ".join(doubts(work)),
        certainty,
        work.attribution,
        work.doi,
        work.isbn,
    ]


def _codings(debate: Debate) -> Iterator[Sequence[Cell]]:
    readings = debate.readings
    for start in range(0, len(readings), ROWS_AT_ONCE):
        part = readings.iloc[start : start + ROWS_AT_ONCE]
        if not debate.show_glosses:
            part = part[part["text"] != "gloss"]
        part = part.assign(value=part["value"].astype(float))
        yield from zip(*(part[name].tolist() for name in CODING_COLUMNS), strict=True)


def _write(
    archive: zipfile.ZipFile,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Iterable[Cell]],
) -> None:
    with (
        archive.open(_entry(name), "w") as raw,
        io.TextIOWrapper(raw, encoding="utf-8", newline="") as file,
    ):
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(columns)
        lines.writerows([cell(value) for value in row] for row in rows)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, WRITTEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = _KIND_OF_FILE
    entry.create_system = 3
    return entry
