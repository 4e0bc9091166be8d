"""The command `merge`: several people's readings as one table, and how far they agree."""

from __future__ import annotations

import argparse
import io
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.spoken import (
    RefusedError,
    are_said,
    as_json,
    described,
    file_to_write,
    is_said,
    opened_at,
    written,
)
from dashboard.debate.problems import DebateError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.commands.spoken import Parsers
    from dashboard.debate.agreement import Agreement
    from dashboard.debate.disagreements import Disagreement
    from dashboard.debate.merging import Agreeing, Merged

EXAMPLES = (
    "python -m dashboard merge anna.csv ben.csv --debate my-debate",
    "python -m dashboard merge anna.csv ben.csv --debate my-debate --out my-debate/codings.csv "
    "--force",
    "python -m dashboard merge my-debate/codings.csv anna.csv --debate my-debate --out all.csv",
)
EXITS = ("0  merged", "1  one line for each problem or conflict: file:line: ...")
NAMES = {
    ("quote", "position"): "Author's words",
    ("gloss", "position"): "Gloss",
    ("both", "medium"): "Second axis",
}
CLAIM_OR_NONE = "not agreed whether there is a claim"
LISTED_AT_MOST = 20
"""So many texts on which people differ are printed; the answer in JSON holds all."""


def add_to(parsers: Parsers) -> None:
    """Add the command to the command line."""
    what = (
        "Put several people's codings.csv together, as readings of one debate, and say how far\n"
        "they agree (Krippendorff's alpha, ordinal) and on which passages they differ. A name\n"
        "that an earlier file has used gets a number. Without --out nothing is written. The\n"
        "debate itself is only read: to show what was merged, write it to the debate's\n"
        "codings.csv, or name that among the files too."
    )
    parser = parsers.add_parser(
        "merge",
        help="put several people's readings together, with their agreement",
        **described(what, EXAMPLES, EXITS),
    )
    parser.add_argument(
        "files", nargs="+", type=Path, help="readings, as saved at the end of a path", metavar="CSV"
    )
    parser.add_argument(
        "--debate", type=Path, required=True, help="the debate's folder", metavar="PATH"
    )
    parser.add_argument(
        "--out", type=Path, help="where to write them, ending in .csv", metavar="FILE"
    )
    parser.add_argument(
        "--force", action="store_true", help="let --out replace a file that is there already"
    )
    parser.add_argument(
        "--same-names",
        action="store_true",
        help="one name is one person in all files; values that differ are conflicts",
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def run(asked: argparse.Namespace) -> int:
    """Merge, say what came of it, and give 0; problems and conflicts are listed and give 1."""
    from dashboard.debate.merging import agreements, differing, merged  # noqa: PLC0415

    if asked.out:
        file_to_write(asked.out, ".csv")
        _refuse_to_replace(asked.out, force=asked.force)
    debate = opened_at(asked.debate).debate
    try:
        found = merged(asked.files, debate, same_names=asked.same_names)
    except DebateError as error:
        problems = error.problems
        is_said(
            as_json({"merged": False, "problems": [asdict(each) for each in problems]})
            if asked.json
            else "".join(f"{each}\n" for each in problems)
        )
        return 1
    if asked.out:
        _write(found, asked.out)
    agreeing, apart = agreements(found.readings), differing(found.readings, debate)
    if asked.json:
        return 0 if is_said(as_json(_told(found, agreeing, apart, asked.out))) else 1
    lines = [
        *_who(found),
        *(line for each in agreeing for line in _agreement(each)),
        *_differences(apart),
    ]
    if asked.out:
        lines.append(f"Written to {asked.out}: {len(found.readings)} rows.")
    return 0 if are_said(lines) else 1


def _refuse_to_replace(out: Path, *, force: bool) -> None:
    """Refuse to write over readings, be they one of the files or the debate's, unasked."""
    if os.path.isfile(out) and not force:  # noqa: PTH113
        raise RefusedError(f"{out} is there already; to replace it, add --force.")


def _write(found: Merged, out: Path) -> None:
    from dashboard.debate.merging import write_codings  # noqa: PLC0415

    with written(out) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        try:
            write_codings(found.readings, text)
        except ValueError as error:
            raise RefusedError(str(error)) from error
        text.flush()
        text.detach()


def _who(found: Merged) -> list[str]:
    lines = []
    for one in found.contributions:
        renamed = "" if one.was == one.name else f', here called "{one.name}"'
        lines.append(f'{one.file}: "{one.was}"{renamed}, {one.rows} rows.')
    lines += [
        f'"{a.name}" and "{b.name}" are the same in every row. If both are one person\'s, leave '
        f"{b.file} out."
        for a, b in found.alike
    ]
    return lines


def _agreement(each: Agreeing) -> list[str]:
    name = NAMES[each.text, each.question]
    if not each.pairs:
        return [f"{name}: one reading only, so there is no agreement to speak of."]
    lines = [f"{name}: {_all(each.together)}"]
    lines += [
        f"  {pair.first} and {pair.second}: {_alpha(pair.alpha)}, n = {pair.passages}"
        for pair in each.pairs
    ]
    if each.pairs_left_out:
        lines.append(f"  and {each.pairs_left_out} more pairs")
    return lines


def _differences(found: Sequence[Disagreement]) -> list[str]:
    if not found:
        return []
    lines = ["They differ on, furthest apart first:", *map(_difference, found[:LISTED_AT_MOST])]
    more = len(found) - LISTED_AT_MOST
    return [*lines, *([f"  and {more:,} more; --json lists all"] if more > 0 else [])]


def _difference(each: Disagreement) -> str:
    gave = (
        f"{name} {'no claim' if value is None else f'{value:+g}' if value else '0'}"
        for name, value in each.values.items()
    )
    steps = f"{each.apart:g} {'step' if each.apart == 1 else 'steps'} apart"
    text = NAMES[each.text, each.question]
    return f"  {each.passage}, {text}: {', '.join(gave)}; {steps if each.apart else CLAIM_OR_NONE}"


def _all(found: Agreement | None) -> str:
    if found is None:
        return "alpha is undefined: no two values to compare, or all of them are the same"
    interval = (
        "" if found.low is None or found.high is None else f" ({found.low:.2f} to {found.high:.2f})"
    )
    return f"alpha {found.alpha:.2f}{interval}, n = {found.passages} passages"


def _alpha(value: float | None) -> str:
    return "alpha undefined" if value is None else f"alpha {value:.2f}"


def _told(
    found: Merged, agreeing: list[Agreeing], apart: Sequence[Disagreement], out: Path | None
) -> dict[str, object]:
    return {
        "merged": True,
        "rows": len(found.readings),
        "out": str(out) if out else None,
        "readings": [asdict(one) for one in found.contributions],
        "alike": [[a.name, b.name] for a, b in found.alike],
        "agreement": [asdict(each) for each in agreeing],
        "differ": [asdict(each) for each in apart],
    }
