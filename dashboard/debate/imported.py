"""What a page of quotes says, as authors, works and passages of a debate.

Nothing is added that the page does not say: no position, no school. What was taken as one and
what is uncertain is said with the lines of the page it rests on.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dashboard.debate.catalogued import (
    Citation,
    natural_name,
    read_citation,
    short_name,
    sort_name,
)
from dashboard.debate.model import Author, CitedName, Csl, Passage, Work
from dashboard.debate.page_reader import Page, PagePassage
from dashboard.debate.problems import DebateError, Problem, on_one_line, quoted
from dashboard.debate.spellings import (
    PersonKey,
    WorkKey,
    folded,
    person_key,
    same_people,
    same_works,
    work_key,
)
from dashboard.debate.text_source import Progress, unheard
from dashboard.debate.years import year_words

TO_BE_DONE = "To be done by you"
UNSORTED = "unsorted"
"""The id of the one school there is until somebody sorts the passages."""

NOT_NAMED = "Not named"
MOST_WORKS = 34_000
"""Works that works.yaml can hold."""

_MOST_IN_A_NOTE = 6
_LONGEST_ID = 40
_MOST_WITH_CSL = 2_000
"""Works up to which each also has what citation styles need; beyond, the file must stay small."""


@dataclass(frozen=True, order=True, slots=True)
class Remark:
    """Something the editor must look at: two spellings taken as one, or a doubt."""

    line: int
    kind: Literal["same", "unsure"]
    text: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A page as the parts of a debate, with what must be looked at."""

    page: Page
    authors: tuple[Author, ...]
    works: tuple[Work, ...]
    passages: tuple[Passage, ...]
    remarks: tuple[Remark, ...]


@dataclass(slots=True)
class _Spelled:
    """One citation or name as the page spells it, and where it stands first."""

    text: str
    line: int


def imported(
    page: Page,
    name: str = "page",
    *,
    propose: bool = True,
    progress: Progress = unheard,
) -> Imported:
    """Give a page as the parts of a debate.

    With ``propose`` two spellings of a person or a work are taken as one and a remark says so;
    without, only what is spelled alike is the same. Raises `DebateError`, with ``name`` in
    place of a file, where the page has more works than a debate can hold.
    """
    shelf = _Shelf(page, propose=propose)
    if len(shelf.works) > MOST_WORKS:
        beyond = shelf.work_of[shelf.works[MOST_WORKS].catalogued]
        line = next(p.citation_line for p in page.passages if shelf.work_of[p.citation] == beyond)
        text = f"this citation is of one work more than the {MOST_WORKS:,} that a debate can hold"
        raise DebateError((Problem(on_one_line(name), line, text),))
    passages = tuple(_passages(page, shelf, progress))
    remarks = sorted({*shelf.remarks, *_role_doubts(page)})
    return Imported(page, tuple(shelf.authors), tuple(shelf.works), passages, tuple(remarks))


def _passages(page: Page, shelf: _Shelf, progress: Progress) -> Iterator[Passage]:
    width = max(2, len(str(len(page.passages))))
    for number, found in enumerate(page.passages, 1):
        if number % 10_000 == 0:
            progress("passages sorted", number)
        yield Passage(
            id=f"p{number:0{width}}",
            work=shelf.work_of[found.citation],
            role=found.role,
            quote=found.quote,
            gloss=found.gloss,
            school=UNSORTED,
        )


def _role_doubts(page: Page) -> Iterator[Remark]:
    for found in page.passages:
        if found.doubt:
            yield Remark(found.citation_line, "unsure", found.doubt)


class _Shelf:
    """The works and authors of a page, each once."""

    def __init__(self, page: Page, *, propose: bool) -> None:
        self._propose = propose
        self.remarks: list[Remark] = []
        self.work_of: dict[str, str] = {}
        """The id of the work of each citation."""

        self._lines = _first_lines(page.passages)
        self._citations = {text: read_citation(text) for text in self._lines}
        self._author_of, self.authors = self._authors()
        self.works = self._works()

    def _authors(self) -> tuple[dict[str, str], list[Author]]:
        """Give the id of the author of each citation, and the authors."""
        names = [_first_name(citation) for citation in self._citations.values()]
        lines: dict[str, int] = {}
        for name, line in zip(names, self._lines.values(), strict=True):
            lines.setdefault(sort_name(name), line)
        spelled = {sort_name(name): name for name in names}
        groups = self._groups_of_people(spelled, lines)
        labels = _labels([max(group, key=len) for group in groups], spelled)
        ids, authors, author_of = _Ids("author"), [], {}
        for group, label in zip(groups, labels, strict=True):
            name = spelled[max(group, key=len)]
            author = Author(
                id=ids.new(short_name(name), sort_name(name)),
                name=natural_name(name),
                label=label,
                sort_name=sort_name(name),
                home_school=UNSORTED,
                home_tradition=TO_BE_DONE,
                note=_listed_as("person", [_Spelled(text, lines[text]) for text in group]),
            )
            authors.append(author)
            author_of.update(dict.fromkeys(group, author.id))
        by_citation = zip(self._citations, names, strict=True)
        return {text: author_of[sort_name(name)] for text, name in by_citation}, authors

    def _groups_of_people(
        self, spelled: dict[str, CitedName], lines: dict[str, int]
    ) -> list[list[str]]:
        if not self._propose:
            return [[text] for text in spelled]
        keys = {text: person_key(name) for text, name in spelled.items()}
        same = same_people(keys.values())
        groups: defaultdict[PersonKey, list[str]] = defaultdict(list)
        for text, key in keys.items():
            groups[same.one[key]].append(text)
        for group in groups.values():
            self._say_same("person", [_Spelled(text, lines[text]) for text in group])
        first: dict[PersonKey, str] = {}
        for text, key in keys.items():
            first.setdefault(key, text)
        for one, other in same.apart:
            self._say_apart("person", first[one], first[other], lines)
        return list(groups.values())

    def _works(self) -> list[Work]:
        by_author: defaultdict[str, list[str]] = defaultdict(list)
        for text in self._citations:
            by_author[self._author_of[text]].append(text)
        groups = [group for texts in by_author.values() for group in self._groups_of_works(texts)]
        groups.sort(key=lambda group: min(self._lines[text] for text in group))
        ids = _Ids("work")
        return [self._work(group, ids, with_csl=len(groups) <= _MOST_WITH_CSL) for group in groups]

    def _groups_of_works(self, texts: Sequence[str]) -> list[list[str]]:
        """Part the citations of one author by work; the fullest of each group stands first."""
        if not self._propose:
            return [[text] for text in texts]
        keys = {text: work_key(self._citations[text]) for text in texts}
        same = same_works(keys.values())
        groups: defaultdict[WorkKey, list[str]] = defaultdict(list)
        for text, key in keys.items():
            groups[same.one[key]].append(text)
        first: dict[WorkKey, str] = {}
        for text, key in keys.items():
            first.setdefault(key, text)
        for one, other in same.apart:
            self._say_apart("work", first[one], first[other], self._lines)
        for whole, group in groups.items():
            fullest = [text for text in group if keys[text] == whole]
            group[:] = [*fullest, *(text for text in group if keys[text] != whole)]
            self._say_same("work", [_Spelled(text, self._lines[text]) for text in group])
        return list(groups.values())

    def _work(self, group: Sequence[str], ids: _Ids, *, with_csl: bool) -> Work:
        citation = self._citations[group[0]]
        author = self._author_of[group[0]]
        year = "-no-year" if citation.year is None else year_words(citation.year)
        name = f"{author}{year.lower().replace(' ', '')}"
        work = Work(
            id=ids.new(name, name),
            author=author,
            catalogued=citation.verbatim,
            short=_short(citation),
            authors=_written_by(citation),
            title=citation.title,
            certainty=citation.certainty,
            year=citation.year,
            edition=citation.edition,
            notes=self._notes(citation, group[1:]),
            csl=_csl(citation) if with_csl else None,
        )
        self.work_of.update(dict.fromkeys(group, work.id))
        return work

    def _notes(self, citation: Citation, others: Sequence[str]) -> str | None:
        line = self._lines[citation.verbatim]
        for doubt in citation.doubts:
            self.remarks.append(Remark(line, "unsure", f"{quoted(citation.verbatim)}: {doubt}"))
        said = [_sentence(doubt) for doubt in citation.doubts]
        # Each is told in whole: nothing that the page says of a work is lost.
        said += [f'Also catalogued as "{text}" (line {self._lines[text]}).' for text in others]
        return " ".join(said) or None

    def _say_same(self, what: str, spelled: Sequence[_Spelled]) -> None:
        kept, *others = sorted(spelled, key=lambda one: one.line)
        for other in others:
            text = f"{quoted(other.text)} and {quoted(kept.text)} (line {kept.line})"
            self.remarks.append(Remark(other.line, "same", f"{text} are taken for one {what}"))

    def _say_apart(self, what: str, one: str, other: str, lines: dict[str, int]) -> None:
        early, late = sorted((one, other), key=lambda text: lines[text])
        text = f"{quoted(late)} and {quoted(early)} (line {lines[early]}) may be one {what}"
        self.remarks.append(Remark(lines[late], "unsure", f"{text}; they stay apart"))


def _first_lines(passages: Iterable[PagePassage]) -> dict[str, int]:
    lines: dict[str, int] = {}
    for found in passages:
        lines.setdefault(found.citation, found.citation_line)
    return lines


def _first_name(citation: Citation) -> CitedName:
    return citation.names[0] if citation.names else CitedName(literal=NOT_NAMED)


def _labels(texts: Sequence[str], spelled: dict[str, CitedName]) -> list[str]:
    """Give each author a short name; those who share one have their initials after it."""
    shorts = [short_name(spelled[text]) for text in texts]
    counted = Counter(shorts)
    return [
        f"{short}, {given}" if counted[short] > 1 and (given := spelled[text].given) else short
        for short, text in zip(shorts, texts, strict=True)
    ]


def _short(citation: Citation) -> str:
    names = [short_name(name) for name in citation.names] or [NOT_NAMED]
    said = f"{names[0]} et al." if len(names) > 2 else " & ".join(names)
    if citation.are_editors:
        said += " (ed.)" if len(names) == 1 else " (eds.)"
    return f"{said} {'n.d.' if citation.year is None else year_words(citation.year)}"


def _written_by(citation: Citation) -> str:
    names = [natural_name(name) for name in citation.names] or [NOT_NAMED]
    *others, last = names
    said = f"{', '.join(others)} and {last}" if others else last
    if citation.are_editors:
        said += " (Ed.)" if len(names) == 1 else " (Eds.)"
    return said


def _csl(citation: Citation) -> Csl | None:
    if not citation.names:
        return None
    number = re.fullmatch("([0-9]+)(?:st|nd|rd|th)", citation.edition or "")
    edition = number[1] if number else citation.edition
    if citation.are_editors:
        return Csl(type="document", editor=citation.names, edition=edition)
    return Csl(type="document", author=citation.names, edition=edition)


def _listed_as(what: str, spelled: Sequence[_Spelled]) -> str | None:
    if len(spelled) < 2:
        return None
    shown = [f"{quoted(one.text)} (line {one.line})" for one in spelled[:_MOST_IN_A_NOTE]]
    more = len(spelled) - len(shown)
    listed = " and as ".join(shown) + (f" and in {more} further spellings" if more else "")
    return f"Listed on the page as {listed}; taken for one {what}, to be checked."


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


@dataclass(slots=True)
class _Ids:
    """Ids made of names, each given once."""

    fallback: str
    _taken: set[str] = field(default_factory=set)
    _next: dict[str, int] = field(default_factory=dict)

    def new(self, *names: str) -> str:
        """Give an id made of the first name whose id is free, or that of the last, numbered."""
        ids = [_as_id(name) or self.fallback for name in names]
        for one in ids:
            if one not in self._taken:
                self._taken.add(one)
                return one
        base = ids[-1]
        number = self._next.get(base, 2)
        while f"{base}-{number}" in self._taken:
            number += 1
        self._next[base] = number + 1
        self._taken.add(f"{base}-{number}")
        return f"{base}-{number}"


def _as_id(text: str) -> str:
    letters = "-".join(re.findall("[a-z0-9]+", folded(text)))[:_LONGEST_ID].strip("-")
    # "p07" is a passage wherever authors and passages stand side by side.
    return f"author-{letters}" if re.fullmatch("p[0-9]+", letters) else letters
