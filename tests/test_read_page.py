"""The pages Read and Cite by Streamlit's own test runner and as HTML."""

from __future__ import annotations

from datetime import date

from streamlit.testing.v1 import AppTest

from dashboard.reader.cite_page import cite, cite_copies
from dashboard.reader.read_page import body
from dashboard.reading import copied
from dashboard.seen import seen
from dashboard.view import View
from tests.asking import page_at
from tests.strategies import parsed, shipped
from tests.test_pages import query, text

TODAY = date(2026, 11, 25)


def opened() -> AppTest:
    """Open the page for reading."""
    return page_at("read")


def entries(app: AppTest) -> list[str]:
    """Return the ids of the passages listed, in order."""
    cards = parsed(text(app)).all("article")
    return [card.attributes["data-entry"] for card in cards]


def test_each_control_of_the_page_does_what_it_says() -> None:
    """Words, order, school and role change the list and the link; steps choose a passage."""
    app = opened()
    assert entries(app) == [f"p{n:02}" for n in range(1, 24)]
    app.text_input(key="words").set_value("strupp").run()
    assert query(app) == {"q": ["strupp"]}
    assert {"p08", "p09", "p18"} <= set(entries(app))
    assert "best first" in text(app)
    app.selectbox(key="order").set_value("author").run()
    assert query(app) == {"q": ["strupp"], "by": ["author"]}
    assert "Philip J. Flores" in text(app)
    app.text_input(key="words").set_value("").run()
    app.button_group(key="school").set_value(["depth-psychological"]).run()
    app.button_group(key="role").set_value(["aside"]).run()
    assert query(app) == {
        "school": ["depth-psychological"],
        "role": ["aside"],
        "by": ["author"],
    }
    assert entries(app) == ["p21"]
    app.button_group(key="school").set_value([]).run()
    app.button(key="next").click().run()
    first = query(app)["passage"]
    app.button(key="next").click().run()
    assert query(app)["passage"] != first
    app.button(key="previous").click().run()
    assert query(app)["passage"] == first


def test_an_empty_list_can_be_left() -> None:
    """Where nothing is found, one button undoes words and filters."""
    app = opened()
    app.text_input(key="words").set_value("zzzqq").run()
    assert entries(app) == []
    app.button(key="clear_filters").click().run()
    assert query(app) == {}
    assert len(entries(app)) == 23


def test_a_search_without_a_word_says_so() -> None:
    """Where only signs are looked for, everything is there and the page says why."""
    app = opened()
    app.text_input(key="words").set_value("...").run()
    assert "23 of 23 passages</b>; what you look for holds no word" in text(app)


def test_leaves_are_turned() -> None:
    """Where the list is longer than a leaf, two buttons turn the leaves."""
    app = opened()
    app.selectbox(key="order").set_value("construct").run()
    first = entries(app)
    app.button(key="leaf_after").click().run()
    assert query(app) == {"by": ["construct"], "leaf": ["2"]}
    assert entries(app) != first
    app.button(key="leaf_before").click().run()
    assert entries(app) == first
    assert app.button(key="leaf_before").disabled


def test_what_is_found_is_lit_in_the_verbatim_text() -> None:
    """Word forms are lit in quote and gloss, whose texts stay what they are; names are named."""
    page = parsed(body(shipped(), View(q="relations outcome")))
    for shown in page.all("blockquote"):
        assert shown.text == shipped().passage(shown.attributes["data-passage"]).quote
    marks = {mark.text for mark in page.all("mark")}
    assert {"relate", "relational", "outcome"} <= marks
    named = parsed(body(shipped(), View(q="Leszcz")))
    assert "found in the author’s name" in named.text


def test_the_essay_is_whole_and_leads_to_passages() -> None:
    """The introduction stands there byte for byte, with links from its names."""
    page = parsed(body(shipped(), View()))
    assert shipped().debate.library.essay in page.text
    links = {a.text: a.attributes["href"] for a in page.all("a") if a.text in ("Jung", "Schore")}
    assert links == {"Jung": "./?passage=p03", "Schore": "./?passage=p02"}


def test_a_passage_outside_the_list_and_an_empty_list_are_said() -> None:
    """A link to a passage that filters hide says so and leads to it; nothing found is said."""
    page = parsed(body(shipped(), View(school=("empirical",), passage="p02")))
    assert "p02 is not among these passages." in page.text
    assert "No passage with “zzz” is among these." in parsed(body(shipped(), View(q="zzz"))).text


def test_a_view_is_cited_with_version_link_and_works() -> None:
    """The citation names the data, its version, the link and every work quoted, in each style."""
    base = "https://example.org/"
    for style in ("apa", "chicago", "mla"):
        shown = seen(shipped(), View(author="flores", style=style))
        page = parsed(cite(shown, base, TODAY)).text
        *_, section = page.split("Only the author chosen: 9 passages by Philip J. Flores")
        chosen, everything = section.split("All passages: 23 of 23 passages, 11 of 11 authors")[:2]
        assert "Yalom" in everything
        view_copied = cite_copies(shown, base, TODAY)["this view"]
        for said in (chosen, view_copied):
            assert "Vehicle or Cure?" in said
            assert "data version 1.0.0" in said.lower()
            assert "https://example.org/?author=flores" in said
            assert "2026" in said
            assert said.lower().count("addiction as an attachment disorder") == 1
            assert said.lower().count("group psychotherapy with addicted populations") == 1
            assert "Yalom" not in said
        assert "9 passages by Philip J. Flores" in page


def test_what_is_chosen_is_cited_apart_from_what_matches() -> None:
    """A passage or author chosen is offered first and alone, then all that the filters let through.

    Each has its own button, its own files and its own quotes; without a choice there is one list.
    """
    base = "https://example.org/"
    shown = seen(shipped(), View(school=("empirical",), passage="p12"))
    page, copies = parsed(cite(shown, base, TODAY)), cite_copies(shown, base, TODAY)
    titles = [title.text for title in page.all("h2")]
    assert titles == [
        "Only the passage chosen, p12",
        "All that match the filters: 13 of 23 passages, 5 of 11 authors",
        "For a reference manager",
        "The quotes that match the filters, each with its citation",
    ]
    assert "Wampold" not in copies["this view"]
    assert "Addiction as an attachment disorder" in copies["this view"]
    assert "Wampold" in copies["all that match"]
    assert copies["p12"] == copied(shipped(), "p12")
    quotes = [quote.attributes["data-passage"] for quote in page.all("blockquote")]
    assert (quotes[0], len(quotes)) == ("p12", 14)
    assert "https://example.org/?school=empirical&passage=p12" in copies["this view"]
    assert copies["all that match"].split("Works quoted")[0].count("passage=") == 0
    assert len([nav for nav in page.all("nav") if nav.attributes["class"] == "styles"]) == 1
    assert "The passage chosen: BibTeX, RIS, CSL-JSON" in page.text
    whole = seen(shipped(), View(school=("empirical",)))
    assert parsed(cite(whole, base, TODAY)).all("h2")[0].text == whole.count
    assert "all that match" not in cite_copies(whole, base, TODAY)


def test_each_quote_is_copied_with_its_citation() -> None:
    """Strupp is cited in Flores; Holmes is never credited to Bowlby."""
    copies = cite_copies(seen(shipped(), View()), "https://example.org/", TODAY)
    assert "Strupp, as cited in Flores, 1997" in copies["p09"]
    assert "as cited in Holmes, 2014" in copies["p06"]
    assert "Bowlby, " not in copies["p06"]
    assert len(copies) == 24
