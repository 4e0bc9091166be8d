"""Marks: what the map shows of each passage, for a basis. Filters play no part in it."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.debate.model import Debate, Passage
from dashboard.debate.positions import Span, middle, span
from dashboard.debate.summary import NOT_READ, position_words
from dashboard.debate.table import first_words, glosses_read
from dashboard.debate.years import year_words

Basis = Literal["both", "quote", "gloss"]
BASES: tuple[Basis, ...] = ("both", "quote", "gloss")


def shown_positions(table: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Return where each passage of the table lies on the map, in the table's order.

    Columns: ``position`` (-2 to 2, missing on the no-claim lane), ``read`` (whether a text shown
    has been read; if not, the passage lies nowhere), ``filled`` (whether the author's words make
    the claim shown) and ``drifts_to`` (the gloss's position where both are read and they differ,
    else missing). With ``both`` the author's words come first and the gloss stands in where they
    make no claim.
    """
    quote, gloss = table["quote_position"], table["gloss_position"]
    quote_read, gloss_read = table["quote_read"], table["gloss_read"]
    nothing = pd.Series(np.nan, index=table.index)
    if basis == "gloss":
        return pd.DataFrame(
            {
                "position": gloss,
                "read": gloss_read,
                "filled": pd.Series(data=False, index=table.index),
                "drifts_to": nothing,
            }
        )
    position = quote if basis == "quote" else quote.where(quote.notna(), gloss)
    drifts = (basis == "both") & quote.notna() & gloss.notna() & (quote != gloss)
    return pd.DataFrame(
        {
            "position": position,
            "read": quote_read if basis == "quote" else quote_read | gloss_read,
            "filled": quote.notna(),
            "drifts_to": gloss.where(drifts),
        }
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the map: its key, its name, how many passages, the index of its band.

    An author's row has the span of the author's positions and, from three up, the middle one.
    """

    key: str
    label: str
    count: int | None = None
    band: int | None = None
    span: Span | None = None
    middle: float | None = None


Arrange = Literal["author", "medium", "year"]
ARRANGES: tuple[Arrange, ...] = ("author", "medium", "year")
ROWS_A_PAGE = 16
"""A map with more rows than this is shown a page at a time."""
LONGEST_SOURCE = 80
MARKS_AT_MOST = 150
"""A page of the map with more passages than this shows one mark for all that coincide."""


@dataclass(frozen=True, slots=True)
class RowPage:
    """The rows of one page of the map, which page it is, and how many there are."""

    rows: tuple[Row, ...]
    page: int
    pages: int


def arranged(debate: Debate, arrange: Arrange) -> Arrange:
    """Return the arrangement, or the one by author where the debate has no second axis."""
    return "author" if arrange == "medium" and debate.medium is None else arrange


def map_rows(debate: Debate, table: pd.DataFrame, arrange: Arrange, page: int = 1) -> RowPage:
    """Return the rows of the map for an arrangement.

    By author: in bands by home school, ordered from vehicle to cure by the author's middle
    position (the quote's, else the gloss's), then by how far the passages reach to either side;
    authors without any claim first. By medium: the steps of the second axis, highest first. By
    year: each year in order. A page number past the end gives the last page.
    """
    arrange = arranged(debate, arrange)
    if arrange == "medium":
        return RowPage(_medium_rows(debate, table), 1, 1)
    if arrange == "year":
        return RowPage(_year_rows(table), 1, 1)
    rows = _author_rows(debate, table)
    pages = max(1, -(-len(rows) // ROWS_A_PAGE)) if len(rows) > ROWS_A_PAGE * 2 else 1
    if pages == 1:
        return RowPage(rows, 1, 1)
    page = min(page, pages)
    return RowPage(rows[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE], page, pages)


def with_spans(rows: Sequence[Row], table: pd.DataFrame, basis: Basis) -> tuple[Row, ...]:
    """Return rows with the span and the middle of their authors' positions in ``basis``.

    Rows that are not authors stay as they are.
    """
    shown = shown_positions(table, basis)["position"].groupby(table["author"], observed=True)
    positions = {str(author): group.tolist() for author, group in shown}
    return tuple(
        row
        if row.band is None
        else replace(row, span=span(positions[row.key]), middle=middle(positions[row.key]))
        for row in rows
    )


def _author_rows(debate: Debate, table: pd.DataFrame) -> tuple[Row, ...]:
    groups = shown_positions(table, "both")["position"].groupby(table["author"], observed=False)
    medians, reach = groups.median(), groups.min() + groups.max()
    counts = table["author"].value_counts()
    order = {school.id: i for i, school in enumerate(debate.schools)}
    authors = sorted(
        (a for a in debate.authors if counts[a.id]),
        key=lambda a: (
            order[a.home_school],
            *((medians[a.id], reach[a.id]) if medians[a.id] == medians[a.id] else (-9.0, 0.0)),
            a.sort_name,
        ),
    )
    return tuple(Row(a.id, a.label, int(counts[a.id]), order[a.home_school]) for a in authors)


def _medium_rows(debate: Debate, table: pd.DataFrame) -> tuple[Row, ...]:
    values = [value / 2 for value in range(4, -5, -1)]
    rows = [Row(_key(value), _medium_label(debate, value)) for value in values]
    read = table["medium_read"]
    if table["medium"][read].isna().any():
        rows.append(Row("", "no claim"))
    if not read.all():
        rows.append(Row(NOT_READ, NOT_READ))
    return tuple(rows)


def _medium_label(debate: Debate, value: float) -> str:
    assert debate.medium is not None
    if value != int(value):
        return ""
    return next(tick.label for tick in debate.medium.ticks if tick.value == int(value))


def _year_rows(table: pd.DataFrame) -> tuple[Row, ...]:
    years = sorted({int(year) for year in table["year"].dropna()})
    rows = tuple(Row(str(year), year_words(year)) for year in years)
    return rows if not table["year"].isna().any() else (*rows, Row("", "no year"))


def _key(value: float) -> str:
    return "" if np.isnan(value) else f"{value:g}"


@dataclass(frozen=True, slots=True)
class MapMarks:
    """The marks of one page of the map, and which passages each of them stands for.

    ``frame`` has one row a mark, those too that only another basis shows. ``members`` holds the
    table rows of the passages on this page that have a mark, ``mark_of`` for each of them the
    index of its mark.
    """

    frame: pd.DataFrame
    members: NDArray[np.intp]
    mark_of: NDArray[np.intp]

    def groups(self, group_of: NDArray[np.intp]) -> pd.Series:
        """Return for each mark of the frame the groups of the passages it stands for.

        ``group_of`` holds the group of each passage of the table.
        """
        found: list[list[int]] = [[] for _ in range(len(self.frame))]
        for mark, group in np.unique(
            np.column_stack([self.mark_of, group_of[self.members]]), axis=0
        ).tolist():
            found[mark].append(group)
        return pd.Series(found, index=self.frame.index, dtype=object)

    def lit(self, matching: NDArray[np.bool_]) -> list[str]:
        """Return the ids of the marks that stand for at least one matching passage."""
        seen = np.unique(self.mark_of[matching[self.members]])
        return [str(passage) for passage in self.frame["passage"].to_numpy()[seen]]

    def standing_for(self, row: int) -> str:
        """Return the id of the mark for a table row, empty where it is on another page."""
        found = np.flatnonzero(self.members == row)
        return str(self.frame["passage"].iloc[self.mark_of[found[0]]]) if found.size else ""


def map_marks(
    debate: Debate, table: pd.DataFrame, arrange: Arrange, basis: Basis, rows: Sequence[Row]
) -> MapMarks:
    """Return one mark a passage in ``rows``, or one for all that coincide where there are many.

    A passage of which no text has been read has none.

    Columns of the frame: ``passage`` (the first one's id), ``row`` (its row's key), ``school``
    (index), ``both``, ``quote``, ``gloss`` and ``drifts_to`` (positions, missing on the no-claim
    lane), ``shown`` (the position in ``basis``), ``read`` (whether a text of ``basis`` has been
    read; if not, the mark keeps its place and is not drawn), ``filled`` (whether the author's
    words make the claim), ``count``, ``hover`` and ``name`` (what is said of it on the page and
    to a screen reader).
    """
    arrange = arranged(debate, arrange)
    keys = _row_keys(table, arrange)
    is_read = shown_positions(table, "both")["read"]
    here = (keys.isin([row.key for row in rows]) & is_read).to_numpy(dtype=np.bool_)
    members = np.flatnonzero(here)
    part = table[here]
    shown = shown_positions(part, basis)
    both = shown_positions(part, "both")
    marks = pd.DataFrame(
        {
            "row": keys[here],
            "school": part["school"].cat.codes.astype(int),
            "both": both["position"],
            "quote": part["quote_position"],
            "gloss": part["gloss_position"],
            "drifts_to": both["drifts_to"],
            "shown": shown["position"],
            "read": shown["read"],
            "filled": shown["filled"],
        }
    )
    mark_of = np.arange(len(marks), dtype=np.intp)
    if len(marks) > MARKS_AT_MOST:
        marks, mark_of = _merged(marks)
    first = members[np.unique(mark_of, return_index=True)[1]] if len(marks) else members
    counts = np.bincount(mark_of, minlength=len(marks))
    said = _said(debate, table, first, counts)
    frame = marks.reset_index(drop=True).assign(
        passage=table["passage"].to_numpy()[first],
        count=counts,
        hover=[each.hover() for each in said],
        name=[each.name() for each in said],
    )
    drawn = shown["read"].to_numpy(dtype=np.bool_)
    return MapMarks(frame, members[drawn], mark_of[drawn])


def _row_keys(table: pd.DataFrame, arrange: Arrange) -> pd.Series:
    if arrange == "author":
        return table["author"].astype(str)
    if arrange == "year":
        return table["year"].map(lambda year: "" if pd.isna(year) else str(int(year)))
    return table["medium"].map(_key).where(table["medium_read"], NOT_READ)


def _merged(marks: pd.DataFrame) -> tuple[pd.DataFrame, NDArray[np.intp]]:
    """Merge marks that coincide: same row, school, position and claim; arrows are left out."""
    groups = marks.groupby(
        ["row", "school", "shown", "read", "filled"], dropna=False, sort=False, observed=True
    )
    mark_of = np.asarray(groups.ngroup(), dtype=np.intp)
    merged = marks.iloc[np.unique(mark_of, return_index=True)[1]]
    shown = merged["shown"]
    return merged.assign(both=shown, quote=shown, gloss=shown, drifts_to=np.nan), mark_of


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of one mark: its first passage, and how many more it stands for."""

    passage: Passage
    source: str
    school: str
    values: str
    count: int

    def hover(self) -> str:
        """Return the hover text in Plotly's own small markup, the debate's words escaped."""
        source = self.source
        source = source if len(source) <= LONGEST_SOURCE else f"{source[:LONGEST_SOURCE]}…"
        more = [f"and {self.count - 1} more here"] if self.count > 1 else []
        lines = [first_words(self.passage.quote), self.values, *more]
        name = html.escape(self.passage.id, quote=False)
        head = f"<b>{name}</b>  {html.escape(source, quote=False)}"
        return "<br>".join([head, *(html.escape(line, quote=False) for line in lines)])

    def name(self) -> str:
        """Return what a screen reader says of the mark."""
        more = f" And {self.count - 1} more here." if self.count > 1 else ""
        return f"{self.passage.id}, {self.source}, {self.school}. {self.values}.{more}"


def _said(
    debate: Debate, table: pd.DataFrame, first: NDArray[np.intp], counts: NDArray[np.intp]
) -> list[_Said]:
    """Say each mark; ``first`` holds the table's row of its first passage."""
    firsts = table.iloc[first]
    glossed = glosses_read(table) & (firsts["gloss"] != "")
    columns = zip(
        first,
        firsts["source"].astype(str),
        firsts["school"].cat.codes,
        _said_of(firsts, "quote", debate),
        _said_of(firsts, "gloss", debate),
        glossed,
        counts,
        strict=True,
    )
    return [
        _Said(
            debate.passages[row],
            source,
            debate.schools[school].label,
            f"Words: {quote}; gloss: {gloss}" if has_gloss else f"Words: {quote}",
            count,
        )
        for row, source, school, quote, gloss, has_gloss, count in columns
    ]


def _said_of(table: pd.DataFrame, text: Literal["quote", "gloss"], debate: Debate) -> list[str]:
    names = (f"{text}_position", f"{text}_read", f"{text}_not_agreed")
    return [
        position_words(value, debate.axis, read=bool(read), not_agreed=bool(not_agreed))
        for value, read, not_agreed in zip(*(table[name] for name in names), strict=True)
    ]
