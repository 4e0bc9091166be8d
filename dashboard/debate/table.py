"""The debate as one table, a row a passage: what filters, maps and lists work on."""

from __future__ import annotations

import unicodedata

import pandas as pd

from dashboard.debate.model import Debate
from dashboard.debate.positions import agreed_values

PLAIN = str.maketrans("‘’‚‛“”„‟–—‐‑", "''''\"\"\"\"----")
"""Typographic quotation marks and dashes, and what stands for them on a keyboard."""
FIRST_WORDS = 60
"""So many characters of a quote are shown when the pointer rests on its mark."""


def folded(text: str) -> str:
    """Return ``text`` without accents and case, as words are compared in searches."""
    if text.isascii():
        return text.lower()
    text = text.translate(PLAIN)
    apart = unicodedata.normalize("NFKD", text)
    for accent in {c for c in set(apart) if unicodedata.combining(c)}:
        apart = apart.replace(accent, "")
    return apart.casefold()


def passage_table(debate: Debate) -> pd.DataFrame:
    """Return one row a passage, in the debate's order.

    Columns: ``passage``, ``author``, ``school``, ``role``, ``second_school`` (categories of
    ids), ``confidence`` (1 to 3 or missing), ``quote_position``, ``gloss_position`` and
    ``medium`` (-2 to 2, missing for no claim), ``contested``, ``year`` (of the idea, or
    missing), ``source`` (the work's short form), ``quote`` and
    ``gloss`` (empty where it is not shown).
    """
    works = {work.id: work for work in debate.works}
    passages = debate.passages
    ids = pd.Index([p.id for p in passages], dtype=str)
    frame = pd.DataFrame(
        {
            "passage": ids,
            "author": _category(
                [works[p.work].author for p in passages], [a.id for a in debate.authors]
            ),
            "work": _category([p.work for p in passages], [w.id for w in debate.works]),
            "school": _category([p.school for p in passages], [s.id for s in debate.schools]),
            "role": _category([p.role for p in passages], [r.id for r in debate.roles]),
            "second_school": _category(
                [p.second_school for p in passages], [s.id for s in debate.schools]
            ),
            "confidence": pd.array([p.confidence for p in passages], dtype="Int8"),
            "year": pd.array([works[p.work].idea_year for p in passages], dtype="Int16"),
            "source": _category([works[p.work].short for p in passages], None),
            "quote": pd.Series([p.quote for p in passages], dtype=object),
            "gloss": pd.Series(
                [(p.gloss or "") if debate.show_glosses else "" for p in passages], dtype=object
            ),
        }
    )
    values = agreed_values(debate.readings, ids, glosses=debate.show_glosses)
    return pd.concat([frame, values.reset_index(drop=True)], axis=1)


def _category(values: list[str | None] | list[str], categories: list[str] | None) -> pd.Categorical:
    return pd.Categorical(values, categories=categories)


def first_words(quote: str) -> str:
    """Return the first words of a quote on one line, with an ellipsis where there are more."""
    line = " ".join(quote.split())
    return line if len(line) <= FIRST_WORDS else line[:FIRST_WORDS].rsplit(" ", 1)[0] + " …"
