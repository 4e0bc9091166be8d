"""Orders in which the passages of a debate are read, and the parts into which they fall."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.debate.model import Debate
from dashboard.debate.summary import NOT_READ, position_words
from dashboard.debate.table import folded
from dashboard.debate.years import EARLIEST

Order = Literal[
    "source", "author", "work", "school", "role", "construct", "mechanism", "position", "drift"
]
ORDERS: tuple[Order, ...] = get_args(Order)

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Passages that are read together: a key, a title, and the table's rows.

    The key differs from part to part: an author's, work's, school's, role's or mechanism's id, a
    construct, or a number of steps; empty for the passages that name no such thing.
    """

    key: str
    title: str
    rows: Rows


def parts(debate: Debate, table: pd.DataFrame, order: Order) -> tuple[Part, ...]:
    """Return the passages of a debate's table in an order, in parts that are not empty.

    ``source`` gives one part without a title. Authors and works are sorted by name, the others
    as the debate lists them; ``position`` goes by the author's words from the lowest step up,
    ``drift`` by how far the gloss lies from them, furthest first. A passage stands in every part
    it belongs to, at least in one; those that belong nowhere come last. Within a part the
    passages keep the debate's order.
    """
    found = _ORDERS[order](debate, table)
    return tuple(part for part in found if part.rows.size)


def _source(_debate: Debate, table: pd.DataFrame) -> Iterator[Part]:
    yield Part("", "", np.arange(len(table)))


def _author(debate: Debate, table: pd.DataFrame) -> Iterator[Part]:
    authors = sorted(debate.authors, key=lambda author: folded(author.sort_name))
    yield from _by_category(table, "author", {author.id: author.name for author in authors})


def _work(debate: Debate, table: pd.DataFrame) -> Iterator[Part]:
    sort_names = {author.id: folded(author.sort_name) for author in debate.authors}
    works = sorted(
        debate.works,
        key=lambda work: (sort_names[work.author], work.idea_year or EARLIEST - 1),
    )
    titles = {work.id: f"{work.title} ({work.short})" for work in works}
    yield from _by_category(table, "work", titles)


def _school(debate: Debate, table: pd.DataFrame) -> Iterator[Part]:
    labels = {school.id: school.label for school in debate.schools}
    yield from _by_category(table, "school", labels)


def _role(debate: Debate, table: pd.DataFrame) -> Iterator[Part]:
    yield from _by_category(table, "role", {role.id: role.label for role in debate.roles})


def _by_category(table: pd.DataFrame, column: str, titles: Mapping[str, str]) -> Iterator[Part]:
    codes = table[column].cat.codes.to_numpy()
    by_code = np.argsort(codes, kind="stable")
    number = {str(name): code for code, name in enumerate(table[column].cat.categories)}
    for key, title in titles.items():
        start, stop = np.searchsorted(codes, (number[key], number[key] + 1), sorter=by_code)
        yield Part(key, title, by_code[start:stop])


def _construct(debate: Debate, _table: pd.DataFrame) -> Iterator[Part]:
    titles = dict.fromkeys(debate.constructs) | dict.fromkeys(
        construct for passage in debate.passages for construct in passage.constructs
    )
    named = (passage.constructs for passage in debate.passages)
    yield from _by_name(named, {title: title for title in titles}, "No construct named")


def _mechanism(debate: Debate, _table: pd.DataFrame) -> Iterator[Part]:
    labels = {mechanism.id: mechanism.label for mechanism in debate.mechanisms}
    named = (passage.mechanisms for passage in debate.passages)
    yield from _by_name(named, labels, "No mechanism named")


def _by_name(
    named: Iterable[Iterable[str]], titles: Mapping[str, str], without: str
) -> Iterator[Part]:
    rows: dict[str, list[int]] = {key: [] for key in (*titles, "")}
    for row, names in enumerate(named):
        for name in dict.fromkeys(names) or ("",):
            rows[name].append(row)
    for key, title in {**titles, "": without}.items():
        yield Part(key, title, np.array(rows[key], dtype=np.intp))


def _position(debate: Debate, table: pd.DataFrame) -> Iterator[Part]:
    positions = table["quote_position"].to_numpy(dtype=float)
    for value in np.unique(positions[~np.isnan(positions)]).tolist():
        title = _begun_large(position_words(value, debate.axis))
        yield Part(f"{value:g}", title, np.flatnonzero(positions == value))
    silent = _begun_large(position_words(None, debate.axis))
    read = table["quote_read"].to_numpy(dtype=np.bool_)
    yield Part("no-claim", silent, np.flatnonzero(np.isnan(positions) & read))
    yield Part("not-read", _begun_large(NOT_READ), np.flatnonzero(~read))


def _drift(_debate: Debate, table: pd.DataFrame) -> Iterator[Part]:
    quote, gloss = (
        table[column].to_numpy(dtype=float) for column in ("quote_position", "gloss_position")
    )
    glossed = table["gloss"].to_numpy() != ""
    apart = np.where(glossed, np.abs(gloss - quote), np.nan)
    for value in np.unique(apart[~np.isnan(apart)])[::-1].tolist():
        yield Part(f"{value:g}", _drift_title(value), np.flatnonzero(apart == value))
    words, summary = ~np.isnan(quote), ~np.isnan(gloss)
    read = (table["quote_read"] & table["gloss_read"]).to_numpy(dtype=np.bool_)
    compared = glossed & read
    for key, title, here in (
        ("only-gloss", "Only the gloss makes a claim", compared & ~words & summary),
        ("only-quote", "Only the author's words make a claim", compared & words & ~summary),
        ("neither", "Neither makes a claim", compared & ~words & ~summary),
        ("not-read", "Not both have been read", glossed & ~read),
        ("no-gloss", "No gloss to compare with", ~glossed),
    ):
        yield Part(key, title, np.flatnonzero(here))


def _drift_title(steps: float) -> str:
    if steps == 0:
        return "No drift"
    named = {0.5: "half a step", 1: "1 step"}
    return f"Drift by {named.get(steps, f'{steps:g} steps')}"


def _begun_large(words: str) -> str:
    return words[:1].upper() + words[1:]


_ORDERS: Mapping[Order, Callable[[Debate, pd.DataFrame], Iterator[Part]]] = {
    "source": _source,
    "author": _author,
    "work": _work,
    "school": _school,
    "role": _role,
    "construct": _construct,
    "mechanism": _mechanism,
    "position": _position,
    "drift": _drift,
}
