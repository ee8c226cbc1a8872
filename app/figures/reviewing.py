"""Figures about review: what was confirmed when and by whom, and how much of the machine's English was changed for it."""

from __future__ import annotations

import dataclasses
import datetime
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from app.figures import PARTS, Figure, Hue, Row, engine_names, of, said, summed, where
from app.insights import Facts, Rewriting
from app.language import t
from app.words import share

# Upper bound of the share of words changed, in order.
_STEPS = (0.0, 0.1, 0.25, 0.5, 1.0)


def progress(facts: Facts, since: datetime.datetime | None, zone: datetime.tzinfo) -> Figure:
    """Sentences confirmed over time, by person: by the day, or by the hour where all is within two days."""
    title = t("Review over time")
    found = {key: number for key, number in facts.confirmed.items() if since is None or key[2] >= since}
    if not found:
        return Figure("progress", title, _none_confirmed(since))
    hours = {hour for _, _, hour in found}
    times = {hour: hour.replace(tzinfo=datetime.UTC).astimezone(zone) for hour in hours}
    by_hour = max(times.values()) - min(times.values()) < datetime.timedelta(days=2)
    form = "%Y-%m-%dT%H:00" if by_hour else "%Y-%m-%dT00:00"
    periods = {hour: time.strftime(form) for hour, time in times.items()}
    people: Counter[str] = Counter()
    totals: Counter[tuple[str, str]] = Counter()
    for (_, who, hour), number in found.items():
        totals[periods[hour], who] += number
        people[who] += number
    leading = [who for who, _ in people.most_common(len(PARTS) - (len(people) > len(PARTS)))]
    hues = dict(zip(leading, PARTS, strict=False))
    parts: Counter[tuple[str, str]] = Counter()
    for (when, who), number in totals.items():
        parts[when, who if who in hues else t("Others")] += number
    rows = tuple(
        Row(when, number, said(number), hues.get(who, "grey"), who, where(facts, state="confirmed"))
        for (when, who), number in sorted(parts.items())
    )
    best, most = summed(totals, 0).most_common(1)[0]
    reading = t(
        "{who} confirmed the most ({n} of {total}); the best {period} was {when} ({most}).",
        who=leading[0],
        n=said(people[leading[0]]),
        total=said(people.total()),
        period=t("hour") if by_hour else t("day"),
        when=best.replace("T", " ") if by_hour else best[:10],
        most=said(most),
    )
    return Figure("progress", title, reading, t("sentences confirmed"), "hours" if by_hour else "days", rows)


def cumulative(figure: Figure) -> Figure:
    """Review over time as what had been confirmed by then, by everybody."""
    sums = summed(Counter({(row.what, row.group): int(row.number) for row in figure.rows}), 0)
    rows, whole = [], 0
    for when in sorted(sums):
        whole += sums[when]
        rows.append(Row(when, whole, said(whole), "green", where=figure.rows[0].where))
    return dataclasses.replace(figure, rows=tuple(rows))


def changed(facts: Facts, found: Sequence[Rewriting], since: datetime.datetime | None) -> Figure:
    """How much of the machine's English was changed before it was confirmed."""
    title = t("How much reviewers changed")
    if not found:
        return Figure("changed", title, _none_confirmed(since))
    names = (
        t("nothing"),
        t("up to a tenth of the words"),
        t("up to a quarter"),
        t("up to half"),
        t("more than half"),
    )
    hues: tuple[Hue, ...] = ("green", "sky", "blue", "amber", "red")
    counts = Counter(bisect_left(_STEPS, row.share) for row in found)
    rows = tuple(
        Row(names[at], counts[at], of(counts[at], len(found)), hues[at], where=where(facts, state="confirmed"))
        for at in range(len(_STEPS))
    )
    return Figure("changed", title, rewriting_words(found), t("sentences"), rows=rows)


def changed_by_engine(found: Sequence[Rewriting]) -> list[tuple[str, str]]:
    """Each engine, and what of its words was changed, the least first."""
    words, edits = Counter[str](), Counter[str]()
    for row in found:
        words[row.engine] += row.words
        edits[row.engine] += row.changed
    names = engine_names(words)
    order = sorted(words, key=lambda engine: edits[engine] / max(1, words[engine]))
    return [(names[engine], one_in(edits[engine], words[engine])) for engine in order]


def rewriting_words(found: Sequence[Rewriting]) -> str:
    """What reviewers changed, in one sentence."""
    words, edits = sum(row.words for row in found), sum(row.changed for row in found)
    kept = sum(not row.changed for row in found)
    return t(
        "{share} was changed; {kept} of {total} sentences were confirmed as they were.",
        share=one_in(edits, words),
        kept=said(kept),
        total=said(len(found)),
    )


def one_in(part: int, whole: int) -> str:
    """A share of words as one word in so many."""
    if not part or not whole:
        return t("Not one word")
    if part * 2 > whole:
        return t("{share} of the words", share=share(part / whole))
    return t("One word in {n}", n=said(round(whole / part)))


def one_in_short(part: int, whole: int) -> str:
    """The same as short as a headline."""
    if not part or not whole:
        return "0"
    return share(part / whole) if part * 2 > whole else t("1 in {n}", n=said(whole / part))


def rewritten(facts: Facts, found: Sequence[Rewriting]) -> list[Row]:
    """The sentences that were changed most, of those long enough to tell."""
    worst = sorted((row for row in found if row.changed and row.words >= 6), key=lambda row: (-row.share, -row.words))
    return [
        Row(
            t("{document}, sentence {n}", document=facts.documents[row.document_id][0], n=said(row.position + 1)),
            row.share,
            t("{share} of the words", share=share(row.share)),
            where=(("document", str(row.document_id)), ("sentence", str(row.position + 1))),
        )
        for row in worst[:10]
        if row.document_id in facts.documents
    ]


def _none_confirmed(since: datetime.datetime | None) -> str:
    if since:
        return t("Nothing was confirmed in this time. Choose a longer one above.")
    return t("Nothing is confirmed yet. Confirm sentences on the Review page, and this fills.")
