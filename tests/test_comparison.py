"""Comparisons of the shipped debate: what is shared, what only one says, in any order the same."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.debate.comparison import (
    KINDS,
    Saying,
    inside,
    met,
    only,
    partly_shared,
    sayings,
    shared,
    sides_of,
)
from dashboard.debate.model import Pair
from dashboard.debate.table import passage_table
from tests.strategies import quick, shipped

DEBATE, TABLE = shipped().debate, shipped().table
IDS = [*(author.id for author in DEBATE.authors), *(passage.id for passage in DEBATE.passages)]
some_ids = st.lists(st.sampled_from(IDS), min_size=1, max_size=4, unique=True)
orders = some_ids.flatmap(lambda ids: st.tuples(st.just(ids), st.permutations(ids)))


def said_of(*of: str) -> tuple[Saying, ...]:
    """Give everything that these sides say."""
    return sayings(DEBATE, TABLE, sides_of(DEBATE, TABLE, of))


def told(said: tuple[Saying, ...]) -> list[tuple[str, str, tuple[tuple[str, ...], ...]]]:
    """Give what is said as plain values."""
    return [(each.kind, each.value, each.passages) for each in said]


def test_two_passages():
    """Of p12 and p16 both are supporting; everything else is said by one of them."""
    said = said_of("p16", "p12")
    assert told(shared(said)) == [("role", "Supporting", (("p12",), ("p16",)))]
    assert told(only(said, 0)) == [
        ("position", "cure", (("p12",), ())),
        ("gloss", "cure", (("p12",), ())),
        ("school", "Attachment", (("p12",), ())),
        ("construct", "attachment relationship", (("p12",), ())),
        ("mechanism", "Regulation and repair", (("p12",), ())),
    ]
    assert told(only(said, 1)) == [
        ("position", "both, or open (co-agent)", ((), ("p16",))),
        ("gloss", "both, or open (co-agent)", ((), ("p16",))),
        ("school", "Empirical", ((), ("p16",))),
        ("second_school", "Attachment", ((), ("p16",))),
        ("construct", "therapeutic relationship", ((), ("p16",))),
        ("mechanism", "Co-agency", ((), ("p16",))),
    ]


def test_two_authors_rest_on_their_passages():
    """What Schore and Flores share rests on p02 and on the passages of Flores that say it."""
    assert told(shared(said_of("flores", "schore"))) == [
        ("position", "mostly vehicle", (("p02",), ("p09",))),
        ("school", "Attachment", (("p02",), ("p04", "p12", "p14", "p19"))),
        ("second_school", "Depth-psychological", (("p02",), ("p09", "p22"))),
        ("role", "Thesis", (("p02",), ("p04",))),
        ("construct", "therapeutic bond", (("p02",), ("p09",))),
        ("construct", "working alliance", (("p02",), ("p19",))),
        ("mechanism", "Regulation and repair", (("p02",), ("p12",))),
    ]


def test_voices_are_compared():
    """Lambert, Barley, Bergin and Strupp are heard through Flores and not through Schore."""
    voices = [each for each in only(said_of("schore", "flores"), 1) if each.kind == "voice"]
    assert [(each.value, each.passages[1]) for each in voices] == [
        ("Barley", ("p07",)),
        ("Bergin", ("p22",)),
        ("Lambert", ("p07",)),
        ("Strupp", ("p08", "p09")),
    ]


def test_no_claim_is_a_place_of_its_own():
    """A quote without a claim is said to make none, never to stand at zero."""
    positions = [each.value for each in said_of("p20") if each.kind == "position"]
    assert positions == ["no claim"]


def test_sides_stand_in_the_debates_order():
    """Authors come first, then passages, each in the debate's order; who is unknown is left out."""
    for of in permutations(["p16", "p12", "flores", "nobody", "jung"]):
        sides = sides_of(DEBATE, TABLE, of)
        assert [side.id for side in sides] == ["jung", "flores", "p12", "p16"]
        assert [side.author.id for side in sides] == ["jung", "flores", "flores", "courtois"]
        assert [len(side.passages) for side in sides] == [1, 9, 1, 1]


def test_an_id_of_both_is_the_authors():
    """Where an author has the id of a passage, the author is meant."""
    authors = (replace(DEBATE.authors[0], id="p12"), *DEBATE.authors[1:])
    works = tuple(replace(w, author="p12") if w.author == "jung" else w for w in DEBATE.works)
    debate = replace(DEBATE, authors=authors, works=works)
    (side,) = sides_of(debate, passage_table(debate), ["p12"])
    assert [passage.id for passage in side.passages] == ["p03"]


@quick
@given(orders)
def test_the_order_asked_for_does_not_matter(of):
    """(A, B) and (B, A) say the same, and so do three and four in any order."""
    one, other = of
    assert said_of(*one) == said_of(*other)


@quick
@given(some_ids)
def test_mirrored_sides_say_the_same_mirrored(of):
    """With the sides turned round, the same is said with its passages turned round."""
    sides = sides_of(DEBATE, TABLE, of)
    turned = [replace(s, passages=s.passages[::-1]) for s in sayings(DEBATE, TABLE, sides[::-1])]
    assert turned == list(sayings(DEBATE, TABLE, sides))


@quick
@given(some_ids)
def test_everything_is_shared_partly_shared_or_only_ones(of):
    """Each thing is told exactly once, and only with passages of its side that hold it."""
    sides = sides_of(DEBATE, TABLE, of)
    said = sayings(DEBATE, TABLE, sides)
    parts = [shared(said), partly_shared(said), *(only(said, i) for i in range(len(sides)))]
    assert sorted(map(said.index, sum(parts, ()))) == list(range(len(said)))
    assert [KINDS.index(s.kind) for s in said] == sorted(KINDS.index(s.kind) for s in said)
    for each in said:
        for side, rests_on in zip(sides, each.passages, strict=True):
            assert set(rests_on) <= {passage.id for passage in side.passages}


@quick
@given(some_ids)
def test_constructs_and_mechanisms_follow_from_the_passages(of):
    """Each side's constructs, mechanisms and voices are exactly those its passages name."""
    sides = sides_of(DEBATE, TABLE, of)
    labels = {mechanism.id: mechanism.label for mechanism in DEBATE.mechanisms}
    for i, side in enumerate(sides):
        wanted = {
            *(("construct", name, p.id) for p in side.passages for name in p.constructs),
            *(("mechanism", labels[name], p.id) for p in side.passages for name in p.mechanisms),
            *(("voice", voice.name, p.id) for p in side.passages for voice in p.voices),
        }
        found = {
            (each.kind, each.value, passage)
            for each in sayings(DEBATE, TABLE, sides)
            if each.kind in ("construct", "mechanism", "voice")
            for passage in each.passages[i]
        }
        assert found == wanted


def test_nothing_is_said_of_glosses_that_are_not_shown():
    """With glosses off, positions are those of the words alone."""
    debate = replace(DEBATE, show_glosses=False)
    table = passage_table(debate)
    said = sayings(debate, table, sides_of(debate, table, ["p04", "p12"]))
    assert "gloss" not in {each.kind for each in said}
    assert [each.value for each in said if each.kind == "position"] == [
        "both, or open (co-agent)",
        "cure",
    ]


def test_a_construct_that_the_debate_does_not_list():
    """A debate that lists no constructs has those its passages name, by name."""
    debate = replace(DEBATE, constructs=())
    said = sayings(debate, TABLE, sides_of(debate, TABLE, ["schore"]))
    assert [each.value for each in said if each.kind == "construct"] == [
        "therapeutic bond",
        "working alliance",
    ]


@pytest.mark.parametrize(
    ("of", "points"),
    [
        (["p12", "p16"], [("p12", "p16")]),
        (["schore", "flores"], [("p02", "p12")]),
        (["flores", "levine"], [("p20", "p12"), ("p07", "p20")]),
        (["p04"], [("p04", "p04")]),
        (["p04", "flores"], []),
        (["p12", "flores"], []),
        (["p13", "flores"], [("p09", "p13")]),
        (["flores"], []),
        ([], []),
    ],
)
def test_the_pairs_that_meet(of, points):
    """An opposed pair is met where its passages lie on two sides; a split one stands alone."""
    found = met(DEBATE.pairs, sides_of(DEBATE, TABLE, of))
    assert [(pair.a, pair.b) for pair in found] == points


def test_a_pair_meets_whichever_comes_first():
    """Which of a pair's passages is called first does not matter."""
    sides = sides_of(DEBATE, TABLE, ["p12", "p16"])
    for a, b in (("p12", "p16"), ("p16", "p12")):
        assert met([Pair(a, b, "A point.")], sides) == (Pair(a, b, "A point."),)


def test_a_passage_beside_its_own_author():
    """A passage that stands beside its author is found; one beside another author is not."""
    sides = sides_of(DEBATE, TABLE, ["p12", "p03", "flores"])
    assert [(one.id, whole.id) for one, whole in inside(sides)] == [("p12", "flores")]
