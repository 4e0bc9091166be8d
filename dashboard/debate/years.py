"""Years as numbers and in words: what lies before Christ is negative, and there is no year 0."""

from __future__ import annotations

EARLIEST, LATEST = -3000, 2200
NO_YEAR_ZERO = "there is no year 0; a year BC is negative, so that 1 BC is -1"


def year_words(year: int) -> str:
    """Give a year in words: "1957", "395", and "350 BC" for -350."""
    return str(year) if year > 0 else f"{-year} BC"
