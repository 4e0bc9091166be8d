"""Contrast by the formula of WCAG 2: shapes 3:1, text 4.5:1, in both themes."""

from itertools import product

import pytest

from components.palette import PALETTES, SYMBOLS, symbol

GROUNDS = tuple(product(PALETTES, ("paper", "lane")))


def luminance(colour: str) -> float:
    """Give the relative luminance of a hexadecimal colour (WCAG 2.2, relative luminance)."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_formula():
    """Black on white is 21:1, a colour on itself 1:1, and #767676 on white just 4.54:1."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#b5610f", "#b5610f") == 1
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize(("theme", "ground"), GROUNDS)
def test_marks_stand_out(theme, ground):
    """Every school's colour has 3:1 at least on paper and on the lane."""
    palette = PALETTES[theme]
    for colour in palette.schools:
        assert contrast(colour, getattr(palette, ground)) >= 3, colour


@pytest.mark.parametrize(("theme", "ground"), GROUNDS)
def test_text_can_be_read(theme, ground):
    """Ink and muted text have 4.5:1 at least on paper and on the lane."""
    palette = PALETTES[theme]
    assert contrast(palette.ink, getattr(palette, ground)) >= 4.5
    assert contrast(palette.muted, getattr(palette, ground)) >= 4.5


@pytest.mark.parametrize("theme", PALETTES)
def test_the_names_of_bands_can_be_read(theme):
    """Bands are named in their school's colour, in small type: 4.5:1 at least on the paper."""
    palette = PALETTES[theme]
    for colour in palette.schools:
        assert contrast(colour, palette.paper) >= 4.5, colour


@pytest.mark.parametrize("theme", PALETTES)
def test_every_school_has_its_own_colour_and_shape(theme):
    """Six colours and six shapes, no two alike; a seventh school begins again."""
    palette = PALETTES[theme]
    assert len(set(palette.schools)) == len(palette.schools) == len(SYMBOLS) == len(set(SYMBOLS))
    assert palette.school(6) == palette.school(0)
    assert (symbol(0), symbol(6), symbol(8)) == ("circle", "circle", "square")
