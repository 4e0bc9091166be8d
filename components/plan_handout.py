"""The handout of a seminar: for each activity a sheet without names, and the answers apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.blank_axis import blank_axis
from components.handout import Rule, file_to_print
from components.markup import e
from components.passage_card import Quoted, blockquote, stop_marker
from components.room_sheet import RoomSheet, room_sheet
from components.value_table import value_table


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """One sheet to hand out: what is done, and its passages without whose words they are.

    ``placing`` adds the blank axis, ``bins`` a box to tick for each of them beside each passage.
    """

    title: str
    task: str
    passages: Sequence[Quoted]
    placing: bool
    bins: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class PlanHandout:
    """All that the handout of a plan says.

    ``rules`` are the steps of the axis and, last, no claim; ``answers`` the rows of the answer
    sheet under its ``columns``, one a passage; ``room`` the results of the room it was given in.
    """

    above: str
    title: str
    question: str
    sheets: Sequence[PlanSheet]
    rules: Sequence[Rule]
    columns: Sequence[str]
    answers: Sequence[Sequence[str]]
    notes: Sequence[str]
    room: RoomSheet | None = None


def plan_handout_file(handout: PlanHandout) -> str:
    """Return the handout of a plan as a whole HTML file, its fonts in it."""
    return file_to_print(f"{handout.title} – {handout.above}", plan_handout(handout))


def plan_handout(handout: PlanHandout) -> str:
    """Return the contents of a plan's handout as HTML."""
    sheets = "".join(_sheet(handout, sheet) for sheet in handout.sheets)
    nothing = "" if handout.sheets else "<p>Nothing in this plan needs a sheet.</p>"
    results = room_sheet(handout.room) if handout.room else ""
    return (
        f'<main class="handout"><header><p class="above">{e(handout.above)}</p>'
        f"<h1>{e(handout.title)}</h1></header>{nothing}{sheets}{_answers(handout)}"
        f"{results}</main>"
    )


def _sheet(handout: PlanHandout, sheet: PlanSheet) -> str:
    passages = "".join(_passage(one, sheet.bins) for one in sheet.passages)
    *steps, no_claim = (rule.label for rule in handout.rules)
    axis = ""
    if sheet.placing and sheet.passages:
        poles = handout.rules[0], handout.rules[-2]
        helps = "".join(f"<p><b>{e(pole.label)}:</b> {e(pole.help)}</p>" for pole in poles)
        table = blank_axis([one.id for one in sheet.passages], steps, no_claim)
        axis = f'<p class="lead">{e(handout.question)}</p><div class="poles">{helps}</div>{table}'
    return (
        f'<section class="plan-sheet"><h2>{e(sheet.title)}</h2><p>{e(sheet.task)}</p>'
        f"{passages}{axis}</section>"
    )


def _passage(passage: Quoted, bins: Sequence[str]) -> str:
    words = (
        f"<h3><b>{e(passage.id)}</b></h3>{blockquote(passage, neutral=True, unlit=True)}"
        f"{stop_marker(passage)}"
    )
    if not bins:
        return f"<article>{words}</article>"
    boxes = "".join(f'<li><span class="box"></span>{e(name)}</li>' for name in bins)
    return f'<article class="to-sort"><div>{words}</div><ul>{boxes}</ul></article>'


def _answers(handout: PlanHandout) -> str:
    if not handout.answers:
        return ""
    notes = "".join(f"<p>{e(note)}</p>" for note in handout.notes)
    table = value_table("For the presenter", handout.columns, handout.answers)
    return (
        f'<section class="plan-sheet plan-answers"><h2>Answer sheet</h2>{table}'
        f'<div class="end">{notes}</div></section>'
    )
