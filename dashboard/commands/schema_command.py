"""The command `schema`: JSON Schema of a debate's files, for editors that check while one types."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.spoken import (
    RefusedError,
    are_said,
    as_json,
    described,
    folder_made,
    is_said,
    write,
)

if TYPE_CHECKING:
    from dashboard.commands.spoken import Parsers

EXAMPLES = (
    "python -m dashboard schema works.yaml",
    "python -m dashboard schema --out schemas --debate my-debate",
)
EXITS = ("0  given", "1  could not be written, or there is no such file in a debate")


def add_to(parsers: Parsers) -> None:
    """Add the command to the command line."""
    what = (
        "Give the JSON Schema of a debate's files, by which an editor names what a field means\n"
        "and underlines what is wrong. Without FILE and --out: one schema of the whole folder."
    )
    parser = parsers.add_parser(
        "schema",
        help="give the JSON Schema of a debate's files, for editors",
        **described(what, EXAMPLES, EXITS),
    )
    parser.add_argument("file", nargs="?", help="a file of a debate, as works.yaml", metavar="FILE")
    parser.add_argument(
        "--out",
        type=Path,
        help="a folder to write one schema for each file into; says the line that goes first "
        "into each YAML file",
        metavar="FOLDER",
    )
    parser.add_argument(
        "--debate",
        type=Path,
        help="the debate whose files are to find the schemas; by default one beside FOLDER",
        metavar="PATH",
    )


def write_schemas(folder: Path, files: Sequence[str] = ()) -> None:
    """Write the schema of each file, by default of all, into a folder that may be new."""
    from dashboard.debate import schema  # noqa: PLC0415

    folder_made(folder)
    for file in files or schema.SCHEMA_FILES:
        write(folder / schema.schema_name(file), as_json(schema.file_schema(file)))


def _seen_from(debate: Path | None, schemas: Path) -> str:
    """Give the way from a debate's files to the schemas, since editors begin at the file.

    Without a debate it is taken to lie in the same folder as the schemas do.
    """
    begin = os.path.abspath(debate) if debate else f"{os.path.abspath(schemas)}-debate"  # noqa: PTH100
    try:
        way = os.path.relpath(schemas, begin)
    except ValueError:
        # On another drive there is no such way.
        return Path(os.path.abspath(schemas)).as_uri() + "/"  # noqa: PTH100
    return f"{Path(way).as_posix()}/"


def run(asked: argparse.Namespace) -> int:
    """Print a schema, or write one a file into a folder; give 0, or 1 where that fails."""
    from dashboard.debate import schema  # noqa: PLC0415

    files = (asked.file,) if asked.file else schema.SCHEMA_FILES
    if asked.file and asked.file not in schema.SCHEMA_FILES:
        known = ", ".join(schema.SCHEMA_FILES)
        raise RefusedError(f"There is no schema of {asked.file}; there is one of each of: {known}.")
    if asked.out is None:
        whole = schema.file_schema(asked.file) if asked.file else schema.debate_schema()
        return 0 if is_said(as_json(whole)) else 1
    write_schemas(asked.out, files)
    where = _seen_from(asked.debate, asked.out)
    lines = [f"{file}: {schema.editor_line(file, where)}" for file in files]
    folder = asked.debate or "a debate that lies beside it"
    said = [f"Wrote {len(files)} to {asked.out}. The first line of each file in {folder}:", *lines]
    return 0 if are_said(said) else 1
