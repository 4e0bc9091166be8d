"""Plans: read from a file with every problem at its line, written, and held by a link."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.debate.hands import (
    LONGEST,
    read_hands,
    with_hands,
    write_hands,
)
from dashboard.debate.model import Plan, PlanStep
from dashboard.debate.plan import (
    activities_of,
    cleaned,
    from_link,
    minutes_of,
    read_plan,
    to_link,
    with_notes,
    write_plan,
)
from dashboard.debate.problems import DebateError
from dashboard.open_debate import open_folder
from tests.a_debate import replace, write_debate
from tests.strategies import hands, plan_steps, quick, shipped, texts

DEBATE = shipped().debate
READY = {plan.id: plan for plan in DEBATE.plans}


def problems(content: bytes | str) -> list[str]:
    """Give the problems of a plan's file, each as it is listed."""
    held = content.encode() if isinstance(content, str) else content
    plan, found = read_plan(held, DEBATE)
    assert (plan is None) == bool(found)
    return [str(one) for one in found]


@quick
@given(texts.map(cleaned).filter(bool), plan_steps())
def test_a_plan_is_read_as_it_was_written(title, steps):
    """A file holds everything of a plan, whatever stands in its title and notes."""
    plan = Plan(title, steps)
    written = write_plan(plan)
    assert read_plan(written.encode(), DEBATE) == (plan, ())
    assert write_plan(plan) == written


@quick
@given(plan_steps(noted=False))
def test_a_link_holds_the_steps(steps):
    """Activities, passages and minutes come back from a link, in order."""
    known = shipped().known
    assert from_link(to_link(steps), known.activities, known.author_of) == (steps, ())


ODD = st.text("a.-_~dhu/é", min_size=1, max_size=6)


@quick
@given(ODD, st.lists(ODD, max_size=3), st.one_of(st.none(), st.integers(1, 600)))
def test_a_link_holds_any_ids(activity, passages, minutes):
    """Ids may hold the very signs that join the parts of a link."""
    steps = (PlanStep(activity, tuple(passages), minutes),) * 2
    assert from_link(to_link(steps), [activity], passages) == (steps, ())


def test_the_link_of_the_design():
    """The steps of the twenty minutes as a link, by stable ids and with their minutes."""
    assert to_link(READY["twenty"].steps) == "a12_2.a1_6-p04.a4_8-p12-p16.a12_4"


def test_the_ready_plans():
    """Both ready plans do what the seminar's content says, in its order and with its minutes."""
    steps = {i: [(s.activity, s.passages, s.minutes) for s in p.steps] for i, p in READY.items()}
    assert steps["twenty"] == [
        ("a12", (), 2),
        ("a1", ("p04",), 6),
        ("a4", ("p12", "p16"), 8),
        ("a12", (), 4),
    ]
    assert [step[0] for step in steps["ninety"]] == [
        *("a12", "a1", "a1", "a2", "a3", "i1", "i2", "a5", "a12")
    ]
    assert steps["ninety"][3] == ("a2", ("p18",), None)
    activities = activities_of(DEBATE)
    total = {
        i: sum(minutes_of(s, activities[s.activity]) for s in p.steps) for i, p in READY.items()
    }
    assert total == {"twenty": 20, "ninety": 90}


@pytest.mark.parametrize("plan", READY)
def test_every_ready_plan_passes_its_own_check(plan):
    """A ready plan saved as a file opens again."""
    ready = Plan(READY[plan].title, READY[plan].steps)
    assert read_plan(write_plan(ready).encode(), DEBATE) == (ready, ())


def test_every_problem_is_named_with_its_line():
    """Unknown activities, passages and keys, a wrong value and a missing title, all at once."""
    assert problems(
        "steps:\n"
        "  - activity: a99\n"
        "    passages: [p04, p99]\n"
        "  - activity: a1\n"
        "    minuts: 5\n"
        "  - {activity: a1, minutes: 1:20}\n"
        "  - {activity: a1, minutes: 0}\n"
    ) == [
        'plan.yaml:1: "title" is missing',
        'plan.yaml:2: steps 1: unknown activity "a99", did you mean "a9"?',
        'plan.yaml:3: steps 1: unknown passage "p99"',
        'plan.yaml:5: steps 2: unknown key "minuts", did you mean "minutes"?',
        "plan.yaml:6: steps 3, minutes: a whole number belongs here, not 1:20",
        "plan.yaml:7: steps 4, minutes 0 is outside 1..600",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe", "this is not UTF-8 text"),
        (b"x" * 300_000, "larger than 256 kB"),
        (b"a: &x 1\nb: *x\n", "is followed|repeats an earlier value"),
        (b"title: !!python/object:os.system x\nsteps: []\n", "the tag"),
        (b"title: x\ntitle: y\nsteps:\n  - {activity: a1}\n", "given twice"),
        (b"title: x\nsteps: []\n", "at least one entry belongs here, there are 0"),
        (
            b"title: x\nsteps:\n" + b"- {activity: a1}\n" * 5_000,
            r"^plan\.yaml:2: steps: at most 40 entries belong here, there are 5,000$",
        ),
        (b"- 1\n", "a mapping belongs here"),
        (b"title: [\n", "a bracket|a value is missing"),
    ],
)
def test_what_is_no_plan_is_refused(content, said):
    """A file that is no plan, or no safe YAML, is refused with a line and never raises."""
    found = problems(content)
    assert any(re.search(said, one) for one in found), found
    assert all(re.match(r"plan\.yaml:\d+: ", one) for one in found)


def test_notes_follow_their_step():
    """A link has no notes; those of a plan in work stay with the step that does the same."""
    noted = (
        PlanStep("a1", ("p04",), 6, "first"),
        PlanStep("a1", ("p04",), 6, "second"),
        PlanStep("a12", notes="end"),
    )
    linked, _ = from_link("a12.a1-p04.a1-p04.a1-p12", ["a1", "a12"], ["p04", "p12"])
    assert [step.notes for step in with_notes(linked, noted)] == ["end", "first", "second", None]


def test_typed_text_becomes_what_a_file_can_hold():
    """Signs no file can hold become blanks; what nobody can see is nothing."""
    assert cleaned("a\x00b\r\nc\u2028d") == "a b\nc d"
    assert cleaned(" \n\u200b") is None
    assert len(cleaned("x" * 9000) or "") == 4000


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'minutes: "20"}',
            'minutes: "20", passages: [p09]}',
            'activities 1, passages: unknown passage "p09"',
        ),
        (
            "questions:",
            "inputs: [{id: vote, title: T, how: H}]\nquestions:",
            "is used in activities",
        ),
        (
            "questions:",
            "plans: [{id: a.b, title: T, steps: [{activity: vot}]}]\nquestions:",
            "holds a sign that joins steps in a link",
        ),
        (
            "questions:",
            "plans: [{id: x, title: T, steps: [{activity: vot}]}]\nquestions:",
            'plans 1, steps 1: unknown activity "vot", did you mean "vote"?',
        ),
        ('minutes: "20"}', 'minutes: "20", kind: dance}', '"dance" is not one of place'),
    ],
)
def test_a_debates_own_plans_are_checked(tmp_path, old, new, said):
    """What an activity, an input or a plan of a debate asks for in vain is named."""
    folder = write_debate(tmp_path / "debate")
    replace(folder, "activities.yaml", old, new)
    with pytest.raises(DebateError) as raised:
        open_folder(folder)
    assert said in str(raised.value)


# A show of hands.


@quick
@given(hands())
def test_a_link_holds_every_count(counts):
    """Counts come back from a link, whatever order they were given in."""
    assert read_hands(write_hands(counts)) == counts


@quick
@given(hands(), st.lists(st.integers(0, 999), min_size=1, max_size=8))
def test_counting_again_replaces(counts, again):
    """A second count of one vote replaces the first and leaves the others; no hands remove it."""
    held = read_hands(with_hands(write_hands(counts), 3, 1, tuple(again)))
    others = {key: value for key, value in counts.items() if key != (3, 1)}
    assert held == ({**others, (3, 1): tuple(again)} if any(again) else others)


@pytest.mark.parametrize(
    "written", ["1", "1_1", "1_1-", "1_1-a", "1_1-1000", "1_1-1-1-1-1-1-1-1-1-1", "١_1-1", "x" * 9]
)
def test_what_is_no_count_is_refused(written):
    """Anything else than bounded decimal counts is not read."""
    assert read_hands(written) is None
    assert read_hands("1_1-1." * LONGEST) is None
