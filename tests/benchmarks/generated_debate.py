"""Write a debate of any size in the product's own format, for measuring.

Run: python tests/benchmarks/generated_debate.py FOLDER --passages 100000 --works 60
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterator
from pathlib import Path

import yaml

SHIPPED = Path(__file__).parents[2] / "data" / "therapeutic-bond"
COLUMNS = (
    "id",
    "work",
    "role",
    "quote",
    "school",
    "gloss",
    "second_school",
    "confidence",
    "zero_kind",
    "constructs",
    "mechanisms",
    "voices",
    "voicing",
    "decisive",
    "rationale",
)
VOCABULARY = (
    "the a this of in and to with for by as is was not only it that which both between "
    "therapeutic relationship bond alliance patient therapist client analyst working real "
    "attachment secure base exploration regulation repair affect empathy warmth trust rupture "
    "transference countertransference unconscious conscious transformation encounter meeting "
    "technique interpretation insight outcome research evidence change cure healing agent vehicle "
    "condition context method task goal agreement quality strength early late session process "
    "developmental relational mutual genuine accepting understanding experience feeling body "
    "memory trauma safety presence attunement dialogue symbol image soul self other caregiver "
    "infant mind brain predicts promotes enables carries contains provides supports heals alters "
    "remains becomes seems offers allows requires depends reflects reveals deepens sustains"
)
WORDS = VOCABULARY.split()
LINKS = ("for", "because", "as", "in that", "so that", "which")


def write_debate(
    folder: Path, passages: int, authors: int = 500, seed: int = 1, works: int = 2
) -> None:
    """Write a debate folder of so many passages by so many authors; the same seed, the same text.

    ``works`` is how many works each author has.
    Question, axis, schools, roles, constructs and mechanisms are those of the shipped debate.
    """
    dice = random.Random(seed)
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    debate = yaml.safe_load((SHIPPED / "debate.yaml").read_text(encoding="utf-8"))
    debate["title"] = f"A generated debate of {passages} passages"
    debate["version"] = f"generated {passages}-{authors}-{seed}"
    schools = [school["id"] for school in debate["schools"]]
    people = list(_authors(authors, schools))
    written = [work for person in people for work in _works(person, works, dice)]
    _write_yaml(folder / "debate.yaml", debate)
    _write_yaml(folder / "authors.yaml", people)
    _write_yaml(folder / "works.yaml", written)
    homes = {person["id"]: person["home_school"] for person in people}
    rows = list(_passages(passages, written, homes, debate, dice))
    with (folder / "passages.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    with (folder / "codings.csv").open("w", encoding="utf-8", newline="") as file:
        readings = csv.writer(file, lineterminator="\n")
        readings.writerow(("passage", "reading", "text", "question", "value"))
        for row in rows:
            readings.writerows(_readings(row["id"], dice))


def _authors(count: int, schools: list[str]) -> Iterator[dict[str, str]]:
    for number in range(1, count + 1):
        school = schools[number % len(schools)]
        yield {
            "id": f"author-{number:03}",
            "name": f"Robin Writer {number:03}",
            "label": f"Writer {number:03}",
            "sort_name": f"Writer {number:03}, Robin",
            "home_school": school,
            "home_tradition": f"The {school} tradition",
        }


def _works(person: dict[str, str], count: int, dice: random.Random) -> Iterator[dict[str, object]]:
    for number in range(1, count + 1):
        year = dice.randint(1920, 2020)
        title = _sentence(dice, 5, 9).rstrip(".")
        yield {
            "id": f"{person['id']}-{number}",
            "author": person["id"],
            "catalogued": f"{person['sort_name']}, {title}, {year}",
            "short": f"{person['label']} {year}",
            "authors": person["sort_name"],
            "title": title,
            "certainty": {"title": "certain", "year": "likely"},
            "idea_year": year,
            "year": year,
            "publisher": "Press",
        }


def _passages(
    count: int,
    works: list[dict[str, object]],
    homes: dict[str, str],
    debate: dict[str, list[dict[str, str]]],
    dice: random.Random,
) -> Iterator[dict[str, str]]:
    schools = [school["id"] for school in debate["schools"]]
    roles = [role["id"] for role in debate["roles"]]
    mechanisms = [mechanism["id"] for mechanism in debate.get("mechanisms", [])]
    constructs = [str(construct) for construct in debate.get("constructs", [])]
    # Some authors speak far more often than others, and each speaks at least once.
    often = [1 / (1 + place) ** 0.5 for place in range(len(works))]
    taken = works[:count] + dice.choices(works, often, k=max(0, count - len(works)))
    dice.shuffle(taken)
    for number, work in enumerate(taken, start=1):
        home = homes[str(work["author"])]
        quote = _sentence(dice, 20, 60)
        words = quote.split()
        start = dice.randrange(len(words) - 4)
        yield {
            "id": f"p{number:06}",
            "work": str(work["id"]),
            "role": dice.choices(roles, (6, 14, 3)[: len(roles)])[0],
            "quote": quote,
            "school": home if dice.random() < 0.75 else dice.choice(schools),
            "gloss": f"{work['short']} argues: {_sentence(dice, 15, 30)}",
            "confidence": str(dice.randint(1, 3)),
            "constructs": _joined(dice, constructs, 2),
            "mechanisms": _joined(dice, mechanisms, 2),
            "decisive": " ".join(words[start : start + 4]),
            "rationale": _sentence(dice, 12, 25),
        }


def _sentence(dice: random.Random, least: int, most: int) -> str:
    words = dice.choices(WORDS, k=dice.randint(least, most))
    if len(words) > 12:
        words[len(words) // 2] = dice.choice(LINKS)
    text = " ".join(words)
    return f"{text[0].upper()}{text[1:]}."


def _joined(dice: random.Random, names: list[str], most: int) -> str:
    return " | ".join(sorted(dice.sample(names, min(len(names), dice.randint(0, most)))))


def _readings(passage: str, dice: random.Random) -> Iterator[tuple[str, str, str, str, int | str]]:
    quote = dice.randint(-2, 2)
    gloss = max(-2, min(2, quote + dice.choices((-1, 0, 1), (1, 6, 3))[0]))
    medium = dice.randint(-2, 2)
    silent_quote, silent_gloss = dice.random() < 0.15, dice.random() < 0.08
    for reading in "ABCD":
        for text, question, value, silent in (
            ("quote", "position", quote, silent_quote),
            ("gloss", "position", gloss, silent_gloss),
            ("both", "medium", medium, False),
        ):
            slip = dice.choice((-1, 1)) if dice.random() < 0.1 else 0
            given = max(-2, min(2, value + slip))
            yield passage, reading, text, question, "" if silent else given


def _write_yaml(path: Path, content: object) -> None:
    path.write_text(
        yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100),
        encoding="utf-8",
    )


def main() -> None:
    """Write a debate to the folder named on the command line."""
    parser = argparse.ArgumentParser(description="Write a generated debate.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--authors", type=int, default=500)
    parser.add_argument("--works", type=int, default=2, help="works an author")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write_debate(given.folder, given.passages, given.authors, given.seed, given.works)


if __name__ == "__main__":
    main()
