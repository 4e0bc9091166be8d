"""The shape of each file of a debate folder, taken from the model and from nowhere else."""

from __future__ import annotations

from dataclasses import MISSING, fields
from functools import cache
from typing import Any, get_type_hints

from pydantic import BaseModel, TypeAdapter, create_model

from dashboard.debate.model import CHECKED, Author, Debate, Passage, Path, Work

LIST_FILES: dict[str, type[Any]] = {
    "works.yaml": Work,
    "authors.yaml": Author,
    "passages.yaml": Passage,
    "paths.yaml": Path,
}
"""Files that hold a list of entries of one class."""

MAPPING_FILES: dict[str, tuple[str, ...]] = {
    "activities.yaml": ("activities", "inputs", "plans", "facilitator", "pairs", "questions"),
    "glossary.yaml": ("glossary", "discrepancies", "missing_voices", "findings"),
    "changes.yaml": ("changes",),
}
"""Files that hold some fields of the debate beside ``debate.yaml``, by field."""

HOMES: dict[str, str] = {
    **{name.removesuffix(".yaml"): name for name in LIST_FILES},
    **{field: name for name, held in MAPPING_FILES.items() for field in held},
    "codebook": "codebook.md",
    "readings": "codings.csv",
}
"""The file in which a field of the debate stands, where that is not ``debate.yaml``."""


SCHEMAS = ".schema"
"""The folder of the schemas in one that a command made; nothing is read from a name with a dot."""
SCHEMA_FILES = ("debate.yaml", *LIST_FILES, *MAPPING_FILES)
"""The files of a debate that have a schema of their own."""


@cache
def shape_of(file: str) -> TypeAdapter[Any]:
    """Give the check of one YAML file; its values are made of the classes of the model."""
    if file in LIST_FILES:
        entry: Any = LIST_FILES[file]
        return TypeAdapter(tuple[entry, ...])
    return TypeAdapter(_mapping_shape(file))


def debate_schema() -> dict[str, Any]:
    """Give the JSON Schema of a debate folder: one property a file, for editors.

    An editor checks a single file against ``#/properties/<file name>``.
    """
    parts, schema = TypeAdapter.json_schemas(
        [(file, "validation", shape_of(file)) for file in SCHEMA_FILES]
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A debate folder",
        "type": "object",
        "properties": {file: parts[(file, "validation")] for file in SCHEMA_FILES},
        **schema,
    }


def schema_name(file: str) -> str:
    """Give the name under which the schema of a file is kept: ``works.schema.json``."""
    return f"{file.removesuffix('.yaml')}.schema.json"


def editor_line(file: str, schemas: str = "") -> str:
    """Give the first line of a YAML file by which an editor finds its schema.

    ``schemas`` is where the schemas lie as seen from the file, ending in a slash, or nothing.
    Source: the YAML language server's "inlined schema", a modeline.
    """
    return f"# yaml-language-server: $schema={schemas}{schema_name(file)}"


def file_schema(file: str) -> dict[str, Any]:
    """Give the JSON Schema of one of ``SCHEMA_FILES``; it says how an editor finds it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": f"First line of {file}: {editor_line(file)}",
        **shape_of(file).json_schema(),
        "title": file,
    }


def _mapping_shape(file: str) -> type[BaseModel]:
    hints = get_type_hints(Debate, include_extras=True)
    held: dict[str, Any] = {}
    for one in fields(Debate):
        if HOMES.get(one.name, "debate.yaml") != file:
            continue
        default = one.default if one.default is not MISSING else ...
        if one.default_factory is not MISSING:
            default = one.default_factory()
        held[one.name] = (hints[one.name], default)
    name = f"{file.removesuffix('.yaml').title()}File"
    shape: type[BaseModel] = create_model(name, __config__=CHECKED, **held)
    return shape
