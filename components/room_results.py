"""What a room voted, on the map's own axis: every ballot in its place, and never a mean.

One vote, two votes with who moved between them, quote against gloss, before and after; on top,
as far as asked for, the readings, the author's words, the gloss and the author's other passages.
Below a least number of ballots, and before the reveal, only the number received is told, and
nothing else is in the HTML.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from components.markup import e, school_class, shape
from components.movement import (
    SIGNS,
    Counts,
    Flow,
    Moved,
    Movement,
    change,
    moved,
    rows_of,
)
from components.small_axis import Agreed, Step
from components.value_table import value_table

LEAST = 5
"""Fewer ballots than this are not shown: one could tell who gave which."""
BARS_FROM = 40
"""From so many ballots up a vote is drawn in bars, below as one dot a ballot."""
ARROWS_AT_MOST = 8
"""So many rows of arrows are drawn; what has no room in them is told in words and in the table."""
LANE, FIRST, STEP, WRONG = 6.0, 22.0, 14.0, 94.0
"""Where the places lie, in percent of the width: the lane, the first step, a step, the wrong."""

Table = Literal["folded", "open", "unseen"]


@dataclass(frozen=True, slots=True)
class Places:
    """What the places on the axis are called."""

    steps: Sequence[Step]
    no_claim: str
    wrong: str

    @property
    def names(self) -> Mapping[str, str]:
        """The name of each place by its sign, from left to right."""
        labels = (self.no_claim, *(step.label for step in self.steps), self.wrong)
        return dict(zip(SIGNS, labels, strict=True))

    def at(self, sign: str) -> float:
        """Return where a place lies, in percent of the axis's width."""
        return place_of(sign)


@dataclass(frozen=True, slots=True)
class Bins:
    """What the bins are called into which a passage is sorted, from left to right."""

    labels: Sequence[str]

    @property
    def names(self) -> Mapping[str, str]:
        """The name of each bin by its sign."""
        return {str(at): label for at, label in enumerate(self.labels)}

    def at(self, sign: str) -> float:
        """Return where a bin lies, in percent of the width."""
        return (int(sign) + 0.5) / len(self.labels) * 100


@dataclass(frozen=True, slots=True)
class Vote:
    """The ballots on one question in one round.

    ``counts`` is ``None`` where they are not to be had, with ``received`` their number; else the
    number is their sum. Fewer than ``least`` are not shown, nor is anything before the reveal.
    ``by_hand`` says that hands were raised; ``beside`` them so many ballots were given that are
    too few to be shown, and are not among the counts. ``of_hands`` are those among the counts that
    are hands, where there are ballots among them too.
    """

    title: str
    counts: Counts | None = None
    received: int = 0
    revealed: bool = True
    least: int = LEAST
    by_hand: bool = False
    beside: int = 0
    of_hands: int = 0

    @property
    def number(self) -> int:
        """How many ballots there are."""
        return self.received if self.counts is None else sum(self.counts.values())

    @property
    def numbered(self) -> str:
        """How many ballots there are in words, and how many hands apart from them."""
        if self.by_hand or not self.of_hands:
            return number_words(self.number, by_hand=self.by_hand)
        ballots = number_words(self.number - self.of_hands)
        return f"{ballots}, {number_words(self.of_hands, by_hand=True)}"

    @property
    def shown(self) -> Counts | None:
        """The ballots by place, or none where they are not to be shown."""
        enough = self.number >= max(self.least, 1)
        return self.counts if self.revealed and enough else None


class Marks(Agreed, Protocol):
    """A passage as it stands on the map: its readings, its agreed values, its author."""

    @property
    def quote_readings(self) -> Mapping[str, float | None]:
        """What each reading gave to the author's words, -2 to 2, none for no claim."""

    @property
    def gloss_readings(self) -> Mapping[str, float | None]:
        """What each reading gave to the gloss; empty where glosses are not shown."""

    @property
    def span(self) -> tuple[float, float] | None:
        """From where to where the author's other passages reach, if any makes a claim."""

    @property
    def span_words(self) -> str:
        """Whose these are and where they reach, in words; empty where there are none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a passage is shown with the ballots; what is not asked for is not in the HTML.

    ``school`` gives the words and the gloss the school's colour and shape; without it they are
    ink and round. ``span`` tells the author. ``of_gloss`` says that the vote was on the gloss, so
    that the readings are those of the gloss.
    """

    readings: bool = False
    words: bool = False
    gloss: bool = False
    school: bool = False
    span: bool = False
    of_gloss: bool = False


NOTHING = Asked()
EVERYTHING_OF_TEXTS = Asked(readings=True, words=True, gloss=True, school=True)


def one_vote(
    vote: Vote,
    places: Places,
    marks: Marks | None = None,
    asked: Asked = NOTHING,
    *,
    table: Table = "folded",
) -> str:
    """Return one vote with what is asked for of its passage, as HTML."""
    rows = [_vote_row(vote, _Form.of([vote]), places), *_passage_rows(marks, asked)]
    return _figure(rows, [vote], places, said=_marks_said(marks, asked), table=table)


def sorted_vote(vote: Vote, bins: Bins, *, table: Table = "folded") -> str:
    """Return into which bins a passage was sorted, as HTML."""
    rows = [_vote_row(vote, _Form.of([vote]), bins)]
    return _figure(rows, [vote], bins, said=(), table=table)


def two_votes(
    first: Vote,
    second: Vote,
    movement: Movement | None,
    places: Places,
    marks: Marks | None = None,
    asked: Asked = NOTHING,
    *,
    table: Table = "folded",
    arrows_at_most: int = ARROWS_AT_MOST,
) -> str:
    """Return two votes one above the other, and between them who moved where, as HTML.

    ``movement`` is ``None`` where nobody knows who moved, as with a show of hands; then only the
    difference is told. ``ValueError`` where it does not fit the votes. Unless both votes are
    shown, nothing stands between them.
    """
    form = _Form.of([first, second])
    between = _Between.of(first, second, movement)
    rows = [
        _vote_row(first, form, places),
        *(between.rows(arrows_at_most) if between else ()),
        _vote_row(second, form, places),
        *_passage_rows(marks, asked),
    ]
    said = [*(between.said(places) if between else ()), *_marks_said(marks, asked)]
    return _figure(rows, [first, second], places, said=said, table=table, between=between)


def quote_against_gloss(
    quote: Vote, gloss: Vote, places: Places, marks: Marks | None = None, *, table: Table = "folded"
) -> str:
    """Return the votes on a quote and on its gloss one above the other, as HTML.

    With ``marks`` each has the author's words, the gloss and its own readings under it; where
    neither vote is shown they stand once, beneath both.
    """
    if marks is not None and quote.shown is None and gloss.shown is None:
        return _quote_and_gloss_alone(quote, gloss, places, marks, table=table)
    form = _Form.of([quote, gloss])
    rows = []
    for vote, of_gloss in ((quote, False), (gloss, True)):
        rows.append(_vote_row(vote, form, places))
        if marks is not None and vote.shown is not None:
            rows += _passage_rows(marks, replace(EVERYTHING_OF_TEXTS, of_gloss=of_gloss))
    said = _marks_said(marks, EVERYTHING_OF_TEXTS)
    return _figure(rows, [quote, gloss], places, said=said, table=table)


def _quote_and_gloss_alone(
    quote: Vote, gloss: Vote, places: Places, marks: Marks, *, table: Table
) -> str:
    form = _Form.of([])
    rows = [
        *(_vote_row(vote, form, places) for vote in (quote, gloss)),
        *_readings_row(marks, of_gloss=False),
        *_passage_rows(marks, replace(EVERYTHING_OF_TEXTS, of_gloss=True)),
    ]
    said = _marks_said(marks, EVERYTHING_OF_TEXTS)
    return _figure(rows, [quote, gloss], places, said=said, table=table)


def before_and_after(before: Vote, after: Vote, places: Places, *, table: Table = "folded") -> str:
    """Return where a room stands itself, before and after, as HTML.

    Both are shown only if both may be; who moved is nobody's business and not told.
    """
    votes = [before, after]
    if any(vote.shown is None for vote in votes):
        votes = [replace(vote, counts=None, received=vote.number) for vote in votes]
    form = _Form.of(votes)
    rows = [_vote_row(vote, form, places, why=_why_both(votes)) for vote in votes]
    return _figure(rows, votes, places, said=(), table=table)


def vote_said(vote: Vote, places: Places | Bins) -> str:
    """Return a vote in a sentence, for whoever does not see it."""
    counts = vote.shown
    start = f"{vote.title}: {vote.numbered}"
    if counts is None:
        return f"{start} {_had(vote)}. {_beside(vote)}".strip()
    parts = (f"{name} {counts.get(sign, 0)}" for sign, name in places.names.items())
    return f"{start}. {', '.join(parts)}. {_beside(vote)}".strip()


def number_words(number: int, *, by_hand: bool = False) -> str:
    """Return "1 ballot", "23 ballots", or the same of hands."""
    one = "hand" if by_hand else "ballot"
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def place_of(sign: str) -> float:
    """Return where a ballot's place lies, in percent of the axis's width."""
    if sign in ("n", "w"):
        return LANE if sign == "n" else WRONG
    return FIRST + STEP * int(sign)


def left(position: float | None) -> float:
    """Return where a position lies, -2 to 2, or none on the lane, in percent of the width."""
    return LANE if position is None else FIRST + STEP * (position + 2)


# ---- the figure


def _figure(
    rows: Sequence[str],
    votes: Sequence[Vote],
    places: Places | Bins,
    *,
    said: Iterable[str],
    table: Table,
    between: _Between | None = None,
) -> str:
    spoken = " ".join([*(vote_said(vote, places) for vote in votes), *said])
    many = " two" if len(votes) > 1 else ""
    head = _head(places) if any('class="room-width"' in row for row in rows) else ""
    return (
        f'<div class="room-results"><div class="room-axis{many}" role="img" '
        f'aria-label="{e(spoken)}">{head}{"".join(rows)}</div>'
        f"{_tables(votes, places, between, table)}</div>"
    )


def _head(places: Places | Bins) -> str:
    kind_of = _kind_of if isinstance(places, Places) else lambda _sign: " bin"
    names = "".join(
        f'<span class="room-place{kind_of(sign)}" style="left:{places.at(sign):g}%">'
        f"{e(name)}</span>"
        for sign, name in places.names.items()
    )
    return (
        '<div class="room-row room-head"><span></span>'
        f'<div class="room-width" style="--bins:{len(places.names)}">{names}</div></div>'
    )


def _kind_of(sign: str) -> str:
    if sign in ("n", "w"):
        return " lane"
    return " pole" if sign in ("0", "4") else ""


def _row(
    name: str,
    about: str,
    drawn: str,
    *,
    kind: str = "room-line",
    places: Places | Bins | None = None,
) -> str:
    """Return one row: what it is called, what is said of it, and what lies on the axis.

    ``places`` are those of the map unless others are given.
    """
    more = f" <span>{e(about)}</span>" if about else ""
    return (
        f'<div class="room-row {kind}"><p class="room-name"><b>{e(name)}</b>{more}</p>'
        f'<div class="room-width">{_ground(places)}{drawn}</div></div>'
    )


def _ground(places: Places | Bins | None) -> str:
    if isinstance(places, Bins):
        return "".join(
            f'<i class="step-line" style="left:{places.at(sign):g}%"></i>' for sign in places.names
        )
    lanes = "".join(f'<i class="room-lane" style="left:{at - 6:g}%"></i>' for at in (LANE, WRONG))
    return lanes + "".join(
        f'<i class="step-line" style="left:{place_of(sign):g}%"></i>' for sign in "01234"
    )


# ---- a vote


@dataclass(frozen=True, slots=True)
class _Form:
    """How votes on one axis are drawn, alike, so that their heights can be compared."""

    bars: bool
    tallest: int

    @classmethod
    def of(cls, votes: Sequence[Vote]) -> _Form:
        """Return the form that fits the largest of the votes that are shown."""
        shown = [counts for vote in votes if (counts := vote.shown) is not None]
        most = max((max(counts.values(), default=0) for counts in shown), default=0)
        return cls(any(sum(counts.values()) >= BARS_FROM for counts in shown), max(most, 1))


def _vote_row(vote: Vote, form: _Form, places: Places | Bins, *, why: str = "") -> str:
    number = vote.numbered
    counts = vote.shown
    if counts is None:
        said = f"{why or _why_withheld(vote)} {_beside(vote)}".strip()
        return (
            f'<div class="room-row room-withheld"><p class="room-name"><b>{e(vote.title)}</b></p>'
            f'<p class="room-received"><b>{e(number)} {_had(vote)}.</b> '
            f"{e(said)}</p></div>"
        )
    piles = "".join(
        _pile(sign, places.at(sign), counts.get(sign, 0), form) for sign in places.names
    )
    kind = "room-bars" if form.bars else "room-dots"
    drawn = f'<div class="room-piles {kind}" style="--tallest:{form.tallest}">{piles}</div>'
    about = f"{number}. {_beside(vote)}" if vote.beside else number
    return _row(vote.title, about, drawn, kind="room-vote", places=places)


def _beside(vote: Vote) -> str:
    """Return what is said of the ballots that are not among the hands; empty where none are."""
    if not vote.beside:
        return ""
    return f"{number_words(vote.beside)} not among them: shown from {vote.least} up."


def _had(vote: Vote) -> str:
    return "counted" if vote.by_hand else "received"


def _why_withheld(vote: Vote) -> str:
    if not vote.revealed:
        return "Where they stand is not shown yet."
    if vote.number >= vote.least or (vote.by_hand and not vote.number):
        return ""
    return f"They are shown from {vote.least} up: among fewer, one could guess who voted how."


def _why_both(votes: Sequence[Vote]) -> str:
    if not all(vote.revealed for vote in votes):
        return "Where people stand is not shown yet."
    least = max(vote.least for vote in votes)
    return f"Both are shown once each has {least}: among fewer, one could guess who voted how."


def _pile(sign: str, at: float, count: int, form: _Form) -> str:
    drawn = f'<i class="room-bar" style="--count:{count}"></i>' if form.bars and count else ""
    if not form.bars and count:
        dots = '<i class="ballot-dot"></i>' * count
        drawn = f'<span class="room-heap">{dots}</span>'
    none = " none" if not count else ""
    return (
        f'<div class="room-pile" data-place="{sign}" style="left:{at:g}%">'
        f'<b class="room-count{none}">{count}</b>{drawn}</div>'
    )


# ---- between two votes


@dataclass(frozen=True, slots=True)
class _Between:
    """What lies between two votes that are both shown."""

    change: Counts
    told: Moved | None
    by_hand: bool

    @classmethod
    def of(cls, first: Vote, second: Vote, movement: Movement | None) -> _Between | None:
        """Return it, or nothing where one of the votes is not shown."""
        before, after = first.shown, second.shown
        if before is None or after is None:
            return None
        told = None if movement is None else moved(before, after, movement)
        return cls(change(before, after), told, first.by_hand or second.by_hand)

    def rows(self, at_most: int) -> list[str]:
        """Return its rows, as HTML."""
        told = self.told
        about = self._unknown() if told is None else ""
        changed = _row("Change", about, _numbers(self.change, signed=True, zeros=True))
        if told is None:
            return [changed]
        rows = [_arrows(told, at_most)]
        for name, about, counts in (
            ("Stayed", f"{sum(told.stayed.values())} of {told.twice}", told.stayed),
            ("Left", "voted the first time only", {s: -n for s, n in told.left.items()}),
            ("Came", "voted the second time only", told.came),
        ):
            if any(counts.values()):
                rows.append(_row(name, about, _numbers(counts, signed=counts is not told.stayed)))
        return [*rows, changed]

    def _unknown(self) -> str:
        start = "hands were counted, so " if self.by_hand else ""
        return f"{start}who moved where is not known"

    def said(self, places: Places) -> list[str]:
        """Return who moved, in a sentence."""
        told = self.told
        if told is None:
            return [f"{self._unknown()[0].upper()}{self._unknown()[1:]}."]
        flows = [
            f"{flow.count} from {places.names[flow.start]} to {places.names[flow.end]}"
            for flow in told.flows
        ]
        start = f"{told.movers} of {told.twice} who voted twice moved"
        return [f"{start}: {', '.join(flows)}." if flows else f"{start}."]


def _numbers(counts: Counts, *, signed: bool = False, zeros: bool = False) -> str:
    return "".join(
        f'<b class="room-number{"" if count else " none"}" style="left:{place_of(sign):g}%">'
        f"{_signed(count) if signed else count}</b>"
        for sign in SIGNS
        if (count := counts.get(sign, 0)) or zeros
    )


def _signed(number: float) -> str:
    """Return a number with its sign and a real minus: +2, −0.5, 0."""
    return f"{number:+g}".replace("-", "−") if number else "0"


def _arrows(told: Moved, at_most: int) -> str:
    """Return the arrows in rows, and in words how many have no room in them."""
    about = f"{told.movers} of {told.twice} who voted twice"
    if not told.flows:
        return _row("Moved", about, "")
    rows = rows_of(told.flows)
    drawn = [(flow, row) for flow, row in zip(told.flows, rows, strict=True) if row < at_most]
    largest = told.flows[0].count
    height = max((row for _, row in drawn), default=0) + 1
    arrows = "".join(_arrow(flow, row, largest) for flow, row in drawn)
    more = told.movers - sum(flow.count for flow, _ in drawn)
    if more:
        about += f"; {more} of them without an arrow here, see the table"
    room = f'<div class="room-flows" style="--rows:{height}">{arrows}</div>'
    return _row("Moved", about, room, kind="room-moved")


def _arrow(flow: Flow, row: int, largest: int) -> str:
    start, end = place_of(flow.start), place_of(flow.end)
    way = "right" if end > start else "left"
    return (
        f'<span class="room-flow {way}" data-from="{flow.start}" data-to="{flow.end}" '
        f'style="--row:{row};--share:{flow.count / largest:.3f};'
        f'left:{min(start, end) + 1:g}%;width:{abs(end - start) - 2:g}%"><b>{flow.count}</b></span>'
    )


# ---- the passage


def _passage_rows(marks: Marks | None, asked: Asked) -> list[str]:
    if marks is None:
        return []
    rows = []
    if asked.readings:
        rows += _readings_row(marks, of_gloss=asked.of_gloss)
    if asked.words or (asked.gloss and marks.gloss_words):
        rows.append(_texts_row(marks, asked))
    if asked.span and marks.span_words:
        rows.append(_span_row(marks, asked))
    return rows


def _readings_row(marks: Marks, *, of_gloss: bool) -> list[str]:
    readings = marks.gloss_readings if of_gloss else marks.quote_readings
    if not readings:
        return []
    by_place: dict[float, list[str]] = {}
    for reading, value in readings.items():
        by_place.setdefault(left(value), []).append(reading)
    letters = "".join(
        f'<b class="room-readings" style="left:{at:g}%">{e(" ".join(names))}</b>'
        for at, names in sorted(by_place.items())
    )
    about = "of the gloss" if of_gloss else "of the words"
    # What A, B, C, D are is not plain to a room; names speak for themselves.
    names = list(readings)
    if len(names) > 1 and all(len(name) == 1 for name in names):
        about = f"{names[0]} to {names[-1]}, {about}"
    return [_row("Readings", about, letters)]


def _texts_row(marks: Marks, asked: Asked) -> str:
    glossed = asked.gloss and bool(marks.gloss_words)
    quote, gloss = marks.quote_position, marks.gloss_position
    both = marks.quote_read and marks.gloss_read
    same = glossed and asked.words and both and _together(quote, gloss)
    drawn = ""
    if glossed and asked.words and quote is not None and gloss is not None and not same:
        drawn += _drift(left(quote), left(gloss), marks, asked)
    if glossed and marks.gloss_read and not same:
        drawn += _sign(marks, gloss, asked, filled=False)
    if asked.words and marks.quote_read:
        drawn += _sign(marks, quote, asked, filled=quote is not None)
    said = [f"words: {marks.quote_words}"] if asked.words else []
    said += [f"gloss: {marks.gloss_words}"] if glossed else []
    return _row("The passage", "; ".join(said), drawn)


def _drift(start: float, end: float, marks: Marks, asked: Asked) -> str:
    """Return the arrow from the words to the edge of the gloss's sign."""
    way, low = ("right", f"{start:g}%") if end > start else ("left", f"calc({end:g}% + 0.5rem)")
    school = school_class(marks.school_index, neutral=not asked.school)
    return (
        f'<i class="axis-arrow {way} {school}" '
        f'style="left:{low};width:calc({abs(end - start):g}% - 0.5rem)"></i>'
    )


def _together(quote: float | None, gloss: float | None) -> bool:
    return quote is gloss or (
        quote is not None and gloss is not None and math.isclose(quote, gloss)
    )


def _sign(marks: Marks, position: float | None, asked: Asked, *, filled: bool) -> str:
    sign = shape(marks.school_index, filled=filled, neutral=not asked.school)
    return f'<span class="axis-mark" style="left:{left(position):g}%">{sign}</span>'


def _span_row(marks: Marks, asked: Asked) -> str:
    drawn = ""
    if marks.span is not None:
        low, high = map(left, marks.span)
        school = school_class(marks.school_index, neutral=not asked.school)
        drawn = (
            f'<i class="room-span {school}" style="left:{low - 1.5:g}%;'
            f'width:{high - low + 3:g}%"></i>'
        )
    return _row("The author", marks.span_words, drawn)


def _marks_said(marks: Marks | None, asked: Asked) -> list[str]:
    if marks is None:
        return []
    said = []
    if asked.readings:
        of, given = (
            ("gloss", marks.gloss_readings) if asked.of_gloss else ("words", marks.quote_readings)
        )
        values = ", ".join(f"{name} {_value(value)}" for name, value in given.items())
        said += [f"Readings of the {of}: {values}."] if values else []
    said += [f"The words: {marks.quote_words}."] if asked.words else []
    said += [f"The gloss: {marks.gloss_words}."] if asked.gloss and marks.gloss_words else []
    said += [f"{marks.span_words}."] if asked.span and marks.span_words else []
    return said


def _value(value: float | None) -> str:
    return "no claim" if value is None else _signed(value)


# ---- the same as tables


def _tables(
    votes: Sequence[Vote], places: Places | Bins, between: _Between | None, kind: Table
) -> str:
    """Return what is drawn as tables, nothing where nothing is shown."""
    shown = [(vote, counts) for vote in votes if (counts := vote.shown) is not None]
    if not shown:
        return ""
    scrolls = kind != "unseen"
    made = _votes_table(shown, places, between, scrolls=scrolls)
    if between is not None and between.told is not None and isinstance(places, Places):
        made += _moved_table(between.told, places, scrolls=scrolls)
    if kind == "unseen":
        return f'<div class="room-unseen">{made}</div>'
    is_open = " open" if kind == "open" else ""
    return f'<details class="room-table"{is_open}><summary>As a table</summary>{made}</details>'


def _votes_table(
    shown: Sequence[tuple[Vote, Counts]],
    places: Places | Bins,
    between: _Between | None,
    *,
    scrolls: bool,
) -> str:
    columns = [vote.title for vote, _ in shown]
    cells = [[str(counts.get(sign, 0)) for sign in places.names] for _, counts in shown]
    if between is not None:
        columns.append("Change")
        cells.append([_signed(between.change[sign]) for sign in SIGNS])
    names = list(places.names.values())
    numbers = (f"{vote.title}: {vote.numbered}" for vote, _ in shown)
    rows = list(zip(names, *cells, strict=True))
    return value_table("; ".join(numbers), ("Place", *columns), rows, scrolls=scrolls)


def _moved_table(told: Moved, places: Places, *, scrolls: bool) -> str:
    names = places.names
    rows = [(names[flow.start], names[flow.end], str(flow.count)) for flow in told.flows]
    for counts, start, end in (
        (told.stayed, "", "the same place"),
        (told.left, "", "no second ballot"),
        (told.came, "no first ballot", ""),
    ):
        rows += [
            (start or names[sign], end or names[sign], str(counts[sign]))
            for sign in SIGNS
            if counts[sign]
        ]
    return value_table("Who moved where", ("From", "To", "People"), rows, scrolls=scrolls)
