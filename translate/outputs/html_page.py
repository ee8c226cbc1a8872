"""Side by side as one HTML page: source and English in two columns, terms highlighted alike on both sides.

The page is whole in itself (no script, no address outside it), and every character of the document is escaped.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from translate.alignment.unrendered import unrendered
from translate.bilingual import BilingualDocument, BilingualSegment
from translate.forcing.ledger import LedgerRow

_HUES = (210, 150, 40, 285, 345, 180, 95, 20, 255, 315)
# What is said of a word that the English seems to have left out.
_WITHOUT = "No word of the English seems to render this."
_STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --paper: #fbfaf7; --line: #e3dfd6; --soft: #6a7280; --l: 88%; --s: 62% }
@media (prefers-color-scheme: dark) { :root { --ink: #e7e5df; --paper: #16191e; --line: #2c323b; --soft: #98a1ae; --l: 24%; --s: 45% } }
body { margin: 0 auto; max-width: 78rem; padding: 1.5rem; background: var(--paper); color: var(--ink);
  font: 16px/1.65 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif }
h1 { font-size: 1.3rem; margin: 0 0 .2rem; overflow-wrap: anywhere } .note { color: var(--soft); font-size: .87rem; margin: 0 0 1.2rem }
table { border-collapse: collapse; width: 100%; table-layout: fixed } th { text-align: left; font-weight: 600; color: var(--soft) }
td, th { padding: .55rem .8rem; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
col.n { width: 3.2rem } td.n { color: var(--soft); font-size: .8rem } tr.p td { border-top: 2px solid var(--line) }
mark { color: inherit; border-radius: .25em; padding: .05em .15em; background: hsl(var(--h) var(--s) var(--l)) }
mark.inserted, mark.unresolved { outline: 2px dashed #c2410c }
mark.unrendered { background: none; border-radius: 0; padding: 0; border-bottom: 2px dotted #c2410c; cursor: help }
.flag { display: block; font-size: .8rem; color: #b45309 }
.flag.error { color: #dc2626 } .state { font-size: .75rem; color: var(--soft) }
"""


def render(document: BilingualDocument) -> bytes:
    """The page of one document."""
    hues: dict[str, int] = {}
    for segment in document.segments:
        for row in segment.ledger:
            hues.setdefault(row.occurrence.concept, _HUES[len(hues) % len(_HUES)])
    body = []
    paragraph = -1
    for segment in document.segments:
        body.append(_row(segment, hues, segment.paragraph != paragraph))
        paragraph = segment.paragraph
    name = html.escape(document.name)
    note = f"{document.engine_note} · engine {document.engine} · glossary {document.glossary_hash}"
    page = (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{name}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{_STYLE}</style>\n</head>\n<body>\n'
        f'<h1>{name}</h1>\n<p class="note">{html.escape(note)}</p>\n<table>\n<colgroup><col class="n"><col><col></colgroup>\n'
        f"<thead><tr><th></th><th>Chinese</th><th>English</th></tr></thead>\n<tbody>\n{''.join(body)}</tbody>\n</table>\n</body>\n</html>\n"
    )
    return page.encode("utf-8", "surrogatepass")


def _row(segment: BilingualSegment, hues: dict[str, int], first: bool) -> str:
    flags = "".join(
        f'<span class="flag {flag.severity}">{html.escape(flag.severity)}: {html.escape(flag.text)}</span>'
        for flag in segment.flags
    )
    if segment.damage:
        flags += (
            f'<span class="flag">source damaged: {segment.damage:.0%} of its characters are lost or doubtful</span>'
        )
    if segment.error:
        flags += f'<span class="flag error">{html.escape(segment.error)}</span>'
    state = (
        f' <span class="state">{html.escape(segment.state)}</span>'
        if segment.state not in ("machine", "failed")
        else ""
    )
    return (
        f'<tr{" class=p" if first else ""}><td class="n">{segment.index + 1}</td>'
        f'<td lang="zh-Hans">{marked_source(segment, hues)}</td><td lang="en">{marked_target(segment, hues)}{state}{flags}</td></tr>\n'
    )


def marked_source(segment: BilingualSegment, hues: dict[str, int], without: str = _WITHOUT) -> str:
    """The escaped source with each term in its colour, and words that the English seems to lack underlined (`without`: why).

    What a person has confirmed is taken to be whole.
    """
    marks = [(r.occurrence.start, r.occurrence.end, _look(r, hues)) for r in segment.ledger]
    if segment.state in ("machine", "edited"):
        named = [(start, end) for start, end, _ in marks]
        look = f'mark class="unrendered" title="{html.escape(without)}"'
        marks += [(start, end, look) for start, end in unrendered(segment.source, segment.target, named)]
    return _marked(segment.source, marks)


def marked_target(segment: BilingualSegment, hues: dict[str, int]) -> str:
    """The escaped English with each name in the colour of its term."""
    rows = (r for r in segment.ledger if r.target_start >= 0)
    return _marked(segment.target, ((r.target_start, r.target_end, _look(r, hues)) for r in rows))


def _look(row: LedgerRow, hues: dict[str, int]) -> str:
    title = f"{row.occurrence.concept} = {row.occurrence.expected} ({row.outcome})"
    hue = hues.get(row.occurrence.concept, _HUES[0])
    return f'mark class="{row.outcome}" style="--h:{hue}" title="{html.escape(title)}"'


def _marked(text: str, marks: Iterable[tuple[int, int, str]]) -> str:
    parts = []
    at = 0
    for start, end, look in sorted(marks):
        if start < at:
            continue
        parts += [html.escape(text[at:start]), f"<{look}>", html.escape(text[start:end]), "</mark>"]
        at = end
    parts.append(html.escape(text[at:]))
    return "".join(parts)
