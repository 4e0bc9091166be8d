"""A reader's own bookmarks and notes as a file to keep, to pass on and to read back.

They live in the reader's browser; here is only the form of the file and the check of one that
comes back, which nobody vouches for. The form is plain JSON:

``{"format": "reader-notes-1", "debate": the debate's title, "version": the version of its data,
"bookmarks": [passage ids], "notes": {passage id: text}}``
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from dashboard.debate.model import Debate
from dashboard.debate.problems import quoted

FORMAT = "reader-notes-1"
LARGEST_FILE = 2_000_000
"""In bytes."""
MOST_BOOKMARKS = 10_000
MOST_NOTES = 10_000
LONGEST_NOTE = 20_000
LONGEST_ID = 120
LONGEST_NAME = 500
"""For the debate's title and version."""
PROBLEMS_AT_MOST = 20

_KEYS = ("format", "debate", "version", "bookmarks", "notes")


@dataclass(frozen=True, slots=True)
class ReaderNotes:
    """What a reader marked and wrote: passage ids, and notes by passage id, kept as written."""

    debate: str
    version: str
    bookmarks: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)


class ReaderNotesError(Exception):
    """A file cannot be read as notes; ``problems`` holds every reason, as sentences."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def notes_as_json(notes: ReaderNotes) -> bytes:
    """Return the file for a reader's notes; `ReaderNotesError` where it could not be read back."""
    content = {
        "format": FORMAT,
        "debate": notes.debate,
        "version": notes.version,
        "bookmarks": list(notes.bookmarks),
        "notes": dict(notes.notes),
    }
    _refuse(_problems(content))
    file = json.dumps(content, ensure_ascii=False, indent=1).encode()
    _refuse(_size_problem(file))
    return file


def notes_from_json(file: bytes) -> ReaderNotes:
    """Return the notes in a file, all as they were written.

    Raises `ReaderNotesError` with every problem of a file that is not of this form or beyond
    its bounds; nothing is repaired and nothing is left out.
    """
    _refuse(_size_problem(file))
    content = cast("dict[str, Any]", _parsed(file))
    _refuse(_problems(content))
    return ReaderNotes(
        content["debate"], content["version"], tuple(content["bookmarks"]), content["notes"]
    )


def differences(notes: ReaderNotes, debate: Debate) -> tuple[str, ...]:
    """Return what a reader must know who reads notes beside a debate they may not belong to.

    One sentence each: another debate, another version of its data, passages it does not have.
    """
    return tuple(_differences(notes, debate))


def _differences(notes: ReaderNotes, debate: Debate) -> Iterator[str]:
    if notes.debate != debate.title:
        yield f"These notes were made on {quoted(notes.debate)}, not on {quoted(debate.title)}."
    elif notes.version != debate.version:
        yield (
            f"These notes were made on version {quoted(notes.version)} of the debate; "
            f"this is version {quoted(debate.version)}."
        )
    known = {passage.id for passage in debate.passages}
    unknown = [
        each for each in dict.fromkeys((*notes.bookmarks, *notes.notes)) if each not in known
    ]
    if unknown:
        named = ", ".join(map(quoted, unknown[:PROBLEMS_AT_MOST]))
        more = len(unknown) - PROBLEMS_AT_MOST
        yield f"This debate has no passage {named}{f' and {more:,} more' if more > 0 else ''}."


def _refuse(problems: Iterator[str]) -> None:
    found = tuple(problems)
    if len(found) > PROBLEMS_AT_MOST:
        more = f"And {len(found) - PROBLEMS_AT_MOST:,} more problems."
        found = (*found[:PROBLEMS_AT_MOST], more)
    if found:
        raise ReaderNotesError(found)


def _size_problem(file: bytes) -> Iterator[str]:
    if len(file) > LARGEST_FILE:
        yield f"The file is larger than {LARGEST_FILE // 1_000_000} MB."


def _parsed(file: bytes) -> object:
    """Return the file's content; `ReaderNotesError` where it is not JSON."""
    repeated: list[str] = []

    def pairs(given: list[tuple[str, object]]) -> dict[str, object]:
        content: dict[str, object] = {}
        for key, value in given:
            if key in content:
                repeated.append(key)
            content[key] = value
        return content

    content: object = None
    try:
        content = json.loads(file.decode("utf-8"), object_pairs_hook=pairs)
    except UnicodeDecodeError:
        _refuse(iter(["The file is not text in UTF-8."]))
    except json.JSONDecodeError as error:
        _refuse(iter([f"The file is not JSON: line {error.lineno} cannot be read."]))
    except (ValueError, RecursionError):
        _refuse(iter(["The file is not JSON of this form."]))
    _refuse(f"{quoted(key)} stands twice." for key in dict.fromkeys(repeated))
    return content


def _problems(content: object) -> Iterator[str]:
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        yield f'These are no reader\'s notes: "format" must be {quoted(FORMAT)}.'
        return
    yield from (f"{quoted(key)} does not belong here." for key in content if key not in _KEYS)
    for key in ("debate", "version"):
        yield from _text_problems(f'"{key}"', content.get(key), LONGEST_NAME)
    yield from _bookmark_problems(content.get("bookmarks"))
    yield from _note_problems(content.get("notes"))


def _bookmark_problems(bookmarks: object) -> Iterator[str]:
    if not isinstance(bookmarks, list):
        yield '"bookmarks" must be a list of passages.'
    elif len(bookmarks) > MOST_BOOKMARKS:
        yield f"There are more than {MOST_BOOKMARKS:,} bookmarks."
    else:
        seen: set[str] = set()
        for number, passage in enumerate(bookmarks, start=1):
            problems = tuple(_text_problems(f"Bookmark {number}", passage, LONGEST_ID))
            yield from problems
            if not problems and passage in seen:
                yield f"{quoted(passage)} is bookmarked twice."
            seen.add(str(passage))


def _note_problems(notes: object) -> Iterator[str]:
    if not isinstance(notes, dict):
        yield '"notes" must be texts by passage.'
    elif len(notes) > MOST_NOTES:
        yield f"There are more than {MOST_NOTES:,} notes."
    else:
        for passage, note in notes.items():
            yield from _text_problems("The passage of a note", passage, LONGEST_ID)
            yield from _text_problems(f"The note on {quoted(passage)}", note, LONGEST_NOTE)


def _text_problems(what: str, text: object, longest: int) -> Iterator[str]:
    if not isinstance(text, str) or not text:
        yield f"{what} must be a text."
    elif len(text) > longest:
        yield f"{what} is longer than {longest:,} characters."
    elif any("\ud800" <= character <= "\udfff" for character in text):
        yield f"{what} holds half a character."
