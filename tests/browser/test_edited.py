"""Edited: a debate that no longer passes the check leaves the reader on the last good one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import source
from tests.browser.conftest import ReaderFrom
from tests.browser.serving import served

pytestmark = pytest.mark.browser


def test_a_broken_edit_is_listed_and_loses_nothing(reader_at: ReaderFrom, tmp_path: Path) -> None:
    """After a broken edit the page shows the last good debate and file, line and problem."""
    folder = tmp_path / "debate"
    shutil.copytree(source.FOLDER, folder)
    passages = folder / "passages.yaml"
    good = passages.read_text(encoding="utf-8")
    with served(tmp_path, folder) as address:
        reader = reader_at(address).open("school=attachment&passage=p12")
        problems = reader.page.locator(".st-key-problem_list")
        expect(problems).to_have_count(0)
        broken = good.replace("school: attachment", "school: attachmnt", 1)
        line = broken[: broken.index("attachmnt")].count("\n") + 1
        passages.write_text(broken, encoding="utf-8", newline="")
        reader.page.reload()
        reader.ready()
        expect(problems).to_contain_text("You are reading the last good version.")
        expect(problems).to_contain_text(f"passages.yaml:{line}:")
        expect(problems).to_contain_text("attachmnt")
        reader.expect_read("p12")
        assert reader.text(reader.quote()) == source.PASSAGES["p12"]["quote"]
        reader.expect_lit(source.matching(("attachment",)))
        passages.unlink()
        reader.page.reload()
        reader.ready()
        expect(problems).to_contain_text("passages")
        reader.expect_read("p12")
        mended = good.replace("come to terms with", "come to grips with", 1)
        passages.write_text(mended, encoding="utf-8", newline="")
        reader.page.reload()
        reader.ready()
        reader.expect_read("p12")
        expect(problems).to_have_count(0)
        expect(reader.quote()).to_contain_text("come to grips with")
        # Left before the server stops, which an open page would report.
        reader.page.goto("about:blank")
