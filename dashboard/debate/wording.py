"""What the checks of the model find, in the words of someone who edits YAML."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Collection, Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from dashboard.debate.directions import turning_words
from dashboard.debate.model import DAY, SEEN, UNTURNED
from dashboard.debate.problems import quoted, shortened
from dashboard.debate.yaml_source import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    Where,
    find,
    line_of,
    misread,
)

_MOST_TO_COMPARE = 2_000
_LONGEST_TO_COMPARE = 120
_MOST_HINTS = 200
_CLOSE = 0.7
_WRONG_COUNT = {"too_short", "too_long"}
_UNKNOWN_KEY = {"unexpected_keyword_argument", "extra_forbidden"}


class Hints:
    """Gives ``, did you mean "..."?`` where one known word is close to a wrong one.

    Comparing words is slow, so a folder full of wrong words has hints on the first of them
    only; they are the ones that are listed.
    """

    def __init__(self) -> None:
        self._left = _MOST_HINTS

    def __call__(self, word: str, known: Collection[str]) -> str:
        """Give the hint, or nothing."""
        if not self._left or len(known) > _MOST_TO_COMPARE or len(word) > _LONGEST_TO_COMPARE:
            return ""
        self._left -= 1
        close = difflib.get_close_matches(word, known, n=1, cutoff=_CLOSE)
        return f", did you mean {quoted(close[0])}?" if close else ""


def shape_faults(
    error: ValidationError, node: Node, adapter: TypeAdapter[Any], hints: Hints
) -> Iterator[tuple[Where, int, str]]:
    """Yield place, line and words of each thing that does not fit the model.

    ``node`` is the tree that was checked; what was already refused while reading it is not
    said twice.
    """
    schema = adapter.json_schema()
    for detail in error.errors(include_url=False, include_input=False):
        where: Where = detail["loc"]
        at = find(node, where)
        if at is not None and _is_said(detail, at, schema):
            continue
        yield where, *_fault(detail, node, schema, hints)


def _is_said(detail: ErrorDetails, node: Node, schema: dict[str, Any]) -> bool:
    """Say whether a fault is only the consequence of another one."""
    if detail["type"] in _UNKNOWN_KEY:
        return False
    if detail["type"] in _WRONG_COUNT and isinstance(node, Sequence):
        # The check counts sound entries only; the unsound ones are named for themselves.
        bounds = _schema_at(schema, detail["loc"])
        least, most = bounds.get("minItems", 0), bounds.get("maxItems", math.inf)
        return bool(least <= len(node.items) <= most)
    return isinstance(node, Scalar) and node.kind == "refused"


def place_words(where: Where) -> str:
    """Give a place in words: ``("voices", 0, "name")`` is "voices 1, name"."""
    words = ""
    for step in where:
        if isinstance(step, int):
            words += f" {step + 1}"
        else:
            words += f", {step}" if words else step
    return words.strip()


def _fault(
    detail: ErrorDetails, node: Node, whole: dict[str, Any], hints: Hints
) -> tuple[int, str]:
    where: Where = detail["loc"]
    kind = detail["type"]
    # The first step into a list of entries is said by the name of the entry.
    place = where[1:] if isinstance(node, Sequence) else where
    if kind == "missing":
        return line_of(node, where[:-1]), f'{_before(place[:-1])}"{where[-1]}" is missing'
    if kind in _UNKNOWN_KEY:
        key = str(where[-1])
        hint = hints(key, _schema_at(whole, where[:-1])["properties"])
        return line_of(node, where), f"{_before(place[:-1])}unknown key {quoted(key)}{hint}"
    at = find(node, where) or node
    line = line_of(node, where)
    schema = _schema_at(whole, where)
    if kind in {"greater_than_equal", "less_than_equal"}:
        bounds = f"{schema['minimum']}..{schema['maximum']}"
        return line, f"{place_words(place)} {_shown(at)} is outside {bounds}"
    say = _SAYINGS.get(kind)
    text = say(detail, at, schema) if say else _belongs(kind, at)
    return line, _before(place) + text


def _before(place: Where) -> str:
    return f"{place_words(place)}: " if place else ""


def _belongs(kind: str, node: Node) -> str:
    return f"{_BELONGS.get(kind, 'something else')} belongs here, not {_shown(node)}"


_BELONGS = {
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dataclass_type": "a mapping",
    "model_type": "a mapping",
    "dict_type": "a mapping",
}


def _misformed(_detail: ErrorDetails, node: Node, schema: dict[str, Any]) -> str:
    if schema["pattern"] == DAY:
        return f'{_shown(node)} is not a day such as "2026-11-25"'
    if schema["pattern"] in {SEEN, UNTURNED}:
        turning = turning_words(node.text if isinstance(node, Scalar) else "")
        return turning or "the text is made of blanks alone"
    if isinstance(node, Scalar) and not node.text:
        return "the id is empty"
    return "an id is visible text on one line, without blanks at its ends"


def _not_one_of(_detail: ErrorDetails, node: Node, schema: dict[str, Any]) -> str:
    if not isinstance(node, Scalar) or node.kind != "text":
        return misread(node)
    return f"{_shown(node)} is not one of {', '.join(schema['enum'])}"


def _wrong_count(_detail: ErrorDetails, node: Node, schema: dict[str, Any]) -> str:
    count = len(node.items) if isinstance(node, Sequence) else 0
    least, most = schema.get("minItems", 0), schema.get("maxItems")
    if least == most:
        wanted = f"{least} entries belong here"
    elif count < least:
        wanted = "at least one entry belongs here"
    else:
        wanted = f"at most {most} entries belong here"
    return f"{wanted}, there are {count:,}"


_SAYINGS: dict[str, Callable[[ErrorDetails, Node, dict[str, Any]], str]] = {
    "string_type": lambda _detail, node, _schema: misread(node),
    "string_too_short": lambda _detail, _node, _schema: "the text is empty",
    "string_too_long": lambda _detail, _node, schema: (
        f"an id may have at most {schema['maxLength']} characters"
    ),
    "string_pattern_mismatch": _misformed,
    "literal_error": _not_one_of,
    "too_short": _wrong_count,
    "too_long": _wrong_count,
}


def _shown(node: Node) -> str:
    if not isinstance(node, Scalar):
        return "a mapping" if isinstance(node, Mapping) else "a list"
    if node.kind == "text":
        return quoted(node.text)
    return shortened(node.text)


def _schema_at(schema: dict[str, Any], where: Where) -> dict[str, Any]:
    """Give the part of a JSON Schema that holds for a place."""
    part = _resolved(schema, schema)
    for step in where:
        if isinstance(step, int):
            inner = part.get("items", {})
        else:
            inner = part.get("properties", {}).get(step) or part.get("additionalProperties") or {}
        part = _resolved(inner, schema)
    return part


def _resolved(part: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    for choice in part.get("anyOf", ()):
        if choice.get("type") != "null":
            return _resolved(choice, schema)
    if "$ref" in part:
        return dict(schema["$defs"][part["$ref"].removeprefix("#/$defs/")])
    return part
