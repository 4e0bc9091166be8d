"""Who speaks through whom: the people whose views or words the passages report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from dashboard.debate.model import Author, Debate, Passage, Voice, Work
from dashboard.debate.years import year_words


@dataclass(frozen=True, slots=True)
class Speech:
    """One voice heard through one passage."""

    author: Author
    work: Work
    voice: Voice
    passage: Passage


def speeches(debate: Debate) -> tuple[Speech, ...]:
    """Return every voice of every passage, by the author's sort name, then the debate's order."""
    works = {work.id: work for work in debate.works}
    authors = {author.id: author for author in debate.authors}
    heard = [
        Speech(authors[works[passage.work].author], works[passage.work], voice, passage)
        for passage in debate.passages
        for voice in passage.voices
    ]
    return tuple(sorted(heard, key=lambda speech: speech.author.sort_name))


def voices_heard(passage: Passage) -> str:
    """Return a passage's voices in words: name and year, in which part, and where they wrote it.

    Voices that stand together with the same part and source have these told once. Empty where
    the passage has no voices.
    """
    groups = [
        (told, list(voices))
        for told, voices in groupby(passage.voices, key=lambda voice: (voice.part, voice.source))
    ]
    said = [_heard(part, source, voices) for (part, source), voices in groups]
    return ("; " if any(part or source for (part, source), _ in groups) else ", ").join(said)


def _dated(voice: Voice) -> str:
    return voice.name if voice.year is None else f"{voice.name} {year_words(voice.year)}"


def _heard(part: str | None, source: str | None, voices: Iterable[Voice]) -> str:
    names = ", ".join(_dated(voice) for voice in voices)
    where = f", in {part}" if part else ""
    return f"{names}{where} ({source})" if source else f"{names}{where}"
