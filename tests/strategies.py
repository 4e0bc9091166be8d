"""What the tests of the pure modules draw from: open debates, filters, views, positions, texts."""

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
from hypothesis import Phase, settings
from hypothesis import strategies as st

from dashboard.debate.filters import Filters
from dashboard.debate.hands import write_hands
from dashboard.debate.marks import ARRANGES, BASES, shown_positions
from dashboard.debate.model import PlanStep
from dashboard.debate.order import ORDERS
from dashboard.debate.plan import cleaned, to_link
from dashboard.open_debate import OpenDebate, open_folder
from dashboard.view import NOTES_SHOWN, OWN, PLACINGS, SHOWS, STYLES, View

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "therapeutic-bond"

quick = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
"""Few examples, the same ones in every run, reported as they are found."""
few = settings(quick, max_examples=4)
"""For what takes long to build."""

STEPS_AND_HALVES = tuple(value / 2 for value in range(-4, 5))
positions = st.one_of(st.none(), st.sampled_from(STEPS_AND_HALVES))
readings_given = st.one_of(st.none(), st.integers(-2, 2))

HOSTILE = (
    "$x$ and $$y$$",
    "*a* _b_ **c** __d__",
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "</blockquote><b>out</b>",
    ":red[x] :smile: [l](javascript:alert(1))",
    "![i](https://example.org/i.png)",
    "`code` # 1. heading",
    "&amp; &lt; &#60; &amp;lt; &nbsp;",
    "שלום \u200fabc\u200e مرحبا",
    "e\u0301a\u0308 \u200d \u200b",
    "' \" “ ” ‘ ’",
)
"""Texts that mean something to Markdown, HTML, LaTeX or Plotly, and must mean nothing here."""

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs that turn text around, which no text of a debate holds but the words of others."""

texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters=TURNING),
        min_size=1,
        max_size=40,
    ),
    st.text("<>&;'\"#abm/ ", min_size=1, max_size=20),
)
said = texts.filter(
    lambda text: any(not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf") for c in text)
)
"""Texts that are not blank, as a debate's fields must be."""


@cache
def shipped() -> OpenDebate:
    """Open the shipped debate once."""
    return open_folder(SHIPPED)


def _some(ids: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sets(st.sampled_from(ids)).map(lambda some: tuple(i for i in ids if i in some))


def filters() -> st.SearchStrategy[Filters]:
    """Draw filters of the shipped debate: any schools, any roles, words that stand in it or not."""
    known = shipped().known
    words = st.lists(
        st.sampled_from(["bond", "CURE", "therap", "sine qua", "alliance", "Strupp", "—", "zzz"]),
        max_size=3,
    )
    return st.builds(Filters, _some(known.schools), _some(known.roles), words.map(" ".join))


@st.composite
def views(draw: st.DrawFn) -> View:
    """Draw a view that the shipped debate can show."""
    known = shipped().known
    author = draw(st.sampled_from(["", *known.authors]))
    passages = [p for p, by in known.author_of.items() if author in ("", by)]
    compared = [*known.authors, *known.author_of]
    spaced = draw(st.text(max_size=60))
    return View(
        school=draw(_some(known.schools)),
        role=draw(_some(known.roles)),
        q=" ".join(spaced.split()),
        author=author,
        passage=draw(st.sampled_from(["", *passages])),
        basis=draw(st.sampled_from(BASES)),
        arrange=draw(st.sampled_from(ARRANGES)),
        rows=draw(st.integers(1, 9999)),
        show=draw(st.sampled_from(["", *SHOWS])),
        reveal=draw(st.sampled_from(["", "author"])),
        by=draw(st.sampled_from(ORDERS)),
        leaf=draw(st.integers(1, 9999)),
        of=tuple(draw(st.lists(st.sampled_from(compared), max_size=4, unique=True))),
        path=draw(st.sampled_from(["", *known.paths, OWN])),
        step=draw(st.integers(0, 9999)),
        placed=draw(st.text(PLACINGS, max_size=400)),
        blind=draw(st.sampled_from(["", "yes"])),
        seed=draw(st.integers(0, 9999)),
        style=draw(st.sampled_from(STYLES)),
    )


def plan_steps(*, noted: bool = True) -> st.SearchStrategy[tuple[PlanStep, ...]]:
    """Draw the steps of a plan for the shipped debate, with any notes a file can hold."""
    known = shipped().known
    passages = st.lists(st.sampled_from([*known.author_of]), max_size=5).map(tuple)
    notes = st.one_of(st.none(), st.text(max_size=60).map(cleaned)) if noted else st.none()
    step = st.builds(
        PlanStep,
        st.sampled_from([*known.activities]),
        passages,
        st.one_of(st.none(), st.integers(1, 600)),
        notes,
    )
    return st.lists(step, min_size=1, max_size=8).map(tuple)


def hands() -> st.SearchStrategy[dict[tuple[int, int], tuple[int, ...]]]:
    """Draw counts of hands by slide and round, each with at least one hand."""
    counts = st.lists(st.integers(0, 999), min_size=1, max_size=8).filter(any).map(tuple)
    return st.dictionaries(st.tuples(st.integers(1, 99), st.integers(1, 2)), counts, max_size=5)


@st.composite
def seminar_views(draw: st.DrawFn) -> View:
    """Draw a view of a seminar in the shipped debate."""
    known = shipped().known
    own = plan_steps(noted=False).map(to_link)
    return View(
        plan=draw(st.one_of(st.sampled_from(["", *known.plans]), own)),
        slide=draw(st.integers(0, 9999)),
        stage=draw(st.integers(0, 9999)),
        show=draw(st.sampled_from(["", NOTES_SHOWN])),
        room=draw(st.text("abcXYZ23456789", max_size=12)),
        hands=write_hands(draw(hands())),
    )


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """Draw the shipped debate's table with any positions in place of its own."""
    table = shipped().table
    of_each = st.lists(positions, min_size=len(table), max_size=len(table))
    columns = ("quote_position", "gloss_position", "medium")
    return table.assign(**{name: pd.Series(draw(of_each), dtype=float) for name in columns})


@dataclass(frozen=True)
class ARow:
    """A row to place marks in."""

    key: str
    label: str = "A row"
    count: int | None = None
    band: int | None = None
    span: tuple[float, float] | None = None
    middle: float | None = None


@st.composite
def frames(draw: st.DrawFn) -> tuple[pd.DataFrame, list[ARow]]:
    """Draw marks in up to three rows, with the positions of both bases and their arrows."""
    rows = [ARow(key, band=draw(st.sampled_from([None, 0, 1]))) for key in ("r", "s", "t")]
    drawn = draw(
        st.lists(st.tuples(st.sampled_from(rows), positions, positions), min_size=1, max_size=14)
    )
    readings = pd.DataFrame(
        {
            "quote_position": pd.Series([quote for _, quote, _ in drawn], dtype=float),
            "gloss_position": pd.Series([gloss for _, _, gloss in drawn], dtype=float),
            "quote_read": True,
            "gloss_read": True,
        }
    )
    both = shown_positions(readings, "both")
    frame = pd.DataFrame(
        {
            "passage": [f"p{place}" for place in range(len(drawn))],
            "row": [row.key for row, _, _ in drawn],
            "both": both["position"],
            "quote": readings["quote_position"],
            "gloss": readings["gloss_position"],
            "drifts_to": both["drifts_to"],
        }
    )
    return frame, rows


@dataclass
class Element:
    """One element of a piece of HTML with its attributes and all text in it."""

    tag: str
    attributes: dict[str, str | None]
    text: str = ""


@dataclass
class Parsed(HTMLParser):
    """A piece of HTML as a browser would understand it: every element, and all text."""

    elements: list[Element] = field(default_factory=list)
    text: str = ""
    _open: list[Element] = field(default_factory=list)

    def __post_init__(self):
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag, attrs):
        """Open an element."""
        self.elements.append(Element(tag, dict(attrs)))
        self._open.append(self.elements[-1])

    def handle_endtag(self, tag):
        """Close the last element, which must have this tag."""
        assert self._open.pop().tag == tag, f"</{tag}> closes another element"

    def handle_data(self, data):
        """Add text to every open element."""
        self.text += data
        for element in self._open:
            element.text += data

    def all(self, tag: str) -> list[Element]:
        """Give every element with this tag."""
        return [element for element in self.elements if element.tag == tag]

    def one(self, tag: str) -> Element:
        """Give the only element with this tag."""
        (found,) = self.all(tag)
        return found


def parsed(html: str) -> Parsed:
    """Parse a piece of HTML whose elements must all be closed, in order."""
    parser = Parsed()
    parser.feed(html)
    parser.close()
    assert not parser._open, "an element is left open"
    return parser
