"""A plan of a seminar: how its file is read, checked and written, and how a link holds it.

A link holds the steps by their ids, such as ``a12_2.a1_6-p04.a12_4``: steps are joined by a dot,
an activity is followed by its minutes after ``_`` and its passages after ``-``. Notes are not in
a link; they are in the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from functools import cache
from io import BytesIO

import yaml
from pydantic import TypeAdapter, ValidationError

from dashboard.debate.checks import Known, plan_faults
from dashboard.debate.directions import without_turning
from dashboard.debate.model import Activity, Debate, Plan, PlanStep, Text
from dashboard.debate.problems import Findings, Problem
from dashboard.debate.text_source import NOT_IN_YAML, is_clean
from dashboard.debate.wording import shape_faults
from dashboard.debate.yaml_source import compose, line_of

FILE = "plan.yaml"
KILOBYTES = 256
STEPS_AT_MOST = 40
PASSAGES_AT_MOST = 40
MINUTES_AT_MOST = 600
LONGEST_LINK = 4000
LONGEST_NOTES = 4000
_SIGNS = {"~": "~~", ".": "~d", "-": "~h", "_": "~u"}
_PLAIN = {written: sign for sign, written in _SIGNS.items()}
_WRITTEN = re.compile("~[~dhu]")
_SPECIAL = re.compile(r"[~.\-_]")


def activities_of(debate: Debate) -> dict[str, Activity]:
    """Return everything a plan can do, by id: the activities, then the inputs."""
    return {one.id: one for one in (*debate.activities, *debate.inputs)}


def passages_of(step: PlanStep, activity: Activity) -> tuple[str, ...]:
    """Return the passages of a step: its own, else those that its activity begins with."""
    return step.passages or activity.passages


def minutes_of(step: PlanStep, activity: Activity) -> int:
    """Return how long a step takes: as planned, else the activity's first number, else 0.

    "5 + 5" is what one does before and after; each time takes the first of them.
    """
    if step.minutes:
        return step.minutes
    found = re.search(r"\d{1,3}", activity.minutes or "", re.ASCII)
    return int(found.group()) if found else 0


# The link.


def to_link(steps: Sequence[PlanStep]) -> str:
    """Return the steps of a plan as a link holds them, without their notes."""
    return ".".join(_step_link(step) for step in steps)


def from_link(
    link: str, activities: Collection[str], passages: Collection[str]
) -> tuple[tuple[PlanStep, ...], tuple[tuple[str, str], ...]]:
    """Return the steps that a link holds, and what in it is not known, as (kind, id).

    A step with an unknown activity is left out, and so is an unknown passage.
    """
    steps: list[PlanStep] = []
    unknown: list[tuple[str, str]] = []
    for part in filter(None, link.split(".")):
        head, *asked = part.split("-")
        name, _, minutes = head.partition("_")
        activity = _read(name)
        if activity not in activities:
            unknown.append(("activity", activity))
            continue
        named = [_read(one) for one in asked]
        unknown += [("passage", one) for one in named if one not in passages]
        kept = tuple(one for one in named if one in passages)[:PASSAGES_AT_MOST]
        steps.append(PlanStep(activity, kept, _minutes(minutes)))
    return tuple(steps[:STEPS_AT_MOST]), tuple(dict.fromkeys(unknown))


def with_notes(steps: Sequence[PlanStep], noted: Sequence[PlanStep]) -> tuple[PlanStep, ...]:
    """Return ``steps`` with the notes of those in ``noted`` that do the same, in order."""
    left = [step for step in noted if step.notes]
    found: list[PlanStep] = []
    for step in steps:
        same = next((one for one in left if _does(one) == _does(step)), None)
        if same is not None and step.notes is None:
            left.remove(same)
            step = PlanStep(step.activity, step.passages, step.minutes, same.notes)  # noqa: PLW2901
        found.append(step)
    return tuple(found)


def _does(step: PlanStep) -> tuple[str, tuple[str, ...]]:
    return step.activity, step.passages


def _step_link(step: PlanStep) -> str:
    minutes = f"_{step.minutes}" if step.minutes else ""
    passages = "".join(f"-{_written(passage)}" for passage in step.passages)
    return f"{_written(step.activity)}{minutes}{passages}"


def _written(name: str) -> str:
    return _SPECIAL.sub(lambda sign: _SIGNS[sign.group()], name)


def _read(name: str) -> str:
    return _WRITTEN.sub(lambda sign: _PLAIN[sign.group()], name)


def _minutes(text: str) -> int | None:
    if not text.isascii() or not text.isdigit() or len(text) > 3:
        return None
    return int(text) if 1 <= int(text) <= MINUTES_AT_MOST else None


# The file.


def read_plan(content: bytes, debate: Debate) -> tuple[Plan | None, tuple[Problem, ...]]:
    """Read the content of a plan's file; give the plan, or every problem with its line.

    Read as a debate's own files are: safe YAML alone, unknown keys and repeated ones refused.
    """
    findings = Findings()

    def report(line: int, text: str) -> None:
        findings.add(FILE, line, text)

    if len(content) > KILOBYTES * 1024:
        report(1, f"the file is larger than {KILOBYTES} kB, so it was not read")
    elif is_clean(BytesIO(content), NOT_IN_YAML, report):
        plan = _checked(content.decode("utf-8-sig"), debate, findings)
        if plan is not None and not findings:
            return plan, ()
    return None, findings.listed()


def _checked(text: str, debate: Debate, findings: Findings) -> Plan | None:
    def report(line: int, words: str) -> None:
        findings.add(FILE, line, words)

    node = compose(text, report)
    if node is None:
        return None
    known = Known(passages={p.id: p.gloss is not None for p in debate.passages})
    plain, shape = node.plain(), _shape()
    if isinstance(plain, dict):
        for where, words in plan_faults(plain, known, list(activities_of(debate))):
            report(line_of(node, where), words)
    try:
        return shape.validate_json(json.dumps(plain, ensure_ascii=False))
    except ValidationError as error:
        for _, line, words in shape_faults(error, node, shape, known.hints):
            report(line, words)
    return None


def write_plan(plan: Plan) -> str:
    """Return a plan as the text of its file; the same plan gives the same text."""
    steps = []
    for step in plan.steps:
        held: dict[str, object] = {"activity": step.activity}
        if step.passages:
            held["passages"] = list(step.passages)
        if step.minutes:
            held["minutes"] = step.minutes
        if step.notes:
            held["notes"] = step.notes
        steps.append(held)
    return yaml.dump(
        {"title": plan.title, "steps": steps},
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=1_000_000,
    )


def cleaned(text: str) -> str | None:
    """Return typed text as a file can hold it; none where nothing is left to be seen."""
    kept = NOT_IN_YAML.sub(" ", without_turning(text).replace("\r\n", "\n").replace("\r", "\n"))[
        :LONGEST_NOTES
    ]
    try:
        _text().validate_python(kept)
    except ValidationError:
        return None
    return kept


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as lines, and repeats nothing by reference."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


@cache
def _shape() -> TypeAdapter[Plan]:
    return TypeAdapter(Plan)


@cache
def _text() -> TypeAdapter[str]:
    return TypeAdapter(Text)
