"""The end of a path: its passages on the axis with the reader's placements, and how both agree."""

from __future__ import annotations

from collections.abc import Sequence

from components.markup import Html, e
from components.path_step import end_section
from components.placement_map import placement_legend, placement_map
from components.sections import paragraphs
from components.value_table import value_table
from dashboard.debate.placements import (
    NONE,
    READINGS_AT_MOST,
    WRONG,
    Comparison,
    codings_csv,
    furthest_first,
    reader_name,
)
from dashboard.debate.summary import position_words
from dashboard.reader.map_view import no_claim_of, steps_of
from dashboard.reader.path_rows import WRONG_LABEL, address, path_row, sign_words
from dashboard.reader.path_taken import PathTaken, agreement_with, comparisons

LISTED_AT_MOST = 100
"""So many passages are listed at the end."""
FURTHEST_FIRST = "Furthest apart first; the number says when you read it."
NO_READING = "No reading of these passages is held, so there is nothing to compare yours with."
FEW = 20
"""With fewer passages compared than this, the page says that chance has a large part."""


def path_end(taken: PathTaken) -> str:
    """Return the end of a path as HTML."""
    guided = taken.guided
    title = "Where it led" if guided else "Where you put them"
    closing = (
        end_section("closing", "The question at the end", paragraphs([guided.closing]))
        + end_section("leaves-out", "What this path leaves out", paragraphs([guided.leaves_out]))
        if guided
        else ""
    )
    return (
        '<div class="path-end">'
        + end_section("course", title, _map(taken), first=True)
        + closing
        + _beside_the_readings(taken)
        + end_section("codings", "Take your placements with you", paragraphs(_left_out(taken)))
        + "</div>"
    )


def _beside_the_readings(taken: PathTaken) -> str:
    """Return the passages one by one and the agreement; where nobody has read, what was placed."""
    if not _are_read(taken):
        return end_section("gaps", "Passage by passage", _placed(taken))
    return end_section(
        "gaps", "Passage by passage, furthest apart first", _gaps(taken)
    ) + end_section("agreement", "How far you and the readings agree", _agreement(taken))


def codings(taken: PathTaken) -> str:
    """Return the reader's placements in the form of a debate's ``codings.csv``."""
    return codings_csv(_compared(taken), reader_name(taken.opened.debate.readings))


def _compared(taken: PathTaken) -> tuple[Comparison, ...]:
    return comparisons(taken.opened, taken.passages, taken.view.placed)


def _are_read(taken: PathTaken) -> bool:
    """Say whether a reading of any of the passages is held, to compare the reader's with."""
    return any(one.values for one in _compared(taken))


def _map(taken: PathTaken) -> str:
    """Return a guided path in its order, its marks joined; others by the gap."""
    opened, joined, read = taken.opened, taken.guided is not None, _are_read(taken)
    compared = _compared(taken)
    shown = (compared if joined else furthest_first(compared))[:LISTED_AT_MOST]
    rows = [path_row(taken, one) for one in shown]
    drawn = placement_map(rows, steps_of(opened), no_claim_of(opened), joined=joined)
    order = "" if joined or not read else paragraphs([FURTHEST_FIRST])
    refused = WRONG_LABEL.lower() if any(row.own_refuses for row in rows) else ""
    glosses = opened.glosses_read
    return (
        order
        + drawn
        + placement_legend(joined=joined and read, words=read, glosses=glosses, refused=refused)
    )


def _placed(taken: PathTaken) -> str:
    compared = _compared(taken)
    shown = compared[:LISTED_AT_MOST]
    first = f"The first {LISTED_AT_MOST} of " if len(compared) > LISTED_AT_MOST else ""
    rows = [(_name(taken, one), sign_words(taken.opened, one.sign)) for one in shown]
    table = value_table(
        f"{first}{len(compared)} passages and your placement", ("Passage", "You"), rows
    )
    said = taken.opened.debate.disclaimers.get("placement", "")
    return table + paragraphs([text for text in (NO_READING, said) if text])


def _gaps(taken: PathTaken) -> str:
    compared = furthest_first(_compared(taken))
    shown = compared[:LISTED_AT_MOST]
    readings = list(dict.fromkeys(name for one in shown for name in one.values))[:READINGS_AT_MOST]
    first = f"The first {LISTED_AT_MOST} of " if len(compared) > LISTED_AT_MOST else ""
    caption = f"{first}{len(compared)} passages: your placement, each reading, and their median"
    columns = ("Passage", "You", *readings, "Agreed", "Steps apart")
    table = value_table(caption, columns, [_gap_row(taken, one, readings) for one in shown])
    return table + paragraphs(key_of_gaps(taken, readings))


def key_of_gaps(taken: PathTaken, readings: Sequence[str]) -> list[str]:
    """Return what the columns of the table of gaps hold: who reads, and what "agreed" means."""
    debate = taken.opened.debate
    low, high = debate.axis.ticks[0].label, debate.axis.ticks[-1].label
    columns = "Column" if len(readings) == 1 else "Columns"
    return [
        f"{columns} {', '.join(readings)}: where each reading puts the author’s words, from −2 "
        f"({low}) to +2 ({high}); – is no claim. {debate.coders}",
        f"Agreed: {agreed_by(len(readings))} Steps apart: from your placement to what is agreed.",
    ]


def agreed_by(readings: int) -> str:
    """Say how the agreed position comes of so many readings, as a sentence without its subject."""
    if readings == 1:
        return "what the one reading gave; without a value there, no claim."
    return (
        "the median of the readings, where at least three quarters of them gave a value (of four, "
        "three); otherwise no claim."
    )


def _gap_row(taken: PathTaken, one: Comparison, readings: Sequence[str]) -> tuple[str, ...]:
    given = (_signed(one.values[name]) if name in one.values else "" for name in readings)
    opened = taken.opened
    row = opened.row_of[one.passage]
    agreed = position_words(
        one.agreed,
        opened.debate.axis,
        read=bool(one.values),
        not_agreed=bool(opened.not_agreed["quote_not_agreed"][row]),
    )
    return _name(taken, one), sign_words(taken.opened, one.sign), *given, agreed, _apart(one)


def _name(taken: PathTaken, one: Comparison) -> Html:
    link = address(taken.view, step=one.step)
    return Html(f'<a class="open-passage" data-in-app="yes" href="{e(link)}">{e(one.passage)}</a>')


def _apart(one: Comparison) -> str:
    if not one.is_compared:
        return "–"
    if one.same:
        return "0"
    return "claim or none" if one.apart is None else f"{one.apart:g}"


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+g}".replace("-", "−") if value else "0"


def _agreement(taken: PathTaken) -> str:
    found = agreement_with(taken.opened, taken.passages, taken.view.placed)
    count = found.together.passages if found.together else 0
    together = found.together
    rows = [
        (
            "You with all readings",
            _figure(together.alpha if together else None),
            together.interval if together else "–",
        ),
        ("The readings without you", _figure(found.without), "–"),
        *((f"You with {name}", _figure(value), "–") for name, value in found.each.items()),
    ]
    table = value_table(
        f"Krippendorff’s alpha, ordinal; {count} passages with two values to compare",
        ("Who", "Alpha", "95 % interval"),
        rows,
    )
    return table + paragraphs(said_of_agreement(taken, count))


def said_of_agreement(taken: PathTaken, compared: int) -> list[str]:
    """Return what the figures mean and what they do not say."""
    said = taken.opened.debate.disclaimers
    few = (
        f"With {compared} passages compared, chance has a large part in every figure."
        if compared < FEW
        else ""
    )
    seen = (
        ""
        if taken.blind
        else "You saw our reading after each placement, so the later ones are not independent."
    )
    return [
        text
        for text in (
            "1 is perfect agreement, 0 is what chance would give, less is worse than chance. A "
            "gap of two steps counts for more than one of a single step. The readings agree among "
            "themselves, which lifts the first figure; you with each of them says more about you.",
            "The number does not say who is right. It says nothing of passages where only one "
            "side finds a claim, since no claim is not a value, nor of those where you hold the "
            "question to be wrong.",
            few,
            seen,
            said.get("agreement", ""),
            said.get("placement", ""),
        )
        if text
    ]


def _figure(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.2f}".replace("-", "−")


def _left_out(taken: PathTaken) -> list[str]:
    signs = [one.sign for one in _compared(taken)]
    reader = reader_name(taken.opened.debate.readings)
    wrong, none = signs.count(WRONG), signs.count(NONE)
    return [
        f"As rows of codings.csv, in the debate’s own format, under the reading “{reader}”; an "
        "empty value is no claim. Rename the reading before you merge it with another person’s.",
        f"Left out, since they are no readings: {wrong} where you hold the question to be wrong, "
        f"{none} that you did not place.",
    ]
