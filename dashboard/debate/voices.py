"""Who speaks through whom: the people whose views or words the passages report."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.debate.model import Author, Debate, Passage, Voice, Work


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
