"""Figures about names: how they came to stand, where they stand, and which are still to decide."""

from __future__ import annotations

from collections import Counter

from app.figures import MOST, Figure, Hue, Row, engine_names, of, percent, said, summed, where
from app.insights import STANDING, Facts
from app.language import nt, t
from app.words import OUTCOMES, share

_MOST_NAMES = 20
_HUES: dict[str, Hue] = {
    "engine": "blue",
    "hinted": "sky",
    "placeholder": "violet",
    "repaired": "teal",
    "inserted": "amber",
    "unresolved": "red",
}


def outcomes(facts: Facts) -> Figure:
    """How names came to stand."""
    title = t("How the names came to stand")
    totals = summed(facts.outcomes, 2)
    whole = totals.total()
    if not whole:
        return Figure("outcomes", title, no_names())
    rows = [
        Row(t(OUTCOMES[name]), totals[name], of(totals[name], whole), _HUES[name], where=where(facts, outcome=name))
        for name in OUTCOMES
        if totals[name]
    ]
    best = max(rows, key=lambda row: row.number)
    reading = t(
        "Most often: {outcome} ({n} of {total} names).", outcome=best.what, n=said(best.number), total=said(whole)
    )
    return Figure("outcomes", title, reading, t("names"), rows=tuple(rows))


def engines(facts: Facts) -> Figure:
    """The same by engine, as shares."""
    title = t("How the names came to stand, by engine")
    totals: Counter[tuple[str, str]] = Counter()
    for (_, engine, outcome), number in facts.outcomes.items():
        totals[engine, outcome] += number
    by_engine = summed(totals, 0)
    if not by_engine:
        return Figure("engines", title, no_names())
    names = engine_names(by_engine)
    standing = {engine: sum(totals[engine, way] for way in STANDING) for engine in by_engine}
    order = sorted(by_engine, key=lambda engine: -standing[engine] / by_engine[engine])
    rows = [
        Row(
            names[engine],
            totals[engine, outcome] / by_engine[engine],
            f"{share(totals[engine, outcome] / by_engine[engine])} ({said(totals[engine, outcome])})",
            _HUES[outcome],
            t(OUTCOMES[outcome]),
            where(facts, engine=engine, outcome=outcome),
        )
        for engine in order
        for outcome in OUTCOMES
        if totals[engine, outcome]
    ]
    reading = t(
        "{engine} leaves the least to do: {share} of its names stand.",
        engine=names[order[0]],
        share=percent(standing[order[0]], by_engine[order[0]]),
    )
    return Figure("engines", title, reading, t("share of names"), "shares", tuple(rows))


def names(facts: Facts) -> Figure:
    """The names that stand in the most documents."""
    title = t("Names by number of documents")
    documents, times = Counter[str](), Counter[str]()
    for (_, concept), number in facts.names.items():
        documents[concept] += 1
        times[concept] += number
    if not documents:
        return Figure("names", title, no_names())
    top = sorted(documents, key=lambda concept: (-documents[concept], -times[concept], concept))[:_MOST_NAMES]
    rows = tuple(
        Row(
            concept,
            documents[concept],
            nt(
                "{n} document, {times} times",
                "{n} documents, {times} times",
                documents[concept],
                times=said(times[concept]),
            ),
            "amber" if concept in facts.unsettled else "blue",
            t("to decide") if concept in facts.unsettled else t("settled"),
            where(facts, concept=concept),
        )
        for concept in top
    )
    open_ones = sum(concept in facts.unsettled for concept in top)
    reading = t("{name} stands in the most documents ({n}).", name=top[0], n=said(documents[top[0]]))
    if open_ones:
        reading += " " + nt(
            "{n} of these names is still to decide.", "{n} of these names are still to decide.", open_ones
        )
    return Figure("names", title, reading, t("documents"), "stacked", rows)


def waiting(facts: Facts) -> Figure:
    """The names to decide that were found in the most documents, of all documents."""
    title = t("Names still to decide")
    if not facts.waiting:
        return Figure("waiting", title, t("Every name is decided."))
    rows = tuple(
        Row(
            name.source,
            name.count,
            nt(
                "{n} time in {documents} documents",
                "{n} times in {documents} documents",
                name.count,
                documents=said(name.documents),
            ),
            "amber",
            where=(("concept", name.source),),
        )
        for name in sorted(facts.waiting[:MOST], key=lambda name: (-name.count, name.source))
    )
    reading = nt(
        "{n} name waits for a decision in all documents.",
        "{n} names wait for a decision in all documents.",
        facts.to_decide,
    )
    return Figure("waiting", title, reading, t("times found"), rows=rows)


def no_names() -> str:
    return t(
        "No name of the glossary stands in a sentence yet. Translate the documents, or approve names on the Glossary page."
    )
