"""What must hold between the entries of a debate, each rule in one place.

Every function takes plain values as they stand in a file, whether or not the rest of their
entry is sound, and yields ``(place, words)`` for each fault: the place inside the entry, for
its line, and what to tell the editor.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from dashboard.debate.lookalikes import Lookalikes, lookalike_words, mixed_words
from dashboard.debate.model import DAY
from dashboard.debate.problems import quoted
from dashboard.debate.wording import Hints
from dashboard.debate.yaml_source import Where
from dashboard.debate.years import NO_YEAR_ZERO

Fault: TypeAlias = tuple[Where, str]
Entry: TypeAlias = Mapping[str, object]

TICK_VALUES = [-2, -1, 0, 1, 2]
GENERAL = "general"
_SIDES = {"a": "passage", "b": "passage"}


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

    hints: Hints = field(default_factory=Hints)


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


def ids(value: object) -> list[str] | None:
    """Give the ids of a list of entries; None where it is no list, so nothing is known."""
    if not isinstance(value, list):
        return None
    names = [entry.get("id") for _, entry in entries(value)]
    return [name for name in names if isinstance(name, str)]


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
    yield from _unknown(author, "home_school", known.schools, known.hints)


def work_faults(work: Entry, known: Known) -> Iterator[Fault]:
    """Check that the author of a work is one of the debate's, and what styles need of it."""
    yield from _unknown(work, "author", known.authors, known.hints)
    yield from _year_faults(work, "idea_year", "year")
    csl = work.get("csl")
    if isinstance(csl, dict):
        for where, text in _csl_faults(csl):
            yield ("csl", *where), f"csl: {text}"


def passage_faults(passage: Entry, known: Known) -> Iterator[Fault]:
    """Check what a passage refers to, its voices and its decisive words."""
    for key, ids_known in (
        ("work", known.works),
        ("role", known.roles),
        ("school", known.schools),
        ("second_school", known.schools),
    ):
        if key in passage:
            yield from _unknown(passage, key, ids_known, known.hints)
    school = passage.get("school")
    if isinstance(school, str) and passage.get("second_school") == school:
        text = f"second_school is {quoted(school)}, the same as school"
        yield ("second_school",), text
    if passage.get("mechanisms"):
        yield from _unknown_in(passage, "mechanisms", known.mechanisms, known.hints)
    if known.constructs and passage.get("constructs"):
        yield from _unknown_in(passage, "constructs", known.constructs, known.hints)
    for index, voice in entries(passage.get("voices")):
        for where, text in _year_faults(voice, "year"):
            yield ("voices", index, *where), f"voices {index + 1}, {text}"
    if passage.get("voices") and passage.get("voicing") is None:
        yield ("voices",), 'voices are named, so "voicing" is needed: quoting, reporting or on'
    quote = passage.get("quote")
    if isinstance(quote, str) and passage.get("decisive"):
        for index, words in texts(passage["decisive"]):
            if words not in quote:
                text = f'"decisive" words are not in the quote: {quoted(words)}'
                yield ("decisive", index), text


OWN_PATH = "own"
"""In links, the path that a reader makes of the passages the filters let through."""


def path_faults(path: Entry, known: Known) -> Iterator[Fault]:
    """Check that each step of a path leads to a passage, and that its id is free."""
    if path.get("id") == OWN_PATH:
        yield ("id",), f'the id "{OWN_PATH}" stands for a reader\'s own selection; choose another'
    for index, step in entries(path.get("steps")):
        for where, text in _unknown(step, "passage", known.passages, known.hints):
            yield ("steps", index, *where), f"steps {index + 1}: {text}"


def activities_faults(held: Entry, known: Known, general: Collection[str] = ()) -> Iterator[Fault]:
    """Check the passages of activities, plans, pairs and questions, and the steps of plans.

    ``general`` are the activities that plans may use where the debate names none.
    """
    for kind in ("activities", "inputs", "plans"):
        yield from _repeated_in(held, kind)
    yield from _shared_ids(held)
    for index, activity in entries(held.get("activities")):
        for where, text in _activity_faults(activity, known):
            yield ("activities", index, *where), f"activities {index + 1}, {text}"
    own = general if not held.get("activities") else ids(held["activities"]) or ()
    named = [*own, *(ids(held.get("inputs")) or ())]
    for index, plan in entries(held.get("plans")):
        name = plan.get("id")
        if isinstance(name, str) and re.search(r"[.\-_~]", name):
            text = f"the id {quoted(name)} holds a sign that joins steps in a link (. - _ ~)"
            yield ("plans", index, "id"), f"plans {index + 1}: {text}"
        for where, text in plan_faults(plan, known, named):
            yield ("plans", index, *where), f"plans {index + 1}, {text}"
    for index, pair in entries(held.get("pairs")):
        for side in ("a", "b"):
            for where, text in _unknown(pair, side, known.passages, known.hints):
                yield ("pairs", index, *where), f"pairs {index + 1}, {side}: {text}"
    questions = held.get("questions")
    if isinstance(questions, dict) and known.passages is not None:
        places = {**known.passages, GENERAL: False}
        for passage in questions:
            if passage not in places:
                hint = known.hints(passage, places)
                text = f"questions: unknown passage {quoted(passage)}{hint}"
                yield ("questions", passage), text


def plan_faults(plan: Entry, known: Known, activities: Collection[str]) -> Iterator[Fault]:
    """Check that the steps of a plan lead to activities and passages of the debate."""
    for index, step in entries(plan.get("steps")):
        for where, text in _unknown(step, "activity", activities, known.hints):
            yield ("steps", index, *where), f"steps {index + 1}: {text}"
        if step.get("passages"):
            for where, text in _unknown_in(step, "passages", known.passages, known.hints):
                yield ("steps", index, *where), f"steps {index + 1}: {text}"


def _activity_faults(activity: Entry, known: Known) -> Iterator[Fault]:
    if activity.get("passages"):
        for where, text in _unknown_in(activity, "passages", known.passages, known.hints):
            yield where, f"passages: {text}"
    for index, side in entries(activity.get("sides")):
        if side.get("passages"):
            for where, text in _unknown_in(side, "passages", known.passages, known.hints):
                yield ("sides", index, *where), f"sides {index + 1}: {text}"


def _shared_ids(held: Entry) -> Iterator[Fault]:
    """Refuse an id that a link could read as an activity, an input or a plan alike."""
    taken: dict[str, str] = {}
    for kind in ("activities", "inputs", "plans"):
        for index, entry in entries(held.get(kind)):
            name = entry.get("id")
            if isinstance(name, str) and taken.setdefault(name, kind) != kind:
                text = f"{kind} {index + 1}: the id {quoted(name)} is used in {taken[name]}"
                yield (kind, index, "id"), text


def glossary_faults(_held: Entry, _known: Known) -> Iterator[Fault]:
    """Check nothing: a glossary refers to nothing."""
    yield from ()


def changes_faults(held: Entry, known: Known) -> Iterator[Fault]:
    """Check the days and the passages of the log of changes."""
    for index, change in entries(held.get("changes")):
        day = change.get("date")
        if isinstance(day, str) and re.fullmatch(DAY, day) and not _is_real_day(day):
            text = f"changes {index + 1}, date: there is no day {quoted(day)}"
            yield ("changes", index, "date"), text
        for where, text in _unknown(change, "passage", known.passages, known.hints):
            yield ("changes", index, *where), f"changes {index + 1}: {text}"


def _is_real_day(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def repeated_ids(value: object) -> Iterator[tuple[int, str, int]]:
    """Yield place, id and first place of each entry of a list that uses an id again."""
    first: dict[str, int] = {}
    for index, entry in entries(value):
        name = entry.get("id")
        if isinstance(name, str):
            if name in first:
                yield index, name, first[name]
            first.setdefault(name, index)


def unclear_ids(value: object, where: Callable[[int], str]) -> Iterator[tuple[int, str]]:
    """Yield place and words of each entry of a list whose id can be taken for another.

    ``where`` says where the entry at a place stands.
    """
    met, places = Lookalikes(), dict[str, int]()
    for index, entry in entries(value):
        name = entry.get("id")
        if not isinstance(name, str):
            continue
        places.setdefault(name, index)
        yield from ((index, words) for words in unclear_words(name, met, places, where))


def unclear_words(
    name: str, met: Lookalikes, places: Mapping[str, int], where: Callable[[int], str]
) -> Iterator[str]:
    """Yield why an id can be taken for another: its scripts, or an id ``met`` before it.

    ``places`` has the place of each id, and ``where`` says it in words.
    """
    mixed = mixed_words(name)
    if mixed:
        yield mixed
    other = met.earlier(name)
    if other is not None:
        yield lookalike_words(name, other, where(places[other]))


def _year_faults(entry: Entry, *keys: str) -> Iterator[Fault]:
    for key in keys:
        # False is no year either, and is refused by the check of the shape.
        if entry.get(key) == 0 and entry[key] is not False:
            yield (key,), f"{key}: {NO_YEAR_ZERO}"


def _csl_faults(csl: Entry) -> Iterator[Fault]:
    for role in ("author", "editor", "translator"):
        for index, name in entries(csl.get(role)):
            if ("family" in name) == ("literal" in name):
                text = f'{role} {index + 1}: give either "family" or "literal"'
                yield (role, index), text
            elif "literal" in name and len(name) > 1:
                text = f'{role} {index + 1}: a "literal" name has no further parts'
                yield (role, index), text
    isbn = csl.get("isbn")
    if isinstance(isbn, str) and isbn and not _is_isbn(isbn):
        yield ("isbn",), f"isbn: {quoted(isbn)} is no ISBN of 10 or 13 digits, or its last is wrong"


def _is_isbn(text: str) -> bool:
    digits = text.replace("-", "")
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        return sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0
    if re.fullmatch(r"[0-9]{13}", digits):
        return sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10 == 0
    return False


def _repeated_in(held: Entry, key: str) -> Iterator[Fault]:
    for index, words in unclear_ids(held.get(key), lambda first: f"the id of {key} {first + 1}"):
        yield (key, index, "id"), f"{key} {index + 1}: {words}"
    for index, name, first in repeated_ids(held.get(key)):
        text = f"{key} {index + 1}: the id {quoted(name)} is used already, by {key} {first + 1}"
        yield (key, index, "id"), text


def _tick_faults(name: str, axis: Entry) -> Iterator[Fault]:
    ticks = axis.get("ticks")
    values = [tick.get("value") for _, tick in entries(ticks)]
    # Too few ticks, or values that are no steps at all, are said by the check of the shape.
    sound = len(values) == len(TICK_VALUES) and all(value in TICK_VALUES for value in values)
    if sound and values != TICK_VALUES:
        found = ", ".join(str(value) for value in values)
        text = f"{name}: the values of the ticks are {found}; they must be -2, -1, 0, 1, 2"
        yield (name, "ticks"), text


def _unknown(
    entry: Entry, key: str, known: Collection[str] | None, hints: Hints
) -> Iterator[Fault]:
    value = entry.get(key)
    if isinstance(value, str) and value and known is not None and value not in known:
        kind = _SIDES.get(key, key)
        yield (key,), f"unknown {kind} {quoted(value)}{hints(value, known)}"


def _unknown_in(
    entry: Entry, key: str, known: Collection[str] | None, hints: Hints
) -> Iterator[Fault]:
    if known is None:
        return
    for index, value in texts(entry[key]):
        if value and value not in known:
            text = f"unknown {key.removesuffix('s')} {quoted(value)}{hints(value, known)}"
            yield (key, index), text
