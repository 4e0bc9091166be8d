"""A large debate: the same page, its rows in pages, its marks merged, answered as quickly."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.benchmarks.generated_debate import write_debate
from tests.browser import source
from tests.browser.conftest import ReaderFrom
from tests.browser.reader import Held, Reader
from tests.browser.serving import served

pytestmark = pytest.mark.browser

PASSAGES, AUTHORS = 900, 40
SCHOOLS: tuple[tuple[str, ...], ...] = ((), ("attachment",), ("attachment", "empirical"))
ROLES: tuple[tuple[str, ...], ...] = ((), ("aside",))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a generated debate."""
    where = tmp_path_factory.mktemp("large") / "debate"
    write_debate(where, passages=PASSAGES, authors=AUTHORS)
    return where


@pytest.fixture(scope="module")
def large(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address at which the generated debate is served."""
    with served(tmp_path_factory.mktemp("elsewhere"), folder) as address:
        yield address


@pytest.fixture(scope="module")
def passages(folder: Path) -> list[dict[str, str]]:
    """Give the rows of the generated passages.csv, each with its author."""
    works = {work["id"]: work["author"] for work in source.read(folder / "works.yaml")}
    with (folder / "passages.csv").open(encoding="utf-8", newline="") as file:
        return [row | {"author": works[row["work"]]} for row in csv.DictReader(file)]


def expect_matching(reader: Reader, passages: list[dict[str, str]], table: bool = True) -> None:
    """Wait until the count and the table hold exactly these passages."""
    reader.expect_count(
        len(passages), len({row["author"] for row in passages}), of=(PASSAGES, AUTHORS)
    )
    if table:
        rows = reader.page.locator("table[data-table=passages] tbody th")
        expect(rows).to_have_text([row["id"] for row in passages[:100]])


def test_choices_are_answered_without_the_server(
    large: str, passages: list[dict[str, str]], reader_at: ReaderFrom
) -> None:
    """While the server hears nothing, schools and roles still give count, rows, marks and card."""
    reader = reader_at(large)
    held = Held(reader.page)
    reader.open()
    reader.answers_held()
    held.closed = True
    school_of = {row["id"]: row["school"] for row in passages}
    for schools, roles in product(SCHOOLS, ROLES):
        _choose(reader, "School", source.SCHOOLS, schools)
        _choose(reader, "Role", source.ROLES, roles)
        matching = [
            row
            for row in passages
            if (not schools or row["school"] in schools) and (not roles or row["role"] in roles)
        ]
        expect_matching(reader, matching)
        reader.expect_read(matching[0]["id"])
        lit = reader.lit()
        if not roles:
            expected = {i for i in reader.marks() if not schools or school_of[i] in schools}
            assert lit == expected
        else:
            assert lit < set(reader.marks())


def _choose(reader: Reader, group: str, names: dict[str, str], chosen: tuple[str, ...]) -> None:
    for key, label in names.items():
        option = reader.option(group, label)
        if (option.get_attribute("aria-pressed") == "true") != (key in chosen):
            option.click()


def test_the_server_says_the_same(
    large: str, passages: list[dict[str, str]], reader_at: ReaderFrom
) -> None:
    """What the browser answered stays when the server has answered, and its link shows the same."""
    reader = reader_at(large).open()
    reader.answers_held()
    reader.option("School", "Empirical").click()
    reader.option("Role", "Thesis").click()
    matching = [r for r in passages if (r["school"], r["role"]) == ("empirical", "thesis")]
    expect_matching(reader, matching)
    lit = reader.lit()
    reader.expect_query(school="empirical", role="thesis")
    reader.page.wait_for_timeout(600)
    expect_matching(reader, matching)
    assert reader.lit() == lit
    again = reader_at(large).open("school=empirical&role=thesis")
    expect_matching(again, matching)
    again.expect_lit(lit)
    again.expect_read(matching[0]["id"])


def test_rows_come_in_pages_and_words_are_found(
    large: str, passages: list[dict[str, str]], reader_at: ReaderFrom
) -> None:
    """Another page of rows shows other authors' marks; words are found in all of them."""
    reader = reader_at(large).open()
    first = set(reader.marks())
    reader.page.get_by_role("button", name="Authors after").click()
    reader.expect_query(rows="2")
    reader.until(lambda: not first & set(reader.marks()), lambda: "the marks stayed")
    word = passages[0]["quote"].split()[2].strip(".,;").lower()
    matching = [r for r in passages if word in f"{r['quote']}\n{r['gloss']}".lower()]
    reader.search(word)
    expect_matching(reader, matching)


def after(passage: str, by: int) -> str:
    """Return the id of the passage so many on, in the order of the generated debate."""
    return f"p{int(passage[1:]) + by:0{len(passage) - 1}d}"


def test_a_mark_is_read_and_left_by_its_keys(large: str, reader_at: ReaderFrom) -> None:
    """A click on a merged mark reads its first passage; next leads on from there."""
    reader = reader_at(large).open()
    passage = sorted(reader.marks())[3]
    reader.click_mark(passage)
    reader.expect_read(passage)
    reader.page.get_by_role("button", name="Next ›").click()
    reader.expect_read(after(passage, 1))


def held_back(reader: Reader) -> tuple[Reader, Held, str]:
    """Open the page; give it, what can keep back its session, and the passage of a mark."""
    held = Held(reader.page)
    reader.open().answers_held()
    return reader, held, sorted(reader.marks())[3]


def test_steps_count_before_the_server_has_answered(large: str, reader_at: ReaderFrom) -> None:
    """Steps from a mark, taken while no answer comes, lead on from it each by one passage."""
    reader, held, passage = held_back(reader_at(large))
    held.late = True
    reader.click_mark(passage)
    reader.expect_read(passage)
    for _ in range(2):
        reader.page.get_by_role("button", name="Next ›").click()
    reader.page.keyboard.press("ArrowRight")
    held.let_through()
    reader.expect_read(after(passage, 3))
    reader.expect_query(passage=after(passage, 3))
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
        reader.page.keyboard.press(key)
    reader.expect_read(after(passage, 4))
    reader.expect_query(passage=after(passage, 4))


def test_choices_told_at_once_all_count(large: str, reader_at: ReaderFrom) -> None:
    """A mark and a school of which the server hears together are both chosen."""
    reader, held, passage = held_back(reader_at(large))
    held.slow = True
    reader.click_mark(passage)
    reader.option("School", "Attachment").click()
    reader.expect_read(passage)
    reader.page.wait_for_timeout(300)
    held.tell()
    reader.expect_query(school="attachment", passage=passage)
    reader.expect_read(passage)
