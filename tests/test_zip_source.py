"""A debate from files that somebody sends: the sound one opens, every trick is named."""

from __future__ import annotations

import io
import stat
import struct
import tempfile
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.debate import zip_source
from dashboard.debate.loading import load_debate
from dashboard.debate.problems import DebateError
from dashboard.debate.zip_source import folder_of_files, folder_of_zip
from tests.a_debate import FILES
from tests.strategies import quick

Packed = zipfile.ZipInfo | str


def packed(
    more: Mapping[Packed, str | bytes] | None = None,
    *,
    within: str = "debate/",
    files: Mapping[str, str] = FILES,
) -> bytes:
    """Pack the tiny debate, and more entries as they are given."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, text in files.items():
            archive.writestr(f"{within}{name}", text)
        for entry, content in (more or {}).items():
            archive.writestr(entry, content)
    return held.getvalue()


def problems(content: bytes) -> list[str]:
    """Give the problems of a zip, as they are said."""
    with pytest.raises(DebateError) as error, folder_of_zip(content) as folder:
        load_debate(folder)
    return [str(problem) for problem in error.value.problems]


def linked(name: str, mode: int = stat.S_IFLNK | 0o777) -> zipfile.ZipInfo:
    """Make an entry that is no ordinary file."""
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


@pytest.mark.parametrize("within", ["", "debate/", "a/b c/debät/"])
def test_a_sound_zip_is_opened(within: str) -> None:
    """The debate opens from the top of the zip or from a folder of it, byte for byte."""
    with folder_of_zip(packed(within=within)) as folder:
        assert {one.name for one in folder.iterdir()} == set(FILES)
        for name, text in FILES.items():
            assert (folder / name).read_bytes() == text.encode()
        assert load_debate(folder).title == "A tiny debate"
    assert not folder.exists()


def test_what_systems_add_and_what_is_no_debates_is_left_alone() -> None:
    """Hidden files, a system's own folders, pictures and folders beside are not even unpacked."""
    more: dict[Packed, str] = {
        "__MACOSX/debate/._debate.yaml": "x",
        "debate/.DS_Store": "x",
        "debate/cover.png": "x",
        "debate/notes/debate.txt": "x",
        "elsewhere/works.csv": "x",
    }
    with folder_of_zip(packed(more)) as folder:
        assert {one.name for one in folder.iterdir()} == set(FILES)


def test_the_debates_own_problems_keep_their_lines() -> None:
    """What is wrong in the files is said at file and line, and where they lay is not told."""
    broken = FILES | {"passages.yaml": FILES["passages.yaml"].replace("aster-1990", "nowhere")}
    (problem,) = problems(packed(files=broken))
    assert problem.startswith("passages.yaml:2: passage p01: ")
    assert tempfile.gettempdir() not in problem


TRICKS: dict[str, tuple[dict[Packed, str | bytes], str]] = {
    "a way up": ({"debate/../../evil.yaml": "x"}, "the name leads out of its folder"),
    "a way up alone": ({"..": "x"}, "the name leads out of its folder"),
    "the root": ({"/etc/passwd": "x"}, "/etc/passwd:1: the name leads out of the zip"),
    "a drive": ({"C:/evil.yaml": "x"}, "the name leads out of the zip"),
    "another system": ({"debate\\evil.yaml": "x"}, "the name leads out of the zip"),
    "a line end": ({"debate/a\nb.yaml": "x"}, "the name holds signs that cannot be seen"),
    "an override": ({"debate/\u202egpj.yaml": "x"}, "the name holds signs that cannot be seen"),
    "a long name": ({"debate/" + "x" * 600: "x"}, "the name is too long"),
    "a link": ({linked("debate/changes.yaml"): "/etc/passwd"}, "this is a link or a device"),
    "a link outside": ({linked("elsewhere/x"): "/"}, "this is a link or a device"),
    "a pipe": ({linked("debate/pipe", stat.S_IFIFO): ""}, "this is a link or a device"),
    "a zip": ({"debate/more.zip": "PK"}, "an archive in the archive is not opened"),
    "twice": ({"debate/works.yaml": "[]"}, "works.yaml:1: this file is there twice"),
    "two debates": ({"other/debate.yaml": "x"}, "there is more than one debate.yaml"),
    "another case": ({"debate/Passages.YAML": "x"}, 'unknown file; write "passages.yaml"'),
    "another ending": ({"debate/paths.yml": "x"}, 'unknown file; write "paths.yaml"'),
    "a lookalike": ({"debate/wоrks.yaml": "x"}, "signs that only look like Latin letters"),
    "a stranger": ({"debate/people.csv": "x"}, "people.csv:1: unknown file"),
    "a bomb": ({"debate/changes.yaml.": b"\0" * 9_000_000}, "unfolds to more than 200 times"),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_every_trick_is_named(trick: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A trick is refused in plain words before a byte is unpacked."""
    more, words = TRICKS[trick]
    content = packed(more)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("unpacked"))
    said = problems(content)
    assert len(said) == 1
    assert words in said[0]
    assert said[0].isprintable()


@pytest.mark.parametrize("name", ["debate.yaml", "passages.yaml", "works.yaml"])
def test_a_name_that_an_editor_made_longer(name: str) -> None:
    """Notepad's ".txt" behind a name is named instead of a file that is missing."""
    files = {f"{file}.txt" if file == name else file: text for file, text in FILES.items()}
    assert problems(packed(files=files)) == [
        f'{name}.txt:1: rename it to {name}; an editor has added ".txt" to the name'
    ]


def patched_entries(content: bytes, at_local: int, at_central: int, value: bytes) -> bytes:
    """Write ``value`` into the header of every entry, local and central."""
    changed = bytearray(content)
    for sign, at in ((b"PK\x03\x04", at_local), (b"PK\x01\x02", at_central)):
        start = changed.find(sign)
        while start >= 0:
            changed[start + at : start + at + len(value)] = value
            start = changed.find(sign, start + 4)
    return bytes(changed)


def test_an_encrypted_zip_is_refused() -> None:
    """Each encrypted file is named."""
    said = problems(patched_entries(packed(), 6, 8, b"\x01\x00"))
    assert [one.partition(":1: ")[2] for one in said] == [
        "this is encrypted; send it without a password"
    ] * len(FILES)


def test_other_ways_of_packing_are_refused() -> None:
    """Only plain and deflated files are read; others can take memory without bound."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("debate.yaml", FILES["debate.yaml"])
    assert problems(held.getvalue()) == [
        "debate.yaml:1: this is packed in a way that is not read; pack it as an ordinary zip"
    ]


def test_a_name_with_a_nul_is_refused() -> None:
    """A name that ends for Python where it does not end for another program is refused."""
    content = packed({"debate/works.yaml#.png": "[]"}).replace(b"works.yaml#", b"works.yaml\0")
    assert problems(content) == [
        "debate/works.yaml\\x00.png:1: the name holds signs that cannot be seen"
    ]


def test_many_entries_are_refused() -> None:
    """Ten thousand files are refused by their number alone, in one problem."""
    more: dict[Packed, str] = {f"debate/{number}.txt": "" for number in range(10_000)}
    assert problems(packed(more)) == ["files:1: the zip holds 10,010 files; a debate has twelve"]


def test_a_large_zip_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than 5 MB are refused before anything is read of them."""
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_: pytest.fail("looked at"))
    assert problems(b"P" * (5 * 1024 * 1024 + 1)) == ["files:1: the zip is larger than 5 MB"]


def test_the_whole_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that say they are too large together are refused, and files that lie are too."""
    monkeypatch.setattr(zip_source, "UNPACKED_MEGABYTES", 0)
    assert problems(packed()) == ["files:1: the files are larger than 0 MB together"]
    monkeypatch.setattr(zip_source, "_of_the_debate", lambda entries, _: entries)
    assert problems(packed(within="")) == ["files:1: the files are larger than they say"]


def test_a_size_that_lies_is_found_out() -> None:
    """An entry that holds more than it says is not opened."""
    lying = patched_entries(packed(files=FILES), 22, 24, struct.pack("<I", 10))
    said = problems(lying)
    assert all("the zip is damaged" in one for one in said)
    assert len(said) == len(FILES)


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + b"\0" * 18, b"no zip", b"\0" * 99])
def test_what_is_no_zip_says_so(content: bytes) -> None:
    """Other bytes, or a zip without files, get one sentence."""
    (said,) = problems(content)
    assert said in (
        "files:1: this is not a zip that can be read",
        "files:1: there is no debate.yaml among the files",
    )


@quick
@given(st.integers(0, 5_000), st.integers(0, 255), st.integers(0, 5_000))
def test_a_damaged_zip_is_opened_or_refused(at: int, value: int, cut: int) -> None:
    """Whatever byte is changed and wherever it is cut: a debate, or problems, and nothing left."""
    content = bytearray(packed())
    content[at % len(content)] = value
    said: list[str] = []
    try:
        with folder_of_zip(bytes(content[: len(content) - cut // 20])) as folder:
            said.append(load_debate(folder).title)
    except DebateError as error:
        said.extend(map(str, error.problems))
    assert said
    assert all(one.isprintable() for one in said)


@quick
@given(st.dictionaries(st.text(max_size=30), st.binary(max_size=40), max_size=8))
def test_any_names_of_a_folders_files(files: dict[str, bytes]) -> None:
    """Whatever files are called, they are opened or refused, and land nowhere else."""
    more = [(f"debate/{name}", text.encode()) for name, text in FILES.items()]
    found: set[str] = set()
    try:
        with folder_of_files([*more, *files.items()]) as folder:
            found = {one.name for one in folder.iterdir()}
    except DebateError as error:
        found = {zip_source.NAMES[0]} if error.problems else set()
    assert found
    assert found <= set(zip_source.NAMES)


def test_a_folders_files_are_opened() -> None:
    """Files that come one by one make the debate that their folder holds."""
    with folder_of_files((f"mine/{name}", text.encode()) for name, text in FILES.items()) as folder:
        assert load_debate(folder).title == "A tiny debate"
    assert not folder.exists()


def test_a_file_without_a_name_is_refused() -> None:
    """What has no name is said of the whole that was sent."""
    with pytest.raises(DebateError) as error, folder_of_files([("", b"x")]):
        pytest.fail("opened")
    assert str(error.value) == "files:1: one of the files has no name"


def test_nothing_stays_of_what_was_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is left behind, whether a debate opened, was broken, or was damaged half way."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    damaged = patched_entries(packed(), 14, 16, b"\0\0\0\0")
    for content in (packed(), packed(files=FILES | {"works.yaml": "["}), damaged, b"x"):
        try:
            with folder_of_zip(content) as folder:
                load_debate(folder)
        except DebateError:
            pass
        assert list(tmp_path.iterdir()) == []
