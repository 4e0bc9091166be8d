"""The page of sources: works with their doubts, voices, discrepancies, who is missing, numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from components.bibliography import bibliography
from components.markup import Html, e, passage_link
from components.sections import Section, definitions, sections
from components.value_table import value_table
from dashboard.debate.citations import reference_label, said_of_parts
from dashboard.debate.model import Work
from dashboard.debate.reference_styles import StyleName, formatted_reference
from dashboard.debate.voices import speeches
from dashboard.debate.years import year_words
from dashboard.open_debate import OpenDebate
from dashboard.reader.cite_page import export_links, style_links
from dashboard.reading import on_words
from dashboard.remembered import remembered
from dashboard.view import View

TITLE = "Sources"
LEAD = (
    "What the passages are taken from, who speaks through whom, and what is wrong, missing or "
    "not certain."
)


LISTED_AT_MOST = 200
"""So many voices of a large debate are listed."""
WORKS_AT_MOST = 60
"""So many works of a large debate are listed: each is set by a style, which takes a while."""
PASSAGES_AT_MOST = 30
"""So many passages of a work are linked."""


@dataclass(frozen=True, slots=True)
class WorkEntry:
    """A work as the bibliography shows it."""

    id: str
    short: str
    reference_label: str
    reference: Html
    exports: Html
    catalogued: str
    flags: Sequence[tuple[str, str]]
    facts: Sequence[tuple[str, str]]
    passages: Sequence[str]
    more: int


def sources(opened: OpenDebate, view: View) -> str:
    """Return the page as HTML; a section that would be empty is left out."""
    return _sources(opened, cast(StyleName, view.style), style_links(view, "sources"))


def reference_copies(opened: OpenDebate, style: StyleName) -> Mapping[str, str]:
    """Return the references of the works listed, as the page's buttons copy them."""
    return {f"work {work.id}": formatted_reference(work, style).text for work in _listed(opened)}


@remembered(8)
def _sources(opened: OpenDebate, style: StyleName, styles: str) -> str:
    return sources_of(opened, work_entries(opened, style), styles)


def sources_of(opened: OpenDebate, works: Sequence[WorkEntry], styles: str = "") -> str:
    """Return the page with these works; ``styles`` is HTML that leads to other styles."""
    debate = opened.debate
    parts = [
        Section(
            "works",
            "Works",
            f"{_works_lead(opened, len(works))}{styles}"
            f"<p>For a reference manager: {export_links(opened, ())}</p>"
            f"{bibliography(works)}",
        ),
        Section("voices", "Who speaks through whom", _voices(opened)),
        Section("discrepancies", "Where the page and the record differ", _discrepancies(opened)),
        Section("missing", "Voices that are missing", _missing(opened)),
        Section("numbers", "Numbers that may be quoted", _numbers(opened)),
        Section("glossary", "Words", definitions([(t.term, t.meaning) for t in debate.glossary])),
    ]
    return sections(TITLE, LEAD, [part for part in parts if part.body])


def work_entries(
    opened: OpenDebate, style: StyleName, at_most: int = WORKS_AT_MOST
) -> tuple[WorkEntry, ...]:
    """Return the works by their authors' sort names and years, each with its passages."""
    of_work: dict[str, list[str]] = {}
    for passage in opened.debate.passages:
        of_work.setdefault(passage.work, []).append(passage.id)
    return tuple(
        _entry(opened, work, of_work.get(work.id, ()), style) for work in _listed(opened, at_most)
    )


def _listed(opened: OpenDebate, at_most: int = WORKS_AT_MOST) -> Sequence[Work]:
    works = sorted(
        opened.debate.works,
        key=lambda work: (opened.authors[work.author].sort_name, work.year or 9999, work.id),
    )
    return works[:at_most]


def _entry(opened: OpenDebate, work: Work, passages: Sequence[str], style: StyleName) -> WorkEntry:
    facts = (
        ("Attribution", work.attribution),
        ("ISBN", work.isbn),
        ("Other identifiers", work.other_ids),
        ("Notes", work.notes),
    )
    shown = passages[:PASSAGES_AT_MOST]
    return WorkEntry(
        work.id,
        work.short,
        reference_label(work),
        Html(formatted_reference(work, style).html),
        export_links(opened, [work.id]),
        work.catalogued,
        said_of_parts(work),
        tuple((name, text) for name, text in facts if text),
        tuple(shown),
        len(passages) - len(shown),
    )


def _works_lead(opened: OpenDebate, shown: int) -> str:
    works = len(opened.debate.works)
    listed = f", of which the first {shown} are listed" if works > shown else ""
    count = "1 work" if works == 1 else f"{works} works"
    pages = opened.debate.disclaimers.get("pages", "")
    return (
        f"<p>{count}{listed}. {e(pages)} "
        "<b>Certain</b>: seen in a catalogue, with the publisher or on the title page, or beyond "
        "doubt. <b>Likely</b>: fits what was seen. <b>Unsure</b>: check before printing.</p>"
    )


def _voices(opened: OpenDebate) -> str:
    rows = [
        (
            speech.author.label,
            speech.passage.voicing or "with",
            speech.voice.name,
            "" if speech.voice.year is None else year_words(speech.voice.year),
            speech.work.short,
            passage_link(speech.passage.id),
        )
        for speech in speeches(opened.debate)[:LISTED_AT_MOST]
    ]
    columns = ("Author", "How", "Voice", "Year", "In", "Passage")
    return value_table("Voices named in the passages", columns, rows) if rows else ""


def _discrepancies(opened: OpenDebate) -> str:
    rows = [
        (str(number), on_words(found.on_the_page, opened), on_words(found.better, opened))
        for number, found in enumerate(opened.debate.discrepancies, 1)
    ]
    rows = [row for row in rows if row[1] and row[2]]
    columns = ("No.", "On the source page", "Better")
    return value_table("Discrepancies of the source page", columns, rows) if rows else ""


def _missing(opened: OpenDebate) -> str:
    voices = [(voice.name, voice.text) for voice in opened.debate.missing_voices]
    lead = "<p>For context; nobody here is placed on the map.</p>"
    return lead + definitions(voices) if voices else ""


def _numbers(opened: OpenDebate) -> str:
    rows = [(each.finding, each.figures, each.caution) for each in opened.debate.findings]
    columns = ("Finding", "Figures", "Caution")
    note = opened.debate.disclaimers.get("evidence", "")
    return value_table(note or "Findings", columns, rows) if rows else ""
