"""What a ballot may say, and how ballots are counted: pure functions on plain values.

A value is one sign, as a placement is: ``0`` to ``4`` for the steps of the axis from its low end
to its high one, ``n`` for no claim, ``w`` where the question is held to be wrong. Where a passage
is sorted into bins, it is ``0`` to ``5`` for the bins from left to right.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from dashboard.rooms.errors import NotAllowed
from dashboard.rooms.tables import KEY_LENGTH, WORDS_LENGTH

VALUES = ("0", "1", "2", "3", "4", "n", "w")
BIN_VALUES = ("0", "1", "2", "3", "4", "5")
ABSENT = ""
"""Stands for no ballot where two questions are compared."""
LEAST = 5
"""Below so many ballots nothing is shown but how many there are."""
SELF = "self"
"""The item that asks where people stand themselves; its least cannot be lowered."""
MOST_HANDS = 999

NO_ANSWER = "Please choose one of the answers."
TOO_LONG = f"Please keep it to {WORDS_LENGTH} characters."
_JOINERS = "\u200c\u200d"
_SORTING = re.compile(r"sort ([1-6]) .+", re.DOTALL)
_GONE = {"Cc", "Cf", "Cs", "Co", "Cn"}

Counts = Mapping[str, int]
Moves = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Distribution:
    """How one question was answered, as far as it may be shown.

    ``received`` ballots came from phones, ``hands`` were typed in. ``counts`` has both together by
    value, every value, or is ``None`` while they are held back: before the reveal, and while there
    are some but fewer than ``least`` ballots, or no ballots and fewer than ``least`` hands.
    ``raised`` has the hands alone from the reveal on, where they are ``least`` or more.
    """

    received: int
    hands: int
    least: int
    is_revealed: bool
    counts: Counts | None
    raised: Counts | None = None

    @property
    def n(self) -> int:
        """How many answered, by phone or by hand."""
        return self.received + self.hands

    @property
    def is_shown(self) -> bool:
        """Whether anybody's answer may be seen in it."""
        return self.counts is not None and self.n > 0


@dataclass(frozen=True, slots=True)
class Movement:
    """How ballots moved between two questions, as far as it may be shown.

    ``moves`` has the number of people by their value in the first and in the second question;
    ``ABSENT`` stands for no ballot there. What arrives at a value less what leaves it is the
    difference of the two counts of ballots, exactly. ``None`` while either may not be shown. Typed
    hands belong to nobody, so they move nowhere.
    """

    moves: Moves | None

    @property
    def among_twice(self) -> Moves:
        """The moves of those who voted in both, as far as they may be shown."""
        return {pair: n for pair, n in (self.moves or {}).items() if ABSENT not in pair}

    @property
    def twice(self) -> int:
        """How many voted in both, as far as it may be shown."""
        return sum(self.among_twice.values())


def sorting(activity: str, bins: int) -> str:
    """Return the text of a question that sorts a passage into so many bins of an activity.

    It holds their number, so that a room takes no ballot for a bin that there is not.
    """
    return f"sort {bins} {activity}"[:KEY_LENGTH]


def values_of(text: str) -> tuple[str, ...]:
    """Return with what a question about a text can be answered."""
    found = _SORTING.fullmatch(text)
    return BIN_VALUES[: int(found[1])] if found else VALUES


def distribution(ballots: Counts, hands: Counts, least: int, *, is_revealed: bool) -> Distribution:
    """Return what may be shown of a question's ballots and typed hands, each counted by value.

    ``ballots`` has every value that the question can be answered with.

    Hands do not make up for ballots that are too few: what was raised was seen, so the rest of
    the counts would be those few. The hands, which everybody saw, are then shown without them.
    """
    received, raised = sum(ballots.values()), sum(hands.values())
    counts = {value: count + hands.get(value, 0) for value, count in ballots.items()}
    alone = {value: hands.get(value, 0) for value in ballots}
    shown = alone if is_revealed and raised >= least else None
    if is_revealed and (received or raised or least) >= least:
        return Distribution(received, raised, least, is_revealed, counts, shown)
    return Distribution(received, raised, least, is_revealed, None, shown)


def moves(first: Mapping[str, str], second: Mapping[str, str]) -> Moves:
    """Return how many went from which value to which; each mapping has values by person."""
    people = {*first, *second}
    return Counter((first.get(one, ABSENT), second.get(one, ABSENT)) for one in people)


def checked_value(value: str, values: Collection[str]) -> str:
    """Return a ballot's value; ``NotAllowed`` where it is none of these."""
    if value not in values:
        raise NotAllowed(NO_ANSWER)
    return value


def cleaned_words(text: str) -> str:
    """Return a line of words without signs that are not seen or turn the direction of writing.

    ``NotAllowed`` where what is left is too long.
    """
    shown = "".join(one if _is_shown(one) else " " * one.isspace() for one in text)
    words = " ".join(unicodedata.normalize("NFC", shown).split())
    if len(words) > WORDS_LENGTH:
        raise NotAllowed(TOO_LONG)
    return words


def _is_shown(sign: str) -> bool:
    return sign in _JOINERS or unicodedata.category(sign) not in _GONE


def checked_hands(counts: Counts, values: Collection[str]) -> dict[str, int]:
    """Return typed counts without zeros; ``NotAllowed`` where one is no count of people."""
    for value, count in counts.items():
        checked_value(value, values)
        if type(count) is not int or not 0 <= count <= MOST_HANDS:
            raise NotAllowed(f"A show of hands is a whole number from 0 to {MOST_HANDS}.")
    return {value: count for value, count in counts.items() if count}


def counted(pairs: Iterable[tuple[str, int]], values: Collection[str]) -> dict[str, int]:
    """Return values with their counts, every value, those that nobody chose with 0."""
    return dict.fromkeys(values, 0) | dict(pairs)
