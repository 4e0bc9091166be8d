"""Filter: marks dim and nothing moves; the count is right; an empty choice can be undone."""

from __future__ import annotations

from itertools import product
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser import source
from tests.browser.reader import Reader

pytestmark = pytest.mark.browser

ONE_OR_NONE: tuple[tuple[str, ...], ...] = ((), *((school,) for school in source.SCHOOLS))
ROLE_OR_NONE: tuple[tuple[str, ...], ...] = ((), *((role,) for role in source.ROLES))


def _expect(reader: Reader, matching: set[str]) -> None:
    reader.expect_count(len(matching), source.authors(matching))
    reader.expect_lit(matching)


def test_each_filter_dims_exactly_what_does_not_match(reader: Reader) -> None:
    """Each school, each role and words, chosen by hand, light the marks that match; none moves."""
    reader.open()
    places = reader.places()
    groups = (("School", "school", source.SCHOOLS), ("Role", "role", source.ROLES))
    for group, name, options in groups:
        for key, label in options.items():
            option = reader.option(group, label)
            option.click()
            _expect(reader, source.matching(**{name: (key,)}))  # type: ignore[arg-type]
            expect(option).to_have_attribute("aria-pressed", "true")
            assert reader.places() == places
            option.click()
            _expect(reader, set(source.PASSAGES))
    reader.search("alliance")
    _expect(reader, source.matching(words="alliance"))
    assert reader.places() == places


def test_several_of_one_filter_widen_and_two_filters_narrow(reader: Reader) -> None:
    """Two schools let both through; a role beside them lets only that role through."""
    reader.open()
    reader.option("School", "Attachment").click()
    reader.expect_query(school="attachment")
    reader.option("School", "Depth-psychological").click()
    reader.expect_query(school=["depth-psychological", "attachment"])
    both = ("depth-psychological", "attachment")
    _expect(reader, source.matching(school=both))
    reader.option("Role", "Thesis").click()
    _expect(reader, source.matching(school=both, role=("thesis",)))
    reader.search("BOND therapist")
    _expect(reader, source.matching(school=both, role=("thesis",), words="bond therapist"))


def test_every_combination_counts_and_lights_right(reader: Reader) -> None:
    """For each school, role and words together, count and opacities are those of the files."""
    reader.open()
    places = reader.places()
    for school, role, words in product(ONE_OR_NONE, ROLE_OR_NONE, ("", "alliance", "patient")):
        reader.turn_to(
            urlencode({"school": school, "role": role, **({"q": words} if words else {})}, True)
        )
        wanted = source.matching(school, role, words)
        _expect(reader, wanted)
        if wanted:
            expect(reader.page.locator(".st-key-empty_state")).to_have_count(0)
        else:
            expect(reader.page.locator(".empty h2")).to_have_text("No passage matches.")
    assert reader.places() == places


def test_arrows_and_ticks_dim_with_their_passages(reader: Reader) -> None:
    """An arrow is as bright as its passage."""
    reader.open("school=empirical")
    lit = source.matching(school=("empirical",))
    reader.expect_lit(lit)
    assert {i: d["opacity"] == 1 for i, d in reader.drifts().items()} == {
        i: i in lit for i in reader.drifts()
    }


def test_spans_dim_with_their_row(reader: Reader) -> None:
    """A bar is strong while a mark of its row is lit: opened so, clicked so, and undone."""
    drawn = """() => { const chart = document.querySelector('.js-plotly-plot')
      return chart.layout.shapes.flatMap(({name}, i) => name === 'span'
        ? [+chart.querySelector(`.shapelayer path[data-index="${i}"]`)?.style.opacity] : []) }"""

    def expect_spans(*wanted: float) -> None:
        reader.until(lambda: reader.page.evaluate(drawn) == [*wanted], lambda: f"not {wanted}")

    reader.open("school=attachment")
    expect_spans(0.11, 0.04)
    reader.option("School", "Attachment").click()
    expect_spans(0.11, 0.11)
    reader.option("School", "Depth-psychological").click()
    expect_spans(0.04, 0.04)


def test_an_empty_choice_names_the_filter_and_undoes_it(reader: Reader) -> None:
    """A combination that matches nothing names what emptied it; its button brings passages back."""
    reader.open("school=empirical&role=thesis&q=alchemical")
    assert source.matching(("empirical",), ("thesis",), "alchemical") == set()
    empty = reader.page.locator(".st-key-empty_state")
    without = {
        "School: Empirical": source.matching((), ("thesis",), "alchemical"),
        "Words: alchemical": source.matching(("empirical",), ("thesis",)),
        "Role: Thesis": source.matching(("empirical",), (), "alchemical"),
    }
    for asked, back in without.items():
        expect(empty.get_by_role("button", name=f"Undo “{asked}”")).to_have_count(int(bool(back)))
        if back:
            expect(empty.locator("p").first).to_contain_text(f"“{asked}”")
    reader.expect_lit(set())
    back = without["Words: alchemical"]
    noun = "passage" if len(back) == 1 else "passages"
    empty.get_by_role("button", name=f"Undo “Words: alchemical” ({len(back)} {noun})").click()
    reader.expect_query(school="empirical", role="thesis")
    _expect(reader, back)
    expect(reader.words()).to_have_value("")
    expect(empty).to_have_count(0)


def test_all_filters_can_be_cleared_at_once(reader: Reader) -> None:
    """From a combination that matches nothing one button clears school, role and words."""
    reader.open("school=empirical&role=aside&q=zzzz&basis=gloss")
    reader.page.get_by_role("button", name="Clear all filters").click()
    reader.expect_query(basis="gloss")
    _expect(reader, set(source.PASSAGES))
    expect(reader.option("School", "Empirical")).to_have_attribute("aria-pressed", "false")


def test_the_help_says_whose_sorting_the_schools_are(reader: Reader) -> None:
    """The filter's help says that the schools are this page's own; a panel shows how sure."""
    reader.open()
    reader.page.get_by_role("button", name="Help for School").hover()
    expect(reader.page.get_by_role("tooltip")).to_contain_text(source.DEBATE["schools_help"])
    reader.page.mouse.move(2, 2)
    reader.page.get_by_text("How the passages were sorted into schools").click()
    table = reader.page.get_by_role("table", name="Schools, second schools and how sure")
    rows = table.locator("tbody tr")
    expect(rows.first).to_be_visible()
    reader.at_rest()
    texts = rows.evaluate_all(
        "rows => rows.map(r => [...r.querySelectorAll('th, td')].map(c => c.innerText.trim()))"
    )
    found: dict[str, tuple[str, str, str]] = {}
    for school, second, sure, passages in texts:
        found |= dict.fromkeys(passages.split(", "), (school, second, sure))
    assert found == {
        i: (
            source.SCHOOLS[p["school"]],
            source.SCHOOLS.get(p.get("second_school", ""), "none"),
            f"{p['confidence']} of 3",
        )
        for i, p in source.PASSAGES.items()
    }
