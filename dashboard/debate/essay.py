"""The library's essay with the names in it that lead to passages."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.debate.model import Author, Debate, Work

_MARKS = "\u0300-\u036f"
_WORD = re.compile(rf"[\w{_MARKS}]+")
_WITHIN_A_WORD = re.compile(rf"[-‐‑]?[\w{_MARKS}]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the essay: plain text, or a name that leads to an author's passages.

    ``author`` is the author's id and ``passage`` the id of the first passage, the author's or
    that of the work named; both are empty for plain text.
    """

    text: str
    author: str = ""
    passage: str = ""


def essay_pieces(debate: Debate) -> tuple[Piece, ...]:
    """Return the essay in pieces, which together are the essay character for character.

    The full names, short names and surnames of authors and the titles of works are links where
    they stand as whole words, the longest first; so is a name under which the library lists a
    work that is by someone else. A name that two authors share, or one without a passage, is
    plain text.
    """
    return tuple(_pieces(debate.library.essay, _names(debate)))


def _pieces(essay: str, names: Mapping[str, Sequence[Piece]]) -> Iterator[Piece]:
    end = 0
    for word in _WORD.finditer(essay):
        start = word.start()
        if start < end or _joined_to_the_word_before(essay, start):
            continue
        link = next(
            (
                name
                for name in names.get(word.group(), ())
                if essay.startswith(name.text, start)
                and not _WITHIN_A_WORD.match(essay, start + len(name.text))
            ),
            None,
        )
        if link:
            if start > end:
                yield Piece(essay[end:start])
            yield link
            end = start + len(link.text)
    if end < len(essay):
        yield Piece(essay[end:])


def _joined_to_the_word_before(essay: str, start: int) -> bool:
    before = essay[max(0, start - 2) : start]
    return len(before) == 2 and before[1] in "-‐‑" and _WORD.fullmatch(before[0]) is not None


def _names(debate: Debate) -> Mapping[str, Sequence[Piece]]:
    """Return the names that lead somewhere, by their first word, the longest first."""
    first_of_author: dict[str, str] = {}
    first_of_work: dict[str, str] = {}
    works = {work.id: work for work in debate.works}
    for passage in debate.passages:
        first_of_work.setdefault(passage.work, passage.id)
        first_of_author.setdefault(works[passage.work].author, passage.id)
    meant: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for author in debate.authors:
        if author.id in first_of_author:
            for name in _names_of_author(author):
                meant[name].setdefault(author.id, first_of_author[author.id])
    for work in debate.works:
        if work.id in first_of_work:
            for name in _names_of_work(work):
                meant[name].setdefault(work.author, first_of_work[work.id])
    return _by_first_word(
        Piece(written, author, passage)
        for name, passage_by_author in meant.items()
        if len(passage_by_author) == 1
        for author, passage in passage_by_author.items()
        for written in {unicodedata.normalize(form, name) for form in ("NFC", "NFD")} | {name}
    )


def _names_of_author(author: Author) -> set[str]:
    return {author.name, author.label, author.sort_name.split(",")[0]}


def _names_of_work(work: Work) -> set[str]:
    """Return a work's title, with and without its subtitle, and who it is wrongly listed under."""
    listed_under = work.catalogued.split(",")[0]
    misled = _WORD.findall(work.attribution or "")
    titles = {title for title in (work.title, work.title.split(":")[0]) if " " in title}
    return titles | ({listed_under} if listed_under in misled else set())


def _by_first_word(links: Iterator[Piece]) -> Mapping[str, Sequence[Piece]]:
    found: defaultdict[str, list[Piece]] = defaultdict(list)
    for link in links:
        if first := _WORD.match(link.text):
            found[first.group()].append(link)
    return {word: sorted(same, key=lambda each: -len(each.text)) for word, same in found.items()}
