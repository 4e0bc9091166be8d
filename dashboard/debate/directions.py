"""Names that run from right to left, beside words that run from left to right.

A name in Hebrew or Arabic turns the signs and numbers beside it around, unless it is set between
isolates (Unicode's bidirectional algorithm, UAX 9). A debate's files hold names without them, and
so does what is exported; the debate that is open has them where they are needed.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Iterable
from typing import TypeVar

from dashboard.debate.model import TURNING, Axis, Debate, Passage

ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"
_Held = TypeVar("_Held")
_RIGHT_TO_LEFT = {"R", "AL", "AN"}
_SET_BY_US = re.compile(f"[{ISOLATE}{END_OF_ISOLATE}]")
_TURNING = re.compile(f"[{TURNING}]")


def isolated(name: str) -> str:
    """Give a name so that it can stand within a sentence; most names as they are."""
    if name.isascii() or _RIGHT_TO_LEFT.isdisjoint(map(unicodedata.bidirectional, name)):
        return name
    return f"{ISOLATE}{name}{END_OF_ISOLATE}"


def without_isolates(text: str) -> str:
    """Give a text that names were put into as a file or another program should have it."""
    return text if text.isascii() else _SET_BY_US.sub("", text)


def without_turning(text: str) -> str:
    """Give typed text without the signs that turn the text around them."""
    return text if text.isascii() else _TURNING.sub("", text)


def turning_words(text: str) -> str:
    """Say that a text holds a sign that turns the text around it; empty where it holds none."""
    found = None if text.isascii() else _TURNING.search(text)
    if found is None:
        return ""
    code = f"U+{ord(found.group()):04X}"
    return f"a sign that turns the text around it stands here ({code}); take it out"


def names_isolated(debate: Debate) -> Debate:
    """Give a debate whose names can stand within sentences.

    Quotes, glosses and whatever makes up a reference are left as they are.
    """
    return _with(
        debate,
        title=isolated(debate.title),
        axis=_axis(debate.axis),
        medium=debate.medium and _axis(debate.medium),
        library=_named(debate.library, "name", "gloss_label"),
        schools=_each(debate.schools, "label"),
        roles=_each(debate.roles, "label"),
        mechanisms=_each(debate.mechanisms, "label"),
        authors=_each(debate.authors, "name", "label"),
        works=_each(debate.works, "short"),
        passages=tuple(map(_passage, debate.passages)),
        paths=_each(debate.paths, "title"),
        activities=_each(debate.activities, "title"),
        inputs=_each(debate.inputs, "title"),
        plans=_each(debate.plans, "title"),
    )


def _axis(axis: Axis) -> Axis:
    named = _named(axis, "low", "high")
    no_claim = axis.no_claim and _named(axis.no_claim, "label")
    return _with(named, ticks=_each(axis.ticks, "label"), no_claim=no_claim)


def _passage(passage: Passage) -> Passage:
    if not passage.voices:
        return passage
    return _with(passage, voices=_each(passage.voices, "name", "source"))


def _each(held: Iterable[_Held], *names: str) -> tuple[_Held, ...]:
    return tuple(_named(one, *names) for one in held)


def _named(held: _Held, *names: str) -> _Held:
    texts = {name: text for name in names if (text := getattr(held, name)) is not None}
    return _with(held, **{name: isolated(text) for name, text in texts.items()})


def _with(held: _Held, **changed: object) -> _Held:
    """Give a copy with other fields, or the very same where nothing differs."""
    changed = {name: to for name, to in changed.items() if to != getattr(held, name)}
    if not changed:
        return held
    made = copy.copy(held)
    for name, to in changed.items():
        # Past the check, which refuses these signs in a file.
        object.__setattr__(made, name, to)
    return made
