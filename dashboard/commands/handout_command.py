"""The command `handout`: a handout of a view, a path or a comparison as one HTML file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from dashboard.commands.spoken import (
    RefusedError,
    add_debate_option,
    are_said,
    as_json,
    described,
    file_to_write,
    is_said,
    opened_at,
    write,
)

if TYPE_CHECKING:
    from dashboard.commands.spoken import Parsers
    from dashboard.open_debate import OpenDebate
    from dashboard.view import View

EXAMPLES = (
    "python -m dashboard handout --out all.html",
    "python -m dashboard handout --out attachment.html --view 'school=attachment&basis=quote'",
    "python -m dashboard handout --out pair.html --compare p01,p12",
    "python -m dashboard handout --debate my-debate --path first --out first.html",
)
EXITS = ("0  written", "1  not written: no such path or author, a debate that does not pass, ...")
EXAMPLE = "https://example.org/"
QUERY_FIELDS_AT_MOST = 1000


def add_to(parsers: Parsers) -> None:
    """Add the command to the command line."""
    what = (
        "Write one HTML file to print on A4 or Letter or to send: the map, the passages with\n"
        "their citations, the codebook in brief and a blank axis. It needs no network."
    )
    parser = parsers.add_parser(
        "handout",
        help="write a handout as one file",
        **described(what, EXAMPLES, EXITS),
    )
    add_debate_option(parser)
    parser.add_argument(
        "--out", type=Path, required=True, help="the file, ending in .html", metavar="FILE"
    )
    of = parser.add_mutually_exclusive_group()
    of.add_argument("--view", help="a view's link, or what follows its ?", metavar="QUERY")
    of.add_argument("--path", help="the id of a guided path", metavar="ID")
    of.add_argument("--compare", help="two to four ids of authors or passages", metavar="A,B")
    parser.add_argument(
        "--address",
        help="where the debate is served; with it, the view's link is printed at the end",
        metavar="URL",
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def run(asked: argparse.Namespace) -> int:
    """Write the handout and say of what it is; give 0."""
    from dashboard.reader.handout import chosen_by, handout, within_bounds  # noqa: PLC0415

    file = file_to_write(asked.out, ".html")
    address = "" if asked.address is None else _address(asked.address)
    opened = opened_at(asked.debate)
    view = _view(asked, opened)
    write(file, handout(opened, view, address))
    chosen = chosen_by(opened, view)
    held = len(within_bounds(opened, chosen.rows))
    of = {"file": str(file), "title": chosen.title, "passages": held}
    of["left_out"] = len(chosen.rows) - held
    if asked.json:
        return 0 if is_said(as_json(of)) else 1
    left = f", {of['left_out']} more found no room" if of["left_out"] else ""
    passages = "1 passage" if held == 1 else f"{held} passages"
    return 0 if are_said([f"{file}: {chosen.title} ({passages}{left})."]) else 1


def _view(asked: argparse.Namespace, opened: OpenDebate) -> View:
    """Return the view asked for; raises `RefusedError` where a part of it is not known."""
    from dashboard.view import KEYS, View, from_query  # noqa: PLC0415

    view, said = View(), []
    query = _query(asked)
    if asked.view and not set(query) & set(KEYS):
        raise RefusedError(f"The view names nothing to show; its parts are: {', '.join(KEYS)}.")
    for page in ("", "paths", "compare"):
        view, notes = from_query(query, opened.known, page, view)
        said += [_refused(note) for note in notes]
    if said:
        raise RefusedError(" ".join(dict.fromkeys(said)))
    if asked.path is not None and not view.path:
        raise RefusedError("A path is named by its id.")
    if asked.compare is not None and len(view.of) < 2:
        raise RefusedError("A comparison is of two to four authors or passages, as p01,p12.")
    return view


def _refused(note: str) -> str:
    """Return what a note says is wrong, without that the page ignores it."""
    wrong, _, _ = note.rpartition(";")
    return f"{wrong}." if wrong else note


def _query(asked: argparse.Namespace) -> dict[str, list[str]]:
    if asked.path is not None:
        return {"path": [asked.path]}
    if asked.compare is not None:
        return {"of": asked.compare.split(",")}
    link = asked.view or ""
    try:
        query = urlsplit(link).query if "?" in link else link
        return parse_qs(query, keep_blank_values=True, max_num_fields=QUERY_FIELDS_AT_MOST)
    except ValueError as error:
        raise RefusedError("The view is not a link of this product.") from error


def _address(text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise RefusedError(f"{text} is not an address of a web page.") from error
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query:
        raise RefusedError(f"{text} is not an address of a web page, as {EXAMPLE}.")
    return text if text.endswith("/") else f"{text}/"
