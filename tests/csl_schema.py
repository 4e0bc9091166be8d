"""The schema of CSL-JSON, its words taken from the schema of CSL that comes with citeproc-py."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import citeproc

CSL = Path(citeproc.SCHEMA_PATH).parent
TEXT = {"type": "string", "minLength": 1}
NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")
YEAR = {"type": "integer", "minimum": 1000, "maximum": 2200}


@cache
def csl_data_schema() -> dict[str, Any]:
    """Return the schema of a list of works: known types, known variables, each of its kind."""
    names = _words("csl-variables.rnc", "variables.names")
    dates = _words("csl-variables.rnc", "variables.dates")
    kinds = ("numbers", "titles", "strings")
    texts = [w for kind in kinds for w in _words("csl-variables.rnc", f"variables.{kind}")]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "id": TEXT,
                "type": {"enum": _words("csl-types.rnc", "item-types")},
                **dict.fromkeys(texts, TEXT),
                **dict.fromkeys(names, _names()),
                **dict.fromkeys(dates, _date()),
            },
            "required": ["id", "type", "title"],
            "additionalProperties": False,
        },
    }


def _names() -> dict[str, Any]:
    parts = {"properties": dict.fromkeys(NAME_PARTS, TEXT), "required": ["family"]}
    literal = {"properties": {"literal": TEXT}, "required": ["literal"]}
    forms = [{**form, "type": "object", "additionalProperties": False} for form in (parts, literal)]
    return {"type": "array", "minItems": 1, "items": {"oneOf": forms}}


def _date() -> dict[str, Any]:
    part = {"type": "array", "prefixItems": [YEAR], "items": False, "minItems": 1}
    parts = {"type": "array", "items": part, "minItems": 1, "maxItems": 1}
    return {
        "type": "object",
        "properties": {"date-parts": parts},
        "required": ["date-parts"],
        "additionalProperties": False,
    }


def _words(file: str, name: str) -> list[str]:
    """Read the words that a pattern of the schema allows: from its name to the next pattern."""
    text = (CSL / file).read_text(encoding="utf-8")
    found = re.search(rf'{re.escape(name)} =((?:[^=#"]|"[^"]*"|#[^\n]*\n)*?)(?:\n  \n|\n}})', text)
    if found is None:
        raise ValueError(f"{file} has no {name}")
    return re.findall(r'^\s*(?:\| )?"([^"]+)"', found.group(1), flags=re.MULTILINE)
