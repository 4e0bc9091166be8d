"""Passages made up for the component gallery: usual, empty, overlong, hostile."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import pandas as pd

from components.debate_list import Choice
from components.handout import Handout, Rule
from components.room_results import Vote
from components.room_slide import (
    Answer,
    AnswerAxis,
    Frame,
    Placed,
    Sorted,
    ballot,
    glossed,
    quoted,
    room_slide,
    told,
    two_columns,
    whose,
)
from dashboard.debate.comparison import Saying
from dashboard.debate.marks import Row
from dashboard.debate.positions import Span
from dashboard.debate.problems import Problem
from dashboard.reader.compare_view import Column, Lane, ListedPair, Mark, Way
from dashboard.reading import FullReading
from dashboard.seminar.room_marks import RoomMarks

USUAL = FullReading(
    id="g01",
    quote="The bond carries the work; without it, the work has nowhere to stand.",
    decisive=("carries the work",),
    whose_words="Example 2001, quoting Sample 1999",
    school_label="First school",
    school_index=0,
    stops_here=False,
    quote_words="mostly vehicle",
    gloss_words="mostly cure",
    quote_position=-1.0,
    gloss_position=1.0,
    quote_read=True,
    gloss_read=True,
    readings=(
        ("Words", {"A": -1.0, "B": -1.0, "C": -1.0, "D": 0.0}),
        ("Gloss", {"A": 1.0, "B": 1.0, "C": 2.0, "D": None}),
    ),
    gloss="The example holds that the bond is the ground of all technique.",
    gloss_label="Library's summary, not the author's words.",
    facts=(("Role", "Thesis"), ("School", "First school"), ("Mechanisms", "none named")),
    why_title="Why the words are at “mostly vehicle”",
    rationale="The bond “carries the work”, so it is enabling.",
    rules=(("Codebook, −1:", "The bond is necessary or enabling."),),
    notes=(("Cut", "ends before its verb"),),
    source=(("Corrected", "Example, E. (2001). A Book. Town: Press."),),
    contested=False,
)
EMPTY = replace(
    USUAL,
    id="g02",
    quote="A definition, and nothing more.",
    decisive=(),
    whose_words="Example n.d.",
    school_index=1,
    school_label="Second school",
    quote_words="no claim",
    gloss_words="",
    quote_position=None,
    gloss_position=None,
    gloss_read=False,
    readings=(),
    gloss="",
    facts=(),
    rationale="",
    rules=(),
    notes=(),
    source=(),
)
UNREAD = replace(
    USUAL,
    id="g05",
    quote_words="not read",
    gloss_words="not read",
    quote_position=None,
    gloss_position=None,
    quote_read=False,
    gloss_read=False,
    readings=(),
    why_title="The words have not been read yet",
    rationale="",
    rules=(),
)
OVERLONG = replace(
    USUAL,
    id="g03-" + "long" * 20,
    quote="word " * 900 + "unbrokenword" * 40,
    whose_words="Name" * 60 + " 2001",
    school_index=2,
    school_label="Third school",
    stops_here=True,
    gloss="gloss " * 300,
    rationale="reason " * 200,
    contested=True,
)
HOSTILE = replace(
    USUAL,
    id="<b>g04</b>",
    quote="$x$ *a* _b_ <script>alert(1)</script> :red[x] :smile: `code`\n# no heading\n1. no list",
    decisive=("<script>alert(1)</script>",),
    whose_words="<img src=x onerror=alert(1)>",
    gloss="שלום [l](javascript:alert(1)) ![i](x.png) é",
    school_index=3,
)
SAMPLES = {
    "usual": USUAL,
    "empty": EMPTY,
    "unread": UNREAD,
    "overlong": OVERLONG,
    "hostile": HOSTILE,
}

ROWS = (
    Row("a", "Usual", 3, 0, Span(-1, 0), 0),
    Row("b", "No claim", 1, 0),
    Row("c", "Overlong name that goes on and on and on", 12, 1),
    Row("d", "<b>$Hostile$</b>", 1, 2),
)


def sample_marks() -> pd.DataFrame:
    """Return marks in every state: filled, hollow, drifting, stacked, on the no-claim lane."""
    many = [
        ("c", i % 3, 0.5 if i % 4 else 2.0, -2.0 if i == 5 else np.nan, True) for i in range(12)
    ]
    states = [
        ("a", 0, -1.0, 1.0, True),
        ("a", 0, 0.0, 0.0, True),
        ("a", 1, 0.0, 0.0, False),
        ("b", 0, np.nan, np.nan, False),
        *many,
        ("d", 2, 2.0, 2.0, True),
    ]
    frame = pd.DataFrame(states, columns=["row", "school", "quote", "gloss", "filled"])
    drift = frame["quote"].notna() & frame["gloss"].notna() & (frame["quote"] != frame["gloss"])
    names = [f"m{i:02}" for i in range(len(frame))]
    return frame.assign(
        both=frame["quote"].where(frame["quote"].notna(), frame["gloss"]),
        shown=frame["quote"].where(frame["quote"].notna(), frame["gloss"]),
        drifts_to=frame["gloss"].where(drift),
        passage=names,
        read=True,
        count=1,
        hover=names,
        name=names,
        groups=pd.Series([[i] for i in range(len(frame))], dtype=object),
    )


SAMPLE_LANES = (
    Lane(
        "Usual",
        "4 passages, from vehicle to cure; middle: mostly vehicle",
        0,
        (
            Mark("g01", "g01", "g01, in the lane", None, None, 0, filled=False),
            Mark("g02", "g02", "g02, towards cure", -2, 0.5, 1, filled=True),
            Mark("g03", "g03", "g03, at the same place", -1, None, 2, filled=True),
            Mark("g04", "g04", "g04, towards vehicle", 2, -1, 0, filled=True),
        ),
        Span(-2, 2),
        -1,
    ),
    Lane("Many", "80 passages", 1, (Mark("", "×80", "80 passages", 1, None, 1, filled=True),)),
    Lane("Overlong " * 30, "w" * 200, 2, (Mark("g" * 90, "g" * 90, "g", 2, -2, 2, filled=True),)),
    Lane("<b>$Empty$</b>", "no passages", 3, ()),
)
SAMPLE_COLUMNS = tuple(
    Column(
        "An author" if name == "usual" else sample.id,
        sample.whose_words,
        sample.school_index,
        sample.school_label,
        (sample,) * 5 if name == "usual" else (sample,),
        sample.facts,
        Way("and 7 more, on the map", "./") if name == "usual" else None,
        Way("On the map", "./"),
        Way("Remove", "./compare"),
        () if name == "empty" else (Way("Another", "./compare"), Way("<i>$x$</i>", "./compare")),
    )
    for name, sample in SAMPLES.items()
)
SAMPLE_SAYINGS = (
    Saying("construct", "a construct", (("g01", "g02"), ())),
    Saying("voice", "<b>$x$</b> " + "w" * 60, ((), tuple(f"g{n}" for n in range(40)))),
)
SAMPLE_PAIRS = (
    ListedPair("./compare", "The point of difference.", SAMPLE_LANES[0].marks[:2]),
    ListedPair("./compare?of=x", "w " * 80 + "w" * 200, SAMPLE_LANES[2].marks * 2),
    ListedPair("./compare?of=y", "<b>$x$</b>", SAMPLE_LANES[0].marks[2:3]),
)


@dataclass(frozen=True, slots=True)
class SamplePrinted(FullReading):
    """A passage in a handout."""

    citation: tuple[str, ...]
    bridge: str


def sample_handout(sample: FullReading, picture: str) -> Handout:
    """Return a handout of one passage, whose texts stand in every place."""
    held = {name.name: getattr(sample, name.name) for name in fields(FullReading)}
    said = sample.whose_words
    rule = Rule("0", said, said, sample.rationale)
    return Handout(
        above=said,
        title=said,
        lead=sample.rationale,
        shows="1 of 4 passages.",
        picture=picture,
        seen=[sample.rationale],
        passages=[SamplePrinted(**held, citation=(said, said), bridge=sample.rationale)],
        left_out=3,
        closing=[("At the end:", said)],
        question="A question?",
        rules=[rule] * 6,
        notes=[said],
        facts=[("Data version", said)],
    )


@dataclass(frozen=True, slots=True)
class SampleWork:
    """A work for the bibliography."""

    id: str
    short: str
    reference_label: str = "Corrected"
    reference: str = "A. Author (2001). A title. A place: A publisher."
    exports: str = "BibTeX, RIS"
    catalogued: str = "Author, A., A title, 2001"
    flags: tuple[tuple[str, str], ...] = (("authors", "certain"), ("year", "unsure"))
    facts: tuple[tuple[str, str], ...] = (("Notes", "None."),)
    passages: tuple[str, ...] = ("p01", "p02")
    more: int = 0


SAMPLE_WORKS = (
    SampleWork("a", "Author 2001"),
    SampleWork(
        "b",
        "<i>$x$</i> " + "w" * 90,
        "Not yet checked",
        "w" * 300,
        catalogued="w " * 150,
        flags=(("w" * 60, "likely"),),
        facts=(),
        passages=(),
        more=7,
    ),
)


@dataclass(frozen=True, slots=True)
class SamplePath:
    """A path for the list of paths."""

    title: str
    question: str = "What does it ask?"
    length: str = "3 passages"
    order: str = ""
    leaves_out: str = "Those who do not speak."
    address: str = "./paths"


SAMPLE_PATHS = (
    SamplePath("A path", order="by date"),
    SamplePath("<b>$x$</b> " + "w" * 90, "w" * 200, "1 passage", "", "word " * 80),
)


@dataclass(frozen=True, slots=True)
class SamplePlaced:
    """A passage with both placements, for the map of a path."""

    step: int
    name: str
    quote_position: float | None
    gloss_position: float | None
    own_position: float | None
    own_on_axis: bool = True
    quote_read: bool = True
    own_refuses: bool = False
    school_index: int = 0
    passage: str = "p01"
    address: str = "./paths"
    said: str = "A passage."


SAMPLE_PLACED = (
    SamplePlaced(1, "Author 2001", -1.0, 1.0, -1.0),
    SamplePlaced(2, "Nothing is claimed", None, 0.0, 2.0, school_index=1),
    SamplePlaced(3, "Held to be none", 0.5, 0.5, None, school_index=2),
    SamplePlaced(4, "Not read", None, None, 1.0, quote_read=False),
    SamplePlaced(
        5,
        "Not placed",
        2.0,
        -2.0,
        None,
        own_on_axis=False,
        own_refuses=True,
        school_index=3,
    ),
    SamplePlaced(400, "<b>$x$</b> " + "w" * 90, -2.0, None, 0.0, passage="p" * 60),
)
SAMPLE_VOTES = (
    Vote("No ballots", {}),
    Vote("One ballot", {"2": 1}),
    Vote("Four ballots", {"0": 1, "1": 2, "w": 1}),
    Vote("Three, shown from one up", {"0": 1, "1": 1, "w": 1}, least=1),
    Vote("Five ballots", {"0": 1, "1": 2, "3": 1, "n": 1}),
    Vote("A room of 23", {"n": 2, "0": 3, "1": 8, "2": 4, "3": 5, "w": 1}),
    Vote("A hall of 200", {"n": 12, "0": 31, "1": 74, "2": 40, "3": 28, "4": 9, "w": 6}),
    Vote("All on one step", {"4": 39}),
    Vote("Not revealed", None, 17, revealed=False),
    Vote("A show of hands", {"0": 2, "3": 4}, by_hand=True),
    Vote("Four hands", {"0": 3, "3": 1}, by_hand=True),
    Vote("<b>$Overlong$</b> " + "w" * 90, {"n": 3, "w": 30}),
)
SAMPLE_SORTED = Vote("Bins", {"0": 3, "1": 8, "5": 2})
SAMPLE_MARKS = RoomMarks(
    {"A": -1.0, "B": -1.0, "C": -1.0, "D": 0.0},
    {"A": 1.0, "B": 1.0, "C": 2.0, "D": None},
    -1.0,
    1.0,
    True,
    True,
    "mostly vehicle",
    "mostly cure",
    0,
    Span(-1, 2),
    "Example, 8 other passages: from mostly vehicle to cure",
)
SAMPLE_ON_VOTES = {
    "usual": SAMPLE_MARKS,
    "without a claim": replace(
        SAMPLE_MARKS, quote_position=None, quote_words="no claim", school_index=1, span=None
    ),
    "not read": replace(
        SAMPLE_MARKS,
        quote_readings={},
        quote_position=None,
        quote_read=False,
        quote_words="not read",
        span=None,
    ),
    "overlong": replace(
        SAMPLE_MARKS,
        quote_readings={"<b>$x$</b>" * 9: -1.0, **{f"R{i:02}": 0.0 for i in range(12)}},
        quote_position=0.5,
        gloss_position=0.5,
        quote_words="w" * 200,
        gloss_words="word " * 40,
        school_index=5,
        span_words="<b>$x$</b> " + "w" * 200,
    ),
}
SAMPLE_MOVEMENT = {
    ("n", "n"): 1, ("n", "0"): 1, ("0", "0"): 1, ("0", "1"): 2, ("1", "1"): 4, ("1", "3"): 3,
    ("2", "2"): 3, ("2", "1"): 1, ("3", "3"): 4, ("3", "4"): 1, ("w", "2"): 1,
}  # fmt: skip
SAMPLE_SECOND = Vote("Second vote", {"n": 1, "0": 2, "1": 7, "2": 4, "3": 7, "4": 2, "w": 1})
CROWD = {
    (a, b): 9 if a == b else 1 + (3 * i + 5 * j) % 7
    for i, a in enumerate("n01234w")
    for j, b in enumerate("n01234w")
}
"""A movement from every place to every place."""


def crowd_vote(title: str, end: int) -> Vote:
    """Return the first (0) or second (1) vote of the crowd."""
    counts: dict[str, int] = {}
    for ends, count in CROWD.items():
        counts[ends[end]] = counts.get(ends[end], 0) + count
    return Vote(title, counts)


@dataclass(frozen=True, slots=True)
class SampleWords:
    """What someone of a room wrote."""

    id: str
    text: str
    hidden: bool = False


SAMPLE_WORDS = (
    SampleWords("1", "“an understanding evolves”"),
    SampleWords("2", "not seen by the room", hidden=True),
    SampleWords("3", HOSTILE.quote),
    SampleWords("4", HOSTILE.gloss),
    SampleWords("5", "w" * 300),
    SampleWords("6", "   "),
    *(SampleWords(f"many{n}", f"“because”, again ({n})") for n in range(12)),
)

SAMPLE_PROSE = """# A heading

A paragraph with *emphasis*, `code`, <b>no HTML</b> and [a link](https://example.org).

| value | meaning |
|---|---|
| -2 | one end |
| +2 | the other end |

1. First
2. Second

- A point
"""

SAMPLE_DEBATES = (
    (Choice("", "The only debate"),),
    (Choice("", "One debate"), Choice("other", "<b>$Other$</b>"), Choice("v", "Mine", own=True)),
    tuple(Choice(f"d{number}", f"{'word ' * 30}{number}") for number in range(40)),
)
"""One debate alone; three, one of them one's own; many with overlong titles."""
SAMPLE_PROBLEMS = (
    (Problem("works.yaml", 3, "work <b>$x$</b>: unknown author"),),
    tuple(Problem("passages.yaml", line, "w" * 300) for line in range(1, 400)),
)
"""One problem with hostile words; more than are listed, overlong."""


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """A plan as the list shows it."""

    title: str
    length: str
    steps: tuple[tuple[str, str], ...]
    present: str = "./seminar"
    notes: str = "./seminar"
    room: str = "plan=twenty"
    handout: str = "/take/plan.html"
    own: str = "./seminar"


SAMPLE_PLANS = (
    SamplePlan(
        "Twenty minutes", "20 min in 2 steps", (("Blind placement", "p04 · 6 min"), ("", ""))
    ),
    SamplePlan("<b>$x$</b> " + "w" * 90, "0 min in 1 step", (("w" * 200, "p" * 90),), own=""),
)
SAMPLE_ANSWERS = (
    Answer("No claim", "It does not say."),
    Answer("Vehicle", "Something else does the curing."),
    Answer("Mostly vehicle", "The bond enables."),
    Answer("Both, or open", "Two agents, or left open."),
    Answer("Mostly cure", "The bond does most."),
    Answer("Cure", "The change is the relationship itself."),
    Answer("<i>Wrong</i> " + "w" * 30, "word " * 30),
)
SAMPLE_AXES = {
    "names alone": AnswerAxis(SAMPLE_ANSWERS),
    "a passage that was read": AnswerAxis(
        SAMPLE_ANSWERS,
        (Placed("p01", 0, 1, True, True, 1, "Words: 0. Gloss: 1."),),
        (("Words", {"A": 0, "B": None}), ("Gloss", {"A": 1, "B": 1})),
    ),
}


def sample_slide(sample: FullReading, axis: AnswerAxis, *, revealed: bool) -> str:
    """Return a slide of a seminar with a sample, before and after everything is revealed."""
    words = quoted(sample, lit=revealed, neutral=not revealed)
    words += whose(sample, school=revealed, author=revealed)
    words += glossed(sample) if revealed else ""
    beside = (
        told("Reading note", sample.notes) if revealed else ballot(sample.why_title, axis.answers)
    )
    frame = Frame("vote", sample.why_title, "1 of 2", "1.0", axis)
    return room_slide(frame, two_columns(words, beside))


SAMPLE_BOARD = (
    Sorted("p01", "w" * 64, "", (0, 7), 1),
    Sorted("p02", "Its first words …", "Someone 2001", (3, 3), None),
    Sorted("p03", "Its first words …", "", (), None, "not voted on"),
)
