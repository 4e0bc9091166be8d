"""What must hold between the entries of a debate, each rule in one place.

Every function takes plain values as they stand in a file, whether or not the rest of their
entry is sound, and yields ``(place, words)`` for each fault: the place inside the entry, for
its line, and what to tell the editor.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from dashboard.debate.wording import did_you_mean
from dashboard.debate.yaml_source import Where

Fault: TypeAlias = tuple[Where, str]
Entry: TypeAlias = Mapping[str, object]

TICK_VALUES = [-2, -1, 0, 1, 2]
GENERAL = "general"


@dataclass(slots=True)
class Known:
    """The ids a debate has, by kind; None where the file that holds them cannot be read."""

    schools: Collection[str] | None = None
    roles: Collection[str] | None = None
    mechanisms: Collection[str] | None = None
    constructs: Collection[str] | None = None
    authors: Collection[str] | None = None
    works: Collection[str] | None = None
    passages: dict[str, bool] | None = None
    """Every passage id, and whether the passage has a gloss."""

    has_medium: bool = True
    lines: dict[tuple[str, str], int] = field(default_factory=dict)


def entries(value: object) -> Iterator[tuple[int, Entry]]:
    """Yield the entries of a list that are mappings, with their place in it."""
    if isinstance(value, list):
        for index, entry in enumerate(value):
            if isinstance(entry, dict):
                yield index, entry


def texts(value: object) -> Iterator[tuple[int, str]]:
    """Yield the texts of a list, with their place in it."""
    if isinstance(value, list):
        for index, text in enumerate(value):
            if isinstance(text, str):
                yield index, text


def ids(value: object) -> list[str]:
    """Give the ids of a list of entries."""
    return [entry["id"] for _, entry in entries(value) if isinstance(entry.get("id"), str)]  # type: ignore[misc]


def debate_faults(debate: Entry, _known: Known) -> Iterator[Fault]:
    """Check the axes and that no id is used twice.

    The position axis must have a place for texts without a claim.
    """
    for kind in ("schools", "roles", "mechanisms"):
        yield from _repeated_in(debate, kind)
    for name in ("axis", "medium"):
        axis = debate.get(name)
        if isinstance(axis, dict):
            yield from _tick_faults(name, axis)
    position = debate.get("axis")
    if isinstance(position, dict) and position.get("no_claim") is None:
        yield ("axis",), 'axis: "no_claim" is missing; it is the place of texts without a claim'


def author_faults(author: Entry, known: Known) -> Iterator[Fault]:
    """Check that the home school of an author is one of the debate's."""
    yield from _unknown(author, "home_school", known.schools)


def work_faults(work: Entry, known: Known) -> Iterator[Fault]:
    """Check that the author of a work is one of the debate's."""
    yield from _unknown(work, "author", known.authors)


def passage_faults(passage: Entry, known: Known) -> Iterator[Fault]:
    """Check what a passage refers to, its voices and its decisive words."""
    yield from _unknown(passage, "work", known.works)
    yield from _unknown(passage, "role", known.roles)
    yield from _unknown(passage, "school", known.schools)
    yield from _unknown(passage, "second_school", known.schools)
    school = passage.get("school")
    if isinstance(school, str) and passage.get("second_school") == school:
        yield ("second_school",), f'second_school is "{school}" again, the same as school'
    if passage.get("mechanisms"):
        yield from _unknown_in(passage, "mechanisms", "mechanism", known.mechanisms)
    if known.constructs and passage.get("constructs"):
        yield from _unknown_in(passage, "constructs", "construct", known.constructs)
    if passage.get("voices") and passage.get("voicing") is None:
        yield ("voices",), 'voices are named, so "voicing" is needed: quoting, reporting or on'
    quote = passage.get("quote")
    if isinstance(quote, str) and passage.get("decisive"):
        for index, words in texts(passage["decisive"]):
            if words not in quote:
                text = f'"decisive" words are not in the quote: "{words}"'
                yield ("decisive", index), text


def path_faults(path: Entry, known: Known) -> Iterator[Fault]:
    """Check that each step of a path leads to a passage."""
    for index, step in entries(path.get("steps")):
        for where, text in _unknown(step, "passage", known.passages):
            yield ("steps", index, *where), text


def activities_faults(held: Entry, known: Known) -> Iterator[Fault]:
    """Check the passages of pairs and of questions."""
    yield from _repeated_in(held, "activities")
    for index, pair in entries(held.get("pairs")):
        for side in ("a", "b"):
            for where, text in _unknown(pair, side, known.passages):
                place = ("pairs", index, *where)
                yield place, f"pairs {index + 1}: {text.replace(f' {side} ', ' passage ', 1)}"
    questions = held.get("questions")
    if isinstance(questions, dict) and known.passages is not None:
        for passage in questions:
            if passage != GENERAL and passage not in known.passages:
                hint = did_you_mean(passage, [*known.passages, GENERAL])
                yield ("questions", passage), f'questions: unknown passage "{passage}"{hint}'


def glossary_faults(_held: Entry, _known: Known) -> Iterator[Fault]:
    """Check nothing: a glossary refers to nothing."""
    yield from ()


def repeated_ids(value: object) -> Iterator[tuple[int, str, int]]:
    """Yield place, id and first place of each entry of a list that uses an id again."""
    first: dict[str, int] = {}
    for index, entry in entries(value):
        name = entry.get("id")
        if isinstance(name, str):
            if name in first:
                yield index, name, first[name]
            first.setdefault(name, index)


def _repeated_in(held: Entry, key: str) -> Iterator[Fault]:
    for index, name, first in repeated_ids(held.get(key)):
        text = f'{key} {index + 1}: the id "{name}" is used already, by {key} {first + 1}'
        yield (key, index, "id"), text


def _tick_faults(name: str, axis: Entry) -> Iterator[Fault]:
    ticks = axis.get("ticks")
    if not isinstance(ticks, list):
        return
    values = [tick.get("value") for _, tick in entries(ticks)]
    if values != TICK_VALUES:
        found = ", ".join(str(value) for value in values)
        text = f"{name}: the values of the ticks are {found}; they must be -2, -1, 0, 1, 2"
        yield (name, "ticks"), text


def _unknown(entry: Entry, key: str, known: Collection[str] | None) -> Iterator[Fault]:
    value = entry.get(key)
    if isinstance(value, str) and known is not None and value not in known:
        yield (key,), f'unknown {key} "{value}"{did_you_mean(value, known)}'


def _unknown_in(
    entry: Entry, key: str, kind: str, known: Collection[str] | None
) -> Iterator[Fault]:
    if known is None:
        return
    for index, value in texts(entry[key]):
        if value not in known:
            yield (key, index), f'unknown {kind} "{value}"{did_you_mean(value, known)}'
