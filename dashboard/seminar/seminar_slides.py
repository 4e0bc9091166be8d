"""What each slide of a seminar shows at a stage, made of the debate's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from textwrap import shorten

from components.markup import e
from components.room_join import vote_line
from components.room_results import (
    Asked,
    Bins,
    Vote,
    before_and_after,
    one_vote,
    quote_against_gloss,
    sorted_vote,
    two_votes,
)
from components.room_slide import (
    BOARD_ROWS,
    Answer,
    AnswerAxis,
    Frame,
    Placed,
    Sorted,
    answer_axis,
    asked,
    ballot,
    chosen,
    collected,
    glossed,
    matrix,
    motion,
    panes,
    point,
    quoted,
    room_slide,
    scene,
    side,
    sorted_board,
    stage_list,
    strip,
    text_body,
    told,
    two_columns,
    upright,
    whose,
)
from components.room_words import room_words, words_by_vote
from dashboard.debate.hands import LEAST, Counts, Hands
from dashboard.debate.slides import FINDINGS_A_SLIDE, Slide, point_of, speakers_of
from dashboard.open_debate import OpenDebate
from dashboard.reader.map_view import no_claim_of
from dashboard.reader.path_rows import WRONG_LABEL
from dashboard.reading import FullReading, brief, full
from dashboard.rooms.ballots import BIN_VALUES, VALUES, Distribution
from dashboard.rooms.codes import spaced_code
from dashboard.seminar.room_marks import room_marks, room_places
from dashboard.seminar.room_questions import (
    OF_ONESELF,
    OF_ONESELF_ROUNDS,
    VOTES,
    WHERE_IT_BELONGS,
)
from dashboard.seminar.room_votes import RoomVotes, revealed_at

WRONG_MEANING = "Neither pole fits; the question misleads."
WHICH_WORDS = "Which words decided it?"
ROUND_NAMES: Mapping[str, tuple[str, ...]] = {
    "self": OF_ONESELF_ROUNDS,
    "quote-gloss": ("The quote", "The gloss"),
}
NO_HANDS = "No hands are counted yet: ask for them and type the counts in under “Show of hands”."
SHOWN_HERE = "The votes will stand here."
ARROWS_AT_MOST = 4
"""So many rows of arrows a slide has room for."""
WORDS_AT_MOST = 4
FIRST_WORDS = 64
"""So many characters of a passage stand for it among others."""
LONGER_WORDS = 84
"""So many where there is room for them."""
FEWER_WORDS = 27
"""So many on a board in two columns."""
NOT_VOTED = "not voted on"
QUESTIONS: Mapping[str, str] = {
    "self": "Where do you stand?",
    "talk": "Turn to someone who placed it elsewhere. Which words decided it?",
    "pair": "On which exact sentence do they disagree? Or do they not?",
    "write": "What is its strongest form, in two sentences? Would someone who likes it agree?",
    "endings": "The excerpt stops. How might it end, and would it then stand elsewhere?",
    "voices": "Whose words are these? Order the speakers from the page back to the source.",
    "sort": WHERE_IT_BELONGS,
    "axis": "Which second axis would you draw? Name its two ends and place each passage.",
    "vignette": "Which two passages would you want in mind? Which one would mislead you?",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One place of a presentation: a slide, its stage, the hands, and what was typed beside it.

    ``typed`` holds what was typed on the slides of this visit, by slide number and what it is.
    ``room`` is what a room voted, where there is one; ``join`` where it is joined, in words.
    While the rooms are ``away`` no vote is shown, since what a room voted is not known. A place
    that is looked at ``ahead`` names no number of a vote that still goes on.
    """

    opened: OpenDebate
    slides: Sequence[Slide]
    number: int
    stage: int
    hands: Hands
    typed: Mapping[tuple[int, str], object] = field(default_factory=dict)
    room: RoomVotes | None = None
    join: str = ""
    away: bool = False
    ahead: bool = False

    @property
    def slide(self) -> Slide:
        """The slide."""
        return self.slides[self.number - 1]

    @property
    def revealed(self) -> frozenset[str]:
        """What is revealed at the stage."""
        return frozenset(self.slide.stages[: self.stage])


def slide_html(shown: Shown) -> str:
    """Return the slide as HTML, with nothing of its later stages."""
    return _DRAWN[shown.slide.kind](shown)


def answers_of(opened: OpenDebate, slide: Slide) -> tuple[Answer, ...]:
    """Return what hands can be raised for on a slide, in the order in which they are counted."""
    if slide.kind == "sort":
        return tuple(Answer(name) for name in slide.activity.bins)
    axis = opened.debate.axis
    if not slide.passages:
        own = (Answer(name, said) for name, said in OF_ONESELF.values())
        return (*(Answer(tick.label, tick.help) for tick in axis.ticks), *own)
    no_claim = axis.no_claim.help if axis.no_claim else ""
    return (
        *(Answer(tick.label, tick.help) for tick in axis.ticks),
        Answer(no_claim_of(opened), no_claim),
        Answer(WRONG_LABEL, WRONG_MEANING),
    )


def typed_rounds(slide: Slide) -> tuple[tuple[int, str], ...]:
    """Return the rounds whose hands are typed in on a slide, each with its name."""
    if not slide.vote:
        return ()
    rounds = slide.rounds if slide.kind == "quote-gloss" else (slide.round,)
    return tuple((round_, round_name(slide, round_)) for round_ in rounds)


def round_name(slide: Slide, round_: int) -> str:
    """Return what a round of a slide's vote is called."""
    kind = slide.activity.kind or ""
    if kind in ("place", "sort"):
        return "The room"
    return ROUND_NAMES.get(kind, VOTES)[round_ - 1]


def _frame(
    shown: Shown, *, axis: AnswerAxis | None = None, desk: bool = False, below: str = ""
) -> Frame:
    slide = shown.slide
    title = slide.activity.title
    if slide.activity.kind == "vote-twice":
        title += f" · {'talk' if slide.kind == 'talk' else round_name(slide, slide.round).lower()}"
    if slide.kind in ("sides",):
        title = slide.activity.motion or title
    place = f"{shown.number} of {len(shown.slides)}"
    at = f"{shown.number}.{shown.stage}"
    return Frame(slide.kind, title, place, at, None if below else axis, desk, below)


def _answers_axis(shown: Shown) -> AnswerAxis:
    """Return the axis of a slide with the answers alone, as they lie on the map."""
    answers = answers_of(shown.opened, shown.slide)
    return AnswerAxis([answer for _, answer in in_order(shown.slide, answers)])


def _read_axis(shown: Shown, passages: Sequence[str]) -> AnswerAxis:
    """Return the axis of a slide with where passages stand and how they were read."""
    school = "author" in shown.revealed
    readings = [full(shown.opened, one) for one in passages]
    placed = [_placed(one, school=school) for one in readings]
    letters = readings[0].readings if len(readings) == 1 else ()
    answers = in_order(shown.slide, answers_of(shown.opened, shown.slide))
    return AnswerAxis([answer for _, answer in answers], placed, letters)


def in_order(slide: Slide, answers: Sequence[Answer]) -> tuple[tuple[int, Answer], ...]:
    """Return answers as they lie on the map, no claim first, each with its place in the counts."""
    counted = tuple(enumerate(answers))
    if slide.kind == "sort":
        return counted
    *steps, no_claim, wrong = counted
    return (no_claim, *steps, wrong)


def _placed(reading: FullReading, *, school: bool) -> Placed:
    said = f"Words: {reading.quote_words}."
    if reading.gloss_words:
        said += f" Gloss: {reading.gloss_words}."
    return Placed(
        reading.id,
        reading.quote_position,
        reading.gloss_position,
        reading.quote_read,
        reading.gloss_read,
        reading.school_index if school else None,
        f"{reading.id}. {said}",
    )


def _vote(shown: Shown) -> str:
    slide = shown.slide
    answers = answers_of(shown.opened, slide)
    frame = _frame(shown, axis=_answers_axis(shown), below=votes_html(shown))
    if both_rounds(shown):
        return room_slide(frame, f'<div class="slide-whole slide-above">{_asked_of(shown)}</div>')
    if not slide.passages:
        text = text_body([shown.opened.debate.question])
        beside = room_said(shown) or ballot(QUESTIONS["self"], answers)
        return room_slide(frame, two_columns(text, beside))
    reading = full(shown.opened, slide.passages[0])
    body = two_columns(_words(shown, reading), _beside(shown, reading, answers))
    return room_slide(frame, body)


def _asked_of(shown: Shown) -> str:
    """Return what was voted on, above two rounds."""
    if not shown.slide.passages:
        return text_body([shown.opened.debate.question])
    return quoted(full(shown.opened, shown.slide.passages[0]), lit=False, neutral=True)


def _words(shown: Shown, reading: FullReading) -> str:
    revealed = shown.revealed
    school = "school" in revealed or "author" in revealed
    words = quoted(reading, lit="readings" in revealed or "both" in revealed, neutral=not school)
    gloss = glossed(reading) if revealed & {"gloss", "both"} and reading.gloss else ""
    return words + whose(reading, school=school, author="author" in revealed) + gloss


def _beside(shown: Shown, reading: FullReading, answers: Sequence[Answer]) -> str:
    revealed = shown.revealed
    if "note" in revealed:
        return told("Reading note", reading.notes)
    reasoned = reading.rationale or not reading.quote_read
    if revealed & {"readings", "both"} and reasoned:
        return told(reading.why_title, [("", reading.rationale)])
    if said := room_said(shown):
        return said
    question = shown.opened.debate.axis.title
    return ballot(WHICH_WORDS if "room" in revealed else question, answers)


# What was voted, by a room's ballots or by hands.


def both_rounds(shown: Shown) -> bool:
    """Say whether two rounds are shown with who moved, for which a slide is needed whole."""
    slide, revealed = shown.slide, shown.revealed
    both = slide.kind == "vote" and len(slide.rounds) == 2 and revealed == {"room"}
    return both and not shown.away


def votes_html(shown: Shown) -> str:
    """Return what lies beneath a slide: how to vote, or how was voted; else nothing."""
    room, slide = shown.room, shown.slide
    if not slide.vote or shown.away:
        return ""
    votes = votes_of(shown)
    if instead := _instead_of(shown, votes):
        return f'<p class="slide-vote-line">{instead}</p>'
    if votes:
        if slide.kind == "sort":
            return sorted_vote(votes[0], Bins(slide.activity.bins), table="unseen")
        return _stances(shown, votes) if not slide.passages else _placements(shown, votes)
    if room is None or room.asked is None:
        return ""
    how = vote_line(spaced_code(room.code), shown.join, is_open=room.asked.is_open)
    return answer_axis(_answers_axis(shown)) + how if slide.kind == "sort" else how


def _instead_of(shown: Shown, votes: Sequence[Vote]) -> str:
    """Return what is said where a vote is not there yet: no hands, or ahead of its reveal."""
    room = shown.room
    if room is None:
        alone = shown.revealed <= {"room"}
        return NO_HANDS if votes and alone and not any(vote.number for vote in votes) else ""
    going_on = not all(one and one.is_revealed for one in room.results.values())
    return SHOWN_HERE if shown.ahead and going_on else ""


def votes_of(shown: Shown) -> list[Vote]:
    """Return the votes that a place shows, round by round: a room's, else the hands of the link."""
    slide = shown.slide
    if shown.room is not None:
        return [_room_vote(slide, round_, one) for round_, one in shown.room.results.items()]
    return [
        _hands_vote(slide, round_, shown.hands.get((slide.vote, round_), ()))
        for round_ in revealed_at(slide, shown.stage)
    ]


def _stances(shown: Shown, votes: Sequence[Vote]) -> str:
    """Return where people stand themselves."""
    places = room_places(shown.opened)
    if len(votes) == 2:
        return before_and_after(votes[0], votes[1], places, table="unseen")
    return one_vote(votes[0], places, table="unseen")


def _placements(shown: Shown, votes: Sequence[Vote]) -> str:
    """Return where a passage was placed, with what is revealed of it."""
    places = room_places(shown.opened)
    marks = room_marks(shown.opened, shown.slide.passages[0])
    if shown.slide.kind == "quote-gloss" and len(votes) == 2:
        return quote_against_gloss(votes[0], votes[1], places, marks, table="unseen")
    if both_rounds(shown):
        moves = _moves(shown.room, votes) if shown.room else None
        first, second = votes
        return two_votes(
            first, second, moves, places, table="unseen", arrows_at_most=ARROWS_AT_MOST
        )
    return one_vote(votes[-1], places, marks, _asked(shown), table="unseen")


def room_said(shown: Shown) -> str:
    """Return the words that decided it for people of a room, once its votes are shown.

    Why they stand where they do themselves is not among them.
    """
    if shown.room is None or not shown.room.results:
        return ""
    words = {
        round_name(shown.slide, round_): [RoomWords(str(w.id), w.text, w.is_hidden) for w in some]
        for round_, some in shown.room.words.items()
    }
    if len(words) > 1:
        return words_by_vote(words, at_most=WORDS_AT_MOST // len(words))
    return room_words(next(iter(words.values()), []), at_most=WORDS_AT_MOST)


@dataclass(frozen=True, slots=True)
class RoomWords:
    """What someone of a room wrote, as its part takes it."""

    id: str
    text: str
    hidden: bool


def _room_vote(slide: Slide, round_: int, found: Distribution | None) -> Vote:
    title = round_name(slide, round_)
    if found is None:
        return Vote(title)
    if found.hands and found.is_revealed and found.counts is None and found.received:
        return _hands_beside(title, found)
    by_hand = bool(found.hands) and not found.received
    if found.counts is None or not found.n:
        number = found.n if by_hand else found.received
        return Vote(title, None, number, found.is_revealed, found.least, by_hand)
    return Vote(title, found.counts, least=1, by_hand=by_hand, of_hands=found.hands)


def _hands_beside(title: str, found: Distribution) -> Vote:
    """Return a show of hands beside which there are ballots, too few to be shown."""
    return Vote(
        f"{title}, show of hands",
        found.raised,
        found.hands,
        least=found.least,
        by_hand=True,
        beside=found.received,
    )


def _hands_vote(slide: Slide, round_: int, counts: Counts) -> Vote:
    """Return a show of hands as a vote; of too few it shows nothing but their number.

    A link may hold more counts than there are answers.
    """
    values = _bins_of(slide) if slide.kind == "sort" else VALUES
    held = dict(zip(values, counts, strict=False))
    return Vote(round_name(slide, round_), held, least=LEAST, by_hand=True)


def _bins_of(slide: Slide) -> Sequence[str]:
    return BIN_VALUES[: len(slide.activity.bins)]


def _moves(room: RoomVotes, votes: Sequence[Vote]) -> Mapping[tuple[str, str], int] | None:
    """Return who moved; typed hands belong to nobody, so among them it is not known."""
    typed = any(sum(hands.values()) for hands in room.hands.values())
    shown = all(vote.shown is not None for vote in votes)
    return room.movement.among_twice if room.movement and shown and not typed else None


def _asked(shown: Shown) -> Asked:
    revealed = shown.revealed
    stands = bool(revealed & {"readings", "both"})
    author = "author" in revealed
    gloss = bool(revealed & {"gloss", "both"})
    return Asked(stands, stands, gloss, author or "school" in revealed, author)


def _talk(shown: Shown) -> str:
    reading = full(shown.opened, shown.slide.passages[0])
    body = two_columns(quoted(reading, lit=False, neutral=True), asked(QUESTIONS["talk"]))
    return room_slide(_frame(shown), body)


def _quote_gloss(shown: Shown) -> str:
    slide, revealed = shown.slide, shown.revealed
    reading = full(shown.opened, slide.passages[0])
    gloss_alone = "gloss" in revealed and "both" not in revealed
    words = glossed(reading, large=True) if gloss_alone else _words(shown, reading)
    beside = _beside(shown, reading, answers_of(shown.opened, slide))
    frame = _frame(shown, axis=_answers_axis(shown), below=votes_html(shown))
    return room_slide(frame, two_columns(words, beside))


def _pair(shown: Shown) -> str:
    slide, revealed = shown.slide, shown.revealed
    author = "author" in revealed
    columns = []
    longest = max((shown.opened.passage(one).quote for one in slide.passages), key=len)
    for one in slide.passages:
        reading = full(shown.opened, one)
        lit = "readings" in revealed
        words = quoted(reading, lit=lit, neutral=not author, beside=longest)
        name = f'<h2 class="slide-label">{e(one)}</h2>'
        columns.append(name + words + whose(reading, school=author, author=author))
    said = point_of(shown.opened.debate, *slide.passages) if "point" in revealed else ""
    below = point(said) if said else point(QUESTIONS["pair"])
    places = tuple(dict.fromkeys(slide.passages))
    axis = _read_axis(shown, places) if "readings" in revealed else None
    return room_slide(_frame(shown, axis=axis), panes(*columns) + below)


def _motion(shown: Shown) -> str:
    activity = shown.slide.activity
    sides = [(one.label, _begun(shown, one.passages, LONGER_WORDS)) for one in activity.sides]
    return room_slide(_frame(shown), motion(activity.motion or "", sides))


def _begun(shown: Shown, passages: Sequence[str], letters: int) -> list[tuple[str, str]]:
    """Return passages with their first words, and nothing of whose they are."""
    known = [one for one in passages if one in shown.opened.row_of]
    return [(one, first_words(brief(shown.opened, one).quote, letters)) for one in known]


def first_words(quote: str, letters: int) -> str:
    """Return the beginning of a quote in so many characters."""
    return shorten(quote, letters, placeholder="\u00a0…")


def _sides(shown: Shown) -> str:
    activity = shown.slide.activity
    stages = [stage.title for stage in activity.stages] or [activity.title]
    on = activity.stages[shown.stage] if activity.stages else None
    sides = activity.sides[::-1] if on and on.swapped else activity.sides
    head = stage_list(stages, shown.stage)
    if on and on.write:
        lines = _typed_list(shown, "lines")
        body = asked(on.write) + collected(lines, "Nothing written yet.")
        return room_slide(_frame(shown, desk=True), f'<div class="slide-whole">{head}{body}</div>')
    packs = (side(s.label, [brief(shown.opened, p) for p in s.passages]) for s in sides)
    return room_slide(_frame(shown), head + panes(*packs))


def _typed_list(shown: Shown, what: str) -> list[str]:
    held = shown.typed.get((shown.number, what), ())
    return [str(one) for one in held] if isinstance(held, (list, tuple)) else []


def _write(shown: Shown) -> str:
    reading = full(shown.opened, shown.slide.passages[0])
    lines = collected(_typed_list(shown, "lines"), "")
    body = two_columns(quoted(reading, lit=False, neutral=True), asked(QUESTIONS["write"]) + lines)
    return room_slide(_frame(shown, desk=True), body)


def _endings(shown: Shown) -> str:
    slide, revealed = shown.slide, shown.revealed
    reading = full(shown.opened, slide.passages[0])
    author = "author" in revealed
    words = quoted(reading, lit="readings" in revealed, neutral=not author)
    words += whose(reading, school=author, author=author)
    if "note" in revealed:
        beside = told("Reading note", reading.notes)
    else:
        beside = asked(QUESTIONS["endings"]) + collected(_typed_list(shown, "lines"), "")
    axis = _read_axis(shown, slide.passages) if "readings" in revealed else None
    desk = "note" not in revealed and axis is None
    return room_slide(_frame(shown, axis=axis, desk=desk), two_columns(words, beside))


def _voices(shown: Shown) -> str:
    slide, revealed = shown.slide, shown.revealed
    reading = full(shown.opened, slide.passages[0])
    words = quoted(reading, lit=False, neutral=True)
    beside = asked(QUESTIONS["voices"])
    if "voices" in revealed:
        passage = shown.opened.passage(slide.passages[0])
        author = shown.opened.authors[shown.opened.works[passage.work].author].name
        beside = strip(speakers_of(passage, author, shown.opened.debate.library.name))
        words += whose(reading, school=False, author=True)
    if "note" in revealed:
        beside += told("Reading note", reading.notes)
    return room_slide(_frame(shown), two_columns(words, beside))


def _sort(shown: Shown) -> str:
    slide = shown.slide
    reading = full(shown.opened, slide.passages[0])
    frame = _frame(shown, axis=_answers_axis(shown), below=votes_html(shown))
    body = two_columns(quoted(reading, lit=False, neutral=True), _asked_or_said(shown))
    return room_slide(frame, body)


def _asked_or_said(shown: Shown) -> str:
    return asked(WHERE_IT_BELONGS, room_said(shown))


def _sorted(shown: Shown) -> str:
    bins = shown.slide.activity.bins
    slides = [
        slide for slide in shown.slides if slide.kind == "sort" and slide.step == shown.slide.step
    ]
    letters = FIRST_WORDS if len(slides) <= BOARD_ROWS else FEWER_WORDS
    passages = [_sorted_passage(shown, slide, letters) for slide in slides]
    board = sorted_board(bins, passages)
    return room_slide(_frame(shown), f'<div class="slide-whole">{board}</div>')


def _sorted_passage(shown: Shown, slide: Slide, letters: int) -> Sorted:
    reading = full(shown.opened, slide.passages[0])
    vote = _vote_in_bins(shown, slide)
    counts = tuple(vote.shown.get(one, 0) for one in _bins_of(slide)) if vote.shown else ()
    return Sorted(
        reading.id,
        first_words(reading.quote, letters),
        reading.whose_words if "author" in shown.revealed else "",
        counts,
        winner(counts),
        f"{vote.numbered}, not shown" if vote.number else NOT_VOTED,
    )


def _vote_in_bins(shown: Shown, slide: Slide) -> Vote:
    """Return how a passage was sorted, by the room or else by the hands of the link."""
    if shown.room is None:
        return _hands_vote(slide, 1, shown.hands.get((slide.vote, 1), ()))
    return _room_vote(slide, 1, shown.room.sorted.get(slide.vote))


def winner(counts: Counts) -> int | None:
    """Return which bin was chosen most often; none where none was, or several as often."""
    most = max(counts, default=0)
    return counts.index(most) if most and counts.count(most) == 1 else None


def _second_axis(shown: Shown) -> str:
    slide = shown.slide
    ends = tuple(str(shown.typed.get((shown.number, end), "")) for end in ("low", "high"))
    points = []
    for one in slide.passages:
        height = shown.typed.get((shown.number, f"at {one}"))
        place = full(shown.opened, one).quote_position if "readings" in shown.revealed else None
        points.append((one, float(height) if isinstance(height, (int, float)) else None, place))
    left = asked(QUESTIONS["axis"])
    body = two_columns(left, upright((ends[0], ends[1]), points))
    return room_slide(_frame(shown, desk=True), body)


def _vignette(shown: Shown) -> str:
    about = shown.slide.activity.scenes[shown.slide.part]
    text = str(shown.typed.get((shown.number, "text"), ""))
    marks = "".join(
        chosen(name, _begun(shown, _typed_list(shown, what), LONGER_WORDS), of)
        for name, what, of in (("Guides", "guides", 2), ("Misleads", "misleads", 1))
    )
    body = two_columns(scene(about, text), asked(QUESTIONS["vignette"], marks))
    return room_slide(_frame(shown, desk=True), body)


def _vignettes(shown: Shown) -> str:
    rows = []
    for number, slide in enumerate(shown.slides, 1):
        if slide.kind == "vignette" and slide.step == shown.slide.step:
            at = replace_number(shown, number)
            answers = (", ".join(_typed_list(at, what)) for what in ("guides", "misleads"))
            rows.append((slide.activity.scenes[slide.part], *answers))
    table = matrix(("Vignette", "Guides", "Misleads"), rows)
    return room_slide(_frame(shown), f'<div class="slide-whole">{table}</div>')


def replace_number(shown: Shown, number: int) -> Shown:
    """Return another slide of the same presentation, at its beginning."""
    return replace(shown, number=number, stage=0, room=None)


def _findings(shown: Shown) -> str:
    first = shown.slide.part * FINDINGS_A_SLIDE
    held = shown.opened.debate.findings[first : first + FINDINGS_A_SLIDE]
    rows = [(one.finding, one.figures, one.caution) for one in held]
    table = matrix(("Finding", "Figures", "Caution"), rows)
    return room_slide(_frame(shown), f'<div class="slide-whole">{table}</div>')


def _text(shown: Shown) -> str:
    activity = shown.slide.activity
    body = text_body([part for part in activity.how.split("\n\n") if part.strip()])
    return room_slide(_frame(shown), body)


_DRAWN: Mapping[str, Callable[[Shown], str]] = {
    "text": _text,
    "vote": _vote,
    "talk": _talk,
    "quote-gloss": _quote_gloss,
    "pair": _pair,
    "motion": _motion,
    "sides": _sides,
    "write": _write,
    "endings": _endings,
    "voices": _voices,
    "sort": _sort,
    "sorted": _sorted,
    "axis": _second_axis,
    "vignette": _vignette,
    "vignettes": _vignettes,
    "findings": _findings,
}
"""How each kind of slide is drawn."""
