"""The map as an SVG file: the same places and signs as on the page, whatever the texts hold."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given

from components import map_svg as module
from components.legend import Sign, legend, legend_items
from components.map_svg import FAINT, Said, Scale, Shown, map_svg
from components.palette import PALETTES, SYMBOLS
from components.position_map import Step, placed_marks
from components.position_map.figure import SPAN, SPAN_FAINT
from components.position_map.placing import LANE
from dashboard.reader.map_picture import PROLOG, seen_picture
from dashboard.reader.map_view import drawn_map
from dashboard.seen import seen
from dashboard.view import View
from tests.strategies import ARow, few, quick, shipped, texts, views

NS = "{http://www.w3.org/2000/svg}"
HOLLOW = {"p05", "p06", "p11", "p17", "p20", "p22"}
DRIFTS = {"p04", "p07", "p08", "p09", "p18", "p23"}
STEPS = [Step(value, f"Step {value}", f"Help {value}") for value in (-2, -1, 0, 1, 2)]


def picture(view: View | None = None, theme: str = "light") -> ET.Element:
    """Give the map of a view of the shipped debate, parsed as the XML that it is."""
    return ET.fromstring(seen_picture(seen(shipped(), view or View()), theme).encode())


def marks(drawn: ET.Element) -> dict[str, ET.Element]:
    """Give the group of each mark by its passage: those that say what they are."""
    groups = (group for group in drawn.iter(f"{NS}g") if group.find(f"{NS}title") is not None)
    return {group.find(f"{NS}title").text.split(",")[0]: group for group in groups}


def shape(mark: ET.Element) -> ET.Element:
    """Give the shape of a mark."""
    return next(part for part in mark if part.tag in (f"{NS}circle", f"{NS}polygon"))


def middle(mark: ET.Element) -> tuple[float, float]:
    """Give where a mark lies: the middle of its shape's box."""
    drawn = shape(mark)
    if drawn.tag == f"{NS}circle":
        return float(drawn.get("cx")), float(drawn.get("cy"))
    points = [tuple(map(float, pair.split(","))) for pair in drawn.get("points").split()]
    xs, ys = zip(*points, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def said(drawn: ET.Element) -> str:
    """Give all text that is drawn, on one line."""
    return " ".join(" ".join(part.itertext()) for part in drawn.iter(f"{NS}text"))


@pytest.mark.parametrize("arrange", ["author", "medium", "year"])
@pytest.mark.parametrize("basis", ["both", "quote", "gloss"])
def test_marks_lie_where_the_page_has_them(arrange, basis):
    """Each of the 23 marks stands at its position and in its row, as the page's own map has it."""
    on = drawn_map(shipped(), arrange, basis, 1, "light")
    placed = placed_marks(on.marks.frame, on.rows.rows, basis).marks.set_index("passage")
    found = marks(picture(View(arrange=arrange, basis=basis)))
    assert set(found) == set(placed.index)
    places = {passage: middle(mark) for passage, mark in found.items()}
    offsets = {round(y - placed.loc[p, "y"], 1) for p, (_, y) in places.items()}
    assert max(offsets) - min(offsets) <= 0.1, "rows keep their distances"
    by_value = {placed.loc[p, "x"]: x for p, (x, _) in places.items()}
    for passage, (x, _) in places.items():
        value = placed.loc[passage, "x"]
        low, high = min(by_value), max(by_value)
        share = (value - low) / (high - low)
        assert x == pytest.approx(by_value[low] + share * (by_value[high] - by_value[low]), abs=0.1)


def test_no_claim_lies_in_the_lane():
    """A passage without any claim stands inside the lane, and only such a passage does."""
    drawn = picture(View(basis="quote"))
    lane = next(r for r in drawn.iter(f"{NS}rect") if r.get("fill") == PALETTES["light"].lane)
    left, right = float(lane.get("x")), float(lane.get("x")) + float(lane.get("width"))
    inside = {p for p, mark in marks(drawn).items() if left < middle(mark)[0] < right}
    assert inside == HOLLOW


def test_shapes_and_fill():
    """The school is told by shape and colour; hollow marks are those that only a gloss places."""
    paper = PALETTES["light"].paper
    corners = {"circle": 0, "diamond": 4, "square": 4}
    for passage, mark in marks(picture()).items():
        school = shipped().known.schools.index(shipped().passage(passage).school)
        drawn = shape(mark)
        assert drawn.get("stroke") == PALETTES["light"].school(school)
        assert drawn.get("fill") == (paper if passage in HOLLOW else drawn.get("stroke"))
        points = (drawn.get("points") or "").split()
        assert len(points) == corners[SYMBOLS[school]]


def test_arrows_run_from_the_words_to_the_gloss():
    """Each of the six drifts is an arrow from its mark to where the gloss lies, at its height."""
    drawn = picture()
    heads = [
        [tuple(map(float, pair.split(","))) for pair in head.get("points").split()]
        for group in drawn.iter(f"{NS}g")
        if group.find(f"{NS}title") is None
        and [part.tag for part in group] == [f"{NS}line", f"{NS}polygon"]
        for head in group.iter(f"{NS}polygon")
    ]
    # One more stands in the legend, which comes last.
    tips = {(round(head[0][0]), round(head[0][1], 1)) for head in heads[:-1]}
    found = marks(drawn)
    x_of = {
        shipped().table.set_index("passage").loc[p, "quote_position"]: middle(found[p])[0]
        for p in found
        if p not in HOLLOW
    }
    glosses = shipped().table.set_index("passage")["gloss_position"]
    assert tips == {(round(x_of[glosses[p]]), round(middle(found[p])[1], 1)) for p in DRIFTS}
    assert len(heads) == 7


@quick
@given(views())
def test_what_the_filters_hide_is_faint(view):
    """A mark is faint exactly where the page's filters hide its passage; nothing moves."""
    view = replace(view, rows=1)
    drawn = picture(view)
    lit = set(shipped().table["passage"][seen(shipped(), view).lit])
    found = marks(drawn)
    assert {p for p, mark in found.items() if mark.get("opacity") is None} == lit
    assert {mark.get("opacity") for mark in found.values()} <= {None, str(FAINT)}
    everything = picture(View(arrange=view.arrange, basis=view.basis))
    x = {p: middle(mark)[0] for p, mark in marks(everything).items()}
    assert {p: middle(mark)[0] for p, mark in found.items()} == x


@pytest.mark.parametrize(
    ("school", "strong"),
    [((), 2), (("attachment",), 1), (("empirical",), 2), (("depth-psychological",), 0)],
)
def test_spans_dim_with_their_row(school, strong):
    """The bars of Flores and Wampold are strong while one of the row's marks is; both stay."""
    bars = [float(bar.get("opacity")) for bar in spans(picture(View(school=school)))]
    assert sorted(bars) == [SPAN_FAINT] * (2 - strong) + [SPAN] * strong


def spans(drawn: ET.Element) -> list[ET.Element]:
    """Give the bars of the authors' spans; that of the legend is stronger."""
    bars = (bar for bar in drawn.iter(f"{NS}rect") if bar.get("opacity"))
    return [bar for bar in bars if float(bar.get("opacity")) <= SPAN]


def test_as_faint_as_on_the_page():
    """What is faint here is as faint as the page's own script draws it."""
    script = Path(module.__file__).parent / "position_map" / "position_map.js"
    constants = {"FAINT": FAINT, "SPAN": SPAN, "SPAN_FAINT": SPAN_FAINT}
    for name, value in constants.items():
        assert f"const {name} = {value}\n" in script.read_text(encoding="utf-8")


def test_the_mark_that_is_read_has_a_ring():
    """The passage read is ringed, and at full strength even where the filters hide it."""
    drawn = picture(View(school=("attachment",), passage="p03"))
    (ring,) = [c for c in drawn.iter(f"{NS}circle") if c.get("fill") == "none"]
    assert (float(ring.get("cx")), float(ring.get("cy"))) == middle(marks(drawn)["p03"])


def test_what_is_said_around_it():
    """Title, count and filters in words, the sentence, the legend and the version are drawn."""
    words = said(picture(View(school=("attachment",), q="bond", basis="quote")))
    for part in (
        "In this passage, what does the bond do?",
        "of 23 passages",
        "School Attachment; Words “bond”. Read from the author’s words.",
        "the author’s words make no claim",
        "middle passage, from three up",
        "no claim",
        "mostly vehicle",
        "DEPTH-PSYCHOLOGICAL",
        "Flores",
        "Data version 1.0.0.",
    ):
        assert part in words
    assert "Rows are the year of the idea" in said(picture(View(arrange="year")))
    assert "Caveat" in said(picture(View(arrange="medium")))


def test_the_file_stands_alone():
    """It names its fonts by family, asks for nothing, and holds them only where asked."""
    shown = seen(shipped(), View())
    plain = seen_picture(shown, "light")
    assert plain.startswith(PROLOG + "<svg xmlns=")
    assert "Source Serif 4" in plain
    assert not re.search(r"url\(|href|<script|<style", plain)
    held = seen_picture(shown, "light", with_fonts=True)
    assert re.findall(r"url\((.{5})", held) == ["data:", "data:"]
    assert ET.fromstring(held.encode()) is not None


def test_themes_differ_in_colour_alone():
    """Without its colours the dark picture is the light one."""
    colour = re.compile(r"#[0-9a-f]{6}")
    shown = seen(shipped(), View(passage="p08"))
    light, dark = (seen_picture(shown, theme) for theme in ("light", "dark"))
    assert light != dark
    assert colour.sub("", light) == colour.sub("", dark)


def one_mark(text: str, **more) -> str:
    """Give a picture of one mark in which every text is ``text``."""
    frame = pd.DataFrame(
        {
            "passage": [text],
            "row": ["r"],
            "school": [0],
            "both": [0.0],
            "quote": [0.0],
            "gloss": [2.0],
            "drifts_to": [2.0],
            "filled": [True],
            "read": [True],
            "count": [1],
            "name": [text],
        }
    )
    row = replace(ARow("r", band=0, count=1, middle=0.0, span=(0.0, 1.0)), label=text)
    return map_svg(
        placed_marks(frame, [row], "both"),
        Scale([replace(s, label=text, help=text) for s in STEPS], text, [text]),
        PALETTES["light"],
        legend_items([text], "both", glosses=True, authors=True),
        shown=Shown(named=True, row="r"),
        said=Said(text, [text, text], text),
        **more,
    )


@quick
@given(texts)
def test_any_text_is_text(text):
    """Whatever a debate holds, the file is sound XML with our elements alone."""
    drawn = ET.fromstring(one_mark(text).encode())
    own = {"svg", "title", "desc", "rect", "g", "line", "polygon", "circle", "text", "tspan"}
    assert {part.tag.removeprefix(NS) for part in drawn.iter()} <= own
    allowed = {"x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height", "points"}
    allowed |= {"fill", "stroke", "stroke-width", "opacity", "transform", "viewBox", "role"}
    allowed |= {"aria-label", "font-family", "font-size", "font-weight", "text-anchor"}
    assert {name for part in drawn.iter() for name in part.attrib} <= allowed


def test_signs_that_xml_cannot_hold():
    """Control signs become the sign for what cannot be shown."""
    drawn = ET.fromstring(one_mark("a\x00b\x1b\ufffec").encode())
    assert "a\ufffdb\ufffd\ufffdc" in said(drawn)


@pytest.mark.parametrize("text", ["N" * 5000, "word " * 2000, "Ü" * 300])
def test_overlong_texts_are_shortened(text):
    """A name that goes on and on neither widens the sheet nor makes it endless."""
    drawn = ET.fromstring(one_mark(text).encode())
    assert drawn.get("width") == "960"
    assert float(drawn.get("height")) < 600
    assert max(len(" ".join(part.itertext())) for part in drawn.iter(f"{NS}text")) < 200


def test_ids_stand_beside_marks_on_paper_alone():
    """On paper each mark bears its id; the picture as seen is as on the page."""
    shown = drawn_map(shipped(), "author", "both", 1, "light")
    placed = placed_marks(shown.marks.frame, shown.rows.rows, "both")
    args = (placed, Scale(STEPS, "none", ["a", "b", "c"]), PALETTES["light"], [])
    named, plain = (
        ET.fromstring(map_svg(*args, shown=Shown(named=named), said=Said()))
        for named in (True, False)
    )
    ids = re.compile(r"p\d\d")
    assert sorted(ids.findall(said(named))) == [f"p{n:02d}" for n in range(1, 24)]
    assert ids.findall(said(plain)) == []


@few
@given(texts)
def test_one_legend_for_both(text):
    """The page's legend and the picture's say the same of the same signs."""
    items = legend_items([text, "b"], "both", glosses=True, authors=True)
    assert [sign for sign, _ in items] == [
        Sign("shape", 0),
        Sign("shape", 1),
        Sign("hollow"),
        Sign("arrow"),
        Sign("span", 1),
        Sign("middle", 1),
    ]
    assert legend(items).count("legend-item") == 6
    assert len(legend_items([text], "gloss", glosses=False, authors=False)) == 2


def test_lane_and_axis_are_apart():
    """The lane lies left of the first step."""
    assert LANE < -2
