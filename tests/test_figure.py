"""The drawn map: what its Plotly figure holds, for the shipped debate and for hostile texts."""

import html
import inspect
import json
import re
from dataclasses import replace
from itertools import product

import pandas as pd
import pytest
from hypothesis import given

from components.palette import PALETTES
from components.position_map import draw
from components.position_map.figure import RANGE, Step, escaped, figure
from components.position_map.placing import LANE, place
from dashboard.debate.marks import ARRANGES, BASES
from dashboard.reader.map_view import drawn_map
from tests.strategies import ARow, few, quick, shipped, texts

EVERYWHERE = tuple(product(ARRANGES, BASES))
STEPS = [Step(value, f"Step {value}", f"Help {value}") for value in (-2, -1, 0, 1, 2)]


def chart(arrange: str = "author", basis: str = "both", theme: str = "light") -> dict:
    """Give the figure of the shipped debate as the browser gets it."""
    return plan(arrange, basis, theme)["figure"]


def plan(arrange: str = "author", basis: str = "both", theme: str = "light") -> dict:
    """Give the plan of the shipped debate's map as the browser gets it."""
    return json.loads(drawn_map(shipped(), arrange, basis, 1, theme).drawing.plan)


def parts(drawn: dict, part: str) -> list[dict]:
    """Give the traces that are one part of the map."""
    return [trace for trace in drawn["data"] if trace["meta"]["part"] == part]


def labels(drawn: dict, name: str) -> list[str]:
    """Give the texts of the annotations of one name."""
    return [each["text"] for each in drawn["layout"]["annotations"] if each["name"] == name]


def spans(drawn: dict) -> list[tuple[float, float]]:
    """Give the ends of the bars that show an author's span."""
    return [
        (round(shape["x0"] + 0.085, 6), round(shape["x1"] - 0.085, 6))
        for shape in drawn["layout"]["shapes"]
        if shape["type"] == "rect" and "opacity" in shape
    ]


@pytest.mark.parametrize(("arrange", "basis"), EVERYWHERE)
def test_every_mark_names_its_passage(arrange, basis):
    """customdata[0] of each of the 23 marks is its passage id, each once."""
    marks = parts(chart(arrange, basis), "marks")
    named = [data[0] for trace in marks for data in trace["customdata"]]
    assert sorted(named) == [f"p{n:02d}" for n in range(1, 24)]


def test_marks_by_school():
    """One trace a school, each with its own colour and its own symbol."""
    traces = parts(chart(), "marks")
    assert [len(trace["x"]) for trace in traces] == [3, 7, 13]
    assert [trace["marker"]["symbol"] for trace in traces] == ["circle", "diamond", "square"]
    colours = [trace["marker"]["line"]["color"] for trace in traces]
    assert colours == list(PALETTES["light"].schools[:3])


def test_filled_and_hollow():
    """Hollow marks show the paper inside, filled ones the school's colour."""
    for trace in parts(chart(), "marks"):
        for data, colour in zip(trace["customdata"], trace["marker"]["color"], strict=True):
            hollow = data[0] in {"p05", "p06", "p11", "p17", "p20", "p22"}
            own = trace["marker"]["line"]["color"]
            assert colour == (PALETTES["light"].paper if hollow else own)


@pytest.mark.parametrize(("arrange", "basis"), EVERYWHERE)
def test_the_axis_is_fixed(arrange, basis):
    """Range and height of the axis are the same whatever is shown, and cannot be dragged."""
    layout = chart(arrange, basis)["layout"]
    assert tuple(layout["xaxis"]["range"]) == RANGE
    assert layout["xaxis"]["fixedrange"] is True
    assert layout["yaxis"]["fixedrange"] is True
    assert layout["dragmode"] is False
    assert RANGE[0] < LANE < -2 < 2 < RANGE[1]


def test_six_arrows():
    """Each drift is drawn from the quote's position to just before the gloss's."""
    arrows = {t["meta"]["passage"]: [round(x, 3) for x in t["x"]] for t in parts(chart(), "drift")}
    assert arrows == {
        "p04": [0.0, 0.985],
        "p07": [0.5, 0.985],
        "p08": [0.0, 0.985],
        "p09": [-1.0, -1.985],
        "p18": [0.0, 1.985],
        "p23": [0.0, 0.985],
    }
    assert all(trace["y"][0] == trace["y"][1] for trace in parts(chart(), "drift"))


def test_arrows_start_at_their_marks():
    """An arrow lies at the height of the mark it belongs to."""
    heights = {
        data[0]: y
        for trace in parts(chart(), "marks")
        for data, y in zip(trace["customdata"], trace["y"], strict=True)
    }
    for trace in parts(chart(), "drift"):
        assert trace["y"][0] == heights[trace["meta"]["passage"]]


@pytest.mark.parametrize(("arrange", "basis"), [p for p in EVERYWHERE if p[1] != "both"])
def test_one_text_alone_has_no_arrows(arrange, basis):
    """Arrows are drawn only where both texts are read."""
    assert parts(chart(arrange, basis), "drift") == []


@pytest.mark.parametrize(
    ("basis", "covered"),
    [
        ("both", [(-1.0, 2.0), (-2.0, 1.0)]),
        ("quote", [(-1.0, 2.0)]),
        ("gloss", [(-2.0, 2.0), (-2.0, 1.0), (0.0, 2.0)]),
    ],
)
def test_spans(basis, covered):
    """A bar for authors whose passages differ: Flores and Wampold, by gloss Yalom too."""
    assert spans(chart("author", basis)) == covered


@pytest.mark.parametrize("basis", BASES)
def test_spans_know_their_marks(basis):
    """Each bar is called a span, and the plan names all marks of its row, in the same order."""
    held, author_of = plan("author", basis), shipped().known.author_of
    bars = [shape for shape in held["figure"]["layout"]["shapes"] if shape.get("name") == "span"]
    assert len(bars) == len(held["spans"]) == len(spans(held["figure"]))
    for marks in held["spans"]:
        (author,) = {author_of[mark] for mark in marks}
        assert sorted(marks) == sorted(p for p, of in author_of.items() if of == author)


@pytest.mark.parametrize(
    ("basis", "middles"),
    [
        ("both", {"flores": 0.0, "wampold": 0.0, "yalom": 0.0}),
        ("quote", {"flores": 0.0, "yalom": 0.0}),
        ("gloss", {"flores": 1.0, "wampold": 0.0, "yalom": 1.0}),
    ],
)
def test_middle_ticks(basis, middles):
    """A tick at the middle passage of authors with three placed passages or more."""
    author_of = shipped().known.author_of
    drawn = {
        author_of[trace["meta"]["passages"][0]]: trace["x"][0]
        for trace in parts(chart("author", basis), "middle")
    }
    assert drawn == middles


@pytest.mark.parametrize("arrange", ["medium", "year"])
def test_spans_belong_to_authors(arrange):
    """Arranged by medium or year, rows are not authors and have no span and no middle."""
    drawn = chart(arrange)
    assert spans(drawn) == []
    assert parts(drawn, "middle") == []


def test_the_lane_is_drawn_apart():
    """The no-claim lane is a pale strip left of the axis; each step has its line."""
    shapes = chart()["layout"]["shapes"]
    (lane,) = [s for s in shapes if s["type"] == "rect" and "opacity" not in s]
    assert (round(lane["x0"], 6), round(lane["x1"], 6)) == (-3.12, -2.52)
    assert lane["fillcolor"] == PALETTES["light"].lane
    assert [s["x0"] for s in shapes if s["type"] == "line"] == [-2, -1, 0, 1, 2]


def test_labels():
    """Poles in bold with their help, steps and lane in small letters, bands in capitals."""
    drawn = chart()
    assert labels(drawn, "pole") == ["<b>Vehicle</b>", "<b>Cure</b>"]
    assert labels(drawn, "step") == ["mostly vehicle", "both, or open", "mostly cure"]
    assert labels(drawn, "lane") == ["no claim"]
    assert labels(drawn, "band") == [
        "<b>DEPTH-PSYCHOLOGICAL</b>",
        "<b>ATTACHMENT</b>",
        "<b>EMPIRICAL</b>",
    ]
    assert [text.replace("<br>", " ") for text in labels(drawn, "help")] == [
        "Something else does the curing; the bond makes it possible.",
        "The change is the relationship itself.",
    ]
    rows = [re.sub("<.*?>", "", text) for text in labels(drawn, "row")]
    assert rows[0] == "Brazier 1"
    assert rows[6:8] == ["Flores 9", "Wampold 3"]


def test_buttons_for_the_keyboard():
    """Every mark and every author's row has a name that a screen reader can say."""
    rows = plan()["rows"]
    assert sorted(plan()["names"]) == [f"p{n:02d}" for n in range(1, 24)]
    assert [(row["key"], row["name"]) for row in rows][6:8] == [
        ("flores", "Flores, 9 passages"),
        ("wampold", "Wampold, 3 passages"),
    ]
    assert rows[0]["name"] == "Brazier, one passage"
    assert plan("year")["rows"] == []


def test_drawing_knows_nothing_of_filters():
    """Nothing in what a drawing is made from says what matches."""
    assert list(inspect.signature(drawn_map.__wrapped__).parameters) == [
        "opened",
        "arrange",
        "basis",
        "page",
        "theme",
    ]
    for function in (draw, figure, place):
        parameters = set(inspect.signature(function).parameters)
        assert not parameters & {"filters", "view", "lit", "matching", "school", "role", "q"}


def test_themes_differ_in_colour_only():
    """Light and dark draw the same marks at the same places."""
    light, dark = chart(theme="light"), chart(theme="dark")
    for one, other in zip(light["data"], dark["data"], strict=True):
        assert (one["x"], one["y"], one["meta"]) == (other["x"], other["y"], other["meta"])
    assert light["layout"]["font"]["color"] != dark["layout"]["font"]["color"]


@quick
@given(texts)
def test_escaped_texts_show_character_for_character(text):
    """No text becomes Plotly's markup, and nothing of it is lost."""
    assert not set(escaped(text)) & {"<", ">"}
    assert html.unescape(escaped(text)) == text


@few
@given(texts, texts, texts)
def test_hostile_texts_in_every_label(label, band, no_claim):
    """Labels, bands, steps and help hold the debate's words as text and never as markup."""
    frame = pd.DataFrame(
        {
            "passage": ["p01"],
            "row": ["r"],
            "school": [0],
            "both": [0.0],
            "quote": [0.0],
            "gloss": [0.0],
            "drifts_to": [float("nan")],
            "shown": [0.0],
            "filled": [True],
            "count": [1],
            "hover": ["hover"],
            "name": ["name"],
        }
    )
    rows = [replace(ARow("r", band=0, count=1), label=label)]
    steps = [replace(step, label=label, help=label) for step in STEPS]
    placed = place(frame, rows, "both")
    drawn = figure(placed, steps, no_claim, [band], PALETTES["light"])
    own = re.compile(r"</?b>|<br>|<span style=\"[^\"<>]*\">|</span>")
    for annotation in drawn.layout.annotations:
        bare = own.sub("", annotation.text)
        assert not set(bare) & {"<", ">"}, annotation.text
    (lane,) = [a.text for a in drawn.layout.annotations if a.name == "lane"]
    assert html.unescape(lane) == no_claim.lower()
    (name,) = [a.text for a in drawn.layout.annotations if a.name == "band"]
    assert html.unescape(name[3:-4]) == band.upper()


def test_overlong_names_are_shortened():
    """A name of 300 letters does not push the map aside."""
    author = shipped().debate.authors[4]
    drawn = _with_label(author.id, "N" * 300)
    assert "N" * 21 + "… " in drawn
    assert "N" * 22 not in drawn


def _with_label(author: str, label: str) -> str:
    frame = drawn_map(shipped(), "author", "both", 1, "light").marks.frame
    placed = place(frame, [ARow(author, label=label, count=9, band=1)], "both")
    drawn = figure(placed, STEPS, "none", ["a", "b"], PALETTES["light"])
    (text,) = [a.text for a in drawn.layout.annotations if a.name == "row"]
    return text
