"""The debate as one table, a row a passage: what filters, maps and lists work on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.debate.directions import without_turning
from dashboard.debate.model import Debate
from dashboard.debate.positions import agreed_values

UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Signs within words that are not seen, such as the soft hyphens of a text copied from a page."""
PLAIN = str.maketrans("‘’‚‛“”„‟–—‐‑", "''''\"\"\"\"----", UNSEEN)
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
    ``medium`` (-2 to 2, missing for no claim), ``quote_read``, ``gloss_read`` and
    ``medium_read`` (whether any reading has read it), ``quote_not_agreed``,
    ``gloss_not_agreed`` and ``medium_not_agreed`` (whether the readings are divided on there
    being a claim), ``contested``, ``year`` (of the idea, or missing), ``source`` (the work's
    short form), ``quote`` and ``gloss`` (empty where it is not shown).
    """
    works = {work.id: work for work in debate.works}
    passages = debate.passages
    ids = pd.Index([p.id for p in passages], dtype=str)
    frame = pd.DataFrame(
        {
            "passage": ids,
            "author": _category((works[p.work].author for p in passages), debate.authors),
            "work": _category((p.work for p in passages), debate.works),
            "school": _category((p.school for p in passages), debate.schools),
            "role": _category((p.role for p in passages), debate.roles),
            "second_school": _category((p.second_school for p in passages), debate.schools),
            "confidence": _whole((p.confidence for p in passages), np.int8),
            "year": _whole((works[p.work].idea_year for p in passages), np.int16),
            "source": _sources(debate),
            "quote": pd.Series([p.quote for p in passages], dtype=object),
            "gloss": pd.Series(
                [(p.gloss or "") if debate.show_glosses else "" for p in passages], dtype=object
            ),
        }
    )
    values = agreed_values(debate.readings, ids, glosses=debate.show_glosses)
    return pd.concat([frame, values.reset_index(drop=True)], axis=1)


def glosses_read(table: pd.DataFrame) -> bool:
    """Say whether any gloss has been read; if not, nothing is said of where glosses stand."""
    return bool(table["gloss_read"].any())


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def _category(ids: Iterable[str | None], of: Sequence[_Named]) -> pd.Categorical[str]:
    """Return ids as a category of those in ``of``; numbers take a fraction of a list's memory."""
    number = {each.id: code for code, each in enumerate(of)}
    codes = np.fromiter((-1 if each is None else number[each] for each in ids), np.int32)
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(number), dtype=str))


def _whole(numbers: Iterable[int | None], kind: type[np.int8 | np.int16]) -> pd.arrays.IntegerArray:
    missing = np.iinfo(kind).min
    values: NDArray[np.signedinteger] = np.fromiter(
        (missing if each is None else each for each in numbers), kind
    )
    return pd.arrays.IntegerArray(values, values == missing)


def _sources(debate: Debate) -> pd.Categorical[str]:
    """Return the short form of each passage's work; two works may share one."""
    shorts = {
        short: code for code, short in enumerate(dict.fromkeys(w.short for w in debate.works))
    }
    of_work = {work.id: shorts[work.short] for work in debate.works}
    codes = np.fromiter((of_work[p.work] for p in debate.passages), np.int32)
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(shorts), dtype=str))


def first_words(quote: str) -> str:
    """Return the first words of a quote on one line, with an ellipsis where there are more.

    They stand among other lines, so signs that turn text around are left out.
    """
    line = " ".join(without_turning(quote).split())
    return line if len(line) <= FIRST_WORDS else line[:FIRST_WORDS].rsplit(" ", 1)[0] + " …"
