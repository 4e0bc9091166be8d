"""The map as a Plotly figure: a pure function of marks, rows, axis and palette."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.palette import Palette, symbol
from components.position_map.placing import LANE, STACK, Placed, PlacedRow

SERIF = "'Source Serif 4', Georgia, serif"
SANS = "'Source Sans 3', 'Source Sans', system-ui, sans-serif"
LEFT, RIGHT, TOP, BOTTOM = 150, 18, 34, 50
RANGE = (-3.2, 2.42)
LANE_HALF = 0.3
LONGEST_LABEL = 22
HELP_WIDTH = 34
ROW_WIDTH = 17
ROW_LINE = 18
MARK = 12
SPAN, SPAN_FAINT = 0.11, 0.04
"""How strong the bar of an author's span is, and one whose marks are all faint."""


@dataclass(frozen=True, slots=True)
class Step:
    """One labelled step of the axis: its value, its name, its one-line explanation."""

    value: float
    label: str
    help: str


def figure(
    placed: Placed,
    steps: Sequence[Step],
    no_claim: str,
    bands: Sequence[str],
    palette: Palette,
) -> go.Figure:
    """Draw the map.

    ``placed`` comes from ``place``; its marks have the columns ``passage``, ``school`` (index
    of the school), ``filled``, ``drifts_to``, ``count`` and ``hover`` besides their places.
    ``steps`` are the axis's steps, the poles first and last; ``bands`` the names of the bands
    by index.

    Each mark's ``customdata`` is ``[passage id]``. Traces carry in ``meta`` what they are:
    ``marks``, ``drift`` (with the passage whose arrow it is) or ``middle`` (with the author's).
    The shapes called ``span`` are the bars of ``spanned``, in its order.
    """
    chart = go.Figure()
    chart.add_traces(_middles(placed, palette))
    for mark in placed.marks[placed.marks["drifts_to"].notna()].to_dict("records"):
        chart.add_trace(_arrow(mark, palette))
    for school, group in placed.marks.groupby("school", sort=True):
        chart.add_trace(_marks(group, int(str(school)), palette))
    chart.update_layout(
        shapes=[
            *_ground(placed, steps, palette),
            *_spans(placed, palette),
        ],
        annotations=[
            *_step_labels(steps, no_claim, palette),
            *_pole_help(steps, placed, palette),
            *_row_labels(placed, bands, palette),
        ],
        xaxis={"range": RANGE, "visible": False, "fixedrange": True},
        yaxis={"range": [placed.height, 0], "visible": False, "fixedrange": True},
        margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM, "pad": 0},
        height=math.ceil(placed.height) + TOP + BOTTOM,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        hovermode="closest",
        hoverdistance=16,
        dragmode=False,
        font={"family": SANS, "size": 14, "color": palette.ink},
        hoverlabel={
            "bgcolor": palette.paper,
            "bordercolor": palette.muted,
            "font": {"family": SANS, "size": 13, "color": palette.ink},
            "align": "left",
        },
    )
    return chart


def escaped(text: str) -> str:
    """Return ``text`` so that Plotly's own small markup shows it character for character."""
    return html.escape(text, quote=False)


def _marks(group: pd.DataFrame, school: int, palette: Palette) -> go.Scatter:
    colour = palette.school(school)
    return go.Scatter(
        x=group["x"].tolist(),
        y=group["y"].tolist(),
        mode="markers",
        customdata=[[passage] for passage in group["passage"]],
        hovertext=group["hover"].tolist(),
        hoverinfo="text",
        marker={
            "symbol": symbol(school),
            "size": [mark_size(n, school) for n in group["count"]],
            "color": [colour if filled else palette.paper for filled in group["filled"]],
            "line": {"color": colour, "width": 1.8},
            "opacity": [1.0] * len(group),
        },
        cliponaxis=False,
        meta={"part": "marks", "school": school},
    )


def mark_size(count: int, school: int) -> float:
    """Return a mark's size: diamonds a little larger, so that areas look alike."""
    base = MARK + (1.0 if symbol(school) == "diamond" else 0.0)
    return base if count == 1 else max(base, min(STACK, base + math.log10(count)))


def _arrow(mark: dict[Any, Any], palette: Palette) -> go.Scatter:
    colour = palette.school(mark["school"])
    toward = 1 if mark["drifts_to"] > mark["x"] else -1
    return go.Scatter(
        x=[mark["x"], mark["drifts_to"] - toward * 0.015],
        y=[mark["y"], mark["y"]],
        mode="lines+markers",
        line={"color": colour, "width": 1.3},
        marker={
            "symbol": ["circle", "arrow-wide"],
            "angleref": "previous",
            "size": [0, 8],
            "color": colour,
            "opacity": 1,
        },
        opacity=1.0,
        hoverinfo="skip",
        cliponaxis=False,
        meta={"part": "drift", "passage": mark["passage"]},
    )


def _ground(placed: Placed, steps: Sequence[Step], palette: Palette) -> list[dict[str, Any]]:
    lane = {
        "type": "rect",
        "x0": LANE - LANE_HALF,
        "x1": LANE + LANE_HALF,
        "y0": 0,
        "y1": placed.height,
        "fillcolor": palette.lane,
        "line": {"width": 0},
        "layer": "below",
    }
    return [lane] + [
        {
            "type": "line",
            "x0": step.value,
            "x1": step.value,
            "y0": 0,
            "y1": placed.height,
            "line": {"color": palette.rule, "width": 1},
            "layer": "below",
        }
        for step in steps
    ]


def _spans(placed: Placed, palette: Palette) -> list[dict[str, Any]]:
    return [
        _bar(covered, row, palette.school(row.row.band or 0)) for row, covered in spanned(placed)
    ]


def spanned(placed: Placed) -> list[tuple[PlacedRow, tuple[float, float]]]:
    """Return the rows whose span is drawn, from the top, each with what it covers."""
    return [
        (row, row.row.span)
        for row in placed.rows
        if row.row.span and row.row.span[0] < row.row.span[1]
    ]


def passages_by_row(placed: Placed) -> dict[str, list[str]]:
    """Return the ids of the marks in each row that has any, by the row's key."""
    keys = placed.marks["row"].astype(str)
    groups = placed.marks["passage"].groupby(keys)
    return {str(key): group.tolist() for key, group in groups}


def _middles(placed: Placed, palette: Palette) -> list[go.Scatter]:
    """Return a tick at the middle passage of each row that has one."""
    passages = passages_by_row(placed)
    return [
        _middle_tick(row.row.middle, row, palette.school(row.row.band or 0), passages[row.row.key])
        for row in placed.rows
        if row.row.middle is not None
    ]


def _bar(covered: tuple[float, float], row: PlacedRow, colour: str) -> dict[str, Any]:
    return {
        "name": "span",
        "type": "rect",
        "x0": covered[0] - 0.085,
        "x1": covered[1] + 0.085,
        "y0": row.middle - row.height / 2 + 2,
        "y1": row.middle + row.height / 2 - 2,
        "fillcolor": colour,
        "opacity": SPAN,
        "line": {"width": 0},
        "layer": "below",
    }


def _middle_tick(position: float, row: PlacedRow, colour: str, passages: list[str]) -> go.Scatter:
    return go.Scatter(
        x=[position, position],
        y=[row.middle - row.height / 2, row.middle + row.height / 2],
        mode="lines",
        line={"color": colour, "width": 1.6},
        opacity=1.0,
        hoverinfo="skip",
        meta={"part": "middle", "passages": passages},
    )


def _step_labels(steps: Sequence[Step], no_claim: str, palette: Palette) -> list[dict[str, Any]]:
    last = len(steps) - 1
    labels = [
        _label(
            f"<b>{escaped(step.label)}</b>" if i in (0, last) else escaped(step.label.lower()),
            step.value,
            "step" if 0 < i < last else "pole",
            palette.ink if i in (0, last) else palette.muted,
            15 if i in (0, last) else 13,
        )
        for i, step in enumerate(steps)
    ]
    return [_label(escaped(no_claim.lower()), LANE, "lane", palette.muted, 13), *labels]


def _label(text: str, x: float, name: str, colour: str, size: int) -> dict[str, Any]:
    return {
        "name": name,
        "text": text,
        "x": x,
        "y": 0,
        "yshift": 6,
        "yanchor": "bottom",
        "xanchor": "center",
        "showarrow": False,
        "font": {"size": size, "color": colour},
    }


def _pole_help(steps: Sequence[Step], placed: Placed, palette: Palette) -> list[dict[str, Any]]:
    return [
        {
            "name": "help",
            "text": "<br>".join(escaped(line) for line in wrap(step.help, HELP_WIDTH)),
            "x": step.value,
            "y": placed.height,
            "yshift": -8,
            "xshift": shift,
            "xanchor": anchor,
            "yanchor": "top",
            "align": anchor,
            "showarrow": False,
            "font": {"size": 12.5, "color": palette.muted},
        }
        for step, anchor, shift in ((steps[0], "left", -14), (steps[-1], "right", 18))
    ]


def _row_labels(placed: Placed, bands: Sequence[str], palette: Palette) -> list[dict[str, Any]]:
    labels = [
        {
            "name": "row",
            "text": _row_text(row, palette),
            "x": LANE - LANE_HALF,
            "xshift": -12,
            "xanchor": "right",
            "align": "right",
            "y": row.middle,
            "yanchor": "middle",
            "showarrow": False,
            "font": {"family": SERIF, "size": 16, "color": palette.ink},
        }
        for row in placed.rows
    ]
    names = [
        {
            "name": "band",
            "text": f"<b>{escaped(bands[band].upper())}</b>",
            "x": 0,
            "xref": "paper",
            "xshift": -LEFT,
            "xanchor": "left",
            "y": y,
            "yanchor": "middle",
            "showarrow": False,
            "font": {"size": 11.5, "color": palette.school(band)},
        }
        for band, y in placed.bands
    ]
    return labels + names


def _row_text(row: PlacedRow, palette: Palette) -> str:
    label = " ".join(row.row.label.split())
    lines = wrap(label, ROW_WIDTH)
    short = label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"
    if row.row.band is None and row.height >= 2 * ROW_LINE and len(lines) > 1:
        return "<br>".join(escaped(line) for line in lines)
    if row.row.count is None:
        return escaped(short)
    count = f'<span style="font-family:{SANS};font-size:12px;color:{palette.muted}">'
    return f"{escaped(short)} {count}{row.row.count}</span>"
