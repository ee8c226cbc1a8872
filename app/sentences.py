"""Sentences as HTML with names of the glossary highlighted. Every character of a document is escaped."""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Iterable, Sequence

from app.language import language, t
from app.words import CHECK_NAMES, OUTCOMES, STATES, share
from storage.models import OccurrenceRow, SegmentRow
from translate.bilingual import BilingualSegment
from translate.checks import Flag
from translate.forcing.ledger import LedgerRow, Occurrence

_HUES = (210, 150, 40, 285, 345, 180, 95, 20, 255, 315)


def hues_of(ledger: Iterable[LedgerRow]) -> dict[str, int]:
    """A hue for each concept of one segment: the same concept has the same one everywhere, unless two would clash."""
    hues: dict[str, int] = {}
    for row in ledger:
        concept = row.occurrence.concept
        if concept not in hues:
            first = zlib.crc32(concept.encode()) % len(_HUES)
            ring = _HUES[first:] + _HUES[:first]
            hues[concept] = next((hue for hue in ring if hue not in hues.values()), ring[0])
    return hues


def stored_segment(row: SegmentRow) -> BilingualSegment:
    """A segment as it is in the workspace, with its stored proof."""
    english = row.translation
    if english is None:
        return BilingualSegment(row.position, row.paragraph, row.source, "", "missing")
    ledger = tuple(_ledger_row(occurrence) for occurrence in english.occurrences)
    flags = tuple(Flag(**flag) for flag in english.flags or ())
    return BilingualSegment(row.position, row.paragraph, row.source, english.target, english.state, ledger, flags)


def _ledger_row(row: OccurrenceRow) -> LedgerRow:
    occurrence = Occurrence(row.source_start, row.source_end, row.source_text, row.concept, row.expected, ())
    return LedgerRow(occurrence, row.found, row.target_start, row.target_end, row.outcome)  # type: ignore[arg-type]


def badge(state: str) -> str:
    """A segment's state as a small mark."""
    return f'<span class="badge {html.escape(state)}">{html.escape(t(STATES.get(state, state)))}</span>'


def damage_badge(row: SegmentRow) -> str:
    """A mark on a segment whose Chinese is damaged, with how much of it; "" for one that is not."""
    if not row.damage:
        return ""
    why = t("Characters of this sentence were lost and restored, or are doubtful; the Documents page shows which.")
    said = t("Source damaged · {share}", share=share(row.damage))
    return f' <span class="badge damaged" title="{html.escape(why)}">{html.escape(said)}</span>'


def flag_lines(flags: Sequence[Flag]) -> str:
    """What the checks found, in words, a line each; those words are English, so another language has the check's name first."""
    names = {"error": t("Error"), "warning": t("Check")}
    foreign = language() != "en"
    return "".join(
        f'<div class="flag {flag.severity}"><b>{html.escape(names[flag.severity])}</b> '
        f"{html.escape(_check_name(flag)) if foreign else ''}{html.escape(flag.text)}</div>"
        for flag in flags
    )


def _check_name(flag: Flag) -> str:
    return t("{check}: ", check=t(CHECK_NAMES.get(flag.check, flag.check)))


def term_lines(ledger: Sequence[LedgerRow], hues: dict[str, int], editable: bool = False) -> str:
    """The names in a segment: Chinese, the English that must stand (a button that puts it in), and whether it does."""
    seen: dict[tuple[str, str], int] = {}
    for row in ledger:
        key = (row.occurrence.concept, row.outcome)
        seen[key] = seen.get(key, 0) + 1
    lines = []
    for row in ledger:
        concept, outcome = row.occurrence.concept, row.outcome
        times = seen.pop((concept, outcome), 0)
        if times:
            mark = f'<mark class="{outcome}" style="--h:{hues[concept]}">{html.escape(row.occurrence.text)}</mark>'
            count = f" ×{times}" if times > 1 else ""
            signs = {"unresolved": t("✗ missing"), "inserted": t("! check its place")}
            sign = f'<span class="{outcome} sign">{html.escape(signs.get(outcome, "✓"))}</span>'
            lines.append(
                f'<div title="{html.escape(t(OUTCOMES[outcome]))}"><span lang="zh-Hans">{mark}</span> '
                f"{_name(row.occurrence.expected, editable)}{count} {sign}</div>"
            )
    return f'<div class="terms">{"".join(lines)}</div>' if lines else ""


def _name(english: str, editable: bool) -> str:
    shown = html.escape(english)
    if not editable:
        return shown
    said = html.escape(t("Put in at the cursor"))
    return f'<button type="button" class="name" data-insert="{shown}" title="{said}">{shown}</button>'


def with_term(sentence: str, forms: Iterable[str]) -> str:
    """A sentence with each of `forms` in it highlighted."""
    wanted = "|".join(re.escape(form) for form in sorted({f for f in forms if f}, key=len, reverse=True))
    if not wanted:
        return html.escape(sentence)
    parts = re.split(f"({wanted})", sentence)
    return "".join(
        f'<mark style="--h:210">{html.escape(part)}</mark>' if at % 2 else html.escape(part)
        for at, part in enumerate(parts)
    )
