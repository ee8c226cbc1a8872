"""The figures of the Insights page in words: their rows, where each leads on the Review page, and how to read them.

One module for each thing that is looked at; charts.py draws them. What is counted comes from app/insights.py.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from app.insights import Facts
from app.language import t
from app.words import origins_words, share
from glossary.csv_file import defuse

Shape = Literal["bars", "stacked", "shares", "days", "hours"]
Hue = Literal["blue", "sky", "teal", "green", "grey", "amber", "red", "violet"]
# Of what has no colour of its own, in this order.
PARTS: tuple[Hue, ...] = ("blue", "teal", "amber", "violet", "green")
MOST = 12


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One bar, or a part of one: what it counts, how much, how that is said, and the Review page's filter for it.

    `group`: the part, where bars have parts; `where` is empty where no filter shows just this.
    """

    what: str
    number: float
    said: str
    hue: Hue = "blue"
    group: str = ""
    where: tuple[tuple[str, str], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Figure:
    """A figure: `reading` says in one line what it shows. Without rows `reading` says why, and what to do.

    `unit`: what is counted, for the axis.
    """

    key: str
    title: str
    reading: str
    unit: str = ""
    shape: Shape = "bars"
    rows: tuple[Row, ...] = ()


def shown(row: Row, shape: Shape) -> str:
    """What a row counts, as a person reads it; a time without what is the same for all."""
    return {"hours": row.what.replace("T", " "), "days": row.what[:10]}.get(shape, row.what)


def where(facts: Facts, **filters: object) -> tuple[tuple[str, str], ...]:
    """A filter of the Review page, with the document if the figures are of one."""
    only = {"document": next(iter(facts.documents))} if len(facts.documents) == 1 else {}
    return tuple((name, str(value)) for name, value in {**only, **filters}.items())


def engine_names(signatures: Iterable[str]) -> dict[str, str]:
    """Engines by their signature in words; the whole signature where two would read the same."""
    known = list(dict.fromkeys(signatures))
    titles = {signature: origins_words(signature) for signature in known}
    times = Counter(titles.values())
    return {signature: title if times[title] == 1 else f"{title} ({signature})" for signature, title in titles.items()}


def as_csv(figures: Sequence[Figure]) -> bytes:
    """All figures as one table: UTF-8 with BOM, formula cells marked as text."""
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(("figure", "what", "part", "number", "unit"))
    for figure in figures:
        for row in figure.rows:
            rows.writerow(
                (
                    defuse(figure.title),
                    defuse(shown(row, figure.shape)),
                    defuse(row.group),
                    row.number,
                    defuse(figure.unit),
                )
            )
    return text.getvalue().encode("utf-8-sig")


def summed(counts: Mapping[Any, int], at: int) -> Counter[Any]:
    """Counts by tuples, added up by one part of them."""
    found: Counter[Any] = Counter()
    for key, number in counts.items():
        found[key[at]] += number
    return found


def said(number: float) -> str:
    """A count as it is read: 12,345."""
    return f"{number:,.0f}"


def percent(part: int, whole: int) -> str:
    """A count as its share of another, nothing said as 0 %."""
    return share(part / whole) if part else t("{n} %", n=0)


def of(part: int, whole: int) -> str:
    """A count and its share: 12 (3 %)."""
    return f"{said(part)} ({share(part / whole)})" if part else "0"
