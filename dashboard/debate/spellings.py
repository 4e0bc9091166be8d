"""The same person or work in two spellings: what may be taken as one, and what stays apart.

Two spellings of a name are one where nothing in them disagrees: "Flores, Philip J." and
"Flores, P. J". Where a short form fits two people who differ, it stays apart and is doubted.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, NamedTuple, TypeVar

from dashboard.debate.catalogued import PARTICLES, Citation
from dashboard.debate.model import CitedName

MOST_TO_COMPARE = 60
"""Spellings under one family name, beyond which only equal ones are taken as one."""

MOST_TO_COMPARE_CLOSELY = 5_000
MOST_LONGER = 20
MOST_DOUBTS = 3
"""Of how many others it is said that one may be the same as they."""

LEAST_OF_A_TITLE = 20
"""Letters that a title must have to stand for a longer one that begins with it."""


class PersonKey(NamedTuple):
    """What spellings of one name have in common; a particle before it does not count."""

    family: str
    given: str
    rest: str


class WorkKey(NamedTuple):
    """What citations of one work have in common."""

    year: int
    title: str
    edition: str


Key = TypeVar("Key", PersonKey, WorkKey)


@dataclass(frozen=True, slots=True)
class Same(Generic[Key]):
    """Which keys are taken as one, and which may be one but stay apart."""

    one: dict[Key, Key]
    """The key that stands for each key; itself where it stands alone."""

    apart: tuple[tuple[Key, Key], ...]


def folded(text: str) -> str:
    """Give a text without case, accents and punctuation, its words parted by one blank."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", plain))


def person_key(name: CitedName) -> PersonKey:
    """Give the key of a name."""
    if name.literal is not None:
        return PersonKey(folded(name.literal) or name.literal, "", "group")
    family = name.family or ""
    words = folded(family).split()
    while len(words) > 1 and words[0] in PARTICLES:
        del words[0]
    given, suffix = folded(name.given or ""), folded(name.suffix or "")
    return PersonKey(" ".join(words) or family, given, suffix)


def work_key(citation: Citation) -> WorkKey:
    """Give the key of a work; among the works of one author it tells them apart."""
    title = folded(citation.title) or citation.title
    title = re.sub("^(the|an?) ", "", title)
    return WorkKey(citation.year or 0, title, (citation.edition or "").casefold())


def same_people(keys: Iterable[PersonKey]) -> Same[PersonKey]:
    """Take spellings of a name as one where all of them agree with one another."""
    one = {key: key for key in keys}
    apart: list[tuple[PersonKey, PersonKey]] = []
    families: defaultdict[tuple[str, str], list[PersonKey]] = defaultdict(list)
    for key in one:
        families[key.family, key.rest].append(key)
    for spellings in families.values():
        for group in _agreeing(spellings):
            pairs = [pair for pair in combinations(group, 2) if _agree(*pair)]
            if len(pairs) == len(group) * (len(group) - 1) // 2:
                one.update(dict.fromkeys(group, group[0]))
            else:
                apart += pairs
    apart += _alone(list(one))
    people = list(dict.fromkeys(one.values()))
    if len(people) <= MOST_TO_COMPARE_CLOSELY:
        apart += _nearly_equal(people)
    return Same(one, tuple(dict.fromkeys(apart)))


def _agree(a: PersonKey, b: PersonKey) -> bool:
    """Say whether given names agree word by word, an initial with a name it begins."""
    ours, theirs = a.given.split(), b.given.split()
    pairs = list(zip(ours, theirs, strict=False))
    return bool(pairs) and all(
        x == y or (min(len(x), len(y)) == 1 and x[0] == y[0]) for x, y in pairs
    )


def _agreeing(spellings: Sequence[PersonKey]) -> Iterator[list[PersonKey]]:
    """Yield spellings that hang together, each agreeing with one of the others at least."""
    left = list(spellings) if len(spellings) <= MOST_TO_COMPARE else []
    while left:
        group, waiting = [], [left.pop(0)]
        while waiting:
            taken = waiting.pop(0)
            group.append(taken)
            waiting += [other for other in left if _agree(taken, other)]
            left = [other for other in left if not _agree(taken, other)]
        yield group


def _alone(keys: Sequence[PersonKey]) -> Iterator[tuple[PersonKey, PersonKey]]:
    """Yield names without given names that are a family name elsewhere."""
    families: dict[str, PersonKey] = {}
    for key in keys:
        if key.given:
            families.setdefault(key.family, key)
    for key in keys:
        if not key.given and key.family in families:
            yield key, families[key.family]


def _nearly_equal(keys: Sequence[PersonKey]) -> Iterator[tuple[PersonKey, PersonKey]]:
    """Yield pairs of names of which one letter differs, is left out or is added."""
    by_rest: dict[str, PersonKey] = {}
    for key in keys:
        text = "|".join(key)
        if not 8 <= len(text) <= 80:
            continue
        rests = [text, *(text[:at] + text[at + 1 :] for at in range(len(text)))]
        others = dict.fromkeys(by_rest.setdefault(rest, key) for rest in rests)
        near = [other for other in others if other != key and not _are_told_apart(other, key)]
        yield from ((other, key) for other in near[:MOST_DOUBTS])


def _are_told_apart(a: PersonKey, b: PersonKey) -> bool:
    """Say whether one letter is likely all that tells two people apart, as in short names."""
    return a.family == b.family and min(len(a.given), len(b.given)) < 6


def same_works(keys: Iterable[WorkKey]) -> Same[WorkKey]:
    """Take citations of one author as one work where title and year agree.

    A title may be cut short, and the edition left out. Where that fits two works, or only one
    of the citations has a year, they stay apart.
    """
    one = {key: key for key in sorted(set(keys))}
    apart: list[tuple[WorkKey, WorkKey]] = []
    ordered = list(one)
    for at in reversed(range(len(ordered))):
        key = ordered[at]
        following = ordered[at + 1 : at + 1 + MOST_LONGER]
        longer = list(dict.fromkeys(one[o] for o in following if _may_be_cut(key, o)))
        if len(longer) == 1 and _may_be_cut(key, longer[0]):
            one[key] = longer[0]
        else:
            apart += [(key, other) for other in longer[:MOST_DOUBTS]]
    undated = {key.title: key for key in ordered if not key.year}
    apart += [(undated[k.title], k) for k in ordered if k.year and k.title in undated]
    return Same(one, tuple(apart))


def _may_be_cut(short: WorkKey, long: WorkKey) -> bool:
    if short.year != long.year or (short.edition and long.edition not in {"", short.edition}):
        return False
    if short.title == long.title:
        return True
    return len(short.title) >= LEAST_OF_A_TITLE and long.title.startswith(short.title)
