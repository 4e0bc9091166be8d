"""The table view: the map's values in rows, for a screen reader and for whoever prefers rows."""

from __future__ import annotations

from collections.abc import Sequence

from components.markup import e


def value_table(
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    key: str = "",
    scrolls: bool = True,
) -> str:
    """Return a table as HTML; the first cell of each row is its header. A cell may be ``Html``.

    ``key`` names the table for whoever shows other rows in it. A table that ``scrolls`` can be
    reached by keyboard; one that is not seen must not be.
    """
    head = "".join(f'<th scope="col">{e(column)}</th>' for column in columns)
    body = "".join(map(value_row, rows))
    named = f' data-table="{e(key)}"' if key else ""
    table = (
        f'<table class="values"{named}><caption>{e(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    if not scrolls:
        return table
    return (
        f'<div class="table-room" tabindex="0" role="region" aria-label="{e(caption)}">'
        f"{table}</div>"
    )


def value_row(row: Sequence[str]) -> str:
    """Return one row of a table as HTML."""
    cells = "".join(f"<td>{e(cell)}</td>" for cell in row[1:])
    return f'<tr><th scope="row">{e(row[0])}</th>{cells}</tr>'
