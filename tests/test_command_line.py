"""The command line: what it says, what it refuses, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

import pytest

from dashboard import open_debate
from dashboard.commands import serve_command
from dashboard.commands.command_line import COMMANDS, main
from dashboard.commands.serve_command import DEBATE_VARIABLE, HOSTS_VARIABLE, address
from dashboard.web import allowed_hosts, web_page
from tests.a_debate import replace, write_debate
from tests.browser.serving import free_port

SECONDS = 90


def started(
    *arguments: str, cwd: Path, stdout: int | IO[str] = subprocess.PIPE, **environment: str
) -> subprocess.Popen[str]:
    """Start the product as a user would, in a folder of no consequence."""
    return subprocess.Popen(
        [sys.executable, "-m", "dashboard", *arguments],
        cwd=cwd,
        env=os.environ | {"PYTHONUTF8": "1"} | environment,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def broken_debate(tiny_debate: Path) -> Path:
    """Give the folder of a debate with two problems."""
    (tiny_debate / "works.yaml").unlink()
    (tiny_debate / "authors.yaml").unlink()
    return tiny_debate


def test_check_counts_a_sound_debate(
    debate_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sound debate gives code 0 and one line of counts."""
    assert main(["check", str(debate_folder)]) == 0
    assert capsys.readouterr() == (
        "Vehicle or Cure?: 23 passages, 12 works, 11 authors, 92 readings in 276 rows.\n",
        "",
    )


def test_check_names_each_problem(broken_debate: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken debate gives code 1 and, on stdout, one line for each problem."""
    assert main(["check", str(broken_debate)]) == 1
    assert capsys.readouterr() == (
        "authors.yaml:1: the file is missing\nworks.yaml:1: the file is missing\n",
        "",
    )


@pytest.fixture
def titled_debate(tiny_debate: Path) -> Path:
    """Give the folder of a debate whose title has letters that few encodings hold."""
    replace(tiny_debate, "debate.yaml", "A tiny debate", r'"Bíndung ❤ \u200fA"')
    return tiny_debate


def test_check_escapes_what_the_terminal_cannot_show(titled_debate: Path) -> None:
    """Letters an ASCII terminal does not know, and signs that none should see, are spelled out."""
    process = started("check", str(titled_debate), cwd=titled_debate, PYTHONIOENCODING="ascii")
    said, error = process.communicate(timeout=SECONDS)
    assert said.startswith(r"B\xedndung \u2764 \u200fA: 4 passages, ")
    assert (process.returncode, error) == (0, "")


@pytest.mark.parametrize(
    "asked", [("check", "."), ("check", "nowhere"), ("--help",), ("--version",)]
)
def test_a_full_disk_gets_one_sentence(tiny_debate: Path, asked: tuple[str, ...]) -> None:
    """Where stdout takes nothing, one sentence says so on stderr, with code 1."""
    with Path("/dev/full").open("w") as full:
        process = started(*asked, cwd=tiny_debate, stdout=full)
        _, error = process.communicate(timeout=SECONDS)
    assert error == "What was to be said could not be written: No space left on device.\n"
    assert process.returncode == 1


@pytest.mark.parametrize(("folder", "code"), [(".", 0), ("nowhere", 1)])
def test_a_reader_may_leave(tiny_debate: Path, folder: str, code: int) -> None:
    """Where the reader of the output has left there is no word of it, and the code is check's."""
    reads, writes = os.pipe()
    os.close(reads)
    process = started("check", folder, cwd=tiny_debate, stdout=writes)
    os.close(writes)
    _, error = process.communicate(timeout=SECONDS)
    assert (process.returncode, error) == (code, "")


@pytest.mark.parametrize("name", [b"lo\xffcal", "é".encode() * 100, b"no such host", b"a" * 5000])
def test_a_host_that_is_none_gets_one_sentence(tmp_path: Path, name: bytes) -> None:
    """A name at which nothing can be served ends the start with code 1 and one short sentence."""
    process = started("--no-browser", "--host", os.fsdecode(name), cwd=tmp_path)
    said, error = process.communicate(timeout=SECONDS)
    assert said == ""
    assert re.fullmatch(r"Cannot serve at .{3,110}[:,] [^\n]+\.\n", error)
    assert process.returncode == 1


@pytest.mark.parametrize(
    "asked",
    [
        ("check", "x\x1b[31m\u202e"),
        ("--debate", "x\x1b[31m\u202e"),
        ("--no-browser", "--host", "x\x1b[31m\u202e"),
        ("--port", "x\x1b[31m\u202e"),
        ("--x\x1b[31m\u202e",),
    ],
)
def test_signs_of_a_terminal_are_spelled_out(tmp_path: Path, asked: tuple[str, ...]) -> None:
    """What was typed comes back without signs that a terminal would obey, in one line."""
    said = "".join(started(*asked, cwd=tmp_path).communicate(timeout=SECONDS))
    assert r"x\x1b[31m\u202e" in said
    assert not {"\x1b", "\u202e"} & set(said)
    assert said.count("\n") == 1


def test_refuses_a_host_without_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    """An empty host, which would stand for every address of the machine, gets code 2."""
    with pytest.raises(SystemExit) as left:
        main(["--host", ""])
    assert left.value.code == 2
    assert capsys.readouterr().err == (
        "argument --host: the name is empty; see: python -m dashboard --help\n"
    )


def test_a_very_long_port_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    """Of a port of 5000 digits the first hundred are shown."""
    with pytest.raises(SystemExit) as left:
        main(["--port", "9" * 5000])
    assert left.value.code == 2
    assert capsys.readouterr().err == (
        f"argument --port: {'9' * 100}… is not a port, a number from 1 to 65535; "
        "see: python -m dashboard --help\n"
    )


@pytest.mark.parametrize("asked", [[], ["serve"]])
@pytest.mark.parametrize("port", ["0", "65536", "-1", "8501x", "8_501", "٨٥٠١"])
def test_refuses_what_is_no_port(
    asked: list[str], port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A port out of range gets one sentence and code 2, with and without the word serve."""
    with pytest.raises(SystemExit) as left:
        main([*asked, f"--port={port}"])
    assert left.value.code == 2
    assert capsys.readouterr().err == (
        f"argument --port: {port} is not a port, a number from 1 to 65535; "
        "see: python -m dashboard --help\n"
    )


def test_refuses_an_unknown_option(capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped option gets one sentence and code 2."""
    with pytest.raises(SystemExit) as left:
        main(["--prot", "8502"])
    assert left.value.code == 2
    assert capsys.readouterr().err == (
        "unrecognized arguments: --prot 8502; see: python -m dashboard --help\n"
    )


def test_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` gives the product's name and version and code 0."""
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0
    assert capsys.readouterr().out == "Vehicle or Cure? 0.1.0\n"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` names each command with what it does and gives code 0."""
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "serve show a debate in the browser (the default)" in said
    assert "check name every problem of a debate's files" in said
    assert all(f" {name} " in said for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_examples_and_exit_codes(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The help of each command shows how it is typed and what its exit codes mean."""
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert f"python -m dashboard {name}" in said.partition("examples:")[2]
    assert re.search(r"exit codes:?.*\b0 .*\b1 .*\b2 ", said, re.DOTALL)


def test_a_port_in_use_gets_one_sentence(tmp_path: Path) -> None:
    """A port that another program holds ends the start with code 1 and one sentence."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        process = started("--no-browser", f"--port={port}", cwd=tmp_path)
        said = process.communicate(timeout=SECONDS)
    assert said == ("", f"Port {port} is in use; choose another with --port.\n")
    assert process.returncode == 1


def test_a_missing_debate_gets_one_sentence(tmp_path: Path) -> None:
    """A folder that is not there ends the start with code 1 and one sentence."""
    process = started("--no-browser", "--debate=nowhere", cwd=tmp_path)
    said = process.communicate(timeout=SECONDS)
    assert said == ("", f"There is no debate in {tmp_path / 'nowhere'}: no such folder.\n")
    assert process.returncode == 1


def test_a_broken_debate_gets_one_sentence(broken_debate: Path) -> None:
    """A broken debate ends the start with code 1, the number of problems and where to see them."""
    process = started(
        "--no-browser", f"--port={free_port()}", f"--debate={broken_debate.name}",
        cwd=broken_debate.parent,
    )  # fmt: skip
    said = process.communicate(timeout=SECONDS)
    assert said == (
        "",
        f"The debate in {broken_debate} has 2 problems; to see them, run: "
        f"python -m dashboard check {broken_debate}\n",
    )
    assert process.returncode == 1


def test_a_broken_debate_among_sound_ones_is_listed(broken_debate: Path) -> None:
    """The sound one is served, and the terminal has the problems of the other with their lines."""
    folder = broken_debate.parent / "several"
    folder.mkdir()
    broken_debate.rename(folder / "a")
    write_debate(folder / "b")
    process = started(
        "--no-browser", f"--port={free_port()}", "--debate=several", cwd=folder.parent
    )
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(4)]
    process.terminate()
    process.communicate(timeout=SECONDS)
    assert lines[0] == "a cannot be opened:\n"
    assert all(re.match(r"  a/[a-z.]+:[0-9]+: ", line) for line in lines[1:3])
    assert "is at http://localhost" in lines[3]


@pytest.fixture
def opened_in_browser(tmp_path: Path) -> tuple[str, Path]:
    """Give a browser for the variable BROWSER, and the file to which it writes the address."""
    opened = tmp_path / "opened.txt"
    browser = tmp_path / "browser.py"
    browser.write_text(f"import sys\nopen({str(opened)!r}, 'w').write(sys.argv[1])\n")
    return f"{sys.executable} {browser} %s", opened


def test_opens_a_browser_and_leaves_on_interrupt(
    tmp_path: Path, opened_in_browser: tuple[str, Path]
) -> None:
    """From any folder it says one line, opens a browser there, and Ctrl-C gives code 0."""
    browser, opened = opened_in_browser
    port = free_port()
    process = started("serve", f"--port={port}", cwd=tmp_path, BROWSER=browser)
    assert process.stdout
    line = process.stdout.readline()
    deadline = time.monotonic() + SECONDS
    while not (opened.exists() and opened.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=SECONDS)
    assert opened.read_text() == f"http://localhost:{port}"
    assert line == f"Vehicle or Cure? is at http://localhost:{port} (press Ctrl-C to stop)\n"
    assert said == ("", "")
    assert process.returncode == 0


def test_leaves_quietly_while_starting(tmp_path: Path) -> None:
    """SIGTERM during the start, as soon as the port is taken, gives code 0 and no traceback."""
    port = free_port()
    process = started("--no-browser", f"--port={port}", cwd=tmp_path)
    wait_until_taken(port)
    process.send_signal(signal.SIGTERM)
    _, error = process.communicate(timeout=SECONDS)
    assert error == ""
    assert process.returncode == 0


def test_leaves_though_a_reader_takes_no_more(tmp_path: Path) -> None:
    """SIGTERM ends the server though an answer was asked for and is not read to its end."""
    port = free_port()
    with started("--no-browser", f"--port={port}", cwd=tmp_path) as process:
        assert process.stdout
        process.stdout.readline()
        with socket.create_connection(("127.0.0.1", port)) as reader:
            name = next(web_page.ASSETS.glob("plotly-*.js")).name
            reader.sendall(f"GET /assets/{name} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * 20)
            reader.recv(1_000)
            process.send_signal(signal.SIGTERM)
            _, error = process.communicate(timeout=SECONDS)
    assert error == ""
    assert process.returncode == 0


def wait_until_taken(port: int) -> None:
    """Return once something accepts connections at the port."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", "http://localhost:8501"),
        ("127.0.0.1", "http://localhost:8501"),
        ("0.0.0.0", "http://localhost:8501"),
        ("::", "http://localhost:8501"),
        ("::1", "http://[::1]:8501"),
        ("192.168.1.7", "http://192.168.1.7:8501"),
    ],
)
def test_address_is_one_a_browser_can_open(host: str, expected: str) -> None:
    """The address said is one that works on this machine, whatever the server listens at."""
    assert address(host, 8501) == expected


def test_one_name_for_each_variable() -> None:
    """The variables that the command line sets are those that the app reads."""
    assert DEBATE_VARIABLE == open_debate.FOLDER_VARIABLE
    assert HOSTS_VARIABLE == allowed_hosts.HOSTS_VARIABLE


def test_allowed_names_join_those_of_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each --allow-host adds a name to those that the environment gives."""
    monkeypatch.setenv(allowed_hosts.HOSTS_VARIABLE, "a.org")
    monkeypatch.setattr(serve_command, "serve", lambda *_, **__: 0)
    assert main(["--allow-host", "b.org", "--allow-host", "c.org"]) == 0
    listed = os.environ[allowed_hosts.HOSTS_VARIABLE]
    assert allowed_hosts.hosts_named(listed) == {"a.org", "b.org", "c.org"}


def test_an_unknown_command_is_named_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped command gives code 2 and the command that was perhaps meant."""
    with pytest.raises(SystemExit) as ended:
        main(["chek", "my-debate"])
    assert ended.value.code == 2
    said = 'there is no command "chek", did you mean "check"?'
    assert capsys.readouterr().err == f"{said}; see: python -m dashboard --help\n"
