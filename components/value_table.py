"""The table view: the map's values in rows, for a screen reader and for whoever prefers rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from components.markup import e


def value_table(
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    hidden: Collection[str] = (),
) -> str:
    """Return a table as HTML; the first cell of each row is its header.

    Rows whose first cell is in ``hidden`` are in the page but not shown.
    """
    head = "".join(f'<th scope="col">{e(column)}</th>' for column in columns)
    body = "".join(
        f'<tr data-row="{e(row[0])}"{" hidden" if row[0] in hidden else ""}>'
        f'<th scope="row">{e(row[0])}</th>'
        + "".join(f"<td>{e(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="table-room" tabindex="0" role="region" aria-label="{e(caption)}">'
        f'<table class="values"><caption>{e(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
