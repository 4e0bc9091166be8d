"""The debate and its map as the two compared apps draw them, without the product's own code.

Written from the data format alone, so that neither the Dash page nor the plain Streamlit page
profits or suffers from the way the product loads and draws; the driver takes the truth that
every app must show from here too.
"""

from __future__ import annotations

import csv
import html
import os
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import plotly.graph_objects as go
import yaml

SHIPPED = Path(__file__).parents[2] / "data" / "therapeutic-bond"
LANE = -2.7
FAINT = 0.15
ROW = 1.0
STACK = 0.55
COLOURS = ("#6b4ba1", "#0b7a6c", "#b8650b")
SHAPES = ("circle", "diamond", "square")
PAPER = "#fbf8f1"


@dataclass(frozen=True)
class Mark:
    """One passage with its agreed values and its place across the rows."""

    id: str
    author: str
    citation: str
    school: str
    role: str
    quote: str
    gloss: str
    quote_value: float | None
    gloss_value: float | None
    row: float

    def value(self, basis: str) -> float | None:
        """Return where the mark lies for a basis, or None for the no-claim lane."""
        if basis == "quote":
            return self.quote_value
        if basis == "gloss" or self.quote_value is None:
            return self.gloss_value
        return self.quote_value

    def hollow(self, basis: str) -> bool:
        """Return whether the quote itself makes no claim and the mark shows the gloss."""
        return self.quote_value is None and basis != "quote"

    def drifts(self) -> bool:
        """Return whether quote and gloss both make a claim and differ."""
        return None not in (self.quote_value, self.gloss_value) and (
            self.quote_value != self.gloss_value
        )


@dataclass(frozen=True)
class ComparedDebate:
    """All that the compared apps need: names, marks in order, rows."""

    title: str
    schools: dict[str, str]
    roles: dict[str, str]
    ticks: dict[int, str]
    marks: tuple[Mark, ...]
    rows: dict[str, tuple[str, float]]
    bands: dict[str, float]

    def shown(
        self, schools: Collection[str] = (), roles: Collection[str] = (), words: str = ""
    ) -> list[Mark]:
        """Return the marks that match; an empty filter lets everything pass."""
        wanted = words.casefold().strip()
        return [
            mark
            for mark in self.marks
            if (not schools or mark.school in schools)
            and (not roles or mark.role in roles)
            and (not wanted or wanted in f"{mark.quote}\n{mark.gloss}".casefold())
        ]

    def count(self, shown: Collection[Mark]) -> str:
        """Return the sentence of counts that every app shows."""
        authors = {mark.author for mark in shown}
        return (
            f"{len(shown)} of {len(self.marks)} passages, "
            f"{len(authors)} of {len(self.rows)} authors"
        )


def debate_folder() -> Path:
    """Return the folder to read: BENCHMARK_DEBATE where it is set, else the shipped one."""
    return Path(os.environ.get("BENCHMARK_DEBATE", SHIPPED))


def read_debate(folder: Path) -> ComparedDebate:
    """Read a debate folder with passages.yaml and codings.csv into marks and rows."""
    debate, works, authors, passages = (
        yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))
        for name in ("debate", "works", "authors", "passages")
    )
    work_by_id = {work["id"]: work for work in works}
    agreed = agreed_values(folder / "codings.csv")
    placed = [
        (
            passage,
            agreed[passage["id"], "quote"],
            agreed[passage["id"], "gloss"],
            work_by_id[passage["work"]],
        )
        for passage in passages
    ]
    stacks: dict[str, dict[float, int]] = defaultdict(lambda: defaultdict(int))
    level: dict[str, int] = {}
    for passage, quote, gloss, work in placed:
        place = next((value for value in (quote, gloss) if value is not None), LANE)
        level[passage["id"]] = stacks[work["author"]][place]
        stacks[work["author"]][place] += 1
    schools = {school["id"]: school["label"] for school in debate["schools"]}
    rows, bands = _rows(authors, stacks, schools)
    marks = tuple(
        Mark(
            id=passage["id"],
            author=work["author"],
            citation=work["short"],
            school=passage["school"],
            role=passage["role"],
            quote=passage["quote"],
            gloss=passage.get("gloss") or "",
            quote_value=quote,
            gloss_value=gloss,
            row=rows[work["author"]][1] + STACK * level[passage["id"]],
        )
        for passage, quote, gloss, work in placed
    )
    return ComparedDebate(
        title=debate["axis"]["title"],
        schools=schools,
        roles={role["id"]: role["label"] for role in debate["roles"]},
        ticks={tick["value"]: tick["label"] for tick in debate["axis"]["ticks"]},
        marks=marks,
        rows=rows,
        bands=bands,
    )


def agreed_values(path: Path) -> dict[tuple[str, str], float | None]:
    """Return passage and text to agreed position: the median where three of four gave one."""
    given: dict[tuple[str, str], list[float]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["question"] == "position":
                values = given[row["passage"], row["text"]]
                if row["value"] != "":
                    values.append(float(row["value"]))
    return {key: median(values) if len(values) >= 3 else None for key, values in given.items()}


def _rows(
    authors: list[dict[str, str]],
    stacks: dict[str, dict[float, int]],
    schools: dict[str, str],
) -> tuple[dict[str, tuple[str, float]], dict[str, float]]:
    """Lay the authors out from the top, in bands by home school, from vehicle to cure."""

    def middle(author: dict[str, str]) -> float:
        values = [place for place in stacks[author["id"]] if place != LANE]
        return median(values) if values else LANE

    rows: dict[str, tuple[str, float]] = {}
    bands: dict[str, float] = {}
    at = 0.0
    for school in schools:
        bands[school] = at
        at += ROW
        members = [author for author in authors if author["home_school"] == school]
        for author in sorted(members, key=middle):
            passages = sum(stacks[author["id"]].values())
            rows[author["id"]] = (f"{html.escape(author['label'])} {passages}", at)
            at += ROW + STACK * (max(stacks[author["id"]].values(), default=1) - 1)
    return rows, bands


def position_map(
    debate: ComparedDebate, shown: Collection[Mark], basis: str = "both", chosen: str = ""
) -> go.Figure:
    """Return the map: one trace a school, spans, arrows, and a ring round the chosen passage."""
    figure = go.Figure()
    bright = {mark.id for mark in shown}
    for school, colour, shape in zip(debate.schools, COLOURS, SHAPES, strict=True):
        marks = school_marks(debate, school)
        figure.add_scatter(
            x=[at(mark, basis) for mark in marks],
            y=[mark.row for mark in marks],
            customdata=[[mark.id] for mark in marks],
            text=[html.escape(f"{mark.id} {mark.citation}: {mark.quote[:60]}") for mark in marks],
            hovertemplate="%{text}<extra></extra>",
            mode="markers",
            name=debate.schools[school],
            marker={
                "size": 13,
                "color": colour,
                "symbol": symbols(marks, shape, basis),
                "opacity": opacities(marks, bright),
                "line": {"width": 1.6, "color": colour},
            },
        )
    figure.add_scatter(
        **ring(debate, basis, chosen),
        mode="markers",
        hoverinfo="skip",
        marker={"size": 25, "color": "#222", "symbol": "circle-open", "line": {"width": 1.5}},
    )
    bottom = max((row for _, row in debate.rows.values()), default=0.0) + 2
    for arrow in arrows(debate, bright, basis):
        figure.add_scatter(**arrow)
    style = "font-size:10px;color:"
    bands = [
        f'<b style="{style}{colour}">{html.escape(debate.schools[school].upper())}</b>'
        for school, colour in zip(debate.bands, COLOURS, strict=True)
    ]
    figure.update_layout(
        height=620,
        margin={"l": 150, "r": 20, "t": 40, "b": 10},
        showlegend=False,
        hovermode="closest",
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        font={"size": 13, "color": "#333"},
        shapes=_spans(debate, basis, bottom),
        xaxis={
            "range": [-3.1, 2.3],
            "tickvals": [LANE, *debate.ticks],
            "ticktext": ["no claim", *debate.ticks.values()],
            "side": "top",
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={
            "range": [bottom, -0.8],
            "tickvals": [*debate.bands.values(), *(row for _, row in debate.rows.values())],
            "ticktext": [*bands, *(label for label, _ in debate.rows.values())],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
    )
    return figure


def school_marks(debate: ComparedDebate, school: str) -> list[Mark]:
    """Return the marks of one school in order: the points of its trace."""
    return [mark for mark in debate.marks if mark.school == school]


def at(mark: Mark, basis: str) -> float:
    """Return the x of a mark, on the no-claim lane where there is no value."""
    value = mark.value(basis)
    return LANE if value is None else value


def symbols(marks: list[Mark], shape: str, basis: str) -> list[str]:
    """Return filled or open shapes."""
    return [f"{shape}-open" if mark.hollow(basis) else shape for mark in marks]


def opacities(marks: list[Mark], bright: Collection[str]) -> list[float]:
    """Return 1 for marks that match and a faint value for the rest."""
    return [1.0 if mark.id in bright else FAINT for mark in marks]


def ring(debate: ComparedDebate, basis: str, chosen: str) -> dict[str, list[float]]:
    """Return x and y of the ring round the chosen passage; empty without one."""
    marks = [mark for mark in debate.marks if mark.id == chosen]
    return {"x": [at(mark, basis) for mark in marks], "y": [mark.row for mark in marks]}


def arrows(debate: ComparedDebate, bright: Collection[str], basis: str) -> list[dict[str, Any]]:
    """Return the arrows from the quote's value to the gloss's, where they differ.

    Each is a trace with Plotly's own arrow symbol: as layout annotations, Plotly's other form of
    arrow, the same figure takes a third longer to draw.
    """
    return [
        {
            "x": [mark.quote_value, mark.gloss_value],
            "y": [mark.row, mark.row],
            "mode": "lines+markers",
            "hoverinfo": "skip",
            "opacity": 1.0 if mark.id in bright else FAINT,
            "visible": basis == "both",
            "line": {"width": 1.3, "color": colour},
            "marker": {
                "symbol": "arrow",
                "angleref": "previous",
                "size": [0, 10],
                "opacity": 1,
                "color": colour,
            },
        }
        for mark in debate.marks
        if mark.drifts()
        for colour in [COLOURS[list(debate.schools).index(mark.school)]]
    ]


def _spans(debate: ComparedDebate, basis: str, bottom: float) -> list[dict[str, object]]:
    lane = {
        "type": "rect",
        "x0": LANE - 0.3,
        "x1": LANE + 0.3,
        "y0": -0.6,
        "y1": bottom,
        "fillcolor": "#f1ede2",
        "line": {"width": 0},
        "layer": "below",
    }
    spans = []
    for author in debate.rows:
        marks = [mark for mark in debate.marks if mark.author == author]
        values = [value for mark in marks if (value := mark.value(basis)) is not None]
        if len(set(values)) > 1:
            spans.append(
                {
                    "type": "rect",
                    "x0": min(values) - 0.08,
                    "x1": max(values) + 0.08,
                    "y0": min(mark.row for mark in marks) - 0.4,
                    "y1": max(mark.row for mark in marks) + 0.4,
                    "fillcolor": "rgba(11, 122, 108, 0.1)",
                    "line": {"width": 0},
                    "layer": "below",
                }
            )
    return [lane, *spans]


def read_path() -> tuple[str, list[str]]:
    """Return the id of the shipped debate's first path and the passages of its steps."""
    first = yaml.safe_load((debate_folder() / "paths.yaml").read_text(encoding="utf-8"))[0]
    return first["id"], [step["passage"] for step in first["steps"]]


def read_pairs() -> list[str]:
    """Return of each opposed pair the passage that stands first in the debate."""
    held = yaml.safe_load((debate_folder() / "activities.yaml").read_text(encoding="utf-8"))
    return [min(pair["a"], pair["b"]) for pair in held["pairs"]]
