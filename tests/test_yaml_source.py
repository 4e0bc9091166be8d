"""YAML is read as a tree with lines, and what a debate does not need is refused with its line."""

from pathlib import Path

import pytest
import yaml

from dashboard.debate import yaml_source
from dashboard.debate.yaml_source import (
    DEEPEST,
    FITS_NOWHERE,
    MOST_VALUES,
    Mapping,
    Node,
    Scalar,
    Sequence,
    compose,
    find,
    line_of,
    yaml_text,
)

ALIASES = "(aliases are refused because a few of them can unfold into a huge file)"

REFUSED = {
    "empty": ("", "1: the file is empty"),
    "comment alone": ("# nothing\n", "1: the file is empty"),
    "empty document": ("---\n", "1: the file is empty"),
    "second document": ("a: x\n---\nb: y\n", "2: a second document begins here; a file holds one"),
    "duplicate key": ("a: x\nb: y\na: z\n", '3: "a" is given twice, first on line 1'),
    "duplicate key within": (
        "- a: x\n- b: y\n  c: z\n  b: y\n",
        '4: "b" is given twice, first on line 2',
    ),
    "unfinished key at the very end": (
        "{a",
        '1: "a" is followed by nothing; if that is meant, write null\n'
        "1: a bracket opened here is not closed, or lacks a comma",
    ),
    "unfinished key before empty lines": (
        "a: x\nb: {c\n\n",
        '2: "c" is followed by nothing; if that is meant, write null\n'
        "2: a bracket opened here is not closed, or lacks a comma",
    ),
    "python object": (
        "a: x\nb: !!python/object/apply:os.system [exit]\n",
        '2: the tag "!!python/object/apply:os.system" is refused; '
        "write text, lists and mappings only",
    ),
    "own tag": (
        "a: !thing x\n",
        '1: the tag "!thing" is refused; write text, lists and mappings only',
    ),
    "text tag": (
        "a: !!str 12\n",
        '1: the tag "!!str" is refused; write text, lists and mappings only',
    ),
    "anchor": ("a: &one x\n", f"1: &one names a value for repeating; take it out {ALIASES}"),
    "alias": (
        "a: &one x\nb: *one\n",
        f"1: &one names a value for repeating; take it out {ALIASES}\n"
        f"2: *one repeats an earlier value; write it out {ALIASES}",
    ),
    "merge key": (
        "<<: x\n",
        '1: a key must be text: "<<" is read as a sign of YAML here; put it in quotes',
    ),
    "key read as false": (
        "no: x\n",
        '1: a key must be text: "no" is read as true/false here; put it in quotes',
    ),
    "key read as a number": (
        "12: x\n",
        '1: a key must be text: "12" is read as a number here; put it in quotes',
    ),
    "key read as nothing": (
        "~: x\n",
        '1: a key must be text: "~" is read as nothing here; put it in quotes',
    ),
    "list as key": ("? [a]\n: x\n", "1: a key must be text, not a list or mapping"),
    "value forgotten": (
        "a:\nb: x\n",
        '1: "a" is followed by nothing; if that is meant, write null',
    ),
    "item forgotten": (
        "- a\n-\n- b\n",
        "2: this item of a list is followed by nothing; if that is meant, write null",
    ),
    "NUL in quotes": (
        'a: "x\\0y"\n',
        "1: the text holds a character that cannot be seen (U+0000)",
    ),
    "escape character in quotes": (
        'a: "x\\ey"\n',
        "1: the text holds a character that cannot be seen (U+001B)",
    ),
    "deep list": ("[" * 20 + "]" * 20, f"1: nested deeper than {DEEPEST} levels"),
    "deep blocks": (
        "\n".join(" " * i + "k:" for i in range(20)),
        "13: nested deeper than 12 levels",
    ),
    "tab after spaces": ("a:\n  b: x\n  \tc: y\n", "3: a tab stands where YAML wants spaces"),
    "tab as indentation": ("a:\n\tb: x\n", "2: a tab stands where YAML wants spaces"),
    "sign that begins no value": (
        "a: x\nb: @home\n",
        "2: no value can begin with this sign; put it in quotes",
    ),
    "colon in text": (
        "a: x\nb: one: two\n",
        "2: a colon stands where none can; put the text in quotes",
    ),
    "open bracket": (
        "a: x\nb: [one\nc: y\n",
        "2: a bracket opened here is not closed, or lacks a comma",
    ),
    "open quotation": ('a: x\nb: "one\nc: y\n', "2: a quotation mark opened here is not closed"),
    "no colon": ("a: x\nb y\nc: z\n", "2: a key without a colon, or text that belongs to no value"),
    "wrong indentation": (
        "a:\n  b: x\n c: y\n",
        "3: this key is indented by 1, the one above it by 2; keys of one entry begin in one "
        "column",
    ),
    "one space too many": (
        "- id: p01\n\n   role: x\n",
        "3: this key is indented by 3, the one above it by 2; keys of one entry begin in one "
        "column; text that goes on must stand in quotes",
    ),
    "one space too many below a quotation": (
        '- id: "p01"\n  # its role\n   role: x\n',
        "3: this key is indented by 3, the one above it by 2; keys of one entry begin in one "
        "column",
    ),
    "key below a list": (
        "a:\n  - x\n  b: y\n",
        "3: this does not fit here; check the indentation",
    ),
    "no space behind a colon": (
        "- id: p01\n  role:aside\n  work: x\n",
        '2: a space is missing behind the colon of "role:"; write "role: "',
    ),
    "no space behind the last colon": (
        "- id: p01\n  role:aside\n# more\n- id: p02\n",
        '2: a space is missing behind the colon of "role:"; write "role: "',
    ),
    "no space behind the first colon": (
        "- id:p01\n  work: x\n",
        '1: a space is missing behind the colon of "id:"; write "id: "',
    ),
    "no space behind a dash": (
        "- id: p01\n  work: x\n\n-id: p03\n  work: y\n",
        '4: a space is missing behind the dash of "-id:"; write "- id:"',
    ),
    "no space behind the first dash": (
        "-id: p01\n  work: x\n",
        '1: a space is missing behind the dash of "-id:"; write "- id:"',
    ),
    "an address is no key": (
        "a: x\nhttps://example.org\nc: z\n",
        "2: a key without a colon, or text that belongs to no value",
    ),
    "more after a quotation": (
        'a: "one" two\n',
        '1: write \\" for a quotation mark within a text in quotation marks; it ends here, '
        "before: two",
    ),
    "quotation marks within a quote": (
        'a: "He said "no" to it."\nb: x\n',
        '1: write \\" for a quotation mark within a text in quotation marks; it ends here, '
        'before: no" to it."',
    ),
    "quotation marks within a quote of two lines": (
        'a: "He said\n  "no" to it."\n',
        '2: write \\" for a quotation mark within a text in quotation marks; it ends here, '
        'before: no" to it."',
    ),
    "quotation marks within a list in brackets": (
        'a: ["x "y" z"]\n',
        '1: write \\" for a quotation mark within a text in quotation marks; it ends here, '
        'before: y" z"]',
    ),
    "apostrophe within a name": (
        "a: 'd'Holbach'\n",
        "1: write '' for an apostrophe within this text, or put it in double quotation marks; it "
        "ends here, before: Holbach'",
    ),
    "open quotation before another": (
        '- id: p01\n  quote: "one\n  role: x\n- id: p02\n  quote: "two"\n',
        "2: a quotation mark opened here is not closed",
    ),
    "broken escape": (
        'a: "\\xzz"\n',
        "1: after this backslash comes no known sign; to have a backslash, write two",
    ),
    "value missing in brackets": (
        "a: [one,,two]\n",
        "1: a value is missing here, or a bracket is not closed",
    ),
    "bracket at the end": ("a: [", "1: a value is missing here, or a bracket is not closed"),
    "open quotation before a document": (
        'a: "one\n---\nb: x\n',
        "1: a quotation mark opened here is not closed",
    ),
    "unknown version": (
        "%YAML 3.0\n---\na: x\n",
        "1: a line that begins with % is a directive; take it out",
    ),
    "unknown tag handle": (
        "a: !one!two x\n",
        "1: a value that begins with ! is a tag; put it in quotes",
    ),
    "star as a value": ("a: *\n", "1: a value that begins with & or * must stand in quotes"),
    "text behind the sign of a block": (
        "a: | one\n  two\n",
        "1: after | or > the text begins on the next line, indented",
    ),
    "list item after a key": (
        "a: - x\n",
        "1: a list item or key stands where none can; check the indentation",
    ),
    "text after the end": ("a: x\n...\nb\n", "3: what stands here belongs to nothing before it"),
    "unknown escape": (
        'a: "one \\q"\n',
        "1: after this backslash comes no known sign; to have a backslash, write two",
    ),
}

READ_AS = {
    "text": ("x", "text", "x"),
    "quoted": ('"no"', "text", "no"),
    "single quotes": ("'12'", "text", "12"),
    "empty quotes": ('""', "text", ""),
    "no": ("no", "bool", False),
    "yes": ("yes", "bool", True),
    "On": ("On", "bool", True),
    "true": ("true", "bool", True),
    "null": ("null", "null", None),
    "tilde": ("~", "null", None),
    "whole": ("-12", "whole", -12),
    "zero": ("0", "whole", 0),
    "sixty minutes": ("1:20", "whole", FITS_NOWHERE),
    "octal": ("017", "whole", FITS_NOWHERE),
    "hexadecimal": ("0x11", "whole", FITS_NOWHERE),
    "with underscore": ("1_000", "whole", FITS_NOWHERE),
    "with plus": ("+1", "whole", FITS_NOWHERE),
    "too long": ("9" * 5000, "whole", FITS_NOWHERE),
    "fraction": ("1.5", "number", FITS_NOWHERE),
    "whole as fraction": ("1.0", "number", FITS_NOWHERE),
    "infinite": (".inf", "number", FITS_NOWHERE),
    "not a number": (".nan", "number", FITS_NOWHERE),
    "date": ("2001-01-01", "date", FITS_NOWHERE),
    "time": ("2001-01-01 10:00:00", "date", FITS_NOWHERE),
    "range": ("12-14", "text", "12-14"),
}


@pytest.fixture(params=["with libyaml", "without libyaml"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read with libyaml where it is there, and with Python's own reader in any case."""
    if request.param == "without libyaml":
        monkeypatch.setattr(yaml_source, "SAFE_LOADER", yaml.SafeLoader)
    return request.param


def composed(text: str) -> tuple[Node | None, str]:
    """Compose a text and give what was reported, a line each."""
    heard: list[str] = []
    node = compose(text, lambda line, words: heard.append(f"{line}: {words}"))
    return node, "\n".join(heard)


@pytest.mark.parametrize(("text", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_each_thing_refused_is_named_with_its_line(loader: str, text: str, words: str) -> None:
    """What a debate does not need is refused, in the same words by both readers."""
    assert composed(text)[1] == words, loader


@pytest.mark.parametrize(("text", "kind", "plain"), READ_AS.values(), ids=READ_AS.keys())
def test_each_value_is_read_as_yaml_reads_it(
    loader: str, text: str, kind: str, plain: object
) -> None:
    """A value keeps what YAML takes it for; what fits no field is marked as such."""
    node, heard = composed(f"a: {text}\n")
    assert isinstance(node, Mapping), loader
    value = node.items["a"]
    assert heard == ""
    assert isinstance(value, Scalar)
    assert (value.kind, value.plain()) == (kind, plain)
    assert type(value.plain()) is type(plain)


TREE = """\
# a comment
- id: p01
  voices:
    - name: one
    - {name: two, year: 1957}
  quote: |
    First.
    Second.
- id: p02
"""


def test_everything_keeps_its_line(loader: str) -> None:
    """A list item lies where it begins, and what has a key lies where the key is."""
    node, heard = composed(TREE)
    assert heard == "", loader
    assert isinstance(node, Sequence)
    lines = {
        (): 2,
        (0,): 2,
        (0, "id"): 2,
        (0, "voices"): 3,
        (0, "voices", 0): 4,
        (0, "voices", 1, "year"): 5,
        (0, "quote"): 6,
        (1,): 9,
        (1, "quote"): 9,
        (7,): 2,
    }
    assert {where: line_of(node, where) for where in lines} == lines


def test_a_tree_gives_its_plain_values(loader: str) -> None:
    """Text keeps its line ends, and a mapping the order of its keys."""
    node, _ = composed(TREE)
    assert node is not None, loader
    assert node.plain() == [
        {
            "id": "p01",
            "voices": [{"name": "one"}, {"name": "two", "year": 1957}],
            "quote": "First.\nSecond.\n",
        },
        {"id": "p02"},
    ]
    assert find(node, (0, "voices", 1, "year")) == Scalar(5, "1957", "whole")
    assert find(node, (0, "year")) is None
    assert find(node, ("id",)) is None


def test_what_is_not_yaml_has_no_tree(loader: str) -> None:
    """After a fault of syntax nothing is given, so nothing can be built on half a file."""
    assert composed("a: x\nb: [\n")[0] is None, loader


def test_half_a_character_is_refused(loader: str) -> None:
    """Half of a pair of surrogates, which only an escape can write, is no text."""
    node, heard = composed('a: "\\ud83d"\n')
    assert heard in {
        "1: after this backslash comes no known sign; to have a backslash, write two",
        "1: the text holds a character that cannot be seen (U+D83D)",
    }, loader
    assert node is None or node.plain() == {"a": FITS_NOWHERE}


def test_a_tag_never_runs(loader: str, tmp_path: Path) -> None:
    """A tag that asks for a call leaves no trace but the problem it is."""
    trace = tmp_path / "trace"
    _, heard = composed(f"a: !!python/object/apply:pathlib.Path.touch [{trace}]\n")
    assert "refused" in heard, loader
    assert not trace.exists()


def test_nine_lines_of_aliases_unfold_into_nothing(loader: str) -> None:
    """Lists of lists of aliases are refused one by one and stay as small as they are written."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 9)]
    node, heard = composed("\n".join(lines))
    assert node is not None, loader
    assert len(str(node.plain())) < 1000
    assert len(heard.splitlines()) == 9 + 8 * 9


@pytest.mark.parametrize("sign", ["- ", "[", "{", "? ", "a: [", "- - "])
def test_endless_nesting_is_refused_at_once(loader: str, sign: str) -> None:
    """A hundred thousand levels are refused at the first that is too deep, without recursion."""
    node, heard = composed(sign * 100_000)
    assert node is None, loader
    assert len(heard.splitlines()) == 1


def test_more_values_than_a_debate_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of very many tiny values is refused before it fills the memory."""
    assert MOST_VALUES == 1_000_000
    monkeypatch.setattr(yaml_source, "MOST_VALUES", 1_000)
    assert composed("- a\n" * 999)[1] == ""
    node, heard = composed("- a\n" * 1_001)
    assert node is None
    assert heard == "1000: more than 1,000 values; give the passages as passages.csv"


def test_libyaml_is_used_where_it_is_there() -> None:
    """The quick reader is taken; only a machine without libyaml falls back on the other."""
    expected = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    assert expected is yaml_source.SAFE_LOADER


BYTES = {
    "latin-1": (b"a: x\nb: caf\xe9\n", "2: this is not UTF-8 text (byte E9); save it as UTF-8"),
    "cut in a character": (
        b"a: x\nb: \xe2\x80",
        "2: this is not UTF-8 text (byte E2); save it as UTF-8",
    ),
    "UTF-16": ("a: x\n".encode("utf-16"), "1: this is not UTF-8 text (byte FF); save it as UTF-8"),
    "Word": (
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xbe\xef",
        "1: this is a Word file or another archive; save it as plain text (UTF-8)",
    ),
    "PK alone": (
        b"PK\x03: \x04",
        "1: a character that cannot be seen stands here (U+0003); take it "
        "out\n1: a character that cannot be seen stands here (U+0004); take it out",
    ),
    "surrogate": (b"a: \xed\xa0\x80", "1: this is not UTF-8 text (byte ED); save it as UTF-8"),
    "byte order mark": (
        b"\xef\xbb\xbfa: x\n",
        "1: the file begins with a byte order mark; save it as UTF-8 without one",
    ),
    "NUL": (
        b"a: x\nb: \x00\n",
        "2: a character that cannot be seen stands here (U+0000); take it out",
    ),
    "delete": (b"a: \x7f", "1: a character that cannot be seen stands here (U+007F); take it out"),
    "next line": (
        "a: x\nb: one\u0085two".encode(),
        "2: a character that cannot be seen stands here (U+0085); take it out",
    ),
    "line separator": (
        "a: one\u2028two\n".encode(),
        "1: a character that cannot be seen stands here (U+2028); take it out",
    ),
    "old line ends": (
        b"a: x\rb: y\r\n",
        "1: a character that cannot be seen stands here (U+000D); take it out",
    ),
    "old line end at the end": (
        b"a: x\nb: y\r",
        "2: a character that cannot be seen stands here (U+000D); take it out",
    ),
    "two of them": (
        b"a: \x01\n\nb: \x02\x03\n",
        "1: a character that cannot be seen stands here (U+0001); take it out\n"
        "3: a character that cannot be seen stands here (U+0002); take it out\n"
        "3: a character that cannot be seen stands here (U+0003); take it out",
    ),
    "Windows line ends": (b"a: x\r\nb: y\r\n", ""),
    "tab in text": (b"a: one\ttwo\n", ""),
    "letters of all kinds": ("a: «Übertragung» 転移 𝛼 \u00a0\u200d\n".encode(), ""),
}


@pytest.mark.parametrize("block", [1, 2, 3, 1024], ids="{} bytes at a time".format)
@pytest.mark.parametrize(("content", "words"), BYTES.values(), ids=BYTES.keys())
def test_only_clean_text_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, words: str, block: int
) -> None:
    """Each byte that is not clean UTF-8 text is named with its line, however blocks fall."""
    monkeypatch.setattr("dashboard.debate.text_source._BLOCK", block)
    file = tmp_path / "a.yaml"
    file.write_bytes(content)
    heard: list[str] = []
    text = yaml_text(file, lambda line, said: heard.append(f"{line}: {said}"))
    assert "\n".join(heard) == words
    only_bom = content.startswith(b"\xef\xbb\xbf")
    assert text == (content.decode("utf-8-sig") if not words or only_bom else None)
