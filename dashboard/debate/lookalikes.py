"""Ids that look like another one: letters of two scripts, or the same letters to the eye.

A small part of Unicode's security mechanisms (UTS 39): an id keeps to one script, but for those
of East Asia, which are written together and with Latin letters; and no two ids of one kind may
differ only in case, in how an accent is stored, or in letters that two scripts draw alike.
"""

from __future__ import annotations

import unicodedata

from dashboard.debate.problems import quoted

_WRITTEN_TOGETHER = {"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "KATAKANA-HIRAGANA"}
# Small letters of other scripts as Latin draws them, capitals among them where only these agree.
_CYRILLIC = dict(zip("аеорсухіјѕԁԛԝһвкмнтӏ", "aeopcyxijsdqwhbkmhtl", strict=True))
_GREEK = dict(zip("αορνικχυτβηεγμζ", "aopvikxutbheymz", strict=True))
_ARMENIAN = dict(zip("օսոհցզ", "ouuhgq", strict=True))
_NOT_SEEN = [0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, *range(0x180B, 0x1810)]
_NOT_SEEN += [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
_AS_SEEN = str.maketrans(_CYRILLIC | _GREEK | _ARMENIAN | dict.fromkeys(map(chr, _NOT_SEEN), ""))


def mixed_words(name: str) -> str:
    """Say that an id is written in two scripts, and by which letter; empty where it is not."""
    if name.isascii():
        return ""
    first: dict[str, str] = {}
    for letter in filter(str.isalpha, unicodedata.normalize("NFKC", name)):
        first.setdefault(_script(letter), letter)
    scripts = [script for script in first if script not in _WRITTEN_TOGETHER]
    if len(scripts) < 2:
        return ""
    one, other = (f"{script.title()} ({_shown(first[script])})" for script in scripts[:2])
    return f"the id {quoted(name)} mixes letters of two scripts, {one} and {other}; keep to one"


def as_seen(name: str) -> str:
    """Give an id as the eye takes it: two ids that look alike give the same."""
    if name.isascii():
        return name.casefold()
    folded = unicodedata.normalize("NFKC", name).casefold()
    return folded if folded.isascii() else folded.translate(_AS_SEEN)


class Lookalikes:
    """The ids of one kind as they are met, to find the one that a later one looks like."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def earlier(self, name: str) -> str | None:
        """Give the other id met before that looks like this one, if there is one."""
        first = self._first.setdefault(as_seen(name), name)
        return None if first == name else first


def lookalike_words(name: str, other: str, where: str) -> str:
    """Say that an id looks like another one; ``where`` says where that one stands."""
    differs = next((one for one in name if one not in other), "")
    letter = "" if differs.isascii() else f" (it has {_shown(differs)})"
    return f"the id {quoted(name)}{letter} looks like {quoted(other)}, {where}; choose another"


def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNNAMED").split()[0]


def _shown(letter: str) -> str:
    return f"{letter}, U+{ord(letter):04X}"
