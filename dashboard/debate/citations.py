"""How a passage and a work are cited: whose words, from where, and what is not certain."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dashboard.debate.model import Passage, Voice, Work
from dashboard.debate.reference_styles import StyleName, citation_in_text, formatted_reference
from dashboard.debate.years import year_words

ABBREVIATIONS = {"isbn": "ISBN", "isbns": "ISBNs", "doi": "DOI"}
NOT_PRINTED = {"ISBN", "ISBNs", "place"}
SECOND_HAND: Mapping[str, Mapping[StyleName, str]] = {
    "quoting": {"apa": ", as cited in", "chicago": ", quoted in", "mla": ", qtd. in"},
    "reporting": {"apa": ", as cited in", "chicago": ", cited in", "mla": ", cited in"},
}
"""How each style says that a voice is known through another work, by how it is brought in."""


def whose_words(passage: Passage, work: Work) -> str:
    """Say whose words a passage holds: "Flores 2004, quoting Strupp 1999".

    The work is named by its short form, the voices as the passage names them. Without voices
    the short form stands alone.
    """
    if not passage.voices or passage.voicing is None:
        return work.short
    voices = ", ".join(_name_and_year(voices) for voices in _sources(passage))
    return f"{work.short}, {passage.voicing} {voices}"


def reference(work: Work) -> str:
    """Compose the plain-text reference from the corrected fields.

    The form is: Author (year). Title (edition). Journal or publisher. DOI. A missing year is
    printed as n.d.; the year of the idea never stands in for it.
    """
    year = "n.d." if work.year is None else year_words(work.year)
    title = f"{work.title} ({_edition(work.edition)})" if work.edition else work.title
    parts = [f"{work.authors} ({year})", title]
    parts += [part for part in (work.container, work.publisher) if part]
    sentences = [_closed(part) for part in parts]
    if work.doi:
        sentences.append(f"https://doi.org/{work.doi}")
    return " ".join(sentences)


def reference_label(work: Work) -> str:
    """Name a work's reference: corrected where a part is certain, else as nobody has checked it.

    An import reads a reference from the citation alone and takes nothing in it for certain.
    """
    return "Corrected" if "certain" in work.certainty.values() else "Not yet checked"


def doubts(work: Work) -> tuple[str, ...]:
    """Name each part of the reference that is not certain: "ISBN likely", "paragraph unsure"."""
    return tuple(
        f"{part} {certainty}" for part, certainty in said_of_parts(work) if certainty != "certain"
    )


def said_of_parts(work: Work) -> tuple[tuple[str, str], ...]:
    """Name each part of the reference with how certain it is: ("ISBN", "likely")."""
    return tuple((_in_words(part), certainty) for part, certainty in work.certainty.items())


def second_hand(passage: Passage, work: Work, style: StyleName) -> str:
    """Return how a passage is cited in the text: "(Strupp, as cited in Flores, 1997, ...)".

    Voices that a passage quotes or reports are cited through its work; a year that is not known
    is left out, since "n.d." would say that there is none. Voices it only discusses are not
    cited. Where a voice is heard in a part of the quote, that part is named and cited after the
    whole.
    """
    sources = _sources(passage) if passage.voicing in SECOND_HAND else ()
    whole = [source for source in sources if source[0].part is None]
    cited = [_through(whole, passage, work, style)]
    for part in dict.fromkeys(source[0].part for source in sources if source[0].part):
        of_part = [source for source in sources if source[0].part == part]
        cited.append(f"{part}: {_through(of_part, passage, work, style)}")
    return "; ".join(cited)


def quote_with_citation(
    passage: Passage, work: Work, library_name: str, style: StyleName = "apa"
) -> str:
    """Give the text for the clipboard: the quote, whose words it is, and where it comes from.

    The quote stands byte for byte inside typographic quotation marks. Then come whose words it
    holds, how it is cited in the text, and the reference, both in a style. Doubts are printed
    with the reference, except those about ISBN and place, which it does not print.
    """
    lines = [
        f"“{passage.quote}”",
        f"— {whose_words(passage, work)}",
        f"Cite as: {second_hand(passage, work, style)}",
        formatted_reference(work, style).text,
    ]
    open_points = [doubt for doubt in doubts(work) if not NOT_PRINTED & set(doubt.split())]
    if open_points:
        lines.append(f"Not certain: {', '.join(open_points)}.")
    if work.attribution:
        lines.append(work.attribution)
    lines.append(f"As excerpted in {_within_sentence(library_name)}; page number not given.")
    return "\n".join(lines)


def _sources(passage: Passage) -> tuple[tuple[Voice, ...], ...]:
    """Return the voices by what they wrote: those that share a source wrote it together."""
    together: dict[object, list[Voice]] = {}
    for place, voice in enumerate(passage.voices):
        key = (voice.source, voice.year, voice.part) if voice.source else place
        together.setdefault(key, []).append(voice)
    return tuple(tuple(voices) for voices in together.values())


def _through(
    sources: Sequence[tuple[Voice, ...]], passage: Passage, work: Work, style: StyleName
) -> str:
    cited = [_as_cited(voices, style) for voices in sources]
    # A year between commas needs the second comma: "Zetzel, 1956, and Greenson, 1967".
    said = _listed(cited, ", and" if "," in cited[0] else " and") if cited else ""
    prefix = f"{said}{SECOND_HAND[passage.voicing or ''][style]} " if said else ""
    return citation_in_text(work, style, prefix, ", page not given").text


def _as_cited(voices: Sequence[Voice], style: StyleName) -> str:
    names = _listed([voice.name for voice in voices], " &" if style == "apa" else " and")
    year = voices[0].year
    if year is None or style == "mla":
        return names
    return f"{names}, {year_words(year)}" if style == "apa" else f"{names} {year_words(year)}"


def _listed(names: Sequence[str], last: str = " and") -> str:
    if len(names) < 3:
        return f"{last} ".join(names)
    return f"{', '.join(names[:-1])},{last.removeprefix(',')} {names[-1]}"


def _name_and_year(voices: Sequence[Voice]) -> str:
    names = _listed([voice.name for voice in voices])
    year = voices[0].year
    return names if year is None else f"{names} {year_words(year)}"


def _edition(edition: str) -> str:
    return re.sub(r"^(\d+(?:st|nd|rd|th))(?=,|$)", r"\1 ed.", edition)


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def _in_words(part: str) -> str:
    return " ".join(ABBREVIATIONS.get(word, word) for word in part.split("_"))


def _within_sentence(name: str) -> str:
    return re.sub(r"^(A|An|The) ", lambda article: article.group().lower(), name)
