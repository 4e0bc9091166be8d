"""A reader's notes as a file: what is written is read back, anything else refused in words."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.debate.reader_notes import (
    LARGEST_FILE,
    LONGEST_NOTE,
    MOST_BOOKMARKS,
    MOST_NOTES,
    PROBLEMS_AT_MOST,
    ReaderNotes,
    ReaderNotesError,
    differences,
    notes_as_json,
    notes_from_json,
)
from tests.strategies import quick, shipped, texts

SOUND = {
    "format": "reader-notes-1",
    "debate": "Vehicle or Cure?",
    "version": "1.0.0",
    "bookmarks": ["p03", "p12"],
    "notes": {"p18": "Why two steps?\n$x$ <b>"},
}
NOTES = ReaderNotes("Vehicle or Cure?", "1.0.0", ("p03", "p12"), {"p18": "Why two steps?\n$x$ <b>"})
ids = st.sampled_from(["p01", "p02", "p23", "é 1", "</script>"])


def _problems(file: object) -> tuple[str, ...]:
    written = file if isinstance(file, bytes) else json.dumps(file).encode()
    with pytest.raises(ReaderNotesError) as refused:
        notes_from_json(written)
    assert str(refused.value) == "\n".join(refused.value.problems)
    return refused.value.problems


def test_the_form():
    """The file is plain JSON with five keys, and is read as it was written."""
    assert json.loads(notes_as_json(NOTES)) == SOUND
    assert notes_from_json(json.dumps(SOUND).encode()) == NOTES


@quick
@given(
    st.builds(
        ReaderNotes,
        texts,
        texts,
        st.lists(ids, unique=True).map(tuple),
        st.dictionaries(ids, st.one_of(texts, st.text(min_size=1))),
    )
)
def test_what_is_written_is_read_back(notes):
    """Any bookmarks and notes come back character for character."""
    assert notes_from_json(notes_as_json(notes)) == notes


@pytest.mark.parametrize(
    ("file", "problems"),
    [
        (b"", ("The file is not JSON: line 1 cannot be read.",)),
        (b'{"format":\n\n oops}', ("The file is not JSON: line 3 cannot be read.",)),
        (b"\xff\xfe", ("The file is not text in UTF-8.",)),
        (b"[" * 100_000, ("The file is not JSON of this form.",)),
        (b"9" * 5_000, ("The file is not JSON of this form.",)),
        (b" " * (LARGEST_FILE + 1), ("The file is larger than 2 MB.",)),
        (b'{"format": "a", "format": "b"}', ('"format" stands twice.',)),
        (b'{"a": {"p1": "x", "p1": "y"}}', ('"p1" stands twice.',)),
        ([], ('These are no reader\'s notes: "format" must be "reader-notes-1".',)),
        (None, ('These are no reader\'s notes: "format" must be "reader-notes-1".',)),
        ({"format": []}, ('These are no reader\'s notes: "format" must be "reader-notes-1".',)),
        (
            {"format": "reader-notes-1"},
            (
                '"debate" must be a text.',
                '"version" must be a text.',
                '"bookmarks" must be a list of passages.',
                '"notes" must be texts by passage.',
            ),
        ),
        ({**SOUND, "colour": "red"}, ('"colour" does not belong here.',)),
        ({**SOUND, "debate": "x" * 501}, ('"debate" is longer than 500 characters.',)),
        (
            {**SOUND, "bookmarks": ["p1", 2, "", "p1", "x" * 121, None, ["p1"]]},
            (
                "Bookmark 2 must be a text.",
                "Bookmark 3 must be a text.",
                '"p1" is bookmarked twice.',
                "Bookmark 5 is longer than 120 characters.",
                "Bookmark 6 must be a text.",
                "Bookmark 7 must be a text.",
            ),
        ),
        (
            {**SOUND, "bookmarks": ["x"] * (MOST_BOOKMARKS + 1)},
            ("There are more than 10,000 bookmarks.",),
        ),
        (
            {**SOUND, "notes": {"": "a", "p1": 3, "p2": "x" * (LONGEST_NOTE + 1), "p3": "\ud800"}},
            (
                "The passage of a note must be a text.",
                'The note on "p1" must be a text.',
                'The note on "p2" is longer than 20,000 characters.',
                'The note on "p3" holds half a character.',
            ),
        ),
        (
            {**SOUND, "notes": {str(n): "x" for n in range(MOST_NOTES + 1)}},
            ("There are more than 10,000 notes.",),
        ),
    ],
)
def test_problems(file, problems):
    """Every problem of a file is named in a sentence, whatever the file holds."""
    assert _problems(file) == problems


def test_many_problems():
    """A file full of faults names some and counts the rest."""
    problems = _problems({**SOUND, "bookmarks": [None] * 1_000})
    assert len(problems) == PROBLEMS_AT_MOST + 1
    assert problems[-1] == "And 980 more problems."


def test_the_longest_note_and_the_most_bookmarks():
    """What lies just within the bounds is read."""
    notes = ReaderNotes(
        "x", "1", tuple(f"p{n}" for n in range(MOST_BOOKMARKS)), {"p1": "é" * LONGEST_NOTE}
    )
    assert notes_from_json(notes_as_json(notes)) == notes


@pytest.mark.parametrize(
    "notes",
    [
        replace(NOTES, notes={"p1": "x" * (LONGEST_NOTE + 1)}),
        replace(NOTES, bookmarks=("p1", "p1")),
        replace(NOTES, notes={f"p{n}": "x" * LONGEST_NOTE for n in range(101)}),
    ],
)
def test_what_could_not_be_read_back_is_not_written(notes):
    """A file that would be refused is not given out."""
    with pytest.raises(ReaderNotesError):
        notes_as_json(notes)


def test_differences():
    """A reader is told of another debate, another version and passages that are not there."""
    debate = shipped().debate
    assert differences(replace(NOTES, version=debate.version), debate) == ()
    assert differences(replace(NOTES, version="0.9"), replace(debate, version="2")) == (
        'These notes were made on version "0.9" of the debate; this is version "2".',
    )
    other = ReaderNotes("Other", "1", ("p01", "p99"), {"p99": "a", "zz": "b"})
    assert differences(other, debate) == (
        'These notes were made on "Other", not on "Vehicle or Cure?".',
        'This debate has no passage "p99", "zz".',
    )
    many = ReaderNotes(debate.title, debate.version, tuple(f"x{n}" for n in range(25)))
    assert differences(many, debate)[0].endswith('"x19" and 5 more.')
