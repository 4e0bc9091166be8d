"""A seminar with any debate: what one without activities of its own is given."""

import re
import shutil
from pathlib import Path

import pytest

from dashboard.debate.general_seminar import FILE
from dashboard.debate.loading import load_debate
from dashboard.debate.model import Debate
from dashboard.debate.problems import DebateError
from dashboard.debate.slides import slides_of
from tests.a_debate import replace

TEMPLATE = Path(__file__).parents[1] / "dashboard" / "commands" / "new_debate"
NATURE = Path(__file__).parents[1] / "data" / "state-of-nature"


def bare(folder: Path) -> Debate:
    """Open the tiny debate without activities and readings."""
    (folder / "activities.yaml").unlink()
    (folder / "codings.csv").unlink(missing_ok=True)
    return load_debate(folder)


def kinds(debate: Debate, plan: str) -> list[str]:
    """Give the kinds of the slides of a plan."""
    steps = next(one.steps for one in debate.plans if one.id == plan)
    return [slide.kind for slide in slides_of(debate, steps)]


@pytest.mark.parametrize("folder", [TEMPLATE, NATURE])
def test_a_debate_without_activities_can_be_presented(folder):
    """Each plan has slides on which passages of the debate are placed, and none is empty."""
    debate = load_debate(folder)
    known = {passage.id for passage in debate.passages}
    for plan in debate.plans:
        slides = slides_of(debate, plan.steps)
        assert any(slide.kind == "vote" and slide.passages for slide in slides)
        assert {one for slide in slides for one in slide.passages} <= known
    assert kinds(debate, "short") == ["vote", "vote", "pair", "vote"]
    assert [plan.id for plan in debate.plans] == ["short", "long"]


def test_own_activities_are_left_alone(tiny_debate):
    """A debate that names an activity is given nothing beside it."""
    debate = load_debate(tiny_debate)
    general = set(re.findall(r"^  - id: (\w+)$", FILE.read_text("utf-8"), re.MULTILINE))
    assert debate.activities
    assert not general & {one.id for one in (*debate.activities, *debate.plans)}


def test_without_readings_the_first_passages_are_taken(tiny_debate):
    """Nothing is known to be disputed, so the passages come in the order of the debate."""
    debate = bare(tiny_debate)
    first, second = (passage.id for passage in debate.passages[:2])
    begin = {one.kind: one.passages for one in debate.activities}
    assert (begin["place"], begin["vote-twice"]) == ((first,), (second,))
    assert begin["pair"] == (first, second)


def test_the_most_disputed_passage_comes_first(tiny_debate):
    """What the readings differ on most is placed first; the pair is the lowest and the highest."""
    ids = [passage.id for passage in load_debate(tiny_debate).passages]
    rows = [
        *((ids[0], who, -2) for who in "AB"),
        *((ids[1], who, 2) for who in "AB"),
        (ids[2], "A", -2),
        (ids[2], "B", 2),
    ]
    text = "".join(f"{one},{who},quote,position,{value}\n" for one, who, value in rows)
    (tiny_debate / "codings.csv").write_text(f"passage,reading,text,question,value\n{text}")
    (tiny_debate / "activities.yaml").unlink()
    begin = {one.kind: one.passages for one in load_debate(tiny_debate).activities}
    assert begin["place"] == (ids[2],)
    assert begin["pair"] == (ids[0], ids[1])


def test_no_gloss_is_asked_for_where_none_is_shown(tiny_debate):
    """With glosses off there is neither the activity nor its step, and the plan stays whole."""
    shown = load_debate(NATURE)
    assert "quote-gloss" in {one.kind for one in shown.activities}
    replace(tiny_debate, "debate.yaml", "title: A", "show_glosses: false\ntitle: A")
    debate = bare(tiny_debate)
    assert "quote-gloss" not in {one.kind for one in debate.activities}
    assert "quote-gloss" not in kinds(debate, "long")
    assert len(kinds(debate, "long")) > 4


def test_own_plans_may_use_them(tiny_debate):
    """Plans of a debate without activities take the general ones; an unknown one is named."""
    path = tiny_debate / "activities.yaml"
    path.write_text("plans:\n  - {id: mine, title: Mine, steps: [{activity: stand}]}\n")
    debate = load_debate(tiny_debate)
    assert [plan.id for plan in debate.plans] == ["mine"]
    assert kinds(debate, "mine") == ["vote"]
    path.write_text("plans:\n  - {id: mine, title: Mine, steps: [{activity: stond}]}\n")
    with pytest.raises(DebateError, match=r'unknown activity "stond".*"stand"'):
        load_debate(tiny_debate)


def test_they_speak_of_no_debate():
    """Nothing in them is of the shipped debate's subject, so they suit any."""
    words = FILE.read_text("utf-8").lower()
    assert not re.search(r"bond|therap|patient|cure|client|alliance", words)


def test_ids_of_ones_own_are_never_doubled(tiny_debate):
    """An input that has the id of a general activity takes its place."""
    (tiny_debate / "activities.yaml").write_text(
        "inputs:\n  - {id: stand, title: Own, how: Own words.}\n"
    )
    debate = load_debate(tiny_debate)
    assert "stand" not in {one.id for one in debate.activities}
    assert "text" not in {slide.kind for slide in slides_of(debate, debate.plans[0].steps)}


def test_the_template_s_example_can_be_taken_as_it_stands(tmp_path):
    """Freed of its signs of comment, the example of own activities passes the check."""
    folder = tmp_path / "new"
    shutil.copytree(TEMPLATE, folder)
    path = folder / "activities.yaml"
    kept, example = path.read_text("utf-8").split("#\n# activities:\n")
    freed = re.sub("^# ?", "", f"# activities:\n{example}", flags=re.MULTILINE)
    path.write_text(kept + freed, encoding="utf-8")
    debate = load_debate(folder)
    assert [one.id for one in debate.activities] == ["blind", "stand"]
    assert kinds(debate, "first") == ["vote", "vote", "vote"]
