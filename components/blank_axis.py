"""The blank axis: a sheet on which one places passages oneself, by hand."""

from __future__ import annotations

from collections.abc import Sequence

from components.markup import e

WRONG = "The question is wrong"
RING = '<i class="ring"></i>'


def blank_axis(passages: Sequence[str], steps: Sequence[str], no_claim: str) -> str:
    """Return a table to fill in, a row a passage, as HTML.

    ``passages`` are ids, ``steps`` the names of the axis's steps in order; ``no_claim`` names the
    lane beside it. Each row has a ring for every answer and room for the words that decide it.
    """
    answers = "".join(f'<th scope="col">{e(label)}</th>' for label in (no_claim, *steps, WRONG))
    axis = f'<td class="step">{RING}</td>' * len(steps)
    rows = "".join(
        f'<tr><th scope="row">{e(passage)}</th><td>{RING}</td>{axis}<td>{RING}</td>'
        '<td class="reason"></td></tr>'
        for passage in passages
    )
    return (
        '<table class="blank-axis"><thead><tr><th scope="col">Passage</th>'
        f'{answers}<th scope="col" class="reason">The words that decide it</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
