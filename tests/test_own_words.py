"""What the app says of a debate is the debate's own: nothing is said that is not in its files."""

from datetime import date

import pytest

from dashboard.debate.schema import debate_schema
from dashboard.open_debate import FOLDER_VARIABLE, open_folder
from dashboard.reader.cite_page import cite
from dashboard.reader.map_page import arranges_of
from dashboard.reader.sources_page import sources
from dashboard.reading import full
from dashboard.seen import seen
from dashboard.view import View
from tests.a_debate import replace
from tests.strategies import parsed
from tests.test_pages import opened, text

PAGES = "Pages are those of the <first> edition."


def said(folder):
    """Give what the pages of citations and of sources say, and what stands beside a passage."""
    own = open_folder(folder)
    shown = seen(own, View())
    cited = parsed(cite(shown, "http://localhost/", date(2026, 1, 1))).text
    return cited, parsed(sources(own, View())).text, dict(full(own, "p01").source)


def test_of_page_numbers_only_the_debate_speaks(tiny_debate):
    """The sentence on page numbers is the debate's; one that gives none has none."""
    cited, listed, beside = said(tiny_debate)
    assert "page numbers" not in cited + listed
    assert "Page" not in beside
    replace(tiny_debate, "debate.yaml", "disclaimers:\n", f'disclaimers:\n  pages: "{PAGES}"\n')
    cited, listed, beside = said(tiny_debate)
    assert PAGES in cited
    assert PAGES in listed
    assert beside["Page"] == PAGES


@pytest.mark.parametrize("read", [True, False])
def test_that_nobody_has_read_is_said_until_somebody_has(tiny_debate, monkeypatch, read):
    """As long as there is no reading the map says that nothing has a mark, and no longer."""
    if not read:
        (tiny_debate / "codings.csv").unlink()
    monkeypatch.setenv(FOLDER_VARIABLE, str(tiny_debate))
    assert ("they have no mark until they are read" in text(opened())) is not read


def test_the_second_axis_is_called_what_the_debate_calls_it(tiny_debate):
    """The arrangement by the second axis bears that axis's title."""
    own = open_folder(tiny_debate)
    assert own.debate.medium
    assert ("medium", own.debate.medium.title) in arranges_of(own)


def test_the_schema_speaks_of_no_debate():
    """What an editor is told of a field is true of any debate."""
    assert "bond" not in str(debate_schema()).lower()
