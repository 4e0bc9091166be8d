"""The shipped debate as its files hold it, read here without the product's own code."""

from __future__ import annotations

import csv
import statistics
import unicodedata
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parents[2] / "data" / "therapeutic-bond"


def read(path: Path) -> Any:
    """Return what a YAML file holds."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _read(name: str) -> Any:
    return read(FOLDER / name)


DEBATE: dict[str, Any] = _read("debate.yaml")
PASSAGES: dict[str, dict[str, Any]] = {p["id"]: p for p in _read("passages.yaml")}
WORKS: dict[str, dict[str, Any]] = {w["id"]: w for w in _read("works.yaml")}
AUTHORS: dict[str, dict[str, Any]] = {a["id"]: a for a in _read("authors.yaml")}
AUTHOR_OF: dict[str, str] = {i: WORKS[p["work"]]["author"] for i, p in PASSAGES.items()}
SCHOOLS: dict[str, str] = {s["id"]: s["label"] for s in DEBATE["schools"]}
ROLES: dict[str, str] = {r["id"]: r["label"] for r in DEBATE["roles"]}
STEPS: dict[float, str] = {t["value"]: t["label"] for t in DEBATE["axis"]["ticks"]}


def _agreed() -> dict[tuple[str, str, str], float | None]:
    """Return the median of at least three of four readings, by passage, text and question."""
    given: dict[tuple[str, str, str], list[int]] = {}
    with (FOLDER / "codings.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            values = given.setdefault((row["passage"], row["text"], row["question"]), [])
            if row["value"]:
                values.append(int(row["value"]))
    return {key: statistics.median(v) if len(v) >= 3 else None for key, v in given.items()}


AGREED = _agreed()


def position(passage: str, text: str) -> float | None:
    """Return where a text of a passage stands, none for no claim."""
    return AGREED[passage, text, "position"]


def shown(passage: str, basis: str) -> float | None:
    """Return where a passage's mark stands in a basis, none on the no-claim lane."""
    if basis != "both":
        return position(passage, basis)
    quote = position(passage, "quote")
    return position(passage, "gloss") if quote is None else quote


def said(value: float | None) -> str:
    """Return a position in words."""
    if value is None:
        return "no claim"
    if value in STEPS:
        return STEPS[value].lower()
    below, above = STEPS[value - 0.5].lower(), STEPS[value + 0.5].lower()
    return f"between {below} and {above}"


def plain(text: str) -> str:
    """Return a text without accents and case."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def matching(school: tuple[str, ...] = (), role: tuple[str, ...] = (), words: str = "") -> set[str]:
    """Return the passages that a combination of filters lets through."""
    wanted = plain(words).split()
    return {
        i
        for i, p in PASSAGES.items()
        if (not school or p["school"] in school)
        and (not role or p["role"] in role)
        and all(w in plain(p["quote"]) or w in plain(p["gloss"]) for w in wanted)
    }


def authors(passages: set[str]) -> int:
    """Return how many authors wrote these passages."""
    return len({AUTHOR_OF[i] for i in passages})
