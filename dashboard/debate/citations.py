"""How a passage and a work are cited: whose words, from where, and what is not certain."""

from __future__ import annotations

import re

from dashboard.debate.model import Passage, Voice, Work

ABBREVIATIONS = {"isbn": "ISBN", "isbns": "ISBNs", "doi": "DOI"}


def whose_words(passage: Passage, work: Work) -> str:
    """Say whose words a passage holds: "Flores 2004, quoting Strupp 1999".

    The work is named by its short form, the voices as the passage names them. Without voices
    the short form stands alone.
    """
    if not passage.voices or passage.voicing is None:
        return work.short
    voices = ", ".join(_name_and_year(voice) for voice in passage.voices)
    return f"{work.short}, {passage.voicing} {voices}"


def reference(work: Work) -> str:
    """Compose the plain-text reference from the corrected fields.

    The form is: Author (year). Title (edition). Journal or publisher. DOI. A missing year is
    printed as n.d.; the year of the idea never stands in for it.
    """
    year = "n.d." if work.year is None else str(work.year)
    title = f"{work.title} ({_edition(work.edition)})" if work.edition else work.title
    parts = [f"{work.authors} ({year})", title]
    parts += [part for part in (work.container, work.publisher) if part]
    sentences = [_closed(part) for part in parts]
    if work.doi:
        sentences.append(f"https://doi.org/{work.doi}")
    return " ".join(sentences)


def doubts(work: Work) -> tuple[str, ...]:
    """Name each part of the reference that is not certain: "ISBN likely", "paragraph unsure"."""
    return tuple(
        f"{part} {certainty}" for part, certainty in said_of_parts(work) if certainty != "certain"
    )


def said_of_parts(work: Work) -> tuple[tuple[str, str], ...]:
    """Name each part of the reference with how certain it is: ("ISBN", "likely")."""
    return tuple((_in_words(part), certainty) for part, certainty in work.certainty.items())


def quote_with_citation(passage: Passage, work: Work, library_name: str) -> str:
    """Give the text for the clipboard: the quote, whose words it is, and where it comes from.

    The quote stands byte for byte inside typographic quotation marks. Quoted voices are cited
    as second-hand; a reported or discussed voice stays behind the author whose words they are.
    Doubts are printed with the reference, except those about ISBNs, which it does not print.
    """
    lines = [f"“{passage.quote}”", f"— {_credit(passage, work)}", reference(work)]
    open_points = [doubt for doubt in doubts(work) if "ISBN" not in doubt]
    if open_points:
        lines.append(f"Not certain: {', '.join(open_points)}.")
    if work.attribution:
        lines.append(work.attribution)
    lines.append(f"As excerpted in {_within_sentence(library_name)}; page number not given.")
    return "\n".join(lines)


def _credit(passage: Passage, work: Work) -> str:
    if passage.voicing != "quoting" or not passage.voices:
        return whose_words(passage, work)
    voices = ", ".join(_name_and_bracketed_year(voice) for voice in passage.voices)
    return f"{voices}, as cited in {work.short}"


def _name_and_year(voice: Voice) -> str:
    return voice.name if voice.year is None else f"{voice.name} {voice.year}"


def _name_and_bracketed_year(voice: Voice) -> str:
    return voice.name if voice.year is None else f"{voice.name} ({voice.year})"


def _edition(edition: str) -> str:
    return re.sub(r"^(\d+(?:st|nd|rd|th))(?=,|$)", r"\1 ed.", edition)


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _in_words(part: str) -> str:
    return " ".join(ABBREVIATIONS.get(word, word) for word in part.split("_"))


def _within_sentence(name: str) -> str:
    return re.sub(r"^(A|An|The) ", lambda article: article.group().lower(), name)
