"""What those who make a debate type: new, schema, merge, handout, check; and what they mistype."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from dashboard.commands.command_line import main
from dashboard.debate.loading import load_debate
from dashboard.debate.schema import SCHEMA_FILES, file_schema, schema_name
from dashboard.open_debate import open_folder
from dashboard.reader.method_page import method
from tests.a_debate import SHIPPED, write_debate

HEADER = "passage,reading,text,question,value\n"
Said = pytest.CaptureFixture[str]


def said(capsys: Said, *asked: object) -> tuple[int, str, str]:
    """Run a command; give its exit code and what it said on stdout and stderr."""
    code = main([str(word) for word in asked])
    out, error = capsys.readouterr()
    return code, out, error


def coded(folder: Path, name: str, *rows: str) -> Path:
    """Write a ``codings.csv`` of these rows; give the file."""
    file = folder / name
    file.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return file


# ---- check


def test_check_in_json(debate_folder: Path, capsys: Said) -> None:
    """What a sound debate holds is counted in JSON, with the numbers of the one line."""
    code, out, error = said(capsys, "check", debate_folder, "--json")
    assert (code, error) == (0, "")
    assert json.loads(out) == {
        "sound": True,
        "title": "Vehicle or Cure?",
        "version": "1.0.0",
        "passages": 23,
        "works": 12,
        "authors": 11,
        "readings": 92,
        "rows": 276,
    }


def test_check_names_problems_in_json(tiny_debate: Path, capsys: Said) -> None:
    """Each problem comes with its file, its line and its words, and the code is 1."""
    (tiny_debate / "works.yaml").unlink()
    code, out, _ = said(capsys, "check", tiny_debate, "--json")
    assert code == 1
    assert json.loads(out) == {
        "sound": False,
        "problems": [{"file": "works.yaml", "line": 1, "text": "the file is missing"}],
    }


# ---- new


def test_a_new_debate_passes_the_check(tmp_path: Path, capsys: Said) -> None:
    """The template is sound as it is, and says what to do next."""
    folder = tmp_path / "my debate"
    code, out, error = said(capsys, "new", folder)
    assert (code, error) == (0, "")
    assert f"python -m dashboard check '{folder}'" in out
    assert said(capsys, "check", folder) == (
        0,
        "Silence or talk?: 4 passages, 2 works, 2 authors, 8 readings in 14 rows.\n",
        "",
    )


def test_a_new_debate_is_explained_to_editors(tmp_path: Path) -> None:
    """Each file has comments, and its first line leads to a schema that lies there."""
    main(["new", str(tmp_path / "a")])
    for file in sorted((tmp_path / "a").glob("*.yaml")):
        first, second, *_ = file.read_text("utf-8").splitlines()
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert json.loads((file.parent / schema).read_text("utf-8"))["title"] == file.name
        assert second.startswith("# ")


def test_new_leaves_what_is_there(tmp_path: Path, capsys: Said) -> None:
    """A folder that holds anything is left as it is, and so is a file; an empty one is filled."""
    full, file, empty = tmp_path / "full", tmp_path / "file", tmp_path / "empty"
    full.mkdir()
    empty.mkdir()
    (full / ".hidden").write_text("mine")
    file.write_text("mine")
    assert said(capsys, "new", full)[0::2] == (
        1,
        f"{full} is not empty; name a new or an empty folder.\n",
    )
    assert said(capsys, "new", file)[0::2] == (
        1,
        f"{file} is a file; name a new or an empty folder.\n",
    )
    assert [path.name for path in full.iterdir()] == [".hidden"]
    assert file.read_text() == "mine"
    assert said(capsys, "new", empty, "--json")[0] == 0


def test_half_a_new_debate_is_taken_away(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk fills in the middle nothing of it stays, so that one can try again."""
    written = []

    def full(draft: str, path: Path) -> None:
        written.append(path)
        if len(written) == 5:
            raise OSError(28, "No space left on device")
        Path(draft).rename(path)

    monkeypatch.setattr(os, "replace", full)
    code, _, error = said(capsys, "new", tmp_path / "a")
    assert (code, error) == (1, f"{written[-1]} cannot be written: no space left on device.\n")
    assert list(tmp_path.iterdir()) == []


# ---- schema


@pytest.mark.parametrize("file", SCHEMA_FILES)
def test_each_file_has_a_schema(file: str, capsys: Said) -> None:
    """The schema of a file is a JSON Schema by itself, which says where its line goes."""
    code, out, _ = said(capsys, "schema", file)
    schema = json.loads(out)
    # Its patterns are those of editors, ECMAScript's, of which Python knows most.
    Draft202012Validator.check_schema(schema, format_checker=FormatChecker(()))
    assert code == 0
    assert schema == json.loads(json.dumps(file_schema(file)))
    assert schema["$comment"].endswith(f"# yaml-language-server: $schema={schema_name(file)}")


@pytest.mark.parametrize("named", [True, False])
def test_an_editor_finds_the_schema_from_the_file(
    named: bool, tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The printed line leads from a file of the debate to its schema, wherever one stands."""
    monkeypatch.chdir(tmp_path)
    main(["new", "mine"])
    capsys.readouterr()
    of = ("--debate", "mine") if named else ()
    _, out, _ = said(capsys, "schema", "--out", "schemas", *of)
    line = next(line for line in out.splitlines() if line.startswith("works.yaml: "))
    way = line.partition("$schema=")[2]
    assert way == "../schemas/works.schema.json"
    assert (tmp_path / "mine" / way).resolve().is_file()


def test_merge_writes_over_nothing_unasked(tmp_path: Path, capsys: Said) -> None:
    """A file that is there, one of those merged too, is replaced with --force alone."""
    folder = write_debate(tmp_path / "d")
    own = folder / "codings.csv"
    before = own.read_bytes()
    asked = ("merge", own, "--debate", folder, "--out", own)
    code, out, error = said(capsys, *asked)
    assert (code, out, error) == (1, "", f"{own} is there already; to replace it, add --force.\n")
    assert own.read_bytes() == before
    code, out, _ = said(capsys, *asked, "--force")
    assert code == 0
    assert f"Written to {own}" in out


def test_a_folder_of_debates_is_checked_one_by_one(tmp_path: Path, capsys: Said) -> None:
    """Each debate is named with its count or its problems; one that is broken gives code 1."""
    for name in ("a", "b"):
        write_debate(tmp_path / name)
    assert said(capsys, "check", tmp_path)[0] == 0
    (tmp_path / "b" / "works.yaml").write_text("[\n")
    code, out, _ = said(capsys, "check", tmp_path)
    first, *others = out.splitlines()
    assert (code, first.partition(":")[0]) == (1, "a")
    assert others
    assert all(line.startswith("b/") for line in others)
    code, out, _ = said(capsys, "check", tmp_path, "--json")
    told = json.loads(out)
    assert (code, told["sound"], told["debates"]["a"]["sound"]) == (1, False, True)
    assert told["debates"]["b"]["problems"][0]["file"] == "works.yaml"


def test_schemas_are_written(tmp_path: Path, capsys: Said) -> None:
    """`--out` writes one for each file and prints the line for each."""
    code, out, _ = said(capsys, "schema", "--out", tmp_path / "s")
    assert code == 0
    assert sorted(path.name for path in (tmp_path / "s").iterdir()) == sorted(
        map(schema_name, SCHEMA_FILES)
    )
    line = "works.yaml: # yaml-language-server: $schema=../s/works.schema.json\n"
    assert line in out


def test_a_schema_of_nothing(capsys: Said) -> None:
    """A file that no debate has gets one sentence with those it has."""
    code, out, error = said(capsys, "schema", "work.yaml")
    assert (code, out) == (1, "")
    assert error.startswith("There is no schema of work.yaml; there is one of each of: debate.yaml")


# ---- merge


def test_two_people_become_readings_of_the_debate(tmp_path: Path, capsys: Said) -> None:
    """Two people's placements get names apart, and the Method page says how far they agree."""
    folder = tmp_path / "d"
    main(["new", str(folder)])
    anna = coded(
        tmp_path,
        "anna.csv",
        "p01,me,quote,position,-2",
        "p02,me,quote,position,0",
        "p03,me,quote,position,2",
    )
    ben = coded(
        tmp_path,
        "ben.csv",
        "p01,me,quote,position,-2",
        "p02,me,quote,position,1",
        "p03,me,quote,position,2",
    )
    capsys.readouterr()
    code, out, error = said(
        capsys,
        "merge",
        anna,
        ben,
        "--debate",
        folder,
        "--out",
        folder / "codings.csv",
        "--force",
    )
    assert (code, error) == (0, "")
    assert out == (
        f'{anna}: "me", 3 rows.\n'
        f'{ben}: "me", here called "me 2", 3 rows.\n'
        "Author's words: alpha 0.95, n = 3 passages\n"
        "  me and me 2: alpha 0.95, n = 3\n"
        "They differ on, furthest apart first:\n"
        "  p02, Author's words: me 0, me 2 +1; 1 step apart\n"
        f"Written to {folder / 'codings.csv'}: 6 rows.\n"
    )
    page = method(open_folder(folder))
    assert "2 readings (me, me 2), 6 values." in page
    assert "<td>0.95</td><td>none, fewer than 5 passages</td><td>3</td>" in page


def test_the_shipped_readings_agree_as_before(capsys: Said) -> None:
    """The shipped readings merged with nobody else have the agreement of the Method page."""
    code, out, _ = said(capsys, "merge", SHIPPED / "codings.csv", "--debate", SHIPPED, "--json")
    told = json.loads(out)
    assert (code, told["rows"], told["out"]) == (0, 276, None)
    by_text = {each["text"]: each for each in told["agreement"]}
    page = method(open_folder(SHIPPED))
    for text in ("quote", "gloss", "both"):
        assert f"<td>{by_text[text]['together']['alpha']:.2f}</td>" in page
        assert len(by_text[text]["pairs"]) == 6


def test_passages_on_which_people_differ_are_listed(tmp_path: Path, capsys: Said) -> None:
    """The furthest apart come first, then in the debate's order; in JSON they are all there."""
    passages = [f"p{number:02}" for number in range(1, 24)]
    values = {"p05": ("-2", "2"), "p02": ("-1", "1"), "p01": ("0", ""), "p04": ("1", "1")}
    one, two = (
        coded(
            tmp_path,
            name,
            *(f"{p},me,quote,position,{values.get(p, ('0', '1'))[n]}" for p in passages),
        )
        for n, name in enumerate(("anna.csv", "ben.csv"))
    )
    _, out, _ = said(capsys, "merge", one, two, "--debate", SHIPPED)
    lines = out[out.index("They differ") :].splitlines()
    assert lines[:4] == [
        "They differ on, furthest apart first:",
        "  p05, Author's words: me -2, me 2 +2; 4 steps apart",
        "  p02, Author's words: me -1, me 2 +1; 2 steps apart",
        "  p03, Author's words: me 0, me 2 +1; 1 step apart",
    ]
    assert lines[20:] == [
        "  p22, Author's words: me 0, me 2 +1; 1 step apart",
        "  and 2 more; --json lists all",
    ]
    _, out, _ = said(capsys, "merge", one, two, "--debate", SHIPPED, "--json")
    differ = json.loads(out)["differ"]
    assert [each["passage"] for each in differ][-2:] == ["p23", "p01"]
    assert "p04" not in {each["passage"] for each in differ}
    assert differ[-1]["values"] == {"me": 0.0, "me 2": None}
    _, out, _ = said(capsys, "merge", one, one, "--debate", SHIPPED)
    assert "They differ" not in out


def test_conflicts_are_named_by_file_and_line(
    tiny_debate: Path, tmp_path: Path, capsys: Said
) -> None:
    """One reading with two values for one text is named with both places; nothing is written."""
    one = coded(tmp_path, "one.csv", "p01,A,quote,position,2", "p02,A,quote,position,-2")
    two = coded(tmp_path, "two.csv", "p02,A,quote,position,-2", "p01,A,quote,position,")
    out = tmp_path / "out.csv"
    asked = ("merge", one, two, "--debate", tiny_debate, "--same-names", "--out", out)
    assert said(capsys, *asked) == (
        1,
        f'{two}:3: passage p01, reading "A": the position of the quote is no claim here and 2 in '
        f"{one}:2\n",
        "",
    )
    assert not out.exists()
    coded(tmp_path, "two.csv", "p02,A,quote,position,-2", "p03,A,quote,position,")
    assert said(capsys, *asked)[0] == 0
    assert out.read_text("utf-8") == (
        f"{HEADER}p01,A,quote,position,2\np02,A,quote,position,-2\np03,A,quote,position,\n"
    )


def test_problems_of_every_file_are_named(tiny_debate: Path, tmp_path: Path, capsys: Said) -> None:
    """All problems of all files are listed at once, in JSON too."""
    one = coded(tmp_path, "one.csv", "p99,A,quote,position,2", "p01,A,quote,position,3")
    two = coded(tmp_path, "two.csv", "p04,A,gloss,position,1")
    asked = ("merge", one, two, tmp_path / "none.csv", "--debate", tiny_debate)
    code, out, _ = said(capsys, *asked)
    assert (code, out.splitlines()) == (
        1,
        [
            f"{tmp_path / 'none.csv'}:1: the file is missing",
            f'{one}:2: unknown passage "p99"',
            f"{one}:3: value 3 is outside -2..2",
            f"{two}:2: passage p04 has no gloss that could be read",
        ],
    )
    told = json.loads(said(capsys, *asked, "--json")[1])
    assert [problem["line"] for problem in told["problems"]] == [1, 2, 3, 2]


def test_no_cell_is_taken_for_a_formula(tiny_debate: Path, tmp_path: Path, capsys: Said) -> None:
    """A reading's name that a spreadsheet would compute gets an apostrophe, and that is said."""
    one = coded(tmp_path, "one.csv", "p01,=1+1,quote,position,2", 'p02,"@a, b",quote,position,-2')
    out = tmp_path / "out.csv"
    code, told, _ = said(capsys, "merge", one, "--debate", tiny_debate, "--out", out)
    assert code == 0
    assert f'{one}: "=1+1", here called "\'=1+1", 1 rows.\n' in told
    assert out.read_text("utf-8") == (
        f"{HEADER}p01,'=1+1,quote,position,2\np02,\"'@a, b\",quote,position,-2\n"
    )
    (tiny_debate / "codings.csv").write_bytes(out.read_bytes())
    assert set(load_debate(tiny_debate).readings["reading"]) == {"'=1+1", "'@a, b"}


def test_the_same_file_twice_is_pointed_out(tiny_debate: Path, capsys: Said) -> None:
    """Two contributions that are the same in every row are said to be, since they inflate alpha."""
    file = tiny_debate / "codings.csv"
    _, out, _ = said(capsys, "merge", file, file, "--debate", tiny_debate)
    assert (
        f'"A" and "A 2" are the same in every row. If both are one person\'s, leave {file}' in out
    )
    _, out, _ = said(capsys, "merge", file, file, "--debate", tiny_debate, "--same-names", "--json")
    assert json.loads(out)["rows"] == 23


# ---- handout


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((), "In this passage, what does the bond do? (23 passages)."),
        (("--view", "school=attachment&basis=quote"), "(7 passages)."),
        (("--view", "http://localhost:8501/?role=aside"), "(3 passages)."),
        (("--compare", "flores,p03"), "Philip J. Flores and p03 (10 passages)."),
    ],
)
def test_handouts(asked: tuple[str, ...], expected: str, tmp_path: Path, capsys: Said) -> None:
    """A handout of everything, of a view by its link, of a comparison; it says what it holds."""
    file = tmp_path / "h.html"
    code, out, error = said(capsys, "handout", "--out", file, *asked)
    assert (code, error) == (0, "")
    assert out.startswith(f"{file}: ")
    assert out.endswith(f"{expected}\n")
    written = file.read_text("utf-8")
    assert written.startswith("<!DOCTYPE html>")
    # Without an address that was given, none is printed that leads nowhere from paper.
    assert "Data version" in written
    assert "This view" not in written
    assert "localhost" not in written


def test_the_handout_of_a_path(tmp_path: Path, capsys: Said) -> None:
    """A path of the debate is named by its id; the address printed is the one given."""
    main(["new", str(tmp_path / "d")])
    capsys.readouterr()
    asked = ("handout", "--debate", tmp_path / "d", "--path", "first", "--out", tmp_path / "h.html")
    code, out, _ = said(capsys, *asked, "--address", "https://example.org/a", "--json")
    assert (code, json.loads(out)["passages"]) == (0, 3)
    assert "https://example.org/a/paths?path=first" in (tmp_path / "h.html").read_text("utf-8")


# ---- clumsy and hostile use

REFUSED = [
    (("handout", "--out", "h.txt"), "The name of what is written must end in .html"),
    (("handout", "--out", "h.html", "--path", "nope"), "There is no path “nope” in this debate."),
    (("handout", "--out", "h.html", "--path", ""), "A path is named by its id."),
    (("handout", "--out", "h.html", "--compare", "p01"), "A comparison is of two to four"),
    (("handout", "--out", "h.html", "--compare", "p01,p99"), "There is no author or passage “p99”"),
    (("handout", "--out", "h.html", "--view", "attachment"), "The view names nothing to show"),
    (("handout", "--out", "h.html", "--view", "school=x"), "There is no school “x”"),
    (("handout", "--out", "h.html", "--view", "?" + "&a=1" * 2000), "The view is not a link"),
    (("handout", "--out", "h.html", "--view", "http://[?a=1"), "The view is not a link"),
    (("handout", "--out", "h.html", "--address", "javascript:alert(1)"), "is not an address"),
    (("handout", "--out", "h.html", "--address", "http://["), "is not an address"),
    (("handout", "--out", "folder.html"), "folder.html is a folder; name a file."),
    (("handout", "--out", "none/h.html"), "none/h.html cannot be written: no such file"),
    (("handout", "--out", "h.html", "--debate", "nowhere"), "no such folder."),
    (("handout", "--out", "h.html", "--debate", "broken"), "broken has 2 problems; to see them"),
    (("handout", "--out", "h.html", "--debate", "x" * 5000), "no such folder."),
    (("handout", "--out", f"{'x' * 300}.html"), "cannot be written: file name too long."),
    (("merge", "a.csv", "--debate", "nowhere"), "no such folder."),
    (("merge", "a.csv", "--debate", "broken", "--out", "x.yaml"), "must end in .csv"),
    (("merge", "a.csv", "--debate", "file.txt"), "no such folder."),
    (("new", "file.txt"), "file.txt is a file; name a new or an empty folder."),
    (("new", "file.txt/below"), "file.txt/below is a file"),
    (("new", "loop"), "loop cannot be read: too many levels"),
    (("new", "x" * 300), "cannot be read: file name too long."),
    (("schema", "../works.yaml"), "There is no schema of ../works.yaml"),
    (("schema", "--out", "file.txt"), "file.txt is a file; name a folder."),
    (("export", "--out", "file.txt"), "file.txt is a file; name a folder."),
    (("export", "--out", "broken"), "broken holds something that is no copy"),
    (("export", "--out", "."), "holds something that is no copy"),
    (("export", "--out", "site", "--debate", "broken"), "broken has 2 problems"),
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder that holds what a clumsy user might name."""
    (tmp_path / "file.txt").write_text("mine")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "passages.yaml").write_text("[]")
    (tmp_path / "broken" / "debate.yaml").write_bytes((SHIPPED / "debate.yaml").read_bytes())
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "a.csv").write_text(HEADER)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("asked", "expected"), REFUSED)
def test_a_mistake_gets_one_sentence(
    asked: tuple[str, ...], expected: str, here: Path, capsys: Said
) -> None:
    """A user's mistake gives code 1 and one line on stderr, and leaves every file as it was."""
    before = listing(here)
    code, out, error = said(capsys, *asked)
    assert (code, out) == (1, "")
    assert expected in error
    assert error.count("\n") == 1
    assert listing(here) == before


def listing(folder: Path) -> dict[str, bytes | None]:
    """Give every path below a folder, with what it holds where it is a file."""
    return {str(p): p.read_bytes() if p.is_file() else None for p in folder.rglob("*")}


@pytest.mark.parametrize(
    "asked",
    [
        ("new",),
        ("new", "a", "b"),
        ("merge", "--debate", "d"),
        ("merge", "a.csv"),
        ("handout",),
        ("handout", "--out", "h.html", "--path", "a", "--compare", "b,c"),
        ("export",),
        ("schema", "a", "b"),
        ("check", "a", "--jsno"),
        ("exprot", "--out", "x"),
    ],
)
def test_what_is_mistyped_gets_one_sentence(asked: tuple[str, ...], capsys: Said) -> None:
    """What no command takes gives code 2 and one line on stderr."""
    with pytest.raises(SystemExit) as left:
        main(list(asked))
    assert left.value.code == 2
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert error.endswith("; see: python -m dashboard --help\n")


def test_signs_of_a_terminal_are_spelled_out(tmp_path: Path) -> None:
    """Names with signs that a terminal would obey, or that no encoding holds, come back spelled."""
    for asked in (
        ["new", os.fsdecode(b"x\x1b[31m\xff")],
        ["schema", "x\x1b[31m\u202e"],
        ["export", "--out", "y", "--debate", os.fsdecode(b"x\x1b[31m\xfe")],
    ):
        process = subprocess.run(
            [sys.executable, "-m", "dashboard", *asked],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert b"x\\x1b[31m" in process.stdout + process.stderr
        assert b"\x1b" not in process.stdout + process.stderr
        assert b"Traceback" not in process.stderr


@pytest.mark.parametrize("asked", [("schema",), ("merge", SHIPPED / "codings.csv")])
def test_a_full_disk_gets_one_sentence(asked: tuple[object, ...], tmp_path: Path) -> None:
    """Where stdout takes nothing, one sentence says so on stderr, with code 1."""
    words = [*map(str, asked), *(["--debate", str(SHIPPED)] if asked[0] == "merge" else [])]
    with Path("/dev/full").open("w") as full:
        process = subprocess.run(
            [sys.executable, "-m", "dashboard", *words],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert process.returncode == 1
    assert process.stderr == (
        "What was to be said could not be written: No space left on device.\n"
    )
