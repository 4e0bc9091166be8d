"""What a phone is shown of a question: the debate's own words for it, nothing of its answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.debate.model import Activity
from dashboard.debate.plan import activities_of
from dashboard.open_debate import OpenDebate
from dashboard.reader.path_rows import placings
from dashboard.reading import brief
from dashboard.rooms.ballots import BIN_VALUES, SELF, VALUES, sorting, values_of
from dashboard.rooms.rooms import Question

OF_ONESELF = {
    "n": ("No claim", "I do not take a position."),
    "w": ("The question is wrong", "Neither pole fits; the question misleads."),
}
AUTHORS_WORDS = "The author’s words"
WHERE_YOU_STAND = "Where do you stand?"
WORDS_ASKED = "Which words decided it?"
REASON_ASKED = "Your reason, in one line"
WORDS_SHOWN = "if you like; it may be shown to the room, without your name"
REASON_KEPT = "if you like; it is kept with your answer and shown to nobody in the room"
WHERE_IT_BELONGS = "Where does this passage belong?"
OF_ONESELF_ROUNDS = ("Before", "After")
VOTES = (
    "First vote",
    "Second vote",
    "Third vote",
    "Fourth vote",
    "Fifth vote",
    "Sixth vote",
    "Seventh vote",
    "Eighth vote",
    "Ninth vote",
)
"""What the rounds of a vote on a passage are called, as many as a room is asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is read: its title, the text to place, and the answers to choose from.

    ``label`` says whose words the text is; both are empty where there is none. ``options`` are the
    value, the name and the meaning of each answer; ``words_asked`` asks for a line of words and
    ``words_go`` says who will see it. ``stops_here`` marks an excerpt that breaks off. ``round``
    is what the wall calls the round.
    """

    title: str
    label: str
    text: str
    options: tuple[tuple[str, str, str], ...]
    words_asked: str
    words_go: str = WORDS_SHOWN
    stops_here: bool = False
    round: str = ""


def asked(opened: OpenDebate, question: Question) -> Asked:
    """Return a question in the words of the debate, without a name, year, school or reading."""
    return replace(_asked(opened, question), round=round_of(question))


def _asked(opened: OpenDebate, question: Question) -> Asked:
    options = placings(opened)
    debate = opened.debate
    if question.item == SELF:
        own = tuple((v, *OF_ONESELF.get(v, (name, said))) for v, name, said in options)
        return Asked(debate.question, WHERE_YOU_STAND, "", own, REASON_ASKED, REASON_KEPT)
    if values_of(question.text) != VALUES:
        text = text_of(opened, question.item, "quote")
        bins = _bins(opened, question.text)
        return Asked(
            WHERE_IT_BELONGS,
            AUTHORS_WORDS if text else "",
            text,
            bins,
            WORDS_ASKED,
            stops_here=_stops(opened, question.item, text),
        )
    text = text_of(opened, question.item, question.text)
    label = debate.library.gloss_label if question.text == "gloss" else AUTHORS_WORDS
    return Asked(
        debate.axis.title,
        label if text else "",
        text,
        options,
        WORDS_ASKED,
        stops_here=question.text == "quote" and _stops(opened, question.item, text),
    )


def _stops(opened: OpenDebate, item: str, text: str) -> bool:
    """Say whether the quote of a passage breaks off, where there is one."""
    return bool(text) and brief(opened, item).stops_here


def round_of(question: Question) -> str:
    """Return what the round of a question is called, on the phone as on the wall."""
    return (OF_ONESELF_ROUNDS if question.item == SELF else VOTES)[question.round - 1]


def sorting_of(activity: Activity) -> str:
    """Return the text of a question that sorts a passage into the bins of an activity."""
    return sorting(activity.id, len(activity.bins))


def _bins(opened: OpenDebate, text: str) -> tuple[tuple[str, str, str], ...]:
    """Return the bins of a question that sorts, as answers without a meaning of their own."""
    activities = activities_of(opened.debate).values()
    bins = next((one.bins for one in activities if one.bins and sorting_of(one) == text), ())
    return tuple((sign, name, "") for sign, name in zip(BIN_VALUES, bins, strict=False))


def bin_names(opened: OpenDebate, text: str) -> dict[str, str]:
    """Return what the bins of a question that sorts are called, by their values."""
    return {value: name for value, name, _ in _bins(opened, text)}


def text_of(opened: OpenDebate, item: str, text: str) -> str:
    """Return the quote or the gloss of a passage; empty where there is none to show."""
    if item not in opened.row_of or text not in ("quote", "gloss"):
        return ""
    passage = opened.passage(item)
    if text == "quote":
        return passage.quote
    return passage.gloss or "" if opened.debate.show_glosses else ""
