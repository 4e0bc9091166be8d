"""A citation as catalogued, read into names, title, edition and year as far as it goes.

The form is ``Family, Given, Title, Edition, Year``, with several authors joined by "and", "&",
a semicolon or commas. What is read here was checked against nothing: a part is at best likely,
and unsure where the citation allows another reading. The citation itself is kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dashboard.debate.model import Certainty, CitedName
from dashboard.debate.page_reader import is_seen, trimmed
from dashboard.debate.problems import quoted
from dashboard.debate.years import EARLIEST, LATEST, year_words

MOST_NAMES = 60


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PARTICLES = _words(
    "van von vom der den de del della dell di da das dos do du la le les ten ter te tot zu zum zur "
    "af av bin ibn ben al el bar san degli dei"
)
_GROUPS = _words(
    "academy administration agency alliance association authority board bureau center centre "
    "church collaboration collaborators college commission committee company congress consortium "
    "corporation council department federation forum foundation gesellschaft government group "
    "institut institute institutes institution international league library ministry ministère "
    "museum nations network office organisation organization panel press project school service "
    "services société society team trust union universität université university verband verein "
    "workgroup force"
)
_SMALL_WORDS = _words("a an and as at by for from in is of on or that the to with")
_SUFFIX = re.compile(r"(jr|sr|ii|iii|iv|ph\.? ?d|m\.? ?d)\.?", re.IGNORECASE)
_HAS_INITIAL = re.compile(r"\b[^\W\d_]\.|^[^\W\d_](?: [^\W\d_])*$")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")
_JOINED = re.compile(r"\s*;\s*|\s+(?:and|&|und|et|y)\s+(?!al\b)")
_LEADING_JOINT = re.compile(r"(?:and|&|und)\s+")
_ET_AL = re.compile(r"(?:^|\s+)(?:et al\.?|and others)$", re.IGNORECASE)
_EDITOR = re.compile(r"(?:^|\s+)\(?(?:eds?\.?|editors?|hrsg\.?)\)?$", re.IGNORECASE)
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS = _ORDINAL_WORDS.split()
_ORDINAL = rf"(?:{'|'.join(_ORDINALS)}|[0-9]{{1,3}}(?:st|nd|rd|th|\.)?)"
_KIND = "revised|rev\\.?|enlarged|expanded|updated|abridged|illustrated|international|new|student"
_EDITION = re.compile(
    rf"(?:(?:(?:{_ORDINAL}|{_KIND}|and|&),? ){{1,6}}(?:edition|edn?\.?|auflage))"
    rf"|(?:edition|ed\.) {_ORDINAL}",
    re.IGNORECASE,
)
_BRACKETED_END = re.compile(r"\(([^()]{1,60})\)$")
_YEAR_AT_END = re.compile(
    r"(?P<before>^|,\s*|\s*[(\[]|\s+(?=[0-9]{4}\s*[\[(]))(?P<about>(?:c|ca|circa)\.?\s*)?(?P<ad>A\.?\s?D\.?\s*)?"
    r"(?P<first>[0-9]{1,4})"
    r"(?:[a-z]|\s*[/–—-]\s*(?P<last>[0-9]{1,4})|\s*[\[(](?P<other>[0-9]{3,4})[\])])?"
    r"(?P<era>\s*(?:(?P<bc>B\.?\s?C\.?(?:\s?E\.?)?)|A\.?\s?D\.?|C\.?\s?E\.?))?[)\]]?$",
    re.IGNORECASE,
)
_NO_YEAR = re.compile(
    r",\s*\(?(?:n\. ?d\.?|no date|undated|s\. ?a\.?|in press|forthcoming)\)?$", re.IGNORECASE
)
_ENDS_IN_DIGITS = re.compile(
    r"(?<![0-9])[0-9]{3,4}(?:\s*B\.?\s?C\.?(?:\s?E\.?)?)?(?=[)\]]*$)", re.IGNORECASE
)
_CUT_AFTER = _words("a an the of and or for in on with to by from &")


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says, in its parts."""

    verbatim: str
    names: tuple[CitedName, ...]
    are_editors: bool
    title: str
    edition: str | None
    year: int | None
    certainty: dict[str, Certainty]
    doubts: tuple[str, ...]


@dataclass(slots=True)
class _Parts:
    """What has been found so far, and what speaks against it."""

    names: list[CitedName] = field(default_factory=list)
    are_editors: bool = False
    edition: str | None = None
    year: int | None = None
    unsure: set[str] = field(default_factory=set)
    doubts: list[str] = field(default_factory=list)

    def doubt(self, part: str, text: str) -> None:
        self.unsure.add(part)
        self.doubts.append(text)


def read_citation(verbatim: str) -> Citation:
    """Read a citation into its parts; what cannot be told is doubted, never guessed away."""
    parts = _Parts()
    rest = _without_end(_flat(verbatim), parts)
    segments = _segments(rest)
    at = _take_names(segments, parts)
    title = trimmed(rest[segments[at][0] :]) if at < len(segments) else ""
    title = _title(title, verbatim, parts)
    certainty: dict[str, Certainty] = {}
    present = {"authors": True, "title": True, "edition": parts.edition, "year": parts.year}
    for part, held in present.items():
        if held:
            certainty[part] = "unsure" if part in parts.unsure else "likely"
    return Citation(
        verbatim,
        tuple(parts.names),
        parts.are_editors,
        title,
        parts.edition,
        parts.year,
        certainty,
        tuple(parts.doubts),
    )


def natural_name(name: CitedName) -> str:
    """Give a name as it is spoken: "Bessel A. van der Kolk"."""
    if name.literal is not None:
        return name.literal
    return " ".join(filter(None, (name.given, name.particle, name.family, name.suffix)))


def sort_name(name: CitedName) -> str:
    """Give a name as it is sorted: "van der Kolk, Bessel A."."""
    if name.literal is not None:
        return name.literal
    return ", ".join(filter(None, (short_name(name), name.given, name.suffix)))


def short_name(name: CitedName) -> str:
    """Give a name as it stands beside a row: "van der Kolk"."""
    if name.literal is not None:
        return name.literal
    return " ".join(filter(None, (name.particle, name.family)))


def _flat(text: str) -> str:
    return " ".join(trimmed(text).split())


def _without_end(text: str, parts: _Parts) -> str:
    """Take year and edition from the end, in whichever order they stand."""
    rest = text.rstrip(" .,;:·•|–—-") or text
    for _ in range(3):
        shorter = _without_year(rest, parts)
        shorter = _without_edition(shorter, parts)
        if shorter == rest:
            break
        rest = shorter
    return rest


def _without_year(text: str, parts: _Parts) -> str:
    if parts.year is not None or "year" in parts.unsure:
        return text
    dateless = _NO_YEAR.search(text)
    if dateless:
        parts.doubt("year", "no year is given")
        return text[: dateless.start()].rstrip(" ,")
    found = _YEAR_AT_END.search(text)
    if not found:
        return text
    year, doubt = _year(found)
    before = text[: found.start()].rstrip(" ,")
    if not before or year is None:
        return text
    if len(_segments(before)) == 1 or _is_only_a_name(before):
        parts.doubt("year", f'"{year_words(year)}" may be the title and not the year')
        return text
    parts.year = year
    if doubt:
        parts.doubt("year", doubt)
    return before


def _year(found: re.Match[str]) -> tuple[int | None, str]:
    """Return the year at the end of a citation and what speaks against it; None is no year.

    Of two the later is the printing. Without an era or a word such as "circa", fewer than three
    digits are never a year, and three perhaps.
    """
    first = int(found["first"])
    later = int(found["last"] or found["other"] or first)
    said = f'the year is given as "{trimmed(found[0].lstrip(","))}"'
    if found["bc"]:
        year, doubt = -later, said if found["about"] or found["last"] or found["other"] else ""
    else:
        year = max(first, later) if found["other"] else later
        plain = not (found["about"] or found["ad"] or found["era"])
        if plain and year < 100:
            return None, ""
        two_or_about = found["about"] or found["last"] or found["other"] or "[" in found["before"]
        doubt = said if two_or_about else ""
        if plain and year < 1000:
            doubt = f'"{year}" may be another number and not the year'
    return (year, doubt) if year and EARLIEST <= year <= LATEST else (None, "")


def _is_only_a_name(text: str) -> bool:
    segments = _segments(text)
    return len(segments) == 2 and _is_given(segments[1][1]) and "." in segments[1][1]


def _without_edition(text: str, parts: _Parts) -> str:
    if parts.edition:
        return text
    segments = _segments(text)
    start, last = segments[-1]
    if len(segments) > 1 and _EDITION.fullmatch(last):
        parts.edition = _edition(last)
        return text[:start].rstrip(" ,")
    bracketed = _BRACKETED_END.search(text)
    if bracketed and bracketed.start() and _EDITION.fullmatch(bracketed[1]):
        parts.edition = _edition(bracketed[1])
        return text[: bracketed.start()].rstrip(" ,")
    return text


def _edition(text: str) -> str:
    """Give "Fifth Edition" as "5th"; what is no plain number stays as it is."""
    words = re.sub(r"(?i)\b(edition|edn?|auflage)\b\.?", "", text).strip()
    number = words.rstrip(".").casefold()
    if number in _ORDINALS:
        return _nth(_ORDINALS.index(number) + 1)
    digits = re.fullmatch(r"([0-9]{1,3})(st|nd|rd|th)?", number)
    return _nth(int(digits[1])) if digits else text


def _nth(number: int) -> str:
    teen = 10 < number % 100 < 14
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _segments(text: str) -> list[tuple[int, str]]:
    """Part a text at its commas, except within closed brackets; each with where it begins."""
    closes = _closed_brackets(text)
    segments: list[tuple[int, str]] = []
    start = at = 0
    while at < len(text):
        if at in closes:
            at = closes[at]
        elif text[at] == ",":
            segments.append((start, text[start:at]))
            start = at + 1
        at += 1
    segments.append((start, text[start:]))
    return [(begin, part.strip()) for begin, part in segments if is_seen(part)] or [(0, "")]


def _closed_brackets(text: str) -> dict[int, int]:
    """Give where each bracket that is closed closes, by where it opens."""
    opened: list[int] = []
    closes: dict[int, int] = {}
    for at, sign in enumerate(text):
        if sign == "(":
            opened.append(at)
        elif sign == ")" and opened:
            closes[opened.pop()] = at
    return closes


def _take_names(segments: Sequence[tuple[int, str]], parts: _Parts) -> int:
    """Take the names from the beginning; give the place at which the title begins."""
    texts = [text for _, text in segments]
    if len(texts) == 1:
        parts.doubt("authors", "no author could be told from the title")
        return 0
    if _is_group(texts[0]):
        parts.names.append(CitedName(literal=texts[0]))
        return 1
    if len(texts) == 2 and _is_family(texts[0]) and _is_given(texts[1]):
        parts.doubt("title", f"{quoted(', '.join(texts))} may be a name and no title")
    at = _take_inverted(texts, parts)
    if not at:
        _take_natural(texts[0], parts)
        at = 1
    while at < len(texts) - 1 and _EDITOR.fullmatch(texts[at]):
        parts.are_editors = True
        at += 1
    if any(text.startswith("& ") for text in texts[at:]):
        parts.doubt("title", "the title may begin with further authors")
    return at


def _take_inverted(texts: Sequence[str], parts: _Parts) -> int:
    """Take "Family, Given" again and again; give the place after the last of them."""
    at, family, joined, pending = 0, texts[0], True, False
    while len(parts.names) < MOST_NAMES and at + 2 < len(texts):
        suffix = None
        if at + 3 < len(texts) and _SUFFIX.fullmatch(texts[at + 1]):
            suffix, at = texts[at + 1], at + 1
        given, more = _given_and_more(texts[at + 1], parts)
        follows = joined or bool(_HAS_INITIAL.search(given))
        if not (follows and _is_family(family) and _is_given(given)):
            break
        at += 2
        if at + 1 < len(texts) and _SUFFIX.fullmatch(texts[at]):
            suffix, at = texts[at], at + 1
        parts.names.append(_person(family, given, suffix))
        pending = _take_more(more, parts)
        if pending:
            # "Klein, Melanie and Riviere, Joan": the family name stands here already.
            at, family, joined = at - 1, more[-1], True
        else:
            family = _LEADING_JOINT.sub("", texts[at], count=1)
            joined = family != texts[at]
    if pending:
        parts.names.append(CitedName(literal=family))
        parts.doubt("authors", f"{quoted(family)} may be an author or belong to the title")
        at += 1
    return at


def _given_and_more(text: str, parts: _Parts) -> tuple[str, list[str]]:
    first, *more = _JOINED.split(_without_remarks(text, parts))
    return first, [one for one in more if is_seen(one)]


def _without_remarks(text: str, parts: _Parts) -> str:
    for pattern in (_EDITOR, _ET_AL, _EDITOR):
        shorter = pattern.sub("", text)
        if shorter != text and is_seen(shorter):
            if pattern is _ET_AL:
                parts.doubt("authors", "further authors are not named (et al.)")
            else:
                parts.are_editors = True
            text = shorter
    return text


def _take_more(more: Sequence[str], parts: _Parts) -> bool:
    """Take names joined to the one before; say whether the last is a family name alone."""
    for place, name in enumerate(more):
        if _is_natural(name):
            parts.names.append(_natural(name))
        elif place == len(more) - 1:
            return True
        else:
            parts.names.append(CitedName(literal=name))
    return False


def _take_natural(text: str, parts: _Parts) -> None:
    """Take names as they are spoken, joined by "and", or one name that has no parts."""
    whole = _without_remarks(text, parts)
    names = [one for one in _JOINED.split(whole) if is_seen(one)][:MOST_NAMES]
    if names and all(_is_natural(name) for name in names):
        parts.names += [_natural(name) for name in names]
        if not all(_HAS_INITIAL.search(name) for name in names):
            parts.doubt("authors", f"{quoted(whole)} was taken for a name in its natural order")
        return
    if len(names) > 1 and all(_WORD.fullmatch(name) for name in names):
        parts.names += [CitedName(literal=name) for name in names]
    else:
        parts.names.append(CitedName(literal=whole))
    parts.doubt("authors", f"{quoted(whole)} stands as it is; it may be a person or a group")


def _person(family: str, given: str, suffix: str | None) -> CitedName:
    particle, family = _leading_particle(family)
    words = given.split()
    while len(words) > 1 and words[-1] in PARTICLES:
        particle = f"{words.pop()} {particle or ''}".strip()
    return CitedName(family=family, given=" ".join(words), particle=particle, suffix=suffix)


def _natural(name: str) -> CitedName:
    words = name.split()
    at = len(words) - 1
    while at > 1 and words[at - 1] in PARTICLES:
        at -= 1
    particle, family = _leading_particle(" ".join(words[at:]))
    return CitedName(family=family, given=" ".join(words[:at]), particle=particle)


def _leading_particle(family: str) -> tuple[str | None, str]:
    words = family.split()
    at = 0
    while at < len(words) - 1 and words[at] in PARTICLES:
        at += 1
    return " ".join(words[:at]) or None, " ".join(words[at:])


def _is_family(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= 5 or not _are_words(words):
        return False
    return all(word in PARTICLES or not word[0].islower() or word[1:2] in "'’" for word in words)


def _is_given(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= 5 or not _are_words(words):
        return False
    if words[0] in {"A", "An", "The"} and len(words) > 1 and not _are_initials(words):
        return False
    return not words[0][0].islower() and all(
        word in PARTICLES or not word[0].islower() for word in words
    )


def _is_natural(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 6 and _is_given(text) and not _is_group(text)


def _are_words(words: Sequence[str]) -> bool:
    sound = all(_WORD.fullmatch(word) for word in words)
    return sound and _SMALL_WORDS.isdisjoint(word.casefold() for word in words if len(word) > 1)


def _are_initials(words: Sequence[str]) -> bool:
    return all(len(word.rstrip(".")) == 1 for word in words)


def _is_group(text: str) -> bool:
    words = [word.strip("().").casefold() for word in text.split()]
    return len(words) > 1 and not _GROUPS.isdisjoint(words)


def _title(title: str, verbatim: str, parts: _Parts) -> str:
    if not is_seen(title):
        parts.doubt("title", "no title could be told; the whole citation stands in its place")
        return verbatim
    for text in _title_doubts(title, parts):
        parts.doubt("title", text)
    return title


def _title_doubts(title: str, parts: _Parts) -> Iterator[str]:
    ending = _ENDS_IN_DIGITS.search(title)
    if parts.year is None and not parts.doubts and ending:
        yield f'the title ends in "{ending[0]}", which may be the year'
    elif parts.year is None and "year" not in parts.unsure:
        parts.doubts.append("no year is given")
    if title.count("(") != title.count(")") or title.count("[") != title.count("]"):
        yield "the title seems to be cut short: a bracket is not closed"
    last = title.rsplit(maxsplit=1)[-1]
    if last.casefold() in _CUT_AFTER or title[-1] in ":-–—&":
        yield f"the title seems to be cut short: it ends in {quoted(last)}"
