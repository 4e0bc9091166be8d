"""The map as one SVG file: the same places, shapes, arrows and labels as on the page.

For whoever takes the map away: it needs no script and no other file, holds every text escaped,
and says nothing by colour alone, so that it can be printed in grey.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from components.legend import Sign
from components.markup import e
from components.palette import Palette, symbol
from components.position_map.figure import (
    LANE_HALF,
    LEFT,
    RANGE,
    RIGHT,
    SANS,
    SERIF,
    SPAN,
    SPAN_FAINT,
    Step,
    mark_size,
)
from components.position_map.placing import LANE, Placed, PlacedRow

FAINT = 0.13
"""How bright what the filters hide is drawn, as in the page's own map."""
WIDTH = 960
EDGE = 16
LONGEST_ID = 7
REACH = 12
"""A link reaches so far around the middle of its mark."""
NARROW_STEP = 60
"""Where a step is narrower, the poles are named in the type of the other steps."""
LONGEST_LINE = 400
LETTER = 0.48
"""How wide a letter is, as a part of the size of its type, where a line must be broken."""
NARROW, BROAD = 0.3, 0.53
"""The same of letters such as i, and of the others, where one item follows another."""
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Scale:
    """What the places mean: the steps of the axis, the lane's name, the names of the bands."""

    steps: Sequence[Step]
    no_claim: str
    bands: Sequence[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands out.

    ``lit`` holds the marks that match (``None`` for all); the others are faint. ``chosen`` is the
    mark of the passage read, ``row`` the row chosen, each empty for none. ``named`` writes the
    passage's id beside each mark, as one needs on paper. ``addresses`` makes each mark a link to
    where its passage is read.
    """

    lit: Collection[str] | None = None
    chosen: str = ""
    row: str = ""
    named: bool = False
    addresses: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What is said around the map: a title and lines above it, a line of small type below."""

    title: str = ""
    lines: Sequence[str] = ()
    foot: str = ""


def map_svg(
    placed: Placed,
    scale: Scale,
    palette: Palette,
    legend: Sequence[tuple[Sign, str]],
    *,
    shown: Shown,
    said: Said,
    width: int = WIDTH,
    style: str = "",
) -> str:
    """Return the map as an SVG element.

    ``placed`` comes from ``place``; its marks have the columns that ``figure`` asks for.
    ``legend`` comes from ``legend_items``. ``style`` is CSS of ours, such as embedded fonts.
    """
    sheet = _Sheet(placed, scale, palette, shown, width)
    head = sheet.head(said)
    top = head.height + sheet.above()
    help_height = sheet.help_height()
    key = sheet.legend(legend, top + placed.height + help_height + 14)
    foot = sheet.foot(said.foot, key.height)
    height = math.ceil(foot.height + EDGE)
    name = said.title or "Position map"
    told = " ".join(said.lines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="{sheet.role}" aria-label="{_x(name)}" font-family="{e(SANS)}">'
        f"<title>{_x(name)}</title>"
        + (f"<desc>{_x(told)}</desc>" if told else "")
        + (f"<style>{style}</style>" if style else "")
        + f'<rect width="{width}" height="{height}" fill="{palette.paper}"/>{head.drawn}'
        f'<g transform="translate(0 {_n(top)})">{sheet.ground()}{sheet.rows()}{sheet.middles()}'
        f"{sheet.arrows()}{sheet.marks()}{sheet.ends()}</g>{key.drawn}{foot.drawn}</svg>"
    )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A part of the drawing, and the height at which it ends."""

    drawn: str
    height: float


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The sheet that the map is drawn on; heights count from the map's upper edge."""

    placed: Placed
    scale: Scale
    palette: Palette
    shown: Shown
    width: int

    def x(self, value: float) -> float:
        """Return where a position lies across the sheet."""
        low, high = RANGE
        return LEFT + (value - low) / (high - low) * (self.width - LEFT - RIGHT)

    @property
    def role(self) -> str:
        """What the map is to a screen reader: one picture, or a group of links."""
        return "img" if self.shown.addresses is None else "group"

    @property
    def unit(self) -> float:
        """How wide one step of the axis is."""
        return self.x(1) - self.x(0)

    # ---- around the map

    def head(self, said: Said) -> _Drawn:
        """Return the title and the lines above the map."""
        y, drawn = float(EDGE if said.title or said.lines else 0), []
        for line in _lines(said.title, self.width - 2 * EDGE, 24, at_most=3):
            y += 28
            drawn.append(_text(line, EDGE, y, 24, self.palette.ink, font_family=SERIF))
        y += 4 if said.title else 0
        for each in said.lines:
            for line in _lines(each, self.width - 2 * EDGE, 14, at_most=4):
                y += 20
                drawn.append(_text(line, EDGE, y, 14, self.palette.muted))
        return _Drawn("".join(drawn), y + (10 if drawn else 0))

    def above(self) -> float:
        """Return how much room the names of the steps need above the map."""
        return 14 + 17 * max(len(lines) for lines, *_ in self._step_names())

    def ends(self) -> str:
        """Return the names of the steps above the map and what the poles mean below it."""
        names = []
        for lines, x, size, colour, weight in self._step_names():
            first = -8 - 17 * (len(lines) - 1)
            names += [
                _text(
                    line, x, first + 17 * i, size, colour, text_anchor="middle", font_weight=weight
                )
                for i, line in enumerate(lines)
            ]
        return "".join([*names, *self._pole_help()])

    def _step_names(self) -> list[tuple[list[str], float, float, str, int]]:
        palette, last = self.palette, len(self.scale.steps) - 1
        lane = _lines(self.scale.no_claim.lower(), self.unit * 0.7, 13, at_most=2)
        names = [(lane, self.x(LANE), 13.0, palette.muted, 400)]
        for i, step in enumerate(self.scale.steps):
            if i in (0, last):
                size, room = (15.0, 0.78) if self.unit >= NARROW_STEP else (13.0, 0.96)
                lines = _lines(step.label, self.unit * room, size, at_most=2)
                names.append((lines, self.x(step.value), size, palette.ink, 700))
            else:
                lines = _lines(step.label.lower(), self.unit * 0.96, 13, at_most=2)
                names.append((lines, self.x(step.value), 13.0, palette.muted, 400))
        return names

    def _helped(self) -> list[tuple[list[str], float, str]]:
        """Return what each pole means, in lines, with where they begin or end."""
        first, last = self.scale.steps[0], self.scale.steps[-1]
        room, most = 2 * self.unit, 3 if self.unit >= NARROW_STEP else 6
        return [
            (_lines(first.help, room, 12.5, at_most=most), self.x(first.value) - 14, "start"),
            (_lines(last.help, room, 12.5, at_most=most), self.x(last.value) + 18, "end"),
        ]

    def help_height(self) -> float:
        """Return how much room what the poles mean needs below the map."""
        return 10 + 16 * max(len(lines) for lines, *_ in self._helped())

    def _pole_help(self) -> list[str]:
        return [
            _text(
                line,
                x,
                self.placed.height + 16 * (i + 1),
                12.5,
                self.palette.muted,
                text_anchor=anchor,
            )
            for lines, x, anchor in self._helped()
            for i, line in enumerate(lines)
        ]

    def legend(self, items: Sequence[tuple[Sign, str]], y: float) -> _Drawn:
        """Return the legend, its items one after another, in as many lines as they need."""
        x, drawn = float(EDGE), []
        for sign, meaning in items:
            short = _short(meaning, 70)
            # Where the page's font is missing, most others are wider.
            wide = 1.15 * _wide(short, 13)
            room = 18 if sign.kind in ("shape", "hollow", "middle") else 34
            if x > EDGE and x + room + wide > self.width - EDGE:
                x, y = float(EDGE), y + 21
            drawn.append(self._sign(sign, x, y + 8))
            drawn.append(_text(short, x + room, y + 12.5, 13, self.palette.muted))
            x += room + wide + 18
        return _Drawn("".join(drawn), y + (18 if items else 0))

    def _sign(self, sign: Sign, x: float, y: float) -> str:
        palette = self.palette
        own, muted = palette.school(sign.school), palette.muted
        if sign.kind == "shape":
            return _mark(sign.school, x + 6, y, 12, own, own)
        if sign.kind == "hollow":
            return _mark(0, x + 6, y, 12, palette.paper, palette.ink)
        if sign.kind == "arrow":
            return _arrow(x, x + 26, y, muted)
        if sign.kind == "span":
            return _box(x, y - 6, 26, 12, own, opacity=0.18)
        return _line(x + 6, y - 8, x + 6, y + 8, own, 1.8)

    def foot(self, text: str, y: float) -> _Drawn:
        """Return the line of small type at the bottom."""
        lines = _lines(text, self.width - 2 * EDGE, 11.5, at_most=2)
        drawn = "".join(
            _text(line, EDGE, y + 22 + 15 * i, 11.5, self.palette.muted)
            for i, line in enumerate(lines)
        )
        return _Drawn(drawn, y + (8 + 15 * len(lines) if lines else 0))

    # ---- the map

    def ground(self) -> str:
        """Return the lane, a line for each step, and the bars of the authors' spans."""
        placed, palette = self.placed, self.palette
        half = self.x(LANE_HALF) - self.x(0)
        lane = _box(self.x(LANE) - half, 0, 2 * half, placed.height, palette.lane)
        steps = "".join(
            _line(self.x(s.value), 0, self.x(s.value), placed.height, palette.rule, 1)
            for s in self.scale.steps
        )
        return lane + steps + "".join(map(self._span, placed.rows))

    def _span(self, row: PlacedRow) -> str:
        covered = row.row.span
        if not covered or covered[0] >= covered[1]:
            return ""
        left, right = self.x(covered[0] - 0.085), self.x(covered[1] + 0.085)
        colour = self.palette.school(row.row.band or 0)
        upper = row.middle - row.height / 2 + 2
        bright = SPAN if self._is_row_lit(row) else SPAN_FAINT
        return _box(left, upper, right - left, row.height - 4, colour, opacity=bright)

    def rows(self) -> str:
        """Return the names of the rows and of their bands."""
        names = "".join(map(self._row, self.placed.rows))
        bands = "".join(
            _text(
                _short(self.scale.bands[band].upper(), 40),
                EDGE,
                y + 4,
                11.5,
                self.palette.school(band),
                font_weight=700,
            )
            for band, y in self.placed.bands
        )
        return names + bands

    def _row(self, placed: PlacedRow) -> str:
        row, right = placed.row, self.x(LANE - LANE_HALF) - 12
        chosen = (
            _box(EDGE - 8, placed.middle - 12, right - EDGE + 14, 24, self.palette.lane)
            if self.shown.row and row.key == self.shown.row
            else ""
        )
        count = (
            f' <tspan font-family="{e(SANS)}" font-size="12" fill="{self.palette.muted}">'
            f"{row.count}</tspan>"
            if row.count is not None
            else ""
        )
        label = " ".join(row.label.split())
        tall = row.band is None and placed.height >= 36
        lines = _lines(label, right - EDGE, 16, at_most=2) if tall else [label]
        y = placed.middle + 5.5 - 9 * (len(lines) - 1)
        return chosen + "".join(
            _text(
                _fitting(line, right - 6 - (24 if count else 0), 16),
                right,
                y + 18 * i,
                16,
                self.palette.ink,
                text_anchor="end",
                font_family=SERIF,
                after=count,
            )
            for i, line in enumerate(lines)
        )

    def middles(self) -> str:
        """Return a tick at the middle passage of each row that has one."""
        return "".join(
            _line(
                self.x(row.row.middle),
                row.middle - row.height / 2,
                self.x(row.row.middle),
                row.middle + row.height / 2,
                self.palette.school(row.row.band or 0),
                1.6,
                opacity=1 if self._is_row_lit(row) else FAINT,
            )
            for row in self.placed.rows
            if row.row.middle is not None
        )

    def arrows(self) -> str:
        """Return an arrow from each quote to its gloss where they differ."""
        marks = self.placed.marks
        return "".join(
            _arrow(
                self.x(mark["x"]),
                self.x(mark["drifts_to"]),
                mark["y"],
                self.palette.school(mark["school"]),
                opacity=self._brightness(mark["passage"]),
            )
            for mark in marks[marks["drifts_to"].notna()].to_dict("records")
        )

    def marks(self) -> str:
        """Return the marks, each with what is said of it."""
        return "".join(map(self._one, self.placed.marks.to_dict("records")))

    def _one(self, mark: dict[Any, Any]) -> str:
        x, y, school = self.x(mark["x"]), mark["y"], int(mark["school"])
        own = self.palette.school(school)
        fill = own if mark["filled"] else self.palette.paper
        drawn = _mark(school, x, y, mark_size(int(mark["count"]), school), fill, own)
        ring = (
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="11" fill="none" '
            f'stroke="{self.palette.ink}" stroke-width="1.6"/>'
            if mark["passage"] == self.shown.chosen
            else ""
        )
        bright = self._brightness(mark["passage"])
        faint = f' opacity="{bright}"' if bright < 1 else ""
        name = _x(mark["name"])
        inner = f"<title>{name}</title>{drawn}{self._id(mark)}"
        if self.shown.addresses is not None:
            # A finger is broader than a mark.
            reach = f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{REACH}" fill="transparent"/>'
            address = e(self.shown.addresses[mark["passage"]])
            inner = f'<a href="{address}" aria-label="{name}">{inner}{reach}</a>'
        return f"<g{faint}>{inner}</g>{ring}"

    def _id(self, mark: dict[Any, Any]) -> str:
        """Return a mark's id beside it, on the side to which no arrow leads."""
        if not self.shown.named or mark["count"] > 1:
            return ""
        right = not mark["drifts_to"] > mark["x"]
        aside = 3 + 6 * max(x for x, _ in _CORNERS.get(symbol(int(mark["school"])), [(1.0, 0.0)]))
        return _text(
            _short(mark["passage"], LONGEST_ID),
            self.x(mark["x"]) + (aside if right else -aside),
            mark["y"] + 3.2,
            9.5,
            self.palette.ink,
            text_anchor="start" if right else "end",
        )

    def _is_row_lit(self, row: PlacedRow) -> bool:
        if self.shown.lit is None:
            return True
        marks = self.placed.marks
        return bool(
            marks["passage"][marks["row"].astype(str) == row.row.key].isin(self.shown.lit).any()
        )

    def _is_lit(self, passage: str) -> bool:
        return self.shown.lit is None or passage in self.shown.lit

    def _brightness(self, passage: str) -> float:
        return 1 if self._is_lit(passage) else FAINT


# ---- shapes and texts


def _mark(school: int, x: float, y: float, size: float, fill: str, stroke: str) -> str:
    """Return a school's shape, as large as the page draws it."""
    look = f'fill="{fill}" stroke="{stroke}" stroke-width="1.8"'
    name, r = symbol(school), size / 2
    if name == "circle":
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}" {look}/>'
    points = " ".join(f"{_n(x + dx * r)},{_n(y + dy * r)}" for dx, dy in _CORNERS[name])
    return f'<polygon points="{points}" {look}/>'


def _around(corners: int, *radii: float) -> list[tuple[float, float]]:
    """Return corners around a middle, the first at the top, at each of the radii in turn."""
    turns = [(2 * math.pi * i / corners, radii[i % len(radii)]) for i in range(corners)]
    return [(radius * math.sin(turn), -radius * math.cos(turn)) for turn, radius in turns]


_CORNERS = {
    "diamond": _around(4, 1.3),
    "square": [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)],
    "triangle-up": [(0.0, -1.0), (2 / math.sqrt(3), 0.9), (-2 / math.sqrt(3), 0.9)],
    "hexagon": _around(6, 1.0),
    "star": _around(10, 1.4, 0.55),
}


def _arrow(start: float, end: float, y: float, colour: str, opacity: float = 1) -> str:
    toward = 1 if end > start else -1
    head = f"{_n(end)},{_n(y)} {_n(end - 7 * toward)},{_n(y - 3.5)} {_n(end - 7 * toward)},"
    faint = f' opacity="{opacity}"' if opacity < 1 else ""
    return (
        f"<g{faint}>{_line(start, y, end - 4 * toward, y, colour, 1.3)}"
        f'<polygon points="{head}{_n(y + 3.5)}" fill="{colour}"/></g>'
    )


def _line(
    x1: float, y1: float, x2: float, y2: float, colour: str, width: float, opacity: float = 1
) -> str:
    faint = f' opacity="{opacity}"' if opacity < 1 else ""
    return (
        f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{colour}" '
        f'stroke-width="{width}"{faint}/>'
    )


def _box(x: float, y: float, width: float, height: float, fill: str, opacity: float = 1) -> str:
    faint = f' opacity="{opacity}"' if opacity < 1 else ""
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" '
        f'fill="{fill}"{faint}/>'
    )


def _text(
    text: str,
    x: float,
    y: float,
    size: float,
    colour: str,
    *,
    after: str = "",
    **looks: str | int,
) -> str:
    more = "".join(f' {name.replace("_", "-")}="{e(str(how))}"' for name, how in looks.items())
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-size="{size:g}" fill="{colour}"{more}>'
        f"{_x(text)}{after}</text>"
    )


def _lines(text: str, width: float, size: float, *, at_most: int) -> list[str]:
    """Return a text in lines that fit a width, as far as its letters are usual."""
    letters = max(4, int(width / (size * LETTER)))
    return wrap(" ".join(text.split()), letters, max_lines=at_most, placeholder="…")


def _wide(text: str, size: float) -> float:
    """Return how wide a text is about to be; nothing here can measure it."""
    return size * sum(NARROW if letter in "iljtfrI ,.;:'’!|()" else BROAD for letter in text)


def _fitting(text: str, room: float, size: float) -> str:
    letters = len(text)
    while _wide(text[:letters], size) > room:
        letters -= 1
    return _short(text, letters)


def _short(text: str, letters: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def _x(text: str) -> str:
    """Return ``text`` escaped, and without signs that no XML file can hold."""
    return e(_NOT_IN_XML.sub("\ufffd", text[:LONGEST_LINE]))


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
