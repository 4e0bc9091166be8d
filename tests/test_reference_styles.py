"""References in APA, Chicago and MLA: each work of the shipped debate, word for word."""

import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.debate.model import CitedName, Csl, Work
from dashboard.debate.reference_styles import (
    STYLE_LABELS,
    citation_in_text,
    cite_view,
    formatted_bibliography,
    formatted_reference,
)
from tests.strategies import HOSTILE, SHIPPED, few, parsed, said, shipped

APA = (
    "Brazier, D. (1995). <i>Zen therapy: Transcending the sorrows of the human mind</i>. "
    "John Wiley &amp; Sons.",
    "Courtois, C. A., &amp; Ford, J. D. (Eds.). (2009). <i>Treating complex traumatic stress "
    "disorders: An evidence-based guide</i>. Guilford Press.",
    "Flores, P. J. (1997). <i>Group psychotherapy with addicted populations: An integration of "
    "twelve-step and psychodynamic theory</i> (2nd ed.). Haworth Press.",
    "Flores, P. J. (2004). <i>Addiction as an attachment disorder</i>. Jason Aronson.",
    "Holmes, J. (2014). <i>John Bowlby and attachment theory</i> (2nd ed.). Routledge.",
    "Jung, C. G. (1954). The practice of psychotherapy: Essays on the psychology of the "
    "transference and other subjects (R. F. C. Hull, Trans.). In H. Read, M. Fordham, &amp; "
    "G. Adler (Eds.), <i>Collected Works</i> (Vol. 16). Pantheon Books for the Bollingen "
    "Foundation.",
    "Levine, P. A. (2010). <i>In an unspoken voice: How the body releases trauma and restores "
    "goodness</i>. North Atlantic Books.",
    "Norcross, J. C., &amp; Wampold, B. E. (2011). Evidence-based therapy relationships: Research "
    "conclusions and clinical practices. <i>Psychotherapy</i>, <i>48</i>(1), 98–102. "
    "https://doi.org/10.1037/a0022161",
    "Schore, A. N. (1994). <i>Affect regulation and the origin of the self: The neurobiology of "
    "emotional development</i>. Lawrence Erlbaum Associates.",
    "Sedgwick, D. (2001). <i>Introduction to Jungian psychotherapy: The therapeutic "
    "relationship</i>. Brunner-Routledge. https://doi.org/10.4324/9780203360705",
    "Wampold, B. E. (2015). How important are the common factors in psychotherapy? An update. "
    "<i>World Psychiatry</i>, <i>14</i>(3), 270–277. https://doi.org/10.1002/wps.20238",
    "Yalom, I. D., &amp; Leszcz, M. (2005). <i>The theory and practice of group psychotherapy</i> "
    "(5th ed.). Basic Books.",
)
CHICAGO = (
    "Brazier, David. 1995. <i>Zen Therapy: Transcending the Sorrows of the Human Mind</i>. "
    "John Wiley &amp; Sons.",
    "Courtois, Christine A., and Julian D. Ford, eds. 2009. <i>Treating Complex Traumatic Stress "
    "Disorders: An Evidence-Based Guide</i>. Guilford Press.",
    "Flores, Philip J. 1997. <i>Group Psychotherapy with Addicted Populations: An Integration of "
    "Twelve-Step and Psychodynamic Theory</i>. 2nd ed. Haworth Press.",
    "Flores, Philip J. 2004. <i>Addiction as an Attachment Disorder</i>. Jason Aronson.",
    "Holmes, Jeremy. 2014. <i>John Bowlby and Attachment Theory</i>. 2nd ed. Makers of Modern "
    "Psychotherapy. Routledge.",
    "Jung, C. G. 1954. <i>The Practice of Psychotherapy: Essays on the Psychology of the "
    "Transference and Other Subjects</i>. In <i>Collected Works</i>, edited by Herbert Read, "
    "Michael Fordham, and Gerhard Adler, translated by R. F. C. Hull, vol. 16. Bollingen Series "
    "XX. Pantheon Books for the Bollingen Foundation.",
    "Levine, Peter A. 2010. <i>In an Unspoken Voice: How the Body Releases Trauma and Restores "
    "Goodness</i>. North Atlantic Books.",
    "Norcross, John C., and Bruce E. Wampold. 2011. “Evidence-Based Therapy Relationships: "
    "Research Conclusions and Clinical Practices.” <i>Psychotherapy</i> 48 (1): 98–102. "
    "https://doi.org/10.1037/a0022161.",
    "Schore, Allan N. 1994. <i>Affect Regulation and the Origin of the Self: The Neurobiology of "
    "Emotional Development</i>. Lawrence Erlbaum Associates.",
    "Sedgwick, David. 2001. <i>Introduction to Jungian Psychotherapy: The Therapeutic "
    "Relationship</i>. Brunner-Routledge. https://doi.org/10.4324/9780203360705.",
    "Wampold, Bruce E. 2015. “How Important Are the Common Factors in Psychotherapy? An Update.” "
    "<i>World Psychiatry</i> 14 (3): 270–77. https://doi.org/10.1002/wps.20238.",
    "Yalom, Irvin D., and Molyn Leszcz. 2005. <i>The Theory and Practice of Group "
    "Psychotherapy</i>. 5th ed. Basic Books.",
)
MLA = (
    "Brazier, David. <i>Zen Therapy: Transcending the Sorrows of the Human Mind</i>. "
    "John Wiley &amp; Sons, 1995.",
    "Courtois, Christine A., and Julian D. Ford, editors. <i>Treating Complex Traumatic Stress "
    "Disorders: An Evidence-Based Guide</i>. Guilford Press, 2009.",
    "Flores, Philip J. <i>Addiction as an Attachment Disorder</i>. Jason Aronson, 2004.",
    "Flores, Philip J. <i>Group Psychotherapy with Addicted Populations: An Integration of "
    "Twelve-Step and Psychodynamic Theory</i>. 2nd ed., Haworth Press, 1997.",
    "Holmes, Jeremy. <i>John Bowlby and Attachment Theory</i>. 2nd ed., Routledge, 2014. Makers "
    "of Modern Psychotherapy.",
    "Jung, C. G. <i>The Practice of Psychotherapy: Essays on the Psychology of the Transference "
    "and Other Subjects</i>. <i>Collected Works</i>, edited by Herbert Read et al., translated by "
    "R. F. C. Hull, vol. 16, Pantheon Books for the Bollingen Foundation, 1954. Bollingen Series "
    "XX.",
    "Levine, Peter A. <i>In an Unspoken Voice: How the Body Releases Trauma and Restores "
    "Goodness</i>. North Atlantic Books, 2010.",
    "Norcross, John C., and Bruce E. Wampold. “Evidence-Based Therapy Relationships: Research "
    "Conclusions and Clinical Practices.” <i>Psychotherapy</i>, vol. 48, no. 1, 2011, pp. 98–102, "
    "https://doi.org/10.1037/a0022161.",
    "Schore, Allan N. <i>Affect Regulation and the Origin of the Self: The Neurobiology of "
    "Emotional Development</i>. Lawrence Erlbaum Associates, 1994.",
    "Sedgwick, David. <i>Introduction to Jungian Psychotherapy: The Therapeutic "
    "Relationship</i>. Brunner-Routledge, 2001, https://doi.org/10.4324/9780203360705.",
    "Wampold, Bruce E. “How Important Are the Common Factors in Psychotherapy? An Update.” "
    "<i>World Psychiatry</i>, vol. 14, no. 3, 2015, pp. 270–77, "
    "https://doi.org/10.1002/wps.20238.",
    "Yalom, Irvin D., and Molyn Leszcz. <i>The Theory and Practice of Group Psychotherapy</i>. "
    "5th ed., Basic Books, 2005.",
)
EXPECTED = {"apa": APA, "chicago": CHICAGO, "mla": MLA}
STYLES = tuple(STYLE_LABELS)
FOREIGN = Work(
    id="f",
    author="a",
    catalogued="Aster. Wärme.",
    short="Aster",
    authors="Aster, A. und Birke, B.",
    title="über die Wärme und das Heilen",
    certainty={},
    idea_year=1990,
    edition="3rd",
    publisher="Wien: Verlag",
)
"""A work that has neither a year nor a ``csl``."""
LOADED = """
import sys
from dashboard.debate import citations, reference_exports
print("citeproc" in sys.modules, "lxml" in sys.modules)
"""


def work_of(work_id: str) -> Work:
    """Find a work of the shipped debate."""
    return shipped().works[work_id]


@pytest.mark.parametrize("style", STYLES)
def test_every_work_in_each_style(style):
    """The twelve references, in the order of the style, are as the handbooks have them."""
    bibliography = formatted_bibliography(shipped().debate.works, style)
    assert tuple(reference.html for reference in bibliography) == EXPECTED[style]
    for reference in bibliography:
        assert reference.text == parsed(reference.html).text


@pytest.mark.parametrize("style", STYLES)
def test_a_bibliography_has_each_work_once_whatever_their_order(style):
    """Works that come twice or in another order make the same bibliography."""
    works = shipped().debate.works
    assert formatted_bibliography([*reversed(works), *works], style) == formatted_bibliography(
        works, style
    )
    assert formatted_bibliography([], style) == ()


@pytest.mark.parametrize(
    ("work_id", "apa", "chicago", "mla"),
    [
        (
            "courtois2009",
            "(Courtois & Ford, 2009)",
            "(Courtois and Ford 2009)",
            "(Courtois and Ford)",
        ),
        ("jung1954", "(Jung, 1954)", "(Jung 1954)", "(Jung)"),
        ("holmes2014", "(Holmes, 2014)", "(Holmes 2014)", "(Holmes)"),
        ("yalom2005", "(Yalom & Leszcz, 2005)", "(Yalom and Leszcz 2005)", "(Yalom and Leszcz)"),
    ],
)
def test_citations_in_the_text(work_id, apa, chicago, mla):
    """In the text a work is cited by names and, but for MLA, its year."""
    found = [citation_in_text(work_of(work_id), style).text for style in STYLES]
    assert found == [apa, chicago, mla]


def test_a_work_without_csl_is_cited_from_what_is_there():
    """Names, title and publisher stand as the debate has them, a missing year as n.d."""
    assert [formatted_reference(FOREIGN, style).html for style in STYLES] == [
        "Aster, A. und Birke, B. (n.d.). <i>über die Wärme und das Heilen</i> (3rd ed.). "
        "Wien: Verlag.",
        "Aster, A. und Birke, B. n.d. <i>über die Wärme und das Heilen</i>. 3rd ed. Wien: Verlag.",
        "Aster, A. und Birke, B. <i>über die Wärme und das Heilen</i>. 3rd ed., Wien: Verlag, n.d.",
    ]
    article = replace(FOREIGN, container="Zeitschrift, 3(1), 5-9", publisher=None, edition=None)
    assert formatted_reference(article, "apa").html == (
        "Aster, A. und Birke, B. (n.d.). über die Wärme und das Heilen. "
        "<i>Zeitschrift, 3(1), 5-9</i>."
    )


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("title", ["Who Heals?", "It Heals!", "Etc.", "And so on…"])
def test_a_title_that_ends_its_sentence_gets_no_second_stop(style, title):
    """No full stop follows a title that closes itself, in italics and in quotation marks."""
    for work_id in ("levine2010", "wampold2015"):
        work = work_of(work_id)
        csl = replace(work.csl, sentence_title=None, headline_title=None)
        text = formatted_reference(replace(work, title=title, csl=csl), style).text
        assert f"{title}" in text
        assert f"{title}." not in text
        assert f"{title}”." not in text


def test_names_with_particle_suffix_and_without_parts():
    """Particles stay with their names, suffixes follow, a group is not turned round."""
    names = (
        CitedName(family="Hart", given="Onno", particle="van der"),
        CitedName(family="King", given="Martin Luther", suffix="Jr."),
        CitedName(literal="Institute of Bonds"),
    )
    work = replace(FOREIGN, year=1990, csl=Csl(type="book", author=names))
    assert formatted_reference(work, "apa").text.startswith(
        "van der Hart, O., King, M. L., Jr., & Institute of Bonds. (1990)."
    )


def test_a_chapter_stands_in_its_book():
    """A chapter names its book, the editors and the pages, each once."""
    csl = Csl(
        type="chapter",
        author=(CitedName(family="Aster", given="Ada"),),
        editor=(CitedName(family="Birch", given="Ben"),),
        container_title="The book of bonds",
        page="5-17",
        publisher="A Press",
    )
    work = replace(FOREIGN, title="Warmth", year=1990, csl=csl)
    assert [formatted_reference(work, style).text for style in ("apa", "mla")] == [
        "Aster, A. (1990). Warmth. In B. Birch (Ed.), The book of bonds (pp. 5–17). A Press.",
        "Aster, Ada. “Warmth.” The book of bonds, edited by Ben Birch, A Press, 1990, pp. 5–17.",
    ]


@pytest.mark.parametrize(
    ("pages", "apa", "chicago", "mla"),
    [
        ("5-17", "5–17", "5–17", "5–17"),
        ("98-102", "98–102", "98–102", "98–102"),
        ("270-277", "270–277", "270–77", "270–77"),
        ("101-108", "101–108", "101–8", "101–08"),
        ("1", "1", "1", "1"),
    ],
)
def test_page_ranges(pages, apa, chicago, mla):
    """Ranges are shortened as each style does it, and never to a page before the first."""
    work = work_of("wampold2015")
    work = replace(work, csl=replace(work.csl, page=pages))
    for style, shown in zip(STYLES, (apa, chicago, mla), strict=True):
        text = formatted_reference(work, style).text.split("https")[0].rstrip(" ,.")
        assert text.endswith(f" {shown}")


@few
@given(title=said, authors=said, style=st.sampled_from(STYLES))
@example(
    title='<span class="nocase">A</span> </i>', authors="\x01\x02A\x03\x04\x05\x06", style="apa"
)
@example(title="a\n\nb\u2028c", authors=HOSTILE[2], style="mla")
def test_hostile_texts_stay_text(title, authors, style):
    """Whatever a debate holds, a reference is one line of text, and its HTML says no other."""
    work = replace(FOREIGN, title=title, authors=authors)
    for formatted in (formatted_reference(work, style), citation_in_text(work, style)):
        page = parsed(formatted.html)
        assert page.text == formatted.text
        assert {element.tag for element in page.elements} <= {"i"}
        assert not any(element.attributes for element in page.elements)
        assert "\n" not in formatted.text
    for told in (title, authors):
        one_line = " ".join("".join(c for c in told if c > "\x06").split())
        assert one_line.rstrip(".,:;!?") in formatted_reference(work, style).text


@pytest.mark.parametrize(
    ("style", "first"),
    [
        (
            "apa",
            "Vehicle or Cure? (data version 1.0.0). (n.d.). Retrieved November 25, 2026, from "
            "https://example.org/?passage=p09&basis=quote",
        ),
        (
            "chicago",
            "“Vehicle or Cure? (data version 1.0.0).” n.d. Accessed November 25, 2026. "
            "https://example.org/?passage=p09&basis=quote.",
        ),
        (
            "mla",
            "Vehicle or Cure? (data version 1.0.0). https://example.org/?passage=p09&basis=quote. "
            "Accessed 25 Nov. 2026.",
        ),
    ],
)
def test_citing_a_view(style, first):
    """A view is cited by title, version and link of the data, and by the works it quotes."""
    works = [work_of("wampold2015"), work_of("flores1997")]
    link = "https://example.org/?passage=p09&basis=quote"
    cited = cite_view(shipped().debate, works, link, date(2026, 11, 25), style)
    assert cited.text.split("\n") == [
        first,
        "",
        "Works quoted",
        formatted_reference(works[1], style).text,
        formatted_reference(works[0], style).text,
    ]
    assert "passage=p09&amp;basis=quote" in cited.html
    assert [p.text for p in parsed(cited.html).all("p")] == list(
        filter(None, cited.text.split("\n"))
    )
    alone = cite_view(shipped().debate, [], link, date(2026, 11, 25), style)
    assert (alone.text, parsed(alone.html).one("p").text) == (first, first)


def test_threads_do_not_mix_their_references():
    """References set at the same time in several threads are each what they are alone."""
    found: dict[int, tuple[str, ...]] = {}
    works = [replace(work, year=1900) for work in shipped().debate.works[:4]]
    alone = tuple(formatted_reference(work, "mla").text for work in works)

    def set_all(number: int) -> None:
        numbered = [replace(work, year=1900 + number) for work in works]
        found[number] = tuple(
            formatted_reference(work, "mla").text.replace(str(1900 + number), "1900")
            for work in numbered
        )

    threads = [threading.Thread(target=set_all, args=(number,)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == dict.fromkeys(range(1, 5), alone)


def test_the_processor_is_loaded_with_the_first_reference():
    """Importing what cites does not import the processor."""
    root = SHIPPED.parents[1]
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False False\n"
