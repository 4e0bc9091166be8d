"""What a room is asked at each place of a presentation, and what its votes are there.

Works in a plain Python session. A place of a presentation is a slide and its stage; stepping to
it asks the room, closes what was asked before, and lets be shown what the stage reveals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dashboard.debate.slides import Slide
from dashboard.rooms.ballots import SELF, Counts, Distribution, Movement, sorting
from dashboard.rooms.rooms import MOST_ROUNDS, Question, Room, Rooms, Words

STANCE = "self"
"""The text of a question that asks where people stand themselves."""


class Key(NamedTuple):
    """By what a room knows a question: its item, the text of it, and the round."""

    item: str
    text: str
    round: int


Keys = Mapping[tuple[int, int], Key]
"""The question behind each vote of a presentation, by the slide it is counted under and round."""


@dataclass(frozen=True, slots=True)
class RoomVotes:
    """A room at one place of a presentation.

    ``asked`` is the question that the place asks, ``is_final`` whether how it was answered has
    been shown, so that it stays closed. ``results`` are the votes that it shows, by round,
    ``None`` for one that was never asked. ``hands`` are those that were typed in, by round.
    ``words`` are what people added to those results, by round, ``words_of`` the numbers of the
    questions behind them.
    ``sorted`` has, where bins are shown with what is in them, the votes of the slides before it.
    """

    code: str
    least: int
    asked: Question | None
    results: Mapping[int, Distribution | None]
    hands: Mapping[int, Counts]
    movement: Movement | None
    words: Mapping[int, tuple[Words, ...]]
    words_of: Mapping[int, int]
    sorted: Mapping[int, Distribution] = field(default_factory=dict)
    is_final: bool = False

    @property
    def mark(self) -> str:
        """What changes whenever the presenter has changed something; it holds no count of votes."""
        one = self.asked
        hidden = [one.id for some in self.words.values() for one in some if one.is_hidden]
        state = (one.number, one.is_open, one.is_revealed) if one else ()
        typed = {round_: list(counts.values()) for round_, counts in self.hands.items()}
        return repr((self.code, self.least, state, hidden, typed))


def keys_of(slides: Sequence[Slide]) -> dict[tuple[int, int], Key]:
    """Return the question behind each vote of a presentation.

    Where the same text is asked about on several slides, each time is a round of its own. Rounds
    beyond those that a room holds are left out.
    """
    rounds: Counter[tuple[str, str]] = Counter()
    keys: dict[tuple[int, int], Key] = {}
    for number, slide in enumerate(slides, 1):
        for round_ in _new_rounds(slide, number):
            if (slide.vote, round_) in keys:
                continue
            item = slide.passages[0] if slide.passages else SELF
            text = _text(slide, round_)
            rounds[item, text] += 1
            if rounds[item, text] <= MOST_ROUNDS:
                keys[slide.vote, round_] = Key(item, text, rounds[item, text])
    return keys


def _new_rounds(slide: Slide, number: int) -> tuple[int, ...]:
    """Return the rounds that are asked first on a slide."""
    if slide.kind == "quote-gloss":
        return slide.rounds
    if slide.kind == "sort":
        return (1,)
    if slide.kind != "vote":
        return ()
    return (slide.round,) if slide.vote == number or slide.round > 1 else ()


def _text(slide: Slide, round_: int) -> str:
    if not slide.passages:
        return STANCE
    if slide.kind in ("sort", "sorted"):
        return sorting(slide.activity.id, len(slide.activity.bins))
    return "gloss" if slide.kind == "quote-gloss" and round_ == 2 else "quote"


def asked_at(slide: Slide, stage: int) -> int:
    """Return the round that a room is asked at a stage of a slide, 0 for none."""
    if slide.kind in ("vote", "sort"):
        return 0 if stage and slide.stages else slide.round
    if slide.kind == "quote-gloss":
        revealed = slide.stages[:stage]
        if "both" in revealed:
            return 0
        return 2 if "gloss" in revealed else 1
    return 0


def revealed_at(slide: Slide, stage: int) -> tuple[int, ...]:
    """Return the rounds whose votes a stage of a slide shows."""
    return slide.rounds if {"room", "both"} & set(slide.stages[:stage]) and slide.vote else ()


def turn_to(
    rooms: Rooms, room: Room, keys: Keys, slide: Slide, stage: int, *, stepped: bool
) -> None:
    """Ask a room what a place asks, close what was asked before, and reveal what it shows.

    Doing so again changes nothing. A vote that was shown stays closed; one that was revealed too
    early, before there were enough ballots to show, is asked again. Who has not
    ``stepped`` here from another place only looks, as after a laptop was closed: the room goes on
    with what it is asked, unless it was asked nothing yet. Raises ``RoomError``.
    """
    if room.asking and not stepped:
        return
    asked = {key_of(one): one for one in rooms.questions(room.code)}
    for round_ in revealed_at(slide, stage):
        shown = asked.get(_found(keys, slide, round_))
        if shown is not None and not shown.is_revealed:
            rooms.reveal(room.code, shown.number)
    key = keys.get((slide.vote, asked_at(slide, stage)))
    if key is None:
        for one in asked.values():
            if one.is_open:
                rooms.close(room.code, one.number)
        return
    now = asked.get(key)
    if now is None or now.number != room.asking or not now.is_open:
        rooms.ask(room.code, *key)


def votes_at(rooms: Rooms, code: str, keys: Keys, slide: Slide, stage: int) -> RoomVotes:
    """Return a room's votes as a place of a presentation shows them. Raises ``RoomError``."""
    room = rooms.room(code)
    asked = {key_of(one): one for one in rooms.questions(code)}
    shown = revealed_at(slide, stage)
    found = {round_: asked.get(_found(keys, slide, round_)) for round_ in slide.rounds}
    results = {r: _distribution(rooms, code, one) for r, one in found.items() if r in shown}
    hands = {r: rooms.hands(code, one.number) if one else {} for r, one in found.items()}
    worded = {r: one for r, one in found.items() if r in shown and one and has_words(one)}
    now = asked.get(_found(keys, slide, asked_at(slide, stage)))
    return RoomVotes(
        code,
        room.least,
        now,
        results,
        hands,
        _movement(rooms, code, slide, list(found.values())) if len(shown) == 2 else None,
        {r: _words(rooms, code, one) for r, one in worded.items()},
        {r: one.number for r, one in worded.items()},
        _sorted(rooms, code, keys, slide, asked) if slide.kind == "sorted" else {},
        bool(now and now.is_revealed and rooms.distribution(code, now.number).is_shown),
    )


def _sorted(
    rooms: Rooms, code: str, keys: Keys, slide: Slide, asked: Mapping[Key, Question]
) -> dict[int, Distribution]:
    """Return how a room sorted each passage, by the slide on which it was asked."""
    text = _text(slide, 1)
    found = {vote: asked.get(key) for (vote, _), key in keys.items() if key.text == text}
    return {vote: rooms.distribution(code, one.number) for vote, one in found.items() if one}


def _words(rooms: Rooms, code: str, one: Question) -> tuple[Words, ...]:
    """Return what people added to their answers; of too few it would tell who wrote it."""
    is_shown = rooms.distribution(code, one.number).is_shown
    return rooms.words(code, one.number) if is_shown else ()


def has_words(one: Question) -> bool:
    """Say whether the words that people add to their answer may be shown to the room.

    Why people stand where they do themselves is for them alone.
    """
    return one.item != SELF


def asks_before(slide: Slide, stage: int) -> int | None:
    """Return the last stage before this one that asked the room, ``None`` where none did."""
    return next((one for one in range(stage - 1, -1, -1) if asked_at(slide, one)), None)


def question_of(rooms: Rooms, code: str, key: Key) -> Question | None:
    """Return the question that a room was asked by this key, ``None`` where it was not."""
    return next((one for one in rooms.questions(code) if key_of(one) == key), None)


def _movement(
    rooms: Rooms, code: str, slide: Slide, asked: Sequence[Question | None]
) -> Movement | None:
    first, second = asked[0], asked[-1]
    if first is None or second is None or slide.kind != "vote" or not slide.passages:
        return None
    return rooms.movement(code, first.number, second.number)


def _distribution(rooms: Rooms, code: str, one: Question | None) -> Distribution | None:
    return rooms.distribution(code, one.number) if one else None


def _found(keys: Keys, slide: Slide, round_: int) -> Key:
    return keys.get((slide.vote, round_), _NONE)


_NONE = Key("", "", 0)


def key_of(one: Question) -> Key:
    """Return by what a room knows a question."""
    return Key(one.item, one.text, one.round)
