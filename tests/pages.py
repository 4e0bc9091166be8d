"""Pages of quotes to import: the source page, one made by hand, and pages drawn at random."""

from pathlib import Path

from hypothesis import strategies as st

from dashboard.debate.directions import without_turning
from dashboard.debate.page_reader import ROLES, is_seen, trimmed
from tests.strategies import HOSTILE

SOURCE_PAGE = Path(__file__).with_name("source-page.txt")

CITATIONS = (
    "Yalom, Irvin D., The Gift of Therapy, Second Edition, 2002",
    "Flores, Philip J, Group Psychotherapy with Addicted Populations An, 1997",
    "Flores, Philip J., Group Psychotherapy with Addicted Populations, 1997",
    "van der Kolk, Bessel A., The Body Keeps the Score, 2014",
    "World Health Organization, Mental Health, Human Rights and Legislation, 2005",
    "Norcross, J. C., Wampold, B. E., & Lambert, M., What Works (3rd ed.), 2011",
    "Orwell, George, 1984",
    "Smith, John, The Null Hypothesis",
    "Smith, John, A Doctoral Thesis",
    "Beowulf",
)

PAGE = """\
Two voices on one bond.

In the library
2 passages

Trust carries method.
Birch says that trust carries method.
Birch, Ben, On Method, 2001thesis
The bond itself heals.
Aster holds that the bond heals.
Aster, Ada, Warmth, 1990 aside
"""

_one_line = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=60
)
lines = st.one_of(
    _one_line,
    st.sampled_from(HOSTILE),
    st.sampled_from(["my own thesis", "\u00a0supporting\u00a0", "23 passages", "= 1+1", '"', ","]),
).filter(is_seen)
"""One line of a page, anything that can be seen."""

citations = (
    st.one_of(st.sampled_from(CITATIONS), lines).map(without_turning).map(trimmed).filter(is_seen)
)
introductions = st.lists(lines, min_size=1, max_size=3).filter(
    lambda drawn: not any(trimmed(line).casefold() == "in the library" for line in drawn)
)
gaps = st.sampled_from(["", "", " ", "\u00a0", "\t", " \u200b"])


@st.composite
def passages(draw: st.DrawFn) -> tuple[str, str, str, str]:
    """Draw quote, gloss, citation and role."""
    return draw(lines), draw(lines), draw(citations), draw(st.sampled_from(ROLES))


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, list[str], list[tuple[str, str, str, str]]]:
    """Draw a page, with what it must be read as: its introduction and its passages."""
    introduction = draw(introductions)
    drawn = draw(st.lists(passages(), min_size=1, max_size=6))
    written = [*introduction, "In the library", f"{len(drawn)} passages"]
    for quote, gloss, citation, role in drawn:
        written += [quote, gloss, f"{citation}{draw(gaps)}{role}"]
    return "\n".join(written), introduction, drawn


@st.composite
def spoiled(draw: st.DrawFn, page: str) -> str:
    """Draw another form of the same page: line ends, blank lines, a byte order mark."""
    end = draw(st.sampled_from(["\n", "\r\n"]))
    blank = draw(st.sampled_from(["", " ", "\u00a0", "\u200b", "\t"]))
    head, mark, rest = page.partition("\nIn the library\n")
    between = draw(st.sampled_from([end, f"{end}{blank}{end}"]))
    text = head.replace("\n", end) + (end + mark.strip() + end) + rest.replace("\n", between)
    return draw(st.sampled_from(["", "\ufeff"])) + text + draw(st.sampled_from(["", end, between]))
