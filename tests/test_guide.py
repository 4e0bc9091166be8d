"""The guide "Bring your own debate": every command in it is run, in order, as it is written."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

from dashboard.commands.command_line import COMMANDS, main
from tests.browser.serving import served

GUIDE = Path(__file__).resolve().parents[1] / "data" / "README.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROGRAM = ["python", "-m", "dashboard"]
SAVED = {
    "anna.csv": "passage,reading,text,question,value\np01,me,quote,position,-2\n"
    "p02,me,quote,position,-1\np03,me,quote,position,2\np04,me,quote,position,\n",
    "ben.csv": "passage,reading,text,question,value\np01,me,quote,position,-1\n"
    "p02,me,quote,position,-1\np03,me,quote,position,2\np04,me,quote,position,0\n",
}
"""What two people save at the end of a path."""
OPTIONAL = ("activities.yaml", "codebook.md", "glossary.yaml", "paths.yaml")
"""The files that `new` makes and `import` does not."""


def blocks(kind: str) -> list[str]:
    """Give what stands in the guide's blocks of one kind."""
    return [text for name, text in BLOCK.findall(GUIDE.read_text("utf-8")) if name == kind]


def commands() -> list[list[str]]:
    """Give the words of each command of the guide, in order."""
    return [shlex.split(line) for block in blocks("sh") for line in block.splitlines() if line]


def name_of(words: list[str]) -> str:
    """Give the name of the command in a line of the guide."""
    return words[3] if words[3] in COMMANDS else "serve"


def test_every_command_of_the_guide_works(tmp_path: Path) -> None:
    """From an empty folder, each line of the guide gives code 0 and says nothing on stderr."""
    for name, text in {**SAVED, "page.txt": blocks("text")[0]}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = []
    for words in commands():
        assert words[:3] == PROGRAM
        name = name_of(words)
        if name == "serve":
            assert words[3:] == ["--debate", "my-debate"]
            with served(tmp_path, tmp_path / "my-debate") as address:
                assert address.startswith("http://localhost:")
        else:
            process = subprocess.run(
                [sys.executable, *words[1:]],
                cwd=tmp_path,
                capture_output=True,
                text=True,
                check=False,
            )
            assert (process.returncode, process.stderr) == (0, ""), words
            assert process.stdout
        done.append(name)
    assert set(done) == set(COMMANDS)
    assert 'ben.csv: "me", here called "me 2", 4 rows.' in merged(tmp_path)
    for made in ("handout.html", "path.html", "pair.html", "site/index.html"):
        assert (tmp_path / made).stat().st_size > 1000


def test_whoever_came_by_import_can_print_a_path(tmp_path: Path) -> None:
    """What the guide says `import` makes and leaves out holds; with the guide's path it prints."""
    (tmp_path / "page.txt").write_text(blocks("text")[0], encoding="utf-8")
    folder = tmp_path / "from-a-page"
    assert main(["import", str(tmp_path / "page.txt"), "--out", str(folder)]) == 0
    made = {file.name for file in folder.iterdir()}
    assert {"to-do.md", "codings.csv"} <= made
    assert made.isdisjoint(OPTIONAL)
    (folder / "paths.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    file = tmp_path / "path.html"
    assert main(["handout", "--debate", str(folder), "--path", "first", "--out", str(file)]) == 0
    assert "There and back" in file.read_text("utf-8")


def test_the_guide_names_each_file_of_the_template(tmp_path: Path) -> None:
    """Of each file that `new` makes the guide says whether to write it over or to delete it."""
    folder = tmp_path / "my-debate"
    assert main(["new", str(folder)]) == 0
    over, delete = re.findall(r"^- (write over|delete).*?: (.*)$", GUIDE.read_text("utf-8"), re.M)
    named = {name for _, text in (over, delete) for name in re.findall(r"`([\w.-]+)`", text)}
    assert {file.name for file in folder.iterdir() if file.is_file()} <= named
    assert set(OPTIONAL) - {"codebook.md"} <= set(re.findall(r"`([\w.-]+)`", delete[1]))
    # Without what may be deleted the debate still passes the check.
    for name in OPTIONAL:
        (folder / name).unlink()
    assert main(["check", str(folder)]) == 0


def merged(folder: Path) -> str:
    """Give what the guide's merge says."""
    words = next(words for words in commands() if words[3] == "merge")
    process = subprocess.run(
        [sys.executable, *words[1:]], cwd=folder, capture_output=True, text=True, check=False
    )
    return process.stdout


def test_the_guide_names_no_command_that_does_not_exist() -> None:
    """What the guide tells to type is a command of the product."""
    assert {name_of(words) for words in commands()} <= set(COMMANDS)
