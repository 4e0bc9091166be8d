"""The command `import`: the folder it makes, what it says, what it refuses and leaves behind."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.commands import import_command
from dashboard.commands.command_line import main
from dashboard.debate import debate_files
from dashboard.debate.debate_files import quoted_yaml
from dashboard.debate.loading import load_debate
from dashboard.debate.model import Debate
from dashboard.debate.yaml_source import Scalar, compose
from dashboard.open_debate import open_folder
from dashboard.reader.sources_page import sources
from dashboard.reading import full
from dashboard.view import View
from tests.pages import PAGE, SOURCE_PAGE, pages, spoiled
from tests.strategies import HOSTILE, few, quick

SECONDS = 90
SHIPPED = Path(__file__).resolve().parents[1] / "data" / "therapeutic-bond"


def texts(debate: Debate) -> list[tuple[str, str, str | None, str, str]]:
    """Give what a page says of each passage: id, quote, gloss, citation as catalogued and role."""
    catalogued = {work.id: work.catalogued for work in debate.works}
    return [(p.id, p.quote, p.gloss, catalogued[p.work], p.role) for p in debate.passages]


def names(folder: Path) -> list[str]:
    """Give the names of what lies in a folder, those with a dot before them too."""
    return sorted(entry.name for entry in folder.iterdir())


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Give the file of a small page."""
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_the_source_page_gives_the_shipped_passages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ids, quotes, glosses, citations, roles and essay are exactly those that are shipped."""
    out = tmp_path / "out"
    assert main(["import", str(SOURCE_PAGE), "--out", str(out)]) == 0
    made, shipped = load_debate(out), load_debate(SHIPPED)
    assert texts(made) == texts(shipped)
    assert made.library.essay == shipped.library.essay
    assert len(made.readings) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert said.out == (
        f"{out}: 23 passages, 12 works, 11 authors, 0 readings in 0 rows.\n"
        "Taken for one, to be checked by you:\n"
        '  line 30: "Flores, Philip J" and "Flores, Philip J." (line 15) '
        "are taken for one person\n"
        "Uncertain:\n"
        '  line 21: "Bowlby, John, John Bowlby and Attachment Theory (Makers of Modern, 2014": '
        "the title seems to be cut short: a bracket is not closed\n"
        '  line 30: "Flores, Philip J, Group Psychotherapy with Addicted Populations An, 1997": '
        'the title seems to be cut short: it ends in "An"\n'
        '  line 51: "Courtois, Christine A, Treating Complex Traumatic Stress Disorders (Adults)": '
        "no year is given\n"
        "Axis, schools and readings are left open for you; to-do.md in the folder lists all.\n"
        f"Check it:  python -m dashboard check {out}\n"
        f"See it:    python -m dashboard --debate {out}\n"
    )


def test_what_was_made_can_be_shown(tmp_path: Path) -> None:
    """The app opens the folder: every passage has its row, and none has a position."""
    main(["import", str(SOURCE_PAGE), "--out", str(tmp_path / "out")])
    opened = open_folder(tmp_path / "out")
    assert len(opened.table) == 23
    assert opened.table["quote_position"].isna().all()


def test_parts_of_citations_are_written(tmp_path: Path) -> None:
    """Names, title, edition, year and how sure each is stand in works.yaml."""
    main(["import", str(SOURCE_PAGE), "--out", str(tmp_path / "out")])
    works = {work.id: work for work in load_debate(tmp_path / "out").works}
    yalom, flores = works["yalom2008"], works["flores1997"]
    assert (yalom.authors, yalom.year, yalom.edition) == ("Irvin D. Yalom", 2008, "5th")
    assert yalom.csl is not None
    assert (yalom.csl.author[0].family, yalom.csl.author[0].given) == ("Yalom", "Irvin D.")
    assert yalom.certainty == dict.fromkeys(["authors", "title", "edition", "year"], "likely")
    assert flores.certainty == {"authors": "likely", "title": "unsure", "year": "likely"}
    assert flores.notes == 'The title seems to be cut short: it ends in "An".'


def test_nothing_is_called_corrected_or_the_pages_own_unasked(tmp_path: Path) -> None:
    """A parsed reference is not yet checked until a part is certain; whose summary is left open."""
    out = tmp_path / "out"
    main(["import", str(SOURCE_PAGE), "--out", str(out)])
    opened = open_folder(out)
    assert {next(iter(dict(full(opened, id).source))) for id in opened.row_of} == {
        "Not yet checked"
    }
    assert ">Corrected<" not in sources(opened, View())
    assert opened.debate.library.gloss_label == "Summary, not the author's words."
    assert "`gloss_label`" in (out / "to-do.md").read_text(encoding="utf-8")
    works = out / "works.yaml"
    text = works.read_text(encoding="utf-8")
    works.write_text(text.replace("{authors: likely", "{authors: certain", 1), encoding="utf-8")
    page = sources(open_folder(out), View())
    assert (page.count(">Corrected<"), page.count(">Not yet checked<")) == (1, 11)


@few
@given(pages(), st.data(), st.booleans())
def test_any_page_passes_the_check_character_for_character(
    drawn: tuple[str, list[str], list[tuple[str, str, str, str]]],
    data: st.DataObject,
    in_yaml: bool,
) -> None:
    """A drawn page, spoiled by line ends and blanks, becomes a folder with its very texts."""
    text, introduction, passages = drawn
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(debate_files, "MOST_IN_YAML", 2_000 if in_yaml else 0)
        path, out = Path(folder) / "page", Path(folder) / "out"
        path.write_bytes(data.draw(spoiled(text)).encode())
        assert main(["import", str(path), "--out", str(out), "--apart"]) == 0
        assert (out / "passages.yaml").exists() == in_yaml
        made = load_debate(out)
    assert [told[1:] for told in texts(made)] == passages
    assert [line for line in made.library.essay.split("\n") if line in introduction]


@quick
@given(st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cc", "Cs"]))))
def test_any_text_is_quoted_for_yaml(text: str) -> None:
    """Whatever a text holds, YAML reads it back as that text."""
    node = compose(f"- {quoted_yaml(text)}\n", lambda line, words: pytest.fail(f"{line}: {words}"))
    assert node is not None
    assert node.plain() == [text]


@pytest.mark.parametrize(
    "word", ["no", "null", "y", "true", "on", "1e3", "12", "~", "", "2001-01-01"]
)
def test_words_of_yaml_are_quoted(word: str) -> None:
    """What YAML takes for something else than text is put in quotes."""
    node = compose(f"a: {quoted_yaml(word)}\n", lambda _line, words: pytest.fail(words))
    assert node is not None
    assert node.plain() == {"a": word}
    assert isinstance(node.items["a"], Scalar)  # type: ignore[union-attr]


def test_reads_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With - the page is read from standard input, a byte order mark and CRLF or not."""
    content = b"\xef\xbb\xbf" + PAGE.replace("\n", "\r\n").encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert main(["import", "-", "--out", str(tmp_path / "out"), "--title", "Two"]) == 0
    debate = load_debate(tmp_path / "out")
    assert (debate.title, debate.library.essay) == ("Two", "Two voices on one bond.")
    assert capsys.readouterr().out.startswith(f"{tmp_path / 'out'}: 2 passages, 2 works")


def test_json_says_all_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One JSON object holds the counts, what was taken as one and what is uncertain."""
    out = str(tmp_path / "out")
    assert main(["import", str(SOURCE_PAGE), "--out", out, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert {key: said[key] for key in ("made", "folder", "declared", "passages", "works")} == {
        "made": True,
        "folder": out,
        "declared": 23,
        "passages": 23,
        "works": 12,
    }
    assert [one["line"] for one in said["taken_as_one"]] == [30]
    assert [one["line"] for one in said["uncertain"]] == [21, 30, 51]


def test_problems_come_as_json_too(
    tmp_path: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nothing was made, the object says so and holds each problem."""
    page.write_text("No page.\n", encoding="utf-8")
    assert main(["import", str(page), "--out", str(tmp_path / "out"), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["made"], [one["line"] for one in said["problems"]]) == (False, [1])


FAULTY = {
    "count": (
        PAGE.replace("2 passages", "3 passages").encode(),
        "{page}:4: the page says 3 passages, but it has 2\n",
    ),
    "Latin-1": (
        PAGE.replace("voices", "voïces").encode("latin-1"),
        "{page}:1: this is not UTF-8 text (byte EF); save it as UTF-8\n",
    ),
    "UTF-16": (
        PAGE.encode("utf-16"),
        "{page}:1: this is not UTF-8 text (byte FF); save it as UTF-8\n",
    ),
    "Word": (
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00" + PAGE.encode(),
        "{page}:1: this is a Word file or another archive; save it as plain text (UTF-8)\n",
    ),
    "control": (
        PAGE.replace("Trust", "Tr\x1bust").encode(),
        "{page}:6: a character that cannot be seen stands here (U+001B); take it out\n",
    ),
    "an override in a citation": (
        PAGE.replace("Birch, Ben", "\u202eBirch, Ben").encode(),
        "{page}:8: the citation: a sign that turns the text around it stands here (U+202E); take it"
        " out\n",
    ),
    "nothing": (b"", "{page}:1: the page is empty\n"),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_a_faulty_page_writes_nothing(
    tmp_path: Path, page: Path, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    """Code 1, file and line on stdout as from `check`, and no folder nor a trace of one."""
    content, said = FAULTY[fault]
    page.write_bytes(content)
    assert main(["import", str(page), "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().out == said.format(page=page)
    assert names(tmp_path) == ["page.txt"]


def test_another_count_is_let_through_and_said(
    tmp_path: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --any-count the difference is said in the summary."""
    page.write_text(PAGE.replace("2 passages", "3 passages"), encoding="utf-8")
    assert main(["import", str(page), "--out", str(tmp_path / "out"), "--any-count"]) == 0
    assert "The page declares 3 passages (line 4), but it has 2.\n" in capsys.readouterr().out


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_pipe_is_not_waited_for(tmp_path: Path, options: tuple[str, ...]) -> None:
    """A pipe in a page's place, to which nobody may ever write, is refused at once."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    asked = ["import", str(pipe), "--out", str(tmp_path / "out"), *options]
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", *asked],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "this is not a file that can be read; to read from a pipe, give -" in done.stdout
    assert names(tmp_path) == ["pipe"]


@pytest.mark.parametrize("name", ["nowhere.txt", ".", "x" * 300])
def test_a_page_that_cannot_be_read_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """A missing file, a folder and an impossible name get one line each."""
    assert main(["import", str(tmp_path / name), "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr()
    assert said.out.startswith(f"{tmp_path / name}:1: the file cannot be read: ")
    assert said.out.count("\n") == 1
    assert names(tmp_path) == []


def test_a_page_too_large_is_not_read(
    tmp_path: Path, page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page beyond the bound is refused, wherever it comes from."""
    assert import_command.PAGE_MEGABYTES == 256
    monkeypatch.setattr(import_command, "PAGE_MEGABYTES", 1)
    page.write_bytes(b"x" * (1024 * 1024 + 1))
    assert main(["import", str(page), "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().out == f"{page}:1: this is larger than 1 MB, so it was not read\n"


def test_a_folder_that_holds_anything_is_left_as_it_is(
    tmp_path: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder with a file, a file, and a place without a folder above it are refused."""
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine", encoding="utf-8")
    for out, words in (
        (full, f"{full} is not empty; nothing is ever overwritten.\n"),
        (page, f"{page} is a file; a debate is a folder.\n"),
        (
            tmp_path / "no" / "out",
            f"{tmp_path / 'no' / 'out'} cannot be made: there is no folder {tmp_path / 'no'}.\n",
        ),
    ):
        assert main(["import", str(page), "--out", str(out)]) == 1
        assert capsys.readouterr() == ("", words)
    assert names(tmp_path) == ["full", "page.txt"]
    assert names(full) == ["mine.txt"]


def test_an_empty_folder_is_filled_and_stays_the_same_folder(tmp_path: Path, page: Path) -> None:
    """An empty folder, also through a link, is filled in place."""
    empty, link = tmp_path / "empty", tmp_path / "link"
    empty.mkdir(mode=0o700)
    link.symlink_to(empty)
    before = empty.stat()
    assert main(["import", str(page), "--out", str(link)]) == 0
    assert (empty.stat().st_ino, empty.stat().st_mode) == (before.st_ino, before.st_mode)
    assert names(empty) == [
        ".schema",
        "authors.yaml",
        "codings.csv",
        "debate.yaml",
        "passages.yaml",
        "to-do.md",
        "works.yaml",
    ]


@pytest.mark.parametrize("empty", [True, False])
def test_a_failure_while_writing_leaves_nothing(
    tmp_path: Path,
    page: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    empty: bool,
) -> None:
    """A full disk gets one sentence, and what was written till then is gone."""
    out = tmp_path / "out"
    if empty:
        out.mkdir()

    def full(*_parts: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(debate_files, "_to_do", full)
    assert main(["import", str(page), "--out", str(out)]) == 1
    assert capsys.readouterr() == ("", f"{out} cannot be written: no space left on device.\n")
    assert names(tmp_path) == (["out", "page.txt"] if empty else ["page.txt"])
    assert not empty or names(out) == []


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_being_stopped_leaves_nothing(tmp_path: Path, sign: signal.Signals) -> None:
    """Ctrl-C and SIGTERM while the page is read, twice even: one sentence, code 130, no folder."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard", "import", "-", "--out", "out"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    # More than a pipe holds: once it is taken, the command is reading.
    process.stdin.write("x\n" * 200_000)
    process.stdin.flush()
    process.send_signal(sign)
    process.send_signal(signal.SIGTERM)
    said, error = process.communicate(timeout=SECONDS)
    assert (process.returncode, said, error) == (130, "", "Stopped; nothing was written.\n")
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "asked",
    [
        ("page.txt",),
        ("page.txt", "--out", "out", "--title", "  "),
        ("page.txt", "--out", "out", "--roles", "a,,b"),
        ("page.txt", "--out", "out", "--roles", "a,a"),
    ],
)
def test_what_is_mistyped_gets_one_line(
    asked: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Code 2 and one line on stderr."""
    with pytest.raises(SystemExit) as left:
        main(["import", *asked])
    assert left.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_large_page_becomes_a_table(tmp_path: Path, page: Path) -> None:
    """Beyond two thousand passages they are written as passages.csv, with longer ids."""
    body = "".join(f'Quote {n}, "so".\nGloss\nA, B., C, 2001thesis\n' for n in range(2_001))
    page.write_text(f"Essay\nIn the library\n2,001 passages\n{body}", encoding="utf-8")
    assert main(["import", str(page), "--out", str(tmp_path / "out")]) == 0
    passages = load_debate(tmp_path / "out").passages
    assert not (tmp_path / "out" / "passages.yaml").exists()
    assert (passages[7].id, passages[7].quote) == ("p0008", 'Quote 7, "so".')


def test_an_imported_debate_is_explained_to_editors(tmp_path: Path, page: Path) -> None:
    """The first line of each YAML file leads to a schema that lies there."""
    assert main(["import", str(page), "--out", str(tmp_path / "made")]) == 0
    files = sorted((tmp_path / "made").glob("*.yaml"))
    assert len(files) == 4
    for file in files:
        way = file.read_text("utf-8").splitlines()[0].partition("$schema=")[2]
        assert f'"title": "{file.name}"' in (file.parent / way).read_text("utf-8")
