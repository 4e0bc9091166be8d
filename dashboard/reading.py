"""A passage as it is read: everything the card shows, gathered from the debate."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.debate.citations import doubts, quote_with_citation, reference_label, whose_words
from dashboard.debate.model import Axis, Debate, Passage, Work
from dashboard.debate.reference_styles import StyleName, formatted_reference
from dashboard.debate.summary import placed_words, position_words
from dashboard.debate.voices import voices_heard
from dashboard.open_debate import OpenDebate, Reading
from dashboard.remembered import remembered

CONFIDENCE = {1: "1 of 3, low", 2: "2 of 3", 3: "3 of 3, high"}
WHY_UNREAD = "The words have not been read yet"
WHY_NOT_AGREED = "It is not agreed whether the words make a claim"
MARKS = ("[V]", "[K]", "[R]")
"""Marks of how well something in a note is known."""
SENTENCE_OR_CLAUSE = re.compile(r"(?<=[.;!?])\s+")
SENTENCE_ENDS = (".", "!", "?", "…", "'", "’", "”", '"', ")", "]")


@dataclass(frozen=True, slots=True)
class BriefReading:
    """What a short card shows of a passage."""

    id: str
    quote: str
    decisive: tuple[str, ...]
    whose_words: str
    school_label: str
    school_index: int
    stops_here: bool
    quote_words: str
    gloss_words: str


@dataclass(frozen=True, slots=True)
class FullReading(BriefReading):
    """What the full card shows of a passage."""

    quote_position: float | None
    gloss_position: float | None
    quote_read: bool
    gloss_read: bool
    readings: tuple[tuple[str, Mapping[str, float | None]], ...]
    gloss: str
    gloss_label: str
    facts: tuple[tuple[str, str], ...]
    why_title: str
    rationale: str
    rules: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    source: tuple[tuple[str, str], ...]
    contested: bool


@remembered(512)
def brief(opened: OpenDebate, passage_id: str) -> BriefReading:
    """Return what a short card shows; ``KeyError`` where there is no such passage."""
    passage = opened.passage(passage_id)
    work = opened.works[passage.work]
    quote, gloss = _placed(opened, passage_id)
    quote_read, gloss_read = _read(opened, passage_id)
    quote_open, gloss_open = _not_agreed(opened, passage_id)
    zero, axis = passage.zero_kind, opened.debate.axis
    index = opened.known.schools.index(passage.school)
    return BriefReading(
        id=passage.id,
        quote=passage.quote,
        decisive=passage.decisive,
        whose_words=whose_words(passage, work),
        school_label=opened.debate.schools[index].label,
        school_index=index,
        stops_here=bool(passage.note.cut) and not passage.quote.rstrip().endswith(SENTENCE_ENDS),
        quote_words=placed_words(quote, zero, axis, read=quote_read, not_agreed=quote_open),
        gloss_words=placed_words(gloss, zero, axis, read=gloss_read, not_agreed=gloss_open)
        if opened.glosses_read and passage.gloss is not None
        else "",
    )


@remembered(256)
def full(opened: OpenDebate, passage_id: str) -> FullReading:
    """Return everything the full card shows; ``KeyError`` where there is no such passage."""
    start = brief(opened, passage_id)
    passage, debate = opened.passage(passage_id), opened.debate
    work = opened.works[passage.work]
    quote, gloss = _placed(opened, passage_id)
    quote_read, gloss_read = _read(opened, passage_id)
    read = [*([quote] if quote_read else []), *([gloss] if gloss_read else [])]
    glossed = _glossed(opened, passage)
    return FullReading(
        **{name: getattr(start, name) for name in BriefReading.__slots__},
        quote_position=quote,
        gloss_position=gloss if glossed else None,
        quote_read=quote_read,
        gloss_read=gloss_read,
        readings=readings_of(opened, passage),
        gloss=(passage.gloss or "") if glossed else "",
        gloss_label=debate.library.gloss_label,
        facts=_facts(opened, passage),
        why_title=_why_title(opened, passage_id),
        rationale=on_words(passage.rationale or "", opened),
        rules=_rules(read, debate.axis),
        notes=_notes(passage, opened),
        source=_source(work, debate),
        contested=bool(opened.table["contested"].iloc[opened.row_of[passage_id]]),
    )


@remembered(256)
def copied(opened: OpenDebate, passage_id: str, style: StyleName = "apa") -> str:
    """Return a passage's quote with its citation; ``KeyError`` where there is no such passage."""
    passage = opened.passage(passage_id)
    work = opened.works[passage.work]
    return quote_with_citation(passage, work, opened.debate.library.name, style)


def readings_of(
    opened: OpenDebate, passage: Passage
) -> tuple[tuple[str, Mapping[str, float | None]], ...]:
    """Return for each text of a passage the value that each reading gave it."""
    rows = opened.readings_by_passage(passage.id)
    texts = [("quote", "Words"), *([("gloss", "Gloss")] if _glossed(opened, passage) else [])]
    return tuple((name, values) for text, name in texts if (values := _values(rows, text)))


def _values(rows: Sequence[Reading], text: str) -> Mapping[str, float | None]:
    return {r.reading: r.value for r in rows if r.text == text and r.question == "position"}


def _glossed(opened: OpenDebate, passage: Passage) -> bool:
    return opened.debate.show_glosses and passage.gloss is not None


def _placed(opened: OpenDebate, passage_id: str) -> tuple[float | None, float | None]:
    """Return where a passage's quote and gloss were placed."""
    row = opened.row_of[passage_id]
    quote, gloss = (opened.positions[c][row] for c in ("quote_position", "gloss_position"))
    return _given(float(quote)), _given(float(gloss))


def _read(opened: OpenDebate, passage_id: str) -> tuple[bool, bool]:
    """Return whether a passage's quote and gloss have been read."""
    row = opened.row_of[passage_id]
    return bool(opened.is_read["quote_read"][row]), bool(opened.is_read["gloss_read"][row])


def _not_agreed(opened: OpenDebate, passage_id: str) -> tuple[bool, bool]:
    """Return whether the readings of quote and gloss are divided on there being a claim."""
    row, open_ = opened.row_of[passage_id], opened.not_agreed
    return bool(open_["quote_not_agreed"][row]), bool(open_["gloss_not_agreed"][row])


def _given(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _why_title(opened: OpenDebate, passage_id: str) -> str:
    quote, _ = _placed(opened, passage_id)
    quote_read, _ = _read(opened, passage_id)
    not_agreed, _ = _not_agreed(opened, passage_id)
    if not quote_read:
        return WHY_UNREAD
    if not_agreed:
        return WHY_NOT_AGREED
    if quote is None:
        return "Why the words make no claim"
    place = position_words(quote, opened.debate.axis)
    return f"Why the words are {f'at “{place}”' if quote == int(quote) else place}"


def _signed(value: float) -> str:
    """Return a position as a number with a real minus sign: −2, −0.5, 0, +1."""
    return f"{value:+g}".replace("-", "−") if value else "0"


def _rules(values: Sequence[float | None], axis: Axis) -> tuple[tuple[str, str], ...]:
    """Return the codebook's words for each step that a value touches, each once."""
    steps: dict[float | None, None] = {}
    for value in values:
        ends = (None,) if value is None else (float(math.floor(value)), float(math.ceil(value)))
        steps.update(dict.fromkeys(ends))
    known = {float(tick.value): tick for tick in axis.ticks}
    rules = []
    for step in steps:
        if step is not None:
            rules.append((f"Codebook, {_signed(step)}:", known[step].rule))
        elif axis.no_claim is not None:
            rules.append(("Codebook, no claim:", axis.no_claim.rule))
    return tuple(rules)


def _facts(opened: OpenDebate, passage: Passage) -> tuple[tuple[str, str], ...]:
    debate = opened.debate
    schools = {school.id: school.label for school in debate.schools}
    mechanisms = {mechanism.id: mechanism.label for mechanism in debate.mechanisms}
    author = opened.authors[opened.works[passage.work].author]
    facts = [
        ("Role", next(role.label for role in debate.roles if role.id == passage.role)),
        ("School", schools[passage.school]),
        ("Second school", schools.get(passage.second_school or "", "none")),
        ("Confidence", CONFIDENCE.get(passage.confidence or 0, "")),
        ("Home tradition", author.home_tradition),
        ("Constructs", ", ".join(passage.constructs) or "none named"),
        ("Mechanisms", ", ".join(mechanisms[m] for m in passage.mechanisms) or "none named"),
        ("Voices", voices_heard(passage)),
    ]
    return tuple((name, text) for name, text in facts if text)


def on_words(text: str, opened: OpenDebate) -> str:
    """Return what a coder wrote, without what it says of the gloss where glosses are off."""
    if opened.debate.show_glosses or "gloss" not in text.lower():
        return text
    parts = SENTENCE_OR_CLAUSE.split(text)
    left = " ".join(part for part in parts if "gloss" not in part.lower())
    return f"{left[:-1]}." if left.endswith(";") else left


def _notes(passage: Passage, opened: OpenDebate) -> tuple[tuple[str, str], ...]:
    """Return the reading note in its parts; marks such as [V] are explained where they stand."""
    note = passage.note
    parts = [
        ("Whose words", on_words(note.voice or "", opened)),
        ("Cut", on_words(note.cut or "", opened)),
        ("What the gloss adds", (note.drift or "") if opened.debate.show_glosses else ""),
        ("From outside", on_words(note.beyond or "", opened)),
    ]
    if any(mark in text for _, text in parts for mark in MARKS):
        parts.append(("Marks", on_words(opened.debate.disclaimers.get("marks", ""), opened)))
    return tuple((name, text) for name, text in parts if text)


def _source(work: Work, debate: Debate) -> tuple[tuple[str, str], ...]:
    parts = (
        (reference_label(work), formatted_reference(work, "apa").text),
        ("As catalogued", work.catalogued),
        ("Attribution", work.attribution),
        ("Not certain", "; ".join(doubts(work))),
        ("Identifiers", "; ".join(i for i in (work.isbn, work.other_ids) if i)),
        ("Notes", work.notes),
        ("Page", debate.disclaimers.get("pages", "")),
    )
    return tuple((name, text) for name, text in parts if text)
