"""The page's typography and layout, as one style sheet, and its colours for both themes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

from components.palette import DARK, LIGHT, SYMBOLS

_SHEETS = Path(__file__).parent / "styles"
_POPOVER = "[data-testid=stPopoverBody]"
"""What opens over the page lies outside of it, and has its colours from here too."""


class _AsItIs(str):
    """HTML that Streamlit sends without looking through it for a common indent, in every run."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


class _FirstPage:
    """Whether a browser has the sheet from its first page, so that no run need send it."""

    has_sheet = False


def page_style(*, projected: bool = False, seminar: bool = False) -> None:
    """Put the page's style in place.

    ``projected`` adds the projector's large type, ``seminar`` the slides of a seminar.
    """
    names = [
        *([] if _FirstPage.has_sheet else ["page.css"]),
        *(["projector.css"] if projected else []),
        *(["seminar.css"] if seminar else []),
    ]
    if names:
        st.html(_AsItIs(f"<style>{''.join(map(_sheet, names))}</style>"))


def sheet_is_in_first_page(*, is_there: bool = True) -> None:
    """Say that every browser has the sheet of `page_sheet` before a run is sent to it."""
    _FirstPage.has_sheet = is_there


def page_sheet() -> str:
    """Return the page's style and its colours for both themes as CSS."""
    return _sheet("page.css")


@cache
def _sheet(name: str) -> str:
    lines = (_SHEETS / name).read_text(encoding="utf-8").splitlines()
    text = " ".join(line.strip() for line in lines)
    return _colours() + text if name == "page.css" else text


def _colours() -> str:
    """Return the palette as custom properties; the browser picks the theme's one of each pair."""
    pairs = {
        "paper": (LIGHT.paper, DARK.paper),
        "ink": (LIGHT.ink, DARK.ink),
        "muted": (LIGHT.muted, DARK.muted),
        "lane": (LIGHT.lane, DARK.lane),
        "rule": (LIGHT.rule, DARK.rule),
        **{f"school-{i}": (LIGHT.school(i), DARK.school(i)) for i in range(len(LIGHT.schools))},
    }
    properties = "".join(
        f"--{name}:light-dark({light},{dark});" for name, (light, dark) in pairs.items()
    )
    schools = "".join(f".school-{i}{{--school:var(--school-{i})}}" for i in range(len(SYMBOLS)))
    pills = "".join(
        f".st-key-school button[aria-pressed]:nth-of-type({i + 1}){{--school:var(--school-{i})}}"
        for i in range(len(SYMBOLS))
    )
    accent = "--accent:light-dark(#7a2e22,#e3a08f)"
    return f".stApp,dialog,{_POPOVER}{{{properties}{accent}}}{schools}{pills}"
