"""What a debate is made of: the words of the domain as frozen, checked classes.

One class for one word: debate, author, work, passage, voice, school, role, axis. Each field
says in one sentence what it holds; the JSON Schema for editors is generated from here.
"""

from __future__ import annotations

from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, ConfigDict, Field, SkipValidation
from pydantic.dataclasses import dataclass

from dashboard.debate.years import EARLIEST, LATEST

if TYPE_CHECKING:
    from pandas import DataFrame
else:
    # Who reads no readings need not wait until pandas is loaded, which takes a second.
    DataFrame = Any

CHECKED = ConfigDict(extra="forbid", strict=True, arbitrary_types_allowed=True)

Id = Annotated[
    str,
    Field(
        pattern=r"^[^\s\p{C}]([^\p{C}\p{Zl}\p{Zp}]*[^\s\p{C}])?$",
        max_length=120,
        description="A stable id: printable text on one line, in one script.",
    ),
]
TURNING = r"\u202A-\u202E\u2066-\u2069"
"""Signs that turn the text around them, as it is shown, to the end of a line."""
SEEN = r"[^\s\p{Cc}\p{Cf}]"
UNTURNED = rf"^[^{TURNING}]*{SEEN}[^{TURNING}]*$"
Verbatim = Annotated[
    str,
    Field(min_length=1, pattern=SEEN, description="The words of others, byte for byte."),
]
Text = Annotated[
    str,
    Field(
        min_length=1,
        pattern=UNTURNED,
        description="Text, kept character for character, without signs that turn it around.",
    ),
]
Year = Annotated[int, Field(ge=EARLIEST, le=LATEST)]
BC = "A year BC is negative: -350 is 350 BC."
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
Certainty = Literal["certain", "likely", "unsure"]
Value = Annotated[int, Field(ge=-2, le=2)]

_T = TypeVar("_T")


@lru_cache(maxsize=4096)
def _first_of_equals(entries: tuple[_T, ...]) -> tuple[_T, ...]:
    """Give the first of equal lists, so that memory holds each only once."""
    return entries


def _no_readings() -> DataFrame:
    from pandas import DataFrame  # noqa: PLC0415

    return DataFrame(columns=["passage", "reading", "text", "question", "value"])


Recurring = Annotated[tuple[_T, ...], AfterValidator(_first_of_equals)]


@dataclass(frozen=True, slots=True, config=CHECKED)
class Tick:
    """One step of an axis."""

    value: Annotated[Value, Field(description="Where the step lies, -2 to 2.")]
    label: Annotated[Text, Field(description="Its name beside the axis.")]
    help: Annotated[Text, Field(description="What the step means, in one line.")]
    rule: Annotated[Text, Field(description="The codebook's own words for it.")]


@dataclass(frozen=True, slots=True, config=CHECKED)
class NoClaim:
    """The place for texts that say nothing on the question; it is not a value."""

    label: Annotated[Text, Field(description="Its name beside the axis.")]
    help: Annotated[Text, Field(description="What it means, in one line.")]
    rule: Annotated[Text, Field(description="The codebook's own words for it.")]


@dataclass(frozen=True, slots=True, config=CHECKED)
class Axis:
    """A question with five ordered answers."""

    title: Annotated[Text, Field(description="The question that the axis asks.")]
    ticks: Annotated[
        tuple[Tick, ...],
        Field(min_length=5, max_length=5, description="The five steps, -2 first."),
    ]
    no_claim: Annotated[NoClaim | None, Field(description="Texts that make no claim.")] = None
    low: Annotated[Text | None, Field(description="What the end at -2 is called.")] = None
    high: Annotated[Text | None, Field(description="What the end at 2 is called.")] = None
    caveat: Annotated[Text | None, Field(description="A warning printed beside it.")] = None


@dataclass(frozen=True, slots=True, config=CHECKED)
class School:
    """A tradition by which passages are coloured and filtered."""

    id: Annotated[Id, Field(description="Its stable id, used in the URL.")]
    label: Annotated[Text, Field(description="Its name.")]
    ground: Annotated[Text, Field(description="On what ground its passages argue.")]


@dataclass(frozen=True, slots=True, config=CHECKED)
class Role:
    """How central the library holds a passage to be."""

    id: Annotated[Id, Field(description="Its stable id, used in the URL.")]
    label: Annotated[Text, Field(description="Its name.")]


@dataclass(frozen=True, slots=True, config=CHECKED)
class Mechanism:
    """A way in which something is said to work, in the words of the debate."""

    id: Annotated[Id, Field(description="Its stable id.")]
    label: Annotated[Text, Field(description="Its name in words.")]


@dataclass(frozen=True, slots=True, config=CHECKED)
class Author:
    """A person whose passages form one row of the map."""

    id: Annotated[Id, Field(description="The author's stable id, used in the URL.")]
    name: Annotated[Text, Field(description="The full name.")]
    label: Annotated[Text, Field(description="The short name beside the row.")]
    sort_name: Annotated[Text, Field(description="The name as it is sorted.")]
    home_school: Annotated[Id, Field(description="The school in whose band the row lies.")]
    home_tradition: Annotated[Text, Field(description="Where colleagues would place the author.")]
    note: Annotated[Text | None, Field(description="What a reader must know of the name.")] = None


@dataclass(frozen=True, slots=True, config=CHECKED)
class CitedName:
    """A name as citation styles need it: a person by its parts, or a group as it stands."""

    family: Annotated[Text | None, Field(description="The family name of a person.")] = None
    given: Annotated[Text | None, Field(description="The given names or initials.")] = None
    particle: Annotated[
        Text | None, Field(description='What stands before the family name, as "van".')
    ] = None
    suffix: Annotated[Text | None, Field(description='What follows the name, as "Jr.".')] = None
    literal: Annotated[
        Text | None, Field(description="A name that has no parts, as that of an institute.")
    ] = None


@dataclass(frozen=True, slots=True, config=CHECKED)
class Csl:
    """What citation styles and exports need of a work, by the variables of CSL 1.0.2.

    Only what is established belongs here. Year, DOI and all doubts are those of the work.
    """

    type: Annotated[
        Literal["article-journal", "book", "chapter", "document", "report", "thesis", "webpage"],
        Field(description="The kind of publication, in the words of CSL."),
    ]
    author: Annotated[tuple[CitedName, ...], Field(description="Who wrote it.")] = ()
    editor: Annotated[tuple[CitedName, ...], Field(description="Who edited it.")] = ()
    translator: Annotated[tuple[CitedName, ...], Field(description="Who translated it.")] = ()
    sentence_title: Annotated[
        Text | None, Field(description="The title with capitals as in a sentence, for APA.")
    ] = None
    headline_title: Annotated[
        Text | None,
        Field(description="The title with capitals as in a headline, for Chicago and MLA."),
    ] = None
    container_title: Annotated[
        Text | None, Field(description="The journal, or the book that holds the chapter.")
    ] = None
    collection_title: Annotated[Text | None, Field(description="The series with the number.")] = (
        None
    )
    volume: Annotated[Text | None, Field(description="The volume.")] = None
    issue: Annotated[Text | None, Field(description="The issue of a journal.")] = None
    page: Annotated[Text | None, Field(description='The pages it fills, as "270-277".')] = None
    edition: Annotated[
        Text | None, Field(description='The edition, "2" for the second; none for the first.')
    ] = None
    publisher: Annotated[Text | None, Field(description="The publisher without the place.")] = None
    publisher_place: Annotated[Text | None, Field(description="Where it was published.")] = None
    isbn: Annotated[Text | None, Field(description="The ISBN of this very printing.")] = None
    language: Annotated[Text | None, Field(description='The language, as "en".')] = None


@dataclass(frozen=True, slots=True, config=CHECKED)
class Work:
    """A book or article from which passages are taken."""

    id: Annotated[Id, Field(description="Its stable id.")]
    author: Annotated[Id, Field(description="The author in whose row its passages lie.")]
    catalogued: Annotated[Text, Field(description="The citation as catalogued, verbatim.")]
    short: Annotated[Text, Field(description="The short form of the corrected reference.")]
    authors: Annotated[Text, Field(description="Who wrote or edited it, corrected.")]
    title: Annotated[Text, Field(description="Its title, corrected.")]
    certainty: Annotated[
        dict[str, Certainty],
        Field(description="How sure each part of the reference is: certain, likely or unsure."),
    ]
    idea_year: Annotated[
        Year | None, Field(description=f"The year of the idea, not the printing. {BC}")
    ] = None
    year: Annotated[Year | None, Field(description=f"The year of publication, corrected. {BC}")] = (
        None
    )
    edition: Annotated[Text | None, Field(description="The edition.")] = None
    publisher: Annotated[Text | None, Field(description="Place and publisher.")] = None
    container: Annotated[Text | None, Field(description="The journal, volume and pages.")] = None
    isbn: Annotated[Text | None, Field(description="Its ISBNs, with their printings.")] = None
    doi: Annotated[Text | None, Field(description="Its DOI, without the address.")] = None
    other_ids: Annotated[Text | None, Field(description="Other identifiers.")] = None
    attribution: Annotated[
        Text | None, Field(description="What to print where the catalogue misleads.")
    ] = None
    notes: Annotated[Text | None, Field(description="Doubts and facts about the edition.")] = None
    csl: Annotated[
        Csl | None, Field(description="What citation styles need; else the fields above serve.")
    ] = None


@dataclass(frozen=True, slots=True, config=CHECKED)
class Voice:
    """A person whose view or wording a passage reports."""

    name: Annotated[Text, Field(description="The name as the passage gives it.")]
    year: Annotated[Year | None, Field(description=f"The year, if known. {BC}")] = None
    source: Annotated[
        Text | None,
        Field(description="Where the voice's own text stands; voices that share it wrote it."),
    ] = None
    part: Annotated[
        Text | None,
        Field(description="The part of the quote it is heard in, if not the whole."),
    ] = None


@dataclass(frozen=True, slots=True, config=CHECKED)
class ReadingNote:
    """What a careful reader adds to a passage."""

    voice: Annotated[Text | None, Field(description="Whose words or findings these are.")] = None
    cut: Annotated[Text | None, Field(description="Where the excerpt is incomplete.")] = None
    drift: Annotated[Text | None, Field(description="What the gloss adds to the quote.")] = None
    beyond: Annotated[
        Text | None, Field(description="A fact from outside that parts passage and author.")
    ] = None


@dataclass(frozen=True, slots=True, config=CHECKED)
class Passage:
    """A verbatim quote, the library's gloss on it, and how both are annotated."""

    id: Annotated[Id, Field(description="Its stable id, used in the URL.")]
    work: Annotated[Id, Field(description="The work it is taken from.")]
    role: Annotated[Id, Field(description="The library's label for how central it is.")]
    quote: Annotated[Verbatim, Field(description="The author's words, byte for byte.")]
    school: Annotated[Id, Field(description="The school on whose ground it argues.")]
    gloss: Annotated[Verbatim | None, Field(description="The library's summary.")] = None
    second_school: Annotated[Id | None, Field(description="A further school it leans on.")] = None
    confidence: Annotated[
        int | None, Field(ge=1, le=3, description="How sure the school is, 1 low to 3 high.")
    ] = None
    zero_kind: Annotated[
        Literal["co-agent", "open"] | None,
        Field(description="What a 0 means here: two agents, or workings left open."),
    ] = None
    constructs: Annotated[
        Recurring[Text], Field(description="The constructs it names or plainly means.")
    ] = ()
    mechanisms: Annotated[
        Recurring[Id],
        Field(description="How what is at issue is said to work, by id."),
    ] = ()
    voices: Annotated[
        tuple[Voice, ...], Field(description="People whose view or wording it reports.")
    ] = ()
    voicing: Annotated[
        Literal["quoting", "reporting", "on"] | None,
        Field(description="How it brings its voices in; needed where there are any."),
    ] = None
    decisive: Annotated[
        tuple[Verbatim, ...], Field(description="Words of the quote that decided the position.")
    ] = ()
    rationale: Annotated[Text | None, Field(description="The coder's reason.")] = None
    note: Annotated[ReadingNote, Field(description="The reading note.")] = ReadingNote()


@dataclass(frozen=True, slots=True, config=CHECKED)
class Library:
    """The page that chose and summarised the passages."""

    name: Annotated[Text, Field(description="What the page calls itself, in a sentence.")]
    essay: Annotated[Verbatim, Field(description="Its introduction, byte for byte.")]
    gloss_label: Annotated[Text, Field(description="The label printed over each gloss.")]


@dataclass(frozen=True, slots=True, config=CHECKED)
class Term:
    """A word of the debate, explained."""

    term: Annotated[Text, Field(description="The word.")]
    meaning: Annotated[Text, Field(description="What it means, in our own words.")]


@dataclass(frozen=True, slots=True, config=CHECKED)
class Step:
    """One passage of a path."""

    passage: Annotated[Id, Field(description="The passage to read.")]
    bridge: Annotated[Text | None, Field(description="The sentence to the next step.")] = None


@dataclass(frozen=True, slots=True, config=CHECKED)
class Path:
    """A guided walk through passages."""

    id: Annotated[Id, Field(description="Its stable id.")]
    title: Annotated[Text, Field(description="Its name.")]
    question: Annotated[Text, Field(description="What it asks.")]
    steps: Annotated[tuple[Step, ...], Field(min_length=1, description="Its passages in order.")]
    closing: Annotated[Text, Field(description="The question at its end.")]
    leaves_out: Annotated[Text, Field(description="Whom and what it leaves out.")]
    order: Annotated[Text | None, Field(description="By what its steps are ordered.")] = None


ActivityKind = Literal[
    "place",
    "vote-twice",
    "quote-gloss",
    "pair",
    "sides",
    "write",
    "endings",
    "voices",
    "sort",
    "axis",
    "vignettes",
    "self",
    "findings",
]
Minutes = Annotated[int, Field(ge=1, le=600, description="How many minutes it is given.")]


@dataclass(frozen=True, slots=True, config=CHECKED)
class Side:
    """One side of a motion, with the passages it argues from."""

    label: Annotated[Text, Field(description="What the side is called.")]
    passages: Annotated[tuple[Id, ...], Field(description="Its passages.")] = ()


@dataclass(frozen=True, slots=True, config=CHECKED)
class Stage:
    """One stage of an activity that is done in several."""

    title: Annotated[Text, Field(description="What is done.")]
    swapped: Annotated[bool, Field(description="Whether the sides are swapped.")] = False
    write: Annotated[
        Text | None, Field(description="What is written down, where something is.")
    ] = None


@dataclass(frozen=True, slots=True, config=CHECKED)
class Activity:
    """Something a seminar does with passages."""

    id: Annotated[Id, Field(description="Its stable id.")]
    title: Annotated[Text, Field(description="Its name.")]
    how: Annotated[Text, Field(description="How it goes.")]
    minutes: Annotated[Text | None, Field(description="How long it takes.")] = None
    software: Annotated[Text | None, Field(description="What the software must do for it.")] = None
    kind: Annotated[
        ActivityKind | None,
        Field(description="How it is shown to a room; without a kind as text."),
    ] = None
    passages: Annotated[
        tuple[Id, ...], Field(description="The passages it begins with, in order.")
    ] = ()
    bins: Annotated[
        tuple[Text, ...], Field(max_length=6, description="What passages are sorted into.")
    ] = ()
    motion: Annotated[Text | None, Field(description="The motion that the sides argue.")] = None
    sides: Annotated[
        tuple[Side, ...], Field(max_length=2, description="The two sides of the motion.")
    ] = ()
    stages: Annotated[
        tuple[Stage, ...], Field(max_length=12, description="Its stages, in order.")
    ] = ()
    scenes: Annotated[
        tuple[Text, ...], Field(max_length=6, description="What its vignettes are about.")
    ] = ()


@dataclass(frozen=True, slots=True, config=CHECKED)
class PlanStep:
    """One activity of a plan, with its passages."""

    activity: Annotated[Id, Field(description="The activity, or the input by the teacher.")]
    passages: Annotated[
        tuple[Id, ...],
        Field(max_length=40, description="Its passages; without any, those of the activity."),
    ] = ()
    minutes: Annotated[Minutes | None, Field(description="How many minutes the plan gives it.")] = (
        None
    )
    notes: Annotated[Text | None, Field(description="The presenter's own notes.")] = None


PlanSteps = Annotated[
    tuple[PlanStep, ...],
    Field(min_length=1, max_length=40, description="Its steps, in order."),
]


@dataclass(frozen=True, slots=True, config=CHECKED)
class Plan:
    """What a seminar does, step by step."""

    title: Annotated[Text, Field(description="What the plan is called.")]
    steps: PlanSteps


@dataclass(frozen=True, slots=True, config=CHECKED)
class ReadyPlan:
    """A plan that comes with the debate."""

    id: Annotated[Id, Field(description="Its stable id, used in the URL.")]
    title: Annotated[Text, Field(description="What the plan is called.")]
    steps: PlanSteps


@dataclass(frozen=True, slots=True, config=CHECKED)
class Pair:
    """Two passages set against each other."""

    a: Annotated[Id, Field(description="One passage.")]
    b: Annotated[Id, Field(description="The other; the same where a passage is split.")]
    point: Annotated[Text, Field(description="On what they differ.")]


@dataclass(frozen=True, slots=True, config=CHECKED)
class Discrepancy:
    """Where the source page and the record differ."""

    on_the_page: Annotated[Text, Field(description="What the source page has.")]
    better: Annotated[Text, Field(description="What the record has.")]


@dataclass(frozen=True, slots=True, config=CHECKED)
class MissingVoice:
    """Someone who does not speak in this debate's passages."""

    name: Annotated[Text, Field(description="Who.")]
    text: Annotated[Text, Field(description="What they would say.")]


@dataclass(frozen=True, slots=True, config=CHECKED)
class Finding:
    """A number from the research that may be quoted beside the debate."""

    finding: Annotated[Text, Field(description="What was found, and by whom.")]
    figures: Annotated[Text, Field(description="The figures.")]
    caution: Annotated[Text, Field(description="What must stand beside them.")]


@dataclass(frozen=True, slots=True, config=CHECKED)
class Change:
    """One change of a position or an annotation, for the log."""

    date: Annotated[str, Field(pattern=DAY, description='The day, as "2026-11-25".')]
    passage: Annotated[Id, Field(description="The passage that was changed.")]
    old: Annotated[Text, Field(description="What it was.")]
    new: Annotated[Text, Field(description="What it is now.")]
    reason: Annotated[Text, Field(description="Why.")]


@dataclass(frozen=True, slots=True, config=CHECKED)
class Debate:
    """One question, its axis, its authors and their passages, with all readings."""

    title: Annotated[Text, Field(description="What the debate is called.")]
    question: Annotated[Text, Field(description="The question in one sentence.")]
    subline: Annotated[Text, Field(description="The line beneath the question.")]
    version: Annotated[Text, Field(description="The version of this data, printed with it.")]
    axis: Annotated[Axis, Field(description="The axis of positions.")]
    schools: Annotated[tuple[School, ...], Field(min_length=1, description="Its schools.")]
    schools_help: Annotated[Text, Field(description="Who sorted the passages into schools.")]
    roles: Annotated[tuple[Role, ...], Field(min_length=1, description="Its roles.")]
    library: Annotated[Library, Field(description="The page that chose the passages.")]
    disclaimers: Annotated[
        dict[str, Text],
        Field(
            description="Sentences of honesty by the place they stand: map, first_visit, gloss, "
            "pages (beside every citation), no_claim, agreement, selection and others."
        ),
    ]
    coders: Annotated[Text, Field(description="Who made the readings, in one or two sentences.")]
    medium: Annotated[Axis | None, Field(description="The second axis, if there is one.")] = None
    constructs: Annotated[
        tuple[Text, ...], Field(description="The constructs that passages may name.")
    ] = ()
    mechanisms: Annotated[
        tuple[Mechanism, ...], Field(description="The mechanisms that passages may name.")
    ] = ()
    terms: Annotated[tuple[Text, ...], Field(description="Other names of the thing at issue.")] = ()
    language: Annotated[
        str,
        Field(
            pattern=r"^[a-z]{2,3}$",
            description="The language of its quotes, as a code of two or three letters; a search "
            "finds the word forms of many, such as en, de, fr, es, it, nl, pt, ru and sv.",
        ),
    ] = "en"
    show_glosses: Annotated[bool, Field(description="Whether glosses are shown at all.")] = True
    works: Annotated[tuple[Work, ...], Field(description="Its works.")] = ()
    authors: Annotated[tuple[Author, ...], Field(description="Its authors.")] = ()
    passages: Annotated[tuple[Passage, ...], Field(description="Its passages in order.")] = ()
    paths: Annotated[tuple[Path, ...], Field(description="Its guided paths.")] = ()
    activities: Annotated[tuple[Activity, ...], Field(description="Its activities.")] = ()
    inputs: Annotated[
        tuple[Activity, ...], Field(description="What the teacher says between activities.")
    ] = ()
    plans: Annotated[tuple[ReadyPlan, ...], Field(description="Its ready plans.")] = ()
    facilitator: Annotated[
        tuple[Text, ...], Field(description="What to keep in mind with any activity.")
    ] = ()
    pairs: Annotated[tuple[Pair, ...], Field(description="Its opposed pairs.")] = ()
    questions: Annotated[
        dict[str, tuple[Text, ...]],
        Field(description="Questions for a seminar by passage id, or under general."),
    ] = field(default_factory=dict)
    glossary: Annotated[tuple[Term, ...], Field(description="Its glossary.")] = ()
    discrepancies: Annotated[
        tuple[Discrepancy, ...], Field(description="Where the source page errs.")
    ] = ()
    missing_voices: Annotated[
        tuple[MissingVoice, ...], Field(description="Who does not speak here.")
    ] = ()
    findings: Annotated[
        tuple[Finding, ...], Field(description="Numbers that may be quoted, with their caution.")
    ] = ()
    changes: Annotated[
        tuple[Change, ...], Field(description="What was changed, newest first.")
    ] = ()
    codebook: Annotated[str, Field(description="The codebook, as Markdown.")] = ""
    readings: Annotated[
        SkipValidation[DataFrame],
        Field(
            description="One row a reading: passage, reading, text, question (categories) and "
            "value (-2 to 2, or missing for no claim)."
        ),
    ] = field(default_factory=_no_readings)
