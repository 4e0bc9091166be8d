"""The handout: one HTML file that needs nothing else, to be printed or read without a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from components.blank_axis import blank_axis
from components.embedded_fonts import font_faces
from components.markup import e
from components.passage_card import Quoted, blockquote, stop_marker

POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"
"""What a handout may load: nothing but what it holds."""
_SHEET = Path(__file__).parent / "styles" / "handout.css"


class Printed(Quoted, Protocol):
    """What a handout holds of a passage."""

    @property
    def gloss(self) -> str:
        """The library's summary; empty where there is none or it is not shown."""

    @property
    def gloss_label(self) -> str:
        """The label over the gloss."""

    @property
    def citation(self) -> Sequence[str]:
        """The reference, and what is to be said of it, each a sentence."""

    @property
    def bridge(self) -> str:
        """The sentence that leads on to the next passage; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A step of the axis, or no claim: its value as printed, name, meaning and rule."""

    value: str
    label: str
    help: str
    rule: str


@dataclass(frozen=True, slots=True)
class Handout:
    """All that a handout says.

    ``above`` stands over the ``title``, ``lead`` below it; ``shows`` says in words what is
    chosen, ``picture`` is the map as an SVG element with what it shows in ``seen``. ``left_out``
    counts passages that found no room. ``closing`` comes after the passages, ``notes`` and
    ``facts`` (each a name and what is said) at the end. ``rules`` end with that of no claim.
    """

    above: str
    title: str
    lead: str
    shows: str
    picture: str
    seen: Sequence[str]
    passages: Sequence[Printed]
    left_out: int
    closing: Sequence[tuple[str, str]]
    question: str
    rules: Sequence[Rule]
    notes: Sequence[str]
    facts: Sequence[tuple[str, str]]


def handout_file(handout: Handout) -> str:
    """Return a handout as a whole HTML file, its fonts in it."""
    return file_to_print(f"{handout.title} – {handout.above}", handout_sheet(handout))


def file_to_print(title: str, body: str) -> str:
    """Return ``body``, which is HTML of ours, as a whole HTML file in the style of a handout."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light">'
        f"<title>{e(title)}</title>"
        f"<style>{font_faces(body)}{handout_style()}</style></head><body>{body}</body></html>\n"
    )


@cache
def handout_style() -> str:
    """Return the handout's typography as CSS; all of it holds inside ``.handout`` alone."""
    return _SHEET.read_text(encoding="utf-8")


def handout_sheet(handout: Handout) -> str:
    """Return a handout's contents as HTML."""
    return (
        f'<main class="handout"><header><p class="above">{e(handout.above)}</p>'
        f'<h1>{e(handout.title)}</h1><p class="lead">{e(handout.lead)}</p>'
        f'<p class="shows">{e(handout.shows)}</p></header>'
        f"<figure>{handout.picture}<figcaption>{_paragraphs(handout.seen)}</figcaption></figure>"
        f"{_passages(handout)}{_closing(handout.closing)}{_codebook(handout)}{_end(handout)}"
        f"{_blank(handout)}</main>"
    )


def _passages(handout: Handout) -> str:
    if not handout.passages:
        return ""
    left = (
        f'<p class="left-out">{handout.left_out} more passages found no room here.</p>'
        if handout.left_out
        else ""
    )
    return (
        '<section class="passages"><h2>The passages</h2>'
        f"{''.join(map(_passage, handout.passages))}{left}</section>"
    )


def _passage(passage: Printed) -> str:
    said = f"<b>Words:</b> {e(passage.quote_words)}"
    said += f" · <b>gloss:</b> {e(passage.gloss_words)}" if passage.gloss_words else ""
    gloss = (
        f'<div class="gloss"><p class="label">{e(passage.gloss_label)}</p>'
        f'<p data-gloss="{e(passage.id)}" class="gloss-text" dir="auto">'
        f"{e(passage.gloss)}</p></div>"
        if passage.gloss
        else ""
    )
    bridge = f'<p class="bridge">{e(passage.bridge)}</p>' if passage.bridge else ""
    return (
        f"<article><h3><b>{e(passage.id)}</b> <span>{e(passage.whose_words)}</span> "
        f'<span class="school">{e(passage.school_label)}</span></h3>'
        f"{blockquote(passage, neutral=True)}{stop_marker(passage)}{gloss}"
        f'<p class="placed">{said}</p>'
        f'<div class="citation">{_paragraphs(passage.citation)}</div></article>{bridge}'
    )


def _closing(closing: Sequence[tuple[str, str]]) -> str:
    parts = "".join(f"<p><b>{e(name)}</b> {e(text)}</p>" for name, text in closing)
    return f'<section class="closing">{parts}</section>' if parts else ""


def _codebook(handout: Handout) -> str:
    rows = "".join(
        f'<tr><td>{e(rule.value)}</td><th scope="row">{e(rule.label)}</th>'
        f"<td><p>{e(rule.help)}</p><p>{e(rule.rule)}</p></td></tr>"
        for rule in handout.rules
    )
    return (
        '<section class="codebook"><h2>The codebook in brief</h2>'
        f"<p>{e(handout.question)}</p><table><thead><tr>"
        '<th scope="col">Value</th><th scope="col">Position</th>'
        f'<th scope="col">What it means, and the rule</th></tr></thead><tbody>{rows}</tbody>'
        "</table></section>"
    )


def _end(handout: Handout) -> str:
    facts = "".join(f"<dt>{e(name)}</dt><dd>{e(text)}</dd>" for name, text in handout.facts)
    return (
        '<section class="end"><h2>What this is not, and where it is from</h2>'
        f"{_paragraphs(handout.notes)}<dl>{facts}</dl></section>"
    )


def _blank(handout: Handout) -> str:
    if not handout.passages:
        return ""
    *steps, no_claim = (rule.label for rule in handout.rules)
    table = blank_axis([passage.id for passage in handout.passages], steps, no_claim)
    poles = handout.rules[0], handout.rules[-2]
    helps = "".join(f"<p><b>{e(pole.label)}:</b> {e(pole.help)}</p>" for pole in poles)
    return (
        '<section class="own"><h2>Your own reading</h2>'
        f'<p class="lead">{e(handout.question)}</p><div class="poles">{helps}</div>'
        f"{table}</section>"
    )


def _paragraphs(texts: Sequence[str]) -> str:
    return "".join(f"<p>{e(text)}</p>" for text in texts)
