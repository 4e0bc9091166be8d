"""The page of method: who coded, how far they agree, where they do not, the codebook, changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from components.markup import Html, passage_link, passage_links
from components.sections import Section, paragraphs, prose, sections
from components.value_table import value_table
from dashboard.debate.agreement import RESAMPLED_AT_LEAST, Agreement, agreement
from dashboard.debate.disagreements import (
    Disagreement,
    disagreements,
    drifts,
    not_agreed,
    not_read,
    without_claim,
)
from dashboard.debate.summary import position_words
from dashboard.memory import give_back
from dashboard.open_debate import OpenDebate
from dashboard.reader.path_end import agreed_by
from dashboard.reading import on_words
from dashboard.remembered import remembered

TITLE = "Method"
LEAD = "How the passages were placed, how far the readings agree, and what that does not show."
TEXTS = (
    ("quote", "position", "Author’s words"),
    ("gloss", "position", "Library’s gloss"),
)
COLUMN_OF = {"quote": "quote_position", "gloss": "gloss_position", "both": "medium"}
LISTED_AT_MOST = 200
"""Lists of a large debate stop here, and say so."""


@remembered(4)
def method(opened: OpenDebate) -> str:
    """Return the page as HTML; a section that would be empty is left out."""
    debate = opened.debate
    parts = [
        Section("coders", "Who coded, and how", _coders(opened)),
        Section("agreement", "How far the readings agree", _agreement(opened)),
        Section("disagreements", "Where they differ", _disagreements(opened)),
        Section("no-claim", "Where there is no claim", _no_claims(opened)),
        Section("not-agreed", "Where it is not agreed whether there is a claim", _open(opened)),
        Section("not-read", "What has not been read yet", _not_read(opened)),
        Section("drift", "Where the gloss drifts", _drifts(opened)),
        Section("codebook", "The codebook", prose(debate.codebook) if debate.codebook else ""),
        Section("disclaimers", "What this page is not", _disclaimers(opened)),
        Section("changes", "Changes", _changes(opened)),
    ]
    give_back()
    return sections(TITLE, LEAD, [part for part in parts if part.body])


def texts_shown(opened: OpenDebate) -> Sequence[tuple[str, str, str]]:
    """Return text, question and name of what was read; the author's words are always among it."""
    shown = [each for each in TEXTS if each[0] != "gloss" or opened.glosses_read]
    medium = opened.debate.medium
    read = medium is not None and bool(opened.table["medium_read"].any())
    return [*shown, ("both", "medium", medium.title)] if medium and read else shown


def _coders(opened: OpenDebate) -> str:
    readings = opened.debate.readings
    is_shown = readings["text"].isin([text for text, _, _ in texts_shown(opened)])
    names = sorted(map(str, readings["reading"][is_shown].unique()))
    readings_word = "reading" if len(names) == 1 else "readings"
    told = (
        f"{len(names)} {readings_word} ({', '.join(names)}), {is_shown.sum()} values."
        if names
        else ""
    )
    rule = f"A position is {agreed_by(len(names))}"
    return paragraphs([opened.debate.coders, *([told, rule] if told else [])])


def _agreement(opened: OpenDebate) -> str:
    rows = [
        (name, *_figures(opened, text, question)) for text, question, name in texts_shown(opened)
    ]
    if opened.debate.readings.empty:
        return ""
    columns = ("Text", "Alpha", "95 % interval", "Passages compared")
    table = value_table("Krippendorff’s alpha, ordinal", columns, rows)
    how = (
        "Computed from the readings each time. 1 is perfect agreement, 0 is what chance would "
        "give. The interval comes from drawing the passages anew a thousand times; fewer than "
        f"{RESAMPLED_AT_LEAST} passages can be drawn in too few ways for one."
    )
    said = opened.debate.disclaimers
    return table + paragraphs([how, *(said[key] for key in ("agreement", "few") if key in said)])


def _figures(opened: OpenDebate, text: str, question: str) -> tuple[str, str, str]:
    try:
        found: Agreement = agreement(opened.debate.readings, text, question)
    except ValueError:
        return "undefined", "–", "–"
    return f"{found.alpha:.2f}", found.interval, str(found.passages)


def _disagreements(opened: OpenDebate) -> str:
    names = {(text, question): name for text, question, name in texts_shown(opened)}
    shown = {text for text, _ in names}
    found = [each for each in disagreements(opened.debate.readings) if each.text in shown]
    if not found:
        return ""
    readings = sorted({name for each in found for name in each.values})
    rows = [
        _disagreement_row(each, readings, names[each.text, each.question])
        for each in found[:LISTED_AT_MOST]
    ]
    columns = ("Passage", "Text", *readings, "Steps apart")
    caption = f"{_first_of(found, 'text')} on which the readings differ, furthest apart first"
    return value_table(caption, columns, rows)


def _disagreement_row(found: Disagreement, readings: Sequence[str], name: str) -> tuple[str, ...]:
    values = (_signed(found.values[n]) if n in found.values else "" for n in readings)
    apart = f"{found.apart:g}" if found.apart else "claim or none"
    return passage_link(found.passage), name, *values, apart


def _no_claims(opened: OpenDebate) -> str:
    note = opened.debate.disclaimers.get("no_claim", "Passages without an agreed value")
    return _passages_by_text(opened, note, without_claim)


def _open(opened: OpenDebate) -> str:
    note = (
        "Passages in which neither three quarters of the readings found a claim nor three quarters "
        "found none; they lie with those that make none"
    )
    return _passages_by_text(opened, note, not_agreed)


def _not_read(opened: OpenDebate) -> str:
    return _passages_by_text(opened, "Passages that no reading has read", not_read)


def _passages_by_text(
    opened: OpenDebate, note: str, found: Callable[[pd.DataFrame, str], Sequence[str]]
) -> str:
    """Return which passages are found for each text that was read, empty where none is."""
    rows = []
    for text, _, name in texts_shown(opened):
        passages = found(opened.table, COLUMN_OF[text])
        if passages:
            more = len(passages) - LISTED_AT_MOST
            rest = f" and {more} more" if more > 0 else ""
            links = Html(passage_links(passages[:LISTED_AT_MOST]) + rest)
            rows.append((name, str(len(passages)), links))
    return value_table(note, ("Text", "How many", "Passages"), rows) if rows else ""


def _drifts(opened: OpenDebate) -> str:
    found = drifts(opened.table)
    rows = [
        (
            passage_link(each.passage),
            position_words(each.quote, opened.debate.axis),
            position_words(each.gloss, opened.debate.axis),
            _signed(each.by),
            opened.passage(each.passage).note.drift or "",
        )
        for each in found[:LISTED_AT_MOST]
    ]
    columns = ("Passage", "Author’s words", "Library’s gloss", "Steps", "What the gloss adds")
    caption = f"{_first_of(found, 'passage')} whose gloss makes another claim than the quote"
    return value_table(caption, columns, rows) if rows else ""


def _disclaimers(opened: OpenDebate) -> str:
    debate = opened.debate
    told = (
        text for key, text in debate.disclaimers.items() if key != "gloss" or debate.show_glosses
    )
    said = (on_words(text, opened) for text in dict.fromkeys(told))
    return paragraphs([text for text in said if text])


def _changes(opened: OpenDebate) -> str:
    debate = opened.debate
    rows = [
        (each.date, passage_link(each.passage), each.old, each.new, each.reason)
        for each in debate.changes
    ]
    if not rows:
        return paragraphs([f"Nothing has been changed yet in version {debate.version}."])
    columns = ("Date", "Passage", "Old", "New", "Reason")
    return value_table("Changes of positions and annotations, newest first", columns, rows)


def _first_of(found: Sequence[object], noun: str) -> str:
    """Return the number of what is listed, or that only the first are."""
    if len(found) > LISTED_AT_MOST:
        return f"The first {LISTED_AT_MOST} of {len(found)} {noun}s"
    return f"1 {noun}" if len(found) == 1 else f"{len(found)} {noun}s"


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+g}".replace("-", "−") if value else "0"
