"""The guide "Bring your own debate": every command in it is run, in order, as it is written."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

from dashboard.commands.command_line import COMMANDS
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
