"""A page of quotes read line by line: introduction, declared count, and three lines a passage.

The form is that of a concordance page copied as text::

    the introduction, one or more lines
    In the library
    23 passages
    a quote
    a gloss on it
    its citation, and glued to it or after a blank its role

Blank lines are passed over wherever they stand. Quotes, glosses and the introduction are kept
character for character. What is not of this form is named with its line, all at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from dashboard.debate.csv_source import LONGEST_CELL
from dashboard.debate.directions import turning_words
from dashboard.debate.model import Verbatim
from dashboard.debate.problems import DebateError, EnoughError, Findings, quoted
from dashboard.debate.text_source import CONTROL_CHARACTER, Progress, unheard

ROLES = ("thesis", "supporting", "aside")
HEADING = "In the library"
LONGEST_CITATION = 2_000

_ROUND = 1_000
_TEXT: TypeAdapter[str] = TypeAdapter(Verbatim)
_PLAINLY_SEEN = re.compile(r"[!-~]")
_COUNT = re.compile(r"([0-9][0-9 ,.]{0,14}) passages?", re.IGNORECASE)
# White space and signs that cannot be seen, as they cling to the ends of copied lines.
_ENDS = "".join(map(chr, (*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0xAD)))
_AFTER_A_YEAR = re.compile(
    r"[0-9)\]](?:\s*(?:B\.?\s?C\.?(?:\s?E\.?)?|A\.?\s?D\.?|C\.?\s?E\.?))?[\s.,;:·•|–—-]*$"
)


@dataclass(frozen=True, slots=True)
class PagePassage:
    """Three lines of the page: what they hold, and where they stand."""

    line: int
    quote: str
    gloss: str
    citation_line: int
    citation: str
    role: str
    doubt: str | None = None
    """Why the last word may be the title's and not the role, if it may."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the form, read."""

    introduction: str
    declared: int
    declared_line: int
    passages: tuple[PagePassage, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


def read_page(
    lines: Iterable[str],
    name: str = "page",
    roles: Sequence[str] = ROLES,
    *,
    any_count: bool = False,
    progress: Progress = unheard,
) -> Page:
    """Read a page from its lines, which may end in line feeds with or without returns.

    ``name`` stands before each problem in place of a file. With ``any_count`` the page may
    declare another number of passages than it has. Raises `DebateError` with every problem.
    """
    findings = Findings()
    page: Page | None = None
    with suppress(EnoughError):
        page = _Reader(lines, name, roles, findings, progress).page(any_count=any_count)
    if findings or page is None:
        raise DebateError(findings.listed())
    return page


def parse(text: str, roles: Sequence[str] = ROLES, *, any_count: bool = False) -> Page:
    """Read a page from its text; raises `DebateError` with every problem."""
    return read_page(text.removeprefix("\ufeff").split("\n"), roles=roles, any_count=any_count)


def is_seen(text: str) -> bool:
    """Say whether a text has something to see, as every text of a debate must."""
    if _PLAINLY_SEEN.search(text):
        return True
    try:
        _TEXT.validate_python(text)
    except ValidationError:
        return False
    return True


def trimmed(text: str) -> str:
    """Give a text without the blanks and unseen signs at its ends."""
    before = None
    while before != text:
        before, text = text, text.strip().strip(_ENDS)
    return text


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation parted from the role after it."""

    citation: str
    role: str
    doubt: str | None


def part_role(line: str, roles: Sequence[str] = ROLES) -> Cited | None:
    """Part the last line of a passage into citation and role; None where no role ends it.

    Only the very last word is the role: of "The Null Hypothesisthesis" the title keeps
    "Hypothesis". Where the role follows neither a year nor a bracket there is a doubt.
    """
    whole = trimmed(line)
    role = max((role for role in roles if whole.endswith(role)), key=len, default=None)
    if role is None:
        return None
    before = whole[: -len(role)]
    citation = trimmed(before)
    if _AFTER_A_YEAR.search(before):
        return Cited(citation, role, None)
    last = before.split()[-1:] if before[-1:].isalpha() else []
    if last:
        doubt = f"the role is glued to a word: {quoted(last[0] + role)} may be one word"
    else:
        doubt = f'the role "{role}" follows no year; it may be the last word of the title'
    return Cited(citation, role, doubt)


class _Reader:
    """Reads the lines in order; what is wrong goes to the findings, and reading goes on."""

    def __init__(
        self,
        lines: Iterable[str],
        name: str,
        roles: Sequence[str],
        findings: Findings,
        progress: Progress,
    ) -> None:
        self._name = name
        self._roles = roles
        self._findings = findings
        self._progress = progress
        self._lines = self._clean(lines)
        self._last = 1
        self._failed = 0
        # Most citations recur, so each is parted once and kept once.
        self._parted: dict[str, Cited | None] = {}

    def page(self, *, any_count: bool) -> Page | None:
        head = self._head()
        if head is None:
            return None
        introduction, declared, declared_line = head
        passages = tuple(self._passages(declared))
        found = len(passages)
        if not found and not self._failed:
            self._add(
                declared_line, "no passage follows; a passage is a quote, a gloss, a citation"
            )
        elif found != declared and not any_count and not self._failed:
            self._add(declared_line, f"the page says {declared:,} passages, but it has {found:,}")
        return Page(introduction, declared, declared_line, passages)

    def _add(self, line: int, text: str) -> None:
        self._findings.add(self._name, line, text)

    def _clean(self, lines: Iterable[str]) -> Iterator[_Line]:
        for number, line in enumerate(lines, 1):
            self._last = number
            text = line.removesuffix("\n").removesuffix("\r")
            if len(text) > LONGEST_CELL:
                self._add(number, "this line is longer than 1 MB; are its line ends missing?")
                text = text[:LONGEST_CELL]
            unseen = CONTROL_CHARACTER.search(text)
            if unseen:
                code = f"U+{ord(unseen.group()):04X}"
                self._add(
                    number, f"a character that cannot be seen stands here ({code}); take it out"
                )
            yield _Line(number, text)

    def _seen(self) -> Iterator[_Line]:
        return (line for line in self._lines if is_seen(line.text))

    def _head(self) -> tuple[str, int, int] | None:
        """Give the introduction, the declared count and the line of the count."""
        introduction: list[str] = []
        heading = self._heading_in(introduction)
        if heading is None:
            return None
        line, declared = heading
        text = "\n".join(_without_blank_ends(introduction))
        if not text:
            self._add(1, f'the introduction is missing; it belongs before "{HEADING}"')
        return text, declared, line

    def _heading_in(self, introduction: list[str]) -> tuple[int, int] | None:
        """Collect lines up to the heading; give line and number of the count beneath it."""
        heading: _Line | None = None
        lonely: _Line | None = None
        held = length = 0
        for line in self._lines:
            count = _count_of(line.text)
            if heading and count is not None:
                del introduction[held:]
                return line.number, count
            if is_seen(line.text):
                if heading or (count is not None and lonely is None):
                    lonely = heading or line
                heading = None
            length += len(line.text) + 1
            if length > LONGEST_CELL:
                self._add(line.number, f'1 MB was read up to here without a line "{HEADING}"')
                return None
            if _is_heading(line.text):
                heading, held = line, len(introduction)
            introduction.append(line.text)
        self._say_what_is_missing(introduction, heading or lonely)
        return None

    def _say_what_is_missing(self, introduction: list[str], near: _Line | None) -> None:
        if near and _is_heading(near.text):
            text = f'after "{HEADING}" belongs the number of passages, such as "23 passages"'
            self._add(near.number, text)
        elif near:
            self._add(near.number, f'before {quoted(near.text)} belongs a line "{HEADING}"')
        elif any(is_seen(text) for text in introduction):
            text = f'this page has no line "{HEADING}", with the number of passages beneath it'
            self._add(self._last, text)
        else:
            self._add(1, "the page is empty")

    def _passages(self, declared: int) -> Iterator[PagePassage]:
        lines = self._seen()
        held: list[_Line] = []
        found = 0
        for line in lines:
            held.append(line)
            if len(held) < 3:
                continue
            passage = self._passage(held)
            if passage:
                found += 1
                held = []
                yield passage
                if found % _ROUND == 0:
                    self._progress("passages read", found)
            else:
                self._failed += 1
                held = self._after_fault(held, lines, found + self._failed)
        if held:
            self._say_what_is_left(held, found, declared)

    def _passage(self, held: list[_Line]) -> PagePassage | None:
        quote, gloss, last = held
        if last.text not in self._parted:
            self._parted[last.text] = part_role(last.text, self._roles)
        cited = self._parted[last.text]
        if cited is None:
            return None
        if not is_seen(cited.citation):
            self._add(last.number, f'the citation before "{cited.role}" is missing')
        elif turning := turning_words(cited.citation):
            self._add(last.number, f"the citation: {turning}")
        elif len(cited.citation) > LONGEST_CITATION:
            text = f"this citation is longer than {LONGEST_CITATION:,} characters"
            self._add(last.number, text)
        return PagePassage(
            quote.number,
            quote.text,
            gloss.text,
            last.number,
            cited.citation,
            cited.role,
            cited.doubt,
        )

    def _after_fault(self, held: list[_Line], lines: Iterator[_Line], number: int) -> list[_Line]:
        """Report three lines that are no passage; give the lines from which to read on."""
        quote, second, third = held
        if self._ends_a_passage(second.text):
            text = f"passage {number:,} has a quote (line {quote.number}) but no gloss, or no quote"
            self._add(second.number, f"{text}: this line is its citation already")
            return [third]
        wanted = f"the citation of passage {number:,}, which ends in {_either(self._roles)}"
        wanted += f" ({_written(self._roles)}; --roles names others)"
        text = f"here belongs {wanted}, after its quote and gloss on lines "
        text += f"{quote.number} and {second.number}; found: {quoted(third.text)}"
        self._add(third.number, text)
        next(filter(lambda line: self._ends_a_passage(line.text), lines), None)
        return []

    def _ends_a_passage(self, text: str) -> bool:
        cited = part_role(text, self._roles)
        return cited is not None and cited.doubt is None

    def _say_what_is_left(self, held: list[_Line], found: int, declared: int) -> None:
        self._failed += 1
        first = held[0]
        if found == declared and found:
            text = f"after the {found:,} passages that the page declares stands more"
            self._add(first.number, f"{text}: {quoted(first.text)}")
            return
        missing = "gloss and its citation" if len(held) == 1 else "citation"
        number = found + self._failed
        if len(held) == 2 and self._ends_a_passage(held[1].text):
            missing = "gloss"
        text = f"passage {number:,} begins here, but the page ends without its {missing}"
        self._add(first.number, text)


def _is_heading(text: str) -> bool:
    return " ".join(trimmed(text).split()).casefold() == HEADING.casefold()


def _count_of(text: str) -> int | None:
    counted = _COUNT.fullmatch(" ".join(trimmed(text[:100]).split()))
    return int(re.sub("[ ,.]", "", counted[1])) if counted else None


def _without_blank_ends(lines: list[str]) -> list[str]:
    seen = [place for place, line in enumerate(lines) if is_seen(line)]
    return lines[seen[0] : seen[-1] + 1] if seen else []


def _written(roles: Sequence[str]) -> str:
    """Say how roles must be written to be known, in as plain words as they allow."""
    return "in small letters" if all(map(str.islower, roles)) else "in just these letters"


def _either(roles: Sequence[str]) -> str:
    *others, last = roles
    return f"{', '.join(others)} or {last}" if others else last
