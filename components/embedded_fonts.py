"""The page's fonts as part of a file that is taken away, which can fetch nothing."""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).parent
_FACE = re.compile(r"@font-face \{.*?\}", re.DOTALL)
_ADDRESS = re.compile(r"/assets/(fonts/[\w.-]+\.woff2)")
_RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")


class _Face(NamedTuple):
    css: str
    italic: bool
    ranges: tuple[tuple[int, int], ...]


def font_faces(text: str, *, italic: bool = True) -> str:
    """Return as CSS the faces that ``text`` needs, each with its font in it.

    The faces are those of the page's style. One that has nothing to do for ``text`` is left out,
    and without ``italic`` the italic one.
    """
    letters = {ord(letter) for letter in text}
    return "".join(
        face.css
        for face in _faces()
        if (italic or not face.italic)
        and (not face.ranges or any(a <= letter <= b for letter in letters for a, b in face.ranges))
    )


@cache
def _faces() -> tuple[_Face, ...]:
    style = (_HERE / "styles" / "page.css").read_text(encoding="utf-8")
    return tuple(map(_face, _FACE.findall(style)))


def _face(css: str) -> _Face:
    ranges = tuple((int(a, 16), int(b or a, 16)) for a, b in _RANGE.findall(css))
    return _Face(_ADDRESS.sub(_embedded, css), "italic" in css, ranges)


def _embedded(address: re.Match[str]) -> str:
    font = (_HERE / "assets" / address.group(1)).read_bytes()
    return f"data:font/woff2;base64,{base64.b64encode(font).decode()}"
