"""A plan as slides: what each one shows, and what is revealed on it stage by stage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dashboard.debate.model import Activity, Author, Debate, Passage, PlanStep
from dashboard.debate.plan import activities_of, passages_of
from dashboard.debate.table import folded
from dashboard.debate.years import year_words

SlideKind = Literal[
    "text",
    "vote",
    "talk",
    "quote-gloss",
    "pair",
    "motion",
    "sides",
    "write",
    "endings",
    "voices",
    "sort",
    "sorted",
    "axis",
    "vignette",
    "vignettes",
    "findings",
]
FINDINGS_A_SLIDE = 3


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide.

    ``step`` is the place of its activity in the plan, from 0. ``stages`` name what each further
    stage reveals; at stage 0 nothing of it is shown. ``vote`` is the number of the slide under
    which its hands are counted, 0 where none are, ``round`` its own round, ``rounds`` those that
    its result shows. ``part`` tells slides of one activity apart, from 0.
    """

    kind: SlideKind
    activity: Activity
    step: int
    passages: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    vote: int = 0
    round: int = 1
    rounds: tuple[int, ...] = (1,)
    part: int = 0


def slides_of(debate: Debate, steps: Sequence[PlanStep]) -> tuple[Slide, ...]:
    """Return the slides of a plan, in order; steps that lead nowhere have none."""
    activities = activities_of(debate)
    deck = _Deck(debate)
    for at, step in enumerate(steps):
        activity = activities.get(step.activity)
        if activity is not None:
            deck.add(at, activity, passages_of(step, activity))
    return tuple(deck.slides)


def places_of(slides: Sequence[Slide]) -> tuple[tuple[int, int], ...]:
    """Return every place of a presentation in order: the slide, from 1, and its stage, from 0."""
    return tuple(
        (number, stage)
        for number, slide in enumerate(slides, 1)
        for stage in range(len(slide.stages) + 1)
    )


def nearest_place(slides: Sequence[Slide], slide: int, stage: int) -> tuple[int, int]:
    """Return the place that a link asks for, or the nearest one there is."""
    number = max(1, min(slide, len(slides)))
    return number, max(0, min(stage, len(slides[number - 1].stages)))


class _Deck:
    """The slides as they are laid, one activity after another."""

    def __init__(self, debate: Debate) -> None:
        self.slides: list[Slide] = []
        self._debate = debate
        self._passages = {passage.id: passage for passage in debate.passages}
        self._before = 0

    def add(self, step: int, activity: Activity, passages: tuple[str, ...]) -> None:
        """Lay the slides of one activity; without what its kind needs it is a text."""
        known = tuple(one for one in passages if one in self._passages)
        laid = list(_LAID.get(activity.kind or "", _text)(self, activity, known))
        for slide in laid or _text(self, activity, known):
            number = len(self.slides) + 1
            vote = number + slide.vote if slide.vote < 0 else (slide.vote and number)
            self.slides.append(replace(slide, step=step, vote=vote))
        if activity.kind == "self":
            self._again()

    def _again(self) -> None:
        """Count what one asks a second time as the second round of the first."""
        if not self._before:
            self._before = len(self.slides)
            return
        last = self.slides[-1]
        self.slides[-1] = replace(last, vote=self._before, round=2, rounds=(1, 2))

    def place(self, activity: Activity, passages: Sequence[str]) -> Iterator[Slide]:
        for part, one in enumerate(passages):
            yield _slide("vote", activity, (one,), self._reveals(one, "room"), vote=1, part=part)

    def vote_twice(self, activity: Activity, passages: Sequence[str]) -> Iterator[Slide]:
        for one in passages:
            yield _slide("vote", activity, (one,), vote=1)
            yield _slide("talk", activity, (one,))
            stages = self._reveals(one, "room")
            second = _slide("vote", activity, (one,), stages, vote=-2)
            yield replace(second, round=2, rounds=(1, 2))

    def quote_gloss(self, activity: Activity, passages: Sequence[str]) -> Iterator[Slide]:
        for part, one in enumerate(passages):
            both = ("gloss", "both") if self._glossed(one) else ("both",)
            stages = (*both, "author", *self._note(one))
            slide = _slide("quote-gloss", activity, (one,), stages, vote=1, part=part)
            yield replace(slide, rounds=(1, 2) if self._glossed(one) else (1,))

    def pair(self, activity: Activity, passages: Sequence[str]) -> Iterator[Slide]:
        for at in range(0, len(passages) - 1, 2):
            a, b = passages[at : at + 2]
            point = ("point",) if point_of(self._debate, a, b) else ()
            yield _slide("pair", activity, (a, b), (*point, "readings", "author"), part=at // 2)

    def sides(self, activity: Activity, _passages: Sequence[str]) -> Iterator[Slide]:
        if len(activity.sides) == 2:
            yield _slide("motion", activity)
            stages = tuple(stage.title for stage in activity.stages[1:])
            yield _slide("sides", activity, stages=stages)

    def write(self, activity: Activity, passages: Sequence[str]) -> Iterator[Slide]:
        for part, one in enumerate(passages):
            yield _slide("write", activity, (one,), part=part)

    def endings(self, activity: Activity, passages: Sequence[str]) -> Iterator[Slide]:
        for part, one in enumerate(passages):
            stages = (*self._note(one), "readings", "author")
            yield _slide("endings", activity, (one,), stages, part=part)

    def voices(self, activity: Activity, passages: Sequence[str]) -> Iterator[Slide]:
        for part, one in enumerate(passages):
            stages = ("voices", *self._note(one))
            yield _slide("voices", activity, (one,), stages, part=part)

    def sort(self, activity: Activity, passages: Sequence[str]) -> Iterator[Slide]:
        if activity.bins:
            for part, one in enumerate(passages):
                yield _slide("sort", activity, (one,), ("room",), vote=1, part=part)
            if passages:
                yield _slide("sorted", activity, tuple(passages), ("author",), part=len(passages))

    def axis(self, activity: Activity, passages: Sequence[str]) -> Iterator[Slide]:
        yield _slide("axis", activity, tuple(passages), ("readings",) if passages else ())

    def vignettes(self, activity: Activity, _passages: Sequence[str]) -> Iterator[Slide]:
        for part in range(len(activity.scenes)):
            yield _slide("vignette", activity, part=part)
        if activity.scenes:
            yield _slide("vignettes", activity, part=len(activity.scenes))

    def self(self, activity: Activity, _passages: Sequence[str]) -> Iterator[Slide]:
        yield _slide("vote", activity, stages=("room",), vote=1)

    def findings(self, activity: Activity, _passages: Sequence[str]) -> Iterator[Slide]:
        for part in range(-(-len(self._debate.findings) // FINDINGS_A_SLIDE)):
            yield _slide("findings", activity, part=part)

    def _reveals(self, passage: str, first: str) -> tuple[str, ...]:
        gloss = ("gloss",) if self._glossed(passage) else ()
        return (first, "school", "readings", *gloss, "author", *self._note(passage))

    def _note(self, passage: str) -> tuple[str, ...]:
        note = self._passages[passage].note
        parts = (note.voice, note.cut, note.beyond, self._debate.show_glosses and note.drift)
        return ("note",) if any(parts) else ()

    def _glossed(self, passage: str) -> bool:
        return self._debate.show_glosses and self._passages[passage].gloss is not None


def point_of(debate: Debate, a: str, b: str) -> str:
    """Return on what two passages differ, empty where the debate does not say."""
    found = (pair.point for pair in debate.pairs if {pair.a, pair.b} == {a, b})
    return next(found, "")


def speakers_of(passage: Passage, author: str, library: str) -> tuple[str, ...]:
    """Return who speaks in a passage, from the page back to the source."""
    named = (f"{v.name}, {year_words(v.year)}" if v.year else v.name for v in passage.voices)
    return (library, author, *dict.fromkeys(named))


def gloss_names_author(passage: Passage, author: Author) -> bool:
    """Say whether a gloss holds the name of its author, in full, in short or as it is sorted by."""
    gloss = folded(passage.gloss or "")
    names = {author.name, author.label, author.sort_name.partition(",")[0]}
    wanted = (rf"(?<!\w){re.escape(folded(name))}(?!\w)" for name in names if name.strip())
    return any(re.search(name, gloss) for name in wanted)


def _text(_deck: _Deck, activity: Activity, _passages: Sequence[str]) -> Iterator[Slide]:
    yield _slide("text", activity)


def _slide(
    kind: SlideKind,
    activity: Activity,
    passages: tuple[str, ...] = (),
    stages: tuple[str, ...] = (),
    *,
    vote: int = 0,
    part: int = 0,
) -> Slide:
    """Return a slide; ``vote`` 1 counts its own hands, below 0 those of a slide before it."""
    return Slide(kind, activity, 0, passages, stages, vote, part=part)


_LAID: Mapping[str, Callable[[_Deck, Activity, Sequence[str]], Iterator[Slide]]] = {
    "place": _Deck.place,
    "vote-twice": _Deck.vote_twice,
    "quote-gloss": _Deck.quote_gloss,
    "pair": _Deck.pair,
    "sides": _Deck.sides,
    "write": _Deck.write,
    "endings": _Deck.endings,
    "voices": _Deck.voices,
    "sort": _Deck.sort,
    "axis": _Deck.axis,
    "vignettes": _Deck.vignettes,
    "self": _Deck.self,
    "findings": _Deck.findings,
}
"""How the slides of each kind of activity are laid."""
