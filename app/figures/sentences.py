"""Figures about sentences: how far they are, what the checks mark in them, and how damaged their Chinese is."""

from __future__ import annotations

from app.figures import MOST, PARTS, Figure, Hue, Row, of, said, summed, where
from app.insights import Facts
from app.language import nt, t
from app.words import STATES, share
from translate.checks import CHECKS

_HUES: dict[str, Hue] = {
    "missing": "grey",
    "machine": "sky",
    "edited": "blue",
    "confirmed": "green",
    "locked": "teal",
}


def states(facts: Facts) -> Figure:
    """Where the sentences are now."""
    title = t("Where the sentences are now")
    totals = summed(facts.states, 1)
    whole = totals.total()
    if not whole:
        return Figure("states", title, t("There are no sentences in what is left after cleaning."))
    rows = [
        Row(t(STATES[state]), totals[state], of(totals[state], whole), _HUES[state], where=where(facts, state=state))
        for state in ("missing", "machine", "edited", "confirmed", "locked")
        if totals[state]
    ]
    done = totals["confirmed"] + totals["locked"]
    reading = t("{n} of {total} sentences are confirmed.", n=said(done), total=said(whole))
    return Figure("states", title, reading, t("sentences"), rows=tuple(rows))


def marks(facts: Facts) -> Figure:
    """What the checks mark, by kind; errors red."""
    title = t("What the checks mark")
    totals = summed(facts.flags, 1)
    if not totals:
        return Figure("marks", title, t("The checks have found nothing to mark."))
    kinds = sorted((check for check in CHECKS if totals[check.id]), key=lambda check: -totals[check.id])
    rows = [
        Row(
            t(check.name),
            totals[check.id],
            said(totals[check.id]),
            "red" if check.severity == "error" else "amber",
            t("Error") if check.severity == "error" else t("Check"),
            where(facts, flag=check.id),
        )
        for check in kinds
    ]
    reading = t(
        "Most marks are “{kind}” ({n} sentences). {description}",
        kind=rows[0].what,
        n=rows[0].said,
        description=t(kinds[0].description),
    )
    return Figure("marks", title, reading, t("sentences"), rows=tuple(rows))


def marked_documents(facts: Facts) -> Figure:
    """The documents with the most marks, each parted by kind: the four most frequent, and the rest together."""
    title = t("Documents with the most marks")
    totals = summed(facts.flags, 0)
    if not totals:
        return Figure("marked_documents", title, t("No document has a mark."))
    kinds = [kind for kind, _ in summed(facts.flags, 1).most_common(4)]
    names = {check.id: t(check.name) for check in CHECKS}
    rows = []
    for document, _ in totals.most_common(MOST):
        name = facts.documents[document][0]
        for kind, hue in zip(kinds, PARTS, strict=False):
            if number := facts.flags[document, kind]:
                rows.append(
                    Row(name, number, said(number), hue, names[kind], where(facts, document=document, flag=kind))
                )
        rest = totals[document] - sum(facts.flags[document, kind] for kind in kinds)
        if rest:
            rows.append(
                Row(name, rest, said(rest), "grey", t("Other kinds"), where(facts, document=document, state="check"))
            )
    worst, number = totals.most_common(1)[0]
    reading = t(
        "{document} has the most: {n} of {total} marks.",
        document=facts.documents[worst][0],
        n=said(number),
        total=said(totals.total()),
    )
    return Figure("marked_documents", title, reading, t("marks"), "stacked", tuple(rows))


def damage(facts: Facts) -> Figure:
    """The documents whose Chinese is damaged most."""
    title = t("Damage of the Chinese")
    hurt = sorted((item for item in facts.documents.items() if item[1][1]), key=lambda item: -item[1][1])
    if not hurt:
        return Figure("damage", title, t("No document is damaged: no character was lost or is doubtful."))
    rows = tuple(
        Row(
            name,
            round(score * 100, 2),
            share(score),
            "amber",
            where=where(facts, document=number, damage=1),
        )
        for number, (name, score) in hurt[:MOST]
    )
    reading = nt(
        "{n} document is damaged; the worst is {document}, {share} of whose characters are lost or doubtful.",
        "{n} documents are damaged; the worst is {document}, {share} of whose characters are lost or doubtful.",
        len(hurt),
        document=hurt[0][1][0],
        share=share(hurt[0][1][1]),
    )
    return Figure("damage", title, reading, t("% of its characters"), rows=rows)
